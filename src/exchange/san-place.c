/* san-place.c - look into a folder, take from it, tidy it up
 *
 * A stick may be pulled, full, write-protected or dying at each step; a server may show an old
 * list or half a file. So a name appears only when its bytes are there, and what we put is read
 * again before anybody says that it is safe. */
#include "san-place-private.h"

#include "san-hash.h"
#include "san-time.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#define TIDY_AGE     (3600 * G_GINT64_CONSTANT (1000))
#define LISTED_LIMIT 65536u          /* names looked at, of any kind */
#define LIST_ATTRIBUTES G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE "," \
                        G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_TIME_MODIFIED "," \
                        G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC "," G_FILE_ATTRIBUTE_TIME_CHANGED "," \
                        G_FILE_ATTRIBUTE_TIME_CHANGED_USEC "," G_FILE_ATTRIBUTE_TIME_CREATED

SanPlace *
san_place_new (GFile *folder)
{
  SanPlace *self = g_new0 (SanPlace, 1);

  self->folder = g_object_ref (folder);
  self->path = g_file_is_native (folder) ? g_file_get_path (folder) : NULL;
  return self;
}

SanPlace *
san_place_new_uri (const char *uri_or_path)
{
  g_autoptr(GFile) folder = g_file_new_for_commandline_arg (uri_or_path);

  return san_place_new (folder);
}

GFile *
san_place_get_folder (const SanPlace *self)
{
  return self->folder;
}

const char *
san_place_get_path (const SanPlace *self)
{
  return self->path;
}

void
san_place_file_free (SanPlaceFile *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self);
}

void
san_place_free (SanPlace *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->folder);
  g_free (self->path);
  g_free (self);
}

/* A folder where sticks are mounted may stay when the stick is pulled: what is written there then
 * lies on this laptop's own disk, and nobody carries it anywhere. */
gboolean
san_place_check_medium (SanPlace *self, GError **error)
{
  g_autofree char *itself = self->path != NULL ? g_build_filename (self->path, ".", NULL) : NULL;
  struct stat info;

  if (itself == NULL)
    return TRUE;
  if (san_file_stat_link (itself, &info) < 0)
    return san_error_set_errno (error, errno, "looking for place");
  if (self->has_medium && info.st_dev != self->medium)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_NOT_FOUND,
                           "another medium is in this place than before");
      return FALSE;
    }
  self->has_medium = TRUE;
  self->medium = info.st_dev;
  return TRUE;
}

/* --- looking --- */

static gint64
to_ms (guint64 seconds, guint64 thousandths)
{
  return (gint64) MIN (seconds, (guint64) (G_MAXINT64 / 1000 - 1)) * 1000 +
         (gint64) MIN (thousandths, 999);
}

static gint64
moment (GFileInfo *info, const char *seconds, const char *microseconds)
{
  return to_ms (g_file_info_get_attribute_uint64 (info, seconds),
                microseconds != NULL ? g_file_info_get_attribute_uint32 (info, microseconds) / 1000
                                     : 0);
}

/* Files bear a neutral date by our own doing, so whatever else the medium knows counts too. */
static gint64
newest_time (GFileInfo *info)
{
  gint64 modified =
      moment (info, G_FILE_ATTRIBUTE_TIME_MODIFIED, G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC);
  gint64 changed = moment (info, G_FILE_ATTRIBUTE_TIME_CHANGED, G_FILE_ATTRIBUTE_TIME_CHANGED_USEC);
  gint64 created = moment (info, G_FILE_ATTRIBUTE_TIME_CREATED, NULL);

  return MAX (modified, MAX (changed, created));
}

/* Where the system tells no more than seconds, files of one second are in no order. */
static gint64
newest_time_local (const struct stat *info)
{
#if defined (__linux__) || defined (__FreeBSD__)
  return MAX (
      to_ms ((guint64) MAX (0, info->st_mtim.tv_sec), (guint64) info->st_mtim.tv_nsec / 1000000),
      to_ms ((guint64) MAX (0, info->st_ctim.tv_sec), (guint64) info->st_ctim.tv_nsec / 1000000));
#else
  return to_ms ((guint64) MAX (0, MAX (info->st_mtime, info->st_ctime)), 0);
#endif
}

static gboolean
has_end (const char *name, const char *end)
{
  gsize n = strlen (name);
  gsize m = strlen (end);

  return n > m && g_ascii_strcasecmp (name + n - m, end) == 0;
}

static gboolean
is_wanted (const char *name, const char *end)
{
  return name[0] != '.' && has_end (name, end);
}

