/* san-settle.c - at last all sticks come together: exchange until nothing is new
 *
 * One folder for all, clocks right again. In the first rounds everybody who can sits down once:
 * rings are renewed by who holds them. It must come to rest within so many rounds. */
#include "san-world.h"
#include "san-store-check.h"
#include <glib/gstdio.h>

#define ROUNDS 16u

typedef struct
{
  guint received;
  guint files;
} Round;

static void
exchange (World *self, Laptop *laptop, const char *place, Round *round)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanExchangeResult) result = NULL;
  const SanPlaceResult *row;

  at_laptop (self, laptop);
  result = san_carry_exchange (laptop->centre, place, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  row = g_ptr_array_index (result->places, 0);
  round->received += row->received;
  round->files += row->files;
  tell (self, "%u %s: read %u, received %u, sent %u, files %u, not ours %u, incomplete %u, damaged %u", laptop->no,
        laptop->login, row->read, row->received, row->sent, row->files, row->not_for_us, row->incomplete, row->damaged);
  for (guint i = 0; i < row->problems->len; i++)
    tell (self, "  %s", (const char *) g_ptr_array_index (row->problems, i));
  g_assert_cmpuint (row->incomplete, ==, 0);
  g_assert_cmpuint (row->damaged, ==, 0);
  keep_files (self, place);
}

static void
exchange_all (World *self, const char *place, gboolean everybody, Round *round)
{
  for (guint i = 0; i < self->laptops->len; i++)
    {
      Laptop *laptop = g_ptr_array_index (self->laptops, i);
      g_autoptr(GPtrArray) names = laptop_list_names (laptop, FALSE);

      time_passes (self);
      if (!everybody && laptop->centre != NULL)
        {
          exchange (self, laptop, place, round);
          continue;
        }
      for (guint n = 0; n < names->len; n++)
        if (login_as (self, laptop, g_ptr_array_index (names, n)))
          exchange (self, laptop, place, round);
    }
}

void
world_settle (World *self)
{
  g_autofree char *place = g_build_filename (self->dir, "all", NULL);

  g_assert_cmpint (g_mkdir (place, 0700), ==, 0);
  for (guint i = 0; i < self->laptops->len; i++)
    ((Laptop *) g_ptr_array_index (self->laptops, i))->clock_off = 0;
  for (guint i = 0, quiet = 0; quiet < 2; i++)
    {
      Round round = { 0 };

      tell (self, "--- round %u", i);
      g_assert_cmpuint (i, <, ROUNDS);
      exchange_all (self, place, i == 0 || quiet == 1, &round);
      quiet = round.received == 0 && round.files == 0 ? quiet + 1 : 0;
    }
}
