/* san-cut.c - cut rows: which journal is hidden behind a salted tag
 *
 * Everybody who gets an entry of a centre gets its removals; the tag tells nothing to whom does
 * not know dossier and journal already. Rows are ordered by memcmp of all 40 bytes. */
#include "san-cut.h"

#include "san-writer.h"

#include <stdlib.h>
#include <string.h>

#define NUMBER_OFFSET  16
#define HEAD_OFFSET    24
#define HEAD_SIZE      16

void
san_cut_tag (const guint8 salt[16], const SanId32 *dossier, const SanId16 *journal,
             guint8 out[SAN_CUT_TAG_SIZE])
{
  guint8 bound[16 + sizeof dossier->b + sizeof journal->b];
  SanId32 hash;

  memcpy (bound, salt, 16);
  memcpy (bound + 16, dossier->b, sizeof dossier->b);
  memcpy (bound + 16 + sizeof dossier->b, journal->b, sizeof journal->b);
  san_hash ("san1.cutrow", bound, sizeof bound, &hash);
  memcpy (out, hash.b, SAN_CUT_TAG_SIZE);
}

void
san_cut_row_make (SanCutRow *out, const guint8 salt[16], const SanId32 *dossier,
                  const SanId16 *journal, guint64 number, const SanId32 *head)
{
  guint64 bytes = GUINT64_TO_LE (number);

  san_cut_tag (salt, dossier, journal, out->b);
  memcpy (out->b + NUMBER_OFFSET, &bytes, sizeof bytes);
  memcpy (out->b + HEAD_OFFSET, head->b, HEAD_SIZE);
}

guint64
san_cut_row_get_number (const SanCutRow *self)
{
  guint64 bytes;

  memcpy (&bytes, self->b + NUMBER_OFFSET, sizeof bytes);
  return GUINT64_FROM_LE (bytes);
}

gboolean
san_cut_row_names (const SanCutRow *self, guint64 number, const SanId32 *entry)
{
  return san_cut_row_get_number (self) == number &&
         memcmp (self->b + HEAD_OFFSET, entry->b, HEAD_SIZE) == 0;
}

static int
compare_rows (const void *a, const void *b)
{
  return memcmp (a, b, SAN_CUT_ROW_SIZE);
}

guint
san_cut_rows_sort (SanCutRow *rows, guint n)
{
  guint kept = 0;

  if (n > 1)
    qsort (rows, n, sizeof *rows, compare_rows);
  for (guint i = 0; i < n; i++)
    if (kept == 0 || compare_rows (&rows[kept - 1], &rows[i]) != 0)
      rows[kept++] = rows[i];
  return kept;
}

guint
san_cut_rows_find (const SanCutRow *rows, guint n, const guint8 tag[SAN_CUT_TAG_SIZE], guint *first)
{
  guint low = 0, high = n, end;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (memcmp (rows[middle].b, tag, SAN_CUT_TAG_SIZE) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  for (end = low; end < n && memcmp (rows[end].b, tag, SAN_CUT_TAG_SIZE) == 0; end++)
    ;
  *first = low;
  return end - low;
}
