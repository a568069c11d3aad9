/* san-today-page.c - what waits for her today, and who is in the house
 *
 * The left column says what to do: overdue, today, soon, unfinished; eight rows, then "All". Above
 * everything stands what concerns a child's safety. The right column says how things are. */
#include "san-today-page.h"
#include "san-day-words.h"
#include "san-draft-row.h"
#include "san-due-row.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-pages.h"
#include "san-state-words.h"
#include "san-today-house.h"
#include "san-today-side.h"
#include "san-two-columns.h"
#include "san-wrap.h"
#include <adwaita.h>

#define FEW  8
#define MANY 200                     /* rows that "All" shows */

struct _SanTodayPage
{
  SanPage parent_instance;

  GtkScrolledWindow *root;
  GtkBox            *top, *large, *columns, *left, *side;
  GtkListBox        *safety, *list;
  GtkButton         *all;
  GtkWidget         *empty;          /* (nullable) child of @left */
  gboolean           mine, show_all, show_all_tonight;
  gboolean           filled;
  double             scroll;         /* to be found again; < 0: none */
  int                at;             /* row that had the focus when she left; -1: none */
  guint              idle;
};

G_DEFINE_FINAL_TYPE (SanTodayPage, san_today_page, SAN_TYPE_PAGE)

typedef struct { gboolean mine; guint limit; } Asked;

static void ask (SanTodayPage *self);

/* Words */

static char *
dup_greeting (const char *name)
{
  gint64 now = san_clock_now ();
  int hour = (int) (((now / 60000 + san_clock_zone (now)) / 60) % 24);

  if (hour >= 4 && hour < 12)
    return san_words_print (_("Good morning, %s."), name);
  if (hour >= 12 && hour < 16)
    return san_words_print (_("Good afternoon, %s."), name);
  return hour >= 16 ? san_words_print (_("Good evening, %s."), name)
                                 : san_words_print (_("It is late, %s."), name);
}

static void
add_top (SanTodayPage *self, GtkWidget *widget)
{
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_box_append (self->top, widget);
}

static void
filter_cb (GtkToggleButton *button, SanTodayPage *self)
{
  gboolean mine = gtk_toggle_button_get_active (button);

  if (mine == self->mine)
    return;
  self->mine = mine;
  self->show_all = FALSE;
  ask (self);
}

static GtkWidget *
make_filter (SanTodayPage *self)
{
  GtkWidget *box = san_line_new (0);
  GtkWidget *mine = gtk_toggle_button_new_with_label (_("Mine"));
  GtkWidget *all = gtk_toggle_button_new_with_label (_("Everybody's"));

  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (all), GTK_TOGGLE_BUTTON (mine));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->mine ? mine : all), TRUE);
  gtk_widget_add_css_class (box, "linked");
  gtk_widget_set_hexpand (box, TRUE);   /* at the end of the line */
  gtk_widget_set_halign (box, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), mine);
  gtk_box_append (GTK_BOX (box), all);
  gtk_accessible_update_property (GTK_ACCESSIBLE (mine), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Show what is mine to do"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (all), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Show what is everybody's to do"), -1);
  g_signal_connect (mine, "toggled", G_CALLBACK (filter_cb), self);
  return box;
}

static void
take_count (SanTodayPage *self, const char *kind, guint n, char *text)
{
  if (n > 0)
    add_top (self, san_state_words_new (kind, text));
  g_free (text);
}

static void
fill_top (SanTodayPage *self, const SanToday *today)
{
  g_autofree char
    *text = dup_greeting (san_centre_get_staff_name (san_page_get_centre (SAN_PAGE (self))));
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "wrap", TRUE, "xalign", 0.0,
                                   "natural-wrap-mode", GTK_NATURAL_WRAP_NONE, NULL);
  guint n = today->unfinished->len;

  gtk_widget_add_css_class (label, "title-2");
  while (gtk_widget_get_first_child (GTK_WIDGET (self->top)) != NULL)
    gtk_box_remove (self->top, gtk_widget_get_first_child (GTK_WIDGET (self->top)));
  add_top (self, label);
  if (san_today_is_house (san_page_get_desk (SAN_PAGE (self))))
    return;
  take_count (self, "overdue", today->n_overdue,
              san_words_print (ngettext ("%u overdue", "%u overdue", today->n_overdue),
                               today->n_overdue));
  take_count (self, "today", today->n_today,
              san_words_print (ngettext ("%u due today", "%u due today", today->n_today),
                               today->n_today));
  take_count (self, "unfinished", n,
              san_words_print (ngettext ("%u unfinished", "%u unfinished", n), n));
  add_top (self, make_filter (self));
}

