/* san-carry.c - one exchange with a place: first read all that is for us, then write what others
 * lack
 *
 * Reading comes first, because it may show that this store is an old copy, or bring a removal;
 * both must be known before anything is said. One file that cannot be read never stops the rest:
 * it is counted, named where somebody can do something about it, and left where it is. */
#include "san-carry-private.h"
#include "san-awaited.h"
#include "san-bundle-reader.h"
#include "san-file.h"
#include "san-partner-cards.h"
#include "san-seen.h"
#include "san-wanted.h"
#include "san-written.h"

typedef struct
{
  SanCentre      *centre;
  SanCarryReader  reader;
  SanSeen        *seen;
  GArray         *wanted;           /* SanWanted: pieces that were asked for before */
  GPtrArray      *places;           /* SanPlace, as the rows; NULL by hand */
  char           *temp;
  SanProgress     progress;
  gpointer        data;
  GCancellable   *cancellable;
  guint           at, of;           /* file under way */
} Run;

static void
run_clear (Run *run)
{
  san_carry_reader_clear (&run->reader);
  g_clear_pointer (&run->seen, san_seen_free);
  g_clear_pointer (&run->wanted, g_array_unref);
  g_clear_pointer (&run->places, g_ptr_array_unref);
  san_carry_temp_end (run->temp);
  g_clear_pointer (&run->temp, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static void
place_result_free (SanPlaceResult *self)
{
  g_free (self->name);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_clear_pointer (&self->hurt_from, g_ptr_array_unref);
  g_free (self);
}

static void
tell (Run *run, const char *what, guint at, guint of)
{
  run->at = at;
  run->of = of;
  if (run->progress != NULL)
    run->progress (what, at, of, run->data);
}

static SanPlaceResult *
place_result_new (const char *name)
{
  SanPlaceResult *self = g_new0 (SanPlaceResult, 1);

  self->name = g_strdup (name);
  self->problems = g_ptr_array_new_with_free_func (g_free);
  self->hurt_from = g_ptr_array_new_with_free_func (g_free);
  return self;
}

static SanExchangeResult *
exchange_result_new (void)
{
  SanExchangeResult *self = g_new0 (SanExchangeResult, 1);

  self->places = g_ptr_array_new_with_free_func ((GDestroyNotify) place_result_free);
  return self;
}

void
san_exchange_result_free (SanExchangeResult *self)
{
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_clear_error (&self->unwritten);
  g_clear_error (&self->unsettled);
  g_free (self);
}

static gboolean
begin_run (Run *run, SanCentre *centre, GError **error)
{
  run->centre = centre;
  run->temp = san_carry_temp_begin (centre->dir, error);
  if (run->temp == NULL || !san_carry_reader_begin (&run->reader, centre, error))
    return FALSE;
  run->wanted = san_wanted_list (centre->store, error);
  if (run->wanted == NULL)
    return FALSE;
  run->seen = san_seen_load (centre->store, run->reader.incoming.keys);
  return TRUE;
}

/* --- reading --- */

static void
add_problem (SanPlaceResult *result, const char *file, const char *message)
{
  g_ptr_array_add (result->problems, g_strdup_printf ("%s: %s", file, message));
}

/* What is wrong with one file: FALSE if it is not the file but the disk, or a person's wish. */
static gboolean
judge_failure (Run *run, const SanPlaceFile *file, GError *failure, SanPlaceResult *result)
{
  if (failure->domain != SAN_ERROR)
    return FALSE;
  switch ((SanErrorCode) failure->code)
    {
    case SAN_ERROR_NOT_FOR_US:
      result->not_for_us++;
      san_seen_add (run->seen, file->name, file->size);
      return TRUE;
    case SAN_ERROR_INCOMPLETE:
      result->incomplete++;
      return TRUE;
    case SAN_ERROR_DAMAGED:
    case SAN_ERROR_UNTRUSTED:
    case SAN_ERROR_TOO_NEW:
      result->damaged++;
      add_problem (result, file->name, failure->message);
      return TRUE;
    case SAN_ERROR_NOT_FOUND:            /* gone since it was listed, or not to be opened */
    case SAN_ERROR_REFUSED:
      return TRUE;
    case SAN_ERROR_LOCKED:
    case SAN_ERROR_INVALID:
    case SAN_ERROR_IN_USE:
    case SAN_ERROR_NO_SPACE:
    case SAN_ERROR_READ_ONLY:
    case SAN_ERROR_IO:
    case SAN_ERROR_ALREADY:
    case SAN_ERROR_PICTURE:
    case SAN_ERROR_DONE:
    default:
      return FALSE;
    }
}

/* Of a strange file 544 bytes are read, where it lies; only what is for us is copied. */
static gboolean
is_for_us (Run *run, SanPlace *place, const char *name, GError **error)
{
  SanSource *source = san_place_open (place, name, run->cancellable, error);
  g_autoptr(SanBundleReader) reader = NULL;

  if (source == NULL)
    return FALSE;
  reader = san_bundle_reader_open (source, run->reader.incoming.keys, error);
  return reader != NULL;
}

/* Of a longer file mostly the rest is hurt, and its signed beginning says who can make another.
 * Looked at where it lies. */
static void
note_sender (Run *run, SanPlace *place, const char *name, SanPlaceResult *result)
{
  SanSource *source = san_place_open (place, name, run->cancellable, NULL);
  SanId32 centre;

  if (source == NULL || !san_incoming_find_sender (&run->reader.incoming, source, &centre))
    return;
  g_ptr_array_add (result->hurt_from, san_id32_equal (&centre, &run->centre->id)
                                          ? g_strdup ("")
                                          : san_centre_dup_partner_label (run->centre, &centre));
}

static gboolean
read_file (Run *run, SanPlace *place, const SanPlaceFile *file, SanPlaceResult *result,
           GError **error)
{
  g_autofree char *path = g_build_filename (run->temp, file->name, NULL);
  g_autoptr(GError) failure = NULL;
  gboolean already = FALSE;
  guint n_new = 0, pieces = run->reader.n_pieces;
  gboolean ok = is_for_us (run, place, file->name, &failure) &&
                san_place_fetch (place, file->name, path, run->cancellable, &failure);

  if (ok)
    {
      tell (run, "checking", run->at, run->of);
      ok = san_carry_reader_take (&run->reader, path, &already, &n_new, run->cancellable, &failure);
    }
  if (g_error_matches (failure, SAN_ERROR, SAN_ERROR_DAMAGED) ||
      g_error_matches (failure, SAN_ERROR, SAN_ERROR_INCOMPLETE))
    note_sender (run, place, file->name, result);
  san_file_remove (path, NULL);
  if (ok)
    {
      result->read += !already;
      result->received += n_new;
      result->pieces_received += run->reader.n_pieces - pieces;
      return TRUE;
    }
  if (judge_failure (run, file, failure, result))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* The limit is for one look: those that are known by then make room for others at the next. */
static gboolean
read_place (Run *run, SanPlace *place, SanPlaceResult *result, GError **error)
{
  g_autoptr(GPtrArray) files = san_place_list (place, run->cancellable, error);
  g_autoptr(GHashTable) own = files != NULL ? san_written_list (run->centre->store, place) : NULL;
  guint looked_at = 0;

  if (files == NULL)
    return FALSE;
  for (guint i = 0; i < files->len; i++)
    {
      const SanPlaceFile *file = g_ptr_array_index (files, i);
      g_autofree char *name = g_ascii_strdown (file->name, -1);

      if (g_cancellable_set_error_if_cancelled (run->cancellable, error))
        return FALSE;
      tell (run, "reading", i, files->len);
      if (g_hash_table_contains (own, name) || san_seen_has (run->seen, file->name, file->size))
        continue;
      if (!file->whole && file->named)
        {
          result->incomplete++;
          if (looked_at++ < SAN_PLACE_FILES_LIMIT)
            note_sender (run, place, file->name, result);
        }
      else if (file->whole && looked_at++ >= SAN_PLACE_FILES_LIMIT)
        result->not_looked_at++;
      else if (file->whole && !read_file (run, place, file, result, error))
        return FALSE;
    }
  return TRUE;
}

/* --- writing --- */

static gboolean
write_for (Run *run, SanPlace *place, const SanId32 *partner, SanPlaceResult *result,
           GError **error)
{
  g_auto(SanCarryWriter) writer = { 0 };
  SanOutgoingResult out = { 0 };
  gboolean any = FALSE;

  if (!san_carry_writer_begin (&writer, run->centre, partner, run->temp, &any, error))
    return FALSE;
  if (!any)
    return TRUE;
  if (!san_outgoing_write (&writer.outgoing, writer.audience, place, &out, run->cancellable, error))
    return FALSE;
  result->sent += out.n_entries;
  result->pieces_sent += out.n_pieces;
  result->files += out.n_files;
  return TRUE;
}

static gboolean
write_place (Run *run, SanPlace *place, SanPlaceResult *result, GError **error)
{
  g_autoptr(GPtrArray) partners = NULL;
  gboolean may = FALSE;

  if (!san_carry_may_write (run->centre, &may, error))
    return FALSE;
  if (!may)
    return TRUE;
  san_place_tidy (place, run->cancellable);
  partners = san_partner_list (run->centre, error);
  if (partners == NULL || !write_for (run, place, NULL, result, error))
    return FALSE;
  for (guint i = 0; i < partners->len; i++)
    {
      tell (run, "writing", i, partners->len);
      if (!write_for (run, place, san_card_get_centre (g_ptr_array_index (partners, i)), result,
                      error))
        return FALSE;
    }
  return TRUE;
}

/* --- the whole --- */

/* By its name; else the text is a path or URI itself. */
static GPtrArray *
choose_places (SanCentre *self, const char *text, GError **error)
{
  g_autoptr(GPtrArray) all = san_carry_list_places (self, error);
  g_autoptr(GPtrArray) chosen =
      g_ptr_array_new_with_free_func ((GDestroyNotify) san_place_row_free);

  if (all == NULL)
    return NULL;
  for (guint i = 0; i < all->len; i++)
    {
      const SanPlaceRow *row = g_ptr_array_index (all, i);

      if (text == NULL || g_str_equal (row->name, text))
        {
          SanPlaceRow *copy = g_new0 (SanPlaceRow, 1);

          copy->name = g_strdup (row->name);
          copy->uri = g_strdup (row->uri);
          g_ptr_array_add (chosen, copy);
        }
    }
  if (chosen->len == 0 && text != NULL)
    {
      SanPlaceRow *row = g_new0 (SanPlaceRow, 1);

      row->name = g_strdup (text);
      row->uri = g_strdup (text);
      g_ptr_array_add (chosen, row);
    }
  if (chosen->len == 0)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_NOT_FOUND,
                           "there is no place yet: name one, or add it");
      return NULL;
    }
  return g_steal_pointer (&chosen);
}

/* With all places, one that is not there now (a stick at home) is named and does not stop the
 * others; asked for alone, it is the error. */
static gboolean
step (Run *run, GPtrArray *rows, gboolean alone, SanExchangeResult *result,
      gboolean (*act) (Run *, SanPlace *, SanPlaceResult *, GError **), GError **error)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const SanPlaceRow *row = g_ptr_array_index (rows, i);
      SanPlaceResult *place_result = g_ptr_array_index (result->places, i);
      g_autoptr(GError) local = NULL;

      if (act (run, g_ptr_array_index (run->places, i), place_result, &local))
        continue;
      if (alone || g_cancellable_is_cancelled (run->cancellable))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      add_problem (place_result, row->name, local->message);
    }
  return TRUE;
}

