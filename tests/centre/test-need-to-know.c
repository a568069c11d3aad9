/* test-need-to-know.c - what a login's keys open, whatever code runs: its own compartments only
 *
 * One centre with every role, notes in every compartment, an older state of each ring. Every
 * secret of a login is tried on everything in the store (attack.h). */
#include "attack.h"
#include "san-records.h"
#include "san-setup.h"
#include "san-staff.h"

#include <glib/gstdio.h>

#define WORDS "river lamp seven mango"

static char          *folder;
static SanPlaceOnDisk where;
static SanSlotKeys slips[8]; /* of each slip, as a copy of the keyring and its words give them */
static guint          n_slips;
static SanId32        child;

static const struct
{
  const char *name;
  const char *role;
} people[] = {
  { "rokeya", "house" },
  { "mitali", "counsellor" },
  { "anjali", "case-worker" },
  { "sima", "nurse" },
  { "leela", "legal" },
  { "tara", "case-worker+nurse" },
};

static SanSecret *
words (void)
{
  return san_secret_new_copy (WORDS, strlen (WORDS));
}

static SanCentre *
unlock (const char *name)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanSecret) passphrase = words ();
  SanCentre *centre = san_centre_unlock (&where, name, passphrase, NULL, &error);

  g_assert_no_error (error);
  return centre;
}

static void
lock (SanCentre *centre)
{
  san_centre_lock (centre);
  g_object_unref (centre);
}

static void
write_note (SanCentre *centre, const char *form, const SanId32 *of, const char *field,
            const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  SanId16 record;

  san_typed_list_add (typed, field, text);
  san_record_new (centre, form, of, typed, &record, &error);
  g_assert_no_error (error);
}

static void
add_person (guint i)
{
  g_autoptr(GError) error = NULL;
  SanCentre *centre = unlock ("sunanda");
  g_autoptr(SanSecret) slip = NULL;
  g_autoptr(SanSecret) typed = NULL;
  g_autoptr(SanSecret) passphrase = words ();
  g_autoptr(SanKeyring) keyring = NULL;
  SanId16 staff;

  slip = san_staff_add (centre, people[i].name, people[i].role, "en", &staff, &error);
  g_assert_no_error (error);
  lock (centre);
  typed = san_secret_new_copy (san_secret_get_data (slip),
                               strlen ((const char *) san_secret_get_data (slip)));
  keyring = san_keyring_load (where.store, &error);
  g_assert_no_error (error);
  g_assert_true (
      san_keyring_open_named (keyring, people[i].name, typed, NULL, &slips[n_slips++], &error));
  centre = san_centre_unlock_slip (&where, people[i].name, typed, passphrase, &error);
  g_assert_no_error (error);
  lock (centre);
}

static void
write_as (const char *name, const char *form, const SanId32 *of, const char *field,
          const char *text)
{
  SanCentre *centre = unlock (name);

  write_note (centre, form, of, field, text);
  lock (centre);
}

static void
write_staff_matter (void)
{
  g_autoptr(GError) error = NULL;
  SanCentre *centre = unlock ("sunanda");
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  SanId16 staff = *san_centre_get_staff (centre);

  san_typed_list_add (typed, "qualification", "social work");
  san_record_set (centre, &staff, typed, &error);
  g_assert_no_error (error);
  lock (centre);
}

static void
admit (void)
{
  g_autoptr(GError) error = NULL;
  SanCentre *centre = unlock ("rokeya");
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  g_autoptr(SanChildRow) row = NULL;
  SanId16 record;

  san_typed_list_add (typed, "age", "15");
  row = san_child_admit (centre, typed, &record, &error);
  g_assert_no_error (error);
  child = row->id;
  lock (centre);
}

/* Somebody leaves, so that rings rotate and dossier keys roll: old and new keys are both there. */
static void
let_somebody_go (void)
{
  g_autoptr(GError) error = NULL;
  SanCentre *centre = unlock ("sunanda");

  san_staff_remove (centre, "tara", "left", &error);
  g_assert_no_error (error);
  lock (centre);
}

