/* san-today-page.c - what waits for her today, and who is in the house
 *
 * The left column says what to do: overdue, today, soon, unfinished; eight rows, then "All"; or,
 * when the week is asked for, what comes in seven days, day by day. Above everything stands what
 * concerns a child's safety. The right column says how things are. */
#include "san-today-page.h"
#include "san-day-words.h"
#include "san-draft-row.h"
#include "san-due-row.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-pages.h"
#include "san-spoken.h"
#include "san-state-words.h"
#include "san-today-empty.h"
#include "san-today-groups.h"
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
  GtkWidget         *filter, *week_button;   /* (nullable) of @top; kept, so that focus stays */
  GtkWidget         *empty;          /* (nullable) child of @left */
  gboolean           mine, show_all, show_all_tonight, week;
  gboolean           shows_week;     /* what the rows are */
  gboolean           filled;
  double             scroll;         /* to be found again; < 0: none */
  gboolean           to_first;       /* the first row is to get the focus */
  int                at;             /* row that had the focus when she left; -1: none */
  guint              idle;
  SanToday          *beside;         /* (nullable) what the side is still to show */
  guint              tick;           /* 0: nothing is */
};

G_DEFINE_FINAL_TYPE (SanTodayPage, san_today_page, SAN_TYPE_PAGE)

typedef struct { gboolean mine, week; guint limit; } Asked;
typedef struct { SanToday *today; SanWeek *week; } Answer;    /* week: NULL unless asked for */

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

static GtkWidget *
add_top (SanTodayPage *self, GtkWidget *widget)
{
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_box_append (self->top, widget);
  return widget;
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
  san_spoken_set (mine, _("Show what is mine to do"));
  san_spoken_set (all, _("Show what is everybody's to do"));
  g_signal_connect (mine, "toggled", G_CALLBACK (filter_cb), self);
  return box;
}

static void
week_cb (GtkToggleButton *button, SanTodayPage *self)
{
  self->week = gtk_toggle_button_get_active (button);
  self->show_all = FALSE;
  ask (self);
}

static GtkWidget *
make_week (SanTodayPage *self)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (_("Week"));

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), self->week);
  san_spoken_set (button, _("Show what is due in seven days"));
  g_signal_connect (button, "toggled", G_CALLBACK (week_cb), self);
  return button;
}

/* All but what is pressed: that is made once. */
static void
clear_top (SanTodayPage *self)
{
  GtkWidget *next;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->top)); child != NULL;
       child = next)
    {
      next = gtk_widget_get_next_sibling (child);
      if (child != self->filter && child != self->week_button)
        gtk_box_remove (self->top, child);
    }
}

static void
put_acts_last (SanTodayPage *self)
{
  if (self->filter == NULL)
    {
      self->filter = add_top (self, make_filter (self));
      self->week_button = add_top (self, make_week (self));
      return;
    }
  gtk_box_reorder_child_after (self->top, self->filter,
                               gtk_widget_get_last_child (GTK_WIDGET (self->top)));
  gtk_box_reorder_child_after (self->top, self->week_button, self->filter);
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
  clear_top (self);
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
  put_acts_last (self);
}

/* Rows */

static void
clear_list (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
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

static void
add_rows (SanTodayPage *self, GPtrArray *rows)
{
  SanDesk *desk = san_page_get_desk (SAN_PAGE (self));

  for (guint i = 0; i < rows->len; i++)
    gtk_list_box_append (self->list, san_due_row_new (desk, g_ptr_array_index (rows, i), TRUE));
}

static void
fill_all (SanTodayPage *self, guint shown, guint n)
{
  g_autofree char *label = NULL;
  gboolean is_end = self->show_all || self->shows_week;

  gtk_widget_set_visible (GTK_WIDGET (self->all), n > shown);
  if (n <= shown)
    return;
  label = is_end ? san_words_print (_("%1$u of %2$u are shown. The others are on each child's "
                                      "page."), shown, n)
                 : san_words_print (_("All %u"), n);
  gtk_button_set_label (self->all, label);
  gtk_widget_set_sensitive (GTK_WIDGET (self->all), !is_end);
}

static void
see_week_cb (SanTodayPage *self)
{
  self->to_first = TRUE;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->week_button), TRUE);
}

static void
set_empty (SanTodayPage *self, GtkWidget *empty)
{
  if (self->empty != NULL)
    gtk_box_remove (self->left, self->empty);
  self->empty = empty;
  if (empty != NULL)
    gtk_box_append (self->left, empty);
  gtk_widget_set_visible (GTK_WIDGET (self->list), empty == NULL);
}

static void
fill_week (SanTodayPage *self, const SanWeek *week)
{
  add_rows (self, week->rows);
  set_empty (self, week->n == 0 ? san_today_empty_week_new () : NULL);
  fill_all (self, week->rows->len, week->n);
}

