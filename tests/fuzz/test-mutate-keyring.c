/* test-mutate-keyring.c - thousands of damaged keyrings through the reader
 *
 * A mutant is refused with an error, or written again as the same bytes; a passphrase opens in it
 * what it opened before, or nothing. With SAN_FUZZ_SEEDS=FOLDER it writes its samples there. */
#include "san-keyring.h"
#include "san-mutate.h"

#include <string.h>

#define ROUNDS        6000
#define SLOT_ROUNDS   6000
#define HEAD_SIZE     184u              /* in front of the slots */
#define N_PEOPLE      3

static const SanPassphraseCost cheap = { 1, 8192 };
static const char *const       names[N_PEOPLE] = { "Meera", "Iqbal", "Asha" };
static SanSlotKeys             keys[N_PEOPLE];

static SanSecret *
passphrase (const char *text)
{
  return san_secret_new_copy (text, strlen (text));
}

/* Two people whose names show, one by tag only, and a recovery slot. */
static SanKeyring *
sample_new (void)
{
  SanId16 store;
  SanKeyring *ring;

  san_random (store.b, sizeof store.b);
  ring = san_keyring_new (&store);
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_autoptr(SanSecret) words = passphrase (names[i]);
      SanId16 staff = { { (guint8) i } };

      g_assert_true (san_keyring_add (ring, &staff, i == 1 ? SAN_SLOT_SLIP : SAN_SLOT_SEAT,
                                      names[i], i != 2, i == 1 ? "slip.nurse" : "counsellor", "hi",
                                      &keys[i], words, &cheap, NULL));
    }
  g_assert_true (san_keyring_set_recovery (ring, keys[0].store_key, keys[0].sign, keys[0].box,
                                           san_box_key_get_public (keys[0].box), NULL));
  return ring;
}

/* Nobody else's costs: a damaged one may ask for a minute. */
static gboolean
is_cheap (const SanKeyring *ring)
{
  for (guint i = 0; i < san_keyring_get_n_slots (ring); i++)
    if (memcmp (&san_keyring_get_slot (ring, i)->cost, &cheap, sizeof cheap) != 0)
      return FALSE;
  return TRUE;
}

static guint
open_all (const SanKeyring *ring, GBytes *mutant)
{
  guint n_opened = 0;

  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_autoptr(SanSecret) right = passphrase (names[i]);
      g_autoptr(SanSecret) wrong = passphrase ("Asha-Meera");
      g_auto(SanSlotKeys) opened = { NULL };
      g_autoptr(GError) error = NULL;

      g_assert_false (san_keyring_open_named (ring, names[i], wrong, NULL, &opened, NULL));
      if (!san_keyring_open_named (ring, names[i], right, NULL, &opened, &error))
        {
          g_assert_nonnull (error);
          continue;
        }
      n_opened++;
      if (!san_secret_equal (opened.store_key, keys[i].store_key) ||
          !san_id32_equal (san_box_key_get_public (opened.box),
                           san_box_key_get_public (keys[i].box)))
        {
          san_mutate_show ("keyring", mutant);
          g_test_fail_printf ("a damaged keyring opened to other keys");
        }
    }
  return n_opened;
}

/* Returns TRUE if it was read. */
static gboolean
check_mutant (GBytes *mutant, gboolean try_opening)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanKeyring) ring = san_keyring_parse (mutant, &error);
  g_autoptr(GBytes) again = ring != NULL ? san_keyring_encode (ring) : NULL;

  if ((ring == NULL) != (error != NULL) || (again != NULL && !g_bytes_equal (again, mutant)))
    {
      san_mutate_show ("keyring", mutant);
      g_test_fail_printf ("a mutant was read, but not written again the same");
    }
  if (ring != NULL && try_opening && is_cheap (ring))
    open_all (ring, mutant);
  return ring != NULL;
}

