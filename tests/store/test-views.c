/* test-views.c - a view opens only to holders of its ring, and follows rings and keys */
#include "store-fixture.h"
#include "san-key-grant.h"
#include "san-vfs.h"
#include "san-page-cipher.h"
#include <glib/gstdio.h>

typedef struct
{
  Centre *centre;
  Laptop *laptop;
  Person *head, *counsellor, *house;
  SanId32 child;
} World;

static void
set_up (World *self)
{
  self->centre = centre_new ();
  self->laptop = laptop_new (self->centre);
  self->head = person_new (self->laptop, "superintendent", NULL);
  self->counsellor = person_new (self->laptop, "counsellor", NULL);
  self->house = person_new (self->laptop, "house", NULL);
  centre_found (self->centre, self->head);
  appoint (self->head, self->counsellor);
  appoint (self->head, self->house);
  unlock (self->counsellor);
  make_ring (self->counsellor, SAN_COMPARTMENT_CLINICAL, NULL);
  admit (self->counsellor, &self->child);
}

static void
tear_down (World *self)
{
  person_free (self->house);
  person_free (self->counsellor);
  person_free (self->head);
  laptop_free (self->laptop);
  centre_free (self->centre);
}

static guint
mask_of (Laptop *laptop)
{
  return san_store_get_open_mask (laptop->store);
}

static void
test_masks (void)
{
  World world;

  set_up (&world);
  g_assert_cmpuint (mask_of (world.laptop), ==, 0x07);
  unlock (world.head);
  g_assert_cmpuint (mask_of (world.laptop), ==, 0x3b);
  unlock (world.house);
  g_assert_cmpuint (mask_of (world.laptop), ==, 0x01);
  san_store_lock (world.laptop->store);
  g_assert_cmpuint (mask_of (world.laptop), ==, 0x01);
  g_assert_null (san_store_get_seat (world.laptop->store));
  tear_down (&world);
}

/* All keys that a login holds, and all that stands in store.db, tried on a view file. */
static guint
try_open (World *world, const char *name, GPtrArray *keys)
{
  g_autofree char *path = g_build_filename (world->laptop->dir, name, NULL);
  guint opened = 0;

  for (guint i = 0; i < keys->len; i++)
    {
      sqlite3 *db = san_vfs_open (path, keys->pdata[i], SAN_VFS_QUERY_ONLY, NULL);

      if (db)
        {
          opened++;
          san_vfs_close (db, NULL);
        }
    }
  return opened;
}

/* What a person may try as a key: her secrets, what is derived from them for this purpose, and
 * every 32 bytes of the rows in which view keys are kept. */
static void
add_keys (World *world, Person *person, GPtrArray *keys)
{
  SanStore *store = world->laptop->store;
  g_autoptr(GPtrArray) rings = san_store_list_rings (store, -1, NULL);
  g_auto(GStrv) names = san_store_list_state (store, "", NULL);

  g_ptr_array_add (keys, san_secret_ref (world->laptop->store_key));
  g_ptr_array_add (keys, san_secret_ref (san_sign_key_get_seed (person->sign)));
  g_ptr_array_add (keys, san_secret_ref (san_box_key_get_secret (person->box)));
  for (guint i = 0; i < rings->len; i++)
    {
      g_autoptr(SanBoxKey) ring
          = san_store_dup_ring (store, &((SanHeldRing *)rings->pdata[i])->id, NULL);

      g_ptr_array_add (keys, san_secret_ref (san_box_key_get_secret (ring)));
      g_ptr_array_add (keys, san_derive (san_box_key_get_secret (ring), "san1.view.key", "", 0));
    }
  for (guint i = 0; names[i]; i++)
    {
      g_autoptr(GBytes) value = san_store_get_state (store, names[i], NULL);
      gsize n;
      const guint8 *data = g_bytes_get_data (value, &n);

      for (gsize at = 0; at + 32 <= n; at++)
        g_ptr_array_add (keys, san_secret_new_copy (data + at, 32));
    }
}

/* What she can unwrap: each view row with each of her rings, also the rows of compartments that
 * her rings are not for. */
