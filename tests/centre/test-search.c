/* test-search.c - a child is found by what she is called, the nearest first, in whatever script */
#include "carry-fixture.h"

#include <string.h>

typedef struct
{
  char   *dir;
  Laptop *laptop;
} House;

static void
house_begin (House *self)
{
  self->dir = carry_begin ();
  self->laptop = laptop_new (self->dir, "one");
  laptop_found (self->laptop, "Asha Griha");
}

static void
house_end (House *self)
{
  laptop_free (self->laptop);
  carry_end (self->dir);
}

static void
admit (House *self, const char *alias, const char *name)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  g_autoptr(SanChildRow) row = NULL;
  SanId16 record;

  san_typed_list_add (typed, "alias", alias);
  san_typed_list_add (typed, "name", name);
  row = san_child_admit (self->laptop->centre, typed, &record, &error);
  g_assert_no_error (error);
}

/* Aliases in the order in which they are found. */
static void
assert_found (House *self, const char *text, const char *expected)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = san_child_list (self->laptop->centre, text, NULL, &error);
  g_autoptr(GString) found = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (found, "%s%s", i > 0 ? " " : "",
                            ((SanChildRow *) g_ptr_array_index (rows, i))->alias);
  g_assert_cmpstr (found->str, ==, expected);
}

/* All of them have one lossy key: only the finer comparison of folded names tells them apart. */
static void
test_nearest_first (void)
{
  House house;

  house_begin (&house);
  admit (&house, "Kadam", "Rani Khamuki");
  admit (&house, "Palash", "Rani Khemka");
  admit (&house, "Tamal", "Rani Khomoka");
  assert_found (&house, "khemka", "Palash Tamal Kadam");
  assert_found (&house, "KHEMKA", "Palash Tamal Kadam");
  assert_found (&house, "खेमका", "Palash Tamal Kadam");
  assert_found (&house, "খেমকা", "Palash Tamal Kadam");
  assert_found (&house, "khomoka", "Tamal Palash Kadam");
  house_end (&house);
}

/* A child has several names: the nearest of them says where she stands. */
static void
test_nearest_of_her_names (void)
{
  House house;

  house_begin (&house);
  admit (&house, "Kadam", "Rani Khamuki");
  admit (&house, "Palash", "Khomoki Khomoka");
  admit (&house, "Khimika", "Rani Das");
  assert_found (&house, "khimika", "Khimika Palash Kadam");
  assert_found (&house, "khomoki", "Palash Kadam Khimika");
  house_end (&house);
}

static guint
how_far (House *self, const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = san_child_list (self->laptop->centre, text, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
  return ((SanChildRow *) rows->pdata[0])->found_far;
}

/* "share" and "char" have one key; who asks can tell that it is not what was typed. */
static void
test_how_far (void)
{
  House house;

  house_begin (&house);
  admit (&house, "Kadam", "Udaharan Char");
  g_assert_cmpuint (how_far (&house, "char"), ==, 0);
  g_assert_cmpuint (how_far (&house, "cha"), ==, 1);
  g_assert_cmpuint (how_far (&house, "kad"), ==, 1);
  g_assert_cmpuint (how_far (&house, "share a"), >, 1);
  house_end (&house);
}

/* By the whole alias, in any script and in small letters too, never by a part of it. */
static void
test_alias (void)
{
  char *dir = carry_begin ();
  Laptop *laptop = laptop_new (dir, "a");
  static const char *const said[] = { "Kadam", "\340\244\225\340\244\246\340\244\256",
                                      "Kadam Phul" };
  SanId32 children[G_N_ELEMENTS (said)];
  g_autoptr(GError) error = NULL;
  SanId32 found;

  laptop_found (laptop, "Asha Griha");
  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    children[i] = laptop_admit (laptop, said[i]);
  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    {
      g_assert_true (san_child_find (laptop->centre, said[i], &found, &error));
      g_assert_no_error (error);
      g_assert_true (san_id32_equal (&found, &children[i]));
    }
  g_assert_true (san_child_find (laptop->centre, "kadam phul", &found, &error));
  g_assert_no_error (error);
  g_assert_false (san_child_find (laptop->centre, "Kada", &found, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (san_child_find (laptop->centre, "...", &found, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
  laptop_free (laptop);
  carry_end (dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/centre/search/the-nearest-is-first-in-any-script", test_nearest_first);
  g_test_add_func ("/centre/search/the-nearest-of-her-names-counts", test_nearest_of_her_names);
  g_test_add_func ("/centre/search/what-only-sounds-alike-is-farther", test_how_far);
  g_test_add_func ("/centre/search/one-by-the-whole-alias", test_alias);
  return g_test_run ();
}
