/* san-intro.h - the chain of authority entries by which strangers come to know a device
 *
 * Founding entry, changes of recovery key, the devices and seats of each author in the chain,
 * and the sending device: concatenated entries in causal order. Checked for seat, role, journal,
 * signature and hash only, and never stored: whether any of it still holds is for the store,
 * once the authority entries themselves arrive. */
#pragma once
#include "san-bundle.h"
G_BEGIN_DECLS

typedef struct _SanStore SanStore;

typedef struct _SanIntro SanIntro;      /* immutable */

/**
 * san_intro_parse:
 * @bytes: not empty
 *
 * Returns: (transfer full) (nullable): a chain in which each link is proven;
 *   %SAN_ERROR_DAMAGED for bytes we would not write, %SAN_ERROR_UNTRUSTED if a link does not hold
 */
SanIntro      *san_intro_parse              (GBytes *bytes, GError **error);
/* = entry id of the founding entry */
const SanId32 *san_intro_get_centre         (const SanIntro *self);
gboolean       san_intro_find_device        (const SanIntro *self, const SanId16 *device,
                                             /* outs may be NULL */
                                             SanId32 *sign_pk, SanId32 *box_pk);
/* of the newest op 7, else of the founding entry */
const SanId32 *san_intro_get_recovery_pk    (const SanIntro *self);
const SanId32 *san_intro_get_recovery_box_pk (const SanIntro *self);

/**
 * san_intro_select:
 * @entries: (element-type GBytes): whole entries of the own authority dossier, causal order
 * @device: the sending device
 *
 * Returns: (transfer full) (nullable): the bytes of the chain; %SAN_ERROR_NOT_FOUND if @entries
 *   do not lead to @device, %SAN_ERROR_REFUSED if it would be longer than the limit
 */
GBytes        *san_intro_select             (GPtrArray *entries, const SanId16 *device,
                                             GError **error);
/* The same from the store: of the entries that count. */
GBytes        *san_intro_select_own         (SanStore *store, const SanId32 *own,
                                             const SanId16 *device, GError **error);
void           san_intro_free               (SanIntro *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanIntro, san_intro_free)

G_END_DECLS
