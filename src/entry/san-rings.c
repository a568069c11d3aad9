/* san-rings.c - asking who holds which ring, and which one to write under
 *
 * The family of a ring is what makes another branch harmless: a stranger can found a ring of her
 * own and hand it about, but it never descends from one that I was given. */
#include "san-authority-private.h"

static const SanRingRow *
find_row (const SanAuthority *self, const SanId32 *ring)
{
  return g_hash_table_lookup (self->ring_index, ring);
}

static const SanRingRow *
get_row (const SanAuthority *self, guint i)
{
  return g_ptr_array_index (self->rings, i);
}

guint
san_authority_get_n_rings (const SanAuthority *self)
{
  return self->rings->len;
}

const SanRing *
san_authority_get_ring (const SanAuthority *self, guint i)
{
  return &get_row (self, i)->ring;
}

const SanRing *
san_authority_find_ring (const SanAuthority *self, const SanId32 *ring)
{
  const SanRingRow *row = find_row (self, ring);

  return row != NULL ? &row->ring : NULL;
}

/* Rings to which @row went, by being handed over, and itself. */
static GPtrArray *
gather_takers (const SanAuthority *self, const SanRingRow *row)
{
  GPtrArray *takers = g_ptr_array_new ();

  g_ptr_array_add (takers, (gpointer)row);
  for (guint i = 0; i < takers->len; i++)
    {
      const SanRingRow *here = g_ptr_array_index (takers, i);

      for (guint h = 0; h < here->holds->len; h++)
        {
          const SanRingRow *taker
              = find_row (self, &g_array_index (here->holds, SanRingHold, h).grantee);

          if (taker != NULL && !g_ptr_array_find (takers, taker, NULL))
            g_ptr_array_add (takers, (gpointer)taker);
        }
    }
  return takers;
}

gboolean
san_authority_holds_ring (const SanAuthority *self, const SanId32 *who, const SanId32 *ring)
{
  const SanRingRow *row = find_row (self, ring);
  g_autoptr(GPtrArray) takers = NULL;

  if (row == NULL)
    return FALSE;
  takers = gather_takers (self, row);
  for (guint i = 0; i < takers->len; i++)
    {
      const SanRingRow *here = g_ptr_array_index (takers, i);

      for (guint h = 0; h < here->holds->len; h++)
        if (san_id32_equal (&g_array_index (here->holds, SanRingHold, h).grantee, who))
          return TRUE;
    }
  return FALSE;
}

static void
sort_unique (GArray *ids)
{
  guint kept = 0;

  g_array_sort (ids, san_id32_compare);
  for (guint i = 0; i < ids->len; i++)
    if (i == 0
        || !san_id32_equal (&g_array_index (ids, SanId32, i),
                            &g_array_index (ids, SanId32, kept - 1)))
      g_array_index (ids, SanId32, kept++) = g_array_index (ids, SanId32, i);
  g_array_set_size (ids, kept);
}

GArray *
san_authority_list_holders (const SanAuthority *self, const SanId32 *ring)
{
  GArray *holders = g_array_new (FALSE, FALSE, sizeof (SanId32));
  const SanRingRow *row = find_row (self, ring);
  g_autoptr(GPtrArray) takers = NULL;

  if (row == NULL)
    return holders;
  takers = gather_takers (self, row);
  for (guint i = 0; i < takers->len; i++)
    {
      const SanRingRow *here = g_ptr_array_index (takers, i);

      for (guint h = 0; h < here->holds->len; h++)
        {
          const SanId32 *grantee = &g_array_index (here->holds, SanRingHold, h).grantee;

          if (find_row (self, grantee) == NULL)
            g_array_append_val (holders, *grantee);
        }
    }
  sort_unique (holders);
  return holders;
}

