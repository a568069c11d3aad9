/* san-shelf-head.c - the short facts of a section as cards
 *
 * What is asked stands quiet before what was answered, in the words of the form; her own words
 * behind a rule. Nothing is worked out here: what is not in the facts is not shown. */
#include "san-shelf-head.h"
#include "san-day-words.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-lines.h"

#define ASKED_CHARS 18                 /* wide enough for most, so that answers make a column */

/* Question and answer beside each other; the questions make a column. */
static void
add_pair (GtkWidget *lines, const char *question, const char *answer, gboolean is_hers)
{
  GtkWidget *pair = san_line_new (12);
  GtkWidget *asked = san_line_label (question, "san-quiet");
  g_autofree char *quoted = is_hers ? san_words_print (_("“%s”"), answer) : NULL;
  GtkWidget *said = san_line_label (is_hers ? quoted : answer, is_hers ? "san-hers" : NULL);

  g_object_set (asked, "width-chars", ASKED_CHARS, "max-width-chars", ASKED_CHARS, "valign",
                GTK_ALIGN_START, NULL);
  gtk_widget_set_hexpand (said, TRUE);
  gtk_widget_set_valign (said, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (pair), asked);
  gtk_box_append (GTK_BOX (pair), said);
  gtk_box_append (GTK_BOX (lines), pair);
}

/* Days as they stand in the lists beside it. */
static char *
dup_answer (const SanShelfLine *line)
{
  SanDate date;
  SanInstant noon;

  if (!san_value_get_date (line->value, &date))
    return san_words_print ("%s", line->text);
  if (date.precision != SAN_PRECISION_DAY)
    return san_words_date (&date);
  noon = san_instant_at_day (date.days, 720, san_clock_zone (san_clock_now ()));
  return san_words_day (noon.ms, san_clock_now ());
}

static void
add_lines (SanDesk *desk, GtkWidget *lines, const SanShelfCard *card)
{
  for (guint i = 0; i < card->lines->len; i++)
    {
      const SanShelfLine *line = card->lines->pdata[i];
      g_autofree char *text = dup_answer (line);

      add_pair (lines, san_label_get (line->label, san_desk_get_language (desk)), text,
                line->is_hers);
    }
}

static GtkWidget *
begin_card (GtkWidget *box, const char *heading)
{
  GtkWidget *lines;
  GtkWidget *card = san_line_card (heading, &lines);

  gtk_box_set_spacing (GTK_BOX (lines), 6);
  gtk_box_append (GTK_BOX (box), card);
  return lines;
}

/* All cards of a kind under one heading; each with its own title, if it has one. */
static gboolean
add_kind (SanDesk *desk, GtkWidget *box, const SanShelfFacts *facts, SanShelfCardKind kind,
          const char *heading)
{
  GtkWidget *lines = NULL;

  for (guint i = 0; i < facts->cards->len; i++)
    {
      const SanShelfCard *card = facts->cards->pdata[i];

      if (card->kind != kind)
        continue;
      if (lines == NULL)
        lines = begin_card (box, heading);
      if (card->title != NULL)
        {
          GtkWidget *title = san_line_label (card->title, "heading");

          if (gtk_widget_get_first_child (lines) != NULL)
            gtk_widget_set_margin_top (title, 6);
          gtk_box_append (GTK_BOX (lines), title);
        }
      add_lines (desk, lines, card);
    }
  return lines != NULL;
}

/* Court */

static void
add_hearing (SanDesk *desk, GtkWidget *box, const SanShelfFacts *facts)
{
  const SanHouseCard *house = facts->house;
  g_autofree char *when = NULL;
  GtkWidget *lines;

  if (!house->has_hearing)
    {
      gtk_box_append (GTK_BOX (begin_card (box, _("Next date at court"))),
                      san_line_label (_("No date is set."), "san-quiet"));
      return;
    }
  when = san_words_moment (house->hearing.ms, san_clock_now ());
  lines = begin_card (box, _("Next date at court"));
  gtk_box_append (GTK_BOX (lines), san_line_label (when, "title-2"));
  for (guint i = 0; i < facts->cards->len; i++)
    {
      const SanShelfCard *card = facts->cards->pdata[i];

      if (card->kind == SAN_SHELF_HEARING)
        add_lines (desk, lines, card);
    }
}

static void
add_court (SanDesk *desk, GtkWidget *box, const SanShelfFacts *facts)
{
  add_hearing (desk, box, facts);
  add_kind (desk, box, facts, SAN_SHELF_READY, _("How she feels about it"));
  add_kind (desk, box, facts, SAN_SHELF_SUPPORT, _("Support person"));
  add_kind (desk, box, facts, SAN_SHELF_CASE, _("The case"));
  add_kind (desk, box, facts, SAN_SHELF_MONEY, _("Compensation"));
  add_kind (desk, box, facts, SAN_SHELF_ORDER, _("The order"));
}

/* Family */

static void
add_gate (GtkWidget *box, const SanHouseCard *house)
{
  g_autofree char *gate = NULL;

  if (house->gate == NULL)
    return;
  gate = san_words_print (_("“%s”"), house->gate);
  gtk_box_append (GTK_BOX (begin_card (box, _("At the gate"))), san_line_label (gate, NULL));
}

static void
add_family (SanDesk *desk, GtkWidget *box, const SanShelfFacts *facts)
{
  add_kind (desk, box, facts, SAN_SHELF_CONTACT, _("Who may be in touch"));
  add_kind (desk, box, facts, SAN_SHELF_NOT_TOLD, _("Who must not be told"));
  add_gate (box, facts->house);
}

/* Health */

static void
add_cell (GtkWidget *grid, const char *text, const char *css, int column, int row)
{
  GtkWidget *label = san_line_label (text, css);

  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_set_hexpand (label, column > 0);
  gtk_grid_attach (GTK_GRID (grid), label, column, row, 1, 1);
}

