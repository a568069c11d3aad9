/* san-backup-writer.c - a whole copy of what this laptop has, in numbered volumes
 *
 * A volume says how many there are, so everything is gone through twice: once to count, once to
 * write. Both ask the same rule when the next volume begins. */
#include "san-backup-writer.h"
#include "san-backup-list.h"
#include "san-file.h"
#include "san-founding.h"
#include "san-intro.h"
#include "san-peers.h"
#include "san-pieces.h"
#include "san-store.h"
#include "san-store-entries.h"

#define VOLUME_BYTES   ((guint64) 256 << 20)
#define VOLUME_ENTRIES 400000u
#define VOLUME_PIECES  256u
#define VOLUMES_LIMIT  65535u

typedef struct { SanId32 id; gsize size; } Piece;

typedef struct
{
  const SanBackup *backup;
  SanPlace        *place;
  SanBackupList   *list;
  GBytes          *intro;
  GPtrArray       *dossiers;            /* SanDossier*, by id */
  GArray          *pieces;              /* Piece: to be written */
  SanId16          id;
  guint            n_volumes;           /* known after counting */
  gboolean         counting;
  gboolean         headers;             /* second pass over the data: entries without a body */
  gboolean         erased_only;         /* for erased.dat */
  /* the volume that is being filled */
  gboolean         open;
  guint            volume;
  guint64          bytes;
  guint            entries;
  GArray          *piece_ids;           /* SanId32 */
  SanBundleWriter *writer;
  SanBackupResult  result;
  GError          *failed;
  GCancellable    *cancellable;
} Run;

static void
run_clear (Run *run)
{
  g_clear_pointer (&run->list, san_backup_list_free);
  g_clear_pointer (&run->intro, g_bytes_unref);
  g_clear_pointer (&run->dossiers, g_ptr_array_unref);
  g_clear_pointer (&run->pieces, g_array_unref);
  g_clear_pointer (&run->piece_ids, g_array_unref);
  g_clear_pointer (&run->writer, san_bundle_writer_free);
  g_clear_error (&run->failed);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static gboolean
make_writer (Run *run, GError **error)
{
  const SanBackup *self = run->backup;
  SanBundleSpec spec = { 0 };

  spec.centre = self->own;
  spec.device = self->device;
  if (!san_peers_next_number (self->store, &spec.number, error))
    return FALSE;
  spec.flags = (guint16) (SAN_BUNDLE_ZSTD | SAN_BUNDLE_BACKUP);
  spec.recipients = self->recipients;
  spec.n_recipients = self->n_recipients;
  spec.sign_key = self->sign_key;
  spec.own_key = self->own_key;
  spec.intro = run->intro;
  spec.temp_dir = self->temp_dir;
  run->writer = san_bundle_writer_new (&spec, error);
  return run->writer != NULL;
}

static gboolean
begin_volume (Run *run, GError **error)
{
  run->open = TRUE;
  run->bytes = 0;
  run->entries = 0;
  g_clear_pointer (&run->piece_ids, g_array_unref);
  run->piece_ids = g_array_new (FALSE, FALSE, sizeof (SanId32));
  return run->counting || make_writer (run, error);
}

static gboolean
write_end (Run *run, GError **error)
{
  SanVolume volume = { run->id, (guint16) run->volume, (guint16) run->n_volumes };
  g_autoptr(GBytes) bytes = san_volume_encode (&volume);
  g_auto(SanBundleResult) result = { 0 };
  GBytes *keyring = run->backup->keyring;

  if (run->volume == 0 &&
      !san_bundle_writer_add (run->writer, SAN_ITEM_KEYRING, g_bytes_get_data (keyring, NULL),
                              g_bytes_get_size (keyring), error))
    return FALSE;
  if (!san_bundle_writer_add (run->writer, SAN_ITEM_VOLUME, g_bytes_get_data (bytes, NULL),
                              g_bytes_get_size (bytes), error) ||
      !san_place_finish (run->place, run->writer, run->backup->temp_dir, &result, run->cancellable,
                         error))
    return FALSE;
  san_backup_list_add (run->list, result.name, &run->id, run->piece_ids);
  run->result.n_files++;
  return TRUE;
}

static gboolean
end_volume (Run *run, GError **error)
{
  if (!run->counting && !write_end (run, error))
    return FALSE;
  g_clear_pointer (&run->writer, san_bundle_writer_free);
  run->open = FALSE;
  run->volume++;
  if (run->volume <= VOLUMES_LIMIT)
    return TRUE;
  g_set_error_literal (error, SAN_ERROR, SAN_ERROR_REFUSED,
                       "the backup would have too many volumes");
  return FALSE;
}

/* The one rule of where a volume ends. */
static gboolean
is_full (const Run *run, gboolean piece, gsize n)
{
  guint64 limit = run->backup->volume_bytes > 0 ? run->backup->volume_bytes : VOLUME_BYTES;

  if (run->bytes > 0 && run->bytes + n > limit)
    return TRUE;
  return piece ? run->entries > 0 || run->piece_ids->len >= VOLUME_PIECES
               : run->entries >= VOLUME_ENTRIES;
}

static gboolean
make_room (Run *run, gboolean piece, gsize n, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (run->cancellable, error))
    return FALSE;
  if (run->open && is_full (run, piece, n) && !end_volume (run, error))
    return FALSE;
  if (!run->open && !begin_volume (run, error))
    return FALSE;
  run->bytes += n + SAN_ITEM_HEAD_SIZE;
  return TRUE;
}

