/* test-authority-random.c - random histories of a quarrelling centre: the evaluation, in whatever
 * order entries arrive, equals the slow one
 *
 * GLib prints the seed of the run; --seed=… repeats it. A history that fails prints its own
 * number; SAN_HISTORY=number runs that one alone. */
#include "authority-world.h"
#include "slow-authority.h"

#include <stdlib.h>
#include <string.h>

#define HISTORIES 2500u
#define ORDERS 3u

typedef struct
{
  guint seat, staff, device;
  const char *role;
} Seated;
typedef struct
{
  guint seat, device;
} Writer;

typedef struct
{
  World *world;
  guint n_devices;
  Seated seated[60];
  guint n_seated;
  guint next_seat;
  guint next_recovery;
  GArray *removals; /* guint: entries */
  GArray *rings;
  Writer writers[WORLD_LIMIT]; /* by entry */
} History;

static guint
dice (History *self, guint n)
{
  return (guint)g_rand_int_range (self->world->dice, 0, (gint32)n);
}

static const char *
some_role (History *self)
{
  static const char *const roles[] = {
    "superintendent",
    "superintendent",
    "superintendent",
    "counsellor",
    "counsellor",
    "house",
    "nurse",
    "superintendent+counsellor",
    "slip.superintendent",
    "slip.superintendent",
    "slip.counsellor",
    "coordinator",
    "gardener",
  };

  return roles[dice (self, G_N_ELEMENTS (roles))];
}

static guint
some_entry (History *self)
{
  return dice (self, self->world->entries->len);
}

static guint
one_of (History *self, const GArray *entries)
{
  return entries->len > 0 ? g_array_index (entries, guint, dice (self, entries->len))
                          : some_entry (self);
}

static const Seated *
some_seat (History *self)
{
  return &self->seated[dice (self, self->n_seated)];
}

static void
remember_seat (History *self, guint seat, guint staff, guint device, const char *role)
{
  Seated seated = { seat, staff, device, role };

  if (self->n_seated < G_N_ELEMENTS (self->seated))
    self->seated[self->n_seated++] = seated;
}

/* What a slip is for: its person's own seat. */
static SanAuthorityBody *
use_slip (History *self, Writer *writer)
{
  for (guint i = self->n_seated; i > 0; i--)
    {
      const Seated *slip = &self->seated[i - 1];
      const char *role = san_role_get_slip_of (slip->role);

      if (role == NULL || self->next_seat >= 60 || dice (self, 3) == 0)
        continue;
      *writer = (Writer){ slip->seat, slip->device };
      remember_seat (self, self->next_seat, slip->staff, slip->device, role);
      return op_seat (self->world, self->next_seat++, slip->staff, slip->device, role);
    }
  return NULL;
}

/* A new seat, one by a slip, or an old key once more, perhaps under another name. */
static SanAuthorityBody *
seat_somebody (History *self, Writer *writer)
{
  guint kind = dice (self, 10);
  guint seat = self->next_seat < 40 ? self->next_seat++ : dice (self, 40);
  guint staff = dice (self, 6);
  guint device = dice (self, self->n_devices);
  const char *role = some_role (self);

  if (kind < 4)
    {
      SanAuthorityBody *body = use_slip (self, writer);

      if (body != NULL)
        return body;
    }
  if (kind == 8)
    seat = RECOVERY + dice (self, 3);
  if (kind == 9)
    {
      const Seated *old = some_seat (self);

      seat = old->seat;
      if (dice (self, 2))
        {
          staff = old->staff;
          device = old->device;
        }
    }
  remember_seat (self, seat, staff, device, role);
  return op_seat (self->world, seat, staff, device, role);
}

static SanAuthorityBody *
remove_somebody (History *self)
{
  const Seated *target = some_seat (self);
  SanRemoveWhat what = 1 + dice (self, 3);
  SanAuthorityBody *body = op_remove (self->world, what,
                                      what == SAN_REMOVE_STAFF    ? target->staff
                                      : what == SAN_REMOVE_DEVICE ? target->device
                                                                  : target->seat);

  for (guint n = dice (self, 3); n > 0; n--)
    op_add_row (self->world, body, some_entry (self));
  if (dice (self, 8) == 0)
    {
      SanHeader elsewhere = { .kind = SAN_KIND_AUTHORITY,
                              .dossier = *world_id (self->world, 0),
                              .journal = self->world->journal[0],
                              .number = 9,
                              .previous = world_random_id (self->world) };
      g_autoptr(GBytes) nothing = g_bytes_new_static ("", 0);
      g_autoptr(SanEntry) not_here = world_entry (self->world, 0, &elsewhere, nothing);

      op_add_head_row (body, not_here);
    }
  return body;
}

