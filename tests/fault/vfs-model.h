/* vfs-model.h - a table whose right content is known without the database
 *
 * Row r at version v has a text that follows from (r, v). A transaction gives some rows a new
 * version or takes them away. The model holds what was acknowledged and what is under way, so
 * after a cut the database must be exactly one of the two. */
#pragma once
#include "san-sim-disk.h"
#include "san-vfs.h"
#include <sqlite3.h>
G_BEGIN_DECLS

#define MODEL_ROWS 240
#define MODEL_PLANTED "planted-words-that-must-not-be-seen"

typedef struct
{
  guint acknowledged[MODEL_ROWS];       /* version; 0: no such row */
  guint under_way[MODEL_ROWS];
  guint last;                           /* versions given out */
} Model;

int      model_exec   (sqlite3 *db, const char *sql);         /* extended code */
int      model_create (sqlite3 *db);
int      model_set    (Model *self, sqlite3 *db, guint row, guint size);  /* inside a transaction */
int      model_remove (Model *self, sqlite3 *db, guint row);
void     model_keep   (Model *self);                          /* acknowledged */
void     model_drop   (Model *self);                          /* rolled back */
/* either; becomes the acknowledged one */
gboolean model_check  (Model *self, sqlite3 *db, char **why);

G_END_DECLS
