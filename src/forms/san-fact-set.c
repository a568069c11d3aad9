/* san-fact-set.c - the answers of one dossier, asked by record, by fact and by stay
 *
 * Filled by the caller with what her login reads. Whatever is asked depends only on the set of
 * what was added, never on the order, except that of several current answers of one field the
 * first one added is the one shown. Nothing here looks at the clock. */
#include "san-fact-set-private.h"

#include <string.h>

/* ---- life ---- */

static void
record_free (gpointer data)
{
  SanRecordState *record = data;

  g_ptr_array_unref (record->answers);
  g_clear_pointer (&record->gone, g_ptr_array_unref);
  g_free (record);
}

static void
answer_free (gpointer data)
{
  SanFactAnswer *answer = data;

  san_value_unref (answer->value);
  g_free (answer);
}

SanFactSet *
san_fact_set_new (SanCatalogue *catalogue)
{
  SanFactSet *self = g_new0 (SanFactSet, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->catalogue = san_catalogue_ref (catalogue);
  self->strings = g_string_chunk_new (1024);
  self->records = g_hash_table_new_full (san_id16_hash, san_id16_equal, NULL, record_free);
  self->order = g_ptr_array_new ();
  self->facts =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  self->stays = g_array_new (FALSE, TRUE, sizeof (SanStay));
  return self;
}

SanFactSet *
san_fact_set_ref (SanFactSet *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
san_fact_set_unref (SanFactSet *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_array_unref (self->stays);
  g_hash_table_unref (self->facts);
  g_ptr_array_unref (self->order);
  g_hash_table_unref (self->records);
  g_string_chunk_free (self->strings);
  san_catalogue_unref (self->catalogue);
  g_free (self);
}

SanCatalogue *
san_fact_set_get_catalogue (SanFactSet *self)
{
  return self->catalogue;
}

/* ---- filling ---- */

/* The catalogue, which we hold, has most of them. */
static const char *
keep_string (SanFactSet *self, const char *known, const char *text)
{
  return known != NULL && strcmp (known, text) == 0
             ? known
             : g_string_chunk_insert_const (self->strings, text);
}

/**
 * san_fact_set_add_record:
 *
 * A record that was added before is left as it is.
 */
void
san_fact_set_add_record (SanFactSet *self, const SanFactRecord *record)
{
  SanRecordState *state;

  if (g_hash_table_contains (self->records, &record->record))
    return;
  state = g_new0 (SanRecordState, 1);
  state->pub = *record;
  state->form = san_catalogue_find_form (self->catalogue, record->form);
  state->pub.form = keep_string (self, state->form != NULL ? state->form->id : NULL, record->form);
  state->answers = g_ptr_array_new_with_free_func (answer_free);
  g_hash_table_insert (self->records, &state->pub.record, state);
  g_ptr_array_add (self->order, state);
  self->is_settled = FALSE;
}

static void
list_under_fact (SanFactSet *self, const SanFactAnswer *answer)
{
  GPtrArray *answers = g_hash_table_lookup (self->facts, answer->fact);

  if (answers == NULL)
    {
      answers = g_ptr_array_new ();
      g_hash_table_insert (self->facts, (gpointer) answer->fact, answers);
    }
  g_ptr_array_add (answers, (gpointer) answer);
}

/* No-answers, and values of a type that the field does not keep, state nothing. */
static gboolean
states_fact (const SanField *field, const SanValue *value)
{
  guint8 type = san_value_get_type (value);

  return type == san_field_type_get_value_type (field->type)
         || (field->type == SAN_FIELD_PERSON && type == SAN_VALUE_TEXT);
}

static void
note_gone (SanFactSet *self, SanRecordState *record, const SanField *field, const char *name)
{
  if (field == NULL || field->type != SAN_FIELD_ROW)
    return;
  if (record->gone == NULL)
    record->gone = g_ptr_array_new ();
  g_ptr_array_add (record->gone, (gpointer) keep_string (self, NULL, name));
}

/**
 * san_fact_set_add_answer:
 *
 * Cleared values are blanks and are not kept; a row whose place is cleared was taken away. "Not
 * known" and its like are kept as the record's answer, and never state a fact.
 */
void
san_fact_set_add_answer (SanFactSet *self, const SanFactAnswer *answer)
{
  SanRecordState *record = g_hash_table_lookup (self->records, &answer->record);
  const SanField *field;
  SanFactAnswer *copy;

  if (record == NULL)
    return;
  field = record->form != NULL ? san_form_find_field (record->form, answer->field) : NULL;
  if (san_value_get_type (answer->value) == SAN_VALUE_CLEARED)
    {
      note_gone (self, record, field, answer->field);
      return;
    }
  copy = g_new (SanFactAnswer, 1);
  *copy = *answer;
  copy->value = san_value_ref (answer->value);
  copy->form = record->pub.form;
  copy->field = keep_string (self, field != NULL ? field->id : NULL, answer->field);
  copy->fact = field != NULL ? field->fact : NULL;
  g_ptr_array_add (record->answers, copy);
  if (field != NULL && copy->fact != NULL && states_fact (field, copy->value))
    list_under_fact (self, copy);
  self->is_settled = FALSE;
}

/* ---- looking into one record ---- */

const SanFactAnswer *
san_record_find (const SanRecordState *record, const char *field)
{
  for (guint i = 0; i < record->answers->len; i++)
    {
      const SanFactAnswer *answer = record->answers->pdata[i];

      if (strcmp (answer->field, field) == 0)
        return answer;
    }
  return NULL;
}

const SanFactAnswer *
san_record_find_meaning (const SanFactSet *self, const SanRecordState *record, SanMeaning meaning)
{
  const SanFact *fact = san_catalogue_find_meaning (self->catalogue, meaning);

  for (guint i = 0; fact != NULL && i < record->answers->len; i++)
    {
      const SanFactAnswer *answer = record->answers->pdata[i];

      if (answer->fact != NULL && strcmp (answer->fact, fact->name) == 0
          && san_value_get_type (answer->value) == san_field_type_get_value_type (fact->type))
        return answer;
    }
  return NULL;
}

/* ---- order ---- */

int
san_writing_compare (const SanFactAnswer *a, const SanFactAnswer *b)
{
  int order;

  if (!a->doubtful != !b->doubtful)
    return a->doubtful ? 1 : -1;
  if (a->wall.ms != b->wall.ms)
    return a->wall.ms > b->wall.ms ? -1 : 1;
  order = san_id32_compare (&b->entry, &a->entry);
  if (order == 0)
    order = (b->number > a->number) - (b->number < a->number);
  return order;
}

static int
compare_newest (gconstpointer a, gconstpointer b, gpointer data)
{
  const SanFactAnswer *x = *(const SanFactAnswer * const *) a;
  const SanFactAnswer *y = *(const SanFactAnswer * const *) b;
  SanFactSet *self = data;
  const SanRecordState *record_x = g_hash_table_lookup (self->records, &x->record);
  const SanRecordState *record_y = g_hash_table_lookup (self->records, &y->record);
  const SanFact *fact = san_catalogue_find_fact (self->catalogue, x->fact);

  if (self->stays->len > 0 && record_x->stay != record_y->stay)
    return record_x->stay > record_y->stay ? -1 : 1;
  if (fact->by_date && record_x->moment.last != record_y->moment.last)
    return record_x->moment.last > record_y->moment.last ? -1 : 1;
  return san_writing_compare (x, y);
}

static int
compare_records (gconstpointer a, gconstpointer b)
{
  const SanRecordState *x = *(const SanRecordState * const *) a;
  const SanRecordState *y = *(const SanRecordState * const *) b;

  if (x->moment.first != y->moment.first)
    return x->moment.first < y->moment.first ? -1 : 1;
  if (x->pub.written.ms != y->pub.written.ms)              /* two sheets of one day */
    return x->pub.written.ms < y->pub.written.ms ? -1 : 1;
  return san_id16_compare (&x->pub.record, &y->pub.record);
}

static void
settle (SanFactSet *self)
{
  GHashTableIter iter;
  gpointer answers;

  if (self->is_settled)
    return;
  san_stays_settle (self);
  g_ptr_array_sort (self->order, compare_records);
  g_hash_table_iter_init (&iter, self->facts);
  while (g_hash_table_iter_next (&iter, NULL, &answers))
    if (((GPtrArray *) answers)->len > 1)
      g_ptr_array_sort_with_data (answers, compare_newest, self);
  self->is_settled = TRUE;
}

/* ---- records ---- */

const SanFactRecord *
san_fact_set_find_record (SanFactSet *self, const SanId16 *record)
{
  const SanRecordState *state = g_hash_table_lookup (self->records, record);

  return state != NULL ? &state->pub : NULL;
}

static gboolean
is_of_stay (SanFactSet *self, const SanRecordState *record, const SanStay *stay)
{
  return stay == NULL ||
         (record->stay < self->stays->len &&
          san_id16_equal (&g_array_index (self->stays, SanStay, record->stay).start, &stay->start));
}

GPtrArray *
san_fact_set_list_records (SanFactSet *self, const char *form, const SanStay *stay)
{
  GPtrArray *found = g_ptr_array_new ();

  settle (self);
  for (guint i = 0; i < self->order->len; i++)
    {
      SanRecordState *record = self->order->pdata[i];

      if ((form == NULL || strcmp (record->pub.form, form) == 0) && is_of_stay (self, record, stay))
        g_ptr_array_add (found, &record->pub);
    }
  return found;
}

static gboolean
names_record (const SanRecordState *record, const SanId16 *id)
{
  for (guint i = 0; i < record->answers->len; i++)
    {
      const SanFactAnswer *answer = record->answers->pdata[i];
      const SanField *field = san_form_find_field (record->form, answer->field);
      SanId16 named;

      if (field != NULL && field->type == SAN_FIELD_RECORD &&
          san_value_get_record (answer->value, &named) && san_id16_equal (&named, id))
        return TRUE;
    }
  return FALSE;
}

GPtrArray *
san_fact_set_list_naming (SanFactSet *self, const SanId16 *record)
{
  GPtrArray *found = g_ptr_array_new ();

  settle (self);
  for (guint i = 0; i < self->order->len; i++)
    {
      SanRecordState *candidate = self->order->pdata[i];

      if (candidate->form != NULL && names_record (candidate, record))
        g_ptr_array_add (found, &candidate->pub);
    }
  return found;
}

const SanValue *
san_fact_set_get_value (SanFactSet *self, const SanId16 *record, const char *field)
{
  const SanRecordState *state = g_hash_table_lookup (self->records, record);
  const SanFactAnswer *answer = state != NULL ? san_record_find (state, field) : NULL;

  return answer != NULL ? answer->value : NULL;
}

static int
compare_fields (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const SanFactAnswer *const *) a)->field,
                 (*(const SanFactAnswer *const *) b)->field);
}

