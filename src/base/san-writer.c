/* san-writer.c - canonical little-endian bytes, appended
 *
 * The array is not wiped: secrets are never put through a writer in clear. */
#include "san-writer.h"

#include <string.h>

void
san_writer_init (SanWriter *self)
{
  self->bytes = g_byte_array_new ();
}

void
san_writer_clear (SanWriter *self)
{
  g_clear_pointer (&self->bytes, g_byte_array_unref);
}

/**
 * san_writer_end:
 *
 * Returns: (transfer full): all that was put; the writer is empty afterwards, as if cleared
 */
GBytes *
san_writer_end (SanWriter *self)
{
  return g_byte_array_free_to_bytes (g_steal_pointer (&self->bytes));
}

gsize
san_writer_get_size (const SanWriter *self)
{
  return self->bytes->len;
}

void
san_writer_put (SanWriter *self, const void *data, gsize n)
{
  g_return_if_fail (n <= G_MAXUINT - self->bytes->len);
  if (n > 0)
    g_byte_array_append (self->bytes, data, (guint) n);
}

void
san_writer_put_bytes (SanWriter *self, GBytes *bytes)
{
  gsize n;
  const void *data = g_bytes_get_data (bytes, &n);

  san_writer_put (self, data, n);
}

static void
put_number (SanWriter *self, guint64 v, guint size)
{
  guint8 bytes[8];

  for (guint i = 0; i < size; i++)
    bytes[i] = (guint8) (v >> (8 * i));
  san_writer_put (self, bytes, size);
}

void
san_writer_put_u8 (SanWriter *self, guint8 v)
{
  put_number (self, v, 1);
}

void
san_writer_put_u16 (SanWriter *self, guint16 v)
{
  put_number (self, v, 2);
}

void
san_writer_put_u32 (SanWriter *self, guint32 v)
{
  put_number (self, v, 4);
}

void
san_writer_put_u64 (SanWriter *self, guint64 v)
{
  put_number (self, v, 8);
}

void
san_writer_put_i16 (SanWriter *self, gint16 v)
{
  put_number (self, (guint16) v, 2);
}

void
san_writer_put_i32 (SanWriter *self, gint32 v)
{
  put_number (self, (guint32) v, 4);
}

void
san_writer_put_i64 (SanWriter *self, gint64 v)
{
  put_number (self, (guint64) v, 8);
}

void
san_writer_put_id16 (SanWriter *self, const SanId16 *id)
{
  san_writer_put (self, id->b, sizeof id->b);
}

void
san_writer_put_id32 (SanWriter *self, const SanId32 *id)
{
  san_writer_put (self, id->b, sizeof id->b);
}

void
san_writer_put_magic (SanWriter *self, const char *magic)
{
  san_writer_put (self, magic, strlen (magic));
}

void
san_writer_put_zeros (SanWriter *self, gsize n)
{
  guint before = self->bytes->len;

  g_return_if_fail (n <= G_MAXUINT - before);
  g_byte_array_set_size (self->bytes, before + (guint) n);
  memset (self->bytes->data + before, 0, n);
}
