/* test-reader.c - the checked cursor, and that it reads what the writer wrote */
#include "san-error.h"
#include "san-reader.h"
#include "san-writer.h"

#include <string.h>

static const SanId16 id16 = { { 0xa1, 0xa2 } };
static const SanId32 id32 = { { 0xb1, 0xb2 } };

static GBytes *
one_of_each (void)
{
  g_auto(SanWriter) writer = { NULL };

  san_writer_init (&writer);
  san_writer_put_magic (&writer, "SAN1");
  san_writer_put_u8 (&writer, 0xfe);
  san_writer_put_u16 (&writer, 0x1234);
  san_writer_put_u32 (&writer, 0x12345678);
  san_writer_put_u64 (&writer, G_GUINT64_CONSTANT (0x123456789abcdef0));
  san_writer_put_i16 (&writer, G_MININT16);
  san_writer_put_i32 (&writer, -2);
  san_writer_put_i64 (&writer, G_MININT64);
  san_writer_put_id16 (&writer, &id16);
  san_writer_put_id32 (&writer, &id32);
  san_writer_put_zeros (&writer, 5);
  san_writer_put (&writer, "end", 3);
  return san_writer_end (&writer);
}

typedef struct
{
  guint8  u8;
  guint16 u16;
  guint32 u32;
  guint64 u64;
  gint16  i16;
  gint32  i32;
  gint64  i64;
  SanId16 id16;
  SanId32 id32;
  char    end[3];
} Each;

static gboolean
read_each (SanReader *reader, Each *each, GError **error)
{
  return san_reader_take_magic (reader, "SAN1", error)
         && san_reader_take_u8 (reader, &each->u8, error)
         && san_reader_take_u16 (reader, &each->u16, error)
         && san_reader_take_u32 (reader, &each->u32, error)
         && san_reader_take_u64 (reader, &each->u64, error)
         && san_reader_take_i16 (reader, &each->i16, error)
         && san_reader_take_i32 (reader, &each->i32, error)
         && san_reader_take_i64 (reader, &each->i64, error)
         && san_reader_take_id16 (reader, &each->id16, error)
         && san_reader_take_id32 (reader, &each->id32, error)
         && san_reader_take_zeros (reader, 5, error)
         && san_reader_take_copy (reader, each->end, 3, error)
         && san_reader_take_end (reader, error);
}

static void
test_round_trip (void)
{
  g_autoptr(GBytes) bytes = one_of_each ();
  SanReader reader;
  Each each;

  san_reader_init_bytes (&reader, bytes, "each");
  g_assert_true (read_each (&reader, &each, NULL));
  g_assert_cmpuint (each.u8, ==, 0xfe);
  g_assert_cmphex (each.u16, ==, 0x1234);
  g_assert_cmphex (each.u32, ==, 0x12345678);
  g_assert_cmphex (each.u64, ==, G_GUINT64_CONSTANT (0x123456789abcdef0));
  g_assert_cmpint (each.i16, ==, G_MININT16);
  g_assert_cmpint (each.i32, ==, -2);
  g_assert_cmpint (each.i64, ==, G_MININT64);
  g_assert_true (san_id16_equal (&each.id16, &id16));
  g_assert_true (san_id32_equal (&each.id32, &id32));
}

static void
test_little_endian (void)
{
  g_auto(SanWriter) writer = { NULL };
  static const guint8 expected[] = { 0x34, 0x12, 0xfe, 0xff, 0xff, 0xff };

  san_writer_init (&writer);
  san_writer_put_u16 (&writer, 0x1234);
  san_writer_put_i32 (&writer, -2);
  g_assert_cmpuint (san_writer_get_size (&writer), ==, 6);
  g_assert_cmpmem (writer.bytes->data, writer.bytes->len, expected, sizeof expected);
}

