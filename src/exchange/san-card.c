/* san-card.c - public keys on one page, signed by the device that shows them; layout: FORMAT.md
 *
 * A card proves that its maker has the keys on it. Whose they are, only people can say: by the
 * number, or by holding the two screens together. */
#include "san-card.h"

#include "san-name.h"
#include "san-reader.h"
#include "san-record.h"
#include "san-time.h"
#include "san-writer.h"

#include <string.h>

#define MAGIC   "SANC"
#define VERSION 1u

struct _SanCard
{
  GBytes *bytes;
  SanCardKind kind;
  SanId32 centre;
  SanDeviceRecord device;
  GBytes *device_bytes;
  SanSeatRecord seat;
  GBytes *seat_bytes;
  SanCardRing rings[SAN_CARD_RINGS_LIMIT];
  guint n_rings;
  char label[SAN_NAME_BYTES + 1];
  guint64 wall;
};

static gboolean
damaged (GError **error, const char *what)
{
  g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED, "card: %s", what);
  return FALSE;
}

static int
compare_rings (const SanCardRing *a, const SanCardRing *b)
{
  if (a->compartment != b->compartment)
    return a->compartment < b->compartment ? -1 : 1;
  return san_id32_compare (&a->id, &b->id);
}

/* --- reading --- */

static gboolean
take_head (SanReader *reader, SanCard *self, const SanId32 *join, GError **error)
{
  guint8 version, kind;
  SanId32 centre;

  if (!san_reader_take_magic (reader, MAGIC, error)
      || !san_reader_take_u8 (reader, &version, error)
      || !san_reader_take_u8 (reader, &kind, error))
    return FALSE;
  if (version > VERSION || (version == VERSION && kind > SAN_CARD_JOIN))
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_TOO_NEW,
                   "card: version %u kind %u, known are %u and %u", version, kind, VERSION,
                   (guint)SAN_CARD_JOIN);
      return FALSE;
    }
  if (version == 0 || kind == 0)
    return damaged (error, "version or kind is zero");
  if (!san_reader_take_zeros (reader, 2, error) || !san_reader_take_id32 (reader, &centre, error))
    return FALSE;
  if (san_id32_is_zero (&centre) != (kind == SAN_CARD_JOIN))
    return damaged (error, "centre does not fit its kind");
  if (kind == SAN_CARD_JOIN && join == NULL)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_REFUSED,
                   "card: of a device that wants to join, not of a centre");
      return FALSE;
    }
  self->kind = kind;
  self->centre = kind == SAN_CARD_JOIN ? *join : centre;
  return TRUE;
}

static gboolean
take_records (SanReader *reader, SanCard *self, GError **error)
{
  gsize start = reader->offset;
  gsize middle;

  if (!san_device_record_take (reader, &self->device, error))
    return FALSE;
  middle = reader->offset;
  if (!san_seat_record_take (reader, &self->seat, error))
    return FALSE;
  if (!san_id16_equal (&self->seat.device, &self->device.device))
    return damaged (error, "seat is on another device");
  self->device_bytes = g_bytes_new_from_bytes (self->bytes, start, middle - start);
  self->seat_bytes = g_bytes_new_from_bytes (self->bytes, middle, reader->offset - middle);
  return TRUE;
}

static gboolean
take_rings (SanReader *reader, SanCard *self, GError **error)
{
  guint8 n;

  if (!san_reader_take_u8 (reader, &n, error))
    return FALSE;
  if (n > SAN_CARD_RINGS_LIMIT || (self->kind == SAN_CARD_JOIN && n > 0))
    return damaged (error, "more rings than it may show");
  for (guint i = 0; i < n; i++)
    {
      SanCardRing *ring = &self->rings[i];

      if (!san_reader_take_u8 (reader, &ring->compartment, error)
          || !san_reader_take_id32 (reader, &ring->id, error)
          || !san_reader_take_id32 (reader, &ring->pk, error))
        return FALSE;
      if (ring->compartment >= SAN_N_COMPARTMENTS || (i > 0 && compare_rings (ring - 1, ring) >= 0))
        return damaged (error, "rings are out of order or of no compartment");
    }
  self->n_rings = n;
  return TRUE;
}

