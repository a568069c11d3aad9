/* san-attachment.c - an attachment's value, and its pieces sealed and opened in memory
 *
 * The key is made fresh for each attachment and used for nothing else, so that the number of a
 * piece can be its nonce. Padding hides the length of the last piece only; the size stands in
 * the value, which only readers of its compartment open. */
#include "san-attachment.h"

#include "san-canonical-private.h"
#include "san-reader.h"

#include <string.h>

#define PIECE_DOMAIN  "san1.piece"
#define PADDED_MIN    4096u
#define FIXED_SIZE    44               /* size, key, number of pieces, two lengths */

struct _SanAttachment
{
  guint64    size;
  SanSecret *key;
  guint      n_pieces;
  SanId32    pieces[SAN_PIECES_LIMIT];
  gboolean   sealed[SAN_PIECES_LIMIT];
  char      *media_type;
  char      *name;
};

void
san_attachment_free (SanAttachment *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->key, san_secret_unref);
  g_free (self->media_type);
  g_free (self->name);
  g_free (self);
}

static guint
count_pieces (guint64 size)
{
  return (guint) ((size + SAN_PIECE_SIZE - 1) / SAN_PIECE_SIZE);
}

/**
 * san_attachment_new:
 * @media_type: as in "image/jpeg"; @name: as shown, at most 255 bytes
 *
 * Returns: (transfer full): an attachment whose pieces are still to be sealed. REFUSED: more than
 * 64 MiB; INVALID: a name or type that cannot be written
 */
SanAttachment *
san_attachment_new (guint64 size, const char *media_type, const char *name, GError **error)
{
  SanAttachment *self;

  if (size > SAN_ATTACHMENT_LIMIT)
    {
      san_refused (error, "attachment of %" G_GUINT64_FORMAT " bytes, limit is %u", size,
                   SAN_ATTACHMENT_LIMIT);
      return NULL;
    }
  if (strlen (media_type) > G_MAXUINT8 || strlen (name) > G_MAXUINT8)
    {
      san_invalid (error, "attachment: name or media type longer than %u bytes", G_MAXUINT8);
      return NULL;
    }
  self = g_new0 (SanAttachment, 1);
  self->size = size;
  self->key = san_secret_new_random (32);
  self->n_pieces = count_pieces (size);
  self->media_type = g_strdup (media_type);
  self->name = g_strdup (name);
  return self;
}

static gboolean
take_text (SanReader *reader, char **out, GError **error)
{
  guint8 n;
  const guint8 *data;

  if (!san_reader_take_u8 (reader, &n, error))
    return FALSE;
  data = san_reader_take (reader, n, error);
  if (data == NULL)
    return FALSE;
  *out = g_strndup ((const char *) data, n);
  return TRUE;
}

static gboolean
take_attachment (SanAttachment *self, SanReader *reader, GError **error)
{
  guint16 n;

  self->key = san_secret_new (32);
  if (!san_reader_take_u64 (reader, &self->size, error) ||
      !san_reader_take_copy (reader, san_secret_get_mutable (self->key), 32, error) ||
      !san_reader_take_u16 (reader, &n, error) ||
      !san_check_count (reader, n, SAN_PIECES_LIMIT, sizeof (SanId32), "pieces", error))
    return FALSE;
  self->n_pieces = n;
  for (guint i = 0; i < n; i++)
    {
      if (!san_reader_take_id32 (reader, &self->pieces[i], error))
        return FALSE;
      self->sealed[i] = TRUE;
    }
  return take_text (reader, &self->media_type, error) &&
         take_text (reader, &self->name, error) &&
         san_reader_take_end (reader, error);
}

/**
 * san_attachment_from_value:
 *
 * Returns: (transfer full): the attachment; INVALID if @value is of another type
 */
