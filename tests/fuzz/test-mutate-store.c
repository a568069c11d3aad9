/* test-mutate-store.c - thousands of damaged database files and logs through the store
 *
 * A damaged store is refused with an error, or what is read from it was once written: no other
 * entry ever comes out. What was damaged before it was sealed may be read; then verify says so. */
#include "damaged-files.h"
#include "store-fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define UNIT_ROUNDS 2000
#define TEXT_ROUNDS 1000

typedef struct
{
  Centre     *centre;
  Laptop     *laptop;
  Person     *head;
  GHashTable *known;                   /* id -> GBytes of each entry ever written */
  Files       sample, earlier, stranger;
  char       *dir;                     /* of the mutants */
} World;

static gboolean
remember (SanEntry *entry, gpointer data)
{
  g_hash_table_insert (data, san_id32_copy (san_entry_get_id (entry)), san_entry_to_bytes (entry));
  return TRUE;
}

static gboolean
each_entry (SanStore *store, SanEntryFunc func, gpointer data, GError **error)
{
  g_autoptr(GPtrArray) dossiers = san_store_list_dossiers (store, 0, NULL, G_MAXUINT, error);

  for (guint i = 0; dossiers != NULL && i < dossiers->len; i++)
    if (!san_store_each_of_dossier (store, &((SanDossier *) g_ptr_array_index (dossiers, i))->id,
                                    func, data, error))
      return FALSE;
  return dossiers != NULL;
}

/* In memory where there is room, since every mutant is a whole store. */
static char *
make_folder (void)
{
  g_autofree char *fast = g_strdup ("/dev/shm/san-mutate-XXXXXX");
  char *dir = g_access ("/dev/shm", W_OK) == 0 ? g_mkdtemp (fast) : NULL;

  return dir != NULL ? g_steal_pointer (&fast) : g_dir_make_tmp ("san-mutate-XXXXXX", NULL);
}

static void
write_some (World *self, const SanId32 *child, guint from, guint to)
{
  for (guint i = from; i < to; i++)
    {
      g_autofree char *text = g_strdup_printf ("note %u %*s", i, (int) (i * 37 % 700), "");
      SanId16 record;

      record_new (&record);
      save_one (self->head, child, 0, &record, "day-note", "note", text);
    }
}

static void
stranger_files (World *self)
{
  Centre *centre = centre_new ();
  Laptop *laptop = laptop_new (centre);
  Person *head = person_new (laptop, "superintendent", NULL);

  centre_found (centre, head);
  files_read (&self->stranger, laptop->dir);
  person_free (head);
  laptop_free (laptop);
  centre_free (centre);
}

/* An earlier state, then more in the file, then more in the log. */
static void
world_init (World *self)
{
  SanId32 child;

  self->centre = centre_new ();
  self->laptop = laptop_new (self->centre);
  self->head = person_new (self->laptop, "superintendent", NULL);
  centre_found (self->centre, self->head);
  admit (self->head, &child);
  write_some (self, &child, 0, 12);
  files_read (&self->earlier, self->laptop->dir);
  laptop_close (self->laptop);
  laptop_open (self->laptop);
  unlock (self->head);
  write_some (self, &child, 12, 24);
  files_read (&self->sample, self->laptop->dir);
  g_assert_nonnull (self->sample.wal);
  self->known =
      g_hash_table_new_full (san_id32_hash, san_id32_equal, g_free, (GDestroyNotify) g_bytes_unref);
  g_assert_true (each_entry (self->laptop->store, remember, self->known, NULL));
  stranger_files (self);
  self->dir = make_folder ();
}

static void
world_clear (World *self)
{
  Files none = { NULL, NULL };
  g_autofree char *lock = g_build_filename (self->dir, "lock", NULL);

  files_write (&none, self->dir);
  g_unlink (lock);
  g_rmdir (self->dir);
  g_free (self->dir);
  files_clear (&self->sample);
  files_clear (&self->earlier);
  files_clear (&self->stranger);
  g_hash_table_unref (self->known);
  person_free (self->head);
  laptop_free (self->laptop);
  centre_free (self->centre);
}

typedef struct
{
  GHashTable *known;
  guint       n;
  guint       n_foreign;               /* never written so */
} Reading;

