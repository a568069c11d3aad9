/* test-form-state.c - what is shown, what is open before signing, what opens by itself, aliases */
#include "forms-common.h"

#include "san-alias.h"
#include "san-form-state.h"

#include <string.h>

static const SanForm *
form_of (const char *id)
{
  return san_catalogue_find_form (common_catalogue (), id);
}

typedef struct
{
  SanFactSet       *set;
  SanId16           record;
  SanFactScope      facts;
  SanConditionScope scope;
} World;

static void
world_init (World *world, const char *form)
{
  memset (world, 0, sizeof *world);
  world->set = common_set ();
  world->record = common_id (1);
  common_record (world->set, 1, form, "2026-11-25T20:40");
  world->facts.set = world->set;
  world->facts.record = &world->record;
  san_fact_scope_init (&world->facts, &world->scope);
}

static void
say (World *world, const char *field, const char *text)
{
  common_answer (world->set, 1, field, text, "2026-11-25T20:40");
}

static void
test_shown (void)
{
  World world;
  const SanField *what = san_form_find_field (form_of ("welcome"), "medicine-what");

  world_init (&world, "welcome");
  g_assert_true (
      san_field_is_shown (san_form_find_field (form_of ("welcome"), "alias"), &world.scope));
  g_assert_false (san_field_is_shown (what, &world.scope));
  say (&world, "medicine-tonight", "yes");
  g_assert_true (san_field_is_shown (what, &world.scope));
  san_fact_set_unref (world.set);
}

static guint
count_open (World *world, const char *form, SanRequired required)
{
  g_autoptr(GPtrArray) open = san_form_list_open (form_of (form), required, &world->scope);

  return open->len;
}

static void
test_open (void)
{
  World world;

  world_init (&world, "session");
  g_assert_cmpuint (count_open (&world, "session", SAN_REQUIRED_SIGN), ==, 1);
  g_assert_cmpuint (count_open (&world, "session", SAN_REQUIRED_PRINT), ==, 0);
  say (&world, "worried", "?not-asked");
  g_assert_cmpuint (count_open (&world, "session", SAN_REQUIRED_SIGN), ==, 0);
  san_fact_set_unref (world.set);
  world_init (&world, "icp-b"); /* from, to, date of the report; the signature is paper */
  g_assert_cmpuint (count_open (&world, "icp-b", SAN_REQUIRED_PRINT), ==, 3);
  g_assert_cmpuint (count_open (&world, "icp-b", SAN_REQUIRED_NEVER), ==, 0);
  san_fact_set_unref (world.set);
}

/* Each row: what must open "see her today", and the same with nothing to worry about. */
static void
test_opens (void)
{
  static const struct { const char *form, *field, *worry, *calm; } rows[] = {
    { "session", "worried", "yes", "no" },
    { "follow-up", "safe", "no", "yes" },
    { "flags", "screen-result", "positive", "clear" },
    { "flags", "screen-result", "urgent", "?refused" },
    { "score.phqa", "i.self-harm", "1", "0" },
    { "score.phqa", "i.suicide-month", "yes", "no" },
    { "score.phqa", "i.suicide-ever", "yes", "?not-asked" },
    { "score.who5", "next-step", "today", "talk" },
    { "score.cries8", "next-step", "today", "none" },
    { "score.gad7", "next-step", "today", "repeat" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint calm = 0; calm < 2; calm++)
      {
        World world;

        world_init (&world, rows[i].form);
        g_assert_null (san_form_get_opened (form_of (rows[i].form), &world.scope));
        say (&world, rows[i].field, calm ? rows[i].calm : rows[i].worry);
        g_assert_cmpstr (san_form_get_opened (form_of (rows[i].form), &world.scope), ==,
                         calm ? NULL : "safety-today");
        san_fact_set_unref (world.set);
      }
}

static void
test_alias (void)
{
  static const struct { const char *alias; gboolean good;
  } rows[] = { { "Kadam", TRUE },    { "Rupa", FALSE },   { "rupa", FALSE },
               { "Rupali", TRUE },   { "Mondal", FALSE }, { "Little Mini", FALSE },
               { "Shefali", FALSE }, { "রূপা", FALSE },    { "", TRUE } };
  World world;

  world_init (&world, "family");
  say (&world, "name", "Rupa Mondal");
  say (&world, "name-pet", "Mini, রূপা");
  say (&world, "people.abcdefgh.name", "Shefali");
  say (&world, "address", "Kadam Lane");              /* no name: not compared */
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_cmpint (san_alias_check (world.set, rows[i].alias, &error), ==, rows[i].good);
      if (!rows[i].good)
        {
          g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
          g_assert_null (strstr (error->message, "Rupa"));
        }
    }
  san_fact_set_unref (world.set);
}

int
main (int argc, char **argv)
{
  int failed;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/state/shown", test_shown);
  g_test_add_func ("/forms/state/open-before-signing", test_open);
  g_test_add_func ("/forms/state/opens-see-her-today", test_opens);
  g_test_add_func ("/forms/alias/gives-no-name-away", test_alias);
  failed = g_test_run ();
  common_free ();
  return failed;
}
