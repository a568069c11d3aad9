/* san-view-private.h - one compartment's view: tables that say what its entries come to
 *
 * A view belongs to one connection: house to the store's own, the others to files of their own.
 * It is a cache: mark says up to which rev entries are in it. Transactions of the other files
 * are left open between saves and committed now and then; what a power cut takes is caught up. */
#pragma once
#include "san-store-private.h"
#include "san-store-check.h"
#include "san-change.h"
#include "san-store-apply.h"
G_BEGIN_DECLS

typedef enum
{
  SAN_CLOSED_NO_KEY = 0,                       /* no key that this login has opens it */
  SAN_CLOSED_NOT_AUTHENTIC = 1,              /* the key is right, the part is not from this place */
  SAN_CLOSED_MALFORMED = 2,                    /* its text is not what we would have written */
} SanClosedWhy;

typedef enum
{
  SAN_REVIEW_CONFLICT = 1,
  SAN_REVIEW_PROPOSED = 2,
  SAN_REVIEW_UNSEEN = 4,
} SanReviewWhy;

/* Of one dossier in one view. */
typedef struct
{
  GStringChunk *strings;
  GArray       *records;                       /* SanStoredRecord */
  GArray       *writes;                 /* SanStoredWrite: current ones, as they lie in the table */
  gboolean      is_large;                      /* not kept: read the tables */
  guint         n_holders;
} SanViewMemo;

struct _SanView
{
  SanStore   *store;
  SanDb      *db;
  guint8      compartment;
  guint       reads;                           /* compartments whose entries touch it */
  gint64      mark;
  gint64      kept_mark;                       /* as it stands in its table; 0: not known */
  gint64      n_missing;                       /* rows in missing */
  gboolean    beside;                /* scratch, made to compare: no derived rows asked of others */
  guint       n_uncommitted;
  SanId32     ring;                            /* that it is wrapped under; zero for house */
  GHashTable *keys;                         /* SanId32* -> SanSecret*: dossier keys, some of them */
  GHashTable *records;                         /* touched in this batch: gint64* -> itself */
  GArray     *reopened;             /* gint64 seq: closed before, open now: other views must hear */
  gint64      shown_dossier;                   /* memo of san_view_shows() */
  gboolean    shown;
  gint64      forgotten;                       /* memo: dossier whose rows are gone */
  GArray     *touched;                  /* gint64 dossier: to be derived in this very transaction */
  gboolean    has_touched;                     /* there may be rows in the table of that name */
  gboolean    has_summaries, has_search;       /* there may be such rows, of any dossier */
  gboolean    fits_version;                    /* derived rows are of the definitions of now */
  guint64     stamp;                         /* another one whenever its records or writes change */
  GHashTable *memos;                           /* gint64* dossier -> SanViewMemo* */
  guint       n_memo_rows;
};

/* san-view.c */
SanView  *san_view_new           (SanStore *store, SanDb *db, guint8 compartment, GError **error);
gboolean  san_view_close         (SanView *self, GError **error);   /* commits; frees in any case */
void      san_view_leave         (SanView *self);                   /* frees it, not its database */
void      san_view_abandon       (SanView *self);       /* after a rollback: reads the mark again */
/* the same, without asking the disk */
void      san_view_reset         (SanView *self, gint64 mark, gint64 n_missing);
gboolean  san_view_catch_up      (SanView *self, SanProgressFunc progress, gpointer data,
                                  GCancellable *cancellable, GError **error);
gboolean  san_view_settle        (SanView *self, GError **error);          /* commit what is open */
gboolean  san_view_begin         (SanView *self, GError **error);              /* if none is open */
/* end of a change: commits when it should */
gboolean  san_view_done          (SanView *self, GError **error);
gboolean  san_view_is_house      (const SanView *self);
gboolean  san_view_empty         (SanView *self, GError **error);                /* wipes; mark 0 */

/* san-view-memo.c: dossiers read before */
gboolean  san_view_recall        (SanView *self, gint64 dossier, SanViewMemo **out, GError **error);
void      san_view_forget_memos  (SanView *self);          /* before its records or writes change */
gboolean  san_view_remember_new  (SanView *self, const SanEntryInfo *info, SanChangeList *list,
                                  guint from, guint end, GError **error);
gboolean  san_view_memo_add_record (const SanStoredRecord *record, gpointer memo);
gboolean  san_view_memo_add_write  (const SanStoredWrite *write, gpointer memo);
void      san_view_memo_unref    (SanViewMemo *self);
void      san_view_changes       (SanView *self);                        /* its records or writes */
void      san_store_forget_derived (SanStore *self);          /* what the deriving function keeps */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanViewMemo, san_view_memo_unref)

/* san-read-records.c, san-read-values.c: out of the tables into @memo; not @whole: too many for one
 */
gboolean  san_view_read_records  (SanView *self, gint64 dossier, SanViewMemo *memo, gboolean *whole,
                                  GError **error);
gboolean  san_view_read_writes   (SanView *self, gint64 dossier, SanViewMemo *memo, gboolean *whole,
                                  GError **error);

/* san-view-part.c: the changes of one entry */
gboolean  san_view_put_entry     (SanView *self, gint64 seq, guint8 kind, guint parts,
                                  const guint8 *header, gsize n_header, GBytes *body,
                                  GError **error);
/* others named it before it came */
gboolean  san_view_resolve       (SanView *self, gint64 seq, GError **error);
gboolean  san_view_put_again     (SanView *self, gint64 seq, GError **error);     /* its key came */
gboolean  san_view_forget        (SanView *self, gint64 dossier, GError **error);

/* san-view-record.c: the rules of one record */
gboolean  san_view_settle_record (SanView *self, gint64 record, GError **error);

/* san-view-keys.c: dossier keys */
gboolean  san_view_learn_grant   (SanView *self, gint64 dossier, GBytes *body, GError **error);
/* NULL: not here */
gboolean  san_view_find_key      (SanView *self, const SanId32 *id, SanSecret **key,
                                  GError **error);
/* a ring came: try all grants again */
gboolean  san_view_retry_grants  (SanView *self, GError **error);

/* san-view-touched.c */
void      san_view_tell_concern  (SanView *self, gint64 seq, SanChangeList *list);
gboolean  san_view_is_concerned  (SanView *self, gint64 seq, guint parts);
gboolean  san_view_touch         (SanView *self, gint64 dossier, GError **error);
void      san_view_untouch       (SanView *self, gint64 dossier);
gboolean  san_view_touch_all     (SanView *self, GError **error);
/* into the table: before it commits */
gboolean  san_view_put_touched   (SanView *self, GError **error);
gboolean  san_view_is_touched    (SanView *self, gboolean *any, GError **error);
gboolean  san_view_list_touched  (SanView *self, GArray *dossiers, GError **error);     /* gint64 */
gboolean  san_view_drop_touched  (SanView *self, GError **error);

/* san-view-derive.c */
/* what is touched */
gboolean  san_view_derive        (SanView *self, GCancellable *cancellable, GError **error);
gboolean  san_view_check_version (SanView *self, GError **error);
gboolean  san_view_derive_drop   (SanView *self, gint64 dossier, GError **error);

/* san-view-digest.c */
gboolean  san_view_digest        (SanView *self, gboolean derived, SanId32 *out, GError **error);

G_END_DECLS