GPtrArray *
san_fact_set_list_answers (SanFactSet *self, const SanId16 *record)
{
  const SanRecordState *state = g_hash_table_lookup (self->records, record);
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; state != NULL && i < state->answers->len; i++)
    g_ptr_array_add (found, state->answers->pdata[i]);
  g_ptr_array_sort (found, compare_fields);            /* stable: the one shown stays in front */
  return found;
}

typedef struct { const SanRecordState *record; const SanTable *table; } RowPlaces;

/* FALSE: it was taken away. Its cells are still there then. Who moved it meanwhile keeps it. */
static gboolean
find_place (const RowPlaces *self, const char *row, gint64 *place)
{
  g_autofree char *name = san_form_make_name (self->table, row, NULL);
  const SanFactAnswer *marker = san_record_find (self->record, name);

  *place = G_MAXINT64;
  if (marker != NULL)
    san_value_get_int (marker->value, place);
  return marker != NULL || self->record->gone == NULL ||
         !g_ptr_array_find_with_equal_func (self->record->gone, name, g_str_equal, NULL);
}

/* Keys are random: by themselves they would put the rows in an order that nobody wrote. */
static int
compare_row_keys (gconstpointer a, gconstpointer b, gpointer places)
{
  const char *one = *(const char *const *) a, *two = *(const char *const *) b;
  gint64 place_one, place_two;

  find_place (places, one, &place_one);
  find_place (places, two, &place_two);
  return place_one != place_two ? (place_one < place_two ? -1 : 1) : strcmp (one, two);
}

