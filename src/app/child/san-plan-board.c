/* san-plan-board.c - the ten categories of the care plan as cards
 *
 * Her hope comes first and is tinted. A card opens the plan; "What moved?" walks its rows. */
#include "san-plan-board.h"
#include "san-day-words.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-menu.h"

#define CARD_WIDTH  190
#define CARD_HEIGHT 170

struct _SanPlanBoard
{
  GtkWidget parent_instance;

  GtkWidget *box, *cards, *moved, *begin, *said;
  SanDesk   *desk;
  SanId32    child;
  SanId16    plan, report;
};

G_DEFINE_FINAL_TYPE (SanPlanBoard, san_plan_board, GTK_TYPE_WIDGET)

static void
open_plan_cb (GtkWidget *from, SanPlanBoard *self)
{
  san_desk_go_form (self->desk, "icp-a", &self->child,
                    san_id16_is_zero (&self->plan) ? NULL : &self->plan);
}

static void
what_moved_cb (GtkWidget *from, SanPlanBoard *self)
{
  san_desk_go_form (self->desk, "icp-b", &self->child,
                    san_id16_is_zero (&self->report) ? NULL : &self->report);
}

static GtkWidget *
make_text (const char *text, const char *style)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR, "max-width-chars", 22, NULL);

  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static char *
moved_words (SanPlanBoard *self, const SanPlanCard *card)
{
  SanCatalogue *catalogue = san_centre_get_catalogue (san_desk_get_centre (self->desk));
  const SanList *list = san_catalogue_find_list (catalogue, "moved");
  const SanOption *option = card->moved != NULL && list != NULL
                              ? san_list_find_option (list, card->moved)
                              : NULL;
  g_autofree char *day = NULL;

  if (option == NULL)
    return g_strdup (card->n_rows == 0 ? _("not yet looked at") : _("no report yet"));
  day = san_words_day (card->moved_at, san_clock_now ());
  /* Translators: what moved and when it was reported, "A little · 10 Nov" */
  return san_words_print (_("%1$s · %2$s"),
                          san_label_get (option->label, san_desk_get_language (self->desk)), day);
}

static GtkWidget *
make_card (SanPlanBoard *self, const SanPlanCard *card, gboolean is_hope)
{
  const char *title = san_label_get (card->table->label, san_desk_get_language (self->desk));
  g_autofree char *moved = moved_words (self, card);
  g_autofree char *hers = card->hers != NULL ? san_words_print (_("“%s”"), card->hers) : NULL;
  g_autofree char *spoken = g_strjoin (". ", title, moved, hers != NULL ? hers : card->step, NULL);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_box_append (GTK_BOX (box), make_text (title, "heading"));
  if (hers != NULL)
    gtk_box_append (GTK_BOX (box), make_text (hers, "san-hers"));
  if (card->step != NULL)
    gtk_box_append (GTK_BOX (box), make_text (card->step, NULL));
  gtk_box_append (GTK_BOX (box), make_text (moved, "san-quiet"));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_size_request (button, CARD_WIDTH, CARD_HEIGHT);
  gtk_widget_add_css_class (button, "card");
  gtk_widget_add_css_class (button, "san-plan-card");
  if (is_hope)
    gtk_widget_add_css_class (button, "san-hope");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
  g_signal_connect (button, "clicked", G_CALLBACK (open_plan_cb), self);
  return button;
}

void
san_plan_board_show (SanPlanBoard *self, const SanPlan *plan)
{
  GtkWidget *child;
  g_autofree char *said = NULL;

  while ((child = gtk_widget_get_first_child (self->cards)) != NULL)
    gtk_flow_box_remove (GTK_FLOW_BOX (self->cards), child);
  self->plan = plan->plan;
  self->report = plan->report;
  for (guint i = 0; i < plan->cards->len; i++)
    {
      GtkWidget *card = make_card (self, plan->cards->pdata[i], i == 0);

      gtk_flow_box_append (GTK_FLOW_BOX (self->cards), card);
      gtk_widget_set_focusable (gtk_widget_get_parent (card), FALSE);
    }
  gtk_widget_set_visible (self->moved, plan->has_plan);
  gtk_button_set_label (GTK_BUTTON (self->begin),
                        plan->has_plan ? _("Open the plan") : _("Begin the plan"));
  if (!plan->has_plan)
    said = g_strdup (_("Ask her first what she hopes for."));
  else if (plan->reported_at != 0)
    {
      g_autofree char *day = san_words_day (plan->reported_at, san_clock_now ());

      said = san_words_print (_("Last report: %s."), day);
    }
  else
    said = g_strdup (_("No report yet."));
  gtk_label_set_label (GTK_LABEL (self->said), said);
}

static void
san_plan_board_dispose (GObject *object)
{
  SanPlanBoard *self = SAN_PLAN_BOARD (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (san_plan_board_parent_class)->dispose (object);
}

static void
san_plan_board_class_init (SanPlanBoardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_plan_board_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
san_plan_board_init (SanPlanBoard *self)
{
  GtkWidget *foot = san_line_new (12);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->said = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "hexpand", TRUE, NULL);
  self->moved = gtk_button_new_with_mnemonic (_("What _moved?"));
  san_menu_name_key (GTK_BUTTON (self->moved));
  self->begin = gtk_button_new_with_label (_("Open the plan"));
  gtk_widget_add_css_class (self->moved, "suggested-action");
  g_signal_connect (self->moved, "clicked", G_CALLBACK (what_moved_cb), self);
  g_signal_connect (self->begin, "clicked", G_CALLBACK (open_plan_cb), self);
  gtk_box_append (GTK_BOX (foot), self->said);
  gtk_box_append (GTK_BOX (foot), self->begin);
  gtk_box_append (GTK_BOX (foot), self->moved);
  self->cards = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->cards), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->cards), 5);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (self->cards), TRUE);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (self->cards), 12);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (self->cards), 12);
  gtk_widget_add_css_class (self->cards, "san-plan");
  gtk_box_append (GTK_BOX (self->box), foot);
  gtk_box_append (GTK_BOX (self->box), self->cards);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
san_plan_board_new (SanDesk *desk, const SanId32 *child)
{
  SanPlanBoard *self = g_object_new (SAN_TYPE_PLAN_BOARD, NULL);

  self->desk = g_object_ref (desk);
  self->child = *child;
  return GTK_WIDGET (self);
}
