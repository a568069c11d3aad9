/* attack.c - all that a login holds, tried on all that lies in the store */
#include "attack.h"

#include "san-authority-body.h"
#include "san-data-body.h"
#include "san-file.h"
#include "san-key-grant.h"
#include "san-ring.h"
#include "san-vfs.h"

#define SECRET_SIZE   32u
#define FILE_ID_AT    16u
#define VIEW_KEY_SIZE (1u + 32u + SAN_AEAD_NONCE_SIZE + SECRET_SIZE + SAN_AEAD_TAG_SIZE)

typedef struct
{
  guint8  compartment;
  SanId32 pk;
  SanId32 previous;
} Ring;

struct _Attack
{
  char       *dir;
  SanSecret  *store_key;
  GPtrArray  *secrets;             /* SanSecret, in the order found */
  GPtrArray  *boxes;               /* SanBoxKey of each secret that was meant for one */
  GHashTable *seen;                /* bytes of the secrets */
  GPtrArray  *entries;             /* SanEntry */
  GHashTable *rings;               /* ring id -> Ring */
  GPtrArray  *view_rows;           /* GBytes by compartment, or NULL */
  Loot        loot;
};

Attack *
attack_new (const SanPlaceOnDisk *where)
{
  Attack *self = g_new0 (Attack, 1);

  self->dir = g_strdup (where->store);
  self->secrets = g_ptr_array_new_with_free_func ((GDestroyNotify) san_secret_unref);
  self->boxes = g_ptr_array_new_with_free_func ((GDestroyNotify) san_box_key_unref);
  self->seen = g_hash_table_new_full (san_id32_hash, san_id32_equal, g_free, NULL);
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) san_entry_unref);
  self->rings = g_hash_table_new_full (san_id32_hash, san_id32_equal, g_free, g_free);
  self->view_rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  return self;
}

void
attack_free (Attack *self)
{
  g_clear_pointer (&self->store_key, san_secret_unref);
  g_ptr_array_unref (self->secrets);
  g_ptr_array_unref (self->boxes);
  g_hash_table_unref (self->seen);
  g_ptr_array_unref (self->entries);
  g_hash_table_unref (self->rings);
  g_ptr_array_unref (self->view_rows);
  g_free (self->dir);
  g_free (self);
}

/* ---- what she holds ---- */

static gboolean
take (Attack *self, const SanSecret *secret)
{
  SanId32 bytes;

  if (secret == NULL || san_secret_get_size (secret) != SECRET_SIZE)
    return FALSE;
  memcpy (bytes.b, san_secret_get_data (secret), SECRET_SIZE);
  if (g_hash_table_contains (self->seen, &bytes))
    return FALSE;
  g_hash_table_add (self->seen, san_id32_copy (&bytes));
  g_ptr_array_add (self->secrets, san_secret_ref ((SanSecret *) secret));
  return TRUE;
}

static gboolean
take_box (Attack *self, SanBoxKey *box)
{
  if (box == NULL || !take (self, san_box_key_get_secret (box)))
    return FALSE;
  g_ptr_array_add (self->boxes, san_box_key_ref (box));
  return TRUE;
}

/* Any 32 bytes that lie beside each other in the rows of this laptop's state. */
static void
take_state (Attack *self, SanStore *store)
{
  g_auto(GStrv) names = san_store_list_state (store, "", NULL);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autoptr(GBytes) value = san_store_get_state (store, names[i], NULL);
      gsize n;
      const guint8 *data = value != NULL ? g_bytes_get_data (value, &n) : NULL;

      for (gsize at = 0; data != NULL && at + SECRET_SIZE <= MIN (n, 512); at++)
        {
          g_autoptr(SanSecret) window = san_secret_new_copy (data + at, SECRET_SIZE);

          take (self, window);
        }
    }
}

