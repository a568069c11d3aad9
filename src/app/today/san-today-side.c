/* san-today-side.c - the side of Today
 *
 * Whoever needs something tonight comes first (san-tonight.h), then by bed. */
#include "san-today-side.h"
#include "san-child-tag.h"
#include "san-column.h"
#include "san-day-words.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-pages.h"
#include "san-spoken.h"
#include "san-state-words.h"
#include "san-today-house.h"
#include "san-tonight.h"

#define FEW             4
#define CARDS_A_LINE    3

gboolean
san_role_has_page (SanDesk *desk, const char *page)
{
  SanCentre *centre = san_desk_get_centre (desk);
  g_auto(GStrv) roles = g_strsplit (san_centre_get_role (centre), "+", -1);

  if (san_pages_find (page) == NULL)
    return FALSE;
  for (guint r = 0; roles[r] != NULL; r++)
    {
      const SanRole *role = san_catalogue_find_role (san_centre_get_catalogue (centre), roles[r]);

      for (guint i = 0; role != NULL && i < role->n_pages; i++)
        if (g_str_equal (role->pages[i], page))
          return TRUE;
    }
  return FALSE;
}

static gint32
today_of (gint64 now)
{
  SanInstant moment = { now, san_clock_zone (now) };

  return san_date_from_instant (&moment).days;
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "wrap", TRUE, "wrap-mode",
                                   PANGO_WRAP_WORD_CHAR, "xalign", 0.0, NULL);

  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
open_cb (GtkListBox *list, GtkListBoxRow *row, SanDesk *desk)
{
  const SanId32 *child = g_object_get_data (G_OBJECT (row), "child");

  if (child != NULL)
    san_desk_go_child (desk, child, NULL);
}

static GtkListBox *
add_section (GtkBox *side, SanDesk *desk, const char *title)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *heading = make_label (title, "heading");

  g_object_set (heading, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, NULL);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (open_cb), desk, 0);
  gtk_box_append (side, heading);
  gtk_box_append (side, list);
  return GTK_LIST_BOX (list);
}

/* Her sign, her tag, and lines below. @lines: GtkWidget (transfer full). */
static GtkWidget *
make_child (const SanHouseCard *card, GPtrArray *lines)
{
  GtkWidget *line = san_line_new (9);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *disc = san_sign_disc_new (card->sign, card->alias, 24);
  g_autofree char *tag = san_child_tag_dup_words (card->alias, card->bed);

  gtk_widget_set_valign (disc, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (line), disc);
  gtk_box_append (GTK_BOX (words), make_label (tag, "heading"));
  for (guint i = 0; i < lines->len; i++)
    gtk_box_append (GTK_BOX (words), g_ptr_array_index (lines, i));
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (line), words);
  return line;
}

/* Words read aloud: who, then @spoken. */
static void
say_child (GtkWidget *row, const SanHouseCard *card, const char *spoken)
{
  g_autofree char *tag = san_child_tag_dup_spoken (card->alias, card->bed);
  g_autofree char *label = san_words_print (_("%1$s. %2$s"), tag, spoken);

  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* A child's row in a list. */
static void
add_child (GtkListBox *list, SanDesk *desk, const SanHouseCard *card, GPtrArray *lines,
           const char *spoken)
{
  GtkWidget *row = gtk_list_box_row_new ();
  gboolean opens = san_role_has_page (desk, "children") && san_pages_find ("child") != NULL;

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), make_child (card, lines));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), opens);
  gtk_widget_add_css_class (row, "san-row");
  g_object_set_data_full (G_OBJECT (row), "child", san_id32_copy (&card->child), g_free);
  say_child (row, card, spoken);
  gtk_list_box_append (list, row);
}

/* A child's card, side by side with others. */
static void
add_card (GtkFlowBox *cards, const SanHouseCard *card, GPtrArray *lines, const char *spoken)
{
  GtkWidget *place = gtk_flow_box_child_new ();
  GtkWidget *line = make_child (card, lines);

  gtk_widget_add_css_class (line, "card");
  gtk_widget_add_css_class (line, "san-card");
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (place), line);
  say_child (place, card, spoken);
  gtk_flow_box_append (cards, place);
}

/* Tonight */

typedef struct { GPtrArray *lines; GString *spoken; } Lines;

