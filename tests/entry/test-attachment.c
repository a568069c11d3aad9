/* test-attachment.c - pieces of attachments: sealed for one place, padded, named by their hash */
#include "san-attachment.h"

#include <string.h>

static guint8 *
noise (gsize n)
{
  guint8 *data = g_malloc (n + 1);

  for (gsize i = 0; i < n; i++)
    data[i] = (guint8) (i * 31 + i / 257);
  return data;
}

static GPtrArray *
seal_all (SanAttachment *attachment, const guint8 *data)
{
  GPtrArray *pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = san_attachment_get_n_pieces (attachment); i > 0; i--)
    {
      GBytes *piece
          = san_attachment_seal_piece (attachment, i - 1, data + (gsize)(i - 1) * SAN_PIECE_SIZE,
                                       san_attachment_get_plain_size (attachment, i - 1), NULL);

      g_assert_nonnull (piece);
      g_ptr_array_insert (pieces, 0, piece);
    }
  return pieces;
}

static void
test_sizes (void)
{
  static const struct { guint64 size; guint pieces; gsize last_sealed; } rows[] = {
    { 0, 0, 0 }, { 1, 1, 4096 }, { 4096, 1, 4096 }, { 4097, 1, 4352 }, { 100000, 1, 100352 },
    { SAN_PIECE_SIZE - 1, 1, SAN_PIECE_SIZE }, { SAN_PIECE_SIZE, 1, SAN_PIECE_SIZE },
    { SAN_PIECE_SIZE + 1, 2, 4096 }, { 3 * SAN_PIECE_SIZE, 3, SAN_PIECE_SIZE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree guint8 *data = noise (rows[i].size);
      g_autoptr (SanAttachment) made
          = san_attachment_new (rows[i].size, "application/pdf", "order.pdf", NULL);
      g_autoptr(GPtrArray) pieces = seal_all (made, data);
      g_autoptr(SanValue) value = san_attachment_to_value (made, NULL);
      g_autoptr(SanAttachment) read = san_attachment_from_value (value, NULL);

      g_assert_cmpuint (pieces->len, ==, rows[i].pieces);
      g_assert_cmpuint (san_attachment_get_size (read), ==, rows[i].size);
      g_assert_cmpstr (san_attachment_get_name (read), ==, "order.pdf");
      g_assert_cmpstr (san_attachment_get_media_type (read), ==, "application/pdf");
      for (guint p = 0; p < pieces->len; p++)
        {
          g_autoptr (GBytes) plain
              = san_attachment_open_piece (read, p, g_ptr_array_index (pieces, p), NULL);
          SanId32 id;

          san_piece_get_id (g_ptr_array_index (pieces, p), &id);
          g_assert_true (san_id32_equal (&id, san_attachment_get_piece (read, p)));
          g_assert_cmpmem (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain),
                           data + (gsize)p * SAN_PIECE_SIZE,
                           san_attachment_get_plain_size (read, p));
          if (p + 1 == pieces->len)
            g_assert_cmpuint (g_bytes_get_size (g_ptr_array_index (pieces, p)), ==,
                              rows[i].last_sealed + 16);
        }
    }
}

static void
assert_not_piece (const SanAttachment *attachment, guint i, GBytes *bytes)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (san_attachment_open_piece (attachment, i, bytes, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_UNTRUSTED);
}

static void
test_places (void)
{
  g_autofree guint8 *data = noise (2 * SAN_PIECE_SIZE);
  g_autoptr(SanAttachment) one = san_attachment_new (2 * SAN_PIECE_SIZE, "image/jpeg", "a", NULL);
  g_autoptr(SanAttachment) two = san_attachment_new (2 * SAN_PIECE_SIZE, "image/jpeg", "a", NULL);
  g_autoptr(GPtrArray) pieces = seal_all (one, data);
  g_autoptr(GPtrArray) others = seal_all (two, data);
  GBytes *piece = g_ptr_array_index (pieces, 0);
  g_autoptr(GBytes) cut = g_bytes_new_from_bytes (piece, 0, g_bytes_get_size (piece) - 1);

  assert_not_piece (one, 0, g_ptr_array_index (pieces, 1));
  assert_not_piece (one, 1, piece);
  assert_not_piece (two, 0, piece);
  assert_not_piece (one, 0, cut);
  g_assert_null (san_attachment_open_piece (one, 2, piece, NULL));
}

/* The right ids, but the pieces exchanged: the place is bound in the cipher too. */
static void
test_swapped_ids (void)
{
  g_autofree guint8 *data = noise (2 * SAN_PIECE_SIZE);
  g_autoptr(SanAttachment) made = san_attachment_new (2 * SAN_PIECE_SIZE, "image/jpeg", "a", NULL);
  g_autoptr(GPtrArray) pieces = seal_all (made, data);
  g_autoptr(SanValue) value = san_attachment_to_value (made, NULL);
  g_autoptr(SanAttachment) read = NULL;
  g_autofree guint8 *copy = NULL;
  guint8 id[32];
  gsize n;
  const guint8 *bytes = san_value_get_data (value, &n);

  copy = g_memdup2 (bytes, n);
  memcpy (id, copy + 42, 32);
  memmove (copy + 42, copy + 74, 32);
  memcpy (copy + 74, id, 32);
  read = san_attachment_parse (copy, n, NULL);
  g_assert_nonnull (read);
  assert_not_piece (read, 0, g_ptr_array_index (pieces, 1));
  assert_not_piece (read, 1, g_ptr_array_index (pieces, 0));
}

static void
test_limits (void)
{
  g_autofree char *long_name = g_strnfill (256, 'x');
  g_autoptr(SanAttachment) largest = san_attachment_new (SAN_ATTACHMENT_LIMIT, "a/b", "c", NULL);
  g_autoptr(SanAttachment) unsealed = san_attachment_new (5, "a/b", "c", NULL);
  g_autoptr(SanValue) text = san_value_new_text ("x", NULL);
  g_autoptr(GBytes) piece = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (san_attachment_get_n_pieces (largest), ==, SAN_PIECES_LIMIT);
  g_assert_null (san_attachment_new ((guint64) SAN_ATTACHMENT_LIMIT + 1, "a/b", "c", &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (san_attachment_new (1, "a/b", long_name, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (san_attachment_to_value (unsealed, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (san_attachment_seal_piece (unsealed, 0, (const guint8 *) "1234", 4, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
  piece = san_attachment_seal_piece (unsealed, 0, (const guint8 *) "12345", 5, NULL);
  g_assert_nonnull (piece);
  g_assert_null (san_attachment_seal_piece (unsealed, 0, (const guint8 *)"54321", 5,
                                            NULL)); /* one nonce, one text */
  g_assert_null (san_attachment_from_value (text, NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  g_test_add_func ("/entry/attachment/pieces-open-to-what-was-sealed", test_sizes);
  g_test_add_func ("/entry/attachment/pieces-open-in-their-place-only", test_places);
  g_test_add_func ("/entry/attachment/exchanged-ids-do-not-open", test_swapped_ids);
  g_test_add_func ("/entry/attachment/limits", test_limits);
  return g_test_run ();
}
