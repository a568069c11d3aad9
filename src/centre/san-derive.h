/* san-derive.h - from a dossier's values to its due rows, summary and search keys */
#pragma once
#include "san-centre-private.h"
#include "san-fact-set.h"
#include "san-kept.h"
#include "san-store-derived.h"
G_BEGIN_DECLS

/* The summary of a case dossier in the house view: SanKeptSummary; in the case view: her name. */
typedef enum
{
  SAN_STATUS_IN_CARE = 0,
  SAN_STATUS_FOLLOW_UP = 1,
  SAN_STATUS_CLOSED = 2,
  SAN_STATUS_UNDONE = 3,        /* her only welcome was taken back: in no list, last in the sort */
} SanChildStatus;

gboolean    san_derive_install  (SanStore *store, SanCatalogue *catalogue, SanProgramme *programme,
                                 GError **error);
SanFactSet *san_derive_facts    (SanStore *store, SanCatalogue *catalogue, const SanId32 *dossier,
                                 guint mask, GError **error);
/* one record, with its answers */
gboolean    san_derive_add_record (SanStore *store, SanFactSet *facts,
                                   const SanStoredRecord *record, guint mask, GError **error);
const char *san_child_status_name (guint status);

G_END_DECLS
