/* san-code-groups.h - a recovery code that is typed back: which of its groups are right */
#pragma once
#include "san-secret.h"
G_BEGIN_DECLS

#define SAN_CODE_GROUPS       6u
#define SAN_CODE_GROUP_LENGTH 5u

/**
 * san_code_groups_match:
 * @code: as the core shows it, groups of five with hyphens between
 * @typed: (nullable): small letters, blanks and hyphens do not matter, O is 0, I and L are 1
 *
 * Returns: bit n for group n; all six and nothing after them: the code is whole
 */
guint    san_code_groups_match    (const SanSecret *code, const SanSecret *typed,
                                   gboolean *is_whole);

G_END_DECLS
