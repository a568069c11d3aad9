/* san-canonical.c - small checks that every reader of this room makes
 *
 * Counts are compared with their limit and with the bytes that are left before anything is
 * allocated for them. The error helpers return FALSE so that a check is one statement. */
#include "san-canonical-private.h"

#include <stdlib.h>

static gboolean set_error (GError **error, SanErrorCode code, const char *format, va_list args)
  G_GNUC_PRINTF (3, 0);

static gboolean
set_error (GError **error, SanErrorCode code, const char *format, va_list args)
{
  g_autofree char *message = g_strdup_vprintf (format, args);

  g_set_error_literal (error, SAN_ERROR, code, message);
  return FALSE;
}

#define DEFINE_REFUSAL(name, code)                     \
  gboolean                                             \
  name (GError **error, const char *format, ...)       \
  {                                                    \
    va_list args;                                      \
                                                       \
    va_start (args, format);                           \
    set_error (error, code, format, args);             \
    va_end (args);                                     \
    return FALSE;                                      \
  }

DEFINE_REFUSAL (san_damaged, SAN_ERROR_DAMAGED)
DEFINE_REFUSAL (san_refused, SAN_ERROR_REFUSED)
DEFINE_REFUSAL (san_invalid, SAN_ERROR_INVALID)
DEFINE_REFUSAL (san_untrusted, SAN_ERROR_UNTRUSTED)

/**
 * san_check_count:
 * @smallest: bytes that the smallest of the @n things takes
 *
 * Refuses a count over its limit, or one that the bytes that are left cannot hold.
 */
gboolean
san_check_count (const SanReader *reader, guint32 n, guint32 limit, gsize smallest,
                 const char *what, GError **error)
{
  if (n > limit)
    return san_damaged (error, "%s: claims %u %s, limit is %u", reader->what, n, what, limit);
  if (n > san_reader_get_left (reader) / smallest)
    return san_damaged (error, "%s: claims %u %s in %" G_GSIZE_FORMAT " bytes",
                        reader->what, n, what, san_reader_get_left (reader));
  return TRUE;
}

/* Strictly ascending, so that a repeat is refused too. */
gboolean
san_ids_ascending (const SanId32 *ids, guint n)
{
  for (guint i = 1; i < n; i++)
    if (san_id32_compare (&ids[i - 1], &ids[i]) >= 0)
      return FALSE;
  return TRUE;
}

/**
 * san_take_ids:
 *
 * Takes @n ids that must ascend; the caller has checked the count.
 */
gboolean
san_take_ids (SanReader *reader, SanId32 *out, guint n, const char *what, GError **error)
{
  for (guint i = 0; i < n; i++)
    if (!san_reader_take_id32 (reader, &out[i], error))
      return FALSE;
  if (!san_ids_ascending (out, n))
    return san_damaged (error, "%s: %s do not ascend", reader->what, what);
  return TRUE;
}

static int
compare_ids (const void *a, const void *b)
{
  return san_id32_compare (a, b);
}

/* Sorts in place and drops repeats; returns how many are left. */
guint
san_ids_sort (SanId32 *ids, guint n)
{
  guint kept = 0;

  if (n > 1)
    qsort (ids, n, sizeof *ids, compare_ids);
  for (guint i = 0; i < n; i++)
    if (kept == 0 || !san_id32_equal (&ids[kept - 1], &ids[i]))
      ids[kept++] = ids[i];
  return kept;
}

gboolean
san_all_zero (const void *data, gsize n)
{
  const guint8 *bytes = data;
  guint8 sum = 0;

  for (gsize i = 0; i < n; i++)
    sum |= bytes[i];
  return sum == 0;
}
