/* test-recovery.c - the recovery code: good for once, whoever else was at work meanwhile */
#include "carry-fixture.h"
#include "san-code-uses.h"
#include "san-error.h"
#include "san-rings.h"
#include "san-store-rights.h"

#include <string.h>

typedef struct
{
  char   *dir;
  char   *stick;
  Laptop *a, *b;
  SanId32 child;
  SanId16 note;
} House;

static void
house_begin (House *self, gboolean two)
{
  memset (self, 0, sizeof *self);
  self->dir = carry_begin ();
  self->stick = carry_make_place (self->dir, "stick");
  self->a = laptop_new (self->dir, "a");
  laptop_found (self->a, "Asha Griha");
  self->child = laptop_admit (self->a, "Kadam");
  self->note = laptop_note (self->a, &self->child, "as it was");
  if (!two)
    return;
  self->b = laptop_new (self->dir, "b");
  laptop_join (self->b, self->a, self->stick);
}

static void
house_end (House *self)
{
  laptop_free (self->a);
  g_clear_pointer (&self->b, laptop_free);
  g_free (self->stick);
  carry_end (self->dir);
}

static void
meet (House *self)
{
  for (guint i = 0; i < 3; i++)
    {
      laptop_exchange_quietly (self->b, self->stick);
      laptop_exchange_quietly (self->a, self->stick);
    }
}

/* As typed: without the NUL that ends it. */
static SanSecret *
typed (const SanSecret *text)
{
  gsize n = san_secret_get_size (text);

  return san_secret_new_copy (san_secret_get_data (text),
                              n > 0 && san_secret_get_data (text)[n - 1] == 0 ? n - 1 : n);
}

static SanSecret *
begin (Laptop *laptop, const SanSecret *code, GError **error)
{
  g_autoptr(SanSecret) words = carry_words ();
  g_autoptr(SanSecret) given = typed (code);

  return san_staff_begin_recovery (&laptop->where, "sunanda", given, words, NULL, error);
}

/* Sunanda comes in by @code; the code that replaces it. She stays unlocked. @newer: (nullable): one
 * that another laptop made. */
static SanSecret *
recover_to (Laptop *laptop, const SanSecret *code, const SanSecret *newer)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanSecret) words = carry_words ();
  g_autoptr(SanSecret) given = typed (code);
  SanSecret *fresh;

  laptop_lock (laptop);
  fresh = newer != NULL ? typed (newer) : begin (laptop, code, &error);
  g_assert_no_error (error);
  laptop->centre = san_staff_recover (&laptop->where, "sunanda", given, words, fresh, &error);
  g_assert_no_error (error);
  g_assert_nonnull (laptop->centre);
  return fresh;
}

static SanSecret *
recover (Laptop *laptop, const SanSecret *code)
{
  return recover_to (laptop, code, NULL);
}

/* On a laptop that is locked. */
static void
assert_code (Laptop *laptop, const SanSecret *code, gboolean opens)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanSecret) fresh = begin (laptop, code, &error);

  g_assert_true ((fresh != NULL) == opens);
  if (opens)
    g_assert_no_error (error);
  else
    g_assert_error (error, SAN_ERROR, SAN_ERROR_LOCKED);
}

static void
assert_says (Laptop *laptop, const SanId16 *note, const char *expected)
{
  g_autofree char *text = laptop_dup_value (laptop, note, "gate");

  g_assert_cmpstr (text, ==, expected);
}

/* The code in force has every ring that is used, and no replaced one has any of them. */
static void
assert_rings (Laptop *laptop, guint n_codes)
{
  g_autoptr(GError) error = NULL;
  const SanAuthority *authority = san_centre_get_authority (laptop->centre, &error);
  guint n = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (san_authority_get_n_recovery (authority), ==, n_codes);
  for (guint i = 0; i < san_authority_get_n_rings (authority); i++)
    {
      const SanRing *ring = san_authority_get_ring (authority, i);

      if (!ring->leaf)
        continue;
      n++;
      for (guint k = 0; k < n_codes; k++)
        g_assert_cmpint (
            san_authority_holds_ring (
                authority, &san_authority_get_recovery (authority, k)->sign_pk, &ring->id),
            ==, k == n_codes - 1);
    }
  g_assert_cmpuint (n, >=, 5);
}

