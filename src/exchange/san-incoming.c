/* san-incoming.c - apply one bundle
 *
 * tag -> commitment not among those applied -> intro, manifest, signature -> room on the disk ->
 * one transaction: authority, entries; haves and wants are kept for its end -> FINAL seen, hash
 * and counts right -> commit. Any error before that rolls back and names the file. */
#include "san-incoming.h"
#include "san-peers.h"
#include "san-pieces.h"
#include "san-store.h"
#include "san-store-apply.h"
#include "san-store-entries.h"

#define SPACE_FACTOR 2u


/* Known directly, or by its intro if the centre is one that we read. */
static SanSenderKnown
find_sender (const SanId32 *centre, const SanId16 *device, const SanIntro *intro, SanId32 *sign_pk, gpointer data)
{
  const SanIncoming *self = data;

  if (san_store_find_device (self->store, centre, device, sign_pk, NULL))
    return SAN_SENDER_KNOWN;
  if (intro != NULL && san_id32_equal (san_intro_get_centre (intro), centre) && self->knows_centre (centre, self->data))
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
               "the bundle needs %" G_GUINT64_FORMAT " bytes, %" G_GUINT64_FORMAT " are free", need, available);
  return FALSE;
}

typedef struct
{
  GBytes    *have;
  GPtrArray *wants;
} Said;

