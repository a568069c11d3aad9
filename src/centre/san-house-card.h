/* san-house-card.h - what everybody in the house may know of one child, on one card */
#pragma once
#include "san-centre.h"
#include "san-time.h"
G_BEGIN_DECLS

#define SAN_HOUSE_CARDS_LIMIT 400u      /* children whose cards are made for one list */
#define SAN_HOUSE_CARD_LINES  6u        /* sentences of one kind on a card */

typedef struct
{
  SanId32    child;
  char      *alias, *sign, *bed;        /* "" where nobody said */
  int        day, stay;                 /* day 1 is the day of arrival; 0: no stay */
  gboolean   in_care;
  SanId16    stay_start;                /* record that began the stay; zero: none */
  const char *stay_form;                /* (nullable) its form, static */
  int        youngest, oldest;          /* years today; -1: not known */
  GPtrArray *help, *diet, *allergy; /* (element-type utf8) of this stay, newest first, no repeats */
  char      *gate, *health;             /* (nullable) */
  char      *responsible;               /* (nullable) short name */
  SanId16    responsible_id;            /* zero: nobody, or not of the staff */

  gboolean   has_hearing;               /* the next one, from the beginning of today on */
  SanId16    hearing_record;
  SanInstant hearing;
  gboolean   has_leaves;
  SanInstant leaves;
  char      *escort;                    /* (nullable) */

  gboolean   see_today;                 /* asked for and not done */
  SanId16    see_record;
  char      *see_who, *see_responsible; /* (nullable) */
  gboolean   has_see_by;
  SanInstant see_by;

  gboolean   has_exit_planned;
  SanDate    exit_planned;
  gboolean   has_order;                 /* her stay is ordered until: only for who reads the case */
  SanDate    order_until;
  gboolean   lacks_order;               /* who reads the case sees none for this stay */
  gboolean   has_eighteen;              /* only for who reads when she was born */
  SanDate    eighteen;                  /* the first day on which she may be 18 */
} SanHouseCard;

void          san_house_card_free  (SanHouseCard *self);
SanHouseCard *san_house_card_get   (SanCentre *self, const SanId32 *child, GError **error);
/* Of all in care by bed, at most @limit; @n_all (out, optional): how many there are. SanHouseCard
 */
GPtrArray    *san_house_card_list  (SanCentre *self, guint limit, guint *n_all, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanHouseCard, san_house_card_free)

G_END_DECLS
