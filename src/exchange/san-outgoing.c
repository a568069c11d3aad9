/* san-outgoing.c - make the bundles that an audience lacks, and put them in a place */
#include "san-outgoing.h"
#include "san-hash.h"
#include "san-intro.h"
#include "san-pieces.h"
#include "san-store.h"
#include "san-store-entries.h"
#include <glib/gstdio.h>

#define STATE_WRITTEN "written."          /* audience: a(say): names, newest first, and what they say */
#define KEEP_WRITTEN  2u
#define WRITTEN_TYPE  "a(say)"

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
  guint              n_files;
  GPtrArray         *names;
  SanId32            digest;
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

static GBytes *
select_intro (const SanOutgoing *self, GError **error)
{
  g_autoptr(GPtrArray) entries = san_store_list_authority (self->store, &self->own, error);
  g_autoptr(GPtrArray) bytes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  if (entries == NULL)
    return NULL;
  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (bytes, san_entry_to_bytes (g_ptr_array_index (entries, i)));
  return san_intro_select (bytes, &self->device, error);
}

/* What the bundle will say, without making it: ranges, haves, wants. */
static void
compute_digest (Run *run)
{
  g_autoptr(SanHasher) hasher = san_hasher_new ("san1.written");
  guint8 reset = run->outgoing->reset ? 1 : 0;

  san_hasher_update (hasher, &reset, 1);
  san_hasher_update (hasher, run->ranges->data, run->ranges->len * sizeof (SanRange));
  san_hasher_update (hasher, g_bytes_get_data (run->have, NULL), g_bytes_get_size (run->have));
  for (guint i = 0; i < run->wants->len; i++)
    {
      GBytes *want = g_ptr_array_index (run->wants, i);

      san_hasher_update (hasher, g_bytes_get_data (want, NULL), g_bytes_get_size (want));
    }
  san_hasher_finish (hasher, &run->digest);
}

static gboolean
prepare (Run *run, GError **error)
{
  SanStore *store = run->outgoing->store;
  g_autoptr(GArray) rows = NULL;
  g_autoptr(SanHave) have = NULL;

  run->names = g_ptr_array_new_with_free_func (g_free);
  run->intro = select_intro (run->outgoing, error);
  if (run->intro == NULL)
    return FALSE;
  rows = san_audience_list_have (run->audience, store, error);
  if (rows == NULL)
    return FALSE;
  have = san_have_new (rows, NULL);
  run->have = san_have_encode (have, error);
  run->wants = run->have != NULL ? san_audience_list_wants (run->audience, store, error) : NULL;
  run->ranges = run->wants != NULL ? san_audience_list_lacking (run->audience, store, error) : NULL;
  if (run->ranges == NULL)
    return FALSE;
  compute_digest (run);
  return TRUE;
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

  if (!san_place_finish (run->place, run->writer, run->outgoing->temp_dir, &result, run->cancellable, error))
    return FALSE;
  g_clear_pointer (&run->writer, san_bundle_writer_free);
  run->n_files++;
  g_ptr_array_add (run->names, g_strdup (result.name));
  return TRUE;
}

static gboolean
add_item (Run *run, SanItemType type, const void *data, gsize n, GError **error)
{
  if (run->writer != NULL && !san_bundle_writer_has_room (run->writer, type, n) && !finish_bundle (run, error))
    return FALSE;
  if (run->writer == NULL && !begin_bundle (run, error))
    return FALSE;
  return san_bundle_writer_add (run->writer, type, data, n, error);
}

static gboolean
add_entry (Run *run, SanItemType type, SanEntry *entry, GError **error)
{
  g_autoptr(GBytes) whole = san_entry_to_bytes (entry);
  gsize n;
  const guint8 *data;

  run->n_entries++;
  if (whole == NULL)
    return add_item (run, SAN_ITEM_HEADER, san_entry_get_raw_header (entry), SAN_HEADER_SIZE, error);
  data = g_bytes_get_data (whole, &n);
  return add_item (run, type, data, n, error);
}

