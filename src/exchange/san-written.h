/* san-written.h - which of our own files lie in a place, for whom, and what they say
 *
 * A place that still holds a file that says the same needs no other one. Of older ones the newest
 * before it stays, the rest is deleted: names in this list only. */
#pragma once
#include "san-place.h"
G_BEGIN_DECLS

typedef struct _SanStore SanStore;
typedef struct _SanWritten SanWritten;

/* @what: "entries" or "pieces"; @audience: the centre that reads them. */
SanWritten *san_written_load   (SanStore *store, SanPlace *place, const char *what,
                                const SanId32 *audience, GError **error);
/* and its files are still there */
gboolean    san_written_says   (const SanWritten *self, const SanId32 *digest);
/* @names (element-type utf8): all the files of one run. */
gboolean    san_written_add    (SanWritten *self, GPtrArray *names, const SanId32 *digest,
                                GError **error);
void        san_written_free   (SanWritten *self);
/* Is this a file that we wrote into this place? Then it says nothing new. */
/* names: char* set, owned, small letters */
GHashTable *san_written_list   (SanStore *store, SanPlace *place);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanWritten, san_written_free)

G_END_DECLS
