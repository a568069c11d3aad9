/* test-keyring.c - slots: opened by the right passphrase only, and bound to all they show */
#include "san-error.h"
#include "san-file.h"
#include "san-keyring.h"

#include <glib/gstdio.h>
#include <string.h>

static const SanId16 store_id = { { 1, 2, 3 } };
static const SanPassphraseCost cheap = { 1, 8192 };

static SanSecret *
passphrase (const char *text)
{
  return san_secret_new_copy (text, strlen (text));
}

static void
make_keys (SanSlotKeys *keys)
{
  keys->sign = san_sign_key_new_random ();
  keys->box = san_box_key_new_random ();
  keys->store_key = san_secret_new_random (32);
}

static gboolean
add (SanKeyring *ring, const char *name, gboolean show, const SanSlotKeys *keys, const char *words,
     GError **error)
{
  g_autoptr(SanSecret) secret = passphrase (words);
  SanId16 staff = { { 7 } };

  return san_keyring_add (ring, &staff, SAN_SLOT_SEAT, name, show, "counsellor", "hi", keys,
                          secret, &cheap, error);
}

static void
assert_same_keys (const SanSlotKeys *a, const SanSlotKeys *b)
{
  g_assert_true (san_id32_equal (san_sign_key_get_public (a->sign),
                                 san_sign_key_get_public (b->sign)));
  g_assert_true (san_id32_equal (san_box_key_get_public (a->box),
                                 san_box_key_get_public (b->box)));
  g_assert_true (san_secret_equal (a->store_key, b->store_key));
}

/* Three people, one of them by tag only; and the keys of the first. */
static SanKeyring *
three_people (SanSlotKeys *keys)
{
  SanKeyring *ring = san_keyring_new (&store_id);

  for (guint i = 0; i < 3; i++)
    {
      static const char *const names[] = { "Meera", "Iqbal", "Asha" };

      make_keys (&keys[i]);
      g_assert_true (add (ring, names[i], i != 2, &keys[i], names[i], NULL));
    }
  return ring;
}

static void
clear_three (SanSlotKeys *keys)
{
  for (guint i = 0; i < 3; i++)
    san_slot_keys_clear (&keys[i]);
}

static void
test_round_trip (void)
{
  SanSlotKeys keys[3] = { { NULL } };
  g_autoptr(SanKeyring) ring = three_people (keys);
  g_autoptr(GBytes) bytes = san_keyring_encode (ring);
  g_autoptr(SanKeyring) again = san_keyring_parse (bytes, NULL);
  g_autoptr(GBytes) bytes_again = san_keyring_encode (again);

  g_assert_true (g_bytes_equal (bytes, bytes_again));
  g_assert_true (san_id16_equal (san_keyring_get_store (again), &store_id));
  g_assert_cmpuint (san_keyring_get_n_slots (again), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_auto(SanSlotKeys) opened = { NULL };
      g_autoptr(SanSecret) right = passphrase (i == 0 ? "Meera" : i == 1 ? "Iqbal" : "Asha");
      const SanId32 *seat = san_sign_key_get_public (keys[i].sign);
      const SanSlotInfo *info = san_keyring_find_seat (again, seat);

      g_assert_cmpstr (info->role, ==, "counsellor");
      g_assert_cmpstr (info->language, ==, "hi");
      g_assert_cmpstr (info->name, ==, i == 0 ? "Meera" : i == 1 ? "Iqbal" : "");
      g_assert_true (san_keyring_open (again, seat, right, &opened, NULL));
      assert_same_keys (&opened, &keys[i]);
    }
  clear_three (keys);
}

