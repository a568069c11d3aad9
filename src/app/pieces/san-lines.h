/* san-lines.h - lines of text that wrap, with an icon and a word, for pages made of few rows */
#pragma once
#include <gtk/gtk.h>
G_BEGIN_DECLS

/* All are floating. @css (nullable): a class of ui/style.css or of the theme. */
GtkWidget *san_line_label   (const char *text, const char *css);
/* Icon, words and, smaller below, @quiet (nullable). Buttons are appended to it. */
GtkWidget *san_line_row     (const char *icon, const char *text, const char *quiet,
                             const char *css);
GtkWidget *san_line_row_get_words (GtkWidget *row);     /* the box of its lines of words */
/* A choice with its words beside it, its mark beside the first line of them. */
GtkWidget *san_line_check   (const char *words, const char *quiet /* nullable */);
/* The one thing that a page without anything else has to say: in the middle, picture above words.
 */
GtkWidget *san_line_quiet   (const char *icon, const char *text, const char *css);
/* The same, calm: a heading, and below it what will stand here one day. */
GtkWidget *san_line_calm    (const char *icon, const char *text, const char *more);
/* Its accessible name may say more than its word: "Exchange with KINGSTON". */
GtkWidget *san_line_button  (const char *word, const char *name /* nullable */);
void       san_line_button_set_word (GtkWidget *button, const char *word);
/* A box for lines, in a card with a heading (nullable). @lines: (out): where lines are appended. */
GtkWidget *san_line_card    (const char *heading, GtkWidget **lines);
void       san_lines_clear  (GtkWidget *box);

G_END_DECLS
