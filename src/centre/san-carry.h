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
  guint   files;                    /* bundles written */
  guint   not_for_us;
  guint   incomplete;
  guint   damaged;
  guint   not_looked_at;            /* more strange files than one look takes: the rest next time */
  GPtrArray *problems;              /* (element-type utf8) file name and what is wrong with it */
} SanPlaceResult;
typedef struct
{
  guint      received;
  guint      sent;
  guint      review;
  GPtrArray *places;                /* SanPlaceResult */
  GError    *unwritten;             /* (nullable): of one place: all was read, but writing ended so */
} SanExchangeResult;
typedef struct { SanId32 from; char *from_label; guint64 number; gint64 wall_ms; guint entries; guint pieces; gboolean complete; gboolean backup; } SanBundleInfo;
typedef struct { guint entries; guint missing; SanSecret *code; /* when a new one was made */ } SanRestoreResult;

typedef void (*SanProgress) (const char *what, guint64 done, guint64 of, gpointer data);

void       san_place_row_free       (SanPlaceRow *self);
void       san_exchange_result_free (SanExchangeResult *self);
void       san_bundle_info_free     (SanBundleInfo *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanExchangeResult, san_exchange_result_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanBundleInfo, san_bundle_info_free)

gboolean           san_carry_add_place   (SanCentre *self, const char *name, const char *uri, GError **error);
GPtrArray         *san_carry_list_places (SanCentre *self, GError **error);                 /* SanPlaceRow */
SanExchangeResult *san_carry_exchange    (SanCentre *self, const char *place /* name, path or URI; NULL: all */,
                                          SanProgress progress, gpointer data, GCancellable *cancellable, GError **error);
gboolean           san_carry_write       (SanCentre *self, const char *to /* "devices", a partner's label or id */,
                                          const char *path, guint *n_entries, GError **error);
SanBundleInfo     *san_carry_inspect     (SanCentre *self, const char *path, GError **error);
gboolean           san_carry_apply       (SanCentre *self, const char *path, SanExchangeResult **result, GError **error);
gboolean           san_carry_backup      (SanCentre *self, const char *folder, SanProgress progress, gpointer data,
                                          guint *n_entries, guint *n_pieces, GError **error);
SanCentre         *san_carry_restore     (const SanPlaceOnDisk *where, const char *folder, const SanSecret *recovery_code,
                                          gboolean laptop_dead, const char *staff, const SanSecret *passphrase /* both for lost or stolen */,
                                          SanRestoreResult *result, GError **error);

G_END_DECLS