static SanExchangeResult *
sum_up (SanExchangeResult *result)
{
  for (guint i = 0; i < result->places->len; i++)
    {
      const SanPlaceResult *place = g_ptr_array_index (result->places, i);

      result->received += place->received;
      result->sent += place->sent;
      result->pieces_received += place->pieces_received;
      result->pieces_sent += place->pieces_sent;
    }
  return result;
}

static void
forget_strange_files (SanExchangeResult *result)
{
  for (guint i = 0; i < result->places->len; i++)
    {
      SanPlaceResult *place = g_ptr_array_index (result->places, i);

      place->not_for_us = place->incomplete = place->damaged = place->not_looked_at = 0;
      g_ptr_array_set_size (place->problems, 0);
      g_ptr_array_set_size (place->hurt_from, 0);
    }
}

/* What is asked for now: those who carry are told that papers follow what came. */
static gboolean
ask_for_files (Run *run, SanExchangeResult *result, GError **error)
{
  SanStore *store = run->centre->store;

  return san_wanted_refresh (store, error) &&
         san_awaited_count_since (store, run->wanted, &result->files_to_come,
                                  &result->more_files_to_come, error);
}

/* New keys may fit files that were not for us a moment ago: then all are looked at once more. What
 * counts is what came: a file that still waits for a seat is read anew each time. */
