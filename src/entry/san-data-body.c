/* san-data-body.c - parts of an entry: the house list in clear, the others sealed whole
 *
 * Each sealed part is padded, so that its length says little, and bound by its ad to the place of
 * its entry, so that it cannot be moved to another. The key is named by a hash of itself, because
 * the cipher alone does not commit to one key. */
#include "san-data-body.h"

#include "san-canonical-private.h"
#include "san-reader.h"
#include "san-writer.h"

#include <string.h>

#define PART_DOMAIN     "san1.part"
#define PART_OVERHEAD   (32 + SAN_AEAD_NONCE_SIZE + SAN_AEAD_TAG_SIZE)
#define PADDED_MIN      256u
#define SMALLEST_PART   5

typedef struct
{
  SanPartInfo   info;
  const guint8 *nonce;                 /* borrowed from the body */
  const guint8 *sealed;
  gsize         sealed_size;
} Part;

struct _SanDataBody
{
  GBytes        *body;
  guint8         salt[SAN_SALT_SIZE];
  Part           parts[SAN_N_COMPARTMENTS];
  guint          n_parts;
  SanChangeList *house;
};

static gsize
padded_size (gsize list_size)
{
  return san_padme (MAX (PADDED_MIN, 4 + list_size));
}

static gboolean
take_house (SanDataBody *self, SanReader *reader, gsize n, GError **error)
{
  const guint8 *data = san_reader_take (reader, n, error);

  if (data == NULL)
    return FALSE;
  self->house = san_change_list_parse (data, n, error);
  return self->house != NULL;
}

static gboolean
take_sealed (Part *part, SanReader *reader, gsize n, GError **error)
{
  gsize padded = n >= PART_OVERHEAD ? n - PART_OVERHEAD : 0;

  if (padded < PADDED_MIN || san_padme (padded) != padded)
    return san_damaged (error,
                        "part of compartment %u: %" G_GSIZE_FORMAT " bytes are no padded size",
                        part->info.compartment, n);
  if (n > san_reader_get_left (reader))
    return san_damaged (error, "part of compartment %u: %" G_GSIZE_FORMAT " bytes, %" G_GSIZE_FORMAT
                        " left", part->info.compartment, n, san_reader_get_left (reader));
  if (!san_reader_take_id32 (reader, &part->info.key_id, error))
    return FALSE;
  part->nonce = san_reader_take (reader, SAN_AEAD_NONCE_SIZE, error);
  part->sealed_size = n - 32 - SAN_AEAD_NONCE_SIZE;
  part->sealed = san_reader_take (reader, part->sealed_size, error);
  return part->sealed != NULL;
}

static gboolean
take_part (SanDataBody *self, SanReader *reader, GError **error)
{
  Part *part = &self->parts[self->n_parts];
  guint32 n;

  if (!san_reader_take_u8 (reader, &part->info.compartment, error) ||
      !san_reader_take_u32 (reader, &n, error))
    return FALSE;
  if (part->info.compartment >= SAN_N_COMPARTMENTS)
    return san_damaged (error, "data body: compartment %u", part->info.compartment);
  if (self->n_parts > 0 && part[-1].info.compartment >= part->info.compartment)
    return san_damaged (error, "data body: parts do not ascend");
  if (part->info.compartment == SAN_COMPARTMENT_HOUSE ? !take_house (self, reader, n, error)
                                                      : !take_sealed (part, reader, n, error))
    return FALSE;
  self->n_parts++;
  return TRUE;
}

static gboolean
take_body (SanDataBody *self, GError **error)
{
  SanReader reader;
  guint8 n;

  san_reader_init_bytes (&reader, self->body, "data body");
  if (!san_reader_take_copy (&reader, self->salt, sizeof self->salt, error) ||
      !san_reader_take_u8 (&reader, &n, error) ||
      !san_check_count (&reader, n, SAN_N_COMPARTMENTS, SMALLEST_PART, "parts", error))
    return FALSE;
  if (n == 0)
    return san_damaged (error, "data body: no part");
  for (guint i = 0; i < n; i++)
    if (!take_part (self, &reader, error))
      return FALSE;
  return san_reader_take_end (&reader, error);
}

static void
free_fields (gpointer body)
{
  SanDataBody *self = body;

  g_bytes_unref (self->body);
  g_clear_pointer (&self->house, san_change_list_unref);
}

