/* san-incoming.c - apply one bundle
 *
 * tag -> commitment not among those applied -> intro, manifest, signature -> room on the disk ->
 * one transaction: authority, entries; haves and wants are kept for its end -> FINAL seen, hash
 * and counts right -> commit. Any error before that rolls back and names the file. */
#include "san-incoming.h"
#include "san-ahead.h"
#include "san-audience-private.h"
#include "san-peers.h"
#include "san-pieces.h"
#include "san-store.h"
#include "san-store-apply.h"
#include "san-store-entries.h"
#include "san-store-rights.h"
#include "san-wanted.h"

#define SPACE_FACTOR 2u

/* Known directly, or by its intro if the centre is one that we read. */
static SanSenderKnown
find_sender (const SanId32 *centre, const SanId16 *device, const SanIntro *intro, SanId32 *sign_pk,
             gpointer data)
{
  const SanIncoming *self = data;

  if (san_store_find_device (self->store, centre, device, sign_pk, NULL))
    return SAN_SENDER_KNOWN;
  if (intro != NULL && san_id32_equal (san_intro_get_centre (intro), centre) &&
      self->knows_centre (centre, self->data))
    return SAN_SENDER_BY_INTRO;
  return SAN_SENDER_UNKNOWN;
}

static SanBundleReader *
open_reader (const SanIncoming *self, SanSource *source, SanId32 *commitment, GError **error)
{
  g_autoptr(SanBundleReader) reader = san_bundle_reader_open (source, self->keys, error);

  if (reader == NULL || !san_bundle_reader_read_header (reader, commitment, error))
    return NULL;
  return g_steal_pointer (&reader);
}

static gboolean
check_space (const SanIncoming *self, const SanManifest *manifest, GError **error)
{
  guint64 available;
  guint64 need = SPACE_FACTOR * manifest->plain_size;

  if (!san_store_get_free_space (self->store, &available, NULL) || available >= need)
    return TRUE;
  g_set_error (error, SAN_ERROR, SAN_ERROR_NO_SPACE,
               "the bundle needs %" G_GUINT64_FORMAT " bytes, %" G_GUINT64_FORMAT " are free", need,
               available);
  return FALSE;
}

/* One run over a bundle's items. */
typedef struct
{
  const SanIncoming *incoming;
  SanApply          *apply;
  SanAhead          *ahead;
  SanPieces         *pieces;
  GArray            *wanted;            /* SanWanted; NULL until the first piece */
  SanSaid            said;
} Run;

