/* san-draft-keeper-private.h - making a keeper at unlock, blinding it at lock */
#pragma once
#include "san-draft-keeper.h"
#include "san-keys.h"
G_BEGIN_DECLS

SanDraftKeeper *san_draft_keeper_new    (const char *dir, const SanSecret *store_key,
                                         const SanBoxKey *seat);
/* its keys; what waits to be written goes on waiting */
void            san_draft_keeper_forget (SanDraftKeeper *self);

G_END_DECLS
