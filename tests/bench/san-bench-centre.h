/* san-bench-centre.h - centres to measure: made once, a copy for each bench
 *
 * A store is kept in SAN_BENCH_STORES (the build folder) until the bench is built anew. The one of
 * very many children: SAN_BENCH_CHILDREN (20,000). */
#pragma once
#include "san-centre-private.h"
G_BEGIN_DECLS

#define SAN_BENCH_PERSON     "Sunanda"
#define SAN_BENCH_PASSPHRASE "example words only here"

typedef struct
{
  char           *dir;                     /* of the copy: ours to change, removed at the end */
  char           *store;
  char           *state;
  SanPlaceOnDisk  where;
} SanBenchStore;

guint          san_bench_children     (void);
SanBenchStore *san_bench_store_new    (guint children);
SanCentre     *san_bench_store_unlock (SanBenchStore *self);
char          *san_bench_store_path   (SanBenchStore *self, const char *name);
void           san_bench_store_free   (SanBenchStore *self);
void           san_bench_copy_folder  (const char *from, const char *to);
void           san_bench_remove       (const char *path);      /* with all that is in it */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanBenchStore, san_bench_store_free)

G_END_DECLS
