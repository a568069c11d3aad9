/* san-children-row.c - one child in the list
 *
 * The list keeps some two hundred rows for the dozen that is in sight. What a row says is known and
 * read aloud at once; its labels are made when the page finds it near (san_children_row_unfold()).
 *
 * A row has columns, so that one looks down an age, an order or what is due; at twice the text size
 * what stands in them wraps instead. What is read aloud
 * goes on the parent: the list's own row, which has the focus. */
#include "san-children-row.h"
#include "san-child-tag.h"
#include "san-day-words.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-state-words.h"
#include "san-wrap.h"

#define EIGHTEEN_DAYS 183

/* The columns of a row, in hundredths of its width: who, how long here, who is responsible, her
 * order, what to know, what is due. */
enum { WHO, STAY, RESPONSIBLE, ORDER, ALERTS, DUE };
static const guint8 columns[] = { 23, 16, 12, 18, 18, 13, 0 };

struct _SanChildrenRow
{
  GtkWidget parent_instance;

  GtkWidget *box;
  const SanRollRow *row;            /* (nullable) borrowed from the list's item while it is bound */
  gboolean   folded;
};

G_DEFINE_FINAL_TYPE (SanChildrenRow, san_children_row, GTK_TYPE_WIDGET)

const char *
san_status_word (const char *status)
{
  if (g_str_equal (status, "follow-up"))
    return _("in follow-up");
  return g_str_equal (status, "closed") ? _("closed") : _("in care");
}

char *
san_children_row_dup_age (const SanHouseCard *card)
{
  if (card->youngest < 0)
    return NULL;
  if (card->youngest == card->oldest)
    return san_words_print (ngettext ("%d year", "%d years", (gulong) card->youngest),
                            card->youngest);
  /* Translators: an age that is not known exactly: "14 to 15 years" */
  return san_words_print (_("%1$d to %2$d years"), card->youngest, card->oldest);
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "wrap", TRUE, "wrap-mode",
                                   PANGO_WRAP_WORD_CHAR, "natural-wrap-mode", GTK_NATURAL_WRAP_NONE,
                                   "xalign", 0.0, NULL);

  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* One of the two: what is shown, or what is read aloud. */
typedef struct { GtkWidget *line; GString *spoken; } Said;

static void
say (Said *said, const char *kind, const char *text)
{
  if (text == NULL)
    return;
  if (said->spoken != NULL)
    g_string_append_printf (said->spoken, " %s.", text);
  if (said->line != NULL)
    gtk_box_append (GTK_BOX (said->line), kind != NULL ? san_state_words_new (kind, text)
                                                       : make_label (text, "san-quiet"));
}

static void
say_quiet (Said *said, const char *text)
{
  say (said, NULL, text);
}

static void
add_stay (Said *said, const SanRollRow *row)
{
  const SanHouseCard *card = row->card;

  if (card->in_care && card->day > 0)
    {
      g_autofree char *day = san_words_stay_day (card->day);

      say_quiet (said, day);
    }
  else
    say_quiet (said, san_status_word (row->status));
  if (card->stay > 1)
    {
      g_autofree char *stay = san_words_print (_("stay number %d"), card->stay);

      say_quiet (said, stay);
    }
}

static void
add_age (Said *said, const SanRollRow *row)
{
  g_autofree char *age = san_children_row_dup_age (row->card);

  say_quiet (said, age);
}

static void
add_responsible (Said *said, const SanRollRow *row)
{
  say_quiet (said, row->card->responsible);
}

static void
add_order (Said *said, const SanRollRow *row)
{
  g_autofree char *day = NULL;
  g_autofree char *order = NULL;

  if (row->card->lacks_order)
    say_quiet (said, _("order: not yet"));
  if (!row->card->has_order)
    return;
  day = san_words_date (&row->card->order_until);
  order = san_words_print (_("order until %s"), day);
  say_quiet (said, order);
}

static void
add_found (Said *said, const SanRollRow *row)
{
  if (row->found_by != NULL)
    say_quiet (said,
               g_str_equal (row->found_by, "name") ? _("found by name") : _("found by alias"));
}

static void
add_alerts (Said *said, const SanRollRow *row)
{
  const SanHouseCard *card = row->card;
  SanInstant now = { san_clock_now (), san_clock_zone (san_clock_now ()) };
  gint32 left = card->has_eighteen ? card->eighteen.days - san_date_from_instant (&now).days : -1;

  if (card->see_today)
    say (said, "safety", _("See her today"));
  if (left >= 0 && left <= EIGHTEEN_DAYS)
    {
      g_autofree char *text = san_words_print (ngettext ("turns 18 in %d day",
                                                         "turns 18 in %d days", (gulong) left),
                                               left);

      say (said, "soon", text);
    }
  if (card->allergy->len > 0)
    {
      g_autofree char *text = san_words_print (_("Allergy: %s"),
                                               (const char *) g_ptr_array_index (card->allergy, 0));

      say (said, "watch", text);
    }
}