static gboolean
read_all (Run *run, GPtrArray *rows, gboolean alone, SanExchangeResult *result, GError **error)
{
  guint before;

  do
    {
      before = run->reader.n_new;
      if (!step (run, rows, alone, result, read_place, error))
        {
          san_carry_reader_settle (&run->reader, NULL, NULL); /* for what was applied before that */
          return FALSE;
        }
      tell (run, "using", 0, 1);
      if (!san_seen_save (run->seen, error) ||
          !san_carry_reader_settle (&run->reader, run->cancellable, error))
        return FALSE;
      san_carry_reader_clear (&run->reader);
      g_clear_pointer (&run->seen, san_seen_free);
      if (!san_carry_reader_begin (&run->reader, run->centre, error))
        return FALSE;
      run->seen = san_seen_load (run->centre->store, run->reader.incoming.keys);
      if (run->reader.n_new > before)
        forget_strange_files (result);
    }
  while (run->reader.n_new > before);
  return ask_for_files (run, result, error);
}

/* Something came and is in: that is told, whatever failed after it. Only to her whom it removed
 * nothing is told any more. */
static gboolean
is_in (Run *run, SanExchangeResult *result, GError *failure, GError **error)
{
  if (run->reader.n_applied > 0 && !g_error_matches (failure, SAN_ERROR, SAN_ERROR_LOCKED))
    {
      result->unsettled = failure;
      return TRUE;
    }
  g_propagate_error (error, failure);
  return FALSE;
}

