/* san-judge.c - does an entry outside the authority dossier count */
#include "san-dossier-rights.h"

/* Inside a removal: a row of it, or of an op 4 that extends it, names a head of this journal that
 * reaches the entry. */
gboolean
san_cut_is_inside (const SanCut *cut, const SanEntry *entry, const SanChainLookup *chain)
{
  const SanHeader *header = san_entry_get_header (entry);
  guint8 tag[SAN_CUT_TAG_SIZE];
  guint first;
  guint n;

  if (cut->n_rows == 0)
    return FALSE;
  san_cut_tag (cut->salt, san_entry_get_dossier (entry), &header->journal, tag);
  n = san_cut_rows_find (cut->rows, cut->n_rows, tag, &first);
  for (guint i = first; i < first + n; i++)
    {
      guint64 number = san_cut_row_get_number (&cut->rows[i]);

      if (number >= header->number
          && chain->reaches (chain->data, entry, number, cut->rows[i].b + SAN_CUT_ROW_SIZE - 16))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_inside (const SanRemoval *removal, const SanEntry *entry, const SanChainLookup *chain)
{
  for (guint i = 0; i < removal->n_cuts; i++)
    if (san_cut_is_inside (&removal->cuts[i], entry, chain))
      return TRUE;
  return FALSE;
}

SanHeldReason
san_authority_judge_author (const SanAuthority *self, const SanEntry *entry, gboolean strict,
                            const SanChainLookup *chain)
{
  const SanSeat *seat
      = self != NULL ? san_authority_find_seat (self, &san_entry_get_header (entry)->author) : NULL;
  SanHeldReason reason = SAN_HELD_NOT;

  if (seat == NULL)
    return SAN_HELD_NOT_APPOINTED;
  for (guint i = 0; i < seat->n_removals; i++)
    {
      const SanRemoval *removal = seat->removals[i];

      if ((!removal->effective && !strict) || is_inside (removal, entry, chain))
        continue;
      if (removal->effective)
        return SAN_HELD_REMOVED;
      reason = SAN_HELD_SUSPENDED;
    }
  return reason;
}

void
san_authority_judge (const SanAuthority *self, const SanEntry *entry, guint parts,
                     const SanDossierRights *rights, const SanChainLookup *chain, SanJudgement *out)
{
  const SanHeader *header = san_entry_get_header (entry);
  SanJudgement result = { 0, SAN_HELD_UNKNOWN };
  guint writes;

  if (header->kind == SAN_KIND_FOUNDING || header->kind == SAN_KIND_AUTHORITY)
    {
      if (!san_dossier_rights_find_entry (rights, san_entry_get_id (entry), &result.reason))
        result.reason = SAN_HELD_INCOMPLETE;
      result.visible = result.reason == SAN_HELD_NOT ? 1 : 0;
    }
  else if (header->kind == SAN_KIND_CHANGES || header->kind == SAN_KIND_KEY_GRANT)
    {
      result.reason
          = san_authority_judge_author (self, entry, header->kind == SAN_KIND_KEY_GRANT, chain);
      if (result.reason == SAN_HELD_NOT)
        {
          writes = san_role_get_writes (san_authority_find_seat (self, &header->author)->role);
          result.visible = san_dossier_rights_may_write (rights, san_authority_get_centre (self),
                                                         parts & writes, entry, chain);
          if ((parts & ~writes) != 0)
            result.reason = SAN_HELD_NO_RIGHT;
          else if (result.visible != parts)
            result.reason = SAN_HELD_NOT_SHARED;
        }
    }
  *out = result;
}