/* Rows */

static void
clear_list (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

static const char *
group_of (GtkListBoxRow *row)
{
  const char *state = SAN_IS_DUE_ROW (row) ? san_due_row_get_state (SAN_DUE_ROW (row))
                                           : "unfinished";

  return g_str_equal (state, "unsure") ? "today" : state;
}

static const char *
group_word (const char *group)
{
  if (g_str_equal (group, "overdue"))
    return _("Overdue");
  if (g_str_equal (group, "today"))
    return _("Due today");
  return g_str_equal (group, "soon") ? _("Soon") : _("Unfinished");
}

static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  GtkWidget *label;

  if (before != NULL && g_str_equal (group_of (row), group_of (before)))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = g_object_new (GTK_TYPE_LABEL, "label", group_word (group_of (row)), "xalign", 0.0, "wrap",
                        TRUE, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, NULL);
  gtk_widget_add_css_class (label, "san-group");
  gtk_list_box_row_set_header (row, label);
}

static void
row_cb (GtkListBox *list, GtkListBoxRow *row, SanTodayPage *self)
{
  if (SAN_IS_DUE_ROW (row))
    san_due_row_open (SAN_DUE_ROW (row));
  else
    san_draft_row_open (SAN_DRAFT_ROW (row));
}

/* The arrows go on from what concerns safety to the list, and back. */
static gboolean
keynav_cb (GtkWidget *list, GtkDirectionType direction, SanTodayPage *self)
{
  GtkListBoxRow *row = NULL;
  int last = 0;

  if (list == GTK_WIDGET (self->safety) && direction == GTK_DIR_DOWN)
    row = gtk_list_box_get_row_at_index (self->list, 0);
  else if (list == GTK_WIDGET (self->list) && direction == GTK_DIR_UP)
    {
      while (gtk_list_box_get_row_at_index (self->safety, last + 1) != NULL)
        last++;
      row = gtk_list_box_get_row_at_index (self->safety, last);
    }
  return row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
fill_safety (SanTodayPage *self, const SanToday *today)
{
  clear_list (self->safety);
  for (guint i = 0; i < today->safety->len; i++)
    {
      GtkWidget *row = san_due_row_new (san_page_get_desk (SAN_PAGE (self)),
                                        g_ptr_array_index (today->safety, i), TRUE);

      san_due_row_set_state (SAN_DUE_ROW (row), "safety");
      gtk_list_box_append (self->safety, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->safety), today->safety->len > 0);
}

static GtkWidget *
make_empty (SanTodayPage *self, const SanToday *today)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  g_autofree char *text = NULL;
  GtkWidget *label;

  if (today->next != NULL)
    {
      g_autofree char *day = san_words_day (today->next->due->at.ms, san_clock_now ());

      text = *today->next->due->alias != '\0'
               /* Translators: what comes first, for whom, when */
               ? san_words_print (_("Nothing is waiting today. Next: %1$s, %2$s, %3$s."),
                                  today->next->due->label, today->next->due->alias, day)
               : san_words_print (_("Nothing is waiting today. Next: %1$s, %2$s."),
                                  today->next->due->label, day);
    }
  else if (today->n_in_care == 0 && !san_today_is_house (san_page_get_desk (SAN_PAGE (self))))
    text = g_strdup (_("No children yet. When the first child arrives, welcome her here. Two "
                       "minutes are enough."));
  else
    text = g_strdup (_("Nothing is waiting today."));
  label = g_object_new (GTK_TYPE_LABEL, "label", text, "wrap", TRUE, "xalign", 0.0, NULL);
  gtk_box_append (GTK_BOX (box), label);
  if (today->n_in_care == 0 && today->next == NULL && san_pages_find ("admit") != NULL)
    {
      GtkWidget *button = gtk_button_new_with_label (_("Welcome a child"));

      gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), "win.go::admit");
      gtk_widget_set_halign (button, GTK_ALIGN_START);
      gtk_widget_add_css_class (button, "suggested-action");
      gtk_box_append (GTK_BOX (box), button);
    }
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "san-card");
  return box;
}