static void
test_wrong_passphrase (void)
{
  SanSlotKeys keys[3] = { { NULL } };
  g_autoptr(SanKeyring) ring = three_people (keys);
  g_autoptr(SanSecret) wrong = passphrase ("meera");
  g_auto(SanSlotKeys) opened = { NULL };
  g_autoptr(GError) error = NULL;
  SanId32 nobody = { { 9 } };

  g_assert_false (san_keyring_open (ring, san_sign_key_get_public (keys[0].sign), wrong, &opened,
                                    &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_LOCKED);
  g_assert_null (opened.sign);
  g_clear_error (&error);
  g_assert_false (san_keyring_open (ring, &nobody, wrong, &opened, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
  clear_three (keys);
}

static void
test_by_name (void)
{
  SanSlotKeys keys[3] = { { NULL } };
  g_autoptr(SanKeyring) ring = three_people (keys);
  g_autoptr(SanKeyring) shown = san_keyring_new (&store_id);
  g_autoptr(GError) error = NULL;
  static const char *const typed[] = { "MEERA", " Iqbal ", "Asha" };

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(SanSecret) right = passphrase (i == 0 ? "Meera" : i == 1 ? "Iqbal" : "Asha");
      g_auto(SanSlotKeys) opened = { NULL };
      SanId32 seat;

      g_assert_true (san_keyring_open_named (ring, typed[i], right, &seat, &opened, NULL));
      g_assert_true (san_id32_equal (&seat, san_sign_key_get_public (keys[i].sign)));
      assert_same_keys (&opened, &keys[i]);
    }
  {
    g_autoptr(SanSecret) wrong = passphrase ("x");
    g_auto(SanSlotKeys) opened = { NULL };

    /* somebody's name is hidden: it must not be told whether this one is here */
    g_assert_false (san_keyring_open_named (ring, "Nobody", wrong, NULL, &opened, &error));
    g_assert_error (error, SAN_ERROR, SAN_ERROR_LOCKED);
    g_clear_error (&error);
    g_assert_true (add (shown, "Meera", TRUE, &keys[0], "Meera", NULL));
    g_assert_false (san_keyring_open_named (shown, "Nobody", wrong, NULL, &opened, &error));
    g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
  }
  clear_three (keys);
}

/* With --ask-name, several hidden names may have one tag: each slot is tried. */
static void
test_tags_collide (void)
{
  g_autoptr(SanKeyring) ring = san_keyring_new (&store_id);
  SanSlotKeys keys[40] = { { NULL } };

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *name = g_strdup_printf ("Name %u", i);

      make_keys (&keys[i]);
      g_assert_true (add (ring, name, FALSE, &keys[i], name, NULL));
    }
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *name = g_strdup_printf ("Name %u", i);
      g_autoptr(SanSecret) right = passphrase (name);
      g_auto(SanSlotKeys) opened = { NULL };

      g_assert_true (san_keyring_open_named (ring, name, right, NULL, &opened, NULL));
      assert_same_keys (&opened, &keys[i]);
      san_slot_keys_clear (&keys[i]);
    }
}

