/* san-field-menu.h - what can be said of a question besides its answer: U R A C, and H for history
 */
#pragma once
#include "san-value.h"
#include <gtk/gtk.h>
G_BEGIN_DECLS

/* @letter: 'u' not known, 'r' did not want to say, 'a' not asked, 'c' clear, 'h' what stood here
 * before */
typedef void (*SanFieldMenuAct) (gpointer data, char letter);

/* (transfer floating): a popover; @data outlives it. @head (nullable): what it is about. @letters:
 * of the acts that are offered; a literal. */
GtkWidget *san_field_menu_new       (const char *head, const char *letters, SanFieldMenuAct act,
                                     gpointer data);
/* What is said by 'u', 'r', 'a'; FALSE: the letter says something else. */
gboolean   san_field_menu_no_answer (char letter, SanNoAnswer *out);

G_END_DECLS
