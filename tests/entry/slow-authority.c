/* slow-authority.c - authority once more, from the text: sets, fixpoints, no care for speed */
#include "slow-authority-private.h"

/* Reading */

gboolean
slow_is_op (const Slow *s, guint e, guint op)
{
  return s->body[e] != NULL && s->body[e]->op == op;
}

static const SanId32 *
author (const Slow *s, guint e)
{
  return &san_entry_get_header (s->entry[e])->author;
}

guint
slow_find (const Slow *s, const SanId32 *id)
{
  for (guint i = 0; i < s->n; i++)
    if (memcmp (s->id[i], id, 32) == 0)
      return i;
  return NONE;
}

static void
drop (Slow *s, guint i)
{
  san_entry_unref (s->entry[i]);
  san_authority_body_free (s->body[i]);
  s->n--;
  s->entry[i] = s->entry[s->n];
  s->body[i] = s->body[s->n];
  s->id[i] = s->id[s->n];
}

static gboolean
lacks_parent (const Slow *s, guint i)
{
  const SanHeader *h = san_entry_get_header (s->entry[i]);

  if (!san_id32_is_zero (&h->previous) && slow_find (s, &h->previous) == NONE)
    return TRUE;
  for (guint p = 0; s->body[i] != NULL && p < s->body[i]->n_heads; p++)
    if (slow_find (s, &s->body[i]->heads[p]) == NONE)
      return TRUE;
  return FALSE;
}

static void
read_entries (Slow *s, GPtrArray *entries)
{
  gboolean again = TRUE;

  for (guint i = 0; i < entries->len; i++)
    {
      SanEntry *e = g_ptr_array_index (entries, i);

      if (slow_find (s, san_entry_get_id (e)) != NONE)
        continue;
      s->entry[s->n] = san_entry_ref (e);
      s->id[s->n] = san_entry_get_id (e);
      s->body[s->n] = san_entry_get_header (e)->kind == SAN_KIND_AUTHORITY
                          ? san_authority_body_parse (san_entry_get_body (e), NULL)
                          : NULL;
      s->n++;
    }
  while (again)
    {
      again = FALSE;
      for (guint i = 0; i < s->n && !again; i++)
        if (lacks_parent (s, i))
          {
            drop (s, i);
            again = TRUE;
          }
    }
}

static void
work_out_past (Slow *s)
{
  gboolean again = TRUE;

  for (guint i = 0; i < s->n; i++)
    {
      const SanHeader *h = san_entry_get_header (s->entry[i]);

      if (!san_id32_is_zero (&h->previous))
        s->knows[i][slow_find (s, &h->previous)] = 1;
      for (guint p = 0; s->body[i] != NULL && p < s->body[i]->n_heads; p++)
        s->knows[i][slow_find (s, &s->body[i]->heads[p])] = 1;
    }
  while (again)
    {
      again = FALSE;
      for (guint i = 0; i < s->n; i++)
        for (guint j = 0; j < s->n; j++)
          for (guint k = 0; s->knows[i][j] && k < s->n; k++)
            if (s->knows[j][k] && !s->knows[i][k])
              s->knows[i][k] = again = TRUE;
    }
}

static void
work_out_order (Slow *s)
{
  guint8 placed[NONE] = { 0 };

  for (guint rank = 0; rank < s->n; rank++)
    {
      guint best = NONE;

      for (guint i = 0; i < s->n; i++)
        {
          gboolean free = !placed[i];

          for (guint j = 0; j < s->n; j++)
            if (s->knows[i][j] && !placed[j])
              free = FALSE;
          if (free && (best == NONE || memcmp (s->id[i], s->id[best], 32) < 0))
            best = i;
        }
      placed[best] = 1;
      s->rank[best] = rank;
    }
}

static void
check_proofs (Slow *s)
{
  static GHashTable *seen; /* entry id -> 1 bad, 2 good: histories are asked several times */

  if (seen == NULL)
    seen = g_hash_table_new_full (san_id32_hash, san_id32_equal, g_free, NULL);
  for (guint i = 0; i < s->n; i++)
    {
      const SanId32 *centre = s->id[s->found];
      int known = GPOINTER_TO_INT (g_hash_table_lookup (seen, s->id[i]));

      if (known == 0)
        {
          gboolean ok = TRUE;

          if (slow_is_op (s, i, 1))
            ok = san_device_record_verify (&s->body[i]->u.device, centre, NULL);
          if (slow_is_op (s, i, 2))
            ok = san_seat_record_verify (&s->body[i]->u.seat, centre, NULL);
          if (slow_is_op (s, i, 7))
            ok = san_new_recovery_verify (s->body[i], author (s, i), NULL);
          known = ok ? 2 : 1;
          g_hash_table_insert (seen, san_id32_copy (s->id[i]), GINT_TO_POINTER (known));
        }
      s->good[i] = known == 2;
    }
}

