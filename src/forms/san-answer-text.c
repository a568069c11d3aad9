/* san-answer-text.c - one line of text, or a long one */
#include "san-answer-private.h"

#include <string.h>

#define MAX_LINE 1000u     /* letters of a text of one line */

/* Line ends of a text of one line become blanks (pasted addresses); of a long one they stay. */
static SanValue *
parse_text (const SanAnswerJob *job, const char *text, GError **error)
{
  gboolean is_long = job->field->type == SAN_FIELD_LONG;
  GString *clean = g_string_new (NULL);
  SanValue *value;

  for (const char *p = text; *p != '\0'; p++)
    {
      guchar c = (guchar) *p;

      if (c == '\r')
        continue;
      if (c == '\n' || c == '\t')
        g_string_append_c (clean, is_long ? (char) c : ' ');
      else if (c >= 0x20 && c != 0x7f)
        g_string_append_c (clean, (char) c);
    }
  value = san_value_new_text (clean->str, error);
  g_string_free (clean, TRUE);
  return value;
}

static gboolean
check_text (const SanAnswerJob *job, const SanValue *value, GError **error)
{
  g_autofree char *text = san_value_dup_text (value);
  glong letters = g_utf8_strlen (text, -1);

  if (job->field->type != SAN_FIELD_LONG && letters > (glong) MAX_LINE)
    return san_answer_refuse (job, error, "has %ld letters, limit is %u", letters, MAX_LINE);
  return TRUE;
}

static char *
display_text (const SanAnswerJob *job, const SanValue *value)
{
  return san_value_dup_text (value);
}

const SanAnswerType san_answer_text = { parse_text, check_text, display_text };
