/* san-field-menu.h - what can be said of a question besides its answer: U R A C, and H for history
 */
#pragma once
#include <gtk/gtk.h>
G_BEGIN_DECLS

/* @letter: 'u' not known, 'r' did not want to say, 'a' not asked, 'c' clear, 'h' what stood here
 * before */
typedef void (*SanFieldMenuAct) (gpointer data, char letter);

/* (transfer floating): a popover; @data outlives it. */
GtkWidget *san_field_menu_new (gboolean may_answer, gboolean has_history, SanFieldMenuAct act,
                               gpointer data);

G_END_DECLS
