/* san-share-what.c - which parts of a child's file another centre may read, and what that means */
#include "san-share-what.h"
#include "san-compartment.h"
#include "san-i18n.h"
#include "san-lines.h"
#include "san-partners.h"

#define N_PARTS 5u                  /* compartments of a child: all but the staff's */

struct _SanShareWhat
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *parts[N_PARTS];        /* of the house: NULL */
  GtkWidget *only_read, *history;
};

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SanShareWhat, san_share_what, GTK_TYPE_WIDGET)

static const struct { const char *what, *readers, *holder; } parts[N_PARTS] = {
  { N_("Alias, sign and bed, and what everybody in the house reads"),
    N_("Everybody who works there will read it. It always goes along."), NULL },
  { N_("Name, family, orders and plan"),
    N_("Their superintendent, counsellors, case workers and legal officers will read it."),
    N_("It waits until somebody here who reads it confirms.") },
  { N_("Counselling notes and scores"), N_("Their counsellors will read them."),
    N_("It waits until one of our counsellors confirms.") },
  { N_("Health notes"), N_("Their nurses and those who read health notes there will read them."),
    N_("It waits until our nurse confirms.") },
  { N_("Court notes"),
    N_("Their legal officers and those who read court notes there will read them."),
    N_("It waits until our legal officer confirms.") },
};

static gboolean
is_on (GtkWidget *check)
{
  return gtk_check_button_get_active (GTK_CHECK_BUTTON (check));
}

guint
san_share_what_get_mask (SanShareWhat *self)
{
  guint mask = 1u << SAN_COMPARTMENT_HOUSE;

  for (guint c = 1; c < N_PARTS; c++)
    if (is_on (self->parts[c]))
      mask |= 1u << c;
  return mask;
}

gboolean
san_share_what_is_read_only (SanShareWhat *self)
{
  return is_on (self->only_read);
}

gboolean
san_share_what_has_history (SanShareWhat *self)
{
  return is_on (self->history);
}

SanValue *
san_share_what_dup_parts (SanShareWhat *self)
{
  guint mask = san_share_what_get_mask (self);
  const char *codes[N_PARTS + 1] = { NULL };
  guint n = 0;

  for (guint c = 0; c < N_PARTS; c++)
    if (mask & (1u << c))
      codes[n++] = san_compartment_get_name (c);
  return san_value_new_codes (codes, NULL);
}

static void
show_yes_no (SanAnswers *answers, const char *field, GtkWidget *check)
{
  SanValue *value = san_answers_get_value (answers, field);
  gboolean yes;

  if (value != NULL && san_value_get_bool (value, &yes))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (check), yes);
}

void
san_share_what_show (SanShareWhat *self, SanAnswers *answers)
{
  SanValue *what = san_answers_get_value (answers, SAN_SHARE_PARTS);

  for (guint c = 1; what != NULL && c < N_PARTS; c++)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->parts[c]),
                                 san_value_has_code (what, san_compartment_get_name (c)));
  show_yes_no (answers, SAN_SHARE_BEFORE, self->history);
  show_yes_no (answers, SAN_SHARE_READS, self->only_read);
}

/* --- what they will see --- */

static void
say (GtkWidget *box, const char *icon, const char *css, const char *first, const char *second)
{
  gtk_box_append (GTK_BOX (box), san_line_row (icon, first, second, css));
}

static void
say_parts (guint mask, GtkWidget *box)
{
  for (guint c = 0; c < N_PARTS; c++)
    if (mask & (1u << c))
      say (box, "emblem-ok-symbolic", "san-done", _(parts[c].what), _(parts[c].readers));
  for (guint c = 1; c < N_PARTS; c++)
    if (!(mask & (1u << c)))
      say (box, "changes-prevent-symbolic", "san-quiet", _(parts[c].what), _("Stays here."));
}

void
san_share_what_say (SanShareWhat *self, const char *partner, GtkWidget *box)
{
  guint mask = san_share_what_get_mask (self);
  gboolean goes_along = (mask & (1u << SAN_COMPARTMENT_CASE)) && is_on (self->history);
  g_autofree char *writes =
    g_strdup_printf (is_on (self->only_read)
                       ? _("%s will read it and cannot write. The child stays yours.")
                       : _("%s will read it and write too. The child stays yours."),
                     partner);

  san_lines_clear (box);
  say (box, "emblem-shared-symbolic", "san-due", writes,
       is_on (self->history) ? _("What was written before goes along.")
                             : _("Only what is written from now on."));
  say_parts (mask, box);
  say (box, goes_along ? "emblem-ok-symbolic" : "changes-prevent-symbolic",
       goes_along ? "san-done" : "san-quiet", _("Why it is shared, and what the child said"),
       goes_along ? _("Those who read the name and the plan there will read it.")
                  : _("Stays here."));
  say (box, "dialog-warning-symbolic", "san-overdue",
       _("What they have read they keep. It can be stopped for later notes, not taken back."),
       NULL);
}

/* --- making it --- */

static void
chosen_cb (SanShareWhat *self)
{
  g_signal_emit (self, signals[CHOSEN], 0);
}

static GtkWidget *
add_check (SanShareWhat *self, const char *words, const char *more, gboolean is_on_first)
{
  GtkWidget *check = san_line_check (words, more);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), is_on_first);
  g_signal_connect_swapped (check, "toggled", G_CALLBACK (chosen_cb), self);
  gtk_box_append (GTK_BOX (self->box), check);
  return check;
}

static void
add_part (SanShareWhat *self, guint c, gboolean mine)
{
  g_autofree char *more = mine || parts[c].holder == NULL
                            ? g_strdup (_(parts[c].readers))
                            : g_strdup_printf ("%s %s", _(parts[c].readers), _(parts[c].holder));

  if (c == SAN_COMPARTMENT_HOUSE)   /* nothing to choose */
    {
      gtk_box_append (GTK_BOX (self->box),
                      san_line_row ("emblem-ok-symbolic", _(parts[c].what), more, "san-done"));
      gtk_widget_add_css_class (gtk_widget_get_last_child (self->box), "san-as-check");
      return;
    }
  self->parts[c] = add_check (self, _(parts[c].what), more, c <= SAN_COMPARTMENT_CASE);
}

GtkWidget *
san_share_what_new (guint reads)
{
  SanShareWhat *self = g_object_new (SAN_TYPE_SHARE_WHAT, NULL);

  for (guint c = 0; c < N_PARTS; c++)
    add_part (self, c, (reads & (1u << c)) != 0);
  gtk_box_append (GTK_BOX (self->box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  self->history = add_check (self, _("What was written before, too"),
                             _("Without it they see only what is written from now on."), TRUE);
  self->only_read = add_check (
    self, _("They only read"),
    _("Without it both centres write. The child stays yours either way."), FALSE);
  return GTK_WIDGET (self);
}

static void
san_share_what_dispose (GObject *object)
{
  g_clear_pointer (&SAN_SHARE_WHAT (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (san_share_what_parent_class)->dispose (object);
}

static void
san_share_what_class_init (SanShareWhatClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_share_what_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[CHOSEN] = g_signal_new ("chosen", SAN_TYPE_SHARE_WHAT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
}

static void
san_share_what_init (SanShareWhat *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}
