/* san-code-step.h - the recovery code: shown, printed or written down, hidden, typed back whole */
#pragma once
#include <gtk/gtk.h>
#include "san-secret.h"
G_BEGIN_DECLS
#define SAN_TYPE_CODE_STEP (san_code_step_get_type ())
G_DECLARE_FINAL_TYPE (SanCodeStep, san_code_step, SAN, CODE_STEP, GtkWidget)

/* Signal "kept": it was typed back whole. */
/* takes a reference; the centre's name, for the sheet */
GtkWidget *san_code_step_new (SanSecret *code, const char *centre);

G_END_DECLS
