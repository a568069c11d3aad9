/* san-reader.c - a checked cursor over bytes from outside
 *
 * Each take compares the wanted length with what is left before it touches a byte, by
 * subtraction, so that no length from outside can overflow a sum. */
#include "san-reader.h"

#include "san-error.h"

#include <string.h>

/**
 * san_reader_init:
 * @self: a reader on the caller's stack
 * @data: (nullable): borrowed; must outlive the reader. %NULL only if @size is 0
 * @what: borrowed; named in errors, e.g. "entry header"
 */
void
san_reader_init (SanReader *self, const void *data, gsize size, const char *what)
{
  static const guint8 nothing[1] = { 0 };

  self->data = data != NULL ? data : nothing;
  self->size = data != NULL ? size : 0;
  self->offset = 0;
  self->what = what;
}

void
san_reader_init_bytes (SanReader *self, GBytes *bytes, const char *what)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  san_reader_init (self, data, size, what);
}

gsize
san_reader_get_left (const SanReader *self)
{
  return self->size - self->offset;
}

/**
 * san_reader_take:
 *
 * Returns: (transfer none): @n bytes inside the reader's own, or %NULL with %SAN_ERROR_DAMAGED
 */
const guint8 *
san_reader_take (SanReader *self, gsize n, GError **error)
{
  const guint8 *here = self->data + self->offset;

  if (n > san_reader_get_left (self))
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED,
                   "%s: wants %" G_GSIZE_FORMAT " bytes at %" G_GSIZE_FORMAT
                   ", has %" G_GSIZE_FORMAT,
                   self->what, n, self->offset, san_reader_get_left (self));
      return NULL;
    }
  self->offset += n;
  return here;
}

gboolean
san_reader_take_copy (SanReader *self, void *out, gsize n, GError **error)
{
  const guint8 *bytes = san_reader_take (self, n, error);

  if (bytes == NULL)
    return FALSE;
  if (n > 0)
    memcpy (out, bytes, n);
  return TRUE;
}

static gboolean
take_number (SanReader *self, guint size, guint64 *out, GError **error)
{
  const guint8 *bytes = san_reader_take (self, size, error);
  guint64 v = 0;

  if (bytes == NULL)
    return FALSE;
  for (guint i = size; i > 0; i--)
    v = v << 8 | bytes[i - 1];
  *out = v;
  return TRUE;
}

gboolean
san_reader_take_u8 (SanReader *self, guint8 *out, GError **error)
{
  guint64 v;

  if (!take_number (self, 1, &v, error))
    return FALSE;
  *out = (guint8) v;
  return TRUE;
}

gboolean
san_reader_take_u16 (SanReader *self, guint16 *out, GError **error)
{
  guint64 v;

  if (!take_number (self, 2, &v, error))
    return FALSE;
  *out = (guint16) v;
  return TRUE;
}

gboolean
san_reader_take_u32 (SanReader *self, guint32 *out, GError **error)
{
  guint64 v;

  if (!take_number (self, 4, &v, error))
    return FALSE;
  *out = (guint32) v;
  return TRUE;
}

gboolean
san_reader_take_u64 (SanReader *self, guint64 *out, GError **error)
{
  return take_number (self, 8, out, error);
}

gboolean
san_reader_take_i16 (SanReader *self, gint16 *out, GError **error)
{
  guint64 v;

  if (!take_number (self, 2, &v, error))
    return FALSE;
  *out = (gint16) (guint16) v;
  return TRUE;
}

gboolean
san_reader_take_i32 (SanReader *self, gint32 *out, GError **error)
{
  guint64 v;

  if (!take_number (self, 4, &v, error))
    return FALSE;
  *out = (gint32) (guint32) v;
  return TRUE;
}

gboolean
san_reader_take_i64 (SanReader *self, gint64 *out, GError **error)
{
  guint64 v;

  if (!take_number (self, 8, &v, error))
    return FALSE;
  *out = (gint64) v;
  return TRUE;
}

gboolean
san_reader_take_id16 (SanReader *self, SanId16 *out, GError **error)
{
  return san_reader_take_copy (self, out->b, sizeof out->b, error);
}

gboolean
san_reader_take_id32 (SanReader *self, SanId32 *out, GError **error)
{
  return san_reader_take_copy (self, out->b, sizeof out->b, error);
}

/* "SAN1" met where "SAN2" stands: the same thing, written by a newer version. */
static gboolean
is_newer (const guint8 *bytes, const char *magic, gsize n)
{
  return n > 1 && memcmp (bytes, magic, n - 1) == 0 && g_ascii_isdigit (magic[n - 1])
         && g_ascii_isdigit (bytes[n - 1]) && bytes[n - 1] > (guint8) magic[n - 1];
}

/**
 * san_reader_take_magic:
 * @magic: ASCII, all of it is expected
 *
 * If @magic ends in a digit and a higher one stands there, the error is %SAN_ERROR_TOO_NEW.
 */
gboolean
san_reader_take_magic (SanReader *self, const char *magic, GError **error)
{
  gsize n = strlen (magic);
  const guint8 *bytes;

  if (san_reader_get_left (self) < n)
    return san_reader_take (self, n, error) != NULL;
  bytes = self->data + self->offset;
  if (memcmp (bytes, magic, n) != 0)
    {
      gboolean newer = is_newer (bytes, magic, n);

      g_set_error (error, SAN_ERROR, newer ? SAN_ERROR_TOO_NEW : SAN_ERROR_DAMAGED,
                   "%s: does not begin with %s%s", self->what, magic,
                   newer ? " but with a newer version" : "");
      return FALSE;
    }
  self->offset += n;
  return TRUE;
}

gboolean
san_reader_take_zeros (SanReader *self, gsize n, GError **error)
{
  if (san_reader_get_left (self) < n)
    return san_reader_take (self, n, error) != NULL;
  for (gsize i = 0; i < n; i++)
    if (self->data[self->offset + i] != 0)
      {
        g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED,
                     "%s: byte %" G_GSIZE_FORMAT " must be zero and is %u",
                     self->what, self->offset + i, self->data[self->offset + i]);
        return FALSE;
      }
  self->offset += n;
  return TRUE;
}

gboolean
san_reader_take_end (SanReader *self, GError **error)
{
  if (san_reader_get_left (self) == 0)
    return TRUE;
  g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED,
               "%s: %" G_GSIZE_FORMAT " bytes after its end", self->what,
               san_reader_get_left (self));
  return FALSE;
}
