/* san-sim-malloc.c - SQLite's memory, of which the nth allocation fails */
#include "san-sim-disk.h"
#include <sqlite3.h>

static sqlite3_mem_methods real;
static gint left;                       /* allocations until one fails; 0: never */
static gint n_failed;
static gint n_asked;
static gboolean goes_on;

static gboolean
is_due (void)
{
  g_atomic_int_inc (&n_asked);
  if (g_atomic_int_get (&left) == 0)
    return FALSE;
  if (!g_atomic_int_dec_and_test (&left))
    return FALSE;
  g_atomic_int_inc (&n_failed);
  if (goes_on)
    g_atomic_int_set (&left, 1);
  return TRUE;
}

static void *
sim_malloc (int n)
{
  return is_due () ? NULL : real.xMalloc (n);
}

static void *
sim_realloc (void *old, int n)
{
  return is_due () ? NULL : real.xRealloc (old, n);
}

void
san_sim_malloc_install (void)
{
  sqlite3_mem_methods methods;
  int rc = sqlite3_config (SQLITE_CONFIG_GETMALLOC, &real);

  g_assert (rc == SQLITE_OK);           /* else SQLite was in use already */
  methods = real;
  methods.xMalloc = sim_malloc;
  methods.xRealloc = sim_realloc;
  rc = sqlite3_config (SQLITE_CONFIG_MALLOC, &methods);
  g_assert (rc == SQLITE_OK);
}

void
san_sim_malloc_fail (guint nth, gboolean for_good)
{
  goes_on = for_good;
  g_atomic_int_set (&n_failed, 0);
  g_atomic_int_set (&left, nth);
}

guint
san_sim_malloc_get_n_failed (void)
{
  return g_atomic_int_get (&n_failed);
}

guint
san_sim_malloc_get_n_asked (void)
{
  return (guint) g_atomic_int_get (&n_asked);
}
