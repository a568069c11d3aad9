/* san-cover.c - a plain calm sheet: the day, the programme's name, no data */
#include "san-cover.h"
#include "san-day-words.h"
#include "san-i18n.h"

static void
add_line (GtkWidget *box, const char *words, const char *css)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css);
  gtk_box_append (GTK_BOX (box), label);
}

GtkWidget *
san_cover_new (void)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing",
                                 12, "valign", GTK_ALIGN_CENTER, "vexpand", TRUE, NULL);
  g_autofree char *day = san_words_long_day (san_clock_now ());

  add_line (box, _("Sanrakshan"), "title-1");
  add_line (box, day, "san-quiet");
  return box;
}
