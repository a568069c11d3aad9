/* san-seen.h - files in places that hold nothing for us, by name and size
 *
 * One set, loaded before a look and saved after it. What is for us depends on the keys that we
 * hold: with other keys everything is looked at again. */
#pragma once
#include "san-id.h"
#include "san-error.h"
G_BEGIN_DECLS

typedef struct _SanStore SanStore;
typedef struct _SanSeen SanSeen;

SanSeen   *san_seen_load (SanStore *store, GPtrArray *keys /* SanBoxKey* */);
gboolean   san_seen_has  (const SanSeen *self, const char *name, guint64 size);
void       san_seen_add  (SanSeen *self, const char *name, guint64 size);
gboolean   san_seen_save (SanSeen *self, GError **error);
void       san_seen_free (SanSeen *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanSeen, san_seen_free)

G_END_DECLS
