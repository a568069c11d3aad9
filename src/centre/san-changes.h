/* san-changes.h - what one press of Save is going to write, sorted by compartment */
#pragma once
#include "san-centre-private.h"
#include "san-change.h"
G_BEGIN_DECLS

typedef struct _SanChanges SanChanges;

/* dossier NULL: about to be founded */
SanChanges       *san_changes_new      (SanCentre *centre, const SanId32 *dossier);
void              san_changes_free     (SanChanges *self);
/* Draws the id of a record that nobody has written into: nothing is asked about it. */
void              san_changes_begin    (SanChanges *self, SanId16 *record);
gboolean          san_changes_is_new   (SanChanges *self, const SanId16 *record);
/* Adds a write that replaces whatever is current now in that compartment. */
gboolean          san_changes_set      (SanChanges *self, guint compartment, const SanId16 *record,
                                        const char *form,
                                        const char *field, SanValue *value, GError **error);
gboolean          san_changes_set_text (SanChanges *self, guint compartment, const SanId16 *record,
                                        const char *form,
                                        const char *field, const char *text, GError **error);
gboolean          san_changes_finish   (SanChanges *self, guint compartment, const SanId16 *record,
                                        const char *form, GError **error);
/* The same of what the entry @written says of a new record: it may stand in this press. */
gboolean          san_changes_close     (SanChanges *self, guint compartment, const SanId16 *record,
                                         const char *form, const SanId32 *written, GError **error);
gboolean          san_changes_amend    (SanChanges *self, guint compartment, const SanId16 *record,
                                        const char *form,
                                        const char *text, GError **error);
/* The value just set for a record's field; NULL: not in these changes. (transfer none) */
SanValue         *san_changes_peek     (SanChanges *self, const SanId16 *record, const char *field);
guint             san_changes_get_mask (const SanChanges *self);
/* NULL: nothing there */
SanChangeBuilder *san_changes_get      (SanChanges *self, guint compartment);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanChanges, san_changes_free)

G_END_DECLS
