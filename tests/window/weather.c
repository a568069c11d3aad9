/* weather.c - loaded before the programme: a clock that is wrong, a medium that is slow
 *
 * SAN_WEATHER_CLOCK: seconds that the clock is off. SAN_WEATHER_SLOW: a folder below which each
 * reading and writing takes 300 ms longer. */
#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

int     clock_gettime (clockid_t which, struct timespec *out);
int     gettimeofday  (struct timeval *restrict out, void *restrict zone);
time_t  time          (time_t *out);
ssize_t read          (int fd, void *buffer, size_t n);
ssize_t write         (int fd, const void *buffer, size_t n);

static time_t
off_by (void)
{
  const char *seconds = getenv ("SAN_WEATHER_CLOCK");

  return seconds != NULL ? (time_t) atoll (seconds) : 0;
}

int
clock_gettime (clockid_t which, struct timespec *out)
{
  static int (*real) (clockid_t, struct timespec *);
  int rc;

  if (real == NULL)
    *(void **) &real = dlsym (RTLD_NEXT, "clock_gettime");
  rc = real (which, out);
  if (rc == 0 && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE))
    out->tv_sec += off_by ();
  return rc;
}

int
gettimeofday (struct timeval *restrict out, void *restrict zone)
{
  struct timespec now;

  (void) zone;
  if (clock_gettime (CLOCK_REALTIME, &now) != 0)
    return -1;
  out->tv_sec = now.tv_sec;
  out->tv_usec = now.tv_nsec / 1000;
  return 0;
}

time_t
time (time_t *out)
{
  struct timespec now = { 0, 0 };

  clock_gettime (CLOCK_REALTIME, &now);
  if (out != NULL)
    *out = now.tv_sec;
  return now.tv_sec;
}

static void
dawdle (int fd)
{
  const char *folder = getenv ("SAN_WEATHER_SLOW");
  char link[40], path[PATH_MAX];
  ssize_t n;

  if (folder == NULL)
    return;
  snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
  n = readlink (link, path, sizeof path - 1);
  if (n > 0 && strncmp (path, folder, strlen (folder)) == 0)
    usleep (300000);
}

ssize_t
read (int fd, void *buffer, size_t n)
{
  static ssize_t (*real) (int, void *, size_t);

  if (real == NULL)
    *(void **) &real = dlsym (RTLD_NEXT, "read");
  dawdle (fd);
  return real (fd, buffer, n);
}

ssize_t
write (int fd, const void *buffer, size_t n)
{
  static ssize_t (*real) (int, const void *, size_t);

  if (real == NULL)
    *(void **) &real = dlsym (RTLD_NEXT, "write");
  dawdle (fd);
  return real (fd, buffer, n);
}