/* What was read stays read, and has to be told, whatever becomes of the writing. */
static gboolean
write_all (Run *run, GPtrArray *rows, gboolean alone, SanExchangeResult *result, GError **error)
{
  if (step (run, rows, alone, result, write_place, &result->unwritten))
    return TRUE;
  return !g_cancellable_set_error_if_cancelled (run->cancellable, error);
}

/* A place that was not there has its name among the problems of its row. */
static void
note_places (Run *run, GPtrArray *rows, const SanExchangeResult *result)
{
  for (guint i = 0; i < rows->len && result->unwritten == NULL && result->unsettled == NULL; i++)
    {
      const SanPlaceRow *row = g_ptr_array_index (rows, i);
      const SanPlaceResult *place = g_ptr_array_index (result->places, i);
      g_autofree char *uri =
          g_file_get_uri (san_place_get_folder (g_ptr_array_index (run->places, i)));
      g_autofree char *failed = g_strconcat (row->name, ": ", NULL);
      gboolean ok = TRUE;

      for (guint p = 0; p < place->problems->len; p++)
        ok = ok && !g_str_has_prefix (g_ptr_array_index (place->problems, p), failed);
      if (ok)
        san_carry_note_exchange (run->centre, uri);
    }
}

SanExchangeResult *
san_carry_exchange (SanCentre *self, const char *place, SanProgress progress, gpointer data,
                    GCancellable *cancellable, GError **error)
{
  g_autoptr(GPtrArray) rows = choose_places (self, place, error);
  g_autoptr(SanExchangeResult) result = exchange_result_new ();
  g_autoptr(GError) local = NULL;
  g_auto(Run) run = { 0 };

  if (rows == NULL || !begin_run (&run, self, error))
    return NULL;
  run.progress = progress;
  run.data = data;
  run.cancellable = cancellable;
  run.places = g_ptr_array_new_with_free_func ((GDestroyNotify) san_place_free);
  for (guint i = 0; i < rows->len; i++)
    {
      const SanPlaceRow *row = g_ptr_array_index (rows, i);

      g_ptr_array_add (run.places, san_place_new_uri (row->uri));
      g_ptr_array_add (result->places, place_result_new (row->name));
    }
  if ((!read_all (&run, rows, place != NULL, result, &local) ||
       !write_all (&run, rows, place != NULL, result, &local) ||
       !san_carry_count_review (self, &result->review, &local)) &&
      !is_in (&run, result, g_steal_pointer (&local), error))
    return NULL;
  note_places (&run, rows, result);
  return sum_up (g_steal_pointer (&result));
}

