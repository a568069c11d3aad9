/* test-mutate-entry.c - thousands of damaged entries through every reader of the room
 *
 * A mutant is refused with an error, or written again as the same bytes. Mutants of bodies are
 * also put under a good header and signature, since a hostile author can sign anything.
 * With SAN_FUZZ_SEEDS=FOLDER it writes the samples there instead, as a corpus for fuzz-entry. */
#include "samples.h"
#include "san-mutate.h"

#include <string.h>

#define ROUNDS_EACH   500
#define SIGNED_ROUNDS 6000

static GPtrArray *samples;

static void
check_mutant (const Sample *sample, GBytes *mutant)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) again = sample->reread (mutant, &error);

  if ((again == NULL) != (error != NULL) || (again != NULL && !g_bytes_equal (again, mutant)))
    {
      san_mutate_show (sample->name, mutant);
      g_test_fail_printf ("%s: a mutant was read, but not written again the same", sample->name);
    }
}

static void
test_structures (void)
{
  g_autoptr(SanMutator) mutator = san_mutator_new (san_mutate_seed (20251125));
  guint rounds = san_mutate_rounds (ROUNDS_EACH);

  for (guint s = 0; s < samples->len; s++)
    for (guint i = 0; i < rounds; i++)
      {
        const Sample *sample = g_ptr_array_index (samples, s);
        const Sample *other
            = g_ptr_array_index (samples, san_mutator_below (mutator, samples->len));
        g_autoptr(GBytes) mutant = san_mutator_next (mutator, sample->bytes, other->bytes);

        check_mutant (sample, mutant);
      }
}

/* Every reader gets what was meant for another. */
static void
test_strangers (void)
{
  for (guint s = 0; s < samples->len; s++)
    for (guint t = 0; t < samples->len; t++)
      check_mutant (g_ptr_array_index (samples, s),
                    ((Sample *)g_ptr_array_index (samples, t))->bytes);
}

/* What a receiver does with an entry, in its order, as far as this room goes. */
static void
read_entry (GBytes *bytes, const SanSecret *key, const SanBoxKey *ring, guint *n_sound)
{
  g_autoptr(SanEntry) entry = san_entry_new_from_bytes (bytes, NULL);
  g_autoptr(SanDataBody) data = NULL;
  g_autoptr(SanAuthorityBody) authority = NULL;
  g_autoptr(SanKeyGrant) grant = NULL;
  g_autoptr(SanChangeList) list = NULL;
  SanFounding founding;
  SanId32 ring_id = seed_id32 (5);

  if (entry == NULL || !san_entry_check_signature (entry, NULL)
      || !san_entry_check_body_hash (entry, NULL))
    return;
  switch (san_entry_get_header (entry)->kind)
    {
    case SAN_KIND_CHANGES:
      data = san_data_body_parse (san_entry_get_body (entry), NULL);
      if (data != NULL)
        list = san_data_body_open_part (data, san_entry_get_header (entry), SAN_COMPARTMENT_CASE,
                                        key, NULL);
      break;
    case SAN_KIND_FOUNDING:
      if (san_founding_parse (san_entry_get_body (entry), &founding, NULL))
        san_founding_verify (&founding, san_entry_get_header (entry), NULL);
      break;
    case SAN_KIND_AUTHORITY:
      authority = san_authority_body_parse (san_entry_get_body (entry), NULL);
      for (guint i = 0; authority != NULL && i < authority->n_cosigns; i++)
        san_authority_body_check_cosign (authority, i, san_entry_get_dossier (entry),
                                         &san_entry_get_header (entry)->author, NULL);
      break;
    case SAN_KIND_KEY_GRANT:
      grant = san_key_grant_parse (san_entry_get_body (entry), NULL);
      if (grant != NULL)
        {
          g_autoptr(SanSecret) opened = san_key_grant_open (grant, &ring_id, ring, NULL);
          g_autoptr(SanSecret) before = san_key_grant_open_link (grant, key, NULL);
        }
      break;
    default:
      break;
    }
  (*n_sound)++;
}