static SanAuthorityBody *
make_ring (History *self, const Writer *writer)
{
  guint compartment = dice (self, 3);
  guint previous = dice (self, 3) ? WORLD_LIMIT : one_of (self, self->rings);
  guint recovery = dice (self, 12) == 0 ? dice (self, 4) : self->next_recovery - 1;
  SanAuthorityBody *body = op_ring (self->world, compartment, previous, recovery);

  if (writer->seat < RECOVERY)
    op_ring_give (self->world, body, writer->seat);
  for (guint n = dice (self, 5); n > 0; n--)
    op_ring_give (self->world, body, some_seat (self)->seat);
  return body;
}

static SanAuthorityBody *
give_notice (History *self)
{
  SanAuthorityBody *body = san_authority_body_new (SAN_OP_JOURNAL_NOTICE);

  body->u.notice.why = SAN_NOTICE_RESTORE;
  body->u.notice.old_journal = self->world->journal[dice (self, self->n_devices)];
  body->u.notice.new_journal = self->world->journal[dice (self, self->n_devices)];
  memset (body->salt, (int)dice (self, 256), sizeof body->salt);
  return body;
}

/* Mostly by somebody who may: she who made the ring. */
static void
let_maker_write (History *self, guint ring, Writer *writer)
{
  if (dice (self, 4) && self->rings->len > 0)
    *writer = self->writers[ring];
}

static SanAuthorityBody *
pass_ring_on (History *self, Writer *writer)
{
  guint ring = one_of (self, self->rings);

  let_maker_write (self, ring, writer);
  if (dice (self, 3) == 0)
    return op_hand (self->world, ring, one_of (self, self->rings));
  return op_grant (self->world, ring,
                   dice (self, 8) ? some_seat (self)->seat : RECOVERY + dice (self, 4));
}

static SanAuthorityBody *
follow_ring (History *self, Writer *writer)
{
  guint previous = one_of (self, self->rings);
  g_autoptr(SanAuthorityBody) made = NULL;
  SanAuthorityBody *body;

  if (self->rings->len == 0)
    return make_ring (self, writer);
  made = san_authority_body_parse (
      san_entry_get_body (g_ptr_array_index (self->world->entries, previous)), NULL);
  let_maker_write (self, previous, writer);
  body = op_ring (self->world, made->u.new_ring.compartment, previous, self->next_recovery - 1);
  op_ring_give (self->world, body, writer->seat < RECOVERY ? writer->seat : 0);
  for (guint n = dice (self, 4); n > 0; n--)
    op_ring_give (self->world, body, some_seat (self)->seat);
  return body;
}

static SanAuthorityBody *
some_body (History *self, Writer *writer, guint8 *flags)
{
  guint what = dice (self, 100);

  if (what < 26)
    return seat_somebody (self, writer);
  if (what < 46)
    return remove_somebody (self);
  if (what < 55)
    return op_void (self->world, one_of (self, self->removals));
  if (what < 65)
    return make_ring (self, writer);
  if (what < 73)
    return follow_ring (self, writer);
  if (what < 86)
    return pass_ring_on (self, writer);
  if (what < 89)
    return op_accept (self->world, one_of (self, self->removals));
  if (what < 92)
    {
      guint recovery
          = self->next_recovery < 6 && dice (self, 3) ? self->next_recovery++ : dice (self, 6);

      if (dice (self, 2))
        writer->seat = RECOVERY + dice (self, self->next_recovery);
      return op_recovery (self->world, dice (self, 5) ? writer->seat : 1,
                          recovery); /* sometimes a bad proof */
    }
  if (what < 94)
    return give_notice (self);
  if (what < 97)
    return op_device (self->world, dice (self, self->n_devices));
  *flags = dice (self, 2) ? SAN_FLAG_MUST_UNDERSTAND : 0;
  return op_unknown (self->world);
}

static Writer
some_writer (History *self)
{
  const Seated *seat = some_seat (self);
  Writer writer = { seat->seat, seat->device };

  if (dice (self, 14) == 0)
    writer = (Writer){ RECOVERY + dice (self, self->next_recovery), dice (self, self->n_devices) };
  return writer;
}