static SanPlaceFile *
file_new (const char *name, goffset size, gint64 time)
{
  SanPlaceFile *file;

  if (size < 0 || size > (goffset) SAN_BUNDLE_FILE_LIMIT)
    return NULL;
  file = g_new0 (SanPlaceFile, 1);
  file->name = g_strdup (name);
  file->size = (guint64) size;
  file->time = time;
  file->whole = san_bundle_size_is_allowed (file->size);
  file->named = san_bundle_name_is_ours (name);
  return file;
}

static SanPlaceFile *
file_from_info (GFileInfo *info, const char *end)
{
  const char *name = g_file_info_get_name (info);

  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR || !is_wanted (name, end))
    return NULL;
  return file_new (name, g_file_info_get_size (info), newest_time (info));
}

static gint
compare_files (gconstpointer a, gconstpointer b)
{
  const SanPlaceFile *one = *(SanPlaceFile * const *) a;
  const SanPlaceFile *other = *(SanPlaceFile * const *) b;

  if (one->whole != other->whole)
    return one->whole ? -1 : 1;
  if (one->named != other->named)
    return one->named ? -1 : 1;
  if (one->time != other->time)
    return one->time > other->time ? -1 : 1;
  return strcmp (one->name, other->name);
}

/* A folder of this machine is looked at through the same calls as its files are written. */
static GPtrArray *
enumerate_local (const char *folder, const char *end, GError **error)
{
  g_autoptr(GPtrArray) files =
      g_ptr_array_new_with_free_func ((GDestroyNotify) san_place_file_free);
  g_auto(GStrv) names = san_file_list (folder, error);

  for (guint i = 0; names != NULL && names[i] != NULL && i < LISTED_LIMIT; i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      struct stat info;
      SanPlaceFile *file;

      if (!is_wanted (names[i], end))
        continue;
      if (san_file_stat_link (path, &info) < 0)
        {
          if (errno == ENOENT)
            continue;                   /* gone since it was listed */
          san_error_set_errno (error, errno, "looking into place");
          return NULL;
        }
      file = S_ISREG (info.st_mode) ? file_new (names[i], info.st_size, newest_time_local (&info))
                                    : NULL;
      if (file != NULL)
        g_ptr_array_add (files, file);
    }
  return names != NULL ? g_steal_pointer (&files) : NULL;
}

/* All files whose name ends so, in no order. */
static GPtrArray *
enumerate (SanPlace *self, const char *end, GCancellable *cancellable, GError **error)
{
  GError *problem = NULL;
  g_autoptr(GFileEnumerator) names = NULL;
  g_autoptr(GPtrArray) files
      = g_ptr_array_new_with_free_func ((GDestroyNotify)san_place_file_free);
  GFileInfo *info;

  if (self->path != NULL)
    return san_place_check_medium (self, error) ? enumerate_local (self->path, end, error) : NULL;
  names = g_file_enumerate_children (self->folder, LIST_ATTRIBUTES,
                                     G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, cancellable, &problem);
  for (guint i = 0; names != NULL && i < LISTED_LIMIT; i++)
    {
      SanPlaceFile *file;

      if (!g_file_enumerator_iterate (names, &info, NULL, cancellable, &problem) || info == NULL)
        break;
      file = file_from_info (info, end);
      if (file != NULL)
        g_ptr_array_add (files, file);
    }
  if (problem != NULL)
    {
      san_error_take_gio (error, problem, "looking into place");
      return NULL;
    }
  return g_steal_pointer (&files);
}

GPtrArray *
san_place_list (SanPlace *self, GCancellable *cancellable, GError **error)
{
  g_autoptr(GPtrArray) files = enumerate (self, SAN_BUNDLE_NAME_END, cancellable, error);

  if (files == NULL)
    return NULL;
  g_ptr_array_sort (files, compare_files);
  return g_steal_pointer (&files);
}

gboolean
san_place_has (SanPlace *self, const char *name)
{
  g_autoptr(GFile) file = g_file_get_child (self->folder, name);
  g_autofree char *path = self->path != NULL ? g_build_filename (self->path, name, NULL) : NULL;
  g_autoptr(GFileInfo) info = NULL;
  SanFileKind kind;
  guint64 size = 0;

  if (path != NULL)
    return san_file_look (path, &kind, &size, NULL) && kind == SAN_FILE_PLAIN &&
           san_bundle_size_is_allowed (size);
  info =
      g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL, NULL);
  return info != NULL &&
         san_bundle_size_is_allowed ((guint64) MAX (0, g_file_info_get_size (info)));
}

gboolean
san_place_get_free (SanPlace *self, guint64 *bytes, GCancellable *cancellable, GError **error)
{
  return san_disk_get_free (self->folder, bytes, cancellable, error);
}

/* --- taking --- */