/* Records of seats */

const SanSeatRecord *
slow_record (const Slow *s, guint e)
{
  if (e == s->found)
    return &s->founding.seat;
  return slow_is_op (s, e, 2) && s->good[e] ? &s->body[e]->u.seat : NULL;
}

static gboolean
role_has (const char *role, const char *what)
{
  g_auto(GStrv) parts = g_strsplit (role, "+", -1);

  return !g_str_has_prefix (role, "slip.") && san_role_is_known (role)
         && g_strv_contains ((const char *const *)parts, what);
}

static gboolean
is_slip_for (const SanSeatRecord *slip, const SanSeatRecord *seat)
{
  g_autofree char *wanted = g_strconcat ("slip.", seat->role, NULL);

  return strcmp (slip->role, wanted) == 0 && memcmp (&slip->staff, &seat->staff, 16) == 0
         && memcmp (&slip->device, &seat->device, 16) == 0;
}

static gboolean
same_key (const SanId32 *a, const SanId32 *b)
{
  return memcmp (a, b, 32) == 0;
}

/* Recovery key */

const SanId32 *
slow_chain_key (const Slow *s, guint i)
{
  return i == 0 ? &s->founding.recovery_sign : &s->body[s->chain[i]]->u.new_recovery.sign_pk;
}

gboolean
slow_in_chain (const Slow *s, guint n_chain, const SanId32 *key)
{
  for (guint i = 0; i < n_chain; i++)
    if (same_key (slow_chain_key (s, i), key))
      return TRUE;
  return FALSE;
}

/* @seen_by: only what this entry knows; NONE: all. Leaves the chain in s->chain. */
static void
follow_chain (Slow *s, guint seen_by)
{
  s->n_chain = 1;
  for (;;)
    {
      guint best = NONE;
      guint8 candidate[NONE] = { 0 };

      for (guint e = 0; e < s->n; e++)
        candidate[e] = slow_is_op (s, e, 7) && s->good[e] && !s->after[e]
                       && (seen_by == NONE || s->knows[seen_by][e])
                       && same_key (author (s, e), slow_chain_key (s, s->n_chain - 1))
                       && !slow_in_chain (s, s->n_chain, &s->body[e]->u.new_recovery.sign_pk);
      for (guint e = 0; e < s->n; e++)
        {
          gboolean first = candidate[e];

          for (guint f = 0; f < s->n; f++)
            if (candidate[f] && s->knows[e][f])
              first = FALSE;
          if (first && (best == NONE || memcmp (s->id[e], s->id[best], 32) < 0))
            best = e;
        }
      if (best == NONE)
        return;
      s->chain[s->n_chain++] = best;
    }
}

static gboolean
is_recovery_author (const Slow *s, guint e)
{
  return slow_in_chain (s, s->n_chain, author (s, e));
}

static gboolean
recovery_counts (const Slow *s, guint e)
{
  if (s->after[e] || s->body[e] == NULL)
    return FALSE;
  for (guint i = 0; i < s->n_chain; i++)
    if (same_key (slow_chain_key (s, i), author (s, e)))
      {
        guint w = i + 1 < s->n_chain ? s->chain[i + 1] : NONE;

        return w == NONE || w == e || s->knows[w][e];
      }
  return FALSE;
}

/* Step 1 */

static gboolean
superintendent_in (const Slow *s, const guint8 *reach, guint e)
{
  for (guint x = 0; x < s->n; x++)
    if (reach[x] && s->knows[e][x] && same_key (&slow_record (s, x)->sign_pk, author (s, e))
        && role_has (slow_record (s, x)->role, "superintendent"))
      return TRUE;
  return FALSE;
}

static gboolean
reaches (const Slow *s, const guint8 *reach, guint e)
{
  if (is_recovery_author (s, e))
    return recovery_counts (s, e);
  if (superintendent_in (s, reach, e))
    return TRUE;
  for (guint x = 0; x < s->n; x++)
    if (reach[x] && s->knows[e][x] && same_key (&slow_record (s, x)->sign_pk, author (s, e))
        && is_slip_for (slow_record (s, x), slow_record (s, e)))
      return TRUE;
  return FALSE;
}

