/* test-condition.c - the grammar and the meaning of conditions, as CONDITIONS.md promises them */
#include "forms-common.h"

#include <string.h>

/* One little world for all rows. */
static const struct { const char *name, *form, *field, *text; } answers[] = {
  { "ill-now",   "welcome", "ill-now",   "yes" },
  { "afraid",    "welcome", "afraid",    "no" },
  { "refused",   "welcome", "afraid",    "?refused" },
  { "sex",       "welcome", "sex",       "f" },
  { "kind",      "exam",    "kind",      "arrival, monthly" },
  { "one",       "exam",    "kind",      "monthly" },
  { "height",    "exam",    "height",    "142.5" },
  { "age-said",  "welcome", "age",       "15" },
  { "on",        "order",   "on",        "2026-11-25" },
  { "month",     "order",   "on",        "2026-11" },
  { "year",      "order",   "on",        "2026" },
  { "at",        "exam",    "at",        "2026-11-25T20:40" },
  { "later",     "exam",    "at",        "2026-11-25T21:40" },
  { "name",      "welcome", "name",      "Kadam" },
  { "child.sex", "welcome", "sex",       "f" },
};

typedef struct { int youngest, oldest; } Age;

static SanValue *
get_value (const char *name, gpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (strcmp (answers[i].name, name) == 0)
      return common_parse (answers[i].form, answers[i].field, answers[i].text, "2026-11-25T20:40",
                           NULL);
  return NULL;
}

static gboolean
get_age (int *youngest, int *oldest, gpointer data)
{
  const Age *age = data;

  if (age->oldest < 0)
    return FALSE;
  *youngest = age->youngest;
  *oldest = age->oldest;
  return TRUE;
}

static gboolean
holds (const char *text, int youngest, int oldest)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanCondition) condition = san_condition_parse (text, &error);
  Age age = { youngest, oldest };
  SanConditionScope scope = { get_value, get_age, &age };

  g_assert_no_error (error);
  return san_condition_holds (condition, &scope);
}

static const struct { const char *text; gboolean holds;
} meanings[] = {
  { "ill-now", TRUE },
  { "afraid", FALSE },
  { "not afraid", TRUE },
  { "not not ill-now", TRUE },
  { "ill-now = yes", TRUE },
  { "afraid = no", TRUE },
  { "afraid != no", FALSE },
  { "name", FALSE },
  { "missing", FALSE },
  /* words bind: not before and before or */
  { "ill-now or afraid and afraid", TRUE },
  { "(ill-now or afraid) and afraid", FALSE },
  { "not afraid and ill-now", TRUE },
  { "not (afraid or ill-now)", FALSE },
  { "afraid or afraid or ill-now", TRUE },
  /* codes */
  { "sex = 'f'", TRUE },
  { "sex = \"f\"", TRUE },
  { "sex != 'f'", FALSE },
  { "child.sex = 'm'", FALSE },
  { "sex in ('m', 'f')", TRUE },
  { "sex in ('m')", FALSE },
  { "kind = 'monthly'", FALSE },
  { "one = 'monthly'", TRUE },
  { "kind in ('monthly', 'urgent')", TRUE },
  { "kind in ('urgent')", FALSE },
  { "'monthly' in kind", TRUE },
  { "'urgent' in kind", FALSE },
  { "one in kind", TRUE },
  { "name = 'Kadam'", TRUE },
  { "name < 'Z'", FALSE },
  /* numbers */
  { "height > 142", TRUE },
  { "height >= 142.5", TRUE },
  { "height < 142.50", FALSE },
  { "height = 142.500", TRUE },
  { "age-said = 15", TRUE },
  { "age-said != 15", FALSE },
  { "age-said > -1", TRUE },
  { "15 = age-said", TRUE },
  { "age-said in (14, 15)", TRUE },
  /* days and moments */
  { "on = 2026-11-25", TRUE },
  { "on < 2026-11-25", FALSE },
  { "on <= 2026-11-25", TRUE },
  { "on > 2026-11-24", TRUE },
  { "at = 2026-11-25", TRUE },
  { "at > 2026-11-25", FALSE },
  { "at >= on", TRUE },
  { "at = on", TRUE },
  { "at < later", TRUE },
  { "later <= at", FALSE },
  /* known only roughly: true if any meaning makes it so */
  { "month = 2026-11-30", TRUE },
  { "month < 2026-11-01", FALSE },
  { "month < 2026-11-02", TRUE },
  { "month > 2026-11-29", TRUE },
  { "month > 2026-11-30", FALSE },
  { "month != 2026-11-30", TRUE },
  { "year = on", TRUE },
  { "year < on", TRUE },
  { "year > on", TRUE },
  /* not answered: no comparison is true */
  { "missing = 'f'", FALSE },
  { "missing != 'f'", FALSE },
  { "not (missing = 'f')", TRUE },
  { "refused = no", FALSE },
  { "refused != no", FALSE },
  { "refused", FALSE },
  { "answered(refused)", TRUE },
  { "answered(sex)", TRUE },
  { "answered(missing)", FALSE },
  { "not answered ( missing )", TRUE },
  /* kinds that do not meet */
  { "sex = 1", FALSE },
  { "height = '142.5'", FALSE },
  { "on = 2026", FALSE },
  { "ill-now = 'yes'", FALSE },
};

