/* san-pairing.c - cards and the number that two people read to each other
 *
 * A card that waits for its number lies in the device's state: mine as bytes, theirs by hash with
 * the digits and the number. A wrong number drops both, and three tries a day are allowed: with
 * fresh digits after both cards are in, one guess is one in a million. */
#include "san-partners.h"
#include "san-card.h"
#include "san-device-state.h"
#include "san-hash.h"
#include "san-pairing-private.h"
#include "san-partner-cards.h"
#include "san-press.h"
#include "san-record-write.h"
#include "san-ring-care.h"
#include "san-staff-private.h"
#include "san-store-rights.h"
#include "san-system-forms.h"

#define STATE_PENDING  "pair.pending"       /* (ayss): their card, digits, number */
#define STATE_TRIES    "pair.tries"         /* (iu): day, wrong numbers that day */
#define TRIES_A_DAY    3u

static GArray *
list_card_rings (SanCentre *self, const SanAuthority *authority)
{
  GArray *rings = g_array_new (FALSE, FALSE, sizeof (SanCardRing));

  for (guint c = 0; c < SAN_N_COMPARTMENTS; c++)
    {
      SanId32 mine;
      gboolean has_mine = san_store_get_my_ring (self->store, (guint8) c, &mine);

      if (c == SAN_COMPARTMENT_STAFF)
        continue;
      for (guint i = 0; i < san_authority_get_n_rings (authority); i++)
        {
          const SanRing *ring = san_authority_get_ring (authority, i);

          if (ring->compartment == c && ring->leaf &&
              (!has_mine || san_authority_ring_descends (authority, &ring->id, &mine)))
            {
              SanCardRing row = { (guint8) c, ring->id, ring->pk };

              g_array_append_val (rings, row);
              break;
            }
        }
    }
  return rings;
}

static SanCard *
build_card (SanCentre *self, GError **error)
{
  const SanAuthority *authority = san_centre_get_authority (self, error);
  g_autoptr(GArray) rings = authority != NULL ? list_card_rings (self, authority) : NULL;
  g_autofree char *name = NULL;
  SanCardSpec spec = { 0 };

  if (rings == NULL || !san_centre_read_house_text (self, &san_record_centre, SAN_FORM_CENTRE,
                                                    SAN_CENTRE_NAME, &name, error))
    return NULL;
  spec.kind = SAN_CARD_CENTRE;
  spec.centre = self->id;
  spec.device = self->device;
  spec.device_sign_key = self->device_key;
  spec.device_box_key = self->device_box;
  spec.staff = self->staff;
  spec.seat_sign_key = self->seat_key;
  spec.seat_box_key = self->seat_box;
  spec.role = self->role;
  spec.rings = (const SanCardRing *) rings->data;
  spec.n_rings = rings->len;
  spec.label = name != NULL ? name : "";
  return san_card_new (&spec, error);
}

GBytes *
san_card_make (SanCentre *self, GError **error)
{
  g_autoptr(SanCard) card = NULL;
  GBytes *bytes;

  if (!san_staff_need_superintendent (self, error))
    return NULL;
  card = build_card (self, error);
  if (card == NULL)
    return NULL;
  bytes = san_card_get_bytes (card);
  if (!san_store_put_state (self->store, SAN_STATE_MY_CARD, bytes, error))
    return NULL;
  return g_bytes_ref (bytes);
}

/* My own card as it was handed out: at a laptop that joins, its joining card. */
static SanCard *
load_my_card (SanCentre *self, GError **error)
{
  g_autoptr(GBytes) bytes = NULL;

  if (!san_store_look_state (self->store, SAN_STATE_MY_CARD, &bytes, error))
    return NULL;
  if (bytes == NULL)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_REFUSED,
                           "show your own card first (\"card show\")");
      return NULL;
    }
  return san_card_parse (bytes, &self->id, error);
}

void
san_card_info_free (SanCardInfo *self)
{
  g_free (self->label);
  g_free (self);
}