static void
add_line (Lines *self, const char *kind, const char *text)
{
  GtkWidget *line = kind != NULL ? san_state_words_new (kind, text) : make_label (text, NULL);

  gtk_widget_add_css_class (line, "san-small");
  g_ptr_array_add (self->lines, line);
  g_string_append_printf (self->spoken, "%s%s", self->spoken->len > 0 ? " " : "", text);
}

static void
add_see_today (Lines *self, const SanHouseCard *card, gint64 now)
{
  g_autofree char *by = card->has_see_by ? san_words_clock (card->see_by.ms) : NULL;
  g_autofree char *text = card->see_who != NULL && by != NULL
    ? san_words_print (_("See her today: %1$s, by %2$s."), card->see_who, by)
    : card->see_who != NULL ? san_words_print (_("See her today: %s."), card->see_who)
                            : g_strdup (_("See her today."));

  add_line (self, "safety", text);
}

static void
add_court (Lines *self, const SanHouseCard *card, gint64 now)
{
  gint64 at = card->has_leaves ? card->leaves.ms : card->hearing.ms;
  g_autofree char *moment = san_words_moment (at, now);
  g_autofree char *text = card->has_leaves ? san_words_print (_("Leaves for court: %s."), moment)
                                           : san_words_print (_("Court: %s."), moment);

  add_line (self, "today", text);
}

static void
add_exit (Lines *self, const SanHouseCard *card)
{
  g_autofree char *day = san_words_date (&card->exit_planned);
  g_autofree char *text = san_words_print (_("Leaving is planned for %s."), day);

  add_line (self, "soon", text);
}

static void
add_each (Lines *self, GPtrArray *texts, guint limit)
{
  for (guint i = 0; i < MIN (texts->len, limit); i++)
    add_line (self, NULL, g_ptr_array_index (texts, i));
}

static void
add_allergies (Lines *self, const SanHouseCard *card)
{
  for (guint i = 0; i < card->allergy->len; i++)
    {
      g_autofree char *text = san_words_print (_("Allergy: %s"),
                                               (const char *) g_ptr_array_index (card->allergy, i));

      add_line (self, "watch", text);
    }
}

static void
add_food (Lines *self, const SanHouseCard *card)
{
  for (guint i = 0; i < card->diet->len; i++)
    {
      g_autofree char *text = san_words_print (_("Food: %s"),
                                               (const char *) g_ptr_array_index (card->diet, i));

      add_line (self, NULL, text);
    }
}

static void
add_tonight (GtkWidget *list, SanDesk *desk, const SanHouseCard *card, gboolean whole, gint64 now)
{
  Lines lines = { g_ptr_array_new (), g_string_new (NULL) };

  if (card->see_today)
    add_see_today (&lines, card, now);
  if (san_tonight_has_court (card, now))
    add_court (&lines, card, now);
  if (san_tonight_has_exit (card, now))
    add_exit (&lines, card);
  if (san_tonight_is_new (card))
    add_line (&lines, NULL,
              card->day == 1 ? _("New: she came today.") : _("New: she came in these days."));
  add_allergies (&lines, card);
  if (whole)
    add_food (&lines, card);
  add_each (&lines, card->help, whole ? SAN_HOUSE_CARD_LINES : 1);
  if (GTK_IS_FLOW_BOX (list))
    add_card (GTK_FLOW_BOX (list), card, lines.lines, lines.spoken->str);
  else
    add_child (GTK_LIST_BOX (list), desk, card, lines.lines, lines.spoken->str);
  g_ptr_array_unref (lines.lines);
  g_string_free (lines.spoken, TRUE);
}

static int
compare_cards (gconstpointer a, gconstpointer b, gpointer data)
{
  SanTonight one = san_tonight_judge (*(SanHouseCard *const *) a, *(gint64 *) data);
  SanTonight two = san_tonight_judge (*(SanHouseCard *const *) b, *(gint64 *) data);

  return one == two ? 0 : one < two ? -1 : 1;
}

static char *
dup_here (const SanToday *today)
{
  return san_words_print (ngettext ("%u child is in care.", "%u children are in care.",
                                    today->n_in_care),
                          today->n_in_care);
}

static GtkWidget *
make_list (GtkBox *side, SanDesk *desk, const SanToday *today)
{
  GtkListBox *list = add_section (side, desk, _("In the house tonight"));
  GtkWidget *row = gtk_list_box_row_new ();
  g_autofree char *here = dup_here (today);

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), make_label (here, "san-quiet"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  /* Tab enters by it */
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, here, -1);
  gtk_widget_add_css_class (row, "san-row");
  gtk_list_box_append (list, row);
  return GTK_WIDGET (list);
}

