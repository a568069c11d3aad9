/* san-bench.h - our time against a floor measured in the same run
 *
 * Machines are noisy: a number alone says little, a ratio of two medians taken in turns says
 * much. One line per row: name, our median, the floor's median, ratio, goal, ok or MISS. Times are
 * printed and not judged; memory is no noise, and a bound of it that is not kept ends with 1.
 * SAN_BENCH_CLOCK=cpu: time spent computing, of all threads, where others share the machine; what
 * waits for the disk is then left out. */
#pragma once
#include <glib.h>
G_BEGIN_DECLS

typedef void (*SanBenchFunc) (gpointer data);

/* One row. @prepare (nullable) runs before each round of each side and is not timed; rounds
 * alternate ours, floor, floor, ours… SAN_BENCH_ROUNDS overrides @rounds. Returns the ratio. */
double san_bench_ratio   (const char   *name,
                          double        goal,
                          guint         rounds,
                          SanBenchFunc  prepare_ours,
                          SanBenchFunc  ours,
                          gpointer      ours_data,
                          SanBenchFunc  prepare_floor,
                          SanBenchFunc  floor,
                          gpointer      floor_data);
void   san_bench_header  (const char   *title);
double san_bench_now     (void);                       /* seconds */
void   san_bench_print   (const char   *name,
                          double        ours,
                          double        floor,
                          double        goal);         /* medians measured elsewhere */
/* A row with a bound instead of a floor; FALSE if it is not kept. */
gboolean san_bench_limit (const char  *name,
                          double       ours,
                          double       limit,
                          const char  *unit);
/* A floor: lists a folder and reads 600 bytes of each file in it, by GIO alone. */
void   san_bench_read_folder (const char *path);
/* Runs @argv, NULL-ended, in a process of its own; FALSE unless that ends with 0. */
gboolean san_bench_child (const char *const *argv);
double san_bench_median  (double       *values,
                          guint         n);
gboolean san_bench_wanted (const char  *name);   /* SAN_BENCH_ONLY: substring of the names to run */

G_END_DECLS
