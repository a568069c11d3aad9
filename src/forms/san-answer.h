/* san-answer.h - what is typed, kept and shown for one field: text <-> value, one file a type */
#pragma once
#include "san-catalogue.h"
#include "san-value.h"
G_BEGIN_DECLS

/* What only the caller can look up. Every function may be NULL; a find returns FALSE without an
 * error for "no such one" and sets INVALID for "several fit". */
typedef struct
{
  gint64     now;                           /* ms; 0: the clock of base */
  gint16     zone;                          /* minutes east; only looked at if now is given */
  gboolean (*find_person) (const char *text, SanId16 *out, gpointer data, GError **error);
  gboolean (*find_child)  (const char *text, SanId32 *out, gpointer data, GError **error);
  gboolean (*find_record) (const char *text, const SanField *field, SanId16 *out, gpointer data,
                           GError **error);
  /* (transfer full) (nullable), for display */
  char    *(*name_person) (const SanId16 *id, gpointer data);
  char    *(*name_child)  (const SanId32 *id, gpointer data);
  char    *(*name_record) (const SanId16 *id, gpointer data);
  gpointer   data;
} SanAnswerContext;

/* @text as typed on a command line or in a form; "" clears; ?unknown ?refused ?not-asked are the
 * three other answers. (transfer full); INVALID says what was expected. */
SanValue *san_answer_parse      (const SanCatalogue      *catalogue,
                                 const SanField          *field,
                                 const char              *text,
                                 const SanAnswerContext  *context,      /* (nullable) */
                                 GError                 **error);
/* Is the value one that this field keeps: type, list code, range? */
gboolean  san_answer_check      (const SanCatalogue      *catalogue,
                                 const SanField          *field,
                                 const SanValue          *value,
                                 GError                 **error);
/* For people: "25 November 2026", "15 years", labels of options. Never NULL, never fails; a value
 * that does not fit the field (or field NULL) is shown as plain text. (transfer full) */
char     *san_answer_to_display (const SanCatalogue      *catalogue,
                                 const SanField          *field,
                                 const SanValue          *value,
                                 const char              *language,
                                 const SanAnswerContext  *context);
/* For scripts and JSON: ISO, codes with commas, ids in hex, yes/no; san_answer_parse() reads it
 * back. (transfer full) */
char     *san_answer_to_plain   (const SanValue          *value);

G_END_DECLS
