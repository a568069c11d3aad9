/* san-milestone.c - one milestone read from its element and checked against the catalogue
 *
 * The grammar has been checked before; here stands what it cannot say: names that must exist,
 * words that exclude each other, and that somebody can read all of what a milestone needs
 * (P2). Messages name file, line and reason. */
#include "san-milestone.h"

#include "san-compartment.h"
#include "san-programme-read.h"

#include <string.h>

#define MAX_FULFILMENTS 16u

gboolean
san_milestone_is_readable (const SanMilestone *self, guint readable)
{
  return (self->needs & ~readable) == 0;
}

/* ---- small steps ---- */

static const SanFact *
find_fact (const SanReading *reading, const xmlNode *node, const char *name, GError **error)
{
  const SanFact *fact = san_catalogue_find_fact (reading->catalogue, name);

  if (fact == NULL)
    san_reading_refuse (reading, node, error, "no such fact: “%s”", name);
  return fact;
}

static gboolean
is_dated (const SanFact *fact)
{
  return fact->type == SAN_FIELD_DATE || fact->type == SAN_FIELD_INSTANT;
}

/* An optional fact that must say when: its name into @out and its compartment into the needs. */
static gboolean
take_dated_fact (const SanReading *reading, const xmlNode *node, const char *attribute,
                 SanMilestone *self, const char **out, GError **error)
{
  const char *name = san_reading_attribute (reading, node, attribute);
  const SanFact *fact;

  if (name == NULL)
    return TRUE;
  fact = find_fact (reading, node, name, error);
  if (fact == NULL)
    return FALSE;
  if (!is_dated (fact))
    return san_reading_refuse (reading, node, error, "%s: “%s” does not say when", attribute,
                               name);
  self->needs |= 1u << fact->compartment;
  *out = fact->name;
  return TRUE;
}

static gboolean
take_duration (const SanReading *reading, const xmlNode *node, const char *attribute,
               SanDuration *out, gboolean *has, GError **error)
{
  g_autofree char *text = san_xml_dup_attribute (node, attribute);
  g_autoptr(GError) why = NULL;

  if (text == NULL)
    return TRUE;
  if (!san_duration_from_text (text, out, &why))
    return san_reading_refuse (reading, node, error, "%s: %s", attribute, why->message);
  if (has != NULL)
    *has = TRUE;
  return TRUE;
}

/* Whole days or months, more than none: what a rhythm is made of. */
static gboolean
is_calendar_period (const SanDuration *d)
{
  return d->seconds == 0 && !d->negative && (d->months > 0 || d->days > 0);
}

static int
choose (const xmlNode *node, const char *attribute, const char *const *words, int otherwise)
{
  g_autofree char *text = san_xml_dup_attribute (node, attribute);

  for (int i = 0; text != NULL && words[i] != NULL; i++)
    if (strcmp (text, words[i]) == 0)
      return i;
  return otherwise;
}

/* ---- which forms state a fact ---- */

static gboolean
form_states (const SanForm *form, const char *fact)
{
  for (guint i = 0; i < form->n_fields; i++)
    if (g_strcmp0 (form->fields[i]->fact, fact) == 0)
      return TRUE;
  for (guint t = 0; t < form->n_tables; t++)
    for (guint i = 0; i < form->tables[t]->n_columns; i++)
      if (g_strcmp0 (form->tables[t]->columns[i]->fact, fact) == 0)
        return TRUE;
  return FALSE;
}

/* Adds the compartment of the field called @name in any form that states @fact; FALSE: no such. */
static gboolean
add_field_of_stating_forms (const SanReading *reading, SanMilestone *self, const char *form,
                            const char *fact, const char *name)
{
  gboolean found = FALSE;

  for (guint i = 0; i < san_catalogue_get_n_forms (reading->catalogue); i++)
    {
      const SanForm *candidate = san_catalogue_get_form (reading->catalogue, i);
      const SanField *field;

      if (form != NULL ? strcmp (candidate->id, form) != 0 : !form_states (candidate, fact))
        continue;
      field = san_form_find_field (candidate, name);
      if (field == NULL)
        continue;
      self->needs |= 1u << field->compartment;
      found = TRUE;
    }
  return found;
}