static const SanRange *
find_range (const Run *run, const SanId32 *dossier, const SanId16 *journal)
{
  for (guint i = 0; i < run->ranges->len; i++)
    {
      const SanRange *range = &g_array_index (run->ranges, SanRange, i);

      if (san_id32_equal (&range->dossier, dossier) && san_id16_equal (&range->journal, journal))
        return range;
    }
  return NULL;
}

static gboolean
add_authorities (Run *run, GError **error)
{
  for (guint a = 0; a < run->audience->authorities->len; a++)
    {
      const SanId32 *dossier = g_ptr_array_index (run->audience->authorities, a);
      g_autoptr(GPtrArray) entries = san_store_list_authority (run->outgoing->store, dossier, error);

      if (entries == NULL)
        return FALSE;
      for (guint i = 0; i < entries->len; i++)
        {
          SanEntry *entry = g_ptr_array_index (entries, i);
          const SanHeader *header = san_entry_get_header (entry);
          const SanRange *range = find_range (run, dossier, &header->journal);

          if (range != NULL && header->number >= range->from && !add_entry (run, SAN_ITEM_AUTHORITY, entry, error))
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

      if (range->from == 1 && san_id16_equal (&range->journal, &san_entry_get_header (founding)->journal))
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

      if (!san_store_each_of_journal (run->outgoing->store, &range->dossier, &range->journal, range->from, range->to,
                                      add_data_entry, run, error))
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

      if (!add_item (run, SAN_ITEM_WANT, g_bytes_get_data (want, NULL), g_bytes_get_size (want), error))
        return FALSE;
    }
  return add_authorities (run, error) && add_data (run, error) && finish_bundle (run, error);
}

/* Pieces that its devices asked for go in bundles of their own: a cut stick keeps the text. */
static gboolean
write_pieces (Run *run, GError **error)
{
  g_autoptr(SanPieces) pieces = san_pieces_open (san_store_get_dir (run->outgoing->store), error);

  if (pieces == NULL)
    return FALSE;
  for (guint p = 0; p < run->audience->peers->len; p++)
    {
      const SanPeer *peer = g_ptr_array_index (run->audience->peers, p);
      g_autoptr(GPtrArray) wants = san_peers_list_wants (run->outgoing->store, &peer->device, error);

      if (wants == NULL)
        return FALSE;
      for (guint w = 0; w < wants->len; w++)
        {
          g_autoptr(GBytes) piece = NULL;
          SanWant want;

          if (!san_want_parse (g_ptr_array_index (wants, w), &want, NULL) || !want.is_piece)
            continue;
          piece = san_pieces_read (pieces, &want.piece, NULL);
          if (piece != NULL &&
              !add_item (run, SAN_ITEM_PIECE, g_bytes_get_data (piece, NULL), g_bytes_get_size (piece), error))
            return FALSE;
        }
    }
  return run->writer == NULL || finish_bundle (run, error);
}

static char *
written_name (const SanAudience *audience)
{
  g_autofree char *hex = san_id32_to_text (&audience->centre);

  return g_strconcat (STATE_WRITTEN, hex, NULL);
}

static GVariant *
load_written (Run *run)
{
  g_autofree char *name = written_name (run->audience);
  g_autoptr(GBytes) state = san_store_get_state (run->outgoing->store, name, NULL);

  if (state == NULL)
    return NULL;
  return g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (WRITTEN_TYPE), state, FALSE));
}

static gboolean
place_has (SanPlace *place, const char *name)
{
  g_autoptr(GFile) file = g_file_get_child (san_place_get_folder (place), name);

  return g_file_query_exists (file, NULL);
}

