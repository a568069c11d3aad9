/* san-welcome.h - a child at the door: what is proposed, whether she was here before, welcoming her
 */
#pragma once
#include "san-records.h"
G_BEGIN_DECLS

#define SAN_WELCOME_BEFORE_LIMIT 5u

/* Free in the house as it is now. */
typedef struct { char *alias, *sign, *bed; } SanWelcomeOffer;
void             san_welcome_offer_free (SanWelcomeOffer *self);
/* @back: (nullable): a child who was here before: hers, as far as nobody else has them now. */
SanWelcomeOffer *san_welcome_offer      (SanCentre *self, const SanId32 *back, GError **error);

typedef enum
{
  SAN_ALIAS_FREE,
  SAN_ALIAS_TAKEN,                      /* somebody in care is called that */
  SAN_ALIAS_CLOSE,                      /* it gives her name away */
} SanAliasVerdict;

/* What is to be said while alias and name are typed. */
typedef struct
{
  SanAliasVerdict verdict;
  GPtrArray      *before;   /* SanChildRow: children who left and are found by that alias or name */
} SanWelcomeLook;
void             san_welcome_look_free  (SanWelcomeLook *self);
SanWelcomeLook  *san_welcome_look       (SanCentre *self, const char *alias /* nullable */,
                                         const char *name /* nullable */, GError **error);

typedef struct
{
  SanAliasVerdict verdict;           /* not FREE: nothing was written, the rest is not meaningful */
  SanId32  child;
  SanId16  record;                      /* of the welcome: to take it back */
  char    *alias;
  guint    n_due;                       /* what is due in the first 24 hours */
  gint64   by;                          /* the last of it, ms */
} SanWelcomed;
void             san_welcomed_free      (SanWelcomed *self);
/* @back: (nullable): she was here before: a new stay of hers. @typed: completed by what is
 * proposed. */
SanWelcomed     *san_welcome            (SanCentre *self, const SanId32 *back, GPtrArray *typed,
                                         GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanWelcomeOffer, san_welcome_offer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanWelcomeLook, san_welcome_look_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanWelcomed, san_welcomed_free)

G_END_DECLS
