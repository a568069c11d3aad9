/* san-draft-keeper.h - unfinished answers of whoever is at the keyboard, kept at once
 *
 * Not work for the worker: a draft is kept, and a lock happens, while a long exchange runs. */
#pragma once
#include "san-records.h"
G_BEGIN_DECLS

typedef struct _SanDraftKeeper SanDraftKeeper;      /* reference counted, any thread */

#define SAN_DRAFT_ANSWERS_LIMIT 4096u

/**
 * SanUnfinished:
 * @id: made once for each draft
 * @child: zero: about the house
 * @record: zero: of a record that is not written yet
 * @at: ms, when it was kept; filled in by keeping
 * @typed: (element-type SanTyped): answers as they stand on screen, understood or not
 * @focus: (nullable): field in which she was writing
 * @cursor: letters before the cursor there
 */
typedef struct
{
  SanId16    id;
  SanId32    child;
  SanId16    record;
  char      *form;
  gint64     at;
  GPtrArray *typed;
  char      *focus;
  guint      cursor;
} SanUnfinished;

/* A draft as Today shows it. */
typedef struct
{
  SanId16  id;
  SanId32  child;                   /* zero: about the house */
  SanId16  record;                  /* zero: a new one */
  char    *form;
  char    *alias, *sign, *bed;      /* NULL: about the house */
  gint64   at_ms;
  gboolean old;                     /* a week or more: finish, or let go? */
} SanUnfinishedRow;

SanUnfinished  *san_unfinished_new        (const char *form, const SanId32 *child /* nullable */,
                                           const SanId16 *record /* nullable */);
void            san_unfinished_free       (SanUnfinished *self);
void            san_unfinished_row_free   (SanUnfinishedRow *self);
/* SanUnfinishedRow, newest first; on the worker */
GPtrArray      *san_unfinished_list       (SanCentre *self, GError **error);

/* (transfer full) (nullable): NULL once locked */
SanDraftKeeper *san_centre_dup_drafts     (SanCentre *self);
SanDraftKeeper *san_draft_keeper_ref      (SanDraftKeeper *self);
void            san_draft_keeper_unref    (SanDraftKeeper *self);

/* Sealed and written before it returns. If writing fails the sealed bytes wait in memory, also
 * after a lock, and are written with the next draft or at the next unlock. */
gboolean        san_draft_keeper_keep     (SanDraftKeeper *self, SanUnfinished *draft,
                                           GError **error);
/* Sealed before it returns, written on a thread of its own. */
void            san_draft_keeper_keep_async  (SanDraftKeeper *self, SanUnfinished *draft,
                                              GAsyncReadyCallback done, gpointer user_data);
gboolean        san_draft_keeper_keep_finish (GAsyncResult *result, GError **error);
gboolean        san_draft_keeper_let_go   (SanDraftKeeper *self, const SanId16 *id,
                                           const SanId32 *child, GError **error);
/* SanUnfinished, newest first */
GPtrArray      *san_draft_keeper_list     (SanDraftKeeper *self, GError **error);
/* (transfer full) (nullable): the newest draft of that; NULL without an error: there is none. */
SanUnfinished  *san_draft_keeper_find     (SanDraftKeeper *self, const char *form,
                                           const SanId32 *child, const SanId16 *record,
                                           GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanUnfinished, san_unfinished_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanDraftKeeper, san_draft_keeper_unref)

G_END_DECLS
