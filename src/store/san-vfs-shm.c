/* san-vfs-shm.c - SQLite's WAL index in plain memory of this process
 *
 * On the disk it would be a file in clear with the numbers of changed pages. In memory it binds
 * the store to one process, which the lock file ensures anyway. All of it is shared by the
 * connections of one node, zeroed when the first of them maps it (which makes SQLite recover)
 * and freed with the last. */
#include "san-vfs-wal.h"

/* of SQLite's WAL index, format 3007000 */
#define WRITE_SLOT 0
#define RECOVER_SLOT 2
#define READ_SLOT 3 /* the first of five: held alone while pages are folded in */

/* Regions never move once handed out; new ones are zero */
static int
grow (SanVfsShm *shm, guint n, int size)
{
  void **regions = g_try_realloc (shm->regions, n * sizeof (void *));

  if (regions == NULL)
    return SQLITE_IOERR_NOMEM;
  shm->regions = regions;
  while (shm->n_regions < n)
    {
      void *region = g_try_malloc0 (size);

      if (region == NULL)
        return SQLITE_IOERR_NOMEM;
      shm->regions[shm->n_regions++] = region;
    }
  return SQLITE_OK;
}

int
san_vfs_shm_map (sqlite3_file *file, int region, int size, int extend, void volatile **out)
{
  SanVfsMain *self = (SanVfsMain *) file;
  SanVfsShm *shm = &self->node->shm;
  int rc = SQLITE_OK;

  *out = NULL;
  g_mutex_lock (&self->node->lock);
  if (!self->has_shm)
    {
      self->has_shm = TRUE;
      shm->n_users++;
    }
  if ((guint) region >= shm->n_regions && extend)
    rc = grow (shm, region + 1, size);
  if (rc == SQLITE_OK && (guint) region < shm->n_regions)
    *out = shm->regions[region];
  g_mutex_unlock (&self->node->lock);
  return rc;
}

static gboolean
is_free (const SanVfsMain *self, int slot, gboolean to_share)
{
  int holders = self->node->shm.holders[slot];

  if (self->alone & (1u << slot))
    return TRUE;
  if (holders < 0)
    return FALSE;
  return to_share || holders == ((self->shared & (1u << slot)) ? 1 : 0);
}

static void
take (SanVfsMain *self, int slot, gboolean to_share)
{
  guint bit = 1u << slot;
  int *holders = &self->node->shm.holders[slot];

  if (!to_share)
    {
      *holders = -1;
      self->alone |= bit;
      self->shared &= ~bit;
    }
  else if ((self->shared & bit) == 0)
    {
      *holders = (self->alone & bit) ? 1 : *holders + 1;
      self->alone &= ~bit;
      self->shared |= bit;
    }
}

static void
let_go (SanVfsMain *self, int slot)
{
  guint bit = 1u << slot;
  int *holders = &self->node->shm.holders[slot];

  if (self->alone & bit)
    *holders = 0;
  else if (self->shared & bit)
    (*holders)--;
  self->alone &= ~bit;
  self->shared &= ~bit;
}

/* A late failure that neither truncate nor sync could tell: SQLite counts pages as folded in that
 * are not in the file */
static void
end_checkpoint (SanVfsMain *self)
{
  if (self->late_error == SQLITE_OK)
    return;
  self->late_error = SQLITE_OK;
  g_atomic_int_set (&self->node->is_broken, TRUE);
  g_mutex_lock (&self->node->lock);
  self->node->keeps_wal = TRUE;
  g_mutex_unlock (&self->node->lock);
}

/* All of the slots or none of them */
int
san_vfs_shm_lock (sqlite3_file *file, int first, int n, int flags)
{
  SanVfsMain *self = (SanVfsMain *) file;
  gboolean to_share = (flags & SQLITE_SHM_SHARED) != 0;
  int rc = SQLITE_OK;

  if (!self->has_shm || first < 0 || n < 1 || first + n > SAN_VFS_N_LOCKS)
    return SQLITE_IOERR_SHMLOCK;
  if ((flags & SQLITE_SHM_UNLOCK) && first <= WRITE_SLOT && self->wal != NULL)
    san_vfs_wal_end_writing (self->wal);
  if ((flags & SQLITE_SHM_UNLOCK) && first <= READ_SLOT && READ_SLOT < first + n)
    end_checkpoint (self);

  g_mutex_lock (&self->node->lock);
  for (int slot = first; slot < first + n && (flags & SQLITE_SHM_LOCK); slot++)
    if (!is_free (self, slot, to_share))
      rc = SQLITE_BUSY;
  for (int slot = first; slot < first + n && rc == SQLITE_OK; slot++)
    {
      if (flags & SQLITE_SHM_LOCK)
        take (self, slot, to_share);
      else
        let_go (self, slot);
    }
  g_mutex_unlock (&self->node->lock);
  return rc;
}

/* Comes before a commit is published to other connections. Its frames were synced; if settings
 * should ever skip that, they must at least be where the others will look. */
void
san_vfs_shm_barrier (sqlite3_file *file)
{
  SanVfsMain *self = (SanVfsMain *) file;

  if (self->wal != NULL)
    san_vfs_wal_flush (self->wal);
  __atomic_thread_fence (__ATOMIC_SEQ_CST);
  g_mutex_lock (&self->node->lock);
  g_mutex_unlock (&self->node->lock);
}

int
san_vfs_shm_unmap (sqlite3_file *file, int delete_it)
{
  SanVfsMain *self = (SanVfsMain *) file;
  SanVfsShm *shm = &self->node->shm;

  if (!self->has_shm)
    return SQLITE_OK;
  g_mutex_lock (&self->node->lock);
  for (int slot = 0; slot < SAN_VFS_N_LOCKS; slot++)
    let_go (self, slot);
  self->has_shm = FALSE;
  if (--shm->n_users == 0)
    {
      for (guint i = 0; i < shm->n_regions; i++)
        g_free (shm->regions[i]);
      g_clear_pointer (&shm->regions, g_free);
      shm->n_regions = 0;
    }
  g_mutex_unlock (&self->node->lock);
  return SQLITE_OK;
}

/* Whether this connection is just now rebuilding the WAL index from the WAL */
gboolean
san_vfs_shm_is_recovering (SanVfsMain *self)
{
  gboolean recovering;

  g_mutex_lock (&self->node->lock);
  recovering = (self->alone & (1u << RECOVER_SLOT)) != 0;
  g_mutex_unlock (&self->node->lock);
  return recovering;
}
