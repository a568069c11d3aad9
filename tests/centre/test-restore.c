/* test-restore.c - backups, and what the recovery code makes of them */
#include "carry-fixture.h"
#include "san-store-check.h"
#include <glib/gstdio.h>

static void
backup (Laptop *self, const char *folder)
{
  g_autoptr(GError) error = NULL;
  guint entries = 0;
  guint pieces = 0;

  san_carry_backup (self->centre, folder, NULL, NULL, &entries, &pieces, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries, >, 0);
}

static void
restore (Laptop *self, const char *folder, const SanSecret *code, gboolean dead,
         SanRestoreResult *result)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanSecret) words = carry_words ();

  self->centre = san_carry_restore (&self->where, folder, code, dead, dead ? NULL : "sunanda",
                                    dead ? NULL : words, result, &error);
  g_assert_no_error (error);
  g_assert_true (dead == (self->centre == NULL));
}

static void
verify (Laptop *self)
{
  g_autoptr(GError) error = NULL;
  g_auto(SanVerifyReport) report = { 0 };

  san_store_verify (self->centre->store, SAN_VERIFY_ALL, 0, NULL, NULL, NULL, &report, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < report.problems->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (report.problems, i));
  g_assert_cmpuint (report.problems->len, ==, 0);
}

static gboolean
has_notice (Laptop *self, const char *code)
{
  g_autoptr(GPtrArray) notices = san_centre_take_notices (self->centre);

  for (guint i = 0; i < notices->len; i++)
    if (g_str_equal (g_ptr_array_index (notices, i), code))
      return TRUE;
  return FALSE;
}

/* Dead: the same passphrases, the same device, nothing to pair, and the other laptop goes on. */
static void
test_dead (void)
{
  char *dir = carry_begin ();
  g_autofree char *stick = carry_make_place (dir, "stick");
  g_autofree char *safe = carry_make_place (dir, "safe");
  Laptop *a = laptop_new (dir, "a");
  Laptop *b = laptop_new (dir, "b");
  Laptop *risen = laptop_new (dir, "risen");
  SanRestoreResult result = { 0 };
  SanId32 child;
  SanId16 note;
  SanId16 late;
  SanId16 device;
  g_autofree char *text = NULL;

  laptop_found (a, "Asha Griha");
  laptop_join (b, a, stick);
  child = laptop_admit (a, "Kadam");
  note = laptop_note (a, &child, "before the backup");
  backup (a, safe);
  late = laptop_note (a, &child, "after the backup");
  laptop_exchange_quietly (a, stick);
  laptop_exchange_quietly (b, stick);
  device = a->centre->device;
  laptop_lock (a);

  restore (risen, safe, a->code, TRUE, &result);
  g_assert_cmpuint (result.entries, >, 10);
  g_assert_cmpuint (result.missing, ==, 0);
  laptop_unlock (risen, "sunanda");
  g_assert_false (has_notice (risen, "new-journal"));      /* the restore has begun one */
  g_assert_cmpmem (device.b, 16, risen->centre->device.b, 16);
  text = laptop_dup_value (risen, &note, "gate");
  g_assert_cmpstr (text, ==, "before the backup");
  verify (risen);

  laptop_exchange_quietly (risen, stick); /* what came after the backup is on the stick */
  laptop_exchange_quietly (b, stick);
  laptop_exchange_quietly (risen, stick);
  laptop_exchange_quietly (b, stick);
  g_free (text);
  text = laptop_dup_value (risen, &late, "gate");
  g_assert_cmpstr (text, ==, "after the backup");
  assert_same (risen, b);
  laptop_free (a);
  laptop_free (b);
  laptop_free (risen);
  carry_end (dir);
}

