/* san-scores.c - a filled-in score sheet, scored and compared with the one before */
#include "san-scores.h"
#include "san-derive.h"
#include "san-instrument.h"
#include "san-record-view.h"

void
san_score_view_free (SanScoreView *self)
{
  g_free (self->instrument);
  g_free (self->band);
  g_free (self->judged);
  g_free (self);
}

static SanScore *
score_record (const SanInstrument *instrument, SanFactSet *facts, const SanId16 *record)
{
  g_autoptr(GPtrArray) answers = san_fact_set_list_answers (facts, record);
  g_autoptr(GHashTable) items = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < answers->len; i++)
    {
      const SanFactAnswer *answer = g_ptr_array_index (answers, i);

      if (g_str_has_prefix (answer->field, SAN_ITEM_FIELD_PREFIX))
        g_hash_table_insert (items, (gpointer) (answer->field + strlen (SAN_ITEM_FIELD_PREFIX)),
                             answer->value);
    }
  return san_instrument_score (instrument, items);
}

/* The sheet of the same instrument before this one that has a total. */
static SanScore *
score_before (const SanInstrument *instrument, SanFactSet *facts, const SanId16 *record)
{
  g_autoptr(GPtrArray) sheets = san_fact_set_list_records (facts, instrument->form, NULL);
  g_autoptr(SanScore) before = NULL;

  for (guint i = 0; i < sheets->len; i++)
    {
      const SanFactRecord *sheet = g_ptr_array_index (sheets, i);
      g_autoptr(SanScore) score = NULL;

      if (san_id16_equal (&sheet->record, record))
        break;
      score = score_record (instrument, facts, &sheet->record);
      if (score->has_total)
        {
          g_clear_pointer (&before, san_score_free);
          before = g_steal_pointer (&score);
        }
    }
  return g_steal_pointer (&before);
}

gboolean
san_score_get (SanCentre *self, const SanId16 *record, SanScoreView **out, GError **error)
{
  g_autoptr(SanStoredRecord) stored = san_record_locate (self, record, error);
  g_autoptr(SanFactSet) facts = NULL;
  g_autoptr(SanScore) score = NULL;
  g_autoptr(SanScore) before = NULL;
  const SanInstrument *instrument;
  const SanForm *form;
  SanScoreView *view;

  if (stored == NULL)
    return FALSE;
  form = san_catalogue_find_form (self->catalogue, stored->form);
  instrument = form != NULL && form->instrument != NULL
                 ? san_programme_find_instrument (self->programme, form->instrument) : NULL;
  if (instrument == NULL)
    return TRUE;
  facts = san_derive_facts (self->store, self->catalogue, &stored->dossier,
                            san_store_get_open_mask (self->store), error);
  if (facts == NULL)
    return FALSE;
  score = score_record (instrument, facts, record);
  before = score_before (instrument, facts, record);
  view = g_new0 (SanScoreView, 1);
  view->instrument = g_strdup (instrument->id);
  view->has_total = score->has_total;
  view->total = score->total;
  view->band = score->band != NULL ? g_strdup (score->band->code) : NULL;
  view->alert = score->alerts->len > 0;
  if (before != NULL && score->has_total)
    {
      view->has_change = TRUE;
      view->judged =
          g_strdup (san_change_get_name (san_score_compare (before, score, &view->change)));
    }
  *out = view;
  return TRUE;
}
