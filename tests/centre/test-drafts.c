/* test-drafts.c - what she has typed is there again, whatever happens in between */
#include "house-fixture.h"
#include "san-draft-keeper.h"
#include "san-file.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>

static SanUnfinished *
draft_of (const House *house, const char *words)
{
  SanUnfinished *draft = san_unfinished_new ("contacts", &house->child, NULL);
  g_autoptr(SanValue) yes = san_value_new_bool (TRUE);

  san_typed_list_add (draft->typed, "gate", words);
  san_typed_list_add_value (draft->typed, "may.k3f9q2aa.no-message", yes);
  san_typed_list_add_file (draft->typed, "paper", "/a/paper.pdf", NULL);
  draft->focus = g_strdup ("gate");
  draft->cursor = 5;
  return draft;
}

static SanUnfinished *
find (const House *house)
{
  g_autoptr(SanDraftKeeper) keeper = san_centre_dup_drafts (house->laptop->centre);
  g_autoptr(GError) error = NULL;
  SanUnfinished *draft =
      san_draft_keeper_find (keeper, "contacts", &house->child, &san_id16_zero, &error);

  g_assert_no_error (error);
  return draft;
}

static void
assert_same_draft (const House *house, const SanUnfinished *kept)
{
  g_autoptr(SanUnfinished) draft = find (house);
  const SanTyped *typed;
  gboolean yes = FALSE;

  g_assert_nonnull (draft);
  g_assert_true (san_id16_equal (&draft->id, &kept->id));
  g_assert_cmpint (draft->at, ==, kept->at);
  g_assert_cmpstr (draft->focus, ==, "gate");
  g_assert_cmpuint (draft->cursor, ==, 5);
  g_assert_cmpuint (draft->typed->len, ==, 3);
  typed = draft->typed->pdata[0];
  g_assert_cmpstr (typed->text, ==, ((SanTyped *) kept->typed->pdata[0])->text);
  typed = draft->typed->pdata[1];
  g_assert_true (san_value_get_bool (typed->value, &yes) && yes);
  typed = draft->typed->pdata[2];
  g_assert_cmpstr (typed->file, ==, "/a/paper.pdf");
}

static void
test_there_after_lock (void)
{
  House house = house_begin ();
  g_autoptr(SanDraftKeeper) keeper = san_centre_dup_drafts (house.laptop->centre);
  g_autoptr(SanUnfinished) draft = draft_of (&house, "আমি বলতে পারি না");
  g_autoptr(GError) error = NULL;

  g_assert_true (san_draft_keeper_keep (keeper, draft, &error));
  laptop_lock (house.laptop);
  g_assert_false (san_draft_keeper_keep (keeper, draft, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_LOCKED);
  laptop_unlock (house.laptop, "sunanda");
  assert_same_draft (&house, draft);
  house_end (&house);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (san_draft_keeper_keep_finish (result, &error));
  g_assert_no_error (error);
  (*(guint *) data)--;
}

/* The newest words win, however the writes overlap; what was let go does not come back. */
static void
test_newest_wins (void)
{
  House house = house_begin ();
  g_autoptr(SanDraftKeeper) keeper = san_centre_dup_drafts (house.laptop->centre);
  g_autoptr(SanUnfinished) draft = draft_of (&house, "0");
  g_autoptr(SanValue) yes = san_value_new_bool (TRUE);
  g_autoptr(GError) error = NULL;
  guint left = 20;

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *words = g_strdup_printf ("words %u", i);

      g_ptr_array_set_size (draft->typed, 0);
      san_typed_list_add (draft->typed, "gate", words);
      san_typed_list_add_value (draft->typed, "may.k3f9q2aa.no-message", yes);
      san_typed_list_add_file (draft->typed, "paper", "/a/paper.pdf", NULL);
      san_draft_keeper_keep_async (keeper, draft, done_cb, &left);
    }
  g_assert_true (san_draft_keeper_keep (keeper, draft, &error));
  while (left > 0)
    g_main_context_iteration (NULL, TRUE);
  assert_same_draft (&house, draft);
  left = 1;
  san_draft_keeper_keep_async (keeper, draft, done_cb, &left);
  g_assert_true (san_draft_keeper_let_go (keeper, &draft->id, &draft->child, &error));
  while (left > 0)
    g_main_context_iteration (NULL, TRUE);
  {
    g_autoptr(SanUnfinished) gone = find (&house);

    g_assert_null (gone);
  }
  house_end (&house);
}