static GBytes *
sign_mutant (const Person *author, guint8 kind, GBytes *body)
{
  SanHeader draft = draft_header (author, kind, kind == SAN_KIND_FOUNDING ? 1 : 9);
  g_autoptr(SanEntry) entry = san_entry_sign (&draft, body, author->seat_key, NULL);

  return entry != NULL ? san_entry_to_bytes (entry) : NULL;
}

static void
test_signed (void)
{
  g_autoptr(SanMutator) mutator = san_mutator_new (san_mutate_seed (17));
  g_autoptr(Person) author = person_new (0x11);
  g_autoptr(SanSecret) key = seed_secret (0x42);
  g_autoptr(SanBoxKey) ring = seed_box_key (0x31);
  guint rounds = san_mutate_rounds (SIGNED_ROUNDS);
  guint n_sound = 0;

  for (guint i = 0; i < rounds; i++)
    {
      const Sample *sample = g_ptr_array_index (samples, san_mutator_below (mutator, samples->len));
      const Sample *other = g_ptr_array_index (samples, san_mutator_below (mutator, samples->len));
      g_autoptr(GBytes) body = san_mutator_next (mutator, sample->bytes, other->bytes);
      g_autoptr(GBytes) entry = sign_mutant (author, (guint8) (i % 4), body);

      if (entry != NULL)
        read_entry (entry, key, ring, &n_sound);
    }
  g_test_message ("%u of %u entries with damaged bodies were soundly signed", n_sound, rounds);
  g_assert_cmpuint (n_sound, >, rounds / 2);
}

/* The whole entry damaged: nothing but its own bytes passes signature and hash. */
static void
test_whole (void)
{
  g_autoptr(SanMutator) mutator = san_mutator_new (san_mutate_seed (4));
  g_autoptr(Person) author = person_new (0x11);
  g_autoptr(SanSecret) key = seed_secret (0x42);
  g_autoptr(SanSecret) clinical = seed_secret (0x43);
  g_autoptr(SanBoxKey) ring = seed_box_key (0x31);
  g_autoptr(SanEntry) entry = data_entry (author, 3, key, clinical);
  g_autoptr(SanEntry) founding = founding_entry (author, SAN_FOUNDING_CENTRE);
  g_autoptr(GBytes) one = san_entry_to_bytes (entry);
  g_autoptr(GBytes) other = san_entry_to_bytes (founding);
  guint rounds = san_mutate_rounds (SIGNED_ROUNDS);

  for (guint i = 0; i < rounds; i++)
    {
      g_autoptr(GBytes) mutant = san_mutator_next (mutator, one, other);
      guint n_sound = 0;

      read_entry (mutant, key, ring, &n_sound);
      if (n_sound > 0 && !g_bytes_equal (mutant, one))
        {
          san_mutate_show ("entry", mutant);
          g_test_fail_printf ("a damaged entry passed its signature");
        }
    }
}

/* One file per sample and reader of fuzz-entry, whose first byte chooses the reader. */
static void
write_seeds (const char *folder)
{
  for (guint i = 0; i < samples->len; i++)
    for (guint8 reader = 0; reader < 7; reader++)
      {
        const Sample *sample = g_ptr_array_index (samples, i);
        g_autofree char *path = g_strdup_printf ("%s/%s-%u", folder, sample->name, reader);
        gsize n = g_bytes_get_size (sample->bytes);
        g_autofree char *seed = g_malloc (n + 1);

        seed[0] = (char) reader;
        memcpy (seed + 1, g_bytes_get_data (sample->bytes, NULL), n);
        g_assert_true (g_file_set_contents (path, seed, (gssize) n + 1, NULL));
      }
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  samples = samples_new ();
  if (g_getenv ("SAN_FUZZ_SEEDS") != NULL)
    {
      write_seeds (g_getenv ("SAN_FUZZ_SEEDS"));
      return 0;
    }
  g_test_add_func ("/entry/mutants/refused-or-written-the-same", test_structures);
  g_test_add_func ("/entry/mutants/strangers-refused-or-written-the-same", test_strangers);
  g_test_add_func ("/entry/mutants/signed-by-a-hostile-author-never-crash", test_signed);
  g_test_add_func ("/entry/mutants/damaged-entries-never-pass-the-signature", test_whole);
  status = g_test_run ();
  g_ptr_array_unref (samples);
  return status;
}
