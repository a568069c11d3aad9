/* san-intake.c - one entry on its way in: the checks of the format, in their order
 *
 * had, quarantined or waiting already; seat known; signature; body hash; place (previous, dossier,
 * heads) known; body parses; room. What fails up to the body hash is forgotten: anybody can make
 * such a copy. What fails later is quarantined, and with it what follows it. */
#include "san-intake-private.h"
#include "san-rule-private.h"
#include "san-error.h"

#define WHY_BEFORE "follows an entry that is in quarantine"

static gboolean
is_here (SanTx *tx, SanEntry *entry, gboolean header_only, SanApplyOutcome *outcome, gboolean *here,
         GError **error)
{
  SanStore *self = tx->store;
  const SanId32 *id = san_entry_get_id (entry);
  gboolean filled = FALSE;
  gint64 seq;

  *here = TRUE;
  if (!san_ids_find_entry (self, id, &seq, error))
    return FALSE;
  if (seq || !tx->has_aside)
    {
      if (seq && tx->has_bare && !header_only && !san_erase_fill (tx, entry, seq, &filled, error))
        return FALSE;
      *outcome = filled ? SAN_APPLY_NEW : SAN_APPLY_HAD;
      *here = seq != 0;
      return TRUE;
    }
  *outcome = SAN_APPLY_QUARANTINED;
  if (!san_waiting_is_quarantined (self, id, here, error))
    return FALSE;
  if (*here)
    return TRUE;
  *outcome = SAN_APPLY_WAITING;
  return san_waiting_has (self, id, here, error);
}

/* Types 1 and 2 are checked with the seat and device of their own body, after the hash. */
static gboolean
proves_itself (SanEntry *entry)
{
  g_autoptr(SanParsed) parsed = NULL;

  if (san_entry_get_header (entry)->kind != SAN_KIND_FOUNDING)
    return FALSE;
  parsed = san_parsed_new (entry, NULL);
  return parsed && san_parsed_founds_authority (parsed);
}

static gboolean
verify_founding (SanEntry *entry)
{
  g_autoptr(SanParsed) parsed = san_parsed_new (entry, NULL);

  return parsed && san_founding_verify (parsed->founding, parsed->header, NULL);
}

static gboolean
is_known_author (SanTx *tx, const SanHeader *header, gboolean *known, GError **error)
{
  if (!san_claims_fit (tx, header, known, error))
    return FALSE;
  return *known || header->kind != SAN_KIND_AUTHORITY
         || san_claims_is_recovery (tx->store, &header->author, known, error);
}

/* Up to the body hash: FALSE in @sound, with the outcome. */
static gboolean
check_author (SanTx *tx, SanEntry *entry, gboolean header_only, gboolean *sound,
              SanApplyOutcome *outcome, GError **error)
{
  const SanHeader *header = san_entry_get_header (entry);
  gboolean founds = !header_only && proves_itself (entry);
  gboolean known = TRUE;

  *sound = FALSE;
  *outcome = SAN_APPLY_UNKNOWN_SEAT;
  if (!founds && !is_known_author (tx, header, &known, error))
    return FALSE;
  if (!known)
    return TRUE;
  *outcome = SAN_APPLY_REFUSED;
  if (!san_entry_check_signature (entry, NULL)
      || (!header_only && !san_entry_check_body_hash (entry, NULL))
      || (founds && !verify_founding (entry)))
    return TRUE;
  *sound = TRUE;
  return TRUE;
}

static gboolean
find_dossier (SanTx *tx, const SanId32 *id, SanTxPlace *place, GError **error)
{
  SanDossier about;
  gboolean found;
  gint64 no;

  if (!san_ids_find_dossier (tx->store, id, &no, error)
      || !san_ids_describe_dossier (tx->store, no, &about, &found, error))
    return FALSE;
  place->dossier = found ? no : 0;
  place->is_authority = found && about.type <= SAN_FOUNDING_PROGRAMME;
  return TRUE;
}

