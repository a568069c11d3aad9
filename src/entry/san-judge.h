/* san-judge.h - whether an entry outside the authority dossier counts, compartment by compartment
 *
 * Visible iff the seat is effective, the entry lies inside every effective removal of her (kinds 2
 * and 3: of every one in a living cycle too), her centre may write that compartment of the
 * dossier, and her role reads it. Rules: FORMAT.md "Data entries". */
#pragma once
#include "san-authority.h"
G_BEGIN_DECLS

typedef struct _SanDossierRights SanDossierRights;

/* What the store knows of journals. */
typedef struct
{
  /* TRUE iff an entry of number @number whose id begins with the 16 bytes @head is here in
   * (dossier, journal) of @entry, and is @entry or reaches it through previous. */
  gboolean (*reaches) (gpointer data, const SanEntry *entry, guint64 number, const guint8 *head);
  gpointer data;
} SanChainLookup;

/* Authorities that the caller keeps: borrowed, NULL if not here. A key that is a seat of several
 * centres (never made by an honest one): that of the smallest centre id. */
typedef struct
{
  const SanAuthority *(*by_seat)   (gpointer data, const SanId32 *seat);
  const SanAuthority *(*by_centre) (gpointer data, const SanId32 *centre);
  gpointer data;
} SanCentreLookup;

typedef struct
{
  /* bit c: its part of compartment c counts. Kinds 1 and 2: bit 0 */
  guint         visible;
  SanHeldReason reason;                /* why not all of it; SAN_HELD_NOT: all */
} SanJudgement;

/**
 * san_authority_judge:
 * @self: (nullable): authority of the author's centre; %NULL: not here
 * @entry: an entry of a house, case or programme dossier; its body is not looked at
 * @parts: kind 0: bit c if it has a part of compartment c; kind 3: the bit of its compartment;
 *   else ignored
 * @rights: of its dossier; its own entries of kinds 1 and 2 are answered from there
 *
 * A pure function; @out is always set.
 */
void san_authority_judge         (const SanAuthority *self, const SanEntry *entry, guint parts,
                                  const SanDossierRights *rights, const SanChainLookup *chain,
                                  SanJudgement *out);
/* The author's side of it alone: her seat counts, and @entry lies inside every removal of her
 * (@strict: every living one too). SAN_HELD_NOT: fine. */
SanHeldReason san_authority_judge_author (const SanAuthority *self, const SanEntry *entry,
                                          gboolean strict,
                                          const SanChainLookup *chain);
/* Does a row of the cut name a head of the entry's journal that is here and reaches it? */
gboolean      san_cut_is_inside          (const SanCut *cut, const SanEntry *entry,
                                          const SanChainLookup *chain);

G_END_DECLS
