/* san-item-order.h - which item may follow which: one rule for writer and reader
 *
 * For this room alone. */
#pragma once
#include "san-manifest.h"
#include "san-payload.h"
G_BEGIN_DECLS

typedef struct
{
  guint16 flags;                        /* of the manifest */
  guint8  last_type;
  guint32 n_of_type[SAN_ITEM_VOLUME + 1];
  gboolean has_key;                     /* of the last item of this type: */
  SanId32 dossier;
  guint8  header[SAN_SIGNED_SIZE];
} SanItemOrder;

void     san_item_order_init    (SanItemOrder *self, guint16 flags);
/* DAMAGED */
gboolean san_item_order_check   (const SanItemOrder *self, guint8 type, const guint8 *data, gsize n,
                                 GError **error);
/* after check */
void     san_item_order_follow  (SanItemOrder *self, guint8 type, const guint8 *data, gsize n);
guint32  san_item_order_entries (const SanItemOrder *self);
guint32  san_item_order_pieces  (const SanItemOrder *self);

G_END_DECLS
