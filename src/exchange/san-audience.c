/* san-audience.c - for whom a bundle is, what it may hold, and what these devices lack
 *
 * What was only written on a stick is never taken as had: a device has what it said it has. Of a
 * partner it is enough that one device has an entry, they replicate among themselves; of my own
 * centre each device must have said so. */
#include "san-audience-private.h"
#include "san-dossier-rights.h"
#include "san-founding.h"
#include "san-store.h"
#include "san-store-entries.h"
#include "san-store-rights.h"
#include "san-time.h"

#define DAY_MS         ((gint64) 24 * 60 * 60 * 1000)
#define HEARD_LIMIT_MS (90 * DAY_MS)
#define TWIN_LIMIT_MS  (30 * DAY_MS)     /* of a device's other writers: most are ghosts */

void
san_audience_free (SanAudience *self)
{
  g_clear_pointer (&self->authorities, g_ptr_array_unref);
  g_clear_pointer (&self->dossiers, g_hash_table_unref);
  g_clear_pointer (&self->peers, g_ptr_array_unref);
  g_free (self);
}

static void
allow (SanAudience *self, const SanId32 *dossier)
{
  g_hash_table_add (self->dossiers, san_id32_copy (dossier));
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return san_id32_compare (*(const SanId32 *const *) a, *(const SanId32 *const *) b);
}

static gboolean
allow_authority (SanAudience *self, SanStore *store, const SanId32 *centre, GError **error)
{
  gboolean here = FALSE;

  if (g_hash_table_contains (self->dossiers, centre))
    return TRUE;
  if (!san_store_look_entry (store, centre, &here, error))
    return FALSE;
  if (here)
    {
      allow (self, centre);
      g_ptr_array_add (self->authorities, san_id32_copy (centre));
    }
  return TRUE;
}

/* A partner gets the case dossiers that it may read, and the authority of everybody who may have
 * written in them; nothing else, not even the ids of others. One that was declined here is among
 * them: unless we say that we have it, it comes with every bundle. */
static gboolean
allow_shared (SanAudience *self, SanStore *store, const SanDossier *dossier, GError **error)
{
  SanDossierRights *rights;
  g_autoptr(GPtrArray) writers = NULL;

  if (dossier->type != SAN_FOUNDING_CASE)
    return TRUE;
  rights = san_store_get_rights (store, &dossier->id, error);
  if (rights == NULL)
    return FALSE;
  if (san_dossier_rights_get_reads (rights, &self->centre) == 0)
    return TRUE;
  allow (self, &dossier->id);
  for (guint c = 0; c < SAN_N_COMPARTMENTS; c++)
    {
      g_autoptr(GArray) readers = san_dossier_rights_list_readers (rights, (guint8) c);

      for (guint i = 0; i < readers->len; i++)
        if (!allow_authority (self, store, &g_array_index (readers, SanId32, i), error))
          return FALSE;
    }
  if (!allow_authority (self, store, san_dossier_rights_get_founder (rights), error))
    return FALSE;
  writers = san_store_list_writers (store, &dossier->id, error); /* who is no longer a reader too */
  for (guint i = 0; writers != NULL && i < writers->len; i++)
    if (!allow_authority (self, store, g_ptr_array_index (writers, i), error))
      return FALSE;
  return writers != NULL;
}

static gboolean
collect_dossiers (SanAudience *self, SanStore *store, GError **error)
{
  g_autoptr(GPtrArray) all = san_store_list_dossiers (store, 0, NULL, G_MAXUINT, error);

  if (all == NULL)
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      const SanDossier *dossier = g_ptr_array_index (all, i);
      gboolean authority =
          dossier->type == SAN_FOUNDING_CENTRE || dossier->type == SAN_FOUNDING_PROGRAMME;

      if (self->own && authority)
        {
          if (!allow_authority (self, store, &dossier->id, error))
            return FALSE;
        }
      else if (self->own)
        allow (self, &dossier->id);
      else if (!authority && !allow_shared (self, store, dossier, error))
        return FALSE;
    }
  g_ptr_array_sort (self->authorities, compare_ids);
  return TRUE;
}

static gboolean
is_member (GPtrArray *devices, const SanAuthority *authority, const SanId16 *id)
{
  const SanDevice *device = authority != NULL ? san_authority_find_device (authority, id) : NULL;

  if (device != NULL && device->removed)
    return FALSE;
  for (guint d = 0; devices != NULL && d < devices->len; d++)
    if (san_id16_equal (g_ptr_array_index (devices, d), id))
      return TRUE;
  return devices == NULL;
}

