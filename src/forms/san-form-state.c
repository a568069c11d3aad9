/* san-form-state.c - conditions of a form applied to the answers of a record
 *
 * The scope's names are the record's fields: san_fact_scope_init() makes one of a fact set, the
 * page of a draft makes its own. */
#include "san-form-state.h"

gboolean
san_field_is_shown (const SanField *self, const SanConditionScope *scope)
{
  return san_condition_holds (self->section->show_if, scope) &&
         san_condition_holds (self->show_if, scope);
}

static gboolean
is_blank (const SanField *field, const SanConditionScope *scope)
{
  g_autoptr(SanValue) value = scope->get_value (field->id, scope->data);

  return value == NULL || san_value_get_type (value) == SAN_VALUE_CLEARED;
}

/* A signature is given on paper: it is never open here. */
GPtrArray *
san_form_list_open (const SanForm *self, SanRequired required, const SanConditionScope *scope)
{
  GPtrArray *open = g_ptr_array_new ();

  for (guint i = 0; i < self->n_fields; i++)
    {
      const SanField *field = self->fields[i];

      if (field->required != SAN_REQUIRED_NEVER && field->required <= required &&
          field->type != SAN_FIELD_SIGNATURE && is_blank (field, scope) &&
          san_field_is_shown (field, scope))
        g_ptr_array_add (open, (gpointer) field);
    }
  return open;
}

const char *
san_form_get_opened (const SanForm *self, const SanConditionScope *scope)
{
  return self->opens != NULL && san_condition_holds (self->opens_if, scope) ? self->opens : NULL;
}
