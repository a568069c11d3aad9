/* san-sim-disk-core.h - the insides of the simulated disk, for its own .c files
 *
 * san-sim-disk.c is the calls, san-sim-power.c the power and what a test may order, the two
 * faces are san-sim-vfs.c (SQLite) and san-sim-ops.c (SanFileOps). */
#pragma once
#include "san-sim-disk.h"
G_BEGIN_DECLS

/* a change of a file that no sync has made durable yet */
typedef struct
{
  guint64 turn;                         /* global order */
  gint64  offset;
  GBytes *bytes;                        /* NULL: the file is cut to offset */
} SimChange;

typedef struct
{
  gatomicrefcount refs;
  gboolean    is_dir;
  GByteArray *now;                      /* what a reader sees */
  GByteArray *durable;                  /* what the last sync left */
  GPtrArray  *changes;                  /* SimChange, from durable to now */
  int         n_shared;                 /* SQLite's locks; owners are open files */
  gpointer    reserved, pending, exclusive;
} SimNode;

/* a change of names that no sync of the folder has made durable yet */
typedef struct
{
  char    *folder;
  char    *path;
  SimNode *node;                        /* NULL: the name is gone */
  char    *gone;                        /* the name it had before */
} SimNameChange;

typedef struct
{
  SimNode *node;
  guint    epoch;                       /* of the power; one of an older epoch is dead */
  gint64   at;                          /* of the file face */
  gboolean may_write, may_read, appends;
} SimHandle;

struct _SanSimDisk
{
  GMutex      lock;
  GRand      *rand;
  GHashTable *names, *durable_names;    /* path -> SimNode */
  GPtrArray  *name_changes;             /* SimNameChange */
  guint64     turn;
  guint       epoch;
  gboolean    is_off, is_read_only;
  guint       sector;
  gint64      capacity;
  guint64     n_changes, cut_after;
  SanSimKind  fail_kind;
  guint       fail_nth, n_failed;
  gboolean    fail_for_good;
  GPtrArray  *needles;
  guint       n_seen;
};

extern SanSimDisk *san_sim_the_disk;

void     san_sim_lock_disk        (void);
void     san_sim_unlock_disk      (void);
SimNode *san_sim_node_new         (gboolean is_dir);
SimNode *san_sim_node_ref         (SimNode *self);
void     san_sim_node_unref       (gpointer node);
void     san_sim_apply            (GByteArray *content, gint64 offset, const guint8 *bytes,
                                   gsize n);
void     san_sim_apply_name       (GHashTable *names, const SimNameChange *change);
void     san_sim_change_free      (gpointer change);
void     san_sim_name_change_free (gpointer change);

/* Each of these is one system call: 0 or a count, else -1 with errno. They lock by themselves. */
int      san_sim_open             (const char *path, int flags, SimHandle **out);
int      san_sim_close            (SimHandle *handle);
gssize   san_sim_read             (SimHandle *handle, void *buffer, gsize n, gint64 offset);
gssize   san_sim_write            (SimHandle *handle, const void *buffer, gsize n, gint64 offset);
int      san_sim_truncate         (SimHandle *handle, gint64 size);
int      san_sim_sync             (SimHandle *handle);
gint64   san_sim_size             (SimHandle *handle);
int      san_sim_rename           (const char *from, const char *to);
int      san_sim_unlink           (const char *path);
int      san_sim_mkdir            (const char *path);
int      san_sim_sync_dir         (const char *path);
int      san_sim_access           (const char *path, gint64 *size);
int      san_sim_look             (const char *path, gboolean *is_dir, gint64 *size);
char   **san_sim_list             (const char *path);
int      san_sim_space            (const char *path, guint64 *bytes);
int      san_sim_rmdir            (const char *path);
gboolean san_sim_has_folder_of     (const char *path);  /* its folder, or it as a folder, is here */
int      san_sim_may_lock         (SimHandle *handle);

/* the faces */
void     san_sim_vfs_register     (void);
void     san_sim_vfs_unregister   (void);
void     san_sim_ops_install      (void);
void     san_sim_ops_remove       (void);

G_END_DECLS
