/* san-scale-words.c - what a score says, in sentences: a screen, never a diagnosis */
#include "san-scale-words.h"
#include "san-day-words.h"
#include "san-i18n.h"
#include <stdlib.h>

static void
add_line (GString *lines, char *line)
{
  if (lines->len > 0)
    g_string_append_c (lines, '\n');
  g_string_append (lines, line);
  g_free (line);
}

static void
add_total (GString *lines, const SanInstrument *instrument, const SanScore *score,
           const char *language)
{
  if (!score->has_total)
    {
      add_line (lines,
                san_words_print (ngettext ("No total: %u answer is missing.",
                                           "No total: %u answers are missing.", score->n_missing),
                                 score->n_missing));
      return;
    }
  /* a range that begins at the line says the same as the line */
  if (score->band != NULL && !(instrument->has_cut && score->is_positive &&
                               (score->band->from == instrument->cut ||
                                score->band->to == instrument->cut)))
    add_line (lines,
              /* Translators: the total, the most it can be, what that range is called */
              san_words_print (_("%1$d of %2$d: %3$s."), score->total, instrument->max_total,
                               san_label_get (score->band->label, language)));
  else
    add_line (lines, san_words_print (_("%1$d of %2$d."), score->total, instrument->max_total));
  if (instrument->has_cut && score->is_positive)
    add_line (lines, san_words_print (instrument->higher_is_better ? _("%d or less: look closer.")
                                                                   : _("%d or more: look closer."),
                                      instrument->cut));
}

static void
add_change (GString *lines, const SanScore *score, const SanScore *before, gint64 before_at)
{
  g_autofree char *day = NULL;
  int change = 0;
  SanChangeJudged judged;

  if (before == NULL || !score->has_total)
    {
      if (score->has_total)
        add_line (lines, g_strdup (_("One score so far. A second one shows the change.")));
      return;
    }
  day = san_words_day (before_at, san_clock_now ());
  judged = san_score_compare (before, score, &change);
  if (change == 0)
    /* Translators: the total of last time, its day */
    add_line (lines, san_words_print (_("Last time %1$d (%2$s): the same."), before->total, day));
  else
    add_line (lines, san_words_print (change > 0 ? _("Last time %1$d (%2$s): higher by %3$d.")
                                                 : _("Last time %1$d (%2$s): lower by %3$d."),
                                      before->total, day, abs (change)));
  switch (judged)
    {
    case SAN_CHANGE_EASIER:
      add_line (lines, g_strdup (_("Easier, more than chance would explain.")));
      break;
    case SAN_CHANGE_HARDER:
      add_line (lines, g_strdup (_("Harder, more than chance would explain: talk it over in "
                                   "supervision.")));
      break;
    case SAN_CHANGE_NOT_SURE:
      add_line (lines, g_strdup (_("No sure change.")));
      break;
    case SAN_CHANGE_NOT_JUDGED:
    default:
      add_line (lines,
                g_strdup (_("No published figure for this sheet: read the change with care.")));
    }
}

char *
san_scale_words (const SanInstrument *instrument, const SanScore *score, const SanScore *before,
                 gint64 before_at, const char *language)
{
  GString *lines = g_string_new (NULL);

  add_total (lines, instrument, score, language);
  add_change (lines, score, before, before_at);
  if (score->alerts_blank->len > 0)
    add_line (lines, g_strdup (_("A question about harm to herself was left blank.")));
  add_line (lines, g_strdup (_("A screen, not a diagnosis.")));
  return g_string_free (lines, FALSE);
}
