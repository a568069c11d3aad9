/* san-rows.h - which rows a piece of work writes, and the same rows into plain SQLite
 *
 * The floor of what stores something: plain copies of the databases as they were, into which just
 * the rows are written that the work came to, in as many databases, in the same transactions. A
 * row that the work wrote twice in one transaction is written once. An index of words is its rows,
 * so plain SQLite does not even have to make it. */
#pragma once
#include <glib.h>
#define SQLITE_ENABLE_PREUPDATE_HOOK       /* as Debian's library is built */
#include <sqlite3.h>
G_BEGIN_DECLS

typedef struct _SanRows  SanRows;
typedef struct _SanPlain SanPlain;

void      san_rows_watch           (void);                 /* before the first database is opened */
void      san_rows_begin           (void);
SanRows  *san_rows_end             (void);
guint     san_rows_get_size        (const SanRows *self);
guint     san_rows_get_n_databases (const SanRows *self);     /* written at all */
guint     san_rows_get_n_commits   (const SanRows *self);
void      san_rows_free            (SanRows *self);

/* Copies of all databases that are open now, in a folder of their own. */
SanPlain *san_plain_copy           (const char *dir);
/* statements made ready: not to be timed */
void      san_plain_load           (SanPlain *self, SanRows *rows);
/* once, in the order of recording */
void      san_plain_write          (SanPlain *self, const SanRows *rows);
void      san_plain_commit         (SanPlain *self);        /* what is open, and folds the WAL in */
sqlite3  *san_plain_get            (SanPlain *self, const char *name);      /* NULL: none */
void      san_plain_free           (SanPlain *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanRows, san_rows_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanPlain, san_plain_free)

G_END_DECLS
