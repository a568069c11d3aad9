/* san-mishaps.c - sticks that lose, cut, repeat; laptops that are copied, turned back, cut off;
 * clocks */
#include "san-world.h"
#include "san-bundle.h"
#include <glib/gstdio.h>
#include <unistd.h>

#define YEAR_2000_MS (G_GINT64_CONSTANT (946684800) * 1000)
#define YEAR_2099_MS (G_GINT64_CONSTANT (4070908800) * 1000)

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
pick_file (World *self, const char *place)
{
  g_autoptr(GDir) dir = g_dir_open (place, 0, NULL);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names->len > 0
             ? g_build_filename (place, g_ptr_array_index (names, pick (self, names->len)), NULL)
             : NULL;
}

static void
lose_file (World *self, const char *place)
{
  g_autofree char *path = pick_file (self, place);

  if (path == NULL)
    return;
  tell (self, "a file is lost from %s", strrchr (place, '/') + 1);
  g_unlink (path);
}

/* Cut short under its own name: an older look may have seen it whole. */
static void
cut_file (World *self, const char *place)
{
  g_autofree char *path = pick_file (self, place);
  g_autofree char *data = NULL;
  gsize n, left;

  if (path == NULL || !g_file_get_contents (path, &data, &n, NULL))
    return;
  left = pick (self, (guint) n + 1);
  tell (self, "a file is cut on %s to %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT,
        strrchr (place, '/') + 1, left, n);
  g_unlink (path);
  g_file_set_contents_full (path, data, (gssize) left, G_FILE_SET_CONTENTS_NONE, 0600, NULL);
}

/* A file of long ago comes again, perhaps under another name. */
static void
repeat_file (World *self, const char *place)
{
  const char *path;
  g_autofree char *name = NULL;
  g_autofree char *to = NULL;

  if (self->archive->len == 0)
    return;
  path = g_ptr_array_index (self->archive, pick (self, self->archive->len));
  if (chance (self, 70))
    name = g_path_get_basename (path);
  else
    {
      char letters[27] = { 0 };

      for (guint i = 0; i < 26; i++)
        letters[i] = (char) ('a' + pick (self, 26));
      name = g_strconcat (letters, ".dat", NULL);
    }
  to = g_build_filename (place, name, NULL);
  tell (self, "an old file comes again on %s", strrchr (place, '/') + 1);
  g_unlink (to);
  if (link (path, to) != 0)
    g_error ("%s: %s", to, g_strerror (errno));
  if (!g_hash_table_contains (self->archived, name))
    g_hash_table_add (self->archived, g_strdup (name));
}

static void
apply_old_file (World *self)
{
  Laptop *laptop = pick_laptop (self);
  g_autoptr(GError) error = NULL;
  SanExchangeResult *result = NULL;
  const char *path;

  if (self->archive->len == 0 || !login (self, laptop))
    return;
  at_laptop (self, laptop);
  path = g_ptr_array_index (self->archive, pick (self, self->archive->len));
  tell (self, "%u %s applies an old file by hand", laptop->no, laptop->login);
  if (san_carry_apply (laptop->centre, path, &result, &error))
    {
      tell (self, "  received %u", result->received);
      san_exchange_result_free (result);
    }
  else
    went_well (self, "apply", error);
}

static void
set_clock (World *self)
{
  Laptop *laptop = pick_laptop (self);

  switch (pick (self, 6))
    {
    case 0:
      laptop->clock_off = YEAR_2000_MS - self->now;
      break;
    case 1:
      laptop->clock_off = YEAR_2099_MS - self->now;
      break;
    case 2:
      laptop->clock_off = (gint64) pick (self, 600 * 60) * 1000 - 300 * 60 * 1000;
      break;
    default:
      laptop->clock_off = 0;
    }
  tell (self, "%u: clock is off by %" G_GINT64_FORMAT " s", laptop->no, laptop->clock_off / 1000);
}

