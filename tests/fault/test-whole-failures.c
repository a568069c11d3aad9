/* test-whole-failures.c - each call of the disk fails once, in each act: a clear word, all of it or
 * nothing
 *
 * Every act of whole-acts.c, its nth read, write, sync, open, truncation or change of a name, or
 * SQLite's nth allocation, failing: that one, or it and all after it; for every n until a run
 * passes untouched. The same on a disk that is full from some byte on, and on one that is
 * read-only. After each the store is as before or as after, and the act can be done (again), at
 * once or after opening anew. In the suite each so-manyth n is taken where all would take too long,
 * and fewer where each step is watched by sanitizers, from one drawn by the seed on, so that over
 * many runs all are. SAN_FAULT_ALL=1 takes all, but for allocations of an act that makes more than
 * ALL_ALLOCATIONS of them: of these about BOUND, evenly, from one drawn on. SAN_FAULT_ALLOCATIONS=0
 * leaves them out. SAN_FAULT_SHARD=k/n is the kth of n equal parts of that, to be run side by side.
 */
#include "whole-acts.h"
#include <errno.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#define ALL_ALLOCATIONS 25000u
#define BOUND           4000u        /* failures of an act that makes more */
#define OPENED_EACH                                                                                \
  8u /* of thousands of failures, after each eighth the store is opened again and verified */
#define WRONG_ENOUGH    20u          /* then a run of thousands ends */
#ifdef __SANITIZE_ADDRESS__
#define COARSER         3u           /* for memory it is enough that each path is gone */
#else
#define COARSER         1u
#endif
#define AND_ON 11u /* "and all after it" is begun at each eleventh of those that fail alone */

typedef enum { ALLOCATION = SAN_SIM_N_KINDS, FULL, READ_ONLY } OtherKind;

static WholeDisks disks;
static GRand *dice;                /* not the acts' own, which draw the same in each run */
static guint shard = 1, n_shards = 1;
static guint n_all_failures, n_all_wrong, n_all_untold;

typedef struct
{
  const WholeAct *act;
  WholeState      before, after;
  WholeState      at_once;         /* as after, before anybody enters again and rings are renewed */
  guint           n_allocations;   /* that it makes when nothing fails */
  guint           n_failures, n_wrong;
  guint           n_untold;        /* failures that were told though all of it is there */
  gboolean        all;
} Bench;

typedef struct
{
  guint    kind;
  gboolean for_good;
  guint    nth;
} Fault;

static const char *
name_of (guint kind)
{
  static const char *const names[] = { "open", "read", "write", "sync", "truncate", "name" };

  return kind < G_N_ELEMENTS (names) ? names[kind]
         : kind == ALLOCATION        ? "allocation"
         : kind == FULL              ? "bytes left"
                                     : "read-only";
}

static void
order (const Fault *fault)
{
  SanSimDisk *disk = disks.whole->disk;

  san_sim_disk_fail (disk, SAN_SIM_ANY, 0, FALSE);
  if (fault->kind == FULL)
    san_sim_disk_set_capacity (disk, san_sim_disk_get_used (disk) + fault->nth - 1);
  else if (fault->kind == READ_ONLY)
    san_sim_disk_set_read_only (disk, TRUE);
  else if (fault->kind == ALLOCATION)
    san_sim_malloc_fail (fault->nth, fault->for_good);
  else
    san_sim_disk_fail (disk, fault->kind, fault->nth, fault->for_good);
}

/* Returns whether anything failed. */
static gboolean
end_fault (const Fault *fault)
{
  SanSimDisk *disk = disks.whole->disk;
  guint n =
      fault->kind == ALLOCATION ? san_sim_malloc_get_n_failed () : san_sim_disk_get_n_failed (disk);

  san_sim_malloc_fail (0, FALSE);
  san_sim_disk_fail (disk, SAN_SIM_ANY, 0, FALSE);
  san_sim_disk_set_capacity (disk, -1);
  san_sim_disk_set_read_only (disk, FALSE);
  return n > 0;
}

static gboolean
is_of_thousands (Bench *self, const Fault *fault)
{
  return self->all && fault->kind == ALLOCATION;
}

/* Whether to close, open again and verify, or to look at what stands open. */
static gboolean
is_opened (Bench *self, const Fault *fault)
{
  return is_of_thousands (self, fault) ? self->n_failures % OPENED_EACH == 0
                                       : (fault->nth & 1) != 0;
}

/* Returns whether it had to be opened for it, or was to be. */
static gboolean
look (Bench *self, const Fault *fault, WholeState *now, const char *when)
{
  Whole *whole = disks.whole;

  gboolean again = is_opened (self, fault);
  gboolean lightly = is_of_thousands (self, fault) && !again;

  again |= whole->centre == NULL || whole->centre->joining;
  if (again)
    whole_act_look_again (whole, self->act, lightly, now, when);
  else
    whole_look (whole, now);
  return again;
}

