/* test-whole-cuts.c - the power goes in the middle of one act: all of it is there afterwards, or
 * nothing
 *
 * Every act of whole-acts.c, cut at changes drawn by the seed. Then the store opens and is as
 * before or as after; set-up and restore that were cut count as not begun; the act can be done
 * again. SAN_POWER_CUTS, SAN_SEED. */
#include "whole-acts.h"

#define N_CUTS 300u

static WholeDisks disks;
static GRand *dice;

static void
assert_either (const WholeState *now, const WholeState *before, const WholeState *after,
               const char *when)
{
  g_autofree char *is = whole_describe (now);
  g_autofree char *was = whole_describe (before);
  g_autofree char *becomes = whole_describe (after);

  if (!whole_same (now, before) && !whole_same (now, after))
    g_error ("%s: neither before nor after: %s; before: %s; after: %s", when, is, was, becomes);
}

static void
do_again (const WholeAct *act, const WholeState *after, const char *when)
{
  g_autoptr(GError) error = NULL;
  Whole *whole = disks.whole;
  WholeState now;

  if (act->who != NULL && !whole_unlock (whole, act->who, &error))
    g_error ("%s: does not open for the next try: %s", when, error->message);
  if (!whole_act_run (whole, act, &error))
    g_error ("%s: the next try: %s", when, error->message);
  whole_act_look_again (whole, act, FALSE, &now, when);
  if (!whole_same (&now, after))
    {
      g_autofree char *is = whole_describe (&now);

      g_error ("%s: after the next try: %s", when, is);
    }
}

static void
cut_once (const WholeAct *act, guint nth, const WholeState *before, const WholeState *after)
{
  g_autofree char *when = g_strdup_printf ("%s cut at change %u, SAN_SEED=%" G_GUINT64_FORMAT,
                                           act->name, nth, disks.whole->seed);
  g_autoptr(GError) error = NULL;
  Whole *whole = disks.whole;
  WholeState now;
  gboolean done;

  whole_act_begin (&disks, act);
  san_sim_disk_set_sector (whole->disk, g_rand_boolean (dice) ? 512 : 4096);
  san_sim_disk_cut_after (whole->disk, nth);
  done = whole_act_run (whole, act, &error);
  if (!done && !san_sim_disk_is_off (whole->disk))
    g_error ("%s: failed with the power on: %s", when, error->message);
  whole_close (whole);
  san_sim_disk_power_on (whole->disk, SAN_SIM_CUT_RANDOM);
  whole_act_look_again (whole, act, FALSE, &now, when);
  assert_either (&now, before, after, when);
  if (done && !whole_same (&now, after))
    g_error ("%s: acknowledged, and gone", when);
  whole_act_check (whole, act, whole_same (&now, after), when);
  if (!whole_same (&now, after))
    do_again (act, after, when);
  whole_act_enter (whole, act, when);
}

static void
test_act (gconstpointer data)
{
  const WholeAct *act = data;
  guint n_cuts =
      MAX (4, (guint) whole_environment ("SAN_POWER_CUTS", N_CUTS) / whole_count_acts ());
  WholeState before, after;
  guint n_changes;

  whole_act_measure (&disks, act, &before, &after, &n_changes);
  for (guint i = 0; i < n_cuts; i++)
    cut_once (act, (guint) g_rand_int_range (dice, 1, (gint32) n_changes + 3), &before, &after);
  g_test_message ("%u cuts within %u changes", n_cuts, n_changes);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < whole_count_acts (); i++)
    {
      g_autofree char *path = g_strdup_printf ("/fault/cut/%s", whole_acts[i].name);

      g_test_add_data_func (path, &whole_acts[i], test_act);
    }
  whole_disks_make (&disks, "power cuts in acts", (guint32) g_test_rand_int ());
  dice = g_rand_new_with_seed ((guint32) disks.whole->seed);
  result = g_test_run ();
  g_rand_free (dice);
  whole_disks_clear (&disks);
  return result;
}
