/* san-score-chart.c - one child's scores on one sheet
 *
 * One ink line with round marks; the cut-off dashed; a grey band of the first score plus and minus
 * the published reliable change, only where a figure is published. A mark outside the band is
 * filled. Hatches and words, never colour alone: it prints in grey. The table (a button) says the
 * same, and is what a screen reader reads. */
#include "san-score-chart.h"
#include "san-day-words.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-menu.h"

/* least size and margins at 100 %; they grow with the text */
#define WIDTH  360
#define HEIGHT 250
#define HEIGHT_OF_ONE 160            /* one score alone: a mark, and the room where a line begins */
#define LEFT   52
#define RIGHT  18
#define TOP    32
#define BOTTOM 46
#define LINE   18                    /* height of a line of text then */

struct _SanScoreChart
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *area;                  /* GtkDrawingArea */
  GtkWidget *table;                 /* GtkGrid */
  GtkWidget *as_table;              /* GtkToggleButton */
  const SanInstrument *instrument;  /* the programme's, which outlives the page */
  GArray    *points;
};

G_DEFINE_FINAL_TYPE (SanScoreChart, san_score_chart, GTK_TYPE_WIDGET)

typedef struct
{
  SanScoreChart *self;
  cairo_t       *cr;
  double         width, height, first_day, last_day;
  double         unit;              /* 1 at 100 % text */
  double         left, right, top, bottom;      /* of the field, in the area */
  GdkRGBA        ink, paper;
} Pen;

static const SanScorePoint *
point (SanScoreChart *self, guint i)
{
  return &g_array_index (self->points, SanScorePoint, i);
}

static double
x_of (const Pen *pen, int day)
{
  double span = MAX (1, pen->last_day - pen->first_day);

  return pen->left + (day - pen->first_day) / span * (pen->right - pen->left);
}

static double
y_of (const Pen *pen, double total)
{
  const SanInstrument *instrument = pen->self->instrument;
  double span = MAX (1, instrument->max_total - instrument->min_total);

  return pen->top + (instrument->max_total - total) / span * (pen->bottom - pen->top);
}

static void
set_ink (const Pen *pen, double alpha)
{
  cairo_set_source_rgba (pen->cr, pen->ink.red, pen->ink.green, pen->ink.blue,
                         pen->ink.alpha * alpha);
}

/* @across: 0 begins at x, 0.5 is centred on it, 1 ends there. */
static void
write_at (const Pen *pen, const char *text, double x, double y, double across)
{
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (pen->self->area, text);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  cairo_move_to (pen->cr, CLAMP (x - across * width, 0, MAX (0, pen->width - width)),
                 y - height / 2.0);
  pango_cairo_show_layout (pen->cr, layout);
}

static void
write_number (const Pen *pen, int number, double y)
{
  g_autofree char *text = san_words_print ("%d", number);

  write_at (pen, text, pen->left - 8, y, 1);
}

static void
draw_band (const Pen *pen)
{
  const SanInstrument *instrument = pen->self->instrument;
  int first = point (pen->self, 0)->total;
  double top, bottom;

  if (!instrument->has_change)
    return;
  top = y_of (pen, MIN (instrument->max_total, first + instrument->change));
  bottom = y_of (pen, MAX (instrument->min_total, first - instrument->change));
  set_ink (pen, 0.10);
  cairo_rectangle (pen->cr, pen->left, top, pen->right - pen->left, bottom - top);
  cairo_fill (pen->cr);
}

/* The words at the cut-off stand at the end from which the marks are farther, and on the other
 * side of the line than the mark there. */
static void
write_cut (const Pen *pen)
{
  const SanScoreChart *self = pen->self;
  int cut = self->instrument->cut;
  int first = point (pen->self, 0)->total - cut;
  int last = point (pen->self, self->points->len - 1)->total - cut;
  gboolean at_end = self->points->len == 1 || ABS (last) > ABS (first);
  int side = (at_end ? last : first) < 0 ? -1 : 1;

  write_at (pen, _("look closer"), at_end ? pen->right - 6 : pen->left + 6,
            y_of (pen, cut) + side * 11 * pen->unit, at_end ? 1 : 0);
}

static void
draw_cut (const Pen *pen)
{
  static const double dashes[] = { 6, 5 };
  const SanInstrument *instrument = pen->self->instrument;

  if (!instrument->has_cut)
    return;
  set_ink (pen, 0.6);
  cairo_set_line_width (pen->cr, 1);
  cairo_set_dash (pen->cr, dashes, 2, 0);
  cairo_move_to (pen->cr, pen->left, y_of (pen, instrument->cut));
  cairo_line_to (pen->cr, pen->right, y_of (pen, instrument->cut));
  cairo_stroke (pen->cr);
  cairo_set_dash (pen->cr, NULL, 0, 0);
  set_ink (pen, 0.75);
  write_cut (pen);
}

