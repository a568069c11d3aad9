/* san-bench-centre.c - see san-bench-centre.h */
#include "san-bench-centre.h"
#include "san-example.h"
#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/stat.h>

guint
san_bench_children (void)
{
  const char *wish = g_getenv ("SAN_BENCH_CHILDREN");

  return wish != NULL ? (guint) MAX (atoi (wish), 1) : 20000;
}

static void
copy_file (const char *from, const char *to)
{
  g_autoptr(GFile) source = g_file_new_for_path (from);
  g_autoptr(GFile) target = g_file_new_for_path (to);
  g_autoptr(GError) error = NULL;

  g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

void
san_bench_copy_folder (const char *from, const char *to)
{
  g_autoptr(GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;

  g_assert (dir != NULL);
  g_mkdir_with_parents (to, 0700);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);

      if (g_file_test (source, G_FILE_TEST_IS_DIR))
        san_bench_copy_folder (source, target);
      else
        copy_file (source, target);
    }
}

void
san_bench_remove (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);

      san_bench_remove (inside);
    }
  g_remove (path);
}

/* Made by a bench that was built before this one: by other code perhaps. */
static gboolean
is_stale (const char *made)
{
  struct stat exe, readme;
  g_autofree char *path = g_build_filename (made, "README.txt", NULL);

  return stat ("/proc/self/exe", &exe) != 0 || stat (path, &readme) != 0 ||
         readme.st_mtime < exe.st_mtime;
}

static void
make (const char *dir, guint children)
{
  g_autoptr(GError) error = NULL;
  SanPlaceOnDisk where = { NULL, NULL, g_getenv ("SAN_BUILT_DATA_DIR") };
  gint64 start = g_get_monotonic_time ();

  san_bench_remove (dir);
  g_mkdir_with_parents (dir, 0700);
  san_example_make (&where, dir, children, NULL, &error);
  g_assert_no_error (error);
  g_print ("# a store with %u children, made in %.1f s\n", children,
           (g_get_monotonic_time () - start) / 1e6);
}

SanBenchStore *
san_bench_store_new (guint children)
{
  SanBenchStore *self = g_new0 (SanBenchStore, 1);
  const char *stores = g_getenv ("SAN_BENCH_STORES");
  g_autofree char *kept =
      g_strdup_printf ("%s/%u-children", stores != NULL ? stores : g_get_tmp_dir (), children);

  if (is_stale (kept))
    make (kept, children);
  self->dir = g_build_filename (stores != NULL ? stores : g_get_tmp_dir (), "bench-XXXXXX", NULL);
  g_assert (g_mkdtemp (self->dir) != NULL);
  san_bench_copy_folder (kept, self->dir);
  self->store = g_build_filename (self->dir, "many", NULL);
  self->state = g_build_filename (self->dir, "state", NULL);
  self->where.store = self->store;
  self->where.state = self->state;
  self->where.data = g_getenv ("SAN_BUILT_DATA_DIR");
  return self;
}

SanCentre *
san_bench_store_unlock (SanBenchStore *self)
{
  g_autoptr(SanSecret) passphrase =
      san_secret_new_copy (SAN_BENCH_PASSPHRASE, strlen (SAN_BENCH_PASSPHRASE));
  g_autoptr(GError) error = NULL;
  SanCentre *centre = san_centre_unlock (&self->where, SAN_BENCH_PERSON, passphrase, NULL, &error);

  g_assert_no_error (error);
  return centre;
}

char *
san_bench_store_path (SanBenchStore *self, const char *name)
{
  return g_build_filename (self->dir, name, NULL);
}

void
san_bench_store_free (SanBenchStore *self)
{
  san_bench_remove (self->dir);
  g_free (self->dir);
  g_free (self->store);
  g_free (self->state);
  g_free (self);
}
