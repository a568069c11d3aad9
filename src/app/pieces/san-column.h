/* san-column.h - one column of text and fields, as wide as text may be, that scrolls
 *
 * For pages that are made in code: doors, set-up, settings. The column and its labels wrap. */
#pragma once
#include <gtk/gtk.h>
G_BEGIN_DECLS

GtkWidget *san_scroll_new         (void);          /* (transfer full): floating; up and down only */

/* As soon as it has its place: what scrolls around @widget shows it, its beginning first. */
void       san_scroll_to          (GtkWidget *widget);

/**
 * san_column_new:
 * @box: (out) (transfer none): a vertical box for what stands in it
 * @centred: in the middle of the height while it fits; else at the top
 *
 * Returns: (transfer full): floating
 */
GtkWidget *san_column_new         (GtkBox **box, gboolean centred);
GtkLabel  *san_column_add_title   (GtkBox *box, const char *words);
GtkLabel  *san_column_add_text    (GtkBox *box, const char *words);          /* (transfer none) */
GtkLabel  *san_column_add_heading (GtkBox *box, const char *words);
GtkLabel  *san_column_add_said    (GtkBox *box);               /* where errors are said: an alert */
/* up to 60 letters; input methods do not learn */
GtkEntry  *san_column_add_entry   (GtkBox *box, const char *heading,
                                   const char *hint /* (nullable) */);
/* A field for a number of up to four digits; 0 is none: the field is empty. */
GtkEntry  *san_column_add_number  (GtkBox *box, const char *heading,
                                   const char *hint /* (nullable) */, guint now);
guint      san_column_get_number  (GtkEntry *entry);
/* A list to read, without selection, and a row of it: words, and one more line. @lines, @line (out)
 * (optional): where more lines go, and where buttons go behind them. */
GtkListBox *san_column_add_list   (GtkBox *box, const char *spoken);
GtkWidget *san_column_list_row    (const char *words, const char *more, const char *spoken,
                                   GtkBox **lines, GtkBox **line);
/* A big row that does something: icon, what, and one more line. */
GtkButton *san_column_add_row     (GtkBox *box, const char *icon, const char *words,
                                   const char *more);

G_END_DECLS