/**
 * san_data_body_parse:
 * @body: the body of an entry of kind 0; kept
 *
 * Returns: (transfer full): the parts, or %NULL with DAMAGED
 */
SanDataBody *
san_data_body_parse (GBytes *body, GError **error)
{
  g_autoptr(SanDataBody) self = g_atomic_rc_box_new0 (SanDataBody);

  self->body = g_bytes_ref (body);
  if (!take_body (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

SanDataBody *
san_data_body_ref (SanDataBody *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
san_data_body_unref (SanDataBody *self)
{
  g_atomic_rc_box_release_full (self, free_fields);
}

guint
san_data_body_get_n_parts (const SanDataBody *self)
{
  return self->n_parts;
}

const SanPartInfo *
san_data_body_get_part (const SanDataBody *self, guint i)
{
  g_return_val_if_fail (i < self->n_parts, NULL);
  return &self->parts[i].info;
}

static const Part *
find_part (const SanDataBody *self, guint8 compartment)
{
  for (guint i = 0; i < self->n_parts; i++)
    if (self->parts[i].info.compartment == compartment)
      return &self->parts[i];
  return NULL;
}

const SanPartInfo *
san_data_body_find_part (const SanDataBody *self, guint8 compartment)
{
  const Part *part = find_part (self, compartment);

  return part != NULL ? &part->info : NULL;
}

SanChangeList *
san_data_body_get_house (const SanDataBody *self)
{
  return self->house;
}

void
san_key_get_id (const SanSecret *key, SanId32 *out)
{
  san_hash ("san1.key.id", san_secret_get_data (key), san_secret_get_size (key), out);
}

/* "san1.part" in 16 bytes, header bytes 8-135, compartment, salt. */
static GBytes *
part_context (const SanHeader *header, guint8 compartment, const guint8 *salt)
{
  g_auto(SanWriter) writer = { 0 };
  g_autoptr(GBytes) place = san_entry_part_context (header);
  guint8 domain[SAN_DOMAIN_SIZE];

  san_domain_put (PART_DOMAIN, domain);
  san_writer_init (&writer);
  san_writer_put (&writer, domain, sizeof domain);
  san_writer_put_bytes (&writer, place);
  san_writer_put_u8 (&writer, compartment);
  san_writer_put (&writer, salt, SAN_SALT_SIZE);
  return san_writer_end (&writer);
}

/* u32 n, a change list of n bytes, zeros up to the padded size of n. */
static SanChangeList *
parse_padded (const guint8 *plain, gsize size, GError **error)
{
  SanReader reader;
  guint32 n;

  san_reader_init (&reader, plain, size, "part");
  if (!san_reader_take_u32 (&reader, &n, error))
    return NULL;
  if (n > size - 4 || padded_size (n) != size)
    {
      san_damaged (error, "part: a list of %u bytes padded to %" G_GSIZE_FORMAT, n, size);
      return NULL;
    }
  if (san_reader_take (&reader, n, error) == NULL
      || !san_reader_take_zeros (&reader, san_reader_get_left (&reader), error))
    return NULL;
  return san_change_list_parse (plain + 4, n, error);
}

/* The text is no key and goes to ordinary memory with the list; the copy here is wiped. */
static SanChangeList *
open_sealed (const Part *part, const SanSecret *part_key, GBytes *context, GError **error)
{
  gsize size = part->sealed_size - SAN_AEAD_TAG_SIZE;
  g_autofree guint8 *plain = g_malloc (size);
  SanChangeList *list = NULL;

  if (san_aead_open (part_key, part->nonce, g_bytes_get_data (context, NULL),
                     g_bytes_get_size (context), part->sealed, part->sealed_size, plain))
    list = parse_padded (plain, size, error);
  else
    san_untrusted (error, "part of compartment %u: not sealed for this place",
                   part->info.compartment);
  san_wipe (plain, size);
  return list;
}

SanChangeList *
san_data_body_open_part (const SanDataBody *self, const SanHeader *header,
                         guint8 compartment, const SanSecret *key, GError **error)
{
  const Part *part = find_part (self, compartment);
  g_autoptr(GBytes) context = NULL;
  g_autoptr(SanSecret) part_key = NULL;
  SanId32 key_id;

  if (part == NULL || compartment == SAN_COMPARTMENT_HOUSE)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND,
                   "data body: no sealed part of compartment %u", compartment);
      return NULL;
    }
  san_key_get_id (key, &key_id);
  if (!san_id32_equal (&key_id, &part->info.key_id))
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_LOCKED,
                   "part of compartment %u: sealed under another key", compartment);
      return NULL;
    }
  context = part_context (header, compartment, self->salt);
  part_key = san_derive (key, PART_DOMAIN, NULL, 0);
  return open_sealed (part, part_key, context, error);
}