static void
take_rings (Attack *self, SanStore *store)
{
  g_autoptr(GPtrArray) rings = san_store_list_rings (store, -1, NULL);

  g_assert_nonnull (rings);
  for (guint i = 0; i < rings->len; i++)
    {
      g_autoptr(SanBoxKey) ring =
          san_store_dup_ring (store, &((SanHeldRing *) g_ptr_array_index (rings, i))->id, NULL);

      take_box (self, ring);
    }
}

static void
take_dossier_keys (Attack *self, SanStore *store)
{
  g_autoptr(GPtrArray) dossiers = san_store_list_dossiers (store, 0, NULL, G_MAXUINT, NULL);

  g_assert_nonnull (dossiers);
  for (guint i = 0; i < dossiers->len; i++)
    for (guint8 c = 0; c < SAN_N_COMPARTMENTS; c++)
      {
        const SanDossier *dossier = g_ptr_array_index (dossiers, i);
        g_autoptr(GPtrArray) keys = san_store_list_dossier_keys (store, &dossier->id, c, NULL);

        for (guint k = 0; keys != NULL && k < keys->len; k++)
          take (self, g_ptr_array_index (keys, k));
      }
}

void
attack_take_slot (Attack *self, const SanSlotKeys *keys)
{
  take (self, keys->store_key);
  take (self, san_sign_key_get_seed (keys->sign));
  take_box (self, keys->box);
}

void
attack_take_login (Attack *self, SanCentre *centre)
{
  g_clear_pointer (&self->store_key, san_secret_unref);
  self->store_key = san_secret_ref (centre->store_key);
  take (self, centre->store_key);
  take (self, san_sign_key_get_seed (centre->seat_key));
  take (self, san_sign_key_get_seed (centre->device_key));
  take_box (self, centre->seat_box);
  take_box (self, centre->device_box);
  take_rings (self, centre->store);
  take_dossier_keys (self, centre->store);
  take_state (self, centre->store);
}

/* ---- what lies there ---- */

static void
remember_ring (Attack *self, SanEntry *entry)
{
  g_autoptr(SanAuthorityBody) body = NULL;
  Ring *ring;

  if (san_entry_get_header (entry)->kind != SAN_KIND_AUTHORITY)
    return;
  body = san_authority_body_parse (san_entry_get_body (entry), NULL);
  if (body == NULL || body->op != SAN_OP_NEW_RING)
    return;
  ring = g_new0 (Ring, 1);
  ring->compartment = body->u.new_ring.compartment;
  ring->pk = body->u.new_ring.ring_pk;
  ring->previous = body->u.new_ring.previous;
  g_hash_table_insert (self->rings, san_id32_copy (san_entry_get_id (entry)), ring);
}

static gboolean
remember_entry (SanEntry *entry, gpointer data)
{
  Attack *self = data;

  g_ptr_array_add (self->entries, san_entry_ref (entry));
  remember_ring (self, entry);
  return TRUE;
}

static void
read_store (Attack *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanStore) store = san_store_open (self->dir, self->store_key, &error);
  g_autoptr(GPtrArray) dossiers = NULL;

  g_assert_no_error (error);
  dossiers = san_store_list_dossiers (store, 0, NULL, G_MAXUINT, NULL);
  for (guint i = 0; i < dossiers->len; i++)
    g_assert_true (san_store_each_of_dossier (
        store, &((SanDossier *) g_ptr_array_index (dossiers, i))->id, remember_entry, self, NULL));
  for (guint8 c = 0; c < SAN_N_COMPARTMENTS; c++)
    {
      g_autofree char *name = g_strconcat ("view-key.", san_compartment_get_name (c), NULL);

      g_ptr_array_add (self->view_rows, san_store_get_state (store, name, NULL));
    }
  g_assert_true (san_store_close (store, &error));
}

/* ---- one thing after another ---- */

