/* san-keyring.h - the file that turns a passphrase into a seat's keys and the store key
 *
 * One slot a seat or slip of this laptop; slots never travel. Changes are in memory until
 * san_keyring_save(), which replaces the whole file. */
#pragma once
#include "san-keys.h"
#include "san-name.h"
#include "san-passphrase.h"
G_BEGIN_DECLS

#define SAN_KEYRING_MAX_SLOTS    64u
#define SAN_KEYRING_FILE_LIMIT   65536u

typedef enum { SAN_SLOT_SEAT = 1, SAN_SLOT_SLIP = 2 } SanSlotKind;

/* What a slot shows before it is opened. */
typedef struct
{
  SanId32           seat;                                /* public signing key */
  SanId16           staff;
  SanSlotKind       kind;
  char              name[SAN_NAME_BYTES + 1];            /* empty with --ask-name */
  guint8            tag;                             /* of the name, which picks the slots to try */
  char              role[33];
  char              language[9];                         /* "hi"; empty: not chosen */
  SanPassphraseCost cost;
} SanSlotInfo;

/* What opening a slot gives; san_slot_keys_clear() when done. */
typedef struct
{
  SanSignKey *sign;
  SanBoxKey  *box;
  SanSecret  *store_key;
} SanSlotKeys;

typedef struct _SanKeyring SanKeyring;

SanKeyring        *san_keyring_new          (const SanId16 *store);
SanKeyring        *san_keyring_parse        (GBytes *bytes, GError **error);  /* DAMAGED, TOO_NEW */
GBytes            *san_keyring_encode       (const SanKeyring *self);
/* DIR/keyring; NOT_FOUND */
SanKeyring        *san_keyring_load         (const char *dir, GError **error);
gboolean           san_keyring_save         (const SanKeyring *self, const char *dir,
                                             GError **error);
void               san_keyring_free         (SanKeyring *self);

const SanId16     *san_keyring_get_store    (const SanKeyring *self);
guint              san_keyring_get_n_slots  (const SanKeyring *self);
/* by seat, ascending */
const SanSlotInfo *san_keyring_get_slot     (const SanKeyring *self, guint i);
/* NULL: none */
const SanSlotInfo *san_keyring_find_seat    (const SanKeyring *self, const SanId32 *seat);
/* NULL: none; her first */
const SanSlotInfo *san_keyring_find_staff   (const SanKeyring *self, const SanId16 *staff);

/**
 * san_keyring_add:
 * @name: 1 to 60 letters; unique here (ALREADY), whatever its capitals
 * @show_name: FALSE with --ask-name: only its tag is kept
 *
 * Adds a slot, or replaces the one of the same seat (new passphrase, name, role or language).
 * Blocks for one derivation. REFUSED: 64 slots.
 */
gboolean           san_keyring_add          (SanKeyring *self, const SanId16 *staff,
                                             SanSlotKind kind, const char *name, gboolean show_name,

                                             const char *role, const char *language,
                                             const SanSlotKeys *keys,
                                             const SanSecret *passphrase,
                                             const SanPassphraseCost *cost, GError **error);
/* FALSE: was not there */
gboolean           san_keyring_remove       (SanKeyring *self, const SanId32 *seat);
/* LOCKED: wrong passphrase; NOT_FOUND: no such seat here. Blocks for one derivation. */
gboolean           san_keyring_open         (const SanKeyring *self, const SanId32 *seat,
                                             const SanSecret *passphrase, SanSlotKeys *out,
                                             GError **error);
/* Tries the slots that @name can be: by the name shown, else by its tag. NOT_FOUND only where all
 * names are shown. @seat (out) (optional). */
gboolean           san_keyring_open_named   (const SanKeyring *self, const char *name,
                                             const SanSecret *passphrase, SanId32 *seat,
                                             SanSlotKeys *out, GError **error);

/* Store key and device secrets for the recovery code; made again when the recovery key changes. */
gboolean           san_keyring_set_recovery (SanKeyring *self, const SanSecret *store_key,
                                             const SanSignKey *device, const SanBoxKey *device_box,
                                             const SanId32 *recovery_box, GError **error);
gboolean           san_keyring_has_recovery (const SanKeyring *self);
/* sign and box are the device's */
gboolean           san_keyring_open_recovery (const SanKeyring *self, const SanBoxKey *recovery,
                                              SanSlotKeys *out, GError **error);
void               san_slot_keys_clear      (SanSlotKeys *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanKeyring, san_keyring_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SanSlotKeys, san_slot_keys_clear)

G_END_DECLS