static void
put_sealed (SanWriter *writer, const SanHeader *header, const SanPartDraft *part,
            const guint8 *salt)
{
  GBytes *list = san_change_list_get_bytes (part->changes);
  gsize n = g_bytes_get_size (list);
  gsize padded = padded_size (n);
  g_autofree guint8 *plain = g_malloc0 (padded);
  g_autoptr(SanSecret) part_key = san_derive (part->key, PART_DOMAIN, NULL, 0);
  g_autoptr(GBytes) context = part_context (header, part->compartment, salt);
  g_autofree guint8 *sealed = g_malloc (padded + SAN_AEAD_TAG_SIZE);
  guint8 nonce[SAN_AEAD_NONCE_SIZE];
  guint32 n_bytes = GUINT32_TO_LE ((guint32) n);
  SanId32 key_id;

  memcpy (plain, &n_bytes, sizeof n_bytes);
  memcpy (plain + sizeof n_bytes, g_bytes_get_data (list, NULL), n);
  san_random (nonce, sizeof nonce);
  san_aead_seal (part_key, nonce, g_bytes_get_data (context, NULL), g_bytes_get_size (context),
                 plain, padded, sealed);
  san_wipe (plain, padded);
  san_key_get_id (part->key, &key_id);
  san_writer_put_u8 (writer, part->compartment);
  san_writer_put_u32 (writer, (guint32) (padded + PART_OVERHEAD));
  san_writer_put_id32 (writer, &key_id);
  san_writer_put (writer, nonce, sizeof nonce);
  san_writer_put (writer, sealed, padded + SAN_AEAD_TAG_SIZE);
}

static void
put_house (SanWriter *writer, const SanPartDraft *part)
{
  GBytes *list = san_change_list_get_bytes (part->changes);

  san_writer_put_u8 (writer, part->compartment);
  san_writer_put_u32 (writer, (guint32) g_bytes_get_size (list));
  san_writer_put_bytes (writer, list);
}

static gboolean
check_drafts (const SanPartDraft *parts, guint n_parts, GError **error)
{
  guint seen = 0;

  if (n_parts == 0)
    return san_invalid (error, "an entry without a part");
  for (guint i = 0; i < n_parts; i++)
    {
      guint c = parts[i].compartment;

      if (c >= SAN_N_COMPARTMENTS || (seen & 1u << c) != 0)
        return san_invalid (error, "compartment %u is unknown or stands twice", c);
      if ((c == SAN_COMPARTMENT_HOUSE) != (parts[i].key == NULL) ||
          (parts[i].key != NULL && san_secret_get_size (parts[i].key) != 32))
        return san_invalid (error, "compartment %u: a key of 32 bytes for all but house", c);
      seen |= 1u << c;
    }
  return TRUE;
}

GBytes *
san_data_body_make (const SanHeader *header, const SanPartDraft *parts, guint n_parts,
                    const guint8 *salt, GError **error)
{
  g_auto(SanWriter) writer = { 0 };
  guint8 own_salt[SAN_SALT_SIZE];

  if (!check_drafts (parts, n_parts, error))
    return NULL;
  if (salt == NULL)
    san_random (own_salt, sizeof own_salt);
  else
    memcpy (own_salt, salt, sizeof own_salt);
  san_writer_init (&writer);
  san_writer_put (&writer, own_salt, sizeof own_salt);
  san_writer_put_u8 (&writer, (guint8) n_parts);
  for (guint c = 0; c < SAN_N_COMPARTMENTS; c++)
    for (guint i = 0; i < n_parts; i++)
      if (parts[i].compartment == c && c == SAN_COMPARTMENT_HOUSE)
        put_house (&writer, &parts[i]);
      else if (parts[i].compartment == c)
        put_sealed (&writer, header, &parts[i], own_salt);
  if (san_writer_get_size (&writer) > SAN_BODY_LIMIT)
    {
      san_refused (error, "body of %" G_GSIZE_FORMAT " bytes, limit is %u",
                   san_writer_get_size (&writer), SAN_BODY_LIMIT);
      return NULL;
    }
  return san_writer_end (&writer);
}
