/* san-sentences.h - an error's code as a sentence: what happened, what is safe, what to do */
#pragma once
#include "san-cli.h"
G_BEGIN_DECLS
char   *san_sentence_for_error (const GError *error);
SanExit san_exit_for_error     (const GError *error);
G_END_DECLS
