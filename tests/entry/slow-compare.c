/* slow-compare.c - the slow evaluation held against the fast one */
#include "slow-authority-private.h"

/* Comparing */

static gboolean
slow_effective (Slow *s, guint e)
{
  return slow_is_op (s, e, 10) ? s->good_void[e] : slow_counts (s, e);
}

static void
compare_entries (Slow *s, const SanAuthority *fast)
{
  for (guint e = 0; e < s->n; e++)
    {
      SanHeldReason reason;
      const SanRemoval *removal = san_authority_find_removal (fast, s->id[e]);

      g_assert_true (san_authority_find_entry (fast, s->id[e], &reason));
      if ((reason == SAN_HELD_NOT) != slow_effective (s, e))
        g_error ("entry %u (op %u): the fast one says %s, the slow one says %s", e,
                 s->body[e] != NULL ? s->body[e]->op : 0, san_held_reason_get_name (reason),
                 slow_effective (s, e) ? "counts" : "no");
      if (!slow_is_op (s, e, 3))
        continue;
      g_assert_nonnull (removal);
      g_assert_cmpint (removal->effective, ==, s->taking_part[e] && s->fate[e] == EFFECTIVE);
      g_assert_cmpint (removal->living, ==, s->taking_part[e] && s->fate[e] == LIVING);
    }
}

static void
compare_seats (Slow *s, const SanAuthority *fast)
{
  guint n = 0;

  for (guint x = 0; x < s->n; x++)
    {
      const SanSeat *seat;
      gboolean removed = FALSE;
      gboolean suspended = FALSE;

      if (slow_record (s, x) == NULL || slow_won (s, &slow_record (s, x)->sign_pk, NONE) != x)
        continue;
      n++;
      seat = san_authority_find_seat (fast, &slow_record (s, x)->sign_pk);
      g_assert_nonnull (seat);
      for (guint r = 0; r < s->n; r++)
        if (s->taking_part[r] && slow_covers (s, r, x))
          {
            removed |= s->fate[r] == EFFECTIVE;
            suspended |= s->fate[r] == LIVING;
          }
      g_assert_true (san_id32_equal (&seat->appointed_by, s->id[x]));
      g_assert_cmpstr (seat->role, ==, slow_record (s, x)->role);
      g_assert_cmpint (seat->removed, ==, removed);
      g_assert_cmpint (seat->suspended, ==, suspended);
    }
  g_assert_cmpuint (san_authority_get_n_seats (fast), ==, n);
}

/* Somebody who is in no good standing and can open it, as far as entries say. */
static gboolean
is_stranger (Slow *s, const SanId32 *who, guint compartment)
{
  guint x = slow_won (s, who, NONE);
  guint ring = slow_find (s, who);

  if (x != NONE)
    {
      for (guint r = 0; r < s->n; r++)
        if (s->taking_part[r] && s->fate[r] == EFFECTIVE && slow_covers (s, r, x))
          return TRUE;
      return !san_role_reads (slow_record (s, x)->role, compartment);
    }
  return !slow_in_chain (s, s->n_chain, who) && !(ring != NONE && slow_is_op (s, ring, 5));
}

static gboolean
slow_pending (Slow *s, guint ring)
{
  const SanSeatRecord *by;

  for (guint i = 0; i < s->body[ring]->u.new_ring.n_pairs; i++)
    if (is_stranger (s, &s->body[ring]->u.new_ring.pairs[i].grantee,
                     s->body[ring]->u.new_ring.compartment))
      return TRUE;
  for (guint g = 0; g < s->n; g++)
    if (slow_is_op (s, g, 6) && slow_find (s, &s->body[g]->u.ring_grant.ring) == ring
        && slow_author_counts (s, g, &by) && slow_may_give (s, g, by)
        && is_stranger (s, &s->body[g]->u.ring_grant.pair.grantee,
                        s->body[ring]->u.new_ring.compartment))
      return TRUE;
  return FALSE;
}

