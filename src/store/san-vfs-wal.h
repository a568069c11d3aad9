/* san-vfs-wal.h - one connection's WAL file, between san-vfs-wal.c and its two helpers */
#pragma once
#include "san-vfs-private.h"
G_BEGIN_DECLS

#define SAN_VFS_WAL_MAGIC "SANWAL01"

typedef struct
{
  sqlite3_file  base;
  SanVfsMain   *owner;                  /* the database's own file; SQLite closes it after us */
  SanVfsNode   *node;                   /* the owner's */
  sqlite3_file *lower;
  gint64        held_frame;             /* whose header is held; -1: none */
  guint8        held[SAN_VFS_FRAME_HEADER];
  gint64        cached;                 /* whose text lies below; -1: nobody's */
  guint         cached_turn;            /* and is good while the node's turn is still this */
  gint64        last_stored;            /* the frame written last; -1: none yet */
  guint8        text[SAN_VFS_FRAME_TEXT];
} SanVfsWal;

/* san-vfs-wal.c */
int      san_vfs_wal_load_header   (SanVfsWal *self, guint8 *header);
int      san_vfs_wal_load_frame    (SanVfsWal *self, gint64 frame, guint8 *out);
int      san_vfs_wal_cache_frame   (SanVfsWal *self, gint64 frame);      /* into text */
int      san_vfs_wal_store_frame   (SanVfsWal *self, gint64 frame);      /* from text */

/* san-vfs-sums.c */
void     san_vfs_wal_take_header   (SanVfsWal *self, const guint8 *header);
gboolean san_vfs_wal_is_commit     (const guint8 *text);
gboolean san_vfs_wal_continues     (SanVfsWal *self, const guint8 *before, const guint8 *text);
int      san_vfs_wal_read_sum      (SanVfsWal *self, gint64 frame, guint8 *out);

/* san-vfs-recover.c */
int      san_vfs_wal_recover_frame (SanVfsWal *self, gint64 frame, guint8 *out);

G_END_DECLS
