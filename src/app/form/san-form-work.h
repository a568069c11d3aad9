/* san-form-work.h - what every page that writes a record does: open, keep drafts, save, finish
 *
 * No widget. The page shows the answers and tells when something was typed. */
#pragma once
#include "san-answers.h"
#include "san-page.h"
G_BEGIN_DECLS

/* no form has such fields */
#define SAN_FORM_WORK_CORRECTION "+correction"
#define SAN_FORM_WORK_REASON     "+reason"

typedef struct _SanFormWork SanFormWork;

/**
 * SanFormWorkPage:
 * @loaded: there are (new) answers: show them; the old ones are gone when it returns.
 *   @focus (nullable) and @cursor: where she was
 * @where: (transfer none) (nullable): the field in which she is, and the letters before her cursor
 * @kept: "Draft kept …", "Saved …"
 * @saved: a save came through; @made: it was a new record. Answers are loaded again after it.
 * @refused: (nullable): the answer of that field was not taken; %NULL: see the strip
 */
typedef struct
{
  void        (*loaded)  (SanPage *page, const char *focus, guint cursor);
  const char *(*where)   (SanPage *page, guint *cursor);
  void        (*kept)    (SanPage *page, const char *sentence);
  void        (*saved)   (SanPage *page, gboolean made, gboolean finished);
  void        (*refused) (SanPage *page, const char *field);
} SanFormWorkPage;

SanFormWork *san_form_work_new         (SanPage *page /* borrowed, outlives it */,
                                        const SanFormWorkPage *calls);
void         san_form_work_free        (SanFormWork *self);
/* Reads the stop of the page (form, child, record, and the view of a stop that was left). */
void         san_form_work_start       (SanFormWork *self);
/* The same of a new record of @form about @child, where the page itself chooses both. */
void         san_form_work_start_new   (SanFormWork *self, const char *form, const SanId32 *child);
/* What is typed was written by another act: no draft of it is kept any more. */
void         san_form_work_let_go      (SanFormWork *self);
/* asks again unless something is not saved */
void         san_form_work_refresh     (SanFormWork *self);
SanAnswers  *san_form_work_get_answers (SanFormWork *self);        /* (nullable) (transfer none) */
const SanId16 *san_form_work_get_record (SanFormWork *self);       /* zero: not written yet */
const SanId32 *san_form_work_get_child (SanFormWork *self);
/* something was typed: a draft within 2 s */
void         san_form_work_touched     (SanFormWork *self);
void         san_form_work_save        (SanFormWork *self, gboolean finish);
/* else a toast says that everything is saved */
void         san_form_work_save_if_needed (SanFormWork *self);
gboolean     san_form_work_is_saving   (SanFormWork *self);
/* What is typed of a correction; "" gives it up. Kept as a draft; where she is in it, she is in the
 * field SAN_FORM_WORK_CORRECTION. */
void         san_form_work_set_correction (SanFormWork *self, const char *text);
const char  *san_form_work_get_correction (SanFormWork *self);     /* (nullable) */
void         san_form_work_amend       (SanFormWork *self);        /* signs it */
/* The same for why it is taken back. */
void         san_form_work_set_reason  (SanFormWork *self, const char *text);
const char  *san_form_work_get_reason  (SanFormWork *self);        /* (nullable) */
void         san_form_work_withdraw    (SanFormWork *self);        /* for that reason */
void         san_form_work_pick        (SanFormWork *self, const char *field, guint which);
void         san_form_work_leave       (SanFormWork *self);        /* at once */
/* Keeps it at once, for an act that ends the draft by itself: (transfer full) (nullable): nothing
 * was typed. @draft: (out): of the child that the form is of */
SanDraftKeeper *san_form_work_keep     (SanFormWork *self, SanId16 *draft);
GVariant    *san_form_work_dup_view    (SanFormWork *self, double scroll);    /* floating */
double       san_form_work_get_scroll  (SanFormWork *self);        /* of the view that was found */
/* The toast's undo of a record that was just made. */
void         san_form_work_offer_undo  (SanFormWork *self, const char *sentence);

G_END_DECLS
