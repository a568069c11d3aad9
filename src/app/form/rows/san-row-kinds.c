/* san-row-kinds.c - how each type of field is answered: the table, and why an answer is not one */
#include "san-row-kinds.h"
#include "san-i18n.h"

static const SanRowKind *const kinds[SAN_N_FIELD_TYPES] = {
  [SAN_FIELD_TEXT]       = &san_row_text,
  [SAN_FIELD_LONG]       = &san_row_long,
  [SAN_FIELD_WHOLE]      = &san_row_number,
  [SAN_FIELD_DECIMAL]    = &san_row_number,
  [SAN_FIELD_YES_NO]     = &san_row_yes_no,
  [SAN_FIELD_CHOICE]     = &san_row_choice,
  [SAN_FIELD_CHOICES]    = &san_row_choices,
  [SAN_FIELD_DATE]       = &san_row_date,
  [SAN_FIELD_INSTANT]    = &san_row_instant,
  [SAN_FIELD_PERSON]     = &san_row_person,
  [SAN_FIELD_CHILD]      = &san_row_child,
  [SAN_FIELD_RECORD]     = &san_row_record,
  [SAN_FIELD_ATTACHMENT] = &san_row_attachment,
  [SAN_FIELD_SIGNATURE]  = &san_row_signature,
  [SAN_FIELD_ROW]        = NULL,
};

const SanRowKind *
san_row_kind_get (SanFieldType type)
{
  return kinds[type];
}

static char *
dup_range (const SanField *field)
{
  gint64 low = field->min.digits, high = field->max.digits;

  for (guint i = 0; i < field->min.scale; i++)
    low /= 10;
  for (guint i = 0; i < field->max.scale; i++)
    high /= 10;
  /* Translators: the smallest and the largest number that a field takes */
  return san_words_print (_("This is not a number from %1$d to %2$d. What you typed is kept; "
                            "please look again."),
                          (int) low, (int) high);
}

char *
san_row_problem_words (const SanField *field)
{
  switch (field->type)
    {
    case SAN_FIELD_WHOLE:
    case SAN_FIELD_DECIMAL:
      if (field->values != NULL)
        /* Translators: the only numbers that a field takes, with blanks between */
        return san_words_print (_("Only these fit: %s. What you typed is kept; please look "
                                  "again."),
                                field->values);
      if (field->has_min && field->has_max)
        return dup_range (field);
      return g_strdup (_("This is not a number. What you typed is kept; please look again."));
    case SAN_FIELD_DATE:
      return g_strdup (field->allows_age ? _("This is not a day. Write it as 25/11/2026, 11/2026, "
                                             "2026, or an age: 15 y. What you typed is kept.")
                                         : _("This is not a day. Write it as 25/11/2026, 25/11, "
                                             "3d, or T for today. What you typed is kept."));
    case SAN_FIELD_INSTANT:
      return g_strdup (_("This is not a day and time. Write it as 25/11 20:40, 20:40, or T for "
                         "now. What you typed is kept."));
    case SAN_FIELD_TEXT:
    case SAN_FIELD_LONG:
      return g_strdup (_("This is too long, or cannot be kept as it is. What you typed is still "
                         "here."));
    default:
      return g_strdup (_("This was not understood. What you typed is kept; please look again."));
    }
}
