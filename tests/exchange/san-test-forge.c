/* san-test-forge.c - header, stream and frames by hand */
#include "san-test-forge.h"

#include "san-hash.h"
#include "san-stream.h"
#include "san-writer.h"

#include <string.h>

void
forge_put_item (GByteArray *payload, guint8 type, const void *data, gsize n)
{
  guint8 head[8] = {
    type, 0, 0, 0, (guint8) n, (guint8) (n >> 8), (guint8) (n >> 16), (guint8) (n >> 24)
  };

  g_byte_array_append (payload, head, sizeof head);
  g_byte_array_append (payload, data, (guint) n);
}

GBytes *
forge_payload (int type, ...)
{
  GByteArray *payload = g_byte_array_new ();
  va_list more;

  va_start (more, type);
  for (; type != 0; type = va_arg (more, int))
    {
      GBytes *bytes = va_arg (more, GBytes *);

      forge_put_item (payload, (guint8) type, g_bytes_get_data (bytes, NULL),
                      g_bytes_get_size (bytes));
    }
  va_end (more);
  return g_byte_array_free_to_bytes (payload);
}

void
forge_init (Forge *self, TestCentre *centre, const SanId32 *recipient)
{
  memset (self, 0, sizeof *self);
  self->manifest.centre = centre->centre;
  self->manifest.device = centre->first.id;
  self->manifest.number = 7;
  self->manifest.wall = 1764000000000;
  self->manifest.n_recipients = 1;
  self->manifest.recipients[0] = *recipient;
  self->signer = centre->first.sign;
  self->stanzas[0] = *recipient;
  self->n_stanzas = 1;
}

static void
count_items (GBytes *payload, SanManifest *manifest)
{
  gsize n;
  const guint8 *data = g_bytes_get_data (payload, &n);

  for (gsize at = 0; at + 8 <= n;)
    {
      guint32 length;

      memcpy (&length, data + at + 4, 4);
      if (data[at] >= 3 && data[at] <= 5)
        manifest->n_entries++;
      if (data[at] == 6)
        manifest->n_pieces++;
      at += 8 + (gsize) length;
    }
}

static GBytes *
encode_manifest (const SanManifest *m)
{
  SanWriter writer;

  san_writer_init (&writer);
  san_writer_put_u16 (&writer, 1);
  san_writer_put_u16 (&writer, m->flags);
  san_writer_put_id32 (&writer, &m->centre);
  san_writer_put_id16 (&writer, &m->device);
  san_writer_put_u64 (&writer, m->number);
  san_writer_put_u64 (&writer, m->wall);
  san_writer_put_u8 (&writer, m->n_recipients);
  for (guint i = 0; i < MIN (m->n_recipients, SAN_BUNDLE_STANZAS); i++)
    san_writer_put_id32 (&writer, &m->recipients[i]);
  san_writer_put_u64 (&writer, m->payload_size);
  san_writer_put_u64 (&writer, m->plain_size);
  san_writer_put_u32 (&writer, m->n_entries);
  san_writer_put_u32 (&writer, m->n_pieces);
  san_writer_put_id32 (&writer, &m->payload_hash);
  return san_writer_end (&writer);
}

static GBytes *
make_manifest (const Forge *self)
{
  SanManifest manifest = self->manifest;

  if (self->raw_manifest != NULL)
    return g_bytes_ref (self->raw_manifest);
  if (!self->keep_manifest)
    {
      manifest.payload_size = g_bytes_get_size (self->payload);
      manifest.plain_size = self->plain_size != 0 ? self->plain_size : manifest.payload_size;
      if (!(manifest.flags & SAN_BUNDLE_ZSTD))
        count_items (self->payload, &manifest);
      san_hash ("san1.payload", g_bytes_get_data (self->payload, NULL),
                g_bytes_get_size (self->payload), &manifest.payload_hash);
    }
  return encode_manifest (&manifest);
}

static void
make_header (const Forge *self, const SanSecret *file_key, guint8 *header)
{
  g_autoptr(SanBoxKey) ephemeral = san_box_key_new_random ();
  SanId32 commitment;

  memcpy (header, san_box_key_get_public (ephemeral)->b, 32);
  san_random (header + 32, 512);
  for (guint i = 0; i < self->n_stanzas; i++)
    g_assert_true (san_stanza_make (ephemeral, &self->stanzas[i], file_key,
                                    header + 32 + (7 - i) * SAN_STANZA_SIZE, NULL));
  san_keyed_hash (san_secret_get_data (file_key), 32, "san1.commit", header, 544, &commitment);
  memcpy (header + 544, commitment.b, 32);
}

