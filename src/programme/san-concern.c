/* san-concern.c - which compartments' rows may change when a record of one form does
 *
 * Asked before rows are worked out again. Whatever is not sure concerns. A record acts on rows by
 * the facts that its fields state, by being of a form that answers, by beginning or ending a stay,
 * by saying how old she is, and by calling something not needed: by nothing else. What conditions
 * ask of a record's own fields is asked of one that acts already. */
#include "san-programme.h"

#include <string.h>

#define NOT_NEEDED_FORM "not-needed"

static gboolean
states_in (const SanField *const *fields, guint n, const char *fact)
{
  for (guint i = 0; i < n; i++)
    if (fields[i]->fact != NULL && strcmp (fields[i]->fact, fact) == 0)
      return TRUE;
  return FALSE;
}

/* Is there a field, in a table too, that states it? @fact: (nullable): none */
gboolean
san_concern_states (const SanForm *form, const char *fact)
{
  if (fact == NULL || states_in (form->fields, form->n_fields, fact))
    return fact != NULL;
  for (guint i = 0; i < form->n_tables; i++)
    if (states_in (form->tables[i]->columns, form->tables[i]->n_columns, fact)
        || states_in (&form->tables[i]->row, 1, fact))
      return TRUE;
  return FALSE;
}

static gboolean
states_any_name (const SanForm *form, const SanCondition *condition)
{
  const char *const *names = condition != NULL ? san_condition_get_names (condition) : NULL;

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (san_concern_states (form, names[i]))
      return TRUE;
  return FALSE;
}

static gboolean
states_meaning (const SanProgramme *self, const SanForm *form, SanMeaning meaning)
{
  const SanFact *fact =
      san_catalogue_find_meaning (san_programme_get_catalogue (self), meaning);

  return fact != NULL && san_concern_states (form, fact->name);
}

static gboolean
may_answer (const SanForm *form, const SanFulfilment *way)
{
  if (states_any_name (form, way->only_if))
    return TRUE;
  if (way->fact != NULL)
    return san_concern_states (form, way->fact);
  return way->form == NULL || strcmp (way->form, form->id) == 0;
}

static gboolean
acts_on (const SanForm *form, const SanMilestone *milestone)
{
  for (guint i = 0; i < milestone->n_fulfilments; i++)
    if (may_answer (form, &milestone->fulfilments[i]))
      return TRUE;
  return san_concern_states (form, milestone->anchor) || san_concern_states (form, milestone->until)
         || san_concern_states (form, milestone->plus_hours)
         || states_any_name (form, milestone->applies_if);
}

/**
 * san_programme_get_concerned:
 * @form: id
 *
 * Returns: bit c: a row of compartment c may be another one, or not there any more, once records
 *   of @form are other ones
 */
guint
san_programme_get_concerned (const SanProgramme *self, const char *form)
{
  const SanForm *known = san_catalogue_find_form (san_programme_get_catalogue (self), form);
  guint mask = 0;

  if (known == NULL || known->starts_stay || known->ends_stay
      || strcmp (known->id, NOT_NEEDED_FORM) == 0)
    return G_MAXUINT;
  for (SanMeaning meaning = SAN_MEANING_ARRIVAL; meaning <= SAN_MEANING_AGE; meaning++)
    if (states_meaning (self, known, meaning))
      return G_MAXUINT;
  for (guint i = 0; i < san_programme_get_n_milestones (self); i++)
    {
      const SanMilestone *milestone = san_programme_get_milestone (self, i);

      if (acts_on (known, milestone))
        mask |= 1u << milestone->compartment;
    }
  return mask;
}
