/* san-audience.h - for whom a bundle is, what it may hold, and what these devices lack */
#pragma once
#include "san-peers.h"
G_BEGIN_DECLS

/* A run of entries of one journal in one dossier, from a number on. */
typedef struct
{
  SanId32 dossier;
  SanId16 journal;
  guint64 from;
  guint64 to;
} SanRange;

typedef struct
{
  SanId32    centre;                    /* whose devices read it: own centre or one partner */
  gboolean   own;                       /* the devices of my own centre */
  GPtrArray *authorities;               /* SanId32*: authority dossiers that it gets, ascending */
  GHashTable *dossiers;                 /* SanId32* set: all that it may know of, authorities too */
  /* SanPeer*: its devices that were heard from lately; a device's writers side by side */
  GPtrArray *peers;
  guint      n_unheard;          /* own: devices that were never heard from: they lack everything */
} SanAudience;

/**
 * san_audience_new:
 * @centre: own centre id: its other devices; else a partner
 * @devices: (nullable) (element-type SanId16): own centre: the other devices that are not removed,
 *   and this one if it has a twin
 */
SanAudience *san_audience_new         (SanStore *store, const SanId32 *own, const SanId32 *centre,
                                       GPtrArray *devices, GError **error);
void         san_audience_free        (SanAudience *self);
/* SanRange, by dossier, journal: what its devices lack, wants of theirs among it. */
GArray      *san_audience_list_lacking (const SanAudience *self, SanStore *store, GError **error);
/* (nullable): ranges are ordered */
const SanRange *san_ranges_find      (const GArray *ranges, const SanId32 *dossier,
                                      const SanId16 *journal);
/* Is something of these ranges new to that device, or asked for by it? */
gboolean     san_audience_peer_lacks  (const SanPeer *peer, SanStore *store, const GArray *ranges);
/* Does it lack something of its own centre's authority? Then perhaps the newest house ring too. */
gboolean     san_audience_peer_lacks_own (const SanPeer *peer, SanStore *store, gboolean *lacks,
                                          GError **error);
/* SanHaveRow, ascending: what we have of what it may know of. */
GArray      *san_audience_list_have   (const SanAudience *self, SanStore *store, GError **error);
/* GBytes*: encoded wants: what the waiting room lacks, what its devices have ahead of us, pieces.
 */
GPtrArray   *san_audience_list_wants  (const SanAudience *self, SanStore *store, GError **error);
/* Is there another copy of this laptop, heard not long ago? */
gboolean     san_audience_has_twin    (SanStore *store, const SanId32 *own, const SanId16 *device,
                                       gboolean *twin, GError **error);
/* After a restore: the answer that ends the flag RESET. Own centre: all its devices. */
gboolean     san_audience_knows_journal (const SanAudience *self, const SanId16 *journal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanAudience, san_audience_free)

G_END_DECLS
