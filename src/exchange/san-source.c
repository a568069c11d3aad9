/* san-source.c - three kinds of files behind one way of reading */
#include "san-source.h"

#include "san-disk.h"

#include <string.h>

struct _SanSource
{
  guint64 size;
  int fd;                        /* a local file, else -1 */
  GInputStream *stream;          /* another GFile, else NULL */
  GCancellable *cancellable;     /* for stream */
  GBytes *bytes;                 /* memory, else NULL */
  gsize offset;                  /* in bytes */
};

static SanSource *
source_new (guint64 size)
{
  SanSource *self = g_new0 (SanSource, 1);

  self->size = size;
  self->fd = -1;
  return self;
}

SanSource *
san_source_open_path (const char *path, GError **error)
{
  guint64 size;
  int fd = san_disk_open_read (path, &size, error);
  SanSource *self;

  if (fd < 0)
    return NULL;
  self = source_new (size);
  self->fd = fd;
  return self;
}

static SanSource *
open_stream (GFile *file, GCancellable *cancellable, GError **error)
{
  GError *problem = NULL;
  g_autoptr(GFileInputStream) stream = g_file_read (file, cancellable, &problem);
  g_autoptr(GFileInfo) info = NULL;
  SanSource *self;

  if (stream != NULL)
    info = g_file_query_info (file,
                              G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                              G_FILE_QUERY_INFO_NONE, cancellable, &problem);
  if (info == NULL)
    {
      san_error_take_gio (error, problem, "opening file");
      return NULL;
    }
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_REFUSED, "not a regular file");
      return NULL;
    }
  self = source_new ((guint64) MAX (0, g_file_info_get_size (info)));
  self->stream = G_INPUT_STREAM (g_steal_pointer (&stream));
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  return self;
}

/**
 * san_source_open:
 * @file: of any kind that GIO knows; native ones take the way of san_source_open_path()
 */
SanSource *
san_source_open (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = g_file_is_native (file) ? g_file_get_path (file) : NULL;

  return path != NULL ? san_source_open_path (path, error) : open_stream (file, cancellable, error);
}

SanSource *
san_source_new_bytes (GBytes *bytes)
{
  SanSource *self = source_new (g_bytes_get_size (bytes));

  self->bytes = g_bytes_ref (bytes);
  return self;
}

guint64
san_source_get_size (const SanSource *self)
{
  return self->size;
}

static gsize
read_bytes (SanSource *self, void *out, gsize n)
{
  gsize step = MIN (n, (gsize) self->size - self->offset);

  memcpy (out, (const guint8 *) g_bytes_get_data (self->bytes, NULL) + self->offset, step);
  self->offset += step;
  return step;
}

gboolean
san_source_read (SanSource *self, void *out, gsize n, gsize *got, GError **error)
{
  GError *problem = NULL;

  if (self->fd >= 0)
    return san_disk_read (self->fd, out, n, got, error);
  if (self->stream == NULL)
    {
      *got = n > 0 && self->size > 0 ? read_bytes (self, out, n) : 0;
      return TRUE;
    }
  if (!g_input_stream_read_all (self->stream, out, n, got, self->cancellable, &problem))
    return san_error_take_gio (error, problem, "reading");
  return TRUE;
}

void
san_source_free (SanSource *self)
{
  if (self == NULL)
    return;
  san_disk_close (self->fd);
  g_clear_object (&self->stream);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}