/* Is a bundle that says just this still there? Then another one would say nothing new. */
static gboolean
is_written_already (Run *run)
{
  g_autoptr(GVariant) written = load_written (run);

  for (gsize i = 0; written != NULL && i < g_variant_n_children (written); i++)
    {
      g_autoptr(GVariant) child = g_variant_get_child_value (written, i);
      g_autoptr(GVariant) digest = g_variant_get_child_value (child, 1);
      const char *name;

      g_variant_get_child (child, 0, "&s", &name);
      if (g_variant_get_size (digest) == sizeof run->digest &&
          memcmp (g_variant_get_data (digest), run->digest.b, sizeof run->digest) == 0 && place_has (run->place, name))
        return TRUE;
    }
  return FALSE;
}

/* The new names go first; of the older ones all but the newest few are deleted where they lie. */
static gboolean
remember_written (Run *run, GError **error)
{
  g_autofree char *state_name = written_name (run->audience);
  g_autoptr(GVariant) written = load_written (run);
  g_autoptr(GVariant) sunk = NULL;
  g_autoptr(GBytes) state = NULL;
  GVariantBuilder builder;
  guint kept = 0;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (WRITTEN_TYPE));
  for (guint i = 0; i < run->names->len; i++)
    {
      g_variant_builder_add (&builder, "(s@ay)", g_ptr_array_index (run->names, i),
                             g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, run->digest.b, sizeof run->digest, 1));
      kept++;
    }
  for (gsize i = 0; written != NULL && i < g_variant_n_children (written); i++)
    {
      g_autoptr(GVariant) child = g_variant_get_child_value (written, i);
      const char *name;

      g_variant_get_child (child, 0, "&s", &name);
      if (kept < KEEP_WRITTEN + run->names->len - 1)
        {
          g_variant_builder_add_value (&builder, child);
          kept++;
        }
      else
        san_place_remove (run->place, name, NULL, NULL);
    }
  sunk = g_variant_ref_sink (g_variant_builder_end (&builder));
  state = g_variant_get_data_as_bytes (sunk);
  return san_store_put_state (run->outgoing->store, state_name, state, error);
}

static gboolean
has_something (const Run *run)
{
  return run->ranges->len > 0 || run->wants->len > 0 || run->outgoing->reset;
}

/* Haves alone are worth a bundle: they say that theirs arrived. */
static gboolean
run_all (Run *run, gboolean always, GError **error)
{
  if (!prepare (run, error))
    return FALSE;
  if (!always && !has_something (run) && run->audience->peers->len == 0)
    return TRUE;
  if (!always && is_written_already (run))
    return write_pieces (run, error);
  return write_entries (run, error) && write_pieces (run, error) && remember_written (run, error);
}

gboolean
san_outgoing_write (const SanOutgoing *self, const SanAudience *audience, SanPlace *place, SanOutgoingResult *out,
                    GCancellable *cancellable, GError **error)
{
  g_auto(Run) run = { 0 };

  run.outgoing = self;
  run.audience = audience;
  run.place = place;
  run.cancellable = cancellable;
  if (!run_all (&run, FALSE, error))
    return FALSE;
  out->n_entries = run.n_entries;
  out->n_files = run.n_files;
  return TRUE;
}

gboolean
san_outgoing_write_file (const SanOutgoing *self, const SanAudience *audience, const char *path, SanOutgoingResult *out,
                         GCancellable *cancellable, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr(SanPlace) place = san_place_new_uri (folder);
  g_autofree char *made = NULL;
  g_auto(Run) run = { 0 };

  run.outgoing = self;
  run.audience = audience;
  run.place = place;
  run.cancellable = cancellable;
  if (!prepare (&run, error) || !write_entries (&run, error))
    return FALSE;
  if (run.names->len != 1)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_REFUSED, "more than one bundle is needed: exchange with a place instead");
      return FALSE;
    }
  made = g_build_filename (folder, g_ptr_array_index (run.names, 0), NULL);
  if (g_rename (made, path) != 0)
    return san_error_set_errno (error, errno, path);
  out->n_entries = run.n_entries;
  out->n_files = 1;
  return TRUE;
}
