/* san-test-forge.h - bundles as an insider could make them: every field can be wrong
 *
 * Written apart from the writer, from FORMAT.md: both must make files that the reader takes. */
#pragma once
#include "san-test-centre.h"
G_BEGIN_DECLS

typedef struct
{
  SanManifest manifest;                    /* sizes, counts and hash are filled in unless told */
  gboolean    keep_manifest;               /* as it is */
  GBytes     *raw_manifest;                /* (nullable): instead */
  GBytes     *intro;                       /* (nullable) */
  GBytes     *payload;                     /* as carried */
  guint64     plain_size;                  /* 0: the payload's */
  const SanSignKey *signer;
  SanId32     stanzas[SAN_BUNDLE_STANZAS]; /* whom it is sealed to, whatever the manifest says */
  guint       n_stanzas;
  SanSecret  *file_key;                    /* (nullable): random */
  GBytes     *header;                      /* (nullable): 600 bytes to keep, of this file_key */
  guint8     *signature;                   /* (nullable): instead of one by signer */
  guint8      fill;                        /* instead of zeros */
  guint64     size;                        /* of the file; 0: by the rule */
  guint32     intro_length;                /* 0: the true one */
} Forge;

/* items: type, bytes, …, 0 */
GBytes *forge_payload (int type, ...);
void    forge_put_item (GByteArray *payload, guint8 type, const void *data, gsize n);
void    forge_init    (Forge *self, TestCentre *centre, const SanId32 *recipient);
GBytes *forge_bundle  (const Forge *self);
SanSecret *forge_open (GBytes *bundle, SanBoxKey *key);          /* its file key */
/* reads all: the error code, or -1 if the end was reached; n_items counts those before */
int     forge_read    (GBytes *bundle, SanBoxKey *key, SanFindSender find, gpointer data,
                       guint *n_items);
int     forge_read_of (GBytes *bundle, SanBoxKey *key, TestCentre *sender);   /* known device */

G_END_DECLS