/* A name from a list; never a way out of the folder. */
GFile *
san_place_get_child (SanPlace *self, const char *name, GError **error)
{
  if (name[0] == '\0' || name[0] == '.' || strchr (name, G_DIR_SEPARATOR) != NULL)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_REFUSED, "not the name of a file in a place");
      return NULL;
    }
  return g_file_get_child (self->folder, name);
}

SanSource *
san_place_open (SanPlace *self, const char *name, GCancellable *cancellable, GError **error)
{
  g_autoptr(GFile) file = san_place_get_child (self, name, error);

  return file != NULL ? san_source_open (file, cancellable, error) : NULL;
}

gboolean
san_place_copy (SanSource *source, SanPartFile *to, SanId32 *hash, GCancellable *cancellable,
             GError **error)
{
  g_autoptr(SanHasher) hasher = san_hasher_new ("san1.file");
  g_autofree guint8 *buffer = g_malloc (SAN_PLACE_STEP);
  guint64 left = san_source_get_size (source);
  gsize got = 1;

  while (got > 0)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !san_source_read (source, buffer, SAN_PLACE_STEP, &got, error))
        return FALSE;
      if (got > left)
        {
          g_set_error (error, SAN_ERROR, SAN_ERROR_INCOMPLETE, "file grows while it is read");
          return FALSE;
        }
      left -= got;
      san_hasher_update (hasher, buffer, got);
      if (to != NULL && !san_part_file_write (to, buffer, got, error))
        return FALSE;
    }
  if (left > 0)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_INCOMPLETE,
                   "file ends %" G_GUINT64_FORMAT " bytes early", left);
      return FALSE;
    }
  san_hasher_finish (hasher, hash);
  return TRUE;
}

/**
 * san_place_fetch:
 * @to_path: replaced if it is there; nothing is left of it on failure
 *
 * %SAN_ERROR_INCOMPLETE if the file changes its length under us.
 */
gboolean
san_place_fetch (SanPlace *self, const char *name, const char *to_path, GCancellable *cancellable,
                 GError **error)
{
  g_autoptr(SanSource) source = san_place_open (self, name, cancellable, error);
  g_autofree char *folder = g_path_get_dirname (to_path);
  g_autofree char *to_name = g_path_get_basename (to_path);
  g_autoptr(SanPartFile) to = NULL;
  SanId32 hash;

  if (source == NULL)
    return FALSE;
  if (san_source_get_size (source) > SAN_BUNDLE_FILE_LIMIT)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_REFUSED,
                   "file of %" G_GUINT64_FORMAT " bytes, limit is %u", san_source_get_size (source),
                   SAN_BUNDLE_FILE_LIMIT);
      return FALSE;
    }
  to = san_part_file_new (folder, to_name, error);
  return to != NULL && san_place_copy (source, to, &hash, cancellable, error)
         && san_part_file_commit (to, FALSE, error);
}

/* --- removing --- */

static gboolean
delete_file (SanPlace *self, const char *name, GCancellable *cancellable, GError **error)
{
  g_autoptr(GFile) file = g_file_get_child (self->folder, name);
  GError *problem = NULL;

  if (self->path != NULL)
    {
      g_autofree char *path = g_build_filename (self->path, name, NULL);

      return san_file_remove (path, error);
    }
  if (g_file_delete (file, cancellable, &problem))
    return TRUE;
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    {
      g_error_free (problem);
      return TRUE;
    }
  return san_error_take_gio (error, problem, "removing from place");
}

/* Never to the trash: on a stick that only keeps a copy. */
gboolean
san_place_remove (SanPlace *self, const char *name, GCancellable *cancellable, GError **error)
{
  if (!san_bundle_name_is_ours (name))
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_REFUSED, "not the name of a bundle");
      return FALSE;
    }
  return delete_file (self, name, cancellable, error);
}

static gboolean
is_old_part (const SanPlaceFile *file, gint64 now)
{
  g_autofree char *name
      = g_strndup (file->name, strlen (file->name) - strlen (SAN_BUNDLE_PART_END));

  return san_bundle_name_is_ours (name) && file->time + TIDY_AGE < now;
}

guint
san_place_tidy (SanPlace *self, GCancellable *cancellable)
{
  g_autoptr(GPtrArray) files = enumerate (self, SAN_BUNDLE_PART_END, cancellable, NULL);
  gint64 now = san_clock_now ();
  guint n = 0;

  for (guint i = 0; files != NULL && i < files->len; i++)
    {
      const SanPlaceFile *file = g_ptr_array_index (files, i);

      if (is_old_part (file, now) && delete_file (self, file->name, cancellable, NULL))
        n++;
    }
  return n;
}
