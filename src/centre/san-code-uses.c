/* san-code-uses.c - when the recovery code was used: everybody is told, until she has seen it
 *
 * What a recovery key signed in one press is one use. Who has seen which is a row of this laptop's
 * store for each login: ids of entries, 32 bytes each. */
#include "san-code-uses.h"
#include "san-authority-body.h"
#include "san-centre-private.h"
#include "san-store-rights.h"

typedef struct
{
  SanCentre          *centre;
  const SanAuthority *authority;
  GPtrArray          *uses;
  SanHeader           last;         /* of the entry before */
  gboolean            has_last;
  gint64              since;
} Walk;

void
san_code_use_free (SanCodeUse *self)
{
  g_free (self->name);
  g_free (self);
}

static gboolean
goes_on (const Walk *walk, const SanHeader *header)
{
  return walk->has_last && san_id32_equal (&header->dossier, &walk->last.dossier) &&
         san_id16_equal (&header->journal, &walk->last.journal) &&
         header->number == walk->last.number + 1;
}

static void
take_name (Walk *walk, SanCodeUse *use, SanEntry *entry)
{
  g_autoptr(SanAuthorityBody) body = san_authority_body_parse (san_entry_get_body (entry), NULL);

  if (body == NULL || body->op != SAN_OP_SEAT || use->name != NULL)
    return;
  use->name = san_centre_dup_staff_name (walk->centre, &body->u.seat.staff);
}

static gboolean
take_entry (SanEntry *entry, gpointer data)
{
  Walk *walk = data;
  const SanHeader *header = san_entry_get_header (entry);
  SanCodeUse *use;

  if (goes_on (walk, header))
    use = g_ptr_array_index (walk->uses, walk->uses->len - 1);
  else
    {
      use = g_new0 (SanCodeUse, 1);
      g_ptr_array_add (walk->uses, use);
    }
  use->id = *san_entry_get_id (entry);
  use->at_ms = (gint64) header->wall;
  use->doubtful = (header->flags & SAN_FLAG_CLOCK_DOUBTFUL) != 0;
  use->counts = san_authority_is_effective (walk->authority, &use->id);
  take_name (walk, use, entry);
  walk->last = *header;
  walk->has_last = TRUE;
  return TRUE;
}

static gint
newest_first (gconstpointer a, gconstpointer b)
{
  const SanCodeUse *one = *(SanCodeUse *const *) a;
  const SanCodeUse *two = *(SanCodeUse *const *) b;

  return one->at_ms != two->at_ms ? (one->at_ms < two->at_ms ? 1 : -1)
                                  : san_id32_compare (&one->id, &two->id);
}

/* When her first login was made; a code that was used before is nothing that she could have seen.
 */
static gboolean
find_since (Walk *walk, GError **error)
{
  gboolean found = FALSE;

  for (guint i = 0; i < san_authority_get_n_seats (walk->authority); i++)
    {
      const SanSeat *seat = san_authority_get_seat (walk->authority, i);
      g_autoptr(SanEntry) entry = NULL;
      gint64 wall;

      if (!san_id16_equal (&seat->staff, &walk->centre->staff))
        continue;
      entry = san_store_dup_entry (walk->centre->store, &seat->appointed_by, error);
      if (entry == NULL)
        return FALSE;
      wall = (gint64) san_entry_get_header (entry)->wall;
      walk->since = found ? MIN (walk->since, wall) : wall;
      found = TRUE;
    }
  return TRUE;
}

static char *
row_name (SanCentre *self)
{
  g_autofree char *hex = san_id32_to_text (san_sign_key_get_public (self->seat_key));

  return g_strconcat ("code-uses-seen.", hex, NULL);
}

static gboolean
read_seen (SanCentre *self, GBytes **out, GError **error)
{
  g_autofree char *name = row_name (self);
  g_autoptr(GError) local = NULL;

  *out = san_store_get_state (self->store, name, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
was_seen (GBytes *seen, const SanId32 *id)
{
  gsize n = 0;
  const guint8 *at = seen != NULL ? g_bytes_get_data (seen, &n) : NULL;

  for (gsize i = 0; i + sizeof id->b <= n; i += sizeof id->b)
    if (memcmp (at + i, id->b, sizeof id->b) == 0)
      return TRUE;
  return FALSE;
}

static void
drop_those (GPtrArray *uses, gint64 before, GBytes *seen)
{
  for (guint i = uses->len; i > 0; i--)
    {
      const SanCodeUse *use = g_ptr_array_index (uses, i - 1);

      if (use->at_ms < before || was_seen (seen, &use->id))
        g_ptr_array_remove_index (uses, i - 1);
    }
}

GPtrArray *
san_code_uses_list (SanCentre *self, gboolean unseen_only, GError **error)
{
  g_autoptr(GPtrArray) uses = g_ptr_array_new_with_free_func ((GDestroyNotify) san_code_use_free);
  Walk walk = { self, san_centre_get_authority (self, error), uses, { 0 }, FALSE, 0 };
  g_autoptr(GBytes) seen = NULL;

  if (walk.authority == NULL || !find_since (&walk, error) ||
      !san_store_each_by_recovery (self->store, &self->id, take_entry, &walk, error) ||
      (unseen_only && !read_seen (self, &seen, error)))
    return NULL;
  drop_those (uses, walk.since, seen);
  g_ptr_array_sort (uses, newest_first);
  return g_steal_pointer (&uses);
}

gboolean
san_code_uses_seen (SanCentre *self, GError **error)
{
  g_autoptr(GPtrArray) uses = san_code_uses_list (self, FALSE, error);
  g_autofree char *name = row_name (self);
  g_autoptr(GByteArray) ids = g_byte_array_new ();
  g_autoptr(GBytes) row = NULL;

  if (uses == NULL)
    return FALSE;
  for (guint i = 0; i < uses->len; i++)
    g_byte_array_append (ids, ((const SanCodeUse *) g_ptr_array_index (uses, i))->id.b,
                         sizeof (SanId32));
  row = g_byte_array_free_to_bytes (g_steal_pointer (&ids));
  return san_store_put_state (self->store, name, row, error);
}
