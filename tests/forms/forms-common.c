/* forms-common.c - see forms-common.h */
#include "forms-common.h"

#include <string.h>

static SanCatalogue *catalogue;
static guint entries;

SanCatalogue *
common_catalogue (void)
{
  g_autoptr(GError) error = NULL;

  if (catalogue == NULL)
    catalogue = san_catalogue_load (g_getenv ("SAN_DATA_DIR"), &error);
  g_assert_no_error (error);
  return catalogue;
}

void
common_free (void)
{
  g_clear_pointer (&catalogue, san_catalogue_unref);
}

SanId16
common_id (guint n)
{
  SanId16 id = san_id16_zero;

  id.b[0] = (guint8) n;
  id.b[15] = 1;
  return id;
}

SanInstant
common_instant (const char *text)
{
  g_autoptr(GError) error = NULL;
  SanInstant at = { 0, 0 };

  san_instant_from_text (text, IST, &at, &error);
  g_assert_no_error (error);
  return at;
}

SanFactSet *
common_set (void)
{
  entries = 0;
  return san_fact_set_new (common_catalogue ());
}

void
common_record (SanFactSet *set, guint n, const char *form, const char *written)
{
  SanFactRecord record = { common_id (n), form, common_instant (written), FALSE, { 0, 0 } };

  g_assert_nonnull (san_catalogue_find_form (common_catalogue (), form));
  san_fact_set_add_record (set, &record);
}

SanValue *
common_parse (const char *form, const char *field, const char *text, const char *now,
              GError **error)
{
  const SanForm *definition = san_catalogue_find_form (common_catalogue (), form);
  const SanField *found;
  SanAnswerContext context;
  SanInstant at = common_instant (now);

  g_assert_nonnull (definition);
  found = san_form_find_field (definition, field);
  g_assert_nonnull (found);
  memset (&context, 0, sizeof context);
  context.now = at.ms;
  context.zone = at.zone;
  return san_answer_parse (common_catalogue (), found, text, &context, error);
}

void
common_answer (SanFactSet *set, guint n, const char *field, const char *text, const char *wall)
{
  SanId16 id = common_id (n);
  const SanFactRecord *record = san_fact_set_find_record (set, &id);
  const SanForm *form = san_catalogue_find_form (common_catalogue (), record->form);
  g_autoptr(GError) error = NULL;
  g_autoptr(SanValue) value = common_parse (record->form, field, text, wall, &error);
  SanFactAnswer answer;

  g_assert_no_error (error);
  memset (&answer, 0, sizeof answer);
  answer.record = id;
  answer.field = field;
  answer.value = value;
  answer.compartment = san_form_find_field (form, field)->compartment;
  answer.entry.b[0] = (guint8) (++entries >> 8);
  answer.entry.b[1] = (guint8) entries;
  answer.wall = common_instant (wall);
  san_fact_set_add_answer (set, &answer);
}