static void
work_out_reach (const Slow *s, const guint8 *without, guint8 *reach)
{
  gboolean again = TRUE;

  memset (reach, 0, NONE);
  reach[s->found] = 1;
  while (again)
    {
      again = FALSE;
      for (guint e = 0; e < s->n; e++)
        if (!reach[e] && slow_is_op (s, e, 2) && s->good[e] && !s->after[e]
            && (without == NULL || !without[e]) && reaches (s, reach, e))
          reach[e] = again = TRUE;
    }
}

/* Step 2 */

static void
work_out_inside (Slow *s, guint r)
{
  for (guint e = 0; e < s->n; e++)
    s->inside[r][e] = e == r || s->knows[r][e];
  for (guint i = 0; i < s->body[r]->n_rows; i++)
    for (guint h = 0; h < s->n; h++)
      {
        const SanHeader *header = san_entry_get_header (s->entry[h]);
        SanCutRow row;

        san_cut_row_make (&row, s->body[r]->cut_salt, s->id[s->found], &header->journal,
                          header->number, s->id[h]);
        if (memcmp (&row, &s->body[r]->rows[i], sizeof row) != 0)
          continue;
        for (guint at = h; at != NONE;
             at = slow_find (s, &san_entry_get_header (s->entry[at])->previous))
          s->inside[r][at] = 1;
      }
}

gboolean
slow_covers (const Slow *s, guint r, guint x)
{
  const SanRemove *remove = &s->body[r]->u.remove;
  const SanSeatRecord *seat = slow_record (s, x);

  switch (remove->what)
    {
    case SAN_REMOVE_SEAT:
      return same_key (&remove->target, &seat->sign_pk);
    case SAN_REMOVE_STAFF:
      return memcmp (&remove->target, &seat->staff, 16) == 0 && !s->knows[x][r];
    default:
      return memcmp (&remove->target, &seat->device, 16) == 0 && !s->knows[x][r];
    }
}

/* Is the author of @e a target of @r, by what @e knows? */
static gboolean
is_target (const Slow *s, guint r, guint e)
{
  if (is_recovery_author (s, e))
    return FALSE;
  for (guint x = 0; x < s->n; x++)
    if (s->reach[x] && s->knows[e][x] && same_key (&slow_record (s, x)->sign_pk, author (s, e))
        && slow_covers (s, r, x))
      return TRUE;
  return FALSE;
}

/* Steps 3 and 4 */

static void
work_out_kills (Slow *s, guint r)
{
  guint8 without[NONE] = { 0 };
  guint8 rest[NONE];

  for (guint e = 0; e < s->n; e++)
    without[e] = slow_is_op (s, e, 2) && is_target (s, r, e) && !s->inside[r][e];
  work_out_reach (s, without, rest);
  for (guint q = 0; q < s->n; q++)
    {
      s->kills[r][q] = 0;
      if (q == r || !s->taking_part[q] || is_recovery_author (s, q))
        continue;
      s->kills[r][q] = (is_target (s, r, q) && !s->inside[r][q]) || !superintendent_in (s, rest, q);
    }
}

static gboolean
together (const Slow *s, guint a, guint b)
{
  return a == b || (s->path[a][b] && s->path[b][a]);
}

static Fate
fate_of (Slow *s, guint r)
{
  gboolean alone = TRUE;
  gboolean hit = FALSE;

  if (s->fate[r] != OPEN)
    return s->fate[r];
  for (guint m = 0; m < s->n; m++)
    {
      if (!s->taking_part[m] || !together (s, r, m))
        continue;
      if (m != r)
        alone = FALSE;
      for (guint k = 0; k < s->n; k++)
        if (s->taking_part[k] && !together (s, k, r) && s->kills[k][m] && fate_of (s, k) != DEAD)
          hit = TRUE;
    }
  s->fate[r] = hit ? DEAD : alone ? EFFECTIVE : LIVING;
  return s->fate[r];
}

