/* san-secret-paper.h - a recovery code or a slip on one sheet of a real printer, never in a file */
#pragma once
#include <gtk/gtk.h>
#include "san-secret.h"
G_BEGIN_DECLS

/**
 * san_secret_paper_print:
 * @heading: what it is, "Recovery code of Shefali Bari"
 * @secret: what is printed large
 * @text: what to do with the sheet
 *
 * Returns: %TRUE once a printer took it; %FALSE with @error, or without when it was called off
 */
gboolean san_secret_paper_print (GtkWidget *over, const char *heading, const SanSecret *secret,
                                 const char *text, GError **error);

G_END_DECLS
