/* san-schema.c - the tables: of the store, and of a view
 *
 * Small whole numbers stand for long ids inside one store (dossier.no, journal.no, author.no,
 * entry.seq); they never leave it, and never change while it lives. A view names dossiers and
 * entries by the numbers of its store.db. */
#include "san-schema-private.h"
#include "san-error.h"

static const char *store_tables =
  "CREATE TABLE state(name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;"
  /* standing: SanStanding. bytes: of its entries here. */
  "CREATE TABLE dossier(no INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, type INTEGER NOT NULL,"
  " owner BLOB NOT NULL, standing INTEGER NOT NULL, wall INTEGER NOT NULL,"
  " bytes INTEGER NOT NULL DEFAULT 0,"
  " erased INTEGER NOT NULL DEFAULT 0);"
  "CREATE INDEX dossier_offer ON dossier(bytes) WHERE standing = 4;"
  "CREATE INDEX dossier_house ON dossier(owner) WHERE type = 3;"
  "CREATE TABLE journal(no INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE);"
  "CREATE TABLE author(no INTEGER PRIMARY KEY, pk BLOB NOT NULL UNIQUE);"
  /* In tables without rowid the columns of the key come first: SQLite 3.40's integrity_check takes
   * others for NULL. */
  /* What stored founding entries and ops 1, 2, 7 claim with good proofs, effective or not. */
  "CREATE TABLE seat(pk BLOB NOT NULL, entry INTEGER NOT NULL, centre BLOB NOT NULL,"
  " staff BLOB NOT NULL,"
  " device BLOB NOT NULL, role TEXT NOT NULL, PRIMARY KEY(pk, entry)) WITHOUT ROWID;"
  "CREATE TABLE device(centre BLOB NOT NULL, device BLOB NOT NULL, entry INTEGER NOT NULL,"
  " sign_pk BLOB NOT NULL,"
  " box_pk BLOB NOT NULL, PRIMARY KEY(centre, device, entry)) WITHOUT ROWID;"
  "CREATE TABLE recovery(pk BLOB NOT NULL, entry INTEGER NOT NULL, centre BLOB NOT NULL,"
  " box_pk BLOB NOT NULL,"
  " PRIMARY KEY(pk, entry)) WITHOUT ROWID;"
  /* Ops 9 of all centres; only the own one's word erases. */
  "CREATE TABLE erased_row(dossier BLOB NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY(dossier,"
  " entry)) WITHOUT ROWID;"
  /* parts: bit c, has a part of compartment c (kind 3: grants a key of it). visible: bit c, that
   * part counts; 64, by a superintendent of this centre; 128, as a whole counts (kinds 1 to 3).
   * held: something of it does not count. beyond: on a branch beyond the limit. rev: rises with
   * each entry that arrives or changes; views catch up by it. previous: seq. */
  "CREATE TABLE entry(seq INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, dossier INTEGER NOT NULL,"
  " journal INTEGER NOT NULL, number INTEGER NOT NULL, previous INTEGER NOT NULL,"
  " author INTEGER NOT NULL,"
  " kind INTEGER NOT NULL, flags INTEGER NOT NULL, wall INTEGER NOT NULL, parts INTEGER NOT NULL,"
  " visible INTEGER NOT NULL, held INTEGER NOT NULL, beyond INTEGER NOT NULL DEFAULT 0,"
  " rev INTEGER NOT NULL,"
  " header BLOB NOT NULL, body BLOB);"
  "CREATE INDEX entry_chain ON entry(dossier, journal, number);"
  "CREATE INDEX entry_rev ON entry(rev);"
  "CREATE INDEX entry_author ON entry(author);"
  "CREATE INDEX entry_wall ON entry(wall) WHERE NOT flags & 2;"
  "CREATE INDEX entry_held ON entry(dossier) WHERE held;"
  "CREATE INDEX entry_rule ON entry(dossier) WHERE kind NOT IN (0, 3);"
  "CREATE INDEX entry_bare ON entry(dossier, journal, number) WHERE body IS NULL;"
  /* Heads: one row a branch. */
  "CREATE TABLE branch(dossier INTEGER NOT NULL, journal INTEGER NOT NULL, head INTEGER NOT NULL,"
  " number INTEGER NOT NULL, PRIMARY KEY(dossier, journal, head)) WITHOUT ROWID;"
  "CREATE TABLE key_grant(key_id BLOB NOT NULL, entry INTEGER NOT NULL, dossier INTEGER NOT NULL,"
  " compartment INTEGER NOT NULL, PRIMARY KEY(key_id, entry)) WITHOUT ROWID;"
  "CREATE INDEX key_grant_place ON key_grant(dossier, compartment);"
  /* need: the entry id that it lacks. */
  "CREATE TABLE waiting(no INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, need BLOB NOT NULL,"
  " peer BLOB NOT NULL,"
  " dossier BLOB NOT NULL, journal BLOB NOT NULL, number INTEGER NOT NULL, size INTEGER NOT NULL,"
  " entry BLOB NOT NULL);"
  "CREATE INDEX waiting_need ON waiting(need);"
  "CREATE INDEX waiting_peer ON waiting(peer, no);"
  "CREATE TABLE quarantine(id BLOB PRIMARY KEY, dossier BLOB NOT NULL, journal BLOB NOT NULL,"
  " number INTEGER NOT NULL, author BLOB NOT NULL, why TEXT NOT NULL) WITHOUT ROWID;"
  "CREATE TABLE access(no INTEGER PRIMARY KEY, dossier BLOB NOT NULL, seat BLOB NOT NULL,"
  " what TEXT NOT NULL,"
  " at INTEGER NOT NULL);"
  "CREATE INDEX access_dossier ON access(dossier);"
  "PRAGMA user_version = " G_STRINGIFY (SAN_STORE_SCHEMA) ";";

