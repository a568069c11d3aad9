/* test-answer.c - what may be typed for each type, what it becomes, how it is shown */
#include "forms-common.h"

#include <string.h>

#define NOW "2026-11-25T20:40"

/* NULL: refused */
static const struct { const char *form, *field, *typed, *plain;
} rows[] = {
  /* text */
  { "welcome", "alias", "Kadam", "Kadam" },
  { "welcome", "alias", "  Kadam \n", "Kadam" },
  { "family", "name-pet", "Mini\nMunni", "Mini Munni" },
  { "welcome", "alias", "कदम", "कदम" },
  { "welcome", "belongings", "one bag\ntwo bangles", "one bag\ntwo bangles" },
  { "welcome", "alias",
    "a\x01"
    "b",
    "ab" },
  { "welcome", "alias", "\xff", NULL },
  { "welcome", "alias", "", "" },
  { "welcome", "alias", "?unknown", "?unknown" },
  { "welcome", "alias", "?refused", "?refused" },
  { "welcome", "alias", "?not-asked", "?not-asked" },
  { "welcome", "alias", "?maybe", NULL },
  { "welcome", "alias", "? who", "? who" },
  /* whole */
  { "welcome", "age", "15", "15" },
  { "welcome", "age", "+15", "15" },
  { "welcome", "age", "१५", "15" },
  { "welcome", "age", "১৫", "15" },
  { "welcome", "age", "15 years", "15" },
  { "welcome", "age", "15.0", "15" },
  { "welcome", "age", "15.5", NULL },
  { "welcome", "age", "-1", NULL },
  { "welcome", "age", "26", NULL },
  { "welcome", "age", "15 kg", NULL },
  { "welcome", "age", "fifteen", NULL },
  { "welcome", "age", "1234567890123456", NULL },
  { "welcome", "age", "?unknown", "?unknown" },
  { "score.cries8", "i.pictures", "5", "5" },
  { "score.cries8", "i.pictures", "2", NULL },
  { "score.who5", "i.calm", "5", "5" },
  { "score.who5", "i.calm", "6", NULL },
  /* decimal */
  { "exam", "height", "142.5", "142.5" },
  { "exam", "height", "142,5 cm", "142.5" },
  { "exam", "height", "142.50", "142.5" },
  { "exam", "height", "142", "142" },
  { "exam", "height", "142.55", NULL },
  { "exam", "height", "1.42 m", NULL },
  { "exam", "height", "14", NULL },
  { "exam", "height", "221", NULL },
  { "exam", "height", "1.4.2", NULL },
  { "exam", "height", "142.", NULL },
  { "exam", "height", ".5", NULL },
  { "exam", "weight", "४२.२५ kg", "42.25" },
  /* yes or no */
  { "welcome", "ill-now", "yes", "yes" },
  { "welcome", "ill-now", "Y", "yes" },
  { "welcome", "ill-now", "no", "no" },
  { "welcome", "ill-now", "0", "no" },
  { "welcome", "ill-now", "perhaps", NULL },
  /* choices */
  { "welcome", "sex", "f", "f" },
  { "welcome", "sex", "F", "f" },
  { "welcome", "sex", "x", NULL },
  { "welcome", "sex", "f,m", NULL },
  { "welcome", "sex", ",", NULL },
  { "exam", "kind", "monthly, arrival", "arrival,monthly" },
  { "exam", "kind", "monthly monthly", "monthly" },
  { "exam", "kind", "monthly, yearly", NULL },
  /* days, half-typed too */
  { "order", "on", "2026-11-25", "2026-11-25" },
  { "order", "on", "2026-11", "2026-11" },
  { "order", "on", "2026", "2026" },
  { "order", "on", "25/11/2026", "2026-11-25" },
  { "order", "on", "25.11.26", "2026-11-25" },
  { "order", "on", "1-2-2026", "2026-02-01" },
  { "order", "on", "12/11", "2026-11-12" },
  { "order", "on", "11/2026", "2026-11" },
  { "order", "on", "२५/११/२०२६", "2026-11-25" },
  { "order", "on", "today", "2026-11-25" },
  { "order", "on", "Yesterday", "2026-11-24" },
  { "order", "on", "tomorrow", "2026-11-26" },
  { "order", "on", "3d", "2026-11-28" },
  { "order", "on", "-3d", "2026-11-22" },
  { "order", "on", "2026-02-30", NULL },
  { "order", "on", "31/11", NULL },
  { "order", "on", "2026-1-1", NULL },
  { "order", "on", "2026-11-", NULL },
  { "order", "on", "25/11/", NULL },
  { "order", "on", "25/", NULL },
  { "order", "on", "25", NULL },
  { "order", "on", "202", NULL },
  { "order", "on", "1", NULL },
  { "order", "on", "0026-11-25", NULL },
  { "order", "on", "1899", NULL },
  { "order", "on", "2101", NULL },
  { "order", "on", "25/11.2026", NULL },
  { "order", "on", "soon", NULL },
  { "order", "on", "15 y", NULL },
  { "order", "on", "2026-11-25 20:40", NULL },
  { "order", "on", "99999d", NULL },
  { "order", "on", "?unknown", "?unknown" },
  /* ages where the field allows them */
  { "welcome", "birth", "15 y", "2011" },
  { "welcome", "birth", "15y", "2011" },
  { "welcome", "birth", "15 years", "2011" },
  { "welcome", "birth", "१५ y", "2011" },
  { "welcome", "birth", "15 y 6 m", "2011-05" },
  { "welcome", "birth", "15y6m", "2011-05" },
  { "welcome", "birth", "15 y 12 m", NULL },
  { "welcome", "birth", "15 w", NULL },
  { "welcome", "birth", "121 y", NULL },
  { "welcome", "birth", "2011-05", "2011-05" },
  { "welcome", "birth", "12/5/09", "2009-05-12" },
  { "welcome", "birth", "tomorrow", NULL },
  { "welcome", "birth", "2027", NULL },
  { "welcome", "birth", "2026", "2026" },
  { "welcome", "birth", "1/1/30", "1930-01-01" },
  /* moments */
  { "welcome", "arrived", "2026-11-25T20:40", "2026-11-25T20:40:00+05:30" },
  { "welcome", "arrived", "2026-11-25t20:40:30", "2026-11-25T20:40:30+05:30" },
  { "welcome", "arrived", "2026-11-25T15:10Z", "2026-11-25T15:10:00+00:00" },
  { "welcome", "arrived", "2026-11-25T20:40+05:45", "2026-11-25T20:40:00+05:45" },
  { "welcome", "arrived", "2026-11-25 20:40", "2026-11-25T20:40:00+05:30" },
  { "welcome", "arrived", "20:40", "2026-11-25T20:40:00+05:30" },
  { "welcome", "arrived", "8:40 pm", "2026-11-25T20:40:00+05:30" },
  { "welcome", "arrived", "8 pm", "2026-11-25T20:00:00+05:30" },
  { "welcome", "arrived", "12:05 am", "2026-11-25T00:05:00+05:30" },
  { "welcome", "arrived", "12 pm", "2026-11-25T12:00:00+05:30" },
  { "welcome", "arrived", "today 20:40", "2026-11-25T20:40:00+05:30" },
  { "welcome", "arrived", "yesterday 22.15", "2026-11-24T22:15:00+05:30" },
  { "welcome", "arrived", "25/11  8 pm", "2026-11-25T20:00:00+05:30" },
  { "welcome", "arrived", "२०:४०", "2026-11-25T20:40:00+05:30" },
  { "welcome", "arrived", "now", "2026-11-25T20:40:00+05:30" },
  { "welcome", "arrived", "2026-11-25", NULL },
  { "welcome", "arrived", "today", NULL },
  { "welcome", "arrived", "24:00", NULL },
  { "welcome", "arrived", "20:60", NULL },
  { "welcome", "arrived", "13 pm", NULL },
  { "welcome", "arrived", "20", NULL },
  { "welcome", "arrived", "2026-11 20:40", NULL },
  { "welcome", "arrived", "20:4", NULL },
  { "welcome", "arrived", "?unknown", "?unknown" },
  /* persons, children, records: without a caller who looks them up */
  { "welcome", "responsible", "Asha di", "Asha di" },
  { "welcome", "responsible", "000102030405060708090a0b0c0d0e0f",
    "000102030405060708090a0b0c0d0e0f" },
  { "exit", "stay", "000102030405060708090a0b0c0d0e0f", "000102030405060708090a0b0c0d0e0f" },
  { "exit", "stay", "the first", NULL },
  { "day-note", "about.abcdefgh.child", "Kadam", NULL },
  { "day-note", "about.abcdefgh.child",
    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f" },
  /* files, signatures, rows */
  { "order", "paper", "scan.jpg", NULL },
  { "icp-b", "signature", "Asha", NULL },
  { "icp-b", "signature", "", NULL },
  { "family", "people.abcdefgh", "3", "3" },
  { "family", "people.abcdefgh", "", "" },
  { "family", "people.abcdefgh", "?unknown", NULL },
  { "family", "people.abcdefgh.age", "41", "41" },
};

static void
test_typed (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(SanValue) value =
          common_parse (rows[i].form, rows[i].field, rows[i].typed, NOW, &error);
      g_autofree char *plain = value != NULL ? san_answer_to_plain (value) : NULL;

      g_autofree char *typed = g_strescape (rows[i].typed, NULL);
      g_autofree char *outcome = g_strescape (plain != NULL ? plain : error->message, NULL);

      g_test_message ("%s.%s = %s -> %s", rows[i].form, rows[i].field, typed, outcome);
      g_assert_cmpstr (plain, ==, rows[i].plain);
      if (rows[i].plain == NULL)
        g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
      else
        g_assert_no_error (error);
    }
}

