/* san-store-keys.h - who is unlocked: from a seat's box key to rings, dossier keys and open views
 *
 * Ring secrets are only in memory. What a compartment's view shows is a function of the entries
 * and of one ring, the login's own leaf of that compartment: other rings that she holds are
 * listed, and used only when she says so. */
#pragma once
#include "san-store.h"
G_BEGIN_DECLS

/**
 * san_store_unlock:
 * @seat: public signing key of the seat
 * @box: its box key
 *
 * Opens the rings that this seat holds and the views of their compartments, and brings these up
 * to date. A view that is missing, damaged, or wrapped under another ring gets a new key and is
 * rebuilt. With nothing new only marks are compared. A second unlock locks first.
 */
gboolean    san_store_unlock        (SanStore *self, const SanId32 *seat, const SanBoxKey *box,
                                     GCancellable *cancellable, GError **error);
/* settles and closes views, forgets keys; never fails */
void        san_store_lock          (SanStore *self);
const SanId32 *san_store_get_seat   (SanStore *self);                      /* NULL: locked */
/* bit c: values of compartment c can be read; house always */
guint       san_store_get_open_mask (SanStore *self);
/* Views whose last update failed (disk full): they catch up at the next chance. */
guint       san_store_get_behind_mask (SanStore *self);

typedef struct
{
  SanId32  id;
  SanId32  pk;
  guint8   compartment;
  gboolean mine;              /* the leaf that this login reads and writes with */
} SanHeldRing;
/* SanHeldRing*, mine first, then newest first */
GPtrArray  *san_store_list_rings    (SanStore *self, int compartment /* -1: all */, GError **error);
/* (transfer full) key of a held ring; NOT_FOUND. */
SanBoxKey  *san_store_dup_ring      (SanStore *self, const SanId32 *ring, GError **error);
/* My ring of a compartment: made by this seat, else first granted to it, else as she chose. */
/* FALSE: none */
gboolean    san_store_get_my_ring   (SanStore *self, guint8 compartment, SanId32 *out);
gboolean    san_store_set_my_ring   (SanStore *self, guint8 compartment, const SanId32 *ring,
                                     GError **error);

/* (transfer full) an opened key of a dossier, 32 bytes; NOT_FOUND: not shared with this login. */
SanSecret  *san_store_dup_dossier_key (SanStore *self, guint8 compartment, const SanId32 *key_id,
                                       GError **error);
/* Every opened key of a dossier's compartment: SanSecret*, ids by san_key_get_id(). */
GPtrArray  *san_store_list_dossier_keys (SanStore *self, const SanId32 *dossier, guint8 compartment,
                                         GError **error);
/* Parts here that the login's keys do not open ("not shared"). */
guint       san_store_count_closed  (SanStore *self, const SanId32 *dossier, guint8 compartment,
                                     GError **error);
/* Now commit what views have taken in (they may lag on disk behind store.db): when idle. */
void        san_store_settle        (SanStore *self);

G_END_DECLS
