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
/**
 * san_removal_renew:
 * @known: own heads of all dossiers, by dossier and journal: whose rows are looked for
 * @accepted: (nullable): what is to lie inside as well
 *
 * The way in for late entries of the authority dossier, which an op 4 cannot accept: the removal
 * is written once more, by somebody who has these entries in her past, and the old one voided.
 * Whom it removes stays removed. It is for the caller to see that nothing comes in so that ought
 * to stay out. Rows of journals that are not @known are lost: what they held is held anew.
 *
 * Returns: (transfer full) (element-type SanAuthorityBody): for one press: what san_removal_make()
 * gives, and then the op 10. INVALID: no such removal here, or it does not count.
 */
GPtrArray *san_removal_renew            (const SanAuthority *self, const SanId32 *removal,
                                         const SanJournalHead *known, guint n_known,
                                         const SanJournalHead *accepted, guint n_accepted,
                                         GError **error);

G_END_DECLS