static void
fill_list (SanTodayPage *self, const SanToday *today)
{
  SanDesk *desk = san_page_get_desk (SAN_PAGE (self));
  guint n = today->n_overdue + today->n_today + today->n_soon;
  gboolean nothing = n == 0 && today->unfinished->len == 0;

  clear_list (self->list);
  for (guint i = 0; i < today->rows->len; i++)
    gtk_list_box_append (self->list,
                         san_due_row_new (desk, g_ptr_array_index (today->rows, i), TRUE));
  for (guint i = 0; i < today->unfinished->len; i++)
    gtk_list_box_append (self->list,
                         san_draft_row_new (desk, g_ptr_array_index (today->unfinished, i)));
  gtk_widget_set_visible (GTK_WIDGET (self->list), !nothing);
  if (self->empty != NULL)
    gtk_box_remove (self->left, self->empty);
  self->empty = NULL;
  if (nothing && !san_today_is_house (desk))
    {
      self->empty = make_empty (self, today);
      gtk_box_append (self->left, self->empty);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->all), n > today->rows->len);
  if (n > today->rows->len)
    {
      g_autofree char *label = self->show_all
                                 ? san_words_print (_("%1$u of %2$u are shown. The others are on "
                                                      "each child's page."),
                                                    today->rows->len, n)
                                 : san_words_print (_("All %u"), n);

      gtk_button_set_label (self->all, label);
      gtk_widget_set_sensitive (GTK_WIDGET (self->all), !self->show_all);
    }
}

static void
more_tonight_cb (SanTodayPage *self)
{
  self->show_all_tonight = TRUE;
  ask (self);
}

static void
fill_side (SanTodayPage *self, const SanToday *today)
{
  GtkWidget *child;
  SanDesk *desk = san_page_get_desk (SAN_PAGE (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->side))) != NULL)
    gtk_box_remove (self->side, child);
  san_today_side_fill (self->side, desk, today, self->show_all_tonight || san_today_is_house (desk),
                       G_CALLBACK (more_tonight_cb), self);
}

/* Focus and scroll stay where they were, or begin at the first row. */

static int
focused_row (SanTodayPage *self)
{
  GtkWidget *row = gtk_widget_get_focus_child (GTK_WIDGET (self->list));

  return row != NULL ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) : -1;
}

static gboolean
scroll_cb (gpointer data)
{
  SanTodayPage *self = data;

  self->idle = 0;
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->root), self->scroll);
  return G_SOURCE_REMOVE;
}

static void
settle (SanTodayPage *self, int focused)
{
  GtkListBoxRow *row = NULL;

  if (focused >= 0)
    for (; focused >= 0 && row == NULL; focused--)
      row = gtk_list_box_get_row_at_index (self->list, focused);
  else if (!self->filled && !san_today_is_house (san_page_get_desk (SAN_PAGE (self))))
    {
      row = self->at >= 0 ? gtk_list_box_get_row_at_index (self->list, self->at) : NULL;
      row = row != NULL ? row : gtk_list_box_get_row_at_index (self->safety, 0);
      row = row != NULL ? row : gtk_list_box_get_row_at_index (self->list, 0);
    }
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  if (self->scroll > 0 && self->idle == 0)
    self->idle = g_idle_add (scroll_cb, self);
  self->filled = TRUE;
}

/* Asking */

static gpointer
get_today (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  const Asked *asked = input;

  return san_today_get (centre, asked->mine, asked->limit, error);
}

static void
got_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanTodayPage *self = SAN_TODAY_PAGE (source);
  g_autoptr(GError) error = NULL;
  g_autoptr(SanToday) today = san_worker_run_finish (result, &error);
  int focused = focused_row (self);

  if (today == NULL)
    {
      san_desk_complain (san_page_get_desk (SAN_PAGE (self)), error);
      return;
    }
  if (self->filled)
    self->scroll = gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (self->root));
  fill_top (self, today);
  fill_safety (self, today);
  fill_list (self, today);
  fill_side (self, today);
  settle (self, focused);
}

