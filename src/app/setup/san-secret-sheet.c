/* san-secret-sheet.c - how a recovery code or a slip stands on paper
 *
 * What it is, a frame with the groups, what to do with it, and below a line to cut along a label
 * for the envelope. Black on white, no picture that a poor printer would smear. */
#include "san-secret-sheet.h"
#include <pango/pangocairo.h>
#include <string.h>

#define GROUPS      12                  /* at most */
#define PADDING     21.0                /* inside the frame */
#define ROW_GAP     18.0
#define CORNER      9.0
#define GREY        0.35                /* 7 to 1 on paper */
#define LINE_HEIGHT 1.3f
#define STEP_INDENT 24.0
#define STEP_GAP    5.0
#define CUT_GAP     42.0                /* above the line to cut along, and below it */
#define SIGN_ROOM   36.0                /* for a hand */
#define SMALLER     0.98                /* than would just fit: letters do not shrink evenly */

typedef struct { const char *text; int n; } Group;

/* As the letters are drawn, not as the points of a screen would have them: so they take the same
 * room in every size. */
static void
set_paper (PangoContext *context)
{
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_cairo_context_set_resolution (context, 72);
}

/* At @x, @y; a size in points. Returns its height. */
static double
draw_text (cairo_t *cr, const char *text, int n, const char *font, double x, double y, double width,
           PangoAlignment align)
{
  g_autoptr(PangoLayout) layout = pango_cairo_create_layout (cr);
  g_autoptr(PangoFontDescription) description = pango_font_description_from_string (font);
  int height;

  set_paper (pango_layout_get_context (layout));
  pango_layout_context_changed (layout);
  pango_layout_set_font_description (layout, description);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment (layout, align);
  pango_layout_set_line_spacing (layout, LINE_HEIGHT);
  pango_layout_set_text (layout, text, n);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
  pango_layout_get_size (layout, NULL, &height);
  return (double) height / PANGO_SCALE;
}

static guint
split (const SanSecret *secret, Group *groups)
{
  const char *text = (const char *) san_secret_get_data (secret);
  gsize size = san_secret_get_size (secret), begun = 0;
  guint n = 0;

  for (gsize at = 0; at <= size; at++)
    if (at == size || text[at] == '-' || text[at] == ' ')
      {
        if (at > begun && n < GROUPS)
          groups[n++] = (Group) { text + begun, (int) (at - begun) };
        begun = at + 1;
      }
  return n;
}

static void
frame (cairo_t *cr, double y, double width, double height)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, width - CORNER, y + CORNER, CORNER, -G_PI_2, 0);
  cairo_arc (cr, width - CORNER, y + height - CORNER, CORNER, 0, G_PI_2);
  cairo_arc (cr, CORNER, y + height - CORNER, CORNER, G_PI_2, G_PI);
  cairo_arc (cr, CORNER, y + CORNER, CORNER, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
  cairo_set_line_width (cr, 1.2);
  cairo_stroke (cr);
}

static void
set_grey (cairo_t *cr, double grey)
{
  cairo_set_source_rgb (cr, grey, grey, grey);
}

/* In rows of three, or of two where that leaves none alone. */
static double
draw_groups (cairo_t *cr, const SanSecret *secret, double y, double width)
{
  Group groups[GROUPS];
  guint n = split (secret, groups);
  guint columns = n % 3 == 0 ? 3 : 2;
  double wide = (width - 2 * PADDING) / columns;
  double top = y + PADDING, row = 0;

  for (guint i = 0; i < n; i++)
    {
      double x = PADDING + (i % columns) * wide;
      g_autofree char *number = g_strdup_printf ("%u", i + 1);
      double high;

      if (i > 0 && i % columns == 0)
        {
          top += row + ROW_GAP;
          row = 0;
        }
      set_grey (cr, GREY);
      high = draw_text (cr, number, -1, "Sans 9", x, top, wide, PANGO_ALIGN_CENTER);
      set_grey (cr, 0);
      high += draw_text (cr, groups[i].text, groups[i].n, "Monospace Bold 28", x, top + high, wide,
                         PANGO_ALIGN_CENTER);
      row = MAX (row, high);
    }
  top += row + PADDING;
  frame (cr, y, width, top - y);
  return top;
}

static double
draw_steps (cairo_t *cr, const char *const *steps, double y, double width)
{
  for (guint i = 0; steps[i] != NULL; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u.", i + 1);

      draw_text (cr, number, -1, "Sans Bold 13", 0, y, STEP_INDENT, PANGO_ALIGN_LEFT);
      y += draw_text (cr, steps[i], -1, "Sans 13", STEP_INDENT, y, width - STEP_INDENT,
                      PANGO_ALIGN_LEFT) + STEP_GAP;
    }
  return y;
}

