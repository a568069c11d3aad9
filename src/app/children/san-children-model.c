/* san-children-model.c - children as a list that reads a page of rows when they come into view
 *
 * It has as many items as children match, and knows nothing of them but the pages that were looked
 * at. Of those it keeps some; an item that is on screen keeps its own row. */
#include "san-children-model.h"

#define PAGE_ROWS   40u
#define KEPT_PAGES  12u

struct _SanChildrenItem
{
  GObject parent_instance;
  SanRollRow *row;
};

G_DEFINE_FINAL_TYPE (SanChildrenItem, san_children_item, G_TYPE_OBJECT)

static guint filled_signal;

static void
san_children_item_finalize (GObject *object)
{
  g_clear_pointer (&SAN_CHILDREN_ITEM (object)->row, san_roll_row_free);
  G_OBJECT_CLASS (san_children_item_parent_class)->finalize (object);
}

static void
san_children_item_class_init (SanChildrenItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = san_children_item_finalize;
  filled_signal = g_signal_new ("filled", SAN_TYPE_CHILDREN_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
san_children_item_init (SanChildrenItem *self)
{
}

const SanRollRow *
san_children_item_get_row (SanChildrenItem *self)
{
  return self->row;
}

struct _SanChildrenModel
{
  GObject parent_instance;

  SanDesk     *desk;
  GtkWidget   *asker;               /* borrowed; NULL once detached */
  char        *search;
  SanRollChoice choice;
  guint        serial;              /* of what is asked now */
  guint        n;
  SanRoll     *counts;              /* (nullable) */
  GHashTable  *items;               /* position -> SanChildrenItem */
  GHashTable  *asked;               /* page -> itself: on its way or read */
  /* for an answer; one that nobody waits for any more never comes */
  GPtrArray   *waiting;
  GQueue       order;               /* of them, the one that was asked first at the head */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SanChildrenModel, san_children_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static guint counted_signal;

typedef struct { char *search; SanRollChoice choice; guint offset; } Page;
typedef struct { SanChildrenModel *model; guint serial; } Waiting;

static void
page_free (Page *page)
{
  g_free (page->search);
  g_free (page);
}

static gpointer
read_page (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  const Page *page = input;

  return san_roll_get (centre, page->search, &page->choice, page->offset, PAGE_ROWS, error);
}

static void
forget_asked (SanChildrenModel *self)
{
  g_hash_table_remove_all (self->asked);
  g_queue_clear (&self->order);
}

static void
forget (SanChildrenModel *self)
{
  g_hash_table_remove_all (self->items);
  forget_asked (self);
}

/* The page that was asked longest ago: far from what is on screen, which takes half of those
 * kept. */
static void
forget_oldest (SanChildrenModel *self)
{
  guint number = GPOINTER_TO_UINT (g_queue_pop_head (&self->order));

  g_hash_table_remove (self->asked, GUINT_TO_POINTER (number));
  for (guint i = 0; i < PAGE_ROWS; i++)
    g_hash_table_remove (self->items, GUINT_TO_POINTER (number * PAGE_ROWS + i));
}

static SanChildrenItem *
item_at (SanChildrenModel *self, guint position)
{
  SanChildrenItem *item = g_hash_table_lookup (self->items, GUINT_TO_POINTER (position));

  if (item == NULL)
    {
      item = g_object_new (SAN_TYPE_CHILDREN_ITEM, NULL);
      g_hash_table_insert (self->items, GUINT_TO_POINTER (position), item);
    }
  return item;
}

static void
take_rows (SanChildrenModel *self, SanRoll *roll)
{
  g_ptr_array_set_free_func (roll->rows, NULL);
  for (guint i = 0; i < roll->rows->len; i++)
    {
      SanChildrenItem *item = item_at (self, roll->offset + i);

      SanRollRow *before = item->row;

      item->row = g_ptr_array_index (roll->rows, i);
      g_signal_emit (item, filled_signal, 0);    /* nobody holds the one before any more */
      g_clear_pointer (&before, san_roll_row_free);
    }
  g_ptr_array_set_size (roll->rows, 0);
}

static void
got_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Waiting *waiting = data;
  g_autoptr(SanChildrenModel) self = g_object_ref (waiting->model);
  guint serial = waiting->serial;
  g_autoptr(GError) error = NULL;
  g_autoptr(SanRoll) roll = san_worker_run_finish (result, &error);
  guint old = self->n;

  g_ptr_array_remove_fast (self->waiting, waiting);
  if (self->asker == NULL || serial != self->serial)
    return;
  if (roll == NULL)
    {
      san_desk_complain (self->desk, error);
      return;
    }
  if (roll->n_match != self->n || self->counts == NULL)
    {
      /* all places anew: who stands where is not known any more */
      g_hash_table_remove_all (self->items);
      take_rows (self, roll);
      self->n = roll->n_match;
      g_list_model_items_changed (G_LIST_MODEL (self), 0, old, self->n);
    }
  else
    take_rows (self, roll);
  g_clear_pointer (&self->counts, san_roll_free);
  self->counts = g_steal_pointer (&roll);
  g_signal_emit (self, counted_signal, 0);
}

static void
ask_page (SanChildrenModel *self, guint number)
{
  Page *page;
  Waiting *waiting;

  if (self->asker == NULL || g_hash_table_contains (self->asked, GUINT_TO_POINTER (number)))
    return;
  if (g_hash_table_size (self->asked) >= KEPT_PAGES)
    forget_oldest (self);
  g_hash_table_add (self->asked, GUINT_TO_POINTER (number));
  g_queue_push_tail (&self->order, GUINT_TO_POINTER (number));
  page = g_new0 (Page, 1);
  page->search = g_strdup (self->search);
  page->choice = self->choice;
  page->offset = number * PAGE_ROWS;
  waiting = g_new0 (Waiting, 1);
  waiting->model = self;
  waiting->serial = self->serial;
  g_ptr_array_add (self->waiting, waiting);
  san_desk_ask (self->desk, self->asker, read_page, page, (GDestroyNotify) page_free,
                (GDestroyNotify) san_roll_free, got_cb, waiting);
}

void
san_children_model_reload (SanChildrenModel *self)
{
  self->serial++;
  forget_asked (self);
  g_clear_pointer (&self->counts, san_roll_free);
  ask_page (self, 0);
}

void
san_children_model_ask (SanChildrenModel *self, const char *search, const SanRollChoice *choice)
{
  g_free (self->search);
  self->search = search != NULL && *search != '\0' ? g_strdup (search) : NULL;
  self->choice = *choice;
  san_children_model_reload (self);
}

const SanRoll *
san_children_model_get_counts (SanChildrenModel *self)
{
  return self->counts;
}

void
san_children_model_detach (SanChildrenModel *self)
{
  self->asker = NULL;
  forget (self);
}

/* As a list */

static GType
get_item_type (GListModel *list)
{
  return SAN_TYPE_CHILDREN_ITEM;
}

static guint
get_n_items (GListModel *list)
{
  return SAN_CHILDREN_MODEL (list)->n;
}

static gpointer
get_item (GListModel *list, guint position)
{
  SanChildrenModel *self = SAN_CHILDREN_MODEL (list);
  SanChildrenItem *item;

  if (position >= self->n)
    return NULL;
  item = g_object_ref (item_at (self, position));
  if (item->row == NULL)
    ask_page (self, position / PAGE_ROWS);
  return item;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
san_children_model_finalize (GObject *object)
{
  SanChildrenModel *self = SAN_CHILDREN_MODEL (object);

  g_free (self->search);
  g_clear_pointer (&self->counts, san_roll_free);
  g_queue_clear (&self->order);
  g_hash_table_unref (self->items);
  g_hash_table_unref (self->asked);
  g_ptr_array_unref (self->waiting);
  g_object_unref (self->desk);
  G_OBJECT_CLASS (san_children_model_parent_class)->finalize (object);
}

static void
san_children_model_class_init (SanChildrenModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = san_children_model_finalize;
  counted_signal = g_signal_new ("counted", SAN_TYPE_CHILDREN_MODEL, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
san_children_model_init (SanChildrenModel *self)
{
  self->items = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->asked = g_hash_table_new (NULL, NULL);
  self->waiting = g_ptr_array_new_with_free_func (g_free);
}

SanChildrenModel *
san_children_model_new (SanDesk *desk, GtkWidget *asker)
{
  SanChildrenModel *self = g_object_new (SAN_TYPE_CHILDREN_MODEL, NULL);

  self->desk = g_object_ref (desk);
  self->asker = asker;
  return self;
}