/* What is written for scripts is read back as the same value. */
static void
test_plain_comes_back (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(SanValue) value = NULL;
      g_autoptr(SanValue) again = NULL;
      g_autoptr(GError) error = NULL;
      g_autofree char *plain = NULL;

      if (rows[i].plain == NULL)
        continue;
      value = common_parse (rows[i].form, rows[i].field, rows[i].typed, NOW, NULL);
      plain = san_answer_to_plain (value);
      again = common_parse (rows[i].form, rows[i].field, plain, "2020-01-01T00:00", &error);
      if (strcmp (rows[i].field, "birth") == 0)
        continue;                           /* was not born by then */
      g_assert_no_error (error);
      g_assert_true (san_value_equal (value, again));
    }
}

/* A date typed letter by letter is never taken for something else on the way. */
static void
test_half_typed (void)
{
  static const char whole[] = "2026-11-25";

  for (gsize n = 1; n <= strlen (whole); n++)
    {
      g_autofree char *part = g_strndup (whole, n);
      g_autoptr(SanValue) value = common_parse ("order", "on", part, NOW, NULL);
      SanDate date;

      g_assert_true ((value != NULL) == (n == 4 || n == 7 || n == 10));
      if (value == NULL)
        continue;
      g_assert_true (san_value_get_date (value, &date));
      g_assert_cmpuint (date.precision, ==,
                        n == 4   ? SAN_PRECISION_YEAR
                        : n == 7 ? SAN_PRECISION_MONTH
                                 : SAN_PRECISION_DAY);
    }
}

