/* san-bundle-writer.c - items to spool, spool to file
 *
 * The manifest in front signs the hash of what follows, and the commitment before it binds the
 * signature to this header: so the payload is made first, into a spool, and the file afterwards
 * in one go. What is not yet renamed is not yet a bundle. */
#include "san-bundle-writer.h"

#include "san-bundle-reader.h"
#include "san-disk.h"
#include "san-item-order.h"
#include "san-spool.h"
#include "san-stream.h"
#include "san-time.h"
#include "san-writer.h"
#include "san-zstd.h"

#include <string.h>

#define SEALED_FRAME (SAN_BUNDLE_FRAME_SIZE + SAN_STREAM_OVERHEAD)
/* An item is never split, and what zstd still holds back or adds must fit too. */
#define ROOM_KEPT    (4u << 20)

struct _SanBundleWriter
{
  SanManifest manifest;
  SanSignKey *sign_key;
  SanBoxKey *own_key;
  GBytes *intro;
  char *temp_dir;
  SanItemOrder order;
  SanSpool *spool;
  SanDeflate *deflate;               /* NULL: as it is */
  SanHasher *hasher;
  guint64 carried;                   /* bytes in the spool */
  guint64 plain;
  gboolean broken;                   /* the spool failed: never finish */
};

/* --- begin --- */

static gboolean
set_recipients (SanBundleWriter *self, const SanBundleSpec *spec, GError **error)
{
  SanManifest *manifest = &self->manifest;

  if (spec->n_recipients < 1 || spec->n_recipients > SAN_BUNDLE_STANZAS)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_REFUSED, "bundle for %u recipients, limit is %u",
                   spec->n_recipients, SAN_BUNDLE_STANZAS);
      return FALSE;
    }
  memcpy (manifest->recipients, spec->recipients, spec->n_recipients * sizeof (SanId32));
  qsort (manifest->recipients, spec->n_recipients, sizeof (SanId32), san_id32_compare);
  for (guint i = 0; i < spec->n_recipients; i++)
    if (i == 0 || !san_id32_equal (&manifest->recipients[i - 1], &manifest->recipients[i]))
      manifest->recipients[manifest->n_recipients++] = manifest->recipients[i];
  memset (manifest->recipients + manifest->n_recipients, 0,
          (SAN_BUNDLE_STANZAS - manifest->n_recipients) * sizeof (SanId32));
  if (!san_manifest_has_recipient (manifest, san_box_key_get_public (spec->own_key)))
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_REFUSED, "bundle that its own maker could not open");
      return FALSE;
    }
  return TRUE;
}

static gboolean
spool_sink (gpointer sink, const void *data, gsize n, GError **error)
{
  SanBundleWriter *self = sink;

  self->carried += n;
  san_hasher_update (self->hasher, data, n);
  return san_spool_write (self->spool, data, n, error);
}

static void
begin_spool (SanBundleWriter *self)
{
  self->spool = san_spool_new (self->temp_dir);
  self->hasher = san_hasher_new ("san1.payload");
  self->carried = 0;
  if (self->manifest.flags & SAN_BUNDLE_ZSTD)
    self->deflate = san_deflate_new (spool_sink, self);
}

/**
 * san_bundle_writer_new:
 *
 * Returns: (transfer full) (nullable): %SAN_ERROR_REFUSED if @spec breaks the format
 */
SanBundleWriter *
san_bundle_writer_new (const SanBundleSpec *spec, GError **error)
{
  g_autoptr(SanBundleWriter) self = g_new0 (SanBundleWriter, 1);

  if (!set_recipients (self, spec, error))
    return NULL;
  if (spec->intro != NULL && g_bytes_get_size (spec->intro) > SAN_BUNDLE_INTRO_LIMIT)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_REFUSED,
                   "intro of %" G_GSIZE_FORMAT " bytes, limit is %u",
                   g_bytes_get_size (spec->intro), SAN_BUNDLE_INTRO_LIMIT);
      return NULL;
    }
  self->manifest.flags = spec->flags;
  self->manifest.centre = spec->centre;
  self->manifest.device = spec->device;
  self->manifest.number = spec->number;
  self->manifest.wall = spec->wall != 0 ? spec->wall : (guint64) MAX (0, san_clock_now ());
  self->sign_key = san_sign_key_ref (spec->sign_key);
  self->own_key = san_box_key_ref (spec->own_key);
  self->intro = spec->intro != NULL ? g_bytes_ref (spec->intro) : g_bytes_new (NULL, 0);
  self->temp_dir = g_strdup (spec->temp_dir);
  san_item_order_init (&self->order, spec->flags);
  begin_spool (self);
  return g_steal_pointer (&self);
}

