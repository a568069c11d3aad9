/* san-keychain-private.h - the rings that the unlocked seat holds, and what each view may use */
#pragma once
#include "san-store-private.h"
#include "san-store-keys.h"
#include "san-store-rights.h"
G_BEGIN_DECLS

typedef struct
{
  SanId32    my_ring;                          /* zero: none */
  SanId32    leaf;                           /* what this login reads and writes with; zero: none */
  GHashTable *reach;       /* SanId32 set: rings that the leaf's secret leads to, itself included */
} SanKeychainPart;

struct _SanKeychain
{
  SanStore       *store;
  SanId32         seat;
  SanBoxKey      *box;
  GHashTable     *rings;                     /* SanId32 -> SanBoxKey: all that this seat can open */
  SanKeychainPart parts[SAN_N_COMPARTMENTS];
};

SanKeychain *san_keychain_new      (SanStore *store, const SanId32 *seat, const SanBoxKey *box,
                                    GError **error);
void         san_keychain_free     (SanKeychain *self);
/* (transfer none), NULL: not held */
SanBoxKey   *san_keychain_get_ring (SanKeychain *self, const SanId32 *ring);
gboolean     san_keychain_reaches  (SanKeychain *self, guint8 compartment, const SanId32 *ring);

/* After a commit: rings made or granted, views of open compartments. Never fails: what could not
 * be done is in the behind mask. */
void         san_keychain_follow   (SanStore *store, gboolean authority_grew,
                                    GCancellable *cancellable);

/* san-view-file.c: the file of a protected compartment, and its wrapped key */
/* fills store->views[]; makes it if need be */
gboolean     san_view_file_open    (SanStore *store, guint8 compartment, GError **error);
/* after a new ring */
gboolean     san_view_file_rekey   (SanStore *store, guint8 compartment, GError **error);
/* the same ring, other rings behind it */
gboolean     san_view_file_follow  (SanStore *store, guint8 compartment, GError **error);
/* from nothing, under a new key; empty */
gboolean     san_view_file_make    (SanStore *store, guint8 compartment, GError **error);
char        *san_view_file_path    (SanStore *store, guint8 compartment);

G_END_DECLS