static GBytes *
make_front (const Forge *self, const SanId32 *commitment)
{
  g_autoptr(GBytes) manifest = make_manifest (self);
  g_autoptr(GBytes) intro = self->intro != NULL ? g_bytes_ref (self->intro) : g_bytes_new (NULL, 0);
  guint8 signature[64];
  SanWriter signed_bytes;
  SanWriter writer;
  SanId32 hash;

  san_hash ("san1.intro", g_bytes_get_data (intro, NULL), g_bytes_get_size (intro), &hash);
  san_writer_init (&signed_bytes);
  san_writer_put_id32 (&signed_bytes, commitment);
  san_writer_put_id32 (&signed_bytes, &hash);
  san_writer_put_bytes (&signed_bytes, manifest);
  san_sign (self->signer, "san1.bundle", signed_bytes.bytes->data, signed_bytes.bytes->len,
            signature);
  san_writer_clear (&signed_bytes);

  san_writer_init (&writer);
  san_writer_put_u32 (&writer, self->intro_length != 0 ? self->intro_length
                                                       : (guint32) g_bytes_get_size (intro));
  san_writer_put_bytes (&writer, intro);
  san_writer_put_u32 (&writer, (guint32) g_bytes_get_size (manifest));
  san_writer_put_bytes (&writer, manifest);
  san_writer_put (&writer, self->signature != NULL ? self->signature : signature, 64);
  return san_writer_end (&writer);
}

GBytes *
forge_bundle (const Forge *self)
{
  g_autoptr(SanSecret) file_key =
      self->file_key != NULL ? san_secret_ref (self->file_key) : san_secret_new_random (32);
  g_autoptr(SanSecret) stream_key = NULL;
  g_autoptr(SanStreamPush) push = NULL;
  g_autoptr(GBytes) front = NULL;
  g_autoptr(GByteArray) plain = g_byte_array_new ();
  GByteArray *file = g_byte_array_new ();
  SanId32 commitment;
  guint64 had;
  guint64 total;

  g_byte_array_set_size (file, 600);
  if (self->header != NULL)
    memcpy (file->data, g_bytes_get_data (self->header, NULL), 576);
  else
    make_header (self, file_key, file->data);
  memcpy (commitment.b, file->data + 544, 32);
  stream_key = san_derive (file_key, "san1.stream", commitment.b, 32);
  push = san_stream_push_new (stream_key, file->data + 576);
  front = make_front (self, &commitment);
  g_byte_array_append (plain, g_bytes_get_data (front, NULL), (guint) g_bytes_get_size (front));
  if (g_bytes_get_size (self->payload) > 0)
    g_byte_array_append (plain, g_bytes_get_data (self->payload, NULL),
                         (guint) g_bytes_get_size (self->payload));
  had = plain->len;
  total = san_bundle_plain_for (self->size != 0 ? self->size : san_bundle_size_for (had));
  g_assert_cmpuint (total, >=, had);
  g_byte_array_set_size (plain, (guint) total);
  memset (plain->data + had, self->fill, total - had);
  for (guint64 at = 0; at < total; at += SAN_BUNDLE_FRAME_SIZE)
    {
      gsize n = (gsize) MIN (SAN_BUNDLE_FRAME_SIZE, total - at);
      guint end = file->len;

      g_byte_array_set_size (file, end + (guint) n + SAN_STREAM_OVERHEAD);
      san_stream_push (push, plain->data + at, n, at + n == total, file->data + end);
    }
  return g_byte_array_free_to_bytes (file);
}

SanSecret *
forge_open (GBytes *bundle, SanBoxKey *key)
{
  const guint8 *data = g_bytes_get_data (bundle, NULL);
  SanId32 ephemeral;

  memcpy (ephemeral.b, data, 32);
  return san_stanza_find (&ephemeral, key, data + 32, SAN_BUNDLE_STANZAS, NULL);
}

static gboolean
read_all (GBytes *bundle, SanBoxKey *key, SanFindSender find, gpointer data, guint *n_items,
          GError **error)
{
  g_autoptr(GPtrArray) keys = g_ptr_array_new ();
  g_autoptr(SanBundleReader) reader = NULL;
  g_auto(SanBundleItem) item = { SAN_ITEM_HAVE, NULL };
  SanId32 commitment;

  g_ptr_array_add (keys, key);
  reader = san_bundle_reader_open (san_source_new_bytes (bundle), keys, error);
  if (reader == NULL || !san_bundle_reader_read_header (reader, &commitment, error)
      || !san_bundle_reader_read_manifest (reader, find, data, error))
    return FALSE;
  for (;;)
    {
      san_bundle_item_clear (&item);
      if (!san_bundle_reader_next (reader, &item, NULL, error))
        return FALSE;
      if (item.type == SAN_ITEM_END)
        return TRUE;
      *n_items += 1;
    }
}

int
forge_read (GBytes *bundle, SanBoxKey *key, SanFindSender find, gpointer data, guint *n_items)
{
  g_autoptr(GError) error = NULL;
  guint n = 0;
  gboolean ok = read_all (bundle, key, find, data, &n, &error);

  g_assert_true (ok == (error == NULL));
  if (n_items != NULL)
    *n_items = n;
  if (ok)
    return -1;
  g_assert_true (error->domain == SAN_ERROR);
  g_test_message ("%s", error->message);
  return error->code;
}

static SanSenderKnown
find_centre (const SanId32 *centre, const SanId16 *device, const SanIntro *intro, SanId32 *sign_pk,
             gpointer data)
{
  TestCentre *sender = data;

  if (!san_id32_equal (centre, &sender->centre) || !san_id16_equal (device, &sender->first.id))
    return SAN_SENDER_UNKNOWN;
  *sign_pk = *san_sign_key_get_public (sender->first.sign);
  return SAN_SENDER_KNOWN;
}

int
forge_read_of (GBytes *bundle, SanBoxKey *key, TestCentre *sender)
{
  return forge_read (bundle, key, find_centre, sender, NULL);
}