static void
fill_today (SanTodayPage *self, const SanToday *today)
{
  SanDesk *desk = san_page_get_desk (SAN_PAGE (self));
  guint n = today->n_overdue + today->n_today + today->n_soon;
  gboolean nothing = n == 0 && today->unfinished->len == 0;

  add_rows (self, today->rows);
  for (guint i = 0; i < today->unfinished->len; i++)
    gtk_list_box_append (self->list,
                         san_draft_row_new (desk, g_ptr_array_index (today->unfinished, i)));
  set_empty (self, nothing ? san_today_empty_new (desk, today, G_CALLBACK (see_week_cb), self)
                           : NULL);
  fill_all (self, today->rows->len, n);
}

static void
fill_list (SanTodayPage *self, const Answer *answer)
{
  clear_list (self->list);
  self->shows_week = answer->week != NULL;
  san_today_groups_use (self->list, self->shows_week);
  if (san_today_is_house (san_page_get_desk (SAN_PAGE (self))))
    return;
  if (answer->week != NULL)
    fill_week (self, answer->week);
  else
    fill_today (self, answer->today);
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

/* What stands beside the list is laid out a frame after it: both at once take too long. */
static gboolean
beside_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  SanTodayPage *self = SAN_TODAY_PAGE (widget);
  gint64 *first = data;

  if (*first < 0)
    *first = gdk_frame_clock_get_frame_counter (clock);
  if (gdk_frame_clock_get_frame_counter (clock) == *first)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  fill_side (self, self->beside);
  g_clear_pointer (&self->beside, san_today_free);
  if (self->scroll > 0 && self->idle == 0)
    self->idle = g_idle_add (scroll_cb, self);
  return G_SOURCE_REMOVE;
}

static void
fill_side_soon (SanTodayPage *self, SanToday *today)
{
  gint64 *first = g_new (gint64, 1);

  *first = -1;
  g_clear_pointer (&self->beside, san_today_free);
  self->beside = today;
  if (self->tick > 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), beside_cb, first, g_free);
}

static void
settle (SanTodayPage *self, int focused)
{
  GtkListBoxRow *row = NULL;
  gboolean held = focused >= 0;         /* the last row may be gone: then what stands there now */

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
  else if (held && self->empty != NULL
           && !gtk_widget_child_focus (self->empty, GTK_DIR_TAB_FORWARD))
    gtk_widget_grab_focus (self->week_button);
  self->filled = TRUE;
}

/* Asking */

static void
answer_free (Answer *self)
{
  g_clear_pointer (&self->today, san_today_free);
  g_clear_pointer (&self->week, san_week_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)

static gpointer
get_today (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  const Asked *asked = input;
  g_autoptr(Answer) answer = g_new0 (Answer, 1);

  answer->today = san_today_get (centre, asked->mine, asked->limit, error);
  if (answer->today == NULL)
    return NULL;
  if (asked->week)
    {
      answer->week = san_week_get (centre, asked->mine, MANY, error);
      if (answer->week == NULL)
        return NULL;
    }
  return g_steal_pointer (&answer);
}

static void
got_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanTodayPage *self = SAN_TODAY_PAGE (source);
  g_autoptr(GError) error = NULL;
  g_autoptr(Answer) answer = san_worker_run_finish (result, &error);
  int focused = self->to_first ? 0 : focused_row (self);

  if (answer == NULL)
    {
      san_desk_complain (san_page_get_desk (SAN_PAGE (self)), error);
      return;
    }
  if (self->filled)
    self->scroll = gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (self->root));
  self->to_first = FALSE;
  fill_top (self, answer->today);
  fill_safety (self, answer->today);
  fill_list (self, answer);
  settle (self, focused);
  fill_side_soon (self, g_steal_pointer (&answer->today));
}

static void
ask (SanTodayPage *self)
{
  Asked *asked = g_new0 (Asked, 1);

  asked->mine = self->mine;
  asked->week = self->week;
  asked->limit = self->show_all ? MANY : FEW;
  san_desk_ask (san_page_get_desk (SAN_PAGE (self)), GTK_WIDGET (self), get_today, asked, g_free,
                (GDestroyNotify) answer_free, got_cb, NULL);
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
  if (stop->view != NULL && g_variant_is_of_type (stop->view, G_VARIANT_TYPE ("(bbbbdi)")))
    g_variant_get (stop->view, "(bbbbdi)", &self->mine, &self->show_all, &self->show_all_tonight,
                   &self->week, &self->scroll, &self->at);
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

  return g_variant_new ("(bbbbdi)", self->mine, self->show_all, self->show_all_tonight, self->week,
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
  if (self->tick > 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  g_clear_pointer (&self->beside, san_today_free);
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
  g_signal_connect (self->list, "row-activated", G_CALLBACK (row_cb), self);
  g_signal_connect (self->safety, "row-activated", G_CALLBACK (row_cb), self);
  g_signal_connect (self->list, "keynav-failed", G_CALLBACK (keynav_cb), self);
  g_signal_connect (self->safety, "keynav-failed", G_CALLBACK (keynav_cb), self);
  g_signal_connect_swapped (self->all, "clicked", G_CALLBACK (all_cb), self);
}
