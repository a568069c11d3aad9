/* san-vfs-private.h - what the files of the encrypting VFS share; nobody else includes it
 *
 * One SanVfsNode stands for one database file, however many connections have it open: the
 * ciphers, the salts of the running WAL generation and the shared memory of SQLite's WAL index
 * live there. Each sqlite3_file of ours carries the lower VFS's file behind itself. */
#pragma once
#include "san-vfs.h"
#include "san-page-cipher.h"
#include <sqlite3.h>
#include <string.h>
#include <sys/types.h>
G_BEGIN_DECLS

#define SAN_VFS_PAGE 4096                                      /* of SQLite, and on the disk */
#define SAN_VFS_TEXT (SAN_VFS_PAGE - SAN_PAGE_OVERHEAD)        /* what SQLite may use of it */
#define SAN_VFS_HEADER 4096                                    /* in front of page 1 */
#define SAN_VFS_FRAME_HEADER 24
#define SAN_VFS_FRAME (SAN_VFS_FRAME_HEADER + SAN_VFS_PAGE)    /* of SQLite, and on the disk */
#define SAN_VFS_FRAME_TEXT (SAN_VFS_FRAME_HEADER + SAN_VFS_TEXT)
#define SAN_VFS_WAL_HEADER 32                                  /* of SQLite */
#define SAN_VFS_WAL_BLOCK 4096                                 /* on the disk, in its place */
#define SAN_VFS_N_LOCKS 8
#define SAN_VFS_RECENT 1024                                    /* SQLite checkpoints at 1,000 */
/* frames written by one call: SQLite on unix writes less than 128 KiB */
#define SAN_VFS_RUN 31

typedef struct
{
  void **regions;
  guint  n_regions;
  guint  n_users;                       /* connections that have it mapped */
  int    holders[SAN_VFS_N_LOCKS];      /* -1: one has it alone; else how many share it */
} SanVfsShm;

/* Frames written last, as SQLite gave them: reading them again costs no opening */
typedef struct
{
  gint64  frame[SAN_VFS_RECENT];        /* -1: free */
  guint8 *text[SAN_VFS_RECENT];         /* NULL: never used */
} SanVfsRecent;

typedef struct
{
  char          *path;
  guint          n_users;               /* open main files; guarded by the table's lock */
  pid_t          process;
  gboolean       making;                /* a target of san_vfs_copy(), seen by nobody else */
  SanId16        file_id;
  SanPageCipher *pages;
  SanPageCipher *wal;

  GMutex         lock;                  /* of everything below */
  guint8         salts[8];              /* of the WAL's present generation */
  gboolean       swapped_sums;          /* its checksums are over big-endian words */
  gboolean       keeps_wal;             /* it holds what is nowhere else: it must outlive us */
  gint           is_broken;             /* atomic: the main file lacks pages, see san-vfs-fold.c */
  SanVfsRecent  *recent;                /* of the present generation */
  SanVfsShm      shm;
} SanVfsNode;

/* What the thread that opens hands to xOpen: never by name */
typedef struct
{
  const char      *path;                /* full, as xOpen will see it */
  const SanSecret *key;
  gboolean         making;
  GError          *error;               /* why xOpen said no */
} SanVfsPending;

typedef struct _SanVfsWal SanVfsWal;
typedef struct _SanVfsFold SanVfsFold;

typedef struct
{
  sqlite3_file  base;
  SanVfsNode   *node;
  sqlite3_file *lower;
  SanVfsWal    *wal;                    /* while it is open */
  SanVfsFold   *fold;                   /* while a long checkpoint runs */
  gboolean      is_folding;
  guint         n_folded;
  int           late_error;             /* of the fold, not yet told to SQLite */
  gboolean      has_shm;
  guint         shared;                 /* bit per lock slot */
  guint         alone;
} SanVfsMain;

/* san-vfs-node.c */
void          san_vfs_node_lock_table    (void);
void          san_vfs_node_unlock_table  (void);
gboolean      san_vfs_node_is_any_open   (void);
SanVfsNode   *san_vfs_node_find          (const char *path);
SanVfsNode   *san_vfs_node_open          (const char *path, const SanId16 *file_id,
                                          const SanVfsPending *pending);
void          san_vfs_node_close         (SanVfsNode *self);

/* san-vfs.c */
extern __thread SanVfsPending *san_vfs_pending;
sqlite3_vfs  *san_vfs_get_lower          (void);
gboolean      san_vfs_full_path          (const char *path, char **full, GError **error);

/* san-vfs-check.c */
GBytes       *san_vfs_header_new         (const SanSecret *key, gboolean with_page);
gboolean      san_vfs_header_check       (const guint8 *block, const SanSecret *key,
                                          SanId16 *file_id, GError **error);
void          san_vfs_put_first_page     (guint8 *page);

/* san-vfs-main.c, san-vfs-wal.c, san-vfs-ram.c: what xOpen fills in */
gsize         san_vfs_main_size          (void);
gsize         san_vfs_wal_size           (void);
gsize         san_vfs_ram_size           (void);
int           san_vfs_main_open          (sqlite3_file *file, const char *path, int flags,
                                          int *out_flags);
int           san_vfs_wal_open           (sqlite3_file *file, const char *path, int flags,
                                          int *out_flags);
int           san_vfs_ram_open           (sqlite3_file *file, int flags, int *out_flags);
SanVfsMain   *san_vfs_main_of            (const char *path);
void          san_vfs_page_ad            (const SanVfsNode *node, guint64 page, guint8 ad[32]);
void          san_vfs_main_seal          (const SanVfsNode *node, guint64 number,
                                          const guint8 *page, guint8 *out);
sqlite3_int64 san_vfs_main_offset        (guint64 number);

/* san-vfs-fold.c */
void          san_vfs_fold_start         (SanVfsMain *owner);
gboolean      san_vfs_fold_take          (SanVfsMain *owner, guint64 number, const guint8 *page,
                                          int *rc);
void          san_vfs_fold_end           (SanVfsMain *owner);

/* san-vfs-shm.c */
int           san_vfs_shm_map            (sqlite3_file *file, int region, int size, int extend,
                                          void volatile **out);
int           san_vfs_shm_lock           (sqlite3_file *file, int first, int n, int flags);
void          san_vfs_shm_barrier        (sqlite3_file *file);
int           san_vfs_shm_unmap          (sqlite3_file *file, int delete_it);
gboolean      san_vfs_shm_is_recovering  (SanVfsMain *self);

/* san-vfs-recent.c: with the node's lock held */
gboolean      san_vfs_recent_get         (SanVfsNode *node, gint64 frame, guint8 *out);
void          san_vfs_recent_put         (SanVfsNode *node, gint64 frame, const guint8 *text);
void          san_vfs_recent_forget      (SanVfsNode *node, gint64 frame);
void          san_vfs_recent_clear       (SanVfsNode *node);

/* san-vfs-pragma.c */
int           san_vfs_guard_pragma       (const SanVfsNode *node, char **argument);

/* san-vfs-open.c: a bare connection, without settings; also for tests */
int           san_vfs_open_bare          (SanVfsPending *pending, sqlite3 **db);

G_END_DECLS