/* Lost: another device, one new seat, the old device removed; its later notes are held. */
static void
test_lost (void)
{
  char *dir = carry_begin ();
  g_autofree char *stick = carry_make_place (dir, "stick");
  g_autofree char *safe = carry_make_place (dir, "safe");
  Laptop *a = laptop_new (dir, "a");
  Laptop *b = laptop_new (dir, "b");
  Laptop *fresh = laptop_new (dir, "fresh");
  SanRestoreResult result = { 0 };
  const SanAuthority *authority;
  SanId32 child;
  SanId16 note;
  SanId16 late;
  SanId16 device;
  g_autofree char *text = NULL;
  g_autofree char *here = NULL;

  laptop_found (a, "Asha Griha");
  laptop_join (b, a, stick);
  child = laptop_admit (a, "Kadam");
  note = laptop_note (a, &child, "before the backup");
  backup (a, safe);
  device = a->centre->device;
  restore (fresh, safe, a->code, FALSE, &result);
  g_assert_cmpuint (result.missing, ==, 0);
  g_assert_true (memcmp (device.b, fresh->centre->device.b, 16) != 0);
  authority = san_centre_get_authority (fresh->centre, NULL);
  g_assert_true (san_authority_find_device (authority, &device)->removed);
  text = laptop_dup_value (fresh, &note, "gate");
  g_assert_cmpstr (text, ==, "before the backup");
  laptop_set (fresh, &note, "gate", "from the new laptop");
  verify (fresh);

  late = laptop_note (a, &child, "by the thief");
  laptop_exchange_quietly (a, stick);
  laptop_lock (a);
  for (guint i = 0; i < 3; i++)
    {
      laptop_exchange_quietly (fresh, stick);
      laptop_exchange_quietly (b, stick);
    }
  here = laptop_dup_value (fresh, &late, "gate");
  g_assert_null (here);
  here = laptop_dup_value (b, &late, "gate");
  g_assert_null (here);
  g_free (text);
  text = laptop_dup_value (b, &note, "gate");
  g_assert_cmpstr (text, ==, "from the new laptop");
  assert_same (fresh, b);
  laptop_lock (fresh);
  laptop_unlock (fresh, "sunanda");
  laptop_free (a);
  laptop_free (b);
  laptop_free (fresh);
  carry_end (dir);
}

/* The folder may stay, nothing of a store in it. */
static void
assert_nothing_in (const char *store)
{
  static const char *const names[] = { "store.db", "store.db-wal", "case.db", "keyring",
                                       "unfinished" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (store, names[i], NULL);

      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    }
}

/* Small volumes; one goes missing: it is named, and what is there is restored. */
static void
test_missing_volume (void)
{
  char *dir = carry_begin ();
  g_autofree char *safe = carry_make_place (dir, "safe");
  Laptop *a = laptop_new (dir, "a");
  Laptop *whole = laptop_new (dir, "whole");
  Laptop *part = laptop_new (dir, "part");
  SanRestoreResult result = { 0 };
  g_autoptr(GDir) names = NULL;
  g_autofree char *biggest = NULL;
  const char *name;
  guint files = 0;

  laptop_found (a, "Asha Griha");
  for (guint i = 0; i < 6; i++)
    {
      static const char *const aliases[] = { "Kadam", "Bakul", "Champa", "Malati", "Jui", "Bela" };
      SanId32 child = laptop_admit (a, aliases[i]);

      laptop_note (a, &child, "a note");
    }
  a->centre->backup_volume_bytes = 6000;
  backup (a, safe);
  restore (whole, safe, a->code, TRUE, &result);
  g_assert_cmpuint (result.missing, ==, 0);
  laptop_unlock (whole, "sunanda");
  verify (whole);
  laptop_lock (whole);

  names = g_dir_open (safe, 0, NULL);
  while ((name = g_dir_read_name (names)) != NULL)
    {
      files++;
      if (!g_str_equal (name, "erased.dat") && biggest == NULL)
        biggest = g_build_filename (safe, name, NULL);
    }
  g_assert_cmpuint (files, >, 3);
  g_assert_cmpint (g_unlink (biggest), ==, 0);
  {
    g_autoptr(GError) error = NULL;
    g_autoptr(SanSecret) words = carry_words ();

    part->centre =
        san_carry_restore (&part->where, safe, a->code, FALSE, "sunanda", words, &result, &error);
    if (error == NULL)
      g_assert_cmpuint (result.missing, ==, 1);
    else
      assert_nothing_in (part->store);           /* the founding was in it */
  }
  laptop_free (a);
  laptop_free (whole);
  laptop_free (part);
  carry_end (dir);
}

