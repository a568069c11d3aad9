/* san-carry-temp.c - a folder inside the store for files that are on their way */
#include "san-carry-private.h"
#include "san-file.h"

#define FOLDER "incoming"

static void
empty_folder (const char *folder)
{
  g_auto(GStrv) names = san_file_list (folder, NULL);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      san_file_remove (path, NULL);
    }
}

/* Whatever a crash left behind goes first. */
char *
san_carry_temp_begin (const char *store_dir, GError **error)
{
  g_autofree char *folder = g_build_filename (store_dir, FOLDER, NULL);

  if (!san_file_make_dir (folder, error))
    return NULL;
  empty_folder (folder);
  return g_steal_pointer (&folder);
}

void
san_carry_temp_end (const char *folder)
{
  if (folder == NULL)
    return;
  empty_folder (folder);
  san_file_drop_dir (folder);
}
