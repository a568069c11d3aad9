/* san-manifest.c - the signed page in front of a payload; layout: FORMAT.md
 *
 * What is checked here bounds all that the reader does afterwards. */
#include "san-manifest.h"

#include "san-entry.h"
#include "san-payload.h"
#include "san-reader.h"
#include "san-writer.h"

#include <string.h>

#define VERSION      1u
#define KNOWN_FLAGS  (SAN_BUNDLE_RESET | SAN_BUNDLE_ZSTD | SAN_BUNDLE_BACKUP)

static gboolean
refuse (GError **error, const char *what, guint64 is, guint64 limit)
{
  g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED,
               "manifest: %s is %" G_GUINT64_FORMAT ", limit is %" G_GUINT64_FORMAT, what, is,
               limit);
  return FALSE;
}

static gboolean
check_sizes (const SanManifest *self, GError **error)
{
  guint64 least;

  if (self->payload_size > SAN_BUNDLE_PAYLOAD_LIMIT)
    return refuse (error, "payload size", self->payload_size, SAN_BUNDLE_PAYLOAD_LIMIT);
  if (self->plain_size > SAN_BUNDLE_PLAIN_LIMIT)
    return refuse (error, "plain size", self->plain_size, SAN_BUNDLE_PLAIN_LIMIT);
  if (!(self->flags & SAN_BUNDLE_ZSTD) && self->plain_size != self->payload_size)
    return refuse (error, "plain size without zstd", self->plain_size, self->payload_size);
  if (self->plain_size > self->payload_size * SAN_BUNDLE_RATIO_LIMIT)
    return refuse (error, "plain size", self->plain_size,
                   self->payload_size * SAN_BUNDLE_RATIO_LIMIT);
  if (self->n_entries > SAN_BUNDLE_ENTRIES_LIMIT)
    return refuse (error, "entry count", self->n_entries, SAN_BUNDLE_ENTRIES_LIMIT);
  if (self->n_pieces > SAN_BUNDLE_PIECES_LIMIT)
    return refuse (error, "piece count", self->n_pieces, SAN_BUNDLE_PIECES_LIMIT);
  if (self->n_pieces > 0 && self->n_entries > 0)
    return refuse (error, "entry count beside pieces", self->n_entries, 0);
  least = (guint64) self->n_entries * (SAN_ITEM_HEAD_SIZE + SAN_HEADER_SIZE)
          + (guint64) self->n_pieces * (SAN_ITEM_HEAD_SIZE + SAN_PIECE_MIN);
  if (least > self->plain_size)
    return refuse (error, "least size of what it counts", least, self->plain_size);
  return TRUE;
}

static gboolean
check (const SanManifest *self, GError **error)
{
  if (self->n_recipients < 1 || self->n_recipients > SAN_BUNDLE_STANZAS)
    return refuse (error, "recipient count", self->n_recipients, SAN_BUNDLE_STANZAS);
  for (guint i = 1; i < self->n_recipients; i++)
    if (san_id32_compare (&self->recipients[i - 1], &self->recipients[i]) >= 0)
      return refuse (error, "first recipient out of order", i, 0);
  if (self->number < 1 || self->number >= SAN_NUMBER_LIMIT)
    return refuse (error, "bundle number", self->number, SAN_NUMBER_LIMIT);
  return check_sizes (self, error);
}

GBytes *
san_manifest_encode (const SanManifest *self, GError **error)
{
  g_auto(SanWriter) writer = { NULL };
  GError *problem = NULL;

  if (!check (self, &problem) || (self->flags & ~KNOWN_FLAGS) != 0)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_REFUSED, "%s",
                   problem != NULL ? problem->message : "manifest: unknown flag");
      g_clear_error (&problem);
      return NULL;
    }
  san_writer_init (&writer);
  san_writer_put_u16 (&writer, VERSION);
  san_writer_put_u16 (&writer, self->flags);
  san_writer_put_id32 (&writer, &self->centre);
  san_writer_put_id16 (&writer, &self->device);
  san_writer_put_u64 (&writer, self->number);
  san_writer_put_u64 (&writer, self->wall);
  san_writer_put_u8 (&writer, self->n_recipients);
  for (guint i = 0; i < self->n_recipients; i++)
    san_writer_put_id32 (&writer, &self->recipients[i]);
  san_writer_put_u64 (&writer, self->payload_size);
  san_writer_put_u64 (&writer, self->plain_size);
  san_writer_put_u32 (&writer, self->n_entries);
  san_writer_put_u32 (&writer, self->n_pieces);
  san_writer_put_id32 (&writer, &self->payload_hash);
  return san_writer_end (&writer);
}

