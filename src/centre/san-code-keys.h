/* san-code-keys.h - a recovery code as typed, and the keys that it stands for */
#pragma once
#include "san-centre-private.h"
G_BEGIN_DECLS

typedef struct { SanSignKey *sign; SanBoxKey *box; } SanCodeKeys;

/* LOCKED: not a code */
gboolean san_code_keys_read          (SanCodeKeys *self, const SanSecret *text, GError **error);
void     san_code_keys_clear         (SanCodeKeys *self);
gboolean san_code_keys_are_in_force  (const SanCodeKeys *self, const SanAuthority *authority);
/* LOCKED */
gboolean san_code_keys_need_in_force (const SanCodeKeys *self, SanCentre *centre, GError **error);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SanCodeKeys, san_code_keys_clear)

G_END_DECLS
