/* san-ahead.h - the items of a bundle, read somewhat ahead of whoever takes them in */
#pragma once
#include "san-bundle-reader.h"
#include "san-entry.h"
G_BEGIN_DECLS

/**
 * SanAhead:
 *
 * While the store takes in one batch of entries, the signatures of the next are checked on a thread
 * of its own; what that found, the entries remember. Nothing depends on it but the time: an entry
 * that the thread has not come to yet is checked by whoever asks.
 */
typedef struct _SanAhead SanAhead;

SanAhead *san_ahead_new  (SanBundleReader *reader);        /* borrowed */
/**
 * san_ahead_next:
 * @entry: (transfer full) (nullable): of an item that is an entry; %NULL: it is none of ours
 *
 * As san_bundle_reader_next(). What the reader refuses is told when all items before it were taken.
 */
gboolean  san_ahead_next (SanAhead *self, SanBundleItem *item, SanEntry **entry,
                          GCancellable *cancellable, GError **error);
/* Whether the last one was new to the store: those that it has need no check. */
void      san_ahead_tell (SanAhead *self, gboolean was_new);
void      san_ahead_free (SanAhead *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanAhead, san_ahead_free)

G_END_DECLS
