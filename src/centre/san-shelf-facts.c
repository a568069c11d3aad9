/* san-shelf-facts.c - what stands at the head of a section of a child's page
 *
 * Everything is read with the login's own keys: a set of facts without a compartment answers as if
 * nobody had written there. */
#include "san-shelf-facts.h"
#include "san-answer.h"
#include "san-derive.h"
#include "san-excerpt.h"
#include <string.h>

#define GROWTH_POINTS 4u
#define PEOPLE        12u               /* of one list on a card */
#define MEDICINES     12u

typedef struct
{
  SanCentre       *centre;
  SanFactSet      *facts;
  const SanStay   *stay;                /* (nullable) the last one */
  GPtrArray       *names;               /* words of her own name */
  SanAnswerContext context;
  gint32           today;
  SanShelfFacts   *out;
} Reading;

static void
line_free (SanShelfLine *line)
{
  san_value_unref (line->value);
  g_free (line->text);
  g_free (line);
}

static void
card_free (SanShelfCard *card)
{
  g_free (card->title);
  g_ptr_array_unref (card->lines);
  g_free (card);
}

static void
growth_free (SanGrowthPoint *point)
{
  g_free (point->weight);
  g_free (point->height);
  g_free (point);
}

void
san_shelf_facts_free (SanShelfFacts *self)
{
  g_clear_pointer (&self->house, san_house_card_free);
  g_ptr_array_unref (self->cards);
  g_ptr_array_unref (self->growth);
  g_free (self);
}

static char *
name_person (const SanId16 *id, gpointer data)
{
  return san_centre_dup_staff_name (data, id);
}

static const SanField *
find_field (const SanFactRecord *record, const char *name, Reading *self)
{
  const SanForm *form = san_catalogue_find_form (self->centre->catalogue, record->form);

  return form != NULL ? san_form_find_field (form, name) : NULL;
}

/* As it is shown, with her alias where her name stood; NULL: nobody answered. */
static char *
display (Reading *self, const SanFactRecord *record, const char *name)
{
  const SanField *field = find_field (record, name, self);
  const SanValue *value = san_fact_set_get_value (self->facts, &record->record, name);
  SanNoAnswer none;
  g_autofree char *text = NULL;

  if (field == NULL || value == NULL || san_value_get_type (value) == SAN_VALUE_CLEARED ||
      san_value_get_no_answer (value, &none))
    return NULL;
  text = san_answer_to_display (self->centre->catalogue, field, value,
                                san_centre_get_language (self->centre), &self->context);
  return *text != '\0' ? san_excerpt_make (text, self->names, self->out->house->alias) : NULL;
}

/* Somebody's name without the words that are hers too. */
static char *
display_name (Reading *self, const SanFactRecord *record, const char *name)
{
  const SanValue *value = san_fact_set_get_value (self->facts, &record->record, name);
  g_autofree char *text = value != NULL ? san_value_dup_text (value) : NULL;
  g_autofree char *shown = text != NULL ? san_excerpt_make (text, self->names, "") : NULL;

  return shown != NULL && *g_strstrip (shown) != '\0' ? g_steal_pointer (&shown) : NULL;
}

static void
add_line (Reading *self, SanShelfCard *card, const SanFactRecord *record, const char *name,
          gboolean is_hers)
{
  char *text = display (self, record, name);
  SanShelfLine *line;

  if (text == NULL)
    return;
  line = g_new0 (SanShelfLine, 1);
  line->label = find_field (record, name, self)->label;
  line->text = text;
  line->value = san_value_ref (
    (SanValue *) san_fact_set_get_value (self->facts, &record->record, name));
  line->is_hers = is_hers;
  g_ptr_array_add (card->lines, line);
}

static SanShelfCard *
new_card (SanShelfCardKind kind, const SanFactRecord *record, char *title)
{
  SanShelfCard *card = g_new0 (SanShelfCard, 1);

  card->kind = kind;
  card->record = record->record;
  card->form = g_intern_string (record->form);
  card->title = title;
  card->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) line_free);
  return card;
}

/* A card of nothing but these answers; none where none of them is answered. */
static void
add_answers (Reading *self, SanShelfCardKind kind, const SanFactRecord *record,
             const char *const *fields)
{
  SanShelfCard *card = new_card (kind, record, NULL);

  for (guint i = 0; fields[i] != NULL; i++)
    add_line (self, card, record, fields[i], g_str_equal (fields[i], "ready-words"));
  if (card->lines->len > 0)
    g_ptr_array_add (self->out->cards, card);
  else
    card_free (card);
}

static const SanFactRecord *
newest (Reading *self, const char *form)
{
  g_autoptr(GPtrArray) records = san_fact_set_list_records (self->facts, form, NULL);

  return records->len > 0 ? records->pdata[records->len - 1] : NULL;
}

static char *
cell (const char *table, const char *row, const char *column)
{
  return g_strdup_printf ("%s.%s.%s", table, row, column);
}

/* Court */

