/* san-passphrase.h - Argon2id: from what a person remembers to a key */
#pragma once
#include "san-secret.h"
G_BEGIN_DECLS

#define SAN_PASSPHRASE_SALT_SIZE 16
typedef struct { guint64 ops; guint64 mem; } SanPassphraseCost;   /* mem in bytes */

void       san_passphrase_cost_minimum   (SanPassphraseCost *out);     /* libsodium's INTERACTIVE */
/* as read from a file: ops <= 16, mem <= 1 GiB, not below libsodium's hard minimum */
gboolean   san_passphrase_cost_check     (const SanPassphraseCost *self, GError **error);
/* mem <= 256 MiB, never under INTERACTIVE */
gboolean   san_passphrase_calibrate      (guint milliseconds, SanPassphraseCost *out,
                                          GError **error);
SanSecret *san_passphrase_derive         (const SanSecret *passphrase,
                                          const guint8 salt[SAN_PASSPHRASE_SALT_SIZE],
                                          /* 32 bytes */
                                          const SanPassphraseCost *cost, GError **error);
/* n random words joined by '-', for slips: own list of 1,296 short plain words */
SanSecret *san_passphrase_new_words      (guint n);

G_END_DECLS
