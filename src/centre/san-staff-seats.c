/* san-staff-seats.c - seats: a slip's first unlock, a new passphrase, a grant */
#include "san-staff.h"
#include "san-centre-private.h"
#include "san-code-keys.h"
#include "san-press.h"
#include "san-record.h"
#include "san-ring.h"
#include "san-ring-care.h"
#include "san-setup-private.h"
#include "san-slots.h"
#include "san-staff-private.h"
#include "san-store-rights.h"
#include "san-system-forms.h"

static const char *
state_of (const SanSeat *seat)
{
  if (seat->removed || seat->spent)
    return "removed";
  if (seat->suspended)
    return "suspended";
  return san_role_is_slip (seat->role) ? "slip" : "active";
}

static char *
dup_number (const SanSeat *seat)
{
  SanSeatRecord record = { 0 };

  record.sign_pk = seat->seat;
  record.box_pk = seat->box_pk;
  return san_seat_record_dup_number (&record);
}

static guint
rings_of (const SanAuthority *authority, const SanId32 *seat)
{
  guint mask = 0;

  for (guint i = 0; i < san_authority_get_n_rings (authority); i++)
    {
      const SanRing *ring = san_authority_get_ring (authority, i);

      if (ring->leaf && san_authority_holds_ring (authority, seat, &ring->id))
        mask |= 1u << ring->compartment;
    }
  return mask;
}

static gboolean
is_in_office (const SanSeat *seat)
{
  return !seat->removed && !seat->spent && !san_role_is_slip (seat->role);
}

/* A slip is good once on its laptop; on a copy of it from before, once more. Both seats then count,
 * for nobody can say which of them is hers: a superintendent is told. */
static gboolean
mark_same_slips (SanCentre *self, const SanAuthority *authority, GPtrArray *rows, GError **error)
{
  g_autoptr(GHashTable) first =
      g_hash_table_new_full (san_id32_hash, san_id32_equal, g_free, NULL); /* slip → row */

  for (guint i = 0; i < rows->len; i++)
    {
      SanStaffRow *row = g_ptr_array_index (rows, i);
      const SanSeat *seat = san_authority_find_seat (authority, &row->seat);
      g_autoptr(SanEntry) by = NULL;
      const SanSeat *slip;
      SanStaffRow *other;

      if (!is_in_office (seat))
        continue;
      by = san_store_dup_entry (self->store, &seat->appointed_by, error);
      if (by == NULL)
        return FALSE;
      slip = san_authority_find_seat (authority, &san_entry_get_header (by)->author);
      if (slip == NULL || !san_role_is_slip (slip->role))
        continue;
      other = g_hash_table_lookup (first, &slip->seat);
      if (other == NULL)
        g_hash_table_insert (first, san_id32_copy (&slip->seat), row);
      else
        row->same_slip = other->same_slip = TRUE;
    }
  return TRUE;
}

/* Her first seat tells it, also one that a slip or a new passphrase has replaced. */
static GHashTable *
list_beginnings (SanCentre *self, const SanAuthority *authority, GError **error)
{
  g_autoptr(GHashTable) first =
      g_hash_table_new_full (san_id16_hash, san_id16_equal, g_free, g_free); /* staff → ms */

  for (guint i = 0; i < san_authority_get_n_seats (authority); i++)
    {
      const SanSeat *seat = san_authority_get_seat (authority, i);
      g_autoptr(SanEntry) by = san_store_dup_entry (self->store, &seat->appointed_by, error);
      gint64 *known = g_hash_table_lookup (first, &seat->staff);
      gint64 ms;

      if (by == NULL)
        return NULL;
      ms = (gint64) san_entry_get_header (by)->wall;
      if (known == NULL)
        g_hash_table_insert (first, san_id16_copy (&seat->staff), g_memdup2 (&ms, sizeof ms));
      else
        *known = MIN (*known, ms);
    }
  return g_steal_pointer (&first);
}

/* Keys are random: their order would say nothing, and be another one in each house. */
static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const SanStaffRow *one = *(const SanStaffRow *const *) a, *two = *(const SanStaffRow *const *) b;
  int by_name = g_utf8_collate (one->name, two->name);

  if (by_name != 0)
    return by_name;
  return one->since != two->since ? (one->since < two->since ? -1 : 1)
                                  : san_id32_compare (&one->seat, &two->seat);
}

