/* san-wanted.h - attachment pieces that are named by what stands written here, but have not come
 *
 * Kept as one row of state, because only who reads a compartment knows which pieces it names, and
 * whoever sits at the keyboard may carry the stick. */
#pragma once
#include "san-payload.h"
G_BEGIN_DECLS

typedef struct _SanStore SanStore;

#define SAN_WANTED_LIMIT 16384u

typedef struct { SanId32 dossier; SanId32 piece; } SanWanted;

/* Looks at the open compartments again; what has come since is dropped. */
gboolean   san_wanted_refresh (SanStore *store, GError **error);
/* SanWanted, ascending */
GArray    *san_wanted_list    (SanStore *store, GError **error);
gboolean   san_wanted_has     (const GArray *wanted, const SanId32 *piece);

G_END_DECLS