static void
add_unwrapped (World *world, GPtrArray *keys)
{
  SanStore *store = world->laptop->store;
  g_autoptr(GPtrArray) rings = san_store_list_rings (store, -1, NULL);
  g_auto(GStrv) names = san_store_list_state (store, "view-key.", NULL);
  static const char *const files[]
      = { "case.db", "clinical.db", "medical.db", "legal.db", "staff.db" };

  for (guint n = 0; names[n]; n++)
    for (guint r = 0; r < rings->len; r++)
      for (guint f = 0; f < G_N_ELEMENTS (files); f++)
        {
          g_autoptr(SanBoxKey) ring
              = san_store_dup_ring (store, &((SanHeldRing *)rings->pdata[r])->id, NULL);
          g_autoptr(SanSecret) wrap
              = san_derive (san_box_key_get_secret (ring), "san1.view.key", "", 0);
          g_autoptr(SanSecret) key = san_secret_new (32);
          g_autoptr(GBytes) row = san_store_get_state (store, names[n], NULL);
          g_autofree char *path = g_build_filename (world->laptop->dir, files[f], NULL);
          g_autofree char *file = NULL;
          const guint8 *data = g_bytes_get_data (row, NULL);
          guint8 context[33];

          if (!g_file_get_contents (path, &file, NULL, NULL))
            continue;
          san_domain_put ("san1.view.key", context);
          context[16] = data[0];
          memcpy (context + 17, file + 16, 16);
          if (san_aead_open (wrap, data + 33, context, sizeof context, data + 57, 48,
                             san_secret_get_mutable (key)))
            g_ptr_array_add (keys, g_steal_pointer (&key));
        }
}

/* A login without the ring cannot open the view, whatever she hands to the decryptor. */
static void
test_without_the_ring (void)
{
  World world;
  g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func ((GDestroyNotify)san_secret_unref);
  SanId16 record;

  set_up (&world);
  record_new (&record);
  save_one (world.counsellor, &world.child, 2, &record, "session", "words",
            "clinical-planted-word");
  save_one (world.counsellor, &world.child, 1, &record, "family", "school", "case-planted-word");
  save_one (world.counsellor, &world.child, 0, &record, "welcome", "alias", "house-planted-word");
  unlock (world.house);
  add_keys (&world, world.house, keys);
  add_unwrapped (&world, keys);
  g_assert_cmpuint (try_open (&world, "case.db", keys), ==, 0);
  g_assert_cmpuint (try_open (&world, "clinical.db", keys), ==, 0);
  g_assert_cmpuint (try_open (&world, "store.db", keys), ==, 1);
  /* and the attempt is a fair one: who holds the ring succeeds with it */
  unlock (world.counsellor);
  g_ptr_array_set_size (keys, 0);
  add_keys (&world, world.counsellor, keys);
  add_unwrapped (&world, keys);
  san_store_lock (world.laptop->store);
  g_assert_cmpuint (try_open (&world, "case.db", keys), ==, 1);
  g_assert_cmpuint (try_open (&world, "clinical.db", keys), ==, 1);
  tear_down (&world);
}

/* `strings` and view files of a house mother's unlocked login → no clinical or case text, no
 * clinical field name; nothing at all in clear on the disk. */
static void
test_nothing_in_clear (void)
{
  static const char *const words[]
      = { "clinical-planted-word", "case-planted-word", "house-planted-word",
          "planted-field",         "CREATE TABLE",      "SQLite format" };
  World world;
  SanId16 record;

  set_up (&world);
  record_new (&record);
  save_one (world.counsellor, &world.child, 2, &record, "session", "planted-field",
            "clinical-planted-word");
  save_one (world.counsellor, &world.child, 1, &record, "family", "planted-field",
            "case-planted-word");
  save_one (world.counsellor, &world.child, 0, &record, "welcome", "planted-field",
            "house-planted-word");
  for (guint i = 0; i < 3; i++)
    {
      for (guint w = 0; w < G_N_ELEMENTS (words); w++)
        g_assert_false (file_holds (world.laptop, words[w]));
      if (i == 0)
        unlock (world.house);
      if (i == 1)
        laptop_close (world.laptop);
    }
  tear_down (&world);
}