static void
said_clear (Said *said)
{
  g_clear_pointer (&said->have, g_bytes_unref);
  g_clear_pointer (&said->wants, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Said, said_clear)

static gboolean
take_entry (SanApply *apply, const SanItem *item, SanIncomingResult *out, GError **error)
{
  SanApplyOutcome outcome;
  gsize n;
  const guint8 *data;

  if (item->type == SAN_ITEM_HEADER)
    {
      data = g_bytes_get_data (item->bytes, &n);
      if (!san_apply_add_header (apply, data, n, &outcome, error))
        return FALSE;
    }
  else if (!san_apply_add (apply, item->bytes, &outcome, error))
    return FALSE;
  out->n_refused += outcome == SAN_APPLY_REFUSED || outcome == SAN_APPLY_QUARANTINED ||
                    outcome == SAN_APPLY_UNKNOWN_SEAT;
  out->n_waiting += outcome == SAN_APPLY_WAITING;
  return TRUE;
}

/* Pieces need no transaction: each is checked against its own name. */
static gboolean
take_piece (const SanIncoming *self, const SanItem *item, SanIncomingResult *out, GError **error)
{
  g_autoptr(SanPieces) pieces = san_pieces_open (san_store_get_dir (self->store), error);

  if (pieces == NULL || !san_pieces_write (pieces, item->bytes, NULL, error))
    return FALSE;
  out->n_pieces++;
  return TRUE;
}

static gboolean
take_item (const SanIncoming *self, SanApply *apply, SanItem *item, Said *said, SanIncomingResult *out, GError **error)
{
  switch (item->type)
    {
    case SAN_ITEM_HAVE:
      said->have = g_bytes_ref (item->bytes);
      return TRUE;
    case SAN_ITEM_WANT:
      g_ptr_array_add (said->wants, g_bytes_ref (item->bytes));
      return TRUE;
    case SAN_ITEM_AUTHORITY:
    case SAN_ITEM_ENTRY:
    case SAN_ITEM_HEADER:
      return take_entry (apply, item, out, error);
    case SAN_ITEM_PIECE:
      return take_piece (self, item, out, error);
    default:
      return TRUE;
    }
}

static gboolean
take_all (const SanIncoming *self, SanBundleReader *reader, SanApply *apply, Said *said, SanIncomingResult *out,
          GCancellable *cancellable, GError **error)
{
  for (;;)
    {
      g_auto(SanItem) item = { 0 };

      if (!san_bundle_reader_next (reader, &item, cancellable, error))
        return FALSE;
      if (item.type == SAN_ITEM_END)
        return TRUE;
      if (!take_item (self, apply, &item, said, out, error))
        return FALSE;
    }
}

/* Somebody has more of the journal that this device writes now: this store was turned back. */
static gboolean
sender_is_ahead (const SanIncoming *self, GBytes *have_bytes)
{
  g_autoptr(SanHave) have = have_bytes != NULL ? san_have_parse (have_bytes, NULL) : NULL;
  g_autoptr(GPtrArray) heads = NULL;
  SanId16 journal;

  if (have == NULL || !san_store_get_journal (self->store, &journal))
    return FALSE;
  for (guint i = 0; i < have->rows->len; i++)
    {
      const SanHaveRow *row = &g_array_index (have->rows, SanHaveRow, i);
      guint64 mine = 0;

      if (!san_id16_equal (&row->journal, &journal))
        continue;
      heads = san_store_list_heads (self->store, &row->dossier, NULL);
      for (guint h = 0; heads != NULL && h < heads->len; h++)
        {
          const SanHead *head = g_ptr_array_index (heads, h);

          if (san_id16_equal (&head->journal, &journal))
            mine = MAX (mine, head->number);
        }
      g_clear_pointer (&heads, g_ptr_array_unref);
      if (row->number > mine)
        return TRUE;
    }
  return FALSE;
}

static gboolean
finish (const SanIncoming *self, SanApply *apply, const SanId32 *commitment, const Said *said, SanIncomingResult *out,
        GCancellable *cancellable, GError **error)
{
  g_auto(SanApplySummary) summary = { 0 };
  const SanManifest *manifest = &out->manifest;

  if (!san_peers_hear (self->store, &manifest->device, &manifest->centre, manifest->number, (gint64) manifest->wall,
                       (manifest->flags & SAN_BUNDLE_RESET) != 0, said->have, error) ||
      !san_peers_set_wants (self->store, &manifest->device, said->wants, error) ||
      !san_peers_add_applied (self->store, commitment, error) ||
      !san_apply_commit (apply, cancellable, &summary, error))
    return FALSE;
  out->n_new = summary.n[SAN_APPLY_NEW] + summary.n_freed;
  out->n_held = summary.n_held;
  out->n_became_held = summary.n_became_held;
  out->n_offers = summary.offers != NULL ? summary.offers->len : 0;
  out->refused_authors = g_steal_pointer (&summary.refused_authors);
  return TRUE;
}

gboolean
san_incoming_apply (const SanIncoming *self, SanSource *source, SanIncomingResult *out, GCancellable *cancellable,
                    GError **error)
{
  SanId32 commitment;
  g_autoptr(SanBundleReader) reader = open_reader (self, source, &commitment, error);
  g_autoptr(SanApply) apply = NULL;
  g_auto(Said) said = { 0 };
  g_auto(SanIncomingResult) result = { 0 };

  if (reader == NULL)
    return FALSE;
  if (san_peers_is_applied (self->store, &commitment))
    {
      result.outcome = SAN_INCOMING_ALREADY;
      *out = result;
      memset (&result, 0, sizeof result);
      return TRUE;
    }
  if (!san_bundle_reader_read_manifest (reader, find_sender, (gpointer) self, error))
    return FALSE;
  result.manifest = *san_bundle_reader_get_manifest (reader);
  if (!check_space (self, &result.manifest, error))
    return FALSE;
  said.wants = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  apply = san_apply_begin (self->store, &result.manifest.device, error);
  if (apply == NULL || !take_all (self, reader, apply, &said, &result, cancellable, error))
    return FALSE;
  result.we_are_behind = sender_is_ahead (self, said.have);
  if (!finish (self, apply, &commitment, &said, &result, cancellable, error))
    return FALSE;
  *out = result;
  memset (&result, 0, sizeof result);
  return TRUE;
}

gboolean
san_incoming_inspect (const SanIncoming *self, SanSource *source, SanManifest *manifest, gboolean *complete,
                      GCancellable *cancellable, GError **error)
{
  SanId32 commitment;
  g_autoptr(SanBundleReader) reader = open_reader (self, source, &commitment, error);

  if (reader == NULL || !san_bundle_reader_read_manifest (reader, find_sender, (gpointer) self, error))
    return FALSE;
  *manifest = *san_bundle_reader_get_manifest (reader);
  *complete = TRUE;
  for (;;)
    {
      g_auto(SanItem) item = { 0 };

      if (!san_bundle_reader_next (reader, &item, cancellable, NULL))
        {
          *complete = FALSE;
          return TRUE;
        }
      if (item.type == SAN_ITEM_END)
        return TRUE;
    }
}

void
san_incoming_result_clear (SanIncomingResult *self)
{
  g_clear_pointer (&self->refused_authors, g_ptr_array_unref);
}
