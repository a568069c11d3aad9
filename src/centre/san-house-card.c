/* san-house-card.c - what everybody in the house may know of one child
 *
 * All of it comes from the house compartment, so that a house mother has the same card as a
 * superintendent; only the day of turning 18 needs her birth, which is read with the case. Nothing
 * here counts as having opened the child's page. */
#include "san-house-card.h"
#include "san-derive.h"

#define FORM_SAFETY "safety-today"
#define EIGHTEEN    ((SanDuration) { .months = 18 * 12 })

typedef struct
{
  SanCentre     *centre;
  SanFactSet    *facts;
  const SanStay *stay;               /* (nullable) the last one */
  gint64         now;
  gint64         today;              /* first ms of the day */
} Reading;

void
san_house_card_free (SanHouseCard *self)
{
  g_free (self->alias);
  g_free (self->sign);
  g_free (self->bed);
  g_ptr_array_unref (self->help);
  g_ptr_array_unref (self->diet);
  g_ptr_array_unref (self->allergy);
  g_free (self->gate);
  g_free (self->health);
  g_free (self->responsible);
  g_free (self->escort);
  g_free (self->see_who);
  g_free (self->see_responsible);
  g_free (self);
}

static char *
dup_text (const SanValue *value)
{
  g_auto(GStrv) codes = NULL;
  char *text = value != NULL ? san_value_dup_text (value) : NULL;

  if (text != NULL || value == NULL)
    return text;
  codes = san_value_dup_codes (value);
  return codes != NULL ? g_strdup (codes[0]) : NULL;
}

static char *
dup_fact (Reading *self, const char *fact, const SanStay *stay)
{
  const SanFactAnswer *answer = san_fact_set_get_newest (self->facts, fact, stay);

  return answer != NULL ? dup_text (answer->value) : NULL;
}

/* A person is one of the staff or somebody by name. */
static char *
dup_person (Reading *self, const SanValue *value, SanId16 *staff)
{
  SanId16 id;

  if (value == NULL)
    return NULL;
  if (!san_value_get_record (value, &id))
    return san_value_dup_text (value);
  if (staff != NULL)
    *staff = id;
  return san_centre_dup_staff_name (self->centre, &id);
}

static gboolean
has_text (GPtrArray *lines, const char *text)
{
  for (guint i = 0; i < lines->len; i++)
    if (g_str_equal (g_ptr_array_index (lines, i), text))
      return TRUE;
  return FALSE;
}

static GPtrArray *
list_lines (Reading *self, const char *fact)
{
  g_autoptr(GPtrArray) answers = san_fact_set_list (self->facts, fact, self->stay);
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < answers->len && lines->len < SAN_HOUSE_CARD_LINES; i++)
    {
      const SanFactAnswer *answer = g_ptr_array_index (answers, i);
      g_autofree char *text = san_value_dup_text (answer->value);

      if (text != NULL && *text != '\0' && !has_text (lines, text))
        g_ptr_array_add (lines, g_steal_pointer (&text));
    }
  return lines;
}

static void
read_who_she_is (Reading *self, SanHouseCard *card)
{
  const SanFactAnswer *responsible =
      san_fact_set_get_newest (self->facts, "child.responsible", self->stay);

  card->alias = dup_fact (self, "child.alias", NULL);
  card->sign = dup_fact (self, "child.sign", NULL);
  card->bed = dup_fact (self, "child.bed", NULL);
  card->alias = card->alias != NULL ? card->alias : g_strdup ("");
  card->sign = card->sign != NULL ? card->sign : g_strdup ("");
  card->bed = card->bed != NULL ? card->bed : g_strdup ("");
  card->help = list_lines (self, "care.help");
  card->diet = list_lines (self, "care.diet");
  card->allergy = list_lines (self, "care.allergy");
  card->gate = dup_fact (self, "care.gate", NULL);
  card->health = dup_fact (self, "care.health", self->stay);
  card->responsible =
      dup_person (self, responsible != NULL ? responsible->value : NULL, &card->responsible_id);
}

static void
read_stay (Reading *self, SanHouseCard *card)
{
  SanInstant now = { self->now, san_clock_zone (self->now) };
  const SanFactRecord *record;
  SanInstant from;

  card->stay = (int) san_fact_set_get_n_stays (self->facts);
  if (self->stay == NULL)
    return;
  from.ms = self->stay->from.first;
  from.zone = san_clock_zone (from.ms);
  card->day = san_date_from_instant (&now).days - san_date_from_instant (&from).days + 1;
  card->in_care = !self->stay->has_left;
  card->stay_start = self->stay->start;
  record = san_fact_set_find_record (self->facts, &self->stay->start);
  card->stay_form = record != NULL ? g_intern_string (record->form) : NULL;
}

