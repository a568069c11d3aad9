/* test-header.c - headers, entry ids, signatures, journals */
#include "samples.h"

#include <string.h>

/* An entry of number 2 in a dossier; the tests break it at one place. */
static void
good_header (guint8 raw[SAN_HEADER_SIZE])
{
  g_autoptr(Person) author = person_new (0x11);
  SanHeader header = draft_header (author, SAN_KIND_CHANGES, 2);

  header.body_size = 100;
  san_header_encode (&header, raw);
}

static void
assert_damaged (const guint8 *raw, gsize n)
{
  g_autoptr(GError) error = NULL;
  SanHeader out, untouched;

  memset (&out, 0xab, sizeof out);
  memset (&untouched, 0xab, sizeof untouched);
  g_assert_false (san_header_parse (raw, n, &out, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_DAMAGED);
  g_assert_cmpmem (&out, sizeof out, &untouched, sizeof untouched);
}

/* Entry with non-zero reserved bytes */
static void
test_reserved_bytes (void)
{
  static const guint reserved[] = { 6, 7, 140, 141, 142, 143 };
  guint8 raw[SAN_HEADER_SIZE];

  for (guint i = 0; i < G_N_ELEMENTS (reserved); i++)
    for (guint bit = 0; bit < 8; bit++)
      {
        good_header (raw);
        raw[reserved[i]] = (guint8) (1u << bit);
        assert_damaged (raw, sizeof raw);
      }
}

static void
test_length (void)
{
  guint8 raw[SAN_HEADER_SIZE + 1] = { 0 };

  good_header (raw);
  assert_damaged (raw, SAN_HEADER_SIZE + 1);
  assert_damaged (raw, SAN_HEADER_SIZE - 1);
  assert_damaged (raw, 0);
}

static void
test_magic (void)
{
  guint8 raw[SAN_HEADER_SIZE];
  g_autoptr(GError) error = NULL;
  SanHeader header;

  good_header (raw);
  raw[0] = 's';
  assert_damaged (raw, sizeof raw);
  good_header (raw);
  raw[3] = '2';
  g_assert_false (san_header_parse (raw, sizeof raw, &header, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_TOO_NEW);
}

static void
test_flags (void)
{
  guint8 raw[SAN_HEADER_SIZE];
  SanHeader header;

  for (guint kind = 0; kind <= 5; kind++)
    for (guint flags = 0; flags < 256; flags++)
      {
        if (kind == SAN_KIND_FOUNDING)
          continue;
        good_header (raw);
        raw[4] = (guint8) kind;
        raw[5] = (guint8) flags;
        if (kind > SAN_KIND_KEY_GRANT || (flags & ~3u) == 0)
          g_assert_true (san_header_parse (raw, sizeof raw, &header, NULL));
        else
          assert_damaged (raw, sizeof raw);
      }
}

static void
test_numbers (void)
{
  guint8 raw[SAN_HEADER_SIZE];

  good_header (raw);
  memset (raw + 56, 0, 8);             /* number 0 */
  assert_damaged (raw, sizeof raw);
  good_header (raw);
  raw[62] = 1;                         /* number 2^48 + 2 */
  assert_damaged (raw, sizeof raw);
  good_header (raw);
  raw[56] = 1;                         /* number 1 with a previous */
  assert_damaged (raw, sizeof raw);
  good_header (raw);
  memset (raw + 64, 0, 32);            /* number 2 without */
  assert_damaged (raw, sizeof raw);
  memset (raw + 56, 0xff, 6);
  raw[62] = 0;
  raw[64] = 1;                         /* number 2^48 - 1 is the last */
  g_assert_true (san_header_parse (raw, sizeof raw, &(SanHeader) { 0 }, NULL));
}

static void
test_dossier (void)
{
  guint8 raw[SAN_HEADER_SIZE];
  SanHeader header;

  good_header (raw);
  memset (raw + 8, 0, 32);             /* no dossier outside a founding entry */
  assert_damaged (raw, sizeof raw);
  raw[4] = SAN_KIND_FOUNDING;          /* a founding entry is number 1 */
  assert_damaged (raw, sizeof raw);
  raw[56] = 1;
  memset (raw + 64, 0, 32);
  g_assert_true (san_header_parse (raw, sizeof raw, &header, NULL));
  raw[8] = 1;                          /* Founding entry for somebody else's dossier id */
  assert_damaged (raw, sizeof raw);
}

static void
test_body_size (void)
{
  guint8 raw[SAN_HEADER_SIZE];
  guint32 size = GUINT32_TO_LE (SAN_BODY_LIMIT);

  good_header (raw);
  memcpy (raw + 136, &size, 4);
  g_assert_true (san_header_parse (raw, sizeof raw, &(SanHeader) { 0 }, NULL));
  raw[136] = 1;
  assert_damaged (raw, sizeof raw);
  memset (raw + 136, 0xff, 4);
  assert_damaged (raw, sizeof raw);
}

static void
test_fields (void)
{
  guint8 raw[SAN_HEADER_SIZE], again[SAN_HEADER_SIZE];
  SanHeader header;

  good_header (raw);
  raw[5] = SAN_FLAG_CLOCK_DOUBTFUL;
  memset (raw + 176, 0x5a, 64);
  g_assert_true (san_header_parse (raw, sizeof raw, &header, NULL));
  g_assert_cmpuint (header.kind, ==, 0);
  g_assert_cmpuint (header.flags, ==, 2);
  g_assert_cmpuint (header.number, ==, 2);
  g_assert_cmpuint (header.wall, ==, G_GUINT64_CONSTANT (1764028800000));
  g_assert_cmpuint (header.body_size, ==, 100);
  g_assert_cmpuint (header.dossier.b[31], ==, 0xd0);
  g_assert_cmpuint (header.previous.b[0], ==, 0xee);
  san_header_encode (&header, again);
  g_assert_cmpmem (raw, sizeof raw, again, sizeof again);
}

/* The two vectors of the format that belong to this room. */
static void
test_vectors (void)
{
  guint8 zeros[SAN_SIGNED_SIZE] = { 0 };
  g_autoptr(SanSecret) key = seed_secret (0x42);
  g_autofree char *entry_id = NULL;
  g_autofree char *key_id = NULL;
  SanId32 id;

  san_hash ("san1.entry.id", zeros, sizeof zeros, &id);
  entry_id = san_id32_to_text (&id);
  g_assert_cmpstr (entry_id, ==,
                   "90216b577e09bb6b4fa93e8d54b968e0609b73fc460fc02c6ced7f162037ed0d");
  san_key_get_id (key, &id);
  key_id = san_id32_to_text (&id);
  g_assert_cmpstr (key_id, ==, "3c3e096d38f669d9297cdbbe10889967c5747d809d383f7b1424a3a55246bab1");
}

static SanEntry *
sign_note (const Person *author, const char *text)
{
  SanHeader draft = draft_header (author, SAN_KIND_CHANGES, 2);
  g_autoptr(GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr(GError) error = NULL;
  SanEntry *entry = san_entry_sign (&draft, body, author->seat_key, &error);

  g_assert_no_error (error);
  return entry;
}

static void
test_sign (void)
{
  g_autoptr(Person) author = person_new (0x11);
  g_autoptr(SanEntry) entry = sign_note (author, "hello");
  g_autoptr(GBytes) bytes = san_entry_to_bytes (entry);
  g_autoptr(SanEntry) again = san_entry_new_from_bytes (bytes, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_true (san_entry_check_signature (again, &error));
  g_assert_true (san_entry_check_body_hash (again, &error));
  g_assert_true (san_id32_equal (san_entry_get_id (entry), san_entry_get_id (again)));
  g_assert_cmpuint (san_entry_get_header (again)->body_size, ==, 5);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 245);
}

static void
test_sign_refuses (void)
{
  g_autoptr(Person) author = person_new (0x11);
  g_autoptr(Person) other = person_new (0x21);
  SanHeader draft = draft_header (author, SAN_KIND_CHANGES, 2);
  g_autoptr(GBytes) body = g_bytes_new_static ("x", 1);
  g_autofree guint8 *large = g_malloc0 (SAN_BODY_LIMIT + 1);
  g_autoptr(GBytes) too_large = g_bytes_new_static (large, SAN_BODY_LIMIT + 1);
  g_autoptr(GError) error = NULL;

  g_assert_null (san_entry_sign (&draft, body, other->seat_key, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (san_entry_sign (&draft, too_large, author->seat_key, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
  g_clear_error (&error);
  draft.number = 1;
  g_assert_null (san_entry_sign (&draft, body, author->seat_key, &error));
  g_assert_nonnull (error);
}

static void
test_body (void)
{
  g_autoptr(Person) author = person_new (0x11);
  g_autoptr(SanEntry) entry = sign_note (author, "hello");
  g_autoptr(GBytes) other = g_bytes_new_static ("jello", 5);
  g_autoptr(GBytes) longer = g_bytes_new_static ("hello!", 6);
  g_autoptr(SanEntry) swapped = san_entry_new (san_entry_get_raw_header (entry), 240, other, NULL);
  g_autoptr(SanEntry) erased = san_entry_without_body (entry);
  g_autoptr(GError) error = NULL;

  g_assert_true (san_entry_check_signature (swapped, NULL));
  g_assert_false (san_entry_check_body_hash (swapped, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_null (san_entry_new (san_entry_get_raw_header (entry), 240, longer, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_null (san_entry_get_body (erased));
  g_assert_null (san_entry_to_bytes (erased));
  g_assert_true (san_entry_check_signature (erased, NULL));
  g_assert_false (san_entry_check_body_hash (erased, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_INCOMPLETE);
}

/* Two valid signatures over one header are one entry. */
static void
test_id_without_signature (void)
{
  g_autoptr(Person) author = person_new (0x11);
  g_autoptr(SanEntry) entry = sign_note (author, "hello");
  guint8 raw[SAN_HEADER_SIZE];
  g_autoptr(SanEntry) other = NULL;
  SanId32 id;

  memcpy (raw, san_entry_get_raw_header (entry), sizeof raw);
  raw[200] ^= 1;
  other = san_entry_new (raw, sizeof raw, NULL, NULL);
  g_assert_true (san_id32_equal (san_entry_get_id (entry), san_entry_get_id (other)));
  san_hash ("san1.entry.id", raw, SAN_SIGNED_SIZE, &id);
  g_assert_true (san_id32_equal (san_entry_get_id (entry), &id));
}

static void
assert_bad_signature (const guint8 raw[SAN_HEADER_SIZE])
{
  g_autoptr(SanEntry) entry = san_entry_new (raw, SAN_HEADER_SIZE, NULL, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_nonnull (entry);
  g_assert_false (san_entry_check_signature (entry, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_UNTRUSTED);
}

/* Signature with S ≥ L: S + L verifies in a careless library. */
static void
test_signature_s (void)
{
  static const guint8 order[32] = {
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
  };
  g_autoptr(Person) author = person_new (0x11);
  g_autoptr(SanEntry) entry = sign_note (author, "hello");
  guint8 raw[SAN_HEADER_SIZE];
  guint carry = 0;

  memcpy (raw, san_entry_get_raw_header (entry), sizeof raw);
  for (guint i = 0; i < 32; i++)
    {
      carry += raw[208 + i] + order[i];
      raw[208 + i] = (guint8) carry;
      carry >>= 8;
    }
  assert_bad_signature (raw);
}

/* Small-order key, all-zero point: the same signature would fit many texts. */
static void
test_signature_points (void)
{
  static const guint8 small[][32] = {
    { 0 },
    { 1 },
    { 0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
      0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
      0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f },
    { 0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4,
      0x89, 0xf2, 0xef, 0x98, 0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6,
      0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05 },
  };
  guint8 raw[SAN_HEADER_SIZE];

  for (guint i = 0; i < G_N_ELEMENTS (small); i++)
    for (guint r = 0; r < G_N_ELEMENTS (small); r++)
      {
        good_header (raw);
        memcpy (raw + 96, small[i], 32);
        memset (raw + 176, 0, 64);
        memcpy (raw + 176, small[r], 32);
        assert_bad_signature (raw);
      }
}

static void
test_signature_bits (void)
{
  g_autoptr(Person) author = person_new (0x11);
  g_autoptr(SanEntry) entry = sign_note (author, "hello");
  guint8 raw[SAN_HEADER_SIZE];

  for (guint bit = 0; bit < 64 * 8; bit++)
    {
      memcpy (raw, san_entry_get_raw_header (entry), sizeof raw);
      raw[176 + bit / 8] ^= (guint8) (1u << bit % 8);
      assert_bad_signature (raw);
    }
}

/* Seat of laptop 1 signs in laptop 2's journal */
static void
test_journal (void)
{
  g_autoptr(Person) one = person_new (0x11);
  g_autoptr(Person) two = person_new (0x21);
  SanId16 a, b;

  g_assert_true (san_journal_fits (&one->journal, san_sign_key_get_public (one->device_key)));
  g_assert_false (san_journal_fits (&two->journal, san_sign_key_get_public (one->device_key)));
  san_journal_new (san_sign_key_get_public (one->device_key), &a);
  san_journal_new (san_sign_key_get_public (one->device_key), &b);
  g_assert_false (san_id16_equal (&a, &b));
  g_assert_true (san_journal_fits (&a, san_sign_key_get_public (one->device_key)));
  for (guint bit = 0; bit < 128; bit++)
    {
      b = a;
      b.b[bit / 8] ^= (guint8) (1u << bit % 8);
      g_assert_false (san_journal_fits (&b, san_sign_key_get_public (one->device_key)));
    }
}

static void
test_dossier_of_founding (void)
{
  g_autoptr(Person) author = person_new (0x11);
  g_autoptr(SanEntry) founding = founding_entry (author, SAN_FOUNDING_CENTRE);
  g_autoptr(SanEntry) note = sign_note (author, "hello");

  g_assert_true (san_id32_equal (san_entry_get_dossier (founding), san_entry_get_id (founding)));
  g_assert_cmpuint (san_entry_get_dossier (note)->b[0], ==, 0xd0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  g_test_add_func ("/entry/header/fields-stand-where-the-format-says", test_fields);
  g_test_add_func ("/entry/header/vectors-of-the-format", test_vectors);
  g_test_add_func ("/entry/header/entry-with-non-zero-reserved-bytes-is-refused",
                   test_reserved_bytes);
  g_test_add_func ("/entry/header/other-lengths-are-refused", test_length);
  g_test_add_func ("/entry/header/other-magic-is-refused", test_magic);
  g_test_add_func ("/entry/header/unknown-flags-are-refused-in-known-kinds", test_flags);
  g_test_add_func ("/entry/header/number-and-previous-agree", test_numbers);
  g_test_add_func ("/entry/header/founding-entry-for-somebody-elses-dossier-id-is-refused",
                   test_dossier);
  g_test_add_func ("/entry/header/body-size-has-a-limit", test_body_size);
  g_test_add_func ("/entry/header/dossier-of-a-founding-entry-is-its-id", test_dossier_of_founding);
  g_test_add_func ("/entry/signature/signed-entries-are-accepted", test_sign);
  g_test_add_func ("/entry/signature/drafts-that-we-may-not-write-are-refused", test_sign_refuses);
  g_test_add_func ("/entry/signature/the-body-is-bound-by-its-hash", test_body);
  g_test_add_func ("/entry/signature/entry-id-leaves-it-out", test_id_without_signature);
  g_test_add_func ("/entry/signature/signature-with-s-not-below-l-is-refused", test_signature_s);
  g_test_add_func ("/entry/signature/small-order-key-and-all-zero-point-are-refused",
                   test_signature_points);
  g_test_add_func ("/entry/signature/every-flipped-bit-is-refused", test_signature_bits);
  g_test_add_func ("/entry/journal/seat-of-laptop-1-does-not-fit-laptop-2s-journal", test_journal);
  return g_test_run ();
}