static gboolean
add_entry (Run *run, SanItemType type, SanEntry *entry, GError **error)
{
  g_autoptr(GBytes) whole = san_entry_to_bytes (entry);
  gsize n = SAN_HEADER_SIZE;
  const guint8 *data = san_entry_get_raw_header (entry);

  if ((whole == NULL) != run->headers)
    return TRUE;
  if (whole != NULL)
    data = g_bytes_get_data (whole, &n);
  if (!make_room (run, FALSE, n, error))
    return FALSE;
  run->entries++;
  if (run->counting)
    return TRUE;
  run->result.n_entries++;
  return san_bundle_writer_add (run->writer, whole != NULL ? type : SAN_ITEM_HEADER, data, n,
                                error);
}

static gboolean
is_authority (const SanDossier *dossier)
{
  return dossier->type == SAN_FOUNDING_CENTRE || dossier->type == SAN_FOUNDING_PROGRAMME;
}

static gboolean
add_authority (Run *run, const SanId32 *dossier, GError **error)
{
  g_autoptr(GPtrArray) entries = san_store_list_authority (run->backup->store, dossier, error);

  if (entries == NULL)
    return FALSE;
  for (guint i = 0; i < entries->len; i++)
    if (!add_entry (run, SAN_ITEM_AUTHORITY, g_ptr_array_index (entries, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
add_one (SanEntry *entry, gpointer data)
{
  Run *run = data;

  return add_entry (run, SAN_ITEM_ENTRY, entry, &run->failed);
}

static gboolean
add_data (Run *run, GError **error)
{
  for (guint i = 0; i < run->dossiers->len; i++)
    {
      const SanDossier *dossier = g_ptr_array_index (run->dossiers, i);

      if (is_authority (dossier) || (run->erased_only && !dossier->erased))
        continue;
      if (run->backup->progress != NULL && !run->counting)
        run->backup->progress ("writing", i, run->dossiers->len, run->backup->data);
      if (!san_store_each_of_dossier (run->backup->store, &dossier->id, add_one, run, error))
        return FALSE;
      if (run->failed != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&run->failed));
          return FALSE;
        }
    }
  return TRUE;
}

/* Own centre first: everybody else was met through it. */
static gboolean
add_entries (Run *run, GError **error)
{
  if (!add_authority (run, &run->backup->own, error))
    return FALSE;
  for (guint i = 0; i < run->dossiers->len; i++)
    {
      const SanDossier *dossier = g_ptr_array_index (run->dossiers, i);

      if (is_authority (dossier) && !san_id32_equal (&dossier->id, &run->backup->own) &&
          !add_authority (run, &dossier->id, error))
        return FALSE;
    }
  run->headers = FALSE;
  if (!add_data (run, error))
    return FALSE;
  run->headers = TRUE;
  if (!add_data (run, error))
    return FALSE;
  run->headers = FALSE;
  return TRUE;
}

static gboolean
add_piece (Run *run, SanPieces *pieces, const Piece *piece, GError **error)
{
  g_autoptr(GBytes) sealed = NULL;

  if (!make_room (run, TRUE, piece->size, error))
    return FALSE;
  g_array_append_val (run->piece_ids, piece->id);
  if (run->counting)
    return TRUE;
  sealed = san_pieces_read (pieces, &piece->id, error);
  run->result.n_pieces++;
  return sealed != NULL &&
         san_bundle_writer_add (run->writer, SAN_ITEM_PIECE, g_bytes_get_data (sealed, NULL),
                                g_bytes_get_size (sealed), error);
}

/* A piece that is damaged here is left out of the backup, not the backup because of it. */
static gboolean
list_pieces (Run *run, SanPieces *pieces, GError **error)
{
  g_autoptr(GPtrArray) all = san_pieces_list (pieces, error);

  if (all == NULL)
    return FALSE;
  run->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  for (guint i = 0; i < all->len; i++)
    {
      const SanId32 *id = g_ptr_array_index (all, i);
      g_autoptr(GBytes) sealed =
          san_backup_list_has (run->list, id) ? NULL : san_pieces_read (pieces, id, NULL);
      Piece piece = { *id, sealed != NULL ? g_bytes_get_size (sealed) : 0 };

      if (sealed != NULL)
        g_array_append_val (run->pieces, piece);
    }
  return TRUE;
}

static gboolean
go_through (Run *run, SanPieces *pieces, GError **error)
{
  run->volume = 0;
  if (!add_entries (run, error))
    return FALSE;
  for (guint i = 0; i < run->pieces->len; i++)
    if (!add_piece (run, pieces, &g_array_index (run->pieces, Piece, i), error))
      return FALSE;
  return !run->open || end_volume (run, error);
}

/* --- erased.dat --- */

static gboolean
put_erased (Run *run, GError **error)
{
  g_auto(SanBundleResult) result = { 0 };
  g_autofree char *path = NULL;
  gboolean ok;

  if (!san_bundle_writer_finish (run->writer, run->backup->temp_dir, &result, run->cancellable,
                                 error))
    return FALSE;
  path = g_build_filename (run->backup->temp_dir, result.name, NULL);
  ok = san_place_put (run->place, path, SAN_ERASED_NAME, run->cancellable, error);
  san_file_remove (path, NULL);
  return ok;
}

/* Who ordered it and what stays of the erased cases, small enough for one file. */
static gboolean
write_erased (Run *run, GError **error)
{
  SanBackupResult kept = run->result;
  gboolean ok;

  run->erased_only = TRUE;
  if (!begin_volume (run, error))
    return FALSE;
  ok = add_authority (run, &run->backup->own, error) && add_data (run, error);
  run->headers = TRUE;
  ok = ok && add_data (run, error);
  run->headers = FALSE;
  ok = ok && put_erased (run, error);
  g_clear_pointer (&run->writer, san_bundle_writer_free);
  run->open = FALSE;
  run->result = kept;
  return ok;
}

/* --- the whole --- */

static int
compare_dossiers (gconstpointer a, gconstpointer b)
{
  return san_id32_compare (&(*(const SanDossier *const *) a)->id,
                           &(*(const SanDossier *const *) b)->id);
}

static gboolean
prepare (Run *run, SanPieces *pieces, GError **error)
{
  san_random (run->id.b, sizeof run->id.b);
  run->list = san_backup_list_load (run->backup->store, run->place, error);
  if (run->list == NULL)
    return FALSE;
  run->dossiers = san_store_list_dossiers (run->backup->store, 0, NULL, G_MAXUINT, error);
  if (run->dossiers == NULL)
    return FALSE;
  g_ptr_array_sort (run->dossiers, compare_dossiers);
  run->intro =
      san_intro_select_own (run->backup->store, &run->backup->own, &run->backup->device, error);
  return run->intro != NULL && list_pieces (run, pieces, error);
}

gboolean
san_backup_write (const SanBackup *self, SanPlace *place, SanBackupResult *out,
                  GCancellable *cancellable, GError **error)
{
  g_autoptr(SanPieces) pieces = san_pieces_open (san_store_get_dir (self->store), error);
  g_auto(Run) run = { 0 };

  run.backup = self;
  run.place = place;
  run.cancellable = cancellable;
  if (pieces == NULL || !prepare (&run, pieces, error))
    return FALSE;
  run.counting = TRUE;
  if (!go_through (&run, pieces, error))
    return FALSE;
  run.n_volumes = run.volume;
  run.counting = FALSE;
  if (!go_through (&run, pieces, error) || !write_erased (&run, error) ||
      !san_backup_list_save (run.list, &run.id, error))
    return FALSE;
  *out = run.result;
  return TRUE;
}
