/* san-peers.h - what this laptop remembers about other devices and about files that it has seen
 *
 * Kept as state of the store: for each device its newest haves, which bundles were applied (by
 * their commitment), which files were not for us, and what was written for whom. */
#pragma once
#include "san-payload.h"
G_BEGIN_DECLS

typedef struct _SanStore SanStore;

typedef struct
{
  SanId16  device;
  SanId32  centre;
  guint64  number;                      /* of the bundle that said so: the highest */
  gint64   news_ms;                     /* wall clock of the newest bundle heard from it */
  SanHave *have;                        /* what it has said that it has */
} SanPeer;

void       san_peer_free             (SanPeer *self);
SanPeer   *san_peers_load            (SanStore *store, const SanId16 *device, GError **error);           /* NULL without error: never heard */
GPtrArray *san_peers_list            (SanStore *store, const SanId32 *centre /* NULL: all */, GError **error);   /* SanPeer* */
/* What a bundle said: taken only if its number is the highest, or it resets. Entries count either way. */
gboolean   san_peers_hear            (SanStore *store, const SanId16 *device, const SanId32 *centre, guint64 number,
                                      gint64 wall_ms, gboolean reset, GBytes *have /* encoded; nullable */, GError **error);
gboolean   san_peers_has_heard_from  (SanStore *store, const SanId32 *centre, gint64 *last_news_ms);

gboolean   san_peers_is_applied      (SanStore *store, const SanId32 *commitment);
gboolean   san_peers_add_applied     (SanStore *store, const SanId32 *commitment, GError **error);
gboolean   san_peers_next_number     (SanStore *store, guint64 *out, GError **error);                    /* own bundle number, rising */

/* What others asked for and we have not answered yet. */
gboolean   san_peers_set_wants       (SanStore *store, const SanId16 *device, GPtrArray *wants /* GBytes* */, GError **error);
GPtrArray *san_peers_list_wants      (SanStore *store, const SanId16 *device, GError **error);           /* GBytes* */

/* Files that hold nothing for us, by name and size: one set, saved once a look. */
typedef struct _SanSeen SanSeen;
SanSeen   *san_seen_load             (SanStore *store);
gboolean   san_seen_has              (const SanSeen *self, const char *name, guint64 size);
void       san_seen_add              (SanSeen *self, const char *name, guint64 size);
gboolean   san_seen_save             (SanSeen *self, GError **error);
void       san_seen_free             (SanSeen *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanPeer, san_peer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanSeen, san_seen_free)

G_END_DECLS
