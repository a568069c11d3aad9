/* san-state-words.h - a state as icon and word, in its colour: never the colour alone */
#pragma once
#include <gtk/gtk.h>
G_BEGIN_DECLS

/* @kind: overdue, today, soon, later, unsure, done, protected, shared, unfinished, finished, watch,
 * safety, quiet. */
GtkWidget  *san_state_words_new  (const char *kind, const char *words);
const char *san_state_icon       (const char *kind);       /* (nullable) */
const char *san_state_css_class  (const char *kind);

G_END_DECLS
