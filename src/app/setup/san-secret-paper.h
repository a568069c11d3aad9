/* san-secret-paper.h - a recovery code or a slip on one sheet of a real printer, never in a file */
#pragma once
#include <gtk/gtk.h>
#include "san-secret-sheet.h"
G_BEGIN_DECLS

/**
 * san_secret_paper_print:
 * @sheet: what stands on it; its day is today
 *
 * Returns: %TRUE once a printer took it; %FALSE with @error, or without when it was called off
 */
gboolean san_secret_paper_print (GtkWidget *over, const SanSecretSheet *sheet, GError **error);

G_END_DECLS