static gboolean
take_label (SanReader *reader, SanCard *self, GError **error)
{
  const guint8 *label;
  guint8 n;

  if (!san_reader_take_u8 (reader, &n, error))
    return FALSE;
  label = san_reader_take (reader, n, error);
  if (label == NULL)
    return FALSE;
  if (!san_name_is_plain ((const char *) label, n))
    return damaged (error, "label is too long or not plain text");
  memcpy (self->label, label, n);
  return TRUE;
}

/* What remains: the device's signature over all before it, then the records' own proofs. */
static gboolean
check_proofs (SanReader *reader, SanCard *self, GError **error)
{
  gsize covered = reader->offset;
  guint8 signature[SAN_SIGNATURE_SIZE];

  if (!san_reader_take_copy (reader, signature, sizeof signature, error)
      || !san_reader_take_end (reader, error))
    return FALSE;
  if (!san_verify (&self->device.sign_pk, "san1.card", reader->data, covered, signature))
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_UNTRUSTED, "card: its device did not sign it");
      return FALSE;
    }
  return san_device_record_verify (&self->device, &self->centre, error)
         && san_seat_record_verify (&self->seat, &self->centre, error);
}

SanCard *
san_card_parse (GBytes *bytes, const SanId32 *join, GError **error)
{
  g_autoptr(SanCard) self = g_new0 (SanCard, 1);
  SanReader reader;

  if (g_bytes_get_size (bytes) > SAN_CARD_LIMIT)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED,
                   "card: of %" G_GSIZE_FORMAT " bytes, limit is %u", g_bytes_get_size (bytes),
                   SAN_CARD_LIMIT);
      return NULL;
    }
  self->bytes = g_bytes_ref (bytes);
  san_reader_init_bytes (&reader, bytes, "card");
  if (!take_head (&reader, self, join, error)
      || !take_records (&reader, self, error)
      || !take_rings (&reader, self, error)
      || !take_label (&reader, self, error)
      || !san_reader_take_u64 (&reader, &self->wall, error)
      || !check_proofs (&reader, self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* --- making --- */

static gboolean
check_spec (const SanCardSpec *spec, GError **error)
{
  if (spec->n_rings > SAN_CARD_RINGS_LIMIT || (spec->kind == SAN_CARD_JOIN && spec->n_rings > 0))
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_REFUSED, "card: %u rings, limit is %u",
                   spec->n_rings, spec->kind == SAN_CARD_JOIN ? 0 : SAN_CARD_RINGS_LIMIT);
      return FALSE;
    }
  if (!san_name_is_plain (spec->label, strlen (spec->label)))
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID,
                   "card: label is longer than %u letters or not plain text", SAN_NAME_LETTERS);
      return FALSE;
    }
  return TRUE;
}

static gboolean
put_records (const SanCardSpec *spec, SanWriter *writer, GError **error)
{
  SanDeviceRecord device;
  SanSeatRecord seat;

  san_device_record_make (&device, &spec->device, spec->device_sign_key,
                          san_box_key_get_public (spec->device_box_key), &spec->centre);
  if (!san_seat_record_make (&seat, &spec->staff, &spec->device, spec->seat_sign_key,
                             san_box_key_get_public (spec->seat_box_key), spec->role, &spec->centre,
                             error))
    return FALSE;
  san_device_record_put (&device, writer);
  san_seat_record_put (&seat, writer);
  return TRUE;
}

/**
 * san_card_new:
 *
 * Returns: (transfer full) (nullable): %SAN_ERROR_INVALID for a label or role that a card cannot
 *   show, %SAN_ERROR_REFUSED for too many rings
 */
