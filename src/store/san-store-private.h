/* san-store-private.h - what the files of the store share
 *
 * Ids inside one store are small numbers: dossier.no, journal.no, author.no, entry.seq. */
#pragma once
#include "san-store-entries.h"
#include "san-store-derived.h"
#include "san-db-private.h"
#include "san-data-body.h"
G_BEGIN_DECLS

/* in entry.visible: its author is one, in this centre */
#define SAN_VISIBLE_SUPERINTENDENT 0x40u
#define SAN_VISIBLE_WHOLE          0x80u       /* kinds 1 to 3 and above: it counts */
#define SAN_PART_BITS              0x3fu

typedef struct _SanView     SanView;
typedef struct _SanKeychain SanKeychain;
typedef struct _SanRule     SanRule;
typedef struct _SanTx       SanTx;

/* The columns of an entry that views and rules ask for again and again. */
typedef struct
{
  gint64  seq;
  SanId32 id;
  gint64  dossier;
  gint64  journal;
  guint64 number;
  gint64  previous;                            /* seq; 0: none */
  gint64  author;
  guint64 wall;
  guint8  kind;
  guint8  flags;
  guint8  parts;
  guint8  visible;
} SanEntryInfo;

#define SAN_INFO_SLOTS 8192u

/* Whose derived rows an entry may change: told by each view that takes in its part of it. */
typedef struct
{
  gint64  seq;                                 /* 0: empty */
  guint   told;                          /* bit c: the view of c said what its part concerns */
  guint   concerned;
} SanConcern;

#define SAN_CONCERN_SLOTS 4096u

/* Which entry got that rev when it came. */
typedef struct
{
  gint64 rev;                                  /* 0: empty */
  gint64 seq;
} SanArrival;

#define SAN_ARRIVAL_SLOTS 64u

typedef struct
{
  SanId32 id;
  gint64  no;                                  /* 0: empty */
} SanDossierNo;

struct _SanStore
{
  char         *dir;
  SanDb        *db;
  struct _SanLock *lock;
  gboolean      unclean;
  SanId32       centre;                        /* zero: not set */
  SanId16       journal;                       /* zero: not set */
  gint64        rev;                           /* newest given */
  gboolean      knows_own;                /* the next two are right: of the journal that we write */
  guint64       n_own;                         /* entries in it */
  SanId32       last_own;                      /* the newest of them; zero: none */
  guint64       n_offer_bytes;                 /* of dossiers that are only offered */
  gboolean      offers_touched;                /* an answer to an offer changed in the house view */

  SanEntryInfo *infos;                         /* SAN_INFO_SLOTS, by seq; seq 0: empty */
  SanConcern   *concerns;                      /* SAN_CONCERN_SLOTS, by seq */
  SanArrival    arrivals[SAN_ARRIVAL_SLOTS];   /* by rev */
  SanEntry     *newest_entry;                  /* stored last, until all views have it */
  SanDataBody  *newest_body;                   /* of it */
  gint64        newest_body_seq;               /* 0: none is kept */
  GArray       *dossier_ids;                   /* SanId32 by no; zero: not read yet */
  SanDossierNo  asked_dossiers[1024];        /* memo of san_ids_find_dossier(), by hash of the id */
  SanId16       asked_journal;                 /* memo of san_ids_find_journal() */
  gint64        asked_journal_no;              /* 0: none */
  SanId32       asked_author;                  /* memo of san_ids_find_author() */
  gint64        asked_author_no;               /* 0: none */
  SanId32       newest_id;                     /* memo of san_ids_find_entry(): stored last */
  gint64        newest_seq;                    /* 0: none */
  GArray       *author_pks;                    /* SanId32 by no; zero: not read yet */
  gint64        n_dossiers_read;               /* up to this no all that are there are in it */
  SanDossier    known_dossier;                 /* memo of san_ids_describe_dossier() */
  gint64        known_dossier_no;              /* 0: none */