static gboolean
slow_leaf (Slow *s, guint ring)
{
  for (guint e = 0; e < s->n; e++)
    {
      if (!slow_counts (s, e))
        continue;
      if (slow_is_op (s, e, 5) && slow_find (s, &s->body[e]->u.new_ring.previous) == ring)
        return FALSE;
      if (slow_is_op (s, e, 6) && slow_find (s, &s->body[e]->u.ring_grant.ring) == ring
          && slow_find (s, &s->body[e]->u.ring_grant.pair.grantee) != NONE)
        return FALSE;
    }
  return slow_counts (s, ring);
}

static void
compare_rings (Slow *s, const SanAuthority *fast)
{
  for (guint ring = 0; ring < s->n; ring++)
    {
      const SanRing *other;

      if (!slow_is_op (s, ring, 5))
        continue;
      other = san_authority_find_ring (fast, s->id[ring]);
      g_assert_nonnull (other);
      g_assert_cmpint (other->effective, ==, slow_counts (s, ring));
      g_assert_cmpint (other->leaf, ==, slow_leaf (s, ring));
      g_assert_cmpint (other->pending, ==, slow_leaf (s, ring) && slow_pending (s, ring));
      for (guint x = 0; x < s->n; x++)
        if (slow_record (s, x) != NULL)
          g_assert_cmpint (
              san_authority_holds_ring (fast, &slow_record (s, x)->sign_pk, s->id[ring]), ==,
              slow_counts (s, ring) &&
                  slow_is_holder (s, &slow_record (s, x)->sign_pk, ring, NONE));
    }
}

void
slow_assert_same (Slow *s, const SanAuthority *fast)
{
  g_assert_cmpint (san_authority_is_frozen (fast), ==, s->frozen);
  g_assert_cmpuint (san_authority_get_n_recovery (fast), ==, s->n_chain);
  g_assert_true (san_id32_equal (&san_authority_get_recovery_in_force (fast)->sign_pk,
                                 slow_chain_key (s, s->n_chain - 1)));
  compare_entries (s, fast);
  compare_seats (s, fast);
  compare_rings (s, fast);
}

static GPtrArray *
shuffle (GRand *rand, GPtrArray *entries)
{
  GPtrArray *shuffled = g_ptr_array_new ();

  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_insert (shuffled, g_rand_int_range (rand, 0, (gint32)i + 1),
                        g_ptr_array_index (entries, i));
  return shuffled;
}

SanAuthority *
slow_evaluate (GRand *rand, GPtrArray *entries, guint orders)
{
  g_autoptr(Slow) slow = slow_new (entries);
  SanAuthority *fast = NULL;

  for (guint i = 0; i < orders; i++)
    {
      g_autoptr(GPtrArray) arrived = shuffle (rand, entries);
      g_autoptr(SanAuthority) before = g_steal_pointer (&fast);
      g_autoptr(GError) error = NULL;

      fast = san_authority_evaluate (arrived, before, &error);
      g_assert_no_error (error);
      slow_assert_same (slow, fast);
    }
  return fast;
}

guint
slow_count (Slow *s, const char *what)
{
  guint n = 0;

  for (guint e = 0; e < s->n; e++)
    {
      gboolean part = slow_is_op (s, e, 3) && s->taking_part[e];

      if (strcmp (what, "effective removals") == 0)
        n += part && s->fate[e] == EFFECTIVE;
      else if (strcmp (what, "removals in cycles") == 0)
        n += part && s->fate[e] == LIVING;
      else if (strcmp (what, "dead removals") == 0)
        n += part && s->fate[e] == DEAD;
      else if (strcmp (what, "voided removals") == 0)
        n += s->voided[e];
      else if (strcmp (what, "entries that count") == 0)
        n += slow_effective (s, e) ? 1 : 0;
      else if (strcmp (what, "entries that do not") == 0)
        n += slow_effective (s, e) ? 0 : 1;
      else if (strcmp (what, "rings") == 0)
        n += slow_is_op (s, e, 5) && slow_counts (s, e);
      else if (strcmp (what, "grants") == 0)
        n += slow_is_op (s, e, 6) && slow_counts (s, e);
      else if (strcmp (what, "frozen entries") == 0)
        n += s->after[e];
    }
  if (strcmp (what, "recovery keys replaced") == 0)
    n = s->n_chain - 1;
  return n;
}
