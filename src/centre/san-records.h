/* san-records.h - children and their records: admit, write, finish, amend, withdraw, read */
#pragma once
#include "san-centre.h"
#include "san-value.h"
G_BEGIN_DECLS

/* One answer as typed: field key (with table cells as table.row.column) and text, or a value, which
 * wins. @file: where the text came from (NULL text: it is none); an attachment takes that file. */
typedef struct { char *field; char *text; SanValue *value; char *file; } SanTyped;
GPtrArray *san_typed_list_new   (void);                                /* SanTyped, freed with it */
void       san_typed_list_add   (GPtrArray *list, const char *field, const char *text);
void       san_typed_list_add_file (GPtrArray *list, const char *field, const char *path,
                                    const char *text);
void       san_typed_list_add_value (GPtrArray *list, const char *field, SanValue *value);

#define SAN_WALK_DAYS 90            /* of a stay: the first walk with her, counted day by day */

typedef struct
{
  SanId32  id;                      /* dossier */
  char    *alias;
  char    *sign;
  char    *bed;
  char    *name;                    /* NULL: none, or not hers to read */
  char    *status;         /* in-care, follow-up, closed; undone: her only welcome was taken back */
  char    *found_by;                /* "alias", "name"; NULL if not searched */
  guint    found_far;       /* 0, 1: it is or begins with what was typed; more: it sounds like it */
  SanInstant admitted;              /* of the current stay */
  int      day;                     /* day 1 is the day of arrival */
  int      stay;                    /* 1, 2 … */
  char    *shared_with;        /* label of the partner that owns it or to whom it is shared; NULL */
} SanChildRow;

typedef struct
{
  char      *field;
  char      *form;
  GPtrArray *versions;              /* SanFieldVersion, shown one first; more than one: to review */
} SanFieldRow;
typedef struct
{
  SanValue  *value;
  char      *author;                /* short name, or the partner's label */
  SanId32    seat;                  /* hers */
  gint64     at_ms;
  gboolean   doubtful;
  SanId32    entry;
  const char *standing;             /* "current", "replaced", "held" (history only) */
} SanFieldVersion;

typedef struct
{
  SanId16    id;
  SanId32    dossier;
  char      *form;
  char      *author;
  gint64     at_ms;                 /* first written */
  gint64     finished_ms;           /* once it is finished */
  gboolean   finished;
  gboolean   withdrawn;
  char      *withdrawn_reason;
  GPtrArray *amendments;            /* SanFieldVersion of text values */
  GPtrArray *fields;                /* SanFieldRow, in the form's order, unknown ones last by key */
} SanRecordView;

void       san_child_row_free    (SanChildRow *self);
void       san_record_view_free  (SanRecordView *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanChildRow, san_child_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanRecordView, san_record_view_free)

SanChildRow *san_child_admit   (SanCentre *self, GPtrArray *typed, SanId16 *record, GError **error);
SanChildRow *san_child_return  (SanCentre *self, const SanId32 *child, GPtrArray *typed,
                                SanId16 *record, GError **error);
/* At most @limit rows from @offset on: what a list page shows; @n_all (out, optional): of all
 * pages. */
#define SAN_CHILD_SEARCH_LIMIT 500u   /* children that a search looks at */
GPtrArray   *san_child_list_slice (SanCentre *self, const char *search, const char *status,
                                   guint offset, guint limit,
                                   guint *n_all, GError **error);                  /* SanChildRow */
/* SanChildRow */
GPtrArray   *san_child_list    (SanCentre *self, const char *search, const char *status,
                                GError **error);
/* logged in the access rows */
SanChildRow *san_child_get     (SanCentre *self, const SanId32 *child, GError **error);
/* all three "" and FALSE: unknown here; not logged */
gboolean     san_child_dup_tag (SanCentre *self, const SanId32 *child, char **alias, char **sign,
                                char **bed);
/* SanRecordView without fields, newest first */
GPtrArray   *san_child_records (SanCentre *self, const SanId32 *child, GError **error);
/* id prefix >= 6, or alias; INVALID if ambiguous */
gboolean     san_child_find    (SanCentre *self, const char *text, SanId32 *out, GError **error);

gboolean       san_record_new      (SanCentre *self, const char *form,
                                    const SanId32 *child /* NULL: house dossier */,
                                    GPtrArray *typed, SanId16 *record, GError **error);
gboolean       san_record_set      (SanCentre *self, const SanId16 *record, GPtrArray *typed,
                                    GError **error);
SanRecordView *san_record_get      (SanCentre *self, const SanId16 *record, gboolean history,
                                    GError **error);
gboolean       san_record_finish   (SanCentre *self, const SanId16 *record, GError **error);
gboolean       san_record_amend    (SanCentre *self, const SanId16 *record, const char *text,
                                    GError **error);
gboolean       san_record_withdraw (SanCentre *self, const SanId16 *record, const char *reason,
                                    GError **error);
/* id prefix >= 6 */
gboolean       san_record_match     (SanCentre *self, const char *text, SanId16 *out,
                                     GError **error);
GBytes        *san_record_read_attachment (SanCentre *self, const SanId16 *record,
                                           const char *field, GError **error);

G_END_DECLS
