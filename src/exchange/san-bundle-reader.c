/* san-bundle-reader.c - from a file of strangers to items that one known device signed
 *
 * Order is everything: nothing of a step is looked at before the step in front of it is proven,
 * and sizes are believed only from under a signature. Memory: one frame, one item, and zstd's
 * window. */
#include "san-bundle-reader.h"

#include "san-item-order.h"
#include "san-stream.h"
#include "san-zstd.h"

#include <string.h>

#define SEALED_FRAME (SAN_BUNDLE_FRAME_SIZE + SAN_STREAM_OVERHEAD)

typedef enum { STEP_OPENED, STEP_HEADER, STEP_MANIFEST, STEP_END, STEP_FAILED } Step;

struct _SanBundleReader
{
  Step step;
  SanSource *source;
  guint64 file_left;                 /* bytes of the file behind what was read */
  guint8 tags[SAN_BUNDLE_TAGS_SIZE];
  SanBoxKey *key;
  guint key_index;
  SanSecret *file_key;
  SanId32 commitment;
  SanStreamPull *pull;
  guint8 *sealed;                    /* SEALED_FRAME */
  guint8 *frame;                     /* SAN_BUNDLE_FRAME_SIZE */
  gsize frame_size;
  gsize frame_at;
  gboolean final;                    /* the frame in memory is the last one */
  guint64 front_size;                /* plain bytes before the payload */
  gboolean           proven;              /* the manifest, by its device's signature */
  SanIntro *intro;
  SanManifest manifest;
  SanItemOrder order;
  SanHasher *hasher;
  SanInflate *inflate;               /* NULL: payload as it is */
  gboolean inflated;                 /* its frame is complete */
  guint64 payload_left;
  guint64 plain_left;
};

static gboolean
damaged (GError **error, const char *what)
{
  g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED, "bundle: %s", what);
  return FALSE;
}

static gboolean
incomplete (GError **error)
{
  g_set_error (error, SAN_ERROR, SAN_ERROR_INCOMPLETE, "bundle: not complete or damaged");
  return FALSE;
}

static gboolean
read_exactly (SanBundleReader *self, guint8 *out, gsize n, GError **error)
{
  gsize got;

  if (n > self->file_left)
    return incomplete (error);
  if (!san_source_read (self->source, out, n, &got, error))
    return FALSE;
  self->file_left -= got;
  return got == n || incomplete (error);
}

/* --- step 1: is it for us --- */

static gboolean
find_key (SanBundleReader *self, GPtrArray *keys, GError **error)
{
  SanId32 ephemeral;

  memcpy (ephemeral.b, self->tags, 32);
  for (guint i = 0; i < keys->len; i++)
    {
      g_autoptr(GError) problem = NULL;
      SanBoxKey *key = g_ptr_array_index (keys, i);

      self->file_key
          = san_stanza_find (&ephemeral, key, self->tags + 32, SAN_BUNDLE_STANZAS, &problem);
      if (self->file_key != NULL)
        {
          self->key = san_box_key_ref (key);
          self->key_index = i;
          return TRUE;
        }
      if (g_error_matches (problem, SAN_ERROR, SAN_ERROR_DAMAGED))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
    }
  g_set_error (error, SAN_ERROR, SAN_ERROR_NOT_FOR_US, "bundle: sealed for somebody else");
  return FALSE;
}

SanBundleReader *
san_bundle_reader_open (SanSource *source, GPtrArray *keys, GError **error)
{
  g_autoptr(SanBundleReader) self = g_new0 (SanBundleReader, 1);

  self->source = source;
  self->file_left = san_source_get_size (source);
  if (self->file_left > SAN_BUNDLE_FILE_LIMIT)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_NOT_FOR_US,
                   "file of %" G_GUINT64_FORMAT " bytes, no bundle is longer than %u",
                   self->file_left, SAN_BUNDLE_FILE_LIMIT);
      return NULL;
    }
  if (!read_exactly (self, self->tags, sizeof self->tags, error) || !find_key (self, keys, error))
    return NULL;
  return g_steal_pointer (&self);
}

guint
san_bundle_reader_get_key_index (const SanBundleReader *self)
{
  return self->key_index;
}

/* --- step 2: the header --- */

static gboolean
check_commitment (SanBundleReader *self, const guint8 *carried, GError **error)
{
  san_keyed_hash (san_secret_get_data (self->file_key), 32, "san1.commit",
                  self->tags, sizeof self->tags, &self->commitment);
  return memcmp (self->commitment.b, carried, 32) == 0
         || damaged (error, "header does not fit its key");
}