GPtrArray *
san_staff_list (SanCentre *self, GError **error)
{
  const SanAuthority *authority = san_centre_get_authority (self, error);
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) san_staff_row_free);
  g_autoptr(GHashTable) beginnings =
      authority != NULL ? list_beginnings (self, authority, error) : NULL;

  if (beginnings == NULL)
    return NULL;
  for (guint i = 0; i < san_authority_get_n_seats (authority); i++)
    {
      const SanSeat *seat = san_authority_get_seat (authority, i);
      SanStaffRow *row;

      if (seat->spent)
        continue;
      row = g_new0 (SanStaffRow, 1);
      g_ptr_array_add (rows, row);
      row->id = seat->staff;
      if (!san_centre_read_staff_name (self, &seat->staff, &row->name, error))
        return NULL;
      if (!san_centre_read_house_text (self, &seat->staff, SAN_FORM_STAFF, SAN_STAFF_PHONE,
                                       &row->phone, error))
        return NULL;
      if (row->name == NULL)
        row->name = g_strdup ("?");
      row->role =
          g_strdup (san_role_is_slip (seat->role) ? san_role_get_slip_of (seat->role) : seat->role);
      row->device = seat->device;
      row->number = dup_number (seat);
      row->rings = rings_of (authority, &seat->seat);
      row->state = state_of (seat);
      row->seat = seat->seat;
      row->since = *(const gint64 *) g_hash_table_lookup (beginnings, &seat->staff);
    }
  if (!mark_same_slips (self, authority, rows, error))
    return NULL;
  g_ptr_array_sort (rows, compare_rows);
  return g_steal_pointer (&rows);
}

/* Her own seat under her own passphrase; the slip signs for it and hands its rings on. */
static gboolean
turn_slip_into_seat (SanCentre *self, const SanSlotInfo *slip, const char *name,
                     const SanSecret *passphrase, GError **error)
{
  const char *role = san_role_get_slip_of (slip->role);
  guint mask = san_role_get_reads (role) & ~(1u << SAN_COMPARTMENT_CLINICAL);
  g_autoptr(SanSignKey) seat = san_sign_key_new_random ();
  g_autoptr(SanBoxKey) box = san_box_key_new_random ();
  SanSlotKeys own = { seat, box, self->store_key };
  g_autoptr(SanKeyring) keyring = san_slots_copy (self, error);
  g_autoptr(SanPress) press = NULL;

  if (keyring == NULL)
    return FALSE;
  san_keyring_remove (keyring, &slip->seat);
  if (!san_keyring_add (keyring, &slip->staff, SAN_SLOT_SEAT, name, slip->name[0] != '\0', role,
                        slip->language, &own, passphrase, &slip->cost, error))
    return FALSE;
  press = san_press_begin (self, error);
  return press != NULL && san_staff_appoint (press, self, &self->staff, seat, box, role, error) &&
         san_staff_hand_rings (press, self, mask, san_sign_key_get_public (seat),
                               san_box_key_get_public (box), error) &&
         san_slots_commit (self, press, g_steal_pointer (&keyring), error);
}

/* A first attempt that was cut off may have come so far that the slip is used up: then the
 * passphrase that she chose with it opens her seat. */
static gboolean
use_slip (const SanPlaceOnDisk *where, SanKeyring *keyring, const SanSlotInfo *slip,
          const SanSlotKeys *keys, const char *name, const SanSecret *passphrase, GError **error)
{
  g_autoptr(SanKeyring) owned = keyring;
  g_autoptr(SanStore) store = san_store_open (where->store, keys->store_key, error);
  g_autoptr(SanCentre) self = NULL;

  if (store == NULL)
    return FALSE;
  self = san_centre_new (where, g_steal_pointer (&store), g_steal_pointer (&owned), keys->store_key,
                         error);
  if (self == NULL)
    return FALSE;
  if (san_keyring_find_seat (self->keyring, &slip->seat) != NULL &&
      (!san_centre_take_seat (self, keys->sign, keys->box, &slip->staff, slip->role, NULL, error) ||
       !turn_slip_into_seat (self, slip, name, passphrase, error)))
    return FALSE;
  return san_slots_pay (self, error);          /* the file must be there before she can use it */
}

/* Her seat is there and her passphrase opens it, whatever becomes of opening it now. */
SanCentre *
san_staff_enter (const SanPlaceOnDisk *where, const char *name, const SanSecret *passphrase,
                 const char *done, GError **error)
{
  g_autoptr(GError) local = NULL;
  SanCentre *self = san_centre_unlock (where, name, passphrase, NULL, &local);

  if (self == NULL)
    san_error_take_done (error, g_steal_pointer (&local), done);
  return self;
}

