/* san-today.h - one person's day: what waits for her, who is in the house, what comes near */
#pragma once
#include "san-draft-keeper.h"
#include "san-dues.h"
#include "san-house-card.h"
G_BEGIN_DECLS

/* A due item with all that its row says and does. */
typedef struct
{
  SanDueItem   *due;
  char         *sign, *bed;             /* "" for the centre's own */
  int           day;                    /* of her stay; 0: no stay, or the centre's own */
  char         *who;       /* (nullable) short name: the person responsible, where it is her work */
  gboolean      is_me;
  const char   *form;                /* (nullable) opens to answer it; belongs to the open centre */
  SanId16       record;                 /* the note to go on with; zero: a new one */
  gboolean      may_be_unneeded;        /* "not needed, because…" can be written */
} SanTodayRow;

typedef struct
{
  GPtrArray   *safety;                  /* SanTodayRow: a child's safety, whoever it is for */
  GPtrArray   *rows;               /* SanTodayRow: overdue, today, soon; at most as many as asked */
  guint        n_overdue, n_today, n_soon;   /* of all, without those of safety */
  SanTodayRow *next;                    /* (nullable) what comes first after these days */
  GPtrArray   *unfinished;              /* SanUnfinishedRow: her own drafts, newest first */
  GPtrArray   *cards;                   /* SanHouseCard of those in care */
  guint        n_in_care;
  guint        n_review;
  GPtrArray   *partners;                /* SanPartnerRow */
} SanToday;

void         san_today_row_free   (SanTodayRow *self);
void         san_today_free       (SanToday *self);
SanToday    *san_today_get        (SanCentre *self, gboolean mine, guint limit, GError **error);

#define SAN_WEEK_DAYS 7                 /* today and the six days after it */

typedef struct
{
  GPtrArray *rows;                      /* SanTodayRow by time; at most as many as asked */
  guint      n;                         /* of all */
} SanWeek;

void         san_week_free        (SanWeek *self);
SanWeek     *san_week_get         (SanCentre *self, gboolean mine, guint limit, GError **error);
gboolean     san_week_has         (gint64 ms);                   /* is that moment in this week? */
/* Does her day begin with everybody's work, as a superintendent's, or with her own? */
gboolean     san_today_begins_with_all (SanCentre *self);

typedef struct
{
  guint  due, children, review, offers;
  gint64 exchanged_ms;                  /* this laptop's last exchange; 0: never */
} SanCounts;
/* g_free: what stands beside the pages and below them */
SanCounts   *san_counts_get       (SanCentre *self, GError **error);

gboolean     san_due_not_needed   (SanCentre *self, const SanDueItem *due, const char *reason,
                                   SanId16 *record, GError **error);
/* (transfer full) of one child, in order: her own page's list. SanTodayRow */
GPtrArray   *san_today_list_child (SanCentre *self, const SanId32 *child, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanToday, san_today_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanWeek, san_week_free)

G_END_DECLS
