/* san-child-page.c - one child: what happened, her plan, what is next, one section at a time
 *
 * Sections are the shelves that forms name. A section of which this login reads nothing says who
 * can be asked, and no more. */
#include "san-child-page.h"
#include "san-child-file.h"
#include "san-child-header.h"
#include "san-child-sections.h"
#include "san-file-list.h"
#include "san-i18n.h"
#include "san-latin-key.h"
#include "san-line.h"
#include "san-lines.h"
#include "san-next-list.h"
#include "san-plan.h"
#include "san-plan-board.h"
#include "san-score-chart.h"
#include "san-score-series.h"
#include "san-section-bar.h"
#include "san-section-side.h"
#include "san-shelf-head.h"
#include "san-shelf-history.h"
#include "san-timeline.h"
#include "san-two-columns.h"
#include "san-today.h"
#include <adwaita.h>

#define NEXT_ON_OVERVIEW 8

struct _SanChildPage
{
  SanPage parent_instance;

  GtkWidget      *root;
  SanChildHeader *header;
  SanSectionBar  *sections;
  AdwBin         *content;
  GtkWidget      *scroll;
  SanChildFile   *file;
  GPtrArray      *dues;
  SanPlan        *plan;             /* NULL: not hers to read */
  GPtrArray      *series;           /* SanScoreSeries */
  SanShelfFacts  *facts;
  gint64          last[SAN_N_COMPARTMENTS];     /* of those not read: last written, ms */
  GPtrArray      *charts;           /* SanScoreChart, those in sight, borrowed */
  SanNextList    *next;             /* (nullable) of the overview, borrowed */
  gboolean        begun;
};

G_DEFINE_FINAL_TYPE (SanChildPage, san_child_page, SAN_TYPE_PAGE)

/* Asking */

typedef struct
{
  SanChildFile  *file;
  GPtrArray     *dues;
  SanPlan       *plan;
  GPtrArray     *series;
  SanShelfFacts *facts;
  gint64         last[SAN_N_COMPARTMENTS];
} Answer;

static void
answer_free (Answer *answer)
{
  g_clear_pointer (&answer->file, san_child_file_free);
  g_clear_pointer (&answer->dues, g_ptr_array_unref);
  g_clear_pointer (&answer->plan, san_plan_free);
  g_clear_pointer (&answer->series, g_ptr_array_unref);
  g_clear_pointer (&answer->facts, san_shelf_facts_free);
  g_free (answer);
}

static gpointer
ask_all (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->file = san_child_file_get (centre, input, error);
  if (answer->file != NULL)
    answer->dues = san_today_list_child (centre, input, error);
  if (answer->dues != NULL)
    answer->series = san_score_series_list (centre, input, error);
  if (answer->series != NULL)
    answer->facts = san_shelf_facts_get (centre, input, error);
  if (answer->facts == NULL)
    {
      answer_free (answer);
      return NULL;
    }
  for (guint i = 0; i < answer->file->closed->len; i++)
    {
      const SanProtectedShelf *shelf = answer->file->closed->pdata[i];

      answer->last[shelf->compartment] =
        san_shelf_last_written (centre, input, shelf->compartment);
    }
  answer->plan = san_plan_get (centre, input, NULL);     /* not hers to read: the section says so */
  return answer;
}

/* Sections */

static const char *
readers_of (SanChildPage *self, int compartment)
{
  for (guint i = 0; i < self->file->closed->len; i++)
    {
      const SanProtectedShelf *shelf = self->file->closed->pdata[i];

      if ((int) shelf->compartment == compartment)
        return shelf->readers;
    }
  return NULL;
}

static GtkWidget *
make_closed (SanChildPage *self, const SanChildSection *section, const char *readers)
{
  GtkWidget *closed = san_shelf_closed_new (san_page_get_desk (SAN_PAGE (self)), section->id,
                                            _(section->label), self->last[section->compartment],
                                            readers, self->facts);
  GtkWidget *clamp = adw_clamp_new ();

  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 720);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), 720);
  adw_clamp_set_child (ADW_CLAMP (clamp), closed);
  return clamp;
}

static GtkWidget *
make_heading (const char *text)
{
  GtkWidget *label =
    g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE, NULL);

  gtk_widget_add_css_class (label, "heading");
  return label;
}

static GtkWidget *
make_file_list (SanChildPage *self, const char *shelf, const char *empty)
{
  GtkWidget *list = san_file_list_new (san_page_get_desk (SAN_PAGE (self)));

  san_file_list_show (SAN_FILE_LIST (list), self->file, shelf, empty);
  return list;
}

