/* san-setup-private.h - pieces of set-up that joining, slips and restoring use too */
#pragma once
#include "san-changes.h"
#include "san-passphrase.h"
#include "san-setup.h"
G_BEGIN_DECLS

typedef struct
{
  SanId16     store, device, staff;
  SanSignKey *device_key;
  SanBoxKey  *device_box;
  SanSignKey *seat_key;
  SanBoxKey  *seat_box;
  SanSecret  *store_key;
} SanSetupKeys;

void       san_setup_keys_make      (SanSetupKeys *self);
void       san_setup_keys_clear     (SanSetupKeys *self);
gboolean   san_setup_is_common      (const SanSecret *passphrase);    /* among the commonest ones */
/* the recovery code as typed; LOCKED "wrong recovery code" */
SanSecret *san_setup_parse_code     (const SanSecret *text, GError **error);
gboolean   san_setup_check_name     (const char *name, GError **error);
gboolean   san_setup_cost           (guint unlock_ms, SanPassphraseCost *out, GError **error);
gboolean   san_setup_describe_staff (SanChanges *changes, const SanId16 *staff, const char *name,
                                     const char *role,
                                     const char *language, GError **error);
gboolean   san_setup_write_keyring  (const SanPlaceOnDisk *where, const SanSetupKeys *keys,
                                     const SanSetup *setup,
                                     const SanPassphraseCost *cost, const SanId32 *recovery_box,
                                     GError **error);
SanCentre *san_setup_enter          (const SanPlaceOnDisk *where,
                                     SanStore *store /* (transfer full) */,
                                     const SanSetupKeys *keys, GError **error);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SanSetupKeys, san_setup_keys_clear)

G_END_DECLS