static void
work_out_removals (Slow *s)
{
  work_out_reach (s, NULL, s->reach);
  for (guint r = 0; r < s->n; r++)
    {
      s->fate[r] = OPEN;
      s->taking_part[r] = slow_is_op (s, r, 3) && !s->after[r] && !s->voided[r]
                          && (is_recovery_author (s, r) ? recovery_counts (s, r)
                                                        : superintendent_in (s, s->reach, r));
    }
  for (guint r = 0; r < s->n; r++)
    if (s->taking_part[r])
      work_out_inside (s, r);
  for (guint r = 0; r < s->n; r++)
    if (s->taking_part[r])
      work_out_kills (s, r);
  for (guint a = 0; a < s->n; a++)
    for (guint b = 0; b < s->n; b++)
      s->path[a][b] = s->taking_part[a] && s->taking_part[b] && s->kills[a][b];
  for (guint k = 0; k < s->n; k++)
    for (guint a = 0; a < s->n; a++)
      for (guint b = 0; s->path[a][k] && b < s->n; b++)
        s->path[a][b] |= s->path[k][b];
  for (guint r = 0; r < s->n; r++)
    if (s->taking_part[r])
      fate_of (s, r);
}

/* Step 5 */


/* The record of @key that won among what @e knows (NONE: all). */
guint
slow_won (Slow *s, const SanId32 *key, guint e)
{
  guint best = NONE;

  for (guint x = 0; x < s->n; x++)
    if (slow_record (s, x) != NULL && same_key (&slow_record (s, x)->sign_pk, key)
        && (e == NONE || s->knows[e][x]) && slow_counts (s, x)
        && (best == NONE || s->rank[x] < s->rank[best]))
      best = x;
  return best;
}

static gboolean
in_good_standing (Slow *s, guint e, guint x)
{
  for (guint r = 0; r < s->n; r++)
    if (s->taking_part[r] && s->fate[r] != DEAD && slow_covers (s, r, x) && !s->inside[r][e])
      return FALSE;
  return TRUE;
}

static gboolean
is_ring (Slow *s, guint e, guint r, guint compartment)
{
  return r != NONE && slow_is_op (s, r, 5) && s->body[r]->u.new_ring.compartment == compartment
         && (e == NONE || s->knows[e][r]) && slow_counts (s, r);
}

static gboolean
holder (Slow *s, const SanId32 *who, guint ring, guint e, guint8 *seen)
{
  seen[ring] = 1;
  if (slow_counts (s, ring) && (e == NONE || s->knows[e][ring]))
    for (guint i = 0; i < s->body[ring]->u.new_ring.n_pairs; i++)
      if (same_key (&s->body[ring]->u.new_ring.pairs[i].grantee, who))
        return TRUE;
  for (guint g = 0; g < s->n; g++)
    {
      const SanId32 *to;
      guint taker;

      if (!slow_is_op (s, g, 6) || slow_find (s, &s->body[g]->u.ring_grant.ring) != ring
          || (e != NONE && !s->knows[e][g]) || !slow_counts (s, g))
        continue;
      to = &s->body[g]->u.ring_grant.pair.grantee;
      taker = slow_find (s, to);
      if (same_key (to, who) || (taker != NONE && !seen[taker] && holder (s, who, taker, e, seen)))
        return TRUE;
    }
  return FALSE;
}

gboolean
slow_is_holder (Slow *s, const SanId32 *who, guint ring, guint e)
{
  guint8 seen[NONE] = { 0 };

  return holder (s, who, ring, e, seen);
}

static gboolean
names_recovery_first (Slow *s, guint e)
{
  Slow copy = *s;

  follow_chain (&copy, e);
  return same_key (&s->body[e]->u.new_ring.pairs[0].grantee,
                   slow_chain_key (&copy, copy.n_chain - 1));
}

static gboolean
right_to_ring (Slow *s, guint e, const SanSeatRecord *by)
{
  const SanNewRing *ring = &s->body[e]->u.new_ring;
  gboolean first = san_id32_is_zero (&ring->previous);
  guint previous = first ? NONE : slow_find (s, &ring->previous);

  if (!names_recovery_first (s, e) || (!first && !is_ring (s, e, previous, ring->compartment)))
    return FALSE;
  if (by == NULL)
    return TRUE;
  if (ring->compartment == 0)
    return role_has (by->role, "superintendent");
  if (!first)
    return slow_is_holder (s, &by->sign_pk, previous, e);
  for (guint r = 0; r < s->n; r++)
    if (is_ring (s, e, r, ring->compartment))
      return FALSE;
  return !g_str_has_prefix (by->role, "slip.") && san_role_reads (by->role, ring->compartment);
}

