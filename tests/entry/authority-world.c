/* authority-world.c - a centre played through, for the tests of authority
 *
 * A centre's founding entry is always the same, so proofs of possession are made once and kept. */
#include "authority-world.h"

#include <string.h>

#define N_SEATS 64u
#define N_RECOVERY 16u

static SanSignKey *seat_keys[N_SEATS];
static SanSignKey *recovery_keys[N_RECOVERY];
static SanSignKey *device_keys[WORLD_DEVICES];
static GHashTable *proofs; /* description -> record */

static SanSignKey *
key_from (guint8 kind, guint number)
{
  SanId32 bytes = san_id32_zero;
  g_autoptr(SanSecret) seed = NULL;

  bytes.b[0] = kind;
  bytes.b[1] = (guint8)number;
  seed = san_secret_new_copy (bytes.b, sizeof bytes.b);
  return san_sign_key_new_from_seed (seed);
}

SanSignKey *
world_key (guint author)
{
  SanSignKey **slot = author >= RECOVERY ? &recovery_keys[author - RECOVERY] : &seat_keys[author];

  if (*slot == NULL)
    *slot = key_from (author >= RECOVERY ? 'r' : 's', author % RECOVERY);
  return *slot;
}

const SanId32 *
world_pk (guint author)
{
  return san_sign_key_get_public (world_key (author));
}

SanSignKey *
world_device_key (guint device)
{
  if (device_keys[device] == NULL)
    device_keys[device] = key_from ('d', device);
  return device_keys[device];
}

static SanId16
small_id16 (guint8 kind, guint number)
{
  SanId16 id = san_id16_zero;

  id.b[0] = kind;
  id.b[15] = (guint8)number;
  return id;
}

SanId16
world_staff (guint staff)
{
  return small_id16 (0xa5, staff);
}

SanId16
world_device (guint device)
{
  return small_id16 (0xde, device);
}

static SanId32
box_of (const SanId32 *key)
{
  SanId32 box;

  san_hash ("test.box", key->b, sizeof key->b, &box);
  return box;
}

static void
roll (World *self, void *out, gsize n)
{
  for (gsize i = 0; i < n; i++)
    ((guint8 *)out)[i] = (guint8)g_rand_int (self->dice);
}

SanId32
world_random_id (World *self)
{
  SanId32 id;

  roll (self, &id, sizeof id);
  return id;
}

const SanId32 *
world_id (const World *self, guint entry)
{
  return san_entry_get_id (g_ptr_array_index (self->entries, entry));
}

static SanEntry *
founding_entry (guint centre)
{
  static SanEntry *entries[3];
  guint8 salt[SAN_SALT_SIZE] = { 7, (guint8)centre };
  static const guint8 random[6] = { 1 };
  guint founder = 20 * centre;
  SanSignKey *device_key = world_device_key (2 * centre);
  SanId32 box = box_of (world_pk (RECOVERY + centre * 6));
  SanId32 seat_box = box_of (world_pk (founder));
  SanId32 device_box = box_of (san_sign_key_get_public (device_key));
  SanId16 staff = world_staff (founder);
  SanId16 device = world_device (2 * centre);
  SanHeader header = { .kind = SAN_KIND_FOUNDING, .number = 1, .wall = 1 };
  g_autoptr(GBytes) body = NULL;
  SanFounding founding;

  if (entries[centre] != NULL)
    return entries[centre];
  g_assert_true (san_founding_make_authority (
      &founding, SAN_FOUNDING_CENTRE, salt, world_key (RECOVERY + centre * 6), &box, &device,
      device_key, &device_box, &staff, world_key (founder), &seat_box, "superintendent", NULL));
  body = san_founding_encode (&founding);
  header.author = *world_pk (founder);
  san_journal_derive (san_sign_key_get_public (device_key), random, &header.journal);
  entries[centre] = san_entry_sign (&header, body, world_key (founder), NULL);
  g_assert_nonnull (entries[centre]);
  return entries[centre];
}

