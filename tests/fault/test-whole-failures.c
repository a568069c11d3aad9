/* test-whole-failures.c - each call of the disk fails once, in each act: a clear word, all of it or nothing
 *
 * Every act of whole-acts.c, its nth read, write, sync, open, truncation or change of a name, or
 * SQLite's nth allocation, failing: that one, or it and all after it; for every n until a run passes
 * untouched. The same on a disk that is full from some byte on, and on one that is read-only. After
 * each the store is as before or as after, and the act can be done (again), at once or after opening
 * anew. Where every n would take too long, each so-manyth is taken, from one drawn by the seed on:
 * SAN_FAULT_ALL=1 takes all, of the allocations each eleventh. */
#include "whole-acts.h"

typedef enum { ALLOCATION = SAN_SIM_N_KINDS, FULL, READ_ONLY } OtherKind;

static WholeDisks disks;

typedef struct
{
  const WholeAct *act;
  WholeState      before, after;
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
  guint n = fault->kind == ALLOCATION ? san_sim_malloc_get_n_failed () : san_sim_disk_get_n_failed (disk);

  san_sim_malloc_fail (0, FALSE);
  san_sim_disk_fail (disk, SAN_SIM_ANY, 0, FALSE);
  san_sim_disk_set_capacity (disk, -1);
  san_sim_disk_set_read_only (disk, FALSE);
  return n > 0;
}

static void
look (Bench *self, gboolean again, WholeState *now, const char *when)
{
  Whole *whole = disks.whole;

  if (again || whole->centre == NULL || whole->centre->joining)
    whole_act_look_again (whole, self->act, now, when);
  else
    whole_look (whole, now);
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

  if (!self->act->opens && whole->centre == NULL && !whole_unlock (whole, "sunanda", &error))
    g_error ("%s: does not open: %s", when, error->message);
  if (!whole_act_run (whole, self->act, &error))
    g_error ("%s: the next try%s: %s", when, at_once ? " at once" : "", error->message);
  whole_act_look_again (whole, self->act, &now, when);
  assert_same (&now, &self->after, "after the next try", when);
}

/* The fault is over. What is there is what was told; then it is done again, if it was not done: in
 * each third case, or all. */
static void
judge (Bench *self, gboolean done, const char *told, guint nth, const char *when)
{
  gboolean again = (nth & 1) != 0;
  WholeState now;

  look (self, again, &now, when);
  if (done)
    assert_same (&now, &self->after, "it said that it was done", when);
  if (self->act->check != NULL)
    whole_act_check (disks.whole, self->act, whole_same (&now, &self->after), when);
  if (whole_same (&now, &self->before) && !done)
    {
      if (self->all || nth % 3 == 0)
        do_again (self, !again, when);
      return;
    }
  assert_same (&now, &self->after, "neither before nor after", when);
  if (!done)
    {
      self->n_untold++;
      g_test_message ("%s: done, and a failure was told: %s", when, told);
    }
  if (!again)
    whole_act_look_again (disks.whole, self->act, &now, when);
  assert_same (&now, &self->after, "opened again", when);
}

/* A disk that is made read-only below an open database is one that cannot be written. */
static void
assert_clear (Bench *self, const Fault *fault, const GError *error, const char *when)
{
  whole_assert_clear (error, when);
  if (error->code == SAN_ERROR_DONE)
    return;
  if ((fault->kind == FULL && error->code != SAN_ERROR_NO_SPACE) ||
      (fault->kind == READ_ONLY && self->act->opens && error->code != SAN_ERROR_READ_ONLY))
    g_error ("%s: code %d: %s", when, error->code, error->message);
}

/* FALSE: nothing failed any more. */
static gboolean
fail_once (Bench *self, const Fault *fault)
{
  g_autofree char *when = g_strdup_printf ("%s, %s %u%s, SAN_SEED=%" G_GUINT64_FORMAT, self->act->name,
                                           name_of (fault->kind), fault->nth, fault->for_good ? " and on" : "",
                                           disks.whole->seed);
  g_autoptr(GError) error = NULL;
  gboolean done;

  whole_act_begin (&disks, self->act);
  order (fault);
  done = whole_act_run (disks.whole, self->act, &error);
  if (!end_fault (fault) && !g_error_matches (error, SAN_ERROR, SAN_ERROR_NO_SPACE))   /* it may look before it writes */
    {
      if (!done)
        g_error ("%s: failed untouched: %s", when, error->message);
      return FALSE;
    }
  if (!done)
    assert_clear (self, fault, error, when);
  done |= g_error_matches (error, SAN_ERROR, SAN_ERROR_DONE);
  judge (self, done, error != NULL ? error->message : "", fault->nth, when);
  return TRUE;
}

static void
fail_each (Bench *self, guint kind, gboolean for_good, guint step)
{
  Fault fault = { kind, for_good, 1 };
  guint n = 0;

  if (step > 1)
    fault.nth += whole_draw (disks.whole, step);
  while (fail_once (self, &fault))
    {
      n++;
      fault.nth += kind == FULL ? MAX (700u, fault.nth / 8) : step;
    }
  g_test_message ("%s: %s%s: %u failures, each %u.", self->act->name, name_of (kind), for_good ? " and on" : "", n, step);
}

static void
test_act (gconstpointer data)
{
  Bench bench = { 0 };
  Fault read_only = { READ_ONLY, TRUE, 1 };
  guint step, n_changes;

  bench.act = data;
  bench.all = whole_environment ("SAN_FAULT_ALL", 0) != 0;
  step = bench.all ? 1 : bench.act->step;
  whole_act_measure (&disks, bench.act, &bench.before, &bench.after, &n_changes);
  for (guint kind = SAN_SIM_OPEN; kind <= SAN_SIM_DELETE; kind++)
    {
      fail_each (&bench, kind, FALSE, step);
      fail_each (&bench, kind, TRUE, bench.all ? 1 : step * 5);
    }
  fail_each (&bench, ALLOCATION, FALSE, bench.all ? 11 : step * 397);
  fail_each (&bench, ALLOCATION, TRUE, bench.all ? 23 : step * 997);
  fail_each (&bench, FULL, TRUE, 1);
  fail_once (&bench, &read_only);
  g_test_message ("%s: %u were done though a failure was told", bench.act->name, bench.n_untold);
}

int
main (int argc, char **argv)
{
  int result;

  san_sim_malloc_install ();
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < whole_count_acts (); i++)
    {
      g_autofree char *path = g_strdup_printf ("/fault/each/%s", whole_acts[i].name);

      g_test_add_data_func (path, &whole_acts[i], test_act);
    }
  whole_disks_make (&disks, "failures in acts", (guint32) g_test_rand_int ());
  result = g_test_run ();
  whole_disks_clear (&disks);
  return result;
}