static void
assert_same (const WholeState *now, const WholeState *wanted, const char *what, const char *when)
{
  g_autofree char *is = whole_describe (now);
  g_autofree char *is_wanted = whole_describe (wanted);

  if (!whole_same (now, wanted))
    g_error ("%s: %s: %s; wanted %s", when, what, is, is_wanted);
}

static void
do_again (Bench *self, gboolean at_once, const char *when)
{
  g_autoptr(GError) error = NULL;
  Whole *whole = disks.whole;
  WholeState now;

  if (self->act->who != NULL && whole->centre == NULL &&
      !whole_unlock (whole, self->act->who, &error))
    g_error ("%s: does not open: %s", when, error->message);
  if (!whole_act_run (whole, self->act, &error))
    g_error ("%s: the next try%s: %s", when, at_once ? " at once" : "", error->message);
  whole_act_look_again (whole, self->act, FALSE, &now, when);
  assert_same (&now, &self->after, "after the next try", when);
}

static gboolean
is_tried_again (Bench *self, const Fault *fault)
{
  return is_of_thousands (self, fault) ? is_opened (self, fault) : self->all || fault->nth % 3 == 0;
}

/* The fault is over. What is there is what was told; then it is done again, if it was not done: in
 * each third case, after each failure of the disk, or when it is opened. */
static void
judge (Bench *self, const Fault *fault, gboolean done, const char *told, const char *when)
{
  WholeState now;
  gboolean again = look (self, fault, &now, when);
  const WholeState *after = again ? &self->after : &self->at_once;

  if (done)
    assert_same (&now, after, "it said that it was done", when);
  if (self->act->check != NULL)
    whole_act_check (disks.whole, self->act, whole_same (&now, after), when);
  if (whole_same (&now, &self->before) && !done)
    {
      if (is_tried_again (self, fault))
        do_again (self, !again, when);
      return;
    }
  assert_same (&now, after, "neither before nor after", when);
  if (!done)
    {
      self->n_untold++;
      g_test_message ("%s: done, and a failure was told: %s", when, told);
    }
  if (!again)
    whole_act_look_again (disks.whole, self->act, FALSE, &now, when);
  assert_same (&now, &self->after, "opened again", when);
}

/* A disk that is made read-only below an open database is one that cannot be written. */
static void
assert_clear (Bench *self, const Fault *fault, const GError *error, const char *when)
{
  /* the soak takes each allocation and is strict about words; here a drawn one that is told in the
   * wrong words is said, and what stands in the store decides */
  if (fault->kind == ALLOCATION && !self->all && error->domain == SAN_ERROR)
    {
      if (error->code != SAN_ERROR_IO && error->code != SAN_ERROR_DONE)
        g_test_message ("%s: code %d: %s", when, error->code, error->message);
      return;
    }
  whole_assert_clear (error, when);
  if (error->code == SAN_ERROR_DONE)
    return;
  if ((fault->kind == FULL && error->code != SAN_ERROR_NO_SPACE) ||
      (fault->kind == READ_ONLY && self->act->who == NULL && error->code != SAN_ERROR_READ_ONLY))
    g_error ("%s: code %d: %s", when, error->code, error->message);
}

/* FALSE: nothing failed any more. */
static gboolean
fail_begun (Bench *self, const Fault *fault)
{
  g_autofree char *when = g_strdup_printf ("%s, %s %u%s, SAN_SEED=%" G_GUINT64_FORMAT,
                                           self->act->name, name_of (fault->kind), fault->nth,
                                           fault->for_good ? " and on" : "", disks.whole->seed);
  g_autoptr(GError) error = NULL;
  gboolean done;

  order (fault);
  done = whole_act_run (disks.whole, self->act, &error);
  if (!end_fault (fault) &&
      !g_error_matches (error, SAN_ERROR, SAN_ERROR_NO_SPACE)) /* it may look before it writes */
    {
      if (!done)
        g_error ("%s: failed untouched: %s", when, error->message);
      return FALSE;
    }
  if (!done)
    assert_clear (self, fault, error, when);
  done |= g_error_matches (error, SAN_ERROR, SAN_ERROR_DONE);
  judge (self, fault, done, error != NULL ? error->message : "", when);
  return TRUE;
}

static gboolean
fail_once (Bench *self, const Fault *fault)
{
  whole_act_begin (&disks, self->act);
  if (!fail_begun (self, fault))
    return FALSE;
  self->n_failures++;
  return TRUE;
}

/* The same where the act has begun already, and is to begin just so the next time. */
static gboolean
fail_in_child (Bench *self, const Fault *fault)
{
  pid_t child = fork ();
  int status = 0;

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      self->n_untold = 0;
      _exit (fail_begun (self, fault) ? 1 + self->n_untold : 0);
    }
  while (waitpid (child, &status, 0) < 0)
    g_assert_cmpint (errno, ==, EINTR);
  if (!WIFEXITED (status) || WEXITSTATUS (status) > 2)
    {
      g_test_message ("%s: what went wrong in %s %u%s is told above", self->act->name,
                      name_of (fault->kind), fault->nth, fault->for_good ? " and on" : "");
      g_test_fail ();
      if (++self->n_wrong == WRONG_ENOUGH)
        g_error ("%s: that is enough", self->act->name);
      return TRUE;
    }
  if (WEXITSTATUS (status) == 0)
    return FALSE;
  self->n_failures++;
  self->n_untold += WEXITSTATUS (status) == 2;
  return TRUE;
}

