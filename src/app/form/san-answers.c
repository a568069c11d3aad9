/* san-answers.c - the answers of one form as they stand on screen: saved, offered, typed */
#include "san-answers-private.h"
#include "san-answer.h"
#include "san-digits.h"
#include "san-form-state.h"
#include <string.h>

static void
typed_free (gpointer data)
{
  SanTypedAnswer *typed = data;

  g_clear_pointer (&typed->value, san_value_unref);
  g_free (typed->text);
  g_free (typed->file);
  g_free (typed);
}

SanAnswers *
san_answers_new (SanCatalogue *catalogue, const char *language, SanSheet *sheet)
{
  SanAnswers *self = g_new0 (SanAnswers, 1);

  self->catalogue = san_catalogue_ref (catalogue);
  self->language = g_strdup (language);
  self->sheet = sheet;
  self->saved = g_hash_table_new (g_str_hash, g_str_equal);
  self->offers = g_hash_table_new (g_str_hash, g_str_equal);
  self->typed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, typed_free);
  for (guint i = 0; sheet->view != NULL && i < sheet->view->fields->len; i++)
    g_hash_table_insert (self->saved, ((SanFieldRow *) sheet->view->fields->pdata[i])->field,
                         sheet->view->fields->pdata[i]);
  for (guint i = 0; i < sheet->offers->len; i++)
    g_hash_table_insert (self->offers, (char *) ((SanOffer *) sheet->offers->pdata[i])->field->id,
                         sheet->offers->pdata[i]);
  return self;
}

void
san_answers_free (SanAnswers *self)
{
  g_hash_table_unref (self->saved);
  g_hash_table_unref (self->offers);
  g_hash_table_unref (self->typed);
  san_sheet_free (self->sheet);
  san_catalogue_unref (self->catalogue);
  g_free (self->language);
  g_free (self);
}

const SanSheet *
san_answers_get_sheet (SanAnswers *self)
{
  return self->sheet;
}

const char *
san_answers_get_language (SanAnswers *self)
{
  return self->language;
}

gboolean
san_answers_is_new (SanAnswers *self)
{
  return self->sheet->view == NULL;
}

gboolean
san_answers_is_closed (SanAnswers *self)
{
  const SanRecordView *view = self->sheet->view;

  return !self->sheet->may_write || (view != NULL && (view->finished || view->withdrawn));
}

/* A form whose compartment the writer picks says nothing of its fields' own. */
static guint
compartment_of (SanAnswers *self, const SanField *field)
{
  return self->sheet->form != NULL && self->sheet->form->compartment_varies
           ? SAN_COMPARTMENT_HOUSE : field->compartment;
}

gboolean
san_answers_may_read (SanAnswers *self, const SanField *field)
{
  return (self->sheet->reads & (1u << compartment_of (self, field))) != 0;
}

gboolean
san_answers_may_write (SanAnswers *self, const SanField *field)
{
  return !san_answers_is_closed (self) &&
         (self->sheet->writes & (1u << compartment_of (self, field))) != 0;
}

/* ---- one answer ---- */

static SanValue *
or_blank (SanValue *value)
{
  return value != NULL && san_value_get_type (value) == SAN_VALUE_CLEARED ? NULL : value;
}

static SanValue *
saved_value (SanAnswers *self, const char *name)
{
  const SanFieldRow *row = g_hash_table_lookup (self->saved, name);

  return row != NULL && row->versions->len > 0
           ? or_blank (((SanFieldVersion *) row->versions->pdata[0])->value)
           : NULL;
}

SanValue *
san_answers_get_value (SanAnswers *self, const char *name)
{
  const SanTypedAnswer *typed = g_hash_table_lookup (self->typed, name);
  const SanOffer *offer;
  SanValue *value;

  if (typed != NULL)
    return or_blank (typed->value);
  value = saved_value (self, name);
  offer = value == NULL && san_answers_is_new (self)
            ? g_hash_table_lookup (self->offers, name) : NULL;
  return offer != NULL ? or_blank (offer->value) : value;
}

const char *
san_answers_get_text (SanAnswers *self, const char *name)
{
  const SanTypedAnswer *typed = g_hash_table_lookup (self->typed, name);

  return typed != NULL ? typed->text : NULL;
}

