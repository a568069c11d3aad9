/* san-bench.c - see san-bench.h */
#include "san-bench.h"
#include <gio/gio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MAX_ROUNDS 101

double
san_bench_now (void)
{
  static int by_cpu = -1;
  struct timespec spent;

  if (by_cpu < 0)
    by_cpu = g_strcmp0 (g_getenv ("SAN_BENCH_CLOCK"), "cpu") == 0;
  if (!by_cpu)
    return g_get_monotonic_time () / 1e6;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &spent);
  return spent.tv_sec + spent.tv_nsec / 1e9;
}

gboolean
san_bench_wanted (const char *name)
{
  const char *only = g_getenv ("SAN_BENCH_ONLY");

  return only == NULL || strstr (name, only) != NULL;
}

void
san_bench_header (const char *title)
{
  g_print ("%s\n%-52s %12s %12s %7s %6s\n", title, "", "ours", "floor", "ratio", "goal");
}

/* Columns stay below each other in every script: signs that stand on others take no place. */
static void
print_name (const char *name)
{
  guint n = 0;

  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at))
    n += !g_unichar_iszerowidth (g_utf8_get_char (at));
  g_print ("%s%*s", name, MAX (52 - (int) n, 1), "");
}

static void
print_time (double seconds)
{
  if (seconds >= 1)
    g_print (" %10.3f s", seconds);
  else if (seconds >= 1e-3)
    g_print (" %9.3f ms", seconds * 1e3);
  else
    g_print (" %9.3f us", seconds * 1e6);
}

void
san_bench_print (const char *name, double ours, double floor, double goal)
{
  double ratio = ours / floor;

  print_name (name);
  print_time (ours);
  print_time (floor);
  g_print (" %7.2f %6.2f %s\n", ratio, goal, ratio <= goal ? "ok" : "MISS");
  fflush (stdout);
}

gboolean
san_bench_limit (const char *name, double ours, double limit, const char *unit)
{
  gboolean ok = ours <= limit;

  print_name (name);
  g_print (" %8.1f %-3s %8.1f %-3s %7.2f %6.2f %s\n", ours, unit, limit, unit, ours / limit, 1.0,
           ok ? "ok" : "MISS");
  fflush (stdout);
  return ok;
}

gboolean
san_bench_child (const char *const *argv)
{
  g_autoptr(GError) error = NULL;
  int status = 0;

  fflush (stdout);
  return g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_CHILD_INHERITS_STDIN, NULL, NULL, NULL,
                       NULL, &status, &error) &&
         g_spawn_check_wait_status (status, &error);
}

static int
compare (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

double
san_bench_median (double *values, guint n)
{
  g_assert (n > 0);
  qsort (values, n, sizeof *values, compare);
  return n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

static double
once (SanBenchFunc prepare, SanBenchFunc func, gpointer data)
{
  double start;

  if (prepare != NULL)
    prepare (data);
  start = san_bench_now ();
  func (data);
  return san_bench_now () - start;
}

double
san_bench_ratio (const char *name, double goal, guint rounds, SanBenchFunc prepare_ours,
                 SanBenchFunc ours, gpointer ours_data, SanBenchFunc prepare_floor,
                 SanBenchFunc floor, gpointer floor_data)
{
  const char *wish = g_getenv ("SAN_BENCH_ROUNDS");
  double our_times[MAX_ROUNDS], floor_times[MAX_ROUNDS];
  double our_median, floor_median;

  if (!san_bench_wanted (name))
    return 0;
  if (wish != NULL)
    rounds = atoi (wish);
  rounds = CLAMP (rounds, 1, MAX_ROUNDS);
  for (guint i = 0; i < rounds; i++)
    {
      if (i % 2 == 0)
        our_times[i] = once (prepare_ours, ours, ours_data);
      floor_times[i] = once (prepare_floor, floor, floor_data);
      if (i % 2 != 0)
        our_times[i] = once (prepare_ours, ours, ours_data);
    }
  our_median = san_bench_median (our_times, rounds);
  floor_median = san_bench_median (floor_times, rounds);
  san_bench_print (name, our_median, floor_median, goal);
  return our_median / floor_median;
}

void
san_bench_read_folder (const char *path)
{
  g_autoptr(GFile) folder = g_file_new_for_path (path);
  g_autoptr(GFileEnumerator) names = NULL;
  GFileInfo *info;
  guint8 bytes[600];
  gsize got;

  names = g_file_enumerate_children (folder, "standard::name,standard::size,time::modified", 0,
                                     NULL, NULL);
  while (g_file_enumerator_iterate (names, &info, NULL, NULL, NULL) && info != NULL)
    {
      g_autoptr(GFile) file = g_file_get_child (folder, g_file_info_get_name (info));
      g_autoptr(GFileInputStream) in = g_file_read (file, NULL, NULL);

      g_input_stream_read_all (G_INPUT_STREAM (in), bytes, sizeof bytes, &got, NULL, NULL);
    }
}
