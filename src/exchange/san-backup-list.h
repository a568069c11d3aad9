/* san-backup-list.h - which of our volumes lie in a folder
 *
 * For this room alone. */
#pragma once
#include "san-place.h"
G_BEGIN_DECLS

typedef struct _SanStore SanStore;
typedef struct _SanBackupList SanBackupList;

/* volumes that are gone are left out */
SanBackupList *san_backup_list_load  (SanStore *store, SanPlace *place, GError **error);
gboolean       san_backup_list_has   (const SanBackupList *self, const SanId32 *piece);
void           san_backup_list_add   (SanBackupList *self, const char *name, const SanId16 *backup,
                                      GArray *pieces /* SanId32 */);
/* Keeps all volumes with pieces, and the entries of @backup and of the one before it. */
gboolean       san_backup_list_save  (SanBackupList *self, const SanId16 *backup, GError **error);
void           san_backup_list_free  (SanBackupList *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanBackupList, san_backup_list_free)

G_END_DECLS
