/* san-checks.c - verify and rebuild */
#include "san-checks.h"
#include "san-carry-private.h"
#include "san-pieces.h"
#include "san-store-check.h"
#include <string.h>

void
san_verify_result_free (SanVerifyResult *self)
{
  g_ptr_array_unref (self->problems);
  g_free (self);
}

/* Every piece here against its name. */
static gboolean
verify_pieces (SanCentre *self, SanVerifyResult *result, GError **error)
{
  g_autoptr(SanPieces) pieces = san_pieces_open (self->dir, error);
  g_autoptr(GPtrArray) ids = pieces != NULL ? san_pieces_list (pieces, error) : NULL;

  if (ids == NULL)
    return FALSE;
  result->pieces = ids->len;
  for (guint i = 0; i < ids->len; i++)
    {
      const SanId32 *id = g_ptr_array_index (ids, i);
      g_autoptr(GBytes) piece = san_pieces_read (pieces, id, NULL);
      g_autofree char *hex = san_id32_to_text (id);

      if (piece == NULL)
        g_ptr_array_add (result->problems, g_strdup_printf ("piece %.12s is damaged", hex));
    }
  return TRUE;
}

/* Where the reading itself stopped at something damaged, that is what the check found. */
static gboolean
verify_store (SanCentre *self, guint what, SanProgressFunc tell, gpointer told,
              GCancellable *cancellable, SanVerifyResult *result, GError **error)
{
  g_auto(SanVerifyReport) report = { 0 };
  g_autoptr(GError) local = NULL;

  if (!san_store_verify (self->store, what, 0, tell, told, cancellable, &report, &local))
    {
      if (!g_error_matches (local, SAN_ERROR, SAN_ERROR_DAMAGED))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      g_ptr_array_add (result->problems, g_strdup_printf ("store.db: %s", local->message));
      return TRUE;
    }
  result->entries = report.n_entries;
  for (guint i = 0; i < report.problems->len; i++)
    g_ptr_array_add (result->problems, g_strdup (g_ptr_array_index (report.problems, i)));
  return TRUE;
}

/* By the words with which the store and we begin a line. */
SanProblemKind
san_checks_get_kind (const char *problem)
{
  if (g_str_has_prefix (problem, "piece "))
    return SAN_PROBLEM_PIECE;
  if (g_str_has_prefix (problem, "what "))
    return SAN_PROBLEM_PAGES;
  if (g_str_has_prefix (problem, "entry ") ||
      strstr (problem, " journals have another head") != NULL)
    return SAN_PROBLEM_NOTE;
  return SAN_PROBLEM_FILE;
}

typedef struct { SanProgress progress; gpointer data; } Told;

static void
tell (guint64 done, guint64 all, gpointer data)
{
  const Told *told = data;

  if (told->progress != NULL)
    told->progress ("checking", done, all, told->data);
}

/**
 * san_checks_verify:
 * @whole: the pages and views too, not the entries alone; the time of it is then kept
 * @progress: (nullable) (scope call)
 *
 * Damage that is found is no error: it stands in the result.
 *
 * Returns: (transfer full): NULL with what stopped the reading, or when cancelled
 */
SanVerifyResult *
san_checks_verify (SanCentre *self, gboolean whole, SanProgress progress, gpointer data,
                   GCancellable *cancellable, GError **error)
{
  Told told = { progress, data };
  g_autoptr(SanVerifyResult) result = g_new0 (SanVerifyResult, 1);

  result->problems = g_ptr_array_new_with_free_func (g_free);
  if (!verify_store (self, whole ? SAN_VERIFY_ALL : SAN_VERIFY_ENTRIES, tell, &told, cancellable,
                     result, error) ||
      !verify_pieces (self, result, error))
    return NULL;
  if (whole)
    san_carry_note_check (self, result->entries, result->problems->len);
  return g_steal_pointer (&result);
}

/**
 * san_checks_rebuild:
 *
 * Works out the open views anew from the entries; these are not touched.
 */
gboolean
san_checks_rebuild (SanCentre *self, GCancellable *cancellable, GError **error)
{
  return san_store_rebuild (self->store, san_store_get_open_mask (self->store), NULL, NULL,
                            cancellable, error);
}

char *
san_checks_digest (SanCentre *self, GError **error)
{
  guint mask = san_store_get_open_mask (self->store);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint c = 0; c < SAN_N_COMPARTMENTS; c++)
    {
      g_autofree char *hex = NULL;
      SanId32 digest;

      if (!(mask & (1u << c)))
        continue;
      if (!san_store_view_digest (self->store, (guint8) c, FALSE, &digest, error))
        return NULL;
      hex = san_id32_to_text (&digest);
      g_string_append_printf (text, "%s %s\n", san_compartment_get_name (c), hex);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