/* The heading of a section's notes, with the button for their history. */
static GtkWidget *
make_history (SanChildPage *self, const char *shelf, const char *heading)
{
  return san_shelf_history_new (san_page_get_desk (SAN_PAGE (self)), &self->file->row->id, shelf,
                                make_heading (heading));
}

static gboolean
is_empty (SanChildPage *self, const char *shelf)
{
  for (guint i = 0; i < self->file->rows->len; i++)
    if (g_strcmp0 (((const SanFileRow *) self->file->rows->pdata[i])->shelf, shelf) == 0)
      return FALSE;
  return TRUE;
}

static GtkWidget *
make_empty (const SanChildSection *section)
{
  GtkWidget *lines;
  GtkWidget *card = san_line_card (_(section->empty), &lines);

  gtk_box_append (GTK_BOX (lines), san_line_label (_(section->will), "san-quiet"));
  gtk_widget_set_valign (card, GTK_ALIGN_START);
  return card;
}

/* What is written, and beside it what is next and what can be written. */
static GtkWidget *
make_shelf (SanChildPage *self, const SanChildSection *section)
{
  GtkWidget *columns = san_two_columns_box_new (60);
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *side = san_section_side_new (san_page_get_desk (SAN_PAGE (self)), section->id,
                                          self->dues);
  GtkWidget *head = san_shelf_head_new (san_page_get_desk (SAN_PAGE (self)), section->id,
                                        self->facts);

  if (head != NULL)
    gtk_box_append (GTK_BOX (left), head);
  gtk_box_append (GTK_BOX (left), make_history (self, section->id, _("Written so far")));
  gtk_box_append (GTK_BOX (left), is_empty (self, section->id)
                                    ? make_empty (section)
                                    : make_file_list (self, section->id, ""));
  gtk_box_append (GTK_BOX (columns), left);
  /* the column stays as wide where there is nothing to say */
  gtk_box_append (GTK_BOX (columns),
                  side != NULL ? side : gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  return columns;
}

static GtkWidget *
make_overview (SanChildPage *self)
{
  GtkWidget *columns = san_two_columns_box_new (60);
  GtkWidget *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *next = san_next_list_new (san_page_get_desk (SAN_PAGE (self)));
  GtkWidget *left = san_timeline_new (san_page_get_desk (SAN_PAGE (self)), self->file);

  san_next_list_show (SAN_NEXT_LIST (next), self->dues, NEXT_ON_OVERVIEW);
  self->next = SAN_NEXT_LIST (next);
  gtk_widget_set_hexpand (left, TRUE);
  gtk_box_append (GTK_BOX (right), make_heading (_("Next for her")));
  gtk_box_append (GTK_BOX (right), next);
  gtk_box_append (GTK_BOX (columns), left);
  gtk_box_append (GTK_BOX (columns), right);
  return columns;
}

/* Of several sheets those with a line come first: they answer whether something has changed. */
static GPtrArray *
sort_series (GPtrArray *series)
{
  GPtrArray *sorted = g_ptr_array_new ();

  for (guint alone = 0; alone < 2; alone++)
    for (guint i = 0; i < series->len; i++)
      if ((((const SanScoreSeries *) series->pdata[i])->points->len == 1) == (gboolean) alone)
        g_ptr_array_add (sorted, series->pdata[i]);
  return sorted;
}

/* When the sheet is asked for next, ms; 0: not that this login knows. */
static gint64
next_of (SanChildPage *self, const SanInstrument *instrument)
{
  for (guint i = 0; i < self->dues->len; i++)
    {
      const SanTodayRow *row = self->dues->pdata[i];

      if (g_strcmp0 (row->form, instrument->form) == 0)
        return row->due->at.ms;
    }
  return 0;
}

static GtkWidget *
make_chart (SanChildPage *self, const SanScoreSeries *series)
{
  GtkWidget *chart =
    san_score_chart_new (series, san_desk_get_language (san_page_get_desk (SAN_PAGE (self))),
                         next_of (self, series->instrument));

  g_ptr_array_add (self->charts, chart);
  return chart;
}

static GtkWidget *
make_outcomes (SanChildPage *self, const SanChildSection *section)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *charts = san_two_columns_box_new (50);
  g_autoptr(GPtrArray) sorted = sort_series (self->series);
  GtkWidget *columns[] = { gtk_box_new (GTK_ORIENTATION_VERTICAL, 18),
                           gtk_box_new (GTK_ORIENTATION_VERTICAL, 18) };
  guint high[] = { 0, 0 };              /* about: the next one goes where there is more room */

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      gtk_box_append (GTK_BOX (charts), columns[i]);
      gtk_widget_set_visible (columns[i], i < sorted->len);
      gtk_widget_set_valign (columns[i], GTK_ALIGN_START);
    }
  for (guint i = 0; i < sorted->len; i++)
    {
      const SanScoreSeries *series = sorted->pdata[i];
      guint column = high[1] < high[0] ? 1 : 0;

      gtk_box_append (GTK_BOX (columns[column]), make_chart (self, series));
      high[column] += series->points->len > 1 ? 4 : 3;
    }
  gtk_widget_set_visible (charts, sorted->len > 0);
  gtk_box_append (GTK_BOX (box), charts);
  gtk_box_append (GTK_BOX (box), make_shelf (self, section));
  return box;
}