/* What a condition's literals are checked with. */
typedef struct
{
  const SanReading *reading;
  const char       *form, *fact;   /* (nullable), as for take_condition() */
} CodeCheck;

static gboolean
field_lacks_code (const SanReading *reading, const SanField *field, const char *code)
{
  const SanList *list = field->list != NULL
                            ? san_catalogue_find_list (reading->catalogue, field->list) : NULL;

  return list != NULL && san_list_find_option (list, code) == NULL;
}

/* A code that the list of a field lacks would never hold. A fact: of any field that states it. */
static gboolean
check_code (const char *name, const SanValue *literal, gpointer data, GError **error)
{
  const CodeCheck *check = data;
  g_autofree char *code = san_value_dup_text (literal);

  for (guint i = 0; code != NULL && i < san_catalogue_get_n_forms (check->reading->catalogue); i++)
    {
      const SanForm *form = san_catalogue_get_form (check->reading->catalogue, i);
      gboolean own = check->form != NULL ? strcmp (form->id, check->form) == 0
                                         : check->fact != NULL && form_states (form, check->fact);

      for (guint f = 0; f < form->n_fields; f++)
        {
          const SanField *field = form->fields[f];

          if (((own && strcmp (field->id, name) == 0) || g_strcmp0 (field->fact, name) == 0)
              && field_lacks_code (check->reading, field, code))
            {
              g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID,
                           "the list of “%s” has no code “%s”", name, code);
              return FALSE;
            }
        }
    }
  return TRUE;
}

/* A condition: every name is a fact, or a field of the form (of the forms that state @fact). */
static gboolean
take_condition (const SanReading *reading, const xmlNode *node, const char *attribute,
                SanMilestone *self, const char *form, const char *fact, SanCondition **out,
                GError **error)
{
  g_autofree char *text = san_xml_dup_attribute (node, attribute);
  g_autoptr(GError) why = NULL;
  SanCondition *condition;

  if (text == NULL)
    return TRUE;
  condition = san_condition_parse (text, &why);
  if (condition == NULL)
    return san_reading_refuse (reading, node, error, "%s: %s", attribute, why->message);
  san_pool_take_condition (reading->pool, condition);
  if (!san_condition_check (condition, check_code, &(CodeCheck){ reading, form, fact }, &why))
    return san_reading_refuse (reading, node, error, "%s: %s", attribute, why->message);
  for (const char *const *name = san_condition_get_names (condition); *name != NULL; name++)
    {
      const SanFact *known = san_catalogue_find_fact (reading->catalogue, *name);

      if ((form != NULL || fact != NULL)
          && add_field_of_stating_forms (reading, self, form, fact, *name))
        continue;
      if (known == NULL)
        return san_reading_refuse (reading, node, error, "%s: no such field or fact: “%s”",
                                   attribute, *name);
      self->needs |= 1u << known->compartment;
    }
  if (san_condition_uses_age (condition))
    {
      const SanFact *birth = san_catalogue_find_meaning (reading->catalogue, SAN_MEANING_BIRTH);

      if (birth != NULL)
        self->needs |= 1u << birth->compartment;
    }
  *out = condition;
  return TRUE;
}

/* ---- what answers it ---- */