static void
test_wrong_code (void)
{
  char *dir = carry_begin ();
  g_autofree char *safe = carry_make_place (dir, "safe");
  g_autofree char *empty = carry_make_place (dir, "empty");
  Laptop *a = laptop_new (dir, "a");
  Laptop *other = laptop_new (dir, "other");
  Laptop *new = laptop_new (dir, "new");
  g_autoptr(GError) error = NULL;
  SanRestoreResult result = { 0 };

  laptop_found (a, "Asha Griha");
  laptop_found (other, "Maitri Bhavan");
  backup (a, safe);
  g_assert_null (
      san_carry_restore (&new->where, safe, other->code, TRUE, NULL, NULL, &result, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_LOCKED);
  g_assert_true (g_str_has_prefix (error->message, "wrong recovery code"));
  g_clear_error (&error);
  g_assert_null (
      san_carry_restore (&new->where, empty, a->code, TRUE, NULL, NULL, &result, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
  assert_nothing_in (new->store);
  laptop_free (a);
  laptop_free (other);
  laptop_free (new);
  carry_end (dir);
}

/* Joined laptops have a recovery slot of their own: their backup raises them, nobody else. */
static void
test_second_rises (void)
{
  char *dir = carry_begin ();
  g_autofree char *stick = carry_make_place (dir, "stick");
  g_autofree char *safe = carry_make_place (dir, "safe");
  Laptop *a = laptop_new (dir, "a");
  Laptop *b = laptop_new (dir, "b");
  Laptop *again = laptop_new (dir, "again");
  SanRestoreResult result = { 0 };
  SanId16 device;

  laptop_found (a, "Asha Griha");
  laptop_join (b, a, stick);
  laptop_unlock (b, "sunanda");
  backup (b, safe);
  device = b->centre->device;
  laptop_lock (b);
  restore (again, safe, a->code, TRUE, &result); /* made by b, raised as b: its own recovery slot */
  laptop_unlock (again, "sunanda");
  g_assert_cmpmem (device.b, 16, again->centre->device.b, 16);
  laptop_free (a);
  laptop_free (b);
  laptop_free (again);
  carry_end (dir);
}

/* A store that was turned back begins a new journal before it writes, and gets its notes again. */
static void
test_turned_back (void)
{
  char *dir = carry_begin ();
  g_autofree char *stick = carry_make_place (dir, "stick");
  Laptop *a = laptop_new (dir, "a");
  Laptop *b = laptop_new (dir, "b");
  Laptop *old = laptop_new (dir, "old");
  SanId32 child;
  SanId16 lost;
  SanId16 before, after;
  g_autofree char *text = NULL;

  laptop_found (a, "Asha Griha");
  laptop_join (b, a, stick);
  child = laptop_admit (a, "Kadam");
  laptop_exchange_quietly (a, stick);
  laptop_lock (a);
  laptop_copy (a, old);                                    /* the whole disk, witness and all */
  laptop_unlock (a, "sunanda");
  lost = laptop_note (a, &child, "lost with the disk");
  laptop_exchange_quietly (a, stick);
  laptop_exchange_quietly (b, stick);
  laptop_lock (a);

  laptop_unlock (old, "sunanda");
  g_assert_false (has_notice (old, "new-journal"));        /* nothing outside to tell by */
  san_store_get_journal (old->centre->store, &before);
  laptop_exchange_quietly (old, stick);
  san_store_get_journal (old->centre->store, &after);
  g_assert_true (memcmp (before.b, after.b, 16) != 0);
  text = laptop_dup_value (old, &lost, "gate");
  g_assert_cmpstr (text, ==, "lost with the disk");
  laptop_note (old, &child, "goes on");
  laptop_exchange_quietly (old, stick);
  laptop_exchange_quietly (b, stick);
  laptop_exchange_quietly (old, stick);
  assert_same (old, b);
  laptop_free (a);
  laptop_free (b);
  laptop_free (old);
  carry_end (dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/centre/restore/dead-laptop-rises", test_dead);
  g_test_add_func ("/centre/restore/lost-laptop-is-replaced", test_lost);
  g_test_add_func ("/centre/restore/missing-volume-is-named", test_missing_volume);
  g_test_add_func ("/centre/restore/wrong-code", test_wrong_code);
  g_test_add_func ("/centre/restore/second-laptop-rises-as-itself", test_second_rises);
  g_test_add_func ("/centre/restore/turned-back-store-is-noticed", test_turned_back);
  return g_test_run ();
}
