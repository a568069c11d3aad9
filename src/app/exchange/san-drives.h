/* san-drives.h - pen drives that are plugged in and mounted, as the desktop tells them */
#pragma once
#include <gio/gio.h>
G_BEGIN_DECLS

#define SAN_TYPE_DRIVES (san_drives_get_type ())
G_DECLARE_FINAL_TYPE (SanDrives, san_drives, SAN, DRIVES, GObject)

typedef struct { char *name; char *uri; } SanDrive;

/* Signals: "found" (SanDrive*, borrowed), "gone" (SanDrive*, borrowed). */
SanDrives *san_drives_new    (void);
GPtrArray *san_drives_list   (SanDrives *self);  /* (transfer container): SanDrive, freed with it */
gboolean   san_drives_has    (SanDrives *self, const char *uri);
/* Ejects or unmounts; @done is told FALSE when the desktop refuses. FALSE: not that kind of drive.
 */
typedef void (*SanDriveEjected) (gboolean ok, gpointer data);
gboolean   san_drives_eject  (SanDrives *self, const char *uri, SanDriveEjected done,
                              gpointer data);
void       san_drive_free    (SanDrive *self);

G_END_DECLS
