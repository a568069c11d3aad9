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

/* A seat by its person or laptop. A removal of a seat touches that one only, which was there. */
static gboolean
touches (const SanRemoval *removal, const SanKnownSeat *seat)
{
  if (removal->what == SAN_REMOVE_SEAT)
    return FALSE;
  return memcmp (removal->target.b,
                 removal->what == SAN_REMOVE_STAFF ? seat->staff.b : seat->device.b, 16) == 0;
}

/* A seat that was made on another laptop while its person was removed counts nowhere: what made it
 * lies outside that removal's cut, as her notes do. */
static const SanRemoval *
removal_of_person (const SanAuthority *authority, const SanKnownSeat *seat)
{
  for (guint i = san_authority_get_n_removals (authority); i-- > 0;)
    {
      const SanRemoval *removal = san_authority_get_removal (authority, i);

      if (removal->effective && touches (removal, seat))
        return removal;
    }
  return NULL;
}

static gboolean
add_held (SanCentre *self, const SanAuthority *authority, const SanHeldRow *row, GPtrArray *rows,
          GError **error)
{
  g_autoptr(GError) local = NULL;
  const SanRemoval *removal = removal_of (authority, &row->author);
  SanHeldNotes *notes;
  SanKnownSeat seat;

  if (san_id32_equal (&row->dossier, &self->id))
    return TRUE;
  if (!san_store_find_seat (self->store, &row->author, &seat, &local))
    {
      if (g_error_matches (local, SAN_ERROR, SAN_ERROR_NOT_FOUND))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!san_id32_equal (&seat.centre, &self->id))
    return TRUE;
  notes = g_new0 (SanHeldNotes, 1);
  if (removal == NULL && san_authority_find_seat (authority, &row->author) == NULL)
    {
      removal = removal_of_person (authority, &seat);
      notes->made_late = removal != NULL;
    }
  if (removal != NULL)
    {
      notes->id = removal->id;
      notes->of_laptop = removal->what == SAN_REMOVE_DEVICE;
    }
  notes->staff = seat.staff;
  notes->name = san_centre_dup_staff_name (self, &seat.staff);
  notes->device = seat.device;
  notes->dossier = row->dossier;
  notes->journal = row->journal;
  notes->from = row->from;
  notes->to = row->to;
  g_ptr_array_add (rows, notes);
  return TRUE;
}

