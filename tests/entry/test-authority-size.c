/* test-authority-size.c - the largest dossier that may be, honest and not, is evaluated in time
 *
 * Processor time is compared with limits that are far off on any machine; what it took is printed.
 */
#include "authority-world.h"
#include "san-authority.h"
#include "san-rings.h"

#include <time.h>

typedef struct
{
  World *world;
  GPtrArray *entries;
  SanId32 last; /* of the one journal; named as head, too */
  guint64 number;
} Long;

/* Goes on in one journal, as honest laptops do. */
static const SanId32 *
add (Long *self, guint author, SanAuthorityBody *body, const SanId32 *heads, guint n_heads)
{
  SanHeader header = { .kind = SAN_KIND_AUTHORITY,
                       .dossier = *world_id (self->world, 0),
                       .journal = self->world->journal[0],
                       .number = ++self->number,
                       .previous = self->last };
  g_autoptr(GBytes) bytes = NULL;
  SanEntry *entry;

  g_assert_true (san_authority_body_set_heads (body, heads != NULL ? heads : &self->last,
                                               heads != NULL ? n_heads : 1, NULL));
  bytes = san_authority_body_encode (body, NULL);
  san_authority_body_free (body);
  entry = world_entry (self->world, author, &header, bytes);
  g_ptr_array_add (self->entries, entry);
  self->last = *san_entry_get_id (entry);
  return san_entry_get_id (entry);
}

/* An entry that knows just these, in a journal of its own. */
static const SanId32 *
add_beside (Long *self, guint author, SanAuthorityBody *body, const SanId32 *head)
{
  SanId32 random = world_random_id (self->world);
  SanHeader header
      = { .kind = SAN_KIND_AUTHORITY, .dossier = *world_id (self->world, 0), .number = 1 };
  g_autoptr(GBytes) bytes = NULL;
  SanEntry *entry;

  san_journal_derive (san_sign_key_get_public (world_device_key (0)), random.b, &header.journal);
  g_assert_true (san_authority_body_set_heads (body, head, 1, NULL));
  bytes = san_authority_body_encode (body, NULL);
  san_authority_body_free (body);
  entry = world_entry (self->world, author, &header, bytes);
  g_ptr_array_add (self->entries, entry);
  return san_entry_get_id (entry);
}

static Long *
long_new (void)
{
  Long *self = g_new0 (Long, 1);

  self->world = world_new (5);
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)san_entry_unref);
  g_ptr_array_add (self->entries, san_entry_ref (g_ptr_array_index (self->world->entries, 0)));
  self->last = *world_id (self->world, 0);
  self->number = 1;
  return self;
}

static void
long_free (Long *self)
{
  world_free (self->world);
  g_ptr_array_unref (self->entries);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Long, long_free)

static SanAuthority *
evaluate (Long *self, const SanAuthority *known, const char *what, double limit)
{
  g_autoptr(GError) error = NULL;
  clock_t start = clock ();
  SanAuthority *authority = san_authority_evaluate (self->entries, known, &error);
  double seconds = (double)(clock () - start) / CLOCKS_PER_SEC;

  g_assert_no_error (error);
  g_print ("# %s: %u entries in %.3f s\n", what, self->entries->len, seconds);
  g_assert_cmpfloat (seconds, <, limit);
  return authority;
}

/* 60 people come and go for years: seats, grants, notices, 200 removals with their rotations. */
static void
test_honest (void)
{
  g_autoptr(Long) self = long_new ();
  World *world = self->world;
  SanAuthorityBody *ring_body;
  SanId32 ring;
  g_autoptr(SanAuthority) first = NULL;
  g_autoptr(SanAuthority) again = NULL;

  for (guint s = 1; s < 60; s++)
    add (self, 0, op_seat (world, s, s, 0, s < 6 ? "superintendent" : "counsellor"), NULL, 0);
  ring_body = op_ring (world, 2, WORLD_LIMIT, 0);
  op_ring_give (world, ring_body, 10);
  ring = *add (self, 10, ring_body, NULL, 0);
  while (self->entries->len < SAN_AUTHORITY_LIMIT)
    {
      SanAuthorityBody *body = op_grant (world, 0, 10 + self->entries->len % 50);
      guint n = self->entries->len;

      body->u.ring_grant.ring = ring;
      if (n % 50 != 0)
        {
          add (self, 10, body, NULL, 0);
          continue;
        }
      san_authority_body_free (body);
      add (self, n % 6, op_remove (world, SAN_REMOVE_SEAT, 30 + n / 50 % 30), NULL, 0);
      body = op_ring (world, 2, WORLD_LIMIT, 0);
      body->u.new_ring.previous = ring;
      for (guint s = 10; s < 40; s++)
        op_ring_give (world, body, s);
      if (self->entries->len < SAN_AUTHORITY_LIMIT)
        ring = *add (self, 10, body, NULL, 0);
      else
        san_authority_body_free (body);
    }
  first = evaluate (self, NULL, "honest", 1.0);
  again = evaluate (self, first, "honest, proofs known", 1.0);
  g_assert_cmpuint (san_authority_get_n_seats (first), ==, 60);
  g_assert_cmpuint (san_authority_get_n_removals (again), >, 150);
  g_assert_true (san_authority_is_effective (first, &self->last));
}

/* One entry more is refused. */
static void
test_limit (void)
{
  g_autoptr(Long) self = long_new ();
  g_autoptr(GError) error = NULL;

  while (self->entries->len <= SAN_AUTHORITY_LIMIT)
    add (self, 0, op_unknown (self->world), NULL, 0);
  g_assert_null (san_authority_evaluate (self->entries, NULL, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
}

/* A dismissed head with a laptop to herself fills the dossier with removals of herself and of
 * others, and with puppets that remove too. */
static void
test_hostile (void)
{
  g_autoptr(Long) self = long_new ();
  World *world = self->world;
  g_autoptr(SanAuthority) authority = NULL;
  SanId32 peace;
  SanId32 removal;

  for (guint s = 1; s < 6; s++)
    add (self, 0, op_seat (world, s, s, 0, "superintendent"), NULL, 0);
  peace = self->last;
  removal = *add (self, 0, op_remove (world, SAN_REMOVE_STAFF, 1), NULL, 0);
  for (guint i = 0; i < 4000; i++)
    {
      guint puppet = 10 + i % 50;
      const SanId32 *seated
          = add_beside (self, 1, op_seat (world, puppet, puppet, 0, "superintendent"), &peace);

      if (i % 2)
        add_beside (self, puppet, op_remove (world, SAN_REMOVE_STAFF, i % 60), seated);
      else
        add_beside (self, 1, op_remove (world, SAN_REMOVE_STAFF, i % 60), &peace);
    }
  authority = evaluate (self, NULL, "hostile", 15.0);
  g_assert_false (san_authority_is_effective (authority, &removal)); /* stalemate, no more */
  g_assert_cmpuint (san_authority_get_n_seats (authority), ==, 6);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  g_test_add_func ("/entry/authority/ten-thousand-entries-in-time", test_honest);
  g_test_add_func ("/entry/authority/one-more-is-refused", test_limit);
  g_test_add_func ("/entry/authority/a-flood-of-quarrel-in-time", test_hostile);
  return g_test_run ();
}
