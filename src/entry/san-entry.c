/* san-entry.c - header and body of one signed entry
 *
 * A header is read whole or refused: what this file accepts encodes back to the same 240 bytes.
 * The entry id leaves the signature out, so that two valid signatures over one header are one
 * entry and not a fork. Nothing here looks into a body. */
#include "san-entry.h"

#include "san-canonical-private.h"
#include "san-writer.h"

#include <string.h>

#define MAGIC            "SAN1"
#define KNOWN_FLAGS      (SAN_FLAG_MUST_UNDERSTAND | SAN_FLAG_CLOCK_DOUBTFUL)
#define CONTEXT_OFFSET   8
#define CONTEXT_SIZE     128
#define JOURNAL_RANDOM   6

struct _SanEntry
{
  SanHeader header;
  guint8    raw[SAN_HEADER_SIZE];
  SanId32   id;
  GBytes   *body;                      /* NULL where a case was erased */
  gint      signature;                 /* atomic: 0 not looked at yet, 1 fits, 2 does not */
};

static gboolean
check_fields (const SanHeader *self, GError **error)
{
  gboolean founding = self->kind == SAN_KIND_FOUNDING;

  if (self->kind <= SAN_KIND_KEY_GRANT && (self->flags & ~KNOWN_FLAGS) != 0)
    return san_damaged (error, "entry header: flags %u in kind %u", self->flags, self->kind);
  if (founding != san_id32_is_zero (&self->dossier))
    return san_damaged (error, "entry header: dossier must be zero in a founding entry only");
  if (self->number == 0 || self->number >= SAN_NUMBER_LIMIT)
    return san_damaged (error, "entry header: number %" G_GUINT64_FORMAT, self->number);
  if ((self->number == 1) != san_id32_is_zero (&self->previous))
    return san_damaged (error, "entry header: previous must be zero in number 1 only");
  if (founding && self->number != 1)
    return san_damaged (error, "entry header: founding entry has number %" G_GUINT64_FORMAT
                        ", must be 1", self->number);
  if (self->body_size > SAN_BODY_LIMIT)
    return san_damaged (error, "entry header: body of %u bytes, limit is %u",
                        self->body_size, SAN_BODY_LIMIT);
  return TRUE;
}

gboolean
san_header_parse (const guint8 *data, gsize n, SanHeader *out, GError **error)
{
  SanReader reader;
  SanHeader self = { 0 };

  san_reader_init (&reader, data, n, "entry header");
  if (!san_reader_take_magic (&reader, MAGIC, error) ||
      !san_reader_take_u8 (&reader, &self.kind, error) ||
      !san_reader_take_u8 (&reader, &self.flags, error) ||
      !san_reader_take_zeros (&reader, 2, error) ||
      !san_reader_take_id32 (&reader, &self.dossier, error) ||
      !san_reader_take_id16 (&reader, &self.journal, error) ||
      !san_reader_take_u64 (&reader, &self.number, error) ||
      !san_reader_take_id32 (&reader, &self.previous, error) ||
      !san_reader_take_id32 (&reader, &self.author, error) ||
      !san_reader_take_u64 (&reader, &self.wall, error) ||
      !san_reader_take_u32 (&reader, &self.body_size, error) ||
      !san_reader_take_zeros (&reader, 4, error) ||
      !san_reader_take_id32 (&reader, &self.body_hash, error) ||
      !san_reader_take_copy (&reader, self.signature, sizeof self.signature, error) ||
      !san_reader_take_end (&reader, error) ||
      !check_fields (&self, error))
    return FALSE;
  *out = self;
  return TRUE;
}

void
san_header_encode (const SanHeader *self, guint8 out[SAN_HEADER_SIZE])
{
  g_auto(SanWriter) writer = { 0 };

  san_writer_init (&writer);
  san_writer_put_magic (&writer, MAGIC);
  san_writer_put_u8 (&writer, self->kind);
  san_writer_put_u8 (&writer, self->flags);
  san_writer_put_zeros (&writer, 2);
  san_writer_put_id32 (&writer, &self->dossier);
  san_writer_put_id16 (&writer, &self->journal);
  san_writer_put_u64 (&writer, self->number);
  san_writer_put_id32 (&writer, &self->previous);
  san_writer_put_id32 (&writer, &self->author);
  san_writer_put_u64 (&writer, self->wall);
  san_writer_put_u32 (&writer, self->body_size);
  san_writer_put_zeros (&writer, 4);
  san_writer_put_id32 (&writer, &self->body_hash);
  san_writer_put (&writer, self->signature, sizeof self->signature);
  memcpy (out, writer.bytes->data, SAN_HEADER_SIZE);
}