static World *
begin (guint32 seed, SanEntry *founding, guint device)
{
  World *self = g_new0 (World, 1);

  self->dice = g_rand_new_with_seed (seed);
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)san_entry_unref);
  self->wall = 1;
  g_ptr_array_add (self->entries, san_entry_ref (founding));
  self->parents[0] = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint d = 0; d < WORLD_DEVICES; d++)
    {
      guint8 random[6];

      roll (self, random, sizeof random);
      san_journal_derive (san_sign_key_get_public (world_device_key (d)), random,
                          &self->journal[d]);
      self->known[d][0] = 1;
    }
  self->last[device] = 1;
  self->journal[device] = san_entry_get_header (founding)->journal;
  return self;
}

World *
world_new_centre (guint32 seed, guint centre)
{
  return begin (seed, founding_entry (centre), 2 * centre);
}

World *
world_new (guint32 seed)
{
  return world_new_centre (seed, 0);
}

World *
world_new_dossier (guint32 seed, guint author, guint device, SanFoundingType type,
                   const SanId32 *owner)
{
  static const guint8 random[6] = { 2 };
  guint8 salt[SAN_SALT_SIZE] = { (guint8)seed };
  SanHeader header
      = { .kind = SAN_KIND_FOUNDING, .number = 1, .wall = 1, .author = *world_pk (author) };
  SanFounding founding;
  g_autoptr(GBytes) body = NULL;
  g_autoptr(SanEntry) entry = NULL;

  san_founding_make_dossier (&founding, type, salt, owner);
  body = san_founding_encode (&founding);
  san_journal_derive (san_sign_key_get_public (world_device_key (device)), random, &header.journal);
  entry = san_entry_sign (&header, body, world_key (author), NULL);
  g_assert_nonnull (entry);
  return begin (seed, entry, device);
}

void
world_free (World *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    g_array_unref (self->parents[i]);
  g_ptr_array_unref (self->entries);
  g_rand_free (self->dice);
  g_free (self);
}

static void
mark_past (const World *self, guint entry, guint8 *marks)
{
  for (guint i = 0; i < self->parents[entry]->len; i++)
    {
      guint parent = g_array_index (self->parents[entry], guint, i);

      if (marks[parent])
        continue;
      marks[parent] = 1;
      mark_past (self, parent, marks);
    }
}

gboolean
world_knows (const World *self, guint later, guint earlier)
{
  guint8 marks[WORLD_LIMIT] = { 0 };

  mark_past (self, later, marks);
  return marks[earlier] != 0;
}

/* We do not write newer kinds ourselves; the evaluation leaves signatures to others. */
static SanEntry *
newer_entry (SanHeader *header, GBytes *body)
{
  guint8 bytes[SAN_HEADER_SIZE];
  gsize n;
  const guint8 *data = g_bytes_get_data (body, &n);
  SanEntry *entry;

  header->body_size = (guint32)n;
  san_hash ("san1.body", data, n, &header->body_hash);
  san_header_encode (header, bytes);
  entry = san_entry_new (bytes, sizeof bytes, body, NULL);
  g_assert_nonnull (entry);
  return entry;
}

SanEntry *
world_entry (World *self, guint author, const SanHeader *draft, GBytes *body)
{
  SanHeader header = *draft;
  SanEntry *entry;

  header.author = *world_pk (author);
  header.wall = ++self->wall;
  if (header.kind > SAN_KIND_KEY_GRANT)
    return newer_entry (&header, body);
  entry = san_entry_sign (&header, body, world_key (author), NULL);
  g_assert_nonnull (entry);
  return entry;
}

static gboolean
is_of_authority (const SanEntry *entry)
{
  guint8 kind = san_entry_get_header (entry)->kind;

  return kind != SAN_KIND_CHANGES && kind != SAN_KIND_KEY_GRANT;
}

