/* san-record-view.h - building what a face shows of records, for the use cases */
#pragma once
#include "san-attachment.h"
#include "san-centre-private.h"
#include "san-change.h"
#include "san-records.h"
G_BEGIN_DECLS

SanStoredRecord *san_record_locate       (SanCentre *self, const SanId16 *record, GError **error);
/* without fields */
SanRecordView   *san_record_view_new     (SanCentre *self, const SanStoredRecord *stored);
SanFieldVersion *san_field_version_new   (SanCentre *self, const SanStoredWrite *write);
GPtrArray       *san_field_versions_new  (void);

G_END_DECLS
