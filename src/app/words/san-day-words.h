/* san-day-words.h - days, hours and how late something is, in the person's language
 *
 * Names of days and months are ours, so that they are right without the system's locale. All
 * return new strings. */
#pragma once
#include "san-time.h"
G_BEGIN_DECLS

char *san_words_date      (const SanDate *date);             /* "24 Nov 2026", "Nov 2026", "2026" */
char *san_words_month     (gint64 ms);                       /* "November 2026" */
/* "today", "yesterday", "tomorrow", "Thu 26 Nov", with the year if another */
char *san_words_day       (gint64 ms, gint64 now);
char *san_words_clock     (gint64 ms);                           /* "8:40 in the evening" */
char *san_words_moment    (gint64 ms, gint64 now);               /* "today, 8:40 in the evening" */
/* "just now", "5 minutes ago", "3 hours ago", "yesterday", "12 days ago" */
char *san_words_ago       (gint64 ms, gint64 now);
char *san_words_long_day  (gint64 ms);                           /* "Tuesday 24 November" */
/* Why now: "2 days overdue", "3 hours overdue", "by 8:40 in the evening", "today", "by Thu 3 Dec".
 * @exact: the hour counts. */
char *san_words_due       (const char *state, gint64 at, gboolean exact, gint64 now);
/* "day 30 of 90", after that "month 5". */
char *san_words_stay_day  (int day);

G_END_DECLS