static guint
append (World *self, guint author, guint device, SanAuthorityBody *body, guint8 flags,
        const guint8 *known, const SanId16 *journal, guint last)
{
  SanHeader header = {
    .kind = SAN_KIND_AUTHORITY, .flags = flags, .dossier = *world_id (self, 0), .journal = *journal
  };
  guint8 covered[WORLD_LIMIT] = { 0 };
  SanId32 heads[WORLD_LIMIT];
  guint number = self->entries->len;
  GArray *parents = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;
  guint n = 0;

  g_assert_cmpuint (number, <, WORLD_LIMIT);
  for (guint i = 0; i < number; i++)
    if (known[i])
      mark_past (self, i, covered);
  for (guint i = 0; i < number; i++)
    if (known[i] && !covered[i] && n < SAN_HEADS_LIMIT
        && is_of_authority (g_ptr_array_index (self->entries, i)))
      {
        heads[n++] = *world_id (self, i);
        g_array_append_val (parents, i);
      }
  header.number = 1;
  if (last > 0)
    {
      guint previous = last - 1;

      header.previous = *world_id (self, previous);
      header.number
          = san_entry_get_header (g_ptr_array_index (self->entries, previous))->number + 1;
      g_array_append_val (parents, previous);
    }
  g_assert_true (san_authority_body_set_heads (body, heads, n, NULL));
  bytes = san_authority_body_encode (body, &error);
  g_assert_no_error (error);
  san_authority_body_free (body);
  g_ptr_array_add (self->entries, world_entry (self, author, &header, bytes));
  self->parents[number] = parents;
  return number;
}

guint
world_write_flagged (World *self, guint author, guint device, SanAuthorityBody *body, guint8 flags)
{
  guint number = append (self, author, device, body, flags, self->known[device],
                         &self->journal[device], self->last[device]);

  self->known[device][number] = 1;
  self->last[device] = number + 1;
  return number;
}

guint
world_write (World *self, guint author, guint device, SanAuthorityBody *body)
{
  return world_write_flagged (self, author, device, body, 0);
}

guint
world_write_back_dated (World *self, guint author, guint device, SanAuthorityBody *body,
                        guint as_of)
{
  guint8 known[WORLD_LIMIT] = { 0 };
  guint8 random[6];
  SanId16 journal;
  guint number;

  if (as_of < WORLD_LIMIT)
    {
      mark_past (self, as_of, known);
      known[as_of] = 1;
    }
  roll (self, random, sizeof random);
  san_journal_derive (san_sign_key_get_public (world_device_key (device)), random, &journal);
  number = append (self, author, device, body, 0, known, &journal, 0);
  self->known[device][number] = 1;
  mark_past (self, number, self->known[device]);
  return number;
}

guint
world_fork_data (World *self, guint author, guint device, guint previous, guint8 kind, GBytes *body)
{
  const SanHeader *before = san_entry_get_header (g_ptr_array_index (self->entries, previous));
  SanHeader header = { .kind = kind,
                       .flags = self->data_flags,
                       .dossier = *world_id (self, 0),
                       .journal = before->journal,
                       .number = before->number + 1,
                       .previous = *world_id (self, previous) };
  guint number = self->entries->len;

  g_assert_cmpuint (number, <, WORLD_LIMIT);
  g_ptr_array_add (self->entries, world_entry (self, author, &header, body));
  self->parents[number] = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (self->parents[number], previous);
  self->known[device][number] = 1;
  self->last[device] = number + 1;
  return number;
}

guint
world_write_data (World *self, guint author, guint device, guint8 kind, GBytes *body)
{
  SanHeader header = { .kind = kind,
                       .flags = self->data_flags,
                       .dossier = *world_id (self, 0),
                       .journal = self->journal[device],
                       .number = 1 };
  guint number = self->entries->len;

  if (self->last[device] > 0)
    return world_fork_data (self, author, device, self->last[device] - 1, kind, body);
  g_ptr_array_add (self->entries, world_entry (self, author, &header, body));
  self->parents[number] = g_array_new (FALSE, FALSE, sizeof (guint));
  self->known[device][number] = 1;
  self->last[device] = number + 1;
  return number;
}

static const SanEntry *
find_entry (const World *self, const SanId32 *id)
{
  for (guint i = 0; i < self->entries->len; i++)
    if (san_id32_equal (world_id (self, i), id))
      return g_ptr_array_index (self->entries, i);
  return NULL;
}

