/* bench-exchange.c - a place where nothing is new, among 900 files of others
 *
 * Two laptops of one centre that know all of each other, and files in the folder that are for
 * neither. Floor: listing the folder and reading 600 bytes of each. */
#include "san-bench.h"
#include "carry-fixture.h"

#define N_STRANGE 900
#define SIZE      65536u

typedef struct
{
  char   *dir;
  char   *stick;
  Laptop *first;
  Laptop *second;
} Work;

static void
fill (const char *folder)
{
  g_autofree guint8 *bytes = g_malloc (SIZE);

  san_random (bytes, SIZE);
  for (guint i = 0; i < N_STRANGE; i++)
    {
      char name[] = "strangestrangestrangestrang.dat";
      g_autofree char *path = NULL;

      for (guint at = 0; at < 26; at++)
        name[at] = "abcdefghijklmnopqrstuvwxyz234567"[g_random_int_range (0, 32)];
      memcpy (name + 26, ".dat", 5);
      path = g_build_filename (folder, name, NULL);
      san_random (bytes, 600);
      g_assert_true (g_file_set_contents (path, (char *) bytes, SIZE, NULL));
    }
}

static void
set_up (Work *self)
{
  self->dir = carry_begin ();
  self->stick = carry_make_place (self->dir, "stick");
  self->first = laptop_new (self->dir, "first");
  self->second = laptop_new (self->dir, "second");
  laptop_found (self->first, "Example Bari");
  laptop_join (self->second, self->first, self->stick);
  laptop_admit (self->first, "Kadam");
  fill (self->stick);
  for (guint i = 0; i < 3; i++)
    {
      laptop_exchange_quietly (self->first, self->stick);
      laptop_exchange_quietly (self->second, self->stick);
    }
}

static void
exchange (gpointer data)
{
  Work *self = data;

  g_assert_cmpuint (laptop_read_only_new (self->first, self->stick), ==, 0);
}

static void
list_and_read (gpointer data)
{
  san_bench_read_folder (((const Work *) data)->stick);
}

int
main (void)
{
  Work self = { 0 };

  g_assert_true (san_crypto_init (NULL));
  set_up (&self);
  san_bench_header ("exchange (floor: listing the folder, 600 bytes of each file)");
  san_bench_ratio ("nothing new, 900 files of others", 2.0, 21, NULL, exchange, &self, NULL,
                   list_and_read, &self);
  laptop_free (self.first);
  laptop_free (self.second);
  g_free (self.stick);
  carry_end (self.dir);
  return 0;
}
