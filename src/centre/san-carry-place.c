/* san-carry-place.c - one place in an exchange: what of it is for us, and what we write there
 *
 * One file that cannot be read never stops the rest: it is counted, named where somebody can do
 * something about it, and left where it is. */
#include "san-carry-run.h"
#include "san-bundle-reader.h"
#include "san-file.h"
#include "san-partner-cards.h"
#include "san-written.h"

/* --- reading --- */

/* What is wrong with one file: FALSE if it is not the file but the disk, or a person's wish. */
static gboolean
judge_failure (SanCarryRun *run, const SanPlaceFile *file, GError *failure, SanPlaceResult *result)
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
      san_place_result_add_problem (result, file->name, failure->message);
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
is_for_us (SanCarryRun *run, SanPlace *place, const char *name, GError **error)
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
note_sender (SanCarryRun *run, SanPlace *place, const char *name, SanPlaceResult *result)
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
read_file (SanCarryRun *run, SanPlace *place, const SanPlaceFile *file, SanPlaceResult *result,
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
      san_carry_run_tell (run, "checking", run->at, run->of);
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
gboolean
san_carry_place_read (SanCarryRun *run, SanPlace *place, SanPlaceResult *result, GError **error)
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
      san_carry_run_tell (run, "reading", i, files->len);
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
write_for (SanCarryRun *run, SanPlace *place, const SanId32 *partner, SanPlaceResult *result,
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

gboolean
san_carry_place_write (SanCarryRun *run, SanPlace *place, SanPlaceResult *result, GError **error)
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
      san_carry_run_tell (run, "writing", i, partners->len);
      if (!write_for (run, place, san_card_get_centre (g_ptr_array_index (partners, i)), result,
                      error))
        return FALSE;
    }
  return TRUE;
}