static GtkWidget *
make_plan (SanChildPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *board = san_plan_board_new (san_page_get_desk (SAN_PAGE (self)), &self->file->row->id);

  san_plan_board_show (SAN_PLAN_BOARD (board), self->plan);
  gtk_box_append (GTK_BOX (box), board);
  gtk_box_append (GTK_BOX (box), make_history (self, "plan", _("Plans and reports")));
  gtk_box_append (GTK_BOX (box), make_file_list (self, "plan", _("No plan yet.")));
  return box;
}

static void
show_section (SanChildPage *self, const char *id)
{
  const SanChildSection *section = san_child_section_find (id);
  const char *readers = readers_of (self, section->compartment);
  GtkWidget *content;

  self->next = NULL;
  g_ptr_array_set_size (self->charts, 0);
  if (readers != NULL)
    content = make_closed (self, section, readers);
  else if (g_str_equal (section->id, "overview"))
    content = make_overview (self);
  else if (g_str_equal (section->id, "plan") && self->plan != NULL)
    content = make_plan (self);
  else if (g_str_equal (section->id, "outcomes"))
    content = make_outcomes (self, section);
  else
    content = make_shelf (self, section);
  adw_bin_set_child (self->content, content);
}

static void
chosen_cb (SanSectionBar *bar, const char *id, SanChildPage *self)
{
  if (self->file != NULL)
    show_section (self, id);
}

static void
add_sections (SanChildPage *self)
{
  const SanChildSection *section;

  for (guint i = 0; (section = san_child_section_nth (i)) != NULL; i++)
    san_section_bar_add (self->sections, section->id, _(section->label),
                         readers_of (self, section->compartment) != NULL);
}

/* Where she was when the page was left, else where it was asked to open. */
static const char *
first_section (const SanStop *stop)
{
  return stop->view != NULL && g_variant_is_of_type (stop->view, G_VARIANT_TYPE_STRING)
         ? g_variant_get_string (stop->view, NULL) : stop->part;
}

static void
answer_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanChildPage *self = SAN_CHILD_PAGE (source);
  g_autoptr(GError) error = NULL;
  Answer *answer = san_worker_run_finish (result, &error);
  gboolean had_focus;

  if (answer == NULL)
    {
      san_desk_complain (san_page_get_desk (SAN_PAGE (self)), error);
      return;
    }
  g_clear_pointer (&self->file, san_child_file_free);
  g_clear_pointer (&self->dues, g_ptr_array_unref);
  g_clear_pointer (&self->plan, san_plan_free);
  g_clear_pointer (&self->series, g_ptr_array_unref);
  g_clear_pointer (&self->facts, san_shelf_facts_free);
  self->file = g_steal_pointer (&answer->file);
  self->dues = g_steal_pointer (&answer->dues);
  self->plan = g_steal_pointer (&answer->plan);
  self->series = g_steal_pointer (&answer->series);
  self->facts = g_steal_pointer (&answer->facts);
  memcpy (self->last, answer->last, sizeof self->last);
  answer_free (answer);
  if (g_str_equal (self->file->row->status,
                   "undone")) /* a moment ago, by Undo: nothing stands here */
    {
      san_desk_back (san_page_get_desk (SAN_PAGE (self)));
      return;
    }
  san_child_header_show (self->header, self->file);
  san_page_set_title (SAN_PAGE (self), self->file->row->alias);
  if (!self->begun)
    {
      const char *first = first_section (san_page_get_stop (SAN_PAGE (self)));

      add_sections (self);
      san_section_bar_choose (self->sections, san_child_section_find (first)->id);
    }
  had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self->content)) != NULL;
  show_section (self, san_section_bar_get (self->sections));
  if (!self->begun || had_focus)        /* its rows are new ones */
    san_page_grab_first_focus (SAN_PAGE (self));
  self->begun = TRUE;
}