static void
write_everywhere (void)
{
  write_as ("rokeya", "day-note", NULL, "note", "all slept well");
  write_as ("anjali", "family", &child, "school", "river school");
  write_as ("mitali", "session", &child, "did", "drew the river");
  write_as ("sima", "exam", &child, "general", "well");
  write_as ("leela", "court-case", &child, "fir", "12 of 2026");
  write_staff_matter ();
}

static void
set_up (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanSecret) passphrase = words ();
  g_autoptr(SanSecret) code = NULL;
  SanSetup setup = { "Shefali Bari", NULL, "sunanda", "en", passphrase, 1, FALSE };
  SanCentre *centre;

  folder = g_dir_make_tmp ("san-need-XXXXXX", &error);
  g_assert_no_error (error);
  where.store = g_build_filename (folder, "store", NULL);
  where.state = g_build_filename (folder, "state", NULL);
  where.data = g_getenv ("SAN_DATA_DIR");
  g_assert_cmpint (g_mkdir (where.state, 0700), ==, 0);
  centre = san_setup_create (&where, &setup, &code, &error);
  g_assert_no_error (error);
  lock (centre);
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    add_person (i);
  admit ();
  write_everywhere ();
  let_somebody_go ();
  write_everywhere ();
}

/* ---- the attack ---- */

static void
tell (const char *name, const Loot *loot)
{
  for (guint c = 1; c < SAN_N_COMPARTMENTS; c++)
    g_test_message ("%s, %s: %u parts, %u grants, %u rings, %u view keys, %u files", name,
                    san_compartment_get_name (c), loot->parts[c], loot->grants[c], loot->rings[c],
                    loot->view_keys[c], loot->files[c]);
  g_test_message ("%s: %u secrets, %u tries", name, loot->n_secrets, loot->n_tries);
}

static void
assert_nothing (const Loot *loot, guint c)
{
  g_assert_cmpuint (loot->parts[c], ==, 0);
  g_assert_cmpuint (loot->grants[c], ==, 0);
  g_assert_cmpuint (loot->rings[c], ==, 0);
  g_assert_cmpuint (loot->view_keys[c], ==, 0);
  g_assert_cmpuint (loot->files[c], ==, 0);
}

/* The same code opens what is hers: so what it does not open is closed. */
static void
assert_all (const Loot *loot, guint c)
{
  g_assert_cmpuint (loot->parts[c], >=, 2);
  g_assert_cmpuint (loot->view_keys[c], >=, 1);
  g_assert_cmpuint (loot->files[c], ==, 1);
}

static Loot
attack_as (const char *name)
{
  Attack *attack = attack_new (&where);
  SanCentre *centre = unlock (name);
  Loot loot;

  attack_take_login (attack, centre);
  /* a face offers what is a superintendent's to nobody else */
  g_assert_cmpint (san_centre_is_superintendent (centre), ==, g_str_equal (name, "sunanda"));
  lock (centre);
  loot = attack_run (attack);
  tell (name, &loot);
  attack_free (attack);
  return loot;
}

static void
test_role (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  Loot loot = attack_as (people[i].name);
  guint reads = san_role_get_reads (people[i].role);

  for (guint c = 1; c < SAN_N_COMPARTMENTS; c++)
    if (reads & (1u << c))
      assert_all (&loot, c);
    else
      assert_nothing (&loot, c);
}

static void
test_superintendent (void)
{
  Loot loot = attack_as ("sunanda");

  assert_nothing (&loot, SAN_COMPARTMENT_CLINICAL);
  for (guint c = 1; c < SAN_N_COMPARTMENTS; c++)
    if (c != SAN_COMPARTMENT_CLINICAL)
      assert_all (&loot, c);
}

