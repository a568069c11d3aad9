/* san-time.h - days with precision, instants, ISO 8601 durations; the field's calendar rules */
#pragma once
#include <gio/gio.h>
G_BEGIN_DECLS

typedef enum { SAN_PRECISION_DAY, SAN_PRECISION_MONTH, SAN_PRECISION_YEAR } SanPrecision;

/* Days since 1970-01-01 (may be negative); with month or year precision the first day of it. */
typedef struct { gint32 days; guint8 precision; } SanDate;

/* Milliseconds since 1970 UTC, and the zone of whoever wrote it, minutes east of Greenwich. */
typedef struct { gint64 ms; gint16 zone; } SanInstant;

/* An ISO 8601 duration: either calendar months and days, or exact hours, minutes; one sign. */
typedef struct { gint32 months; gint32 days; gint64 seconds; gboolean negative; } SanDuration;

/* 2026-11-25, 2026-11, 2026 */
gboolean    san_date_from_text       (const char *text, SanDate *out, GError **error);
char       *san_date_to_text         (const SanDate *self);           /* ISO, as precise as known */
/* FALSE: no such day */
gboolean    san_date_from_ymd        (int year, int month, int day, SanDate *out);
void        san_date_get_ymd         (const SanDate *self, int *year, int *month, int *day);
SanDate     san_date_from_instant    (const SanInstant *self);         /* the day in its own zone */
gint32      san_date_get_first       (const SanDate *self);         /* first day that it can mean */
gint32      san_date_get_last        (const SanDate *self);          /* last day that it can mean */
/* months clamp to the month's end; times x d counted from self at once (Jan 31 + 2xP1M = Mar 31) */
SanDate     san_date_add             (const SanDate *self, const SanDuration *d, int times);
int         san_date_years_between   (gint32 from, gint32 to);             /* whole years, an age */

/* 2026-11-25T20:40[:05][Z|+05:30]; a bare day is refused */
gboolean    san_instant_from_text    (const char *text, gint16 default_zone, SanInstant *out,
                                      GError **error);
char       *san_instant_to_text      (const SanInstant *self);       /* 2026-11-25T20:40:00+05:30 */
/* calendar part in its zone, then the hours */
SanInstant  san_instant_add          (const SanInstant *self, const SanDuration *d, int times);
SanInstant  san_instant_at_day       (gint32 days, int minute_of_day, gint16 zone);

/* P1M, P14D, PT24H, -P7D, P17Y6M */
gboolean    san_duration_from_text   (const char *text, SanDuration *out, GError **error);
char       *san_duration_to_text     (const SanDuration *self);
/* hours or minutes: counts from the minute */
gboolean    san_duration_is_exact    (const SanDuration *self);

/* The clock. Everything in the core asks here and nowhere else; tests and the making of example
 * centres set it. */
gint64      san_clock_now            (void);                                 /* ms since 1970 UTC */
gint16      san_clock_zone           (gint64 ms);              /* local zone minutes at that time */
void        san_clock_set  (gint64 ms);                                  /* 0: the real one again */

G_END_DECLS
