/* san-store.h - the folder on disk that holds everything this laptop knows: open, state, places
 *
 * One thread at a time: the one that opened it, or took it over. Read next: san-store-write.h
 * (own entries), san-store-apply.h (entries that arrive), san-store-keys.h (who is unlocked),
 * san-store-entries.h and san-store-values.h (reading), san-store-derived.h (due, summaries,
 * search), san-store-check.h (rebuild, verify). */
#pragma once
#include "san-secret.h"
#include "san-entry.h"
#include "san-compartment.h"
G_BEGIN_DECLS

typedef struct _SanStore SanStore;         /* opaque; one process, one thread at a time */

/**
 * san_store_create:
 * @dir: a folder; made if missing; must not hold a store yet (ALREADY)
 * @store_key: 32 bytes, from the seats' slots
 *
 * Makes an empty store and opens it. The folder is locked for the life of the object: IN_USE
 * when another process has it. A half-made store is removed again on failure.
 */
SanStore   *san_store_create        (const char *dir, const SanSecret *store_key, GError **error);
/**
 * san_store_begin:
 *
 * As san_store_create(), for a store that takes several steps to be of use (set-up, joining,
 * restoring): until san_store_finish() is durable it counts as none, wherever it is cut off.
 * What an unfinished attempt left behind is removed first.
 */
SanStore   *san_store_begin         (const char *dir, const SanSecret *store_key, GError **error);
/* the last step; fine if nothing was begun */
gboolean    san_store_finish        (SanStore *self, GError **error);
/* After a step failed and the store was freed: its files go, as far as the disk lets them. One
 * that is finished, or open in another process, is left alone. */
void        san_store_discard       (const char *dir);
gboolean    san_store_look_unfinished (const char *dir, gboolean *yes, GError **error);

/* NOT_FOUND: no store there, or an unfinished one; LOCKED: another key; DAMAGED, IN_USE, READ_ONLY,
 * IO. House views are brought up to date here. */
SanStore   *san_store_open          (const char *dir, const SanSecret *store_key, GError **error);
/* settles and closes all files; then only free */
gboolean    san_store_close         (SanStore *self, GError **error);
void        san_store_free          (SanStore *self);          /* NULL is fine; closes if need be */
/* From now on the store is the calling thread's: statements of every other fail with IN_USE. So
 * does this, while another thread's write or apply is running. */
gboolean    san_store_take_over     (SanStore *self, GError **error);
const char *san_store_get_dir       (const SanStore *self);

/* Whose store this is: the centre that it belongs to. Decides what is own and what is an offer,
 * so it is set before the first entry is written or applied (also when restoring). */
gboolean    san_store_set_centre    (SanStore *self, const SanId32 *centre, GError **error);
gboolean    san_store_get_centre    (SanStore *self, SanId32 *out);        /* FALSE: not set yet */

/* The journal that this device writes at present, the same in all dossiers; new after set-up,
 * restore, clone, roll-back. @journal comes from san_journal_new(). */
gboolean    san_store_set_journal   (SanStore *self, const SanId16 *journal, GError **error);
gboolean    san_store_get_journal   (SanStore *self, SanId16 *out);        /* FALSE: not set yet */
/* For the witness: how many entries of the present journal are here, and the newest of them. */
gboolean    san_store_get_journal_state (SanStore *self, guint64 *n_entries, SanId32 *last,
                                         GError **error);

/* Small things of this device under names like "bundle.number", "have.DEVICE". In a running write
 * or apply they belong to its transaction, else each is one of its own. */
/* NULL without error: absent */
GBytes     *san_store_get_state     (SanStore *self, const char *name, GError **error);
/* the same; FALSE: it could not be read */
gboolean    san_store_look_state    (SanStore *self, const char *name, GBytes **out,
                                     GError **error);
gboolean    san_store_put_state     (SanStore *self, const char *name,
                                     GBytes *value /* NULL: remove */, GError **error);
/* names, sorted; g_strfreev() */
char      **san_store_list_state    (SanStore *self, const char *prefix, GError **error);

/* Access rows: who looked at which child, on this laptop; kept by a rebuild. */
typedef struct
{
  SanId32 dossier;
  SanId32 seat;
  char   *what;
  gint64  at;               /* ms since 1970 UTC */
} SanAccess;
gboolean    san_store_add_access    (SanStore *self, const SanId32 *dossier, const SanId32 *seat,
                                     const char *what, gint64 at, GError **error);
/* SanAccess*, newest first */
GPtrArray  *san_store_list_access   (SanStore *self, const SanId32 *dossier /* NULL: all */,
                                     guint limit, GError **error);

/* Bytes free on the disk that holds the store. */
gboolean    san_store_get_free_space (SanStore *self, guint64 *out, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanStore, san_store_free)

G_END_DECLS