static void
assert_shown (const char *form, const char *field, const char *typed, const char *shown)
{
  g_autoptr(SanValue) value = common_parse (form, field, typed, NOW, NULL);
  const SanField *definition =
      san_form_find_field (san_catalogue_find_form (common_catalogue (), form), field);
  g_autofree char *text =
      san_answer_to_display (common_catalogue (), definition, value, NULL, NULL);

  g_assert_cmpstr (text, ==, shown);
}

static void
test_shown (void)
{
  assert_shown ("order", "on", "2026-11-25", "25 November 2026");
  assert_shown ("order", "on", "2026-11", "November 2026");
  assert_shown ("order", "on", "2026", "2026");
  assert_shown ("welcome", "arrived", "2026-11-25T20:40", "25 November 2026, 20:40");
  assert_shown ("welcome", "age", "15", "15 years");
  assert_shown ("exam", "height", "142.50", "142.5 cm");
  assert_shown ("welcome", "ill-now", "yes", "Yes");
  assert_shown ("welcome", "ill-now", "?refused", "did not want to say");
  assert_shown ("welcome", "ill-now", "?unknown", "not known");
  assert_shown ("welcome", "ill-now", "", "");
  assert_shown ("welcome", "sex", "f", "Girl");
  assert_shown ("exam", "kind", "monthly,arrival", "On arrival, Monthly");
  assert_shown ("welcome", "responsible", "Asha di", "Asha di");
}