GPtrArray *
san_fact_set_list_rows (SanFactSet *self, const SanId16 *record, const char *table)
{
  const SanRecordState *state = g_hash_table_lookup (self->records, record);
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_free);
  RowPlaces places = { state, NULL };
  char key[SAN_ROW_KEY_LENGTH + 1];
  const SanField *column;
  gint64 place;

  if (state != NULL && state->form != NULL)
    places.table = san_form_find_table (state->form, table);
  for (guint i = 0; places.table != NULL && i < state->answers->len; i++)
    {
      const SanFactAnswer *answer = state->answers->pdata[i];
      const SanTable *found;

      if (san_form_split_name (state->form, answer->field, &found, key, &column) &&
          found == places.table && find_place (&places, key, &place) &&
          !g_ptr_array_find_with_equal_func (rows, key, g_str_equal, NULL))
        g_ptr_array_add (rows, g_strdup (key));
    }
  g_ptr_array_sort_with_data (rows, compare_row_keys, &places);
  return rows;
}

gboolean
san_fact_set_get_moment (SanFactSet *self, const SanId16 *record, SanMoment *out)
{
  const SanRecordState *state = g_hash_table_lookup (self->records, record);

  if (state == NULL)
    return FALSE;
  settle (self);
  *out = state->moment;
  return TRUE;
}

