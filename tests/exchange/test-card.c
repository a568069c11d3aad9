/* test-card.c - cards of both kinds, and the number that two people read out */
#include "san-card.h"
#include "san-test-centre.h"

#include <string.h>

typedef struct
{
  TestCentre *centre;
  TestDevice second;
  SanCardRing rings[3];
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->centre = test_centre_new ("ours");
  test_device_init (&self->second, "second");
  memset (self->rings, 0, sizeof self->rings);
  for (guint i = 0; i < 3; i++)
    {
      self->rings[i].compartment = (guint8) (i / 2);
      memset (self->rings[i].id.b, (int) i + 1, 32);
      memset (self->rings[i].pk.b, (int) i + 65, 32);
    }
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  test_centre_free (self->centre);
  test_device_clear (&self->second);
}

static SanCardSpec
spec_of (Fixture *self, const TestDevice *device, SanCardKind kind)
{
  SanCardSpec spec = {
    .kind = kind,
    .centre = self->centre->centre,
    .device = device->id,
    .device_sign_key = device->sign,
    .device_box_key = device->box,
    .staff = device->staff,
    .seat_sign_key = device->seat,
    .seat_box_key = device->seat_box,
    .role = "superintendent",
    .label = "Asha Kiran, Raigad",
    .wall = 5,
  };

  if (kind == SAN_CARD_CENTRE)
    {
      spec.rings = self->rings;
      spec.n_rings = 3;
    }
  return spec;
}

static SanCard *
make (Fixture *self, SanCardKind kind)
{
  SanCardSpec spec =
      spec_of (self, kind == SAN_CARD_CENTRE ? &self->centre->first : &self->second, kind);
  g_autoptr(GError) error = NULL;
  SanCard *card = san_card_new (&spec, &error);

  g_assert_no_error (error);
  return card;
}