/* The next hearing: of several the earliest that is not over before today. */
static void
read_hearing (Reading *self, SanHouseCard *card)
{
  g_autoptr(GPtrArray) answers = san_fact_set_list (self->facts, "hearing.at", NULL);
  const SanFactAnswer *other;
  SanInstant at;

  for (guint i = 0; i < answers->len; i++)
    {
      const SanFactAnswer *answer = g_ptr_array_index (answers, i);

      if (!san_value_get_instant (answer->value, &at) || at.ms < self->today ||
          (card->has_hearing && at.ms >= card->hearing.ms))
        continue;
      card->has_hearing = TRUE;
      card->hearing = at;
      card->hearing_record = answer->record;
    }
  if (!card->has_hearing)
    return;
  other = san_fact_set_get_in_record (self->facts, "hearing.leaves", &card->hearing_record);
  card->has_leaves = other != NULL && san_value_get_instant (other->value, &card->leaves);
  other = san_fact_set_get_in_record (self->facts, "hearing.escort", &card->hearing_record);
  card->escort = dup_person (self, other != NULL ? other->value : NULL, NULL);
}

static void
read_see_today (Reading *self, SanHouseCard *card)
{
  g_autoptr(GPtrArray) asked = san_fact_set_list (self->facts, "safe.opened", NULL);

  for (guint i = 0; i < asked->len && !card->see_today; i++)
    {
      const SanFactAnswer *answer = g_ptr_array_index (asked, i);
      const SanValue *by = san_fact_set_get_value (self->facts, &answer->record, "by");

      if (san_fact_set_get_in_record (self->facts, "safe.done", &answer->record) != NULL)
        continue;
      card->see_today = TRUE;
      card->see_record = answer->record;
      card->see_who =
          dup_person (self, san_fact_set_get_value (self->facts, &answer->record, "see"), NULL);
      card->see_responsible = dup_person (
          self, san_fact_set_get_value (self->facts, &answer->record, "responsible"), NULL);
      card->has_see_by = by != NULL && san_value_get_instant (by, &card->see_by);
    }
}

/* An order may be there without the day on which it ends. */
static gboolean
lacks_order (Reading *self, const SanHouseCard *card)
{
  static const char *const facts[] = { "order.until", "order.on", "order.final-on" };

  if (!card->in_care || self->stay == NULL
      || !san_centre_can_read (self->centre, SAN_COMPARTMENT_CASE))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    if (san_fact_set_get_newest (self->facts, facts[i], self->stay) != NULL)
      return FALSE;
  return TRUE;
}

static void
read_days (Reading *self, SanHouseCard *card)
{
  const SanFactAnswer *planned =
      self->stay != NULL ? san_fact_set_get_newest (self->facts, "exit.planned", self->stay) : NULL;
  const SanFactAnswer *born = san_fact_set_get_newest (self->facts, "child.birth", NULL);
  const SanFactAnswer *order =
      self->stay != NULL ? san_fact_set_get_newest (self->facts, "order.until", self->stay) : NULL;
  SanInstant now = { self->now, san_clock_zone (self->now) };
  SanDate birth;

  card->youngest = card->oldest = -1;
  san_fact_set_get_age (self->facts, san_date_from_instant (&now).days, &card->youngest,
                        &card->oldest);
  card->has_order =
      card->in_care && order != NULL && san_value_get_date (order->value, &card->order_until);
  card->lacks_order = lacks_order (self, card);
  card->has_exit_planned =
      card->in_care && planned != NULL && san_value_get_date (planned->value, &card->exit_planned);
  if (born == NULL || !san_value_get_date (born->value, &birth))
    return;
  card->has_eighteen = TRUE;
  card->eighteen = san_date_add (&birth, &EIGHTEEN, 1);
}

SanHouseCard *
san_house_card_get (SanCentre *self, const SanId32 *child, GError **error)
{
  guint mask = san_store_get_open_mask (self->store) &
               ((1u << SAN_COMPARTMENT_HOUSE) | (1u << SAN_COMPARTMENT_CASE));
  g_autoptr(SanFactSet) facts = san_derive_facts (self->store, self->catalogue, child, mask, error);
  gint64 now = san_clock_now ();
  SanInstant moment = { now, san_clock_zone (now) };
  Reading reading = {
    self, facts, NULL, now,
    san_instant_at_day (san_date_from_instant (&moment).days, 0, moment.zone).ms
  };
  SanHouseCard *card;

  if (facts == NULL)
    return NULL;
  reading.stay = san_fact_set_get_last_stay (facts);
  card = g_new0 (SanHouseCard, 1);
  card->child = *child;
  read_who_she_is (&reading, card);
  read_stay (&reading, card);
  read_hearing (&reading, card);
  read_see_today (&reading, card);
  read_days (&reading, card);
  return card;
}

GPtrArray *
san_house_card_list (SanCentre *self, guint limit, guint *n_all, GError **error)
{
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(GPtrArray) cards =
      g_ptr_array_new_with_free_func ((GDestroyNotify) san_house_card_free);

  rows = san_store_list_summaries (self->store, SAN_COMPARTMENT_HOUSE, SAN_STATUS_IN_CARE, 0,
                                   MIN (limit, SAN_HOUSE_CARDS_LIMIT), error);
  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      SanHouseCard *card = san_house_card_get (
          self, &((const SanSummaryRow *) g_ptr_array_index (rows, i))->dossier, error);

      if (card == NULL)
        return NULL;
      g_ptr_array_add (cards, card);
    }
  if (n_all != NULL)
    *n_all =
        san_store_count_summaries (self->store, SAN_COMPARTMENT_HOUSE, SAN_STATUS_IN_CARE, NULL);
  return g_steal_pointer (&cards);
}
