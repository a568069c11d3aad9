/* san-store-values.h - what stands written: records, current values, history
 *
 * All of it is read from the views of open compartments; offers that nobody accepted are not in
 * them. */
#pragma once
#include "san-store.h"
#include "san-change.h"
G_BEGIN_DECLS

typedef enum
{
  SAN_WRITE_COUNTS = 0,
  SAN_WRITE_HELD = 1,                 /* its entry or part does not count */
  SAN_WRITE_AFTER_FINISH = 2,         /* edit of a record that its writer saw finished: held */
  SAN_WRITE_PROPOSED = 3,             /* written without seeing the finish: a proposed amendment */
} SanWriteState;

/* One write. Handed to a function it is borrowed for that call; in a list it belongs to the list.
 */
typedef struct
{
  SanId32       dossier;
  SanId16       record;
  const char   *form;
  const char   *field;
  SanWriteId    id;                   /* entry, compartment, change number */
  SanValue     *value;
  SanId32       author;
  guint64       wall;
  gboolean      doubtful;
  SanWriteState state;
  /* 0: not current; 1: current and shown; 2 …: current too, in the order shown */
  guint         rank;
  gboolean      unseen;               /* its record was withdrawn by somebody who had not seen it */
} SanStoredWrite;

typedef struct
{
  SanId32     dossier;
  SanId16     record;
  const char *form;
  guint       mask;                   /* open compartments in which it has writes */
  SanId32     author;                 /* of its first write that counts */
  guint64     wall;
  gboolean    doubtful;
  gboolean    finished;
  guint64     finished_wall;
  SanId32     finished_by;
  gboolean    withdrawn;
  gboolean    in_review;              /* two current values, a proposed amendment, an unseen edit */
  guint       n_amends;
} SanStoredRecord;

/* FALSE: stop, without error */
typedef gboolean (*SanWriteFunc)  (const SanStoredWrite *write, gpointer data);
typedef gboolean (*SanRecordFunc) (const SanStoredRecord *record, gpointer data);

/* @mask: compartments to read, of the open ones. Records by id, compartments merged. */
gboolean   san_store_each_record      (SanStore *self, const SanId32 *dossier, guint mask,
                                       SanRecordFunc func, gpointer data, GError **error);
gboolean   san_store_list_filled      (SanStore *self, const SanId32 *dossier, guint mask,
                                       guint *filled, guint64 *state, GError **error);
gboolean   san_store_each_of_form     (SanStore *self, const char *form, guint mask,
                                       SanRecordFunc func, gpointer data, GError **error);
/* Current values of one record: by compartment, field, rank; or of all records of a dossier, in no
 * order but that of several in one field the one that is shown comes first. */
gboolean   san_store_each_value       (SanStore *self, const SanId32 *dossier,
                                       const SanId16 *record /* NULL: all */, guint mask,
                                       SanWriteFunc func, gpointer data, GError **error);
/* Current values of type attachment in all dossiers, in no order. */
gboolean   san_store_each_attachment  (SanStore *self, guint mask, SanWriteFunc func, gpointer data,
                                       GError **error);
/* All writes, also held ones: oldest first within a field; @field NULL: of the whole record. */
gboolean   san_store_each_write       (SanStore *self, const SanId32 *dossier,
                                       const SanId16 *record, const char *form,
                                       const char *field, guint mask, SanWriteFunc func,
                                       gpointer data, GError **error);
/* The same as lists: SanStoredRecord* and SanStoredWrite*, (transfer full). */
/* NOT_FOUND */
SanStoredRecord *san_store_dup_record (SanStore *self, const SanId32 *dossier,
                                       const SanId16 *record,
                                       const char *form /* NULL: its only one */, GError **error);
GPtrArray *san_store_list_records     (SanStore *self, const SanId32 *dossier, guint mask,
                                       GError **error);
GPtrArray *san_store_list_values      (SanStore *self, const SanId32 *dossier,
                                       const SanId16 *record, const char *form,
                                       const char *field /* NULL: all */,
                                       guint mask, GError **error);
GPtrArray *san_store_list_history     (SanStore *self, const SanId32 *dossier,
                                       const SanId16 *record, const char *form, const char *field,
                                       guint mask, GError **error);
/* Entries with a write of the record in that compartment that counts: what a `$finish` names.
 * SanId32*. */
GPtrArray *san_store_list_closing     (SanStore *self, const SanId32 *dossier,
                                       const SanId16 *record, const char *form, guint8 compartment,
                                       GError **error);
/* Where a record id is: dossier and form; ids beginning with @hex: SanStoredRecord*. */
GPtrArray *san_store_match_records    (SanStore *self, const char *hex, GError **error);
/* Records with something that a person must decide. SanStoredRecord*. */
GPtrArray *san_store_list_review      (SanStore *self, guint mask, GError **error);
void       san_stored_write_free      (SanStoredWrite *self);
void       san_stored_record_free     (SanStoredRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanStoredRecord, san_stored_record_free)

G_END_DECLS
