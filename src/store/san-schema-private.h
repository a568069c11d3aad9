/* san-schema-private.h - the tables: of the store, and of a view; described in FORMAT.md */
#pragma once
#include "san-db-private.h"
G_BEGIN_DECLS

/* What stands in a store of that number: its tables and its indexes, since statements are written
 * for both. 1 is what the first release writes; from then on each change of san-schema.c raises the
 * number of what it changes. A store of another number is not opened; a view of another number is
 * made anew, but for that of the house, which lives in the store. */
#define SAN_STORE_SCHEMA 1
#define SAN_VIEW_SCHEMA  1

/* Entries and what synchronising needs. In store.db only. */
gboolean san_schema_make_store  (SanDb *db, GError **error);
gboolean san_schema_check_store (SanDb *db, GError **error);          /* TOO_NEW, DAMAGED */

/* What a compartment says. In store.db for house, else in a file of its own. */
gboolean san_schema_make_view   (SanDb *db, GError **error);
gboolean san_schema_drop_view   (SanDb *db, GError **error);          /* empties the tables */
/* FALSE in fits: to be rebuilt */
gboolean san_schema_check_view  (SanDb *db, gboolean *fits, GError **error);

G_END_DECLS