static void
read_court (Reading *self)
{
  static const char *const hearing[] = { "leaves", "escort",    "kind",   "court",       "summons",
                                         "screen", "in-camera", "travel", "interpreter", NULL };
  static const char *const ready[] = { "ready", "ready-on", "ready-words", NULL };
  static const char *const steps[] = { "statement", "evidence", "judgment", NULL };
  static const char *const support[] = { "support-person", "support-from", NULL };
  static const char *const money[] = { "applied", "interim", "ordered", "received", NULL };
  static const char *const order[] = { "kind", "committee", "on", "until", NULL };
  const SanFactRecord *record = NULL;

  if (self->out->house->has_hearing)
    record = san_fact_set_find_record (self->facts, &self->out->house->hearing_record);
  if (record != NULL)
    {
      add_answers (self, SAN_SHELF_HEARING, record, hearing);
      add_answers (self, SAN_SHELF_READY, record, ready);
    }
  record = newest (self, "court-case");
  if (record != NULL)
    {
      add_answers (self, SAN_SHELF_CASE, record, steps);
      add_answers (self, SAN_SHELF_SUPPORT, record, support);
      add_answers (self, SAN_SHELF_MONEY, record, money);
    }
  record = newest (self, "order");
  if (record != NULL)
    add_answers (self, SAN_SHELF_ORDER, record, order);
}

/* Family */

/* One person of a list, by name and relation; her other answers are lines. */
static void
add_person (Reading *self, SanShelfCardKind kind, const SanFactRecord *record, const char *table,
            const char *row, const char *const *columns)
{
  g_autofree char *name_cell = cell (table, row, "name");
  g_autofree char *relation_cell = cell (table, row, "relation");
  g_autofree char *name = display_name (self, record, name_cell);
  g_autofree char *relation = display (self, record, relation_cell);
  SanShelfCard *card;

  card = new_card (kind, record,
                   name != NULL && relation != NULL ? g_strdup_printf ("%s · %s", name, relation)
                   : name != NULL                   ? g_strdup (name)
                                                    : g_strdup (relation));
  for (guint i = 0; columns[i] != NULL; i++)
    {
      g_autofree char *field = cell (table, row, columns[i]);

      add_line (self, card, record, field, FALSE);
    }
  if (card->title != NULL || card->lines->len > 0)
    g_ptr_array_add (self->out->cards, card);
  else
    card_free (card);
}

static void
read_family (Reading *self)
{
  static const char *const may[] = { "may",       "phone", "hours",      "caller",
                                     "safe-word", "say",   "no-message", NULL };
  static const char *const not_told[] = { "linked", "phone", NULL };
  const SanFactRecord *record = newest (self, "contacts");
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(GPtrArray) others = NULL;

  if (record == NULL)
    return;
  rows = san_fact_set_list_rows (self->facts, &record->record, "may");
  others = san_fact_set_list_rows (self->facts, &record->record, "not-told");
  for (guint i = 0; i < MIN (rows->len, PEOPLE); i++)
    add_person (self, SAN_SHELF_CONTACT, record, "may", rows->pdata[i], may);
  for (guint i = 0; i < MIN (others->len, PEOPLE); i++)
    add_person (self, SAN_SHELF_NOT_TOLD, record, "not-told", others->pdata[i], not_told);
}

/* Health */

static gboolean
get_number (Reading *self, const SanFactRecord *record, const char *field, double *out)
{
  const SanValue *value = san_fact_set_get_value (self->facts, &record->record, field);
  SanDecimal decimal;
  gint64 whole;

  if (value != NULL && san_value_get_decimal (value, &decimal))
    {
      *out = (double) decimal.digits;
      for (guint i = 0; i < decimal.scale; i++)
        *out /= 10;
      return TRUE;
    }
  if (value == NULL || !san_value_get_int (value, &whole))
    return FALSE;
  *out = (double) whole;
  return TRUE;
}

static void
read_growth (Reading *self, GPtrArray *checks)
{
  double before = 0, weight;
  gboolean has_before = FALSE;

  for (guint i = 0; i < checks->len; i++)
    {
      const SanFactRecord *record = checks->pdata[i];
      SanGrowthPoint *point = g_new0 (SanGrowthPoint, 1);
      SanMoment moment;

      point->at = san_fact_set_get_moment (self->facts, &record->record, &moment)
                      ? moment.first
                      : record->written.ms;
      point->weight = display (self, record, "weight");
      point->height = display (self, record, "height");
      if (get_number (self, record, "weight", &weight))
        {
          point->has_gain = has_before;
          point->gain = has_before ? weight - before : 0;
          before = weight;
          has_before = TRUE;
        }
      if (point->weight != NULL || point->height != NULL)
        g_ptr_array_insert (self->out->growth, 0, point);
      else
        growth_free (point);
    }
  if (self->out->growth->len > GROWTH_POINTS)
    g_ptr_array_set_size (self->out->growth, GROWTH_POINTS);
}

