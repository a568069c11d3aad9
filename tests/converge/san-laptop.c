/* san-laptop.c - one laptop of the world: its folders, its people, its clock */
#include "san-laptop.h"
#include <glib/gstdio.h>

#define WORDS "river lamp seven mango"

void
tree_remove (const char *path)
{
  g_autoptr(GDir) names = g_dir_open (path, 0, NULL);
  const char *name;

  while (names != NULL && (name = g_dir_read_name (names)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        tree_remove (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

void
tree_copy (const char *from, const char *to)
{
  g_autoptr(GDir) names = g_dir_open (from, 0, NULL);
  const char *name;

  g_assert_nonnull (names);
  g_assert_cmpint (g_mkdir_with_parents (to, 0700), ==, 0);
  while ((name = g_dir_read_name (names)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);
      g_autofree char *data = NULL;
      gsize n;

      if (g_file_test (source, G_FILE_TEST_IS_DIR))
        tree_copy (source, target);
      else
        {
          g_autoptr(GError) error = NULL;

          g_file_get_contents (source, &data, &n, &error);
          g_assert_no_error (error);
          g_file_set_contents_full (target, data, (gssize) n, G_FILE_SET_CONTENTS_NONE, 0600,
                                    &error);
          g_assert_no_error (error);
        }
    }
}

Laptop *
laptop_new (const char *dir, guint no, guint centre_no)
{
  Laptop *self = g_new0 (Laptop, 1);
  g_autofree char *name = g_strdup_printf ("laptop-%u", no);

  self->no = self->twin_of = no;
  self->centre_no = centre_no;
  self->dir = g_build_filename (dir, name, NULL);
  self->store = g_build_filename (self->dir, "store", NULL);
  self->state = g_build_filename (self->dir, "state", NULL);
  self->slips =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) san_secret_unref);
  g_assert_cmpint (g_mkdir_with_parents (self->state, 0700), ==, 0);
  self->where.store = self->store;
  self->where.state = self->state;
  self->where.data = g_getenv ("SAN_DATA_DIR");
  return self;
}

void
laptop_lock (Laptop *self)
{
  if (self->centre != NULL)
    san_centre_lock (self->centre);
  g_clear_object (&self->centre);
  g_clear_pointer (&self->login, g_free);
}

void
laptop_free (Laptop *self)
{
  laptop_lock (self);
  g_hash_table_unref (self->slips);
  g_free (self->dir);
  g_free (self->store);
  g_free (self->state);
  g_free (self->kept);
  g_free (self);
}

SanSecret *
laptop_words (void)
{
  return san_secret_new_copy (WORDS, strlen (WORDS));
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
laptop_list_names (Laptop *self, gboolean slips)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) logins = san_centre_list_logins (&self->where, NULL);

  for (guint i = 0; logins != NULL && i < logins->len; i++)
    {
      const SanLoginName *login = g_ptr_array_index (logins, i);

      if (login->is_slip == slips && (!slips || g_hash_table_contains (self->slips, login->name)))
        g_ptr_array_add (names, g_strdup (login->name));
    }
  g_ptr_array_sort (names, compare_names);
  return names;
}

gboolean
laptop_unlock (Laptop *self, const char *name, GError **error)
{
  g_autoptr(SanSecret) words = laptop_words ();
  SanSecret *slip = g_hash_table_lookup (self->slips, name);

  if (self->centre != NULL && g_str_equal (self->login, name))
    return TRUE;
  laptop_lock (self);
  if (slip != NULL)
    {
      self->centre = san_centre_unlock_slip (&self->where, name, slip, words, error);
      g_hash_table_remove (self->slips, name);
    }
  else
    self->centre = san_centre_unlock (&self->where, name, words, NULL, error);
  if (self->centre == NULL)
    return FALSE;
  self->login = g_strdup (name);
  return TRUE;
}

void
laptop_replace (Laptop *self, const char *from)
{
  laptop_lock (self);
  tree_remove (self->dir);
  tree_copy (from, self->dir);
}
