/* san-language.h - the language of the window, changed while it runs */
#pragma once
#include <glib.h>
G_BEGIN_DECLS

typedef struct { const char *code; const char *name; /* in its own script */ } SanLanguage;

const SanLanguage *san_language_list  (guint *n);              /* en hi bn mr */
/* once, at start: of the system if we have it, else English */
void               san_language_begin (const char *locale_dir);
const char        *san_language_get   (void);                  /* "en" "hi" "bn" "mr" */
/* from here on gettext answers in it; anything else: English */
void               san_language_set   (const char *code);
const char        *san_language_name  (const char *code);
/* Whether sentences about a child say "she", as in a home for girls; until somebody is in they
 * speak of "the child". FALSE: it was so already. */
gboolean           san_language_set_says_she (gboolean she);
/* what san_label_get() is asked for: "hi", or "hi@child" */
const char        *san_language_of_labels (void);

G_END_DECLS
