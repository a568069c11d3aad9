/* test-founding.c - founding entries and the records in them */
#include "samples.h"

#include "san-reader.h"

#include <string.h>

static void
assert_unproven (const SanFounding *founding, const SanHeader *header)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (san_founding_verify (founding, header, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_UNTRUSTED);
}

static void
test_verify (void)
{
  g_autoptr(Person) author = person_new (0x11);

  for (guint8 type = SAN_FOUNDING_CENTRE; type <= SAN_FOUNDING_PROGRAMME; type++)
    {
      g_autoptr(SanEntry) entry = founding_entry (author, type);
      g_autoptr(GError) error = NULL;
      SanFounding founding;

      g_assert_true (san_entry_check_signature (entry, NULL));
      g_assert_true (san_founding_parse (san_entry_get_body (entry), &founding, NULL));
      g_assert_true (san_founding_verify (&founding, san_entry_get_header (entry), &error));
      g_assert_no_error (error);
      g_assert_cmpstr (founding.seat.role, ==, "superintendent+counsellor");
    }
}

/* Each thing that the proofs bind, changed alone. */
static void
test_proofs (void)
{
  g_autoptr(Person) author = person_new (0x11);
  g_autoptr(Person) other = person_new (0x21);
  SanHeader header = draft_header (author, SAN_KIND_FOUNDING, 1);
  SanHeader strange = header;
  SanFounding good, bad;
  g_autoptr(GBytes) body = founding_body (author, SAN_FOUNDING_CENTRE, &good);

#define BREAK(change)                                                                              \
  G_STMT_START                                                                                     \
  {                                                                                                \
    bad = good;                                                                                    \
    change;                                                                                        \
    assert_unproven (&bad, &header);                                                               \
  }                                                                                                \
  G_STMT_END
  BREAK (bad.salt[0] ^= 1);
  BREAK (bad.recovery_sign.b[0] ^= 1);
  BREAK (bad.recovery_box.b[0] ^= 1);
  BREAK (bad.recovery_proof[10] ^= 1);
  BREAK (bad.device.device.b[0] ^= 1);
  BREAK (bad.device.box_pk.b[0] ^= 1);
  BREAK (bad.device.proof[0] ^= 1);
  BREAK (bad.seat.staff.b[0] ^= 1);
  BREAK (bad.seat.device.b[0] ^= 1);
  BREAK (bad.seat.box_pk.b[0] ^= 1);
  BREAK (bad.seat.proof[63] ^= 1);
#undef BREAK
  strange.author = *seat_pk (other);
  assert_unproven (&good, &strange);
  strange = header;
  strange.journal = other->journal;
  assert_unproven (&good, &strange);
}

static void
test_owner (void)
{
  g_autoptr(Person) author = person_new (0x11);
  SanFounding founding;
  SanHeader header = draft_header (author, SAN_KIND_FOUNDING, 1);

  for (guint8 type = SAN_FOUNDING_CENTRE; type <= SAN_FOUNDING_PROGRAMME_DATA; type++)
    {
      SanFounding made;
      g_autoptr(GBytes) body = founding_body (author, type, &made);
      g_autoptr(GBytes) wrong = NULL;
      g_autoptr(GError) error = NULL;

      g_assert_true (san_founding_parse (body, &founding, NULL));
      g_assert_true (san_founding_verify (&founding, &header, NULL));
      made.owner = san_founding_is_authority (&made) ? seed_id32 (1) : san_id32_zero;
      wrong = san_founding_encode (&made);
      g_assert_false (san_founding_parse (wrong, &founding, &error));
      g_assert_error (error, SAN_ERROR, SAN_ERROR_DAMAGED);
    }
}

static void
test_types (void)
{
  g_autoptr(Person) author = person_new (0x11);
  SanFounding founding;
  g_autoptr(GBytes) body = founding_body (author, SAN_FOUNDING_CASE, &founding);
  g_autoptr(GError) error = NULL;

  for (guint type = 0; type < 256; type++)
    {
      g_autoptr(GBytes) other = NULL;

      if (type >= 1 && type <= 5)
        continue;
      founding.type = (guint8) type;
      other = san_founding_encode (&founding);
      g_assert_false (san_founding_parse (other, &founding, &error));
      g_assert_true (
          g_error_matches (error, SAN_ERROR, type == 0 ? SAN_ERROR_DAMAGED : SAN_ERROR_TOO_NEW));
      g_clear_error (&error);
    }
}