GArray *
san_authority_list_held_rings (const SanAuthority *self, const SanId32 *who, int compartment)
{
  GArray *held = g_array_new (FALSE, FALSE, sizeof (SanId32));

  for (guint i = 0; i < self->rings->len; i++)
    {
      const SanRing *ring = san_authority_get_ring (self, i);

      if ((compartment < 0 || ring->compartment == compartment)
          && san_authority_holds_ring (self, who, &ring->id))
        g_array_append_val (held, ring->id);
    }
  return held;
}

GArray *
san_authority_list_heirs (const SanAuthority *self, const SanId32 *ring)
{
  g_autoptr(GArray) holders = san_authority_list_holders (self, ring);
  const SanRing *row = san_authority_find_ring (self, ring);
  GArray *heirs = g_array_new (FALSE, FALSE, sizeof (SanId32));

  for (guint i = 0; i < holders->len; i++)
    {
      const SanSeat *seat = san_authority_find_seat (self, &g_array_index (holders, SanId32, i));

      if (seat != NULL && !seat->removed && !seat->spent
          && san_role_reads (seat->role, row->compartment))
        g_array_append_val (heirs, seat->seat);
    }
  return heirs;
}

/* Marks, by index, all rings that descend from @from. */
static void
mark_descendants (const SanAuthority *self, const SanRingRow *from, gboolean *marks)
{
  g_autoptr(GPtrArray) queue = g_ptr_array_new ();

  if (!from->ring.effective || marks[from->index])
    return;
  marks[from->index] = TRUE;
  g_ptr_array_add (queue, (gpointer)from);
  for (guint i = 0; i < queue->len; i++)
    {
      const SanRingRow *here = g_ptr_array_index (queue, i);

      for (guint n = 0; n < here->next->len; n++)
        {
          const SanRingRow *next = g_ptr_array_index (here->next, n);

          if (marks[next->index])
            continue;
          marks[next->index] = TRUE;
          g_ptr_array_add (queue, (gpointer)next);
        }
    }
}

gboolean
san_authority_ring_descends (const SanAuthority *self, const SanId32 *ring, const SanId32 *from)
{
  g_autofree gboolean *marks = g_new0 (gboolean, self->rings->len + 1);
  const SanRingRow *row = find_row (self, ring);
  const SanRingRow *start = find_row (self, from);

  if (row == NULL || start == NULL)
    return FALSE;
  mark_descendants (self, start, marks);
  return marks[row->index];
}

gboolean
san_authority_ring_is_family (const SanAuthority *self, const SanId32 *ring, const SanId32 *of)
{
  const SanRingRow *root = find_row (self, of);

  for (const SanRingRow *up = root; up != NULL && up->ring.effective;
       up = find_row (self, &up->ring.previous))
    root = up;
  return root != NULL && san_authority_ring_descends (self, ring, &root->ring.id);
}

GArray *
san_authority_list_leaves (const SanAuthority *self, const SanId32 *from, guint n_from)
{
  g_autofree gboolean *marks = g_new0 (gboolean, self->rings->len + 1);
  GArray *leaves = g_array_new (FALSE, FALSE, sizeof (SanId32));

  for (guint i = 0; i < n_from; i++)
    {
      const SanRingRow *start = find_row (self, &from[i]);

      if (start != NULL)
        mark_descendants (self, start, marks);
    }
  for (guint i = 0; i < self->rings->len; i++)
    if (marks[i] && get_row (self, i)->ring.leaf)
      g_array_append_val (leaves, get_row (self, i)->ring.id);
  g_array_sort (leaves, san_id32_compare);
  return leaves;
}

GArray *
san_authority_list_pending (const SanAuthority *self, guint8 compartment)
{
  GArray *pending = g_array_new (FALSE, FALSE, sizeof (SanId32));

  for (guint i = 0; i < self->rings->len; i++)
    {
      const SanRing *ring = san_authority_get_ring (self, i);

      if (ring->pending && ring->compartment == compartment)
        g_array_append_val (pending, ring->id);
    }
  g_array_sort (pending, san_id32_compare);
  return pending;
}

