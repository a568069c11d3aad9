/* san-answer-number.c - whole numbers and decimals, in digits of any script, with or without unit
 */
#include "san-answer-private.h"

#include <string.h>

__extension__ typedef __int128 Wide;

/* "42.50 kg" -> 4250, 2. A comma may stand for the point; thousands are never grouped. */
static gboolean
read_decimal (const SanAnswerJob *job, const char *typed, SanDecimal *out)
{
  g_autofree char *text = san_answer_digits (typed);
  g_autofree char *unit = job->field->unit != NULL ? g_ascii_strdown (job->field->unit, -1) : NULL;
  gboolean negative = text[0] == '-';
  const char *p = text + (negative || text[0] == '+');
  SanDecimal decimal = { 0, 0 };
  guint figures = 0;
  gboolean behind = FALSE;

  for (; g_ascii_isdigit (*p) || (!behind && figures > 0 && (*p == '.' || *p == ',')); p++)
    {
      if (!g_ascii_isdigit (*p))
        {
          behind = TRUE;
          continue;
        }
      if (++figures > 15 || (behind && decimal.scale == 9))
        return FALSE;
      decimal.digits = decimal.digits * 10 + (*p - '0');
      decimal.scale = (guint8) (decimal.scale + behind);
    }
  if (figures == 0 || (behind && decimal.scale == 0))
    return FALSE;
  while (g_ascii_isspace (*p))
    p++;
  if (*p != '\0' && g_strcmp0 (p, unit) != 0)
    return FALSE;
  for (; decimal.scale > 0 && decimal.digits % 10 == 0; decimal.scale--)
    decimal.digits /= 10;
  if (negative)
    decimal.digits = -decimal.digits;
  *out = decimal;
  return TRUE;
}

static Wide
scaled (const SanDecimal *decimal)
{
  Wide wide = decimal->digits;

  for (guint i = decimal->scale; i < 9; i++)
    wide *= 10;
  return wide;
}

static char *
name_bound (const SanDecimal *bound)
{
  g_autoptr(SanValue) value = san_value_new_decimal (bound);

  return san_answer_to_plain (value);
}

static gboolean
check_range (const SanAnswerJob *job, const SanDecimal *number, GError **error)
{
  const SanField *field = job->field;

  if (field->has_min && scaled (number) < scaled (&field->min))
    {
      g_autofree char *bound = name_bound (&field->min);

      return san_answer_refuse (job, error, "is below %s", bound);
    }
  if (field->has_max && scaled (number) > scaled (&field->max))
    {
      g_autofree char *bound = name_bound (&field->max);

      return san_answer_refuse (job, error, "is above %s", bound);
    }
  return TRUE;
}

static char *
with_unit (const SanAnswerJob *job, char *number)
{
  char *text;

  if (job->field->unit == NULL)
    return number;
  text = g_strdup_printf ("%s %s", number, san_answer_word (job, "units", job->field->unit));
  g_free (number);
  return text;
}

/* ---- whole ---- */

static SanValue *
parse_whole (const SanAnswerJob *job, const char *text, GError **error)
{
  SanDecimal decimal;

  if (read_decimal (job, text, &decimal) && decimal.scale == 0)
    return san_value_new_int (decimal.digits);
  san_answer_refuse (job, error, "expected a whole number, found “%s”", text);
  return NULL;
}

static gboolean
is_allowed (const char *values, gint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);
  g_auto(GStrv) allowed = g_strsplit_set (values, " \n\t", -1);

  return g_strv_contains ((const char * const *) allowed, text);
}

static gboolean
check_whole (const SanAnswerJob *job, const SanValue *value, GError **error)
{
  SanDecimal decimal = { 0, 0 };

  san_value_get_int (value, &decimal.digits);
  if (job->field->values != NULL && !is_allowed (job->field->values, decimal.digits))
    return san_answer_refuse (job, error, "is none of %s", job->field->values);
  return check_range (job, &decimal, error);
}

static char *
display_number (const SanAnswerJob *job, const SanValue *value)
{
  return with_unit (job, san_answer_to_plain (value));
}

const SanAnswerType san_answer_whole = { parse_whole, check_whole, display_number };

/* ---- decimal ---- */

static SanValue *
parse_decimal (const SanAnswerJob *job, const char *text, GError **error)
{
  SanDecimal decimal;

  if (read_decimal (job, text, &decimal))
    return san_value_new_decimal (&decimal);
  if (job->field->unit != NULL)
    san_answer_refuse (job, error, "expected a number in %s, found “%s”", job->field->unit, text);
  else
    san_answer_refuse (job, error, "expected a number, found “%s”", text);
  return NULL;
}

static gboolean
check_decimal (const SanAnswerJob *job, const SanValue *value, GError **error)
{
  SanDecimal decimal = { 0, 0 };

  san_value_get_decimal (value, &decimal);
  if (decimal.scale > job->field->scale)
    return san_answer_refuse (job, error, "has %u figures behind the point, limit is %u",
                              decimal.scale, job->field->scale);
  return check_range (job, &decimal, error);
}

const SanAnswerType san_answer_decimal = { parse_decimal, check_decimal, display_number };
