/* test-store.c - a store is opened, written, closed and found again; own writes; small state */
#include "store-fixture.h"
#include <glib/gstdio.h>

typedef struct
{
  Centre *centre;
  Laptop *laptop;
  Person *head;
  SanId32 child;
  SanId16 record;
} World;

static void
set_up (World *self)
{
  self->centre = centre_new ();
  self->laptop = laptop_new (self->centre);
  self->head = person_new (self->laptop, "superintendent", NULL);
  centre_found (self->centre, self->head);
  admit (self->head, &self->child);
  record_new (&self->record);
}

static void
tear_down (World *self)
{
  person_free (self->head);
  laptop_free (self->laptop);
  centre_free (self->centre);
}

static void
test_create_and_open (void)
{
  World world;
  Save *save;

  set_up (&world);
  g_assert_cmpuint (san_store_get_open_mask (world.laptop->store), ==, 0x3b);
  save = save_new (world.head, &world.child);
  save_text (save, 0, &world.record, "welcome", "alias", "Asha");
  save_text (save, 1, &world.record, "welcome", "name", "Parveen Khatun");
  save_end (save, NULL);
  assert_text (world.laptop, &world.child, &world.record, "alias", "Asha");
  assert_text (world.laptop, &world.child, &world.record, "name", "Parveen Khatun");
  assert_sound (world.laptop);
  laptop_close (world.laptop);
  laptop_open (world.laptop);
  g_assert_false (san_store_was_unclean (world.laptop->store));
  assert_text (world.laptop, &world.child, &world.record, "alias", "Asha");
  assert_text (world.laptop, &world.child, &world.record, "name", "");
  unlock (world.head);
  assert_text (world.laptop, &world.child, &world.record, "name", "Parveen Khatun");
  assert_sound (world.laptop);
  tear_down (&world);
}

typedef struct
{
  SanStore *store;
  gboolean  takes;                               /* it over first */
  GError   *taken, *read, *written;
} Stranger;

static gpointer
come_along (gpointer data)
{
  Stranger *self = data;
  g_autoptr(GBytes) value = g_bytes_new_static ("x", 1);
  GBytes *found = NULL;

  if (self->takes)
    san_store_take_over (self->store, &self->taken);
  if (san_store_look_state (self->store, "stranger", &found, &self->read))
    g_clear_pointer (&found, g_bytes_unref);
  san_store_put_state (self->store, "stranger", value, &self->written);
  return NULL;
}

static void
have_stranger (SanStore *store, gboolean takes, gboolean may)
{
  Stranger stranger = { store, takes, NULL, NULL, NULL };

  g_thread_join (g_thread_new ("stranger", come_along, &stranger));
  if (may)
    {
      g_assert_no_error (stranger.taken);
      g_assert_no_error (stranger.read);
      g_assert_no_error (stranger.written);
      return;
    }
  if (takes)
    g_assert_error (stranger.taken, SAN_ERROR, SAN_ERROR_IN_USE);
  g_assert_error (stranger.read, SAN_ERROR, SAN_ERROR_IN_USE);
  g_assert_error (stranger.written, SAN_ERROR, SAN_ERROR_IN_USE);
  g_clear_error (&stranger.taken);
  g_clear_error (&stranger.read);
  g_clear_error (&stranger.written);
}

/* Not only when the two happen to meet; and what the first is writing does not suffer. */
static void
test_other_thread_is_refused (void)
{
  World world;
  SanWriteTx *tx;
  SanSlot slot;
  g_autoptr(GBytes) found = NULL;
  g_autoptr(GError) error = NULL;

  set_up (&world);
  have_stranger (world.laptop->store, FALSE, FALSE);
  tx = san_write_begin (world.laptop->store, &error);
  g_assert_no_error (error);
  have_stranger (world.laptop->store, FALSE, FALSE);
  have_stranger (world.laptop->store, TRUE, FALSE);
  san_write_next (tx, &world.child, &slot, &error);
  g_assert_no_error (error);
  san_write_commit (tx, &error);
  g_assert_no_error (error);
  san_write_free (tx);
  g_assert_true (san_store_look_state (world.laptop->store, "stranger", &found, &error));
  g_assert_no_error (error);
  g_assert_null (found);
  assert_sound (world.laptop);
  tear_down (&world);
}

