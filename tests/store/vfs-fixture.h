/* vfs-fixture.h - a folder, a key and short ways to SQL for the tests of the encrypting VFS */
#pragma once
#include "san-vfs.h"
#include <sqlite3.h>
G_BEGIN_DECLS

typedef struct
{
  char      *folder;
  char      *path;                      /* folder/x.db */
  char      *wal;                       /* folder/x.db-wal */
  SanSecret *key;
} VfsFixture;

#define VFS_PLANTED "planted-words-that-must-not-be-seen"

void     vfs_fixture_init   (VfsFixture *self);               /* with an empty database */
void     vfs_fixture_clear  (VfsFixture *self);               /* removes the folder */
sqlite3 *vfs_fixture_open   (VfsFixture *self);               /* san_vfs_open() that must work */
/* without settings or first look */
int      vfs_fixture_bare   (VfsFixture *self, const SanSecret *key, sqlite3 **db);
void     vfs_run            (sqlite3 *db, const char *sql);   /* must work */
int      vfs_try            (sqlite3 *db, const char *sql);   /* extended result code */
gint64   vfs_number         (sqlite3 *db, const char *sql);   /* one number, must work */
char    *vfs_text           (sqlite3 *db, const char *sql);   /* (transfer full) (nullable) */
void     vfs_close          (sqlite3 *db);
/* a commit per row of table t, about a page each */
void     vfs_fill           (sqlite3 *db, int from, int to);
void     vfs_close_as_killed (VfsFixture *self, sqlite3 *db); /* the files stay as they are now */
/* in the WAL, kept up at each commit; no checkpoints */
void     vfs_count_frames   (sqlite3 *db, int *n);
void     vfs_copy_file      (const char *from, const char *to);
void     vfs_flip           (const char *path, gint64 offset);  /* one bit */
gint64   vfs_size           (const char *path);               /* -1: not there */
void     vfs_truncate       (const char *path, gint64 size);
gboolean vfs_holds          (const char *path, const char *needle);
void     vfs_poke           (const char *path, gint64 offset, const void *bytes, gsize n);
void     vfs_peek           (const char *path, gint64 offset, void *bytes, gsize n);

#define VFS_PAGE_AT(p) (4096 + ((p) - 1) * 4096)
#define VFS_FRAME_AT(i) (4096 + (i) * 4120)

G_END_DECLS