guint
san_authority_get_pending_mask (const SanAuthority *self)
{
  guint mask = 0;

  for (guint i = 0; i < self->rings->len; i++)
    if (san_authority_get_ring (self, i)->pending)
      mask |= 1u << san_authority_get_ring (self, i)->compartment;
  return mask;
}

static gboolean
contains (const SanId32 *ids, guint n, const SanId32 *id)
{
  for (guint i = 0; i < n; i++)
    if (san_id32_equal (&ids[i], id))
      return TRUE;
  return FALSE;
}

/* The newest ring in hand that descends from mine. */
static const SanRing *
find_newest (const SanAuthority *self, const SanId32 *my_ring, const SanId32 *held, guint n_held)
{
  for (guint i = self->rings->len; i > 0; i--)
    {
      const SanRing *ring = san_authority_get_ring (self, i - 1);

      if (contains (held, n_held, &ring->id)
          && san_authority_ring_descends (self, &ring->id, my_ring))
        return ring;
    }
  return NULL;
}

static SanRingVerdict
answer (SanRingVerdict verdict, const SanId32 *chosen, SanId32 *ring, GArray *rest, GArray **others)
{
  *ring = *chosen;
  if (verdict != SAN_RING_ROTATE)
    g_array_set_size (rest, 0);
  if (others != NULL)
    *others = g_array_ref (rest);
  return verdict;
}

SanRingVerdict
san_authority_choose_ring (const SanAuthority *self, const SanId32 *my_ring, const SanId32 *held,
                           guint n_held, SanId32 *ring, GArray **others)
{
  g_autoptr(GArray) leaves = san_authority_list_leaves (self, my_ring, my_ring != NULL ? 1 : 0);
  g_autoptr(GArray) mine = g_array_new (FALSE, FALSE, sizeof (SanId32));
  const SanRing *chosen;
  SanId32 first;

  for (guint i = 0; i < leaves->len; i++)
    if (contains (held, n_held, &g_array_index (leaves, SanId32, i)))
      g_array_append_val (mine, g_array_index (leaves, SanId32, i));
  if (mine->len == 0)
    {
      chosen = my_ring != NULL ? find_newest (self, my_ring, held, n_held) : NULL;
      return chosen != NULL ? answer (SAN_RING_ROTATE, &chosen->id, ring, mine, others)
                            : SAN_RING_NONE;
    }
  first = g_array_index (mine, SanId32, 0);
  g_array_remove_index (mine, 0);
  return answer (san_authority_find_ring (self, &first)->pending ? SAN_RING_ROTATE : SAN_RING_USE,
                 &first, ring, mine, others);
}

/* Where in causal order @seat was first given the ring itself; G_MAXUINT: never. */
static guint
find_grant (const SanAuthority *self, const SanRing *ring, const SanId32 *seat)
{
  for (guint i = 0; i < ring->n_holds; i++)
    if (san_id32_equal (&ring->holds[i].grantee, seat))
      return GPOINTER_TO_UINT (g_hash_table_lookup (self->entry_index, &ring->holds[i].by));
  return G_MAXUINT;
}

gboolean
san_authority_find_my_ring (const SanAuthority *self, const SanId32 *seat, guint8 compartment,
                            SanId32 *out)
{
  const SanRing *granted = NULL;
  guint first = G_MAXUINT;

  for (guint i = 0; i < self->rings->len; i++)
    {
      const SanRing *ring = san_authority_get_ring (self, i);
      guint at;

      if (ring->compartment != compartment || !ring->effective)
        continue;
      if (san_id32_equal (&ring->maker, seat))
        {
          *out = ring->id;
          return TRUE;
        }
      at = find_grant (self, ring, seat);
      if (at < first)
        {
          first = at;
          granted = ring;
        }
    }
  if (granted != NULL)
    *out = granted->id;
  return granted != NULL;
}