static void
test_names_unique (void)
{
  SanSlotKeys keys[3] = { { NULL } };
  g_autoptr(SanKeyring) ring = three_people (keys);
  g_auto(SanSlotKeys) other = { NULL };
  g_autoptr(GError) error = NULL;
  g_autofree char *long_name = g_strnfill (61, 'a');

  make_keys (&other);
  g_assert_false (add (ring, "meera", TRUE, &other, "w", &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_ALREADY);
  g_clear_error (&error);
  g_assert_false (add (ring, " ", TRUE, &other, "w", &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (add (ring, long_name, TRUE, &other, "w", &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
  g_assert_cmpuint (san_keyring_get_n_slots (ring), ==, 3);

  /* her own slot may be sealed again under her own name */
  g_assert_true (add (ring, "Meera", TRUE, &keys[0], "new words", NULL));
  g_assert_cmpuint (san_keyring_get_n_slots (ring), ==, 3);
  clear_three (keys);
}

/* Sixty letters of a script of three bytes a letter fit, sixty-one do not; the file holds them. */
static void
test_long_names (void)
{
  SanSlotKeys keys = { NULL };
  g_autoptr(SanKeyring) ring = san_keyring_new (&store_id);
  g_autoptr(GString) name = g_string_new (NULL);
  g_autoptr(SanKeyring) again = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;

  make_keys (&keys);
  for (guint i = 0; i < 60; i++)
    g_string_append (name, "म");
  g_assert_true (add (ring, name->str, TRUE, &keys, "words", &error));
  g_assert_no_error (error);
  bytes = san_keyring_encode (ring);
  again = san_keyring_parse (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (san_keyring_get_slot (again, 0)->name, ==, name->str);
  g_string_append (name, "म");
  g_assert_false (add (ring, name->str, TRUE, &keys, "words", &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
  san_slot_keys_clear (&keys);
}

static void
test_remove (void)
{
  SanSlotKeys keys[3] = { { NULL } };
  g_autoptr(SanKeyring) ring = three_people (keys);
  const SanId32 *seat = san_sign_key_get_public (keys[0].sign);

  g_assert_true (san_keyring_remove (ring, seat));
  g_assert_false (san_keyring_remove (ring, seat));
  g_assert_null (san_keyring_find_seat (ring, seat));
  g_assert_cmpuint (san_keyring_get_n_slots (ring), ==, 2);
  clear_three (keys);
}

static void
test_full (void)
{
  g_autoptr(SanKeyring) ring = san_keyring_new (&store_id);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i <= SAN_KEYRING_MAX_SLOTS; i++)
    {
      g_auto(SanSlotKeys) keys = { NULL };
      g_autofree char *name = g_strdup_printf ("N%u", i);

      make_keys (&keys);
      g_assert_true (add (ring, name, TRUE, &keys, name, &error) == (i < SAN_KEYRING_MAX_SLOTS));
    }
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
  {
    g_autoptr(GBytes) bytes = san_keyring_encode (ring);
    g_autoptr(SanKeyring) again = san_keyring_parse (bytes, NULL);

    g_assert_nonnull (again);
    g_assert_cmpuint (g_bytes_get_size (bytes), <=, SAN_KEYRING_FILE_LIMIT);
  }
}

static void
test_recovery (void)
{
  g_autoptr(SanKeyring) ring = san_keyring_new (&store_id);
  g_auto(SanSlotKeys) device = { NULL };
  g_auto(SanSlotKeys) opened = { NULL };
  g_autoptr(SanBoxKey) recovery = san_box_key_new_random ();
  g_autoptr(SanBoxKey) other = san_box_key_new_random ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(SanKeyring) again = NULL;

  make_keys (&device);
  g_assert_false (san_keyring_has_recovery (ring));
  g_assert_false (san_keyring_open_recovery (ring, recovery, &opened, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (san_keyring_set_recovery (ring, device.store_key, device.sign, device.box,
                                           san_box_key_get_public (recovery), NULL));
  bytes = san_keyring_encode (ring);
  again = san_keyring_parse (bytes, NULL);
  g_assert_true (san_keyring_has_recovery (again));
  g_assert_false (san_keyring_open_recovery (again, other, &opened, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_LOCKED);
  g_assert_true (san_keyring_open_recovery (again, recovery, &opened, NULL));
  assert_same_keys (&opened, &device);
}

static void
test_cut_short (void)
{
  SanSlotKeys keys[3] = { { NULL } };
  g_autoptr(SanKeyring) ring = three_people (keys);
  g_autoptr(GBytes) whole = san_keyring_encode (ring);

  for (gsize n = 0; n < g_bytes_get_size (whole); n++)
    {
      g_autoptr(GBytes) part = g_bytes_new_from_bytes (whole, 0, n);
      g_autoptr(GError) error = NULL;

      g_assert_null (san_keyring_parse (part, &error));
      g_assert_error (error, SAN_ERROR, SAN_ERROR_DAMAGED);
    }
  clear_three (keys);
}

/* Whatever byte is changed: refused when reading, or the slot does not open any more. */
static void
test_every_byte_is_bound (void)
{
  g_autoptr(SanKeyring) ring = san_keyring_new (&store_id);
  g_auto(SanSlotKeys) keys = { NULL };
  g_autoptr(SanSecret) right = passphrase ("Meera");
  g_autoptr(GBytes) whole = NULL;
  const gsize recovery_from = 24, recovery_to = 24 + 160;
  gsize n;
  const guint8 *data;

  make_keys (&keys);
  g_assert_true (add (ring, "Meera", TRUE, &keys, "Meera", NULL));
  whole = san_keyring_encode (ring);
  data = g_bytes_get_data (whole, &n);
  for (gsize i = 0; i < n; i++)
    {
      g_autofree guint8 *changed = g_memdup2 (data, n);
      g_autoptr(GBytes) bytes = NULL;
      g_autoptr(SanKeyring) other = NULL;
      g_auto(SanSlotKeys) opened = { NULL };

      if (i >= recovery_from && i < recovery_to)
        continue;                        /* sealed on its own */
      changed[i] ^= 1;
      bytes = g_bytes_new (changed, n);
      other = san_keyring_parse (bytes, NULL);
      if (other != NULL)
        g_assert_false (san_keyring_open (other, &san_keyring_get_slot (other, 0)->seat, right,
                                          &opened, NULL));
    }
}

static void
test_newer_and_costly (void)
{
  g_autoptr(SanKeyring) ring = san_keyring_new (&store_id);
  g_auto(SanSlotKeys) keys = { NULL };
  g_autoptr(GBytes) whole = NULL;
  g_autoptr(GError) error = NULL;
  gsize n, ops_at;
  g_autofree guint8 *changed = NULL;

  make_keys (&keys);
  g_assert_true (add (ring, "Meera", TRUE, &keys, "Meera", NULL));
  whole = san_keyring_encode (ring);
  n = g_bytes_get_size (whole);
  changed = g_memdup2 (g_bytes_get_data (whole, NULL), n);
  changed[4] = 2;
  {
    g_autoptr(GBytes) bytes = g_bytes_new (changed, n);

    g_assert_null (san_keyring_parse (bytes, &error));
    g_assert_error (error, SAN_ERROR, SAN_ERROR_TOO_NEW);
    g_clear_error (&error);
  }
  changed[4] = 1;
  ops_at = n - 112 - 24 - 16;
  changed[ops_at] = 17;                  /* more passes than anybody may ask of us */
  {
    g_autoptr(GBytes) bytes = g_bytes_new (changed, n);

    g_assert_null (san_keyring_parse (bytes, &error));
    g_assert_error (error, SAN_ERROR, SAN_ERROR_DAMAGED);
  }
}

/* The example of FORMAT-files.md. */
static const char example[] =
  "53414e4b01000100000102030405060708090a0b0c0d0e0f0000000000000000"
  "0000000000000000000000000000000000000000000000000000000000000000"
  "0000000000000000000000000000000000000000000000000000000000000000"
  "0000000000000000000000000000000000000000000000000000000000000000"
  "0000000000000000000000000000000000000000000000000000000000000000"
  "0000000000000000000000000000000000000000000000008a88e3dd7409f195"
  "fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c5555555555555555"
  "555555555555555501054d65657261730a636f756e73656c6c6f72026869e8dc"
  "2d6f74fae9c2709a2bf6f06d29b6010000000000000000200000000000006a7d"
  "6adee6ad44c182a0b8c00f450ee14394581cefd3cfea9aa466674454daca92ec"
  "ffa85e6c3cb2c976ab0c783ac946ee121fa3f763b2d5b0915df45524542b8f96"
  "69b0c8498462e20284131c9db8662aa9e9747d9a9b761b947d858bc6d29f0944"
  "aaca33d23a5a942a94336420d2485e1bd8052965344f58555ed93cc94690daac"
  "b353a69603d5";

static SanSecret *
repeated (guint8 byte)
{
  SanSecret *secret = san_secret_new (32);

  memset (san_secret_get_mutable (secret), byte, 32);
  return secret;
}

static void
test_example (void)
{
  g_autoptr(GBytes) bytes = san_bytes_from_hex (example, NULL);
  g_autoptr(SanKeyring) ring = san_keyring_parse (bytes, NULL);
  g_autoptr(SanSecret) seed = repeated (1);
  g_autoptr(SanSecret) box = repeated (2);
  g_autoptr(SanSecret) right = passphrase ("lamp-river-stone");
  g_auto(SanSlotKeys) expected = { san_sign_key_new_from_seed (seed),
                                   san_box_key_new_from_secret (box), repeated (3) };
  g_auto(SanSlotKeys) opened = { NULL };

  g_assert_nonnull (ring);
  g_assert_true (san_keyring_open_named (ring, "Meera", right, NULL, &opened, NULL));
  assert_same_keys (&opened, &expected);
}

static void
test_file (void)
{
  g_autofree char *dir = g_dir_make_tmp ("san-keyring-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "keyring", NULL);
  g_autoptr(GError) error = NULL;
  SanSlotKeys keys[3] = { { NULL } };
  g_autoptr(SanKeyring) ring = three_people (keys);
  g_autoptr(SanKeyring) again = NULL;
  GStatBuf info;

  g_assert_null (san_keyring_load (dir, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
  g_assert_true (san_keyring_save (ring, dir, NULL));
  again = san_keyring_load (dir, NULL);
  g_assert_cmpuint (san_keyring_get_n_slots (again), ==, 3);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_true (san_file_remove (path, NULL));
  g_assert_cmpint (g_rmdir (dir), ==, 0);
  clear_three (keys);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  g_test_add_func ("/store/keyring/round-trip", test_round_trip);
  g_test_add_func ("/store/keyring/wrong-passphrase-is-locked", test_wrong_passphrase);
  g_test_add_func ("/store/keyring/opens-by-name", test_by_name);
  g_test_add_func ("/store/keyring/tags-may-collide", test_tags_collide);
  g_test_add_func ("/store/keyring/shown-names-are-unique", test_names_unique);
  g_test_add_func ("/store/keyring/sixty-letters-of-any-script", test_long_names);
  g_test_add_func ("/store/keyring/removed-is-gone", test_remove);
  g_test_add_func ("/store/keyring/sixty-four-slots", test_full);
  g_test_add_func ("/store/keyring/recovery-slot", test_recovery);
  g_test_add_func ("/store/keyring/every-truncation-is-refused", test_cut_short);
  g_test_add_func ("/store/keyring/every-byte-is-bound", test_every_byte_is_bound);
  g_test_add_func ("/store/keyring/newer-and-costly-are-refused", test_newer_and_costly);
  g_test_add_func ("/store/keyring/example-of-the-format", test_example);
  g_test_add_func ("/store/keyring/file-is-private", test_file);
  return g_test_run ();
}
