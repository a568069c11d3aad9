/* san-partners.h - pairing by cards and a number; sharing a child; offers from others */
#pragma once
#include "san-records.h"
G_BEGIN_DECLS

/* this centre's card; waits here until pairing ends */
GBytes    *san_card_make        (SanCentre *self, GError **error);
gboolean   san_card_number      (SanCentre *self, GBytes *their_card,
                                 const char *digits /* NULL: six fresh ones */,
                                 char **digits_out, char **number, GError **error);
/* a partner, or a joining device of ours */
gboolean   san_card_accept      (SanCentre *self, GBytes *their_card, const char *number,
                                 GError **error);

/* What a card says of itself; nothing is believed before the number was compared. */
typedef struct
{
  char    *label;                   /* of a centre; of a laptop: her short name */
  gboolean laptop;                  /* wants to join our centre */
  gboolean ours;                    /* our own centre's card */
  gboolean paired;                  /* already a partner */
  gboolean given;                   /* our own card was given, and waits */
} SanCardInfo;
void       san_card_info_free   (SanCardInfo *self);
/* Errors: DAMAGED, TOO_NEW, UNTRUSTED, REFUSED: see san_card_number(). */
SanCardInfo *san_card_read      (SanCentre *self, GBytes *card, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanCardInfo, san_card_info_free)

typedef struct
{
  SanId32 id;
  SanId32 child;
  SanCompartment compartment;
  SanId32 to;
  char *to_label;
  char *alias;
} SanPendingShare;
typedef struct
{
  SanId32 id; /* dossier */
  SanId32 from;
  char *from_label;
  const char *kind;
  char *alias;
  gboolean answered;
  char *answer;
} SanOfferRow;
void       san_pending_share_free (SanPendingShare *self);
void       san_offer_row_free   (SanOfferRow *self);

/* The form of why a child is shared, and its answers. */
#define SAN_SHARE_FORM     "share"
#define SAN_SHARE_WITH     "with"        /* these four say what the order orders */
#define SAN_SHARE_PARTS    "parts"
#define SAN_SHARE_BEFORE   "before"
#define SAN_SHARE_READS    "only-read"
#define SAN_SHARE_REASON   "reason"      /* and these why, and what the child thinks of it */
#define SAN_SHARE_BASIS    "basis"
#define SAN_SHARE_TOLD     "told"
#define SAN_SHARE_SAID     "said"
#define SAN_SHARE_TOLD_ON  "told-on"

/**
 * SanShareOrder:
 * @to: label of the partner, or a prefix of its id
 * @compartments: bit c; 0: what the presser reads. The house always goes along
 * @history: what was written before goes along
 * @why: (element-type SanTyped): answers of the form SAN_SHARE_FORM; those that the rest of the
 *   order gives are written from it, whatever stands here
 */
typedef struct
{
  const char *to;
  guint       compartments;
  gboolean    read_only, history;
  GPtrArray  *why;
} SanShareOrder;

/**
 * san_share:
 * @id: (out): the order's entry
 * @note: (out) (optional): the record that says why
 * @pending: (out): parts that wait for somebody here who reads them
 *
 * The order, the keys for what the presser reads, and the signed note of why, for what reason in
 * law, and what the child said, in one press: none of them is ever there without the others.
 *
 * Errors: INVALID: one of the questions that must be answered is not ("field: …"), or an answer
 * was not understood; REFUSED, NOT_FOUND, LOCKED.
 */
gboolean   san_share            (SanCentre *self, const SanId32 *child, const SanShareOrder *order,
                                 SanId32 *id, SanId16 *note, guint *pending, GError **error);
/* Answers for SanShareOrder.why, each as it is typed, NULL left out; SanTyped, freed with it. */
GPtrArray *san_share_why_new    (const char *reason, const char *basis, const char *told,
                                 const char *said);
/* That question still keeps a share from being signed. "Did not want to say" is what she said. */
gboolean   san_share_is_open    (const SanField *field, const SanValue *answer /* (nullable) */);
/* SanPendingShare, for this login's rings */
GPtrArray *san_share_list_pending (SanCentre *self, GError **error);
gboolean   san_share_confirm    (SanCentre *self, const char *id_prefix, GError **error);
GPtrArray *san_offer_list       (SanCentre *self, GError **error);                 /* SanOfferRow */
gboolean   san_offer_answer     (SanCentre *self, const char *id_prefix, gboolean accept,
                                 const char *reason, GError **error);

G_END_DECLS
