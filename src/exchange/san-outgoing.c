/* san-outgoing.c - make the bundles that an audience lacks, and put them in a place
 *
 * Entries and pieces go in separate files, so that a cut stick keeps the text. Neither is written
 * again where the place still holds a file that says the same. */
#include "san-outgoing.h"
#include "san-file.h"
#include "san-hash.h"
#include "san-intro.h"
#include "san-pieces.h"
#include "san-store.h"
#include "san-store-entries.h"
#include "san-written.h"
#include <errno.h>

/* What one run is made of. */
typedef struct
{
  const SanOutgoing *outgoing;
  const SanAudience *audience;
  GBytes            *intro;
  GBytes            *have;
  GPtrArray         *wants;
  GArray            *ranges;              /* SanRange */
  SanPlace          *place;
  SanBundleWriter   *writer;
  guint              n_entries;
  guint              n_pieces;
  guint              n_files;
  GPtrArray         *names;
  gboolean           headers;              /* second pass over the data: entries without a body */
  GError            *failed;
  GCancellable      *cancellable;
} Run;

static void
run_clear (Run *run)
{
  g_clear_pointer (&run->intro, g_bytes_unref);
  g_clear_pointer (&run->have, g_bytes_unref);
  g_clear_pointer (&run->wants, g_ptr_array_unref);
  g_clear_pointer (&run->ranges, g_array_unref);
  g_clear_pointer (&run->writer, san_bundle_writer_free);
  g_clear_pointer (&run->names, g_ptr_array_unref);
  g_clear_error (&run->failed);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

/* Whoever goes on apart, or has met another copy of itself, speaks again: what is believed of the
 * one may be what the other said before they parted. */
static gboolean
add_writers (const SanOutgoing *self, SanHasher *hasher, GError **error)
{
  g_autoptr(GArray) twins = san_peers_list_writers (self->store, &self->own, &self->device, error);
  guint32 writer;

  if (twins == NULL || !san_peers_get_own_writer (self->store, &writer, error))
    return FALSE;
  g_array_append_val (twins, writer);
  san_hasher_update (hasher, twins->data, twins->len * sizeof writer);
  return TRUE;
}

/* What the bundle will say, without making it: who speaks, ranges, haves, wants; and of each device
 * that lacks something whether it has spoken: if it has and still lacks it, it is sent again, a few
 * times. */
static gboolean
compute_digest (const Run *run, SanId32 *out, GError **error)
{
  g_autoptr(SanHasher) hasher = san_hasher_new ("san1.written");
  const SanOutgoing *self = run->outgoing;
  guint8 reset = self->reset ? 1 : 0;

  if (!add_writers (self, hasher, error))
    return FALSE;
  san_hasher_update (hasher, &reset, 1);
  san_hasher_update (hasher, self->recipients, self->n_recipients * sizeof (SanId32));
  san_hasher_update (hasher, run->ranges->data, run->ranges->len * sizeof (SanRange));
  san_hasher_update (hasher, g_bytes_get_data (run->have, NULL), g_bytes_get_size (run->have));
  for (guint i = 0; i < run->wants->len; i++)
    {
      GBytes *want = g_ptr_array_index (run->wants, i);

      san_hasher_update (hasher, g_bytes_get_data (want, NULL), g_bytes_get_size (want));
    }
  for (guint i = 0; run->ranges->len > 0 && i < run->audience->peers->len; i++)
    {
      const SanPeer *peer = g_ptr_array_index (run->audience->peers, i);

      if (san_audience_peer_lacks (peer, self->store, run->ranges))
        san_hasher_update (hasher, &peer->turns, sizeof peer->turns);
    }
  san_hasher_finish (hasher, out);
  return TRUE;
}

static gboolean
prepare (Run *run, GError **error)
{
  SanStore *store = run->outgoing->store;
  g_autoptr(GArray) rows = NULL;
  g_autoptr(SanHave) have = NULL;

  run->names = g_ptr_array_new_with_free_func (g_free);
  run->intro = san_intro_select_own (store, &run->outgoing->own, &run->outgoing->device, error);
  if (run->intro == NULL)
    return FALSE;
  rows = san_audience_list_have (run->audience, store, error);
  if (rows == NULL)
    return FALSE;
  have = san_have_new (rows, NULL);
  run->have = san_have_encode (have, error);
  run->wants = run->have != NULL ? san_audience_list_wants (run->audience, store, error) : NULL;
  run->ranges = run->wants != NULL ? san_audience_list_lacking (run->audience, store, error) : NULL;
  return run->ranges != NULL;
}

static gboolean
begin_bundle (Run *run, GError **error)
{
  const SanOutgoing *self = run->outgoing;
  SanId32 recipients[SAN_BUNDLE_STANZAS];
  SanBundleSpec spec = { 0 };
  guint n = 0;

  for (guint i = 0; i < self->n_recipients && n < SAN_BUNDLE_STANZAS - 1; i++)
    recipients[n++] = self->recipients[i];
  recipients[n++] = *san_box_key_get_public (self->own_key);
  spec.centre = self->own;
  spec.device = self->device;
  if (!san_peers_next_number (self->store, &spec.number, error))
    return FALSE;
  spec.flags = (guint16) (SAN_BUNDLE_ZSTD | (self->reset ? SAN_BUNDLE_RESET : 0));
  spec.recipients = recipients;
  spec.n_recipients = n;
  spec.sign_key = self->sign_key;
  spec.own_key = self->own_key;
  spec.intro = run->intro;
  spec.temp_dir = self->temp_dir;
  run->writer = san_bundle_writer_new (&spec, error);
  return run->writer != NULL;
}

static gboolean
finish_bundle (Run *run, GError **error)
{
  g_auto(SanBundleResult) result = { 0 };

  if (!san_place_finish (run->place, run->writer, run->outgoing->temp_dir, &result,
                         run->cancellable, error))
    return FALSE;
  g_clear_pointer (&run->writer, san_bundle_writer_free);
  run->n_files++;
  g_ptr_array_add (run->names, g_strdup (result.name));
  return TRUE;
}

static gboolean
add_item (Run *run, SanItemType type, const void *data, gsize n, GError **error)
{
  if (run->writer != NULL && !san_bundle_writer_has_room (run->writer, type, n) &&
      !finish_bundle (run, error))
    return FALSE;
  if (run->writer == NULL && !begin_bundle (run, error))
    return FALSE;
  return san_bundle_writer_add (run->writer, type, data, n, error);
}

/* Entries whose body was erased go in a pass of their own: their items come last. */
static gboolean
add_entry (Run *run, SanItemType type, SanEntry *entry, GError **error)
{
  g_autoptr(GBytes) whole = san_entry_to_bytes (entry);
  gsize n;
  const guint8 *data;

  if ((whole == NULL) != run->headers)
    return TRUE;
  run->n_entries++;
  if (whole == NULL)
    return add_item (run, SAN_ITEM_HEADER, san_entry_get_raw_header (entry), SAN_HEADER_SIZE,
                     error);
  data = g_bytes_get_data (whole, &n);
  return add_item (run, type, data, n, error);
}

static gboolean
add_authorities (Run *run, GError **error)
{
  for (guint a = 0; a < run->audience->authorities->len; a++)
    {
      const SanId32 *dossier = g_ptr_array_index (run->audience->authorities, a);
      g_autoptr(GPtrArray) entries =
          san_store_list_authority (run->outgoing->store, dossier, error);

      if (entries == NULL)
        return FALSE;
      for (guint i = 0; i < entries->len; i++)
        {
          SanEntry *entry = g_ptr_array_index (entries, i);
          const SanHeader *header = san_entry_get_header (entry);
          const SanRange *range = san_ranges_find (run->ranges, dossier, &header->journal);

          if (range != NULL && header->number >= range->from &&
              !add_entry (run, SAN_ITEM_AUTHORITY, entry, error))
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
is_authority (const Run *run, const SanId32 *dossier)
{
  for (guint a = 0; a < run->audience->authorities->len; a++)
    if (san_id32_equal (g_ptr_array_index (run->audience->authorities, a), dossier))
      return TRUE;
  return FALSE;
}

/* The founding entry went first, before the journals. */
static gboolean
add_data_entry (SanEntry *entry, gpointer data)
{
  Run *run = data;

  if (san_entry_get_header (entry)->kind == SAN_KIND_FOUNDING)
    return TRUE;
  return add_entry (run, SAN_ITEM_ENTRY, entry, &run->failed);
}

static gboolean
add_founding (Run *run, guint first, guint end, GError **error)
{
  const SanId32 *dossier = &g_array_index (run->ranges, SanRange, first).dossier;
  g_autoptr(SanEntry) founding = san_store_dup_entry (run->outgoing->store, dossier, error);

  if (founding == NULL)
    return FALSE;
  for (guint i = first; i < end; i++)
    {
      const SanRange *range = &g_array_index (run->ranges, SanRange, i);

      if (range->from == 1 &&
          san_id16_equal (&range->journal, &san_entry_get_header (founding)->journal))
        return add_entry (run, SAN_ITEM_ENTRY, founding, error);
    }
  return TRUE;
}

static gboolean
add_dossier (Run *run, guint first, guint end, GError **error)
{
  if (!add_founding (run, first, end, error))
    return FALSE;
  for (guint i = first; i < end; i++)
    {
      const SanRange *range = &g_array_index (run->ranges, SanRange, i);

      if (!san_store_each_of_journal (run->outgoing->store, &range->dossier, &range->journal,
                                      range->from, range->to, add_data_entry, run, error))
        return FALSE;
      if (run->failed != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&run->failed));
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
add_data (Run *run, GError **error)
{
  for (guint first = 0; first < run->ranges->len;)
    {
      const SanRange *range = &g_array_index (run->ranges, SanRange, first);
      guint end = first + 1;

      while (end < run->ranges->len &&
             san_id32_equal (&g_array_index (run->ranges, SanRange, end).dossier, &range->dossier))
        end++;
      if (!is_authority (run, &range->dossier) && !add_dossier (run, first, end, error))
        return FALSE;
      first = end;
    }
  return TRUE;
}

static gboolean
write_entries (Run *run, GError **error)
{
  gsize n;
  const guint8 *data = g_bytes_get_data (run->have, &n);

  if (!add_item (run, SAN_ITEM_HAVE, data, n, error))
    return FALSE;
  for (guint i = 0; i < run->wants->len; i++)
    {
      GBytes *want = g_ptr_array_index (run->wants, i);

      if (!add_item (run, SAN_ITEM_WANT, g_bytes_get_data (want, NULL), g_bytes_get_size (want),
                     error))
        return FALSE;
    }
  if (!add_authorities (run, error) || !add_data (run, error))
    return FALSE;
  run->headers = TRUE;
  return add_data (run, error) && finish_bundle (run, error);
}

/* --- pieces --- */

/* Pieces that its devices asked for and that are here: SanId32*, each once. */
static GPtrArray *
list_asked_pieces (Run *run, SanPieces *pieces, GError **error)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GHashTable) known = g_hash_table_new (san_id32_hash, san_id32_equal);

  for (guint p = 0; p < run->audience->peers->len; p++)
    {
      const SanPeer *peer = g_ptr_array_index (run->audience->peers, p);
      g_autoptr(GPtrArray) wants = san_peers_list_wants (run->outgoing->store, peer, error);

      if (wants == NULL)
        return NULL;
      for (guint w = 0; w < wants->len; w++)
        {
          SanWant want;
          SanId32 *piece;

          if (!san_want_parse (g_ptr_array_index (wants, w), &want, NULL) || !want.is_piece ||
              g_hash_table_contains (known, &want.piece) || !san_pieces_has (pieces, &want.piece))
            continue;
          piece = san_id32_copy (&want.piece);
          g_hash_table_add (known, piece);
          g_ptr_array_add (list, piece);
        }
    }
  return g_steal_pointer (&list);
}

/* A piece that turns out damaged is left out: whoever has it whole sends it. */
static gboolean
write_pieces (Run *run, GError **error)
{
  g_autoptr(SanPieces) pieces = san_pieces_open (san_store_get_dir (run->outgoing->store), error);
  g_autoptr(GPtrArray) asked = pieces != NULL ? list_asked_pieces (run, pieces, error) : NULL;
  g_autoptr(SanWritten) written = NULL;
  g_autoptr(SanHasher) hasher = san_hasher_new ("san1.written");
  SanId32 digest;

  if (asked == NULL)
    return FALSE;
  if (asked->len == 0)
    return TRUE;
  for (guint i = 0; i < asked->len; i++)
    san_hasher_update (hasher, ((const SanId32 *) g_ptr_array_index (asked, i))->b,
                       sizeof (SanId32));
  san_hasher_finish (hasher, &digest);
  written = san_written_load (run->outgoing->store, run->place, "pieces", &run->audience->centre,
                              error);
  if (written == NULL)
    return FALSE;
  if (san_written_says (written, &digest))
    return TRUE;
  g_ptr_array_set_size (run->names, 0);
  for (guint i = 0; i < asked->len; i++)
    {
      g_autoptr(GBytes) piece = san_pieces_read (pieces, g_ptr_array_index (asked, i), NULL);

      if (piece != NULL && !add_item (run, SAN_ITEM_PIECE, g_bytes_get_data (piece, NULL),
                                      g_bytes_get_size (piece), error))
        return FALSE;
      run->n_pieces += piece != NULL;
    }
  if (run->writer != NULL && !finish_bundle (run, error))
    return FALSE;
  return san_written_add (written, run->names, &digest, error);
}

/* Haves alone are worth a file: they say that what was sent has arrived. */
static gboolean
has_something (const Run *run)
{
  return run->ranges->len > 0 || run->wants->len > 0 || run->outgoing->reset ||
         run->audience->peers->len > 0;
}

static gboolean
write_what_is_new (Run *run, GError **error)
{
  g_autoptr(SanWritten) written = san_written_load (run->outgoing->store, run->place, "entries",
                                                    &run->audience->centre, error);
  SanId32 digest;

  if (written == NULL)
    return FALSE;
  if (!has_something (run))
    return TRUE;
  if (!compute_digest (run, &digest, error))
    return FALSE;
  if (!san_written_says (written, &digest) &&
      (!write_entries (run, error) || !san_written_add (written, run->names, &digest, error)))
    return FALSE;
  return write_pieces (run, error);
}

gboolean
san_outgoing_write (const SanOutgoing *self, const SanAudience *audience, SanPlace *place,
                    SanOutgoingResult *out, GCancellable *cancellable, GError **error)
{
  g_auto(Run) run = { 0 };

  run.outgoing = self;
  run.audience = audience;
  run.place = place;
  run.cancellable = cancellable;
  if (!prepare (&run, error) || !write_what_is_new (&run, error))
    return FALSE;
  out->n_entries = run.n_entries;
  out->n_pieces = run.n_pieces;
  out->n_files = run.n_files;
  return TRUE;
}

/* What nobody will carry must not lie there as if it were of an exchange. */
static void
drop_files (Run *run)
{
  for (guint i = 0; i < run->names->len; i++)
    san_place_remove (run->place, g_ptr_array_index (run->names, i), NULL, NULL);
}

static gboolean
give_name (Run *run, const char *folder, const char *path, GError **error)
{
  const SanFileOps *ops = san_file_get_ops ();
  g_autofree char *made = NULL;

  if (run->names->len != 1)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_REFUSED,
                           "more than one bundle is needed: exchange with a place instead");
      return FALSE;
    }
  made = g_build_filename (folder, g_ptr_array_index (run->names, 0), NULL);
  if (ops->rename (made, path) != 0)
    return san_file_fail (error, errno, "naming", path);
  if (ops->sync_dir (folder) != 0)
    {
      int why = errno;

      ops->unlink (path);               /* nobody was told that it is there */
      return san_file_fail (error, why, "syncing the folder of", path);
    }
  return TRUE;
}

gboolean
san_outgoing_write_file (const SanOutgoing *self, const SanAudience *audience, const char *path,
                         SanOutgoingResult *out, GCancellable *cancellable, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr(SanPlace) place = san_place_new_uri (folder);
  g_auto(Run) run = { 0 };

  run.outgoing = self;
  run.audience = audience;
  run.place = place;
  run.cancellable = cancellable;
  if (!prepare (&run, error))
    return FALSE;
  if (!write_entries (&run, error) || !give_name (&run, folder, path, error))
    {
      drop_files (&run);
      return FALSE;
    }
  out->n_entries = run.n_entries;
  out->n_files = 1;
  return TRUE;
}
