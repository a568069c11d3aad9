/* san-store-derived.h - rows that are worked out from values: due, summaries, search
 *
 * What they mean is not known here: whoever knows forms and programme registers a function, which
 * is asked about each touched dossier inside the view's own transaction. */
#pragma once
#include "san-store-entries.h"
#include "san-store-values.h"
G_BEGIN_DECLS

typedef struct
{
  SanId32     dossier;
  SanId32     child;           /* case dossier that the row is about; may be another than dossier */
  const char *milestone;
  SanId16     record;              /* zero: none */
  gint64      at;                  /* ms; when it is due */
  gboolean    exact;               /* known to the minute */
  gint64      notice;              /* ms; from when on it is soon */
  gint64      turn;              /* ms; derive this dossier again from then on; G_MAXINT64: never */
  GBytes     *data;                /* (nullable): what the function wants to find again */
} SanDueRow;

typedef struct _SanDerived SanDerived;         /* what a function says of one dossier */
/* copied; dossier is filled in */
void san_derived_add_due     (SanDerived *self, const SanDueRow *row);
/* one a dossier and compartment */
void san_derived_set_summary (SanDerived *self, const char *sort, guint status, GBytes *data);
/* @keys: folded, blanks between; @latin: the same text by san_search_latin(), for ranking. */
void san_derived_add_search  (SanDerived *self, const char *keys, const char *kind,
                              const char *latin);
void san_derived_set_turn    (SanDerived *self, gint64 turn);       /* when no due row carries it */

/**
 * SanDeriveFunc:
 * @compartment: the view that is being written: whatever is said goes into it
 * @mask: what may be read: the compartments that every reader of @compartment reads too
 *
 * Called while the view is being written: read values, write nothing.
 */
typedef gboolean (*SanDeriveFunc) (SanStore *store, guint8 compartment, guint mask,
                  const SanDossier *dossier,
                                   SanDerived *out, gpointer data, GError **error);
/**
 * san_store_set_derive:
 * @version: changes when the same values would give other rows (new forms, new programme): then
 *   every dossier is derived again
 *
 * Before unlock, and as early as possible after opening.
 */
gboolean   san_store_set_derive  (SanStore *self, const char *version, SanDeriveFunc func,
                                  gpointer data, GDestroyNotify destroy, GError **error);
/**
 * SanConcernFunc:
 * @form: of the records that changed
 *
 * Returns: bit c: what is said of their dossier for compartment c may be other than before
 *
 * Called while a view is being written, with the @data of the deriving function.
 */
typedef guint (*SanConcernFunc) (const char *form, gpointer data);
/* After san_store_set_derive(), which forgets it. Without one every change concerns all. */
void       san_store_set_concern (SanStore *self, SanConcernFunc func);
/* What a function wants to find again while it goes through the views of one dossier. The store
 * lets go of it when all views are done. @memo: (transfer full) */
gpointer   san_store_get_derive_memo (SanStore *self);                    /* borrowed; NULL: none */
void       san_store_set_derive_memo (SanStore *self, gpointer memo, GDestroyNotify destroy);
/* Derives again what has a turn at or before @now, in open views; and what was derived by a clock
 * that ran ahead of @now. */
gboolean   san_store_turn        (SanStore *self, gint64 now, GError **error);

/* Reading: open compartments in @mask. Rows are freed with the array. */
/* SanDueRow* whose notice is <= that, by at; G_MAXINT64: all */
GPtrArray *san_store_list_due    (SanStore *self, guint mask, const SanId32 *child /* NULL: all */,
                                  gint64 notice_until, GError **error);
/* The same in no order, without a copy of each; @data: what the function said, row->data is NULL.
 * All is borrowed until @func returns; FALSE ends it. */
typedef gboolean (*SanDueFunc)   (const SanDueRow *row, const guint8 *data, gsize n, gpointer user);
gboolean   san_store_each_due    (SanStore *self, guint mask, const SanId32 *child,
                                  gint64 notice_until, SanDueFunc func, gpointer user,
                                  GError **error);
guint      san_store_count_due   (SanStore *self, guint mask, gint64 at_until, GError **error);

typedef struct
{
  SanId32     dossier;
  guint8      compartment;
  const char *sort;
  guint       status;
  GBytes     *data;
} SanSummaryRow;
/* by sort */
GPtrArray *san_store_list_summaries (SanStore *self, guint8 compartment, int status /* -1: all */,
                                     guint offset, guint limit, GError **error);
/* In no order; borrowed until @func returns; FALSE ends it. */
typedef gboolean (*SanSummaryFunc) (const SanId32 *dossier, guint status, const guint8 *data,
                  gsize n, gpointer user);
gboolean   san_store_each_summary (SanStore *self, guint8 compartment, SanSummaryFunc func,
                                   gpointer user, GError **error);
/* The same of those @n dossiers, in their order; one without a summary is left out. */
gboolean   san_store_each_summary_of (SanStore *self, guint8 compartment, const SanId32 *dossiers,
                                      guint n, SanSummaryFunc func, gpointer user, GError **error);
/* NULL without error: none */
SanSummaryRow *san_store_dup_summary (SanStore *self, guint8 compartment, const SanId32 *dossier,
                                      GError **error);
guint      san_store_count_summaries (SanStore *self, guint8 compartment, int status,
                                      GError **error);

typedef struct
{
  SanId32     dossier;
  guint8      compartment;
  const char *kind;
  const char *latin;
} SanSearchHit;
/* @keys: folded words (san_search_joined()); each must begin a word of a hit. At most @limit, in no
 * order: rank them with san_search_rank(). */
/* borrowed; FALSE ends it */
typedef gboolean (*SanHitFunc)  (const SanSearchHit *hit, gpointer user);
gboolean   san_store_each_hit    (SanStore *self, const char *keys, guint mask, guint limit,
                                  SanHitFunc func, gpointer user, GError **error);
GPtrArray *san_store_search      (SanStore *self, const char *keys, guint mask, guint limit,
                                  GError **error);
void       san_due_row_free      (SanDueRow *self);
void       san_summary_row_free  (SanSummaryRow *self);
void       san_search_hit_free   (SanSearchHit *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanSummaryRow, san_summary_row_free)

G_END_DECLS