static const char *view_tables =
  /* mark: rev up to which entries are in. */
  "CREATE TABLE view(name TEXT PRIMARY KEY, value) WITHOUT ROWID;"
  "CREATE TABLE key(id BLOB PRIMARY KEY, dossier INTEGER NOT NULL,"
  " secret BLOB NOT NULL) WITHOUT ROWID;"
  "CREATE INDEX key_dossier ON key(dossier);"
  /* Parts that could not be opened. why: SanClosedWhy. */
  "CREATE TABLE closed(entry INTEGER PRIMARY KEY, dossier INTEGER NOT NULL, key_id BLOB NOT NULL,"
  " why INTEGER NOT NULL);"
  "CREATE INDEX closed_key ON closed(key_id);"
  "CREATE INDEX closed_dossier ON closed(dossier);"
  /* first, finish: entry.seq, 0 for none. review: bits, SanReviewWhy. */
  "CREATE TABLE record(no INTEGER PRIMARY KEY, dossier INTEGER NOT NULL, id BLOB NOT NULL,"
  " form TEXT NOT NULL,"
  " first INTEGER NOT NULL DEFAULT 0, finish INTEGER NOT NULL DEFAULT 0,"
  " withdrawn INTEGER NOT NULL DEFAULT 0,"
  " review INTEGER NOT NULL DEFAULT 0, amends INTEGER NOT NULL DEFAULT 0, UNIQUE(id, dossier,"
  " form));"
  "CREATE INDEX record_dossier ON record(dossier);"
  "CREATE INDEX record_form ON record(form);"
  "CREATE INDEX record_review ON record(dossier) WHERE review;"
  /* number: of the change in its list. state: SanWriteState. rank: 0 not current, else the order
   * shown. */
  "CREATE TABLE write(record INTEGER NOT NULL, field TEXT NOT NULL, entry INTEGER NOT NULL,"
  " number INTEGER NOT NULL,"
  " state INTEGER NOT NULL, rank INTEGER NOT NULL, unseen INTEGER NOT NULL, type INTEGER NOT NULL,"
  " value BLOB NOT NULL, PRIMARY KEY(record, field, entry, number)) WITHOUT ROWID;"
  "CREATE INDEX write_attachment ON write(record) WHERE type = 6;"
  /* What a write names as replaced (to_number) or closed (-1), as it stands in its bytes. */
  "CREATE TABLE target(record INTEGER NOT NULL, entry INTEGER NOT NULL, number INTEGER NOT NULL,"
  " to_entry INTEGER NOT NULL, to_number INTEGER NOT NULL,"
  " PRIMARY KEY(record, entry, number, to_entry, to_number)) WITHOUT ROWID;"
  /* Entries named by refs that are not here yet: who named them. */
  "CREATE TABLE missing(id BLOB NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY(id,"
  " entry)) WITHOUT ROWID;"
  /* Dossiers whose derived rows are to be worked out again. */
  "CREATE TABLE touched(dossier INTEGER PRIMARY KEY);"
  /* From when on they are to be; since: the clock by which they were worked out. */
  "CREATE TABLE turn(dossier INTEGER PRIMARY KEY, at INTEGER NOT NULL, since INTEGER NOT NULL);"
  "CREATE INDEX turn_at ON turn(at);"
  "CREATE INDEX turn_since ON turn(since);"
  /* child: null when it is the dossier itself. */
  "CREATE TABLE due(no INTEGER PRIMARY KEY, dossier INTEGER NOT NULL, child BLOB,"
  " milestone TEXT NOT NULL,"
  " record BLOB NOT NULL, at INTEGER NOT NULL, exact INTEGER NOT NULL, notice INTEGER NOT NULL,"
  " turn INTEGER NOT NULL, data BLOB);"
  "CREATE INDEX due_dossier ON due(dossier);"
  "CREATE INDEX due_child ON due(child) WHERE child NOT NULL;"
  "CREATE INDEX due_notice ON due(notice);"
  "CREATE INDEX due_at ON due(at);"
  "CREATE TABLE summary(dossier INTEGER PRIMARY KEY, sort TEXT NOT NULL, status INTEGER NOT NULL,"
  " data BLOB);"
  "CREATE INDEX summary_sort ON summary(sort, dossier);"
  "CREATE INDEX summary_status ON summary(status, sort, dossier);"
  /* latin: the text whose keys they are, for ranking. */
  "CREATE TABLE search_row(no INTEGER PRIMARY KEY, dossier INTEGER NOT NULL, keys TEXT NOT NULL,"
  " kind TEXT NOT NULL, latin TEXT NOT NULL);"
  "CREATE INDEX search_row_dossier ON search_row(dossier);"
  "CREATE VIRTUAL TABLE search USING fts5(keys, content='search_row', content_rowid='no',"
  " tokenize='ascii',"
  " prefix='1 2 3 4 5', detail=column);"
  "INSERT INTO view(name, value)"
  " VALUES('schema', " G_STRINGIFY (SAN_VIEW_SCHEMA) "), ('mark', 0), ('derive', '');";

