/* san-slots.c - a seat and its slot lie in two files, and come and go together
 *
 * The changed keyring goes into the store first, as a row in the transaction of its entries; then
 * into its own file; then the row goes. Whoever opens the centre finishes what was cut off. While
 * the row stands it is the newer one, so every later change goes the same way. */
#include "san-slots.h"

#define STATE_KEYRING "keyring"

SanKeyring *
san_slots_copy (SanCentre *self, GError **error)
{
  g_autoptr(GBytes) bytes = san_keyring_encode (self->keyring);

  return san_keyring_parse (bytes, error);
}

static void
take (SanCentre *self, SanKeyring *keyring)
{
  g_clear_pointer (&self->keyring, san_keyring_free);
  self->keyring = keyring;
}

static gboolean
put_row (SanCentre *self, const SanKeyring *keyring, GError **error)
{
  g_autoptr(GBytes) bytes = san_keyring_encode (keyring);

  return san_store_put_state (self->store, STATE_KEYRING, bytes, error);
}

gboolean
san_slots_pay (SanCentre *self, GError **error)
{
  if (!self->slots_owed)
    return TRUE;
  if (!san_keyring_save (self->keyring, self->dir, error) ||
      !san_store_put_state (self->store, STATE_KEYRING, NULL, error))
    return FALSE;
  self->slots_owed = FALSE;
  return TRUE;
}

gboolean
san_slots_save (SanCentre *self, SanKeyring *changed, GError **error)
{
  g_autoptr(SanKeyring) owned = changed;

  if (self->slots_owed ? !put_row (self, changed, error)
                       : !san_keyring_save (changed, self->dir, error))
    return FALSE;
  take (self, g_steal_pointer (&owned));
  san_slots_pay (self, NULL);
  return TRUE;
}

gboolean
san_slots_commit (SanCentre *self, SanPress *press, SanKeyring *changed, GError **error)
{
  g_autoptr(SanKeyring) owned = changed;

  if (!put_row (self, changed, error) || !san_press_commit (press, error))
    return FALSE;
  take (self, g_steal_pointer (&owned));
  self->slots_owed = TRUE;
  san_slots_pay (self, NULL);
  return TRUE;
}

gboolean
san_slots_redo (SanCentre *self, GError **error)
{
  g_autoptr(GError) local = NULL;
  g_autoptr(GBytes) row = san_store_get_state (self->store, STATE_KEYRING, &local);
  SanKeyring *keyring;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (row == NULL)
    return TRUE;
  keyring = san_keyring_parse (row, error);
  if (keyring == NULL)
    return FALSE;
  take (self, keyring);
  self->slots_owed = TRUE;
  san_slots_pay (self, NULL);       /* a disk that cannot be written keeps nobody from reading */
  return TRUE;
}
