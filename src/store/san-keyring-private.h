/* san-keyring-private.h - what the two files of the keyring share */
#pragma once
#include "san-keyring.h"
#include "san-writer.h"
G_BEGIN_DECLS

#define SLOT_PLAIN_SIZE  96u
#define SLOT_SEALED_SIZE (SLOT_PLAIN_SIZE + SAN_AEAD_TAG_SIZE)
#define RECOVERY_SIZE    (SLOT_PLAIN_SIZE + SAN_SEAL_OVERHEAD)

typedef struct
{
  SanSlotInfo info;
  guint8      salt[SAN_PASSPHRASE_SALT_SIZE];
  guint8      nonce[SAN_AEAD_NONCE_SIZE];
  guint8      sealed[SLOT_SEALED_SIZE];
} Slot;

struct _SanKeyring
{
  SanId16    store;
  guint8     recovery[RECOVERY_SIZE];      /* zeros: none yet */
  GPtrArray *slots;                        /* Slot*, owned, ascending by seat */
};

gboolean san_keyring_name_is_fine     (const char *name, gsize n);
gboolean san_keyring_language_is_fine (const char *language, gsize n);
guint8   san_keyring_name_tag         (const SanId16 *store, const char *name);
/* the slot's bytes before its nonce */
void     san_keyring_put_shown        (const Slot *slot, SanWriter *writer);

G_END_DECLS