static void
add_due (Said *said, const SanRollRow *row)
{
  g_autofree char *text = NULL;

  if (row->n_due == 0)
    return;
  text = row->n_overdue > 0
           ? san_words_print (ngettext ("%u overdue", "%u overdue", row->n_overdue), row->n_overdue)
           : san_words_print (ngettext ("%u due today", "%u due today", row->n_due), row->n_due);
  say (said, row->n_overdue > 0 ? "overdue" : "today", text);
}

static void
set_spoken (SanChildrenRow *self, const char *spoken)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));

  if (parent != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                    -1);
}

static void
clear (SanChildrenRow *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
}

typedef void (*Teller) (Said *said, const SanRollRow *row);

/* Nothing to say: no cell. */
static void
add_cell (GtkWidget *cells, const SanRollRow *row, guint column, Teller tell)
{
  Said said = { gtk_box_new (GTK_ORIENTATION_VERTICAL, 1), NULL };

  tell (&said, row);
  if (gtk_widget_get_first_child (said.line) == NULL)
    {
      g_object_ref_sink (said.line);
      g_object_unref (said.line);
      return;
    }
  gtk_widget_add_css_class (said.line, "san-small");
  gtk_widget_set_valign (said.line, GTK_ALIGN_CENTER);
  san_wrap_append_at (cells, said.line, column);
}

static GtkWidget *
make_who (const SanRollRow *row)
{
  g_autofree char *tag = san_child_tag_dup_words (row->card->alias, row->card->bed);
  GtkWidget *who = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  Said below = { san_wrap_box_new (12), NULL };

  gtk_box_append (GTK_BOX (who), make_label (tag, "heading"));
  add_age (&below, row);
  add_found (&below, row);
  gtk_widget_add_css_class (below.line, "san-small");
  gtk_box_append (GTK_BOX (who), below.line);
  gtk_widget_set_valign (who, GTK_ALIGN_CENTER);
  return who;
}

static GtkWidget *
make_cells (const SanRollRow *row)
{
  GtkWidget *cells = san_wrap_box_new (15);

  san_wrap_set_columns (SAN_WRAP (gtk_widget_get_layout_manager (cells)), columns);
  san_wrap_append_at (cells, make_who (row), WHO);
  add_cell (cells, row, STAY, add_stay);
  add_cell (cells, row, RESPONSIBLE, add_responsible);
  add_cell (cells, row, ORDER, add_order);
  add_cell (cells, row, ALERTS, add_alerts);
  add_cell (cells, row, DUE, add_due);
  gtk_widget_set_hexpand (cells, TRUE);
  return cells;
}

static char *
dup_spoken (const SanRollRow *row)
{
  g_autofree char *tag = san_child_tag_dup_spoken (row->card->alias, row->card->bed);
  Said said = { NULL, g_string_new (tag) };

  g_string_append_c (said.spoken, '.');
  add_due (&said, row);
  add_alerts (&said, row);
  add_stay (&said, row);
  add_age (&said, row);
  add_responsible (&said, row);
  add_order (&said, row);
  add_found (&said, row);
  return g_string_free (said.spoken, FALSE);
}

void
san_children_row_set (SanChildrenRow *self, const SanRollRow *row)
{
  g_autofree char *spoken = row != NULL ? dup_spoken (row) : NULL;

  if (row == NULL || self->row == NULL)
    /* else what was true a moment ago stays until it is made anew */
    clear (self);
  self->row = row;
  self->folded = row != NULL;
  set_spoken (self, row != NULL ? spoken : _("Just a moment"));
}

void
san_children_row_forget (SanChildrenRow *self)
{
  clear (self);
  self->row = NULL;
  self->folded = FALSE;
}

gboolean
san_children_row_is_about (SanChildrenRow *self, const SanRollRow *row)
{
  return self->row == row;
}

gboolean
san_children_row_is_folded (SanChildrenRow *self)
{
  return self->folded;
}

void
san_children_row_unfold (SanChildrenRow *self)
{
  const SanRollRow *row = self->row;

  if (!self->folded)
    return;
  self->folded = FALSE;
  clear (self);
  gtk_box_append (GTK_BOX (self->box), san_sign_disc_new (row->card->sign, row->card->alias, 24));
  gtk_box_append (GTK_BOX (self->box), make_cells (row));
}

static void
san_children_row_dispose (GObject *object)
{
  SanChildrenRow *self = SAN_CHILDREN_ROW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (san_children_row_parent_class)->dispose (object);
}

static void
san_children_row_class_init (SanChildrenRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = san_children_row_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
san_children_row_init (SanChildrenRow *self)
{
  self->box = san_line_new (12);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "san-row");
}

GtkWidget *
san_children_row_new (void)
{
  return g_object_new (SAN_TYPE_CHILDREN_ROW, NULL);
}
