/* san-world.c - set up the world: one to three centres, three to six laptops, pairs, people */
#include "san-world.h"
#include <glib/gstdio.h>
#include <unistd.h>
#include <utime.h>

#define START_MS       (G_GINT64_CONSTANT (1772000000) * 1000)     /* February 2026 */
#define FILE_TIMES G_GINT64_CONSTANT (2200000000)                  /* later than any change time */

guint
pick (World *self, guint n)
{
  return n > 1 ? (guint) g_rand_int_range (self->random, 0, (gint32) n) : 0;
}

gboolean
chance (World *self, guint percent)
{
  return pick (self, 100) < percent;
}

Laptop *
pick_laptop (World *self)
{
  return g_ptr_array_index (self->laptops, pick (self, self->laptops->len));
}

void
tell (World *self, const char *format, ...)
{
  va_list args;
  g_autofree char *line = NULL;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  g_string_append_printf (self->story, "%s\n", line);
  if (self->loud)
    g_printerr ("# %s\n", line);
}

gboolean
went_well (World *self, const char *what, GError *error)
{
  if (error == NULL)
    return TRUE;
  tell (self, "  %s: %s", what, error->message);
  if (error->domain != SAN_ERROR ||
      (error->code != SAN_ERROR_REFUSED && error->code != SAN_ERROR_LOCKED &&
       error->code != SAN_ERROR_NOT_FOUND && error->code != SAN_ERROR_INVALID &&
       error->code != SAN_ERROR_ALREADY && error->code != SAN_ERROR_INCOMPLETE &&
       error->code != SAN_ERROR_NOT_FOR_US && error->code != SAN_ERROR_UNTRUSTED))
    g_error ("%s: %s", what, error->message);
  return FALSE;
}

void
time_passes (World *self)
{
  self->now += (gint64) (1 + pick (self, 90)) * 60 * 1000;
}

void
at_laptop (World *self, Laptop *laptop)
{
  san_clock_set (self->now + laptop->clock_off);
}

gboolean
login_as (World *self, Laptop *laptop, const char *name)
{
  g_autoptr(GError) error = NULL;

  at_laptop (self, laptop);
  if (!laptop_unlock (laptop, name, &error))
    return went_well (self, name, error);
  return TRUE;
}

gboolean
login (World *self, Laptop *laptop)
{
  g_autoptr(GPtrArray) names = NULL;

  at_laptop (self, laptop);
  if (laptop->centre != NULL && chance (self, 60))
    return TRUE;
  names = laptop_list_names (laptop, FALSE);
  if (names->len == 0)
    {
      laptop_lock (laptop);
      return FALSE;
    }
  return login_as (self, laptop, g_ptr_array_index (names, pick (self, names->len)));
}

gboolean
login_superintendent (World *self, Laptop *laptop)
{
  g_autoptr(GPtrArray) logins = NULL;
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  at_laptop (self, laptop);
  if (laptop->centre != NULL && san_role_is_superintendent (laptop->centre->role))
    return TRUE;
  logins = san_centre_list_logins (&laptop->where, NULL);
  for (guint i = 0; logins != NULL && i < logins->len; i++)
    {
      const SanLoginName *one = g_ptr_array_index (logins, i);

      if (!one->is_slip && san_role_is_superintendent (one->role))
        g_ptr_array_add (names, g_strdup (one->name));
    }
  return names->len > 0 &&
         login_as (self, laptop, g_ptr_array_index (names, pick (self, names->len)));
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Files on a stick are told apart by time; real times would differ from run to run. */
void
keep_files (World *self, const char *place)
{
  g_autoptr(GDir) dir = g_dir_open (place, 0, NULL);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *from = NULL;
      g_autofree char *to = NULL;
      struct utimbuf times;

      name = g_ptr_array_index (names, i);
      if (!g_str_has_suffix (name, ".dat") || g_hash_table_contains (self->archived, name))
        continue;
      from = g_build_filename (place, name, NULL);
      to = g_build_filename (self->dir, "archive", name, NULL);
      times.actime = times.modtime = FILE_TIMES + self->n_files++;
      g_assert_cmpint (utime (from, &times), ==, 0);
      g_assert_cmpint (link (from, to), ==, 0);
      g_hash_table_add (self->archived, g_strdup (name));
      g_ptr_array_add (self->archive, g_steal_pointer (&to));
    }
}

void
laptop_exchange (World *self, Laptop *laptop, const char *place)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanExchangeResult) result = NULL;
  const SanPlaceResult *row;

  at_laptop (self, laptop);
  result = san_carry_exchange (laptop->centre, place, NULL, NULL, NULL, &error);
  if (result == NULL)
    {
      went_well (self, "exchange", error);
      return;
    }
  row = g_ptr_array_index (result->places, 0);
  tell (self,
        "%u %s exchanges with %s: read %u, received %u, sent %u, files %u, not ours %u, incomplete "
        "%u, damaged %u",
        laptop->no, laptop->login, strrchr (place, '/') + 1, row->read, row->received, row->sent,
        row->files, row->not_for_us, row->incomplete, row->damaged);
  for (guint i = 0; i < row->problems->len; i++)
    tell (self, "  %s", (const char *) g_ptr_array_index (row->problems, i));
  keep_files (self, place);
}

Laptop *
add_laptop (World *self, guint centre_no)
{
  Laptop *laptop = laptop_new (self->dir, self->laptops->len, centre_no);

  g_ptr_array_add (self->laptops, laptop);
  return laptop;
}

