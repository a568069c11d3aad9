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

/* Of those in care: the bands of age in which houses keep children apart. */
typedef enum
{
  SAN_ROLL_ANY_AGE,
  SAN_ROLL_UNDER_7,
  SAN_ROLL_7_TO_11,
  SAN_ROLL_12_TO_15,
  SAN_ROLL_16_AND_17,
  SAN_ROLL_GROWN,
  SAN_ROLL_N_AGES
} SanRollAge;
typedef enum
{
  SAN_ROLL_ANY_ALERT,
  SAN_ROLL_ALLERGY,
  SAN_ROLL_HELP,
  SAN_ROLL_DIET,
  SAN_ROLL_SEE_TODAY,
  SAN_ROLL_N_ALERTS
} SanRollAlert;
typedef enum { SAN_ROLL_ANY_DUE, SAN_ROLL_OVERDUE, SAN_ROLL_DUE, SAN_ROLL_N_DUES } SanRollDue;
typedef enum
{
  SAN_ROLL_BY_BED,
  SAN_ROLL_BY_ALIAS,
  SAN_ROLL_YOUNGEST,
  SAN_ROLL_NEWEST,
  SAN_ROLL_MOST_OVERDUE,
  SAN_ROLL_N_SORTS
} SanRollSort;

/* All zero: everybody in care, by bed. For other lists than those in care only @kind counts. */
typedef struct
{
  SanRollKind  kind;
  SanRollAge   age;         /* how old she may be: a child whose age is a guess may fit two bands */
  SanRollAlert alert;
  SanRollDue   due;                     /* of what this login may read */
  SanRollSort  sort;
} SanRollChoice;

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
/* somebody in care may be left out */
gboolean san_roll_choice_is_narrow (const SanRollChoice *self);
/* @search: (nullable): then all children are looked through, whatever @choice. */
SanRoll *san_roll_get      (SanCentre *self, const char *search, const SanRollChoice *choice,
                            guint offset, guint limit, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanRoll, san_roll_free)

G_END_DECLS
