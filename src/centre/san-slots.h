/* san-slots.h - the keyring changed, alone or together with the entries that belong to it */
#pragma once
#include "san-press.h"
G_BEGIN_DECLS

/* (transfer full): a copy to be changed; then one of the two below, which take it. The centre's own
 * stays as it is until that worked. */
SanKeyring *san_slots_copy   (SanCentre *self, GError **error);
gboolean    san_slots_save   (SanCentre *self, SanKeyring *changed, GError **error);
/* Commits the press. Entries and keyring are both there afterwards, or neither, wherever the power
 * goes. TRUE also if the file could not be written yet: then self->slots_owed. */
gboolean    san_slots_commit (SanCentre *self, SanPress *press, SanKeyring *changed,
                              GError **error);
/* The file, if it is still owed. */
gboolean    san_slots_pay    (SanCentre *self, GError **error);
/* At opening: what was left of a commit. */
gboolean    san_slots_redo   (SanCentre *self, GError **error);

G_END_DECLS