/* ---- facts ---- */

GPtrArray *
san_fact_set_list (SanFactSet *self, const char *fact, const SanStay *stay)
{
  GPtrArray *found = g_ptr_array_new ();
  GPtrArray *answers;

  settle (self);
  answers = g_hash_table_lookup (self->facts, fact);
  for (guint i = 0; answers != NULL && i < answers->len; i++)
    {
      const SanFactAnswer *answer = answers->pdata[i];

      if (is_of_stay (self, g_hash_table_lookup (self->records, &answer->record), stay))
        g_ptr_array_add (found, (gpointer) answer);
    }
  return found;
}

const SanFactAnswer *
san_fact_set_get_newest (SanFactSet *self, const char *fact, const SanStay *stay)
{
  g_autoptr(GPtrArray) answers = san_fact_set_list (self, fact, stay);

  return answers->len > 0 ? answers->pdata[0] : NULL;
}

const SanFactAnswer *
san_fact_set_get_in_record (SanFactSet *self, const char *fact, const SanId16 *record)
{
  GPtrArray *answers;

  settle (self);
  answers = g_hash_table_lookup (self->facts, fact);
  for (guint i = 0; answers != NULL && i < answers->len; i++)
    {
      const SanFactAnswer *answer = answers->pdata[i];

      if (san_id16_equal (&answer->record, record))
        return answer;
    }
  return NULL;
}

gboolean
san_fact_set_has_readable (SanFactSet *self, const char *fact, guint mask)
{
  const SanFact *definition = san_catalogue_find_fact (self->catalogue, fact);

  return definition != NULL && (mask & (1u << definition->compartment)) != 0;
}

/* ---- stays ---- */

guint
san_fact_set_get_n_stays (SanFactSet *self)
{
  settle (self);
  return self->stays->len;
}

const SanStay *
san_fact_set_get_stay (SanFactSet *self, guint i)
{
  settle (self);
  return i < self->stays->len ? &g_array_index (self->stays, SanStay, i) : NULL;
}

const SanStay *
san_fact_set_get_last_stay (SanFactSet *self)
{
  settle (self);
  return self->stays->len > 0 ? &g_array_index (self->stays, SanStay, self->stays->len - 1) : NULL;
}

const SanStay *
san_fact_set_find_stay (SanFactSet *self, const SanId16 *record)
{
  const SanRecordState *state = g_hash_table_lookup (self->records, record);

  settle (self);
  return state != NULL ? san_fact_set_get_stay (self, state->stay) : NULL;
}

/* ---- conditions ---- */

static SanValue *
scope_get_value (const char *name, gpointer data)
{
  const SanFactScope *scope = data;
  const SanRecordState *record =
      scope->record != NULL ? g_hash_table_lookup (scope->set->records, scope->record) : NULL;
  const SanFactAnswer *answer;

  if (record != NULL && record->form != NULL && san_form_find_field (record->form, name) != NULL)
    answer = san_record_find (record, name);
  else
    answer = san_fact_set_get_newest (scope->set, name, scope->stay);
  return answer != NULL ? san_value_ref (answer->value) : NULL;
}

static gboolean
scope_get_age (int *youngest, int *oldest, gpointer data)
{
  const SanFactScope *scope = data;

  return san_fact_set_get_age (scope->set, scope->on_day, youngest, oldest);
}

void
san_fact_scope_init (const SanFactScope *self, SanConditionScope *out)
{
  out->get_value = scope_get_value;
  out->get_age = scope_get_age;
  out->data = (gpointer) self;
}
