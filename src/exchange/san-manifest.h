/* san-manifest.h - what a bundle says of itself, under its device's signature */
#pragma once
#include "san-bundle.h"
#include "san-keys.h"
G_BEGIN_DECLS

typedef enum
{
  SAN_BUNDLE_RESET = 1,                 /* after a restore: replaces what the highest number said */
  SAN_BUNDLE_ZSTD = 2,
  SAN_BUNDLE_BACKUP = 4,
} SanBundleFlags;

typedef struct
{
  guint16 flags;
  SanId32 centre;                       /* the sender's */
  SanId16 device;
  guint64 number;                       /* per device, rising, from 1 */
  guint64 wall;                         /* ms since 1970 UTC */
  guint8  n_recipients;                 /* 1 to 8, ascending */
  SanId32 recipients[SAN_BUNDLE_STANZAS];
  guint64 payload_size;                 /* as carried */
  guint64 plain_size;                   /* after zstd; equal without it */
  guint32 n_entries;                    /* items 3, 4 and 5 */
  guint32 n_pieces;
  SanId32 payload_hash;
} SanManifest;

/**
 * san_manifest_encode:
 *
 * Returns: (transfer full) (nullable): the canonical bytes; %SAN_ERROR_REFUSED if @self breaks a
 *   rule or limit that san_manifest_parse() would refuse
 */
GBytes   *san_manifest_encode        (const SanManifest *self, GError **error);

/**
 * san_manifest_parse:
 *
 * All limits are checked here, before anything is allocated on a manifest's word. Nobody has
 * vouched for the numbers until san_manifest_verify() said yes.
 *
 * Returns: %FALSE with %SAN_ERROR_TOO_NEW for a later version or an unknown flag, else
 *   %SAN_ERROR_DAMAGED; @out is untouched then
 */
gboolean  san_manifest_parse         (GBytes *bytes, SanManifest *out, GError **error);
gboolean  san_manifest_has_recipient (const SanManifest *self, const SanId32 *box_pk);

/* S(device, "san1.bundle", commitment || H("san1.intro", intro) || manifest) */
void      san_manifest_sign          (GBytes *manifest, GBytes *intro, const SanId32 *commitment,
                                      const SanSignKey *device, guint8 out[SAN_SIGNATURE_SIZE]);
gboolean  san_manifest_verify        (GBytes *manifest, GBytes *intro, const SanId32 *commitment,
                                      const SanId32 *device_pk,
                                      const guint8 signature[SAN_SIGNATURE_SIZE]);

G_END_DECLS
