/* test-value.c - one way to write each answer; everything else is refused */
#include "san-value.h"
#include "san-writer.h"

#include <string.h>

static SanValue *
raw (guint8 type, const char *hex)
{
  g_autoptr(GBytes) bytes = san_bytes_from_hex (hex, NULL);
  gsize n;
  const void *data = g_bytes_get_data (bytes, &n);

  return san_value_new_raw (type, data, n, NULL);
}

static void
assert_refused (guint8 type, const void *data, gsize n)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (san_value_new_raw (type, data, n, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_DAMAGED);
}

/* What a maker made is canonical, and every cut and every added byte is not. (Text and unknown
 * types have no length of their own.) */
static void
assert_canonical (SanValue *value, const char *expected_hex)
{
  gsize n;
  const guint8 *data = san_value_get_data (value, &n);
  guint8 type = san_value_get_type (value);
  g_autofree char *hex = san_bytes_to_hex (data, n);
  g_autoptr(SanValue) again = san_value_new_raw (type, data, n, NULL);
  g_autofree guint8 *longer = g_malloc0 (n + 1);

  if (expected_hex != NULL)
    g_assert_cmpstr (hex, ==, expected_hex);
  g_assert_nonnull (again);
  g_assert_true (san_value_equal (value, again));
  if (type == SAN_VALUE_TEXT)
    return;
  for (gsize cut = 0; cut < n; cut++)
    {
      g_autofree guint8 *exact = g_memdup2 (data, cut);

      assert_refused (type, exact, cut);
    }
  if (n > 0)
    memcpy (longer, data, n);
  assert_refused (type, longer, n + 1);
}

static void
test_simple (void)
{
  g_autoptr(SanValue) cleared = san_value_new_cleared ();
  g_autoptr(SanValue) yes = san_value_new_bool (TRUE);
  g_autoptr(SanValue) no = san_value_new_bool (FALSE);
  g_autoptr(SanValue) number = san_value_new_int (-2);
  SanDecimal d = { -12345, 2 }, d_back;
  g_autoptr(SanValue) decimal = san_value_new_decimal (&d);
  g_autoptr(SanValue) refused = san_value_new_no_answer (SAN_NO_ANSWER_REFUSED);
  gboolean b;
  gint64 i = 0;
  SanNoAnswer why;

  assert_canonical (cleared, "");
  assert_canonical (yes, "01");
  assert_canonical (no, "00");
  assert_canonical (number, "feffffffffffffff");
  assert_canonical (decimal, "c7cfffffffffffff02");
  assert_canonical (refused, "02");
  g_assert_true (san_value_get_bool (yes, &b) && b);
  g_assert_true (san_value_get_int (number, &i));
  g_assert_cmpint (i, ==, -2);
  g_assert_true (san_value_get_decimal (decimal, &d_back));
  g_assert_cmpint (d_back.digits, ==, -12345);
  g_assert_cmpuint (d_back.scale, ==, 2);
  g_assert_true (san_value_get_no_answer (refused, &why));
  g_assert_cmpint (why, ==, SAN_NO_ANSWER_REFUSED);
  g_assert_null (raw (SAN_VALUE_BOOL, "02"));
  g_assert_null (raw (SAN_VALUE_NO_ANSWER, "00"));
  g_assert_null (raw (SAN_VALUE_NO_ANSWER, "04"));
  g_assert_null (raw (SAN_VALUE_DECIMAL, "00000000000000000a"));
}

