/* san-record-write.c - typed answers checked against their form and turned into changes */
#include "san-record-write.h"
#include "san-answer.h"
#include "san-attach.h"
#include "san-derive.h"
#include "san-prefill.h"
#include "san-press.h"

static void
typed_free (SanTyped *typed)
{
  g_free (typed->field);
  g_free (typed->text);
  g_free (typed->file);
  g_clear_pointer (&typed->value, san_value_unref);
  g_free (typed);
}

GPtrArray *
san_typed_list_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) typed_free);
}

void
san_typed_list_add (GPtrArray *list, const char *field, const char *text)
{
  SanTyped *typed = g_new0 (SanTyped, 1);

  typed->field = g_strdup (field);
  typed->text = g_strdup (text);
  g_ptr_array_add (list, typed);
}

void
san_typed_list_add_file (GPtrArray *list, const char *field, const char *path, const char *text)
{
  san_typed_list_add (list, field, text);
  ((SanTyped *) g_ptr_array_index (list, list->len - 1))->file = g_strdup (path);
}

void
san_typed_list_add_value (GPtrArray *list, const char *field, SanValue *value)
{
  SanTyped *typed = g_new0 (SanTyped, 1);

  typed->field = g_strdup (field);
  typed->value = san_value_ref (value);
  g_ptr_array_add (list, typed);
}

const SanForm *
san_record_need_form (SanCentre *self, const char *id, SanDossierKind kind, GError **error)
{
  const SanForm *form = san_catalogue_find_form (self->catalogue, id);

  if (form == NULL)
    g_set_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "there is no form \"%s\"", id);
  else if (form->dossier != kind)
    g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID,
                 kind == SAN_DOSSIER_CASE ? "the form \"%s\" is about the house, not about a child"
                                          : "the form \"%s\" is about a child: say which", id);
  else if (!san_form_may_write (form, self->role))
    g_set_error (error, SAN_ERROR, SAN_ERROR_REFUSED,
                 "the form \"%s\" is not filled in by this role (%s)", id, self->role);
  else
    return form;
  return NULL;
}

/* What is not there may be meant otherwise; what could not be looked up or is not clear is told. */
static gboolean
is_found (gboolean found, GError *problem, GError **error)
{
  if (found || g_error_matches (problem, SAN_ERROR, SAN_ERROR_NOT_FOUND))
    g_clear_error (&problem);
  else
    g_propagate_error (error, problem);
  return found;
}

static gboolean
find_person (const char *text, SanId16 *out, gpointer data, GError **error)
{
  GError *problem = NULL;
  gboolean found = san_centre_find_staff (data, text, out, &problem);

  return is_found (found, problem, error);
}

static gboolean
find_child (const char *text, SanId32 *out, gpointer data, GError **error)
{
  GError *problem = NULL;
  gboolean found = san_child_find (data, text, out, &problem);

  return is_found (found, problem, error);
}

static gboolean
find_record (const char *text, const SanField *field, SanId16 *out, gpointer data, GError **error)
{
  GError *problem = NULL;
  gboolean found = san_record_match (data, text, out, &problem);

  return is_found (found, problem, error);
}

static SanValue *
parse_attachment (SanCentre *self, const SanTyped *typed, GError **error)
{
  SanValue *value = NULL;

  if (typed->file != NULL)
    value = san_attach_file (self, typed->file, error);
  else
    g_set_error_literal (error, SAN_ERROR, SAN_ERROR_INVALID, "an attachment is given as @FILE");
  if (value == NULL)
    g_prefix_error (error, "%s: ", typed->field);
  return value;
}

static SanValue *
parse_typed (SanCentre *self, const SanField *field, const SanTyped *typed, GError **error)
{
  SanAnswerContext context = { 0 };

  if (typed->value != NULL)
    {
      if (!san_answer_check (self->catalogue, field, typed->value, error))
        return NULL;
      return san_value_ref (typed->value);
    }
  if (field->type == SAN_FIELD_ATTACHMENT
      && (typed->file != NULL || (typed->text[0] != '?' && typed->text[0] != '\0')))
    return parse_attachment (self, typed, error);
  if (typed->text == NULL)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID,
                   "%s: the file is not text in UTF-8, or too long for an answer", typed->field);
      return NULL;
    }
  context.find_person = find_person;
  context.find_child = find_child;
  context.find_record = find_record;
  context.data = self;
  return san_answer_parse (self->catalogue, field, typed->text, &context, error);
}

/* `not-needed` is written where the milestone's own answer would be. */
static gboolean
varying_compartment (SanCentre *self, GPtrArray *typed, guint *out, GError **error)
{
  for (guint i = 0; i < typed->len; i++)
    {
      const SanTyped *one = g_ptr_array_index (typed, i);
      const SanMilestone *milestone;

      if (!g_str_equal (one->field, "milestone") || one->text == NULL)
        continue;
      milestone = san_programme_find_milestone (self->programme, one->text);
      if (milestone == NULL)
        {
          g_set_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "there is no milestone \"%s\"",
                       one->text);
          return FALSE;
        }
      *out = milestone->answer_compartment;
      return TRUE;
    }
  g_set_error_literal (error, SAN_ERROR, SAN_ERROR_INVALID, "say which milestone is not needed");
  return FALSE;
}