static gboolean
judge_entry (SanEntry *entry, gpointer data)
{
  Reading *reading = data;
  GBytes *written = g_hash_table_lookup (reading->known, san_entry_get_id (entry));
  g_autoptr(GBytes) read = san_entry_to_bytes (entry);

  reading->n++;
  reading->n_foreign += written == NULL || !g_bytes_equal (written, read);
  return TRUE;
}

static gboolean
is_fitting_refusal (const GError *error)
{
  return error != NULL && error->domain == SAN_ERROR &&
         (error->code == SAN_ERROR_DAMAGED || error->code == SAN_ERROR_LOCKED ||
          error->code == SAN_ERROR_TOO_NEW || error->code == SAN_ERROR_IO ||
          error->code == SAN_ERROR_UNTRUSTED);
}

static void
assert_refusal (const GError *error, const Files *mutant)
{
  if (is_fitting_refusal (error))
    return;
  san_mutate_show ("store.db", mutant->db);
  g_test_fail_printf ("refused with %s", error != NULL ? error->message : "no error");
}

/* Returns TRUE where all of it could be read; @sound (out): verify found nothing. */
static gboolean
read_mutant (World *self, const Files *mutant, Reading *reading, gboolean *sound)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanStore) store = NULL;
  g_auto(SanVerifyReport) report = { 0 };

  *sound = FALSE;
  files_write (mutant, self->dir);
  store = san_store_open (self->dir, self->laptop->store_key, &error);
  if (store == NULL || !each_entry (store, judge_entry, reading, &error))
    {
      assert_refusal (error, mutant);
      return FALSE;
    }
  if (san_store_verify (store, SAN_VERIFY_ENTRIES | SAN_VERIFY_DATABASES, 0, NULL, NULL, NULL,
                        &report, &error))
    *sound = report.problems->len == 0;
  else
    assert_refusal (error, mutant);
  return TRUE;
}

static void
test_units (void)
{
  g_autoptr(SanMutator) mutator = san_mutator_new (san_mutate_seed (20261125));
  guint rounds = san_mutate_rounds (UNIT_ROUNDS);
  guint n_read = 0, n_sound = 0;
  World world = { 0 };

  world_init (&world);
  for (guint i = 0; i < rounds; i++)
    {
      Reading reading = { world.known, 0, 0 };
      Files mutant = { NULL, NULL };
      gboolean sound;

      damage_units (mutator, &world.sample, &world.earlier, &world.stranger, &mutant);
      n_read += read_mutant (&world, &mutant, &reading, &sound);
      n_sound += sound;
      if (reading.n_foreign > 0)
        {
          san_mutate_show ("store.db", mutant.db);
          g_test_fail_printf ("round %u: %u entries were read that nobody wrote", i,
                              reading.n_foreign);
        }
      files_clear (&mutant);
    }
  g_test_message ("of %u damaged stores %u could be read, %u of them without a problem", rounds,
                  n_read, n_sound);
  g_assert_cmpuint (n_read, <, rounds);
  world_clear (&world);
}

static void
test_texts (void)
{
  g_autoptr(SanMutator) mutator = san_mutator_new (san_mutate_seed (8));
  guint rounds = san_mutate_rounds (TEXT_ROUNDS);
  guint n_read = 0, n_sound = 0;
  World world = { 0 };
  Files whole = { NULL, NULL };

  world_init (&world);
  laptop_close (world.laptop);         /* all of it in the file */
  files_read (&whole, world.laptop->dir);
  laptop_open (world.laptop);
  for (guint i = 0; i < rounds; i++)
    {
      Reading reading = { world.known, 0, 0 };
      Files mutant = { NULL, NULL };
      gboolean sound;

      damage_texts (mutator, &whole, world.laptop->store_key, &mutant);
      n_read += read_mutant (&world, &mutant, &reading, &sound);
      n_sound += sound;
      if (sound && reading.n_foreign > 0)
        {
          san_mutate_show ("store.db", mutant.db);
          g_test_fail_printf ("round %u: verify found nothing, but %u entries are others", i,
                              reading.n_foreign);
        }
      files_clear (&mutant);
    }
  g_test_message ("of %u stores damaged inside %u could be read, %u of them without a problem",
                  rounds, n_read, n_sound);
  files_clear (&whole);
  world_clear (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  g_test_add_func ("/fuzz/store/units-of-the-files", test_units);
  g_test_add_func ("/fuzz/store/texts-of-the-pages", test_texts);
  return g_test_run ();
}