static void
test_reserved (void)
{
  g_autoptr(Person) author = person_new (0x11);
  g_autoptr(GBytes) body = founding_body (author, SAN_FOUNDING_HOUSE, NULL);
  guint8 copy[56];
  g_autoptr(GBytes) changed = g_bytes_new_static (copy, sizeof copy);
  SanFounding founding;

  g_assert_cmpuint (g_bytes_get_size (body), ==, sizeof copy);
  for (guint at = 17; at < 24; at++)
    {
      memcpy (copy, g_bytes_get_data (body, NULL), sizeof copy);
      copy[at] = 1;
      g_assert_false (san_founding_parse (changed, &founding, NULL));
    }
}

/* Centre X certifies A's seat key */
static void
test_other_centre (void)
{
  g_autoptr(Person) counsellor = person_new (0x11);
  SanId32 a = seed_id32 (0xa1), x = seed_id32 (0xb2);
  SanSeatRecord seat;
  SanDeviceRecord device;
  g_autoptr(GError) error = NULL;

  g_assert_true (
      san_seat_record_make (&seat, &counsellor->staff, &counsellor->device, counsellor->seat_key,
                            san_box_key_get_public (counsellor->seat_box), "counsellor", &a, NULL));
  san_device_record_make (&device, &counsellor->device, counsellor->device_key,
                          san_box_key_get_public (counsellor->device_box), &a);
  g_assert_true (san_seat_record_verify (&seat, &a, NULL));
  g_assert_true (san_device_record_verify (&device, &a, NULL));
  g_assert_false (san_seat_record_verify (&seat, &x, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_UNTRUSTED);
  g_clear_error (&error);
  g_assert_false (san_device_record_verify (&device, &x, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_UNTRUSTED);
}

static void
test_roles (void)
{
  g_autoptr(Person) author = person_new (0x11);
  SanId32 centre = seed_id32 (1);
  SanSeatRecord seat;
  g_autoptr(GError) error = NULL;
  static const char *bad[] = { "", "Nurse", "nurse legal", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (san_seat_record_make (&seat, &author->staff, &author->device,
                                            author->seat_key, &centre, bad[i], &centre, &error));
      g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
      g_clear_error (&error);
    }
}

static void
test_seat_number (void)
{
  g_autoptr(Person) one = person_new (0x11);
  SanId32 centre = seed_id32 (1);
  SanSeatRecord seat;
  g_autofree char *number = NULL;
  g_autofree char *other = NULL;

  g_assert_true (san_seat_record_make (&seat, &one->staff, &one->device, one->seat_key, &centre,
                                       "nurse", &centre, NULL));
  number = san_seat_record_dup_number (&seat);
  g_assert_cmpuint (strlen (number), ==, 16);
  g_assert_cmpuint (strspn (number, "0123456789ABCDEFGHJKMNPQRSTVWXYZ"), ==, 16);
  seat.box_pk.b[0] ^= 1;
  other = san_seat_record_dup_number (&seat);
  g_assert_cmpstr (number, !=, other);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  g_test_add_func ("/entry/founding/proofs-of-a-centre-are-accepted", test_verify);
  g_test_add_func ("/entry/founding/everything-that-is-proven-is-bound", test_proofs);
  g_test_add_func ("/entry/founding/authority-has-no-owner-others-have", test_owner);
  g_test_add_func ("/entry/founding/newer-types-are-told-from-damage", test_types);
  g_test_add_func ("/entry/founding/reserved-bytes-are-zero", test_reserved);
  g_test_add_func ("/entry/record/centre-x-certifies-as-seat-key-proof-fails", test_other_centre);
  g_test_add_func ("/entry/record/malformed-roles-are-refused", test_roles);
  g_test_add_func ("/entry/record/seat-number-covers-both-keys", test_seat_number);
  return g_test_run ();
}
