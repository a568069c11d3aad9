/* san-removal.c - making removals and acceptances
 *
 * The cut holds, for every journal of a device on which she has a seat, the heads that we have: of
 * all dossiers, since rows do not say which. The authority dossier needs rows too only for what
 * our own heads do not reach, but they cost little and stand in the op 3 itself. */
#include "san-removal.h"

#include <string.h>

void
san_removal_target_from_id16 (const SanId16 *id, SanId32 *out)
{
  *out = san_id32_zero;
  memcpy (out->b, id->b, sizeof id->b);
}

/* Written now it has everything in its past, so it touches whoever there is. */
gboolean
san_removal_would_touch (const SanAuthority *self, guint8 what, const SanId32 *target,
                         const SanSeat *seat)
{
  if (what == SAN_REMOVE_SEAT)
    return san_id32_equal (target, &seat->seat);
  return memcmp (target->b, what == SAN_REMOVE_STAFF ? seat->staff.b : seat->device.b, 16) == 0;
}

gboolean
san_removal_would_leave_none (const SanAuthority *self, guint8 what, const SanId32 *target)
{
  for (guint i = 0; i < san_authority_get_n_seats (self); i++)
    {
      const SanSeat *seat = san_authority_get_seat (self, i);

      if (seat->superintendent && !san_removal_would_touch (self, what, target, seat))
        return FALSE;
    }
  return TRUE;
}

static gboolean
journal_is_of (const SanAuthority *self, const SanId16 *device, const SanId16 *journal)
{
  const SanDevice *known = san_authority_find_device (self, device);

  return known != NULL && san_journal_fits (journal, &known->sign_pk);
}

gboolean
san_removal_needs_journal (const SanAuthority *self, guint8 what, const SanId32 *target,
                           const SanId16 *journal)
{
  for (guint i = 0; i < san_authority_get_n_seats (self); i++)
    {
      const SanSeat *seat = san_authority_get_seat (self, i);

      if (san_removal_would_touch (self, what, target, seat)
          && journal_is_of (self, &seat->device, journal))
        return TRUE;
    }
  return FALSE;
}

/* Sign keys of the devices on which somebody is touched: asked once for all heads. */
static GArray *
gather_devices (const SanAuthority *self, guint8 what, const SanId32 *target, gboolean *touches)
{
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (SanId32));
  g_autoptr(GHashTable) seen = g_hash_table_new (san_id16_hash, san_id16_equal);

  for (guint i = 0; i < san_authority_get_n_seats (self); i++)
    {
      const SanSeat *seat = san_authority_get_seat (self, i);
      const SanDevice *device;

      if (!san_removal_would_touch (self, what, target, seat))
        continue;
      *touches = TRUE;
      device = san_authority_find_device (self, &seat->device);
      if (device != NULL && g_hash_table_add (seen, (gpointer)&device->device))
        g_array_append_val (keys, device->sign_pk);
    }
  return keys;
}

static gboolean
fits_any (const SanId16 *journal, const GArray *keys)
{
  for (guint i = 0; i < keys->len; i++)
    if (san_journal_fits (journal, &g_array_index (keys, SanId32, i)))
      return TRUE;
  return FALSE;
}

static void
set_rows (SanAuthorityBody *body, GPtrArray *heads)
{
  SanCutRow *rows = g_new (SanCutRow, heads->len);

  for (guint i = 0; i < heads->len; i++)
    {
      const SanJournalHead *head = g_ptr_array_index (heads, i);

      san_cut_row_make (&rows[i], body->cut_salt, &head->dossier, &head->journal, head->number,
                        &head->head);
    }
  san_authority_body_take_rows (body, rows, heads->len);
}

/* The next of @all, from @from on, as many as one entry holds. */
static GPtrArray *
slice (GPtrArray *all, guint from)
{
  GPtrArray *part = g_ptr_array_new ();

  for (guint i = from; i < all->len && part->len < SAN_CUT_ROWS_LIMIT; i++)
    g_ptr_array_add (part, g_ptr_array_index (all, i));
  return part;
}

/* Heads that belong into the cut, those of the authority dossier first: they may stand in the op 3
 * only. */
static GPtrArray *
select_heads (const SanAuthority *self, const GArray *keys, const SanJournalHead *heads,
              guint n_heads)
{
  const SanId32 *centre = san_authority_get_centre (self);
  GPtrArray *selected = g_ptr_array_new ();

  for (int authority = 1; authority >= 0; authority--)
    for (guint i = 0; i < n_heads; i++)
      if (san_id32_equal (&heads[i].dossier, centre) == authority
          && fits_any (&heads[i].journal, keys))
        g_ptr_array_add (selected, (gpointer)&heads[i]);
  return selected;
}

static gboolean
set_heads (const SanAuthority *self, SanAuthorityBody *body, GError **error)
{
  SanId32 heads[SAN_HEADS_LIMIT];
  guint n = san_authority_get_heads (self, heads);

  return san_authority_body_set_heads (body, heads, n, error);
}