static void
test_other_thread_takes_over (void)
{
  World world;
  g_autoptr(GBytes) found = NULL;
  g_autoptr(GError) error = NULL;

  set_up (&world);
  have_stranger (world.laptop->store, TRUE, TRUE);
  g_assert_false (san_store_look_state (world.laptop->store, "stranger", &found, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_IN_USE);
  g_clear_error (&error);
  g_assert_true (san_store_take_over (world.laptop->store, &error));
  g_assert_no_error (error);
  g_assert_true (san_store_look_state (world.laptop->store, "stranger", &found, &error));
  g_assert_no_error (error);
  g_assert_nonnull (found);
  assert_sound (world.laptop);
  g_assert_true (san_store_close (world.laptop->store, &error));
  g_assert_true (san_store_take_over (world.laptop->store, &error));
  g_assert_no_error (error);
  laptop_close (world.laptop);
  laptop_open (world.laptop);
  tear_down (&world);
}

static void
test_refusals (void)
{
  World world;
  g_autoptr(SanSecret) wrong = san_secret_new_random (32);
  g_autoptr(SanStore) other = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *nowhere = NULL;

  set_up (&world);
  other = san_store_open (world.laptop->dir, world.laptop->store_key, &error);
  g_assert_error (error, SAN_ERROR, SAN_ERROR_IN_USE);
  g_clear_error (&error);
  laptop_close (world.laptop);
  other = san_store_open (world.laptop->dir, wrong, &error);
  g_assert_error (error, SAN_ERROR, SAN_ERROR_LOCKED);
  g_clear_error (&error);
  other = san_store_create (world.laptop->dir, wrong, &error);
  g_assert_error (error, SAN_ERROR, SAN_ERROR_ALREADY);
  g_clear_error (&error);
  nowhere = g_build_filename (world.laptop->dir, "nothing", NULL);
  other = san_store_open (nowhere, wrong, &error);
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
  laptop_open (world.laptop);
  unlock (world.head);
  assert_sound (world.laptop);
  tear_down (&world);
}

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      remove_tree (inner);
    }
  g_remove (path);
}