static gboolean
begin_stream (SanBundleReader *self, const guint8 *stream_header, GError **error)
{
  g_autoptr (SanSecret) stream_key
      = san_derive (self->file_key, "san1.stream", self->commitment.b, 32);

  self->pull = san_stream_pull_new (stream_key, stream_header);
  if (self->pull == NULL)
    return damaged (error, "stream cannot begin");
  self->sealed = g_malloc (SEALED_FRAME);
  self->frame = g_malloc (SAN_BUNDLE_FRAME_SIZE);
  return TRUE;
}

gboolean
san_bundle_reader_read_header (SanBundleReader *self, SanId32 *commitment, GError **error)
{
  guint8 rest[SAN_BUNDLE_HEADER_SIZE - SAN_BUNDLE_TAGS_SIZE];

  g_return_val_if_fail (self->step == STEP_OPENED, FALSE);
  self->step = STEP_FAILED;
  if (!read_exactly (self, rest, sizeof rest, error)
      || !check_commitment (self, rest, error)
      || !begin_stream (self, rest + 32, error))
    return FALSE;
  *commitment = self->commitment;
  self->step = STEP_HEADER;
  return TRUE;
}

/* --- frames --- */

/* A last frame that does not open may be one of which bytes are still missing. */
static gboolean
next_frame (SanBundleReader *self, GError **error)
{
  gsize n = (gsize) MIN (self->file_left, SEALED_FRAME);
  gboolean is_last = self->file_left <= SEALED_FRAME;

  if (self->final)
    return damaged (error, "stream ends before what it says");
  if (n <= SAN_STREAM_OVERHEAD)
    return incomplete (error);
  if (!read_exactly (self, self->sealed, n, error))
    return FALSE;
  if (!san_stream_pull (self->pull, self->sealed, n, &self->final, self->frame))
    return is_last ? incomplete (error) : damaged (error, "a frame does not open");
  if (self->final && !is_last)
    return damaged (error, "something follows its last frame");
  if (!self->final && is_last)
    return incomplete (error);
  self->frame_size = n - SAN_STREAM_OVERHEAD;
  self->frame_at = 0;
  return TRUE;
}

/* Up to @most bytes of the stream where they lie; valid until the next call. */
static gboolean
borrow (SanBundleReader *self, guint64 most, const guint8 **out, gsize *n, GError **error)
{
  if (self->frame_at == self->frame_size && !next_frame (self, error))
    return FALSE;
  *out = self->frame + self->frame_at;
  *n = (gsize) MIN (most, self->frame_size - self->frame_at);
  self->frame_at += *n;
  return TRUE;
}

static gboolean
take (SanBundleReader *self, guint8 *out, gsize n, GError **error)
{
  while (n > 0)
    {
      const guint8 *from;
      gsize step;

      if (!borrow (self, n, &from, &step, error))
        return FALSE;
      memcpy (out, from, step);
      out += step;
      n -= step;
    }
  return TRUE;
}

/* --- step 3: who says so --- */

static GBytes *
take_block (SanBundleReader *self, guint32 limit, const char *what, GError **error)
{
  guint32 n;
  g_autofree guint8 *data = NULL;

  if (!take (self, (guint8 *) &n, sizeof n, error))
    return NULL;
  n = GUINT32_FROM_LE (n);
  if (n > limit)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED, "bundle: %s of %u bytes, limit is %u", what,
                   n, limit);
      return NULL;
    }
  data = g_malloc (n);
  if (!take (self, data, n, error))
    return NULL;
  self->front_size += sizeof n + n;
  return g_bytes_new_take (g_steal_pointer (&data), n);
}

static gboolean
untrusted (GError **error, const char *what)
{
  g_set_error (error, SAN_ERROR, SAN_ERROR_UNTRUSTED, "bundle: %s", what);
  return FALSE;
}

/* An intro that is not sound matters only to whom it was to introduce somebody. */
static gboolean
find_device (SanBundleReader *self, GBytes *intro, SanFindSender find, gpointer user_data,
             SanId32 *sign_pk, GError **error)
{
  g_autoptr(GError) problem = NULL;
  SanSenderKnown known;

  if (g_bytes_get_size (intro) > 0)
    self->intro = san_intro_parse (intro, &problem);
  known = find (&self->manifest.centre, &self->manifest.device, self->intro, sign_pk, user_data);
  if (known == SAN_SENDER_KNOWN)
    return TRUE;
  if (known == SAN_SENDER_UNKNOWN)
    return untrusted (error, "from somebody we do not know");
  if (self->intro == NULL)
    return untrusted (error,
                      problem != NULL ? problem->message : "from a device that nothing introduces");
  if (!san_id32_equal (san_intro_get_centre (self->intro), &self->manifest.centre)
      || !san_intro_find_device (self->intro, &self->manifest.device, sign_pk, NULL))
    return untrusted (error, "its intro introduces another device");
  return TRUE;
}