static void
free_fields (gpointer entry)
{
  g_clear_pointer (&((SanEntry *) entry)->body, g_bytes_unref);
}

/**
 * san_entry_new:
 * @header: @n bytes, which must be 240
 * @body: (nullable): absent where a case was erased
 *
 * Returns: (transfer full): a well-formed entry, not yet trusted; or %NULL with DAMAGED
 */
SanEntry *
san_entry_new (const guint8 *header, gsize n, GBytes *body, GError **error)
{
  SanHeader parsed;
  SanEntry *self;

  if (!san_header_parse (header, n, &parsed, error))
    return NULL;
  if (body != NULL && g_bytes_get_size (body) != parsed.body_size)
    {
      san_damaged (error, "entry: body has %" G_GSIZE_FORMAT " bytes, header says %u",
                   g_bytes_get_size (body), parsed.body_size);
      return NULL;
    }
  self = g_atomic_rc_box_new0 (SanEntry);
  self->header = parsed;
  memcpy (self->raw, header, SAN_HEADER_SIZE);
  san_hash ("san1.entry.id", self->raw, SAN_SIGNED_SIZE, &self->id);
  self->body = body != NULL ? g_bytes_ref (body) : NULL;
  return self;
}

/**
 * san_entry_new_from_bytes:
 * @bytes: header and body, nothing after
 *
 * Returns: (transfer full): as san_entry_new()
 */
SanEntry *
san_entry_new_from_bytes (GBytes *bytes, GError **error)
{
  gsize n;
  const guint8 *data = g_bytes_get_data (bytes, &n);
  g_autoptr(GBytes) body = NULL;

  if (n < SAN_HEADER_SIZE)
    {
      san_damaged (error, "entry: %" G_GSIZE_FORMAT " bytes, a header has %u", n, SAN_HEADER_SIZE);
      return NULL;
    }
  body = g_bytes_new_from_bytes (bytes, SAN_HEADER_SIZE, n - SAN_HEADER_SIZE);
  return san_entry_new (data, SAN_HEADER_SIZE, body, error);
}

/**
 * san_entry_sign:
 * @draft: size and hash of the body and the signature are ignored and filled in
 * @key: the author's; the draft's author must be its public half
 *
 * Returns: (transfer full): the entry; INVALID if the draft is not one that we may write
 */
SanEntry *
san_entry_sign (const SanHeader *draft, GBytes *body, const SanSignKey *key, GError **error)
{
  SanHeader header = *draft;
  guint8 raw[SAN_HEADER_SIZE];
  gsize n;
  const guint8 *data = g_bytes_get_data (body, &n);

  if (!san_id32_equal (&header.author, san_sign_key_get_public (key)) ||
      header.kind > SAN_KIND_KEY_GRANT)
    {
      san_invalid (error, "draft of an entry: kind %u, or an author other than the signer",
                   header.kind);
      return NULL;
    }
  if (n > SAN_BODY_LIMIT)
    {
      san_refused (error, "body of %" G_GSIZE_FORMAT " bytes, limit is %u", n, SAN_BODY_LIMIT);
      return NULL;
    }
  header.body_size = (guint32) n;
  san_hash ("san1.body", data, n, &header.body_hash);
  memset (header.signature, 0, sizeof header.signature);
  san_header_encode (&header, raw);
  san_sign (key, "san1.entry.sig", raw, SAN_SIGNED_SIZE, raw + SAN_SIGNED_SIZE);
  return san_entry_new (raw, sizeof raw, body, error);
}

