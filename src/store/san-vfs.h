/* san-vfs.h - SQLite databases of which nothing ever lies on the disk in clear
 *
 * A VFS named "san" that seals every page and every WAL frame, on top of another VFS. Bytes on
 * the disk: FORMAT.md. A key never travels in a file name or URI: it is handed over in memory,
 * by the thread that opens, for the time of that call. */
#pragma once
#include "san-secret.h"
G_BEGIN_DECLS

typedef struct sqlite3 sqlite3;

#define SAN_VFS_NAME "san"

/**
 * SanVfsFlags:
 * @SAN_VFS_DEFAULT: reads and writes
 * @SAN_VFS_QUERY_ONLY: the connection refuses every change
 */
typedef enum
{
  SAN_VFS_DEFAULT = 0,
  SAN_VFS_QUERY_ONLY = 1 << 0,
} SanVfsFlags;

gboolean  san_vfs_register        (const char      *lower,
                                   GError         **error);
gboolean  san_vfs_create_file     (const char      *path,
                                   const SanSecret *key,
                                   GError         **error);
gboolean  san_vfs_remove_file     (const char      *path,
                                   GError         **error);
sqlite3  *san_vfs_open            (const char      *path,
                                   const SanSecret *key,
                                   SanVfsFlags      flags,
                                   GError         **error);
gboolean  san_vfs_close           (sqlite3         *db,
                                   GError         **error);
gboolean  san_vfs_copy            (sqlite3         *db,
                                   const char      *path,
                                   const SanSecret *key,
                                   GError         **error);
gboolean  san_vfs_integrity_check (sqlite3         *db,
                                   GError         **error);
int       san_vfs_authorize       (void            *unused,
                                   int              action,
                                   const char      *first,
                                   const char      *second,
                                   const char      *schema,
                                   const char      *inside);
gboolean  san_vfs_set_error       (GError         **error,
                                   sqlite3         *db,
                                   int              rc,
                                   const char      *what);

G_END_DECLS