static gboolean
begin_payload (SanBundleReader *self)
{
  self->payload_left = self->manifest.payload_size;
  self->plain_left = self->manifest.plain_size;
  self->hasher = san_hasher_new ("san1.payload");
  if (self->manifest.flags & SAN_BUNDLE_ZSTD)
    self->inflate = san_inflate_new ();
  san_item_order_init (&self->order, self->manifest.flags);
  self->step = STEP_MANIFEST;
  return TRUE;
}

gboolean
san_bundle_reader_read_manifest (SanBundleReader *self, SanFindSender find, gpointer user_data,
                                 GError **error)
{
  g_autoptr(GBytes) intro = NULL;
  g_autoptr(GBytes) manifest = NULL;
  guint8 signature[SAN_SIGNATURE_SIZE];
  SanId32 sign_pk;

  g_return_val_if_fail (self->step == STEP_HEADER, FALSE);
  self->step = STEP_FAILED;
  intro = take_block (self, SAN_BUNDLE_INTRO_LIMIT, "intro", error);
  if (intro == NULL)
    return FALSE;
  manifest = take_block (self, SAN_BUNDLE_MANIFEST_LIMIT, "manifest", error);
  if (manifest == NULL
      || !take (self, signature, sizeof signature, error)
      || !san_manifest_parse (manifest, &self->manifest, error)
      || !find_device (self, intro, find, user_data, &sign_pk, error))
    return FALSE;
  self->front_size += sizeof signature;
  if (!san_manifest_verify (manifest, intro, &self->commitment, &sign_pk, signature))
    return untrusted (error, "signature of its device is wrong");
  if (!san_manifest_has_recipient (&self->manifest, san_box_key_get_public (self->key)))
    return untrusted (error, "it was not made for us");
  self->proven = TRUE;
  return begin_payload (self);
}

gboolean
san_bundle_reader_is_proven (const SanBundleReader *self)
{
  return self->proven;
}

const SanManifest *
san_bundle_reader_get_manifest (const SanBundleReader *self)
{
  return &self->manifest;
}

const SanIntro *
san_bundle_reader_get_intro (const SanBundleReader *self)
{
  return self->intro;
}

/* --- step 4: items --- */

static gboolean
borrow_payload (SanBundleReader *self, guint64 most, const guint8 **out, gsize *n, GError **error)
{
  if (!borrow (self, MIN (most, self->payload_left), out, n, error))
    return FALSE;
  self->payload_left -= *n;
  san_hasher_update (self->hasher, *out, *n);
  return TRUE;
}

static gboolean
take_plain (SanBundleReader *self, guint8 *out, gsize n, GError **error)
{
  while (n > 0)
    {
      const guint8 *from;
      gsize step;

      if (self->payload_left == 0)
        return damaged (error, "payload ends within an item");
      if (!borrow_payload (self, n, &from, &step, error))
        return FALSE;
      memcpy (out, from, step);
      out += step;
      n -= step;
    }
  return TRUE;
}

/* zstd may hold bytes back, so it is asked for more even when there is nothing new to give. */
static gboolean
inflate_some (SanBundleReader *self, guint8 *out, gsize n, gsize *got, GError **error)
{
  const guint8 *from = self->frame + self->frame_at;
  gsize left = (gsize) MIN (self->payload_left, self->frame_size - self->frame_at);
  gsize offered;

  if (left == 0 && self->payload_left > 0)
    {
      if (!next_frame (self, error))
        return FALSE;
      from = self->frame;
      left = (gsize) MIN (self->payload_left, self->frame_size);
    }
  offered = left;
  if (!san_inflate_step (self->inflate, &from, &left, out, n, got, &self->inflated, error))
    return FALSE;
  san_hasher_update (self->hasher, from - (offered - left), offered - left);
  self->frame_at += offered - left;
  self->payload_left -= offered - left;
  if (*got == 0 && offered == left && !self->inflated)
    return damaged (error, "compressed payload ends early");
  return TRUE;
}

static gboolean
take_inflated (SanBundleReader *self, guint8 *out, gsize n, GError **error)
{
  while (n > 0)
    {
      gsize got;

      if (self->inflated)
        return damaged (error, "compressed payload is shorter than it says");
      if (!inflate_some (self, out, n, &got, error))
        return FALSE;
      out += got;
      n -= got;
    }
  return TRUE;
}

static gboolean
take_item_bytes (SanBundleReader *self, guint8 *out, gsize n, GError **error)
{
  if (n > self->plain_left)
    return damaged (error, "an item is longer than what is left of the payload");
  if (!(self->inflate != NULL ? take_inflated (self, out, n, error)
                              : take_plain (self, out, n, error)))
    return FALSE;
  self->plain_left -= n;
  return TRUE;
}

