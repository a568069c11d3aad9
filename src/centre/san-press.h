/* san-press.h - one press of Save: entries made, signed, chained and durable together
 *
 * Entries go in one after the other and see each other; nothing is written before the commit. */
#pragma once
#include "san-changes.h"
#include "san-authority-body.h"
#include "san-founding.h"
G_BEGIN_DECLS

typedef struct _SanPress SanPress;

SanPress *san_press_begin         (SanCentre *centre, GError **error);
/* the recovery key instead of the seat */
void      san_press_sign_as       (SanPress *self, SanSignKey *key);
/* house and case dossiers */
gboolean  san_press_found         (SanPress *self, SanFoundingType type, SanId32 *dossier,
                                   GError **error);
gboolean  san_press_add_body      (SanPress *self, const SanId32 *dossier, SanKind kind,
                                   GBytes *body,
                                   /* dossier NULL: founding; id may be NULL */
                                   SanId32 *id, GError **error);
gboolean  san_press_add_authority (SanPress *self, const SanId32 *dossier, SanAuthorityBody *body,
                                   SanId32 *id, GError **error);      /* heads are filled in here */
gboolean  san_press_add_changes   (SanPress *self, const SanId32 *dossier, SanChanges *changes,
                                   SanId32 *id, GError **error);  /* keys are chosen or made here */
/* Keys made in this press: the store opens them only after the commit. */
void      san_press_remember_key  (SanPress *self, const SanId32 *dossier, guint compartment,
                                   SanSecret *key);
/* (transfer full) (nullable) */
SanSecret *san_press_find_key     (SanPress *self, const SanId32 *dossier, guint compartment);
gboolean  san_press_commit        (SanPress *self, GError **error);
void      san_press_free          (SanPress *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanPress, san_press_free)

G_END_DECLS