static gboolean
add_one (SanCentre *self, SanChanges *changes, const SanForm *form, const SanId16 *record,
         const SanTyped *typed, int compartment, GError **error)
{
  const SanField *field = san_form_find_field (form, typed->field);
  g_autoptr(SanValue) value = NULL;
  guint where;

  if (field == NULL || field->type == SAN_FIELD_SIGNATURE)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID, "the form \"%s\" has no field \"%s\"",
                   form->id, typed->field);
      return FALSE;
    }
  where = compartment >= 0 ? (guint) compartment : field->compartment;
  if (!(san_role_get_writes (self->role) & (1u << where)))
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_LOCKED,
                   "\"%s\" is a %s note: this login does not hold its key", typed->field,
                   san_compartment_get_name (where));
      return FALSE;
    }
  value = parse_typed (self, field, typed, error);
  if (value == NULL)
    return FALSE;                            /* the reason names the field */
  return san_changes_set (changes, where, record, form->id, typed->field, value, error);
}

static int
compartment_for (SanCentre *self, const SanForm *form, GPtrArray *typed, const SanId32 *dossier,
                 const SanId16 *record, GError **error)
{
  guint compartment;

  if (!form->compartment_varies)
    return -1;
  return varying_compartment (self, typed, &compartment, error) ? (int) compartment : -2;
}

gboolean
san_record_add_typed (SanCentre *self, SanChanges *changes, const SanId32 *dossier,
                      const SanForm *form, const SanId16 *record, GPtrArray *typed, GError **error)
{
  int compartment = compartment_for (self, form, typed, dossier, record, error);

  if (compartment == -2)
    return FALSE;
  for (guint i = 0; i < typed->len; i++)
    if (!add_one (self, changes, form, record, g_ptr_array_index (typed, i), compartment, error))
      return FALSE;
  return TRUE;
}

static gboolean
is_typed (GPtrArray *typed, const char *field)
{
  for (guint i = 0; i < typed->len; i++)
    if (g_str_equal (((const SanTyped *) g_ptr_array_index (typed, i))->field, field))
      return TRUE;
  return FALSE;
}

/* From where a copy came is kept beside it: `$from.FIELD` names the record. */
static gboolean
add_provenance (SanChanges *changes, const SanForm *form, const SanId16 *record,
                const SanProposal *proposal, guint compartment, GError **error)
{
  g_autofree char *field = g_strconcat (SAN_FIELD_FROM, proposal->name, NULL);
  g_autoptr(SanValue) from = NULL;

  if (san_id16_is_zero (&proposal->from) || strlen (field) > SAN_NAME_LIMIT)
    return TRUE;
  from = san_value_new_record (&proposal->from);
  return san_changes_set (changes, compartment, record, form->id, field, from, error);
}

gboolean
san_record_add_offers (SanCentre *self, SanChanges *changes, const SanId32 *dossier,
                       const SanForm *form, const SanId16 *record, GPtrArray *typed, GError **error)
{
  guint mask = san_store_get_open_mask (self->store) & self->reads;
  g_autoptr(SanFactSet) facts = NULL;
  g_autoptr(GPtrArray) proposals = NULL;
  SanInstant now = { san_clock_now (), san_clock_zone (san_clock_now ()) };

  facts = dossier != NULL ? san_derive_facts (self->store, self->catalogue, dossier, mask, error)
                          : san_fact_set_new (self->catalogue);
  if (facts == NULL)
    return FALSE;
  /* a clock in doubt answers nothing: a note dated 2099 would put off what is due for ever */
  proposals = san_prefill_propose (form, facts, san_role_get_writes (self->role),
                                   self->clock_doubtful ? NULL : &now);
  for (guint i = 0; i < proposals->len; i++)
    {
      const SanProposal *proposal = g_ptr_array_index (proposals, i);
      guint where = proposal->field->compartment;

      if (form->compartment_varies || is_typed (typed, proposal->name))
        continue;
      if (!san_changes_set (changes, where, record, form->id, proposal->name, proposal->value,
                            error) ||
          !add_provenance (changes, form, record, proposal, where, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
san_record_save (SanCentre *self, const SanId32 *dossier, SanChanges *changes, GError **error)
{
  g_autoptr(SanPress) press = NULL;

  if (san_changes_get_mask (changes) == 0)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_INVALID, "nothing was written");
      return FALSE;
    }
  press = san_press_begin (self, error);
  return press != NULL && san_press_add_changes (press, dossier, changes, NULL, error) &&
         san_press_commit (press, error);
}
