/* san-answers.h - the answers of one form as they stand on screen: saved, offered, typed
 *
 * No widget: rows show what is here and hand over what is typed. Nothing is ever dropped because
 * it was not understood: it stays as text, marked. */
#pragma once
#include "san-sheet.h"
G_BEGIN_DECLS

typedef enum
{
  SAN_ANSWER_BLANK,
  SAN_ANSWER_SAVED,
  SAN_ANSWER_OFFERED,           /* from an earlier answer; saved with a new record unless changed */
  SAN_ANSWER_TYPED,                 /* not saved yet */
} SanAnswerFrom;

/* open: needed for print, and blank */
typedef struct { guint answered, asked, open; } SanAnswerCount;

typedef struct _SanAnswers SanAnswers;

SanAnswers     *san_answers_new            (SanCatalogue *catalogue, const char *language,
                                            SanSheet *sheet /* (transfer full) */);
void            san_answers_free           (SanAnswers *self);
const SanSheet *san_answers_get_sheet      (SanAnswers *self);
const char     *san_answers_get_language   (SanAnswers *self);
gboolean        san_answers_is_new         (SanAnswers *self);
/* finished, withdrawn or not hers to write */
gboolean        san_answers_is_closed      (SanAnswers *self);
gboolean        san_answers_may_read       (SanAnswers *self, const SanField *field);
gboolean        san_answers_may_write      (SanAnswers *self, const SanField *field);

/* @name: concrete, `alias` or `people.k3f9q2aa.name` */
/* (transfer none) (nullable): cleared counts as NULL */
SanValue       *san_answers_get_value      (SanAnswers *self, const char *name);
/* (nullable): typed and not understood */
const char     *san_answers_get_text       (SanAnswers *self, const char *name);
/* (nullable): chosen, not saved yet */
const char     *san_answers_get_file       (SanAnswers *self, const char *name);
SanAnswerFrom   san_answers_get_from       (SanAnswers *self, const char *name);
const SanOffer *san_answers_get_offer      (SanAnswers *self, const char *name);    /* (nullable) */
/* (nullable) (transfer none): SanFieldVersion, if it was written unseen twice */
GPtrArray      *san_answers_get_versions   (SanAnswers *self, const char *name);
char           *san_answers_dup_display    (SanAnswers *self, const SanField *field,
                                            const SanValue *value);

/* FALSE: not understood, kept as text */
gboolean        san_answers_take_text      (SanAnswers *self, const SanField *field,
                                            const char *name, const char *text);
void            san_answers_take_value     (SanAnswers *self, const char *name,
                                            SanValue *value /* (nullable): blank */);
/* As if it were typed, but nothing to keep a draft for: saved with the rest. */
void            san_answers_propose        (SanAnswers *self, const char *name, SanValue *value);
void            san_answers_take_file      (SanAnswers *self, const char *name, const char *path);

/* Rows of a table, (transfer full) strings in their order. */
GPtrArray      *san_answers_list_rows      (SanAnswers *self, const SanTable *table);
char           *san_answers_add_row        (SanAnswers *self, const SanTable *table);
void            san_answers_remove_row     (SanAnswers *self, const SanTable *table,
                                            const char *row);
/* (transfer full) (nullable): what the row is about, where it comes from another form's table. */
char           *san_answers_dup_row_words  (SanAnswers *self, const SanTable *table,
                                            const char *row);

gboolean        san_answers_is_shown       (SanAnswers *self, const SanField *field);
gboolean        san_answers_section_is_shown (SanAnswers *self, const SanSection *section);
SanAnswerCount  san_answers_count          (SanAnswers *self, const SanSection *section);
/* (transfer container) const SanField* */
GPtrArray      *san_answers_list_open      (SanAnswers *self, SanRequired required);

guint           san_answers_get_changes    (SanAnswers *self);         /* grows with every change */
gboolean        san_answers_is_dirty       (SanAnswers *self);          /* something is not saved */
/* (nullable): name of one not understood */
const char     *san_answers_find_bad       (SanAnswers *self);
GPtrArray      *san_answers_dup_typed      (SanAnswers *self);     /* SanTyped: what is not saved */
void            san_answers_load           (SanAnswers *self, GPtrArray *typed);    /* of a draft */
/* @saved: what san_answers_dup_typed() gave and is saved now: a file is attached once. */
void            san_answers_forget_files   (SanAnswers *self, GPtrArray *saved);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanAnswers, san_answers_free)

G_END_DECLS
