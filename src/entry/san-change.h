/* san-change.h - a change list: the fields that one entry sets in one compartment
 *
 * Canonical: refs ascending and each used, changes ascending by (record, form, field). */
#pragma once
#include "san-value.h"
G_BEGIN_DECLS

#define SAN_REFS_LIMIT       256
#define SAN_CHANGES_LIMIT    1024
#define SAN_TARGETS_LIMIT    64
#define SAN_NAME_LIMIT       64        /* bytes of a form's or field's name */

#define SAN_FIELD_WITHDRAW   "$withdraw"
#define SAN_FIELD_FINISH     "$finish"
#define SAN_FIELD_AMEND      "$amend"
#define SAN_FIELD_LINK       "$link"
#define SAN_FIELD_FROM       "$from."  /* then the field's name */

/* One write: the change @number (from 0) in the list of @compartment of entry @entry. */
typedef struct { SanId32 entry; guint8 compartment; guint16 number; } SanWriteId;

/* What a change replaces, as it stands in the bytes: ref (from 0) and change number (from 0). */
typedef struct { guint16 ref; guint16 number; } SanTarget;

typedef struct
{
  SanId16          record;
  const char      *form;
  const char      *field;
  SanValue        *value;              /* borrowed from the list */
  const SanTarget *targets;            /* ascending */
  guint            n_targets;
} SanChange;

typedef struct _SanChangeList    SanChangeList;      /* immutable, reference counted (atomic) */
typedef struct _SanChangeBuilder SanChangeBuilder;

SanChangeList   *san_change_list_parse      (const guint8 *data, gsize n, GError **error);
SanChangeList   *san_change_list_ref        (SanChangeList *self);
void             san_change_list_unref      (SanChangeList *self);
GBytes          *san_change_list_get_bytes  (const SanChangeList *self);       /* (transfer none) */
guint            san_change_list_get_n_refs (const SanChangeList *self);
const SanId32   *san_change_list_get_ref    (const SanChangeList *self, guint i);
guint            san_change_list_get_size   (const SanChangeList *self);     /* number of changes */
/* i is the change number */
const SanChange *san_change_list_get        (const SanChangeList *self, guint i);
const SanChange *san_change_list_find       (const SanChangeList *self, const SanId16 *record,
                                             const char *form, const char *field);  /* (nullable) */
gboolean         san_field_is_reserved      (const char *field);                 /* begins with $ */
/* a form's or plain field's name */
gboolean         san_name_is_well_formed    (const char *name, gsize n);

/**
 * san_change_builder_add:
 * @supersedes: the writes that this one saw and replaces, in any order, repeats dropped
 *
 * Adds one change. Refuses (INVALID) malformed names, a second change of the same record, form and
 * field, a wrong type in a reserved field, a superseding `$amend`, and (REFUSED) more than a
 * limit allows; the builder is unchanged then. Compartments in @supersedes are not looked at:
 * a list replaces in its own compartment only.
 */
SanChangeBuilder *san_change_builder_new      (void);
gboolean          san_change_builder_add      (SanChangeBuilder *self, const SanId16 *record,
                                               const char *form,
                                               const char *field, SanValue *value,
                                               const SanWriteId *supersedes, guint n_supersedes,
                                               GError **error);
/* `$finish` of @record: true, with the entries whose writes of that record it closes. */
gboolean          san_change_builder_finish   (SanChangeBuilder *self, const SanId16 *record,
                                               const char *form,
                                               const SanId32 *entries, guint n_entries,
                                               const SanWriteId *supersedes, guint n_supersedes,
                                               GError **error);
guint             san_change_builder_get_size (const SanChangeBuilder *self);
/* builder stays; INVALID when empty */
SanChangeList    *san_change_builder_end      (SanChangeBuilder *self, GError **error);
void              san_change_builder_free     (SanChangeBuilder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanChangeList, san_change_list_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanChangeBuilder, san_change_builder_free)

G_END_DECLS