static void
ask (SanPage *page)
{
  san_desk_ask (san_page_get_desk (page), GTK_WIDGET (page), ask_all,
                san_id32_copy (&san_page_get_stop (page)->child), g_free,
                (GDestroyNotify) answer_free, answer_cb, NULL);
}

static void
start (SanPage *page)
{
  SanChildPage *self = SAN_CHILD_PAGE (page);

  san_child_header_set_desk (self->header, san_page_get_desk (page),
                             &san_page_get_stop (page)->child);
  ask (page);
}

static void
reveal (SanPage *page)
{
  san_child_header_reveal (SAN_CHILD_PAGE (page)->header);
}

/* Who opened it. */
static void
show_access (SanPage *page)
{
  gtk_widget_activate_action (GTK_WIDGET (page), "child.access", NULL);
}

static void
next (SanPage *page)
{
  san_section_bar_step (SAN_CHILD_PAGE (page)->sections, 1);
}

static void
previous (SanPage *page)
{
  san_section_bar_step (SAN_CHILD_PAGE (page)->sections, -1);
}

/* Which section was shown. */
static GVariant *
dup_view (SanPage *page)
{
  const char *id = san_section_bar_get (SAN_CHILD_PAGE (page)->sections);

  return id != NULL ? g_variant_new_string (id) : NULL;
}

static GtkWidget *
first_focus (SanPage *page)
{
  SanChildPage *self = SAN_CHILD_PAGE (page);

  return self->next != NULL ? san_next_list_get_first (self->next) : NULL;
}

/* Actions of the header's menus */

static void
write_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SanPage *page = SAN_PAGE (widget);

  san_desk_go_form (san_page_get_desk (page), g_variant_get_string (parameter, NULL),
                    &san_page_get_stop (page)->child, NULL);
}

static void
go_about_her_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SanPage *page = SAN_PAGE (widget);
  SanStop *stop = san_stop_new (g_str_equal (action, "child.share") ? "share" : "access");

  stop->child = san_page_get_stop (page)->child;
  san_desk_go (san_page_get_desk (page), stop);
}

static void
san_child_page_dispose (GObject *object)
{
  SanChildPage *self = SAN_CHILD_PAGE (object);

  g_clear_pointer (&self->file, san_child_file_free);
  g_clear_pointer (&self->dues, g_ptr_array_unref);
  g_clear_pointer (&self->plan, san_plan_free);
  g_clear_pointer (&self->series, g_ptr_array_unref);
  g_clear_pointer (&self->facts, san_shelf_facts_free);
  g_clear_pointer (&self->charts, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), SAN_TYPE_CHILD_PAGE);
  G_OBJECT_CLASS (san_child_page_parent_class)->dispose (object);
}

static void
san_child_page_class_init (SanChildPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  SanPageClass *page_class = SAN_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = san_child_page_dispose;
  page_class->help = "child";
  page_class->start = start;
  page_class->refresh = ask;
  page_class->reveal = reveal;
  page_class->access = show_access;
  page_class->next = next;
  page_class->previous = previous;
  page_class->dup_view = dup_view;
  page_class->first_focus = first_focus;
  g_type_ensure (SAN_TYPE_CHILD_HEADER);
  g_type_ensure (SAN_TYPE_SECTION_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, SAN_RESOURCE_UI "san-child-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SanChildPage, root);
  gtk_widget_class_bind_template_child (widget_class, SanChildPage, header);
  gtk_widget_class_bind_template_child (widget_class, SanChildPage, sections);
  gtk_widget_class_bind_template_child (widget_class, SanChildPage, scroll);
  gtk_widget_class_bind_template_child (widget_class, SanChildPage, content);
  gtk_widget_class_install_action (widget_class, "child.write", "s", write_cb);
  gtk_widget_class_install_action (widget_class, "child.share", NULL, go_about_her_cb);
  gtk_widget_class_install_action (widget_class, "child.access", NULL, go_about_her_cb);
}

/* T: the charts as tables, all of them, and back. */
static gboolean
key_cb (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state,
        SanChildPage *self)
{
  guint latin = san_latin_key (gtk_widget_get_display (GTK_WIDGET (self)), keyval, keycode, state);
  gboolean table;

  if (latin != GDK_KEY_t || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 ||
      self->charts->len == 0)
    return FALSE;
  table = !san_score_chart_get_table (self->charts->pdata[0]);
  for (guint i = 0; i < self->charts->len; i++)
    san_score_chart_set_table (self->charts->pdata[i], table);
  return TRUE;
}

static void
san_child_page_init (SanChildPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->charts = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (self->sections, "chosen", G_CALLBACK (chosen_cb), self);
}