/* A ring sealed to somebody: to one of our boxes? */
static gboolean
try_pair (Attack *self, const SanRingPair *pair, const SanId32 *ring_id)
{
  const Ring *ring = g_hash_table_lookup (self->rings, ring_id);
  gboolean news = FALSE;

  for (guint i = 0; ring != NULL && i < self->boxes->len; i++)
    {
      g_autoptr(SanBoxKey) key =
          san_ring_pair_open (pair, g_ptr_array_index (self->boxes, i), &ring->pk, NULL);

      self->loot.n_tries++;
      if (key != NULL && take_box (self, key))
        {
          self->loot.rings[ring->compartment]++;
          news = TRUE;
        }
    }
  return news;
}

static gboolean
try_link (Attack *self, const SanNewRing *ring)
{
  const Ring *before = g_hash_table_lookup (self->rings, &ring->previous);
  gboolean news = FALSE;

  for (guint i = 0; before != NULL && i < self->boxes->len; i++)
    {
      g_autoptr(SanBoxKey) key =
          san_new_ring_open_link (ring, g_ptr_array_index (self->boxes, i), &before->pk, NULL);

      self->loot.n_tries++;
      if (key != NULL && take_box (self, key))
        {
          self->loot.rings[before->compartment]++;
          news = TRUE;
        }
    }
  return news;
}

static gboolean
try_authority (Attack *self, SanEntry *entry)
{
  g_autoptr(SanAuthorityBody) body = san_authority_body_parse (san_entry_get_body (entry), NULL);
  gboolean news = FALSE;

  if (body != NULL && body->op == SAN_OP_RING_GRANT)
    news = try_pair (self, &body->u.ring_grant.pair, &body->u.ring_grant.ring);
  if (body == NULL || body->op != SAN_OP_NEW_RING)
    return news;
  for (guint i = 0; i < body->u.new_ring.n_pairs; i++)
    news |= try_pair (self, &body->u.new_ring.pairs[i], san_entry_get_id (entry));
  return try_link (self, &body->u.new_ring) || news;
}

static gboolean
try_grant (Attack *self, SanEntry *entry)
{
  g_autoptr(SanKeyGrant) grant = san_key_grant_parse (san_entry_get_body (entry), NULL);
  gboolean news = FALSE;

  g_assert_nonnull (grant);
  for (guint p = 0; p < grant->n_pairs; p++)
    for (guint i = 0; i < self->boxes->len; i++)
      {
        g_autoptr(SanSecret) key = san_key_grant_open (grant, &grant->pairs[p].ring,
                                                        g_ptr_array_index (self->boxes, i), NULL);

        self->loot.n_tries++;
        self->loot.grants[grant->compartment] += key != NULL;
        news |= take (self, key);
      }
  for (guint i = 0; i < self->secrets->len; i++)
    {
      g_autoptr(SanSecret) key =
          san_key_grant_open_link (grant, g_ptr_array_index (self->secrets, i), NULL);

      self->loot.n_tries++;
      self->loot.grants[grant->compartment] += key != NULL;
      news |= take (self, key);
    }
  return news;
}

static void
try_parts (Attack *self, SanEntry *entry)
{
  g_autoptr(SanDataBody) body = san_data_body_parse (san_entry_get_body (entry), NULL);

  g_assert_nonnull (body);
  for (guint p = 0; p < san_data_body_get_n_parts (body); p++)
    for (guint i = 0; i < self->secrets->len; i++)
      {
        guint8 compartment = san_data_body_get_part (body, p)->compartment;
        g_autoptr(SanChangeList) list =
          san_data_body_open_part (body, san_entry_get_header (entry), compartment,
                                   g_ptr_array_index (self->secrets, i), NULL);

        self->loot.n_tries++;
        self->loot.parts[compartment] += list != NULL && compartment != SAN_COMPARTMENT_HOUSE;
      }
}

/* ---- views ---- */

