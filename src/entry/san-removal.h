/* san-removal.h - writing a removal: whom it would touch, and the cut from one's own heads */
#pragma once
#include "san-authority.h"
G_BEGIN_DECLS

/* The head of one branch of a journal, as the remover has it. */
typedef struct
{
  SanId32 dossier;
  SanId16 journal;
  guint64 number;
  SanId32 head;
} SanJournalHead;

/* Would a removal of this staff member, device or seat, written now, touch the seat? */
gboolean   san_removal_would_touch      (const SanAuthority *self, guint8 what,
                                         const SanId32 *target, const SanSeat *seat);
/* ... leave no superintendent in office? Refused at the press. */
gboolean   san_removal_would_leave_none (const SanAuthority *self, guint8 what,
                                         const SanId32 *target);
/* Is the journal of a device on which a seat would be touched? Its heads go into the cut. */
gboolean   san_removal_needs_journal    (const SanAuthority *self, guint8 what,
                                         const SanId32 *target, const SanId16 *journal);
void       san_removal_target_from_id16 (const SanId16 *id, SanId32 *out);    /* zero-filled */

/**
 * san_removal_make:
 * @heads: all own heads, of all dossiers; those of other devices' journals are left out
 *
 * Returns: (transfer full) (element-type SanAuthorityBody): the op 3, heads of the authority
 * dossier filled in, and as many op 4s as are needed for more rows than one entry holds, to be
 * written in the same press: these still need `removal` (the entry id of the op 3) and heads.
 * NOT_FOUND: touches nobody; REFUSED: over a limit. Whether somebody is left in office is
 * asked apart.
 */
GPtrArray *san_removal_make             (const SanAuthority *self, guint8 what,
                                         const SanId32 *target, guint8 why,
                                         const SanJournalHead *heads, guint n_heads,
                                         GError **error);
/* An op 4 that accepts what these heads reach: late entries of somebody removed. INVALID: no such
 * removal here. */
SanAuthorityBody *san_removal_accept    (const SanAuthority *self, const SanId32 *removal,
                                         const SanJournalHead *heads, guint n_heads,
                                         GError **error);

G_END_DECLS
