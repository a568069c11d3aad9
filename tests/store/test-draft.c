/* test-draft.c - drafts: their author's alone, not to be forged, gone with their case */
#include "san-draft.h"
#include "san-error.h"
#include "san-file.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char      *dir;
  SanSecret *store_key;
  SanDrafts *drafts;
  SanBoxKey *meera, *iqbal;
} Fixture;

static const SanId32 bakul = { { 1 } }, shiuli = { { 2 } };

static void
set_up (Fixture *f, gconstpointer data)
{
  f->dir = g_dir_make_tmp ("san-draft-XXXXXX", NULL);
  f->store_key = san_secret_new_random (32);
  f->drafts = san_drafts_open (f->dir, f->store_key);
  f->meera = san_box_key_new_random ();
  f->iqbal = san_box_key_new_random ();
}

static char *
folder (Fixture *f)
{
  return g_build_filename (f->dir, "drafts", NULL);
}

/* The path of the only draft. */
static char *
only_path (Fixture *f)
{
  g_autofree char *path = folder (f);
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name = g_dir_read_name (dir);

  g_assert_nonnull (name);
  return g_build_filename (path, name, NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autofree char *path = folder (f);
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  san_file_set_ops (NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
  g_assert_cmpint (g_rmdir (f->dir), ==, 0);
  san_drafts_free (f->drafts);
  san_secret_unref (f->store_key);
  san_box_key_unref (f->meera);
  san_box_key_unref (f->iqbal);
  g_free (f->dir);
}

static void
put (Fixture *f, guint8 id, const SanId32 *dossier, gint64 at, const char *words,
     const SanBoxKey *seat)
{
  SanDraft draft = { { { id } }, *dossier, at, NULL };

  draft.content = g_bytes_new (words, strlen (words));
  g_assert_true (san_drafts_put (f->drafts, &draft, seat, NULL));
  g_bytes_unref (draft.content);
}

static void
assert_list (Fixture *f, const SanBoxKey *seat, const char *expected, guint expected_damaged)
{
  guint damaged = 99;
  g_autoptr(GPtrArray) list = san_drafts_list (f->drafts, seat, &damaged, NULL);
  g_autoptr(GString) words = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++)
    {
      SanDraft *draft = g_ptr_array_index (list, i);

      g_string_append_len (words, g_bytes_get_data (draft->content, NULL),
                           (gssize) g_bytes_get_size (draft->content));
      g_string_append_c (words, ' ');
    }
  g_assert_cmpstr (words->str, ==, expected);
  g_assert_cmpuint (damaged, ==, expected_damaged);
}

static void
test_own_only (Fixture *f, gconstpointer data)
{
  assert_list (f, f->meera, "", 0);
  put (f, 1, &bakul, 100, "first", f->meera);
  put (f, 2, &shiuli, 200, "second", f->meera);
  put (f, 3, &bakul, 300, "his", f->iqbal);
  assert_list (f, f->meera, "second first ", 0);
  assert_list (f, f->iqbal, "his ", 0);
  put (f, 1, &bakul, 400, "again", f->meera);
  assert_list (f, f->meera, "again second ", 0);
  g_assert_true (san_drafts_remove (f->drafts, &(SanId16) { { 1 } }, &bakul, NULL));
  g_assert_true (san_drafts_remove (f->drafts, &(SanId16) { { 1 } }, &bakul, NULL));
  assert_list (f, f->meera, "second ", 0);
}

static void
test_erased_case (Fixture *f, gconstpointer data)
{
  put (f, 1, &bakul, 100, "hers", f->meera);
  put (f, 2, &bakul, 100, "his", f->iqbal);
  put (f, 3, &shiuli, 100, "other", f->meera);
  g_assert_true (san_drafts_remove_dossier (f->drafts, &bakul, NULL));
  assert_list (f, f->meera, "other ", 0);
  assert_list (f, f->iqbal, "", 0);
}

static void
test_nothing_in_clear (Fixture *f, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *case_id = san_id32_to_text (&bakul);
  gsize n;
  const void *file;

  put (f, 9, &bakul, 100, "Drew the river.", f->meera);
  path = only_path (f);
  bytes = san_file_read (path, 1 << 20, NULL);
  file = g_bytes_get_data (bytes, &n);
  g_assert_null (memmem (file, n, "river", 5));
  g_assert_null (memmem (file, n, bakul.b, 32));
  g_assert_null (memmem (file, n, san_box_key_get_public (f->meera)->b, 32));
  case_id[16] = '\0';
  g_assert_null (strstr (path, case_id));
  g_assert_cmpuint (n, ==, 48 + 1024 + 16);
}

/* Every byte of the file, and its name: hers and damaged, or nobody's; never other words. */
static void
test_every_byte (Fixture *f, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr(GBytes) good = NULL;
  gsize n;
  const guint8 *file;

  put (f, 1, &bakul, 100, "words", f->meera);
  path = only_path (f);
  good = san_file_read (path, 1 << 20, NULL);
  file = g_bytes_get_data (good, &n);
  for (gsize i = 0; i < n; i += i < 64 || i > n - 20 ? 1 : 13)
    {
      g_autofree guint8 *changed = g_memdup2 (file, n);
      g_autoptr(GBytes) bytes = NULL;
      guint damaged;
      g_autoptr(GPtrArray) list = NULL;

      changed[i] ^= 4;
      bytes = g_bytes_new (changed, n);
      g_assert_true (g_file_set_contents (path, (const char *) changed, (gssize) n, NULL));
      list = san_drafts_list (f->drafts, f->meera, &damaged, NULL);
      g_assert_cmpuint (list->len, ==, 0);
      g_assert_cmpuint (damaged, ==, i < 24 ? 0 : 1);
    }
  for (gsize i = 0; i < n; i += i < 100 ? 1 : 101)
    {
      g_assert_true (g_file_set_contents (path, (const char *) file, (gssize) i, NULL));
      assert_list (f, f->meera, "", i < 48 ? 0 : 1);
    }
}

/* A draft put under the name of another case does not open there. */
static void
test_moved (Fixture *f, gconstpointer data)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  put (f, 1, &bakul, 100, "words", f->meera);
  from = only_path (f);
  to = g_strdup (from);
  to[strlen (to) - 33 - 1] ^= 1;
  g_assert_cmpint (g_rename (from, to), ==, 0);
  assert_list (f, f->meera, "", 1);
}