static char *
weight_words (const SanGrowthPoint *point)
{
  g_autofree char *weight = point->weight != NULL ? san_words_print ("%s", point->weight)
                                                  : g_strdup ("");

  if (!point->has_gain || point->weight == NULL || ABS (point->gain) < 0.05)
    return g_steal_pointer (&weight);
  /* Translators: a weight and what was gained since the last one, "44 kg (+1.0)" */
  return san_words_print (_("%1$s (%2$+.1f)"), weight, point->gain);
}

static void
add_growth (GtkWidget *box, const SanShelfFacts *facts)
{
  GtkWidget *lines, *grid;

  if (facts->growth->len == 0)
    return;
  lines = begin_card (box, _("Weight and height"));
  grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  for (guint i = 0; i < facts->growth->len; i++)
    {
      const SanGrowthPoint *point = facts->growth->pdata[i];
      g_autofree char *day = san_words_day (point->at, san_clock_now ());
      g_autofree char *weight = weight_words (point);
      g_autofree char *height = san_words_print ("%s", point->height != NULL ? point->height : "");

      add_cell (grid, day, "san-quiet", 0, (int) i);
      add_cell (grid, weight, i == 0 ? "heading" : NULL, 1, (int) i);
      add_cell (grid, height, i == 0 ? "heading" : NULL, 2, (int) i);
    }
  gtk_box_append (GTK_BOX (lines), grid);
}

static void
add_sentences (GtkWidget *box, const char *question, GPtrArray *sentences)
{
  for (guint i = 0; i < sentences->len; i++)
    add_pair (box, i == 0 ? question : "", sentences->pdata[i], FALSE);
}

/* What everybody here may know about her body. */
static void
add_house_health (GtkWidget *lines, const SanHouseCard *house)
{
  add_sentences (lines, _("Allergies"), house->allergy);
  add_sentences (lines, _("Food"), house->diet);
  if (house->health != NULL)
    add_pair (lines, _("What the house does for her health"), house->health, FALSE);
}

static gboolean
has_house_health (const SanHouseCard *house)
{
  return house->allergy->len > 0 || house->diet->len > 0 || house->health != NULL;
}

static void
add_health (SanDesk *desk, GtkWidget *box, const SanShelfFacts *facts)
{
  add_growth (box, facts);
  if (has_house_health (facts->house))
    add_house_health (begin_card (box, _("What everybody here may know")), facts->house);
  add_kind (desk, box, facts, SAN_SHELF_MEDICINE, _("Medicines"));
  add_kind (desk, box, facts, SAN_SHELF_CHECKS, _("Every three months"));
}

static void
add_daily (GtkWidget *box, const SanHouseCard *house)
{
  GtkWidget *lines;

  if (house->help->len == 0 && !has_house_health (house))
    return;
  lines = begin_card (box, _("What everybody here may know"));
  add_sentences (lines, _("What helps her"), house->help);
  add_house_health (lines, house);
}

GtkWidget *
san_shelf_head_new (SanDesk *desk, const char *section, const SanShelfFacts *facts)
{
  GtkWidget *box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));

  if (g_str_equal (section, "court"))
    add_court (desk, box, facts);
  else if (g_str_equal (section, "family"))
    add_family (desk, box, facts);
  else if (g_str_equal (section, "health"))
    add_health (desk, box, facts);
  else if (g_str_equal (section, "counselling"))
    add_kind (desk, box, facts, SAN_SHELF_CRISIS, _("Crisis plan"));
  else if (g_str_equal (section, "daily"))
    add_daily (box, facts->house);
  if (gtk_widget_get_first_child (box) == NULL)
    {
      g_object_unref (box);
      return NULL;
    }
  g_object_force_floating (G_OBJECT (box));
  return box;
}

/* A closed section */

static char *
readers_words (const char *readers)
{
  if (*readers == '\0')
    return g_strdup (_("Nobody in this house can read it yet."));
  if (strchr (readers, ',') == NULL)
    return san_words_print (_("%s can read it; ask her."), readers);
  /* Translators: short names of several people, with commas */
  return san_words_print (_("%s can read it; ask one of them."), readers);
}

static GtkWidget *
make_fact (const char *label, gint64 last, const char *readers)
{
  g_autofree char *who = readers_words (readers);
  g_autofree char *day = last != 0 ? san_words_day (last, san_clock_now ()) : NULL;
  g_autofree char *written = day != NULL ? san_words_print (_("Last written: %s."), day) : NULL;
  GtkWidget *card = san_line_new (18);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *lock = g_object_new (GTK_TYPE_IMAGE, "icon-name", "changes-prevent-symbolic",
                                  "pixel-size", 32, "valign", GTK_ALIGN_START, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (lock, "san-protected");
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "san-card");
  gtk_box_append (GTK_BOX (words), san_line_label (label, "title-3"));
  if (written != NULL)
    gtk_box_append (GTK_BOX (words), san_line_label (written, NULL));
  gtk_box_append (GTK_BOX (words), san_line_label (who, NULL));
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (card), lock);
  gtk_box_append (GTK_BOX (card), words);
  return card;
}

GtkWidget *
san_shelf_closed_new (SanDesk *desk, const char *section, const char *label, gint64 last,
                      const char *readers, const SanShelfFacts *facts)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  gtk_widget_set_valign (box, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), make_fact (label, last, readers));
  if (g_str_equal (section, "family"))
    add_gate (box, facts->house);
  else if (g_str_equal (section, "health"))
    {
      if (has_house_health (facts->house))
        add_house_health (begin_card (box, _("What everybody here may know")), facts->house);
    }
  else
    add_daily (box, facts->house);
  return box;
}
