/* san-remove-button.h - Remove…, and why: of a person or of a laptop */
#pragma once
#include <gtk/gtk.h>
G_BEGIN_DECLS

/* code; for the eye, not translated yet */
typedef struct { const char *reason, *words; } SanRemoveReason;
typedef void (*SanRemoveChosen) (GtkWidget *owner, const char *what, const char *reason);

/* @what: of whom it is, copied; @reasons: ended by one without a code, static. @owner outlives it.
 */
GtkWidget *san_remove_button_new (GtkWidget *owner, const char *what,
                                  const SanRemoveReason *reasons, SanRemoveChosen chosen);

G_END_DECLS