static void
test_text (void)
{
  g_autoptr(SanValue) empty = san_value_new_text ("", NULL);
  g_autoptr(SanValue) composed = san_value_new_text ("Jos\xc3\xa9", NULL);
  g_autoptr(SanValue) combining = san_value_new_text ("Jose\xcc\x81", NULL);
  g_autoptr(SanValue) unnormal = NULL;
  g_autofree char *text = san_value_dup_text (combining);
  g_autofree char *limit = g_strnfill (SAN_VALUE_LIMIT, 'a');
  g_autofree char *over = g_strnfill (SAN_VALUE_LIMIT + 1, 'a');
  g_autoptr(SanValue) long_value = san_value_new_text (limit, NULL);
  g_autoptr(GError) error = NULL;

  assert_canonical (empty, "");
  assert_canonical (composed, "4a6f73c3a9");
  g_assert_true (san_value_equal (composed, combining));
  g_assert_cmpstr (text, ==, "Jos\xc3\xa9");
  g_assert_nonnull (long_value);
  g_assert_null (san_value_new_text (over, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (san_value_new_text ("\xff", &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
  assert_refused (SAN_VALUE_TEXT, over, SAN_VALUE_LIMIT + 1);
  assert_refused (SAN_VALUE_TEXT, "a\0b", 3);
  assert_refused (SAN_VALUE_TEXT, "\xc3", 1);
  assert_refused (SAN_VALUE_TEXT, "\xed\xa0\x80", 3);       /* half a surrogate pair */
  unnormal = raw (SAN_VALUE_TEXT, "4a6f7365cc81");            /* the writer's duty, not enforced */
  g_assert_nonnull (unnormal);
}

static void
test_dates (void)
{
  SanDate day, month, year, back;
  g_autoptr(SanValue) a = NULL;
  g_autoptr(SanValue) b = NULL;
  g_autoptr(SanValue) c = NULL;
  SanDate middle;
  g_autoptr(SanValue) moved = NULL;

  g_assert_true (san_date_from_text ("1970-01-02", &day, NULL));
  g_assert_true (san_date_from_text ("1970-02", &month, NULL));
  g_assert_true (san_date_from_text ("1969", &year, NULL));
  a = san_value_new_date (&day);
  b = san_value_new_date (&month);
  c = san_value_new_date (&year);
  assert_canonical (a, "0100000000");
  assert_canonical (b, "1f00000001");
  assert_canonical (c, "93feffff02");
  g_assert_true (san_value_get_date (b, &back));
  g_assert_cmpint (back.days, ==, 31);
  g_assert_cmpint (back.precision, ==, SAN_PRECISION_MONTH);
  g_assert_null (raw (SAN_VALUE_DATE, "0100000003"));
  g_assert_null (raw (SAN_VALUE_DATE, "2000000001"));        /* 2 February, "in February" */
  g_assert_null (raw (SAN_VALUE_DATE, "1f00000002"));        /* 1 February, "in 1970" */
  middle = (SanDate) { 40, SAN_PRECISION_MONTH };
  moved = san_value_new_date (&middle);
  assert_canonical (moved, "1f00000001");
}

static void
test_codes (void)
{
  static const char *const typed[] = { "school", "a", "ab", "a", NULL };
  static const char *const none[] = { NULL };
  static const char *const bad[][2] = { { "", NULL }, { "two words", NULL }, { "\xc3\xa9", NULL } };
  g_autoptr(SanValue) several = san_value_new_codes (typed, NULL);
  g_autoptr(SanValue) one = san_value_new_code ("yes");
  g_autoptr(SanValue) empty = san_value_new_codes (none, NULL);
  g_auto(GStrv) codes = san_value_dup_codes (several);
  g_autofree char *joined = g_strjoinv (" ", codes);

  assert_canonical (several, "03016102616206" "7363686f6f6c");
  assert_canonical (one, "0103796573");
  assert_canonical (empty, "00");
  g_assert_cmpstr (joined, ==, "a ab school");
  g_assert_true (san_value_has_code (several, "ab"));
  g_assert_false (san_value_has_code (several, "abc"));
  g_assert_false (san_value_has_code (several, ""));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (san_value_new_codes (bad[i], &error));
      g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
    }
  g_assert_null (raw (SAN_VALUE_CODES, "0201620161"));       /* b before a */
  g_assert_null (raw (SAN_VALUE_CODES, "0201610161"));       /* a twice */
  g_assert_null (raw (SAN_VALUE_CODES, "02026162" "0161"));  /* ab before a */
  g_assert_null (raw (SAN_VALUE_CODES, "0100"));
  g_assert_null (raw (SAN_VALUE_CODES, "010120"));
}

static void
test_sixty_four_codes (void)
{
  g_autoptr(GPtrArray) codes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(SanValue) full = NULL;
  g_autoptr(GError) error = NULL;
  gsize n;
  const guint8 *data;
  g_autofree guint8 *more = NULL;

  for (guint i = 0; i < 64; i++)
    g_ptr_array_add (codes, g_strdup_printf ("c%02u", i));
  g_ptr_array_add (codes, NULL);
  full = san_value_new_codes ((const char *const *) codes->pdata, NULL);
  assert_canonical (full, NULL);
  g_ptr_array_insert (codes, 0, g_strdup ("one-more"));
  g_assert_null (san_value_new_codes ((const char *const *) codes->pdata, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
  data = san_value_get_data (full, &n);
  more = g_malloc (n + 4);
  memcpy (more, data, n);
  memcpy (more + n, "\003c99", 4);
  more[0] = 65;
  assert_refused (SAN_VALUE_CODES, more, n + 4);
  g_ptr_array_remove_index (codes, codes->len - 1);
}

static void
test_ids (void)
{
  SanId32 id = { { 1, 2 } }, id_back;
  SanId16 record = { { 3, 4 } }, record_back;
  g_autoptr(SanValue) a = NULL;
  g_autoptr(SanValue) b = san_value_new_record (&record);

  id.b[31] = 9;
  a = san_value_new_id (&id);
  assert_canonical (a, NULL);
  assert_canonical (b, "0304000000000000000000000000000000000000000000000000000000000000");
  g_assert_true (san_value_get_id (a, &id_back));
  g_assert_true (san_id32_equal (&id, &id_back));
  g_assert_false (san_value_get_record (a, &record_back));
  g_assert_true (san_value_get_record (b, &record_back));
  g_assert_true (san_id16_equal (&record, &record_back));
}

static void
test_instants (void)
{
  SanInstant at = { 1, 330 }, back;
  g_autoptr(SanValue) value = san_value_new_instant (&at);

  assert_canonical (value, "01000000000000004a01");
  g_assert_true (san_value_get_instant (value, &back));
  g_assert_cmpint (back.ms, ==, 1);
  g_assert_cmpint (back.zone, ==, 330);
  g_assert_null (raw (SAN_VALUE_INSTANT, "0100000000000000a005"));      /* +24:00 */
  g_assert_null (raw (SAN_VALUE_INSTANT, "010000000000000060fa"));      /* -24:00 */
  g_assert_null (raw (SAN_VALUE_INSTANT, "01000000000000000080"));
}

static GBytes *
attachment (guint64 size, guint pieces, const char *type, const char *name)
{
  g_auto(SanWriter) writer = { NULL };

  san_writer_init (&writer);
  san_writer_put_u64 (&writer, size);
  san_writer_put_zeros (&writer, 32);
  san_writer_put_u16 (&writer, (guint16) pieces);
  san_writer_put_zeros (&writer, 32 * pieces);
  san_writer_put_u8 (&writer, (guint8) strlen (type));
  san_writer_put_magic (&writer, type);
  san_writer_put_u8 (&writer, (guint8) strlen (name));
  san_writer_put_magic (&writer, name);
  return san_writer_end (&writer);
}

static void
test_attachments (void)
{
  static const struct
  {
    guint64 size;
    guint pieces;
    const char *type, *name;
    gboolean fine;
  } cases[] = {
    { 1, 1, "image/png", "wound.png", TRUE },
    { 1 << 20, 1, "image/png", "", TRUE },
    { (1 << 20) + 1, 2, "image/png", "\xe0\xa4\x96", TRUE },
    { 64 << 20, 64, "application/pdf", "x", TRUE },
    { 0, 0, "text/plain", "empty", TRUE },
    { (64 << 20) + 1, 65, "image/png", "x", FALSE },
    { 1, 0, "image/png", "x", FALSE },
    { 1, 2, "image/png", "x", FALSE },
    { G_MAXUINT64, 0, "image/png", "x", FALSE },
    { 1, 1, "", "x", FALSE },
    { 1, 1, "image png", "x", FALSE },
    { 1, 1, "image/png", "\xff", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GBytes) bytes = attachment (cases[i].size, cases[i].pieces, cases[i].type,
                                            cases[i].name);
      gsize n;
      const void *data = g_bytes_get_data (bytes, &n);
      g_autoptr(SanValue) value = san_value_new_raw (SAN_VALUE_ATTACHMENT, data, n, NULL);

      g_assert_cmpint (value != NULL, ==, cases[i].fine);
      if (value != NULL && n < 300)
        assert_canonical (value, NULL);
    }
}

static void
test_newer (void)
{
  g_autoptr(SanValue) value = raw (11, "0102");
  g_autoptr(SanValue) last = raw (255, "");
  g_autofree guint8 *over = g_malloc0 (SAN_VALUE_LIMIT + 1);

  g_assert_cmpuint (san_value_get_type (value), ==, 11);
  g_assert_cmpstr (san_value_type_name (11), ==, "newer");
  g_assert_nonnull (last);
  assert_refused (11, over, SAN_VALUE_LIMIT + 1);
}

static void
test_other_type (void)
{
  g_autoptr(SanValue) text = san_value_new_text ("x", NULL);
  g_autoptr(SanValue) cleared = san_value_new_cleared ();
  gboolean b = 7;
  gint64 i = 7;
  SanDate date = { 7, 0 };
  SanId32 id = { { 7 } };
  SanId16 record = { { 7 } };
  SanDecimal decimal = { 7, 0 };
  SanNoAnswer why = 7;
  SanInstant at = { 7, 0 };

  g_assert_false (san_value_get_bool (text, &b));
  g_assert_false (san_value_get_int (text, &i));
  g_assert_false (san_value_get_date (text, &date));
  g_assert_false (san_value_get_id (text, &id));
  g_assert_false (san_value_get_record (text, &record));
  g_assert_false (san_value_get_decimal (text, &decimal));
  g_assert_false (san_value_get_no_answer (text, &why));
  g_assert_false (san_value_get_instant (text, &at));
  g_assert_null (san_value_dup_codes (text));
  g_assert_null (san_value_dup_text (cleared));
  g_assert_false (san_value_has_code (text, "x"));
  g_assert_false (san_value_has_code (cleared, "x"));
  g_assert_true (b == 7 && i == 7 && date.days == 7 && id.b[0] == 7 && record.b[0] == 7
                 && decimal.digits == 7 && (int) why == 7 && at.ms == 7);
  g_assert_false (san_value_equal (text, cleared));
}

/* Random bytes: never a crash, and what is taken is taken again byte for byte. */
static void
test_random (void)
{
  guint taken = 0;

  for (guint round = 0; round < 200000; round++)
    {
      guint8 data[48];
      gsize n = (gsize) g_test_rand_int_range (0, sizeof data);
      guint8 type = (guint8) g_test_rand_int_range (0, 12);
      g_autofree guint8 *exact = NULL;
      g_autoptr(SanValue) value = NULL;

      for (gsize i = 0; i < n; i++)
        data[i] = (guint8) (g_test_rand_int_range (0, 4) == 0 ? g_test_rand_int ()
                                                              : g_test_rand_int_range (0, 4));
      exact = g_memdup2 (data, n);
      value = san_value_new_raw (type, exact, n, NULL);
      if (value != NULL)
        {
          g_auto(GStrv) codes = san_value_dup_codes (value);
          gsize again;

          g_assert_cmpmem (san_value_get_data (value, &again), n, data, n);
          san_value_has_code (value, "q");
          if (codes != NULL)
            {
              g_autoptr(SanValue) rebuilt
                = san_value_new_codes ((const char *const *) codes, NULL);

              g_assert_true (san_value_equal (rebuilt, value));
            }
          taken++;
        }
    }
  g_assert_cmpuint (taken, >, 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/entry/value/simple-types", test_simple);
  g_test_add_func ("/entry/value/text", test_text);
  g_test_add_func ("/entry/value/dates", test_dates);
  g_test_add_func ("/entry/value/codes", test_codes);
  g_test_add_func ("/entry/value/sixty-four-codes", test_sixty_four_codes);
  g_test_add_func ("/entry/value/ids", test_ids);
  g_test_add_func ("/entry/value/instants", test_instants);
  g_test_add_func ("/entry/value/attachments", test_attachments);
  g_test_add_func ("/entry/value/newer-types-are-kept", test_newer);
  g_test_add_func ("/entry/value/other-type-leaves-output", test_other_type);
  g_test_add_func ("/entry/value/random-bytes", test_random);
  return g_test_run ();
}
