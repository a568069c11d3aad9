/* san-test-far.c - passes on to a local file, and does not say so */
#include "san-test-far.h"

#include <glib/gstdio.h>
#include <unistd.h>

#define FAR_TYPE_FILE (far_file_get_type ())
G_DECLARE_FINAL_TYPE (FarFile, far_file, FAR, FILE, GObject)

struct _FarFile
{
  GObject parent_instance;
  GFile *near;
};

static FarMood mood;

static void far_file_iface_init (GFileIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FarFile, far_file, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_FILE, far_file_iface_init))

static GFile *
wrap (GFile *near)
{
  FarFile *self = g_object_new (FAR_TYPE_FILE, NULL);

  self->near = near;
  return G_FILE (self);
}

static GFile *
near_of (GFile *file)
{
  return FAR_FILE (file)->near;
}

static gboolean
fails (FarMood when, int code, GError **error)
{
  if (mood == FAR_AWAY)
    code = G_IO_ERROR_NOT_MOUNTED;
  if (mood != when && mood != FAR_AWAY)
    return FALSE;
  g_set_error (error, G_IO_ERROR, code, "the server says no");
  return TRUE;
}

static GFile *
far_dup (GFile *file)
{
  return wrap (g_file_dup (near_of (file)));
}

static guint
far_hash (GFile *file)
{
  return g_file_hash (near_of (file));
}

static gboolean
far_equal (GFile *a, GFile *b)
{
  return g_file_equal (near_of (a), near_of (b));
}

static gboolean
far_is_native (GFile *file)
{
  return FALSE;
}

static char *
far_get_path (GFile *file)
{
  return NULL;
}

static char *
far_get_basename (GFile *file)
{
  return g_file_get_basename (near_of (file));
}

static char *
far_get_uri (GFile *file)
{
  return g_strdup ("far://somewhere/");
}

static GFile *
far_resolve (GFile *file, const char *path)
{
  return wrap (g_file_resolve_relative_path (near_of (file), path));
}

static GFileEnumerator *
far_enumerate (GFile *file, const char *attributes, GFileQueryInfoFlags flags, GCancellable *c,
               GError **error)
{
  g_autofree char *empty = NULL;
  g_autoptr(GFile) nothing = NULL;

  if (fails (FAR_AWAY, 0, error))
    return NULL;
  if (mood != FAR_OLD_LIST)
    return g_file_enumerate_children (near_of (file), attributes, flags, c, error);
  empty = g_dir_make_tmp (NULL, NULL);
  nothing = g_file_new_for_path (empty);
  {
    GFileEnumerator *names = g_file_enumerate_children (nothing, attributes, flags, c, error);

    g_rmdir (empty);
    return names;
  }
}

static GFileInfo *
far_query_info (GFile *file, const char *attributes, GFileQueryInfoFlags flags, GCancellable *c,
                GError **error)
{
  return fails (FAR_HIDES, G_IO_ERROR_NOT_FOUND, error) ? NULL
           : g_file_query_info (near_of (file), attributes, flags, c, error);
}

static GFileInfo *
far_query_filesystem (GFile *file, const char *attributes, GCancellable *c, GError **error)
{
  GFileInfo *info;

  if (fails (FAR_NO_INFO, G_IO_ERROR_NOT_SUPPORTED, error))
    return NULL;
  info = g_file_query_filesystem_info (near_of (file), attributes, c, error);
  if (info != NULL && mood == FAR_FULL)
    g_file_info_set_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, 1000);
  return info;
}

static GFileInputStream *
far_read (GFile *file, GCancellable *c, GError **error)
{
  return fails (FAR_HIDES, G_IO_ERROR_NOT_FOUND, error) ? NULL
                                                        : g_file_read (near_of (file), c, error);
}

static GFileOutputStream *
far_replace (GFile *file, const char *etag, gboolean backup, GFileCreateFlags flags,
             GCancellable *c, GError **error)
{
  if (fails (FAR_NO_WRITE, G_IO_ERROR_PERMISSION_DENIED, error) ||
      fails (FAR_NO_SPACE, G_IO_ERROR_NO_SPACE, error))
    return NULL;
  return g_file_replace (near_of (file), etag, backup, flags, c, error);
}

static gboolean
far_delete (GFile *file, GCancellable *c, GError **error)
{
  return !fails (FAR_AWAY, 0, error) && g_file_delete (near_of (file), c, error);
}

static gboolean
far_move (GFile *from, GFile *to, GFileCopyFlags flags, GCancellable *c,
          GFileProgressCallback progress, gpointer data, GError **error)
{
  if (fails (FAR_NO_MOVE, G_IO_ERROR_NOT_SUPPORTED, error))
    return FALSE;
  if (mood == FAR_HALF)
    {
      g_autofree char *path = g_file_get_path (near_of (from));
      GStatBuf info;

      g_assert_cmpint (g_stat (path, &info), ==, 0);
      g_assert_cmpint (truncate (path, info.st_size / 2), ==, 0);
    }
  return g_file_move (near_of (from), near_of (to), flags, c, progress, data, error);
}

static void
far_file_iface_init (GFileIface *iface)
{
  iface->dup = far_dup;
  iface->hash = far_hash;
  iface->equal = far_equal;
  iface->is_native = far_is_native;
  iface->get_path = far_get_path;
  iface->get_basename = far_get_basename;
  iface->get_uri = far_get_uri;
  iface->resolve_relative_path = far_resolve;
  iface->enumerate_children = far_enumerate;
  iface->query_info = far_query_info;
  iface->query_filesystem_info = far_query_filesystem;
  iface->read_fn = far_read;
  iface->replace = far_replace;
  iface->delete_file = far_delete;
  iface->move = far_move;
}

static void
far_file_finalize (GObject *object)
{
  g_clear_object (&FAR_FILE (object)->near);
  G_OBJECT_CLASS (far_file_parent_class)->finalize (object);
}

static void
far_file_class_init (FarFileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = far_file_finalize;
}

static void
far_file_init (FarFile *self)
{
}

GFile *
far_file_new (const char *path)
{
  return wrap (g_file_new_for_path (path));
}

void
far_set_mood (FarMood next)
{
  mood = next;
}
