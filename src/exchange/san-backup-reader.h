/* san-backup-reader.h - what backups lie in a folder, for whoever has the recovery code */
#pragma once
#include "san-manifest.h"
#include "san-payload.h"
#include "san-place.h"
G_BEGIN_DECLS

/* A volume that is whole and that the code trusts. */
typedef struct
{
  char       *name;
  SanManifest manifest;
  SanId32     device_pk;                  /* of the device that made it */
  SanVolume   volume;
  GBytes     *keyring;                    /* (nullable): sealed to the recovery box key */
} SanBackupFile;

typedef struct
{
  GPtrArray  *files;                 /* SanBackupFile*, in the order in which they are to be read */
  GPtrArray  *erased;           /* char*: erased.dat, in whatever case, that is whole and trusted */
  guint       n_strange;                  /* `.dat` files that this code does not open */
  guint       n_bad;                      /* opened, but not whole, damaged, or of another centre */
  guint       n_missing;                 /* volumes of the newest backup that are not among files */
  SanId16     newest;                     /* backup id */
} SanBackupFolder;

/* Every file that the code opens is read to its end. NOT_FOUND: no backup there; LOCKED: backups
 * are there, but this is not their code. */
gboolean san_backup_scan         (SanPlace *place, SanBoxKey *recovery_box,
                                  const SanId32 *recovery_sign_pk,
                                  SanBackupFolder *out, GCancellable *cancellable, GError **error);
void     san_backup_folder_clear (SanBackupFolder *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SanBackupFolder, san_backup_folder_clear)

G_END_DECLS
