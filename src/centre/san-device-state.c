/* san-device-state.c - the keys of this installation, a row of the store
 *
 * device id 16 || signing seed 32 || box key 32. The row lies in store.db, which only a seat's
 * slot or the recovery code opens. */
#include "san-device-state.h"

#define STATE_DEVICE "device.secrets"
#define STATE_SIZE   80

gboolean
san_device_state_save (SanStore *store, const SanId16 *device, const SanSignKey *sign,
                       const SanBoxKey *box, GError **error)
{
  g_autoptr(SanSecret) packed = san_secret_new (STATE_SIZE);
  guint8 *at = san_secret_get_mutable (packed);
  g_autoptr(GBytes) bytes = NULL;

  memcpy (at, device->b, 16);
  memcpy (at + 16, san_secret_get_data (san_sign_key_get_seed (sign)), 32);
  memcpy (at + 48, san_secret_get_data (san_box_key_get_secret (box)), 32);
  bytes = g_bytes_new_static (at, STATE_SIZE);
  return san_store_put_state (store, STATE_DEVICE, bytes, error);
}

gboolean
san_device_state_load (SanCentre *self, GError **error)
{
  g_autoptr(GBytes) bytes = san_store_get_state (self->store, STATE_DEVICE, error);
  g_autoptr(SanSecret) seed = NULL;
  g_autoptr(SanSecret) box = NULL;
  const guint8 *at;

  if (bytes == NULL || g_bytes_get_size (bytes) != STATE_SIZE)
    {
      if (error == NULL || *error == NULL)
        g_set_error_literal (error, SAN_ERROR, SAN_ERROR_DAMAGED,
                             "the keys of this laptop are missing in its store");
      return FALSE;
    }
  at = g_bytes_get_data (bytes, NULL);
  memcpy (self->device.b, at, 16);
  seed = san_secret_new_copy (at + 16, 32);
  box = san_secret_new_copy (at + 48, 32);
  san_wipe ((guint8 *) at, STATE_SIZE);
  g_clear_pointer (&self->device_key, san_sign_key_unref);
  g_clear_pointer (&self->device_box, san_box_key_unref);
  self->device_key = san_sign_key_new_from_seed (seed);
  self->device_box = san_box_key_new_from_secret (box);
  return TRUE;
}
