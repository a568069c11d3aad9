/* san-payload.c - items of a payload and their bytes; layout: FORMAT.md
 *
 * Entries and pieces are passed on as they are: their own rooms judge them. */
#include "san-payload.h"

#include "san-hash.h"
#include "san-keys.h"
#include "san-reader.h"
#include "san-writer.h"

#include <string.h>

#define WANT_RANGE_SIZE 65u
#define WANT_PIECE_SIZE 33u
#define HAVE_LIMIT      (1u + 32u + SAN_HAVE_ROWS_LIMIT * SAN_HAVE_ROW_SIZE)

typedef struct { guint8 type; guint32 least; guint32 most; const char *name; } ItemSize;

static const ItemSize item_sizes[] = {
  { SAN_ITEM_HAVE, 1, HAVE_LIMIT, "have" },
  { SAN_ITEM_WANT, WANT_PIECE_SIZE, WANT_RANGE_SIZE, "want" },
  { SAN_ITEM_AUTHORITY, SAN_HEADER_SIZE, SAN_ENTRY_BYTES_LIMIT, "authority entry" },
  { SAN_ITEM_ENTRY, SAN_HEADER_SIZE, SAN_ENTRY_BYTES_LIMIT, "entry" },
  { SAN_ITEM_HEADER, SAN_HEADER_SIZE, SAN_HEADER_SIZE, "entry header" },
  { SAN_ITEM_PIECE, SAN_PIECE_MIN, SAN_PIECE_LIMIT, "piece" },
  { SAN_ITEM_KEYRING, SAN_SEAL_OVERHEAD, SAN_KEYRING_LIMIT + SAN_SEAL_OVERHEAD, "keyring" },
  { SAN_ITEM_VOLUME, SAN_VOLUME_SIZE, SAN_VOLUME_SIZE, "volume" },
};

gboolean
san_item_check_size (guint8 type, guint64 n, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (item_sizes); i++)
    if (item_sizes[i].type == type)
      {
        if (n >= item_sizes[i].least && n <= item_sizes[i].most)
          return TRUE;
        g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED,
                     "payload: %s of %" G_GUINT64_FORMAT " bytes, allowed are %u to %u",
                     item_sizes[i].name, n, item_sizes[i].least, item_sizes[i].most);
        return FALSE;
      }
  g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED, "payload: item of unknown type %u", type);
  return FALSE;
}

/* --- have --- */

static void
encode_row (const SanHaveRow *row, guint8 out[SAN_HAVE_ROW_SIZE])
{
  guint64 number = GUINT64_TO_LE (row->number);

  memcpy (out, row->dossier.b, 32);
  memcpy (out + 32, row->journal.b, 16);
  memcpy (out + 48, &number, 8);
  memcpy (out + 56, row->head, 16);
}

int
san_have_row_compare (gconstpointer a, gconstpointer b)
{
  guint8 one[SAN_HAVE_ROW_SIZE];
  guint8 other[SAN_HAVE_ROW_SIZE];

  encode_row (a, one);
  encode_row (b, other);
  return memcmp (one, other, SAN_HAVE_ROW_SIZE);
}

/**
 * san_have_hash_rest:
 *
 * Both sides can compute it, so that a difference among rows that do not travel is noticed.
 */
void
san_have_hash_rest (GArray *rows_left_out, SanId32 *out)
{
  g_autoptr(SanHasher) hasher = san_hasher_new ("san1.have.rest");

  for (guint i = 0; i < rows_left_out->len; i++)
    {
      guint8 bytes[SAN_HAVE_ROW_SIZE];

      encode_row (&g_array_index (rows_left_out, SanHaveRow, i), bytes);
      san_hasher_update (hasher, bytes, sizeof bytes);
    }
  san_hasher_finish (hasher, out);
}

/* Sorted, without repeats. */
static GArray *
copy_sorted (GArray *rows)
{
  GArray *sorted = g_array_copy (rows);
  guint kept = 0;

  g_array_sort (sorted, san_have_row_compare);
  for (guint i = 0; i < sorted->len; i++)
    {
      const SanHaveRow *row = &g_array_index (sorted, SanHaveRow, i);

      if (kept == 0
          || san_have_row_compare (&g_array_index (sorted, SanHaveRow, kept - 1), row) != 0)
        g_array_index (sorted, SanHaveRow, kept++) = *row;
    }
  g_array_set_size (sorted, kept);
  return sorted;
}

