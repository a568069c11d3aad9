/* test-view-key.c - the row that holds a view's key: the page's example, and every change of it */
#include "san-view-key-private.h"

#define EXAMPLE \
  "0204040404040404040404040404040404040404040404040404040404040404" \
  "04050505050505050505050505050505050505050505050505bac8924b92ca79" \
  "dea550df80f8867e0d536258223a9c89e567013c5f4a6ce21f386d2467303887" \
  "8bcc09daff887044a9"

typedef struct
{
  SanBoxKey *ring_key;
  SanId32 ring;
  SanId16 file_id;
  GBytes *row;
} Fixture;

static void
set_up (Fixture *self)
{
  guint8 bytes[32], nonce[24];
  g_autoptr(SanSecret) secret = NULL;
  g_autoptr(SanSecret) key = NULL;

  san_crypto_init (NULL);
  memset (bytes, 3, sizeof bytes);
  secret = san_secret_new_copy (bytes, sizeof bytes);
  self->ring_key = san_box_key_new_from_secret (secret);
  memset (self->ring.b, 4, sizeof self->ring.b);
  memset (nonce, 5, sizeof nonce);
  memset (self->file_id.b, 6, sizeof self->file_id.b);
  memset (bytes, 7, sizeof bytes);
  key = san_secret_new_copy (bytes, sizeof bytes);
  self->row = san_view_key_wrap (key, 2, &self->ring, self->ring_key, &self->file_id, nonce);
}

static void
tear_down (Fixture *self)
{
  g_bytes_unref (self->row);
  san_box_key_unref (self->ring_key);
}

static gboolean
opens (Fixture *self, GBytes *row, guint8 compartment)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanSecret) key = san_view_key_unwrap (row, compartment, &self->ring, self->ring_key,
                                                  &self->file_id, &error);

  if (!key)
    g_assert_error (error, SAN_ERROR, SAN_ERROR_LOCKED);
  return key != NULL;
}

static void
test_example (void)
{
  Fixture self;
  g_autoptr(SanSecret) key = NULL;
  g_autofree char *hex = NULL;

  set_up (&self);
  hex = san_bytes_to_hex (g_bytes_get_data (self.row, NULL), g_bytes_get_size (self.row));
  g_assert_cmpstr (hex, ==, EXAMPLE);
  key = san_view_key_unwrap (self.row, 2, &self.ring, self.ring_key, &self.file_id, NULL);
  g_assert_cmpint (san_secret_get_data (key)[0], ==, 7);
  g_assert_cmpint (san_secret_get_data (key)[31], ==, 7);
  tear_down (&self);
}

static void
test_any_change (void)
{
  Fixture self;
  gsize n;
  const guint8 *data;

  set_up (&self);
  data = g_bytes_get_data (self.row, &n);
  g_assert_cmpuint (n, ==, SAN_VIEW_KEY_ROW_SIZE);
  g_assert_true (opens (&self, self.row, 2));
  g_assert_false (opens (&self, self.row, 1));
  for (gsize i = 0; i < n; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (data, n);
      g_autoptr(GBytes) bad = NULL;
      g_autoptr(GBytes) cut = g_bytes_new (data, i);

      copy[i] ^= 1;
      bad = g_bytes_new (copy, n);
      g_assert_false (opens (&self, bad, 2));
      g_assert_false (opens (&self, cut, 2));
    }
  self.file_id.b[0] ^= 1;
  g_assert_false (opens (&self, self.row, 2));
  tear_down (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/view-key/example-of-the-page", test_example);
  g_test_add_func ("/store/view-key/any-change-keeps-it-shut", test_any_change);
  return g_test_run ();
}
