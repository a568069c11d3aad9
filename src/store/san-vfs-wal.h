/* san-vfs-wal.h - one connection's WAL file, between san-vfs-wal.c and its helpers */
#pragma once
#include "san-vfs-private.h"
G_BEGIN_DECLS

#define SAN_VFS_WAL_MAGIC "SANWAL01"

struct _SanVfsWal
{
  sqlite3_file  base;
  SanVfsMain   *owner;                  /* the database's own file; SQLite closes it after us */
  SanVfsNode   *node;                   /* the owner's */
  sqlite3_file *lower;
  gint64        held_frame;             /* whose header is held; -1: none */
  guint8        held[SAN_VFS_FRAME_HEADER];
  gint64        last_stored;            /* the frame written last; -1: none yet */
  guint8       *run;                    /* sealed frames that wait: run_n from run_first on */
  gint64        run_first;
  guint         run_n;
  gboolean      run_lost;
  guint8        text[SAN_VFS_FRAME_TEXT];
};

/* san-vfs-wal.c */
sqlite3_int64 san_vfs_wal_frame_offset (gint64 frame);
int      san_vfs_wal_load_header   (SanVfsWal *self, guint8 *header);
int      san_vfs_wal_load_frame    (SanVfsWal *self, gint64 frame, guint8 *out); /* from the disk */
int      san_vfs_wal_get_frame     (SanVfsWal *self, gint64 frame);                 /* into text */
int      san_vfs_wal_store_frame   (SanVfsWal *self, gint64 frame);                 /* from text */

/* san-vfs-run.c */
int      san_vfs_wal_flush         (SanVfsWal *self);
int      san_vfs_wal_take_slot     (SanVfsWal *self, gint64 frame, guint8 **out);
gboolean san_vfs_wal_is_waiting    (SanVfsWal *self, gint64 frame);
void     san_vfs_wal_end_writing   (SanVfsWal *self);

/* san-vfs-sums.c */
void     san_vfs_wal_take_header   (SanVfsWal *self, const guint8 *header);
gboolean san_vfs_wal_is_commit     (const guint8 *text);
gboolean san_vfs_wal_continues     (SanVfsWal *self, const guint8 *before, const guint8 *text);
int      san_vfs_wal_read_sum      (SanVfsWal *self, gint64 frame, guint8 *out);

/* san-vfs-recover.c */
int      san_vfs_wal_recover_frame (SanVfsWal *self, gint64 frame, guint8 *out);

G_END_DECLS
