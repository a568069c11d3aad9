/* test-change.c - change lists: the builder's limits, and each thing that a reader refuses */
#include "samples.h"

#include "san-writer.h"

#include <string.h>

/* Hand-made lists, so that each rule can be broken alone. */
typedef struct
{
  guint8      record;
  const char *form;
  const char *field;
  guint8      type;
  const void *value;
  gsize       n;
  SanTarget   targets[3];
  guint8      n_targets;
} Row;

static GBytes *
list_bytes (const SanId32 *refs, guint16 n_refs, const Row *rows, guint16 n)
{
  g_auto(SanWriter) writer = { 0 };

  san_writer_init (&writer);
  san_writer_put_u16 (&writer, n_refs);
  for (guint i = 0; i < n_refs; i++)
    san_writer_put_id32 (&writer, &refs[i]);
  san_writer_put_u16 (&writer, n);
  for (guint i = 0; i < n; i++)
    {
      SanId16 record = seed_id16 (rows[i].record);

      san_writer_put_id16 (&writer, &record);
      san_writer_put_u8 (&writer, (guint8) strlen (rows[i].form));
      san_writer_put (&writer, rows[i].form, strlen (rows[i].form));
      san_writer_put_u8 (&writer, (guint8) strlen (rows[i].field));
      san_writer_put (&writer, rows[i].field, strlen (rows[i].field));
      san_writer_put_u8 (&writer, rows[i].type);
      san_writer_put_u32 (&writer, (guint32) rows[i].n);
      san_writer_put (&writer, rows[i].value, rows[i].n);
      san_writer_put_u8 (&writer, rows[i].n_targets);
      for (guint t = 0; t < rows[i].n_targets; t++)
        {
          san_writer_put_u16 (&writer, rows[i].targets[t].ref);
          san_writer_put_u16 (&writer, rows[i].targets[t].number);
        }
    }
  return san_writer_end (&writer);
}

static void
assert_accepted (const SanId32 *refs, guint16 n_refs, const Row *rows, guint16 n)
{
  g_autoptr(GBytes) bytes = list_bytes (refs, n_refs, rows, n);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) again = reread_list (bytes, &error);

  g_assert_no_error (error);
  assert_same_bytes (bytes, again);
}

static void
assert_refused (const SanId32 *refs, guint16 n_refs, const Row *rows, guint16 n)
{
  g_autoptr(GBytes) bytes = list_bytes (refs, n_refs, rows, n);
  g_autoptr(GError) error = NULL;

  g_assert_null (reread_list (bytes, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_DAMAGED);
}

#define TEXT(record, form, field, text)                                                            \
  {                                                                                                \
    record, form, field, SAN_VALUE_TEXT, text, sizeof text - 1                                     \
  }
#define VALUE(field, type, bytes)       { 1, "f", field, type, bytes, sizeof bytes - 1 }

static void
test_order (void)
{
  Row rows[] = { TEXT (1, "f", "a", "x"), TEXT (1, "f", "ab", "x"), TEXT (1, "g", "a", "x"),
                 TEXT (2, "a", "a", "x") };

  assert_accepted (NULL, 0, rows, 4);
  for (guint i = 0; i + 1 < G_N_ELEMENTS (rows); i++)
    {
      Row pair[] = { rows[i + 1], rows[i] };

      assert_refused (NULL, 0, pair, 2);
    }
}

static void
test_duplicate_field (void)
{
  Row rows[] = { TEXT (1, "f", "a", "x"), TEXT (1, "f", "a", "y") };

  assert_refused (NULL, 0, rows, 2);
}

static void
test_refs (void)
{
  SanId32 refs[] = { seed_id32 (1), seed_id32 (2) };
  SanId32 unsorted[] = { seed_id32 (2), seed_id32 (1) };
  SanId32 twice[] = { seed_id32 (1), seed_id32 (1) };
  Row row = TEXT (1, "f", "a", "x");

  row.n_targets = 2;
  row.targets[0].ref = 0;
  row.targets[1].ref = 1;
  assert_accepted (refs, 2, &row, 1);
  assert_refused (unsorted, 2, &row, 1);
  assert_refused (twice, 2, &row, 1);
  row.n_targets = 1;
  assert_refused (refs, 2, &row, 1);   /* unused ref */
  assert_accepted (refs, 1, &row, 1);
  row.targets[0].ref = 1;
  assert_refused (refs, 1, &row, 1);   /* no such ref */
}

static void
test_targets (void)
{
  SanId32 refs[] = { seed_id32 (1), seed_id32 (2) };
  Row row = TEXT (1, "f", "a", "x");
  SanTarget good[] = { { 0, 3 }, { 0, 4 }, { 1, 0 } };

  row.n_targets = 3;
  memcpy (row.targets, good, sizeof good);
  assert_accepted (refs, 2, &row, 1);
  row.targets[1].number = 3;
  assert_refused (refs, 2, &row, 1);   /* the same write twice */
  row.targets[1].number = 2;
  assert_refused (refs, 2, &row, 1);   /* not ascending */
  row.targets[1].number = SAN_CHANGES_LIMIT - 1;
  assert_accepted (refs, 2, &row, 1);
  row.targets[1].number = SAN_CHANGES_LIMIT;
  assert_refused (refs, 2, &row, 1);
}

static void
test_names (void)
{
  static const char *bad[]
      = { "",       "A",          "a b",    "a$",       "ü",       "a/b",      "$",
          "$other", "$withdrawn", "$from.", "$from.$a", "$from.A", "$finish.", "$ amend" };
  static const char *bad_forms[] = { "", "$withdraw", "$from.a", "A", "a:b" };
  char long_name[SAN_NAME_LIMIT + 2];

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      Row row = TEXT (1, "f", bad[i], "x");

      assert_refused (NULL, 0, &row, 1);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad_forms); i++)
    {
      Row row = TEXT (1, bad_forms[i], "a", "x");

      assert_refused (NULL, 0, &row, 1);
    }
  memset (long_name, 'a', sizeof long_name);
  long_name[SAN_NAME_LIMIT] = '\0';
  {
    Row row = TEXT (1, long_name, "a.b_c-9", "x");

    assert_accepted (NULL, 0, &row, 1);
    long_name[SAN_NAME_LIMIT] = 'a';
    long_name[SAN_NAME_LIMIT + 1] = '\0';
    assert_refused (NULL, 0, &row, 1);
  }
}