SanCardInfo *
san_card_read (SanCentre *self, GBytes *bytes, GError **error)
{
  g_autoptr(SanCard) card = san_card_parse (bytes, &self->id, error);
  g_autoptr(GBytes) mine = NULL;
  SanCardInfo *info;

  if (card == NULL || !san_store_look_state (self->store, SAN_STATE_MY_CARD, &mine, error))
    return NULL;
  info = g_new0 (SanCardInfo, 1);
  info->label = g_strdup (san_card_get_label (card));
  info->laptop = san_card_get_kind (card) == SAN_CARD_JOIN;
  info->ours = !info->laptop && san_id32_equal (san_card_get_centre (card), &self->id);
  info->paired =
      !info->laptop && !info->ours && san_centre_knows_partner (self, san_card_get_centre (card));
  info->given = mine != NULL;
  return info;
}

static gboolean
tries_left (SanCentre *self, guint *wrong, gint32 *day, GError **error)
{
  g_autoptr(GBytes) bytes = NULL;
  gint32 today = (gint32) (san_clock_now () / (24 * 60 * 60 * 1000));
  gint32 then = 0;

  *wrong = 0;
  *day = today;
  if (!san_store_look_state (self->store, STATE_TRIES, &bytes, error))
    return FALSE;
  if (bytes != NULL)
    {
      g_autoptr(GVariant) variant =
          g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE ("(iu)"), bytes, FALSE));

      g_variant_get (variant, "(iu)", &then, wrong);
      if (then != today)
        *wrong = 0;
    }
  if (*wrong < TRIES_A_DAY)
    return TRUE;
  g_set_error_literal (
      error, SAN_ERROR, SAN_ERROR_REFUSED,
      "three wrong numbers today: somebody may stand between you; try again tomorrow");
  return FALSE;
}

static GBytes *
pack (GVariant *variant)
{
  g_autoptr(GVariant) sunk = g_variant_ref_sink (variant);

  return g_variant_get_data_as_bytes (sunk);
}

static gboolean
drop_cards (SanCentre *self, GError **error)
{
  return san_store_put_state (self->store, SAN_STATE_MY_CARD, NULL, error) &&
         san_store_put_state (self->store, STATE_PENDING, NULL, error);
}

gboolean
san_card_number (SanCentre *self, GBytes *their_card, const char *digits, char **digits_out,
                 char **number, GError **error)
{
  g_autoptr(SanCard) mine = load_my_card (self, error);
  g_autoptr(SanCard) theirs = mine != NULL ? san_card_parse (their_card, &self->id, error) : NULL;
  g_autofree char *fresh = NULL;
  g_autofree char *result = NULL;
  g_autoptr(GBytes) state = NULL;
  guint wrong;
  gint32 day;

  if (theirs == NULL || !tries_left (self, &wrong, &day, error))
    return FALSE;
  fresh = digits != NULL ? g_strdup (digits) : san_pair_digits_new ();
  result = san_pair_number (mine, theirs, fresh, error);
  if (result == NULL)
    return FALSE;
  state = pack (g_variant_new (
      "(@ayss)", g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, their_card, TRUE), fresh,
      result));
  if (!san_store_put_state (self->store, STATE_PENDING, state, error))
    return FALSE;
  *digits_out = g_steal_pointer (&fresh);
  *number = g_steal_pointer (&result);
  return TRUE;
}