/* Two rings and two blades, where every font may lack the sign. */
static void
draw_scissors (cairo_t *cr, double x, double y)
{
  cairo_set_line_width (cr, 1);
  for (int side = -1; side <= 1; side += 2)
    {
      cairo_new_sub_path (cr);
      cairo_arc (cr, x + 3, y + side * 4, 3, 0, 2 * G_PI);
      cairo_move_to (cr, x + 5.5, y + side * 2.5);
      cairo_line_to (cr, x + 17, y - side * 4);
    }
  cairo_stroke (cr);
}

static double
draw_cut (cairo_t *cr, const char *words, double y, double width)
{
  static const double dashes[] = { 6, 5 };
  double high = 0;

  set_grey (cr, GREY);
  if (words != NULL)
    high = draw_text (cr, words, -1, "Sans 10", STEP_INDENT, y, width - STEP_INDENT,
                      PANGO_ALIGN_LEFT) + 6;
  y += high;
  draw_scissors (cr, 0, y);
  cairo_set_line_width (cr, 0.8);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (cr, STEP_INDENT, y);
  cairo_line_to (cr, width, y);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  set_grey (cr, 0);
  return y;
}

/* What it is again, when to open it, and room for the hand that closed it. */
static double
draw_label (cairo_t *cr, const SanSecretSheet *sheet, double y, double width)
{
  double high;

  y += draw_text (cr, sheet->heading, -1, "Sans Bold 16", 0, y, width, PANGO_ALIGN_LEFT) + 6;
  y += draw_text (cr, sheet->label, -1, "Sans 13", 0, y, width, PANGO_ALIGN_LEFT) + SIGN_ROOM;
  draw_text (cr, sheet->day, -1, "Sans 11", 0, y, width / 4, PANGO_ALIGN_LEFT);
  high = draw_text (cr, sheet->seal, -1, "Sans 11", width / 4, y, width / 4, PANGO_ALIGN_RIGHT);
  cairo_set_line_width (cr, 0.8);
  cairo_move_to (cr, width / 2 + 9, y + high);
  cairo_line_to (cr, width, y + high);
  cairo_stroke (cr);
  return y + high;
}

static double
draw_sheet (cairo_t *cr, const SanSecretSheet *sheet, double width)
{
  double y = 18;

  set_grey (cr, GREY);
  draw_text (cr, "Sanrakshan", -1, "Sans 10", 0, y, width, PANGO_ALIGN_LEFT);
  y += draw_text (cr, sheet->day, -1, "Sans 10", 0, y, width, PANGO_ALIGN_RIGHT) + 24;
  set_grey (cr, 0);
  y += draw_text (cr, sheet->heading, -1, "Sans Bold 20", 0, y, width, PANGO_ALIGN_LEFT) + 18;
  y = draw_groups (cr, sheet->secret, y, width) + 24;
  y = draw_steps (cr, sheet->steps, y, width);
  if (sheet->why != NULL)
    y += draw_text (cr, sheet->why, -1, "Sans Bold 13", 0, y + 9, width, PANGO_ALIGN_LEFT) + 9;
  y = draw_cut (cr, sheet->cut, y + CUT_GAP, width);
  return sheet->label != NULL ? draw_label (cr, sheet, y + CUT_GAP, width) : y;
}

/* As @like would, but onto a picture of one point, which keeps nothing of it. */
static double
measure_sheet (cairo_t *like, const SanSecretSheet *sheet, double width)
{
  cairo_surface_t *nowhere = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);
  cairo_t *cr = cairo_create (nowhere);
  cairo_matrix_t matrix;
  double end;

  cairo_get_matrix (like, &matrix);
  cairo_set_matrix (cr, &matrix);
  end = draw_sheet (cr, sheet, width);
  cairo_destroy (cr);
  cairo_surface_destroy (nowhere);
  return end;
}

double
san_secret_sheet_draw (cairo_t *cr, const SanSecretSheet *sheet, double width, double height)
{
  double whole = measure_sheet (cr, sheet, width);
  double scale = whole > height ? SMALLER * height / whole : 1;
  double end;

  cairo_save (cr);
  cairo_scale (cr, scale, scale);
  end = draw_sheet (cr, sheet, width / scale);
  cairo_restore (cr);
  return end * scale;
}
