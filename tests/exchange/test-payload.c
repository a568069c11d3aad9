/* test-payload.c - items: their own bytes, their sizes, their order */
#include "san-test-forge.h"

#include <string.h>

static TestCentre *ours;
static TestCentre *theirs;

static SanHaveRow
row (guint8 dossier, guint8 journal, guint64 number, guint8 head)
{
  SanHaveRow r = { .number = number };

  memset (r.dossier.b, dossier, 32);
  memset (r.journal.b, journal, 16);
  memset (r.head, head, 16);
  return r;
}

static void
test_have (void)
{
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (SanHaveRow));
  const SanHaveRow unsorted[] = { row (2, 1, 5, 1), row (1, 2, 9, 1), row (1, 1, 300, 2),
                                  row (1, 1, 300, 1), row (2, 1, 5, 1) };
  g_autoptr(SanHave) have = NULL;
  g_autoptr(SanHave) again = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;

  g_array_append_vals (rows, unsorted, G_N_ELEMENTS (unsorted));
  have = san_have_new (rows, NULL);
  g_assert_true (have->complete);
  g_assert_cmpuint (have->rows->len, ==, 4);
  bytes = san_have_encode (have, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 1 + 4 * 72);
  again = san_have_parse (bytes, &error);
  g_assert_no_error (error);
  g_assert_true (again->complete);
  g_assert_cmpmem (again->rows->data, 4 * 72, have->rows->data, 4 * 72);
  g_assert_cmpuint (g_array_index (again->rows, SanHaveRow, 0).head[0], ==, 1);
  g_assert_cmpuint (g_array_index (again->rows, SanHaveRow, 1).head[0], ==, 2);
}

static void
refuse_have (const guint8 *data, gsize n)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, n);
  g_autoptr(GError) error = NULL;

  g_assert_null (san_have_parse (bytes, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_DAMAGED);
}

static void
test_have_refused (void)
{
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (SanHaveRow));
  const SanHaveRow two[] = { row (1, 1, 5, 1), row (2, 1, 5, 1) };
  g_autoptr(SanHave) have = NULL;
  g_autoptr(GBytes) bytes = NULL;
  guint8 data[1 + 144];
  guint8 swapped[1 + 144];

  g_array_append_vals (rows, two, 2);
  have = san_have_new (rows, NULL);
  bytes = san_have_encode (have, NULL);
  memcpy (data, g_bytes_get_data (bytes, NULL), sizeof data);
  for (gsize n = 0; n < sizeof data; n++)
    if (n != 1 && n != 1 + 72)
      refuse_have (data, n);
  data[0] = 2;
  refuse_have (data, sizeof data);
  data[0] = 0; /* then 32 bytes of rest are missing from the rows */
  refuse_have (data, sizeof data);
  data[0] = 1;
  memcpy (swapped + 1, data + 73, 72);
  memcpy (swapped + 73, data + 1, 72);
  swapped[0] = 1;
  refuse_have (swapped, sizeof swapped);
  memcpy (swapped + 73, swapped + 1, 72);       /* the same twice */
  refuse_have (swapped, sizeof swapped);
  memset (data + 1 + 48, 0, 8);                 /* number 0 */
  refuse_have (data, sizeof data);
  memset (data + 1 + 48, 0xff, 8);
  refuse_have (data, sizeof data);
}

static void
test_have_large (void)
{
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (SanHaveRow));
  g_autoptr(GArray) left_out = g_array_new (FALSE, FALSE, sizeof (SanHaveRow));
  g_autoptr(GHashTable) keep = g_hash_table_new (san_id32_hash, san_id32_equal);
  g_autoptr(SanHave) have = NULL;
  g_autoptr(SanHave) again = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;
  SanHaveRow mark = row (7, 7, 7, 7);
  SanId32 hash;

  for (guint i = 0; i < SAN_HAVE_ROWS_LIMIT; i++)
    {
      SanHaveRow r = row (1, 1, 1 + i, 1);

      r.dossier.b[31] = (guint8) i;
      r.dossier.b[30] = (guint8) (i >> 8);
      g_array_append_val (rows, r);
    }
  have = san_have_new (rows, NULL);
  g_assert_true (have->complete);
  san_have_free (g_steal_pointer (&have));
  g_array_append_val (rows, mark);
  g_hash_table_add (keep, &mark.dossier);
  have = san_have_new (rows, keep);
  g_assert_false (have->complete);
  g_assert_cmpuint (have->rows->len, ==, 1);
  g_array_append_vals (left_out, rows->data, SAN_HAVE_ROWS_LIMIT);
  g_array_sort (left_out, san_have_row_compare);
  san_have_hash_rest (left_out, &hash);
  g_assert_true (san_id32_equal (&hash, &have->rest));
  bytes = san_have_encode (have, NULL);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 1 + 32 + 72);
  again = san_have_parse (bytes, &error);
  g_assert_no_error (error);
  g_assert_false (again->complete);
  g_assert_true (san_id32_equal (&again->rest, &have->rest));
}

