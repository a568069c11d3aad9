/* san-probe.c - see san-probe.h
 *
 * A stall is the time between two waits of the main loop: its poll function is ours while a test
 * looks on. Nothing is added to the loop that would wake it up. */
#include "san-probe.h"
#include <fcntl.h>
#include <glib-unix.h>
#include <malloc.h>
#include <time.h>
#include <unistd.h>

#define WORTH_TELLING_US 10000

static struct
{
  int         fd;                   /* 0: nobody asks */
  GPollFunc   wait;
  gint64      woke, woke_cpu;       /* µs */
  gint64      frame;
  const char *page;
  int         pages, asks;
} probe;

static gint64
cpu_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void tell (const char *format, ...) G_GNUC_PRINTF (1, 2);

static void
tell (const char *format, ...)
{
  char line[200];
  int n = g_snprintf (line, sizeof line, "%" G_GINT64_FORMAT " ", g_get_monotonic_time ());
  va_list arguments;

  va_start (arguments, format);
  g_vsnprintf (line + n, sizeof line - (gsize) n - 1, format, arguments);
  va_end (arguments);
  g_strlcat (line, "\n", sizeof line);
  if (write (probe.fd, line, strlen (line)) < 0)
    probe.fd = 0;                   /* nobody reads any more */
}

/* Waits as the loop would, and tells how long it had been since the last wait. */
static gint
wait_and_tell (GPollFD *fds, guint n, gint timeout)
{
  gint64 wall = g_get_monotonic_time () - probe.woke;
  gint result;

  if (probe.fd > 0 && probe.woke > 0 && wall >= WORTH_TELLING_US)
    tell ("work %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s", wall, cpu_us () - probe.woke_cpu,
          probe.page);
  result = probe.wait (fds, n, timeout);
  probe.woke = g_get_monotonic_time ();
  probe.woke_cpu = cpu_us ();
  return result;
}

/* Counting takes a while itself; that is not what is looked for. */
static gboolean
count_cb (gpointer data)
{
  gint64 wall = g_get_monotonic_time (), cpu = cpu_us ();
  struct mallinfo2 heap = mallinfo2 ();

  if (probe.fd > 0)
    tell ("count %zu %d %d", heap.uordblks + heap.hblkhd, probe.pages, probe.asks);
  probe.woke += g_get_monotonic_time () - wall;
  probe.woke_cpu += cpu_us () - cpu;
  return G_SOURCE_CONTINUE;
}

void
san_probe_begin (const char *path)
{
  if (path == NULL || *path == '\0')
    return;
  probe.fd = open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (probe.fd <= 0)
    return;
  probe.page = "start";
  probe.wait = g_main_context_get_poll_func (NULL);
  g_main_context_set_poll_func (NULL, wait_and_tell);
  g_unix_signal_add (SIGUSR1, count_cb, NULL);
}

static void
before_paint_cb (GdkFrameClock *clock, gpointer data)
{
  probe.frame = g_get_monotonic_time ();
}

static void
after_paint_cb (GdkFrameClock *clock, gpointer data)
{
  if (probe.fd > 0)
    tell ("frame %" G_GINT64_FORMAT, g_get_monotonic_time () - probe.frame);
}

static void
realize_cb (GtkWidget *window, gpointer data)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), NULL);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), NULL);
}

void
san_probe_window (GtkWidget *window)
{
  if (probe.fd > 0)
    g_signal_connect (window, "realize", G_CALLBACK (realize_cb), NULL);
}

void
san_probe_mark (SanProbeMark mark)
{
  static const char *const names[] = { "opened", "locked", "keys-gone", "covered", "uncovered" };

  if (probe.fd > 0)
    tell ("mark %s", names[mark]);
}

void
san_probe_page (const char *name)
{
  if (probe.fd <= 0)
    return;
  probe.page = name;
  tell ("page %s", name);
}

void
san_probe_answer (GtkWidget *asker)
{
  if (probe.fd > 0)
    tell ("answer %s", asker != NULL ? G_OBJECT_TYPE_NAME (asker) : "-");
}

void
san_probe_pages (int step)
{
  probe.pages += step;
}

void
san_probe_asks (int step)
{
  probe.asks += step;
}