static gboolean
check_form_states (const SanReading *reading, const xmlNode *node, const SanMilestone *self,
                   const SanFulfilment *way, GError **error)
{
  if (way->form != NULL)
    {
      const SanForm *form = san_catalogue_find_form (reading->catalogue, way->form);

      if (form == NULL)
        return san_reading_refuse (reading, node, error, "no such form: “%s”", way->form);
      if (form->dossier != self->dossier)
        return san_reading_refuse (reading, node, error, "“%s” lies in another dossier",
                                   way->form);
      if (way->fact != NULL && !form_states (form, way->fact))
        return san_reading_refuse (reading, node, error, "“%s” does not state “%s”", way->form,
                                   way->fact);
      return TRUE;
    }
  for (guint i = 0; i < san_catalogue_get_n_forms (reading->catalogue); i++)
    {
      const SanForm *form = san_catalogue_get_form (reading->catalogue, i);

      if (form->dossier == self->dossier && form_states (form, way->fact))
        return TRUE;
    }
  return san_reading_refuse (reading, node, error, "no form states “%s”", way->fact);
}

static gboolean
read_fulfilment (const SanReading *reading, const xmlNode *node, SanMilestone *self,
                 SanFulfilment *out, GError **error)
{
  const SanFact *fact = NULL;

  out->form = san_reading_attribute (reading, node, "form");
  out->fact = san_reading_attribute (reading, node, "fact");
  out->finished = san_xml_get_yes (node, "finished");
  out->later = san_xml_get_yes (node, "later");
  if (out->form == NULL && out->fact == NULL)
    return san_reading_refuse (reading, node, error, "what answers it needs a form or a fact");
  if (out->fact != NULL && (fact = find_fact (reading, node, out->fact, error)) == NULL)
    return FALSE;
  if (!check_form_states (reading, node, self, out, error)
      || !take_condition (reading, node, "if", self, out->form, out->fact, &out->only_if, error))
    return FALSE;
  if (fact != NULL)
    self->needs |= 1u << fact->compartment;
  else
    self->needs |= 1u << san_catalogue_find_form (reading->catalogue, out->form)->compartment;
  if (out->later && (self->per != SAN_PER_RECORD || fact == NULL || !is_dated (fact)
                     || out->form == NULL))
    return san_reading_refuse (reading, node, error,
                               "later needs per record, a form and a fact that says when");
  if ((self->has_rhythm || self->per == SAN_PER_LAST) && fact != NULL && !is_dated (fact))
    return san_reading_refuse (reading, node, error,
                               "“%s” does not say when, so it cannot answer what comes again",
                               out->fact);
  return TRUE;
}

static gboolean
read_fulfilments (const SanReading *reading, const xmlNode *node, SanMilestone *self,
                  GError **error)
{
  g_autoptr(GArray) ways = g_array_new (FALSE, TRUE, sizeof (SanFulfilment));

  for (const xmlNode *child = san_xml_first (node, "fulfilled-by"); child != NULL;
       child = san_xml_next (child, "fulfilled-by"))
    {
      SanFulfilment way = { NULL };

      if (ways->len == MAX_FULFILMENTS)
        return san_reading_refuse (reading, child, error, "more than %u ways to answer it",
                                   MAX_FULFILMENTS);
      if (!read_fulfilment (reading, child, self, &way, error))
        return FALSE;
      g_array_append_val (ways, way);
    }
  self->n_fulfilments = ways->len;
  self->fulfilments = san_pool_steal_array (reading->pool, g_steal_pointer (&ways));
  return TRUE;
}

/* The first form that a person opens to answer it, and where its answers stand. */
static void
settle_answer (const SanReading *reading, SanMilestone *self)
{
  const SanFulfilment *way = self->n_fulfilments > 0 ? self->fulfilments : NULL;

  self->answer_compartment
      = san_catalogue_find_fact (reading->catalogue, self->anchor)->compartment;
  if (way == NULL)
    return;
  self->form = way->form;
  for (guint i = 0; self->form == NULL && i < san_catalogue_get_n_forms (reading->catalogue); i++)
    {
      const SanForm *form = san_catalogue_get_form (reading->catalogue, i);

      if (form->dossier == self->dossier && form_states (form, way->fact))
        self->form = form->id;
    }
  self->answer_compartment
      = way->fact != NULL
            ? san_catalogue_find_fact (reading->catalogue, way->fact)->compartment
            : san_catalogue_find_form (reading->catalogue, way->form)->compartment;
}

