/* san-backup-writer.h - a whole copy of what this laptop has, in numbered volumes, in a folder
 *
 * Volumes are bundles with the flag BACKUP: entries and the keyring first, then the attachment
 * pieces that the folder does not hold yet. Only the recovery code and the house ring open them. */
#pragma once
#include "san-bundle-writer.h"
#include "san-place.h"
G_BEGIN_DECLS

typedef struct _SanStore SanStore;

#define SAN_ERASED_NAME "erased.dat"      /* read before any volume: what must not come back */

typedef struct
{
  SanStore       *store;
  SanId32         own;                    /* my centre */
  SanId16         device;
  SanSignKey     *sign_key;               /* the device's */
  SanBoxKey      *own_key;       /* secret of one of the recipients: what is written is read back */
  const SanId32  *recipients;             /* house ring leaves and the recovery box pk */
  guint           n_recipients;
  GBytes         *keyring;                /* sealed: san_keyring_item_seal() */
  const char     *temp_dir;
  guint64         volume_bytes;        /* 0: 256 MiB; plain bytes at which the next volume begins */
  void          (*progress) (const char *what, guint64 done, guint64 of, gpointer data);
  gpointer        data;
} SanBackup;

typedef struct
{
  guint n_entries;
  guint n_pieces;
  guint n_files;
} SanBackupResult;

/* Every file is read back. Of earlier backups the newest stays, older entry volumes are deleted. */
gboolean san_backup_write (const SanBackup *self, SanPlace *place, SanBackupResult *out,
                           GCancellable *cancellable, GError **error);

G_END_DECLS