static void
test_waits_in_memory (Fixture *f, gconstpointer data)
{
  SanDraft draft = { { { 1 } }, bakul, 100, NULL };
  g_autoptr(GBytes) sealed = NULL;

  draft.content = g_bytes_new_static ("kept", 4);
  sealed = san_drafts_seal (f->drafts, &draft, f->meera, NULL);
  assert_list (f, f->meera, "", 0);
  g_assert_true (san_drafts_put_sealed (f->drafts, &draft.id, &bakul, sealed, NULL));
  assert_list (f, f->meera, "kept ", 0);
  g_bytes_unref (draft.content);
}

static void
test_limit (Fixture *f, gconstpointer data)
{
  g_autofree char *words = g_strnfill (SAN_DRAFT_LIMIT + 1, 'a');
  SanDraft draft = { { { 1 } }, bakul, 100, NULL };
  g_autoptr(GBytes) most = g_bytes_new (words, SAN_DRAFT_LIMIT);
  g_autoptr(GBytes) over = g_bytes_new (words, SAN_DRAFT_LIMIT + 1);
  g_autoptr(GPtrArray) list = NULL;
  g_autoptr(GError) error = NULL;

  draft.content = over;
  g_assert_false (san_drafts_put (f->drafts, &draft, f->meera, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
  draft.content = most;
  g_assert_true (san_drafts_put (f->drafts, &draft, f->meera, NULL));
  list = san_drafts_list (f->drafts, f->meera, NULL, NULL);
  g_assert_true (g_bytes_equal (((SanDraft *) list->pdata[0])->content, most));
}

static guint writes_until_full;

static ssize_t
full_write (int fd, const void *buffer, size_t n)
{
  if (writes_until_full-- > 0)
    return write (fd, buffer, MIN (n, 300));
  errno = ENOSPC;
  return -1;
}

static void
test_full_disk_keeps_the_old (Fixture *f, gconstpointer data)
{
  SanFileOps layer = *san_file_get_ops ();
  SanDraft draft = { { { 1 } }, bakul, 200, NULL };
  g_autoptr(GBytes) content = g_bytes_new_static ("new", 3);

  put (f, 1, &bakul, 100, "old", f->meera);
  layer.write = full_write;
  draft.content = content;
  for (guint n = 0; n < 4; n++)
    {
      g_autoptr(GError) error = NULL;

      writes_until_full = n;
      san_file_set_ops (&layer);
      if (san_drafts_put (f->drafts, &draft, f->meera, &error))
        break;
      san_file_set_ops (NULL);
      g_assert_error (error, SAN_ERROR, SAN_ERROR_NO_SPACE);
      assert_list (f, f->meera, "old ", 0);
    }
  san_file_set_ops (NULL);
}

static int
no_mkdir (const char *path, mode_t mode)
{
  errno = ENOSPC;
  return -1;
}

/* The disk was full when the folder was to be made. */
static void
test_without_a_folder (Fixture *f, gconstpointer data)
{
  SanFileOps layer = *san_file_get_ops ();
  SanDraft draft = { { { 1 } }, bakul, 200, NULL };
  g_autoptr(GBytes) content = g_bytes_new_static ("new", 3);
  g_autofree char *folder = g_build_filename (f->dir, "drafts", NULL);
  g_autofree char *aside = g_strconcat (f->dir, ".aside", NULL);
  g_autoptr(GError) error = NULL;

  g_clear_pointer (&f->drafts, san_drafts_free);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  layer.mkdir = no_mkdir;
  draft.content = content;
  san_file_set_ops (&layer);
  f->drafts = san_drafts_open (f->dir, f->store_key);
  assert_list (f, f->meera, "", 0);
  g_assert_false (san_drafts_put (f->drafts, &draft, f->meera, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NO_SPACE);
  g_clear_error (&error);
  san_file_set_ops (NULL);

  g_assert_cmpint (g_rename (f->dir, aside), ==, 0);             /* the store is gone */
  g_assert_false (san_drafts_put (f->drafts, &draft, f->meera, NULL));
  g_assert_false (g_file_test (f->dir, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_rename (aside, f->dir), ==, 0);
  g_assert_true (san_drafts_put (f->drafts, &draft, f->meera, &error));
  g_assert_no_error (error);
  assert_list (f, f->meera, "new ", 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
#define ADD(name, func) g_test_add ("/store/draft/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("own-only", test_own_only);
  ADD ("gone-with-their-case", test_erased_case);
  ADD ("nothing-in-clear", test_nothing_in_clear);
  ADD ("every-byte-is-bound", test_every_byte);
  ADD ("moved-to-another-case", test_moved);
  ADD ("waits-in-memory", test_waits_in_memory);
  ADD ("limit", test_limit);
  ADD ("folder-is-made-with-the-first", test_without_a_folder);
  ADD ("full-disk-keeps-the-old", test_full_disk_keeps_the_old);
#undef ADD
  return g_test_run ();
}
