/* san-rows-private.h - what the recorder and the writer of rows share */
#pragma once
#include "san-rows.h"
G_BEGIN_DECLS

#define SAN_WATCHED_LIMIT 16

typedef struct
{
  char  *name;
  char **columns;
  int    n;
  int    key[8];                  /* columns of the key of a table without rowid */
  int    n_key;                   /* 0: it has a rowid */
} SanTable;

typedef struct
{
  sqlite3    *db;                 /* NULL: closed */
  char       *name;               /* of the file: store.db */
  GHashTable *tables;             /* name -> SanTable */
  GHashTable *pending;            /* key of a row -> SanRow, of the running transaction */
} SanWatched;

typedef struct
{
  guint           database;
  const SanTable *table;
  /* SQLITE_INSERT, UPDATE, DELETE; 0: came to nothing; SQLITE_TRANSACTION: commit */
  int             op;
  gint64          rowid;
  sqlite3_value **before;         /* NULL for an insert */
  sqlite3_value **after;          /* NULL for a deletion */
  sqlite3_stmt   *statement;      /* of a SanPlain */
} SanRow;

struct _SanRows
{
  GPtrArray *list;                /* SanRow */
};

extern SanWatched san_watched[SAN_WATCHED_LIMIT];

gboolean san_row_is_changed (const SanRow *self, int column);

G_END_DECLS