/* A store that was begun is none until it is finished; the next one may take its place. */
static void
test_unfinished (void)
{
  g_autofree char *dir = g_dir_make_tmp ("san-store-XXXXXX", NULL);
  g_autofree char *other = g_build_filename (dir, "letter.txt", NULL);
  g_autoptr(SanSecret) key = san_secret_new_random (32);
  g_autoptr(SanSecret) next_key = san_secret_new_random (32);
  g_autoptr(GError) error = NULL;
  SanStore *store = san_store_begin (dir, key, &error);
  gboolean unfinished;

  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (other, "dear", -1, NULL));
  san_store_discard (dir);                       /* it is open: left alone */
  san_store_free (store);
  g_assert_null (san_store_open (dir, key, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
  g_clear_error (&error);
  store = san_store_begin (dir, next_key, &error);
  g_assert_no_error (error);
  g_assert_true (san_store_finish (store, &error));
  san_store_free (store);
  san_store_discard (dir);                       /* it is finished: left alone */
  g_assert_null (san_store_begin (dir, key, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_ALREADY);
  g_clear_error (&error);
  store = san_store_open (dir, next_key, &error);
  g_assert_no_error (error);
  san_store_free (store);
  g_assert_true (san_store_look_unfinished (dir, &unfinished, &error) && !unfinished);
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
  remove_tree (dir);
}

static void
test_discarded (void)
{
  g_autofree char *dir = g_dir_make_tmp ("san-store-XXXXXX", NULL);
  g_autofree char *other = g_build_filename (dir, "letter.txt", NULL);
  g_autofree char *db = g_build_filename (dir, "store.db", NULL);
  g_autoptr(SanSecret) key = san_secret_new_random (32);
  g_autoptr(GError) error = NULL;

  san_store_free (san_store_begin (dir, key, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (other, "dear", -1, NULL));
  san_store_discard (dir);
  g_assert_false (g_file_test (db, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
  san_store_free (san_store_create (dir, key, &error));
  g_assert_no_error (error);
  remove_tree (dir);
}

static gboolean
copy_file (const char *from, const char *to, const char *name)
{
  g_autofree char *source = g_build_filename (from, name, NULL);
  g_autofree char *target = g_build_filename (to, name, NULL);
  g_autofree char *data = NULL;
  gsize n;

  return g_file_get_contents (source, &data, &n, NULL)
         && g_file_set_contents (target, data, n, NULL);
}

/* As after a power cut: the files as they lie there while everything is open. What a view had not
 * committed is caught up; what was saved is there. */
static void
test_stopped_hard (void)
{
  static const char *const files[]
      = { "store.db",     "store.db-wal", "case.db",        "case.db-wal", "legal.db",
          "legal.db-wal", "medical.db",   "medical.db-wal", "staff.db",    "staff.db-wal" };
  World world;
  g_autofree char *dir = g_dir_make_tmp ("san-store-XXXXXX", NULL);
  g_autoptr(SanStore) copy = NULL;
  g_autoptr(GPtrArray) values = NULL;
  g_autoptr(GError) error = NULL;
  SanId32 here, there;

  set_up (&world);
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *text = g_strdup_printf ("Class %u", i);

      save_one (world.head, &world.child, 1, &world.record, "family", "school", text);
    }
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    copy_file (world.laptop->dir, dir, files[i]);
  copy = san_store_open (dir, world.laptop->store_key, &error);
  g_assert_no_error (error);
  g_assert_true (san_store_was_unclean (copy));
  san_store_unlock (copy, person_pk (world.head), world.head->box, NULL, &error);
  g_assert_no_error (error);
  values = san_store_list_values (copy, &world.child, &world.record, NULL, "school", ALL, NULL);
  g_assert_cmpuint (values->len, ==, 1);
  san_store_view_digest (world.laptop->store, 1, TRUE, &here, NULL);
  san_store_view_digest (copy, 1, TRUE, &there, NULL);
  g_assert_cmpmem (&here, sizeof here, &there, sizeof there);
  g_clear_pointer (&copy, san_store_free);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (dir, files[i], NULL);

      g_unlink (path);
    }
  {
    g_autofree char *lock = g_build_filename (dir, "lock", NULL);

    g_unlink (lock);
  }
  g_assert_cmpint (g_rmdir (dir), ==, 0);
  tear_down (&world);
}

/* Numbers come from the database; what does not fit the journal is refused, and leaves nothing. */
static void
test_slots (void)
{
  World world;
  g_autoptr(SanWriteTx) tx = NULL;
  g_autoptr(SanWriteTx) second = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(SanEntry) entry = NULL;
  g_autoptr(GError) error = NULL;
  guint64 number;
  SanId32 link, before, after;
  SanSlot slot;

  set_up (&world);
  san_store_head_digest (world.laptop->store, &before, NULL);
  tx = san_write_begin (world.laptop->store, &error);
  g_assert_no_error (error);
  second = san_write_begin (world.laptop->store, &error);
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (san_write_next (tx, &world.child, &slot, NULL));
  head_of (world.laptop, &world.child, &world.laptop->journal, &number, &link);
  g_assert_cmpuint (slot.number, ==, number + 1);
  g_assert_true (san_id32_equal (&slot.previous, &link));
  number += 1; /* one too far */
  bytes = next_by_hand (world.head, &world.child, &world.laptop->journal, &number, &link, "gap");
  entry = san_entry_new_from_bytes (bytes, NULL);
  g_assert_false (san_write_add (tx, entry, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
  g_clear_pointer (&tx, san_write_free);
  san_store_head_digest (world.laptop->store, &after, NULL);
  g_assert_cmpmem (&before, sizeof before, &after, sizeof after);
  save_one (world.head, &world.child, 0, &world.record, "welcome", "alias", "Asha");
  assert_sound (world.laptop);
  tear_down (&world);
}

/* Counted as it is written, the same as counted anew; what was rolled back does not count. */
static void
test_own_count (void)
{
  World world;
  g_autoptr(SanWriteTx) tx = NULL;
  guint64 before, n, again;
  SanId32 last, last_again;

  set_up (&world);
  san_store_get_journal_state (world.laptop->store, &before, &last, NULL);
  for (guint i = 0; i < 5; i++)
    save_one (world.head, &world.child, 0, &world.record, "welcome", "alias", "Asha");
  save_one (world.head, &world.child, 1, &world.record, "welcome", "name", "Asha Devi");
  tx = san_write_begin (world.laptop->store, NULL);
  g_clear_pointer (&tx, san_write_free);
  save_one (world.head, &world.child, 0, &world.record, "welcome", "alias", "Meena");
  san_store_get_journal_state (world.laptop->store, &n, &last, NULL);
  g_assert_cmpuint (n, >=, before + 7);
  laptop_close (world.laptop);
  laptop_open (world.laptop);
  san_store_get_journal_state (world.laptop->store, &again, &last_again, NULL);
  g_assert_cmpuint (again, ==, n);
  g_assert_true (san_id32_equal (&last, &last_again));
  tear_down (&world);
}

/* After a restore or clone: a new journal begins at number 1, nothing else changes. */
static void
test_new_journal (void)
{
  World world;
  guint64 n, number;
  SanId32 last, link;

  set_up (&world);
  save_one (world.head, &world.child, 0, &world.record, "welcome", "alias", "Asha");
  san_store_get_journal_state (world.laptop->store, &n, &last, NULL);
  /* founding, five rings, a house dossier, a case dossier, one save */
  g_assert_cmpuint (n, ==, 9);
  laptop_new_journal (world.laptop);
  san_store_get_journal_state (world.laptop->store, &n, &last, NULL);
  g_assert_cmpuint (n, ==, 0);
  save_one (world.head, &world.child, 0, &world.record, "welcome", "alias", "Meena");
  san_store_get_journal_state (world.laptop->store, &n, &last, NULL);
  g_assert_cmpuint (n, ==, 1);
  head_of (world.laptop, &world.child, &world.laptop->journal, &number, &link);
  g_assert_cmpuint (number, ==, 1);
  g_assert_true (san_id32_equal (&link, &last));
  assert_text (world.laptop, &world.child, &world.record, "alias", "Meena");
  assert_sound (world.laptop);
  tear_down (&world);
}

static void
test_state (void)
{
  World world;
  g_autoptr(GBytes) value = g_bytes_new_static ("abc", 3);
  g_autoptr(GBytes) back = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) names = NULL;
  SanWriteTx *tx;

  set_up (&world);
  g_assert_null (san_store_get_state (world.laptop->store, "t.a", &error));
  g_assert_no_error (error);
  g_assert_true (san_store_put_state (world.laptop->store, "t.a", value, NULL));
  tx = san_write_begin (world.laptop->store, NULL);
  g_assert_true (san_store_put_state (world.laptop->store, "t.b", value, NULL));
  g_assert_true (san_store_put_state (world.laptop->store, "t.a", NULL, NULL));
  san_write_free (tx); /* rolled back with it */
  names = san_store_list_state (world.laptop->store, "t.", NULL);
  g_assert_cmpuint (g_strv_length (names), ==, 1);
  laptop_close (world.laptop);
  laptop_open (world.laptop);
  back = san_store_get_state (world.laptop->store, "t.a", NULL);
  g_assert_true (g_bytes_equal (back, value));
  tear_down (&world);
}

static void
test_access (void)
{
  World world;
  g_autoptr(GPtrArray) rows = NULL;
  SanId32 other = { { 1 } };

  set_up (&world);
  for (guint i = 0; i < 5; i++)
    san_store_add_access (world.laptop->store, i % 2 ? &other : &world.child,
                          person_pk (world.head), "opened", i, NULL);
  rows = san_store_list_access (world.laptop->store, &world.child, 2, NULL);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpint (((SanAccess *)rows->pdata[0])->at, ==, 4);
  g_assert_cmpint (((SanAccess *)rows->pdata[1])->at, ==, 2);
  tear_down (&world);
}

static void
test_ids (void)
{
  World world;
  g_autofree char *hex = NULL;
  g_autoptr(GPtrArray) found = NULL;

  set_up (&world);
  hex = san_bytes_to_hex (world.child.b, 32);
  for (guint n = 6; n <= 64; n++)
    {
      {
        g_autofree char *prefix = g_strndup (hex, n);

        g_clear_pointer (&found, g_ptr_array_unref);
        found = san_store_match_dossiers (world.laptop->store, prefix, SAN_STANDING_SHOWN, NULL);
        g_assert_cmpuint (found->len, ==, 1);
        g_assert_true (san_id32_equal (found->pdata[0], &world.child));
      }
    }
  g_clear_pointer (&found, g_ptr_array_unref);
  found = san_store_match_dossiers (world.laptop->store, hex, SAN_STANDING_OFFERED, NULL);
  g_assert_cmpuint (found->len, ==, 0);
  g_assert_null (
      san_store_match_dossiers (world.laptop->store, "12345z", SAN_STANDING_SHOWN, NULL));
  tear_down (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/store/what-was-saved-is-there-after-opening", test_create_and_open);
  g_test_add_func ("/store/store/other-thread-is-refused", test_other_thread_is_refused);
  g_test_add_func ("/store/store/other-thread-takes-over", test_other_thread_takes_over);
  g_test_add_func ("/store/store/refusals", test_refusals);
  g_test_add_func ("/store/store/unfinished-is-none", test_unfinished);
  g_test_add_func ("/store/store/discarded-leaves-what-is-not-ours", test_discarded);
  g_test_add_func ("/store/store/stopped-hard", test_stopped_hard);
  g_test_add_func ("/store/store/slots", test_slots);
  g_test_add_func ("/store/store/new-journal", test_new_journal);
  g_test_add_func ("/store/own/counted-as-written-and-anew", test_own_count);
  g_test_add_func ("/store/store/state", test_state);
  g_test_add_func ("/store/store/access", test_access);
  g_test_add_func ("/store/store/ids-by-their-beginning", test_ids);
  return g_test_run ();
}
