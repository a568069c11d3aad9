/* san-plan.c - the plan board
 *
 * A plan is the newest record of the plan's form; reports walk its rows by their keys (rows-from),
 * so a card finds what moved by table and row alone. */
#include "san-plan.h"
#include "san-derive.h"
#include "san-excerpt.h"
#include <string.h>

#define FORM_PLAN   "icp-a"
#define FORM_REPORT "icp-b"

static void
card_free (SanPlanCard *card)
{
  g_free (card->hers);
  g_free (card->step);
  g_free (card->moved);
  g_free (card);
}

void
san_plan_free (SanPlan *self)
{
  g_ptr_array_unref (self->cards);
  g_free (self);
}

/* Of a row, the answer of one column as a line; NULL: none. */
static char *
cell (SanFactSet *facts, const SanId16 *record, const char *table, const char *row,
      const char *column, GPtrArray *names, const char *alias)
{
  g_autofree char *name = g_strdup_printf ("%s.%s.%s", table, row, column);
  const SanValue *value = san_fact_set_get_value (facts, record, name);
  g_autofree char *text = value != NULL ? san_value_dup_text (value) : NULL;

  return text != NULL && *text != '\0' ? san_excerpt_make (text, names, alias) : NULL;
}

static void
find_moved (SanFactSet *facts, GPtrArray *reports, const char *table, GPtrArray *rows,
            SanPlanCard *card)
{
  for (guint r = reports->len; r > 0 && card->moved == NULL; r--)
    {
      const SanFactRecord *report = reports->pdata[r - 1];
      SanMoment moment;

      for (guint i = 0; i < rows->len && card->moved == NULL; i++)
        {
          g_autofree char *name = g_strdup_printf ("%s.%s.moved", table, (char *) rows->pdata[i]);
          const SanValue *value = san_fact_set_get_value (facts, &report->record, name);
          g_auto(GStrv) codes = value != NULL ? san_value_dup_codes (value) : NULL;

          if (codes != NULL && codes[0] != NULL)
            {
              card->moved = g_strdup (codes[0]);
              card->moved_at = san_fact_set_get_moment (facts, &report->record, &moment)
                                   ? moment.first
                                   : report->written.ms;
            }
        }
    }
}

static SanPlanCard *
make_card (SanFactSet *facts, const SanTable *table, const SanId16 *plan, GPtrArray *reports,
           GPtrArray *names, const char *alias)
{
  SanPlanCard *card = g_new0 (SanPlanCard, 1);
  g_autoptr(GPtrArray) rows = NULL;

  card->table = table;
  if (san_id16_is_zero (plan))
    return card;
  rows = san_fact_set_list_rows (facts, plan, table->id);
  card->n_rows = rows->len;
  for (guint i = rows->len; i > 0; i--)
    {
      const char *row = rows->pdata[i - 1];

      if (card->hers == NULL)
        card->hers = cell (facts, plan, table->id, row, "words", names, alias);
      if (card->step == NULL)
        card->step = cell (facts, plan, table->id, row, "step", names, alias);
      if (card->step == NULL)
        card->step = cell (facts, plan, table->id, row, "concern", names, alias);
    }
  find_moved (facts, reports, table->id, rows, card);
  return card;
}

/* The report that is being written, and when the last finished one was. */
static void
find_reports (SanPlan *plan, SanFactSet *facts, GPtrArray *reports)
{
  for (guint i = 0; i < reports->len; i++)
    {
      const SanFactRecord *report = reports->pdata[i];
      SanMoment moment;

      if (!report->finished)
        plan->report = report->record;
      else
        plan->reported_at = san_fact_set_get_moment (facts, &report->record, &moment)
                                ? moment.first
                                : report->written.ms;
    }
}

/**
 * san_plan_get:
 *
 * Her plan of this stay: a card for each table of its form, whether or not anything stands in it.
 *
 * Returns: (transfer full): NULL with LOCKED for a login that does not read plans, or an error of
 * the store
 */
SanPlan *
san_plan_get (SanCentre *self, const SanId32 *child, GError **error)
{
  const SanForm *form = san_catalogue_find_form (self->catalogue, FORM_PLAN);
  g_autoptr(SanFactSet) facts = NULL;
  g_autoptr(GPtrArray) plans = NULL;
  g_autoptr(GPtrArray) reports = NULL;
  g_autoptr(GPtrArray) names = NULL;
  g_autofree char *alias = NULL;
  const SanFactAnswer *called;
  const SanStay *stay;
  SanPlan *plan;

  if (form == NULL || !san_centre_can_read (self, form->compartment))
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_LOCKED,
                           "this login does not read care plans");
      return NULL;
    }
  facts = san_derive_facts (self->store, self->catalogue, child,
                            san_store_get_open_mask (self->store), error);
  if (facts == NULL)
    return NULL;
  stay = san_fact_set_get_last_stay (facts);
  plans = san_fact_set_list_records (facts, FORM_PLAN, stay);
  reports = san_fact_set_list_records (facts, FORM_REPORT, stay);
  names = san_excerpt_list_names (facts);
  called = san_fact_set_get_newest (facts, "child.alias", NULL);
  alias = called != NULL ? san_value_dup_text (called->value) : NULL;
  plan = g_new0 (SanPlan, 1);
  plan->cards = g_ptr_array_new_with_free_func ((GDestroyNotify) card_free);
  if (plans->len > 0)
    {
      plan->has_plan = TRUE;
      plan->plan = ((const SanFactRecord *) plans->pdata[plans->len - 1])->record;
    }
  find_reports (plan, facts, reports);
  for (guint i = 0; i < form->n_tables; i++)
    g_ptr_array_add (plan->cards, make_card (facts, form->tables[i], &plan->plan, reports, names,
                                             alias != NULL ? alias : ""));
  return plan;
}
