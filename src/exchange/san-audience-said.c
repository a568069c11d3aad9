/* san-audience-said.c - what we say to an audience: what we have, and what we ask for */
#include "san-audience-private.h"
#include "san-store.h"
#include "san-store-entries.h"
#include "san-wanted.h"

typedef struct
{
  const guint8 *head;
  gboolean      fits;
} HeadMatch;

static gboolean
match_head (SanEntry *entry, gpointer data)
{
  HeadMatch *match = data;

  match->fits |= memcmp (san_entry_get_id (entry)->b, match->head, 16) == 0;
  return TRUE;
}

gboolean
san_audience_store_has (SanStore *store, const SanHaveRow *row)
{
  HeadMatch match = { row->head, FALSE };

  return san_store_each_of_journal (store, &row->dossier, &row->journal, row->number, row->number,
                                    match_head, &match, NULL) &&
         match.fits;
}

GArray *
san_audience_list_have (const SanAudience *self, SanStore *store, GError **error)
{
  g_autoptr(GPtrArray) heads = san_store_list_heads (store, NULL, error);
  GArray *rows;

  if (heads == NULL)
    return NULL;
  rows = g_array_new (FALSE, TRUE, sizeof (SanHaveRow));
  for (guint i = 0; i < heads->len; i++)
    {
      const SanHead *head = g_ptr_array_index (heads, i);
      SanHaveRow row = { head->dossier, head->journal, head->number, { 0 } };

      if (!g_hash_table_contains (self->dossiers, &head->dossier))
        continue;
      memcpy (row.head, head->id.b, sizeof row.head);
      g_array_append_val (rows, row);
    }
  return rows;
}

/* Wants, each once. */
typedef struct
{
  GPtrArray  *list;
  GHashTable *known;                    /* GBytes* -> itself, owned by the list */
} Wants;

static void
add_want (Wants *wants, const SanWant *want)
{
  g_autoptr(GBytes) bytes = san_want_encode (want);

  if (wants->list->len >= SAN_WANTS_LIMIT || g_hash_table_contains (wants->known, bytes))
    return;
  g_hash_table_add (wants->known, bytes);
  g_ptr_array_add (wants->list, g_steal_pointer (&bytes));
}

static void
add_range_want (Wants *wants, const SanId32 *dossier, const SanId16 *journal, guint64 from,
                guint64 to)
{
  SanWant want = { FALSE, san_id32_zero, *dossier, *journal, from, to };

  add_want (wants, &want);
}

typedef struct
{
  SanId32 dossier;
  SanId16 journal;
} JournalKey;

static guint
journal_key_hash (gconstpointer key)
{
  const JournalKey *one = key;

  return san_id32_hash (&one->dossier) ^ san_id16_hash (&one->journal);
}

static gboolean
journal_key_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (JournalKey)) == 0;
}

static GHashTable *
index_heads (GPtrArray *heads)
{
  GHashTable *index = g_hash_table_new_full (journal_key_hash, journal_key_equal, g_free, NULL);

  for (guint i = 0; i < heads->len; i++)
    {
      const SanHead *head = g_ptr_array_index (heads, i);
      JournalKey *key = g_new0 (JournalKey, 1);

      key->dossier = head->dossier;
      key->journal = head->journal;
      g_hash_table_insert (index, key, (gpointer) head);       /* the highest one stays */
    }
  return index;
}

/* What a device says it has and we have not: from our last number on, at a fork from 1. */
static void
add_wants_from (const SanAudience *self, SanStore *store, const SanPeer *peer, GHashTable *heads,
                Wants *wants)
{
  for (guint i = 0; peer->have != NULL && i < peer->have->rows->len; i++)
    {
      const SanHaveRow *row = &g_array_index (peer->have->rows, SanHaveRow, i);
      JournalKey key = { row->dossier, row->journal };
      const SanHead *head = g_hash_table_lookup (heads, &key);

      if (!self->own && !g_hash_table_contains (self->dossiers, &row->dossier))
        continue;
      if (head == NULL || row->number > head->number)
        add_range_want (wants, &row->dossier, &row->journal, head != NULL ? head->number + 1 : 1,
                        row->number);
      else if (!(row->number == head->number &&
                 memcmp (row->head, head->id.b, sizeof row->head) == 0) &&
               !san_audience_store_has (store, row))
        add_range_want (wants, &row->dossier, &row->journal, 1, row->number);
    }
}

static gboolean
add_piece_wants (const SanAudience *self, SanStore *store, Wants *wants, GError **error)
{
  g_autoptr(GArray) wanted = san_wanted_list (store, error);

  if (wanted == NULL)
    return FALSE;
  for (guint i = 0; i < wanted->len; i++)
    {
      const SanWanted *row = &g_array_index (wanted, SanWanted, i);
      SanWant want = { TRUE, row->piece, san_id32_zero, { { 0 } }, 0, 0 };

      if (g_hash_table_contains (self->dossiers, &row->dossier))
        add_want (wants, &want);
    }
  return TRUE;
}

GPtrArray *
san_audience_list_wants (const SanAudience *self, SanStore *store, GError **error)
{
  g_autoptr(GPtrArray) waiting = san_store_list_wants (store, error);
  g_autoptr(GPtrArray) heads = waiting != NULL ? san_store_list_heads (store, NULL, error) : NULL;
  g_autoptr(GHashTable) known = g_hash_table_new (g_bytes_hash, g_bytes_equal);
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr(GHashTable) index = NULL;
  Wants wants = { list, known };

  if (heads == NULL)
    return NULL;
  for (guint i = 0; i < waiting->len; i++)
    {
      const SanWantRange *range = g_ptr_array_index (waiting, i);

      if (g_hash_table_contains (self->dossiers, &range->dossier))
        add_range_want (&wants, &range->dossier, &range->journal, range->from, range->to);
    }
  index = index_heads (heads);
  for (guint p = 0; p < self->peers->len; p++)
    add_wants_from (self, store, g_ptr_array_index (self->peers, p), index, &wants);
  return add_piece_wants (self, store, &wants, error) ? g_steal_pointer (&list) : NULL;
}

static gboolean
names_journal (const SanPeer *peer, const SanId16 *journal)
{
  for (guint i = 0; peer->have != NULL && i < peer->have->rows->len; i++)
    if (san_id16_equal (&g_array_index (peer->have->rows, SanHaveRow, i).journal, journal))
      return TRUE;
  return FALSE;
}

/* Has a device of it named this journal, by one of its writers: then it has read what we wrote
 * since it began. */
gboolean
san_audience_knows_journal (const SanAudience *self, const SanId16 *journal)
{
  gboolean any = FALSE, every = self->n_unheard == 0;

  for (guint first = 0, end; first < self->peers->len; first = end)
    {
      gboolean named = FALSE;

      end = san_audience_end_of_device (self->peers, first);
      for (guint i = first; i < end; i++)
        named |= names_journal (g_ptr_array_index (self->peers, i), journal);
      any |= named;
      every &= named;
    }
  return any && (!self->own || every);
}
