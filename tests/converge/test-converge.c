/* test-converge.c - worlds drawn from a seed: whatever happens, at rest all say the same
 *
 * --part P --seeds N: the seeds of part P, which has N; --large: long lives (else as many shorter
 * ones as a check can bear). SAN_SEED=n runs that one, large if SAN_LARGE is set, and tells its
 * story. */
#include "san-seams.h"
#include "san-world.h"
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define LONGEST_S    120u                 /* of one seed */

#define SEEDS_A_PART 50u                 /* a part keeps its numbers when fewer of them are run */
#define LARGE_FROM   1000u

static guint first_seed = 1;
static guint n_seeds = SEEDS_A_PART;
static gboolean loud, large;

static char *
make_dir (void)
{
  const char *base = g_access ("/dev/shm", W_OK) == 0 ? "/dev/shm" : g_get_tmp_dir ();
  char *dir = g_mkdtemp (g_strdup_printf ("%s/san-converge-XXXXXX", base));

  g_assert_nonnull (dir);
  return dir;
}

static void
live (const char *dir, guint32 seed)
{
  World *world;
  guint n_acts;

  seams_seed (seed);
  g_random_set_seed (seed);            /* names of rows in a form */
  world = world_new (dir, seed, loud);
  n_acts = large ? 100 + pick (world, 200) : 50 + pick (world, 60);
  for (guint i = 0; i < n_acts; i++)
    act_once (world);
  world_settle (world);
  world_judge (world);
  world_free (world);
}

/* Each in a process of its own: nothing of one run is left in the next. */
static void
test_seed (gconstpointer data)
{
  guint32 seed = GPOINTER_TO_UINT (data);
  g_autofree char *dir = make_dir ();
  int status = 1;
  pid_t child;

  g_test_message ("seed %u", seed);
  fflush (NULL);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      dup2 (STDERR_FILENO, STDOUT_FILENO);
      alarm (loud ? 0 : LONGEST_S);
      live (dir, seed);
      exit (0);
    }
  waitpid (child, &status, 0);
  if (g_getenv ("SAN_KEEP") == NULL)
    tree_remove (dir);
  if (status != 0)
    {
      g_test_message ("%sSAN_SEED=%u runs it again and tells what happens (%s %d)",
                      large ? "SAN_LARGE=1 " : "", seed, WIFSIGNALED (status) ? "signal" : "status",
                      WIFSIGNALED (status) ? WTERMSIG (status) : WEXITSTATUS (status));
      g_test_fail ();
    }
}

static void
read_choice (int argc, char **argv)
{
  const char *one = g_getenv ("SAN_SEED");
  guint part = 1;

  large = g_getenv ("SAN_LARGE") != NULL;
  for (int i = 1; i < argc; i++)
    {
      if (g_str_equal (argv[i], "--large"))
        large = TRUE;
      else if (i + 1 < argc && g_str_equal (argv[i], "--part"))
        part = (guint) atoi (argv[++i]);
      else if (i + 1 < argc && g_str_equal (argv[i], "--seeds"))
        n_seeds = (guint) atoi (argv[++i]);
    }
  first_seed = (part - 1) * MAX (n_seeds, SEEDS_A_PART) + 1 + (large ? LARGE_FROM : 0);
  if (one != NULL)
    {
      first_seed = (guint) atoi (one);
      n_seeds = 1;
      loud = TRUE;
    }
}

int
main (int argc, char **argv)
{
  g_autoptr(GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  read_choice (argc, argv);
  seams_begin ();
  san_crypto_init (&error);
  g_assert_no_error (error);
  for (guint i = 0; i < n_seeds; i++)
    {
      g_autofree char *name = g_strdup_printf ("/converge/seed/%u", first_seed + i);

      g_test_add_data_func (name, GUINT_TO_POINTER (first_seed + i), test_seed);
    }
  return g_test_run ();
}
