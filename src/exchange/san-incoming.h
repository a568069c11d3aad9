/* san-incoming.h - apply one bundle: whole or not at all, in any order, any number of times */
#pragma once
#include "san-bundle-reader.h"
#include "san-manifest.h"
G_BEGIN_DECLS

/* Stands in the store from the transaction that showed that we are behind until a new journal is
 * begun, which removes it. */
#define SAN_STATE_BEHIND "journal.behind"

typedef struct _SanStore SanStore;

typedef struct
{
  SanStore   *store;
  GPtrArray  *keys;                     /* SanBoxKey*: own keys to try, newest first */
  /* Is this a centre whose bundles are read: own, paired, or met in a shared dossier? */
  gboolean  (*knows_centre) (const SanId32 *centre, gpointer data);
  gpointer    data;
  const SanId16 *device;                /* (nullable): mine: its own bundles are no news */
  gboolean    all_pieces;               /* take pieces that nothing here asks for: when restoring */
} SanIncoming;

typedef enum
{
  SAN_INCOMING_APPLIED,
  SAN_INCOMING_ALREADY,                 /* applied before: nothing changed */
} SanIncomingOutcome;

typedef struct
{
  SanIncomingOutcome outcome;
  SanManifest manifest;
  guint       n_new;
  guint       n_held;
  guint       n_waiting;
  guint       n_refused;                /* refused, quarantined, unknown seat */
  guint       n_became_held;
  guint       n_offers;
  guint       n_pieces;                 /* pieces that were missing */
  GPtrArray  *refused_authors;          /* SanId32* */
  gboolean    we_are_behind;    /* others have or had more of the journal that this device writes */
  GBytes     *keyring;                  /* (nullable): of a backup, sealed */
  gboolean    has_volume;
  SanVolume   volume;                   /* of a backup */
} SanIncomingResult;

/**
 * san_incoming_apply:
 * @source: (transfer full)
 *
 * Errors: NOT_FOR_US, INCOMPLETE, DAMAGED, UNTRUSTED, TOO_NEW: nothing changed; NO_SPACE, IO.
 */
gboolean san_incoming_apply        (const SanIncoming *self, SanSource *source,
                                    SanIncomingResult *out,
                                    GCancellable *cancellable, GError **error);
/* The manifest, and whether the whole is sound, without applying anything. */
gboolean san_incoming_inspect      (const SanIncoming *self, SanSource *source,
                                    SanManifest *manifest, gboolean *complete,
                                    GCancellable *cancellable, GError **error);
/* Whose it is, as its device signed it, even where the rest is damaged or cut off. FALSE: that much
 * cannot be known. @source: (transfer full) */
gboolean san_incoming_find_sender  (const SanIncoming *self, SanSource *source, SanId32 *centre);
void     san_incoming_result_clear (SanIncomingResult *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SanIncomingResult, san_incoming_result_clear)

G_END_DECLS
