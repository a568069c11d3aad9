/* weather.c - loaded before the programme: a clock that is wrong, a medium that is slow or full, a
 * disk that lags
 *
 * SAN_WEATHER_CLOCK: seconds that the clock is off. SAN_WEATHER_REST: a file with the seconds that
 * the laptop has stood untouched longer than it has. SAN_WEATHER_SLOW: a folder below which each
 * reading and writing takes 300 ms longer. SAN_WEATHER_FULL: a folder below which nothing can be
 * written. SAN_WEATHER_LAG: a folder of which only what was synced is on the disk; what that is
 * stands in SAN_WEATHER_DISK: inode-N is the content of that file, folder-N the names in that
 * folder, "INODE NAME" a line, each as of its last fsync. SAN_WEATHER_HELD: what begins with this
 * path is not synced as long as there is a file SAN_WEATHER_HOLD. */
#undef _FILE_OFFSET_BITS              /* pwrite and pwrite64 are two names here */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

int     clock_gettime (clockid_t which, struct timespec *out);
int     gettimeofday  (struct timeval *restrict out, void *restrict zone);
time_t  time          (time_t *out);
ssize_t read          (int fd, void *buffer, size_t n);
ssize_t write         (int fd, const void *buffer, size_t n);
ssize_t pwrite        (int fd, const void *buffer, size_t n, off_t at);
ssize_t pwrite64      (int fd, const void *buffer, size_t n, off_t at);
int     fsync         (int fd);
int     fdatasync     (int fd);

static time_t
off_by (void)
{
  const char *seconds = getenv ("SAN_WEATHER_CLOCK");

  return seconds != NULL ? (time_t) atoll (seconds) : 0;
}

static time_t
rested (void)
{
  const char *path = getenv ("SAN_WEATHER_REST");
  char text[24] = "";
  int fd = path != NULL ? open (path, O_RDONLY | O_CLOEXEC) : -1;

  if (fd < 0)
    return 0;
  if (pread (fd, text, sizeof text - 1, 0) < 0)
    text[0] = '\0';
  close (fd);
  return (time_t) atoll (text);
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
  if (rc == 0 && which == CLOCK_BOOTTIME)
    out->tv_sec += rested ();
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

/* Whether it stands below the folder that this variable names. */
static int
is_below (int fd, const char *variable)
{
  const char *folder = getenv (variable);
  char link[40], path[PATH_MAX];
  ssize_t n;

  if (folder == NULL)
    return 0;
  snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
  n = readlink (link, path, sizeof path - 1);
  return n > 0 && strncmp (path, folder, strlen (folder)) == 0;
}

static void
dawdle (int fd)
{
  if (is_below (fd, "SAN_WEATHER_SLOW"))
    usleep (300000);
}

static void
wait_while_held (int fd)
{
  const char *hold = getenv ("SAN_WEATHER_HOLD");

  while (hold != NULL && is_below (fd, "SAN_WEATHER_HELD") && access (hold, F_OK) == 0)
    usleep (20000);
}

static int
is_full (int fd)
{
  if (!is_below (fd, "SAN_WEATHER_FULL"))
    return 0;
  errno = ENOSPC;
  return 1;
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

static ssize_t
real_write (int fd, const void *buffer, size_t n)
{
  static ssize_t (*real) (int, const void *, size_t);

  if (real == NULL)
    *(void **) &real = dlsym (RTLD_NEXT, "write");
  return real (fd, buffer, n);
}

ssize_t
write (int fd, const void *buffer, size_t n)
{
  dawdle (fd);
  return is_full (fd) ? -1 : real_write (fd, buffer, n);
}

ssize_t
pwrite (int fd, const void *buffer, size_t n, off_t at)
{
  static ssize_t (*real) (int, const void *, size_t, off_t);

  if (real == NULL)
    *(void **) &real = dlsym (RTLD_NEXT, "pwrite");
  return is_full (fd) ? -1 : real (fd, buffer, n, at);
}

ssize_t
pwrite64 (int fd, const void *buffer, size_t n, off_t at)
{
  return pwrite (fd, buffer, n, at);
}

static void
keep_content (int from, int to)
{
  static __thread char buffer[65536];
  off_t at = 0;
  ssize_t n;

  while ((n = pread (from, buffer, sizeof buffer, at)) > 0 &&
         real_write (to, buffer, (size_t) n) == n)
    at += n;
}

static void
keep_names (int from, int to)
{
  int fd = openat (from, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *dir = fd >= 0 ? fdopendir (fd) : NULL;
  struct dirent *entry;

  while (dir != NULL && (entry = readdir (dir)) != NULL)
    dprintf (to, "%llu %s\n", (unsigned long long) entry->d_ino, entry->d_name);
  if (dir != NULL)
    closedir (dir);
}

/* What the disk has of it from now on. */
static void
keep (int fd)
{
  struct stat of;
  char name[PATH_MAX], part[PATH_MAX + 40], readable[40];
  int to, from;

  if (!is_below (fd, "SAN_WEATHER_LAG") || fstat (fd, &of) != 0)
    return;
  snprintf (name, sizeof name, "%s/%s-%llu", getenv ("SAN_WEATHER_DISK"),
            S_ISDIR (of.st_mode) ? "folder" : "inode", (unsigned long long) of.st_ino);
  snprintf (part, sizeof part, "%s.%d", name, gettid ());
  snprintf (readable, sizeof readable, "/proc/self/fd/%d", fd);
  from = open (readable, O_RDONLY | O_CLOEXEC);
  to = open (part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (from < 0 || to < 0)
    abort ();
  if (S_ISDIR (of.st_mode))
    keep_names (from, to);
  else
    keep_content (from, to);
  close (from);
  close (to);
  if (rename (part, name) != 0)
    abort ();
}

int
fsync (int fd)
{
  static int (*real) (int);
  int rc;

  if (real == NULL)
    *(void **) &real = dlsym (RTLD_NEXT, "fsync");
  wait_while_held (fd);
  rc = real (fd);
  if (rc == 0)
    keep (fd);
  return rc;
}

int
fdatasync (int fd)
{
  static int (*real) (int);
  int rc;

  if (real == NULL)
    *(void **) &real = dlsym (RTLD_NEXT, "fdatasync");
  wait_while_held (fd);
  rc = real (fd);
  if (rc == 0)
    keep (fd);
  return rc;
}
