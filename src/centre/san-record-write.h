/* san-record-write.h - typed answers checked against their form and turned into changes */
#pragma once
#include "san-changes.h"
#include "san-records.h"
G_BEGIN_DECLS

/* Form, role and compartments are asked here, when writing; never when applying. */
const SanForm *san_record_need_form  (SanCentre *self, const char *id, SanDossierKind kind,
                                      GError **error);
gboolean       san_record_add_typed  (SanCentre *self, SanChanges *changes, const SanId32 *dossier,
                                      const SanForm *form,
                                      const SanId16 *record, GPtrArray *typed, GError **error);
/* Copies offered from earlier answers and the clock, for fields that are not typed. */
gboolean       san_record_add_offers (SanCentre *self, SanChanges *changes, const SanId32 *dossier,
                                      const SanForm *form,
                                      const SanId16 *record, GPtrArray *typed, GError **error);
/* A form may open another one ("see her today"): its record goes into the same press. */
gboolean       san_record_add_opened (SanCentre *self, SanChanges *changes, const SanId32 *dossier,
                                      const SanForm *form,
                                      const SanId16 *record, GError **error);
gboolean       san_record_save       (SanCentre *self, const SanId32 *dossier, SanChanges *changes,
                                      GError **error);

G_END_DECLS