/* --- by hand --- */

gboolean
san_carry_write (SanCentre *self, const char *to, const char *path, guint *n_entries,
                 GError **error)
{
  g_auto(SanCarryWriter) writer = { 0 };
  g_auto(Run) run = { 0 };
  SanOutgoingResult out = { 0 };
  gboolean devices = g_str_equal (to, "devices");
  gboolean any = FALSE, may = FALSE;
  SanId32 partner;

  if (!san_carry_may_write (self, &may, error))
    return FALSE;
  if (!may)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_REFUSED,
                           "this laptop has not joined yet: exchange first");
      return FALSE;
    }
  if ((!devices && !san_centre_find_partner (self, to, &partner, error)) ||
      !begin_run (&run, self, error) ||
      !san_carry_writer_begin (&writer, self, devices ? NULL : &partner, run.temp, &any, error))
    return FALSE;
  if (!any)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_NOT_FOUND,
                           "this centre has no other laptop");
      return FALSE;
    }
  if (!san_outgoing_write_file (&writer.outgoing, writer.audience, path, &out, NULL, error))
    return FALSE;
  *n_entries = out.n_entries;
  return TRUE;
}

void
san_bundle_info_free (SanBundleInfo *self)
{
  g_free (self->from_label);
  g_free (self);
}

SanBundleInfo *
san_carry_inspect (SanCentre *self, const char *path, GError **error)
{
  g_auto(SanCarryReader) reader = { 0 };
  SanSource *source;
  SanManifest manifest;
  gboolean complete = FALSE;
  SanBundleInfo *info;

  if (!san_carry_reader_begin (&reader, self, error))
    return NULL;
  source = san_source_open_path (path, error);
  if (source == NULL ||
      !san_incoming_inspect (&reader.incoming, source, &manifest, &complete, NULL, error))
    return NULL;
  info = g_new0 (SanBundleInfo, 1);
  info->from = manifest.centre;
  info->from_label = san_centre_dup_partner_label (self, &manifest.centre);
  info->number = manifest.number;
  info->wall_ms = (gint64) manifest.wall;
  info->entries = manifest.n_entries;
  info->pieces = manifest.n_pieces;
  info->complete = complete;
  info->backup = (manifest.flags & SAN_BUNDLE_BACKUP) != 0;
  return info;
}

gboolean
san_carry_apply (SanCentre *self, const char *path, SanExchangeResult **result_out, GError **error)
{
  g_autoptr(SanExchangeResult) result = exchange_result_new ();
  g_autofree char *name = g_path_get_basename (path);
  SanPlaceResult *place = place_result_new (name);
  g_autoptr(GError) local = NULL;
  g_auto(Run) run = { 0 };
  gboolean already = FALSE;

  g_ptr_array_add (result->places, place);
  if (!begin_run (&run, self, error) ||
      !san_carry_reader_take (&run.reader, path, &already, &place->received, NULL, error))
    return FALSE;
  if (already)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_ALREADY, "%s: already applied, nothing changed",
                   name);
      return FALSE;
    }
  place->read = 1;
  place->pieces_received = run.reader.n_pieces;
  if ((!san_carry_reader_settle (&run.reader, NULL, &local) ||
       !ask_for_files (&run, result, &local) ||
       !san_carry_count_review (self, &result->review, &local)) &&
      !is_in (&run, result, g_steal_pointer (&local), error))
    return FALSE;
  *result_out = sum_up (g_steal_pointer (&result));
  return TRUE;
}
