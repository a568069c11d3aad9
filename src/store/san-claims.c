/* san-claims.c - whose keys stored entries claim, with good proofs, effective or not
 *
 * "Seat known" is asked of these rows when an entry arrives: its author has a seat record here,
 * on a device whose record is here for the same centre, and the journal is that device's. Whether
 * the seat counts is asked later, of the authority. */
#include "san-tx-private.h"
#include "san-store-entries.h"
#include "san-ring.h"
#include "san-error.h"

typedef struct
{
  SanId32 seat;
  SanId16 journal;
} SeatJournal;

static guint
seat_journal_hash (gconstpointer data)
{
  const SeatJournal *self = data;

  return san_id32_hash (&self->seat) ^ san_id16_hash (&self->journal);
}

static gboolean
seat_journal_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (SeatJournal)) == 0;
}

GHashTable *
san_claims_new_memo (void)
{
  return g_hash_table_new_full (seat_journal_hash, seat_journal_equal, g_free, NULL);
}

static gboolean
add_seat (SanDb *db, const SanSeatRecord *record, const SanId32 *centre, gint64 seq, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (db,
                   "INSERT OR IGNORE INTO seat(pk, centre, staff, device, role, entry)"
                   " VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
                   error);

  if (!query)
    return FALSE;
  san_query_put_blob (query, 1, record->sign_pk.b, sizeof record->sign_pk.b);
  san_query_put_blob (query, 2, centre->b, sizeof centre->b);
  san_query_put_blob (query, 3, record->staff.b, sizeof record->staff.b);
  san_query_put_blob (query, 4, record->device.b, sizeof record->device.b);
  san_query_put_text (query, 5, record->role);
  san_query_put_int (query, 6, seq);
  return san_query_run (query, error);
}

static gboolean
add_device (SanDb *db, const SanDeviceRecord *record, const SanId32 *centre, gint64 seq,
            GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (db,
                   "INSERT OR IGNORE INTO device(centre, device, sign_pk, box_pk, entry)"
                   " VALUES(?1, ?2, ?3, ?4, ?5)",
                   error);

  if (!query)
    return FALSE;
  san_query_put_blob (query, 1, centre->b, sizeof centre->b);
  san_query_put_blob (query, 2, record->device.b, sizeof record->device.b);
  san_query_put_blob (query, 3, record->sign_pk.b, sizeof record->sign_pk.b);
  san_query_put_blob (query, 4, record->box_pk.b, sizeof record->box_pk.b);
  san_query_put_int (query, 5, seq);
  return san_query_run (query, error);
}

static gboolean
add_recovery (SanDb *db, const SanId32 *pk, const SanId32 *box_pk, const SanId32 *centre,
              gint64 seq, GError **error)
{
  g_autoptr(SanQuery) query = san_query (
      db, "INSERT OR IGNORE INTO recovery(pk, centre, box_pk, entry) VALUES(?1, ?2, ?3, ?4)",
      error);

  if (!query)
    return FALSE;
  san_query_put_blob (query, 1, pk->b, sizeof pk->b);
  san_query_put_blob (query, 2, centre->b, sizeof centre->b);
  san_query_put_blob (query, 3, box_pk->b, sizeof box_pk->b);
  san_query_put_int (query, 4, seq);
  return san_query_run (query, error);
}

static gboolean
add_erased (SanStore *self, const SanId32 *dossier, gint64 seq, GError **error)
{
  g_autoptr(SanQuery) query = san_query (
      self->db, "INSERT OR IGNORE INTO erased_row(dossier, entry) VALUES(?1, ?2)", error);

  if (!query)
    return FALSE;
  san_query_put_blob (query, 1, dossier->b, sizeof dossier->b);
  san_query_put_int (query, 2, seq);
  return san_query_run (query, error);
}

static gboolean
add_operation (SanStore *self, const SanParsed *parsed, const SanId32 *centre, gint64 seq,
               GError **error)
{
  const SanAuthorityBody *body = parsed->authority;

  switch (body->op)
    {
    case SAN_OP_DEVICE:
      return !san_device_record_verify (&body->u.device, centre, NULL)
             || add_device (self->db, &body->u.device, centre, seq, error);
    case SAN_OP_SEAT:
      return !san_seat_record_verify (&body->u.seat, centre, NULL)
             || add_seat (self->db, &body->u.seat, centre, seq, error);
    case SAN_OP_NEW_RECOVERY:
      return !san_new_recovery_verify (body, &parsed->header->author, NULL)
             || add_recovery (self->db, &body->u.new_recovery.sign_pk, &body->u.new_recovery.box_pk,
                              centre, seq, error);
    case SAN_OP_ERASED:
      return add_erased (self, &body->u.erased.dossier, seq, error);
    default:
      return TRUE;
    }
}