/* As people type what they were handed: capitals and blanks instead of hyphens are fine. */
static SanSecret *
fold_slip (const SanSecret *typed)
{
  gsize n = san_secret_get_size (typed);
  const char *from = (const char *) san_secret_get_data (typed);
  g_autoptr(SanSecret) wide = san_secret_new (n);
  char *to = (char *) san_secret_get_mutable (wide);
  gsize used = 0;

  for (gsize i = 0; i < n; i++)
    {
      gboolean between = from[i] == ' ' || from[i] == '-';

      if (!between)
        to[used++] = g_ascii_tolower (from[i]);
      else if (used > 0 && to[used - 1] != '-')
        to[used++] = '-';
    }
  if (used > 0 && to[used - 1] == '-')
    used--;
  return san_secret_new_copy (to, used);
}

SanCentre *
san_centre_unlock_slip (const SanPlaceOnDisk *where, const char *staff, const SanSecret *slip,
                        const SanSecret *own_passphrase, GError **error)
{
  g_autoptr(SanKeyring) keyring = NULL;
  g_autoptr(SanSecret) words = fold_slip (slip);
  g_auto(SanSlotKeys) keys = { 0 };
  SanSlotInfo info;

  if (!san_setup_check_passphrase (own_passphrase, error) ||
      !san_centre_open_slot (where, staff, words, SAN_SLOT_SLIP, &keyring, &info, &keys, error) ||
      !use_slip (where, g_steal_pointer (&keyring), &info, &keys, staff, own_passphrase, error))
    return NULL;
  return san_staff_enter (where, staff, own_passphrase, "the new passphrase is set", error);
}

/* Whoever sits down at an open laptop does not know it. */
static gboolean
knows_present (SanCentre *self, const SanId32 *seat, const SanSecret *present, GError **error)
{
  g_autoptr(GError) local = NULL;
  g_auto(SanSlotKeys) keys = { 0 };

  if (san_keyring_open (self->keyring, seat, present, &keys, &local))
    return TRUE;
  if (g_error_matches (local, SAN_ERROR, SAN_ERROR_LOCKED))
    g_set_error_literal (error, SAN_ERROR, SAN_ERROR_LOCKED, "wrong present passphrase");
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
san_staff_set_passphrase (SanCentre *self, const SanSecret *present, const SanSecret *passphrase,
                          GError **error)
{
  const SanSlotInfo *slot =
      san_keyring_find_seat (self->keyring, san_sign_key_get_public (self->seat_key));
  SanSlotKeys keys = { self->seat_key, self->seat_box, self->store_key };
  g_autoptr(SanKeyring) keyring = NULL;
  SanSlotInfo info;

  if (slot == NULL)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "this login has no slot here");
      return FALSE;
    }
  if (!san_setup_check_passphrase (passphrase, error) ||
      !knows_present (self, &slot->seat, present, error))
    return FALSE;
  info = *slot;
  keyring = san_slots_copy (self, error);
  return keyring != NULL &&
         san_keyring_add (keyring, &info.staff, SAN_SLOT_SEAT, self->staff_name,
                          info.name[0] != '\0', info.role, info.language, &keys, passphrase,
                          &info.cost, error) &&
         san_slots_save (self, g_steal_pointer (&keyring), error);
}

/* Numbers are compared without blanks and hyphens, whatever their capitals. */
static gboolean
number_fits (const char *typed, const char *number)
{
  while (*typed != '\0' || *number != '\0')
    {
      if (*typed == ' ' || *typed == '-')
        typed++;
      else if (*number == ' ' || *number == '-')
        number++;
      else if (g_ascii_toupper (*typed++) != g_ascii_toupper (*number++))
        return FALSE;
    }
  return TRUE;
}

static const SanSeat *
find_seat_by_number (const SanAuthority *authority, const SanId16 *staff, const char *number,
                     GError **error)
{
  for (guint i = 0; i < san_authority_get_n_seats (authority); i++)
    {
      const SanSeat *seat = san_authority_get_seat (authority, i);
      g_autofree char *own = dup_number (seat);

      if (san_id16_equal (&seat->staff, staff) && !seat->removed && !seat->spent &&
          !san_role_is_slip (seat->role) && number_fits (number, own))
        return seat;
    }
  g_set_error_literal (error, SAN_ERROR, SAN_ERROR_REFUSED,
                       "that is not her number: compare it on her screen, face to face");
  return NULL;
}

