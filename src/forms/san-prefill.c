/* san-prefill.c - what a new record is offered
 *
 * A field that states a fact is offered the newest answer of that fact, if the fact may be
 * offered at all (what says when something happened never is) and if nobody who reads the new
 * field could not read the old one. Facts that keep all answers offer their newest different
 * answers to the fields that state them, one each. */
#include "san-prefill.h"

#include <string.h>

void
san_proposal_free (SanProposal *self)
{
  g_free (self->name);
  san_value_unref (self->value);
  g_free (self);
}

static SanProposal *
proposal_new (const SanField *field, SanValue *value, const SanId16 *from, const char *fact)
{
  SanProposal *self = g_new0 (SanProposal, 1);

  self->field = field;
  self->name = g_strdup (field->id);
  self->value = value;
  if (from != NULL)
    self->from = *from;
  self->fact = fact;
  return self;
}

static gboolean
may_flow (guint from, guint to)
{
  return (san_compartment_reads_with (to) & (1u << from)) != 0;
}

static gboolean
is_repeat (GPtrArray *proposals, const SanFactAnswer *answer)
{
  for (guint i = 0; i < proposals->len; i++)
    {
      const SanProposal *other = proposals->pdata[i];

      if (g_strcmp0 (other->fact, answer->fact) == 0 &&
          san_value_equal (other->value, answer->value))
        return TRUE;
    }
  return FALSE;
}

/* The newest answer that may flow here; of facts that keep all, one that no field has yet. */
static const SanFactAnswer *
choose (SanFactSet *set, const SanField *field, const SanFact *fact, GPtrArray *proposals)
{
  g_autoptr(GPtrArray) answers = san_fact_set_list (set, fact->name, NULL);

  for (guint i = 0; i < answers->len; i++)
    {
      const SanFactAnswer *answer = answers->pdata[i];

      if (!may_flow (answer->compartment, field->compartment)
          || (fact->keep == SAN_KEEP_ALL && is_repeat (proposals, answer)))
        continue;
      if (san_answer_check (san_fact_set_get_catalogue (set), field, answer->value, NULL))
        return answer;
      if (fact->keep == SAN_KEEP_NEWEST)
        return NULL;                        /* an older answer would be a wrong one */
    }
  return NULL;
}

static SanValue *
value_of_now (const SanField *field, const SanInstant *now)
{
  SanDate today;

  if (field->type == SAN_FIELD_INSTANT)
    return san_value_new_instant (now);
  today = san_date_from_instant (now);
  return san_value_new_date (&today);
}

/* An exit ends the stay that she is in, unless somebody says otherwise. */
static SanProposal *
propose_stay (SanFactSet *set, const SanField *field)
{
  const SanStay *stay = san_fact_set_get_last_stay (set);

  return stay != NULL ? proposal_new (field, san_value_new_record (&stay->start), NULL, field->fact)
                      : NULL;
}

static SanProposal *
propose (SanFactSet *set, const SanField *field, GPtrArray *proposals, const SanInstant *now)
{
  const SanFact *fact =
      field->fact != NULL ? san_catalogue_find_fact (san_fact_set_get_catalogue (set), field->fact)
                          : NULL;
  const SanFactAnswer *answer;

  if (field->starts_now && now != NULL)
    return proposal_new (field, value_of_now (field, now), NULL, field->fact);
  if (fact != NULL && fact->meaning == SAN_MEANING_STAY)
    return propose_stay (set, field);
  answer = fact != NULL && fact->is_offered ? choose (set, field, fact, proposals) : NULL;
  return answer != NULL
             ? proposal_new (field, san_value_ref (answer->value), &answer->record, fact->name)
             : NULL;
}

/**
 * san_prefill_propose:
 * @form: the form of the new record
 * @set: what is known of the dossier, as far as this login reads
 * @may_write: bit c: the new record can have fields of compartment c
 * @now: (nullable): when fields that start with the present moment begin
 *
 * Proposals are copies. Whoever keeps one also writes `$from.NAME` with its record, if it has one.
 *
 * Returns: (transfer full) (element-type SanProposal): in the form's order
 */
GPtrArray *
san_prefill_propose (const SanForm *form, SanFactSet *set, guint may_write, const SanInstant *now)
{
  GPtrArray *proposals = g_ptr_array_new_with_free_func ((GDestroyNotify) san_proposal_free);

  for (guint i = 0; i < form->n_fields; i++)
    {
      const SanField *field = form->fields[i];
      SanProposal *proposal = NULL;

      if ((may_write & (1u << field->compartment)) != 0)
        proposal = propose (set, field, proposals, now);
      if (proposal != NULL)
        g_ptr_array_add (proposals, proposal);
    }
  return proposals;
}