static void
ask (SanTodayPage *self)
{
  Asked *asked = g_new0 (Asked, 1);

  asked->mine = self->mine;
  asked->limit = self->show_all ? MANY : FEW;
  san_desk_ask (san_page_get_desk (SAN_PAGE (self)), GTK_WIDGET (self), get_today, asked, g_free,
                (GDestroyNotify) san_today_free, got_cb, NULL);
}

static void
all_cb (SanTodayPage *self)
{
  self->show_all = TRUE;
  ask (self);
}

static void
start (SanPage *page)
{
  SanTodayPage *self = SAN_TODAY_PAGE (page);
  SanDesk *desk = san_page_get_desk (page);
  const SanStop *stop = san_page_get_stop (page);

  san_page_set_title (page, _("Today"));
  self->mine = !san_today_begins_with_all (san_page_get_centre (page));
  if (stop->view != NULL && g_variant_is_of_type (stop->view, G_VARIANT_TYPE ("(bbbdi)")))
    g_variant_get (stop->view, "(bbbdi)", &self->mine, &self->show_all, &self->show_all_tonight,
                   &self->scroll, &self->at);
  if (san_today_is_house (desk))
    {
      san_today_house_fill (self->large, desk);
      gtk_widget_set_visible (GTK_WIDGET (self->large), TRUE);
      gtk_widget_set_visible (GTK_WIDGET (self->left), FALSE);
    }
  ask (self);
}

static GVariant *
dup_view (SanPage *page)
{
  SanTodayPage *self = SAN_TODAY_PAGE (page);

  return g_variant_new ("(bbbdi)", self->mine, self->show_all, self->show_all_tonight,
                        gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (self->root)),
                        focused_row (self));
}

static GtkWidget *
first_focus (SanPage *page)
{
  SanTodayPage *self = SAN_TODAY_PAGE (page);

  return gtk_widget_get_first_child (GTK_WIDGET (self->large));
}

static void
san_today_page_dispose (GObject *object)
{
  SanTodayPage *self = SAN_TODAY_PAGE (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), SAN_TYPE_TODAY_PAGE);
  G_OBJECT_CLASS (san_today_page_parent_class)->dispose (object);
}

static void
san_today_page_class_init (SanTodayPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = san_today_page_dispose;
  SAN_PAGE_CLASS (klass)->start = start;
  SAN_PAGE_CLASS (klass)->refresh = (void (*) (SanPage *)) ask;
  SAN_PAGE_CLASS (klass)->dup_view = dup_view;
  SAN_PAGE_CLASS (klass)->finds_focus = TRUE;
  SAN_PAGE_CLASS (klass)->first_focus = first_focus;
  SAN_PAGE_CLASS (klass)->help = "today";
  g_type_ensure (SAN_TYPE_TWO_COLUMNS);
  g_type_ensure (SAN_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget_class, SAN_RESOURCE_UI "san-today-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SanTodayPage, root);
  gtk_widget_class_bind_template_child (widget_class, SanTodayPage, top);
  gtk_widget_class_bind_template_child (widget_class, SanTodayPage, large);
  gtk_widget_class_bind_template_child (widget_class, SanTodayPage, columns);
  gtk_widget_class_bind_template_child (widget_class, SanTodayPage, left);
  gtk_widget_class_bind_template_child (widget_class, SanTodayPage, side);
  gtk_widget_class_bind_template_child (widget_class, SanTodayPage, safety);
  gtk_widget_class_bind_template_child (widget_class, SanTodayPage, list);
  gtk_widget_class_bind_template_child (widget_class, SanTodayPage, all);
}

static void
san_today_page_init (SanTodayPage *self)
{
  self->scroll = -1;
  self->at = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->list, header_cb, self, NULL);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (row_cb), self);
  g_signal_connect (self->safety, "row-activated", G_CALLBACK (row_cb), self);
  g_signal_connect (self->list, "keynav-failed", G_CALLBACK (keynav_cb), self);
  g_signal_connect (self->safety, "keynav-failed", G_CALLBACK (keynav_cb), self);
  g_signal_connect_swapped (self->all, "clicked", G_CALLBACK (all_cb), self);
}