/**
 * san_have_new:
 * @rows: (element-type SanHaveRow): all that there are for this audience
 * @keep_dossiers: (nullable): set of SanId32: dossiers touched lately, whose rows travel if
 *   there are more than the limit
 *
 * Returns: (transfer full): never %NULL
 */
SanHave *
san_have_new (GArray *rows, const GHashTable *keep_dossiers)
{
  g_autoptr(GArray) all = copy_sorted (rows);
  g_autoptr(GArray) left_out = NULL;
  SanHave *self = g_new0 (SanHave, 1);

  self->complete = all->len <= SAN_HAVE_ROWS_LIMIT;
  if (self->complete)
    {
      self->rows = g_steal_pointer (&all);
      return self;
    }
  self->rows = g_array_new (FALSE, FALSE, sizeof (SanHaveRow));
  left_out = g_array_new (FALSE, FALSE, sizeof (SanHaveRow));
  for (guint i = 0; i < all->len; i++)
    {
      const SanHaveRow *row = &g_array_index (all, SanHaveRow, i);
      gboolean keep = keep_dossiers == NULL
                      || g_hash_table_contains ((GHashTable *) keep_dossiers, &row->dossier);

      g_array_append_vals (keep && self->rows->len < SAN_HAVE_ROWS_LIMIT ? self->rows : left_out,
                           row, 1);
    }
  san_have_hash_rest (left_out, &self->rest);
  return self;
}

GBytes *
san_have_encode (const SanHave *self, GError **error)
{
  g_auto(SanWriter) writer = { NULL };

  if (self->rows->len > SAN_HAVE_ROWS_LIMIT)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_REFUSED, "have: %u rows, limit is %u",
                   self->rows->len, SAN_HAVE_ROWS_LIMIT);
      return NULL;
    }
  san_writer_init (&writer);
  san_writer_put_u8 (&writer, self->complete ? 1 : 0);
  if (!self->complete)
    san_writer_put_id32 (&writer, &self->rest);
  for (guint i = 0; i < self->rows->len; i++)
    {
      guint8 bytes[SAN_HAVE_ROW_SIZE];

      encode_row (&g_array_index (self->rows, SanHaveRow, i), bytes);
      san_writer_put (&writer, bytes, sizeof bytes);
    }
  return san_writer_end (&writer);
}

static gboolean
take_row (SanReader *reader, SanHaveRow *out, GError **error)
{
  if (!san_reader_take_id32 (reader, &out->dossier, error)
      || !san_reader_take_id16 (reader, &out->journal, error)
      || !san_reader_take_u64 (reader, &out->number, error)
      || !san_reader_take_copy (reader, out->head, sizeof out->head, error))
    return FALSE;
  if (out->number < 1 || out->number >= SAN_NUMBER_LIMIT)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED,
                   "have: number %" G_GUINT64_FORMAT ", limit is %" G_GUINT64_FORMAT,
                   out->number, SAN_NUMBER_LIMIT);
      return FALSE;
    }
  return TRUE;
}

static gboolean
take_rows (SanReader *reader, GArray *rows, GError **error)
{
  gsize n = san_reader_get_left (reader) / SAN_HAVE_ROW_SIZE;

  if (n > SAN_HAVE_ROWS_LIMIT || san_reader_get_left (reader) % SAN_HAVE_ROW_SIZE != 0)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED,
                   "have: %" G_GSIZE_FORMAT " bytes of rows, a row has %u, limit are %u rows",
                   san_reader_get_left (reader), SAN_HAVE_ROW_SIZE, SAN_HAVE_ROWS_LIMIT);
      return FALSE;
    }
  g_array_set_size (rows, (guint) n);
  for (guint i = 0; i < n; i++)
    {
      SanHaveRow *row = &g_array_index (rows, SanHaveRow, i);

      if (!take_row (reader, row, error))
        return FALSE;
      if (i > 0 && san_have_row_compare (row - 1, row) >= 0)
        {
          g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED, "have: row %u is out of order", i);
          return FALSE;
        }
    }
  return san_reader_take_end (reader, error);
}