static void
test_want (void)
{
  SanWant range = { .from = 41, .to = 59 };
  SanWant piece = { .is_piece = TRUE };
  SanWant out;
  g_autoptr(GBytes) a = NULL;
  g_autoptr(GBytes) b = NULL;
  g_autoptr(GError) error = NULL;

  memset (range.dossier.b, 3, 32);
  memset (range.journal.b, 4, 16);
  memset (piece.piece.b, 5, 32);
  a = san_want_encode (&range);
  b = san_want_encode (&piece);
  g_assert_cmpuint (g_bytes_get_size (a), ==, 65);
  g_assert_cmpuint (g_bytes_get_size (b), ==, 33);
  g_assert_true (san_want_parse (a, &out, &error));
  g_assert_false (out.is_piece);
  g_assert_cmpuint (out.from, ==, 41);
  g_assert_cmpuint (out.to, ==, 59);
  g_assert_true (san_want_parse (b, &out, &error));
  g_assert_true (out.is_piece);
  g_assert_true (san_id32_equal (&out.piece, &piece.piece));
}

static void
refuse_want (guint64 from, guint64 to)
{
  SanWant range = { .from = from, .to = to };
  SanWant out;
  g_autoptr(GBytes) bytes = san_want_encode (&range);
  g_autoptr(GError) error = NULL;

  g_assert_false (san_want_parse (bytes, &out, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_DAMAGED);
}

static void
test_want_refused (void)
{
  g_autoptr(GBytes) odd = g_bytes_new_static ("\2", 1);
  g_autoptr(GError) error = NULL;
  SanWant out;

  refuse_want (0, 1);
  refuse_want (2, 1);
  refuse_want (1, SAN_NUMBER_LIMIT);
  refuse_want (G_MAXUINT64, G_MAXUINT64);
  g_assert_false (san_want_parse (odd, &out, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_DAMAGED);
}

static void
test_volume (void)
{
  SanVolume in = { .index = 2, .n = 3 };
  SanVolume out;
  g_autoptr(GBytes) bytes = san_volume_encode (&in);
  g_autoptr(GBytes) over = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (g_bytes_get_size (bytes), ==, SAN_VOLUME_SIZE);
  g_assert_true (san_volume_parse (bytes, &out, &error));
  g_assert_cmpuint (out.index, ==, 2);
  in.index = 3;
  over = san_volume_encode (&in);
  g_assert_false (san_volume_parse (over, &out, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_DAMAGED);
}

static void
test_keyring (void)
{
  g_autofree guint8 *data = g_malloc0 (SAN_KEYRING_LIMIT + 1);
  g_autoptr(GBytes) keyring = g_bytes_new (data, 500);
  g_autoptr(GBytes) large = g_bytes_new (data, SAN_KEYRING_LIMIT + 1);
  g_autoptr(GBytes) sealed = NULL;
  g_autoptr(SanSecret) opened = NULL;
  g_autoptr(GError) error = NULL;

  sealed = san_keyring_item_seal (keyring, san_box_key_get_public (ours->recovery_box), &error);
  g_assert_no_error (error);
  opened = san_unseal ("san1.keyring", g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed),
                       ours->recovery_box, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (san_secret_get_data (opened), san_secret_get_size (opened), data, 500);
  g_assert_null (san_unseal ("san1.keyring", g_bytes_get_data (sealed, NULL),
                             g_bytes_get_size (sealed), ours->first.box, NULL));
  g_assert_null (
      san_keyring_item_seal (large, san_box_key_get_public (ours->recovery_box), &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
}

/* --- order, in whole bundles of a known device --- */

static int
send_with (GBytes *payload, guint16 flags)
{
  g_autoptr(GBytes) bundle = NULL;
  Forge forge;

  forge_init (&forge, ours, san_box_key_get_public (theirs->first.box));
  forge.payload = payload;
  forge.manifest.flags = flags;
  bundle = forge_bundle (&forge);
  return forge_read_of (bundle, theirs->first.box, ours);
}

static int
send_items (guint16 flags, int type1, GBytes *one, int type2, GBytes *other)
{
  g_autoptr(GBytes) payload = forge_payload (type1, one, type2, other, 0);

  return send_with (payload, flags);
}

static GBytes *
of_size (gsize n)
{
  return g_bytes_new_take (g_malloc0 (MAX (n, 1)), n);
}

static void
test_types_rise (void)
{
  g_autoptr(GBytes) have = g_bytes_new_static ("\1", 1);
  g_autoptr(GBytes) want = of_size (33);
  g_autoptr(GBytes) piece = of_size (4096 + 16);
  g_autoptr(GBytes) volume = of_size (20);
  g_autoptr(GBytes) keyring = of_size (500);
  SanId32 dossier = { { 3 } };
  g_autoptr(GBytes) entry = test_entry (ours, &dossier, &ours->first.journal, 1, 10);

  g_assert_cmpint (send_items (0, 1, have, 2, want), ==, -1);
  g_assert_cmpint (send_items (0, 2, want, 1, have), ==, SAN_ERROR_DAMAGED);
  g_assert_cmpint (send_items (0, 1, have, 1, have), ==, SAN_ERROR_DAMAGED);
  g_assert_cmpint (send_items (0, 2, want, 2, want), ==, -1);
  g_assert_cmpint (send_items (0, 4, entry, 3, entry), ==, SAN_ERROR_DAMAGED);
  g_assert_cmpint (send_items (0, 4, entry, 6, piece), ==, SAN_ERROR_DAMAGED);
  g_assert_cmpint (send_items (0, 1, have, 6, piece), ==, -1);
  g_assert_cmpint (send_items (0, 1, have, 9, volume), ==, SAN_ERROR_DAMAGED);
  g_assert_cmpint (send_items (4, 1, have, 9, volume), ==, -1);
  g_assert_cmpint (send_items (4, 9, volume, 9, volume), ==, SAN_ERROR_DAMAGED);
  g_assert_cmpint (send_items (4, 7, keyring, 9, volume), ==, -1);
  g_assert_cmpint (send_items (0, 1, have, 7, keyring), ==, SAN_ERROR_DAMAGED);
  g_assert_cmpint (send_items (4, 1, have, 8, keyring), ==, SAN_ERROR_DAMAGED);
  g_assert_cmpint (send_items (4, 1, have, 10, keyring), ==, SAN_ERROR_DAMAGED);
  g_assert_cmpint (send_items (0, 1, have, 255, keyring), ==, SAN_ERROR_DAMAGED);
}

static void
test_sizes (void)
{
  static const struct { int type; gsize n; int expected;
  } cases[] = {
    { 1, 1, -1 },
    { 1, 0, SAN_ERROR_DAMAGED },
    { 1, 1 + 32 + 65536 * 72 + 1, SAN_ERROR_DAMAGED },
    { 2, 32, SAN_ERROR_DAMAGED },
    { 2, 66, SAN_ERROR_DAMAGED },
    { 3, 239, SAN_ERROR_DAMAGED },
    { 3, 240, -1 },
    { 3, 240 + 1048576, -1 },
    { 3, 240 + 1048577, SAN_ERROR_DAMAGED },
    { 4, 0, SAN_ERROR_DAMAGED },
    { 4, 240 + 1048576, -1 },
    { 4, 240 + 1048577, SAN_ERROR_DAMAGED },
    { 5, 240, -1 },
    { 5, 241, SAN_ERROR_DAMAGED },
    { 5, 239, SAN_ERROR_DAMAGED },
    { 6, 4096 + 16, -1 },
    { 6, 4096 + 15, SAN_ERROR_DAMAGED },
    { 6, 4097 + 16, SAN_ERROR_DAMAGED },
    { 6, 1048576 + 16, -1 },
    { 6, 1048576 + 17, SAN_ERROR_DAMAGED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GBytes) bytes = of_size (cases[i].n);
      g_autoptr(GBytes) payload = forge_payload (cases[i].type, bytes, 0);

      g_test_message ("case %u", i);
      g_assert_cmpint (send_with (payload, 0), ==, cases[i].expected);
    }
}

/* Lengths that no payload could hold: said by a known device, refused before memory is taken. */
static void
test_lengths (void)
{
  static const guint32 lengths[] = { 0xffffffff, 0x80000000, 0x7fffffff, 1048816, 1000 };

  for (guint8 type = 0; type < 12; type++)
    for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
      {
        guint8 data[300] = { type, 0, 0, 0 };
        g_autoptr(GBytes) payload = NULL;
        guint32 n = GUINT32_TO_LE (lengths[i]);

        memcpy (data + 4, &n, 4);
        payload = g_bytes_new (data, sizeof data);
        g_assert_cmpint (send_with (payload, 4), ==, SAN_ERROR_DAMAGED);
      }
}

static void
test_reserved (void)
{
  for (guint at = 1; at < 4; at++)
    {
      guint8 data[9] = { 1, 0, 0, 0, 1, 0, 0, 0, 1 };
      g_autoptr(GBytes) payload = NULL;

      data[at] = 1;
      payload = g_bytes_new (data, sizeof data);
      g_assert_cmpint (send_with (payload, 0), ==, SAN_ERROR_DAMAGED);
    }
}

/* Items that end a byte early or late: the next head falls apart. */
static void
test_tails (void)
{
  guint8 data[24] = { 1, 0, 0, 0, 1, 0, 0, 0, 1 };

  for (gsize n = 1; n < sizeof data; n++)
    {
      g_autoptr(GBytes) payload = g_bytes_new (data, n);

      g_assert_cmpint (send_with (payload, 0), ==, n == 9 ? -1 : SAN_ERROR_DAMAGED);
    }
}

static void
test_entry_order (void)
{
  SanId32 a = { { 1 } }, b = { { 2 } };
  SanId16 j = { { 1 } }, k = { { 2 } };
  g_autoptr(GBytes) a1 = test_entry (ours, &a, &j, 1, 10);
  g_autoptr(GBytes) a2 = test_entry (ours, &a, &j, 2, 10);
  g_autoptr(GBytes) a2fork = test_entry (ours, &a, &j, 2, 11);
  g_autoptr(GBytes) a300 = test_entry (ours, &a, &j, 300, 10);
  g_autoptr(GBytes) ak1 = test_entry (ours, &a, &k, 1, 10);
  g_autoptr(GBytes) b1 = test_entry (ours, &b, &j, 1, 10);

  for (int type = 4; type <= 4; type++)
    {
      g_assert_cmpint (send_items (0, type, a1, type, a2), ==, -1);
      g_assert_cmpint (send_items (0, type, a2, type, a300), ==, -1);
      g_assert_cmpint (send_items (0, type, a2, type, a2fork), ==, -1);
      g_assert_cmpint (send_items (0, type, a2fork, type, a2), ==, -1);
      g_assert_cmpint (send_items (0, type, a300, type, ak1), ==, -1);
      g_assert_cmpint (send_items (0, type, ak1, type, b1), ==, -1);
      g_assert_cmpint (send_items (0, type, a2, type, a1), ==, SAN_ERROR_DAMAGED);
      g_assert_cmpint (send_items (0, type, a300, type, a2), ==, SAN_ERROR_DAMAGED);
      g_assert_cmpint (send_items (0, type, a1, type, a1), ==, SAN_ERROR_DAMAGED);
      g_assert_cmpint (send_items (0, type, b1, type, a1), ==, SAN_ERROR_DAMAGED);
      g_assert_cmpint (send_items (0, type, ak1, type, a1), ==, SAN_ERROR_DAMAGED);
    }
}

/* A founding entry comes first in its dossier, whatever its journal. */
static void
test_founding_first (void)
{
  GBytes *founding = g_ptr_array_index (ours->entries, 0);
  SanId16 low = { { 0 } };
  g_autoptr(GBytes) next = test_entry (ours, &ours->centre, &low, 2, 10);

  g_assert_cmpint (send_items (0, 4, founding, 4, next), ==, -1);
  g_assert_cmpint (send_items (0, 4, next, 4, founding), ==, SAN_ERROR_DAMAGED);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  ours = test_centre_new ("ours");
  theirs = test_centre_new ("theirs");
  g_test_add_func ("/exchange/payload/have-rows-sorted-and-read-again", test_have);
  g_test_add_func ("/exchange/payload/have-rows-not-canonical-refused", test_have_refused);
  g_test_add_func ("/exchange/payload/have-beyond-limit-says-so", test_have_large);
  g_test_add_func ("/exchange/payload/wants", test_want);
  g_test_add_func ("/exchange/payload/wants-of-nothing-refused", test_want_refused);
  g_test_add_func ("/exchange/payload/volumes", test_volume);
  g_test_add_func ("/exchange/payload/keyring-only-for-the-code", test_keyring);
  g_test_add_func ("/exchange/payload/types-rise", test_types_rise);
  g_test_add_func ("/exchange/payload/sizes-by-type", test_sizes);
  g_test_add_func ("/exchange/payload/lengths-refused-before-allocation", test_lengths);
  g_test_add_func ("/exchange/payload/reserved-bytes-are-zero", test_reserved);
  g_test_add_func ("/exchange/payload/no-tails", test_tails);
  g_test_add_func ("/exchange/payload/entries-in-order", test_entry_order);
  g_test_add_func ("/exchange/payload/founding-entry-first", test_founding_first);
  status = g_test_run ();
  test_centre_free (ours);
  test_centre_free (theirs);
  return status;
}