static Laptop *
found_centre (World *self, guint no)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanSecret) words = laptop_words ();
  g_autofree char *name = g_strdup_printf ("Centre %u", no);
  WorldCentre *centre = &self->centres[no];
  SanSetup setup = { name, "Sundarpur", NULL, "en", words, 1, FALSE };
  Laptop *laptop = add_laptop (self, no);

  at_laptop (self, laptop);
  centre->head = g_strdup_printf ("head%u", no);
  setup.staff = centre->head;
  laptop->centre = san_setup_create (&laptop->where, &setup, &centre->code, &error);
  g_assert_no_error (error);
  laptop->login = g_strdup (centre->head);
  centre->id = *san_centre_get_id (laptop->centre);
  return laptop;
}

/* Both sides: the number of the one is read out to the other. */
static void
agree (Laptop *a, GBytes *card_of_a, Laptop *b, GBytes *card_of_b, gboolean b_accepts)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *digits = NULL;
  g_autofree char *typed = NULL;
  g_autofree char *number_a = NULL;
  g_autofree char *number_b = NULL;

  san_card_number (a->centre, card_of_b, NULL, &digits, &number_a, &error);
  g_assert_no_error (error);
  san_card_number (b->centre, card_of_a, digits, &typed, &number_b, &error);
  g_assert_no_error (error);
  san_card_accept (a->centre, card_of_b, number_b, &error);
  g_assert_no_error (error);
  if (b_accepts)
    san_card_accept (b->centre, card_of_a, number_a, &error);
  g_assert_no_error (error);
}

static void
join_centre (World *self, Laptop *first)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanSecret) words = laptop_words ();
  g_autoptr(GBytes) card = NULL;
  g_autoptr(GBytes) joining = NULL;
  const char *head = self->centres[first->centre_no].head;
  SanSetup setup = { NULL, NULL, head, "en", words, 1, FALSE };
  Laptop *laptop = add_laptop (self, first->centre_no);

  g_assert_true (login_as (self, first, head));
  card = san_card_make (first->centre, &error);
  g_assert_no_error (error);
  at_laptop (self, laptop);
  laptop->centre = san_setup_join (&laptop->where, &setup, card, &joining, &error);
  g_assert_no_error (error);
  laptop->login = g_strdup (head);
  agree (first, card, laptop, joining, FALSE);
  laptop_exchange (self, first, self->sticks[0]);
  laptop_exchange (self, laptop, self->sticks[0]);
  g_assert_false (laptop->centre->joining);
}

static void
pair_centres (World *self, Laptop *a, Laptop *b)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) card_of_a = NULL;
  g_autoptr(GBytes) card_of_b = NULL;

  g_assert_true (login_as (self, a, self->centres[a->centre_no].head));
  g_assert_true (login_as (self, b, self->centres[b->centre_no].head));
  card_of_a = san_card_make (a->centre, &error);
  g_assert_no_error (error);
  card_of_b = san_card_make (b->centre, &error);
  g_assert_no_error (error);
  agree (a, card_of_a, b, card_of_b, TRUE);
}

static char *
make_folder (World *self, const char *name)
{
  char *path = g_build_filename (self->dir, name, NULL);

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  return path;
}

static void
child_free (gpointer data)
{
  WorldChild *child = data;

  g_array_unref (child->records);
  g_free (child);
}

static void
make_world (World *self, const char *dir, guint32 seed, gboolean loud)
{
  self->seed = seed;
  self->loud = loud;
  self->random = g_rand_new_with_seed (seed);
  self->dir = g_strdup (dir);
  self->now = START_MS;
  self->laptops = g_ptr_array_new_with_free_func ((GDestroyNotify) laptop_free);
  self->children = g_ptr_array_new_with_free_func (child_free);
  self->archive = g_ptr_array_new_with_free_func (g_free);
  self->archived = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->story = g_string_new (NULL);
  g_free (make_folder (self, "archive"));
  for (guint i = 0; i < WORLD_STICKS; i++)
    {
      g_autofree char *name = g_strdup_printf ("stick-%u", i);

      self->sticks[i] = make_folder (self, name);
    }
}

/* A first laptop each, then the others where chance puts them. */
World *
world_new (const char *dir, guint32 seed, gboolean loud)
{
  World *self = g_new0 (World, 1);
  Laptop *first[WORLD_CENTRES];
  guint n_laptops;

  make_world (self, dir, seed, loud);
  n_laptops = 3 + pick (self, 4);
  self->n_centres = 1 + pick (self, WORLD_CENTRES);
  for (guint i = 0; i < self->n_centres; i++)
    first[i] = found_centre (self, i);
  for (guint i = self->n_centres; i < n_laptops; i++)
    join_centre (self, first[pick (self, self->n_centres)]);
  for (guint a = 0; a < self->n_centres; a++)
    for (guint b = a + 1; b < self->n_centres; b++)
      if (chance (self, 85))
        pair_centres (self, first[a], first[b]);
  tell (self, "%u centres, %u laptops", self->n_centres, n_laptops);
  return self;
}

void
world_free (World *self)
{
  g_ptr_array_unref (self->laptops);
  g_ptr_array_unref (self->children);
  g_ptr_array_unref (self->archive);
  g_hash_table_unref (self->archived);
  for (guint i = 0; i < self->n_centres; i++)
    {
      g_clear_pointer (&self->centres[i].code, san_secret_unref);
      g_free (self->centres[i].head);
    }
  for (guint i = 0; i < WORLD_STICKS; i++)
    g_free (self->sticks[i]);
  g_free (self->dir);
  g_string_free (self->story, TRUE);
  g_rand_free (self->random);
  g_free (self);
}