static gboolean
lacks (SanStore *self, const SanId32 *id, SanPlaceVerdict *verdict, SanId32 *need, const char **why,
       GError **error)
{
  gboolean bad;

  if (!san_waiting_is_quarantined (self, id, &bad, error))
    return FALSE;
  *verdict = bad ? SAN_PLACE_WRONG : SAN_PLACE_LACKS;
  *why = WHY_BEFORE;
  *need = *id;
  return TRUE;
}

/* Heads that a kind 2 names must be here, and be of its dossier, and no data. Newer kinds may be:
 * what must be understood freezes whatever has it in its past. */
static gboolean
check_heads (SanTx *tx, SanEntry *entry, const SanTxPlace *place, SanPlaceVerdict *verdict,
             SanId32 *need, const char **why, GError **error)
{
  g_autoptr(SanAuthorityBody) body = NULL;
  GBytes *bytes = san_entry_get_body (entry);

  body = bytes ? san_authority_body_parse (bytes, NULL) : NULL;
  for (guint i = 0; body && i < body->n_heads; i++)
    {
      const SanEntryInfo *info;
      gint64 seq;

      if (!san_ids_find_entry (tx->store, &body->heads[i], &seq, error))
        return FALSE;
      if (!seq)
        return lacks (tx->store, &body->heads[i], verdict, need, why, error);
      info = san_ids_get_entry (tx->store, seq, error);
      if (!info)
        return FALSE;
      if (info->dossier != place->dossier
          || info->kind == SAN_KIND_CHANGES || info->kind == SAN_KIND_KEY_GRANT)
        {
          *verdict = SAN_PLACE_WRONG;
          *why = "names a head that is none of its dossier";
          return TRUE;
        }
    }
  return TRUE;
}

static gboolean
check_previous (SanTx *tx, SanEntry *entry, SanTxPlace *place, SanPlaceVerdict *verdict,
                SanId32 *need, const char **why, GError **error)
{
  const SanHeader *header = san_entry_get_header (entry);
  const SanEntryInfo *info;
  gint64 journal;

  if (header->number == 1)
    return TRUE;
  if (!san_ids_find_entry (tx->store, &header->previous, &place->previous, error))
    return FALSE;
  if (!place->previous)
    return lacks (tx->store, &header->previous, verdict, need, why, error);
  info = san_ids_get_entry (tx->store, place->previous, error);
  if (!info || !san_ids_find_journal (tx->store, &header->journal, &journal, error))
    return FALSE;
  if (info->dossier != place->dossier || info->number + 1 != header->number
      || info->journal != journal)
    {
      *verdict = SAN_PLACE_WRONG;
      *why = "does not follow the entry that it names";
    }
  return TRUE;
}

gboolean
san_intake_find_place (SanTx *tx, SanEntry *entry, SanTxPlace *place, SanPlaceVerdict *verdict,
                       SanId32 *need, const char **why, GError **error)
{
  const SanHeader *header = san_entry_get_header (entry);

  memset (place, 0, sizeof *place);
  *verdict = SAN_PLACE_FOUND;
  if (header->kind == SAN_KIND_FOUNDING)
    {
      if (header->number != 1 || !san_id32_is_zero (&header->dossier))
        {
          *verdict = SAN_PLACE_WRONG;
          *why = "founds a dossier, and is not its first entry";
        }
      return TRUE;
    }
  if (!find_dossier (tx, &header->dossier, place, error))
    return FALSE;
  if (!place->dossier)
    return lacks (tx->store, &header->dossier, verdict, need, why, error);
  if (!check_previous (tx, entry, place, verdict, need, why, error))
    return FALSE;
  if (*verdict == SAN_PLACE_FOUND && place->is_authority
      && (header->kind == SAN_KIND_CHANGES || header->kind == SAN_KIND_KEY_GRANT))
    {
      *verdict = SAN_PLACE_WRONG;
      *why = "data in an authority dossier";
    }
  if (*verdict == SAN_PLACE_FOUND && header->kind == SAN_KIND_AUTHORITY)
    return check_heads (tx, entry, place, verdict, need, why, error);
  return TRUE;
}

static gboolean
quarantine (SanTx *tx, SanEntry *entry, const char *why, SanApplyOutcome *outcome, GError **error)
{
  *outcome = SAN_APPLY_QUARANTINED;
  san_waiting_name_author (tx, &san_entry_get_header (entry)->author);
  return san_waiting_quarantine (tx->store, entry, why, error);
}

