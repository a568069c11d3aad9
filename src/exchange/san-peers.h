/* san-peers.h - what this laptop remembers about other devices
 *
 * Kept as state of the store: for each writer of a device its newest haves and wants, and which
 * bundles were applied, by their commitment. A device has one writer; several where it was copied
 * or turned back. */
#pragma once
#include "san-payload.h"
G_BEGIN_DECLS

typedef struct _SanStore SanStore;

#define SAN_WRITER_BITS   24u          /* of a bundle number, above as many that count */
#define SAN_WRITERS_KEPT  4u           /* of one device: those heard last */

typedef struct
{
  SanId16  device;
  SanId32  centre;
  guint32  writer;                      /* the upper bits of its numbers */
  guint64  number;                      /* of the bundle that said so */
  gint64   news_ms;                     /* its wall clock: the latest of all heard */
  gint64   heard_ms;                    /* our clock when we heard: theirs may be years off */
  guint    turns;                      /* how often it was news; not while it only repeats itself */
  guint    repeats;                     /* how often it said the same last, up to a few */
  SanHave *have;                        /* what it has said that it has */
} SanPeer;

typedef struct
{
  SanId16    device;
  SanId32    centre;
  guint64    number;
  gint64     wall_ms;
  gboolean   reset;
  GBytes    *have;                      /* (nullable): encoded */
  GPtrArray *wants;                     /* GBytes*, encoded */
} SanSaid;

void       san_peer_free             (SanPeer *self);
/* NULL without error: never heard */
SanPeer   *san_peers_load            (SanStore *store, const SanId32 *centre, const SanId16 *device,
                                      guint32 writer, GError **error);
/* SanPeer*, those of one device side by side. */
GPtrArray *san_peers_list            (SanStore *store, const SanId32 *centre /* NULL: all */,
                                      GError **error);
/* What a bundle said, by the rule of FORMAT.md, "What is remembered of a device". */
gboolean   san_peers_hear            (SanStore *store, const SanSaid *said, GError **error);
gboolean   san_peers_has_heard_from  (SanStore *store, const SanId32 *centre, gint64 *last_news_ms);

gboolean   san_peers_is_applied      (SanStore *store, const SanId32 *commitment);
gboolean   san_peers_add_applied     (SanStore *store, const SanId32 *commitment, GError **error);
/* it is worth reading again */
gboolean   san_peers_drop_applied    (SanStore *store, const SanId32 *commitment, GError **error);
/* own bundle number, rising */
gboolean   san_peers_next_number     (SanStore *store, guint64 *out, GError **error);
/* go on after it; never lower */
gboolean   san_peers_keep_number     (SanStore *store, guint64 number, GError **error);
/* Own numbers go on further up: this store is a copy, or was turned back, or may be. */
gboolean   san_peers_begin_writer    (SanStore *store, GError **error);
/* A bundle of this very device that this store has not read. @twin: another store wrote it, and
 * what it says is heard like anybody's. */
gboolean   san_peers_meet_own        (SanStore *store, guint64 number, gboolean *twin,
                                      GError **error);
gboolean   san_peers_get_own_writer  (SanStore *store, guint32 *out, GError **error);
/* guint32, ascending: those of a device that were heard. */
GArray    *san_peers_list_writers    (SanStore *store, const SanId32 *centre, const SanId16 *device,
                                      GError **error);

/* What its newest word asks for: GBytes*. */
GPtrArray *san_peers_list_wants      (SanStore *store, const SanPeer *peer, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanPeer, san_peer_free)

G_END_DECLS