static void
step (History *self)
{
  World *world = self->world;
  guint8 flags = 0;
  Writer writer;
  guint entry;
  SanAuthorityBody *body;

  if (dice (self, 4) == 0)
    {
      world_sync (world, dice (self, self->n_devices), dice (self, self->n_devices));
      return;
    }
  writer = some_writer (self);
  if (dice (self, 60) == 0)
    {
      g_autoptr(GBytes) newer = g_bytes_new_static ("newer", 5);

      world->data_flags = dice (self, 2) ? SAN_FLAG_MUST_UNDERSTAND : 0;
      world_write_data (world, writer.seat, writer.device, 9, newer);
      return;
    }
  body = some_body (self, &writer, &flags);
  if (dice (self, 8) == 0)
    entry = world_write_back_dated (world, writer.seat, writer.device, body,
                                    dice (self, 6) ? some_entry (self) : WORLD_LIMIT);
  else
    entry = world_write_flagged (world, writer.seat, writer.device, body, flags);
  self->writers[entry] = writer;
  body = san_authority_body_parse (san_entry_get_body (g_ptr_array_index (world->entries, entry)),
                                   NULL);
  if (body->op == SAN_OP_REMOVE)
    g_array_append_val (self->removals, entry);
  if (body->op == SAN_OP_NEW_RING)
    g_array_append_val (self->rings, entry);
  san_authority_body_free (body);
}

/* Two or three superintendents and a counsellor, all in peace, on two to four laptops. */
static void
begin (History *self)
{
  World *world = self->world;

  self->n_devices = 2 + dice (self, 3);
  self->next_recovery = 1;
  remember_seat (self, 0, 0, 0, "superintendent");
  for (guint d = 1; d < self->n_devices; d++)
    world_write (world, 0, 0, op_device (world, d));
  for (guint seat = 1; seat < 5; seat++)
    {
      guint device = dice (self, self->n_devices);

      const char *role = seat < 4 ? "superintendent" : "counsellor";

      world_write (world, 0, 0, op_seat (world, seat, seat, device, role));
      remember_seat (self, seat, seat, device, role);
    }
  self->next_seat = 5;
  world_sync_all (world);
}

static History *
history_new (guint32 seed)
{
  History *self = g_new0 (History, 1);

  self->world = world_new (seed);
  self->removals = g_array_new (FALSE, FALSE, sizeof (guint));
  self->rings = g_array_new (FALSE, FALSE, sizeof (guint));
  begin (self);
  for (guint n = 8 + dice (self, 32); n > 0; n--)
    step (self);
  return self;
}

static void
history_free (History *self)
{
  world_free (self->world);
  g_array_unref (self->removals);
  g_array_unref (self->rings);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (History, history_free)

/* Takes away a few, never the founding entry. */
static GPtrArray *
lose_some (GRand *rand, GPtrArray *entries)
{
  GPtrArray *rest = g_ptr_array_new ();

  for (guint i = 0; i < entries->len; i++)
    {
      SanEntry *entry = g_ptr_array_index (entries, i);

      if (san_entry_get_header (entry)->kind == SAN_KIND_FOUNDING
          || g_rand_int_range (rand, 0, 20) > 0)
        g_ptr_array_add (rest, entry);
    }
  return rest;
}

static const char *const seen_names[] = {
  "entries that count",
  "entries that do not",
  "effective removals",
  "removals in cycles",
  "dead removals",
  "voided removals",
  "rings",
  "grants",
  "frozen entries",
  "recovery keys replaced",
};

static void
check_history (guint32 seed, guint *seen)
{
  g_autoptr(History) history = history_new (seed);
  g_autoptr(Slow) slow = slow_new (history->world->entries);
  g_autoptr(GPtrArray) rest = lose_some (history->world->dice, history->world->entries);

  san_authority_unref (slow_evaluate (history->world->dice, history->world->entries, ORDERS));
  san_authority_unref (slow_evaluate (history->world->dice, rest, ORDERS));
  for (guint i = 0; i < G_N_ELEMENTS (seen_names); i++)
    seen[i] += slow_count (slow, seen_names[i]);
}

static void
test_random (void)
{
  const char *only = g_getenv ("SAN_HISTORY");
  guint seen[G_N_ELEMENTS (seen_names)] = { 0 };

  for (guint i = 0; i < HISTORIES; i++)
    {
      guint32 seed = only != NULL ? (guint32)strtoul (only, NULL, 10) : (guint32)g_test_rand_int ();

      g_test_message ("history %u", seed);
      check_history (seed, seen);
      if (only != NULL)
        return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (seen_names); i++)
    {
      g_print ("# %s: %u\n", seen_names[i], seen[i]);
      g_assert_cmpuint (seen[i], >, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  g_test_add_func ("/entry/authority/random-histories-agree-with-the-slow-one", test_random);
  return g_test_run ();
}
