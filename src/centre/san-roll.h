/* san-roll.h - the list of children, a page at a time */
#pragma once
#include "san-house-card.h"
G_BEGIN_DECLS

#define SAN_ROLL_FOUND_LIMIT 500u       /* hits of a search that can be paged through */

/* Whom the list shows; of those in care where it says so. */
typedef enum
{
  SAN_ROLL_IN_CARE,
  SAN_ROLL_FOLLOW_UP,
  SAN_ROLL_CLOSED,
  SAN_ROLL_EIGHTEEN,                    /* in care, 18 within half a year */
  SAN_ROLL_NEW,                         /* in care, the first two weeks */
  SAN_ROLL_MINE,                        /* in care, I am responsible for her */
} SanRollKind;

typedef struct
{
  SanHouseCard *card;
  const char   *status;                 /* in-care, follow-up, closed; static */
  guint         n_overdue, n_due;       /* due: overdue and today */
  const char   *found_by;               /* (nullable) alias, name; static */
} SanRollRow;

typedef struct
{
  guint      n_in_care, n_follow_up, n_closed;
  guint      n_match;
  guint      offset;
  GPtrArray *rows;                      /* SanRollRow, from @offset on */
} SanRoll;

void     san_roll_row_free (SanRollRow *self);
void     san_roll_free     (SanRoll *self);
/* @search: (nullable): then all children are looked through, whatever @kind. */
SanRoll *san_roll_get      (SanCentre *self, const char *search, SanRollKind kind, guint offset, guint limit, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanRoll, san_roll_free)

G_END_DECLS
