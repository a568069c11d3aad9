/* san-safety.c - see her today: asked for without the reason, for everybody to see */
#include "san-safety.h"
#include "san-centre-private.h"
#include "san-derive.h"

#define FORM_SAFETY "safety-today"
#define FIELD_DONE  "done"
#define WITHIN_MS   ((gint64) 2 * 60 * 60 * 1000)
#define LAST_MINUTE (24 * 60 - 1)

gboolean
san_safety_open (SanCentre *self, const SanId32 *child, SanId16 *record, GError **error)
{
  g_autoptr(SanFactSet) facts =
      san_derive_facts (self->store, self->catalogue, child, 1u << SAN_COMPARTMENT_HOUSE, error);
  g_autoptr(GPtrArray) records =
      facts != NULL ? san_fact_set_list_records (facts, FORM_SAFETY, NULL) : NULL;
  g_autoptr(GPtrArray) nothing = san_typed_list_new ();

  if (records == NULL)
    return FALSE;
  for (guint i = records->len; i > 0; i--)
    {
      const SanFactRecord *open = records->pdata[i - 1];

      if (san_fact_set_get_value (facts, &open->record, FIELD_DONE) == NULL)
        {
          *record = open->record;
          return TRUE;
        }
    }
  return san_record_new (self, FORM_SAFETY, child, nothing, record, error);
}

SanInstant
san_safety_propose_by (gint64 now)
{
  SanInstant today = { now, san_clock_zone (now) };
  SanInstant at = { now + WITHIN_MS, today.zone };
  SanInstant last =
      san_instant_at_day (san_date_from_instant (&today).days, LAST_MINUTE, today.zone);

  return at.ms > last.ms ? last : at;
}

gboolean
san_safety_assign (SanCentre *self, const SanId16 *record, const char *responsible, const char *by,
                   GError **error)
{
  g_autoptr(GPtrArray) typed = san_typed_list_new ();

  san_typed_list_add (typed, "responsible", responsible);
  san_typed_list_add (typed, "see", responsible);
  san_typed_list_add (typed, "by", by);
  return san_record_set (self, record, typed, error);
}