/* May the author give the ring at all, whoever gets it? */
gboolean
slow_may_give (Slow *s, guint e, const SanSeatRecord *by)
{
  guint ring = slow_find (s, &s->body[e]->u.ring_grant.ring);

  return ring != NONE && slow_is_op (s, ring, 5)
         && is_ring (s, e, ring, s->body[ring]->u.new_ring.compartment)
         && (by == NULL || slow_is_holder (s, &by->sign_pk, ring, e));
}

static gboolean
right_to_grant (Slow *s, guint e, const SanSeatRecord *by)
{
  const SanId32 *to = &s->body[e]->u.ring_grant.pair.grantee;
  guint ring = slow_find (s, &s->body[e]->u.ring_grant.ring);
  guint taker = slow_find (s, to);
  guint seat;

  if (!slow_may_give (s, e, by))
    return FALSE;
  if (taker != NONE && slow_is_op (s, taker, 5))
    return taker != ring && is_ring (s, e, taker, s->body[ring]->u.new_ring.compartment);
  if (by == NULL || slow_in_chain (s, s->n_chain, to))
    return TRUE;
  seat = slow_won (s, to, e);
  return seat != NONE
         && san_role_reads (slow_record (s, seat)->role, s->body[ring]->u.new_ring.compartment);
}

static gboolean
right_to_notice (Slow *s, guint e, const SanSeatRecord *by)
{
  guint best = NONE;
  const SanId32 *key;

  for (guint d = 0; d < s->n; d++)
    {
      const SanDeviceRecord *device = d == s->found     ? &s->founding.device
                                      : slow_is_op (s, d, 1) ? &s->body[d]->u.device
                                                        : NULL;

      if (device != NULL && s->knows[e][d] && memcmp (&device->device, &by->device, 16) == 0
          && slow_counts (s, d) && (best == NONE || s->rank[d] < s->rank[best]))
        best = d;
    }
  if (best == NONE)
    return FALSE;
  key = best == s->found ? &s->founding.device.sign_pk : &s->body[best]->u.device.sign_pk;
  return san_journal_fits (&s->body[e]->u.notice.old_journal, key)
         && san_journal_fits (&s->body[e]->u.notice.new_journal, key);
}

static gboolean
is_understood (const Slow *s, guint e)
{
  return s->body[e] != NULL
         && (s->body[e]->op <= 10 || (s->body[e]->op >= 16 && s->body[e]->op <= 22))
         && s->body[e]->op != 0;
}

/* The author's side: @by gets her record, NULL for the recovery key. */
gboolean
slow_author_counts (Slow *s, guint e, const SanSeatRecord **by)
{
  guint x;

  *by = NULL;
  if (s->after[e])
    return FALSE;
  if (is_recovery_author (s, e))
    return recovery_counts (s, e);
  x = slow_won (s, author (s, e), e);
  if (x == NONE || !in_good_standing (s, e, x))
    return FALSE;
  *by = slow_record (s, x);
  return TRUE;
}

static gboolean
work_out_counts (Slow *s, guint e)
{
  const SanSeatRecord *by;

  if (e == s->found)
    return TRUE;
  if (!is_understood (s, e) || s->body[e]->op >= 16)
    return FALSE;
  if (slow_is_op (s, e, 3))
    return s->taking_part[e] && s->fate[e] == EFFECTIVE;
  if (!s->good[e] || !slow_author_counts (s, e, &by))
    return FALSE;
  switch (s->body[e]->op)
    {
    case 2:
      return by == NULL || role_has (by->role, "superintendent") ||
             is_slip_for (by, slow_record (s, e));
    case 5:
      return right_to_ring (s, e, by);
    case 6:
      return right_to_grant (s, e, by);
    case 7:
      for (guint i = 1; i < s->n_chain; i++)
        if (s->chain[i] == e)
          return TRUE;
      return FALSE;
    case 8:
      return by == NULL || right_to_notice (s, e, by);
    default:
      return by == NULL || role_has (by->role, "superintendent");
    }
}

gboolean
slow_counts (Slow *s, guint e)
{
  if (s->counted[e] == 0)
    s->counted[e] = work_out_counts (s, e) ? 2 : 1;
  return s->counted[e] == 2;
}

/* Step 6 */

static void
pass (Slow *s)
{
  memset (s->counted, 0, sizeof s->counted);
  work_out_removals (s);
}

