/* san-answer.c - one door to all field types
 *
 * What every type shares is here: blanks, the three other answers, the type of the value. What
 * one type alone knows is in san-answer-TYPE.c, reached through the table below. */
#include "san-answer-private.h"

#include <string.h>

static const SanAnswerType *const answer_types[SAN_N_FIELD_TYPES] = {
  [SAN_FIELD_TEXT]       = &san_answer_text,
  [SAN_FIELD_LONG]       = &san_answer_text,
  [SAN_FIELD_WHOLE]      = &san_answer_whole,
  [SAN_FIELD_DECIMAL]    = &san_answer_decimal,
  [SAN_FIELD_YES_NO]     = &san_answer_yes_no,
  [SAN_FIELD_CHOICE]     = &san_answer_choice,
  [SAN_FIELD_CHOICES]    = &san_answer_choice,
  [SAN_FIELD_DATE]       = &san_answer_date,
  [SAN_FIELD_INSTANT]    = &san_answer_instant,
  [SAN_FIELD_PERSON]     = &san_answer_person,
  [SAN_FIELD_CHILD]      = &san_answer_child,
  [SAN_FIELD_RECORD]     = &san_answer_record,
  [SAN_FIELD_ATTACHMENT] = &san_answer_attachment,
  [SAN_FIELD_SIGNATURE]  = NULL,                       /* a printed line */
  [SAN_FIELD_ROW]        = &san_answer_whole,
};

static const struct
{
  const char *typed;
  const char *word;        /* in the list “words” */
} no_answers[] = {
  [SAN_NO_ANSWER_NOT_KNOWN] = { "?unknown",   "not-known" },
  [SAN_NO_ANSWER_REFUSED]   = { "?refused",   "refused" },
  [SAN_NO_ANSWER_NOT_ASKED] = { "?not-asked", "not-asked" },
};

/* ---- shared by the types ---- */

gboolean
san_answer_refuse (const SanAnswerJob *job, GError **error, const char *format, ...)
{
  va_list args;
  g_autofree char *reason = NULL;

  va_start (args, format);
  reason = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID, "%s: %s", job->field->id, reason);
  return FALSE;
}

const char *
san_answer_word (const SanAnswerJob *job, const char *list, const char *code)
{
  const SanList *options = san_catalogue_find_list (job->catalogue, list);
  const SanOption *option = options != NULL ? san_list_find_option (options, code) : NULL;

  return option != NULL ? san_label_get (option->label, job->language) : code;
}

SanInstant
san_answer_now (const SanAnswerJob *job)
{
  SanInstant now;

  if (job->context != NULL && job->context->now != 0)
    {
      now.ms = job->context->now;
      now.zone = job->context->zone;
      return now;
    }
  now.ms = san_clock_now ();
  now.zone = san_clock_zone (now.ms);
  return now;
}

/* Whoever gives the present moment gives its zone too; else the laptop's zone at that time. */
gint16
san_answer_zone_at (const SanAnswerJob *job, gint64 ms)
{
  return job->context != NULL && job->context->now != 0 ? job->context->zone : san_clock_zone (ms);
}

char *
san_answer_digits (const char *text)
{
  GString *plain = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isdigit (c))
        g_string_append_c (plain, (char) ('0' + g_unichar_digit_value (c)));
      else if (c == 0x2212)                            /* the minus sign of typography */
        g_string_append_c (plain, '-');
      else
        g_string_append_unichar (plain, c < 128 ? (gunichar) g_ascii_tolower ((char) c) : c);
    }
  return g_string_free (plain, FALSE);
}

/* ---- text to value ---- */

static gboolean
looks_like_no_answer (const char *text)
{
  gsize n = 1;

  if (text[0] != '?' || !g_ascii_islower (text[1]))
    return FALSE;
  while (g_ascii_islower (text[n]) || text[n] == '-')
    n++;
  return text[n] == '\0';
}

static SanValue *
parse_no_answer (const SanAnswerJob *job, const char *text, GError **error)
{
  if (job->field->type == SAN_FIELD_ROW)
    {
      san_answer_refuse (job, error, "a row is there or taken away");
      return NULL;
    }
  for (guint i = SAN_NO_ANSWER_NOT_KNOWN; i < G_N_ELEMENTS (no_answers); i++)
    if (strcmp (text, no_answers[i].typed) == 0)
      return san_value_new_no_answer ((SanNoAnswer) i);
  san_answer_refuse (job, error, "“%s” is none of ?unknown, ?refused, ?not-asked", text);
  return NULL;
}

/**
 * san_answer_parse:
 * @text: as typed; blanks around it do not count; empty clears the answer
 *
 * Half-typed dates become as precise as they are: a year, a month, a day.
 *
 * Returns: (transfer full): %NULL with INVALID, which names the field and says what is expected
 */
SanValue *
san_answer_parse (const SanCatalogue *catalogue, const SanField *field, const char *text,
                  const SanAnswerContext *context, GError **error)
{
  SanAnswerJob job = { catalogue, field, context, NULL };
  g_autofree char *stripped = NULL;
  g_autoptr(SanValue) value = NULL;

  if (answer_types[field->type] == NULL)
    {
      san_answer_refuse (&job, error, "is signed on paper and has no answer");
      return NULL;
    }
  if (!g_utf8_validate (text, -1, NULL))
    {
      san_answer_refuse (&job, error, "is not valid UTF-8");
      return NULL;
    }
  stripped = g_strstrip (g_strdup (text));
  if (stripped[0] == '\0')
    return san_value_new_cleared ();
  if (looks_like_no_answer (stripped))
    return parse_no_answer (&job, stripped, error);
  value = answer_types[field->type]->parse (&job, stripped, error);
  if (value == NULL || !san_answer_check (catalogue, field, value, error))
    return NULL;
  return g_steal_pointer (&value);
}