static void
copy_laptop (World *self)
{
  Laptop *from = pick_laptop (self);
  Laptop *to;

  if (self->laptops->len >= WORLD_LAPTOPS || chance (self, 50))
    return;
  laptop_lock (from);
  to = add_laptop (self, from->centre_no);
  to->twin_of = from->twin_of;
  laptop_replace (to, from->dir);
  tell (self, "%u is copied: %u", from->no, to->no);
  if (chance (self, 50))
    {
      tree_remove (to->state);
      g_assert_cmpint (g_mkdir_with_parents (to->state, 0700), ==, 0);
    }
}

static void
turn_back (World *self)
{
  Laptop *laptop = pick_laptop (self);

  if (laptop->kept == NULL || chance (self, 40))
    {
      g_clear_pointer (&laptop->kept, g_free);
      laptop->kept = g_strdup_printf ("%s.kept", laptop->dir);
      laptop_lock (laptop);
      tree_remove (laptop->kept);
      tree_copy (laptop->dir, laptop->kept);
      tell (self, "%u: a copy is kept", laptop->no);
      return;
    }
  tell (self, "%u is turned back", laptop->no);
  if (chance (self, 50))
    laptop_replace (laptop, laptop->kept);
  else
    {
      g_autofree char *from = g_build_filename (laptop->kept, "store", NULL);

      laptop_lock (laptop);
      tree_remove (laptop->store);
      tree_copy (from, laptop->store);
    }
}

/* A backup by whoever sits there; later that laptop is dead, or stolen, and its centre begins from
 * it. */
static void
back_up (World *self)
{
  Laptop *laptop = pick_laptop (self);
  g_autofree char *folder = g_strconcat (laptop->dir, ".backup", NULL);
  g_autoptr(GError) error = NULL;
  guint n_entries, n_pieces;

  if (!login (self, laptop))
    return;
  at_laptop (self, laptop);
  g_mkdir (folder, 0700);
  tell (self, "%u %s makes a backup", laptop->no, laptop->login);
  if (!san_carry_backup (laptop->centre, folder, NULL, NULL, &n_entries, &n_pieces, NULL, &error))
    went_well (self, "backup", error);
}

static void
restore (World *self)
{
  Laptop *from = pick_laptop (self);
  WorldCentre *centre = &self->centres[from->centre_no];
  g_autofree char *folder = g_strconcat (from->dir, ".backup", NULL);
  g_autoptr(SanSecret) words = laptop_words ();
  g_autoptr(GError) error = NULL;
  gboolean dead = chance (self, 60);
  SanRestoreResult result = { 0 };
  SanCentre *opened;
  Laptop *to = from;

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR) || (!dead && self->laptops->len >= WORLD_LAPTOPS))
    {
      back_up (self);
      return;
    }
  tell (self, "%u is %s and restored", from->no, dead ? "dead" : "stolen");
  if (!dead)
    to = add_laptop (self, from->centre_no);
  laptop_lock (to);
  tree_remove (to->dir);
  g_assert_cmpint (g_mkdir_with_parents (to->state, 0700), ==, 0);
  at_laptop (self, to);
  opened = san_carry_restore (&to->where, folder, centre->code, dead, dead ? NULL : centre->head,
                              dead ? NULL : words, &result, &error);
  if (error != NULL)
    went_well (self, "restore", error);
  to->centre = opened;
  if (opened != NULL)
    to->login = g_strdup (centre->head);
}

/* Nothing is closed: what lies on the disk at that moment is all there is. */
static void
cut_power (World *self)
{
  Laptop *laptop = pick_laptop (self);
  g_autofree char *frozen = g_strconcat (laptop->dir, ".frozen", NULL);

  if (laptop->centre == NULL)
    return;
  tell (self, "%u: power is cut", laptop->no);
  tree_copy (laptop->dir, frozen);
  laptop_replace (laptop, frozen);
  tree_remove (frozen);
}

void
mishap (World *self)
{
  const char *stick = self->sticks[pick (self, WORLD_STICKS)];
  guint which = pick (self, 100);

  if (which < 16)
    lose_file (self, stick);
  else if (which < 32)
    cut_file (self, stick);
  else if (which < 48)
    repeat_file (self, stick);
  else if (which < 60)
    apply_old_file (self);
  else if (which < 70)
    set_clock (self);
  else if (which < 75)
    copy_laptop (self);
  else if (which < 86)
    turn_back (self);
  else if (which < 93)
    restore (self);
  else
    cut_power (self);
}