static void
test_bytes (void)
{
  g_autoptr(SanMutator) mutator = san_mutator_new (san_mutate_seed (20261125));
  g_autoptr(SanKeyring) one = sample_new ();
  g_autoptr(SanKeyring) two = sample_new ();
  g_autoptr(GBytes) sample = san_keyring_encode (one);
  g_autoptr(GBytes) other = san_keyring_encode (two);
  guint rounds = san_mutate_rounds (ROUNDS);
  guint n_read = 0;

  g_assert_cmpuint (open_all (one, sample), ==, N_PEOPLE);
  for (guint i = 0; i < rounds; i++)
    {
      g_autoptr(GBytes) mutant = san_mutator_next (mutator, sample, other);

      n_read += check_mutant (mutant, i % 4 == 0);
    }
  g_test_message ("%u of %u damaged keyrings were still keyrings", n_read, rounds);
}

/* ---- by structure ---- */

/* Where the fields of a slot lie, behind its three texts; each text has its length before it. */
typedef struct
{
  guint8  fixed[49];                   /* seat, staff, kind */
  GBytes *texts[3];                    /* name, role, language */
  guint8  tag;
  guint8  rest[16 + 8 + 8 + 24 + 112]; /* salt, ops, mem, nonce, sealed */
} RawSlot;

static GBytes *
take_text (const guint8 **at)
{
  GBytes *text = g_bytes_new (*at + 1, **at);

  *at += 1 + **at;
  return text;
}

static const guint8 *
split_slot (const guint8 *at, RawSlot *out)
{
  memcpy (out->fixed, at, sizeof out->fixed);
  at += sizeof out->fixed;
  out->texts[0] = take_text (&at);
  out->tag = *at++;
  out->texts[1] = take_text (&at);
  out->texts[2] = take_text (&at);
  memcpy (out->rest, at, sizeof out->rest);
  return at + sizeof out->rest;
}

static void
put_text (GByteArray *out, GBytes *text, SanMutator *mutator)
{
  gsize n;
  const guint8 *data = g_bytes_get_data (text, &n);
  guint8 length =
      (guint8) (san_mutator_below (mutator, 40) == 0 ? n + san_mutator_below (mutator, 3) - 1 : n);

  g_byte_array_append (out, &length, 1);
  g_byte_array_append (out, data, (guint) n);
}

static void
put_slot (GByteArray *out, const RawSlot *slot, SanMutator *mutator)
{
  g_byte_array_append (out, slot->fixed, sizeof slot->fixed);
  put_text (out, slot->texts[0], mutator);
  g_byte_array_append (out, &slot->tag, 1);
  put_text (out, slot->texts[1], mutator);
  put_text (out, slot->texts[2], mutator);
  g_byte_array_append (out, slot->rest, sizeof slot->rest);
}

static GBytes *
odd_text (SanMutator *mutator)
{
  static const char *const odd[] = { "",         "meera",
                                     "Meera",    "Asha",
                                     "a\nb",     "\x7f",
                                     "\xff\xfe", "counsellor+nurse",
                                     "slip.",    "superintendent",
                                     "hi-IN-xx", "hi-IN-xxx",
                                     "नाम",      "name name name name name name name name" };

  const char *text = odd[san_mutator_below (mutator, G_N_ELEMENTS (odd))];

  return g_bytes_new_static (text, strlen (text));
}

/* One or two fields of one slot become another's, or odd. */
static void
change_slot (SanMutator *mutator, RawSlot *slot, const RawSlot *other)
{
  static const guint64 costs[] = {
    0, 1, 16, 17, 8191, 8192, 1u << 30, (1u << 30) + 1, G_MAXUINT64
  };
  guint64 cost = costs[san_mutator_below (mutator, G_N_ELEMENTS (costs))];
  guint text = san_mutator_below (mutator, 3);
  g_autoptr(GBytes) theirs = g_bytes_ref (other->texts[text]);

  switch (san_mutator_below (mutator, 9))
    {
    case 0: memcpy (slot->fixed, other->fixed, 32); break;
    case 1: memcpy (slot->fixed + 32, other->fixed + 32, 16); break;
    case 2: slot->fixed[48] = (guint8) san_mutator_below (mutator, 4); break;
    case 3: g_bytes_unref (slot->texts[text]); slot->texts[text] = odd_text (mutator); break;
    case 4: g_bytes_unref (slot->texts[text]); slot->texts[text] = g_bytes_ref (theirs); break;
    case 5: slot->tag = (guint8) san_mutator_below (mutator, 256); break;
    case 6: memcpy (slot->rest + 16 + 8 * san_mutator_below (mutator, 2), &cost, 8); break;
    case 7: memcpy (slot->rest, other->rest, 16); break;
    default: memcpy (slot->rest + 32, other->rest + 32, 24 + 112); break;
    }
}

