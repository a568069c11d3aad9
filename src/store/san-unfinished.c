/* san-unfinished.c - a store that takes several steps to make counts as none until the last
 *
 * A file `unfinished` stands beside store.db from before the first step until after the last; its
 * removal is the one step that makes a store of it. Only while it stands are files of an earlier
 * attempt removed, and only those whose names are ours. */
#include "san-store-private.h"
#include "san-error.h"
#include "san-file.h"
#include "san-lock.h"
#include "san-pieces.h"
#include <fcntl.h>

#define MARK "unfinished"

gboolean
san_store_look_unfinished (const char *dir, gboolean *yes, GError **error)
{
  g_autofree char *path = g_build_filename (dir, MARK, NULL);
  SanFileKind kind;

  if (!san_file_look (path, &kind, NULL, error))
    return FALSE;
  *yes = kind != SAN_FILE_NONE;
  return TRUE;
}

gboolean
san_unfinished_mark (const char *dir, GError **error)
{
  static const char words[] = "This store is being made. It is not one yet.\n";
  g_autofree char *path = g_build_filename (dir, MARK, NULL);
  g_autoptr(GBytes) bytes = g_bytes_new_static (words, sizeof words - 1);

  return san_file_replace (path, bytes, 0600, error);
}

/* Whoever calls removes the store next, so that it need not be durable. */
void
san_unfinished_mark_again (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, MARK, NULL);
  const SanFileOps *ops = san_file_get_ops ();
  int fd = ops->open (path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd >= 0)
    ops->close (fd);
}

gboolean
san_unfinished_unmark (const char *dir, GError **error)
{
  g_autofree char *path = g_build_filename (dir, MARK, NULL);

  return san_file_remove (path, error);
}

/* store.db, a compartment's view, and what is written beside them: NAME.db, NAME.db-wal,
 * NAME.db.new */
static gboolean
is_database (const char *name)
{
  if (g_str_has_prefix (name, "store.db") || g_str_has_prefix (name, "verify.db"))
    return TRUE;
  for (guint8 c = 1; c < SAN_N_COMPARTMENTS; c++)
    {
      g_autofree char *view = g_strconcat (san_compartment_get_name (c), ".db", NULL);

      if (g_str_has_prefix (name, view))
        return TRUE;
    }
  return FALSE;
}

static gboolean
drop_pieces (const char *dir, GError **error)
{
  g_autoptr(SanPieces) pieces = san_pieces_open (dir, error);
  g_autoptr(GPtrArray) ids = pieces ? san_pieces_list (pieces, error) : NULL;

  for (guint i = 0; ids && i < ids->len; i++)
    if (!san_pieces_remove (pieces, g_ptr_array_index (ids, i), error))
      return FALSE;
  return ids != NULL;
}

/**
 * san_unfinished_wipe:
 *
 * Whoever calls holds the lock. Cut off half-way, the mark still stands.
 */
gboolean
san_unfinished_wipe (const char *dir, GError **error)
{
  g_auto(GStrv) names = san_file_list (dir, error);
  gboolean has_pieces = names && g_strv_contains ((const char *const *) names, "pieces");

  for (guint i = 0; names && names[i]; i++)
    {
      g_autofree char *path = g_build_filename (dir, names[i], NULL);

      if ((is_database (names[i]) || g_str_equal (names[i], "keyring") ||
           g_str_equal (names[i], "keyring.tmp")) &&
          !san_file_remove (path, error))
        return FALSE;
    }
  return names && (!has_pieces || drop_pieces (dir, error));
}

void
san_store_discard (const char *dir)
{
  g_autoptr(SanLock) lock = NULL;
  gboolean yes;

  if (!san_store_look_unfinished (dir, &yes, NULL) || !yes)
    return;
  lock = san_lock_take (dir, NULL, NULL);
  if (lock && san_store_look_unfinished (dir, &yes, NULL) && yes && san_unfinished_wipe (dir, NULL))
    san_unfinished_unmark (dir, NULL);
}
