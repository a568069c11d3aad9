/* san-share-note.h - why a child is shared: a signed note in the press of the order */
#pragma once
#include "san-partners.h"
#include "san-press.h"
G_BEGIN_DECLS

/* Adds the note of @order and closes it. Errors: see san_share(). */
gboolean san_share_note_add (SanCentre *self, SanPress *press, const SanId32 *child,
                             const SanId32 *to, const SanShareOrder *order, SanId16 *record,
                             GError **error);

G_END_DECLS
