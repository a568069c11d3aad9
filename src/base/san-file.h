/* san-file.h - whole small files read and replaced so that a power cut leaves the old or the new
 *
 * All of the core's own file writing outside SQLite goes through one table of system calls, so
 * that a test can put a failing, full, read-only or power-cut layer underneath. */
#pragma once
#include <gio/gio.h>
#include <sys/types.h>
#include <sys/stat.h>
G_BEGIN_DECLS

typedef struct
{
  int     (*open)     (const char *path, int flags, mode_t mode);
  int     (*close)    (int fd);
  ssize_t (*read)     (int fd, void *buffer, size_t n);
  ssize_t (*write)    (int fd, const void *buffer, size_t n);
  int     (*sync)     (int fd);
  int     (*rename)   (const char *from, const char *to);
  int     (*unlink)   (const char *path);
  int     (*sync_dir) (const char *path);
  int     (*mkdir)    (const char *path, mode_t mode);
  /* NULL: the system's own. */
  int     (*stat)     (const char *path, struct stat *out);
  int     (*lstat)    (const char *path, struct stat *out);
  int     (*fstat)    (int fd, struct stat *out);
  char  **(*list)     (const char *path);                /* names but . and .., or NULL and errno */
  int     (*space)    (const char *path, guint64 *bytes);     /* free on that disk */
  int     (*rmdir)    (const char *path);
} SanFileOps;

typedef enum { SAN_FILE_NONE, SAN_FILE_PLAIN, SAN_FILE_FOLDER, SAN_FILE_OTHER } SanFileKind;

const SanFileOps *san_file_get_ops  (void);
void              san_file_set_ops  (const SanFileOps *ops);          /* NULL: the system's own */

/* for files that are read and written in pieces elsewhere: -1 and errno */
int      san_file_open              (const char *path, int flags, mode_t mode);
/* "@doing NAME: why"; always FALSE */
gboolean san_file_fail              (GError **error, int errsv, const char *doing,
                                     const char *path);
/* more than limit: DAMAGED; missing: NOT_FOUND */
GBytes  *san_file_read              (const char *path, gsize limit, GError **error);
/* its first @n bytes, or fewer if it is shorter */
GBytes  *san_file_read_head         (const char *path, gsize n, GError **error);
/* .tmp in the same folder, sync, rename, sync folder; temp removed on failure */
gboolean san_file_replace           (const char *path, GBytes *bytes, int mode, GError **error);
/* What is there, links followed. Nothing there is SAN_FILE_NONE and no error; @size may be NULL. */
gboolean san_file_look              (const char *path, SanFileKind *kind, guint64 *size,
                                     GError **error);
/* of a link itself; -1 and errno */
int      san_file_stat_link         (const char *path, struct stat *out);
int      san_file_stat_open         (int fd, struct stat *out);                   /* -1 and errno */
/* names in a folder, sorted; g_strfreev(); NOT_FOUND */
char   **san_file_list              (const char *path, GError **error);
/* in place and not synced if it has that size, else replaced */
gboolean san_file_overwrite         (const char *path, GBytes *bytes, int mode, GError **error);
gboolean san_file_get_space         (const char *path, guint64 *bytes, GError **error);
void     san_file_drop_dir          (const char *path);   /* if it is empty; a crash may leave it */
gboolean san_file_write_all         (int fd, const void *data, gsize n, GError **error);
/* missing is fine; folder synced */
gboolean san_file_remove            (const char *path, GError **error);
/* 0700, parents too; exists is fine */
gboolean san_file_make_dir          (const char *path, GError **error);

G_END_DECLS