static gboolean
take_item (SanBundleReader *self, SanBundleItem *item, GError **error)
{
  guint8 head[SAN_ITEM_HEAD_SIZE];
  g_autofree guint8 *data = NULL;
  guint32 n;

  if (!take_item_bytes (self, head, sizeof head, error))
    return FALSE;
  if (head[1] != 0 || head[2] != 0 || head[3] != 0)
    return damaged (error, "an item's reserved bytes are not zero");
  memcpy (&n, head + 4, sizeof n);
  n = GUINT32_FROM_LE (n);
  if (!san_item_check_size (head[0], n, error))
    return FALSE;
  if (n > self->plain_left)
    return damaged (error, "an item is longer than what is left of the payload");
  data = g_malloc (n);
  if (!take_item_bytes (self, data, n, error)
      || !san_item_order_check (&self->order, head[0], data, n, error))
    return FALSE;
  san_item_order_follow (&self->order, head[0], data, n);
  item->type = head[0];
  item->bytes = g_bytes_new_take (g_steal_pointer (&data), n);
  return TRUE;
}

/* The compressed frame's own end may still be to come when all its content is there. */
static gboolean
end_inflate (SanBundleReader *self, GError **error)
{
  while (!self->inflated)
    {
      guint8 one;
      gsize got;

      if (!inflate_some (self, &one, 1, &got, error))
        return FALSE;
      if (got > 0)
        return damaged (error, "compressed payload is longer than it says");
    }
  return self->payload_left == 0 || damaged (error, "something follows its only compressed frame");
}

static gboolean
check_payload (SanBundleReader *self, GError **error)
{
  SanId32 hash;

  if (self->inflate != NULL && !end_inflate (self, error))
    return FALSE;
  san_hasher_finish (self->hasher, &hash);
  if (!san_id32_equal (&hash, &self->manifest.payload_hash))
    return damaged (error, "payload is not the one that was signed");
  if (san_item_order_entries (&self->order) != self->manifest.n_entries
      || san_item_order_pieces (&self->order) != self->manifest.n_pieces)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED,
                   "bundle: %u entries and %u pieces, its manifest says %u and %u",
                   san_item_order_entries (&self->order), san_item_order_pieces (&self->order),
                   self->manifest.n_entries, self->manifest.n_pieces);
      return FALSE;
    }
  return TRUE;
}

/* Zeros up to the last frame's end, and as many as the size of such a file asks for. */
static gboolean
check_zeros (SanBundleReader *self, GCancellable *cancellable, GError **error)
{
  guint64 size = san_bundle_size_for (self->front_size + self->manifest.payload_size);

  while (self->frame_at < self->frame_size || !self->final)
    {
      const guint8 *bytes;
      gsize n;

      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !borrow (self, SAN_BUNDLE_FRAME_SIZE, &bytes, &n, error))
        return FALSE;
      for (gsize i = 0; i < n; i++)
        if (bytes[i] != 0)
          return damaged (error, "something follows its payload");
    }
  if (size != san_source_get_size (self->source))
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED,
                   "bundle: file of %" G_GUINT64_FORMAT " bytes, must have %" G_GUINT64_FORMAT,
                   san_source_get_size (self->source), size);
      return FALSE;
    }
  return TRUE;
}

gboolean
san_bundle_reader_next (SanBundleReader *self, SanBundleItem *item, GCancellable *cancellable,
                        GError **error)
{
  g_return_val_if_fail (self->step == STEP_MANIFEST, FALSE);
  self->step = STEP_FAILED;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (self->plain_left > 0)
    {
      if (!take_item (self, item, error))
        return FALSE;
      self->step = STEP_MANIFEST;
      return TRUE;
    }
  if (!check_payload (self, error) || !check_zeros (self, cancellable, error))
    return FALSE;
  item->type = SAN_ITEM_END;
  item->bytes = NULL;
  self->step = STEP_END;
  return TRUE;
}

void
san_bundle_item_clear (SanBundleItem *item)
{
  g_clear_pointer (&item->bytes, g_bytes_unref);
}

void
san_bundle_reader_free (SanBundleReader *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->source, san_source_free);
  g_clear_pointer (&self->key, san_box_key_unref);
  g_clear_pointer (&self->file_key, san_secret_unref);
  g_clear_pointer (&self->pull, san_stream_pull_free);
  g_clear_pointer (&self->hasher, san_hasher_free);
  g_clear_pointer (&self->inflate, san_inflate_free);
  g_clear_pointer (&self->intro, san_intro_free);
  if (self->frame != NULL)
    san_wipe (self->frame, SAN_BUNDLE_FRAME_SIZE);
  g_free (self->frame);
  g_free (self->sealed);
  g_free (self);
}
