/* san-draft.h - unfinished answers, kept for their author alone, one file each under DIR/drafts
 *
 * Outside the databases, so that a draft is kept and a lock happens at once while a long exchange
 * runs. Any thread; two threads must not write one draft at a time. */
#pragma once
#include "san-keys.h"
G_BEGIN_DECLS

#define SAN_DRAFT_LIMIT (1024u * 1024)

/* What it says is known to whoever wrote it; san_draft_free(). */
typedef struct
{
  SanId16 id;              /* random, made once for each draft */
  SanId32 dossier;         /* that it will be saved in; zero: none yet */
  gint64  at;              /* ms since 1970 UTC, when it was kept */
  GBytes *content;         /* at most SAN_DRAFT_LIMIT */
} SanDraft;

typedef struct _SanDrafts SanDrafts;

/* @dir: the store's. If the folder cannot be made now, it is with the first draft. */
SanDrafts *san_drafts_open           (const char *dir, const SanSecret *store_key);
void       san_drafts_free           (SanDrafts *self);
/* Sealed bytes can wait in memory after the keys are wiped, when writing failed. REFUSED: too long.
 */
GBytes    *san_drafts_seal           (const SanDrafts *self, const SanDraft *draft,
                                      const SanBoxKey *seat, GError **error);
/* its file: where sealed bytes may be put after the keys are wiped */
char      *san_drafts_dup_path        (const SanDrafts *self, const SanId16 *id,
                                       const SanId32 *dossier);
/* Sealed bytes, there. Makes the folder of drafts if it is missing, but none above it: the store
 * may be gone. */
gboolean   san_draft_write           (const char *path, GBytes *sealed, GError **error);
gboolean   san_drafts_put_sealed     (const SanDrafts *self, const SanId16 *id,
                                      const SanId32 *dossier, GBytes *sealed, GError **error);
gboolean   san_drafts_put            (const SanDrafts *self, const SanDraft *draft,
                                      const SanBoxKey *seat, GError **error);
/**
 * san_drafts_list:
 * @n_damaged: (out) (optional): own ones that do not open
 *
 * Returns: (transfer full) (element-type SanDraft): this seat's drafts, newest first
 */
GPtrArray *san_drafts_list           (const SanDrafts *self, const SanBoxKey *seat,
                                      guint *n_damaged, GError **error);
gboolean   san_drafts_remove         (const SanDrafts *self, const SanId16 *id,
                                      const SanId32 *dossier, GError **error);
/* Everybody's drafts of a dossier: it was erased. */
gboolean   san_drafts_remove_dossier (const SanDrafts *self, const SanId32 *dossier,
                                      GError **error);
void       san_draft_free            (SanDraft *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanDrafts, san_drafts_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanDraft, san_draft_free)

G_END_DECLS
