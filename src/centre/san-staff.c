/* san-staff.c - people of the centre: added by slips, listed, granted rings face to face
 *
 * A slip is a seat of its own with a role that writes no data. At her first unlock with it she
 * makes her own keys, which the slip certifies; so nobody ever knew them. */
#include "san-staff.h"
#include "san-staff-private.h"
#include "san-centre-private.h"
#include "san-press.h"
#include "san-record.h"
#include "san-ring-care.h"
#include "san-setup-private.h"
#include "san-slots.h"
#include "san-store-rights.h"
#include "san-system-forms.h"

#define SLIP_WORDS 4

void
san_staff_row_free (SanStaffRow *self)
{
  g_free (self->name);
  g_free (self->role);
  g_free (self->phone);
  g_free (self->number);
  g_free (self);
}

/**
 * san_centre_is_superintendent:
 *
 * Whether a face may offer what is refused to everybody else; never changes while the centre is
 * open, so any thread may ask.
 */
gboolean
san_centre_is_superintendent (SanCentre *self)
{
  return san_role_is_superintendent (self->role);
}

gboolean
san_staff_need_superintendent (SanCentre *self, GError **error)
{
  if (san_centre_is_superintendent (self))
    return TRUE;
  g_set_error_literal (error, SAN_ERROR, SAN_ERROR_REFUSED, "only a superintendent can do that");
  return FALSE;
}

/* Op 2 for a seat made here. */
gboolean
san_staff_appoint (SanPress *press, SanCentre *self, const SanId16 *staff, const SanSignKey *seat,
                   const SanBoxKey *box, const char *role, GError **error)
{
  g_autoptr(SanAuthorityBody) body = san_authority_body_new (SAN_OP_SEAT);

  return san_seat_record_make (&body->u.seat, staff, &self->device, seat,
                               san_box_key_get_public (box), role, &self->id, error) &&
         san_press_add_authority (press, &self->id, body, NULL, error);
}

/* Op 6 of every ring in @mask that this login holds. */
gboolean
san_staff_hand_rings (SanPress *press, SanCentre *self, guint mask, const SanId32 *seat,
                      const SanId32 *box_pk, GError **error)
{
  const SanAuthority *authority = san_centre_get_authority (self, error);
  g_autoptr(GArray) rings = g_array_new (FALSE, FALSE, sizeof (SanId32));

  if (authority == NULL)
    return FALSE;
  /* chosen first: an entry that goes in makes a new authority */
  for (guint c = 0; c < SAN_N_COMPARTMENTS; c++)
    {
      SanRingVerdict verdict;
      SanId32 ring;

      if ((mask & (1u << c)) == 0)
        continue;
      if (!san_ring_choose (self, authority, c, &verdict, &ring, NULL, error))
        return FALSE;
      if (verdict != SAN_RING_NONE)
        g_array_append_val (rings, ring);
    }
  for (guint i = 0; i < rings->len; i++)
    if (!san_ring_hand_to_seat (press, self, &g_array_index (rings, SanId32, i), seat, box_pk,
                                error))
      return FALSE;
  return TRUE;
}

/* The slip's seat, its slot here, and its words. */
static SanSecret *
make_slip (SanCentre *self, SanPress *press, SanKeyring *keyring, const SanId16 *staff,
           const char *name, const char *role, const char *language, GError **error)
{
  g_autoptr(SanSecret) words = san_passphrase_new_words (SLIP_WORDS);
  g_autoptr(SanSignKey) seat = san_sign_key_new_random ();
  g_autoptr(SanBoxKey) box = san_box_key_new_random ();
  g_autofree char *slip_role = g_strconcat ("slip.", role, NULL);
  const SanSlotInfo *mine =
      san_keyring_find_seat (self->keyring, san_sign_key_get_public (self->seat_key));
  SanSlotKeys keys = { seat, box, self->store_key };
  SanPassphraseCost cost;
  guint mask = san_role_get_reads (role) & ~(1u << SAN_COMPARTMENT_CLINICAL);

  if (mine != NULL)
    cost = mine->cost;
  else
    san_passphrase_cost_minimum (&cost);
  if (!san_staff_appoint (press, self, staff, seat, box, slip_role, error) ||
      !san_staff_hand_rings (press, self, mask, san_sign_key_get_public (seat),
                             san_box_key_get_public (box), error) ||
      !san_keyring_add (keyring, staff, SAN_SLOT_SLIP, name, mine == NULL || mine->name[0] != '\0',
                        slip_role, language, &keys, words, &cost, error))
    return NULL;
  return g_steal_pointer (&words);
}