static void
test_reserved_fields (void)
{
  Row good[] = {
    VALUE ("$amend", SAN_VALUE_TEXT, "later"),
    VALUE ("$finish", SAN_VALUE_BOOL, "\1"),
    VALUE ("$from.a", SAN_VALUE_ID, "0123456789abcdef\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
    VALUE ("$link", SAN_VALUE_ID, "0123456789abcdef0123456789abcdef"),
    VALUE ("$withdraw", SAN_VALUE_TEXT, "twice"),
  };
  Row bad[] = {
    VALUE ("$amend", SAN_VALUE_BOOL, "\1"),
    VALUE ("$amend", SAN_VALUE_CLEARED, ""),
    VALUE ("$finish", SAN_VALUE_BOOL, "\0"),
    VALUE ("$finish", SAN_VALUE_TEXT, "yes"),
    VALUE ("$from.a", SAN_VALUE_ID, "0123456789abcdef\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1"),
    VALUE ("$from.a", SAN_VALUE_TEXT, "there"),
    VALUE ("$withdraw", SAN_VALUE_BOOL, "\1"),
    VALUE ("$withdraw", SAN_VALUE_CLEARED, ""),
  };
  SanId32 ref = seed_id32 (1);
  Row amend = VALUE ("$amend", SAN_VALUE_TEXT, "later");
  Row finish = VALUE ("$finish", SAN_VALUE_BOOL, "\1");

  assert_accepted (NULL, 0, good, G_N_ELEMENTS (good));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_refused (NULL, 0, &bad[i], 1);
  amend.n_targets = 1;
  assert_refused (&ref, 1, &amend, 1);     /* an amendment supersedes nothing */
  assert_accepted (&ref, 1, &finish, 1);   /* closes by refs alone */
}

/* Text with NUL or bad UTF-8; date precision 3; codes unsorted */
static void
test_values (void)
{
  static const Row bad[] = {
    VALUE ("a", SAN_VALUE_TEXT, "a\0b"),
    VALUE ("a", SAN_VALUE_TEXT, "\xc3"),
    VALUE ("a", SAN_VALUE_TEXT, "\xed\xa0\x80"),
    VALUE ("a", SAN_VALUE_TEXT, "\xc0\x80"),
    VALUE ("a", SAN_VALUE_DATE, "\0\0\0\0\3"),
    VALUE ("a", SAN_VALUE_DATE, "\1\0\0\0\1"),
    VALUE ("a", SAN_VALUE_DATE, "\x1f\0\0\0\2"),
    VALUE ("a", SAN_VALUE_DATE, "\0\0\0\0"),
    VALUE ("a", SAN_VALUE_CODES, "\2\1b\1a"),
    VALUE ("a", SAN_VALUE_CODES, "\2\1a\1a"),
    VALUE ("a", SAN_VALUE_CODES, "\1\1a\1"),
    VALUE ("a", SAN_VALUE_CODES, "\101"),
    VALUE ("a", SAN_VALUE_BOOL, "\2"),
    VALUE ("a", SAN_VALUE_CLEARED, "\0"),
    VALUE ("a", SAN_VALUE_INT, "\0\0\0\0\0\0\0"),
    VALUE ("a", SAN_VALUE_DECIMAL, "\0\0\0\0\0\0\0\0\n"),
    VALUE ("a", SAN_VALUE_NO_ANSWER, "\0"),
    VALUE ("a", SAN_VALUE_NO_ANSWER, "\4"),
    VALUE ("a", SAN_VALUE_ID, "0123"),
    VALUE ("a", SAN_VALUE_INSTANT, "\0\0\0\0\0\0\0\0\0"),
    VALUE ("a", SAN_VALUE_ATTACHMENT, "\0\0\0\0"),
  };
  static const Row newer = VALUE ("a", 11, "anything \xff\0");

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_refused (NULL, 0, &bad[i], 1);
  assert_accepted (NULL, 0, &newer, 1);
}

/* Entry count, row count, string length = 2^32-1: refused before anything is allocated */
static void
test_counts (void)
{
  static const guint8 many_refs[] = { 0xff, 0xff };
  static const guint8 many_changes[] = { 0, 0, 0xff, 0xff };
  static const guint8 no_change[] = { 0, 0, 0, 0 };
  guint8 long_value[26 + 4] = { 0 };
  guint8 many_targets[64] = { 0 };

  g_assert_null (san_change_list_parse (many_refs, sizeof many_refs, NULL));
  g_assert_null (san_change_list_parse (many_changes, sizeof many_changes, NULL));
  g_assert_null (san_change_list_parse (no_change, sizeof no_change, NULL));
  long_value[2] = 1;
  memcpy (long_value + 20, "\1f\1a\3\xff\xff\xff\xff", 9);
  g_assert_null (san_change_list_parse (long_value, sizeof long_value, NULL));
  many_targets[2] = 1;
  memcpy (many_targets + 20, "\1f\1a\0\0\0\0\0\xff", 10);
  g_assert_null (san_change_list_parse (many_targets, sizeof many_targets, NULL));
}

/* The largest of everything, and one more of each. */
static void
test_limits (void)
{
  g_autoptr(SanChangeBuilder) builder = san_change_builder_new ();
  g_autoptr(SanValue) value = san_value_new_int (1);
  g_autoptr(SanChangeList) list = NULL;
  g_autoptr(GError) error = NULL;
  SanId16 record = seed_id16 (1);
  SanWriteId targets[SAN_TARGETS_LIMIT + 1];
  char field[16];

  for (guint i = 0; i < SAN_CHANGES_LIMIT; i++)
    {
      guint n = i < SAN_REFS_LIMIT / SAN_TARGETS_LIMIT ? SAN_TARGETS_LIMIT : 0;

      for (guint t = 0; t < n; t++)
        {
          SanWriteId target = { seed_id32 (1), 0, (guint16) t };

          target.entry.b[0] = (guint8) (i * SAN_TARGETS_LIMIT + t);
          targets[t] = target;
        }
      g_snprintf (field, sizeof field, "f%u", i);
      g_assert_true (
          san_change_builder_add (builder, &record, "form", field, value, targets, n, &error));
    }
  g_assert_false (
      san_change_builder_add (builder, &record, "form", "more", value, NULL, 0, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
  g_clear_error (&error);
  list = san_change_builder_end (builder, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (san_change_list_get_size (list), ==, SAN_CHANGES_LIMIT);
  g_assert_cmpuint (san_change_list_get_n_refs (list), ==, SAN_REFS_LIMIT);
}

static void
test_limits_of_one (void)
{
  g_autoptr(SanChangeBuilder) builder = san_change_builder_new ();
  g_autoptr(SanValue) value = san_value_new_int (1);
  g_autoptr(GError) error = NULL;
  SanId16 record = seed_id16 (1);
  SanWriteId targets[SAN_TARGETS_LIMIT + 1] = { 0 };
  SanId32 entries[SAN_REFS_LIMIT + 1] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    targets[i].number = (guint16) i;
  g_assert_false (san_change_builder_add (builder, &record, "f", "a", value, targets,
                                          G_N_ELEMENTS (targets), &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
  g_clear_error (&error);
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    entries[i].b[i / 256] = (guint8) (i + 1);
  g_assert_false (san_change_builder_finish (builder, &record, "f", entries, G_N_ELEMENTS (entries),
                                             NULL, 0, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
  g_clear_error (&error);
  targets[0].number = SAN_CHANGES_LIMIT;
  g_assert_false (san_change_builder_add (builder, &record, "f", "a", value, targets, 1, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
  g_assert_cmpuint (san_change_builder_get_size (builder), ==, 0);
}

static void
test_builder (void)
{
  g_autoptr(SanChangeBuilder) builder = san_change_builder_new ();
  g_autoptr(SanValue) text = san_value_new_text ("x", NULL);
  g_autoptr(GError) error = NULL;
  SanId16 record = seed_id16 (1);

  g_assert_null (san_change_builder_end (builder, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (san_change_builder_add (builder, &record, "F", "a", text, NULL, 0, &error));
  g_clear_error (&error);
  g_assert_false (san_change_builder_add (builder, &record, "f", "$a", text, NULL, 0, &error));
  g_clear_error (&error);
  g_assert_false (san_change_builder_add (builder, &record, "f", "$finish", text, NULL, 0, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (san_change_builder_add (builder, &record, "f", "a", text, NULL, 0, &error));
  g_assert_false (san_change_builder_add (builder, &record, "f", "a", text, NULL, 0, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
  g_assert_cmpuint (san_change_builder_get_size (builder), ==, 1);
}

static void
test_rich (void)
{
  g_autoptr(SanChangeList) list = rich_list ();
  SanId16 one = seed_id16 (1), two = seed_id16 (2), three = seed_id16 (3);
  const SanChange *change = san_change_list_find (list, &two, "admission", "district");
  SanId32 ref = seed_id32 (0x40);

  g_assert_nonnull (change);
  g_assert_cmpuint (change->n_targets, ==, 3);
  g_assert_true (san_id32_equal (san_change_list_get_ref (list, change->targets[2].ref), &ref));
  g_assert_cmpuint (change->targets[1].number, ==, 0);
  g_assert_cmpuint (change->targets[2].number, ==, 7);
  g_assert_true (san_value_has_code (change->value, "pune"));
  g_assert_null (san_change_list_find (list, &one, "admission", "district"));
  g_assert_nonnull (san_change_list_find (list, &three, "session", "$finish"));
  for (guint i = 0; i < san_change_list_get_size (list); i++)
    {
      const SanChange *here = san_change_list_get (list, i);

      g_assert_true (san_change_list_find (list, &here->record, here->form, here->field) == here);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  g_test_add_func ("/entry/change/what-was-added-is-found", test_rich);
  g_test_add_func ("/entry/change/changes-ascend-by-record-form-field", test_order);
  g_test_add_func ("/entry/change/duplicate-field-is-refused", test_duplicate_field);
  g_test_add_func ("/entry/change/unsorted-refs-and-unused-ref-are-refused", test_refs);
  g_test_add_func ("/entry/change/superseded-writes-ascend-and-exist", test_targets);
  g_test_add_func ("/entry/change/malformed-names-are-refused", test_names);
  g_test_add_func ("/entry/change/reserved-fields-have-their-types", test_reserved_fields);
  g_test_add_func (
      "/entry/change/text-with-nul-bad-utf8-date-precision-3-codes-unsorted-are-refused",
      test_values);
  g_test_add_func ("/entry/change/counts-are-refused-before-allocation", test_counts);
  g_test_add_func ("/entry/change/the-builder-refuses-what-the-reader-would", test_builder);
  g_test_add_func ("/entry/change/largest-list-is-written-and-read", test_limits);
  g_test_add_func ("/entry/change/one-more-than-a-limit-is-refused", test_limits_of_one);
  return g_test_run ();
}
