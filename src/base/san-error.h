/* san-error.h - the one error domain of the core */
#pragma once
#include <gio/gio.h>
G_BEGIN_DECLS

/**
 * SanErrorCode:
 * @SAN_ERROR_DAMAGED: bytes that we would not have written
 * @SAN_ERROR_INCOMPLETE: cut short: it may become whole later
 * @SAN_ERROR_UNTRUSTED: a signature or proof is wrong, or comes from nobody we know
 * @SAN_ERROR_NOT_FOR_US: sealed for somebody else
 * @SAN_ERROR_LOCKED: wrong passphrase or code, or a key that this login does not hold
 * @SAN_ERROR_TOO_NEW: written by a newer version
 * @SAN_ERROR_REFUSED: understood, and a rule says no
 * @SAN_ERROR_INVALID: what was typed is not understood (a date, a field, a name)
 * @SAN_ERROR_NOT_FOUND: no such thing here
 * @SAN_ERROR_IN_USE: another process has it, or another thread of this one
 * @SAN_ERROR_NO_SPACE: the disk or stick is full
 * @SAN_ERROR_READ_ONLY: the medium cannot be written
 * @SAN_ERROR_IO: reading or writing failed
 * @SAN_ERROR_ALREADY: already done, nothing changed
 * @SAN_ERROR_PICTURE: a photo or film whose place and camera cannot be taken out: another kind of
 * file will do
 * @SAN_ERROR_DONE: what was asked for is done and durable; what follows from it failed
 *
 * Codes say what the caller can do. Messages are lower case, without full stop, and are for
 * logs: faces turn the code into a sentence of the person's language.
 */
typedef enum
{
  SAN_ERROR_DAMAGED,
  SAN_ERROR_INCOMPLETE,
  SAN_ERROR_UNTRUSTED,
  SAN_ERROR_NOT_FOR_US,
  SAN_ERROR_LOCKED,
  SAN_ERROR_TOO_NEW,
  SAN_ERROR_REFUSED,
  SAN_ERROR_INVALID,
  SAN_ERROR_NOT_FOUND,
  SAN_ERROR_IN_USE,
  SAN_ERROR_NO_SPACE,
  SAN_ERROR_READ_ONLY,
  SAN_ERROR_IO,
  SAN_ERROR_ALREADY,
  SAN_ERROR_PICTURE,
  SAN_ERROR_DONE,
} SanErrorCode;

#define SAN_ERROR (san_error_quark ())
GQuark   san_error_quark     (void);
gboolean san_error_set_errno (GError     **error,
                              int          errsv,
                              const char  *what);
/* What failed came after the deed: its error becomes DONE, @what before its message. Takes @cause.
 */
void     san_error_take_done (GError     **error,
                              GError      *cause,
                              const char  *what);

/* Whether the disk or memory failed, so that what was asked for may be there all the same. %NULL:
 * no. */
gboolean san_error_is_failure (const GError *error);

G_END_DECLS
