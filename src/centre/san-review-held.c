/* san-review-held.c - late notes of somebody removed: listed, and accepted by a superintendent */
#include "san-review.h"
#include "san-centre-private.h"
#include "san-press.h"
#include "san-removal.h"
#include "san-staff-private.h"
#include "san-store-rights.h"

void
san_held_notes_free (SanHeldNotes *self)
{
  g_free (self->name);
  g_free (self);
}

/* The newest removal that touches this author: it is the one to extend. */
static const SanRemoval *
removal_of (const SanAuthority *authority, const SanId32 *author)
{
  const SanSeat *seat = san_authority_find_seat (authority, author);

  return seat != NULL && seat->n_removals > 0 ? seat->removals[seat->n_removals - 1] : NULL;
}

/* A seat that was made on another laptop while its person was removed here counts nowhere: there is
 * no cut to extend, so its row has no id. */
static void
add_held (SanCentre *self, const SanAuthority *authority, const SanHeldRow *row, GPtrArray *rows)
{
  const SanRemoval *removal = removal_of (authority, &row->author);
  SanHeldNotes *notes;
  SanKnownSeat seat;

  if (san_id32_equal (&row->dossier, &self->id) || !san_store_find_seat (self->store, &row->author, &seat, NULL) ||
      !san_id32_equal (&seat.centre, &self->id))
    return;
  notes = g_new0 (SanHeldNotes, 1);
  if (removal != NULL)
    notes->id = removal->id;
  notes->staff = seat.staff;
  notes->name = san_centre_dup_staff_name (self, &seat.staff);
  notes->device = seat.device;
  notes->dossier = row->dossier;
  notes->journal = row->journal;
  notes->from = row->from;
  notes->to = row->to;
  g_ptr_array_add (rows, notes);
}

GPtrArray *
san_review_list_held (SanCentre *self, GError **error)
{
  const SanAuthority *authority = san_centre_get_authority (self, error);
  g_autoptr(GPtrArray) held = authority != NULL ? san_store_list_held (self->store, error) : NULL;
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) san_held_notes_free);

  if (held == NULL)
    return NULL;
  for (guint i = 0; i < held->len; i++)
    add_held (self, authority, g_ptr_array_index (held, i), rows);
  return g_steal_pointer (&rows);
}

typedef struct
{
  SanId32  id;
  gboolean found;
} LastEntry;

static gboolean
keep_last (SanEntry *entry, gpointer data)
{
  LastEntry *last = data;

  last->id = *san_entry_get_id (entry);
  last->found = TRUE;
  return TRUE;
}

static gboolean
add_head (SanCentre *self, const SanHeldNotes *notes, guint64 to, GArray *heads, guint *n, GError **error)
{
  SanJournalHead head = { notes->dossier, notes->journal, MIN (to, notes->to), san_id32_zero };
  LastEntry last = { san_id32_zero, FALSE };

  if (head.number < notes->from)
    return TRUE;
  if (!san_store_each_of_journal (self->store, &notes->dossier, &notes->journal, head.number, head.number, keep_last,
                                  &last, error))
    return FALSE;
  if (last.found)
    {
      head.head = last.id;
      g_array_append_val (heads, head);
      *n += (guint) (head.number - notes->from + 1);
    }
  return TRUE;
}

static gboolean
match_removal (GPtrArray *rows, const char *prefix, SanId32 *out, GError **error)
{
  gboolean found = FALSE;

  for (guint i = 0; i < rows->len; i++)
    {
      const SanHeldNotes *notes = g_ptr_array_index (rows, i);
      g_autofree char *hex = san_id32_to_text (&notes->id);

      if (strlen (prefix) < 6 || !g_str_has_prefix (hex, prefix))
        continue;
      if (found && !san_id32_equal (out, &notes->id))
        {
          g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID, "several begin with \"%s\"", prefix);
          return FALSE;
        }
      *out = notes->id;
      found = TRUE;
    }
  if (!found)
    g_set_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "nothing is held under \"%s\"", prefix);
  return found;
}

gboolean
san_review_accept (SanCentre *self, const char *id_prefix, guint64 to, guint *n_accepted, GError **error)
{
  g_autoptr(GPtrArray) rows = san_review_list_held (self, error);
  g_autoptr(GArray) heads = g_array_new (FALSE, FALSE, sizeof (SanJournalHead));
  g_autoptr(SanAuthorityBody) body = NULL;
  g_autoptr(SanPress) press = NULL;
  const SanAuthority *authority;
  SanId32 removal;
  guint n = 0;

  if (rows == NULL || !san_staff_need_superintendent (self, error) || !match_removal (rows, id_prefix, &removal, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const SanHeldNotes *notes = g_ptr_array_index (rows, i);

      if (san_id32_equal (&notes->id, &removal) &&
          !add_head (self, notes, to > 0 ? to : G_MAXUINT64, heads, &n, error))
        return FALSE;
    }
  authority = san_centre_get_authority (self, error);
  if (authority == NULL)
    return FALSE;
  body = san_removal_accept (authority, &removal, (const SanJournalHead *) heads->data, heads->len, error);
  if (body == NULL)
    return FALSE;
  press = san_press_begin (self, error);
  if (press == NULL || !san_press_add_authority (press, &self->id, body, NULL, error) || !san_press_commit (press, error))
    return FALSE;
  *n_accepted = n;
  return TRUE;
}