/* The secret of a ring that the recovery key was granted. */
SanBoxKey *
san_staff_open_ring_by_code (const SanAuthority *authority, const SanRing *ring,
                             const SanId32 *recovery_pk, const SanBoxKey *recovery_box,
                             GError **error)
{
  for (guint i = 0; i < ring->n_holds; i++)
    if (san_id32_equal (&ring->holds[i].grantee, recovery_pk))
      {
        SanRingPair pair;

        pair.grantee = ring->holds[i].grantee;
        memcpy (pair.sealed, ring->holds[i].sealed, sizeof pair.sealed);
        return san_ring_pair_open (&pair, recovery_box, &ring->pk, error);
      }
  g_set_error_literal (error, SAN_ERROR, SAN_ERROR_LOCKED,
                       "this recovery code was not given that ring");
  return NULL;
}

/* Op 6 by the recovery key of every leaf in @mask. */
gboolean
san_staff_hand_rings_by_code (SanPress *press, SanCentre *self, const SanSignKey *recovery_sign,
                              const SanBoxKey *recovery_box, guint mask, const SanGrantee *to,
                              GError **error)
{
  const SanAuthority *authority = san_centre_get_authority (self, error);
  g_autoptr(GArray) leaves = g_array_new (FALSE, FALSE, sizeof (SanId32));

  for (guint i = 0; authority != NULL && i < san_authority_get_n_rings (authority); i++)
    {
      const SanRing *ring = san_authority_get_ring (authority, i);

      if (ring->leaf && (mask & (1u << ring->compartment)))
        g_array_append_val (leaves, ring->id);
    }
  for (guint i = 0; i < leaves->len; i++)
    {
      const SanId32 *id = &g_array_index (leaves, SanId32, i);
      const SanAuthority *now = san_centre_get_authority (self, error);
      const SanRing *ring = now != NULL ? san_authority_find_ring (now, id) : NULL;
      g_autoptr(SanBoxKey) key = NULL;
      g_autoptr(SanAuthorityBody) body = NULL;

      if (ring == NULL)
        return FALSE;
      key = san_staff_open_ring_by_code (now, ring, san_sign_key_get_public (recovery_sign),
                                         recovery_box, error);
      body = key != NULL ? san_ring_grant_make (id, key, to, error) : NULL;
      if (body == NULL || !san_press_add_authority (press, &self->id, body, NULL, error))
        return FALSE;
    }
  return authority != NULL;
}

static gboolean
grant_by_code (SanCentre *self, SanPress *press, const SanSeat *seat, SanCompartment compartment,
               const SanSecret *code_text, GError **error)
{
  g_auto(SanCodeKeys) code = { 0 };
  SanGrantee to = { seat->seat, seat->box_pk };

  if (!san_code_keys_read (&code, code_text, error) ||
      !san_code_keys_need_in_force (&code, self, error))
    return FALSE;
  san_press_sign_as (press, code.sign);
  return san_staff_hand_rings_by_code (press, self, code.sign, code.box, 1u << compartment, &to,
                                       error);
}

gboolean
san_staff_grant (SanCentre *self, const char *name, SanCompartment compartment, const char *number,
                 const SanSecret *recovery_code, GError **error)
{
  const SanAuthority *authority = san_centre_get_authority (self, error);
  g_autoptr(SanPress) press = NULL;
  const SanSeat *seat;
  SanRingVerdict verdict = SAN_RING_NONE;
  SanId16 staff;
  SanId32 ring;

  if (authority == NULL || !san_centre_find_staff (self, name, &staff, error))
    return FALSE;
  seat = find_seat_by_number (authority, &staff, number, error);
  if (seat == NULL)
    return FALSE;
  if (!san_role_reads (seat->role, compartment))
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_REFUSED, "the role %s does not read %s", seat->role,
                   san_compartment_get_name (compartment));
      return FALSE;
    }
  if (recovery_code == NULL &&
      !san_ring_choose (self, authority, compartment, &verdict, &ring, NULL, error))
    return FALSE;
  if (recovery_code == NULL && verdict == SAN_RING_NONE)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_LOCKED, "this login does not hold the %s ring",
                   san_compartment_get_name (compartment));
      return FALSE;
    }
  press = san_press_begin (self, error);
  if (press == NULL)
    return FALSE;
  if (recovery_code != NULL)
    return grant_by_code (self, press, seat, compartment, recovery_code, error) &&
           san_press_commit (press, error);
  return san_ring_hand_to_seat (press, self, &ring, &seat->seat, &seat->box_pk, error) &&
         san_press_commit (press, error);
}