static void
test_meanings (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++)
    {
      g_test_message ("%s", meanings[i].text);
      g_assert_cmpint (holds (meanings[i].text, -1, -1), ==, meanings[i].holds);
    }
}

static void
test_age (void)
{
  g_assert_true (holds ("age() >= 17", 17, 17));
  g_assert_false (holds ("age() >= 17", 16, 16));
  g_assert_true (holds ("age() >= 17", 16, 17));
  g_assert_true (holds ("age() >= 8 and age() <= 18", 18, 19));
  g_assert_false (holds ("age() >= 8 and age() <= 18", 19, 19));
  g_assert_false (holds ("age() >= 0", -1, -1));
  g_assert_true (holds ("17 <= age()", 17, 18));
}

static const struct { const char *text; guint column;
} refused[] = {
  { "", 1 },
  { "   ", 4 },
  { "and", 1 },
  { "a and", 6 },
  { "a or or b", 6 },
  { "not", 4 },
  { "(a", 3 },
  { "a)", 2 },
  { "a b", 3 },
  { "a =", 4 },
  { "= a", 1 },
  { "a == b", 4 },
  { "a = 'x", 5 },
  { "'x'", 4 },
  { "yes", 4 },
  { "12", 3 },
  { "a in", 5 },
  { "a in ()", 7 },
  { "a in ('x' 'y')", 11 },
  { "a in ('x',)", 11 },
  { "a in (b)", 7 },
  { "a in 'x'", 6 },
  { "answered", 9 },
  { "answered()", 10 },
  { "answered('x')", 10 },
  { "answered(a", 11 },
  { "age", 4 },
  { "age(1) > 2", 5 },
  { "age()", 6 },
  { "A = 1", 1 },
  { "a = B", 5 },
  { "a & b", 3 },
  { "a; b", 2 },
  { "a = 2026-02-30", 5 },
  { "a = 2026-13-01", 5 },
  { "a = 1.1234567891", 5 },
  { "a = 12345678901234567", 5 },
  { "a < b < c", 7 },
  { "(a) = 1", 5 },
  { "not = 1", 5 },
  { "f(a)", 2 },
  { "a = in", 5 },
  { "a..b", 2 },
  { "a-", 2 },
  { "a = 'x' and", 12 },
  { "a\x01", 2 },
};

static void
test_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(SanCondition) condition = san_condition_parse (refused[i].text, &error);
      g_autofree char *column = g_strdup_printf ("column %u: ", refused[i].column);

      g_test_message ("%s -> %s", refused[i].text, error != NULL ? error->message : "accepted");
      g_assert_null (condition);
      g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
      g_assert_true (g_str_has_prefix (error->message, column));
    }
}

static void
test_limits (void)
{
  g_autofree char *deep = g_strnfill (SAN_CONDITION_MAX_DEPTH, '(');
  g_autofree char *text = g_strconcat (deep, "a", NULL);
  g_autofree char *good = g_strconcat ("((((((((a))))))))", NULL);
  g_autofree char *bad = g_strdup ("a = '\xff'");
  GString *large = g_string_new ("a");
  g_autoptr(GError) error = NULL;
  g_autoptr(SanCondition) condition = NULL;

  g_assert_null (san_condition_parse (text, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (san_condition_parse (bad, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
  g_clear_error (&error);
  while (large->len <= SAN_CONDITION_MAX_LENGTH)
    g_string_append (large, " or a");
  g_assert_null (san_condition_parse (large->str, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
  g_clear_error (&error);
  g_string_free (large, TRUE);
  condition = san_condition_parse (good, &error);
  g_assert_no_error (error);
}

static void
test_names (void)
{
  g_autoptr(SanCondition) condition =
      san_condition_parse ("b = 1 and (a or not answered(c.d)) or b in ('x') and age() > 2", NULL);
  const char * const *names = san_condition_get_names (condition);

  g_assert_cmpuint (g_strv_length ((char **) names), ==, 3);
  g_assert_cmpstr (names[0], ==, "a");
  g_assert_cmpstr (names[1], ==, "b");
  g_assert_cmpstr (names[2], ==, "c.d");
  g_assert_true (san_condition_uses_age (condition));
}

static void
test_none (void)
{
  SanConditionScope scope = { get_value, NULL, NULL };
  g_autoptr(SanCondition) age = san_condition_parse ("age() > 1", NULL);

  g_assert_true (san_condition_holds (NULL, &scope));
  g_assert_false (san_condition_holds (age, &scope));
}

int
main (int argc, char **argv)
{
  int failed;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/condition/means-what-the-page-says", test_meanings);
  g_test_add_func ("/forms/condition/ages-may-be-rough", test_age);
  g_test_add_func ("/forms/condition/refused-with-column", test_refused);
  g_test_add_func ("/forms/condition/limits", test_limits);
  g_test_add_func ("/forms/condition/names-what-it-needs", test_names);
  g_test_add_func ("/forms/condition/none-holds", test_none);
  failed = g_test_run ();
  common_free ();
  return failed;
}