static void
test_centre_card (Fixture *self, gconstpointer data)
{
  g_autoptr(SanCard) card = make (self, SAN_CARD_CENTRE);
  g_autoptr(SanCard) again = NULL;
  g_autofree char *text = san_card_to_text (card);
  g_autofree char *quiet = g_ascii_strdown (text, -1);
  g_autofree char *folded = g_strdup_printf ("%.40s\n  %s \n", quiet, quiet + 40);
  g_autoptr(GError) error = NULL;
  const SanCardRing *rings;
  guint n;

  again = san_card_from_text (folded, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (san_card_get_bytes (card), san_card_get_bytes (again)));
  g_assert_cmpint (san_card_get_kind (again), ==, SAN_CARD_CENTRE);
  g_assert_true (san_id32_equal (san_card_get_centre (again), &self->centre->centre));
  g_assert_true (san_id16_equal (san_card_get_device (again), &self->centre->first.id));
  g_assert_true (san_id32_equal (san_card_get_device_pk (again),
                                 san_sign_key_get_public (self->centre->first.sign)));
  g_assert_true (san_id32_equal (san_card_get_seat_pk (again),
                                 san_sign_key_get_public (self->centre->first.seat)));
  g_assert_cmpstr (san_card_get_role (again), ==, "superintendent");
  g_assert_cmpstr (san_card_get_label (again), ==, "Asha Kiran, Raigad");
  g_assert_cmpuint (san_card_get_wall (again), ==, 5);
  rings = san_card_get_rings (again, &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpuint (rings[2].compartment, ==, 1);
  g_assert_cmpuint (rings[2].pk.b[0], ==, 67);
  g_assert_cmpuint (g_bytes_get_size (san_card_get_device_record (again)), ==,
                    SAN_DEVICE_RECORD_SIZE);
  g_assert_cmpuint (g_bytes_get_size (san_card_get_seat_record (again)), ==,
                    16 + 16 + 32 + 32 + 1 + 14 + 64);
}

static void
test_join_card (Fixture *self, gconstpointer data)
{
  g_autoptr(SanCard) card = make (self, SAN_CARD_JOIN);
  g_autoptr(SanCard) again = NULL;
  g_autoptr(GError) error = NULL;
  SanId32 other = { { 1 } };

  again = san_card_parse (san_card_get_bytes (card), &self->centre->centre, &error);
  g_assert_no_error (error);
  g_assert_true (san_id32_equal (san_card_get_centre (again), &self->centre->centre));
  g_assert_null (san_card_parse (san_card_get_bytes (card), &other, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_UNTRUSTED);
  g_clear_error (&error);
  g_assert_null (san_card_parse (san_card_get_bytes (card), NULL, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
}

/* The records go into operations 1 and 2 as they are. */
static void
test_records (Fixture *self, gconstpointer data)
{
  g_autoptr(SanCard) card = make (self, SAN_CARD_JOIN);
  SanReader reader;
  SanDeviceRecord device;
  SanSeatRecord seat;
  g_autoptr(GError) error = NULL;

  san_reader_init_bytes (&reader, san_card_get_device_record (card), "device");
  g_assert_true (san_device_record_take (&reader, &device, &error));
  g_assert_true (san_device_record_verify (&device, &self->centre->centre, &error));
  san_reader_init_bytes (&reader, san_card_get_seat_record (card), "seat");
  g_assert_true (san_seat_record_take (&reader, &seat, &error));
  g_assert_true (san_seat_record_verify (&seat, &self->centre->centre, &error));
}

static void
test_bits (Fixture *self, gconstpointer data)
{
  g_autoptr(SanCard) card = make (self, SAN_CARD_CENTRE);
  GBytes *bytes = san_card_get_bytes (card);
  gsize n = g_bytes_get_size (bytes);
  g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), n);

  for (gsize i = 0; i < n * 8; i += 3)
    {
      g_autoptr(GBytes) changed = NULL;
      g_autoptr(GError) error = NULL;

      copy[i / 8] ^= (guint8) (1 << (i % 8));
      changed = g_bytes_new (copy, n);
      g_assert_null (san_card_parse (changed, &self->centre->centre, &error));
      g_assert_true (g_error_matches (error, SAN_ERROR, SAN_ERROR_DAMAGED)
                     || g_error_matches (error, SAN_ERROR, SAN_ERROR_UNTRUSTED)
                     || (i < 6 * 8 && g_error_matches (error, SAN_ERROR, SAN_ERROR_TOO_NEW)));
      copy[i / 8] ^= (guint8) (1 << (i % 8));
    }
  for (gsize cut = 0; cut < n; cut++)
    {
      g_autoptr(GBytes) part = g_bytes_new_from_bytes (bytes, 0, cut);

      g_assert_null (san_card_parse (part, NULL, NULL));
    }
}

static void
test_newer (Fixture *self, gconstpointer data)
{
  g_autoptr(SanCard) card = make (self, SAN_CARD_CENTRE);
  gsize n = g_bytes_get_size (san_card_get_bytes (card));
  guint8 *copy = g_memdup2 (g_bytes_get_data (san_card_get_bytes (card), NULL), n);
  g_autoptr(GBytes) changed = g_bytes_new_take (copy, n);
  g_autoptr(GError) error = NULL;

  copy[4] = 2;
  g_assert_null (san_card_parse (changed, NULL, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_TOO_NEW);
  g_clear_error (&error);
  copy[4] = 1;
  copy[5] = 3;
  g_assert_null (san_card_parse (changed, NULL, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_TOO_NEW);
}

static void
refuse (const SanCardSpec *spec)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (san_card_new (spec, &error));
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
}

static char *
letters (const char *letter, guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (text, letter);
  return g_string_free (text, FALSE);
}

static void
test_spec (Fixture *self, gconstpointer data)
{
  SanCardSpec spec = spec_of (self, &self->centre->first, SAN_CARD_CENTRE);
  g_autofree char *sixty = letters ("क", 60);
  g_autofree char *longer = letters ("क", 61);
  g_autoptr(SanCard) card = NULL;
  SanCardRing swapped[2];

  spec.label = sixty;
  card = san_card_new (&spec, NULL);
  g_assert_nonnull (card);
  san_card_free (g_steal_pointer (&card));
  spec.label = "";
  card = san_card_new (&spec, NULL);
  g_assert_nonnull (card);
  san_card_free (g_steal_pointer (&card));
  spec.label = "श्री क्‍ष आश्रम";                     /* a joiner belongs to it */
  card = san_card_new (&spec, NULL);
  g_assert_nonnull (card);
  spec.label = longer;
  refuse (&spec);
  spec.label = "two\nlines";
  refuse (&spec);
  spec.label = "turned \xe2\x80\xae round";
  refuse (&spec);
  spec.label = "bad \xff bytes";
  refuse (&spec);
  spec.label = "x";
  spec.role = "Super Intendent";
  refuse (&spec);
  spec.role = "superintendent";
  spec.n_rings = 8;
  refuse (&spec);
  spec.n_rings = 2;
  swapped[0] = self->rings[2];
  swapped[1] = self->rings[0];
  spec.rings = swapped;
  refuse (&spec);
  swapped[0] = swapped[1];
  refuse (&spec);
  swapped[0].compartment = 6;
  spec.n_rings = 1;
  refuse (&spec);
  spec.kind = SAN_CARD_JOIN;
  spec.rings = self->rings;
  refuse (&spec);
}

/* A card with all that it can hold is inside the limit, its QR too. */
static void
test_largest (Fixture *self, gconstpointer data)
{
  SanCardSpec spec = spec_of (self, &self->centre->first, SAN_CARD_CENTRE);
  g_autofree char *sixty = letters ("𑀓", 60);        /* four bytes each */
  SanCardRing rings[7];
  g_autoptr(SanCard) card = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 7; i++)
    {
      rings[i] = self->rings[0];
      rings[i].id.b[0] = (guint8) i;
    }
  spec.rings = rings;
  spec.n_rings = 7;
  spec.label = sixty;
  spec.role = "superintendent+counsellor+nurses";
  card = san_card_new (&spec, &error);
  g_assert_no_error (error);
  text = san_card_to_text (card);
  g_test_message ("%" G_GSIZE_FORMAT " bytes, %" G_GSIZE_FORMAT " letters",
                  g_bytes_get_size (san_card_get_bytes (card)), strlen (text));
  g_assert_cmpuint (g_bytes_get_size (san_card_get_bytes (card)), <=, SAN_CARD_LIMIT);
}

static void
test_long_text (void)
{
  g_autofree char *text = g_strnfill (100000, 'A');
  g_autoptr(GError) error = NULL;

  g_assert_null (san_card_from_text (text, NULL, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_DAMAGED);
}

static void
test_number_vector (void)
{
  SanId32 p;
  g_autofree char *number = NULL;
  g_autoptr(GError) error = NULL;

  memset (p.b, 0x42, 32);
  number = san_pair_number_raw (&p, "482913", &error);
  g_assert_cmpstr (number, ==, "909932");
}

static void
test_number (Fixture *self, gconstpointer data)
{
  g_autoptr(SanCard) mine = make (self, SAN_CARD_CENTRE);
  g_autoptr(SanCard) theirs = make (self, SAN_CARD_JOIN);
  g_autoptr(GError) error = NULL;
  g_autofree char *digits = san_pair_digits_new ();
  g_autofree char *here = san_pair_number (mine, theirs, digits, &error);
  g_autofree char *there = san_pair_number (theirs, mine, digits, &error);
  static const char *const odd[] = {
    "", "48291", "4829133", "48 913", "48291x", "-48291", "४८२९१३"
  };

  g_assert_no_error (error);
  g_assert_cmpuint (strlen (digits), ==, 6);
  g_assert_cmpuint (strlen (here), ==, 6);
  g_assert_cmpstr (here, ==, there);
  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_assert_null (san_pair_number (mine, theirs, odd[i], &error));
      g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
      g_clear_error (&error);
    }
  g_assert_null (san_pair_number (mine, mine, digits, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
}

/* Somebody in between who shows each side a card of his own has to hit a number in a million. */
static void
test_between (Fixture *self, gconstpointer data)
{
  g_autoptr(SanCard) mine = make (self, SAN_CARD_CENTRE);
  g_autoptr(SanCard) theirs = make (self, SAN_CARD_JOIN);
  guint n_same = 0;

  for (guint i = 0; i < 50; i++)
    {
      SanCardSpec spec = spec_of (self, &self->second, SAN_CARD_CENTRE);
      g_autofree char *label = g_strdup_printf ("%u", i);
      g_autofree char *digits = san_pair_digits_new ();
      g_autofree char *here = NULL;
      g_autofree char *there = NULL;
      g_autoptr(SanCard) false_card = NULL;

      spec.label = label;
      false_card = san_card_new (&spec, NULL);
      here = san_pair_number (mine, false_card, digits, NULL);
      there = san_pair_number (theirs, false_card, digits, NULL);
      n_same += strcmp (here, there) == 0;
    }
  g_assert_cmpuint (n_same, <=, 1);
}

#define ADD(path, func) g_test_add ("/exchange/card/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  ADD ("of-a-centre-there-and-back", test_centre_card);
  ADD ("of-a-device-only-for-the-centre-it-joins", test_join_card);
  ADD ("records-serve-as-they-are", test_records);
  ADD ("every-bit-counts", test_bits);
  ADD ("later-versions-are-too-new", test_newer);
  ADD ("not-made-from-what-it-cannot-show", test_spec);
  ADD ("largest-is-within-the-limit", test_largest);
  g_test_add_func ("/exchange/card/endless-text-refused", test_long_text);
  g_test_add_func ("/exchange/pair/number-of-the-vector", test_number_vector);
  ADD ("number-is-the-same-on-both-sides", test_number);
  ADD ("somebody-in-between-shows", test_between);
  return g_test_run ();
}
