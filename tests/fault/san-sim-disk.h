/* san-sim-disk.h - a disk in RAM that loses, tears, fills up and fails on request
 *
 * One disk per process at a time. It is both a SQLite VFS (SAN_SIM_DISK_VFS, to be slid under
 * the store's own) and a table of SanFileOps, over one namespace, so that databases and plain
 * files are cut by the same power failure. Everything random comes from the seed. */
#pragma once
#include <gio/gio.h>
G_BEGIN_DECLS

#define SAN_SIM_DISK_VFS "san-sim-disk"

typedef struct _SanSimDisk SanSimDisk;
typedef struct _SanSimImage SanSimImage;     /* what would lie on the platter: see snapshot */

/* kinds of call that can be made to fail; ANY counts them all together */
typedef enum
{
  SAN_SIM_OPEN,
  SAN_SIM_READ,
  SAN_SIM_WRITE,
  SAN_SIM_SYNC,        /* of a file or a directory */
  SAN_SIM_TRUNCATE,
  SAN_SIM_DELETE,      /* also rename and mkdir: changes of names */
  SAN_SIM_LOCK,
  SAN_SIM_ANY,
  SAN_SIM_N_KINDS,
} SanSimKind;

/* what a power cut does to writes that were not synced */
typedef enum
{
  SAN_SIM_CUT_RANDOM,  /* one of the others, by the seed */
  SAN_SIM_CUT_KEEP,    /* all reach the disk: the process was killed, not the machine */
  SAN_SIM_CUT_LOSE,    /* none does */
  SAN_SIM_CUT_SOME,    /* each whole write does or does not, in any order */
  SAN_SIM_CUT_TEAR,    /* each sector of each write does or does not */
  SAN_SIM_CUT_PREFIX,  /* the first k do, the next one is torn */
  SAN_SIM_CUT_GARBLE,  /* as TEAR, and one sector under way comes out as noise */
} SanSimCut;

/* registers both faces; nothing else may be open */
SanSimDisk  *san_sim_disk_new           (guint64 seed);
void         san_sim_disk_free          (SanSimDisk *self);        /* takes both faces away again */
/* parents too, durable at once */
void         san_sim_disk_make_dir      (SanSimDisk *self, const char *path);

/* power */
/* the nth change from now fails, and all calls after it */
void         san_sim_disk_cut_after     (SanSimDisk *self, guint64 n);
void         san_sim_disk_cut_now       (SanSimDisk *self);
gboolean     san_sim_disk_is_off        (SanSimDisk *self);
/* close everything first; decides what survived */
void         san_sim_disk_power_on      (SanSimDisk *self, SanSimCut cut);
void         san_sim_disk_set_sector    (SanSimDisk *self, guint bytes);    /* 512 or 4096 */
/* changes so far: writes, truncates, syncs, names */
guint64      san_sim_disk_get_n_changes (SanSimDisk *self);

/* failures */
/* nth from now, 1 is the next; 0: never */
void         san_sim_disk_fail          (SanSimDisk *self, SanSimKind kind, guint nth,
                                         gboolean for_good);
guint        san_sim_disk_get_n_failed  (SanSimDisk *self); /* since the last san_sim_disk_fail() */
/* then ENOSPC, counted as failed; -1: endless */
void         san_sim_disk_set_capacity  (SanSimDisk *self, gint64 bytes);
gint64       san_sim_disk_get_used      (SanSimDisk *self);
/* EROFS, counted as failed */
void         san_sim_disk_set_read_only (SanSimDisk *self, gboolean read_only);

/* what lies there, as a program that opens files would see it */
gboolean     san_sim_disk_exists        (SanSimDisk *self, const char *path);
/* (transfer full) (nullable) */
GBytes      *san_sim_disk_get_file      (SanSimDisk *self, const char *path);
/* durable; NULL removes */
void         san_sim_disk_put_file      (SanSimDisk *self, const char *path, GBytes *bytes);
/* (transfer full): every path, sorted */
GStrv        san_sim_disk_list          (SanSimDisk *self);
/* count writes that hold these bytes */
void         san_sim_disk_watch         (SanSimDisk *self, const char *needle);
guint        san_sim_disk_get_n_seen    (SanSimDisk *self);          /* hits of all needles, ever */
SanSimImage *san_sim_disk_snapshot      (SanSimDisk *self);          /* (transfer full) */
/* power on, nothing unsynced, no fault set */
void         san_sim_disk_restore       (SanSimDisk *self, const SanSimImage *image);
void         san_sim_image_free         (SanSimImage *self);

/* SQLite's memory: call once, before anything of SQLite; then the nth allocation fails */
void         san_sim_malloc_install     (void);
void         san_sim_malloc_fail        (guint nth, gboolean for_good);     /* 0: never */
guint        san_sim_malloc_get_n_failed (void);
guint        san_sim_malloc_get_n_asked  (void);                      /* allocations so far, ever */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanSimDisk, san_sim_disk_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanSimImage, san_sim_image_free)

G_END_DECLS
