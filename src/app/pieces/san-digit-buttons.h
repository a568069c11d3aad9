/* san-digit-buttons.h - 0-9, or the digits of a language's own script */
#pragma once
#include <gtk/gtk.h>
G_BEGIN_DECLS

typedef void (*SanDigitsChosen) (GtkWidget *owner, gboolean own);

/**
 * san_digit_buttons_new:
 * @language: one that has digits of its own: san_digits_exist()
 * @owner: outlives it
 *
 * Returns: (transfer full): floating; heading and buttons
 */
GtkWidget *san_digit_buttons_new (const char *language, gboolean own, SanDigitsChosen chosen,
                                  GtkWidget *owner);

G_END_DECLS
