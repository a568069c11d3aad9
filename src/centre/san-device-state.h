/* san-device-state.h - the keys of this installation, a row of the store */
#pragma once
#include "san-centre-private.h"
G_BEGIN_DECLS

gboolean san_device_state_save (SanStore *store, const SanId16 *device, const SanSignKey *sign,
                                const SanBoxKey *box, GError **error);
/* fills device, device_key, device_box */
gboolean san_device_state_load (SanCentre *self, GError **error);

G_END_DECLS