/* The number typed is the one that the other side read out; once wrong, all is dropped. */
static gboolean
check_number (SanCentre *self, GBytes *their_card, const char *typed, GError **error)
{
  g_autoptr(GBytes) state = NULL;
  g_autoptr(GVariant) variant = NULL;
  g_autoptr(GVariant) card = NULL;
  g_autoptr(GBytes) kept = NULL;
  g_autoptr(GBytes) tries = NULL;
  const char *number;
  guint wrong;
  gint32 day;

  if (!tries_left (self, &wrong, &day, error) ||
      !san_store_look_state (self->store, STATE_PENDING, &state, error))
    return FALSE;
  if (state == NULL)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_REFUSED,
                           "agree on a number first (\"card number\")");
      return FALSE;
    }
  variant = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE ("(ayss)"), state, FALSE));
  card = g_variant_get_child_value (variant, 0);
  g_variant_get_child (variant, 2, "&s", &number);
  kept = g_variant_get_data_as_bytes (card);
  if (g_bytes_equal (kept, their_card) && g_str_equal (number, typed))
    return TRUE;
  tries = pack (g_variant_new ("(iu)", day, wrong + 1));
  if (san_store_put_state (self->store, STATE_TRIES, tries, error) && drop_cards (self, error))
    g_set_error_literal (
        error, SAN_ERROR, SAN_ERROR_UNTRUSTED,
        "the numbers differ: somebody may stand between you; both cards are dropped, begin again");
  return FALSE;
}

/* A partner stands in the house dossier, so that every laptop of the centre knows it. */
static gboolean
keep_partner (SanCentre *self, const SanCard *card, GError **error)
{
  g_autoptr(SanChanges) changes = san_changes_new (self, &self->house);
  g_autofree char *text = san_card_to_text (card);
  const char *label = san_card_get_label (card);
  SanId16 record;

  if (san_id32_equal (san_card_get_centre (card), &self->id))
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_REFUSED,
                           "this is a card of your own centre");
      return FALSE;
    }
  san_partner_record (san_card_get_centre (card), &record);
  return san_changes_set_text (changes, SAN_COMPARTMENT_HOUSE, &record, SAN_FORM_PARTNER,
                               SAN_PARTNER_CARD, text, error) &&
         san_changes_set_text (changes, SAN_COMPARTMENT_HOUSE, &record, SAN_FORM_PARTNER,
                               SAN_PARTNER_LABEL, *label != '\0' ? label : "?", error) &&
         san_record_save (self, &self->house, changes, error);
}

/* Ops 1 and 2 in one press, then the rings of her role for her new seat. */
static gboolean
admit_device (SanCentre *self, const SanCard *card, GError **error)
{
  g_autoptr(SanAuthorityBody) device = san_authority_body_new (SAN_OP_DEVICE);
  g_autoptr(SanAuthorityBody) seat = san_authority_body_new (SAN_OP_SEAT);
  g_autoptr(SanPress) press = NULL;
  SanReader reader;

  if (!san_id16_equal (san_card_get_staff (card), &self->staff))
    {
      g_set_error_literal (
          error, SAN_ERROR, SAN_ERROR_REFUSED,
          "the joining card is for another person: it must be made from your own card");
      return FALSE;
    }
  san_reader_init_bytes (&reader, san_card_get_device_record (card), "device record");
  if (!san_device_record_take (&reader, &device->u.device, error))
    return FALSE;
  san_reader_init_bytes (&reader, san_card_get_seat_record (card), "seat record");
  if (!san_seat_record_take (&reader, &seat->u.seat, error))
    return FALSE;
  press = san_press_begin (self, error);
  return press != NULL && san_press_add_authority (press, &self->id, device, NULL, error) &&
         san_press_add_authority (press, &self->id, seat, NULL, error) &&
         san_staff_hand_rings (press, self, self->reads, san_card_get_seat_pk (card),
                               san_card_get_seat_box_pk (card), error) &&
         san_press_commit (press, error);
}

gboolean
san_card_accept (SanCentre *self, GBytes *their_card, const char *number, GError **error)
{
  g_autoptr(SanCard) card = NULL;
  gboolean ok;

  if (!san_staff_need_superintendent (self, error))
    return FALSE;
  card = san_card_parse (their_card, &self->id, error);
  if (card == NULL || !check_number (self, their_card, number, error))
    return FALSE;
  ok = san_card_get_kind (card) == SAN_CARD_JOIN ? admit_device (self, card, error)
                                                 : keep_partner (self, card, error);
  if (ok)
    drop_cards (self, NULL);          /* it is written; what stays of the cards does no harm */
  return ok;
}