/* Of one person they stay in the order of time. */
static int
compare_names (gconstpointer a, gconstpointer b)
{
  const SanHeldNotes *one = *(const SanHeldNotes *const *) a;
  const SanHeldNotes *two = *(const SanHeldNotes *const *) b;

  if (one->name == NULL || two->name == NULL)
    return (one->name == NULL) - (two->name == NULL);
  return g_utf8_collate (one->name, two->name);
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
    if (!add_held (self, authority, g_ptr_array_index (held, i), rows, error))
      return NULL;
  g_ptr_array_sort (rows, compare_names);
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
add_head (SanCentre *self, const SanHeldNotes *notes, guint64 to, GArray *heads, guint *n,
          GError **error)
{
  SanJournalHead head = { notes->dossier, notes->journal, MIN (to, notes->to), san_id32_zero };
  LastEntry last = { san_id32_zero, FALSE };

  if (head.number < notes->from)
    return TRUE;
  if (!san_store_each_of_journal (self->store, &notes->dossier, &notes->journal, head.number,
                                  head.number, keep_last, &last, error))
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

      if (strlen (prefix) < 6 || !g_str_has_prefix (hex, prefix) || san_id32_is_zero (&notes->id))
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

/* ---- a login that was made late ---- */

static gboolean
is_waiting (SanHeldReason reason)
{
  return reason == SAN_HELD_REMOVED || reason == SAN_HELD_NOT_APPOINTED ||
         reason == SAN_HELD_SUSPENDED || reason == SAN_HELD_CYCLE || reason == SAN_HELD_DEAD;
}

/* Her own login, and what a login does by itself: rings made and handed on, a new journal. */
static gboolean
is_of_a_login (const SanRemoval *removal, const SanEntry *entry)
{
  GBytes *bytes = san_entry_get_body (entry);
  g_autoptr(SanAuthorityBody) body = bytes != NULL ? san_authority_body_parse (bytes, NULL) : NULL;
  SanKnownSeat seat = { 0 };

  if (body == NULL)
    return FALSE;
  if (body->op == SAN_OP_NEW_RING || body->op == SAN_OP_RING_GRANT ||
      body->op == SAN_OP_JOURNAL_NOTICE)
    return TRUE;
  if (body->op != SAN_OP_SEAT)
    return FALSE;
  seat.staff = body->u.seat.staff;
  seat.device = body->u.seat.device;
  return touches (removal, &seat);
}

/* An entry that waits, if it was written by whoever that removal touches; NULL without an error: it
 * was not. */
static SanEntry *
dup_if_hers (SanCentre *self, const SanRemoval *removal, const SanId32 *id, GError **error)
{
  g_autoptr(GError) local = NULL;
  g_autoptr(SanEntry) entry = san_store_dup_entry (self->store, id, &local);
  SanKnownSeat author;

  if (entry != NULL &&
      san_store_find_seat (self->store, &san_entry_get_header (entry)->author, &author, &local))
    return touches (removal, &author) ? g_steal_pointer (&entry) : NULL;
  if (!g_error_matches (local, SAN_ERROR, SAN_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* A removal that is written anew has all in its past that we know, and so lets all of it count: her
 * login, which is meant, but also whom she appointed or removed meanwhile. */
static gboolean
check_only_logins (SanCentre *self, const SanAuthority *authority, const SanRemoval *removal,
                   GError **error)
{
  for (guint i = 0; i < san_authority_get_n_entries (authority); i++)
    {
      SanHeldReason reason;
      const SanId32 *id = san_authority_get_entry (authority, i, &reason);
      g_autoptr(GError) local = NULL;
      g_autoptr(SanEntry) entry =
          is_waiting (reason) ? dup_if_hers (self, removal, id, &local) : NULL;

      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (entry == NULL || is_of_a_login (removal, entry))
        continue;
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_REFUSED,
                           "she also decided about other people or laptops after she was removed: "
                           "that would count too");
      return FALSE;
    }
  return TRUE;
}

static gboolean
add_bodies (SanPress *press, SanCentre *self, GPtrArray *bodies, GError **error)
{
  SanId32 removal = san_id32_zero;

  for (guint i = 0; i < bodies->len; i++)
    {
      SanAuthorityBody *body = g_ptr_array_index (bodies, i);

      if (body->op == SAN_OP_ACCEPT)
        body->u.removal = removal;
      if (!san_press_add_authority (press, &self->id, body, i == 0 ? &removal : NULL, error))
        return FALSE;
    }
  return TRUE;
}

/* The removal written once more, with her login and these notes inside. She stays removed. */
static gboolean
accept_late_login (SanCentre *self, const SanAuthority *authority, const SanRemoval *removal,
                   GArray *heads, GError **error)
{
  g_autoptr(GArray) known = san_staff_list_heads (self, error);
  g_autoptr(GPtrArray) bodies = NULL;
  g_autoptr(SanPress) press = NULL;

  if (known == NULL || !check_only_logins (self, authority, removal, error))
    return FALSE;
  bodies = san_removal_renew (authority, &removal->id, (const SanJournalHead *) known->data,
                              known->len, (const SanJournalHead *) heads->data, heads->len, error);
  press = bodies != NULL ? san_press_begin (self, error) : NULL;
  if (press == NULL || !add_bodies (press, self, bodies, error) ||
      !san_staff_rotate_rings (press, self, error) || !san_press_commit (press, error))
    return FALSE;
  san_staff_open_rings (self);
  return TRUE;
}

static gboolean
accept_notes (SanCentre *self, const SanAuthority *authority, const SanId32 *removal, GArray *heads,
              GError **error)
{
  g_autoptr(SanAuthorityBody) body = san_removal_accept (
      authority, removal, (const SanJournalHead *) heads->data, heads->len, error);
  g_autoptr(SanPress) press = body != NULL ? san_press_begin (self, error) : NULL;

  return press != NULL && san_press_add_authority (press, &self->id, body, NULL, error) &&
         san_press_commit (press, error);
}

/**
 * san_review_accept:
 * @id_prefix: of a removal, six letters or more
 * @to: up to this number of the journal; 0: all
 * @n_accepted: (out)
 *
 * Late notes of somebody removed count from now on; she stays removed.
 *
 * Returns: FALSE with REFUSED (not a superintendent, or she decided about other people after she
 * was removed), NOT_FOUND, INVALID (several fit)
 */
gboolean
san_review_accept (SanCentre *self, const char *id_prefix, guint64 to, guint *n_accepted,
                   GError **error)
{
  g_autoptr(GPtrArray) rows = san_review_list_held (self, error);
  g_autoptr(GArray) heads = g_array_new (FALSE, FALSE, sizeof (SanJournalHead));
  const SanAuthority *authority;
  const SanRemoval *removal;
  gboolean made_late = FALSE;
  SanId32 id;
  guint n = 0;

  if (rows == NULL || !san_staff_need_superintendent (self, error) ||
      !match_removal (rows, id_prefix, &id, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const SanHeldNotes *notes = g_ptr_array_index (rows, i);

      if (!san_id32_equal (&notes->id, &id))
        continue;
      made_late = made_late || notes->made_late;
      if (!add_head (self, notes, to > 0 ? to : G_MAXUINT64, heads, &n, error))
        return FALSE;
    }
  authority = san_centre_get_authority (self, error);
  removal = authority != NULL ? san_authority_find_removal (authority, &id) : NULL;
  if (authority == NULL)
    return FALSE;
  if (made_late && removal != NULL
        ? !accept_late_login (self, authority, removal, heads, error)
        : !accept_notes (self, authority, &id, heads, error))
    return FALSE;
  *n_accepted = n;
  return TRUE;
}
