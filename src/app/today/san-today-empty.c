/* san-today-empty.c - what stands on Today when no row does */
#include "san-today-empty.h"
#include "san-day-words.h"
#include "san-i18n.h"
#include "san-pages.h"

static GtkWidget *
make_card (const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_box_append (GTK_BOX (box),
                  g_object_new (GTK_TYPE_LABEL, "label", text, "wrap", TRUE, "xalign", 0.0, NULL));
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "san-card");
  return box;
}

static GtkWidget *
add_button (GtkWidget *card, const char *word)
{
  GtkWidget *button = gtk_button_new_with_label (word);

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (card), button);
  return button;
}

static char *
dup_next (const SanDueItem *next)
{
  g_autofree char *day = san_words_day (next->at.ms, san_clock_now ());

  return *next->alias != '\0'
           /* Translators: what comes first, for whom, when */
           ? san_words_print (_("Nothing is waiting today. Next: %1$s, %2$s, %3$s."), next->label,
                              next->alias, day)
           : san_words_print (_("Nothing is waiting today. Next: %1$s, %2$s."), next->label, day);
}

GtkWidget *
san_today_empty_new (SanDesk *desk, const SanToday *today, GCallback see_week, gpointer data)
{
  gboolean is_new = today->n_in_care == 0 && today->next == NULL;
  g_autofree char *text
    = today->next != NULL ? dup_next (today->next->due)
      : is_new ? g_strdup (_("No children yet. When the first child arrives, welcome her here. Two "
                             "minutes are enough."))
               : g_strdup (_("Nothing is waiting today."));
  GtkWidget *card = make_card (text);

  if (today->next != NULL && san_week_has (today->next->due->at.ms))
    g_signal_connect_swapped (add_button (card, _("See the week")), "clicked", see_week, data);
  if (is_new && san_pages_find ("admit") != NULL)
    {
      GtkWidget *button = add_button (card, _("Welcome a child"));

      gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), "win.go::admit");
      gtk_widget_add_css_class (button, "suggested-action");
    }
  return card;
}

GtkWidget *
san_today_empty_week_new (void)
{
  return make_card (_("Nothing is due in these seven days."));
}