SanHave *
san_have_parse (GBytes *bytes, GError **error)
{
  g_autoptr(SanHave) self = g_new0 (SanHave, 1);
  SanReader reader;
  guint8 complete;

  self->rows = g_array_new (FALSE, TRUE, sizeof (SanHaveRow));
  san_reader_init_bytes (&reader, bytes, "have");
  if (!san_reader_take_u8 (&reader, &complete, error))
    return NULL;
  if (complete > 1)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED, "have: complete is %u, allowed are 0 and 1",
                   complete);
      return NULL;
    }
  self->complete = complete == 1;
  if (!self->complete && !san_reader_take_id32 (&reader, &self->rest, error))
    return NULL;
  if (!take_rows (&reader, self->rows, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
san_have_free (SanHave *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->rows, g_array_unref);
  g_free (self);
}

/* --- want, volume, piece, keyring --- */

GBytes *
san_want_encode (const SanWant *self)
{
  g_auto(SanWriter) writer = { NULL };

  san_writer_init (&writer);
  san_writer_put_u8 (&writer, self->is_piece ? 1 : 0);
  if (self->is_piece)
    {
      san_writer_put_id32 (&writer, &self->piece);
      return san_writer_end (&writer);
    }
  san_writer_put_id32 (&writer, &self->dossier);
  san_writer_put_id16 (&writer, &self->journal);
  san_writer_put_u64 (&writer, self->from);
  san_writer_put_u64 (&writer, self->to);
  return san_writer_end (&writer);
}

static gboolean
take_range (SanReader *reader, SanWant *out, GError **error)
{
  if (!san_reader_take_id32 (reader, &out->dossier, error)
      || !san_reader_take_id16 (reader, &out->journal, error)
      || !san_reader_take_u64 (reader, &out->from, error)
      || !san_reader_take_u64 (reader, &out->to, error))
    return FALSE;
  if (out->from < 1 || out->from > out->to || out->to >= SAN_NUMBER_LIMIT)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED,
                   "want: from %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT, out->from, out->to);
      return FALSE;
    }
  return TRUE;
}

gboolean
san_want_parse (GBytes *bytes, SanWant *out, GError **error)
{
  SanWant self = { 0 };
  SanReader reader;
  guint8 what;

  san_reader_init_bytes (&reader, bytes, "want");
  if (!san_reader_take_u8 (&reader, &what, error))
    return FALSE;
  if (what > 1)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED, "want: of kind %u, known are 0 and 1",
                   what);
      return FALSE;
    }
  self.is_piece = what == 1;
  if (!(self.is_piece ? san_reader_take_id32 (&reader, &self.piece, error)
                      : take_range (&reader, &self, error))
      || !san_reader_take_end (&reader, error))
    return FALSE;
  *out = self;
  return TRUE;
}

GBytes *
san_volume_encode (const SanVolume *self)
{
  g_auto(SanWriter) writer = { NULL };

  san_writer_init (&writer);
  san_writer_put_id16 (&writer, &self->backup);
  san_writer_put_u16 (&writer, self->index);
  san_writer_put_u16 (&writer, self->n);
  return san_writer_end (&writer);
}

gboolean
san_volume_parse (GBytes *bytes, SanVolume *out, GError **error)
{
  SanVolume self = { 0 };
  SanReader reader;

  san_reader_init_bytes (&reader, bytes, "volume");
  if (!san_reader_take_id16 (&reader, &self.backup, error)
      || !san_reader_take_u16 (&reader, &self.index, error)
      || !san_reader_take_u16 (&reader, &self.n, error)
      || !san_reader_take_end (&reader, error))
    return FALSE;
  if (self.index >= self.n)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED, "volume: number %u of %u", self.index,
                   self.n);
      return FALSE;
    }
  *out = self;
  return TRUE;
}

/**
 * san_keyring_item_seal:
 *
 * A backup carries the keyring only in this form, so that its passphrase slots are nothing to
 * guess at for whoever finds the stick.
 */
GBytes *
san_keyring_item_seal (GBytes *keyring, const SanId32 *recovery_box_pk, GError **error)
{
  gsize n;
  const void *data = g_bytes_get_data (keyring, &n);
  g_autofree guint8 *sealed = NULL;

  if (n > SAN_KEYRING_LIMIT)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_REFUSED,
                   "keyring of %" G_GSIZE_FORMAT " bytes, limit is %u", n, SAN_KEYRING_LIMIT);
      return NULL;
    }
  sealed = g_malloc (n + SAN_SEAL_OVERHEAD);
  if (!san_seal ("san1.keyring", data, n, recovery_box_pk, sealed, error))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&sealed), n + SAN_SEAL_OVERHEAD);
}