/* A house mother's whole page: cards beside each other, the most pressing first. */
static GtkWidget *
make_cards (GtkBox *side, const SanToday *today)
{
  GtkWidget *heading = make_label (_("In the house tonight"), "heading");
  GtkWidget *cards = g_object_new (GTK_TYPE_FLOW_BOX, "selection-mode", GTK_SELECTION_NONE,
                                   "homogeneous", TRUE, "min-children-per-line", 1,
                                   "max-children-per-line", CARDS_A_LINE, "column-spacing", 6,
                                   "row-spacing", 6, NULL);
  g_autofree char *here = dup_here (today);

  g_object_set (heading, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cards), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("In the house tonight"), -1);
  gtk_widget_add_css_class (cards, "san-cards");
  gtk_box_append (side, heading);
  gtk_box_append (side, make_label (here, "san-quiet"));
  gtk_box_append (side, cards);
  return cards;
}

static void
fill_tonight (GtkBox *side, SanDesk *desk, const SanToday *today, gboolean all, GCallback more,
              gpointer data)
{
  gint64 now = san_clock_now ();
  g_autoptr(GPtrArray) cards = g_ptr_array_new ();
  GtkWidget *list = san_today_is_house (desk) ? make_cards (side, today)
                                              : make_list (side, desk, today);

  for (guint i = 0; i < today->cards->len; i++)
    g_ptr_array_add (cards, g_ptr_array_index (today->cards, i));
  g_ptr_array_sort_with_data (cards, compare_cards, &now);
  for (guint i = 0; i < cards->len && (all || i < FEW); i++)
    add_tonight (list, desk, g_ptr_array_index (cards, i), all, now);
  if (!all && cards->len > FEW)
    {
      g_autofree char *label = san_words_print (_("All %u"), today->n_in_care);
      GtkWidget *button = gtk_button_new_with_label (label);

      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_halign (button, GTK_ALIGN_START);
      san_spoken_set (button, _("All who are in care"));
      g_signal_connect_swapped (button, "clicked", more, data);
      gtk_box_append (side, button);
    }
}

/* What comes near */

static int
compare_hearings (gconstpointer a, gconstpointer b)
{
  const SanHouseCard *one = *(SanHouseCard *const *) a;
  const SanHouseCard *two = *(SanHouseCard *const *) b;

  return (one->hearing.ms > two->hearing.ms) - (one->hearing.ms < two->hearing.ms);
}

static void
fill_hearings (GtkBox *side, SanDesk *desk, const SanToday *today)
{
  gint64 now = san_clock_now ();
  g_autoptr(GPtrArray) near = g_ptr_array_new ();
  GtkListBox *list;

  for (guint i = 0; i < today->cards->len; i++)
    {
      SanHouseCard *card = g_ptr_array_index (today->cards, i);

      if (san_house_card_nears_hearing (card, now))
        g_ptr_array_add (near, card);
    }
  if (near->len == 0)
    return;
  g_ptr_array_sort (near, compare_hearings);
  list = add_section (side, desk, _("Hearings"));
  for (guint i = 0; i < near->len; i++)
    {
      const SanHouseCard *card = g_ptr_array_index (near, i);
      Lines lines = { g_ptr_array_new (), g_string_new (NULL) };
      g_autofree char *moment = san_words_moment (card->hearing.ms, now);
      g_autofree char *escort = card->escort != NULL
                                  ? san_words_print (_("Goes with her: %s"), card->escort)
                                  : g_strdup (_("Goes with her: nobody yet"));

      add_line (&lines, "soon", moment);
      add_line (&lines, card->escort != NULL ? "quiet" : "overdue", escort);
      add_child (list, desk, card, lines.lines, lines.spoken->str);
      g_ptr_array_unref (lines.lines);
      g_string_free (lines.spoken, TRUE);
    }
}

static int
compare_eighteen (gconstpointer a, gconstpointer b)
{
  const SanHouseCard *one = *(SanHouseCard *const *) a;
  const SanHouseCard *two = *(SanHouseCard *const *) b;

  return (one->eighteen.days > two->eighteen.days) - (one->eighteen.days < two->eighteen.days);
}