GPtrArray *
san_removal_make (const SanAuthority *self, guint8 what, const SanId32 *target, guint8 why,
                  const SanJournalHead *heads, guint n_heads, GError **error)
{
  gboolean touches = FALSE;
  g_autoptr(GArray) keys = gather_devices (self, what, target, &touches);
  g_autoptr(GPtrArray) selected = NULL;
  g_autoptr(GPtrArray) bodies
      = g_ptr_array_new_with_free_func ((GDestroyNotify)san_authority_body_free);
  guint done = 0;

  if (!touches)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "a removal that touches nobody");
      return NULL;
    }
  selected = select_heads (self, keys, heads, n_heads);
  do
    {
      g_autoptr(GPtrArray) part = slice (selected, done);
      SanAuthorityBody *body = san_authority_body_new (done == 0 ? SAN_OP_REMOVE : SAN_OP_ACCEPT);

      g_ptr_array_add (bodies, body);
      if (done == 0)
        {
          body->u.remove.what = what;
          body->u.remove.target = *target;
          body->u.remove.reason = why;
          if (!set_heads (self, body, error))
            return NULL;
        }
      set_rows (body, part);
      done += part->len;
    }
  while (done < selected->len);
  return g_steal_pointer (&bodies);
}

SanAuthorityBody *
san_removal_accept (const SanAuthority *self, const SanId32 *removal, const SanJournalHead *heads,
                    guint n_heads, GError **error)
{
  g_autoptr(SanAuthorityBody) body = san_authority_body_new (SAN_OP_ACCEPT);
  g_autoptr(GPtrArray) all = g_ptr_array_new ();

  if (san_authority_find_removal (self, removal) == NULL)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_INVALID, "accepts what no removal holds");
      return NULL;
    }
  if (n_heads > SAN_CUT_ROWS_LIMIT)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_REFUSED, "accepts up to %u heads, limit is %u",
                   n_heads, (guint)SAN_CUT_ROWS_LIMIT);
      return NULL;
    }
  body->u.removal = *removal;
  for (guint i = 0; i < n_heads; i++)
    g_ptr_array_add (all, (gpointer)&heads[i]);
  set_rows (body, all);
  if (!set_heads (self, body, error))
    return NULL;
  return g_steal_pointer (&body);
}

/* The rows of a removal that speak of this journal, as heads again. A row has only half of a head's
 * id, which is all that goes into the next one. */
static void
carry_rows (const SanRemoval *removal, const SanJournalHead *journal, GArray *into)
{
  for (guint c = 0; c < removal->n_cuts; c++)
    {
      const SanCut *cut = &removal->cuts[c];
      guint8 tag[SAN_CUT_TAG_SIZE];
      guint first = 0;
      guint n;

      san_cut_tag (cut->salt, &journal->dossier, &journal->journal, tag);
      n = san_cut_rows_find (cut->rows, cut->n_rows, tag, &first);
      for (guint i = first; i < first + n; i++)
        {
          SanJournalHead head = { journal->dossier, journal->journal,
                                  san_cut_row_get_number (&cut->rows[i]), { { 0 } } };

          memcpy (head.head.b, cut->rows[i].b + SAN_CUT_ROW_SIZE - 16, 16);
          g_array_append_val (into, head);
        }
    }
}

GPtrArray *
san_removal_renew (const SanAuthority *self, const SanId32 *removal, const SanJournalHead *known,
                   guint n_known, const SanJournalHead *accepted, guint n_accepted, GError **error)
{
  const SanRemoval *old = san_authority_find_removal (self, removal);
  g_autoptr(GArray) heads = g_array_new (FALSE, FALSE, sizeof (SanJournalHead));
  g_autoptr(GPtrArray) bodies = NULL;
  SanAuthorityBody *body;

  if (old == NULL || !old->effective)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_INVALID, "renews what is no removal");
      return NULL;
    }
  for (guint i = 0; i < n_known; i++)
    if (i == 0 || !san_id32_equal (&known[i].dossier, &known[i - 1].dossier)
        || !san_id16_equal (&known[i].journal, &known[i - 1].journal))
      carry_rows (old, &known[i], heads);
  if (n_accepted > 0)
    g_array_append_vals (heads, accepted, n_accepted);
  bodies = san_removal_make (self, old->what, &old->target, old->why,
                             (const SanJournalHead *)heads->data, heads->len, error);
  if (bodies == NULL)
    return NULL;
  body = san_authority_body_new (SAN_OP_VOID);
  body->u.voids.removals = g_memdup2 (removal, sizeof *removal);
  body->u.voids.n_removals = 1;
  g_ptr_array_add (bodies, body);
  if (!set_heads (self, body, error))
    return NULL;
  return g_steal_pointer (&bodies);
}
