/* san-cover.c - a plain calm sheet: the sign of the programme, its name, the day; no data */
#include "san-cover.h"
#include "san-day-words.h"
#include "san-i18n.h"

static void
add_line (GtkWidget *box, const char *words, const char *css)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", words, "wrap", TRUE, "justify",
                                   GTK_JUSTIFY_CENTER, NULL);

  gtk_widget_add_css_class (label, css);
  gtk_box_append (GTK_BOX (box), label);
}

GtkWidget *
san_cover_new (void)
{
  GtkWidget *sheet = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, NULL);
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing",
                                 6, "valign", GTK_ALIGN_CENTER, "vexpand", TRUE, NULL);
  GtkWidget *sign = g_object_new (GTK_TYPE_IMAGE, "icon-name", SAN_APPLICATION_ID "-symbolic",
                                  "halign", GTK_ALIGN_CENTER, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  g_autofree char *day = san_words_long_day (san_clock_now ());

  gtk_widget_add_css_class (sheet, "san-cover");
  gtk_widget_add_css_class (sign, "san-cover-sign");
  gtk_widget_set_margin_bottom (sign, 18);
  gtk_box_append (GTK_BOX (box), sign);
  add_line (box, _("Sanrakshan"), "title-1");
  add_line (box, day, "san-cover-day");
  gtk_box_append (GTK_BOX (sheet), box);
  return sheet;
}