/* She knows the words of every slip that she ever handed out, and kept copies of the keyring. */
static void
test_superintendent_with_slips (void)
{
  Attack *attack = attack_new (&where);
  SanCentre *centre = unlock ("sunanda");
  Loot loot;

  attack_take_login (attack, centre);
  for (guint i = 0; i < n_slips; i++)
    attack_take_slot (attack, &slips[i]);
  lock (centre);
  loot = attack_run (attack);
  tell ("sunanda and all slips", &loot);
  assert_nothing (&loot, SAN_COMPARTMENT_CLINICAL);
  attack_free (attack);
}

/* A slip on its own gives what it was made with, and nothing that came after the ring was renewed.
 */
static void
test_house_slip (void)
{
  Attack *attack = attack_new (&where);
  SanCentre *centre = unlock ("rokeya");
  Loot loot;

  attack_take_login (attack, centre);
  attack_take_slot (attack, &slips[0]);
  lock (centre);
  loot = attack_run (attack);
  tell ("rokeya and her slip", &loot);
  for (guint c = 1; c < SAN_N_COMPARTMENTS; c++)
    assert_nothing (&loot, c);
  attack_free (attack);
}

/* Somebody who was removed has what she had: nothing of what was written after the next unlock
 * of a holder. Her slip's keys stand for hers: its rings went to her. */
static void
test_removed (void)
{
  Attack *attack = attack_new (&where);
  SanCentre *centre = unlock ("rokeya");
  Loot loot;

  attack_take_login (attack, centre); /* the store key, and whatever lies in the house part */
  attack_take_slot (attack, &slips[5]);
  lock (centre);
  loot = attack_run (attack);
  tell ("tara's slip, after she left", &loot);
  for (guint c = 1; c < SAN_N_COMPARTMENTS; c++)
    {
      gboolean had = c == SAN_COMPARTMENT_CASE || c == SAN_COMPARTMENT_MEDICAL;

      if (!had)
        assert_nothing (&loot, c);
      g_assert_cmpuint (loot.files[c], ==, 0);
      g_assert_cmpuint (loot.view_keys[c], ==, 0);
      if (had)
        g_assert_cmpuint (loot.parts[c], >, 0);
    }
  attack_free (attack);
}

static void
test_recovery_slot (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanKeyring) keyring = san_keyring_load (where.store, &error);
  SanCentre *centre = unlock ("sunanda");
  g_auto(SanSlotKeys) opened = { NULL };

  g_assert_true (san_keyring_has_recovery (keyring));
  g_assert_false (san_keyring_open_recovery (keyring, centre->seat_box, &opened, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_false (san_keyring_open_recovery (keyring, centre->device_box, &opened, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_LOCKED);
  lock (centre);
}

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) names = g_dir_open (path, 0, NULL);
  const char *name;

  while (names != NULL && (name = g_dir_read_name (names)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      if (g_file_test (inner, G_FILE_TEST_IS_DIR))
        remove_tree (inner);
      else
        g_unlink (inner);
    }
  g_rmdir (path);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  set_up ();
  for (guint i = 0; i + 1 < G_N_ELEMENTS (people); i++)     /* the last one has left */
    {
      g_autofree char *path =
          g_strdup_printf ("/centre/need-to-know/keys-of-%s-open-hers-only", people[i].role);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_role);
    }
  g_test_add_func ("/centre/need-to-know/superintendent-never-opens-clinical", test_superintendent);
  g_test_add_func ("/centre/need-to-know/slips-open-no-clinical", test_superintendent_with_slips);
  g_test_add_func ("/centre/need-to-know/a-house-slip-opens-no-compartment", test_house_slip);
  g_test_add_func ("/centre/need-to-know/who-left-opens-no-view", test_removed);
  g_test_add_func ("/centre/need-to-know/recovery-slot-opens-for-the-code-only",
                   test_recovery_slot);
  status = g_test_run ();
  for (guint i = 0; i < n_slips; i++)
    san_slot_keys_clear (&slips[i]);
  remove_tree (folder);
  g_free (folder);
  g_free ((char *) where.store);
  g_free ((char *) where.state);
  return status;
}