const char *
san_answers_get_file (SanAnswers *self, const char *name)
{
  const SanTypedAnswer *typed = g_hash_table_lookup (self->typed, name);

  return typed != NULL ? typed->file : NULL;
}

SanAnswerFrom
san_answers_get_from (SanAnswers *self, const char *name)
{
  if (g_hash_table_contains (self->typed, name))
    return SAN_ANSWER_TYPED;
  if (saved_value (self, name) != NULL)
    return SAN_ANSWER_SAVED;
  return san_answers_get_value (self, name) != NULL ? SAN_ANSWER_OFFERED : SAN_ANSWER_BLANK;
}

const SanOffer *
san_answers_get_offer (SanAnswers *self, const char *name)
{
  return g_hash_table_lookup (self->offers, name);
}

GPtrArray *
san_answers_get_versions (SanAnswers *self, const char *name)
{
  const SanFieldRow *row = g_hash_table_lookup (self->saved, name);

  return row != NULL && row->versions->len > 1 ? row->versions : NULL;
}

static gboolean
is_same (SanAnswers *self, const char *name, const SanValue *value)
{
  SanValue *now = san_answers_get_value (self, name);

  if (san_answers_get_text (self, name) != NULL || san_answers_get_file (self, name) != NULL)
    return FALSE;
  if (now == NULL || value == NULL)
    return now == NULL && value == NULL;
  return san_value_equal (now, value);
}

void
san_answers_put (SanAnswers *self, const char *name, SanValue *value, const char *text,
                 const char *file)
{
  SanTypedAnswer *typed = g_new0 (SanTypedAnswer, 1);

  typed->value = value != NULL ? san_value_ref (value) : NULL;
  typed->text = g_strdup (text);
  typed->file = g_strdup (file);
  g_hash_table_replace (self->typed, g_strdup (name), typed);
  self->changes++;
}

void
san_answers_take_value (SanAnswers *self, const char *name, SanValue *value)
{
  SanValue *saved;

  value = or_blank (value);
  if (is_same (self, name, value))
    return;
  saved = saved_value (self, name);
  if (!san_answers_is_new (self) &&
      (value == NULL ? saved == NULL : saved != NULL && san_value_equal (saved, value)))
    {
      g_hash_table_remove (self->typed, name);         /* back to what is saved */
      self->changes++;
      return;
    }
  san_answers_put (self, name, value, NULL, NULL);
}

void
san_answers_propose (SanAnswers *self, const char *name, SanValue *value)
{
  if (g_hash_table_contains (self->typed, name))
    return;
  san_answers_put (self, name, value, NULL, NULL);
  ((SanTypedAnswer *) g_hash_table_lookup (self->typed, name))->proposed = TRUE;
  self->changes--;
}

void
san_answers_take_file (SanAnswers *self, const char *name, const char *path)
{
  san_answers_put (self, name, NULL, NULL, path);
}

/* ---- names of people, children, records ---- */

