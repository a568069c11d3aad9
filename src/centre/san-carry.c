/* san-carry.c - one exchange with all places or one: first read all that is for us, then write what
 * others lack
 *
 * Reading comes first, because it may show that this store is an old copy, or bring a removal;
 * both must be known before anything is said. */
#include "san-carry-run.h"
#include "san-seen.h"

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
step (SanCarryRun *run, GPtrArray *rows, gboolean alone, SanExchangeResult *result,
      gboolean (*act) (SanCarryRun *, SanPlace *, SanPlaceResult *, GError **), GError **error)
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
      san_place_result_add_problem (place_result, row->name, local->message);
    }
  return TRUE;
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

/* New keys may fit files that were not for us a moment ago: then all are looked at once more. What
 * counts is what came: a file that still waits for a seat is read anew each time. */
static gboolean
read_all (SanCarryRun *run, GPtrArray *rows, gboolean alone, SanExchangeResult *result,
          GError **error)
{
  guint before;

  do
    {
      before = run->reader.n_new;
      if (!step (run, rows, alone, result, san_carry_place_read, error))
        {
          san_carry_reader_settle (&run->reader, NULL, NULL); /* for what was applied before that */
          return FALSE;
        }
      san_carry_run_tell (run, "using", 0, 1);
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
  return san_carry_run_ask_for_files (run, result, error);
}

/* What was read stays read, and has to be told, whatever becomes of the writing. */
static gboolean
write_all (SanCarryRun *run, GPtrArray *rows, gboolean alone, SanExchangeResult *result,
           GError **error)
{
  if (step (run, rows, alone, result, san_carry_place_write, &result->unwritten))
    return TRUE;
  return !g_cancellable_set_error_if_cancelled (run->cancellable, error);
}

/* A place that was not there has its name among the problems of its row. */
static void
note_places (SanCarryRun *run, GPtrArray *rows, const SanExchangeResult *result)
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

/**
 * san_carry_exchange:
 * @place: (nullable): name of a kept place, or a path or URI; NULL: all that are kept
 * @progress: (nullable) (scope call)
 *
 * Reads all that is for us, settles it, then writes what others lack. A file that cannot be used, a
 * place that is not there and a failure to write are told in the result; if one place was asked for
 * alone, a failure to read it is the error.
 *
 * Returns: (transfer full): what was done; NULL with NOT_FOUND if there is no place, with what
 * stopped it before anything came, or when cancelled
 */
SanExchangeResult *
san_carry_exchange (SanCentre *self, const char *place, SanProgress progress, gpointer data,
                    GCancellable *cancellable, GError **error)
{
  g_autoptr(GPtrArray) rows = choose_places (self, place, error);
  g_autoptr(SanExchangeResult) result = san_exchange_result_new ();
  g_autoptr(GError) local = NULL;
  g_auto(SanCarryRun) run = { 0 };

  if (rows == NULL || !san_carry_run_begin (&run, self, error))
    return NULL;
  run.progress = progress;
  run.data = data;
  run.cancellable = cancellable;
  run.places = g_ptr_array_new_with_free_func ((GDestroyNotify) san_place_free);
  for (guint i = 0; i < rows->len; i++)
    {
      const SanPlaceRow *row = g_ptr_array_index (rows, i);

      g_ptr_array_add (run.places, san_place_new_uri (row->uri));
      g_ptr_array_add (result->places, san_place_result_new (row->name));
    }
  if ((!read_all (&run, rows, place != NULL, result, &local) ||
       !write_all (&run, rows, place != NULL, result, &local) ||
       !san_carry_count_review (self, &result->review, &local)) &&
      !san_carry_run_take_failure (&run, result, g_steal_pointer (&local), error))
    return NULL;
  note_places (&run, rows, result);
  return san_exchange_result_sum_up (g_steal_pointer (&result));
}