SanCard *
san_card_new (const SanCardSpec *spec, GError **error)
{
  g_auto(SanWriter) writer = { NULL };
  g_autoptr(GBytes) bytes = NULL;
  guint8 signature[SAN_SIGNATURE_SIZE];

  if (!check_spec (spec, error))
    return NULL;
  san_writer_init (&writer);
  san_writer_put_magic (&writer, MAGIC);
  san_writer_put_u8 (&writer, VERSION);
  san_writer_put_u8 (&writer, (guint8) spec->kind);
  san_writer_put_u16 (&writer, 0);
  san_writer_put_id32 (&writer, spec->kind == SAN_CARD_JOIN ? &san_id32_zero : &spec->centre);
  if (!put_records (spec, &writer, error))
    return NULL;
  san_writer_put_u8 (&writer, (guint8) spec->n_rings);
  for (guint i = 0; i < spec->n_rings; i++)
    {
      san_writer_put_u8 (&writer, spec->rings[i].compartment);
      san_writer_put_id32 (&writer, &spec->rings[i].id);
      san_writer_put_id32 (&writer, &spec->rings[i].pk);
    }
  san_writer_put_u8 (&writer, (guint8) strlen (spec->label));
  san_writer_put (&writer, spec->label, strlen (spec->label));
  san_writer_put_u64 (&writer, spec->wall != 0 ? spec->wall : (guint64) MAX (0, san_clock_now ()));
  san_sign (spec->device_sign_key, "san1.card", writer.bytes->data, writer.bytes->len, signature);
  san_writer_put (&writer, signature, sizeof signature);
  bytes = san_writer_end (&writer);
  return san_card_parse (bytes, &spec->centre, error);
}

/* --- text --- */

/**
 * san_card_from_text:
 * @text: base32 as in a QR or in a message: blanks and line breaks do not matter, nor does case
 */
SanCard *
san_card_from_text (const char *text, const SanId32 *join, GError **error)
{
  g_autoptr(GString) letters = g_string_new (NULL);
  g_autoptr(GBytes) bytes = NULL;

  for (const char *at = text; *at != '\0'; at++)
    {
      if (!g_ascii_isspace (*at))
        g_string_append_c (letters, g_ascii_toupper (*at));
      if (letters->len > 2 * SAN_CARD_LIMIT)
        {
          damaged (error, "text is longer than its limit");
          return NULL;
        }
    }
  bytes = san_base32_decode (letters->str, error);
  return bytes != NULL ? san_card_parse (bytes, join, error) : NULL;
}

char *
san_card_to_text (const SanCard *self)
{
  gsize n;
  const guint8 *data = g_bytes_get_data (self->bytes, &n);

  return san_base32_encode (data, n);
}

/* --- getters --- */

GBytes *
san_card_get_bytes (const SanCard *self)
{
  return self->bytes;
}

SanCardKind
san_card_get_kind (const SanCard *self)
{
  return self->kind;
}

const SanId32 *
san_card_get_centre (const SanCard *self)
{
  return &self->centre;
}

const SanId16 *
san_card_get_device (const SanCard *self)
{
  return &self->device.device;
}

const SanId32 *
san_card_get_device_pk (const SanCard *self)
{
  return &self->device.sign_pk;
}

const SanId32 *
san_card_get_device_box_pk (const SanCard *self)
{
  return &self->device.box_pk;
}

GBytes *
san_card_get_device_record (const SanCard *self)
{
  return self->device_bytes;
}

const SanId16 *
san_card_get_staff (const SanCard *self)
{
  return &self->seat.staff;
}

const SanId32 *
san_card_get_seat_pk (const SanCard *self)
{
  return &self->seat.sign_pk;
}

const SanId32 *
san_card_get_seat_box_pk (const SanCard *self)
{
  return &self->seat.box_pk;
}

const char *
san_card_get_role (const SanCard *self)
{
  return self->seat.role;
}

GBytes *
san_card_get_seat_record (const SanCard *self)
{
  return self->seat_bytes;
}

const SanCardRing *
san_card_get_rings (const SanCard *self, guint *n)
{
  *n = self->n_rings;
  return self->rings;
}

const char *
san_card_get_label (const SanCard *self)
{
  return self->label;
}

guint64
san_card_get_wall (const SanCard *self)
{
  return self->wall;
}

void
san_card_free (SanCard *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->device_bytes, g_bytes_unref);
  g_clear_pointer (&self->seat_bytes, g_bytes_unref);
  g_free (self);
}