static guint
count_uses (Laptop *laptop, gboolean unseen)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) uses = san_code_uses_list (laptop->centre, unseen, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < uses->len; i++)
    g_assert_cmpstr (((const SanCodeUse *) g_ptr_array_index (uses, i))->name, ==, "sunanda");
  return uses->len;
}

static void
test_once (void)
{
  House house;
  g_autoptr(SanSecret) second = NULL;
  g_autoptr(SanSecret) third = NULL;
  SanId16 later;

  house_begin (&house, FALSE);
  second = recover (house.a, house.a->code);
  assert_says (house.a, &house.note, "as it was");
  assert_rings (house.a, 2);
  later = laptop_note (house.a, &house.child, "written since");
  laptop_lock (house.a);
  assert_code (house.a, house.a->code, FALSE);
  assert_code (house.a, second, TRUE);
  third = recover (house.a, second);
  assert_says (house.a, &house.note, "as it was");
  assert_says (house.a, &later, "written since");
  assert_rings (house.a, 3);
  laptop_lock (house.a);
  assert_code (house.a, house.a->code, FALSE);
  assert_code (house.a, second, FALSE);
  assert_code (house.a, third, TRUE);
  house_end (&house);
}

static void
test_nothing_before (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanSecret) fresh = NULL;
  g_autoptr(SanSecret) other = NULL;
  SanId32 before;
  SanId32 after;
  House house;

  house_begin (&house, FALSE);
  before = laptop_heads (house.a);
  laptop_lock (house.a);
  fresh = begin (house.a, house.a->code, &error);
  g_assert_no_error (error);
  other = begin (house.a, house.a->code, &error);
  g_assert_no_error (error);
  g_assert_false (san_staff_code_fits (fresh, other));
  g_assert_true (san_staff_code_fits (fresh, fresh));
  assert_code (house.a, fresh, FALSE);
  laptop_unlock (house.a, "sunanda");
  after = laptop_heads (house.a);
  g_assert_true (san_id32_equal (&before, &after));
  house_end (&house);
}

/* A counsellor's ring is one that no superintendent has: the code keeps it, and she renews it. */
static void
test_counselling (void)
{
  House house;
  g_autoptr(SanSecret) second = NULL;

  house_begin (&house, FALSE);
  laptop_add_person (house.a, "mitali", "counsellor");
  second = recover (house.a, house.a->code);
  laptop_unlock (house.a, "mitali");
  assert_rings (house.a, 2);
  g_assert_cmpuint (count_uses (house.a, TRUE), ==, 1);
  house_end (&house);
}

static void
test_seen (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanSecret) second = NULL;
  g_autoptr(SanSecret) third = NULL;
  House house;

  house_begin (&house, FALSE);
  laptop_add_person (house.a, "rokeya", "house");
  g_assert_cmpuint (count_uses (house.a, FALSE), ==, 0);
  second = recover (house.a, house.a->code);
  g_assert_cmpuint (count_uses (house.a, TRUE), ==, 1);
  laptop_unlock (house.a, "rokeya");
  g_assert_cmpuint (count_uses (house.a, TRUE), ==, 1);
  g_assert_true (san_code_uses_seen (house.a->centre, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_uses (house.a, TRUE), ==, 0);
  g_assert_cmpuint (count_uses (house.a, FALSE), ==, 1);
  laptop_unlock (house.a, "sunanda");
  g_assert_cmpuint (count_uses (house.a, TRUE), ==, 1);
  third = recover (house.a, second);
  laptop_unlock (house.a, "rokeya");
  g_assert_cmpuint (count_uses (house.a, TRUE), ==, 1);
  house_end (&house);
}

/* One recovers, the other goes on without knowing: a note, a person, and the first clinical ring,
 * which is given to the code that is none any more. */
static void
test_meanwhile (void)
{
  House house;
  g_autoptr(SanSecret) second = NULL;
  SanId16 note;

  house_begin (&house, TRUE);
  second = recover (house.a, house.a->code);
  laptop_add_person (house.b, "mitali", "counsellor");
  note = laptop_note (house.b, &house.child, "meanwhile");
  laptop_lock (house.b);
  assert_code (house.b, house.a->code, TRUE);
  laptop_unlock (house.b, "sunanda");
  meet (&house);
  laptop_unlock (house.b, "mitali");
  meet (&house);
  laptop_unlock (house.a, "sunanda");
  laptop_unlock (house.b, "sunanda");
  meet (&house);
  assert_same (house.a, house.b);
  assert_says (house.a, &note, "meanwhile");
  assert_rings (house.a, 2);
  assert_rings (house.b, 2);
  g_assert_cmpuint (count_uses (house.b, TRUE), ==, 1);
  laptop_lock (house.a);
  laptop_lock (house.b);
  assert_code (house.a, house.a->code, FALSE);
  assert_code (house.b, house.a->code, FALSE);
  assert_code (house.a, second, TRUE);
  assert_code (house.b, second, TRUE);
  house_end (&house);
}

