/* san-authority-args.c - the arguments of each operation on authority
 *
 * One pair of functions per operation and one table. An operation that the table does not know
 * keeps its argument bytes as they came. */
#include "san-authority-args-private.h"

#include "san-canonical-private.h"

#include <string.h>

typedef gboolean (*TakeArgs) (SanAuthorityBody *self, SanReader *args, GError **error);
typedef void     (*PutArgs)  (const SanAuthorityBody *self, SanWriter *writer);

static gboolean
take_rows (SanAuthorityBody *self, SanReader *args, GError **error)
{
  guint32 n;

  if (!san_reader_take_copy (args, self->cut_salt, sizeof self->cut_salt, error) ||
      !san_reader_take_u32 (args, &n, error) ||
      !san_check_count (args, n, SAN_CUT_ROWS_LIMIT, SAN_CUT_ROW_SIZE, "cut rows", error))
    return FALSE;
  self->rows = g_new (SanCutRow, n);
  self->n_rows = n;
  if (!san_reader_take_copy (args, self->rows, n * sizeof (SanCutRow), error))
    return FALSE;
  for (guint i = 1; i < n; i++)
    if (memcmp (&self->rows[i - 1], &self->rows[i], sizeof (SanCutRow)) >= 0)
      return san_damaged (error, "%s: cut rows do not ascend", args->what);
  return TRUE;
}

static void
put_rows (const SanAuthorityBody *self, SanWriter *writer)
{
  san_writer_put (writer, self->cut_salt, sizeof self->cut_salt);
  san_writer_put_u32 (writer, self->n_rows);
  san_writer_put (writer, self->rows, self->n_rows * sizeof (SanCutRow));
}

static gboolean
take_device (SanAuthorityBody *self, SanReader *args, GError **error)
{
  return san_device_record_take (args, &self->u.device, error);
}

static void
put_device (const SanAuthorityBody *self, SanWriter *writer)
{
  san_device_record_put (&self->u.device, writer);
}

static gboolean
take_seat (SanAuthorityBody *self, SanReader *args, GError **error)
{
  return san_seat_record_take (args, &self->u.seat, error);
}

static void
put_seat (const SanAuthorityBody *self, SanWriter *writer)
{
  san_seat_record_put (&self->u.seat, writer);
}

static gboolean
take_remove (SanAuthorityBody *self, SanReader *args, GError **error)
{
  SanRemove *remove = &self->u.remove;

  if (!san_reader_take_u8 (args, &remove->what, error) ||
      !san_reader_take_id32 (args, &remove->target, error) ||
      !san_reader_take_u8 (args, &remove->reason, error))
    return FALSE;
  if (remove->what < SAN_REMOVE_STAFF || remove->what > SAN_REMOVE_SEAT)
    return san_damaged (error, "removal: of what %u", remove->what);
  if (remove->what != SAN_REMOVE_SEAT && !san_all_zero (remove->target.b + 16, 16))
    return san_damaged (error, "removal: an id of 16 bytes is not zero-filled");
  if (remove->reason < SAN_REASON_LEFT || remove->reason > SAN_REASON_OTHER)
    return san_damaged (error, "removal: reason %u", remove->reason);
  return take_rows (self, args, error);
}

static void
put_remove (const SanAuthorityBody *self, SanWriter *writer)
{
  san_writer_put_u8 (writer, self->u.remove.what);
  san_writer_put_id32 (writer, &self->u.remove.target);
  san_writer_put_u8 (writer, self->u.remove.reason);
  put_rows (self, writer);
}

static gboolean
take_accept (SanAuthorityBody *self, SanReader *args, GError **error)
{
  return san_reader_take_id32 (args, &self->u.removal, error) && take_rows (self, args, error);
}

static void
put_accept (const SanAuthorityBody *self, SanWriter *writer)
{
  san_writer_put_id32 (writer, &self->u.removal);
  put_rows (self, writer);
}

static gboolean
take_pair (SanReader *args, SanRingPair *out, GError **error)
{
  return san_reader_take_id32 (args, &out->grantee, error) &&
         san_reader_take_copy (args, out->sealed, sizeof out->sealed, error);
}

static void
put_pair (const SanRingPair *self, SanWriter *writer)
{
  san_writer_put_id32 (writer, &self->grantee);
  san_writer_put (writer, self->sealed, sizeof self->sealed);
}

/* The recovery key's pair comes first, wherever it would sort; the seats ascend after it. */
static gboolean
check_pairs (const SanNewRing *ring, GError **error)
{
  for (guint i = 1; i < ring->n_pairs; i++)
    {
      if (i > 1 && san_id32_compare (&ring->pairs[i - 1].grantee, &ring->pairs[i].grantee) >= 0)
        return san_damaged (error, "new ring: grantees do not ascend");
      if (san_id32_equal (&ring->pairs[0].grantee, &ring->pairs[i].grantee))
        return san_damaged (error, "new ring: the recovery key stands twice");
    }
  return TRUE;
}

