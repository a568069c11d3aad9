/* san-shelf-facts.h - what stands at the head of a section of a child's page
 *
 * Short facts out of her newest records, in this login's language. What the login does not read is
 * not in here, not even that it is there; of that only the day on which something was last written
 * can be asked. */
#pragma once
#include "san-form.h"
#include "san-house-card.h"
#include "san-value.h"
G_BEGIN_DECLS

/* One answer with the question's own words; where her names stood in it stands her alias. */
typedef struct
{
  const SanLabel *label;
  char           *text;
  SanValue       *value;            /* a day is said as the page says its days */
  gboolean        is_hers;          /* in her own words */
} SanShelfLine;

typedef enum
{
  SAN_SHELF_HEARING,                /* the next one: about the court and what is arranged */
  SAN_SHELF_READY,                  /* her own choice about it */
  SAN_SHELF_CASE,                   /* statement, evidence, judgment */
  SAN_SHELF_SUPPORT,                /* support person */
  SAN_SHELF_MONEY,                  /* compensation, step by step */
  SAN_SHELF_ORDER,                  /* the order that holds */
  SAN_SHELF_CONTACT,                /* somebody who may be in touch */
  SAN_SHELF_NOT_TOLD,               /* somebody who must not be told */
  SAN_SHELF_CHECKS,                 /* teeth, eyes, skin: when they were looked at last */
  SAN_SHELF_MEDICINE,
  SAN_SHELF_CRISIS,                 /* crisis plan */
} SanShelfCardKind;

/* @title: (nullable): who or what it is about */
typedef struct
{
  SanShelfCardKind kind;
  SanId16          record;
  const char      *form;            /* static */
  char            *title;
  GPtrArray       *lines;           /* SanShelfLine */
} SanShelfCard;

/* @weight, @height: (nullable): with their units. */
typedef struct
{
  gint64   at;
  char    *weight, *height;
  gboolean has_gain;                /* @gain: kg since the weight before */
  double   gain;
} SanGrowthPoint;

typedef struct
{
  SanHouseCard *house;              /* what everybody here may know */
  GPtrArray    *cards;              /* SanShelfCard, by kind */
  GPtrArray    *growth;             /* SanGrowthPoint, newest first */
} SanShelfFacts;

SanShelfFacts *san_shelf_facts_get  (SanCentre *self, const SanId32 *child, GError **error);
void           san_shelf_facts_free (SanShelfFacts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanShelfFacts, san_shelf_facts_free)

/* When something of a compartment was last written of her, ms; 0: never, or it cannot be told. It
 * needs no key: each note says outside who of the house can read it, and when it was written. */
gint64         san_shelf_last_written (SanCentre *self, const SanId32 *child,
                                       SanCompartment compartment);

G_END_DECLS
