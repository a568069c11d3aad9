/* san-secret-paper.c - a recovery code or a slip on one sheet of a real printer, never in a file
 *
 * Only the print system's own printers are offered: a "print to file" would leave the secret on
 * the disk. The letters pass through the spooler, as anything that is printed does. */
#include "san-secret-paper.h"
#include "san-i18n.h"

typedef struct { const char *heading, *text; const SanSecret *secret; } Sheet;

static double
draw_text (GtkPrintContext *context, const char *text, gsize n, double y, const char *font)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  g_autoptr(PangoLayout) layout = gtk_print_context_create_pango_layout (context);
  g_autoptr(PangoFontDescription) description = pango_font_description_from_string (font);
  int width, height;

  pango_layout_set_font_description (layout, description);
  pango_layout_set_width (layout, (int) (gtk_print_context_get_width (context) * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, text, (int) n);
  cairo_move_to (cr, 0, y);
  pango_cairo_show_layout (cr, layout);
  pango_layout_get_size (layout, &width, &height);
  return y + (double) height / PANGO_SCALE + 18;
}

static void
draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer data)
{
  const Sheet *sheet = data;
  double y = draw_text (context, sheet->heading, strlen (sheet->heading), 36, "Sans Bold 16");

  y = draw_text (context, (const char *) san_secret_get_data (sheet->secret), san_secret_get_size (sheet->secret), y + 18,
                 "Monospace Bold 20");
  draw_text (context, sheet->text, strlen (sheet->text), y + 18, "Sans 12");
}

gboolean
san_secret_paper_print (GtkWidget *over, const char *heading, const SanSecret *secret, const char *text, GError **error)
{
  g_autoptr(GtkPrintOperation) operation = gtk_print_operation_new ();
  GtkSettings *settings = gtk_widget_get_settings (over);
  g_autofree char *backends = NULL;
  Sheet sheet = { heading, text, secret };
  GtkPrintOperationResult result;

  g_object_get (settings, "gtk-print-backends", &backends, NULL);
  g_object_set (settings, "gtk-print-backends", "cups", NULL);
  gtk_print_operation_set_n_pages (operation, 1);
  gtk_print_operation_set_job_name (operation, "Sanrakshan");
  gtk_print_operation_set_embed_page_setup (operation, FALSE);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), &sheet);
  result = gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (gtk_widget_get_root (over)),
                                    error);
  g_object_set (settings, "gtk-print-backends", backends, NULL);
  return result == GTK_PRINT_OPERATION_RESULT_APPLY;
}
