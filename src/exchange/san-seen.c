/* san-seen.c - files in places that hold nothing for us */
#include "san-seen.h"
#include "san-keys.h"
#include "san-store.h"

#define STATE_SEEN "seen"               /* rows of 16 bytes */
#define SEEN_LIMIT 20000u
#define SEEN_SIZE  16u

struct _SanSeen
{
  SanStore   *store;
  GByteArray *rows;                     /* row 0: of the keys; then oldest first */
  GHashTable *set;                      /* SanId16* -> itself */
  gboolean    changed;
};

static void
seen_key (const char *name, guint64 size, SanId16 *out)
{
  g_autoptr(SanHasher) hasher = san_hasher_new ("san1.seen");
  guint64 le = GUINT64_TO_LE (size);
  SanId32 whole;

  san_hasher_update (hasher, &le, sizeof le);
  san_hasher_update (hasher, name, strlen (name));
  san_hasher_finish (hasher, &whole);
  memcpy (out->b, whole.b, sizeof out->b);
}

static void
hash_keys (GPtrArray *keys, SanId16 *out)
{
  g_autoptr(SanHasher) hasher = san_hasher_new ("san1.seen.keys");
  SanId32 whole;

  for (guint i = 0; i < keys->len; i++)
    san_hasher_update (hasher, san_box_key_get_public (g_ptr_array_index (keys, i))->b,
                       sizeof (SanId32));
  san_hasher_finish (hasher, &whole);
  memcpy (out->b, whole.b, sizeof out->b);
}

SanSeen *
san_seen_load (SanStore *store, GPtrArray *keys)
{
  SanSeen *self = g_new0 (SanSeen, 1);
  g_autoptr(GBytes) state = san_store_get_state (store, STATE_SEEN, NULL);
  gsize n = 0;
  const guint8 *at = state != NULL ? g_bytes_get_data (state, &n) : NULL;
  SanId16 ours;

  hash_keys (keys, &ours);
  self->store = store;
  self->rows = g_byte_array_new ();
  g_byte_array_append (self->rows, ours.b, SEEN_SIZE);
  if (n < SEEN_SIZE || memcmp (at, ours.b, SEEN_SIZE) != 0)
    n = 0;
  self->set = g_hash_table_new_full (san_id16_hash, san_id16_equal, g_free, NULL);
  for (gsize i = SEEN_SIZE; i + SEEN_SIZE <= n; i += SEEN_SIZE)
    {
      g_byte_array_append (self->rows, at + i, SEEN_SIZE);
      g_hash_table_add (self->set, san_id16_copy ((const SanId16 *) (at + i)));
    }
  return self;
}

gboolean
san_seen_has (const SanSeen *self, const char *name, guint64 size)
{
  SanId16 key;

  seen_key (name, size, &key);
  return g_hash_table_contains (self->set, &key);
}

void
san_seen_add (SanSeen *self, const char *name, guint64 size)
{
  SanId16 key;

  seen_key (name, size, &key);
  if (g_hash_table_add (self->set, san_id16_copy (&key)))
    {
      g_byte_array_append (self->rows, key.b, SEEN_SIZE);
      self->changed = TRUE;
    }
}

/* The oldest go first when there are too many: such a file is merely looked at again. */
gboolean
san_seen_save (SanSeen *self, GError **error)
{
  g_autoptr(GBytes) state = NULL;

  if (!self->changed)
    return TRUE;
  if (self->rows->len > SEEN_LIMIT * SEEN_SIZE)
    g_byte_array_remove_range (self->rows, SEEN_SIZE, self->rows->len - SEEN_LIMIT * SEEN_SIZE);
  state = g_bytes_new (self->rows->data, self->rows->len);
  if (!san_store_put_state (self->store, STATE_SEEN, state, error))
    return FALSE;
  self->changed = FALSE;
  return TRUE;
}

void
san_seen_free (SanSeen *self)
{
  g_byte_array_unref (self->rows);
  g_hash_table_unref (self->set);
  g_free (self);
}