/* The version is asked first and alone: of a later one we know nothing else. */
static gboolean
take_version (SanReader *reader, guint16 *flags, GError **error)
{
  guint16 version;

  if (!san_reader_take_u16 (reader, &version, error) || !san_reader_take_u16 (reader, flags, error))
    return FALSE;
  if (version == 0)
    return refuse (error, "version", 0, VERSION);
  if (version > VERSION || (*flags & ~KNOWN_FLAGS) != 0)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_TOO_NEW,
                   "manifest: version %u with flags %u, known are version %u and flags %u",
                   version, *flags, VERSION, (guint) KNOWN_FLAGS);
      return FALSE;
    }
  return TRUE;
}

gboolean
san_manifest_parse (GBytes *bytes, SanManifest *out, GError **error)
{
  SanManifest self = { 0 };
  SanReader reader;

  san_reader_init_bytes (&reader, bytes, "manifest");
  if (!take_version (&reader, &self.flags, error)
      || !san_reader_take_id32 (&reader, &self.centre, error)
      || !san_reader_take_id16 (&reader, &self.device, error)
      || !san_reader_take_u64 (&reader, &self.number, error)
      || !san_reader_take_u64 (&reader, &self.wall, error)
      || !san_reader_take_u8 (&reader, &self.n_recipients, error))
    return FALSE;
  if (self.n_recipients > SAN_BUNDLE_STANZAS)
    return refuse (error, "recipient count", self.n_recipients, SAN_BUNDLE_STANZAS);
  for (guint i = 0; i < self.n_recipients; i++)
    if (!san_reader_take_id32 (&reader, &self.recipients[i], error))
      return FALSE;
  if (!san_reader_take_u64 (&reader, &self.payload_size, error)
      || !san_reader_take_u64 (&reader, &self.plain_size, error)
      || !san_reader_take_u32 (&reader, &self.n_entries, error)
      || !san_reader_take_u32 (&reader, &self.n_pieces, error)
      || !san_reader_take_id32 (&reader, &self.payload_hash, error)
      || !san_reader_take_end (&reader, error)
      || !check (&self, error))
    return FALSE;
  *out = self;
  return TRUE;
}

/**
 * san_manifest_has_recipient:
 *
 * A reader must be one of those whom the sender named, else a recipient could hand the stream on.
 */
gboolean
san_manifest_has_recipient (const SanManifest *self, const SanId32 *box_pk)
{
  for (guint i = 0; i < self->n_recipients; i++)
    if (san_id32_equal (&self->recipients[i], box_pk))
      return TRUE;
  return FALSE;
}

static GBytes *
signed_bytes (GBytes *manifest, GBytes *intro, const SanId32 *commitment)
{
  g_auto(SanWriter) writer = { NULL };
  SanId32 intro_hash;
  gsize n;
  const void *data = g_bytes_get_data (intro, &n);

  san_hash ("san1.intro", data, n, &intro_hash);
  san_writer_init (&writer);
  san_writer_put_id32 (&writer, commitment);
  san_writer_put_id32 (&writer, &intro_hash);
  san_writer_put_bytes (&writer, manifest);
  return san_writer_end (&writer);
}

/**
 * san_manifest_sign:
 * @intro: may be of no bytes
 *
 * The commitment binds the signature to one header, so to exactly these eight stanzas.
 */
void
san_manifest_sign (GBytes *manifest, GBytes *intro, const SanId32 *commitment,
                   const SanSignKey *device, guint8 out[SAN_SIGNATURE_SIZE])
{
  g_autoptr(GBytes) covered = signed_bytes (manifest, intro, commitment);

  san_sign (device, "san1.bundle", g_bytes_get_data (covered, NULL), g_bytes_get_size (covered),
            out);
}

gboolean
san_manifest_verify (GBytes *manifest, GBytes *intro, const SanId32 *commitment,
                     const SanId32 *device_pk, const guint8 signature[SAN_SIGNATURE_SIZE])
{
  g_autoptr(GBytes) covered = signed_bytes (manifest, intro, commitment);

  return san_verify (device_pk, "san1.bundle", g_bytes_get_data (covered, NULL),
                     g_bytes_get_size (covered), signature);
}