/* --- items --- */

gboolean
san_bundle_writer_has_room (const SanBundleWriter *self, SanItemType type, gsize n)
{
  if (self->plain + SAN_ITEM_HEAD_SIZE + n > SAN_BUNDLE_PAYLOAD_LIMIT - ROOM_KEPT)
    return FALSE;
  switch (type)
    {
    case SAN_ITEM_WANT:
      return self->order.n_of_type[SAN_ITEM_WANT] < SAN_WANTS_LIMIT;
    case SAN_ITEM_AUTHORITY:
    case SAN_ITEM_ENTRY:
    case SAN_ITEM_HEADER:
      return san_item_order_entries (&self->order) < SAN_BUNDLE_ENTRIES_LIMIT;
    case SAN_ITEM_PIECE:
      return san_item_order_pieces (&self->order) < SAN_BUNDLE_PIECES_LIMIT
             && san_item_order_entries (&self->order) == 0;
    default:
      return TRUE;
    }
}

static gboolean
put (SanBundleWriter *self, const void *data, gsize n, GError **error)
{
  if (n == 0)
    return TRUE;
  self->broken = !(self->deflate != NULL ? san_deflate_write (self->deflate, data, n, error)
                                         : spool_sink (self, data, n, error));
  return !self->broken;
}

gboolean
san_bundle_writer_add (SanBundleWriter *self, SanItemType type, const void *data, gsize n,
                       GError **error)
{
  GError *problem = NULL;
  guint8 head[SAN_ITEM_HEAD_SIZE] = { (guint8) type };
  guint32 length = GUINT32_TO_LE ((guint32) n);

  g_return_val_if_fail (self->spool != NULL && !self->broken, FALSE);
  if (!san_item_order_check (&self->order, (guint8) type, data, n, &problem))
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_REFUSED, "%s", problem->message);
      g_error_free (problem);
      return FALSE;
    }
  if (!san_bundle_writer_has_room (self, type, n))
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_REFUSED,
                   "bundle is full: %" G_GUINT64_FORMAT " bytes and %u entries are in it",
                   self->plain, san_item_order_entries (&self->order));
      return FALSE;
    }
  memcpy (head + 4, &length, sizeof length);
  if (!put (self, head, sizeof head, error) || !put (self, data, n, error))
    return FALSE;
  san_item_order_follow (&self->order, (guint8) type, data, n);
  self->plain += sizeof head + n;
  return TRUE;
}

guint64
san_bundle_writer_get_plain_size (const SanBundleWriter *self)
{
  return self->plain;
}

/* --- payload done --- */

/* Forms of one letter repeated shrink further than a reader believes: those go as they are. */
static gboolean
unpack_spool (SanBundleWriter *self, GError **error)
{
  g_autoptr(SanSpool) packed = g_steal_pointer (&self->spool);
  g_autoptr(SanInflate) inflate = san_inflate_new ();
  g_autofree guint8 *in = g_malloc (SAN_BUNDLE_FRAME_SIZE);
  g_autofree guint8 *out = g_malloc (SAN_BUNDLE_FRAME_SIZE);
  const guint8 *from = in;
  gsize left = 0;
  gboolean ended = FALSE;

  g_clear_pointer (&self->hasher, san_hasher_free);
  self->manifest.flags &= (guint16) ~SAN_BUNDLE_ZSTD;
  begin_spool (self);
  while (!ended)
    {
      gsize got;

      if (left == 0)
        {
          if (!san_spool_read (packed, in, SAN_BUNDLE_FRAME_SIZE, &left, error))
            return FALSE;
          from = in;
          g_return_val_if_fail (left > 0, FALSE);
        }
      if (!san_inflate_step (inflate, &from, &left, out, SAN_BUNDLE_FRAME_SIZE, &got, &ended, error)
          || !spool_sink (self, out, got, error))
        return FALSE;
    }
  san_wipe (out, SAN_BUNDLE_FRAME_SIZE);
  return san_spool_rewind (self->spool, error);
}

