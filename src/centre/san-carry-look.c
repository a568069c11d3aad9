/* san-carry-look.c - what an exchange would do: what waits to go, what lies in a place for us
 *
 * Nothing is written and nothing is applied. Of each strange file 544 bytes are read. */
#include "san-carry-private.h"
#include "san-awaited.h"
#include "san-bundle-reader.h"
#include "san-founding.h"
#include "san-partner-cards.h"
#include "san-seen.h"
#include "san-store-entries.h"
#include "san-written.h"

#define DAY_MS      ((gint64) 24 * 60 * 60 * 1000)
#define SILENT_DAYS 10

void
san_waiting_row_free (SanWaitingRow *self)
{
  g_free (self->label);
  g_free (self);
}

guint
san_waiting_row_get_silent_days (const SanWaitingRow *self, gint64 now)
{
  gint64 days = (now - self->news_ms) / DAY_MS;

  return self->news_ms != 0 && now - self->news_ms > SILENT_DAYS * DAY_MS ? (guint) days : 0;
}

void
san_place_look_free (SanPlaceLook *self)
{
  g_free (self);
}

/* --- what waits to go --- */

static gboolean
keep_wall (SanEntry *entry, gpointer data)
{
  gint64 *earliest = data;
  gint64 wall = (gint64) san_entry_get_header (entry)->wall;

  if (*earliest == 0 || wall < *earliest)
    *earliest = wall;
  return TRUE;
}

/* They have all of ours that was written before the first that is missing at the end of what they
 * have; else all that there was when they last spoke. A journal of which they have nothing may be
 * new to them altogether (a child shared today), so it says nothing of the days before. */
static gboolean
count_ranges (SanCentre *self, const GArray *ranges, SanWaitingRow *row, GError **error)
{
  g_autoptr(GHashTable) children = g_hash_table_new (san_id32_hash, san_id32_equal);
  gint64 earliest = 0;

  for (guint i = 0; i < ranges->len; i++)
    {
      const SanRange *range = &g_array_index (ranges, SanRange, i);
      SanDossier dossier;

      if (range->from > 1 &&
          !san_store_each_of_journal (self->store, &range->dossier, &range->journal, range->from,
                                      range->from, keep_wall, &earliest, error))
        return FALSE;
      row->notes += (guint) (range->to - range->from + 1);
      if (!san_store_find_dossier (self->store, &range->dossier, &dossier, NULL) ||
          dossier.type == SAN_FOUNDING_CASE)
        g_hash_table_add (children, (gpointer) &range->dossier);
    }
  row->children = g_hash_table_size (children);
  row->they_have_ms = earliest == 0 ? row->news_ms : MIN (earliest, row->news_ms);
  return TRUE;
}

static gboolean
count_files (SanCentre *self, const SanAudience *audience, SanWaitingRow *row, GError **error)
{
  SanAwaited awaited;

  if (!san_awaited_count (audience, &self->id, self->store, &awaited, error))
    return FALSE;
  row->files = awaited.to_them;
  row->files_of_theirs = awaited.from_them;
  row->more_files = awaited.more_to_them;
  row->more_files_of_theirs = awaited.more_from_them;
  return TRUE;
}

static SanWaitingRow *
look_at (SanCentre *self, const SanId32 *partner, gboolean *any, GError **error)
{
  g_auto(SanCarryWriter) writer = { 0 };
  g_autoptr(GArray) ranges = NULL;
  g_autoptr(SanWaitingRow) row = g_new0 (SanWaitingRow, 1);

  if (!san_carry_writer_begin (&writer, self, partner, NULL, any, error))
    return NULL;
  row->id = partner != NULL ? *partner : self->id;
  row->label = partner != NULL ? san_centre_dup_partner_label (self, partner) : NULL;
  if (!*any)
    return g_steal_pointer (&row);
  for (guint i = 0; i < writer.audience->peers->len; i++)
    row->news_ms = MAX (row->news_ms,
                        ((const SanPeer *) g_ptr_array_index (writer.audience->peers, i))->news_ms);
  ranges = san_audience_list_lacking (writer.audience, self->store, error);
  if (ranges == NULL || !count_ranges (self, ranges, row, error) ||
      !count_files (self, writer.audience, row, error))
    return NULL;
  return g_steal_pointer (&row);
}