static void
swap_slots (RawSlot *a, RawSlot *b)
{
  RawSlot kept = *a;

  *a = *b;
  *b = kept;
}

static GBytes *
next_by_structure (SanMutator *mutator, GBytes *sample)
{
  const guint8 *at = (const guint8 *) g_bytes_get_data (sample, NULL) + HEAD_SIZE;
  GByteArray *out = g_byte_array_new ();
  RawSlot slots[N_PEOPLE];
  guint n = N_PEOPLE;
  guint written = 0;

  for (guint i = 0; i < n; i++)
    at = split_slot (at, &slots[i]);
  san_mutator_count (mutator);
  if (san_mutator_below (mutator, 4) == 0)
    swap_slots (&slots[san_mutator_below (mutator, n)], &slots[san_mutator_below (mutator, n)]);
  for (guint i = 1 + san_mutator_below (mutator, 2); i > 0; i--)
    change_slot (mutator, &slots[san_mutator_below (mutator, n)],
                 &slots[san_mutator_below (mutator, n)]);
  g_byte_array_append (out, g_bytes_get_data (sample, NULL), HEAD_SIZE);
  for (guint i = 0; i < n; i++)
    {
      guint luck = san_mutator_below (mutator, 40);          /* now and then gone, or twice */

      for (guint times = luck == 0 ? 0 : luck == 1 ? 2 : 1; times > 0; times--, written++)
        put_slot (out, &slots[i], mutator);
    }
  out->data[6] = (guint8) (san_mutator_below (mutator, 30) == 0 ? written + 1 : written);
  for (guint i = 0; i < n; i++)
    for (guint t = 0; t < 3; t++)
      g_bytes_unref (slots[i].texts[t]);
  return g_byte_array_free_to_bytes (out);
}

static void
test_structure (void)
{
  g_autoptr(SanMutator) mutator = san_mutator_new (san_mutate_seed (7));
  g_autoptr(SanKeyring) ring = sample_new ();
  g_autoptr(GBytes) sample = san_keyring_encode (ring);
  guint rounds = san_mutate_rounds (SLOT_ROUNDS);
  guint n_read = 0;

  for (guint i = 0; i < rounds; i++)
    {
      g_autoptr(GBytes) mutant = next_by_structure (mutator, sample);

      n_read += check_mutant (mutant, TRUE);
    }
  g_test_message ("%u of %u keyrings with exchanged fields were still keyrings", n_read, rounds);
  g_assert_cmpuint (n_read, >, rounds / 20);
}

static void
write_seeds (const char *folder)
{
  g_autoptr(SanKeyring) ring = sample_new ();
  g_autoptr(GBytes) sample = san_keyring_encode (ring);
  g_autofree char *path = g_build_filename (folder, "keyring", NULL);

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (sample, NULL),
                                      (gssize) g_bytes_get_size (sample), NULL));
}

int
main (int argc, char **argv)
{
  int status = 0;

  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      keys[i].sign = san_sign_key_new_random ();
      keys[i].box = san_box_key_new_random ();
      keys[i].store_key = san_secret_new_random (32);
    }
  g_test_add_func ("/fuzz/keyring/bytes", test_bytes);
  g_test_add_func ("/fuzz/keyring/structure", test_structure);
  if (g_getenv ("SAN_FUZZ_SEEDS") != NULL)
    write_seeds (g_getenv ("SAN_FUZZ_SEEDS"));
  else
    status = g_test_run ();
  for (guint i = 0; i < N_PEOPLE; i++)
    san_slot_keys_clear (&keys[i]);
  return status;
}