/* A founding entry's own proofs were checked before it was stored. */
gboolean
san_claims_add (SanStore *self, const SanParsed *parsed, const SanId32 *centre, gint64 seq,
                GError **error)
{
  const SanFounding *founding = parsed->founding;

  if (parsed->authority)
    return add_operation (self, parsed, centre, seq, error);
  return !founding
         || (add_device (self->db, &founding->device, centre, seq, error)
             && add_seat (self->db, &founding->seat, centre, seq, error)
             && add_recovery (self->db, &founding->recovery_sign, &founding->recovery_box, centre,
                              seq, error));
}

gboolean
san_claims_is_recovery (SanStore *self, const SanId32 *pk, gboolean *is, GError **error)
{
  g_autoptr(SanQuery) query = san_query (self->db, "SELECT 1 FROM recovery WHERE pk = ?1", error);

  if (!query)
    return FALSE;
  san_query_put_blob (query, 1, pk->b, sizeof pk->b);
  return san_query_step (query, is, error);
}

gboolean
san_claims_fit (SanTx *tx, const SanHeader *header, gboolean *fits, GError **error)
{
  SeatJournal pair = { header->author, header->journal };
  g_autoptr(SanQuery) query = NULL;
  gboolean row, found = FALSE;

  if (g_hash_table_contains (tx->fits, &pair))
    {
      *fits = TRUE;
      return TRUE;
    }
  query = san_query (tx->store->db,
                     "SELECT d.sign_pk FROM seat s JOIN device d ON d.centre = s.centre"
                     " AND d.device = s.device WHERE s.pk = ?1",
                     error);
  if (!query)
    return FALSE;
  san_query_put_blob (query, 1, header->author.b, sizeof header->author.b);
  while (!found)
    {
      SanId32 sign_pk;

      if (!san_query_step (query, &row, error))
        return FALSE;
      if (!row)
        break;
      found = san_query_get_id32 (query, 0, &sign_pk)
              && san_journal_fits (&header->journal, &sign_pk);
    }
  if (found)
    g_hash_table_add (tx->fits, g_memdup2 (&pair, sizeof pair));
  *fits = found;
  return TRUE;
}

/* Public reading */

static void
read_seat (SanQuery *query, SanKnownSeat *out)
{
  san_query_get_id32 (query, 0, &out->seat);
  san_query_get_id32 (query, 1, &out->centre);
  san_query_get_id16 (query, 2, &out->staff);
  san_query_get_id16 (query, 3, &out->device);
  g_strlcpy (out->role, san_query_get_text (query, 4), sizeof out->role);
  san_query_get_id32 (query, 5, &out->device_sign_pk);
}

gboolean
san_store_find_seat (SanStore *self, const SanId32 *seat, SanKnownSeat *out, GError **error)
{
  g_autoptr(SanQuery) query = san_query (
      self->db,
      "SELECT s.pk, s.centre, s.staff, s.device, s.role, d.sign_pk FROM seat s JOIN device d"
      " ON d.centre = s.centre AND d.device = s.device WHERE s.pk = ?1"
      " ORDER BY s.centre, s.entry, d.entry",
      error);
  gboolean row;

  if (!query)
    return FALSE;
  san_query_put_blob (query, 1, seat->b, sizeof seat->b);
  if (!san_query_step (query, &row, error))
    return FALSE;
  if (!row)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "no such seat here");
      return FALSE;
    }
  read_seat (query, out);
  return TRUE;
}

gboolean
san_store_find_device (SanStore *self, const SanId32 *centre, const SanId16 *device,
                       SanId32 *sign_pk, GError **error)
{
  g_autoptr(SanQuery) query = san_query (
      self->db, "SELECT sign_pk FROM device WHERE centre = ?1 AND device = ?2 ORDER BY entry",
      error);
  gboolean row;

  if (!query)
    return FALSE;
  san_query_put_blob (query, 1, centre->b, sizeof centre->b);
  san_query_put_blob (query, 2, device->b, sizeof device->b);
  if (!san_query_step (query, &row, error))
    return FALSE;
  if (row && san_query_get_id32 (query, 0, sign_pk))
    return TRUE;
  g_set_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "no such device here");
  return FALSE;
}