/* Values of other types or versions are shown as they are, never lost and never an error. */
static void
test_shown_anyway (void)
{
  const SanField *on =
      san_form_find_field (san_catalogue_find_form (common_catalogue (), "order"), "on");
  g_autoptr(SanValue) text = san_value_new_text ("in winter", NULL);
  g_autoptr(SanValue) newer = san_value_new_raw (200, "abc", 3, NULL);
  g_autoptr(SanValue) code = san_value_new_code ("gone");
  g_autofree char *a = san_answer_to_display (common_catalogue (), on, text, NULL, NULL);
  g_autofree char *b = san_answer_to_display (common_catalogue (), on, newer, NULL, NULL);
  g_autofree char *c = san_answer_to_display (common_catalogue (), NULL, text, NULL, NULL);
  g_autofree char *d = san_answer_to_display (common_catalogue (), on, code, NULL, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_cmpstr (a, ==, "in winter");
  g_assert_cmpstr (b, ==, "from a newer version");
  g_assert_cmpstr (c, ==, "in winter");
  g_assert_cmpstr (d, ==, "gone");
  g_assert_false (san_answer_check (common_catalogue (), on, text, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
}

/* ---- looked up by the caller ---- */

static gboolean
find_person (const char *text, SanId16 *out, gpointer data, GError **error)
{
  if (strcmp (text, "As") == 0)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_INVALID, "two are called so");
      return FALSE;
    }
  *out = common_id (7);
  return strcmp (text, "Asha") == 0;
}

static gboolean
find_child (const char *text, SanId32 *out, gpointer data, GError **error)
{
  *out = san_id32_zero;
  out->b[31] = 9;
  return strcmp (text, "Kadam") == 0;
}

static char *
name_child (const SanId32 *id, gpointer data)
{
  return id->b[31] == 9 ? g_strdup ("Kadam") : NULL;
}

static void
test_looked_up (void)
{
  SanAnswerContext context;
  SanCatalogue *catalogue = common_catalogue ();
  const SanField *person =
      san_form_find_field (san_catalogue_find_form (catalogue, "welcome"), "responsible");
  const SanField *child =
      san_form_find_field (san_catalogue_find_form (catalogue, "incident"), "who.abcdefgh.child");
  g_autoptr(GError) error = NULL;
  g_autoptr(SanValue) asha = NULL;
  g_autoptr(SanValue) other = NULL;
  g_autoptr(SanValue) kadam = NULL;
  g_autofree char *shown = NULL;
  SanId16 id;

  memset (&context, 0, sizeof context);
  context.find_person = find_person;
  context.find_child = find_child;
  context.name_child = name_child;
  asha = san_answer_parse (catalogue, person, "Asha", &context, &error);
  g_assert_no_error (error);
  g_assert_true (san_value_get_record (asha, &id));
  g_assert_cmpuint (id.b[0], ==, 7);
  g_assert_null (san_answer_parse (catalogue, person, "As", &context, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
  g_clear_error (&error);
  other = san_answer_parse (catalogue, person, "A visiting doctor", &context, &error);
  g_assert_cmpuint (san_value_get_type (other), ==, SAN_VALUE_TEXT);
  kadam = san_answer_parse (catalogue, child, "Kadam", &context, &error);
  g_assert_no_error (error);
  shown = san_answer_to_display (catalogue, child, kadam, NULL, &context);
  g_assert_cmpstr (shown, ==, "Kadam");
}

/* Random lines must never crash, and what is accepted must be what the field keeps. */
static void
test_random (void)
{
  static const char letters[] = "0123456789-/.: ydmpaTZ+?,कfह";
  g_autoptr(GRand) rand = g_rand_new_with_seed (20261125);
  SanCatalogue *catalogue = common_catalogue ();

  g_test_message ("seed 20261125");
  for (guint i = 0; i < 60000; i++)
    {
      const SanForm *form = san_catalogue_get_form (catalogue, g_rand_int_range (rand, 0, 24));
      const SanField *field = form->fields[g_rand_int_range (rand, 0, (int) form->n_fields)];
      GString *text = g_string_new (NULL);
      g_autoptr(SanValue) value = NULL;
      g_autoptr(GError) error = NULL;

      for (int n = g_rand_int_range (rand, 0, 14); n > 0; n--)
        g_string_append_c (text, letters[g_rand_int_range (rand, 0, sizeof letters - 1)]);
      value = san_answer_parse (catalogue, field, text->str, NULL, &error);
      g_assert_true ((value == NULL) == (error != NULL));
      if (value != NULL)
        g_assert_true (san_answer_check (catalogue, field, value, NULL));
      g_string_free (text, TRUE);
    }
}

int
main (int argc, char **argv)
{
  int failed;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/answer/typed-for-each-type", test_typed);
  g_test_add_func ("/forms/answer/plain-comes-back", test_plain_comes_back);
  g_test_add_func ("/forms/answer/half-typed-dates", test_half_typed);
  g_test_add_func ("/forms/answer/shown-to-people", test_shown);
  g_test_add_func ("/forms/answer/shown-whatever-it-is", test_shown_anyway);
  g_test_add_func ("/forms/answer/looked-up-by-the-caller", test_looked_up);
  g_test_add_func ("/forms/answer/random-lines", test_random);
  failed = g_test_run ();
  common_free ();
  return failed;
}
