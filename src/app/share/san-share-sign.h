/* san-share-sign.h - what is signed: the order of a share, and the draft that ends with it */
#pragma once
#include "san-draft-keeper.h"
#include "san-partners.h"
G_BEGIN_DECLS

typedef struct
{
  SanId32         child;
  char           *to;
  SanShareOrder   order;            /* its `to` is the one above */
  SanDraftKeeper *keeper;           /* (nullable): of the draft of what is signed */
  SanId16         draft;
} SanShareSign;

void     san_share_sign_free (SanShareSign *self);
/* A SanWorkFunc of a SanShareSign: how many parts wait, a guint. (transfer full) */
gpointer san_share_sign_run  (SanCentre *centre, gpointer input, GCancellable *cancellable,
                              GError **error);

G_END_DECLS