/* Nothing that arrives changes it but an entry of authority. */
static gboolean
ask_erased (SanTx *tx, const SanId32 *dossier, GError **error)
{
  if (san_id32_equal (&tx->asked_dossier, dossier))
    return TRUE;
  if (!san_erase_is_erased (tx->store, dossier, &tx->asked_erased, error))
    return FALSE;
  tx->asked_called_erased = tx->asked_erased;
  if (!tx->asked_erased
      && !san_erase_is_called_erased (tx->store, dossier, &tx->asked_called_erased, error))
    return FALSE;
  tx->asked_dossier = *dossier;
  return TRUE;
}

/* Bodies of an erased case are never stored again; kinds 1 and 2 are no bodies in that sense. */
static gboolean
strip (SanTx *tx, SanEntry *entry, gboolean header_only, SanEntry **out, SanApplyOutcome *outcome,
       GError **error)
{
  guint8 kind = san_entry_get_header (entry)->kind;

  *out = san_entry_ref (entry);
  if (kind == SAN_KIND_FOUNDING || kind == SAN_KIND_AUTHORITY)
    {
      *outcome = header_only ? SAN_APPLY_UNKNOWN_SEAT : SAN_APPLY_NEW;
      return TRUE;
    }
  if (!ask_erased (tx, san_entry_get_dossier (entry), error))
    return FALSE;
  if (tx->asked_erased && !header_only)
    {
      san_entry_unref (*out);
      *out = san_entry_without_body (entry);
    }
  /* a header alone counts only if an erasure is known, else a relay could starve us of bodies; if
   * that erasure counts no more, the body is asked for until it comes */
  *outcome = tx->asked_erased || (header_only && tx->asked_called_erased) ? SAN_APPLY_ERASED
             : header_only                                                ? SAN_APPLY_UNKNOWN_SEAT
                                                                          : SAN_APPLY_NEW;
  return TRUE;
}

static gboolean
store (SanTx *tx, SanEntry *entry, const SanTxPlace *place, gboolean header_only,
       SanApplyOutcome *outcome, GError **error)
{
  g_autoptr(SanParsed) parsed = san_parsed_new (entry, NULL);
  g_autoptr(SanParsed) bare = NULL;
  g_autoptr(SanEntry) kept = NULL;
  gboolean room;

  if (!parsed)
    return quarantine (tx, entry, "its body is not canonical", outcome, error);
  if (!strip (tx, entry, header_only, &kept, outcome, error))
    return FALSE;
  if (*outcome == SAN_APPLY_UNKNOWN_SEAT)
    return TRUE;
  if (!san_room_ask (tx, parsed, place, &room, error))
    return FALSE;
  if (!room)
    {
      *outcome = SAN_APPLY_NO_ROOM;
      return TRUE;
    }
  if (kept == entry)
    return san_tx_add (tx, parsed, place, error);
  bare = san_parsed_new (kept, error);
  return bare && san_tx_add (tx, bare, place, error);
}

gboolean
san_intake_take (SanTx *tx, SanEntry *entry, const SanId16 *peer, gboolean header_only,
                 SanApplyOutcome *outcome, GError **error)
{
  SanPlaceVerdict verdict;
  gboolean here, sound;
  SanTxPlace place;
  const char *why;
  SanId32 need;

  if (!is_here (tx, entry, header_only, outcome, &here, error))
    return FALSE;
  if (here)
    return TRUE;
  if (!check_author (tx, entry, header_only, &sound, outcome, error))
    return FALSE;
  if (!sound)
    return TRUE;
  if (!san_intake_find_place (tx, entry, &place, &verdict, &need, &why, error))
    return FALSE;
  if (verdict == SAN_PLACE_WRONG)
    return quarantine (tx, entry, why, outcome, error);
  if (verdict == SAN_PLACE_FOUND)
    return store (tx, entry, &place, header_only, outcome, error);
  *outcome = header_only ? SAN_APPLY_UNKNOWN_SEAT : SAN_APPLY_WAITING;
  return header_only || san_waiting_add (tx->store, entry, &need, peer, error);
}
