/* san-wiping-free.c - memory that is given back is overwritten first
 *
 * The toolkit copies what it shows: labels, layouts, the text of entries. After a lock those
 * copies are free memory, and stay readable there until something else takes their place. The
 * executable's free() and realloc() come before the C library's, for every library in the process.
 * Not in sanitizer builds, which bring an allocator of their own. */
#include <malloc.h>
#include <stddef.h>
#include <string.h>

/* The C library's own, under the names that it keeps for those who wrap it. */
extern void  __libc_free   (void *data);
extern void *__libc_malloc (size_t n);

void  free    (void *data);
void *realloc (void *data, size_t n);

void
free (void *data)
{
  if (data == NULL)
    return;
  explicit_bzero (data, malloc_usable_size (data));
  __libc_free (data);
}

/* Never in place: what is cut off would stay behind. */
void *
realloc (void *data, size_t n)
{
  size_t had;
  void *moved;

  if (data == NULL)
    return __libc_malloc (n);
  if (n == 0)
    {
      free (data);
      return NULL;
    }
  had = malloc_usable_size (data);
  if (n <= had && n >= had / 2)
    {
      explicit_bzero ((char *) data + n, had - n);
      return data;
    }
  moved = __libc_malloc (n);
  if (moved == NULL)
    return NULL;
  memcpy (moved, data, had < n ? had : n);
  free (data);
  return moved;
}
