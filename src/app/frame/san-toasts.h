/* san-toasts.h - what was just done, at the foot of the page, for a few seconds */
#pragma once
#include "san-desk-private.h"
G_BEGIN_DECLS
#define SAN_TYPE_TOASTS (san_toasts_get_type ())
G_DECLARE_FINAL_TYPE (SanToasts, san_toasts, SAN, TOASTS, GtkWidget)
void     san_toasts_add   (SanToasts *self, SanDesk *desk, SanToast *toast /* (transfer full) */);
/* takes back what the toast tells of; FALSE: nothing to take back */
gboolean san_toasts_undo (SanToasts *self);
G_END_DECLS
