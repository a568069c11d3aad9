/* san-staff-removal.c - somebody leaves, or a laptop is lost: a removal with its cut
 *
 * The cut says what the remover had. What is inside it counts for ever; what arrives later is
 * held until a superintendent accepts it. */
#include "san-staff.h"
#include "san-centre-private.h"
#include "san-press.h"
#include "san-removal.h"
#include "san-ring-care.h"
#include "san-slots.h"
#include "san-staff-private.h"
#include "san-store-apply.h"
#include "san-store-rights.h"

GArray *
san_staff_list_heads (SanCentre *self, GError **error)
{
  g_autoptr(GPtrArray) heads = san_store_list_heads (self->store, NULL, error);
  GArray *out;

  if (heads == NULL)
    return NULL;
  out = g_array_new (FALSE, FALSE, sizeof (SanJournalHead));
  for (guint i = 0; i < heads->len; i++)
    {
      const SanHead *head = g_ptr_array_index (heads, i);
      SanJournalHead row = { head->dossier, head->journal, head->number, head->id };

      g_array_append_val (out, row);
    }
  return out;
}

gboolean
san_staff_remove_target (SanPress *press, SanCentre *self, guint8 what, const SanId32 *target,
                         guint8 why, GError **error)
{
  const SanAuthority *authority = san_centre_get_authority (self, error);
  g_autoptr(GArray) heads = authority != NULL ? san_staff_list_heads (self, error) : NULL;
  g_autoptr(GPtrArray) bodies = NULL;
  SanId32 removal = san_id32_zero;

  if (heads == NULL)
    return FALSE;
  if (san_removal_would_leave_none (authority, what, target))
    {
      g_set_error_literal (
          error, SAN_ERROR, SAN_ERROR_REFUSED,
          "nobody would be left as superintendent: the recovery code makes a new one first");
      return FALSE;
    }
  bodies = san_removal_make (authority, what, target, why, (const SanJournalHead *) heads->data,
                             heads->len, error);
  if (bodies == NULL)
    return FALSE;
  for (guint i = 0; i < bodies->len; i++)
    {
      SanAuthorityBody *body = g_ptr_array_index (bodies, i);

      if (i > 0)
        body->u.removal = removal;
      if (!san_press_add_authority (press, &self->id, body, i == 0 ? &removal : NULL, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
reason_from_text (const char *text, guint8 *out, GError **error)
{
  static const struct { const char *name; guint8 why; } reasons[] = {
    { "left", SAN_REASON_LEFT }, { "role", SAN_REASON_ROLE_CHANGED }, { "lost", SAN_REASON_LOST },
    { "stolen", SAN_REASON_STOLEN }, { "other", SAN_REASON_OTHER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_strcmp0 (text, reasons[i].name) == 0)
      {
        *out = reasons[i].why;
        return TRUE;
      }
  g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID,
               "\"%s\" is no reason: left, role, lost, stolen, other", text);
  return FALSE;
}

static void
drop_slots (SanKeyring *keyring, const SanId16 *staff)
{
  const SanSlotInfo *slot;

  while ((slot = san_keyring_find_staff (keyring, staff)) != NULL)
    {
      SanId32 seat = slot->seat;

      san_keyring_remove (keyring, &seat);
    }
}

/* What is written is written: if the views cannot be opened under their new rings now, the login
 * is locked, and the next one opens them. */
void
san_staff_open_rings (SanCentre *self)
{
  if (!san_store_unlock (self->store, san_sign_key_get_public (self->seat_key), self->seat_box,
                         NULL, NULL))
    san_centre_notice (self, "locked");
}

gboolean
san_staff_rotate_rings (SanPress *press, SanCentre *self, GError **error)
{
  for (guint c = 0; c < SAN_N_COMPARTMENTS; c++)
    {
      const SanAuthority *authority = san_centre_get_authority (self, error);
      g_autoptr(GArray) others = NULL;
      SanRingVerdict verdict;
      SanId32 ring;

      if (authority == NULL)
        return FALSE;
      if ((self->reads & (1u << c)) == 0)
        continue;
      if (!san_ring_choose (self, authority, c, &verdict, &ring, &others, error) ||
          (verdict == SAN_RING_ROTATE && !san_ring_rotate (press, self, &ring, others, error)))
        return FALSE;
    }
  return TRUE;
}

/* The house ring in the same press; the others that this login holds follow at once. */
static gboolean
write_removal (SanCentre *self, guint8 what, const SanId32 *target, guint8 why,
               const SanId16 *staff, GError **error)
{
  g_autoptr(SanKeyring) keyring = san_slots_copy (self, error);
  g_autoptr(SanPress) press = keyring != NULL ? san_press_begin (self, error) : NULL;

  if (press == NULL || !san_staff_remove_target (press, self, what, target, why, error) ||
      !san_staff_rotate_rings (press, self, error))
    return FALSE;
  if (staff != NULL)
    drop_slots (keyring, staff);
  if (!san_slots_commit (self, press, g_steal_pointer (&keyring), error))
    return FALSE;
  san_staff_open_rings (self);
  return TRUE;
}

/**
 * san_staff_remove:
 * @reason: left, role, lost, stolen, other
 *
 * Everywhere and with a cut: what is known of hers now counts for ever, what comes later is held.
 * All rings that this login holds are renewed in the same press.
 *
 * Returns: FALSE with REFUSED (not a superintendent, or nobody would be left as one), INVALID (the
 * reason), NOT_FOUND, or an error of the store
 */
gboolean
san_staff_remove (SanCentre *self, const char *name, const char *reason, GError **error)
{
  SanId16 staff;
  SanId32 target;
  guint8 why;

  if (!san_staff_need_superintendent (self, error) || !reason_from_text (reason, &why, error) ||
      !san_centre_find_staff (self, name, &staff, error))
    return FALSE;
  san_removal_target_from_id16 (&staff, &target);
  return write_removal (self, SAN_REMOVE_STAFF, &target, why, &staff, error);
}

static const SanDevice *
match_device (const SanAuthority *authority, const char *prefix, GError **error)
{
  const SanDevice *found = NULL;

  for (guint i = 0; i < san_authority_get_n_devices (authority); i++)
    {
      const SanDevice *device = san_authority_get_device (authority, i);
      g_autofree char *hex = san_id16_to_text (&device->device);

      if (strlen (prefix) < 6 || !g_str_has_prefix (hex, prefix))
        continue;
      if (found != NULL)
        {
          g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID, "several laptops begin with \"%s\"",
                       prefix);
          return NULL;
        }
      found = device;
    }
  if (found == NULL)
    g_set_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "no laptop begins with \"%s\"", prefix);
  return found;
}

/**
 * san_device_revoke:
 * @id_prefix: six letters or more
 * @reason: as of san_staff_remove()
 *
 * A laptop is removed as a person is. Errors: as there; REFUSED also for the one that she sits at.
 */
gboolean
san_device_revoke (SanCentre *self, const char *id_prefix, const char *reason, GError **error)
{
  const SanAuthority *authority;
  const SanDevice *device;
  SanId32 target;
  guint8 why;

  if (!san_staff_need_superintendent (self, error) || !reason_from_text (reason, &why, error))
    return FALSE;
  authority = san_centre_get_authority (self, error);
  device = authority != NULL ? match_device (authority, id_prefix, error) : NULL;
  if (device == NULL)
    return FALSE;
  if (san_id16_equal (&device->device, &self->device))
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_REFUSED,
                           "this is the laptop that you sit at: remove it from another one");
      return FALSE;
    }
  san_removal_target_from_id16 (&device->device, &target);
  return write_removal (self, SAN_REMOVE_DEVICE, &target, why, NULL, error);
}

