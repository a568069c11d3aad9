/* san-exchange-facts.h - what the exchange page asks the centre: all in one piece of work */
#pragma once
#include "san-carry.h"
#include "san-partners.h"
G_BEGIN_DECLS

/* A pen drive or a place that can be exchanged with now. */
typedef struct
{
  char         *name;
  char         *uri;
  gboolean      drive;
  SanPlaceLook *look;               /* (nullable): not looked at, or it failed */
} SanTarget;

typedef struct
{
  GPtrArray     *targets;           /* SanTarget: pen drives first */
  GPtrArray     *places;            /* SanPlaceRow */
  GPtrArray     *waiting;           /* SanWaitingRow */
  GPtrArray     *offers;            /* SanOfferRow */
  SanBundleInfo *bundle;            /* (nullable): of the file that was opened */
  GError        *bundle_error;
} SanExchangeFacts;

typedef struct
{
  GPtrArray *drives; /* SanDrive */
  char *bundle;      /* (nullable) path */
} SanExchangeQuestion;

SanTarget        *san_target_new               (const char *name, const char *uri, gboolean drive);
void              san_target_free              (SanTarget *self);
gpointer          san_exchange_facts_ask       (SanCentre *centre, gpointer question,
                                                GCancellable *cancellable, GError **error);
void              san_exchange_facts_free      (SanExchangeFacts *self);
void              san_exchange_question_free   (SanExchangeQuestion *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanExchangeFacts, san_exchange_facts_free)

G_END_DECLS