/* Our own laptops first, then the partners by name: their ids are random. */
static int
compare_waiting (gconstpointer a, gconstpointer b)
{
  const SanWaitingRow *one = *(const SanWaitingRow *const *) a;
  const SanWaitingRow *two = *(const SanWaitingRow *const *) b;
  int order;

  if (one->label == NULL || two->label == NULL)
    return (one->label != NULL) - (two->label != NULL);
  order = g_utf8_collate (one->label, two->label);
  return order != 0 ? order : san_id32_compare (&one->id, &two->id);
}

/**
 * san_carry_list_waiting:
 *
 * What an exchange would carry, without writing anything.
 *
 * Returns: (transfer full) (element-type SanWaitingRow): own laptops first, if there are any; none
 * before this laptop has joined
 */
GPtrArray *
san_carry_list_waiting (SanCentre *self, GError **error)
{
  g_autoptr(GPtrArray) rows =
      g_ptr_array_new_with_free_func ((GDestroyNotify) san_waiting_row_free);
  g_autoptr(GPtrArray) partners = NULL;
  SanWaitingRow *row;
  gboolean any = FALSE, may = FALSE;

  if (!san_carry_may_write (self, &may, error))
    return NULL;
  if (!may)
    return g_steal_pointer (&rows);
  partners = san_partner_list (self, error);
  row = partners != NULL ? look_at (self, NULL, &any, error) : NULL;
  if (row == NULL)
    return NULL;
  if (any)
    g_ptr_array_add (rows, row);
  else
    san_waiting_row_free (row);
  for (guint i = 0; i < partners->len; i++)
    {
      row = look_at (self, san_card_get_centre (g_ptr_array_index (partners, i)), &any, error);
      if (row == NULL)
        return NULL;
      g_ptr_array_add (rows, row);
    }
  g_ptr_array_sort (rows, compare_waiting);
  return g_steal_pointer (&rows);
}

/* --- what lies in a place --- */

static void
look_at_file (SanCentre *self, SanPlace *place, const SanPlaceFile *file, GPtrArray *keys,
              SanPlaceLook *look, GCancellable *cancellable)
{
  g_autoptr(GError) failure = NULL;
  SanSource *source = san_place_open (place, file->name, cancellable, &failure);
  g_autoptr(SanBundleReader) reader =
      source != NULL ? san_bundle_reader_open (source, keys, &failure) : NULL;
  SanId32 commitment;

  if (reader != NULL && san_bundle_reader_read_header (reader, &commitment, &failure))
    {
      if (san_peers_is_applied (self->store, &commitment))
        return;
      look->for_us++;
      look->bytes += file->size;
    }
  else if (g_error_matches (failure, SAN_ERROR, SAN_ERROR_NOT_FOR_US))
    look->not_for_us++;
  else if (g_error_matches (failure, SAN_ERROR, SAN_ERROR_INCOMPLETE))
    look->incomplete++;
  else if (g_error_matches (failure, SAN_ERROR, SAN_ERROR_DAMAGED))
    look->damaged++;
}

/**
 * san_carry_look:
 *
 * What lies in a place; of each strange file 544 bytes are read, and nothing is applied.
 *
 * Returns: (transfer full): NULL with an error of the place
 */
SanPlaceLook *
san_carry_look (SanCentre *self, const char *uri, GCancellable *cancellable, GError **error)
{
  g_autoptr(SanPlace) place = san_place_new_uri (uri);
  g_autoptr(GPtrArray) files = san_place_list (place, cancellable, error);
  g_autofree char *whole = NULL;
  g_autoptr(GHashTable) own = NULL;
  g_autoptr(SanSeen) seen = NULL;
  g_autoptr(SanPlaceLook) look = g_new0 (SanPlaceLook, 1);
  g_auto(SanCarryReader) reader = { 0 };

  if (files == NULL || !san_carry_reader_begin (&reader, self, error))
    return NULL;
  own = san_written_list (self->store, place);
  seen = san_seen_load (self->store, reader.incoming.keys);
  whole = g_file_get_uri (san_place_get_folder (place));
  look->used_ms = san_carry_when_used (self, whole);
  for (guint i = 0; i < files->len; i++)
    {
      const SanPlaceFile *file = g_ptr_array_index (files, i);
      g_autofree char *name = g_ascii_strdown (file->name, -1);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (g_hash_table_contains (own, name))
        continue;
      if (san_seen_has (seen, file->name, file->size))
        look->not_for_us++;
      else if (!file->whole)
        look->incomplete += file->named;
      else if (look->for_us + look->not_for_us < SAN_PLACE_FILES_LIMIT)
        look_at_file (self, place, file, reader.incoming.keys, look, cancellable);
    }
  return g_steal_pointer (&look);
}
