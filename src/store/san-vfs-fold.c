/* san-vfs-fold.c - a checkpoint's second hand
 *
 * While SQLite folds a long log into the file, it reads (and we open) frames in one thread; a
 * second one seals the pages and writes them, neighbours by one call. It lives from the
 * checkpoint's 65th page to its end, and nothing else touches the file in that time.
 *
 * A late failure is the answer to the next write, else to the truncate or sync with which a
 * whole checkpoint ends, and the checkpoint has failed as it should. A checkpoint that stops
 * short for the sake of a reader asks for neither: SQLite then believes pages to be in the file
 * that are not, so from there on the file does not answer and its log is not deleted until all
 * connections are closed; the next to open recovers everything from the log. */
#include "san-vfs-private.h"

#define N_SLOTS 128
#define WAKE_AT 16                      /* pages that are worth waking it */
#define ALONE 64                        /* pages written without it */
#define AT_ONCE 31                      /* SQLite on unix writes less than 128 KiB by one call */

struct _SanVfsFold
{
  SanVfsMain *owner;
  GThread    *thread;
  GMutex      lock;
  GCond       filled, emptied;
  guint       first, n;                 /* of the ring */
  gboolean    ends;
  int         rc;
  gboolean    is_told;                  /* SQLite knows of rc */
  guint64     numbers[N_SLOTS];
  guint8      pages[N_SLOTS][SAN_VFS_PAGE];
  guint8      sealed[AT_ONCE * SAN_VFS_PAGE];
};

/* Neighbours at the front of the ring, that also lie together in it */
static guint
count_run (const SanVfsFold *self)
{
  guint limit = MIN (MIN (self->n, AT_ONCE), N_SLOTS - self->first);
  guint n = 1;

  while (n < limit && self->numbers[self->first + n] == self->numbers[self->first] + n)
    n++;
  return n;
}

static int
write_run (SanVfsFold *self, guint first, guint n)
{
  sqlite3_file *lower = self->owner->lower;

  for (guint i = 0; i < n; i++)
    san_vfs_main_seal (self->owner->node, self->numbers[first + i], self->pages[first + i],
                       self->sealed + i * SAN_VFS_PAGE);
  return lower->pMethods->xWrite (lower, self->sealed, n * SAN_VFS_PAGE,
                                  san_vfs_main_offset (self->numbers[first]));
}

static gpointer
seal_and_write (gpointer data)
{
  SanVfsFold *self = data;

  g_mutex_lock (&self->lock);
  while (TRUE)
    {
      guint n, first;
      int rc;

      while (self->n == 0 && !self->ends)
        g_cond_wait (&self->filled, &self->lock);
      if (self->n == 0)
        break;
      n = count_run (self);
      first = self->first;
      rc = self->rc;
      g_mutex_unlock (&self->lock);
      if (rc == SQLITE_OK)
        rc = write_run (self, first, n);
      g_mutex_lock (&self->lock);
      self->rc = rc;
      self->first = (first + n) % N_SLOTS;
      self->n -= n;
      g_cond_signal (&self->emptied);
    }
  g_mutex_unlock (&self->lock);
  return NULL;
}

static SanVfsFold *
fold_new (SanVfsMain *owner)
{
  SanVfsFold *self = g_try_new0 (SanVfsFold, 1);

  if (self == NULL)
    return NULL;
  self->owner = owner;
  g_mutex_init (&self->lock);
  g_cond_init (&self->filled);
  g_cond_init (&self->emptied);
  self->thread = g_thread_try_new ("san-fold", seal_and_write, self, NULL);
  if (self->thread == NULL)
    g_clear_pointer (&self, g_free);
  return self;
}

void
san_vfs_fold_start (SanVfsMain *owner)
{
  owner->is_folding = TRUE;
  owner->n_folded = 0;
}

/* Whether the second hand takes @page; if not, it is to be written as always. @rc: the failure of
 * an earlier one. */
gboolean
san_vfs_fold_take (SanVfsMain *owner, guint64 number, const guint8 *page, int *rc)
{
  SanVfsFold *self;
  guint slot;

  if (!owner->is_folding || ++owner->n_folded <= ALONE)
    return FALSE;
  if (owner->fold == NULL)
    owner->fold = fold_new (owner);
  self = owner->fold;
  if (self == NULL)
    return FALSE;

  g_mutex_lock (&self->lock);
  while (self->n == N_SLOTS)
    g_cond_wait (&self->emptied, &self->lock);
  *rc = self->rc;
  self->is_told = self->rc != SQLITE_OK;
  if (!self->is_told)
    {
      slot = (self->first + self->n) % N_SLOTS;
      self->numbers[slot] = number;
      memcpy (self->pages[slot], page, SAN_VFS_PAGE);
      if (++self->n >= WAKE_AT)
        g_cond_signal (&self->filled);
    }
  g_mutex_unlock (&self->lock);
  return TRUE;
}

/* Waits until all is written. A failure that SQLite does not know of is left in late_error. */
void
san_vfs_fold_end (SanVfsMain *owner)
{
  SanVfsFold *self = g_steal_pointer (&owner->fold);

  owner->is_folding = FALSE;
  if (self == NULL)
    return;
  g_mutex_lock (&self->lock);
  self->ends = TRUE;
  g_cond_signal (&self->filled);
  g_mutex_unlock (&self->lock);
  g_thread_join (self->thread);
  owner->late_error = self->is_told ? SQLITE_OK : self->rc;
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->filled);
  g_cond_clear (&self->emptied);
  san_wipe (self->pages, sizeof self->pages);
  g_free (self);
}