static gboolean
end_payload (SanBundleWriter *self, GError **error)
{
  SanManifest *manifest = &self->manifest;

  if (self->deflate != NULL && !san_deflate_end (self->deflate, error))
    return FALSE;
  g_clear_pointer (&self->deflate, san_deflate_free);
  if (!san_spool_rewind (self->spool, error))
    return FALSE;
  if (self->plain > self->carried * SAN_BUNDLE_RATIO_LIMIT && !unpack_spool (self, error))
    return FALSE;
  manifest->payload_size = self->carried;
  manifest->plain_size = self->plain;
  manifest->n_entries = san_item_order_entries (&self->order);
  manifest->n_pieces = san_item_order_pieces (&self->order);
  san_hasher_finish (self->hasher, &manifest->payload_hash);
  return TRUE;
}

/* --- header --- */

static guint
random_below (guint limit)
{
  guint8 dice;

  do
    san_random (&dice, 1);
  while (dice >= 256 - 256 % limit);
  return dice % limit;
}

/* Fisher and Yates: where a stanza lies says nothing of whose it is. */
static void
shuffle (guint8 stanzas[SAN_BUNDLE_STANZAS][SAN_STANZA_SIZE])
{
  for (guint i = SAN_BUNDLE_STANZAS - 1; i > 0; i--)
    {
      guint j = random_below (i + 1);
      guint8 kept[SAN_STANZA_SIZE];

      memcpy (kept, stanzas[i], SAN_STANZA_SIZE);
      memcpy (stanzas[i], stanzas[j], SAN_STANZA_SIZE);
      memcpy (stanzas[j], kept, SAN_STANZA_SIZE);
    }
}

/* Bytes 0 to 543: the ephemeral key and eight stanzas, unused ones random. */
static gboolean
make_tags (const SanManifest *manifest, const SanSecret *file_key, guint8 *header, GError **error)
{
  g_autoptr(SanBoxKey) ephemeral = san_box_key_new_random ();
  guint8 stanzas[SAN_BUNDLE_STANZAS][SAN_STANZA_SIZE];

  san_random (stanzas, sizeof stanzas);
  for (guint i = 0; i < manifest->n_recipients; i++)
    if (!san_stanza_make (ephemeral, &manifest->recipients[i], file_key, stanzas[i], error))
      return FALSE;
  shuffle (stanzas);
  memcpy (header, san_box_key_get_public (ephemeral)->b, 32);
  memcpy (header + 32, stanzas, sizeof stanzas);
  return TRUE;
}

static SanStreamPush *
make_header (SanBundleWriter *self, guint8 header[SAN_BUNDLE_HEADER_SIZE], SanId32 *commitment,
             GError **error)
{
  g_autoptr(SanSecret) file_key = san_secret_new_random (32);
  g_autoptr(SanSecret) stream_key = NULL;

  if (!make_tags (&self->manifest, file_key, header, error))
    return NULL;
  san_keyed_hash (san_secret_get_data (file_key), 32, "san1.commit", header, SAN_BUNDLE_TAGS_SIZE,
                  commitment);
  memcpy (header + SAN_BUNDLE_TAGS_SIZE, commitment->b, 32);
  stream_key = san_derive (file_key, "san1.stream", commitment->b, 32);
  return san_stream_push_new (stream_key, header + SAN_BUNDLE_TAGS_SIZE + 32);
}

/* --- file --- */

