/* san-spool.c - a temporary file that is ciphertext, and gone by name as soon as it is open
 *
 * Most bundles are small: the first 8 MiB stay in memory and never see a disk. */
#include "san-spool.h"

#include "san-disk.h"
#include "san-stream.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#define FRAME        65536u
#define MEMORY_LIMIT (8u << 20)
#define SEALED       (FRAME + SAN_STREAM_OVERHEAD)

struct _SanSpool
{
  char *folder;
  GByteArray *memory;        /* until it is too much; then NULL, and the rest is in use */
  SanSecret *key;
  SanStreamPush *push;
  SanStreamPull *pull;
  guint8 header[SAN_STREAM_HEADER_SIZE];
  guint8 *plain;             /* FRAME */
  guint8 *sealed;            /* SEALED */
  gsize fill;                /* bytes in plain */
  gsize at;                  /* of these, or of memory, read already */
  int out;
  int in;
  gboolean ended;            /* the last frame was read */
};

static char *
random_path (const char *folder)
{
  guint8 dice[8];
  g_autofree char *hex = NULL;
  g_autofree char *name = NULL;

  san_random (dice, sizeof dice);
  hex = san_bytes_to_hex (dice, sizeof dice);
  name = g_strconcat ("spool-", hex, ".tmp", NULL);
  return g_build_filename (folder, name, NULL);
}

/* Both ends are open before the name goes. */
static gboolean
open_ends (SanSpool *self, const char *path, GError **error)
{
  const SanFileOps *ops = san_file_get_ops ();
  int errsv;

  self->out = ops->open (path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (self->out < 0)
    return san_error_set_errno (error, errno, "making temporary file");
  self->in = ops->open (path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC, 0);
  errsv = errno;
  if (ops->unlink (path) < 0 && self->in >= 0)
    {
      errsv = errno;
      return san_error_set_errno (error, errsv, "hiding temporary file");
    }
  if (self->in < 0)
    return san_error_set_errno (error, errsv, "opening temporary file");
  return TRUE;
}

/* The file is made only when it is needed. */
static gboolean
begin_file (SanSpool *self, GError **error)
{
  g_autofree char *path = random_path (self->folder);

  if (!open_ends (self, path, error))
    return FALSE;
  self->key = san_secret_new_random (32);
  self->push = san_stream_push_new (self->key, self->header);
  self->plain = g_malloc (FRAME);
  self->sealed = g_malloc (SEALED);
  return TRUE;
}

/**
 * san_spool_new:
 * @folder: for the file, should one be needed
 */
SanSpool *
san_spool_new (const char *folder)
{
  SanSpool *self = g_new0 (SanSpool, 1);

  self->folder = g_strdup (folder);
  self->memory = g_byte_array_new ();
  self->in = -1;
  self->out = -1;
  return self;
}

static gboolean
push_frame (SanSpool *self, gboolean final, GError **error)
{
  san_stream_push (self->push, self->plain, self->fill, final, self->sealed);
  if (!san_file_write_all (self->out, self->sealed, self->fill + SAN_STREAM_OVERHEAD, error))
    return FALSE;
  self->fill = 0;
  return TRUE;
}

static gboolean
write_file (SanSpool *self, const guint8 *from, gsize n, GError **error)
{
  while (n > 0)
    {
      gsize step = MIN (n, FRAME - self->fill);

      memcpy (self->plain + self->fill, from, step);
      self->fill += step;
      from += step;
      n -= step;
      if (self->fill == FRAME && !push_frame (self, FALSE, error))
        return FALSE;
    }
  return TRUE;
}

static void
drop_memory (SanSpool *self)
{
  if (self->memory == NULL)
    return;
  if (self->memory->len > 0)
    san_wipe (self->memory->data, self->memory->len);
  g_clear_pointer (&self->memory, g_byte_array_unref);
}

gboolean
san_spool_write (SanSpool *self, const void *data, gsize n, GError **error)
{
  if (self->memory != NULL && self->memory->len + n <= MEMORY_LIMIT)
    {
      g_byte_array_append (self->memory, data, (guint) n);
      return TRUE;
    }
  if (self->memory != NULL)
    {
      if (!begin_file (self, error)
          || !write_file (self, self->memory->data, self->memory->len, error))
        return FALSE;
      drop_memory (self);
    }
  return write_file (self, data, n, error);
}

gboolean
san_spool_rewind (SanSpool *self, GError **error)
{
  if (self->memory != NULL)
    return TRUE;
  if (!push_frame (self, TRUE, error))
    return FALSE;
  san_disk_close (self->out);
  self->out = -1;
  self->pull = san_stream_pull_new (self->key, self->header);
  if (self->pull == NULL)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_IO, "temporary file cannot be read");
      return FALSE;
    }
  return TRUE;
}

static gboolean
pull_frame (SanSpool *self, GError **error)
{
  gsize got;
  gboolean final;

  if (!san_disk_read (self->in, self->sealed, SEALED, &got, error))
    return FALSE;
  if (got < SAN_STREAM_OVERHEAD
      || !san_stream_pull (self->pull, self->sealed, got, &final, self->plain))
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_IO, "temporary file was changed under us");
      return FALSE;
    }
  self->fill = got - SAN_STREAM_OVERHEAD;
  self->at = 0;
  self->ended = final;
  return TRUE;
}

gboolean
san_spool_read (SanSpool *self, void *out, gsize n, gsize *got, GError **error)
{
  gsize have = 0;

  if (self->memory != NULL)
    {
      have = MIN (n, self->memory->len - self->at);
      if (have > 0)
        memcpy (out, self->memory->data + self->at, have);
      self->at += have;
      *got = have;
      return TRUE;
    }
  while (have < n)
    {
      gsize step = MIN (n - have, self->fill - self->at);

      memcpy ((guint8 *) out + have, self->plain + self->at, step);
      self->at += step;
      have += step;
      if (have == n || (self->at == self->fill && self->ended))
        break;
      if (self->at == self->fill && !pull_frame (self, error))
        return FALSE;
    }
  *got = have;
  return TRUE;
}

void
san_spool_free (SanSpool *self)
{
  if (self == NULL)
    return;
  drop_memory (self);
  g_free (self->folder);
  san_disk_close (self->out);
  san_disk_close (self->in);
  g_clear_pointer (&self->push, san_stream_push_free);
  g_clear_pointer (&self->pull, san_stream_pull_free);
  g_clear_pointer (&self->key, san_secret_unref);
  if (self->plain != NULL)
    san_wipe (self->plain, FRAME);
  g_free (self->plain);
  g_free (self->sealed);
  g_free (self);
}
