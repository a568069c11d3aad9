/* san-case-keys.h - the key under which a compartment of a dossier is written now */
#pragma once
#include "san-press.h"
#include "san-key-choice.h"
G_BEGIN_DECLS

/* (transfer full): an existing key, or a new one whose grant goes into the press first.
 * LOCKED: this login holds no ring of the compartment. */
SanSecret    *san_case_key_for_writing (SanCentre *centre, SanPress *press, const SanId32 *dossier,
                                        guint compartment, GError **error);
SanKeyChoice *san_case_key_ask         (SanCentre *centre, const SanId32 *dossier,
                                        guint compartment, GError **error);
/* Makes a key grant of @key to @targets and adds it to the press. */
gboolean      san_case_key_grant       (SanPress *press, const SanId32 *dossier, guint compartment,
                                        const SanSecret *key,
                                        const SanSecret *previous, const SanKeyTarget *targets,
                                        guint n_targets, GError **error);

G_END_DECLS
