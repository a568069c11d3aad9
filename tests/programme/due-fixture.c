/* due-fixture.c - one child's answers in a few words, for the tests of what is due */
#include "due-fixture.h"

#include "san-compartment.h"

#include <string.h>

static void
assert_done (gboolean done, GError *error, const char *what)
{
  if (!done)
    g_error ("%s: %s", what, error != NULL ? error->message : "?");
}

SanProgramme *
due_fixture_programme (void)
{
  static SanProgramme *programme = NULL;

  if (programme == NULL)
    {
      g_autoptr(GError) error = NULL;
      const char *dir = g_getenv ("SAN_DATA_DIR");
      g_autoptr(SanCatalogue) catalogue = san_catalogue_load (dir, &error);

      assert_done (catalogue != NULL, error, dir);
      programme = san_programme_load (dir, catalogue, &error);
      assert_done (programme != NULL, error, dir);
    }
  return programme;
}

static void
clear_record (gpointer data)
{
  g_free (((FixtureRecord *) data)->form);
}

static void
clear_answer (gpointer data)
{
  SanFactAnswer *answer = data;

  g_free ((char *) answer->field);
  san_value_unref (answer->value);
}

DueFixture *
due_fixture_new (void)
{
  DueFixture *self = g_new0 (DueFixture, 1);

  self->programme = due_fixture_programme ();
  self->records = g_array_new (FALSE, TRUE, sizeof (FixtureRecord));
  self->answers = g_array_new (FALSE, TRUE, sizeof (SanFactAnswer));
  g_array_set_clear_func (self->records, clear_record);
  g_array_set_clear_func (self->answers, clear_answer);
  self->zone = 330;
  self->wall.zone = 330;
  self->readable = SAN_COMPARTMENT_MASK;
  return self;
}

void
due_fixture_free (DueFixture *self)
{
  g_array_unref (self->records);
  g_array_unref (self->answers);
  g_free (self);
}

SanId16
due_fixture_id (const char *name)
{
  SanId16 id = { { 0 } };

  g_assert_cmpuint (strlen (name), <=, sizeof id.b);
  memcpy (id.b, name, strlen (name));
  return id;
}

static SanInstant
instant_of (const DueFixture *self, const char *text)
{
  g_autoptr(GError) error = NULL;
  SanInstant instant;

  assert_done (san_instant_from_text (text, self->zone, &instant, &error), error, text);
  return instant;
}

gint64
due_fixture_ms (const DueFixture *self, const char *text)
{
  return instant_of (self, text).ms;
}

gint64
due_fixture_at (const DueFixture *self, const char *text)
{
  g_autoptr(GError) error = NULL;
  SanDate date;

  if (strchr (text, 'T') != NULL)
    return due_fixture_ms (self, text);
  assert_done (san_date_from_text (text, &date, &error), error, text);
  return san_instant_at_day (date.days + 1, 0, self->zone).ms - 1;
}

static FixtureRecord *
find_record (const DueFixture *self, const char *name)
{
  SanId16 id = due_fixture_id (name);

  for (guint i = 0; i < self->records->len; i++)
    {
      FixtureRecord *record = &g_array_index (self->records, FixtureRecord, i);

      if (san_id16_equal (&record->pub.record, &id))
        return record;
    }
  g_error ("no record %s", name);
}

void
due_fixture_record (DueFixture *self, const char *name, const char *form, const char *written)
{
  FixtureRecord record = { .form = g_strdup (form) };

  record.pub.record = due_fixture_id (name);
  record.pub.form = record.form;
  record.pub.written = instant_of (self, written);
  self->wall = record.pub.written;
  g_array_append_val (self->records, record);
}

void
due_fixture_finish (DueFixture *self, const char *name, const char *when)
{
  FixtureRecord *record = find_record (self, name);

  record->pub.finished = TRUE;
  record->pub.finished_at = instant_of (self, when);
}

/* ---- values ---- */

static SanValue *
value_of_id (const char *text)
{
  SanId16 record = due_fixture_id (text + 1);

  return san_value_new_record (&record);
}

static SanValue *
value_of_child (const char *text)
{
  SanId32 child = { { 0 } };

  memcpy (child.b, text, MIN (strlen (text), sizeof child.b));
  return san_value_new_id (&child);
}

static SanValue *
value_of_when (const DueFixture *self, SanFieldType type, const char *text)
{
  g_autoptr(GError) error = NULL;
  SanInstant instant;
  SanDate date;

  if (type == SAN_FIELD_INSTANT)
    {
      instant = instant_of (self, text);
      return san_value_new_instant (&instant);
    }
  assert_done (san_date_from_text (text, &date, &error), error, text);
  return san_value_new_date (&date);
}