gboolean
world_reaches (gpointer world, const SanEntry *entry, guint64 number, const guint8 *head)
{
  World *self = world;

  for (guint i = 0; i < self->entries->len; i++)
    {
      const SanEntry *at = g_ptr_array_index (self->entries, i);

      if (san_entry_get_header (at)->number != number
          || memcmp (world_id (self, i)->b, head, 16) != 0
          || !san_id16_equal (&san_entry_get_header (at)->journal,
                              &san_entry_get_header (entry)->journal))
        continue;
      for (; at != NULL; at = find_entry (self, &san_entry_get_header (at)->previous))
        if (san_id32_equal (san_entry_get_id (at), san_entry_get_id (entry)))
          return TRUE;
    }
  return FALSE;
}

void
world_sync (World *self, guint from, guint to)
{
  for (guint i = 0; i < self->entries->len; i++)
    self->known[to][i] |= self->known[from][i];
}

void
world_sync_all (World *self)
{
  for (guint d = 0; d < WORLD_DEVICES; d++)
    memset (self->known[d], 1, self->entries->len);
}

/* Operations */

static SanAuthorityBody *
op_new (World *self, guint16 op)
{
  SanAuthorityBody *body = san_authority_body_new (op);

  roll (self, body->salt, sizeof body->salt);
  roll (self, body->cut_salt, sizeof body->cut_salt);
  return body;
}

SanAuthorityBody *
op_device (World *self, guint device)
{
  SanAuthorityBody *body = op_new (self, SAN_OP_DEVICE);
  SanId16 id = world_device (device);
  SanId32 box = box_of (san_sign_key_get_public (world_device_key (device)));

  san_device_record_make (&body->u.device, &id, world_device_key (device), &box,
                          world_id (self, 0));
  return body;
}

SanAuthorityBody *
op_seat (World *self, guint seat, guint staff, guint device, const char *role)
{
  SanAuthorityBody *body = op_new (self, SAN_OP_SEAT);
  g_autofree char *name
      = g_strdup_printf ("%02x %u %u %u", world_id (self, 0)->b[0], seat, staff, device);
  SanSeatRecord *record;

  if (proofs == NULL)
    proofs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  record = g_hash_table_lookup (proofs, name);
  if (record == NULL)
    {
      SanId16 staff_id = world_staff (staff);
      SanId16 device_id = world_device (device);
      SanId32 box = box_of (world_pk (seat));

      record = g_new0 (SanSeatRecord, 1);
      g_assert_true (san_seat_record_make (record, &staff_id, &device_id, world_key (seat), &box,
                                           "house", world_id (self, 0), NULL));
      g_hash_table_insert (proofs, g_steal_pointer (&name), record);
    }
  body->u.seat = *record;
  memset (body->u.seat.role, 0, sizeof body->u.seat.role);
  g_strlcpy (body->u.seat.role, role,
             sizeof body->u.seat.role); /* the proof does not name the role */
  return body;
}

SanAuthorityBody *
op_remove (World *self, SanRemoveWhat what, guint number)
{
  SanAuthorityBody *body = op_new (self, SAN_OP_REMOVE);
  SanId16 id = what == SAN_REMOVE_STAFF ? world_staff (number) : world_device (number);

  body->u.remove.what = what;
  body->u.remove.reason = SAN_REASON_LEFT;
  if (what == SAN_REMOVE_SEAT)
    body->u.remove.target = *world_pk (number);
  else
    memcpy (body->u.remove.target.b, id.b, sizeof id.b);
  return body;
}

void
op_add_head_row (SanAuthorityBody *body, const SanEntry *head)
{
  const SanHeader *header = san_entry_get_header (head);
  guint n = body->n_rows;
  SanCutRow *rows = g_new (SanCutRow, n + 1);

  if (n > 0)
    memcpy (rows, body->rows, n * sizeof (SanCutRow));
  san_cut_row_make (&rows[n], body->cut_salt, san_entry_get_dossier (head), &header->journal,
                    header->number, san_entry_get_id (head));
  san_authority_body_take_rows (body, rows, n + 1);
}

