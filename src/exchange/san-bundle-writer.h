/* san-bundle-writer.h - make one bundle: items in order in, a finished file out
 *
 * Memory stays bounded: items go through zstd and a cipher into a temporary file that has no
 * name, since the header signs the payload's hash and must come first. */
#pragma once
#include "san-manifest.h"
#include "san-payload.h"
G_BEGIN_DECLS

typedef struct _SanBundleWriter SanBundleWriter;

typedef struct
{
  SanId32         centre;               /* the sender's */
  SanId16         device;
  guint64         number;
  guint64         wall;                 /* 0: now */
  guint16         flags;                /* RESET, BACKUP; ZSTD asks for compression */
  const SanId32  *recipients;           /* box pks, in any order, the own one among them */
  guint           n_recipients;         /* 1 to 8 */
  SanSignKey     *sign_key;             /* the device's; (transfer none) */
  SanBoxKey      *own_key;          /* one of the recipients: the finished file is opened with it */
  GBytes         *intro;                /* (nullable): san_intro_select() */
  /* local folder for the encrypted payload: the store's, never the stick */
  const char     *temp_dir;
} SanBundleSpec;

typedef struct
{
  char     *name;
  guint64   size;                       /* of the file */
  SanId32   commitment;
  SanManifest manifest;
} SanBundleResult;

SanBundleWriter *san_bundle_writer_new      (const SanBundleSpec *spec, GError **error);

/* FALSE: finish this one and begin another with the next number */
gboolean         san_bundle_writer_has_room (const SanBundleWriter *self, SanItemType type,
                                             gsize n);

/**
 * san_bundle_writer_add:
 *
 * Items come in the order of the format (see SanItemType); what breaks it, is too long or does
 * not fit any more is %SAN_ERROR_REFUSED, and the bundle can still be finished without it.
 * %SAN_ERROR_NO_SPACE or %SAN_ERROR_IO from the temporary file end it.
 */
gboolean         san_bundle_writer_add      (SanBundleWriter *self, SanItemType type,
                                             const void *data, gsize n, GError **error);

/**
 * san_bundle_writer_finish:
 * @folder: a local folder, a stick's for instance
 * @out: cleared with san_bundle_result_clear()
 *
 * Writes `NAME.dat.part`, syncs, renames, syncs the folder, drops it from the cache, reads it
 * back and opens it whole with the own key. On failure no `.part` and no file is left if the
 * medium still lets us remove it. Once only.
 */
gboolean         san_bundle_writer_finish   (SanBundleWriter *self, const char *folder,
                                             SanBundleResult *out, GCancellable *cancellable,
                                             GError **error);
guint64          san_bundle_writer_get_plain_size (const SanBundleWriter *self);
void             san_bundle_writer_free     (SanBundleWriter *self);
void             san_bundle_result_clear    (SanBundleResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanBundleWriter, san_bundle_writer_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SanBundleResult, san_bundle_result_clear)

G_END_DECLS
