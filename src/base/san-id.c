/* san-id.c - ids and digests, and their texts: hex and RFC 4648 base32 */
#include "san-id.h"

#include "san-error.h"

#include <string.h>

const SanId16 san_id16_zero = { { 0 } };
const SanId32 san_id32_zero = { { 0 } };

gboolean
san_id16_is_zero (const SanId16 *self)
{
  return memcmp (self, &san_id16_zero, sizeof *self) == 0;
}

gboolean
san_id32_is_zero (const SanId32 *self)
{
  return memcmp (self, &san_id32_zero, sizeof *self) == 0;
}

gboolean
san_id16_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (SanId16)) == 0;
}

gboolean
san_id32_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (SanId32)) == 0;
}

/* Ids come from outside, so a table keyed by one letter block could be flooded: all bytes count,
 * eight at a time. (An attacker may still grind collisions of 32 bits, which limits bound.) */
static guint
hash_bytes (const guint8 *bytes, gsize n)
{
  guint64 h = 0xcbf29ce484222325u;

  for (gsize i = 0; i < n; i += sizeof h)
    {
      guint64 word;

      memcpy (&word, bytes + i, sizeof word);
      h = (h ^ word) * 0x9e3779b97f4a7c15u;
      h ^= h >> 32;
    }
  return (guint) h;
}

guint
san_id16_hash (gconstpointer id)
{
  return hash_bytes (id, sizeof (SanId16));
}

guint
san_id32_hash (gconstpointer id)
{
  return hash_bytes (id, sizeof (SanId32));
}

int
san_id16_compare (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (SanId16));
}

int
san_id32_compare (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (SanId32));
}

SanId16 *
san_id16_copy (const SanId16 *self)
{
  return g_memdup2 (self, sizeof *self);
}

SanId32 *
san_id32_copy (const SanId32 *self)
{
  return g_memdup2 (self, sizeof *self);
}

char *
san_id16_to_text (const SanId16 *self)
{
  return san_bytes_to_hex (self->b, sizeof self->b);
}

char *
san_id32_to_text (const SanId32 *self)
{
  return san_bytes_to_hex (self->b, sizeof self->b);
}

static gboolean
hex_into (const char *text, guint8 *out, gsize n, GError **error)
{
  gsize length = strlen (text);
  guint8 bytes[sizeof (SanId32)];

  if (length != 2 * n)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID,
                   "id has %" G_GSIZE_FORMAT " letters, needs %" G_GSIZE_FORMAT, length, 2 * n);
      return FALSE;
    }
  for (gsize i = 0; i < n; i++)
    {
      int high = g_ascii_xdigit_value (text[2 * i]);
      int low = g_ascii_xdigit_value (text[2 * i + 1]);

      if (high < 0 || low < 0)
        {
          g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID,
                       "id: letter %" G_GSIZE_FORMAT " is not hexadecimal",
                       2 * i + (high < 0 ? 1 : 2));
          return FALSE;
        }
      bytes[i] = (guint8) (high << 4 | low);
    }
  memcpy (out, bytes, n);
  return TRUE;
}

gboolean
san_id16_from_text (const char *text, SanId16 *out, GError **error)
{
  return hex_into (text, out->b, sizeof out->b, error);
}

gboolean
san_id32_from_text (const char *text, SanId32 *out, GError **error)
{
  return hex_into (text, out->b, sizeof out->b, error);
}

/**
 * san_bytes_to_hex:
 *
 * Returns: (transfer full): lower-case hex
 */
char *
san_bytes_to_hex (const guint8 *bytes, gsize n)
{
  static const char digits[] = "0123456789abcdef";
  char *text = g_malloc (2 * n + 1);

  for (gsize i = 0; i < n; i++)
    {
      text[2 * i] = digits[bytes[i] >> 4];
      text[2 * i + 1] = digits[bytes[i] & 15];
    }
  text[2 * n] = '\0';
  return text;
}

/**
 * san_bytes_from_hex:
 *
 * Capitals are understood too; blanks are not.
 *
 * Returns: (transfer full): the bytes, or %NULL with %SAN_ERROR_INVALID
 */
GBytes *
san_bytes_from_hex (const char *text, GError **error)
{
  gsize length = strlen (text);
  g_autofree guint8 *bytes = g_malloc (length / 2 + 1);

  if (length % 2 != 0)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID,
                   "hex text has %" G_GSIZE_FORMAT " letters, an odd number", length);
      return NULL;
    }
  for (gsize i = 0; i < length / 2; i++)
    {
      int high = g_ascii_xdigit_value (text[2 * i]);
      int low = g_ascii_xdigit_value (text[2 * i + 1]);

      if (high < 0 || low < 0)
        {
          g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID,
                       "hex text: pair %" G_GSIZE_FORMAT " is not hexadecimal", i + 1);
          return NULL;
        }
      bytes[i] = (guint8) (high << 4 | low);
    }
  return g_bytes_new_take (g_steal_pointer (&bytes), length / 2);
}

static const char base32_letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/**
 * san_base32_encode:
 *
 * Returns: (transfer full): RFC 4648 capitals without padding
 */
char *
san_base32_encode (const guint8 *bytes, gsize n)
{
  GString *text = g_string_sized_new (n * 8 / 5 + 2);
  guint32 bits = 0;
  guint n_bits = 0;

  for (gsize i = 0; i < n; i++)
    {
      bits = bits << 8 | bytes[i];
      n_bits += 8;
      while (n_bits >= 5)
        {
          n_bits -= 5;
          g_string_append_c (text, base32_letters[bits >> n_bits & 31]);
        }
    }
  if (n_bits > 0)
    g_string_append_c (text, base32_letters[bits << (5 - n_bits) & 31]);
  return g_string_free (text, FALSE);
}

/**
 * san_base32_decode:
 *
 * Takes only what san_base32_encode() gives: capitals, no padding, no rest bits.
 *
 * Returns: (transfer full): the bytes, or %NULL with %SAN_ERROR_INVALID
 */
GBytes *
san_base32_decode (const char *text, GError **error)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  guint32 bits = 0;
  guint n_bits = 0;

  for (const char *p = text; *p != '\0'; p++)
    {
      const char *letter = strchr (base32_letters, *p);

      if (letter == NULL)
        {
          g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID,
                       "base32 text: letter %" G_GSIZE_FORMAT " is not one of A-Z 2-7",
                       (gsize) (p - text) + 1);
          return NULL;
        }
      bits = bits << 5 | (guint32) (letter - base32_letters);
      n_bits += 5;
      if (n_bits >= 8)
        {
          guint8 byte = (guint8) (bits >> (n_bits - 8));

          n_bits -= 8;
          bits &= (1u << n_bits) - 1;
          g_byte_array_append (bytes, &byte, 1);
        }
    }
  if (n_bits >= 5 || bits != 0)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_INVALID, "base32 text is cut short");
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