static const char *view_wipe =
  "DELETE FROM key; DELETE FROM closed; DELETE FROM record; DELETE FROM write; DELETE FROM target;"
  "DELETE FROM missing; DELETE FROM touched; DELETE FROM turn; DELETE FROM due;"
  " DELETE FROM summary;"
  "DELETE FROM search_row; INSERT INTO search(search) VALUES('rebuild');"
  "UPDATE view SET value = 0 WHERE name = 'mark';"
  " UPDATE view SET value = '' WHERE name = 'derive';";

gboolean
san_schema_make_store (SanDb *db, GError **error)
{
  return san_db_exec (db, store_tables, error);
}

gboolean
san_schema_check_store (SanDb *db, GError **error)
{
  gint64 version;

  if (!san_db_get_int (db, "PRAGMA user_version", &version, error))
    return FALSE;
  if (version == SAN_STORE_SCHEMA)
    return TRUE;
  g_set_error (error, SAN_ERROR, version > SAN_STORE_SCHEMA ? SAN_ERROR_TOO_NEW : SAN_ERROR_DAMAGED,
               "store has tables of version %" G_GINT64_FORMAT ", we know %d", version,
               SAN_STORE_SCHEMA);
  return FALSE;
}

gboolean
san_schema_make_view (SanDb *db, GError **error)
{
  return san_db_exec (db, view_tables, error);
}

gboolean
san_schema_drop_view (SanDb *db, GError **error)
{
  return san_db_exec (db, view_wipe, error);
}

gboolean
san_schema_check_view (SanDb *db, gboolean *fits, GError **error)
{
  gint64 tables, version = 0;

  if (!san_db_get_int (db, "SELECT count(*) FROM sqlite_schema WHERE name = 'view'", &tables,
                       error))
    return FALSE;
  if (tables == 1
      && !san_db_get_int (db, "SELECT value FROM view WHERE name = 'schema'", &version, error))
    return FALSE;
  *fits = version == SAN_VIEW_SCHEMA;
  return TRUE;
}
