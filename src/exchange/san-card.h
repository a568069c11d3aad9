/* san-card.h - public keys of a centre, or of a device that wants to join one, for pairing */
#pragma once
#include "san-error.h"
#include "san-keys.h"
G_BEGIN_DECLS

#define SAN_CARD_LIMIT       1280u
#define SAN_CARD_RINGS_LIMIT 7u
#define SAN_PAIR_DIGITS      6u

typedef enum
{
  SAN_CARD_CENTRE = 1,
  SAN_CARD_JOIN = 2,                    /* a device that wants to join a centre */
} SanCardKind;

typedef struct { guint8 compartment; SanId32 id; SanId32 pk; } SanCardRing;

typedef struct _SanCard SanCard;        /* immutable, proofs checked */

/* What a card is made from; device and seat sign their records anew for this centre. */
typedef struct
{
  SanCardKind        kind;
  SanId32            centre;            /* own centre (kind 1), the one to join (kind 2) */
  SanId16            device;
  SanSignKey        *device_sign_key;   /* (transfer none), all four */
  SanBoxKey         *device_box_key;
  SanId16            staff;             /* kind 2: the staff id on the centre's card */
  SanSignKey        *seat_sign_key;
  SanBoxKey         *seat_box_key;
  const char        *role;
  const SanCardRing *rings;             /* ascending by compartment, then id; kind 2: none */
  guint              n_rings;
  const char        *label; /* what people call it; UTF-8, at most 60 letters, plain (san-name.h) */
  guint64            wall;              /* 0: now */
} SanCardSpec;

SanCard           *san_card_new            (const SanCardSpec *spec, GError **error);

/**
 * san_card_parse:
 * @join: (nullable): for a card of kind 2, the centre that it wants to join (it does not say)
 *
 * Returns: (transfer full) (nullable): a card whose three proofs hold; %SAN_ERROR_DAMAGED,
 *   %SAN_ERROR_TOO_NEW for a later version or kind, %SAN_ERROR_UNTRUSTED for a wrong proof (also
 *   for a joining card made for another centre), %SAN_ERROR_REFUSED for kind 2 without @join
 */
SanCard           *san_card_parse          (GBytes *bytes, const SanId32 *join, GError **error);
SanCard           *san_card_from_text      (const char *text, const SanId32 *join, GError **error);
/* base32 capitals, unpadded, as in the QR */
char              *san_card_to_text        (const SanCard *self);
GBytes            *san_card_get_bytes      (const SanCard *self);            /* (transfer none) */
SanCardKind        san_card_get_kind       (const SanCard *self);
/* kind 2: the one that it joins */
const SanId32     *san_card_get_centre     (const SanCard *self);
const SanId16     *san_card_get_device     (const SanCard *self);
const SanId32     *san_card_get_device_pk  (const SanCard *self);
const SanId32     *san_card_get_device_box_pk (const SanCard *self);
/* (transfer none): the 144 bytes, for op 1 */
GBytes            *san_card_get_device_record (const SanCard *self);
const SanId16     *san_card_get_staff      (const SanCard *self);
const SanId32     *san_card_get_seat_pk    (const SanCard *self);
const SanId32     *san_card_get_seat_box_pk (const SanCard *self);
const char        *san_card_get_role       (const SanCard *self);
GBytes            *san_card_get_seat_record (const SanCard *self);   /* (transfer none): for op 2 */
const SanCardRing *san_card_get_rings      (const SanCard *self, guint *n);  /* (transfer none) */
const char        *san_card_get_label      (const SanCard *self);
guint64            san_card_get_wall       (const SanCard *self);
void               san_card_free           (SanCard *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanCard, san_card_free)

/* The pairing number: one side makes six fresh digits after both cards are in, both see the same
 * number or there is somebody between them. digits: as typed, exactly six. (transfer full) */
char              *san_pair_digits_new     (void);
char              *san_pair_number         (const SanCard *mine, const SanCard *theirs,
                                            const char *digits, GError **error);
/* p = H("san1.pair", smaller card || larger card) */
char              *san_pair_number_raw     (const SanId32 *p, const char *digits, GError **error);

G_END_DECLS
