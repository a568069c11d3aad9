/* san-value-check.c - the canonical form of each type: every other way to write a value is refused
 */
#include "san-value-private.h"

#include "san-reader.h"

#define MAX_ATTACHMENT        (G_GUINT64_CONSTANT (64) << 20)
#define ATTACHMENT_PIECE      (G_GUINT64_CONSTANT (1) << 20)

static gboolean
refuse (GError **error, guint8 type, const char *why)
{
  g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED, "value of type %s: %s",
               san_value_type_name (type), why);
  return FALSE;
}

static gboolean
check_size (guint8 type, gsize n, gsize expected, GError **error)
{
  if (n == expected)
    return TRUE;
  g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED,
               "value of type %s has %" G_GSIZE_FORMAT " bytes, needs %" G_GSIZE_FORMAT,
               san_value_type_name (type), n, expected);
  return FALSE;
}

static gboolean
is_text (const void *data, gsize n)
{
  return n == 0 || g_utf8_validate_len (data, n, NULL);      /* a NUL is refused there too */
}

gboolean
san_value_is_code (const guint8 *data, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (data[i] <= ' ' || data[i] > '~')
      return FALSE;
  return n > 0 && n <= G_MAXUINT8;
}

static gboolean
check_date (const guint8 *data, GError **error)
{
  SanDate date = { san_value_read_i32 (data), data[4] };
  int month, day;

  if (date.precision > SAN_PRECISION_YEAR)
    return refuse (error, SAN_VALUE_DATE, "unknown precision");
  san_date_get_ymd (&date, NULL, &month, &day);
  if ((date.precision == SAN_PRECISION_MONTH && day != 1)
      || (date.precision == SAN_PRECISION_YEAR && (day != 1 || month != 1)))
    return refuse (error, SAN_VALUE_DATE, "not the first day of what is known");
  return TRUE;
}

/* memcmp order, a beginning before what it begins */
static int
compare_codes (const guint8 *a, gsize a_n, const guint8 *b, gsize b_n)
{
  int order = memcmp (a, b, MIN (a_n, b_n));

  return order != 0 ? order : (a_n > b_n) - (a_n < b_n);
}

static gboolean
check_codes (const guint8 *data, gsize n, GError **error)
{
  SanReader reader;
  const guint8 *before = NULL;
  guint8 before_n = 0, count, size;

  san_reader_init (&reader, data, n, "value of type codes");
  if (!san_reader_take_u8 (&reader, &count, error))
    return FALSE;
  if (count > SAN_CODES_LIMIT)
    return refuse (error, SAN_VALUE_CODES, "more than 64 codes");
  for (guint i = 0; i < count; i++)
    {
      const guint8 *code;

      if (!san_reader_take_u8 (&reader, &size, error)
          || (code = san_reader_take (&reader, size, error)) == NULL)
        return FALSE;
      if (!san_value_is_code (code, size))
        return refuse (error, SAN_VALUE_CODES, "a code is not plain ASCII");
      if (before != NULL && compare_codes (before, before_n, code, size) >= 0)
        return refuse (error, SAN_VALUE_CODES, "codes do not ascend");
      before = code;
      before_n = size;
    }
  return san_reader_take_end (&reader, error);
}

static gboolean
check_attachment (const guint8 *data, gsize n, GError **error)
{
  SanReader reader;
  guint64 size;
  guint16 pieces;
  guint8 type_n, name_n;
  const guint8 *type, *name;

  san_reader_init (&reader, data, n, "value of type attachment");
  if (!san_reader_take_u64 (&reader, &size, error)
      || san_reader_take (&reader, sizeof (SanId32), error) == NULL       /* blob key */
      || !san_reader_take_u16 (&reader, &pieces, error))
    return FALSE;
  if (size > MAX_ATTACHMENT)
    return refuse (error, SAN_VALUE_ATTACHMENT, "more than 64 MiB");
  if (pieces != (size + ATTACHMENT_PIECE - 1) / ATTACHMENT_PIECE)
    return refuse (error, SAN_VALUE_ATTACHMENT, "pieces do not fit its size");
  if (san_reader_take (&reader, pieces * sizeof (SanId32), error) == NULL
      || !san_reader_take_u8 (&reader, &type_n, error)
      || (type = san_reader_take (&reader, type_n, error)) == NULL
      || !san_reader_take_u8 (&reader, &name_n, error)
      || (name = san_reader_take (&reader, name_n, error)) == NULL
      || !san_reader_take_end (&reader, error))
    return FALSE;
  if (!san_value_is_code (type, type_n))
    return refuse (error, SAN_VALUE_ATTACHMENT, "its media type is not plain ASCII");
  if (!is_text (name, name_n))
    return refuse (error, SAN_VALUE_ATTACHMENT, "its name is not text");
  return TRUE;
}

static gboolean
check_small (guint8 type, const guint8 *data, gsize n, GError **error)
{
  switch (type)
    {
    case SAN_VALUE_CLEARED:
      return check_size (type, n, 0, error);
    case SAN_VALUE_BOOL:
      return check_size (type, n, 1, error)
             && (data[0] <= 1 || refuse (error, type, "neither 0 nor 1"));
    case SAN_VALUE_INT:
      return check_size (type, n, 8, error);
    case SAN_VALUE_ID:
      return check_size (type, n, sizeof (SanId32), error);
    case SAN_VALUE_DECIMAL:
      return check_size (type, n, 9, error)
             && (data[8] <= SAN_SCALE_LIMIT || refuse (error, type, "scale is more than 9"));
    case SAN_VALUE_NO_ANSWER:
      return check_size (type, n, 1, error)
             && ((data[0] >= SAN_NO_ANSWER_NOT_KNOWN && data[0] <= SAN_NO_ANSWER_NOT_ASKED)
                 || refuse (error, type, "unknown reason"));
    case SAN_VALUE_INSTANT:
      return check_size (type, n, 10, error)
             && (ABS ((int) san_value_read_i16 (data + 8)) <= SAN_ZONE_LIMIT
                 || refuse (error, type, "zone is a day or more"));
    default:
      return TRUE;                       /* of a newer version: kept as it is */
    }
}

gboolean
san_value_check (guint8 type, const guint8 *data, gsize n, GError **error)
{
  if (n > SAN_VALUE_LIMIT)
    return refuse (error, type, "longer than its limit");
  switch (type)
    {
    case SAN_VALUE_TEXT:
      return is_text (data, n) || refuse (error, type, "not UTF-8");
    case SAN_VALUE_DATE:
      return check_size (type, n, 5, error) && check_date (data, error);
    case SAN_VALUE_CODES:
      return check_codes (data, n, error);
    case SAN_VALUE_ATTACHMENT:
      return check_attachment (data, n, error);
    default:
      return check_small (type, data, n, error);
    }
}
