/* san-store-check.h - rebuild views, compare them, verify everything */
#pragma once
#include "san-store.h"
G_BEGIN_DECLS

typedef void (*SanProgressFunc) (guint64 done, guint64 all, gpointer data);

/* Drops the views of the open compartments in @mask and makes them again from the entries. Access
 * rows, state and view keys stay. */
gboolean   san_store_rebuild      (SanStore *self, guint mask, SanProgressFunc progress,
                                   gpointer data, GCancellable *cancellable, GError **error);
/**
 * san_store_view_digest:
 *
 * Digest of what a compartment's view says, ordered by ids: the same for equal sets of entries and
 * one ring, whatever the order in which they came. Derived rows are in it if @derived.
 */
gboolean   san_store_view_digest  (SanStore *self, guint8 compartment, gboolean derived,
                                   SanId32 *out, GError **error);
/* Digest over all heads: equal digests, equal entries. */
gboolean   san_store_head_digest  (SanStore *self, SanId32 *out, GError **error);

typedef enum
{
  SAN_VERIFY_ENTRIES = 1,             /* ids, chains, signatures, body hashes, bodies */
  SAN_VERIFY_DATABASES = 2,           /* integrity_check */
  SAN_VERIFY_VIEWS = 4,               /* views against a rebuild beside them */
  SAN_VERIFY_AUTHORITY = 8,           /* which entries count, judged anew */
  SAN_VERIFY_ALL = 15,
} SanVerifyWhat;
typedef struct
{
  guint64    n_entries;
  guint64    n_bodies_erased;
  GPtrArray *problems;            /* char*: lower case, for a person's helper; empty: all is well */
} SanVerifyReport;
/**
 * san_store_verify:
 * @since: only entries that arrived after this mark (0: all); see san_store_get_mark()
 */
gboolean   san_store_verify       (SanStore *self, SanVerifyWhat what, guint64 since,
                                   SanProgressFunc progress, gpointer data,
                                   GCancellable *cancellable, SanVerifyReport *out, GError **error);
/* rises with each entry that arrives or changes */
guint64    san_store_get_mark     (SanStore *self);
/* The store was not closed properly last time. */
gboolean   san_store_was_unclean  (const SanStore *self);
void       san_verify_report_clear (SanVerifyReport *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SanVerifyReport, san_verify_report_clear)

G_END_DECLS
