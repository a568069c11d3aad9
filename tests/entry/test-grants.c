/* test-grants.c - rings and dossier keys: sealed, opened, linked, and what a bad giver can try */
#include "samples.h"

#include <string.h>

/* ---- dossier keys ---- */

static SanKeyGrant *
make_grant (const SanSecret *key, const SanSecret *previous, const SanBoxKey *one,
            const SanBoxKey *two)
{
  SanKeyTarget rings[] = {
    { seed_id32 (9), *san_box_key_get_public (two) },
    { seed_id32 (3), *san_box_key_get_public (one) },
    { seed_id32 (9), *san_box_key_get_public (two) },
  };
  g_autoptr(GError) error = NULL;
  SanKeyGrant *grant
      = san_key_grant_make (SAN_COMPARTMENT_CLINICAL, key, previous, rings, 3, &error);

  g_assert_no_error (error);
  return grant;
}

static void
test_key_open (void)
{
  g_autoptr(SanSecret) key = seed_secret (0x42), previous = seed_secret (0x41);
  g_autoptr(SanBoxKey) one = seed_box_key (1), two = seed_box_key (2);
  g_autoptr(SanKeyGrant) made = make_grant (key, previous, one, two);
  g_autoptr(GBytes) bytes = san_key_grant_encode (made);
  g_autoptr(SanKeyGrant) grant = san_key_grant_parse (bytes, NULL);
  SanId32 three = seed_id32 (3), nine = seed_id32 (9), none = seed_id32 (1);
  g_autoptr(SanSecret) by_one = san_key_grant_open (grant, &three, one, NULL);
  g_autoptr(SanSecret) by_two = san_key_grant_open (grant, &nine, two, NULL);
  g_autoptr(SanSecret) before = san_key_grant_open_link (grant, by_one, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (grant->n_pairs, ==, 2);
  g_assert_true (san_secret_equal (by_one, key));
  g_assert_true (san_secret_equal (by_two, key));
  g_assert_true (san_secret_equal (before, previous));
  g_assert_null (san_key_grant_open (grant, &none, one, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (san_key_grant_open (grant, &nine, one, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_LOCKED);
}

/* Grant whose key does not fit its key id */
static void
test_key_id (void)
{
  g_autoptr(SanSecret) key = seed_secret (0x42), other = seed_secret (0x43);
  g_autoptr(SanBoxKey) one = seed_box_key (1), two = seed_box_key (2);
  g_autoptr(SanKeyGrant) grant = make_grant (key, NULL, one, two);
  g_autoptr(SanKeyGrant) stranger = make_grant (other, NULL, one, two);
  SanId32 three = seed_id32 (3);
  g_autoptr(GError) error = NULL;

  grant->key_id = stranger->key_id;
  g_assert_null (san_key_grant_open (grant, &three, one, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_UNTRUSTED);
}

/* Two grants under one id with different keys (salamander) */
static void
test_salamander (void)
{
  g_autoptr(SanSecret) key = seed_secret (0x42), other = seed_secret (0x43);
  g_autoptr(SanBoxKey) one = seed_box_key (1), two = seed_box_key (2);
  g_autoptr(SanKeyGrant) grant = make_grant (key, NULL, one, two);
  g_autoptr(SanKeyGrant) forged = make_grant (other, NULL, one, two);
  SanId32 three = seed_id32 (3), nine = seed_id32 (9);
  g_autoptr(SanSecret) first = NULL;
  g_autoptr(GError) error = NULL;

  memcpy (grant->pairs[1].sealed, forged->pairs[1].sealed, sizeof grant->pairs[1].sealed);
  first = san_key_grant_open (grant, &three, one, NULL);
  g_assert_nonnull (first);
  g_assert_null (san_key_grant_open (grant, &nine, two, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_UNTRUSTED);
}

static void
test_key_links (void)
{
  g_autoptr (SanSecret) key = seed_secret (0x42), previous = seed_secret (0x41),
                        wrong = seed_secret (0x40);
  g_autoptr(SanBoxKey) one = seed_box_key (1), two = seed_box_key (2);
  g_autoptr(SanKeyGrant) grant = make_grant (key, previous, one, two);
  g_autoptr(SanKeyGrant) bare = make_grant (key, NULL, one, two);
  g_autoptr(GError) error = NULL;

  g_assert_null (san_key_grant_open_link (bare, key, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (san_key_grant_open_link (grant, wrong, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_UNTRUSTED);
  g_clear_error (&error);
  grant->previous_id.b[0] ^= 1;                /* a link that claims another past */
  g_assert_null (san_key_grant_open_link (grant, key, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_UNTRUSTED);
}

static void
assert_grant_refused (const SanKeyGrant *grant)
{
  g_autoptr(GBytes) bytes = san_key_grant_encode (grant);
  g_autoptr(GError) error = NULL;

  g_assert_null (san_key_grant_parse (bytes, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_DAMAGED);
}

static void
test_key_canonical (void)
{
  g_autoptr(SanSecret) key = seed_secret (0x42), previous = seed_secret (0x41);
  g_autoptr(SanBoxKey) one = seed_box_key (1), two = seed_box_key (2);
  g_autoptr(SanKeyGrant) grant = make_grant (key, previous, one, two);
  SanKeyPair pair = grant->pairs[0];

  grant->compartment = SAN_COMPARTMENT_HOUSE;
  assert_grant_refused (grant);
  grant->compartment = 6;
  assert_grant_refused (grant);
  grant->compartment = 2;
  grant->previous_id = san_id32_zero;          /* no history, and yet a link */
  assert_grant_refused (grant);
  memset (grant->nonce, 0, sizeof grant->nonce);
  assert_grant_refused (grant);
  memset (grant->link, 0, sizeof grant->link);
  grant->pairs[0] = grant->pairs[1];           /* a ring twice */
  assert_grant_refused (grant);
  grant->pairs[1] = pair;                      /* rings descend */
  assert_grant_refused (grant);
  grant->n_pairs = 0;
  assert_grant_refused (grant);
}

static void
test_key_limits (void)
{
  g_autoptr(SanSecret) key = seed_secret (0x42), short_key = san_secret_new (16);
  g_autoptr(SanBoxKey) ring = seed_box_key (1);
  g_autofree SanKeyTarget *rings = g_new0 (SanKeyTarget, SAN_KEY_RINGS_LIMIT + 1);
  g_autoptr(SanKeyGrant) most = NULL;
  g_autoptr(SanKeyGrant) again = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i <= SAN_KEY_RINGS_LIMIT; i++)
    {
      rings[i].ring.b[0] = (guint8) i;
      rings[i].ring.b[1] = (guint8) (i >> 8);
      rings[i].pk = *san_box_key_get_public (ring);
    }
  most = san_key_grant_make (1, key, NULL, rings, SAN_KEY_RINGS_LIMIT, &error);
  g_assert_no_error (error);
  bytes = san_key_grant_encode (most);
  again = san_key_grant_parse (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->n_pairs, ==, SAN_KEY_RINGS_LIMIT);
  g_assert_null (san_key_grant_make (1, key, NULL, rings, SAN_KEY_RINGS_LIMIT + 1, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (san_key_grant_make (1, key, NULL, rings, 0, NULL));
  g_assert_null (san_key_grant_make (0, key, NULL, rings, 1, NULL));
  g_assert_null (san_key_grant_make (6, key, NULL, rings, 1, NULL));
  g_assert_null (san_key_grant_make (1, short_key, NULL, rings, 1, NULL));
  memset (rings[0].pk.b, 0, 32);               /* a small-order box key takes nothing */
  g_assert_null (san_key_grant_make (1, key, NULL, rings, 1, &error));
  g_assert_nonnull (error);
}

/* ---- rings ---- */

static void
test_ring_open (void)
{
  g_autoptr(Person) nurse = person_new (0x11);
  g_autoptr(Person) other = person_new (0x21);
  g_autoptr (SanBoxKey) ring = seed_box_key (0x31), old = seed_box_key (0x30),
                        recovery_box = seed_box_key (0x70);
  SanGrantee recovery = { seed_id32 (0xf0), *san_box_key_get_public (recovery_box) };
  SanGrantee seats[] = { grantee (other), grantee (nurse), grantee (other) };
  SanId32 previous = seed_id32 (0x99);
  g_autoptr (SanAuthorityBody) made
      = san_new_ring_make (3, ring, &previous, old, &recovery, seats, 3, NULL);
  g_autoptr(GBytes) bytes = san_authority_body_encode (made, NULL);
  g_autoptr(SanAuthorityBody) body = san_authority_body_parse (bytes, NULL);
  const SanNewRing *new_ring = &body->u.new_ring;
  const SanRingPair *pair = san_new_ring_find_pair (new_ring, seat_pk (nurse));
  g_autoptr (SanBoxKey) opened
      = san_ring_pair_open (pair, nurse->seat_box, &new_ring->ring_pk, NULL);
  g_autoptr (SanBoxKey) by_code
      = san_ring_pair_open (&new_ring->pairs[0], recovery_box, &new_ring->ring_pk, NULL);
  g_autoptr (SanBoxKey) before
      = san_new_ring_open_link (new_ring, opened, san_box_key_get_public (old), NULL);
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (new_ring->n_pairs, ==, 3);
  g_assert_nonnull (opened);
  g_assert_nonnull (by_code);
  g_assert_true (san_secret_equal (san_box_key_get_secret (opened), san_box_key_get_secret (ring)));
  g_assert_true (san_secret_equal (san_box_key_get_secret (before), san_box_key_get_secret (old)));
  g_assert_null (san_ring_pair_open (pair, other->seat_box, &new_ring->ring_pk, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_LOCKED);
  g_assert_null (san_new_ring_find_pair (new_ring, &previous));
}

/* A puppet seals her own key under the true ring's name. */
static void
test_ring_forged (void)
{
  g_autoptr(Person) nurse = person_new (0x11);
  g_autoptr(SanBoxKey) ring = seed_box_key (0x31), forged = seed_box_key (0x32);
  SanGrantee to = grantee (nurse);
  SanId32 ring_id = seed_id32 (0x99);
  g_autoptr(SanAuthorityBody) body = san_ring_grant_make (&ring_id, forged, &to, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_null (san_ring_pair_open (&body->u.ring_grant.pair, nurse->seat_box,
                                     san_box_key_get_public (ring), &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_UNTRUSTED);
}

static void
test_ring_links (void)
{
  g_autoptr (SanBoxKey) ring = seed_box_key (0x31), old = seed_box_key (0x30),
                        other = seed_box_key (0x2f);
  SanGrantee recovery = { seed_id32 (0xf0), *san_box_key_get_public (other) };
  SanId32 previous = seed_id32 (0x99);
  g_autoptr (SanAuthorityBody) body
      = san_new_ring_make (3, ring, &previous, old, &recovery, NULL, 0, NULL);
  g_autoptr (SanAuthorityBody) first
      = san_new_ring_make (3, ring, NULL, NULL, &recovery, NULL, 0, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_null (
      san_new_ring_open_link (&first->u.new_ring, ring, san_box_key_get_public (old), &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (
      san_new_ring_open_link (&body->u.new_ring, ring, san_box_key_get_public (other), &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_UNTRUSTED);
  g_clear_error (&error);
  g_assert_null (
      san_new_ring_open_link (&body->u.new_ring, other, san_box_key_get_public (old), &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_UNTRUSTED);
  g_clear_error (&error);
  body->u.new_ring.previous.b[0] ^= 1;         /* the link is bound to the ring that it names */
  g_assert_null (
      san_new_ring_open_link (&body->u.new_ring, ring, san_box_key_get_public (old), &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_UNTRUSTED);
}

/* A sealed ring is never taken for a sealed dossier key, nor the other way round. */
static void
test_purposes (void)
{
  g_autoptr(Person) nurse = person_new (0x11);
  g_autoptr(SanBoxKey) ring = seed_box_key (0x31);
  SanGrantee to = grantee (nurse);
  SanKeyTarget target = { seed_id32 (3), to.box_pk };
  SanRingPair pair;
  g_autoptr (SanKeyGrant) grant
      = san_key_grant_make (1, san_box_key_get_secret (ring), NULL, &target, 1, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_true (san_ring_pair_seal (&pair, &to, ring, NULL));
  memcpy (pair.sealed, grant->pairs[0].sealed, sizeof pair.sealed);
  g_assert_null (
      san_ring_pair_open (&pair, nurse->seat_box, san_box_key_get_public (ring), &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_true (san_ring_pair_seal (&pair, &to, ring, NULL));
  memcpy (grant->pairs[0].sealed, pair.sealed, sizeof pair.sealed);
  g_assert_null (san_key_grant_open (grant, &target.ring, nurse->seat_box, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_LOCKED);
}

static void
test_ring_limits (void)
{
  g_autoptr(SanBoxKey) ring = seed_box_key (0x31);
  g_autofree SanGrantee *seats = g_new0 (SanGrantee, SAN_GRANTEES_LIMIT);
  SanGrantee recovery = { seed_id32 (0xf0), *san_box_key_get_public (ring) };
  SanId32 previous = seed_id32 (1);
  g_autoptr(SanAuthorityBody) body = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < SAN_GRANTEES_LIMIT; i++)
    {
      seats[i].grantee.b[0] = (guint8) i;
      seats[i].grantee.b[1] = (guint8) (i >> 8);
      seats[i].box_pk = *san_box_key_get_public (ring);
    }
  body = san_new_ring_make (1, ring, NULL, NULL, &recovery, seats, SAN_GRANTEES_LIMIT - 1, &error);
  g_assert_no_error (error);
  bytes = san_authority_body_encode (body, &error);
  g_assert_no_error (error);
  g_assert_null (
      san_new_ring_make (1, ring, NULL, NULL, &recovery, seats, SAN_GRANTEES_LIMIT, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
  g_assert_null (san_new_ring_make (6, ring, NULL, NULL, &recovery, seats, 1, NULL));
  g_assert_null (san_new_ring_make (1, ring, &previous, NULL, &recovery, seats, 1, NULL));
  g_assert_null (san_new_ring_make (1, ring, NULL, ring, &recovery, seats, 1, NULL));
}

static void
test_recovery (void)
{
  g_autoptr(SanSignKey) code = seed_sign_key (0x71);
  g_autoptr(Person) author = person_new (0x11);
  g_autoptr(Person) other = person_new (0x21);
  SanId32 box = seed_id32 (5);
  g_autoptr(SanAuthorityBody) made = san_new_recovery_make (code, &box, seat_pk (author));
  g_autoptr(GBytes) bytes = san_authority_body_encode (made, NULL);
  g_autoptr(SanAuthorityBody) body = san_authority_body_parse (bytes, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_true (san_new_recovery_verify (body, seat_pk (author), NULL));
  g_assert_false (san_new_recovery_verify (body, seat_pk (other), &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_UNTRUSTED);
  body->u.new_recovery.box_pk.b[0] ^= 1;
  g_assert_false (san_new_recovery_verify (body, seat_pk (author), NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  g_test_add_func ("/entry/key-grant/opens-with-each-ring-and-to-the-key-before", test_key_open);
  g_test_add_func ("/entry/key-grant/grant-whose-key-does-not-fit-its-key-id-is-refused",
                   test_key_id);
  g_test_add_func ("/entry/key-grant/two-keys-under-one-id-are-never-both-accepted",
                   test_salamander);
  g_test_add_func ("/entry/key-grant/links-open-to-the-key-that-they-name", test_key_links);
  g_test_add_func ("/entry/key-grant/what-is-not-canonical-is-refused", test_key_canonical);
  g_test_add_func ("/entry/key-grant/limits", test_key_limits);
  g_test_add_func ("/entry/ring/opens-for-its-grantees-and-to-the-ring-before", test_ring_open);
  g_test_add_func ("/entry/ring/another-key-under-its-name-is-refused", test_ring_forged);
  g_test_add_func ("/entry/ring/links-open-to-the-ring-that-they-name", test_ring_links);
  g_test_add_func ("/entry/ring/seals-have-one-purpose", test_purposes);
  g_test_add_func ("/entry/ring/limits", test_ring_limits);
  g_test_add_func ("/entry/recovery/proof-binds-author-and-box-key", test_recovery);
  return g_test_run ();
}