  SanTx        *tx;                            /* the running write or apply */
  SanRule      *rule;                          /* authorities, dossier rights */
  SanKeychain  *keychain;                      /* NULL: locked */
  gboolean      keychain_behind;               /* could not be made again when authority grew */
  SanView      *views[SAN_N_COMPARTMENTS];     /* house always; NULL: closed */
  guint         behind;

  guint64        stamp;                        /* newest given to a view */
  gpointer       derive_memo;
  GDestroyNotify derive_memo_destroy;
  char          *derive_version;
  SanDeriveFunc  derive;
  SanConcernFunc concern;                      /* NULL: everything concerns all */
  gpointer       derive_data;
  GDestroyNotify derive_destroy;
};

/* san-ids.c: small numbers for long ids. 0: not known (find) */
gboolean san_ids_find_dossier    (SanStore *self, const SanId32 *id, gint64 *no, GError **error);
gboolean san_ids_get_dossier     (SanStore *self, gint64 no, SanId32 *out, GError **error);
/* all at once, before many are asked for */
gboolean san_ids_read_dossiers   (SanStore *self, GError **error);
#define SAN_DOSSIER_COLUMNS "SELECT id, type, owner, standing, wall, bytes, erased FROM dossier "
void     san_ids_read_dossier    (SanQuery *row, SanDossier *out);
/* Its row. Not @found: there is none. Whoever changes the row of a dossier says so. */
gboolean san_ids_describe_dossier (SanStore *self, gint64 no, SanDossier *out, gboolean *found,
                                   GError **error);
void     san_ids_dossier_changes (SanStore *self);
void     san_ids_dossier_grows   (SanStore *self, gint64 no, gint64 bytes);
gboolean san_ids_intern_journal  (SanStore *self, const SanId16 *id, gint64 *no, GError **error);
gboolean san_ids_find_journal    (SanStore *self, const SanId16 *id, gint64 *no, GError **error);
gboolean san_ids_get_journal     (SanStore *self, gint64 no, SanId16 *out, GError **error);
gboolean san_ids_intern_author   (SanStore *self, const SanId32 *pk, gint64 *no, GError **error);
gboolean san_ids_find_author     (SanStore *self, const SanId32 *pk, gint64 *no, GError **error);
gboolean san_ids_get_author      (SanStore *self, gint64 no, SanId32 *out, GError **error);
gboolean san_ids_find_entry      (SanStore *self, const SanId32 *id, gint64 *seq, GError **error);
/* Borrowed until the next call; DAMAGED if there is none. */
const SanEntryInfo *san_ids_get_entry (SanStore *self, gint64 seq, GError **error);
void     san_ids_put_entry       (SanStore *self, const SanEntryInfo *info);
/* NULL: not known without asking the disk */
const SanEntryInfo *san_ids_recall_arrival (SanStore *self, gint64 rev);
/* @body: (nullable): nothing is kept */
void     san_ids_keep_newest     (SanStore *self, gint64 seq, SanEntry *entry, SanDataBody *body);
void     san_ids_forget          (SanStore *self);                     /* after a rollback */
/* INVALID */
gboolean san_ids_parse_prefix    (const char *hex, gsize size, guint8 *low, guint8 *high,
                                  GError **error);
/* a is b, or previous of previous … reaches it. */
gboolean san_ids_descends        (SanStore *self, gint64 a, gint64 b, gboolean *yes,
                                  GError **error);

/* san-branches.c: how many branches of a journal have come; 1 if it never forked */
gboolean san_branches_count      (SanStore *self, gint64 dossier, gint64 journal, gint64 *n,
                                  GError **error);

/* san-store.c */
/* what memory keeps of the file */
gboolean san_store_load          (SanStore *self, GError **error);
/* REFUSED while a write or apply runs */
gboolean san_store_check_idle    (SanStore *self, GError **error);
char    *san_store_build_path    (SanStore *self, const char *name);

/* san-unfinished.c */
gboolean san_unfinished_mark     (const char *dir, GError **error);
void     san_unfinished_mark_again (const char *dir);
gboolean san_unfinished_unmark   (const char *dir, GError **error);
gboolean san_unfinished_wipe     (const char *dir, GError **error);

G_END_DECLS
