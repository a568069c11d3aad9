/* san-carry-run.c - one exchange under way, and what is told of it afterwards */
#include "san-carry-run.h"
#include "san-awaited.h"
#include "san-wanted.h"

void
san_carry_run_clear (SanCarryRun *run)
{
  san_carry_reader_clear (&run->reader);
  g_clear_pointer (&run->seen, san_seen_free);
  g_clear_pointer (&run->wanted, g_array_unref);
  g_clear_pointer (&run->places, g_ptr_array_unref);
  san_carry_temp_end (run->temp);
  g_clear_pointer (&run->temp, g_free);
}

/**
 * san_carry_run_begin:
 * @run: zeroed
 *
 * Opens what an exchange reads with, and notes what was asked for before, against which is later
 * told what came. @run is to be cleared on failure too.
 */
gboolean
san_carry_run_begin (SanCarryRun *run, SanCentre *centre, GError **error)
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

/**
 * san_carry_run_tell:
 * @what: see SanProgress
 *
 * Remembers where it is, so that the steps of one file can be told with the same numbers.
 */
void
san_carry_run_tell (SanCarryRun *run, const char *what, guint at, guint of)
{
  run->at = at;
  run->of = of;
  if (run->progress != NULL)
    run->progress (what, at, of, run->data);
}

/**
 * san_carry_run_ask_for_files:
 *
 * Asks for the attached files of what came, and counts them: those who carry are told that papers
 * follow.
 */
gboolean
san_carry_run_ask_for_files (SanCarryRun *run, SanExchangeResult *result, GError **error)
{
  SanStore *store = run->centre->store;

  return san_wanted_refresh (store, error) &&
         san_awaited_count_since (store, run->wanted, &result->files_to_come,
                                  &result->more_files_to_come, error);
}

/**
 * san_carry_run_take_failure:
 * @failure: (transfer full)
 *
 * Something came and is in: that is told, whatever failed after it. Only to her whom it removed
 * nothing is told any more.
 *
 * Returns: TRUE if @result is told, with @failure in it; else @failure is in @error
 */
gboolean
san_carry_run_take_failure (SanCarryRun *run, SanExchangeResult *result, GError *failure,
                            GError **error)
{
  if (run->reader.n_applied > 0 && !g_error_matches (failure, SAN_ERROR, SAN_ERROR_LOCKED))
    {
      result->unsettled = failure;
      return TRUE;
    }
  g_propagate_error (error, failure);
  return FALSE;
}

/* --- what is told of it --- */

static void
place_result_free (SanPlaceResult *self)
{
  g_free (self->name);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_clear_pointer (&self->hurt_from, g_ptr_array_unref);
  g_free (self);
}

SanPlaceResult *
san_place_result_new (const char *name)
{
  SanPlaceResult *self = g_new0 (SanPlaceResult, 1);

  self->name = g_strdup (name);
  self->problems = g_ptr_array_new_with_free_func (g_free);
  self->hurt_from = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
san_place_result_add_problem (SanPlaceResult *result, const char *file, const char *message)
{
  g_ptr_array_add (result->problems, g_strdup_printf ("%s: %s", file, message));
}

SanExchangeResult *
san_exchange_result_new (void)
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

/**
 * san_exchange_result_sum_up:
 *
 * Sums over the places.
 *
 * Returns: (transfer full): @result itself
 */
SanExchangeResult *
san_exchange_result_sum_up (SanExchangeResult *result)
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
