/* san-carry.h - places, exchange, bundles by hand, backup and restore */
#pragma once
#include "san-centre.h"
G_BEGIN_DECLS

typedef struct { char *name; char *uri; } SanPlaceRow;
typedef struct
{
  char   *name;                     /* of the place */
  guint   read;                     /* bundles that were for us and new */
  guint   received;                 /* entries new to us */
  guint   sent;                     /* entries written for others */
  guint   pieces_received;          /* of attached files, new to us */
  guint   pieces_sent;
  guint   files;                    /* bundles written */
  guint   not_for_us;
  guint   incomplete;
  guint   damaged;
  guint   not_looked_at;            /* more strange files than one look takes: the rest next time */
  GPtrArray *problems;              /* (element-type utf8) file name and what is wrong with it */
  /* (nullable) (element-type utf8) for each damaged or incomplete one whose sender is known: the
   * partner's label, or "" for another laptop of ours */
  GPtrArray *hurt_from;
} SanPlaceResult;
typedef struct
{
  guint      received;
  guint      sent;
  guint      review;
  guint      pieces_received;
  guint      pieces_sent;
  guint      files_to_come;         /* attached to what came: they follow with the next exchange */
  gboolean   more_files_to_come;    /* the same, of notes that this login does not read */
  GPtrArray *places;                /* SanPlaceResult */
  GError    *unwritten;           /* (nullable): of one place: all was read, but writing ended so */
  GError    *unsettled;      /* (nullable): something came and is in; what was to follow ended so */
} SanExchangeResult;
typedef struct
{
  SanId32 from;
  char *from_label;
  guint64 number;
  gint64 wall_ms;
  guint entries;
  guint pieces;
  gboolean complete;
  gboolean backup;
} SanBundleInfo;
typedef struct
{
  guint entries;
  guint missing;
  SanSecret *code; /* when a new one was made */
} SanRestoreResult;

/* What waits for one centre (or, @label NULL, for our own other laptops), and how far each side is.
 */
typedef struct
{
  SanId32  id;
  char    *label;
  guint    children;                /* they lack something of so many */
  guint    notes;
  gint64   they_have_ms;            /* all of ours that was written before; 0: nothing yet */
  gint64   news_ms;                 /* we have theirs up to then; 0: never heard */
  guint    files;                   /* attached files that they asked for and do not have yet */
  guint    files_of_theirs;         /* that we asked them for */
  gboolean more_files;              /* files of notes that this login does not read, the same way */
  gboolean more_files_of_theirs;
} SanWaitingRow;
typedef struct
{
  guint   for_us;                   /* bundles that are new and for us */
  guint64 bytes;                    /* of these */
  guint   not_for_us;
  guint   incomplete;
  guint   damaged;
  gint64  used_ms;                  /* last exchange with this place; 0: never */
} SanPlaceLook;
/* Times are 0 for never. */
typedef struct
{
  gint64  exchange_ms;
  gint64  backup_ms;                /* written, read back and matched */
  char   *backup_folder;            /* (nullable) URI */
  guint64 backup_entries;
  gint64  check_ms;
  guint64 check_entries;
  guint   check_problems;
} SanCarryTimes;

/* @what of an exchange: "reading", "checking", "using", "writing", the first two file by file; of a
 * backup "writing"; of a check "checking". On the worker's thread. */
typedef void (*SanProgress) (const char *what, guint64 done, guint64 of, gpointer data);

/* Days without news of them, where that is so long that somebody should ask; else 0. */
guint      san_waiting_row_get_silent_days (const SanWaitingRow *self, gint64 now);
/* More than a week ago, or never (0): too long for a backup or an exchange. */
gboolean   san_carry_is_long_ago    (gint64 ms, gint64 now);

void       san_place_row_free       (SanPlaceRow *self);
void       san_exchange_result_free (SanExchangeResult *self);
void       san_bundle_info_free     (SanBundleInfo *self);
void       san_waiting_row_free     (SanWaitingRow *self);
void       san_place_look_free      (SanPlaceLook *self);
void       san_carry_times_free     (SanCarryTimes *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanExchangeResult, san_exchange_result_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanBundleInfo, san_bundle_info_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanWaitingRow, san_waiting_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanPlaceLook, san_place_look_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanCarryTimes, san_carry_times_free)

gboolean           san_carry_add_place   (SanCentre *self, const char *name, const char *uri,
                                          GError **error);
/* Only here: what lies there stays. NOT_FOUND. */
gboolean           san_carry_forget_place (SanCentre *self, const char *name, GError **error);
GPtrArray         *san_carry_list_places (SanCentre *self, GError **error);        /* SanPlaceRow */
SanExchangeResult *san_carry_exchange    (SanCentre *self,
                                          const char *place /* name, path or URI; NULL: all */,
                                          SanProgress progress, gpointer data,
                                          GCancellable *cancellable, GError **error);
/* What an exchange would do; nothing is written or applied. Errors of look: as of an exchange.
 * SanWaitingRow: own laptops first, if there are any. */
GPtrArray         *san_carry_list_waiting (SanCentre *self, GError **error);
SanPlaceLook      *san_carry_look        (SanCentre *self, const char *uri,
                                          GCancellable *cancellable, GError **error);
SanCarryTimes     *san_carry_get_times   (SanCentre *self);                    /* (transfer full) */
gboolean           san_carry_write       (SanCentre *self,
                                          const char *to /* "devices", a partner's label or id */,
                                          const char *path, guint *n_entries, GError **error);
SanBundleInfo     *san_carry_inspect     (SanCentre *self, const char *path, GError **error);
gboolean           san_carry_apply       (SanCentre *self, const char *path,
                                          SanExchangeResult **result, GError **error);
gboolean           san_carry_backup      (SanCentre *self, const char *folder, SanProgress progress,
                                          gpointer data,
                                          guint *n_entries, guint *n_pieces,
                                          GCancellable *cancellable, GError **error);
SanCentre         *san_carry_restore     (const SanPlaceOnDisk *where, const char *folder,
                                          const SanSecret *recovery_code,
                                          gboolean laptop_dead, const char *staff,
                                          const SanSecret *passphrase /* both for lost or stolen */,
                                          SanRestoreResult *result, GError **error);

G_END_DECLS
