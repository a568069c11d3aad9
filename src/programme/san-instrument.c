/* san-instrument.c - the score of one filled-in sheet, and what changed since the last one
 *
 * Pure functions. A blank, an answer that was not given and one that the sheet does not know are
 * never taken for 0 (P8); an alert needs no total (P9); a change is judged only by a published
 * figure. */
#include "san-instrument.h"

#include <string.h>

const SanItemDef *
san_instrument_find_item (const SanInstrument *self, const char *key)
{
  for (guint i = 0; i < self->n_items; i++)
    if (strcmp (self->items[i].key, key) == 0)
      return &self->items[i];
  return NULL;
}

/**
 * san_instrument_fits_age:
 * @youngest: whole years that she has at least
 * @oldest: … and at most
 */
gboolean
san_instrument_fits_age (const SanInstrument *self, int youngest, int oldest)
{
  return (!self->has_min_age || oldest >= self->min_age)
         && (!self->has_max_age || youngest <= self->max_age);
}

typedef enum { ANSWER_BLANK, ANSWER_INVALID, ANSWER_GIVEN } AnswerKind;

/* The number behind an answer; a cleared or withheld one is blank. */
static AnswerKind
take_answer (const SanItemDef *item, const SanValue *value, int *out)
{
  gint64 number;
  gboolean yes;

  if (value == NULL || san_value_get_type (value) == SAN_VALUE_CLEARED
      || san_value_get_type (value) == SAN_VALUE_NO_ANSWER)
    return ANSWER_BLANK;
  if (san_value_get_bool (value, &yes))
    number = yes;
  else if (!san_value_get_int (value, &number))
    return ANSWER_INVALID;
  for (guint i = 0; i < item->n_allowed; i++)
    if (item->allowed[i] == number)
      {
        *out = (int) number;
        return ANSWER_GIVEN;
      }
  return ANSWER_INVALID;
}

/* What the item adds: a reversed one counts from its other end. */
static int
points_of (const SanItemDef *item, int answer)
{
  return item->is_reversed ? item->allowed[0] + item->allowed[item->n_allowed - 1] - answer
                           : answer;
}

static void
note_alert (SanScore *score, const SanItemDef *item, AnswerKind kind, int answer)
{
  if (!item->has_alert)
    return;
  if (kind != ANSWER_GIVEN)
    g_ptr_array_add (score->alerts_blank, (gpointer) item);
  else if (answer >= item->alert_from)
    g_ptr_array_add (score->alerts, (gpointer) item);
}

/* Adds up all counted items: into the score, and each one's points into @points (-1: none). */
static void
add_up (SanScore *score, GHashTable *answers, int *points)
{
  const SanInstrument *sheet = score->instrument;

  for (guint i = 0; i < sheet->n_items; i++)
    {
      const SanItemDef *item = &sheet->items[i];
      int answer = 0;
      AnswerKind kind = take_answer (item, g_hash_table_lookup (answers, item->key), &answer);

      points[i] = -1;
      note_alert (score, item, kind, answer);
      score->n_invalid += kind == ANSWER_INVALID;
      if (!item->is_counted)
        continue;
      if (kind == ANSWER_GIVEN)
        {
          points[i] = points_of (item, answer);
          score->raw += points[i];
          score->n_answered++;
        }
      else
        score->n_missing++;
    }
}

static void
settle_total (SanScore *score)
{
  const SanInstrument *sheet = score->instrument;
  guint n = score->n_answered + score->n_missing;

  if (score->n_invalid > 0 || score->n_missing > sheet->max_missing)
    return;
  if (score->n_missing > 0)             /* the mean of the others stands in, rounded half up */
    score->raw = (int) ((2 * (gint64) score->raw * n + score->n_answered)
                        / (2 * (gint64) score->n_answered));
  score->has_total = TRUE;
  score->total = score->raw * sheet->multiply;
  for (guint i = 0; i < sheet->n_bands; i++)
    if (score->total >= sheet->bands[i].from && score->total <= sheet->bands[i].to)
      score->band = &sheet->bands[i];
  score->is_positive = sheet->has_cut && (sheet->higher_is_better ? score->total <= sheet->cut
                                                                  : score->total >= sheet->cut);
}

static void
settle_subscales (SanScore *score, const int *points)
{
  const SanInstrument *sheet = score->instrument;

  for (guint s = 0; s < sheet->n_subscales; s++)
    {
      const SanSubscale *scale = &sheet->subscales[s];

      score->has_subtotal[s] = TRUE;
      for (guint i = 0; i < scale->n_items; i++)
        {
          int p = points[san_instrument_find_item (sheet, scale->items[i]) - sheet->items];

          if (p < 0)
            score->has_subtotal[s] = FALSE;
          else
            score->subtotals[s] += p;
        }
    }
}

/**
 * san_instrument_score:
 * @answers: (element-type utf8 SanValue): what was answered, by item key; others are not looked at
 *
 * Returns: (transfer full): points into @self, which must outlive it
 */
SanScore *
san_instrument_score (const SanInstrument *self, GHashTable *answers)
{
  SanScore *score = g_new0 (SanScore, 1);
  g_autofree int *points = g_new0 (int, self->n_items);

  score->instrument = self;
  score->has_subtotal = g_new0 (gboolean, self->n_subscales);
  score->subtotals = g_new0 (int, self->n_subscales);
  score->alerts = g_ptr_array_new ();
  score->alerts_blank = g_ptr_array_new ();
  add_up (score, answers, points);
  settle_total (score);
  settle_subscales (score, points);
  return score;
}

void
san_score_free (SanScore *self)
{
  if (self == NULL)
    return;
  g_free (self->has_subtotal);
  g_free (self->subtotals);
  g_ptr_array_unref (self->alerts);
  g_ptr_array_unref (self->alerts_blank);
  g_free (self);
}

/**
 * san_score_compare:
 * @before: the earlier sheet
 * @after: the later one, of the same instrument
 * @change: (out) (optional): total after minus total before
 *
 * A change as large as the published figure is easier or harder, by which end of the sheet is the
 * good one; a smaller one is not sure; without a figure nothing is judged.
 */
SanChangeJudged
san_score_compare (const SanScore *before, const SanScore *after, int *change)
{
  const SanInstrument *sheet = after->instrument;
  int difference;

  if (before->instrument != sheet || !before->has_total || !after->has_total)
    return SAN_CHANGE_NOT_JUDGED;
  difference = after->total - before->total;
  if (change != NULL)
    *change = difference;
  if (!sheet->has_change)
    return SAN_CHANGE_NOT_JUDGED;
  if (ABS (difference) < sheet->change)
    return SAN_CHANGE_NOT_SURE;
  return (difference > 0) == (sheet->higher_is_better != FALSE) ? SAN_CHANGE_EASIER
                                                                : SAN_CHANGE_HARDER;
}

const char *
san_change_get_name (SanChangeJudged judged)
{
  switch (judged)
    {
    case SAN_CHANGE_EASIER:
      return "easier";
    case SAN_CHANGE_HARDER:
      return "harder";
    case SAN_CHANGE_NOT_SURE:
      return "not-sure";
    case SAN_CHANGE_NOT_JUDGED:
    default:
      return NULL;
    }
}