/* All pages as SQLite sees them. */
static void
dump_pages (const char *path, const SanSecret *key, GByteArray *out)
{
  g_autofree char *data = NULL;
  g_autoptr(SanSecret) pages = san_derive_subkey (key, 1, "san1.vfs");
  g_autoptr(SanPageCipher) cipher = san_page_cipher_new (pages);
  gsize n;

  g_assert_true (g_file_get_contents (path, &data, &n, NULL));
  for (gsize at = 4096, page = 1; at + 4096 <= n; at += 4096, page++)
    {
      guint8 ad[32] = { 'P', 1 };
      guint8 text[4056];
      guint64 number = GUINT64_TO_LE (page);

      memcpy (ad + 8, &number, 8);
      memcpy (ad + 16, data + 16, 16);
      g_assert_true (san_page_cipher_open (cipher, ad, sizeof ad, (guint8 *)data + at, 4096, text));
      g_byte_array_append (out, text, sizeof text);
    }
}

/* What stands in store.db, opened with its own key, tells a house mother no protected word. */
static void
test_store_holds_no_protected_text (void)
{
  World world;
  g_autofree char *path = NULL;
  g_autoptr(GByteArray) pages = g_byte_array_new ();
  SanId16 record;

  set_up (&world);
  record_new (&record);
  save_one (world.counsellor, &world.child, 2, &record, "session", "planted-field",
            "clinical-planted-word");
  save_one (world.counsellor, &world.child, 0, &record, "welcome", "alias", "house-planted-word");
  path = g_build_filename (world.laptop->dir, "store.db", NULL);
  laptop_close (world.laptop);
  dump_pages (path, world.laptop->store_key, pages);
  g_assert_nonnull (memmem (pages->data, pages->len, "house-planted-word", 18));
  g_assert_null (memmem (pages->data, pages->len, "clinical-planted-word", 21));
  g_assert_null (memmem (pages->data, pages->len, "planted-field", 13));
  laptop_open (world.laptop);
  tear_down (&world);
}

/* After a new ring: new key, the view is under it, and the old ring does not open it. */
static void
test_new_ring (void)
{
  World world;
  g_autoptr(GBytes) before = NULL;
  g_autoptr(GBytes) after = NULL;
  SanId32 digest, again;
  SanId16 record;

  set_up (&world);
  record_new (&record);
  save_one (world.counsellor, &world.child, 2, &record, "session", "words", "one");
  san_store_view_digest (world.laptop->store, 2, TRUE, &digest, NULL);
  before = san_store_get_state (world.laptop->store, "view-key.clinical", NULL);
  rotate_ring (world.counsellor, SAN_COMPARTMENT_CLINICAL);
  after = san_store_get_state (world.laptop->store, "view-key.clinical", NULL);
  g_assert_cmpmem (g_bytes_get_data (before, NULL), 1, g_bytes_get_data (after, NULL), 1);
  g_assert_false (g_bytes_equal (before, after));
  assert_text (world.laptop, &world.child, &record, "words", "one");
  san_store_view_digest (world.laptop->store, 2, TRUE, &again, NULL);
  g_assert_cmpmem (&digest, sizeof digest, &again, sizeof again);
  /* the next write goes under a new key, and both are read after another unlock */
  save_one (world.counsellor, &world.child, 2, &record, "session", "more", "two");
  unlock (world.counsellor);
  assert_text (world.laptop, &world.child, &record, "words", "one");
  assert_text (world.laptop, &world.child, &record, "more", "two");
  assert_sound (world.laptop);
  tear_down (&world);
}

/* New counsellor granted today → opens a note of three years ago through links. */
static void
test_new_counsellor (void)
{
  World world;
  g_autoptr(Person) second = NULL;
  SanId16 record;

  set_up (&world);
  record_new (&record);
  save_one (world.counsellor, &world.child, 2, &record, "session", "words", "three years ago");
  rotate_ring (world.counsellor, SAN_COMPARTMENT_CLINICAL);
  save_one (world.counsellor, &world.child, 2, &record, "session", "more", "last year");
  rotate_ring (world.counsellor, SAN_COMPARTMENT_CLINICAL);
  save_one (world.counsellor, &world.child, 2, &record, "session", "now", "today");
  second = person_new (world.laptop, "counsellor", NULL);
  unlock (world.head);
  appoint (world.head, second);
  unlock (second);
  g_assert_cmpuint (mask_of (world.laptop), ==, 0x03);
  unlock (world.counsellor);
  give_ring (world.counsellor, SAN_COMPARTMENT_CLINICAL, second);
  unlock (second);
  g_assert_cmpuint (mask_of (world.laptop), ==, 0x07);
  assert_text (world.laptop, &world.child, &record, "words", "three years ago");
  assert_text (world.laptop, &world.child, &record, "more", "last year");
  assert_text (world.laptop, &world.child, &record, "now", "today");
  assert_sound (world.laptop);
  tear_down (&world);
}