static void
fill_eighteen (GtkBox *side, SanDesk *desk, const SanToday *today)
{
  gint64 now = san_clock_now ();
  gint32 day = today_of (now);
  g_autoptr(GPtrArray) near = g_ptr_array_new ();
  GtkListBox *list;

  for (guint i = 0; i < today->cards->len; i++)
    {
      SanHouseCard *card = g_ptr_array_index (today->cards, i);

      if (san_house_card_nears_eighteen (card, now))
        g_ptr_array_add (near, card);
    }
  if (near->len == 0)
    return;
  g_ptr_array_sort (near, compare_eighteen);
  list = add_section (side, desk, _("Turning 18"));
  for (guint i = 0; i < near->len; i++)
    {
      const SanHouseCard *card = g_ptr_array_index (near, i);
      Lines lines = { g_ptr_array_new (), g_string_new (NULL) };
      guint left = (guint) (card->eighteen.days - day);
      g_autofree char *date = san_words_date (&card->eighteen);
      g_autofree char *text = card->eighteen.precision == SAN_PRECISION_DAY
        ? san_words_print (ngettext ("in %u day", "in %u days", left), left) : g_strdup (date);

      add_line (&lines, "soon", text);
      add_child (list, desk, card, lines.lines, lines.spoken->str);
      g_ptr_array_unref (lines.lines);
      g_string_free (lines.spoken, TRUE);
    }
}

/* Exchange and what is to be reviewed */

static char *
dup_partner_words (const SanPartnerRow *partner, gint64 now)
{
  g_autofree char *ago = partner->last_news_ms > 0
                           ? san_words_ago (partner->last_news_ms, now) : NULL;

  if (ago == NULL)
    return san_words_print (_("Nothing from %s yet."), partner->label);
  /* Translators: a centre, then how long ago: "Last news from Gulmohar: 3 days ago." */
  return san_words_print (_("Last news from %1$s: %2$s."), partner->label, ago);
}

static void
add_way (GtkBox *box, const char *text, const char *icon, const char *page, SanDesk *desk)
{
  GtkWidget *line = san_line_new (9);
  GtkWidget *label = make_label (text, NULL);

  gtk_box_append (GTK_BOX (line),
                  g_object_new (GTK_TYPE_IMAGE, "icon-name", icon, "accessible-role",
                                GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "san-plain");
  gtk_box_append (GTK_BOX (line), label);
  if (san_role_has_page (desk, page))
    {
      GtkWidget *button = gtk_button_new ();

      gtk_button_set_child (GTK_BUTTON (button), line);
      gtk_widget_add_css_class (button, "flat");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.go");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", page);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                      -1);
      line = button;
    }
  gtk_box_append (box, line);
}

static void
fill_exchange (GtkBox *side, SanDesk *desk, const SanToday *today)
{
  gint64 now = san_clock_now ();

  for (guint i = 0; i < today->partners->len; i++)
    {
      g_autofree char *text = dup_partner_words (g_ptr_array_index (today->partners, i), now);

      add_way (side, text, "mail-send-receive-symbolic", "exchange", desk);
    }
  if (today->n_review > 0)
    {
      g_autofree char *text = san_words_print (ngettext ("%u thing to review",
                                                         "%u things to review", today->n_review),
                                               today->n_review);

      add_way (side, text, "view-dual-symbolic", "review", desk);
    }
}

/* A new centre: what else there is to begin, beside its first child. */
static void
fill_beginning (GtkBox *side, SanDesk *desk, const SanToday *today)
{
  static const struct { const char *page, *needs, *icon, *words, *more; } steps[] = {
    { "centre", "centre", "system-users-symbolic", N_("Add the people who work here"),
      N_("1 minute each") },
    { "pair", "exchange", "call-start-symbolic", N_("Pair with another centre"),
      N_("4 minutes and one phone call") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (san_role_has_page (desk, steps[i].needs) &&
        (today->partners->len == 0 || !g_str_equal (steps[i].needs, "exchange")))
      {
        GtkButton *row = san_column_add_row (side, steps[i].icon, _(steps[i].words),
                                             _(steps[i].more));

        /* it stands in the window already: without its target GTK would complain of the action */
        gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", steps[i].page);
        gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.go");
      }
}

void
san_today_side_fill (GtkBox *side, SanDesk *desk, const SanToday *today, gboolean all,
                     GCallback more, gpointer data)
{
  if (today->n_in_care > 0)
    fill_tonight (side, desk, today, all, more, data);
  else if (!san_today_is_house (desk))
    fill_beginning (side, desk, today);
  fill_hearings (side, desk, today);
  fill_eighteen (side, desk, today);
  fill_exchange (side, desk, today);
}