static gboolean
check_ring (const SanNewRing *ring, GError **error)
{
  if (ring->compartment >= SAN_N_COMPARTMENTS)
    return san_damaged (error, "new ring: compartment %u", ring->compartment);
  if (san_id32_is_zero (&ring->previous)
      && !(san_all_zero (ring->nonce, sizeof ring->nonce)
           && san_all_zero (ring->link, sizeof ring->link)))
    return san_damaged (error, "new ring: the first one has a link");
  return TRUE;
}

static gboolean
take_new_ring (SanAuthorityBody *self, SanReader *args, GError **error)
{
  SanNewRing *ring = &self->u.new_ring;
  guint16 n;

  if (!san_reader_take_u8 (args, &ring->compartment, error) ||
      !san_reader_take_id32 (args, &ring->ring_pk, error) ||
      !san_reader_take_id32 (args, &ring->previous, error) ||
      !san_reader_take_copy (args, ring->nonce, sizeof ring->nonce, error) ||
      !san_reader_take_copy (args, ring->link, sizeof ring->link, error) ||
      !check_ring (ring, error) ||
      !san_reader_take_u16 (args, &n, error) ||
      !san_check_count (args, n, SAN_GRANTEES_LIMIT, sizeof (SanRingPair), "grantees", error))
    return FALSE;
  if (n == 0)
    return san_damaged (error, "new ring: no grantee, the recovery key must be one");
  ring->pairs = g_new (SanRingPair, n);
  ring->n_pairs = n;
  for (guint i = 0; i < n; i++)
    if (!take_pair (args, &ring->pairs[i], error))
      return FALSE;
  return check_pairs (ring, error);
}

static void
put_new_ring (const SanAuthorityBody *self, SanWriter *writer)
{
  const SanNewRing *ring = &self->u.new_ring;

  san_writer_put_u8 (writer, ring->compartment);
  san_writer_put_id32 (writer, &ring->ring_pk);
  san_writer_put_id32 (writer, &ring->previous);
  san_writer_put (writer, ring->nonce, sizeof ring->nonce);
  san_writer_put (writer, ring->link, sizeof ring->link);
  san_writer_put_u16 (writer, (guint16) ring->n_pairs);
  for (guint i = 0; i < ring->n_pairs; i++)
    put_pair (&ring->pairs[i], writer);
}

static gboolean
take_ring_grant (SanAuthorityBody *self, SanReader *args, GError **error)
{
  return san_reader_take_id32 (args, &self->u.ring_grant.ring, error) &&
         take_pair (args, &self->u.ring_grant.pair, error);
}

static void
put_ring_grant (const SanAuthorityBody *self, SanWriter *writer)
{
  san_writer_put_id32 (writer, &self->u.ring_grant.ring);
  put_pair (&self->u.ring_grant.pair, writer);
}

static gboolean
take_new_recovery (SanAuthorityBody *self, SanReader *args, GError **error)
{
  SanNewRecovery *recovery = &self->u.new_recovery;

  return san_reader_take_id32 (args, &recovery->sign_pk, error) &&
         san_reader_take_id32 (args, &recovery->box_pk, error) &&
         san_reader_take_copy (args, recovery->proof, sizeof recovery->proof, error);
}

static void
put_new_recovery (const SanAuthorityBody *self, SanWriter *writer)
{
  const SanNewRecovery *recovery = &self->u.new_recovery;

  san_writer_put_id32 (writer, &recovery->sign_pk);
  san_writer_put_id32 (writer, &recovery->box_pk);
  san_writer_put (writer, recovery->proof, sizeof recovery->proof);
}

static gboolean
take_notice (SanAuthorityBody *self, SanReader *args, GError **error)
{
  SanNotice *notice = &self->u.notice;

  if (!san_reader_take_u8 (args, &notice->why, error) ||
      !san_reader_take_id16 (args, &notice->old_journal, error) ||
      !san_reader_take_id16 (args, &notice->new_journal, error))
    return FALSE;
  if (notice->why < SAN_NOTICE_RESTORE || notice->why > SAN_NOTICE_ROLL_BACK)
    return san_damaged (error, "journal notice: why %u", notice->why);
  return TRUE;
}

static void
put_notice (const SanAuthorityBody *self, SanWriter *writer)
{
  san_writer_put_u8 (writer, self->u.notice.why);
  san_writer_put_id16 (writer, &self->u.notice.old_journal);
  san_writer_put_id16 (writer, &self->u.notice.new_journal);
}

static gboolean
take_erased (SanAuthorityBody *self, SanReader *args, GError **error)
{
  return san_reader_take_id32 (args, &self->u.erased.dossier, error) &&
         san_reader_take_id32 (args, &self->u.erased.erasure, error);
}

static void
put_erased (const SanAuthorityBody *self, SanWriter *writer)
{
  san_writer_put_id32 (writer, &self->u.erased.dossier);
  san_writer_put_id32 (writer, &self->u.erased.erasure);
}