/* Parts that came before their key stay closed, and open when it comes (the unlock pass). */
static void
test_key_comes_later (void)
{
  World world;
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(GPtrArray) grants = g_ptr_array_new ();
  g_autoptr(GPtrArray) rest = g_ptr_array_new ();
  g_autoptr(Laptop) fresh = NULL;
  g_autoptr(GError) error = NULL;
  SanId16 record;

  set_up (&world);
  record_new (&record);
  unlock (world.head);
  save_one (world.head, &world.child, 3, &record, "exam", "height", "140");
  /* the grant is written by a seat of its own journal, so that it can be left out */
  all = entries_of (world.laptop);
  for (guint i = 0; i < all->len; i++)
    {
      g_autoptr(SanEntry) entry = san_entry_new_from_bytes (all->pdata[i], NULL);
      const SanHeader *header = san_entry_get_header (entry);

      g_ptr_array_add (
          header->kind == SAN_KIND_KEY_GRANT || header->kind == SAN_KIND_CHANGES ? grants : rest,
          all->pdata[i]);
    }
  fresh = laptop_new (world.centre);
  apply_list (fresh, rest, NULL);
  san_store_unlock (fresh->store, person_pk (world.head), world.head->box, NULL, &error);
  g_assert_no_error (error);
  apply_list (fresh, grants, NULL);
  assert_text (fresh, &world.child, &record, "height", "140");
  assert_same_views (world.laptop, fresh, 0x3b);
  tear_down (&world);
}

/* A grant whose key does not fit its id opens nothing; two grants under one id with different
 * keys cannot both be accepted. */
static void
test_salamander (void)
{
  World world;
  g_autoptr(SanSecret) key = san_secret_new_random (32);
  g_autoptr(SanSecret) other = san_secret_new_random (32);
  g_autoptr(GPtrArray) rings = NULL;
  g_autoptr(SanKeyGrant) lie = NULL;
  g_autoptr(SanSecret) found = NULL;
  g_autoptr(GError) error = NULL;
  SanKeyTarget target;
  SanKeyGrant *grant;
  SanId32 id;
  Press *press;

  set_up (&world);
  rings = san_store_list_rings (world.laptop->store, SAN_COMPARTMENT_CASE, NULL);
  target.ring = ((SanHeldRing *)rings->pdata[0])->id;
  target.pk = ((SanHeldRing *)rings->pdata[0])->pk;
  san_key_get_id (key, &id);
  grant = san_key_grant_make (SAN_COMPARTMENT_CASE, key, NULL, &target, 1, NULL);
  lie = san_key_grant_make (SAN_COMPARTMENT_CASE, other, NULL, &target, 1, NULL);
  memcpy (grant->pairs[0].sealed, lie->pairs[0].sealed, sizeof grant->pairs[0].sealed);
  press = press_new (world.counsellor);
  press_grant (press, &world.child, grant);
  press_end (press);
  found = san_store_dup_dossier_key (world.laptop->store, SAN_COMPARTMENT_CASE, &id, &error);
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
  g_clear_error (&error);
  press = press_new (world.counsellor);
  press_grant (press, &world.child,
               san_key_grant_make (SAN_COMPARTMENT_CASE, key, NULL, &target, 1, NULL));
  press_end (press);
  found = san_store_dup_dossier_key (world.laptop->store, SAN_COMPARTMENT_CASE, &id, &error);
  g_assert_no_error (error);
  g_assert_true (san_secret_equal (found, key));
  assert_sound (world.laptop);
  tear_down (&world);
}

static void
damage (World *world, const char *name)
{
  g_autofree char *path = g_build_filename (world->laptop->dir, name, NULL);
  g_autofree char *data = NULL;
  gsize n;

  g_assert_true (g_file_get_contents (path, &data, &n, NULL));
  for (gsize at = 4096; at < n; at += 4096)
    data[at + 100] ^= 1;
  g_assert_true (g_file_set_contents (path, data, n, NULL));
}