typedef struct
{
  SanPartFile *file;
  SanStreamPush *push;
  guint64 left;                      /* plain bytes still to come, zeros among them */
  gsize fill;
  guint8 *plain;
  guint8 *sealed;
} FrameOut;

static gboolean
frame_out_put (FrameOut *self, const void *data, gsize n, GError **error)
{
  const guint8 *from = data;

  while (n > 0)
    {
      gsize step = MIN (n, SAN_BUNDLE_FRAME_SIZE - self->fill);

      memcpy (self->plain + self->fill, from, step);
      from += step;
      n -= step;
      self->fill += step;
      self->left -= step;
      if (self->fill < SAN_BUNDLE_FRAME_SIZE && self->left > 0)
        continue;
      san_stream_push (self->push, self->plain, self->fill, self->left == 0, self->sealed);
      if (!san_part_file_write (self->file, self->sealed, self->fill + SAN_STREAM_OVERHEAD, error))
        return FALSE;
      self->fill = 0;
    }
  return TRUE;
}

static gboolean
put_payload (SanBundleWriter *self, FrameOut *out, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *buffer = g_malloc (SAN_BUNDLE_FRAME_SIZE);
  gboolean ok = TRUE;
  gsize got = 1;

  while (ok && got > 0)
    ok = !g_cancellable_set_error_if_cancelled (cancellable, error)
         && san_spool_read (self->spool, buffer, SAN_BUNDLE_FRAME_SIZE, &got, error)
         && frame_out_put (out, buffer, got, error);
  san_wipe (buffer, SAN_BUNDLE_FRAME_SIZE);
  return ok;
}

static gboolean
put_zeros (FrameOut *out, GError **error)
{
  static const guint8 zeros[4096];

  while (out->left > 0)
    if (!frame_out_put (out, zeros, MIN (out->left, sizeof zeros), error))
      return FALSE;
  return TRUE;
}

/* Intro, manifest and signature. */
static GBytes *
make_front (SanBundleWriter *self, const SanId32 *commitment, GError **error)
{
  g_autoptr(GBytes) manifest = san_manifest_encode (&self->manifest, error);
  g_auto(SanWriter) writer = { NULL };
  guint8 signature[SAN_SIGNATURE_SIZE];

  if (manifest == NULL)
    return NULL;
  san_manifest_sign (manifest, self->intro, commitment, self->sign_key, signature);
  san_writer_init (&writer);
  san_writer_put_u32 (&writer, (guint32) g_bytes_get_size (self->intro));
  san_writer_put_bytes (&writer, self->intro);
  san_writer_put_u32 (&writer, (guint32) g_bytes_get_size (manifest));
  san_writer_put_bytes (&writer, manifest);
  san_writer_put (&writer, signature, sizeof signature);
  return san_writer_end (&writer);
}

static gboolean
write_file (SanBundleWriter *self, SanPartFile *file, GFile *folder, SanBundleResult *result,
            GCancellable *cancellable, GError **error)
{
  guint8 header[SAN_BUNDLE_HEADER_SIZE];
  g_autoptr(SanStreamPush) push = make_header (self, header, &result->commitment, error);
  g_autoptr(GBytes) front = push != NULL ? make_front (self, &result->commitment, error) : NULL;
  g_autofree guint8 *plain = g_malloc (SAN_BUNDLE_FRAME_SIZE);
  g_autofree guint8 *sealed = g_malloc (SEALED_FRAME);
  FrameOut out = { file, push, 0, 0, plain, sealed };
  gboolean ok;

  if (front == NULL)
    return FALSE;
  result->size = san_bundle_size_for (g_bytes_get_size (front) + self->carried);
  out.left = san_bundle_plain_for (result->size);
  ok = san_disk_check_room (folder, result->size, cancellable, error)
       && san_part_file_write (file, header, sizeof header, error)
       && frame_out_put (&out, g_bytes_get_data (front, NULL), g_bytes_get_size (front), error)
       && put_payload (self, &out, cancellable, error)
       && put_zeros (&out, error);
  san_wipe (plain, SAN_BUNDLE_FRAME_SIZE);
  return ok;
}

/* --- read back --- */