SanEntry *
san_entry_ref (SanEntry *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
san_entry_unref (SanEntry *self)
{
  g_atomic_rc_box_release_full (self, free_fields);
}

const SanHeader *
san_entry_get_header (const SanEntry *self)
{
  return &self->header;
}

const guint8 *
san_entry_get_raw_header (const SanEntry *self)
{
  return self->raw;
}

const SanId32 *
san_entry_get_id (const SanEntry *self)
{
  return &self->id;
}

/**
 * san_entry_get_dossier:
 *
 * Returns: (transfer none): the dossier that the entry stands in: a founding entry's own id
 */
const SanId32 *
san_entry_get_dossier (const SanEntry *self)
{
  return self->header.kind == SAN_KIND_FOUNDING ? &self->id : &self->header.dossier;
}

GBytes *
san_entry_get_body (const SanEntry *self)
{
  return self->body;
}

GBytes *
san_entry_to_bytes (const SanEntry *self)
{
  g_auto(SanWriter) writer = { 0 };

  if (self->body == NULL)
    return NULL;
  san_writer_init (&writer);
  san_writer_put (&writer, self->raw, SAN_HEADER_SIZE);
  san_writer_put_bytes (&writer, self->body);
  return san_writer_end (&writer);
}

/* Returns: (transfer full): the same entry as it is kept after an erasure. */
SanEntry *
san_entry_without_body (const SanEntry *self)
{
  return san_entry_new (self->raw, SAN_HEADER_SIZE, NULL, NULL);
}

/**
 * san_entry_check_signature:
 *
 * Any thread. What was found is remembered, since nothing of an entry ever changes.
 */
gboolean
san_entry_check_signature (const SanEntry *self, GError **error)
{
  gint *found = &((SanEntry *) self)->signature;

  if (g_atomic_int_get (found) == 0)
    {
      gboolean fits = san_verify (&self->header.author, "san1.entry.sig", self->raw,
                                  SAN_SIGNED_SIZE, self->header.signature);

      g_atomic_int_set (found, fits ? 1 : 2);
    }
  if (g_atomic_int_get (found) != 1)
    return san_untrusted (error, "entry: bad signature");
  return TRUE;
}

gboolean
san_entry_check_body_hash (const SanEntry *self, GError **error)
{
  SanId32 hash;
  gsize n;
  const guint8 *data;

  if (self->body == NULL)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_INCOMPLETE, "entry: the body is not here");
      return FALSE;
    }
  data = g_bytes_get_data (self->body, &n);
  san_hash ("san1.body", data, n, &hash);
  if (!san_id32_equal (&hash, &self->header.body_hash))
    return san_damaged (error, "entry: the body's hash is not the header's");
  return TRUE;
}

/**
 * san_entry_part_context:
 *
 * Returns: (transfer full): bytes 8-135 of the header: dossier, journal, number, previous, author
 * and wall clock, all known before the body is made
 */
GBytes *
san_entry_part_context (const SanHeader *header)
{
  guint8 raw[SAN_HEADER_SIZE];

  san_header_encode (header, raw);
  return g_bytes_new (raw + CONTEXT_OFFSET, CONTEXT_SIZE);
}

void
san_journal_derive (const SanId32 *device_sign_pk, const guint8 random[6], SanId16 *out)
{
  guint8 bound[sizeof device_sign_pk->b + JOURNAL_RANDOM];
  SanId32 hash;

  memcpy (bound, device_sign_pk->b, sizeof device_sign_pk->b);
  memcpy (bound + sizeof device_sign_pk->b, random, JOURNAL_RANDOM);
  san_hash ("san1.journal", bound, sizeof bound, &hash);
  memcpy (out->b, random, JOURNAL_RANDOM);
  memcpy (out->b + JOURNAL_RANDOM, hash.b, sizeof out->b - JOURNAL_RANDOM);
}

/**
 * san_journal_new:
 *
 * A new journal of the device: after set-up, restore, clone or roll-back.
 */
void
san_journal_new (const SanId32 *device_sign_pk, SanId16 *out)
{
  guint8 random[JOURNAL_RANDOM];

  san_random (random, sizeof random);
  san_journal_derive (device_sign_pk, random, out);
}

gboolean
san_journal_fits (const SanId16 *journal, const SanId32 *device_sign_pk)
{
  SanId16 derived;

  san_journal_derive (device_sign_pk, journal->b, &derived);
  return san_id16_equal (journal, &derived);
}