/* Forgotten on both: the second laptop takes the code that the first one made. */
static void
test_both (void)
{
  House house;
  g_autoptr(SanSecret) second = NULL;
  g_autoptr(SanSecret) same = NULL;
  SanId16 notes[2];

  house_begin (&house, TRUE);
  second = recover (house.a, house.a->code);
  same = recover_to (house.b, house.a->code, second);
  notes[0] = laptop_note (house.a, &house.child, "by the one");
  notes[1] = laptop_note (house.b, &house.child, "by the other");
  meet (&house);
  laptop_unlock (house.a, "sunanda");
  laptop_unlock (house.b, "sunanda");
  meet (&house);
  assert_same (house.a, house.b);
  for (guint i = 0; i < 2; i++)
    {
      assert_says (i == 0 ? house.a : house.b, &notes[0], "by the one");
      assert_says (i == 0 ? house.a : house.b, &notes[1], "by the other");
    }
  assert_rings (house.a, 2);
  laptop_lock (house.a);
  laptop_lock (house.b);
  for (guint i = 0; i < 2; i++)
    {
      assert_code (i == 0 ? house.a : house.b, second, TRUE);
      assert_code (i == 0 ? house.a : house.b, house.a->code, FALSE);
    }
  house_end (&house);
}

/* Forgotten on both, and the old sheet used twice: one of the new codes stays, and opens both. */
static void
test_twice (void)
{
  House house;
  g_autoptr(SanSecret) one = NULL;
  g_autoptr(SanSecret) two = NULL;
  g_autoptr(SanSecret) last = NULL;
  g_autoptr(GError) error = NULL;
  SanId16 notes[2];
  Laptop *won, *lost;
  SanSecret *good;
  SanId32 now;

  house_begin (&house, TRUE);
  one = recover (house.a, house.a->code);
  two = recover (house.b, house.a->code);
  notes[0] = laptop_note (house.a, &house.child, "by the one");
  notes[1] = laptop_note (house.b, &house.child, "by the other");
  meet (&house);
  now = san_authority_get_recovery_in_force (san_centre_get_authority (house.a->centre, &error))
            ->sign_pk;
  g_assert_no_error (error);
  g_assert_true (san_id32_equal (&now, &san_authority_get_recovery_in_force (
                                            san_centre_get_authority (house.b->centre, &error))
                                            ->sign_pk));
  laptop_lock (house.a);
  laptop_lock (house.b);
  good = begin (house.a, one, NULL);
  won = good != NULL ? house.a : house.b;
  lost = good != NULL ? house.b : house.a;
  g_clear_pointer (&good, san_secret_unref);
  good = won == house.a ? one : two;
  for (guint i = 0; i < 2; i++)
    {
      assert_code (i == 0 ? house.a : house.b, good, TRUE);
      assert_code (i == 0 ? house.a : house.b, won == house.a ? two : one, FALSE);
      assert_code (i == 0 ? house.a : house.b, house.a->code, FALSE);
    }
  last = recover (lost, good);
  laptop_unlock (won, "sunanda");
  meet (&house);
  laptop_unlock (won, "sunanda");
  laptop_unlock (lost, "sunanda");
  meet (&house);
  assert_same (house.a, house.b);
  for (guint i = 0; i < 2; i++)
    {
      assert_says (i == 0 ? house.a : house.b, &notes[0], "by the one");
      assert_says (i == 0 ? house.a : house.b, &notes[1], "by the other");
    }
  assert_rings (house.a, 3);
  g_assert_cmpuint (count_uses (house.a, FALSE), ==, 3);
  house_end (&house);
}

/* What nobody can take back: a copy of the laptop's folder from before opens as it did. */
static void
test_copy (void)
{
  House house;
  g_autoptr(SanSecret) second = NULL;
  Laptop *copy;

  house_begin (&house, FALSE);
  copy = laptop_new (house.dir, "copy");
  laptop_lock (house.a);
  laptop_copy (house.a, copy);
  second = recover (house.a, house.a->code);
  assert_code (copy, house.a->code, TRUE);
  assert_code (copy, second, FALSE);
  laptop_free (copy);
  house_end (&house);
}