/* ---- when it is due ---- */

static gboolean
take_from (const SanReading *reading, const xmlNode *node, SanMilestone *self, GError **error)
{
  g_autofree char *text = san_xml_dup_attribute (node, "from");

  self->from_kind = SAN_FROM_DEFAULT;
  if (text == NULL)
    return TRUE;
  if (self->has_rhythm || self->per == SAN_PER_LAST)
    return san_reading_refuse (reading, node, error,
                               "from: what comes again counts from half a period before");
  if (strcmp (text, "any") == 0)
    {
      self->from_kind = SAN_FROM_ANY;
      return TRUE;
    }
  self->from_kind = SAN_FROM_DURATION;
  return take_duration (reading, node, "from", &self->from, NULL, error);
}

static gboolean
take_plus_hours (const SanReading *reading, const xmlNode *node, SanMilestone *self,
                 GError **error)
{
  const char *name = san_reading_attribute (reading, node, "plus-hours");
  const SanFact *fact;

  if (name == NULL)
    return TRUE;
  fact = find_fact (reading, node, name, error);
  if (fact == NULL)
    return FALSE;
  if (fact->type != SAN_FIELD_WHOLE || !self->due_exact)
    return san_reading_refuse (reading, node, error,
                               "plus-hours needs a whole number and a due in hours");
  self->needs |= 1u << fact->compartment;
  self->plus_hours = fact->name;
  return TRUE;
}

static gboolean
take_due (const SanReading *reading, const xmlNode *node, SanMilestone *self, GError **error)
{
  g_autofree char *due = san_xml_dup_attribute (node, "due");

  if (!take_duration (reading, node, "due", &self->due, NULL, error)
      || !take_duration (reading, node, "every", &self->every, &self->has_rhythm, error)
      || !take_duration (reading, node, "for", &self->during, &self->has_during, error)
      || !take_duration (reading, node, "then", &self->then, &self->has_then, error)
      || !take_duration (reading, node, "lapse", &self->lapse, &self->has_lapse, error)
      || !take_duration (reading, node, "late", &self->late, &self->has_late, error))
    return FALSE;
  self->due_exact = due != NULL && strchr (due, 'T') != NULL;
  self->notice.days = 3;
  if (!take_duration (reading, node, "notice", &self->notice, NULL, error))
    return FALSE;
  return take_from (reading, node, self, error)
         && take_plus_hours (reading, node, self, error);
}

static gboolean
check_due (const SanReading *reading, const xmlNode *node, const SanMilestone *self,
           GError **error)
{
  gboolean has_due = xmlHasProp ((xmlNode *) node, (const xmlChar *) "due") != NULL;
  gboolean again = self->has_rhythm || self->per == SAN_PER_LAST;

  if (has_due == self->has_rhythm)
    return san_reading_refuse (reading, node, error, "it needs either due or every");
  if ((self->has_during && !self->has_rhythm) || (self->has_then && !self->has_during))
    return san_reading_refuse (reading, node, error, "for needs every, and then needs for");
  if (self->has_rhythm && (!is_calendar_period (&self->every)
                           || (self->has_during && !is_calendar_period (&self->during))
                           || (self->has_then && !is_calendar_period (&self->then))))
    return san_reading_refuse (reading, node, error, "a rhythm is made of whole days or months");
  if (self->has_rhythm && (self->per == SAN_PER_LAST || self->per == SAN_PER_CHILD))
    return san_reading_refuse (reading, node, error, "a rhythm is per stay or per record");
  if (self->per == SAN_PER_LAST && !is_calendar_period (&self->due))
    return san_reading_refuse (reading, node, error, "per last: due is whole days or months");
  if (self->has_lapse && (again || self->lapse.negative))
    return san_reading_refuse (reading, node, error, "lapse is for what comes once, and forward");
  if (self->has_late && (self->per != SAN_PER_CHILD || self->late.negative
                         || self->late.seconds != 0))
    return san_reading_refuse (reading, node, error, "late is for per child, in days or months");
  if (self->notice.negative)
    return san_reading_refuse (reading, node, error, "notice is given before, without a minus");
  if (again && self->n_fulfilments == 0)
    return san_reading_refuse (reading, node, error, "what comes again needs an answer");
  return TRUE;
}