static void
draw_axis (const Pen *pen)
{
  const SanInstrument *instrument = pen->self->instrument;

  set_ink (pen, 0.75);
  write_number (pen, instrument->max_total, y_of (pen, instrument->max_total));
  write_number (pen, instrument->min_total, y_of (pen, instrument->min_total));
  write_at (pen, instrument->higher_is_better ? _("easier") : _("harder"), pen->left,
            pen->top - 17 * pen->unit, 0);
  write_at (pen, instrument->higher_is_better ? _("harder") : _("easier"), pen->left,
            pen->bottom + 12 * pen->unit, 0);
  set_ink (pen, 0.25);
  cairo_set_line_width (pen->cr, 1);
  cairo_move_to (pen->cr, pen->left, pen->top);
  cairo_line_to (pen->cr, pen->left, pen->bottom);
  cairo_line_to (pen->cr, pen->right, pen->bottom);
  cairo_stroke (pen->cr);
}

static void
draw_marks (const Pen *pen)
{
  for (guint i = 0; i < pen->self->points->len; i++)
    {
      const SanScorePoint *p = point (pen->self, i);
      double x = x_of (pen, p->day);
      double y = y_of (pen, p->total);
      gboolean sure = p->judged == SAN_CHANGE_EASIER || p->judged == SAN_CHANGE_HARDER;
      g_autofree char *number = san_words_print ("%d", p->total);
      g_autofree char *day = san_words_print (_("day %d"), p->day);

      cairo_new_path (pen->cr);
      cairo_arc (pen->cr, x, y, 5, 0, 2 * G_PI);
      if (sure)
        set_ink (pen, 1);
      else
        gdk_cairo_set_source_rgba (pen->cr, &pen->paper);
      cairo_fill_preserve (pen->cr);
      set_ink (pen, 1);
      cairo_set_line_width (pen->cr, 2);
      cairo_stroke (pen->cr);
      write_at (pen, number, x, y - 5 - 11 * pen->unit, 0.5);
      if (p->day > 0 && (i == 0 || i + 1 == pen->self->points->len))
        write_at (pen, day, x, pen->bottom + 32 * pen->unit, 0.5);
    }
}

static void
draw_line (const Pen *pen)
{
  set_ink (pen, 1);
  cairo_set_line_width (pen->cr, 2);
  cairo_new_path (pen->cr);         /* words were written before: they left a point behind */
  for (guint i = 0; i < pen->self->points->len; i++)
    cairo_line_to (pen->cr, x_of (pen, point (pen->self, i)->day),
                   y_of (pen, point (pen->self, i)->total));
  cairo_stroke (pen->cr);
}

/* How much larger than at 100 % a line of text is. */
static double
text_unit (GtkWidget *widget)
{
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (widget, "0");
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return MAX (1, (double) height / LINE);
}

/* The area grows with the text. */
static void
set_size_cb (GtkWidget *area, SanScoreChart *self)
{
  double height = self->points->len > 1 ? HEIGHT * (0.5 + text_unit (area) / 2)
                                        : HEIGHT_OF_ONE * text_unit (area);

  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), (int) height);
}

static void
draw_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  SanScoreChart *self = data;
  Pen pen = { .self = self, .cr = cr, .width = width, .height = height, .paper = { 1, 1, 1, 1 } };
  int first = point (self, 0)->day;
  int last = point (self, self->points->len - 1)->day;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (area)), &pen.ink);
  if (pen.ink.red + pen.ink.green + pen.ink.blue > 1.5)      /* light ink: a dark page */
    pen.paper = (GdkRGBA) { 0.19, 0.19, 0.19, 1 };
  pen.unit = text_unit (GTK_WIDGET (area));
  pen.left = LEFT * pen.unit;
  pen.right = width - RIGHT;
  pen.top = TOP * pen.unit;
  pen.bottom = height - BOTTOM * pen.unit;
  pen.first_day = first - MAX (1, (last - first) / 12);
  pen.last_day = last == first ? first + 9 : last + MAX (1, (last - first) / 12);
  draw_band (&pen);
  draw_axis (&pen);
  draw_cut (&pen);
  draw_line (&pen);
  draw_marks (&pen);
}

/* What the last score says beside the first, in a whole sentence. */
static char *
make_sentence (SanScoreChart *self, gint64 due)
{
  const SanScorePoint *last = point (self, self->points->len - 1);
  g_autofree char *day = san_words_day (last->at, san_clock_now ());
  int by = ABS (last->change);

  if (self->points->len == 1 && due != 0)
    {
      g_autofree char *next = san_words_day (due, san_clock_now ());

      return san_words_print (
        _("One score so far (%1$s). A second one shows the change. Due %2$s."), day, next);
    }
  if (self->points->len == 1)
    return san_words_print (_("One score so far (%s). A second one shows the change."), day);
  if (!self->instrument->has_change)
    return san_words_print (_("%1$s: %2$d, the first was %3$d. No published figure for this "
                              "sheet: read with care."),
                            day, last->total, point (self, 0)->total);
  switch (last->judged)
    {
    case SAN_CHANGE_EASIER:
      return last->change > 0 ? san_words_print (_("%1$s: higher than the first by %2$d, easier. "
                                                   "More than chance would explain."),
                                                 day, by)
                              : san_words_print (_("%1$s: lower than the first by %2$d, easier. "
                                                   "More than chance would explain."),
                                                 day, by);
    case SAN_CHANGE_HARDER:
      return san_words_print (_("%1$s: harder than the first by %2$d, more than chance would "
                                "explain: talk it over in supervision."),
                              day, by);
    case SAN_CHANGE_NOT_SURE:
    case SAN_CHANGE_NOT_JUDGED:
    default:
      return san_words_print (_("%s: no sure change yet."), day);
    }
}

