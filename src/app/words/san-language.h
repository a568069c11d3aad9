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

G_END_DECLS
