/* san-db-private.h - one SQLite connection: statements kept ready, errors in our words
 *
 * Statements are keyed by the address of their SQL text, so always pass a literal. A statement
 * that is in use (reading inside a callback) is simply made a second time. */
#pragma once
#include "san-secret.h"
G_BEGIN_DECLS

typedef struct _SanDb    SanDb;
typedef struct _SanQuery SanQuery;       /* a statement in use; give it back with san_query_end() */

/* a new file; then as open */
SanDb        *san_db_create       (const char *path, const SanSecret *key, GError **error);
SanDb        *san_db_open         (const char *path, const SanSecret *key, GError **error);
gboolean      san_db_close        (SanDb *self, GError **error);             /* frees in any case */
void          san_db_free         (SanDb *self);
/* A connection is the thread's that opened it: every statement of another fails with IN_USE, until
 * that one takes it over. Closing takes it over. */
void          san_db_take_over    (SanDb *self);
gboolean      san_db_is_mine      (const SanDb *self);
/* several statements, no results */
gboolean      san_db_exec         (SanDb *self, const char *sql, GError **error);
gboolean      san_db_begin        (SanDb *self, GError **error);                     /* IMMEDIATE */
gboolean      san_db_commit       (SanDb *self, GError **error);
void          san_db_rollback     (SanDb *self);                           /* fine when none runs */
gboolean      san_db_is_in_tx     (const SanDb *self);
gint64        san_db_get_last_row (const SanDb *self);
int           san_db_get_changes  (const SanDb *self);
/* first column of the first row; 0 without one */
gboolean      san_db_get_int      (SanDb *self, const char *sql, gint64 *out, GError **error);
gboolean      san_db_check        (SanDb *self, GError **error);      /* integrity_check: DAMAGED */
/* whole, under another key */
gboolean      san_db_copy         (SanDb *self, const char *path, const SanSecret *key,
                                   GError **error);

/* NULL on error. Parameters count from 1, columns from 0. Blobs and texts that are bound must live
 * until the query is ended. */
SanQuery     *san_query           (SanDb *db, const char *sql, GError **error);
void          san_query_end       (SanQuery *self);
void          san_query_reset     (SanQuery *self);                             /* keeps bindings */
void          san_query_put_int   (SanQuery *self, int i, gint64 v);
void          san_query_put_text  (SanQuery *self, int i, const char *v);           /* NULL: null */
void          san_query_put_blob  (SanQuery *self, int i, const void *data, gsize n);
void          san_query_put_bytes (SanQuery *self, int i, GBytes *bytes);           /* NULL: null */
void          san_query_put_null  (SanQuery *self, int i);
/* row: there is one */
gboolean      san_query_step      (SanQuery *self, gboolean *row, GError **error);
/* expects no row; ready to be bound again */
gboolean      san_query_run       (SanQuery *self, GError **error);
gint64        san_query_get_int   (SanQuery *self, int i);
gboolean      san_query_is_null   (SanQuery *self, int i);
/* borrowed until the next step; "" for null */
const char   *san_query_get_text  (SanQuery *self, int i);
const guint8 *san_query_get_blob  (SanQuery *self, int i, gsize *n);   /* borrowed; NULL if empty */
GBytes       *san_query_dup_bytes (SanQuery *self, int i);                       /* NULL for null */
gboolean      san_query_get_id16  (SanQuery *self, int i, SanId16 *out);   /* FALSE: not 16 bytes */
gboolean      san_query_get_id32  (SanQuery *self, int i, SanId32 *out);
/* All rows as a list, whose items @read makes: (transfer full). NULL is left out. */
typedef gpointer (*SanRowFunc)    (SanQuery *row);
GPtrArray    *san_query_list      (SanQuery *self, SanRowFunc read, GDestroyNotify free_item,
                                   GError **error);
/* The numbers of the first column are appended to @out (gint64), untouched on failure. */
gboolean      san_query_numbers   (SanQuery *self, GArray *out, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanQuery, san_query_end)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanDb, san_db_free)

G_END_DECLS