static gboolean
check_new_person (SanCentre *self, const char *name, const char *role, GError **error)
{
  g_autoptr(GError) local = NULL;
  SanId16 known;

  if (!san_staff_need_superintendent (self, error) || !san_setup_check_name (name, error))
    return FALSE;
  if (!san_role_is_known (role) || san_role_is_slip (role))
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID,
                   "\"%s\" is no role: superintendent, counsellor, case-worker, nurse, legal, "
                   "house; two joined by +",
                   role);
      return FALSE;
    }
  if (san_centre_find_staff (self, name, &known, &local))
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_ALREADY, "somebody here is called \"%s\" already",
                   name);
      return FALSE;
    }
  if (g_error_matches (local, SAN_ERROR, SAN_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * san_staff_add:
 * @staff: (out)
 *
 * A new person with her slip: its seat reads what her role reads, but for counselling, which is
 * granted face to face.
 *
 * Returns: (transfer full): the slip's words, NUL-ended in locked memory; NULL with REFUSED (not a
 * superintendent), INVALID (name or role), ALREADY (somebody is called that), or an error of the
 * store
 */
SanSecret *
san_staff_add (SanCentre *self, const char *name, const char *role, const char *language,
               SanId16 *staff, GError **error)
{
  g_autoptr(SanPress) press = NULL;
  g_autoptr(SanChanges) changes = NULL;
  g_autoptr(SanKeyring) keyring = NULL;
  g_autoptr(SanSecret) words = NULL;
  SanId16 id;

  if (!check_new_person (self, name, role, error))
    return NULL;
  san_random (id.b, sizeof id.b);
  changes = san_changes_new (self, &self->house);
  if (!san_setup_describe_staff (changes, &id, name, role, language, error))
    return NULL;
  keyring = san_slots_copy (self, error);
  press = keyring != NULL ? san_press_begin (self, error) : NULL;
  if (press == NULL)
    return NULL;
  words = make_slip (self, press, keyring, &id, name, role, language, error);
  if (words == NULL || !san_press_add_changes (press, &self->house, changes, NULL, error) ||
      !san_slots_commit (self, press, g_steal_pointer (&keyring), error))
    return NULL;
  *staff = id;
  return g_steal_pointer (&words);
}

/* Her roles as the house dossier has them, joined. */
static char *
dup_role_of (SanCentre *self, const SanId16 *staff, GError **error)
{
  g_autoptr(GPtrArray) values =
      san_store_list_values (self->store, &self->house, staff, SAN_FORM_STAFF, SAN_STAFF_ROLE,
                             1u << SAN_COMPARTMENT_HOUSE, error);
  g_auto(GStrv) codes = NULL;

  if (values == NULL)
    return NULL;
  if (values->len > 0)
    codes = san_value_dup_codes (((const SanStoredWrite *) g_ptr_array_index (values, 0))->value);
  if (codes == NULL || codes[0] == NULL)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "her role is not written down");
      return NULL;
    }
  return g_strjoinv ("+", codes);
}

/* Her seats and slips on this laptop go, also one that has no slot here: the keyring is an older
 * copy. */
static gboolean
remove_seats_here (SanCentre *self, SanPress *press, SanKeyring *keyring, const SanId16 *staff,
                   GError **error)
{
  const SanAuthority *authority = san_centre_get_authority (self, error);
  g_autoptr(GArray) seats = g_array_new (FALSE, FALSE, sizeof (SanId32));

  if (authority == NULL)
    return FALSE;
  for (guint i = 0; i < san_authority_get_n_seats (authority); i++)
    {
      const SanSeat *seat = san_authority_get_seat (authority, i);

      if (san_id16_equal (&seat->staff, staff) && san_id16_equal (&seat->device, &self->device) &&
          !seat->removed && !seat->spent)
        g_array_append_val (seats, seat->seat);
    }
  for (guint i = 0; i < seats->len; i++)
    {
      const SanId32 *seat = &g_array_index (seats, SanId32, i);

      if (!san_staff_remove_target (press, self, SAN_REMOVE_SEAT, seat, SAN_REASON_OTHER, error))
        return FALSE;
      san_keyring_remove (keyring, seat);
    }
  return TRUE;
}

/**
 * san_staff_slip:
 *
 * A new slip for somebody who forgot her passphrase, or comes to this laptop for the first time.
 * Her logins on this laptop end with it.
 *
 * Returns: (transfer full): as of san_staff_add(); REFUSED also for oneself, NOT_FOUND
 */
SanSecret *
san_staff_slip (SanCentre *self, const char *name, GError **error)
{
  const SanSlotInfo *old;
  g_autofree char *role = NULL;
  g_autofree char *language = NULL;
  g_autoptr(SanPress) press = NULL;
  g_autoptr(SanKeyring) keyring = NULL;
  g_autoptr(SanSecret) words = NULL;
  SanId16 staff;

  if (!san_staff_need_superintendent (self, error) ||
      !san_centre_find_staff (self, name, &staff, error))
    return NULL;
  role = dup_role_of (self, &staff, error);
  if (role == NULL)
    return NULL;
  if (san_id16_equal (&staff, &self->staff))
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_REFUSED,
                           "nobody makes herself a slip: change the passphrase instead");
      return NULL;
    }
  keyring = san_slots_copy (self, error);
  press = keyring != NULL ? san_press_begin (self, error) : NULL;
  if (press == NULL)
    return NULL;
  old = san_keyring_find_staff (keyring, &staff);
  language = g_strdup (old != NULL && old->language[0] != '\0' ? old->language : "en");
  if (!remove_seats_here (self, press, keyring, &staff, error))
    return NULL;
  words = make_slip (self, press, keyring, &staff, name, role, language, error);
  if (words == NULL || !san_slots_commit (self, press, g_steal_pointer (&keyring), error))
    return NULL;
  return g_steal_pointer (&words);
}
