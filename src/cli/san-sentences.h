/* san-sentences.h - an error's code as a sentence: what happened, what is safe, what to do */
#pragma once
#include "san-cli.h"
G_BEGIN_DECLS
char   *san_sentence_for_error (const GError *error);
/* at most some lines; what is not UTF-8 shown as � */
char   *san_sentence_shorten   (const char *text);
SanExit san_exit_for_error     (const GError *error);
G_END_DECLS