static SanSenderKnown
find_self (const SanId32 *centre, const SanId16 *device, const SanIntro *intro, SanId32 *sign_pk,
           gpointer data)
{
  const SanBundleWriter *self = data;

  *sign_pk = *san_sign_key_get_public (self->sign_key);
  return SAN_SENDER_KNOWN;
}

static gboolean
read_whole (SanBundleWriter *self, const char *path, const SanId32 *commitment,
            GCancellable *cancellable, GError **error)
{
  g_autoptr(GPtrArray) keys = g_ptr_array_new ();
  SanSource *source = san_source_open_path (path, error);
  g_autoptr(SanBundleReader) reader = NULL;
  g_auto(SanBundleItem) item = { SAN_ITEM_HAVE, NULL };
  SanId32 found;

  if (source == NULL)
    return FALSE;
  g_ptr_array_add (keys, self->own_key);
  reader = san_bundle_reader_open (source, keys, error);
  if (reader == NULL || !san_bundle_reader_read_header (reader, &found, error)
      || !san_bundle_reader_read_manifest (reader, find_self, self, error))
    return FALSE;
  while (item.type != SAN_ITEM_END)
    {
      san_bundle_item_clear (&item);
      if (!san_bundle_reader_next (reader, &item, cancellable, error))
        return FALSE;
    }
  if (!san_id32_equal (&found, commitment))
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_IO, "another file came back");
      return FALSE;
    }
  return TRUE;
}

/* Whatever the reader says, here it means that the medium did not keep what we wrote. */
static gboolean
check_written (SanBundleWriter *self, const char *path, const SanId32 *commitment,
               GCancellable *cancellable, GError **error)
{
  GError *problem = NULL;

  if (!san_disk_forget (path, error))
    return FALSE;
  if (read_whole (self, path, commitment, cancellable, &problem))
    return TRUE;
  if (g_error_matches (problem, SAN_ERROR, SAN_ERROR_DAMAGED)
      || g_error_matches (problem, SAN_ERROR, SAN_ERROR_INCOMPLETE)
      || g_error_matches (problem, SAN_ERROR, SAN_ERROR_NOT_FOR_US)
      || g_error_matches (problem, SAN_ERROR, SAN_ERROR_UNTRUSTED))
    problem->code = SAN_ERROR_IO;
  g_propagate_prefixed_error (error, problem, "reading back: ");
  return FALSE;
}

gboolean
san_bundle_writer_finish (SanBundleWriter *self, const char *folder, SanBundleResult *out,
                          GCancellable *cancellable, GError **error)
{
  g_auto(SanBundleResult) result = { 0 };
  g_autoptr(SanPartFile) file = NULL;
  g_autoptr(GFile) place = g_file_new_for_path (folder);

  g_return_val_if_fail (self->spool != NULL && !self->broken, FALSE);
  self->broken = TRUE;               /* once only, whatever happens */
  if (!end_payload (self, error))
    return FALSE;
  result.name = san_bundle_name_new ();
  file = san_part_file_new (folder, result.name, error);
  if (file == NULL
      || !write_file (self, file, place, &result, cancellable, error)
      || !san_part_file_commit (file, TRUE, error))
    return FALSE;
  if (!check_written (self, san_part_file_get_path (file), &result.commitment, cancellable, error))
    {
      san_part_file_undo (file);
      return FALSE;
    }
  result.manifest = self->manifest;
  *out = result;
  result.name = NULL;
  return TRUE;
}

void
san_bundle_result_clear (SanBundleResult *self)
{
  g_clear_pointer (&self->name, g_free);
}

void
san_bundle_writer_free (SanBundleWriter *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->deflate, san_deflate_free);
  g_clear_pointer (&self->spool, san_spool_free);
  g_clear_pointer (&self->hasher, san_hasher_free);
  g_clear_pointer (&self->sign_key, san_sign_key_unref);
  g_clear_pointer (&self->own_key, san_box_key_unref);
  g_clear_pointer (&self->intro, g_bytes_unref);
  g_free (self->temp_dir);
  g_free (self);
}