static int
no_space_open (const char *path, int flags, mode_t mode)
{
  if (flags & O_CREAT)
    {
      errno = ENOSPC;
      return -1;
    }
  return open (path, flags, mode);
}

/* The disk is full when she has to run: nothing of hers is gone when there is room again. */
static void
test_waits_in_memory (void)
{
  House house = house_begin ();
  g_autoptr(SanDraftKeeper) keeper = san_centre_dup_drafts (house.laptop->centre);
  g_autoptr(SanUnfinished) draft = draft_of (&house, "Leave your number.");
  g_autoptr(GError) error = NULL;
  const SanFileOps *usual = san_file_get_ops ();
  SanFileOps full = *usual;

  full.open = no_space_open;
  san_file_set_ops (&full);
  g_assert_false (san_draft_keeper_keep (keeper, draft, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NO_SPACE);
  san_file_set_ops (NULL);
  laptop_lock (house.laptop);
  laptop_unlock (house.laptop, "sunanda");
  assert_same_draft (&house, draft);
  house_end (&house);
}

static int
no_space_mkdir (const char *path, mode_t mode)
{
  errno = ENOSPC;
  return -1;
}

/* The folder of drafts could not be made when she came in: she is told, and has it later. */
static void
test_folder_is_made_later (void)
{
  House house = house_begin ();
  g_autofree char *folder = g_build_filename (house.laptop->store, "drafts", NULL);
  g_autoptr(SanDraftKeeper) keeper = NULL;
  g_autoptr(SanUnfinished) draft = draft_of (&house, "Leave your number.");
  g_autoptr(GError) error = NULL;
  SanFileOps full = *san_file_get_ops ();

  laptop_lock (house.laptop);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  full.mkdir = no_space_mkdir;
  san_file_set_ops (&full);
  laptop_unlock (house.laptop, "sunanda");
  keeper = san_centre_dup_drafts (house.laptop->centre);
  g_assert_nonnull (keeper);
  g_assert_false (san_draft_keeper_keep (keeper, draft, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NO_SPACE);
  g_clear_error (&error);
  san_file_set_ops (NULL);
  g_assert_true (san_draft_keeper_keep (keeper, draft, &error));
  g_assert_no_error (error);
  laptop_lock (house.laptop);
  laptop_unlock (house.laptop, "sunanda");
  assert_same_draft (&house, draft);
  house_end (&house);
}

/* Hers alone, by child, with the tag that Today shows. */
static void
test_list_is_her_own (void)
{
  House house = house_begin ();
  g_autoptr(SanDraftKeeper) keeper = san_centre_dup_drafts (house.laptop->centre);
  g_autoptr(SanUnfinished) draft = draft_of (&house, "x");
  g_autoptr(SanUnfinished) of_house = san_unfinished_new ("day-note", NULL, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_true (san_draft_keeper_keep (keeper, draft, &error));
  g_assert_true (san_draft_keeper_keep (keeper, of_house, &error));
  {
    g_autoptr(GPtrArray) rows = san_unfinished_list (house.laptop->centre, &error);
    guint of_child = 0;

    g_assert_cmpuint (rows->len, ==, 2);
    for (guint i = 0; i < rows->len; i++)
      {
        const SanUnfinishedRow *row = rows->pdata[i];

        g_assert_false (row->old);
        if (san_id32_is_zero (&row->child))
          continue;
        of_child++;
        g_assert_cmpstr (row->alias, ==, "Bakul");
        g_assert_cmpstr (row->form, ==, "contacts");
      }
    g_assert_cmpuint (of_child, ==, 1);
  }
  laptop_add_person (house.laptop, "anjali", "case-worker");
  {
    g_autoptr(GPtrArray) rows = san_unfinished_list (house.laptop->centre, &error);

    g_assert_cmpuint (rows->len, ==, 0);
  }
  house_end (&house);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/centre/drafts/there-after-a-lock", test_there_after_lock);
  g_test_add_func ("/centre/drafts/newest-words-win", test_newest_wins);
  g_test_add_func ("/centre/drafts/wait-in-memory-when-the-disk-is-full", test_waits_in_memory);
  g_test_add_func ("/centre/drafts/folder-is-made-later", test_folder_is_made_later);
  g_test_add_func ("/centre/drafts/are-their-authors-alone", test_list_is_her_own);
  return g_test_run ();
}