static gboolean
try_view_key (Attack *self, guint8 compartment, const SanSecret *wrap, const guint8 *row,
              const guint8 *file_id)
{
  guint8 context[SAN_DOMAIN_SIZE + 1 + 16];
  g_autoptr(SanSecret) key = san_secret_new (SECRET_SIZE);

  san_domain_put ("san1.view.key", context);
  context[SAN_DOMAIN_SIZE] = compartment;
  memcpy (context + SAN_DOMAIN_SIZE + 1, file_id, 16);
  self->loot.n_tries++;
  if (!san_aead_open (wrap, row + 33, context, sizeof context, row + 33 + SAN_AEAD_NONCE_SIZE,
                      SECRET_SIZE + SAN_AEAD_TAG_SIZE, san_secret_get_mutable (key)))
    return FALSE;
  self->loot.view_keys[compartment]++;
  return take (self, key);
}

/* Each secret as it is, and as the store would use a ring's. */
static gboolean
try_view_keys (Attack *self, guint8 compartment)
{
  GBytes *row = g_ptr_array_index (self->view_rows, compartment);
  g_autofree char *name = g_strconcat (san_compartment_get_name (compartment), ".db", NULL);
  g_autofree char *path = g_build_filename (self->dir, name, NULL);
  g_autoptr(GBytes) file = san_file_read (path, 1u << 30, NULL);
  gboolean news = FALSE;

  if (row == NULL || file == NULL)
    return FALSE;
  g_assert_cmpuint (g_bytes_get_size (row), ==, VIEW_KEY_SIZE);
  for (guint i = 0; i < self->secrets->len; i++)
    {
      const SanSecret *secret = g_ptr_array_index (self->secrets, i);
      g_autoptr(SanSecret) derived = san_derive (secret, "san1.view.key", "", 0);
      const guint8 *file_id = (const guint8 *) g_bytes_get_data (file, NULL) + FILE_ID_AT;

      news |= try_view_key (self, compartment, secret, g_bytes_get_data (row, NULL), file_id);
      news |= try_view_key (self, compartment, derived, g_bytes_get_data (row, NULL), file_id);
    }
  return news;
}

static void
try_file (Attack *self, guint8 compartment)
{
  g_autofree char *name = g_strconcat (san_compartment_get_name (compartment), ".db", NULL);
  g_autofree char *path = g_build_filename (self->dir, name, NULL);

  for (guint i = 0; g_file_test (path, G_FILE_TEST_EXISTS) && i < self->secrets->len; i++)
    {
      sqlite3 *db =
          san_vfs_open (path, g_ptr_array_index (self->secrets, i), SAN_VFS_QUERY_ONLY, NULL);

      self->loot.n_tries++;
      if (db == NULL)
        continue;
      self->loot.files[compartment]++;
      san_vfs_close (db, NULL);
    }
}

static gboolean
try_keys (Attack *self)
{
  gboolean news = FALSE;

  for (guint i = 0; i < self->entries->len; i++)
    {
      SanEntry *entry = g_ptr_array_index (self->entries, i);

      if (san_entry_get_header (entry)->kind == SAN_KIND_AUTHORITY)
        news |= try_authority (self, entry);
      else if (san_entry_get_header (entry)->kind == SAN_KIND_KEY_GRANT)
        news |= try_grant (self, entry);
    }
  for (guint8 c = 1; c < SAN_N_COMPARTMENTS; c++)
    news |= try_view_keys (self, c);
  return news;
}

Loot
attack_run (Attack *self)
{
  read_store (self);
  while (try_keys (self))
    ;                                         /* until nothing new comes of it */
  for (guint i = 0; i < self->entries->len; i++)
    if (san_entry_get_header (g_ptr_array_index (self->entries, i))->kind == SAN_KIND_CHANGES)
      try_parts (self, g_ptr_array_index (self->entries, i));
  for (guint8 c = 1; c < SAN_N_COMPARTMENTS; c++)
    try_file (self, c);
  self->loot.n_secrets = self->secrets->len;
  return self->loot;
}