static gboolean
find_person (const char *text, SanId16 *out, gpointer data, GError **error)
{
  const SanSheet *sheet = data;

  for (guint i = 0; i < sheet->people->len; i++)
    {
      const SanSheetPerson *person = sheet->people->pdata[i];
      g_autofree char *one = g_utf8_casefold (person->name, -1);
      g_autofree char *two = g_utf8_casefold (text, -1);

      if (g_str_equal (one, two))
        {
          *out = person->id;
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
find_child (const char *text, SanId32 *out, gpointer data, GError **error)
{
  const SanSheet *sheet = data;

  for (guint i = 0; sheet->children != NULL && i < sheet->children->len; i++)
    {
      const SanChildRow *row = sheet->children->pdata[i];
      g_autofree char *one = g_utf8_casefold (row->alias != NULL ? row->alias : "", -1);
      g_autofree char *two = g_utf8_casefold (text, -1);

      if (g_str_equal (one, two))
        {
          *out = row->id;
          return TRUE;
        }
    }
  return FALSE;
}

static char *
name_person (const SanId16 *id, gpointer data)
{
  const SanSheetPerson *person = san_sheet_find_person (data, id);

  return person != NULL ? g_strdup (person->name) : NULL;
}

static char *
name_child (const SanId32 *id, gpointer data)
{
  const SanSheet *sheet = data;

  for (guint i = 0; sheet->children != NULL && i < sheet->children->len; i++)
    if (san_id32_equal (&((SanChildRow *) sheet->children->pdata[i])->id, id))
      return g_strdup (((SanChildRow *) sheet->children->pdata[i])->alias);
  return NULL;
}

static SanAnswerContext
make_context (SanAnswers *self)
{
  SanAnswerContext context = { 0 };

  context.find_person = find_person;
  context.find_child = find_child;
  context.name_person = name_person;
  context.name_child = name_child;
  context.data = self->sheet;
  return context;
}

char *
san_answers_dup_display (SanAnswers *self, const SanField *field, const SanValue *value)
{
  SanAnswerContext context = make_context (self);
  g_autofree char *words = san_answer_to_display (self->catalogue, field, value, self->language,
                                                  &context);
  SanFieldType type = field->type;
  gboolean is_number = type == SAN_FIELD_WHOLE || type == SAN_FIELD_DECIMAL ||
                       type == SAN_FIELD_DATE || type == SAN_FIELD_INSTANT;

  return is_number ? san_digits_show (words) : g_steal_pointer (&words);
}

gboolean
san_answers_take_text (SanAnswers *self, const SanField *field, const char *name, const char *text)
{
  SanAnswerContext context = make_context (self);
  g_autoptr(SanValue) value = san_answer_parse (self->catalogue, field, text, &context, NULL);

  if (value == NULL)
    {
      if (g_strcmp0 (san_answers_get_text (self, name), text) != 0)
        san_answers_put (self, name, NULL, text, NULL);
      return FALSE;
    }
  san_answers_take_value (self, name, value);
  return TRUE;
}

/* ---- conditions ---- */

static SanValue *
scope_value (const char *name, gpointer data)
{
  SanAnswers *self = data;
  const SanFactAnswer *answer;
  SanValue *value;

  if (self->sheet->form != NULL && san_form_find_field (self->sheet->form, name) != NULL)
    {
      value = san_answers_get_value (self, name);
      return value != NULL ? san_value_ref (value) : NULL;
    }
  answer = san_fact_set_get_newest (self->sheet->facts, name,
                                    san_fact_set_get_last_stay (self->sheet->facts));
  return answer != NULL ? san_value_ref (answer->value) : NULL;
}

static gboolean
scope_age (int *youngest, int *oldest, gpointer data)
{
  SanAnswers *self = data;
  SanInstant now = { san_clock_now (), san_clock_zone (san_clock_now ()) };

  return san_fact_set_get_age (self->sheet->facts, san_date_from_instant (&now).days, youngest,
                               oldest);
}

static SanConditionScope
make_scope (SanAnswers *self)
{
  SanConditionScope scope = { scope_value, scope_age, self };

  return scope;
}

gboolean
san_answers_is_shown (SanAnswers *self, const SanField *field)
{
  SanConditionScope scope = make_scope (self);

  return san_field_is_shown (field, &scope);
}

gboolean
san_answers_section_is_shown (SanAnswers *self, const SanSection *section)
{
  SanConditionScope scope = make_scope (self);

  return san_condition_holds (section->show_if, &scope);
}

GPtrArray *
san_answers_list_open (SanAnswers *self, SanRequired required)
{
  SanConditionScope scope = make_scope (self);

  return san_form_list_open (self->sheet->form, required, &scope);
}

static void
count_table (SanAnswers *self, const SanTable *table, SanAnswerCount *count)
{
  g_autoptr(GPtrArray) rows = san_answers_list_rows (self, table);

  for (guint r = 0; r < rows->len; r++)
    for (guint c = 0; c < table->n_columns; c++)
      {
        g_autofree char *name = san_form_make_name (table, rows->pdata[r], table->columns[c]);

        count->asked++;
        count->answered += san_answers_get_value (self, name) != NULL;
      }
}

static void
count_field (SanAnswers *self, const SanField *field, SanAnswerCount *count)
{
  gboolean is_answered = san_answers_get_value (self, field->id) != NULL ||
                         san_answers_get_file (self, field->id) != NULL;

  if (field->type == SAN_FIELD_SIGNATURE || !san_answers_may_read (self, field) ||
      !san_answers_is_shown (self, field))
    return;
  count->asked++;
  count->answered += is_answered;
  count->open += !is_answered && field->required != SAN_REQUIRED_NEVER;
}

SanAnswerCount
san_answers_count (SanAnswers *self, const SanSection *section)
{
  SanAnswerCount count = { 0, 0, 0 };

  for (guint i = 0; i < section->n_items; i++)
    if (section->items[i].field != NULL)
      count_field (self, section->items[i].field, &count);
    else
      count_table (self, section->items[i].table, &count);
  return count;
}

/* ---- what is not saved ---- */

guint
san_answers_get_changes (SanAnswers *self)
{
  return self->changes;
}

gboolean
san_answers_is_dirty (SanAnswers *self)
{
  GHashTableIter iter;
  gpointer typed;

  g_hash_table_iter_init (&iter, self->typed);
  while (g_hash_table_iter_next (&iter, NULL, &typed))
    if (!((SanTypedAnswer *) typed)->proposed)
      return TRUE;
  return FALSE;
}

/* The name as the table of what was typed has it; NULL: it is understood. */
static const char *
find_bad_name (SanAnswers *self, const char *name)
{
  gpointer known, typed;

  return g_hash_table_lookup_extended (self->typed, name, &known, &typed) &&
         ((const SanTypedAnswer *) typed)->text != NULL
           ? known : NULL;
}

static const char *
find_bad_cell (SanAnswers *self, const SanTable *table)
{
  g_autoptr(GPtrArray) rows = san_answers_list_rows (self, table);
  const char *bad = NULL;

  for (guint r = 0; r < rows->len; r++)
    for (guint c = 0; c < table->n_columns && bad == NULL; c++)
      {
        g_autofree char *name = san_form_make_name (table, rows->pdata[r], table->columns[c]);

        bad = find_bad_name (self, name);
      }
  return bad;
}

/* The first on the page. */
const char *
san_answers_find_bad (SanAnswers *self)
{
  const SanForm *form = self->sheet->form;
  const char *bad = NULL;

  for (guint s = 0; s < form->n_sections; s++)
    for (guint i = 0; i < form->sections[s]->n_items && bad == NULL; i++)
      bad = form->sections[s]->items[i].field != NULL
              ? find_bad_name (self, form->sections[s]->items[i].field->id)
              : find_bad_cell (self, form->sections[s]->items[i].table);
  return bad;
}

GPtrArray *
san_answers_dup_typed (SanAnswers *self)
{
  GPtrArray *list = san_typed_list_new ();
  GHashTableIter iter;
  gpointer name, data;

  g_hash_table_iter_init (&iter, self->typed);
  while (g_hash_table_iter_next (&iter, &name, &data))
    {
      const SanTypedAnswer *typed = data;

      if (typed->file != NULL)
        san_typed_list_add_file (list, name, typed->file, "");
      else if (typed->value != NULL)
        san_typed_list_add_value (list, name, typed->value);
      else
        san_typed_list_add (list, name, typed->text != NULL ? typed->text : "");
    }
  return list;
}

void
san_answers_load (SanAnswers *self, GPtrArray *list)
{
  for (guint i = 0; i < list->len; i++)
    {
      const SanTyped *typed = list->pdata[i];
      gboolean has_text = typed->value == NULL && typed->file == NULL && typed->text != NULL &&
                          *typed->text != '\0';
      const SanField *field = has_text && self->sheet->form != NULL
                                ? san_form_find_field (self->sheet->form, typed->field)
                                : NULL;

      if (field != NULL)
        san_answers_take_text (self, field, typed->field, typed->text);
      else if (typed->file == NULL && !has_text)
        san_answers_take_value (self, typed->field, typed->value);
      else
        san_answers_put (self, typed->field, typed->value, has_text ? typed->text : NULL,
                         typed->file);
    }
}

void
san_answers_forget_files (SanAnswers *self, GPtrArray *saved)
{
  for (guint i = 0; i < saved->len; i++)
    {
      const SanTyped *typed = saved->pdata[i];

      if (typed->file != NULL &&
          g_strcmp0 (typed->file, san_answers_get_file (self, typed->field)) == 0)
        g_hash_table_remove (self->typed, typed->field);
    }
}
