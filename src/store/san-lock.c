/* san-lock.c - one process at a time has a store open
 *
 * flock() on a file of its own: it is let go by the system when the process dies, and opening and
 * closing the databases does not disturb it, as a POSIX record lock would be. What stands in the
 * file is only for the sentence that a person reads; the file itself stays, since removing it
 * would let two processes each lock one of two files. */
#include "san-lock.h"

#include "san-time.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define SINCE_LIMIT ((gint64) 253402300800000)       /* the year 10,000: the words are anybody's */

struct _SanLock
{
  int fd;
};

/* "PID MS\n" */
static void
read_owner (int fd, SanLockOwner *owner)
{
  char text[64] = { 0 };
  gint64 pid, since;
  ssize_t n = pread (fd, text, sizeof text - 1, 0);

  if (n > 0 && sscanf (text, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, &pid, &since) == 2
      && pid > 0 && since > 0 && since < SINCE_LIMIT)
    {
      owner->pid = pid;
      owner->since = since;
    }
}

static void
write_owner (int fd)
{
  g_autofree char *text = g_strdup_printf ("%ld %" G_GINT64_FORMAT "\n", (long) getpid (),
                                           san_clock_now ());

  /* Only a courtesy: a full disk must not keep anybody out of her store. */
  if (ftruncate (fd, 0) == 0 && pwrite (fd, text, strlen (text), 0) < 0)
    errno = 0;
}

static void
set_in_use (GError **error, const SanLockOwner *owner)
{
  SanInstant since = { owner->since / 1000 * 1000, san_clock_zone (owner->since) };
  g_autofree char *when = san_instant_to_text (&since);

  if (owner->pid > 0)
    g_set_error (error, SAN_ERROR, SAN_ERROR_IN_USE,
                 "the store is open in process %" G_GINT64_FORMAT " since %s", owner->pid, when);
  else
    g_set_error_literal (error, SAN_ERROR, SAN_ERROR_IN_USE,
                         "the store is open in another process");
}

static int
open_lock_file (const char *path)
{
  int fd;

  do
    fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  while (fd < 0 && errno == EINTR);
  return fd;
}

static int
lock_file (int fd)
{
  int result;

  do
    result = flock (fd, LOCK_EX | LOCK_NB);
  while (result < 0 && errno == EINTR);
  return result;
}

SanLock *
san_lock_take (const char *dir, SanLockOwner *owner, GError **error)
{
  g_autofree char *path = g_build_filename (dir, "lock", NULL);
  SanLockOwner found = { 0, 0 };
  SanLock *self;
  int fd = open_lock_file (path);

  if (fd < 0)
    {
      san_error_set_errno (error, errno, "opening the store's lock");
      return NULL;
    }
  if (lock_file (fd) < 0)
    {
      int errsv = errno;

      read_owner (fd, &found);
      close (fd);
      if (errsv != EWOULDBLOCK)
        {
          san_error_set_errno (error, errsv, "locking the store");
          return NULL;
        }
      set_in_use (error, &found);
      if (owner != NULL)
        *owner = found;
      return NULL;
    }
  write_owner (fd);
  self = g_new0 (SanLock, 1);
  self->fd = fd;
  return self;
}

void
san_lock_free (SanLock *self)
{
  if (self == NULL)
    return;
  if (ftruncate (self->fd, 0) < 0)
    errno = 0;                           /* stale words in a free lock harm nobody */
  close (self->fd);                      /* lets go of the lock */
  g_free (self);
}
