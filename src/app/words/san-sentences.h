/* san-sentences.h - an error's code as a sentence: what happened, what is safe, what to do next */
#pragma once
#include "san-error.h"
G_BEGIN_DECLS

char       *san_sentence_for_error (const GError *error);
/* the process that has the store, of IN_USE; 0: not known */
gint64      san_error_get_holder   (const GError *error);
/* IN_USE by what is no window of this login: a terminal, somebody else's login */
char       *san_sentence_in_use_elsewhere (const GError *error);
gboolean    san_error_is_wrong_secret (const GError *error);   /* wrong passphrase, slip or code */
/* "counsellor" … as said of a person, in her language; roles joined by + : the first */
const char *san_role_word          (const char *role);

G_END_DECLS