guint
san_audience_end_of_device (const GPtrArray *peers, guint first)
{
  const SanPeer *one = g_ptr_array_index (peers, first);
  guint end = first + 1;

  while (end < peers->len &&
         san_id16_equal (&((const SanPeer *) g_ptr_array_index (peers, end))->device, &one->device))
    end++;
  return end;
}

/* When a device was heard last, by any of its writers; -1: never. */
static gint64
last_heard (const GPtrArray *peers, const SanId16 *device)
{
  gint64 last = -1;

  for (guint i = 0; i < peers->len; i++)
    {
      const SanPeer *peer = g_ptr_array_index (peers, i);

      if (san_id16_equal (&peer->device, device))
        last = MAX (last, peer->heard_ms);
    }
  return last;
}

static gboolean
is_heard_lately (const GPtrArray *peers, const SanPeer *peer, gint64 now)
{
  gint64 limit =
      peer->heard_ms == last_heard (peers, &peer->device) ? HEARD_LIMIT_MS : TWIN_LIMIT_MS;

  return peer->heard_ms > now || now - peer->heard_ms <= limit;
}

gboolean
san_audience_has_twin (SanStore *store, const SanId32 *own, const SanId16 *device, gboolean *twin,
                       GError **error)
{
  g_autoptr(GPtrArray) heard = san_peers_list (store, own, error);
  gint64 now = san_clock_now ();
  gint64 last;

  if (heard == NULL)
    return FALSE;
  last = last_heard (heard, device);
  *twin = last >= 0 && (last > now || now - last <= TWIN_LIMIT_MS);
  return TRUE;
}

static gboolean
collect_peers (SanAudience *self, SanStore *store, GPtrArray *devices, GError **error)
{
  const SanAuthority *authority;
  gint64 now = san_clock_now ();

  if (!san_store_look_authority (store, &self->centre, &authority, error))
    return FALSE;
  self->peers = san_peers_list (store, &self->centre, error);
  if (self->peers == NULL)
    return FALSE;
  for (guint d = 0; devices != NULL && d < devices->len; d++)
    self->n_unheard += last_heard (self->peers, g_ptr_array_index (devices, d)) < 0;
  for (guint i = self->peers->len; i > 0; i--)
    {
      const SanPeer *peer = g_ptr_array_index (self->peers, i - 1);

      if (!is_member (devices, authority, &peer->device) ||
          !is_heard_lately (self->peers, peer, now))
        g_ptr_array_remove_index (self->peers, i - 1);
    }
  return TRUE;
}

