/* san-ahead.c - see san-ahead.h
 *
 * Two batches: one is being taken, the other waits for that and is checked meanwhile, from its end
 * on: whoever takes it before the thread is done begins in front. */
#include "san-ahead.h"

#define BATCH_ITEMS 32u
#define BATCH_BYTES (256u * 1024)

typedef struct
{
  SanBundleItem item;
  SanEntry     *entry;
} Read;

struct _SanAhead
{
  SanBundleReader *reader;
  GArray          *now;                /* Read */
  guint            next;               /* in it */
  GArray          *then;               /* Read */
  gboolean         ended;              /* there is nothing more to read */
  GError          *error;              /* why */
  gboolean         is_new;
  GThread         *thread;             /* NULL: none could be had, or none was needed yet */
  GAsyncQueue     *jobs;               /* GPtrArray of SanEntry; the queue itself: no more */
};

static void
read_clear (gpointer data)
{
  Read *self = data;

  san_bundle_item_clear (&self->item);
  g_clear_pointer (&self->entry, san_entry_unref);
}

static GArray *
batch_new (void)
{
  GArray *batch = g_array_new (FALSE, FALSE, sizeof (Read));

  g_array_set_clear_func (batch, read_clear);
  return batch;
}

SanAhead *
san_ahead_new (SanBundleReader *reader)
{
  SanAhead *self = g_new0 (SanAhead, 1);

  self->reader = reader;
  self->now = batch_new ();
  self->then = batch_new ();
  self->jobs = g_async_queue_new_full ((GDestroyNotify) g_ptr_array_unref);
  self->is_new = TRUE;
  return self;
}

void
san_ahead_free (SanAhead *self)
{
  if (self->thread != NULL)
    {
      g_async_queue_push_front (self->jobs, self->jobs);
      g_thread_join (self->thread);
    }
  g_async_queue_unref (self->jobs);
  g_array_unref (self->now);
  g_array_unref (self->then);
  g_clear_error (&self->error);
  g_free (self);
}

void
san_ahead_tell (SanAhead *self, gboolean was_new)
{
  self->is_new = was_new;
}

/* --- the thread --- */

static gpointer
check_all (gpointer data)
{
  GAsyncQueue *jobs = data;
  gpointer job;

  while ((job = g_async_queue_pop (jobs)) != jobs)
    {
      g_autoptr(GPtrArray) entries = job;

      for (guint i = entries->len; i > 0; i--)
        san_entry_check_signature (g_ptr_array_index (entries, i - 1), NULL);
    }
  return NULL;
}

static void
have_checked (SanAhead *self, GArray *batch)
{
  g_autoptr(GPtrArray) entries = NULL;

  if (!self->is_new)
    return;
  entries = g_ptr_array_new_with_free_func ((GDestroyNotify) san_entry_unref);
  for (guint i = 0; i < batch->len; i++)
    if (g_array_index (batch, Read, i).entry != NULL)
      g_ptr_array_add (entries, san_entry_ref (g_array_index (batch, Read, i).entry));
  if (entries->len < 2)
    return;
  if (self->thread == NULL)
    self->thread = g_thread_try_new ("san-ahead", check_all, self->jobs, NULL);
  if (self->thread != NULL)
    g_async_queue_push (self->jobs, g_steal_pointer (&entries));
}

/* --- reading --- */

static gboolean
is_entry (const SanBundleItem *item)
{
  return item->type == SAN_ITEM_AUTHORITY || item->type == SAN_ITEM_ENTRY;
}

static void
read_batch (SanAhead *self, GArray *batch, GCancellable *cancellable)
{
  gsize n = 0;

  while (!self->ended && batch->len < BATCH_ITEMS && n < BATCH_BYTES)
    {
      Read read = { { 0 }, NULL };

      if (!san_bundle_reader_next (self->reader, &read.item, cancellable, &self->error))
        {
          self->ended = TRUE;
          break;
        }
      self->ended = read.item.type == SAN_ITEM_END;
      if (read.item.bytes != NULL)
        n += g_bytes_get_size (read.item.bytes);
      if (is_entry (&read.item))
        read.entry = san_entry_new_from_bytes (read.item.bytes, NULL);
      g_array_append_val (batch, read);
    }
  have_checked (self, batch);
}

static void
turn (SanAhead *self, GCancellable *cancellable)
{
  GArray *taken = self->now;

  self->now = self->then;
  self->then = taken;
  self->next = 0;
  g_array_set_size (taken, 0);
  if (self->now->len == 0)
    read_batch (self, self->now, cancellable);
  read_batch (self, self->then, cancellable);
}

gboolean
san_ahead_next (SanAhead *self, SanBundleItem *item, SanEntry **entry, GCancellable *cancellable,
                GError **error)
{
  Read *read;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (self->next == self->now->len)
    turn (self, cancellable);
  if (self->next == self->now->len)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      return FALSE;
    }
  read = &g_array_index (self->now, Read, self->next++);
  *item = read->item;
  *entry = read->entry;
  *read = (Read) { { 0 }, NULL };
  return TRUE;
}
