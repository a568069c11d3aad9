/* san-probe.h - times and stalls of the window, told to a test that asks for them
 *
 * SAN_PROBE=FILE in the environment begins it; without that every call here returns at once. What
 * it writes are times, names of pages and types, and sizes: never what a page shows, nor about
 * whom.
 *
 * One line each, the first word is the monotonic time in µs:
 *   page NAME         a page was put into the window
 *   answer TYPE       a widget of that type was given what it had asked the centre
 *   mark NAME         one of SanProbeMark
 *   work WALL CPU NAME   the main loop did not wait for so long (µs, from 10 ms), while this page
 * was shown frame WALL        a frame was drawn; what came before it is on the screen count HEAP
 * PAGES ASKS   after SIGUSR1: bytes in use, pages alive, questions on their way */
#pragma once
#include <gtk/gtk.h>
G_BEGIN_DECLS

typedef enum
{
  SAN_PROBE_OPENED,
  SAN_PROBE_LOCKED,                 /* the pages are gone */
  SAN_PROBE_KEYS_GONE,              /* the worker has locked the centre */
  SAN_PROBE_COVERED,
  SAN_PROBE_UNCOVERED,
} SanProbeMark;

void san_probe_begin  (const char *path);                 /* (nullable) */
void san_probe_window (GtkWidget *window);                /* whose frames are told */
void san_probe_mark   (SanProbeMark mark);
void san_probe_page   (const char *name);                 /* of the table of pages: stays */
void san_probe_answer (GtkWidget *asker);                 /* (nullable) */
void san_probe_pages  (int step);                         /* one more, one less */
void san_probe_asks   (int step);

G_END_DECLS