/* ---- is it one of ours? ---- */

static gboolean
is_kept (const SanField *field, guint8 type)
{
  return type == san_field_type_get_value_type (field->type)
         || (field->type == SAN_FIELD_PERSON && type == SAN_VALUE_TEXT);
}

/**
 * san_answer_check:
 *
 * Asked when writing. Values that came from elsewhere are shown as they are, never refused.
 */
gboolean
san_answer_check (const SanCatalogue *catalogue, const SanField *field, const SanValue *value,
                  GError **error)
{
  SanAnswerJob job = { catalogue, field, NULL, NULL };
  guint8 type = san_value_get_type (value);

  if (answer_types[field->type] == NULL)
    return san_answer_refuse (&job, error, "is signed on paper and has no answer");
  if (type == SAN_VALUE_CLEARED || (type == SAN_VALUE_NO_ANSWER && field->type != SAN_FIELD_ROW))
    return TRUE;
  if (!is_kept (field, type))
    return san_answer_refuse (&job, error, "is a %s, not a %s",
                              san_field_type_get_name (field->type), san_value_type_name (type));
  return answer_types[field->type]->check == NULL ||
         answer_types[field->type]->check (&job, value, error);
}

/* ---- value to text ---- */

static char *
display_no_answer (const SanAnswerJob *job, const SanValue *value)
{
  SanNoAnswer answer;

  if (!san_value_get_no_answer (value, &answer))
    return NULL;
  return g_strdup (san_answer_word (job, "words", no_answers[answer].word));
}

/**
 * san_answer_to_display:
 * @field: (nullable): %NULL for a field that this version does not know
 * @language: (nullable): English if %NULL
 *
 * Returns: (transfer full): never %NULL
 */
char *
san_answer_to_display (const SanCatalogue *catalogue, const SanField *field, const SanValue *value,
                       const char *language, const SanAnswerContext *context)
{
  SanAnswerJob job = { catalogue, field, context, language };
  guint8 type = san_value_get_type (value);
  char *text = NULL;

  if (type == SAN_VALUE_CLEARED)
    return g_strdup ("");
  if (type == SAN_VALUE_NO_ANSWER)
    text = display_no_answer (&job, value);
  else if (field != NULL && answer_types[field->type] != NULL && is_kept (field, type))
    text = answer_types[field->type]->display (&job, value);
  if (text != NULL)
    return text;
  if (type == SAN_VALUE_ATTACHMENT || g_strcmp0 (san_value_type_name (type), "newer") == 0)
    return g_strdup (san_answer_word (&job, "words", "newer"));
  return san_answer_to_plain (value);
}

static char *
plain_codes (const SanValue *value)
{
  g_auto(GStrv) codes = san_value_dup_codes (value);

  return g_strjoinv (",", codes);
}

static char *
plain_id (const SanValue *value)
{
  SanId16 record;
  SanId32 id;

  if (san_value_get_record (value, &record))
    return san_id16_to_text (&record);
  return san_value_get_id (value, &id) ? san_id32_to_text (&id) : g_strdup ("");
}

static char *
plain_decimal (const SanDecimal *decimal)
{
  guint64 digits =
      decimal->digits < 0 ? (guint64) 0 - (guint64) decimal->digits : (guint64) decimal->digits;
  GString *text = g_string_new (NULL);

  g_string_printf (text, "%0*" G_GUINT64_FORMAT, decimal->scale + 1, digits);
  if (decimal->scale > 0)
    g_string_insert_c (text, (gssize) (text->len - decimal->scale), '.');
  if (decimal->digits < 0)
    g_string_prepend_c (text, '-');
  return g_string_free (text, FALSE);
}

/**
 * san_answer_to_plain:
 *
 * The same in every language. Attachments and values of newer versions have no plain text: "".
 *
 * Returns: (transfer full): never %NULL
 */
char *
san_answer_to_plain (const SanValue *value)
{
  gboolean yes;
  gint64 whole;
  SanDate date;
  SanDecimal decimal;
  SanNoAnswer no_answer;
  SanInstant instant;

  if (san_value_get_bool (value, &yes))
    return g_strdup (yes ? "yes" : "no");
  if (san_value_get_int (value, &whole))
    return g_strdup_printf ("%" G_GINT64_FORMAT, whole);
  if (san_value_get_date (value, &date))
    return san_date_to_text (&date);
  if (san_value_get_instant (value, &instant))
    return san_instant_to_text (&instant);
  if (san_value_get_decimal (value, &decimal))
    return plain_decimal (&decimal);
  if (san_value_get_no_answer (value, &no_answer))
    return g_strdup (no_answers[no_answer].typed);
  switch (san_value_get_type (value))
    {
    case SAN_VALUE_TEXT:
      return san_value_dup_text (value);
    case SAN_VALUE_CODES:
      return plain_codes (value);
    case SAN_VALUE_ID:
      return plain_id (value);
    default:
      return g_strdup ("");
    }
}
