/* san-place-private.h - a place from inside: san-place.c looks and takes, san-place-put.c puts */
#pragma once
#include "san-place.h"
#include "san-disk.h"
G_BEGIN_DECLS

#define SAN_PLACE_STEP 65536u

struct _SanPlace
{
  GFile *folder;
  char *path;                        /* NULL: not local */
  gboolean has_medium;
  dev_t medium;                      /* of a local one, when it was first looked at */
};

/* A folder where sticks are mounted may stay when the stick is pulled. NOT_FOUND. */
gboolean san_place_check_medium (SanPlace *self, GError **error);
/* A name from a list; never a way out of the folder. */
GFile   *san_place_get_child    (SanPlace *self, const char *name, GError **error);
/* @to: (nullable): only the hash is wanted. */
gboolean san_place_copy         (SanSource *source, SanPartFile *to, SanId32 *hash,
                                 GCancellable *cancellable,
                                 GError **error);

G_END_DECLS