static void
add_cell (GtkWidget *grid, const char *text, int column, int row)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE,
                                   NULL);

  gtk_widget_add_css_class (label, row == 0 ? "heading" : "numeric");
  gtk_grid_attach (GTK_GRID (grid), label, column, row, 1, 1);
}

static GtkWidget *
make_table (SanScoreChart *self)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 24);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  add_cell (grid, _("Day"), 0, 0);
  add_cell (grid, _("Score"), 1, 0);
  add_cell (grid, _("Beside the first"), 2, 0);
  for (guint i = 0; i < self->points->len; i++)
    {
      const SanScorePoint *p = point (self, i);
      g_autofree char *day = san_words_day (p->at, san_clock_now ());
      g_autofree char *total = san_words_print (_("%1$d of %2$d"), p->total,
                                                self->instrument->max_total);
      g_autofree char *change = i > 0 ? san_words_print ("%+d", p->change) : g_strdup ("");

      add_cell (grid, day, 0, (int) i + 1);
      add_cell (grid, total, 1, (int) i + 1);
      add_cell (grid, change, 2, (int) i + 1);
    }
  return grid;
}

static void
table_cb (GtkToggleButton *button, SanScoreChart *self)
{
  gboolean table = gtk_toggle_button_get_active (button);

  gtk_widget_set_visible (self->table, table);
  gtk_widget_set_visible (self->area, !table);
}

void
san_score_chart_set_table (SanScoreChart *self, gboolean table)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->as_table), table);
}

gboolean
san_score_chart_get_table (SanScoreChart *self)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->as_table));
}

static void
san_score_chart_dispose (GObject *object)
{
  SanScoreChart *self = SAN_SCORE_CHART (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->points, g_array_unref);
  G_OBJECT_CLASS (san_score_chart_parent_class)->dispose (object);
}

static void
san_score_chart_class_init (SanScoreChartClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_score_chart_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
san_score_chart_init (SanScoreChart *self)
{
}

static GtkWidget *
make_head (SanScoreChart *self, const char *language)
{
  GtkWidget *head = san_line_new (12);
  GtkWidget *title = g_object_new (GTK_TYPE_LABEL, "label",
                                   san_label_get (self->instrument->label, language), "xalign", 0.0,
                                   "wrap", TRUE, "hexpand", TRUE, NULL);
  GtkWidget *as_table = gtk_toggle_button_new_with_mnemonic (_("As a _table"));

  self->as_table = as_table;
  san_menu_name_key (GTK_BUTTON (as_table));
  gtk_widget_add_css_class (title, "heading");
  gtk_widget_set_valign (as_table, GTK_ALIGN_CENTER);
  g_signal_connect (as_table, "toggled", G_CALLBACK (table_cb), self);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), as_table);
  return head;
}

GtkWidget *
san_score_chart_new (const SanScoreSeries *series, const char *language, gint64 due)
{
  SanScoreChart *self = g_object_new (SAN_TYPE_SCORE_CHART, NULL);
  g_autofree char *sentence = NULL;
  GtkWidget *words;

  self->instrument = series->instrument;
  self->points = g_array_ref (series->points);
  sentence = make_sentence (self, due);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (self->box, "card");
  gtk_widget_add_css_class (self->box, "san-card");
  self->area = g_object_new (GTK_TYPE_DRAWING_AREA, "accessible-role", GTK_ACCESSIBLE_ROLE_IMG,
                             NULL);
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (self->area), WIDTH);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (self->area),
                                       self->points->len > 1 ? HEIGHT : HEIGHT_OF_ONE);
  g_signal_connect (self->area, "map", G_CALLBACK (set_size_cb), self);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->area), draw_cb, self, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->area), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  sentence, -1);
  self->table = make_table (self);
  gtk_widget_set_visible (self->table, FALSE);
  words = g_object_new (GTK_TYPE_LABEL, "label", sentence, "xalign", 0.0, "wrap", TRUE, NULL);
  gtk_box_append (GTK_BOX (self->box), make_head (self, language));
  gtk_box_append (GTK_BOX (self->box), self->area);
  gtk_box_append (GTK_BOX (self->box), self->table);
  gtk_box_append (GTK_BOX (self->box), words);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
