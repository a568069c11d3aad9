/* san-view-key-private.h - a view's key, sealed under the secret of a ring; FORMAT-files.md */
#pragma once
#include "san-keys.h"
#include "san-error.h"
G_BEGIN_DECLS

#define SAN_VIEW_KEY_SIZE     32
#define SAN_VIEW_KEY_ROW_SIZE 105

/* @nonce NULL: random, as it must be but for a test. (transfer full) */
GBytes    *san_view_key_wrap   (const SanSecret *key, guint8 compartment, const SanId32 *ring,
                                const SanBoxKey *ring_key, const SanId16 *file_id,
                                const guint8 *nonce);
/* LOCKED: for another compartment, ring or file, or touched by somebody. (transfer full) */
SanSecret *san_view_key_unwrap (GBytes *row, guint8 compartment, const SanId32 *ring,
                                const SanBoxKey *ring_key, const SanId16 *file_id, GError **error);

G_END_DECLS