static SanValue *
value_of (const DueFixture *self, const SanField *field, const char *text)
{
  g_auto(GStrv) codes = NULL;

  if (strcmp (text, "?unknown") == 0)
    return san_value_new_no_answer (SAN_NO_ANSWER_NOT_KNOWN);
  if (text[0] == '@')
    return value_of_id (text);
  switch (field->type)
    {
    case SAN_FIELD_YES_NO:
      return san_value_new_bool (strcmp (text, "yes") == 0);
    case SAN_FIELD_WHOLE:
      return san_value_new_int (g_ascii_strtoll (text, NULL, 10));
    case SAN_FIELD_DATE:
    case SAN_FIELD_INSTANT:
      return value_of_when (self, field->type, text);
    case SAN_FIELD_CHOICE:
    case SAN_FIELD_CHOICES:
      codes = g_strsplit (text, ",", -1);
      return san_value_new_codes ((const char *const *) codes, NULL);
    case SAN_FIELD_CHILD:
      return value_of_child (text);
    default:
      return san_value_new_text (text, NULL);
    }
}

void
due_fixture_answer (DueFixture *self, const char *record, const char *field, const char *value,
                    const char *compartment)
{
  const FixtureRecord *of = find_record (self, record);
  SanCatalogue *catalogue = san_programme_get_catalogue (self->programme);
  const SanForm *form = san_catalogue_find_form (catalogue, of->form);
  const SanField *definition = form != NULL ? san_form_find_field (form, field) : NULL;
  SanFactAnswer answer = { { { 0 } } };

  if (definition == NULL)
    g_error ("no field %s in %s", field, of->form);
  answer.record = of->pub.record;
  answer.field = g_strdup (field);
  answer.value = value_of (self, definition, value);
  answer.compartment = compartment != NULL ? (guint) san_compartment_from_name (compartment)
                                           : definition->compartment;
  answer.entry.b[0] = (guint8) self->answers->len;
  answer.wall = self->wall;
  answer.doubtful = self->doubtful;
  for (guint i = 0; i < self->answers->len; i++)       /* a correction takes the place */
    {
      const SanFactAnswer *old = &g_array_index (self->answers, SanFactAnswer, i);

      if (san_id16_equal (&old->record, &answer.record) && strcmp (old->field, field) == 0)
        {
          g_array_remove_index (self->answers, i);
          break;
        }
    }
  g_array_append_val (self->answers, answer);
}

/* ---- asking ---- */

/* A record is known to whom reads some part of it. */
static gboolean
reads_some (const DueFixture *self, const SanId16 *record)
{
  for (guint i = 0; i < self->answers->len; i++)
    {
      const SanFactAnswer *answer = &g_array_index (self->answers, SanFactAnswer, i);

      if ((self->readable & (1u << answer->compartment)) != 0
          && san_id16_equal (&answer->record, record))
        return TRUE;
    }
  return FALSE;
}

SanFactSet *
due_fixture_facts (const DueFixture *self, gboolean backwards)
{
  SanFactSet *facts = san_fact_set_new (san_programme_get_catalogue (self->programme));

  for (guint i = 0; i < self->records->len; i++)
    {
      guint at = backwards ? self->records->len - 1 - i : i;
      const FixtureRecord *record = &g_array_index (self->records, FixtureRecord, at);

      if (reads_some (self, &record->pub.record))
        san_fact_set_add_record (facts, &record->pub);
    }
  for (guint i = 0; i < self->answers->len; i++)
    {
      guint at = backwards ? self->answers->len - 1 - i : i;
      const SanFactAnswer *answer = &g_array_index (self->answers, SanFactAnswer, at);

      if ((self->readable & (1u << answer->compartment)) != 0)
        san_fact_set_add_answer (facts, answer);
    }
  return facts;
}

void
due_fixture_query (const DueFixture *self, SanFactSet *facts, SanDueQuery *out)
{
  memset (out, 0, sizeof *out);
  out->programme = self->programme;
  out->facts = facts;
  out->dossier = self->dossier;
  out->readable = self->readable;
  out->compartment = SAN_DUE_EVERY_COMPARTMENT;
  out->now = self->now;
  out->zone = self->zone;
  out->doubtful = self->clock_doubtful;
}

GPtrArray *
due_fixture_compute (const DueFixture *self)
{
  g_autoptr(SanFactSet) facts = due_fixture_facts (self, FALSE);
  SanDueQuery query;

  due_fixture_query (self, facts, &query);
  return san_due_compute (&query);
}

const SanDue *
due_fixture_find (GPtrArray *dues, const char *milestone, const char *record)
{
  for (guint i = 0; i < dues->len; i++)
    {
      const SanDue *due = dues->pdata[i];
      SanId16 id = due_fixture_id (record != NULL ? record : "");

      if (strcmp (due->milestone->id, milestone) == 0
          && (record == NULL || san_id16_equal (&due->record, &id)
              || san_id16_equal (&due->stay, &id)))
        return due;
    }
  return NULL;
}

char *
due_fixture_describe (GPtrArray *dues)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < dues->len; i++)
    {
      const SanDue *d = dues->pdata[i];

      g_string_append_printf (
          text,
          "%s %.16s %.16s step %u at %" G_GINT64_FORMAT " day %d %d%d from %" G_GINT64_FORMAT
          " notice %" G_GINT64_FORMAT " missed %u flags %u\n",
          d->milestone->id, (const char *) d->stay.b, (const char *) d->record.b, d->step, d->at,
          d->day, d->exact, d->precision, d->from, d->notice, d->missed, d->flags);
    }
  return g_string_free (text, FALSE);
}