static void
run_clear (Run *run)
{
  g_clear_pointer (&run->apply, san_apply_free);
  g_clear_pointer (&run->ahead, san_ahead_free);
  g_clear_pointer (&run->pieces, san_pieces_free);
  g_clear_pointer (&run->wanted, g_array_unref);
  g_clear_pointer (&run->said.have, g_bytes_unref);
  g_clear_pointer (&run->said.wants, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static gboolean
take_entry (Run *run, const SanBundleItem *item, SanEntry *entry, SanIncomingResult *out,
            GError **error)
{
  SanApply *apply = run->apply;
  SanApplyOutcome outcome;
  gsize n;
  const guint8 *data;

  if (item->type == SAN_ITEM_HEADER)
    {
      data = g_bytes_get_data (item->bytes, &n);
      if (!san_apply_add_header (apply, data, n, &outcome, error))
        return FALSE;
    }
  else if (!san_apply_add_entry (apply, entry, &outcome, error))
    return FALSE;
  san_ahead_tell (run->ahead, outcome == SAN_APPLY_NEW);
  out->n_refused += outcome == SAN_APPLY_REFUSED || outcome == SAN_APPLY_QUARANTINED ||
                    outcome == SAN_APPLY_UNKNOWN_SEAT;
  out->n_waiting += outcome == SAN_APPLY_WAITING;
  return TRUE;
}

/* Pieces need no transaction: each is checked against its own name. What nobody asked for would
 * only fill the disk. */
static gboolean
take_piece (Run *run, const SanBundleItem *item, SanIncomingResult *out, GError **error)
{
  SanId32 id;

  if (run->pieces == NULL)
    {
      run->wanted = san_wanted_list (run->incoming->store, error);
      if (run->wanted == NULL)
        return FALSE;
      run->pieces = san_pieces_open (san_store_get_dir (run->incoming->store), error);
      if (run->pieces == NULL)
        return FALSE;
    }
  san_piece_get_id (item->bytes, &id);
  if ((!run->incoming->all_pieces && !san_wanted_has (run->wanted, &id)) ||
      san_pieces_has (run->pieces, &id))
    return TRUE;
  out->n_pieces++;
  return san_pieces_write (run->pieces, item->bytes, NULL, error);
}

static gboolean
take_item (Run *run, SanBundleItem *item, SanEntry *entry, SanIncomingResult *out, GError **error)
{
  switch (item->type)
    {
    case SAN_ITEM_HAVE:
      run->said.have = g_bytes_ref (item->bytes);
      return TRUE;
    case SAN_ITEM_WANT:
      g_ptr_array_add (run->said.wants, g_bytes_ref (item->bytes));
      return TRUE;
    case SAN_ITEM_AUTHORITY:
    case SAN_ITEM_ENTRY:
    case SAN_ITEM_HEADER:
      return take_entry (run, item, entry, out, error);
    case SAN_ITEM_PIECE:
      return take_piece (run, item, out, error);
    case SAN_ITEM_KEYRING:
      out->keyring = g_bytes_ref (item->bytes);
      return TRUE;
    case SAN_ITEM_VOLUME:
      out->has_volume = san_volume_parse (item->bytes, &out->volume, error);
      return out->has_volume;
    case SAN_ITEM_END:
    default:
      return TRUE;
    }
}

static gboolean
take_all (Run *run, SanIncomingResult *out, GCancellable *cancellable, GError **error)
{
  for (;;)
    {
      g_auto(SanBundleItem) item = { 0 };
      g_autoptr(SanEntry) entry = NULL;

      if (!san_ahead_next (run->ahead, &item, &entry, cancellable, error))
        return FALSE;
      if (item.type == SAN_ITEM_END)
        return TRUE;
      if (!take_item (run, &item, entry, out, error))
        return FALSE;
    }
}

/* Somebody has more of the journal that this device writes now: this store was turned back. */
static gboolean
sender_is_ahead (const SanIncoming *self, GBytes *have_bytes)
{
  g_autoptr(SanHave) have = have_bytes != NULL ? san_have_parse (have_bytes, NULL) : NULL;
  SanId16 journal;

  if (have == NULL || !san_store_get_journal (self->store, &journal))
    return FALSE;
  for (guint i = 0; i < have->rows->len; i++)
    {
      const SanHaveRow *row = &g_array_index (have->rows, SanHaveRow, i);

      if (san_id16_equal (&row->journal, &journal) && !san_audience_store_has (self->store, row))
        return TRUE;
    }
  return FALSE;
}

static gboolean
count_own (SanStore *store, guint64 *out, GError **error)
{
  SanId32 last;

  return san_store_get_journal_state (store, out, &last, error);
}

/* Signed with this laptop's own key: another centre may give a device of its own the same id. */
static gboolean
is_ours (const SanIncoming *self, const SanManifest *manifest)
{
  SanId32 centre;

  return self->device != NULL && san_id16_equal (self->device, &manifest->device) &&
         san_store_get_centre (self->store, &centre) && san_id32_equal (&centre, &manifest->centre);
}

/* What a removed device says of itself is not listened to; its entries are held by their rights. */
static gboolean
is_heard (const SanIncoming *self, const SanManifest *manifest)
{
  const SanAuthority *authority = san_store_get_authority (self->store, &manifest->centre, NULL);
  const SanDevice *device =
      authority != NULL ? san_authority_find_device (authority, &manifest->device) : NULL;

  return device == NULL || !device->removed;
}

/* An entry that can only be taken later makes the file worth reading again. */
static gboolean
is_settled (const SanApplySummary *summary)
{
  return summary->n[SAN_APPLY_UNKNOWN_SEAT] == 0 && summary->n[SAN_APPLY_NO_ROOM] == 0;
}

/* Remembered until the new journal is begun, should that fail now. */
static gboolean
put_behind (SanStore *store, GError **error)
{
  g_autoptr(GBytes) yes = g_bytes_new_static ("", 1);

  return san_store_put_state (store, SAN_STATE_BEHIND, yes, error);
}

/* Our own bundle, that this store does not know: it was turned back, or is one of two copies. */
static gboolean
hear (Run *run, const SanManifest *manifest, GError **error)
{
  gboolean twin = TRUE;

  if (is_ours (run->incoming, manifest) &&
      !san_peers_meet_own (run->incoming->store, manifest->number, &twin, error))
    return FALSE;
  return !twin || !is_heard (run->incoming, manifest) ||
         san_peers_hear (run->incoming->store, &run->said, error);
}

static gboolean
finish (Run *run, const SanId32 *commitment, SanIncomingResult *out, GCancellable *cancellable,
        GError **error)
{
  g_auto(SanApplySummary) summary = { 0 };
  SanStore *store = run->incoming->store;
  const SanManifest *manifest = &out->manifest;

  run->said.device = manifest->device;
  run->said.centre = manifest->centre;
  run->said.number = manifest->number;
  run->said.wall_ms = (gint64) manifest->wall;
  run->said.reset = (manifest->flags & SAN_BUNDLE_RESET) != 0;
  if (!hear (run, manifest, error) || !san_peers_add_applied (store, commitment, error) ||
      (out->we_are_behind && !put_behind (store, error)) ||
      !san_apply_commit (run->apply, cancellable, &summary, error))
    return FALSE;
  if (!is_settled (&summary))
    san_peers_drop_applied (store, commitment, NULL);      /* else they come with another bundle */
  out->n_new = summary.n[SAN_APPLY_NEW] + summary.n_freed;
  out->n_held = summary.n_held;
  out->n_became_held = summary.n_became_held;
  out->n_offers = summary.offers != NULL ? summary.offers->len : 0;
  out->refused_authors = g_steal_pointer (&summary.refused_authors);
  return TRUE;
}

static gboolean
apply_items (const SanIncoming *self, SanBundleReader *reader, const SanId32 *commitment,
             SanIncomingResult *out, GCancellable *cancellable, GError **error)
{
  g_auto(Run) run = { 0 };
  guint64 own_before = 0, own = 0;

  if (!count_own (self->store, &own_before, error))
    return FALSE;
  run.incoming = self;
  run.said.wants = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  run.apply = san_apply_begin (self->store, &out->manifest.device, error);
  run.ahead = san_ahead_new (reader);
  if (run.apply == NULL || !take_all (&run, out, cancellable, error))
    return FALSE;
  if (!count_own (self->store, &own, error))
    return FALSE;
  out->we_are_behind = sender_is_ahead (self, run.said.have) || own > own_before;
  if (!finish (&run, commitment, out, cancellable, error))
    return FALSE;
  /* it is taken now; a new journal too many harms nothing */
  out->we_are_behind |= !count_own (self->store, &own, NULL) || own > own_before;
  return TRUE;
}

gboolean
san_incoming_apply (const SanIncoming *self, SanSource *source, SanIncomingResult *out,
                    GCancellable *cancellable, GError **error)
{
  SanId32 commitment;
  g_autoptr(SanBundleReader) reader = open_reader (self, source, &commitment, error);
  g_auto(SanIncomingResult) result = { 0 };

  if (reader == NULL)
    return FALSE;
  if (san_peers_is_applied (self->store, &commitment))
    result.outcome = SAN_INCOMING_ALREADY;
  else
    {
      if (!san_bundle_reader_read_manifest (reader, find_sender, (gpointer) self, error))
        return FALSE;
      result.manifest = *san_bundle_reader_get_manifest (reader);
      if (!check_space (self, &result.manifest, error) ||
          !apply_items (self, reader, &commitment, &result, cancellable, error))
        return FALSE;
    }
  *out = result;
  memset (&result, 0, sizeof result);
  return TRUE;
}

gboolean
san_incoming_inspect (const SanIncoming *self, SanSource *source, SanManifest *manifest,
                      gboolean *complete, GCancellable *cancellable, GError **error)
{
  SanId32 commitment;
  g_autoptr(SanBundleReader) reader = open_reader (self, source, &commitment, error);

  if (reader == NULL ||
      !san_bundle_reader_read_manifest (reader, find_sender, (gpointer) self, error))
    return FALSE;
  *manifest = *san_bundle_reader_get_manifest (reader);
  *complete = TRUE;
  for (;;)
    {
      g_auto(SanBundleItem) item = { 0 };

      if (!san_bundle_reader_next (reader, &item, cancellable, NULL))
        {
          *complete = FALSE;
          return TRUE;
        }
      if (item.type == SAN_ITEM_END)
        return TRUE;
    }
}

gboolean
san_incoming_find_sender (const SanIncoming *self, SanSource *source, SanId32 *centre)
{
  SanId32 commitment;
  g_autoptr(SanBundleReader) reader = open_reader (self, source, &commitment, NULL);

  if (reader == NULL)
    return FALSE;
  san_bundle_reader_read_manifest (reader, find_sender, (gpointer) self, NULL);
  if (!san_bundle_reader_is_proven (reader))
    return FALSE;
  *centre = san_bundle_reader_get_manifest (reader)->centre;
  return TRUE;
}

void
san_incoming_result_clear (SanIncomingResult *self)
{
  g_clear_pointer (&self->refused_authors, g_ptr_array_unref);
  g_clear_pointer (&self->keyring, g_bytes_unref);
}