static gboolean
exists_twice (GPtrArray *forks, const SanId32 *sign_pk)
{
  for (guint i = 0; i < forks->len; i++)
    if (san_journal_fits (&((const SanFork *) g_ptr_array_index (forks, i))->journal, sign_pk))
      return TRUE;
  return FALSE;
}

/* Who comes in anew, by a slip or the recovery code, has a seat more but is no other person. */
static void
count_seats (const SanAuthority *authority, SanDeviceRow *row)
{
  g_autoptr(GHashTable) people = g_hash_table_new (san_id16_hash, (GEqualFunc) san_id16_equal);

  for (guint s = 0; s < san_authority_get_n_seats (authority); s++)
    {
      const SanSeat *seat = san_authority_get_seat (authority, s);

      if (!san_id16_equal (&seat->device, &row->id))
        continue;
      row->n_seats++;
      g_hash_table_add (people, (gpointer) &seat->staff);
    }
  row->n_people = g_hash_table_size (people);
}

static gint64
joined_at (SanCentre *self, const SanDevice *device)
{
  g_autoptr(SanEntry) entry = san_store_dup_entry (self->store, &device->entry, NULL);

  return entry != NULL ? (gint64) san_entry_get_header (entry)->wall : 0;
}

static int
compare_devices (gconstpointer a, gconstpointer b)
{
  const SanDeviceRow *one = *(const SanDeviceRow *const *) a;
  const SanDeviceRow *two = *(const SanDeviceRow *const *) b;

  return one->since != two->since ? (one->since < two->since ? -1 : 1)
                                  : san_id16_compare (&one->id, &two->id);
}

GPtrArray *
san_device_list (SanCentre *self, GError **error)
{
  const SanAuthority *authority = san_centre_get_authority (self, error);
  g_autoptr(GPtrArray) forks = authority != NULL ? san_store_list_forks (self->store, error) : NULL;
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);

  if (forks == NULL)
    return NULL;
  for (guint i = 0; i < san_authority_get_n_devices (authority); i++)
    {
      const SanDevice *device = san_authority_get_device (authority, i);
      SanDeviceRow *row = g_new0 (SanDeviceRow, 1);

      row->id = device->device;
      row->since = joined_at (self, device);
      row->state = device->removed ? "removed" : "active";
      row->is_mine = san_id16_equal (&device->device, &self->device);
      row->exists_twice = exists_twice (forks, &device->sign_pk);
      count_seats (authority, row);
      g_ptr_array_add (rows, row);
    }
  g_ptr_array_sort (rows, compare_devices);
  return g_steal_pointer (&rows);
}