static void
test_cut_short (void)
{
  g_autoptr(GBytes) whole = one_of_each ();

  for (gsize n = 0; n < g_bytes_get_size (whole); n++)
    {
      g_autofree guint8 *exact = g_memdup2 (g_bytes_get_data (whole, NULL), n);
      SanReader reader;
      Each each;
      g_autoptr(GError) error = NULL;

      san_reader_init (&reader, exact, n, "each");       /* its own block: overruns show */
      g_assert_false (read_each (&reader, &each, &error));
      g_assert_error (error, SAN_ERROR, SAN_ERROR_DAMAGED);
    }
}

static void
test_failure_changes_nothing (void)
{
  static const guint8 three[] = { 1, 2, 3 };
  SanReader reader;
  guint32 u32 = 77;
  SanId16 id = id16;
  guint8 copy[4] = { 9, 9, 9, 9 };

  san_reader_init (&reader, three, 3, "three");
  g_assert_false (san_reader_take_u32 (&reader, &u32, NULL));
  g_assert_cmpuint (u32, ==, 77);
  g_assert_false (san_reader_take_id16 (&reader, &id, NULL));
  g_assert_true (san_id16_equal (&id, &id16));
  g_assert_false (san_reader_take_copy (&reader, copy, 4, NULL));
  g_assert_cmpuint (copy[0], ==, 9);
  g_assert_null (san_reader_take (&reader, G_MAXSIZE, NULL));
  g_assert_false (san_reader_take_zeros (&reader, G_MAXSIZE, NULL));
  g_assert_false (san_reader_take_end (&reader, NULL));
  g_assert_cmpuint (san_reader_get_left (&reader), ==, 3);
}

static void
test_message_names_it (void)
{
  SanReader reader;
  guint32 v;
  g_autoptr(GError) error = NULL;

  san_reader_init (&reader, "ab", 2, "card");
  g_assert_false (san_reader_take_u32 (&reader, &v, &error));
  g_assert_cmpstr (error->message, ==, "card: wants 4 bytes at 0, has 2");
}

static void
test_nothing (void)
{
  SanReader reader;

  san_reader_init (&reader, NULL, 0, "nothing");
  g_assert_nonnull (san_reader_take (&reader, 0, NULL));
  g_assert_true (san_reader_take_end (&reader, NULL));
  g_assert_null (san_reader_take (&reader, 1, NULL));
}

static void
test_magic (void)
{
  SanReader reader;
  g_autoptr(GError) error = NULL;

  san_reader_init (&reader, "SAN2", 4, "entry");
  g_assert_false (san_reader_take_magic (&reader, "SAN1", &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_TOO_NEW);
  g_clear_error (&error);
  g_assert_true (san_reader_take_magic (&reader, "SAN2", NULL));
  san_reader_init (&reader, "SAN0", 4, "entry");
  g_assert_false (san_reader_take_magic (&reader, "SAN1", &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_DAMAGED);
  g_clear_error (&error);
  san_reader_init (&reader, "SAMK", 4, "keyring");
  g_assert_false (san_reader_take_magic (&reader, "SANK", &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_DAMAGED);
}

static void
test_zeros (void)
{
  static const guint8 bytes[] = { 0, 0, 1 };
  SanReader reader;
  g_autoptr(GError) error = NULL;

  san_reader_init (&reader, bytes, 3, "reserved");
  g_assert_false (san_reader_take_zeros (&reader, 3, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_DAMAGED);
  g_assert_true (san_reader_take_zeros (&reader, 2, NULL));
  g_assert_cmpuint (san_reader_get_left (&reader), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/reader/round-trip", test_round_trip);
  g_test_add_func ("/base/reader/little-endian", test_little_endian);
  g_test_add_func ("/base/reader/every-truncation-is-refused", test_cut_short);
  g_test_add_func ("/base/reader/failure-changes-nothing", test_failure_changes_nothing);
  g_test_add_func ("/base/reader/message-names-thing-and-numbers", test_message_names_it);
  g_test_add_func ("/base/reader/nothing-to-read", test_nothing);
  g_test_add_func ("/base/reader/magic-and-newer", test_magic);
  g_test_add_func ("/base/reader/zeros", test_zeros);
  return g_test_run ();
}
