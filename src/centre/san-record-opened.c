/* san-record-opened.c - one form opens another: an answer that needs somebody today
 *
 * The reason stays in its own compartment; what everybody sees is only that she is to be seen
 * today. Both go into one press, so that no crash comes between. */
#include "san-record-write.h"
#include "san-derive.h"
#include "san-form-state.h"
#include "san-prefill.h"

typedef struct
{
  SanCentre     *centre;
  SanChanges    *changes;
  const SanId32 *dossier;
  const SanForm *form;
  const SanId16 *record;
  GError        *failed;            /* an answer could not be read: the first reason */
} Asked;

/* What is being written now, else what stands written. */
static SanValue *
get_value (const char *name, gpointer data)
{
  Asked *asked = data;
  SanValue *fresh = san_changes_peek (asked->changes, asked->record, name);
  g_autoptr(GPtrArray) stored = NULL;

  if (fresh != NULL)
    return san_value_ref (fresh);
  if (san_changes_is_new (asked->changes, asked->record))
    return NULL;
  if (asked->failed != NULL)
    return NULL;
  stored = san_store_list_values (asked->centre->store, asked->dossier, asked->record,
                                  asked->form->id, name,
                                  san_store_get_open_mask (asked->centre->store), &asked->failed);
  if (stored == NULL || stored->len == 0)
    return NULL;
  return san_value_ref (((const SanStoredWrite *) g_ptr_array_index (stored, 0))->value);
}

/* One that nobody has closed yet is enough. */
static gboolean
is_open_already (SanCentre *self, const SanId32 *dossier, const SanForm *opened, gboolean *open,
                 GError **error)
{
  g_autoptr(SanFactSet) facts =
      san_derive_facts (self->store, self->catalogue, dossier, 1u << opened->compartment, error);
  g_autoptr(GPtrArray) records =
      facts != NULL ? san_fact_set_list_records (facts, opened->id, NULL) : NULL;

  *open = FALSE;
  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    if (san_fact_set_get_value (facts,
                                &((const SanFactRecord *) g_ptr_array_index (records, i))->record,
                                "done") == NULL)
      *open = TRUE;
  return TRUE;
}

gboolean
san_record_add_opened (SanCentre *self, SanChanges *changes, const SanId32 *dossier,
                       const SanForm *form, const SanId16 *record, GError **error)
{
  Asked asked = { self, changes, dossier, form, record, NULL };
  SanConditionScope scope = { get_value, NULL, &asked };
  const char *id = san_form_get_opened (form, &scope);
  const SanForm *opened = id != NULL ? san_catalogue_find_form (self->catalogue, id) : NULL;
  g_autoptr(GPtrArray) nothing = san_typed_list_new ();
  gboolean open;
  SanId16 fresh;

  if (asked.failed != NULL)
    {
      g_propagate_error (error, asked.failed);
      return FALSE;
    }
  if (opened == NULL || !san_form_may_write (opened, self->role))
    return TRUE;
  if (!is_open_already (self, dossier, opened, &open, error))
    return FALSE;
  if (open)
    return TRUE;
  san_changes_begin (changes, &fresh);
  return san_record_add_offers (self, changes, dossier, opened, &fresh, nothing, error);
}