void
op_add_row (World *self, SanAuthorityBody *body, guint entry)
{
  op_add_head_row (body, g_ptr_array_index (self->entries, entry));
}

SanAuthorityBody *
op_accept (World *self, guint removal)
{
  SanAuthorityBody *body = op_new (self, SAN_OP_ACCEPT);

  body->u.removal = *world_id (self, removal);
  return body;
}

SanAuthorityBody *
op_void (World *self, guint removal)
{
  SanAuthorityBody *body = op_new (self, SAN_OP_VOID);

  body->u.voids.removals = san_id32_copy (world_id (self, removal));
  body->u.voids.n_removals = 1;
  return body;
}

SanAuthorityBody *
op_ring (World *self, guint compartment, guint previous, guint recovery)
{
  SanAuthorityBody *body = op_new (self, SAN_OP_NEW_RING);
  SanNewRing *ring = &body->u.new_ring;

  ring->compartment = (guint8)compartment;
  ring->ring_pk = world_random_id (self);
  if (previous < WORLD_LIMIT)
    {
      ring->previous = *world_id (self, previous);
      roll (self, ring->nonce, sizeof ring->nonce);
      roll (self, ring->link, sizeof ring->link);
    }
  ring->n_pairs = 1;
  ring->pairs = g_new0 (SanRingPair, 1);
  ring->pairs[0].grantee = *world_pk (RECOVERY + recovery);
  roll (self, ring->pairs[0].sealed, sizeof ring->pairs[0].sealed);
  return body;
}

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  return san_id32_compare (&((const SanRingPair *)a)->grantee, &((const SanRingPair *)b)->grantee);
}

void
op_ring_give (World *self, SanAuthorityBody *body, guint seat)
{
  SanNewRing *ring = &body->u.new_ring;

  for (guint i = 0; i < ring->n_pairs; i++)
    if (san_id32_equal (&ring->pairs[i].grantee, world_pk (seat)))
      return;
  ring->pairs = g_renew (SanRingPair, ring->pairs, ring->n_pairs + 1);
  ring->pairs[ring->n_pairs].grantee = *world_pk (seat);
  roll (self, ring->pairs[ring->n_pairs].sealed, SAN_SEALED_KEY_SIZE);
  ring->n_pairs++;
  qsort (ring->pairs + 1, ring->n_pairs - 1, sizeof (SanRingPair), compare_pairs);
}

SanAuthorityBody *
op_grant (World *self, guint ring, guint to)
{
  SanAuthorityBody *body = op_new (self, SAN_OP_RING_GRANT);

  body->u.ring_grant.ring = *world_id (self, ring);
  body->u.ring_grant.pair.grantee = *world_pk (to);
  roll (self, body->u.ring_grant.pair.sealed, SAN_SEALED_KEY_SIZE);
  return body;
}

SanAuthorityBody *
op_hand (World *self, guint ring, guint to_ring)
{
  SanAuthorityBody *body = op_new (self, SAN_OP_RING_GRANT);

  body->u.ring_grant.ring = *world_id (self, ring);
  body->u.ring_grant.pair.grantee = *world_id (self, to_ring);
  roll (self, body->u.ring_grant.pair.sealed, SAN_SEALED_KEY_SIZE);
  return body;
}

SanAuthorityBody *
op_recovery (World *self, guint author, guint recovery)
{
  SanAuthorityBody *body = op_new (self, SAN_OP_NEW_RECOVERY);

  body->u.new_recovery.sign_pk = *world_pk (RECOVERY + recovery);
  body->u.new_recovery.box_pk = box_of (world_pk (RECOVERY + recovery));
  san_recovery_proof_make (world_key (RECOVERY + recovery), body->salt, world_pk (author),
                           &body->u.new_recovery.box_pk, body->u.new_recovery.proof);
  return body;
}

SanAuthorityBody *
op_unknown (World *self)
{
  SanAuthorityBody *body = op_new (self, 77);

  body->args = g_bytes_new_static ("newer", 5);
  return body;
}
