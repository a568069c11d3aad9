/* cheap-fork.c - a child of fork() goes on with the open store of its parent, for tests that do one
 * act a thousand times
 *
 * Linked with --wrap of both names: the store must not notice that it is another process, and may
 * take its own lock again. The disk lies in memory, so that a child has one of its own. */
#include <sys/file.h>
#include <unistd.h>

pid_t __real_getpid (void);
pid_t __wrap_getpid (void);
int   __wrap_flock (int fd, int operation);

pid_t
__wrap_getpid (void)
{
  static pid_t first;

  if (first == 0)
    first = __real_getpid ();
  return first;
}

int
__wrap_flock (int fd, int operation)
{
  return 0;
}
