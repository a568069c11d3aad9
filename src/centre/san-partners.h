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

gboolean   san_share            (SanCentre *self, const SanId32 *child,
                                 const char *to /* label or id prefix */,
                                 guint compartments /* 0: what the presser reads */,
                                 gboolean read_only, gboolean history,
                                 SanId32 *id, guint *pending, GError **error);
/* SanPendingShare, for this login's rings */
GPtrArray *san_share_list_pending (SanCentre *self, GError **error);
gboolean   san_share_confirm    (SanCentre *self, const char *id_prefix, GError **error);
GPtrArray *san_offer_list       (SanCentre *self, GError **error);                 /* SanOfferRow */
gboolean   san_offer_answer     (SanCentre *self, const char *id_prefix, gboolean accept,
                                 const char *reason, GError **error);

G_END_DECLS
