/* san-dues.h - what needs someone, overdue first, computed for this login */
#pragma once
#include "san-programme.h"
#include "san-records.h"
G_BEGIN_DECLS

/* Strings belong to the open centre, the alias to the item. */
typedef struct
{
  SanId32     child;                /* zero: the centre's own */
  const char *alias;                /* shared among the items of one child */
  const char *milestone;            /* id */
  const char *label;                /* in the login's language */
  const char *role;
  const char *source;
  const char *mark;
  SanId16     record;               /* per record: which; else zero */
  SanInstant  at;
  gboolean    exact;                /* an hour counts, not a day */
  SanPrecision precision;           /* of the date that decided it */
  const char *state;                /* overdue, today, soon, later */
  int         missed;               /* earlier occurrences that passed */
} SanDueItem;

void       san_due_item_free (SanDueItem *self);
GPtrArray *san_dues_list    (SanCentre *self, gint64 now_ms /* 0: the clock */,
                             const SanId32 *child /* nullable */,
                             const char *role /* nullable */, GError **error);   /* SanDueItem */

/* What a page of today shows of all: the first of each state, and how many there are. */
typedef enum
{
  SAN_DUE_LEFT_OUT,
  SAN_DUE_COUNTED,
  SAN_DUE_APART,                    /* stands apart, each of them, uncounted */
} SanDuePart;
typedef SanDuePart (*SanDuePartFunc) (const SanMilestone *milestone, const SanId32 *child,
                    gpointer user);

typedef struct
{
  GPtrArray  *items;         /* SanDueItem: the first of those overdue, of today's, of those soon */
  guint       n_overdue;            /* all of them */
  guint       n_today;
  guint       n_soon;
  SanDueItem *next;                 /* (nullable): the first of those later */
  GPtrArray  *apart;                /* SanDueItem, in order; none of those later */
} SanDuesToday;
gboolean   san_dues_today       (SanCentre *self, guint limit /* of each */,
                                 SanDuePartFunc part /* nullable: all count */,
                                 gpointer user, SanDuesToday *out, GError **error);
void       san_dues_today_clear (SanDuesToday *self);
/* (transfer full): SanDueItem, what is due before @until and not overdue, by time */
GPtrArray *san_dues_until       (SanCentre *self, gint64 until, guint limit,
                                 SanDuePartFunc part /* nullable: all count */,
                                 gpointer user, guint *n_all, GError **error);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SanDuesToday, san_dues_today_clear)

G_END_DECLS
