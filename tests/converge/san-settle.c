/* san-settle.c - at last all sticks come together: exchange until nothing is new
 *
 * One folder for all, clocks right again. In the first rounds everybody who can sits down once:
 * rings are renewed by who holds them. It must come to rest within so many rounds: who lacks what
 * nobody has is answered four times, and where that is heard by one login only, each time takes the
 * rounds until all sit down again. */
#include "san-world.h"
#include "san-store-check.h"
#include <glib/gstdio.h>

#define ROUNDS 24u

typedef struct
{
  guint received;
  guint files;
  guint unread;                     /* files that are cut or damaged */
} Round;

static void
exchange (World *self, Laptop *laptop, const char *place, Round *round)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanExchangeResult) result = NULL;
  const SanPlaceResult *row;

  at_laptop (self, laptop);
  result = san_carry_exchange (laptop->centre, place, NULL, NULL, NULL, &error);
  if (g_error_matches (error, SAN_ERROR, SAN_ERROR_LOCKED))
    {
      tell (self, "%u %s was removed", laptop->no, laptop->login);      /* she hears of it now */
      laptop_lock (laptop);
      round->received++;
      return;
    }
  g_assert_no_error (error);
  row = g_ptr_array_index (result->places, 0);
  round->received += row->received;
  round->files += row->files;
  round->unread += row->incomplete; /* damaged: also a writer that a copy never hears of */
  tell (self,
        "%u %s: read %u, received %u, sent %u, files %u, not ours %u, incomplete %u, damaged %u",
        laptop->no, laptop->login, row->read, row->received, row->sent, row->files, row->not_for_us,
        row->incomplete, row->damaged);
  for (guint i = 0; i < row->problems->len; i++)
    tell (self, "  %s", (const char *) g_ptr_array_index (row->problems, i));
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
      if (i == ROUNDS)
        {
          world_judge (self);
          g_error ("seed %u: does not come to rest", self->seed);
        }
      exchange_all (self, place, i == 0 || quiet == 1, &round);
      g_assert_true (quiet == 0 || round.unread == 0);
      quiet = round.received == 0 && round.files == 0 ? quiet + 1 : 0;
    }
}