/* Each from the newest check that says it. */
static void
read_last_looks (Reading *self, GPtrArray *checks)
{
  static const char *const looks[] = { "dental-on", "eye-on", "skin-on" };
  SanShelfCard *card = NULL;

  for (guint n = 0; n < G_N_ELEMENTS (looks); n++)
    for (guint i = checks->len; i > 0; i--)
      {
        const SanFactRecord *record = checks->pdata[i - 1];
        g_autofree char *day = display (self, record, looks[n]);

        if (day == NULL)
          continue;
        if (card == NULL)
          card = new_card (SAN_SHELF_CHECKS, record, NULL);
        add_line (self, card, record, looks[n], FALSE);
        break;
      }
  if (card != NULL)
    g_ptr_array_add (self->out->cards, card);
}

/* Of the newest check that names any; those whose last day is over are left out. */
static void
read_medicines (Reading *self, GPtrArray *checks)
{
  static const char *const columns[] = { "dose", "hours", "until", NULL };
  g_autoptr(GPtrArray) rows = NULL;
  const SanFactRecord *record = NULL;

  for (guint i = checks->len; i > 0 && (rows == NULL || rows->len == 0); i--)
    {
      g_clear_pointer (&rows, g_ptr_array_unref);
      record = checks->pdata[i - 1];
      rows = san_fact_set_list_rows (self->facts, &record->record, "medicines");
    }
  for (guint i = 0; rows != NULL && i < MIN (rows->len, MEDICINES); i++)
    {
      g_autofree char *name = cell ("medicines", rows->pdata[i], "name");
      g_autofree char *until = cell ("medicines", rows->pdata[i], "until");
      const SanValue *last = san_fact_set_get_value (self->facts, &record->record, until);
      SanShelfCard *card;
      SanDate date;

      if (last != NULL && san_value_get_date (last, &date) && date.days < self->today)
        continue;
      card = new_card (SAN_SHELF_MEDICINE, record, display (self, record, name));
      for (guint c = 0; columns[c] != NULL; c++)
        {
          g_autofree char *field = cell ("medicines", rows->pdata[i], columns[c]);

          add_line (self, card, record, field, FALSE);
        }
      g_ptr_array_add (self->out->cards, card);
    }
}

static void
read_health (Reading *self)
{
  g_autoptr(GPtrArray) checks = san_fact_set_list_records (self->facts, "exam", self->stay);

  read_growth (self, checks);
  read_last_looks (self, checks);
  read_medicines (self, checks);
}

/* Counselling: what to do when it is hard, from the newest note that has it. */
static void
read_crisis (Reading *self)
{
  static const char *const fields[] = { "crisis-plan", NULL };
  g_autoptr(GPtrArray) notes = san_fact_set_list_records (self->facts, "flags", self->stay);

  for (guint i = notes->len; i > 0; i--)
    {
      const SanFactRecord *record = notes->pdata[i - 1];
      g_autofree char *plan = display (self, record, fields[0]);

      if (plan == NULL)
        continue;
      add_answers (self, SAN_SHELF_CRISIS, record, fields);
      return;
    }
}

/* The words of the name that is shown only on purpose. */
static GPtrArray *
list_own_names (SanFactSet *facts)
{
  g_autoptr(GPtrArray) answers = san_fact_set_list (facts, "child.name", NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < answers->len; i++)
    {
      g_autofree char *name =
          san_value_dup_text (((const SanFactAnswer *) answers->pdata[i])->value);

      if (name != NULL)
        san_excerpt_add_name (names, name);
    }
  return names;
}

SanShelfFacts *
san_shelf_facts_get (SanCentre *self, const SanId32 *child, GError **error)
{
  g_autoptr(SanShelfFacts) out = g_new0 (SanShelfFacts, 1);
  g_autoptr(SanFactSet) facts = NULL;
  g_autoptr(GPtrArray) names = NULL;
  Reading reading = { .centre = self, .out = out };
  SanInstant now = { san_clock_now (), san_clock_zone (san_clock_now ()) };

  out->cards = g_ptr_array_new_with_free_func ((GDestroyNotify) card_free);
  out->growth = g_ptr_array_new_with_free_func ((GDestroyNotify) growth_free);
  out->house = san_house_card_get (self, child, error);
  if (out->house == NULL)
    return NULL;
  facts = san_derive_facts (self->store, self->catalogue, child,
                            san_store_get_open_mask (self->store), error);
  if (facts == NULL)
    return NULL;
  names = list_own_names (facts);
  reading.facts = facts;
  reading.stay = san_fact_set_get_last_stay (facts);
  reading.names = names;
  reading.context = (SanAnswerContext) { .name_person = name_person, .data = self };
  reading.today = san_date_from_instant (&now).days;
  read_court (&reading);
  read_family (&reading);
  read_health (&reading);
  read_crisis (&reading);
  return g_steal_pointer (&out);
}

gint64
san_shelf_last_written (SanCentre *self, const SanId32 *child, SanCompartment compartment)
{
  guint64 wall;

  return san_store_get_last_wall (self->store, child, (guint8) compartment, &wall, NULL)
             ? (gint64) wall
             : 0;
}