static gboolean
restores (House *house, const char *name, const char *backup, const SanSecret *code)
{
  g_autoptr(SanSecret) words = carry_words ();
  g_autoptr(SanSecret) given = typed (code);
  g_autoptr(GError) error = NULL;
  SanRestoreResult result = { 0 };
  Laptop *fresh = laptop_new (house->dir, name);
  gboolean ok;

  fresh->centre =
      san_carry_restore (&fresh->where, backup, given, FALSE, "sunanda", words, &result, &error);
  ok = fresh->centre != NULL;
  if (ok)
    assert_says (fresh, &house->note, "as it was");
  else
    g_assert_error (error, SAN_ERROR, SAN_ERROR_LOCKED);
  laptop_free (fresh);
  return ok;
}

static void
back_up (House *house, const char *folder)
{
  g_autoptr(GError) error = NULL;
  guint n_entries, n_pieces;

  san_carry_backup (house->a->centre, folder, NULL, NULL, &n_entries, &n_pieces, NULL, &error);
  g_assert_no_error (error);
}

static void
test_backup (void)
{
  House house;
  g_autoptr(SanSecret) second = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  house_begin (&house, FALSE);
  before = carry_make_place (house.dir, "before");
  after = carry_make_place (house.dir, "after");
  back_up (&house, before);
  second = recover (house.a, house.a->code);
  back_up (&house, after);
  laptop_lock (house.a);
  g_assert_true (restores (&house, "r1", before, house.a->code));
  g_assert_false (restores (&house, "r2", before, second));
  g_assert_true (restores (&house, "r3", after, second));
  g_assert_false (restores (&house, "r4", after, house.a->code));
  house_end (&house);
}

/* The store has the new code and its keyring not yet: the old one says so, and sets it right. */
static void
test_cut_off (void)
{
  House house;
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) again = NULL;
  g_autoptr(SanSecret) second = NULL;
  g_autofree char *path = NULL;
  g_autofree char *old = NULL;
  g_autofree char *now = NULL;
  g_autoptr(GBytes) row = NULL;
  gsize n_old, n_now;

  house_begin (&house, FALSE);
  path = g_build_filename (house.a->store, "keyring", NULL);
  laptop_lock (house.a);
  g_assert_true (g_file_get_contents (path, &old, &n_old, NULL));
  second = recover (house.a, house.a->code);
  g_assert_true (g_file_get_contents (path, &now, &n_now, NULL));
  row = g_bytes_new (now, n_now);
  san_store_put_state (house.a->centre->store, "keyring", row, &error);
  g_assert_no_error (error);
  laptop_lock (house.a);
  g_assert_true (g_file_set_contents (path, old, (gssize) n_old, NULL));
  assert_code (house.a, second, FALSE);
  g_assert_null (begin (house.a, house.a->code, &again));
  g_assert_error (again, SAN_ERROR, SAN_ERROR_ALREADY);
  assert_code (house.a, second, TRUE);
  assert_code (house.a, house.a->code, FALSE);
  laptop_unlock (house.a, "sunanda");
  house_end (&house);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/centre/recovery/the-code-is-good-for-once", test_once);
  g_test_add_func ("/centre/recovery/nothing-changes-before-it-is-typed-back", test_nothing_before);
  g_test_add_func ("/centre/recovery/counselling-notes-follow-the-new-code", test_counselling);
  g_test_add_func ("/centre/recovery/everybody-sees-it-until-she-has-seen-it", test_seen);
  g_test_add_func ("/centre/recovery/another-laptop-works-meanwhile", test_meanwhile);
  g_test_add_func ("/centre/recovery/two-laptops-take-the-same-new-code", test_both);
  g_test_add_func ("/centre/recovery/two-laptops-by-the-same-sheet", test_twice);
  g_test_add_func ("/centre/recovery/a-copy-from-before-opens-by-the-old-one", test_copy);
  g_test_add_func ("/centre/recovery/backups-open-by-the-code-of-their-day", test_backup);
  g_test_add_func ("/centre/recovery/a-change-that-was-cut-off-is-finished", test_cut_off);
  return g_test_run ();
}
