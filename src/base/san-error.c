/* san-error.c - the error domain, and the one place where errno becomes one of its codes */
#include "san-error.h"

#include <errno.h>

G_DEFINE_QUARK (san-error-quark, san_error)

static SanErrorCode
code_from_errno (int errsv)
{
  switch (errsv)
    {
    case ENOENT:
    case ENOTDIR:
      return SAN_ERROR_NOT_FOUND;
    case ENOSPC:
    case EDQUOT:
    case EFBIG:                  /* FAT ends at 4 GiB: for the person it is a full stick */
      return SAN_ERROR_NO_SPACE;
    case EROFS:
    case EACCES:
    case EPERM:
      return SAN_ERROR_READ_ONLY;
    case EISDIR:                 /* what was named is no file, or no name for one */
    case ENAMETOOLONG:
    case ELOOP:
      return SAN_ERROR_INVALID;
    case EBUSY:
    case ETXTBSY:
      return SAN_ERROR_IN_USE;
    default:
      return SAN_ERROR_IO;
    }
}

/**
 * san_error_set_errno:
 * @error: (out) (optional): where to put it
 * @errsv: the saved errno
 * @what: what was being done, e.g. "writing keyring"
 *
 * Sets the code that fits @errsv. Always returns %FALSE, so that a caller can return it.
 */
gboolean
san_error_set_errno (GError **error, int errsv, const char *what)
{
  g_set_error (error, SAN_ERROR, code_from_errno (errsv), "%s: %s", what, g_strerror (errsv));
  return FALSE;
}

/**
 * san_error_take_done:
 * @error: (nullable) (out)
 * @cause: (transfer full): what failed after the deed was durable
 * @what: what is done, in a few words
 */
void
san_error_take_done (GError **error, GError *cause, const char *what)
{
  g_set_error (error, SAN_ERROR, SAN_ERROR_DONE, "%s; then: %s", what, cause->message);
  g_error_free (cause);
}

gboolean
san_error_is_failure (const GError *error)
{
  return g_error_matches (error, SAN_ERROR, SAN_ERROR_IO) ||
         g_error_matches (error, SAN_ERROR, SAN_ERROR_NO_SPACE) ||
         g_error_matches (error, SAN_ERROR, SAN_ERROR_READ_ONLY);
}
