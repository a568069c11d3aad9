/* san-authority.c - asking a finished evaluation */
#include "san-authority-private.h"

static const char *const reason_names[] = {
  [SAN_HELD_NOT] = "counts",
  [SAN_HELD_INCOMPLETE] = "incomplete",
  [SAN_HELD_MALFORMED] = "malformed",
  [SAN_HELD_BAD_PROOF] = "bad-proof",
  [SAN_HELD_NOT_APPOINTED] = "not-appointed",
  [SAN_HELD_NO_RIGHT] = "no-right",
  [SAN_HELD_REMOVED] = "removed",
  [SAN_HELD_SUSPENDED] = "suspended",
  [SAN_HELD_FROZEN] = "frozen",
  [SAN_HELD_REPLACED] = "replaced",
  [SAN_HELD_VOIDED] = "voided",
  [SAN_HELD_DEAD] = "dead",
  [SAN_HELD_CYCLE] = "cycle",
  [SAN_HELD_UNKNOWN] = "unknown",
  [SAN_HELD_MISPLACED] = "misplaced",
  [SAN_HELD_NOT_SHARED] = "not-shared",
  [SAN_HELD_NEEDS_COSIGN] = "needs-cosign",
};

const char *
san_held_reason_get_name (SanHeldReason reason)
{
  return (guint)reason < G_N_ELEMENTS (reason_names) ? reason_names[reason] : "unknown";
}

const SanId32 *
san_authority_get_centre (const SanAuthority *self)
{
  return &self->centre;
}

guint8
san_authority_get_type (const SanAuthority *self)
{
  return self->type;
}

gboolean
san_authority_is_frozen (const SanAuthority *self)
{
  return self->frozen;
}

guint
san_authority_get_n_entries (const SanAuthority *self)
{
  return self->entries->len;
}

const SanId32 *
san_authority_get_entry (const SanAuthority *self, guint i, SanHeldReason *reason)
{
  const SanLeftOut *entry = &g_array_index (self->entries, SanLeftOut, i);

  if (reason != NULL)
    *reason = entry->reason;
  return &entry->id;
}

gboolean
san_authority_find_entry (const SanAuthority *self, const SanId32 *entry, SanHeldReason *reason)
{
  gpointer index = g_hash_table_lookup (self->entry_index, entry);

  if (index == NULL)
    return FALSE;
  san_authority_get_entry (self, GPOINTER_TO_UINT (index) - 1, reason);
  return TRUE;
}

gboolean
san_authority_is_effective (const SanAuthority *self, const SanId32 *entry)
{
  SanHeldReason reason;

  return san_authority_find_entry (self, entry, &reason) && reason == SAN_HELD_NOT;
}

guint
san_authority_get_heads (const SanAuthority *self, SanId32 out[SAN_HEADS_LIMIT])
{
  for (guint i = 0; i < self->heads->len; i++)
    out[i] = g_array_index (self->heads, SanId32, i);
  return self->heads->len;
}

guint
san_authority_get_n_recovery (const SanAuthority *self)
{
  return self->recovery->len;
}

const SanRecovery *
san_authority_get_recovery (const SanAuthority *self, guint i)
{
  return &g_array_index (self->recovery, SanRecovery, i);
}

const SanRecovery *
san_authority_get_recovery_in_force (const SanAuthority *self)
{
  return san_authority_get_recovery (self, self->recovery->len - 1);
}

gboolean
san_authority_is_recovery (const SanAuthority *self, const SanId32 *key)
{
  for (guint i = 0; i < self->recovery->len; i++)
    if (san_id32_equal (&g_array_index (self->recovery, SanRecovery, i).sign_pk, key))
      return TRUE;
  return FALSE;
}

guint
san_authority_get_n_seats (const SanAuthority *self)
{
  return self->seats->len;
}

const SanSeat *
san_authority_get_seat (const SanAuthority *self, guint i)
{
  return g_ptr_array_index (self->seats, i);
}

const SanSeat *
san_authority_find_seat (const SanAuthority *self, const SanId32 *seat)
{
  return g_hash_table_lookup (self->seat_index, seat);
}

guint
san_authority_get_n_devices (const SanAuthority *self)
{
  return self->devices->len;
}

const SanDevice *
san_authority_get_device (const SanAuthority *self, guint i)
{
  return g_ptr_array_index (self->devices, i);
}

const SanDevice *
san_authority_find_device (const SanAuthority *self, const SanId16 *device)
{
  for (guint i = 0; i < self->devices->len; i++)
    if (san_id16_equal (&san_authority_get_device (self, i)->device, device))
      return san_authority_get_device (self, i);
  return NULL;
}

guint
san_authority_get_n_removals (const SanAuthority *self)
{
  return self->removals->len;
}

const SanRemoval *
san_authority_get_removal (const SanAuthority *self, guint i)
{
  return g_ptr_array_index (self->removals, i);
}

const SanRemoval *
san_authority_find_removal (const SanAuthority *self, const SanId32 *entry)
{
  return g_hash_table_lookup (self->removal_index, entry);
}

guint
san_authority_count_superintendents (const SanAuthority *self)
{
  guint n = 0;

  for (guint i = 0; i < self->seats->len; i++)
    n += san_authority_get_seat (self, i)->superintendent ? 1 : 0;
  return n;
}

static gboolean
is_same_cut (const SanRemoval *a, const SanRemoval *b)
{
  if (!san_id32_equal (&a->id, &b->id) || a->effective != b->effective || a->n_cuts != b->n_cuts)
    return FALSE;
  for (guint i = 0; i < a->n_cuts; i++)
    if (!san_id32_equal (&a->cuts[i].entry, &b->cuts[i].entry))
      return FALSE;
  return TRUE;
}

/* Would every entry of hers be judged alike? */
static gboolean
is_same_seat (const SanSeat *a, const SanSeat *b)
{
  if (a == NULL || b == NULL || a->n_removals != b->n_removals
      || !san_id16_equal (&a->staff, &b->staff) || g_strcmp0 (a->role, b->role) != 0)
    return FALSE;
  for (guint i = 0; i < a->n_removals; i++)
    if (!is_same_cut (a->removals[i], b->removals[i]))
      return FALSE;
  return TRUE;
}

GArray *
san_authority_list_changed (const SanAuthority *self, const SanAuthority *before)
{
  GArray *changed = g_array_new (FALSE, FALSE, sizeof (SanId32));

  for (guint i = 0; i < self->seats->len; i++)
    {
      const SanSeat *seat = san_authority_get_seat (self, i);

      if (!is_same_seat (seat,
                         before != NULL ? san_authority_find_seat (before, &seat->seat) : NULL))
        g_array_append_val (changed, seat->seat);
    }
  for (guint i = 0; before != NULL && i < before->seats->len; i++)
    if (san_authority_find_seat (self, &san_authority_get_seat (before, i)->seat) == NULL)
      g_array_append_val (changed, san_authority_get_seat (before, i)->seat);
  g_array_sort (changed, san_id32_compare);
  return changed;
}
