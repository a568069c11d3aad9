/* san-drives.c - pen drives that are plugged in and mounted, as the desktop tells them
 *
 * Whatever the desktop shows as a mounted volume with a folder of its own counts: sticks, cards,
 * outside disks. Folders of other machines are places that a person adds. */
#include "san-drives.h"

struct _SanDrives
{
  GObject parent_instance;
  GVolumeMonitor *monitor;
};

enum { FOUND, GONE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SanDrives, san_drives, G_TYPE_OBJECT)

void
san_drive_free (SanDrive *self)
{
  g_free (self->name);
  g_free (self->uri);
  g_free (self);
}

/* The desktop's own helpers mount folders of theirs among a session's things ("doc"). */
static gboolean
is_of_session (GFile *root)
{
  g_autoptr(GFile) session = g_file_new_for_path (g_get_user_runtime_dir ());

  return g_file_equal (root, session) || g_file_has_prefix (root, session);
}

static SanDrive *
drive_new (GMount *mount)
{
  g_autoptr(GFile) root = g_mount_get_root (mount);
  SanDrive *drive;

  if (g_mount_is_shadowed (mount) || !g_file_is_native (root) || is_of_session (root))
    return NULL;
  drive = g_new0 (SanDrive, 1);
  drive->name = g_mount_get_name (mount);
  drive->uri = g_file_get_uri (root);
  return drive;
}

static void
tell (SanDrives *self, GMount *mount, guint signal)
{
  SanDrive *drive = drive_new (mount);

  if (drive == NULL)
    return;
  g_signal_emit (self, signals[signal], 0, drive);
  san_drive_free (drive);
}

static void
added_cb (GVolumeMonitor *monitor, GMount *mount, SanDrives *self)
{
  tell (self, mount, FOUND);
}

static void
removed_cb (GVolumeMonitor *monitor, GMount *mount, SanDrives *self)
{
  tell (self, mount, GONE);
}

GPtrArray *
san_drives_list (SanDrives *self)
{
  GPtrArray *drives = g_ptr_array_new_with_free_func ((GDestroyNotify) san_drive_free);
  GList *mounts = g_volume_monitor_get_mounts (self->monitor);

  for (GList *l = mounts; l != NULL; l = l->next)
    {
      SanDrive *drive = drive_new (l->data);

      if (drive != NULL)
        g_ptr_array_add (drives, drive);
    }
  g_list_free_full (mounts, g_object_unref);
  return drives;
}

static GMount *
find (SanDrives *self, const char *uri)
{
  GList *mounts = g_volume_monitor_get_mounts (self->monitor);
  GMount *found = NULL;

  for (GList *l = mounts; l != NULL && found == NULL; l = l->next)
    {
      g_autoptr(GFile) root = g_mount_get_root (l->data);
      g_autofree char *other = g_file_get_uri (root);

      if (g_str_equal (uri, other))
        found = g_object_ref (l->data);
    }
  g_list_free_full (mounts, g_object_unref);
  return found;
}

gboolean
san_drives_has (SanDrives *self, const char *uri)
{
  g_autoptr(GMount) mount = find (self, uri);

  return mount != NULL;
}

typedef struct { SanDriveEjected done; gpointer data; } Ejecting;

static void
ejected_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Ejecting *ejecting = data;

  ejecting->done (g_mount_eject_with_operation_finish (G_MOUNT (source), result, NULL),
                  ejecting->data);
  g_free (ejecting);
}

static void
unmounted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Ejecting *ejecting = data;

  ejecting->done (g_mount_unmount_with_operation_finish (G_MOUNT (source), result, NULL),
                  ejecting->data);
  g_free (ejecting);
}

gboolean
san_drives_eject (SanDrives *self, const char *uri, SanDriveEjected done, gpointer data)
{
  g_autoptr(GMount) mount = find (self, uri);
  Ejecting *ejecting;

  if (mount == NULL || !(g_mount_can_eject (mount) || g_mount_can_unmount (mount)))
    return FALSE;
  ejecting = g_new (Ejecting, 1);
  *ejecting = (Ejecting) { done, data };
  if (g_mount_can_eject (mount))
    g_mount_eject_with_operation (mount, G_MOUNT_UNMOUNT_NONE, NULL, NULL, ejected_cb, ejecting);
  else
    g_mount_unmount_with_operation (mount, G_MOUNT_UNMOUNT_NONE, NULL, NULL, unmounted_cb,
                                    ejecting);
  return TRUE;
}

static void
san_drives_finalize (GObject *object)
{
  SanDrives *self = SAN_DRIVES (object);

  g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_object_unref (self->monitor);
  G_OBJECT_CLASS (san_drives_parent_class)->finalize (object);
}

static void
san_drives_class_init (SanDrivesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = san_drives_finalize;
  signals[FOUND] = g_signal_new ("found", SAN_TYPE_DRIVES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[GONE] = g_signal_new ("gone", SAN_TYPE_DRIVES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
san_drives_init (SanDrives *self)
{
  self->monitor = g_volume_monitor_get ();
  g_signal_connect (self->monitor, "mount-added", G_CALLBACK (added_cb), self);
  g_signal_connect (self->monitor, "mount-removed", G_CALLBACK (removed_cb), self);
}

SanDrives *
san_drives_new (void)
{
  return g_object_new (SAN_TYPE_DRIVES, NULL);
}
