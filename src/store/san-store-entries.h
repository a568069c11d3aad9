/* san-store-entries.h - reading entries, dossiers, heads, held entries, forks, seats
 *
 * Lists are GPtrArrays with a free function: (transfer full). */
#pragma once
#include "san-store.h"
#include "san-store-apply.h"
G_BEGIN_DECLS

/* Entries */
/* NOT_FOUND */
SanEntry  *san_store_dup_entry       (SanStore *self, const SanId32 *id, GError **error);
gboolean   san_store_has_entry       (SanStore *self, const SanId32 *id);
/* the same; FALSE: it could not be read */
gboolean   san_store_look_entry      (SanStore *self, const SanId32 *id, gboolean *here,
                                      GError **error);
/* Called with each; return FALSE to stop without error. */
typedef gboolean (*SanEntryFunc)     (SanEntry *entry, gpointer data);
gboolean   san_store_each_of_journal (SanStore *self, const SanId32 *dossier,
                                      const SanId16 *journal, guint64 from, guint64 to,
                                      /* both ends included; by number, then id */
                                      SanEntryFunc func, gpointer data, GError **error);
/* its kind 1 first, then journal, number */
gboolean   san_store_each_of_dossier (SanStore *self, const SanId32 *dossier, SanEntryFunc func,
                                      gpointer data, GError **error);
/* When the newest note with a part of @compartment that counts was written, by the clock of whoever
 * wrote it. No key is needed for that. FALSE without an error: none. */
gboolean   san_store_get_last_wall   (SanStore *self, const SanId32 *dossier, guint8 compartment,
                                      guint64 *wall, GError **error);
/* By any recovery key of that centre, in force or not; those of one press follow each other. */
gboolean   san_store_each_by_recovery (SanStore *self, const SanId32 *centre, SanEntryFunc func,
                                       gpointer data, GError **error);
/* SanEntry*: all but kinds 0 and 3, in causal order */
GPtrArray *san_store_list_authority  (SanStore *self, const SanId32 *dossier, GError **error);
/* Entries, but of kinds 0 and 3, that no other one of the dossier has in its past: the heads that a
 * new kind 2 names. SanId32*, ascending. */
GPtrArray *san_store_list_authority_heads (SanStore *self, const SanId32 *dossier, GError **error);

/* Dossiers */
typedef enum
{
  SAN_STANDING_OWN = 1,
  SAN_STANDING_AUTHORITY = 2,        /* authority dossier of another centre or a programme */
  SAN_STANDING_OFFERED = 4,          /* founded by another centre, nobody has accepted it */
  SAN_STANDING_ACCEPTED = 8,
  SAN_STANDING_DECLINED = 16,
} SanStanding;
#define SAN_STANDING_SHOWN (SAN_STANDING_OWN | SAN_STANDING_ACCEPTED)

typedef struct
{
  SanId32 id;
  guint8  type;                      /* SanFoundingType */
  SanId32 owner;                    /* founding centre; the dossier itself for authority dossiers */
  guint   standing;                  /* one SanStanding */
  guint64 wall;                      /* of its founding entry */
  guint64 bytes;                     /* of the entries here */
  gboolean erased;
} SanDossier;
/* NOT_FOUND */
gboolean   san_store_find_dossier    (SanStore *self, const SanId32 *id, SanDossier *out,
                                      GError **error);
GPtrArray *san_store_list_dossiers   (SanStore *self, guint8 type /* 0: all */,
                                      const SanId32 *owner /* NULL: all */,
                                      /* SanDossier*, oldest first */
                                      guint standing_mask, GError **error);
/* Ids beginning with @hex (6 letters or more): SanId32*; two or more: not unambiguous. */
GPtrArray *san_store_match_dossiers  (SanStore *self, const char *hex, guint standing_mask,
                                      GError **error);
GPtrArray *san_store_match_entries   (SanStore *self, const char *hex, GError **error);

/* Heads: what this device has; a journal with a fork has several in a dossier */
typedef struct
{
  SanId32 dossier;
  SanId16 journal;
  guint64 number;
  SanId32 id;
} SanHead;
/* SanHead*, by dossier, journal, number, id */
GPtrArray *san_store_list_heads      (SanStore *self, const SanId32 *dossier /* NULL: all */,
                                      GError **error);
/* newest undoubted wall clock of any entry; 0: none */
gboolean   san_store_get_newest_wall (SanStore *self, guint64 *out, GError **error);

/* Entries that do not count, for To review: rows of one author in one journal, the oldest first. */
typedef struct
{
  SanId32 dossier;
  SanId16 journal;
  SanId32 author;
  guint64 from, to;
  guint   n;
  guint64 wall;                      /* of the newest */
} SanHeldRow;
GPtrArray *san_store_list_held       (SanStore *self, GError **error);             /* SanHeldRow* */
gboolean   san_store_entry_is_held   (SanStore *self, const SanId32 *id, gboolean *held,
                                      GError **error);
GPtrArray *san_store_list_forks      (SanStore *self, GError **error);                /* SanFork* */

typedef struct
{
  SanId32 id;
  SanId32 dossier;
  SanId16 journal;
  guint64 number;
  SanId32 author;
  char   *why;
} SanQuarantined;
GPtrArray *san_store_list_quarantined (SanStore *self, GError **error);        /* SanQuarantined* */
/* What the waiting room lacks, and bodies that went with an erasure that counts no more: ranges to
 * ask for, SanWantRange*. */
typedef struct { SanId32 dossier; SanId16 journal; guint64 from, to; } SanWantRange;
GPtrArray *san_store_list_wants      (SanStore *self, GError **error);
/* Is something of it here to be sent? Headers alone only where the case is erased. */
gboolean   san_store_can_answer      (SanStore *self, const SanWantRange *want, gboolean *can,
                                      GError **error);

/* Seats as claimed with good proofs, effective or not: who can have written an entry. */
typedef struct
{
  SanId32 seat;
  SanId32 centre;
  SanId16 staff;
  SanId16 device;
  SanId32 device_sign_pk;
  char    role[33];
} SanKnownSeat;
/* NOT_FOUND */
gboolean   san_store_find_seat       (SanStore *self, const SanId32 *seat, SanKnownSeat *out,
                                      GError **error);
/* Centres whose seats have written in a dossier: SanId32*, ascending. */
GPtrArray *san_store_list_writers    (SanStore *self, const SanId32 *dossier, GError **error);
/* NOT_FOUND */
gboolean   san_store_find_device     (SanStore *self, const SanId32 *centre, const SanId16 *device,
                                      SanId32 *sign_pk, GError **error);

G_END_DECLS