SanAudience *
san_audience_new (SanStore *store, const SanId32 *own, const SanId32 *centre, GPtrArray *devices,
                  GError **error)
{
  g_autoptr(SanAudience) self = g_new0 (SanAudience, 1);

  self->centre = *centre;
  self->own = san_id32_equal (own, centre);
  self->authorities = g_ptr_array_new_with_free_func (g_free);
  self->dossiers = g_hash_table_new_full (san_id32_hash, san_id32_equal, g_free, NULL);
  /* the partner's too: so that it hears that its own has arrived */
  if (!allow_authority (self, store, own, error) || !allow_authority (self, store, centre, error) ||
      !collect_dossiers (self, store, error) ||
      !collect_peers (self, store, self->own ? devices : NULL, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* --- what a device has of one journal --- */

/* The first row of that journal; at a fork others follow it. NULL: none. */
static const SanHaveRow *
find_row (const SanPeer *peer, const SanHead *head)
{
  const SanHaveRow *found = NULL;

  if (peer->have == NULL)
    return NULL;
  for (guint low = 0, high = peer->have->rows->len; low < high;)
    {
      guint middle = low + (high - low) / 2;
      const SanHaveRow *row = &g_array_index (peer->have->rows, SanHaveRow, middle);
      int order = san_id32_compare (&row->dossier, &head->dossier);

      if (order == 0)
        order = san_id16_compare (&row->journal, &head->journal);
      if (order == 0)
        found = row;
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return found;
}

static gboolean
same_row_journal (const SanHaveRow *row, const SanId32 *dossier, const SanId16 *journal)
{
  return san_id32_equal (&row->dossier, dossier) && san_id16_equal (&row->journal, journal);
}

/* Does it name just this head? */
static gboolean
names_head (const SanPeer *peer, const SanHead *head)
{
  const SanHaveRow *row = find_row (peer, head);
  const SanHaveRow *end =
      peer->have != NULL ? &g_array_index (peer->have->rows, SanHaveRow, 0) + peer->have->rows->len
                         : NULL;

  for (; row != NULL && row < end && same_row_journal (row, &head->dossier, &head->journal); row++)
    if (row->number == head->number && memcmp (row->head, head->id.b, sizeof row->head) == 0)
      return TRUE;
  return FALSE;
}

/* Up to which number this device has our branch; an unknown head reaches nothing. */
static guint64
covered_by (SanStore *store, const SanPeer *peer, const SanHead *head)
{
  const SanHaveRow *row = find_row (peer, head);

  if (row == NULL)
    return 0;
  if (names_head (peer, head))
    return head->number;
  return row->number < head->number && san_audience_store_has (store, row) ? row->number : 0;
}

/* By all writers of a device: each may be a laptop. */
static guint64
covered_by_device (const SanAudience *self, SanStore *store, guint first, guint end,
                   const SanHead *head)
{
  guint64 covered = G_MAXUINT64;

  for (guint i = first; i < end; i++)
    covered = MIN (covered, covered_by (store, g_ptr_array_index (self->peers, i), head));
  return covered;
}

static guint64
covered_by_all (const SanAudience *self, SanStore *store, const SanHead *head)
{
  guint64 covered = 0;

  if (self->own && (self->n_unheard > 0 || self->peers->len == 0))
    return 0;
  for (guint first = 0, end; first < self->peers->len; first = end)
    {
      guint64 one;

      end = san_audience_end_of_device (self->peers, first);
      one = covered_by_device (self, store, first, end, head);
      if (!self->own)
        covered = MAX (covered, one);
      else
        covered = first == 0 ? one : MIN (covered, one);
    }
  return covered;
}

static gboolean
names_all (const SanPeer *peer, GPtrArray *heads, guint first, guint end)
{
  for (guint i = first; i < end; i++)
    if (!names_head (peer, g_ptr_array_index (heads, i)))
      return FALSE;
  return TRUE;
}

/* A fork: all branches were named by the device, or by each of my own. */
static gboolean
fork_is_covered (const SanAudience *self, GPtrArray *heads, guint first, guint end)
{
  gboolean any = FALSE, every = TRUE;

  if (self->own && self->n_unheard > 0)
    return FALSE;
  for (guint p = 0, last; p < self->peers->len; p = last)
    {
      gboolean all = TRUE;

      last = san_audience_end_of_device (self->peers, p);
      for (guint i = p; i < last; i++)
        all &= names_all (g_ptr_array_index (self->peers, i), heads, first, end);
      any |= all;
      every &= all;
    }
  return any && (!self->own || every);
}

static gboolean
same_journal (const SanHead *a, const SanHead *b)
{
  return san_id32_equal (&a->dossier, &b->dossier) && san_id16_equal (&a->journal, &b->journal);
}

static void
widen_by_want (GArray *ranges, const SanWant *want)
{
  for (guint i = 0; i < ranges->len; i++)
    {
      SanRange *range = &g_array_index (ranges, SanRange, i);

      if (san_id32_equal (&range->dossier, &want->dossier) &&
          san_id16_equal (&range->journal, &want->journal))
        range->from = MIN (range->from, MAX (want->from, 1));
    }
}

static gboolean
can_answer (SanStore *store, const SanWant *want)
{
  const SanWantRange range = { want->dossier, want->journal, want->from, want->to };
  gboolean can;

  return !want->is_piece && san_store_can_answer (store, &range, &can, NULL) && can;
}

static gboolean
answer_wants (const SanAudience *self, SanStore *store, GArray *ranges, GError **error)
{
  for (guint i = 0; i < self->peers->len; i++)
    {
      const SanPeer *peer = g_ptr_array_index (self->peers, i);
      g_autoptr(GPtrArray) wants = san_peers_list_wants (store, peer, error);

      if (wants == NULL)
        return FALSE;
      for (guint w = 0; w < wants->len; w++)
        {
          SanWant want;

          if (san_want_parse (g_ptr_array_index (wants, w), &want, NULL) &&
              can_answer (store, &want))
            widen_by_want (ranges, &want);
        }
    }
  return TRUE;
}

/* What a device has ahead of us, or on a branch that we lack, is not for us to send. */
static gboolean
lacks_head (const SanPeer *peer, const SanHead *head, gboolean fork)
{
  const SanHaveRow *row = find_row (peer, head);

  return row == NULL || (!names_head (peer, head) && (fork || row->number < head->number));
}

const SanRange *
san_ranges_find (const GArray *ranges, const SanId32 *dossier, const SanId16 *journal)
{
  for (guint low = 0, high = ranges->len; low < high;)
    {
      guint middle = low + (high - low) / 2;
      const SanRange *range = &g_array_index (ranges, SanRange, middle);
      int order = san_id32_compare (&range->dossier, dossier);

      if (order == 0)
        order = san_id16_compare (&range->journal, journal);
      if (order == 0)
        return range;
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

static gboolean
is_fork (const GPtrArray *heads, guint i)
{
  const SanHead *head = g_ptr_array_index (heads, i);

  return (i > 0 && same_journal (head, g_ptr_array_index (heads, i - 1))) ||
         (i + 1 < heads->len && same_journal (head, g_ptr_array_index (heads, i + 1)));
}

gboolean
san_audience_peer_lacks_own (const SanPeer *peer, SanStore *store, gboolean *lacks, GError **error)
{
  g_autoptr(GPtrArray) heads = san_store_list_heads (store, NULL, error);
  gboolean any = FALSE;

  if (heads == NULL)
    return FALSE;
  for (guint i = 0; i < heads->len && !any; i++)
    {
      const SanHead *head = g_ptr_array_index (heads, i);

      any = san_id32_equal (&head->dossier, &peer->centre) &&
            lacks_head (peer, head, is_fork (heads, i));
    }
  *lacks = any;
  return TRUE;
}

gboolean
san_audience_peer_lacks (const SanPeer *peer, SanStore *store, const GArray *ranges)
{
  g_autoptr(GPtrArray) heads = san_store_list_heads (store, NULL, NULL);
  g_autoptr(GPtrArray) wants = san_peers_list_wants (store, peer, NULL);

  if (heads == NULL || wants == NULL)
    return TRUE;
  for (guint i = 0; i < wants->len; i++)
    {
      SanWant want;

      if (san_want_parse (g_ptr_array_index (wants, i), &want, NULL) && can_answer (store, &want) &&
          san_ranges_find (ranges, &want.dossier, &want.journal) != NULL)
        return TRUE;
    }
  for (guint i = 0; i < heads->len; i++)
    {
      const SanHead *head = g_ptr_array_index (heads, i);

      if (san_ranges_find (ranges, &head->dossier, &head->journal) != NULL &&
          lacks_head (peer, head, is_fork (heads, i)))
        return TRUE;
    }
  return FALSE;
}

static void
drop_empty (GArray *ranges)
{
  for (guint i = ranges->len; i > 0; i--)
    {
      const SanRange *range = &g_array_index (ranges, SanRange, i - 1);

      if (range->from > range->to)
        g_array_remove_index (ranges, i - 1);
    }
}

GArray *
san_audience_list_lacking (const SanAudience *self, SanStore *store, GError **error)
{
  g_autoptr(GPtrArray) heads = san_store_list_heads (store, NULL, error);
  g_autoptr(GArray) ranges = g_array_new (FALSE, TRUE, sizeof (SanRange));

  if (heads == NULL)
    return NULL;
  for (guint i = 0; i < heads->len;)
    {
      const SanHead *head = g_ptr_array_index (heads, i);
      SanRange range = { head->dossier, head->journal, 1, 0 };
      guint first = i;

      /* heads come by journal and number: the last one of a fork is the highest */
      for (; i < heads->len && same_journal (head, g_ptr_array_index (heads, i)); i++)
        range.to = MAX (range.to, ((const SanHead *) g_ptr_array_index (heads, i))->number);
      if (!g_hash_table_contains (self->dossiers, &head->dossier))
        continue;
      if (i == first + 1)
        range.from = covered_by_all (self, store, head) + 1;
      else if (fork_is_covered (self, heads, first, i))
        range.from = range.to + 1;
      g_array_append_val (ranges, range);
    }
  if (!answer_wants (self, store, ranges, error))
    return NULL;
  drop_empty (ranges);
  return g_steal_pointer (&ranges);
}
