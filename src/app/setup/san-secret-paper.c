/* san-secret-paper.c - a recovery code or a slip on one sheet of a real printer, never in a file
 *
 * Only the print system's own printers are offered: a "print to file" would leave the secret on
 * the disk, and so would the toolkit's preview, which its dialog always offers: that one is taken
 * over here, and shows nothing. The letters pass through the spooler, as anything that is printed
 * does. */
#include "san-secret-paper.h"
#include "san-day-words.h"

static void
draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer data)
{
  san_secret_sheet_draw (gtk_print_context_get_cairo_context (context), data,
                         gtk_print_context_get_width (context),
                         gtk_print_context_get_height (context));
}

static void
previewed_cb (GtkPrintOperationPreview *preview, GtkPrintContext *context, gpointer data)
{
  gtk_print_operation_preview_end_preview (preview);
}

/* The sheet itself is drawn on nothing; the toolkit insists on something to draw on. */
static gboolean
preview_cb (GtkPrintOperation *operation, GtkPrintOperationPreview *preview,
            GtkPrintContext *context, GtkWindow *parent, gpointer data)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);
  cairo_t *cr = cairo_create (surface);

  gtk_print_context_set_cairo_context (context, cr, 72, 72);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  *(gboolean *) data = TRUE;
  g_signal_connect (preview, "ready", G_CALLBACK (previewed_cb), NULL);
  return TRUE;
}

gboolean
san_secret_paper_print (GtkWidget *over, const SanSecretSheet *sheet, GError **error)
{
  g_autoptr(GtkPrintOperation) operation = gtk_print_operation_new ();
  GtkSettings *settings = gtk_widget_get_settings (over);
  g_autofree char *backends = NULL;
  gint64 now = san_clock_now ();
  SanInstant moment = { now, san_clock_zone (now) };
  SanDate today = san_date_from_instant (&moment);
  g_autofree char *day = san_words_date (&today);
  SanSecretSheet dated = *sheet;
  GtkPrintOperationResult result;
  gboolean previewed = FALSE;

  dated.day = day;
  g_object_get (settings, "gtk-print-backends", &backends, NULL);
  g_object_set (settings, "gtk-print-backends", "cups", NULL);
  gtk_print_operation_set_n_pages (operation, 1);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_job_name (operation, "Sanrakshan");
  gtk_print_operation_set_embed_page_setup (operation, FALSE);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), &dated);
  g_signal_connect (operation, "preview", G_CALLBACK (preview_cb), &previewed);
  result = gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                                    GTK_WINDOW (gtk_widget_get_root (over)), error);
  g_object_set (settings, "gtk-print-backends", backends, NULL);
  return result == GTK_PRINT_OPERATION_RESULT_APPLY && !previewed;
}