/* ---- who reads it ---- */

/* P2: the strictest compartment, whose readers read everything else that is needed. */
static gboolean
settle_compartment (const SanReading *reading, const xmlNode *node, SanMilestone *self,
                    GError **error)
{
  for (guint c = 0; c < SAN_N_COMPARTMENTS; c++)
    if ((self->needs & (1u << c)) != 0 && (self->needs & ~san_compartment_reads_with (c)) == 0)
      {
        self->compartment = c;
        return TRUE;
      }
  return san_reading_refuse (reading, node, error,
                             "the readers of no compartment read all that “%s” asks for",
                             self->id);
}

static gboolean
take_words (const SanReading *reading, const xmlNode *node, SanMilestone *self, GError **error)
{
  static const char *const per[] = { "stay", "record", "last", "child", NULL };
  static const char *const pick[] = { "newest", "first", "last", NULL };
  static const char *const dossier[] = { "case", "house", NULL };
  static const char *const precision[] = { "last", "first", NULL };

  self->id = san_reading_attribute (reading, node, "id");
  self->label = san_reading_label (reading, node, "label");
  self->meaning = san_reading_label (reading, node, "meaning");
  self->role = san_reading_attribute (reading, node, "role");
  self->per = (SanPer) choose (node, "per", per, SAN_PER_STAY);
  self->pick = (SanPick) choose (node, "pick", pick, SAN_PICK_NEWEST);
  self->dossier = (SanDossierKind) choose (node, "dossier", dossier, SAN_DOSSIER_CASE);
  self->precision_first = choose (node, "precision", precision, 0) == 1;
  if (strcmp (self->role, "any") != 0
      && san_catalogue_find_role (reading->catalogue, self->role) == NULL)
    return san_reading_refuse (reading, node, error, "no such role: “%s”", self->role);
  if (self->dossier == SAN_DOSSIER_HOUSE && self->per != SAN_PER_RECORD)
    return san_reading_refuse (reading, node, error, "in the house dossier it is per record");
  return san_reading_take_mark (reading, node, &self->source, &self->mark, error);
}

static void
settle_ends (const SanReading *reading, const xmlNode *node, SanMilestone *self)
{
  static const char *const ends[] = { "exit", "next-stay", "never", NULL };
  const SanFact *leaving = san_catalogue_find_meaning (reading->catalogue, SAN_MEANING_LEAVING);
  gboolean after = leaving != NULL && strcmp (self->anchor, leaving->name) == 0;

  self->ends = (SanEnds) choose (node, "ends", ends, after ? SAN_ENDS_NEXT_STAY : SAN_ENDS_EXIT);
  if (self->dossier == SAN_DOSSIER_HOUSE)
    self->ends = SAN_ENDS_NEVER;
}

gboolean
san_milestone_read (const SanReading *reading, const xmlNode *node, SanMilestone *out,
                    GError **error)
{
  SanMilestone self = { NULL };
  gboolean per_record;

  if (!take_words (reading, node, &self, error)
      || !take_dated_fact (reading, node, "anchor", &self, &self.anchor, error)
      || !take_dated_fact (reading, node, "until", &self, &self.until, error)
      || !take_due (reading, node, &self, error))
    return FALSE;
  per_record = self.per == SAN_PER_RECORD;
  settle_ends (reading, node, &self);
  if (!take_condition (reading, node, "applies-if", &self, NULL, per_record ? self.anchor : NULL,
                       &self.applies_if, error)
      || !read_fulfilments (reading, node, &self, error)
      || !check_due (reading, node, &self, error)
      || !settle_compartment (reading, node, &self, error))
    return FALSE;
  settle_answer (reading, &self);
  *out = self;
  return TRUE;
}
