/* san-score-record.c - the score of a filled-in form, and of the one before it */
#include "san-instrument.h"

/**
 * san_instrument_score_record:
 * @facts: holds the answers of @record that this login reads
 *
 * Returns: (transfer full): without a total if the record is of another form or not there
 */
SanScore *
san_instrument_score_record (const SanInstrument *self, SanFactSet *facts, const SanId16 *record)
{
  g_autoptr(GHashTable) answers = g_hash_table_new (g_str_hash, g_str_equal);
  const SanFactRecord *known = san_fact_set_find_record (facts, record);

  for (guint i = 0; known != NULL && i < self->n_items; i++)
    {
      g_autofree char *field = g_strconcat (SAN_ITEM_FIELD_PREFIX, self->items[i].key, NULL);
      const SanValue *value = san_fact_set_get_value (facts, record, field);

      if (value != NULL && g_str_equal (known->form, self->form))
        g_hash_table_insert (answers, (gpointer) self->items[i].key, (gpointer) value);
    }
  return san_instrument_score (self, answers);
}

/**
 * san_instrument_score_before:
 *
 * Sheets stand in the order of the days that they speak of, so one typed late finds its place.
 */
SanScore *
san_instrument_score_before (const SanInstrument *self, SanFactSet *facts, const SanId16 *record)
{
  g_autoptr(GPtrArray) records = san_fact_set_list_records (facts, self->form, NULL);
  g_autoptr(SanScore) before = NULL;

  for (guint i = 0; i < records->len; i++)
    {
      const SanFactRecord *candidate = records->pdata[i];
      g_autoptr(SanScore) score = NULL;

      if (san_id16_equal (&candidate->record, record))
        return g_steal_pointer (&before);
      score = san_instrument_score_record (self, facts, &candidate->record);
      if (score->has_total)
        {
          g_clear_pointer (&before, san_score_free);
          before = g_steal_pointer (&score);
        }
    }
  return NULL;
}
