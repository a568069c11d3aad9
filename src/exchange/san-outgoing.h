/* san-outgoing.h - make the bundles that an audience lacks, and put them in a place */
#pragma once
#include "san-audience.h"
#include "san-bundle-writer.h"
#include "san-place.h"
G_BEGIN_DECLS

typedef struct
{
  SanStore       *store;
  SanId32         own;                  /* my centre */
  SanId16         device;
  SanSignKey     *sign_key;             /* the device's */
  SanBoxKey      *own_key;              /* the device's box key, always a recipient */
  const SanId32  *recipients;           /* box pks of the audience, without mine */
  guint           n_recipients;         /* at most 7 */
  const char     *temp_dir;
  gboolean        reset;                /* after a restore, until answered */
} SanOutgoing;

typedef struct
{
  guint      n_entries;
  guint      n_pieces;
  guint      n_files;
} SanOutgoingResult;

/* Writes nothing where the place still holds a bundle that says the same. */
gboolean san_outgoing_write (const SanOutgoing *self, const SanAudience *audience, SanPlace *place,
                             SanOutgoingResult *out,
                             GCancellable *cancellable, GError **error);
/* One bundle as a file of that name, whether or not there is something new. */
gboolean san_outgoing_write_file (const SanOutgoing *self, const SanAudience *audience,
                                  const char *path, SanOutgoingResult *out,
                                  GCancellable *cancellable, GError **error);

G_END_DECLS
