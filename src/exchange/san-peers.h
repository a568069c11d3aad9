/* san-peers.h - what is remembered about other devices */
#pragma once
#include "san-id.h"
G_BEGIN_DECLS
typedef struct _SanStore SanStore;
gboolean san_peers_has_heard_from (SanStore *store, const SanId32 *centre, gint64 *last_news_ms);
G_END_DECLS