static gboolean
take_void (SanAuthorityBody *self, SanReader *args, GError **error)
{
  SanVoid *voids = &self->u.voids;
  guint8 n;

  if (!san_reader_take_u8 (args, &n, error) ||
      !san_check_count (args, n, SAN_VOIDS_LIMIT, sizeof (SanId32), "removals", error))
    return FALSE;
  if (n == 0)
    return san_damaged (error, "void: names no removal");
  voids->removals = g_new (SanId32, n);
  voids->n_removals = n;
  return san_take_ids (args, voids->removals, n, "removals", error);
}

static void
put_void (const SanAuthorityBody *self, SanWriter *writer)
{
  san_writer_put_u8 (writer, (guint8) self->u.voids.n_removals);
  for (guint i = 0; i < self->u.voids.n_removals; i++)
    san_writer_put_id32 (writer, &self->u.voids.removals[i]);
}

static gboolean
take_share (SanAuthorityBody *self, SanReader *args, GError **error)
{
  SanShare *share = &self->u.share;

  if (!san_reader_take_id32 (args, &share->centre, error) ||
      !san_reader_take_u8 (args, &share->write, error) ||
      !san_reader_take_u16 (args, &share->compartments, error))
    return FALSE;
  if (share->write > 1)
    return san_damaged (error, "share: right %u", share->write);
  if (share->compartments == 0 || (share->compartments & ~SAN_COMPARTMENT_MASK) != 0)
    return san_damaged (error, "share: compartments %04x", share->compartments);
  return TRUE;
}

static void
put_share (const SanAuthorityBody *self, SanWriter *writer)
{
  san_writer_put_id32 (writer, &self->u.share.centre);
  san_writer_put_u8 (writer, self->u.share.write);
  san_writer_put_u16 (writer, self->u.share.compartments);
}

static gboolean
take_unshare (SanAuthorityBody *self, SanReader *args, GError **error)
{
  return san_reader_take_id32 (args, &self->u.centre, error) && take_rows (self, args, error);
}

static void
put_unshare (const SanAuthorityBody *self, SanWriter *writer)
{
  san_writer_put_id32 (writer, &self->u.centre);
  put_rows (self, writer);
}

/* Operations 18, 19, 20 and 22 are one id: centre, ref and link lie at one place of the union. */
static gboolean
take_one_id (SanAuthorityBody *self, SanReader *args, GError **error)
{
  return san_reader_take_id32 (args, &self->u.ref, error);
}

static void
put_one_id (const SanAuthorityBody *self, SanWriter *writer)
{
  san_writer_put_id32 (writer, &self->u.ref);
}

static gboolean
take_nothing (SanAuthorityBody *self, SanReader *args, GError **error)
{
  return TRUE;
}

static void
put_nothing (const SanAuthorityBody *self, SanWriter *writer)
{
}

static const struct
{
  SanOp    op;
  TakeArgs take;
  PutArgs  put;
} table[] = {
  { SAN_OP_DEVICE,          take_device,       put_device },
  { SAN_OP_SEAT,            take_seat,         put_seat },
  { SAN_OP_REMOVE,          take_remove,       put_remove },
  { SAN_OP_ACCEPT,          take_accept,       put_accept },
  { SAN_OP_NEW_RING,        take_new_ring,     put_new_ring },
  { SAN_OP_RING_GRANT,      take_ring_grant,   put_ring_grant },
  { SAN_OP_NEW_RECOVERY,    take_new_recovery, put_new_recovery },
  { SAN_OP_JOURNAL_NOTICE,  take_notice,       put_notice },
  { SAN_OP_ERASED,          take_erased,       put_erased },
  { SAN_OP_VOID,            take_void,         put_void },
  { SAN_OP_SHARE,           take_share,        put_share },
  { SAN_OP_UNSHARE,         take_unshare,      put_unshare },
  { SAN_OP_TRANSFER_OFFER,  take_one_id,       put_one_id },
  { SAN_OP_TRANSFER_ACCEPT, take_one_id,       put_one_id },
  { SAN_OP_TRANSFER_DECIDE, take_one_id,       put_one_id },
  { SAN_OP_ERASE,           take_nothing,      put_nothing },
  { SAN_OP_LINK,            take_one_id,       put_one_id },
};

gboolean
san_op_is_known (guint16 op)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (table[i].op == op)
      return TRUE;
  return FALSE;
}

gboolean
san_op_is_of_case (guint16 op)
{
  return op >= SAN_OP_SHARE && op <= SAN_OP_LINK;
}

gboolean
san_authority_args_take (SanAuthorityBody *self, SanReader *args, GError **error)
{
  gsize n = san_reader_get_left (args);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (table[i].op == self->op)
      return table[i].take (self, args, error) && san_reader_take_end (args, error);
  self->args = g_bytes_new (san_reader_take (args, n, NULL), n);
  return TRUE;
}

void
san_authority_args_put (const SanAuthorityBody *self, SanWriter *writer)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (table[i].op == self->op)
      {
        table[i].put (self, writer);
        return;
      }
  if (self->args != NULL)
    san_writer_put_bytes (writer, self->args);
}
