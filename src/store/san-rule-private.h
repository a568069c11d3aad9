/* san-rule-private.h - who may what, kept in memory, and which entries count
 *
 * Invariant between transactions: entry.visible and entry.held are what judging anew would give.
 * Inside one, san_rule_refresh() makes it so again after authority or rights grew. */
#pragma once
#include "san-store-private.h"
#include "san-store-rights.h"
#include "san-store-apply.h"
G_BEGIN_DECLS

struct _SanRule
{
  SanStore       *store;
  GHashTable     *authorities;                 /* SanId32 centre -> SanAuthority */
  GHashTable     *before;              /* SanId32 centre -> SanAuthority, NULL if new: grew since */
  GHashTable     *rights;                      /* gint64 dossier -> SanDossierRights */
  GHashTable     *rights_before;   /* gint64 dossier -> SanDossierRights, NULL if new: grew since */
  GHashTable     *centre_of_seat;              /* SanId32 -> SanId32: memo */
  gboolean        look_back;                   /* lookups answer as before growing */
  SanCentreLookup lookup;
  SanChainLookup  chain;
  GError         *error;                       /* met inside a lookup */
  gint64          old_seq;                 /* entries up to this were here before the transaction */
  guint           n_became_held;
  guint           n_became_visible;
  GHashTable     *regarded;         /* gint64 dossier: rights looked at again in this transaction */
  gboolean        authority_grew;
};

/* What an entry needs to be judged; its body is not looked at. */
typedef struct
{
  gint64    seq;                               /* 0: not stored yet */
  gint64    dossier;
  SanEntry *entry;
  guint8    kind;
  guint8    parts;
  gboolean  beyond;
  gboolean  erased;               /* its body is gone: it says nothing, and nothing of it is held */
  gboolean  in_authority;      /* of an authority dossier: asked of SanAuthority, never held here */
} SanJudged;

SanRule  *san_rule_new              (SanStore *store);
void      san_rule_free             (SanRule *self);
void      san_rule_forget           (SanRule *self);           /* after a rollback, or when large */
/* a transaction begins: counts from here */
void      san_rule_begin            (SanRule *self, gint64 old_seq);

/* san-rule.c: to be called before an entry of kind 1 or 2 is stored. */
gboolean  san_rule_will_grow        (SanRule *self, gint64 dossier, gboolean is_authority,
                                     const SanId32 *id, GError **error);
/* Entries came into the dossier: if rules of it are held, they may lie inside a cut now. */
gboolean  san_rule_heads_came       (SanRule *self, gint64 dossier, GError **error);
/* NULL without error: not here */
SanAuthority     *san_rule_get_authority (SanRule *self, const SanId32 *centre, GError **error);
/* NULL without error: no founding entry here */
SanDossierRights *san_rule_get_rights    (SanRule *self, gint64 dossier, GError **error);
gboolean  san_rule_is_stale         (const SanRule *self);
gboolean  san_rule_refresh          (SanRule *self, GError **error);
/* SanEntry*, of all rows that are left: header and body are their first two columns */
GPtrArray *san_rule_read_entries    (SanQuery *query, GError **error);
/* SanEntry*: kinds 1, 2 */
GPtrArray *san_rule_list_entries    (SanRule *self, gint64 dossier, GError **error);
gboolean  san_rule_take_error       (SanRule *self, GError **error);                /* TRUE: none */

/* san-rule-judge.c */
gboolean  san_rule_judge            (SanRule *self, const SanJudged *what, guint8 *visible,
                                     gboolean *held, SanJudgement *why /* nullable */,
                                     GError **error);
gboolean  san_rule_rejudge_author   (SanRule *self, gint64 author, GError **error);
gboolean  san_rule_rejudge_dossier  (SanRule *self, gint64 dossier, gboolean only_rules,
                                     GError **error);
gboolean  san_rule_rejudge_held     (SanRule *self, gint64 dossier, GError **error);
gboolean  san_rule_rejudge_journal  (SanRule *self, gint64 dossier, gint64 journal, GError **error);
/* verify: judges all, changes nothing */
gboolean  san_rule_compare          (SanRule *self, GPtrArray *problems, GError **error);

/* san-branches.c: at most 16 branches of a journal count */
#define SAN_BRANCHES_LIMIT 16
gboolean  san_branches_limit        (SanStore *self, gint64 dossier, gint64 journal,
                                     GError **error);
G_END_DECLS
