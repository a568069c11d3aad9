/* san-recovery-code.h - the 128-bit code in the sealed envelope */
#pragma once
#include "san-keys.h"
G_BEGIN_DECLS

SanSecret  *san_recovery_code_new_random (void);                                   /* R, 16 bytes */
/* 35 characters "XXXXX-XXXXX-…"; locked */
SanSecret  *san_recovery_code_to_text    (const SanSecret *code);
/* LOCKED: wrong check symbols; INVALID: not a code */
SanSecret  *san_recovery_code_from_text  (const char *text, GError **error);
SanSignKey *san_recovery_code_sign_key   (const SanSecret *code);
SanBoxKey  *san_recovery_code_box_key    (const SanSecret *code);
/* most significant bit first, zero-filled */
char       *san_crockford_encode         (const guint8 *bytes, gsize n_bits);

G_END_DECLS
