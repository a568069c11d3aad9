/* san-founding.h - body of kind 1: the entry whose own id names the dossier (and the centre) */
#pragma once
#include "san-entry.h"
#include "san-record.h"
G_BEGIN_DECLS

typedef enum
{
  SAN_FOUNDING_CENTRE = 1,             /* authority dossier of a centre */
  SAN_FOUNDING_PROGRAMME = 2,          /* authority dossier of a programme */
  SAN_FOUNDING_HOUSE = 3,
  SAN_FOUNDING_CASE = 4,
  SAN_FOUNDING_PROGRAMME_DATA = 5,
} SanFoundingType;

/* Plain values. From recovery_sign on: types 1 and 2 only, else zero. */
typedef struct
{
  guint8          salt[SAN_SALT_SIZE];
  guint8          type;
  SanId32         owner;               /* centre id; zero for types 1 and 2 */
  SanId32         recovery_sign;
  SanId32         recovery_box;
  guint8          recovery_proof[SAN_SIGNATURE_SIZE];
  SanDeviceRecord device;
  SanSeatRecord   seat;
} SanFounding;

/* TOO_NEW for a type above 5 */
gboolean san_founding_parse       (GBytes *body, SanFounding *out, GError **error);
GBytes  *san_founding_encode      (const SanFounding *self);
gboolean san_founding_is_authority (const SanFounding *self);                    /* types 1 and 2 */
void     san_founding_get_context (const SanFounding *self, SanId32 *out); /* c inside this entry */

/**
 * san_founding_verify:
 *
 * Types 1 and 2: recovery proof, device and seat proofs, the seat on that device, the header's
 * author that seat, its journal that device's. Types 3 to 5: only that an owner is named. The
 * entry's signature is the caller's. Fails with UNTRUSTED.
 */
gboolean san_founding_verify      (const SanFounding *self, const SanHeader *header,
                                   GError **error);

/* Fills in @out for a new authority dossier; @salt NULL: random. */
gboolean san_founding_make_authority (SanFounding *out, SanFoundingType type, const guint8 *salt,
                                      const SanSignKey *recovery_sign, const SanId32 *recovery_box,
                                      const SanId16 *device, const SanSignKey *device_key,
                                      const SanId32 *device_box,
                                      const SanId16 *staff, const SanSignKey *seat_key,
                                      const SanId32 *seat_box,
                                      const char *role, GError **error);
void     san_founding_make_dossier   (SanFounding *out, SanFoundingType type, const guint8 *salt,
                                      const SanId32 *owner);

/* S(recovery, "san1.recover", salt || author || recovery box pk): also the proof of op 7. */
void     san_recovery_proof_make     (const SanSignKey *recovery, const guint8 salt[SAN_SALT_SIZE],
                                      const SanId32 *author,
                                      const SanId32 *recovery_box, guint8 out[SAN_SIGNATURE_SIZE]);
gboolean san_recovery_proof_verify   (const SanId32 *recovery, const guint8 salt[SAN_SALT_SIZE],
                                      const SanId32 *author,
                                      const SanId32 *recovery_box,
                                      const guint8 proof[SAN_SIGNATURE_SIZE], GError **error);

G_END_DECLS
