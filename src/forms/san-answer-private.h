/* san-answer-private.h - the one table of field types: each type is three functions */
#pragma once
#include "san-answer.h"
G_BEGIN_DECLS

/* One question with everything that answering it may need. */
typedef struct
{
  const SanCatalogue     *catalogue;
  const SanField         *field;
  const SanAnswerContext *context;          /* (nullable) */
  const char             *language;         /* (nullable) display only */
} SanAnswerJob;

typedef struct
{
  /* stripped, not empty, none of the three other answers; (transfer full) */
  SanValue *(*parse)   (const SanAnswerJob *job, const char *text, GError **error);
  /* the value is of the type that the field keeps; NULL: nothing more to ask */
  gboolean  (*check)   (const SanAnswerJob *job, const SanValue *value, GError **error);
  /* (transfer full); NULL: does not fit */
  char     *(*display) (const SanAnswerJob *job, const SanValue *value);
} SanAnswerType;

extern const SanAnswerType san_answer_text;          /* text, long */
extern const SanAnswerType san_answer_whole;         /* whole, row */
extern const SanAnswerType san_answer_decimal;
extern const SanAnswerType san_answer_yes_no;
extern const SanAnswerType san_answer_choice;        /* choice, choices */
extern const SanAnswerType san_answer_date;
extern const SanAnswerType san_answer_instant;
extern const SanAnswerType san_answer_person;
extern const SanAnswerType san_answer_child;
extern const SanAnswerType san_answer_record;
extern const SanAnswerType san_answer_attachment;

/* INVALID, the field's name in front; returns FALSE */
gboolean    san_answer_refuse  (const SanAnswerJob *job, GError **error, const char *format,
                                ...) G_GNUC_PRINTF (3, 4);
/* its label in the language; the code without one */
const char *san_answer_word    (const SanAnswerJob *job, const char *list, const char *code);
SanInstant  san_answer_now     (const SanAnswerJob *job);
gint16      san_answer_zone_at (const SanAnswerJob *job, gint64 ms);
/* digits of every script as 0-9, letters of ASCII small */
char       *san_answer_digits  (const char *text);

G_END_DECLS
