/* san-secret.c - secret bytes in locked memory
 *
 * A locked page for each key would use up an ordinary person's RLIMIT_MEMLOCK (8 MiB) at two
 * thousand keys, and a login holds tens of thousands. So small secrets live in cells of 64 bytes
 * cut from guarded, locked blocks; larger ones get a block of their own. A canary stands behind
 * the bytes and is looked at when they are let go; what is let go is wiped first. */
#include "san-secret.h"

#include <sodium.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#define CELL_SIZE      64u
#define CANARY_SIZE    8u
#define CELL_PAYLOAD   (CELL_SIZE - CANARY_SIZE - 1)      /* 55: a key with its domain fits */
#define CELLS          255u                      /* with libsodium's canary just four pages */

typedef struct _Block Block;

struct _Block
{
  Block   *next;               /* in the list of blocks with a free cell */
  guint8  *cells;              /* from sodium_malloc() */
  guint    n_free;
  guint8   free_cells[CELLS];  /* a stack of cell numbers */
  gboolean listed;
};

struct _SanSecret
{
  gatomicrefcount ref_count;
  gsize           size;
  guint8         *data;
  Block          *block;       /* NULL: data is a block of its own */
};

static GMutex pool_lock;
static Block *open_blocks;      /* those with a free cell */
static guint8 canary[CANARY_SIZE];
static _Atomic gboolean lock_failed = FALSE;

/**
 * san_crypto_init:
 *
 * To be called once before anything else of this room; any thread, cheap to repeat.
 */
gboolean
san_crypto_init (GError **error)
{
  static gsize state = 0;

  if (g_once_init_enter (&state))
    {
      gboolean ok = sodium_init () >= 0;

      if (ok)
        randombytes_buf (canary, sizeof canary);
      g_once_init_leave (&state, ok ? 1 : 2);
    }
  if (state == 1)
    return TRUE;
  g_set_error_literal (error, SAN_ERROR, SAN_ERROR_IO, "libsodium does not start");
  return FALSE;
}

/* sodium_malloc() says nothing when it cannot lock: ask again, which costs nothing when it did. */
static guint8 *
locked_alloc (gsize n)
{
  guint8 *data = sodium_malloc (n);

  if (data == NULL)
    g_error ("out of memory for %" G_GSIZE_FORMAT " secret bytes", n);
  if (sodium_mlock (data, n) != 0)
    lock_failed = TRUE;
  return data;
}

static Block *
block_new (void)
{
  Block *block = g_new0 (Block, 1);

  block->cells = locked_alloc (CELLS * CELL_SIZE);
  memset (block->cells, 0, CELLS * CELL_SIZE);
  for (guint i = 0; i < CELLS; i++)
    block->free_cells[i] = (guint8) (CELLS - 1 - i);
  block->n_free = CELLS;
  return block;
}

static void
list_block (Block *block)
{
  block->next = open_blocks;
  block->listed = TRUE;
  open_blocks = block;
}

static void
unlist_block (Block *block)
{
  for (Block **at = &open_blocks; *at != NULL; at = &(*at)->next)
    if (*at == block)
      {
        *at = block->next;
        break;
      }
  block->listed = FALSE;
}

static void
cell_alloc (SanSecret *self)
{
  Block *block;

  g_mutex_lock (&pool_lock);
  if (open_blocks == NULL)
    list_block (block_new ());
  block = open_blocks;
  self->block = block;
  self->data = block->cells + CELL_SIZE * block->free_cells[--block->n_free];
  if (block->n_free == 0)
    unlist_block (block);
  g_mutex_unlock (&pool_lock);
}

static void
cell_free (SanSecret *self)
{
  Block *block = self->block;

  g_mutex_lock (&pool_lock);
  block->free_cells[block->n_free++] = (guint8) ((self->data - block->cells) / CELL_SIZE);
  if (!block->listed)
    list_block (block);
  else if (block->n_free == CELLS && (open_blocks != block || block->next != NULL))
    {
      unlist_block (block);               /* empty, and others have room: back to the system */
      sodium_free (block->cells);
      g_free (block);
    }
  g_mutex_unlock (&pool_lock);
}

/**
 * san_secret_new:
 *
 * Returns: (transfer full): @n zero bytes in locked memory, to be filled by its maker
 */
SanSecret *
san_secret_new (gsize n)
{
  SanSecret *self = g_new0 (SanSecret, 1);

  g_return_val_if_fail (san_crypto_init (NULL), self);
  g_atomic_ref_count_init (&self->ref_count);
  self->size = n;
  if (n <= CELL_PAYLOAD)
    {
      cell_alloc (self);
      memcpy (self->data + n + 1, canary, sizeof canary);
    }
  else
    {
      self->data = locked_alloc (n + 1);
      memset (self->data, 0, n + 1);
    }
  return self;
}

SanSecret *
san_secret_new_random (gsize n)
{
  SanSecret *self = san_secret_new (n);

  randombytes_buf (self->data, n);
  return self;
}

/**
 * san_secret_new_copy:
 * @data: copied; wiping the original is the caller's
 */
SanSecret *
san_secret_new_copy (const void *data, gsize n)
{
  SanSecret *self = san_secret_new (n);

  if (n > 0)
    memcpy (self->data, data, n);
  return self;
}

SanSecret *
san_secret_ref (SanSecret *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
san_secret_unref (SanSecret *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  if (self->block != NULL)
    {
      if (memcmp (self->data + self->size + 1, canary, sizeof canary) != 0)
        g_error ("a secret of %" G_GSIZE_FORMAT " bytes was written past its end", self->size);
      sodium_memzero (self->data, CELL_SIZE);
      cell_free (self);
    }
  else
    sodium_free (self->data);             /* wipes, and looks at its own canary */
  g_free (self);
}

const guint8 *
san_secret_get_data (const SanSecret *self)
{
  return self->data;
}

guint8 *
san_secret_get_mutable (SanSecret *self)
{
  return self->data;
}

gsize
san_secret_get_size (const SanSecret *self)
{
  return self->size;
}

/**
 * san_secret_equal:
 *
 * Takes the same time wherever the first difference lies; sizes are no secret.
 */
gboolean
san_secret_equal (const SanSecret *a, const SanSecret *b)
{
  return a->size == b->size && sodium_memcmp (a->data, b->data, a->size) == 0;
}

/**
 * san_secret_is_locked:
 *
 * Returns: %FALSE once a secret could not be locked in memory (it may reach the swap space);
 *   the face says so once and goes on
 */
gboolean
san_secret_is_locked (void)
{
  return !lock_failed;
}

/**
 * san_process_harden:
 *
 * Keeps secrets out of core dumps and away from other processes of the same user.
 */
void
san_process_harden (void)
{
  struct rlimit none = { 0, 0 };

  setrlimit (RLIMIT_CORE, &none);
  prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
}

void
san_random (void *out, gsize n)
{
  randombytes_buf (out, n);
}

guint32
san_random_below (guint32 limit)
{
  return randombytes_uniform (limit);
}

void
san_wipe (void *data, gsize n)
{
  sodium_memzero (data, n);
}