/* A damaged, missing or foreign view is made again. */
static void
test_made_again (void)
{
  World world;
  g_autofree char *path = NULL;
  SanId16 record;

  set_up (&world);
  record_new (&record);
  save_one (world.counsellor, &world.child, 1, &record, "family", "school", "Class 5");
  save_one (world.counsellor, &world.child, 2, &record, "session", "words", "kept");
  path = g_build_filename (world.laptop->dir, "clinical.db", NULL);
  for (guint i = 0; i < 4; i++)
    {
      laptop_close (world.laptop);
      if (i == 0)
        damage (&world, "clinical.db");
      if (i == 1)
        g_unlink (path);
      if (i == 2)
        g_file_set_contents (path, "short", 5, NULL);
      laptop_open (world.laptop);
      if (i == 3)
        san_store_put_state (world.laptop->store, "view-key.clinical", NULL, NULL);
      unlock (world.counsellor);
      assert_text (world.laptop, &world.child, &record, "words", "kept");
      assert_text (world.laptop, &world.child, &record, "school", "Class 5");
      assert_sound (world.laptop);
    }
  tear_down (&world);
}

static void
test_rebuild (void)
{
  World world;
  SanId32 digests[2][3];
  SanId16 record;

  set_up (&world);
  record_new (&record);
  for (guint8 c = 0; c < 3; c++)
    save_one (world.counsellor, &world.child, c, &record, "welcome", "alias", "one");
  san_store_add_access (world.laptop->store, &world.child, person_pk (world.counsellor), "opened",
                        5, NULL);
  for (guint i = 0; i < 2; i++)
    {
      for (guint8 c = 0; c < 3; c++)
        g_assert_true (san_store_view_digest (world.laptop->store, c, TRUE, &digests[i][c], NULL));
      g_assert_true (san_store_rebuild (world.laptop->store, ALL, NULL, NULL, NULL, NULL));
    }
  g_assert_cmpmem (digests[0], sizeof digests[0], digests[1], sizeof digests[1]);
  {
    g_autoptr(GPtrArray) rows
        = san_store_list_access (world.laptop->store, &world.child, 10, NULL);

    g_assert_cmpuint (rows->len, ==, 1);
    g_assert_cmpstr (((SanAccess *)rows->pdata[0])->what, ==, "opened");
  }
  tear_down (&world);
}

/* Keyring copied before a person's first unlock, slip known → opens nothing of hers later: a
 * removed person's ring does not open what was written after. */
static void
test_removed_reads_nothing_newer (void)
{
  World world;
  g_autoptr(Person) second = NULL;
  g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func ((GDestroyNotify)san_secret_unref);
  SanId16 record;

  set_up (&world);
  record_new (&record);
  second = person_new (world.laptop, "case-worker", NULL);
  unlock (world.head);
  appoint (world.head, second);
  unlock (second);
  add_keys (&world, second, keys);
  add_unwrapped (&world, keys);
  unlock (world.head);
  dismiss (world.head, second, NULL);
  rotate_ring (world.head, SAN_COMPARTMENT_CASE);
  save_one (world.head, &world.child, 1, &record, "family", "school", "newer");
  /* she comes back with all that she had */
  unlock (second);
  add_keys (&world, second, keys);
  add_unwrapped (&world, keys);
  san_store_lock (world.laptop->store);
  g_assert_cmpuint (try_open (&world, "case.db", keys), ==, 0);
  tear_down (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/views/open-by-role", test_masks);
  g_test_add_func ("/store/views/closed-without-the-ring", test_without_the_ring);
  g_test_add_func ("/store/views/nothing-in-clear", test_nothing_in_clear);
  g_test_add_func ("/store/views/store-holds-no-protected-text",
                   test_store_holds_no_protected_text);
  g_test_add_func ("/store/views/new-ring-new-key", test_new_ring);
  g_test_add_func ("/store/views/new-counsellor-reads-the-past", test_new_counsellor);
  g_test_add_func ("/store/views/key-comes-later", test_key_comes_later);
  g_test_add_func ("/store/views/two-keys-under-one-id", test_salamander);
  g_test_add_func ("/store/views/damaged-or-missing-is-made-again", test_made_again);
  g_test_add_func ("/store/views/rebuild-is-identical", test_rebuild);
  g_test_add_func ("/store/views/removed-reads-nothing-newer", test_removed_reads_nothing_newer);
  return g_test_run ();
}