SanAttachment *
san_attachment_from_value (const SanValue *value, GError **error)
{
  g_autoptr(SanAttachment) self = NULL;
  SanReader reader;
  gsize n;
  const guint8 *data = san_value_get_data (value, &n);

  if (san_value_get_type (value) != SAN_VALUE_ATTACHMENT)
    {
      san_invalid (error, "value of type %s is no attachment",
                   san_value_type_name (san_value_get_type (value)));
      return NULL;
    }
  self = g_new0 (SanAttachment, 1);
  san_reader_init (&reader, data, n, "attachment");
  if (!take_attachment (self, &reader, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* Canonical form is checked where all values are: in san_value_new_raw(). */
SanAttachment *
san_attachment_parse (const guint8 *data, gsize n, GError **error)
{
  g_autoptr(SanValue) value = san_value_new_raw (SAN_VALUE_ATTACHMENT, data, n, error);

  return value != NULL ? san_attachment_from_value (value, error) : NULL;
}

static guint8 *
put_text (guint8 *at, const char *text)
{
  gsize n = strlen (text);

  *at = (guint8) n;
  /* its length stands in front, no NUL behind */
  memcpy (at + 1, text, n); /* NOLINT(bugprone-not-null-terminated-result) */
  return at + 1 + n;
}

SanValue *
san_attachment_to_value (const SanAttachment *self, GError **error)
{
  gsize n = FIXED_SIZE + self->n_pieces * sizeof (SanId32) + strlen (self->media_type)
            + strlen (self->name);
  g_autoptr(SanSecret) bytes = NULL;   /* it holds the key */
  guint64 size = GUINT64_TO_LE (self->size);
  guint16 n_pieces = GUINT16_TO_LE ((guint16) self->n_pieces);
  guint8 *at;

  for (guint i = 0; i < self->n_pieces; i++)
    if (!self->sealed[i])
      {
        san_refused (error, "attachment: piece %u of %u is not sealed yet", i, self->n_pieces);
        return NULL;
      }
  bytes = san_secret_new (n);
  at = san_secret_get_mutable (bytes);
  memcpy (at, &size, 8);
  memcpy (at + 8, san_secret_get_data (self->key), 32);
  memcpy (at + 40, &n_pieces, 2);
  memcpy (at + 42, self->pieces, self->n_pieces * sizeof (SanId32));
  at = put_text (at + 42 + self->n_pieces * sizeof (SanId32), self->media_type);
  put_text (at, self->name);
  return san_value_new_raw (SAN_VALUE_ATTACHMENT, san_secret_get_data (bytes), n, error);
}

guint64
san_attachment_get_size (const SanAttachment *self)
{
  return self->size;
}

guint
san_attachment_get_n_pieces (const SanAttachment *self)
{
  return self->n_pieces;
}

const SanId32 *
san_attachment_get_piece (const SanAttachment *self, guint i)
{
  g_return_val_if_fail (i < self->n_pieces, NULL);
  return &self->pieces[i];
}

const char *
san_attachment_get_media_type (const SanAttachment *self)
{
  return self->media_type;
}

const char *
san_attachment_get_name (const SanAttachment *self)
{
  return self->name;
}

gsize
san_attachment_get_plain_size (const SanAttachment *self, guint i)
{
  g_return_val_if_fail (i < self->n_pieces, 0);
  return MIN (SAN_PIECE_SIZE, self->size - (guint64) i * SAN_PIECE_SIZE);
}

static gsize
padded_size (const SanAttachment *self, guint i)
{
  return san_padme (MAX (PADDED_MIN, san_attachment_get_plain_size (self, i)));
}

gsize
san_attachment_get_sealed_size (const SanAttachment *self, guint i)
{
  return padded_size (self, i) + SAN_AEAD_TAG_SIZE;
}

void
san_piece_get_id (GBytes *sealed, SanId32 *out)
{
  gsize n;
  const guint8 *data = g_bytes_get_data (sealed, &n);

  san_hash ("san1.piece.id", data, n, out);
}

/* nonce: u64 i, 16 zeros; ad: domain in 16 bytes, u64 i, u64 size */
static void
piece_place (const SanAttachment *self, guint i, guint8 nonce[SAN_AEAD_NONCE_SIZE],
             guint8 context[32])
{
  guint64 index = GUINT64_TO_LE ((guint64) i);
  guint64 size = GUINT64_TO_LE (self->size);

  memset (nonce, 0, SAN_AEAD_NONCE_SIZE);
  memcpy (nonce, &index, 8);
  san_domain_put (PIECE_DOMAIN, context);
  memcpy (context + 16, &index, 8);
  memcpy (context + 24, &size, 8);
}

GBytes *
san_attachment_seal_piece (SanAttachment *self, guint i, const guint8 *plain, gsize n,
                           GError **error)
{
  guint8 nonce[SAN_AEAD_NONCE_SIZE];
  guint8 context[32];
  gsize padded;
  g_autofree guint8 *text = NULL;
  guint8 *sealed;
  g_autoptr(GBytes) bytes = NULL;

  if (i >= self->n_pieces || n != san_attachment_get_plain_size (self, i) || self->sealed[i])
    {
      san_invalid (error,
                   "attachment: piece %u of %u with %" G_GSIZE_FORMAT " bytes, or sealed twice", i,
                   self->n_pieces, n);
      return NULL;
    }
  padded = padded_size (self, i);
  text = g_malloc0 (padded);
  memcpy (text, plain, n);
  sealed = g_malloc (padded + SAN_AEAD_TAG_SIZE);
  piece_place (self, i, nonce, context);
  san_aead_seal (self->key, nonce, context, sizeof context, text, padded, sealed);
  san_wipe (text, padded);
  bytes = g_bytes_new_take (sealed, padded + SAN_AEAD_TAG_SIZE);
  san_piece_get_id (bytes, &self->pieces[i]);
  self->sealed[i] = TRUE;
  return g_steal_pointer (&bytes);
}

static gboolean
check_piece (const SanAttachment *self, guint i, GBytes *sealed, GError **error)
{
  SanId32 id;

  if (i >= self->n_pieces)
    return san_invalid (error, "attachment: piece %u of %u", i, self->n_pieces);
  san_piece_get_id (sealed, &id);
  if (!san_id32_equal (&id, &self->pieces[i]) ||
      g_bytes_get_size (sealed) != san_attachment_get_sealed_size (self, i))
    return san_untrusted (error, "attachment: these bytes are not piece %u", i);
  return TRUE;
}

GBytes *
san_attachment_open_piece (const SanAttachment *self, guint i, GBytes *sealed, GError **error)
{
  guint8 nonce[SAN_AEAD_NONCE_SIZE];
  guint8 context[32];
  gsize padded, n;
  g_autofree guint8 *text = NULL;

  if (!check_piece (self, i, sealed, error))
    return NULL;
  padded = padded_size (self, i);
  n = san_attachment_get_plain_size (self, i);
  text = g_malloc (padded);
  piece_place (self, i, nonce, context);
  if (!san_aead_open (self->key, nonce, context, sizeof context,
                      g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed), text) ||
      !san_all_zero (text + n, padded - n))
    {
      san_untrusted (error, "attachment: piece %u does not open", i);
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&text), n);
}
