/* san-new-passphrase.h - choosing a passphrase: twice, with an eye, a meter and four suggested
 * words */
#pragma once
#include <gtk/gtk.h>
#include "san-secret.h"
G_BEGIN_DECLS
#define SAN_TYPE_NEW_PASSPHRASE (san_new_passphrase_get_type ())
G_DECLARE_FINAL_TYPE (SanNewPassphrase, san_new_passphrase, SAN, NEW_PASSPHRASE, GtkWidget)

/* Signals: "changed"; "entered" (Enter in the second field, and it is ready). */
/* names that a thief would try first */
void       san_new_passphrase_set_own  (SanNewPassphrase *self, const char *const *own);
/* strong enough, and twice the same */
gboolean   san_new_passphrase_is_ready (SanNewPassphrase *self);
/* (transfer full) (nullable): NULL unless ready; the fields are empty after */
SanSecret *san_new_passphrase_take     (SanNewPassphrase *self);
/* (transfer full) (nullable): the same, kept in the fields */
SanSecret *san_new_passphrase_dup      (SanNewPassphrase *self);
void       san_new_passphrase_clear    (SanNewPassphrase *self);
GtkWidget *san_new_passphrase_get_first (SanNewPassphrase *self);  /* where the focus begins */

G_END_DECLS