static gboolean
is_party (Slow *s, const SanId16 *staff)
{
  for (guint r = 0; r < s->n; r++)
    {
      if (!s->taking_part[r] || s->fate[r] != LIVING)
        continue;
      if (s->body[r]->u.remove.what == SAN_REMOVE_STAFF
          && memcmp (&s->body[r]->u.remove.target, staff, 16) == 0)
        return TRUE;
      for (guint x = 0; x < s->n; x++)
        if (s->reach[x] && memcmp (&slow_record (s, x)->staff, staff, 16) == 0
            && (slow_covers (s, r, x)
                || (s->knows[r][x] && same_key (&slow_record (s, x)->sign_pk, author (s, r)))))
          return TRUE;
    }
  return FALSE;
}

static void
void_by (Slow *s, guint e, guint8 *voided)
{
  for (guint i = 0; i < s->body[e]->u.voids.n_removals; i++)
    {
      guint r = slow_find (s, &s->body[e]->u.voids.removals[i]);

      if (r != NONE && slow_is_op (s, r, 3) &&
          (is_recovery_author (s, e) || !is_recovery_author (s, r)))
        voided[r] = 1;
    }
}

static void
run (Slow *s)
{
  guint8 more[NONE] = { 0 };

  follow_chain (s, NONE);
  memset (s->voided, 0, sizeof s->voided);
  memset (s->good_void, 0, sizeof s->good_void);
  for (guint e = 0; e < s->n; e++)
    if (slow_is_op (s, e, 10) && is_recovery_author (s, e) && recovery_counts (s, e))
      {
        void_by (s, e, s->voided);
        s->good_void[e] = 1;
      }
  pass (s);
  for (guint e = 0; e < s->n; e++)
    if (slow_is_op (s, e, 10) && !is_recovery_author (s, e) && slow_counts (s, e)
        && !is_party (s, &slow_record (s, slow_won (s, author (s, e), e))->staff))
      {
        void_by (s, e, more);
        s->good_void[e] = 1;
      }
  for (guint e = 0; e < s->n; e++)
    s->voided[e] |= more[e];
  pass (s);
}

/* "Newer version needed" */
static gboolean
freezes (Slow *s, guint e)
{
  const SanSeatRecord *by;
  const SanHeader *h = san_entry_get_header (s->entry[e]);

  if (is_understood (s, e) || (h->kind != 2 && h->kind <= 3)
      || (h->flags & SAN_FLAG_MUST_UNDERSTAND) == 0)
    return FALSE;
  if (h->kind > 3)
    {
      guint x = slow_won (s, author (s, e), NONE);

      return !s->after[e] && !is_recovery_author (s, e) && x != NONE && in_good_standing (s, e, x)
             && role_has (slow_record (s, x)->role, "superintendent");
    }
  return slow_author_counts (s, e, &by) && (by == NULL || role_has (by->role, "superintendent"));
}

Slow *
slow_new (GPtrArray *entries)
{
  Slow *s = g_new0 (Slow, 1);
  guint8 freezing[NONE] = { 0 };
  gboolean again = TRUE;

  s->knows = g_malloc0 (NONE * NONE);
  s->inside = g_malloc0 (NONE * NONE);
  s->kills = g_malloc0 (NONE * NONE);
  s->path = g_malloc0 (NONE * NONE);
  read_entries (s, entries);
  for (guint i = 0; i < s->n; i++)
    if (san_entry_get_header (s->entry[i])->kind == SAN_KIND_FOUNDING)
      s->found = i;
  g_assert_true (san_founding_parse (san_entry_get_body (s->entry[s->found]), &s->founding, NULL));
  check_proofs (s);
  work_out_past (s);
  work_out_order (s);
  while (again)
    {
      run (s);
      again = FALSE;
      for (guint e = 0; e < s->n; e++)
        if (!freezing[e] && freezes (s, e))
          freezing[e] = again = s->frozen = TRUE;
      for (guint e = 0; e < s->n; e++)
        for (guint f = 0; f < s->n; f++)
          if (freezing[f] && s->knows[e][f])
            s->after[e] = 1;
    }
  return s;
}

void
slow_free (Slow *s)
{
  if (s == NULL)
    return;
  for (guint i = 0; i < s->n; i++)
    {
      san_entry_unref (s->entry[i]);
      san_authority_body_free (s->body[i]);
    }
  g_free (s->knows);
  g_free (s->inside);
  g_free (s->kills);
  g_free (s->path);
  g_free (s);
}