/* Every @step-th, from a drawn one on; of @step 1, or of a shard, all that are its own. */
static void
fail_each (Bench *self, guint kind, gboolean for_good, guint step)
{
  Fault fault = { kind, for_good, 1 };
  gboolean (*fail) (Bench *bench, const Fault *fault) =
    is_of_thousands (self, &fault) && self->act->who != NULL ? fail_in_child : fail_once;
  guint n = 0;

  fault.nth += step > 1 ? (guint) g_rand_int_range (dice, 0, (gint32) step) : 0;
  fault.nth += (shard - 1) * step;
  if (fail == fail_in_child)
    whole_act_begin (&disks, self->act);
  while (fail (self, &fault))
    {
      n++;
      fault.nth +=
          n_shards * (kind == FULL ? MAX (700u, fault.nth / 8) * (self->all ? 1 : COARSER) : step);
    }
  g_test_message ("%s: %s%s: %u failures, each %u.", self->act->name, name_of (kind),
                  for_good ? " and on" : "", n, step);
}

static void
fail_allocations (Bench *self)
{
  guint step = 397 * self->act->step * COARSER;

  if (self->all)
    step = self->n_allocations <= ALL_ALLOCATIONS ? 1 : (self->n_allocations + BOUND - 1) / BOUND;
  fail_each (self, ALLOCATION, FALSE, step);
  fail_each (self, ALLOCATION, TRUE, self->all ? step * AND_ON : step * 5 / 2);
}

/* What it is before and after, and what it asks for. */
static void
measure (Bench *self)
{
  guint n_changes;
  guint from;
  g_autoptr(GError) error = NULL;

  whole_act_measure (&disks, self->act, &self->before, &self->after, &n_changes);
  whole_act_begin (&disks, self->act);
  from = san_sim_malloc_get_n_asked ();
  if (!whole_act_run (disks.whole, self->act, &error))
    g_error ("%s: %s", self->act->name, error->message);
  self->n_allocations = san_sim_malloc_get_n_asked () - from;
  if (disks.whole->centre != NULL && !disks.whole->centre->joining)
    whole_look (disks.whole, &self->at_once);
}

static void
test_act (gconstpointer data)
{
  Bench bench = { 0 };
  Fault read_only = { READ_ONLY, TRUE, 1 };
  guint step;

  bench.act = data;
  bench.all = whole_environment ("SAN_FAULT_ALL", 0) != 0;
  step = bench.all ? 1 : bench.act->step * COARSER;
  measure (&bench);
  for (guint kind = SAN_SIM_OPEN; kind <= SAN_SIM_DELETE; kind++)
    {
      fail_each (&bench, kind, FALSE, step);
      fail_each (&bench, kind, TRUE, bench.all ? 1 : step * 5);
    }
  if (whole_environment ("SAN_FAULT_ALLOCATIONS", 1) != 0)
    fail_allocations (&bench);
  fail_each (&bench, FULL, TRUE, 1);
  fail_once (&bench, &read_only);
  g_test_message (
      "%s: %u allocations; %u failures, %u went wrong; %u were done though a failure was told",
      bench.act->name, bench.n_allocations, bench.n_failures, bench.n_wrong, bench.n_untold);
  n_all_failures += bench.n_failures;
  n_all_wrong += bench.n_wrong;
  n_all_untold += bench.n_untold;
}

static void
take_shard (void)
{
  const char *text = g_getenv ("SAN_FAULT_SHARD");

  if (text != NULL &&
      (sscanf (text, "%u/%u", &shard, &n_shards) != 2 || shard < 1 || shard > n_shards))
    g_error ("SAN_FAULT_SHARD=%s is not k/n", text);
}

int
main (int argc, char **argv)
{
  int result;

  san_sim_malloc_install ();
  g_test_init (&argc, &argv, NULL);
  take_shard ();
  for (guint i = 0; i < whole_count_acts (); i++)
    {
      g_autofree char *path = g_strdup_printf ("/fault/each/%s", whole_acts[i].name);

      g_test_add_data_func (path, &whole_acts[i], test_act);
    }
  whole_disks_make (&disks, "failures in acts", (guint32) g_test_rand_int ());
  dice = g_rand_new_with_seed ((guint32) disks.whole->seed);
  result = g_test_run ();
  g_test_message ("%u failures, %u went wrong; %u were done though a failure was told",
                  n_all_failures, n_all_wrong, n_all_untold);
  g_rand_free (dice);
  whole_disks_clear (&disks);
  return result;
}
