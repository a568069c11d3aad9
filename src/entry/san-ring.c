/* san-ring.c - makes rings, seals them to people, opens them, and links each to the one before
 *
 * A ring is checked against its public key whenever it is opened: a giver can seal anything.
 * The link is under the new ring's secret, so that who has the newest ring has them all. */
#include "san-ring.h"

#include "san-canonical-private.h"
#include "san-founding.h"

#include <stdlib.h>
#include <string.h>

#define SEAL_DOMAIN  "san1.ring.seal"
#define LINK_DOMAIN  "san1.ring.link"

gboolean
san_ring_pair_seal (SanRingPair *out, const SanGrantee *to, const SanBoxKey *ring, GError **error)
{
  SanSecret *secret = san_box_key_get_secret (ring);
  SanRingPair self;

  self.grantee = to->grantee;
  if (!san_seal (SEAL_DOMAIN, san_secret_get_data (secret), san_secret_get_size (secret),
                 &to->box_pk, self.sealed, error))
    return FALSE;
  *out = self;
  return TRUE;
}

/* The key pair of a secret that came from somebody else, if it is the one that was announced. */
static SanBoxKey *
check_ring (const SanSecret *secret, const SanId32 *ring_pk, GError **error)
{
  g_autoptr(SanBoxKey) ring = san_box_key_new_from_secret (secret);

  if (ring == NULL || !san_id32_equal (san_box_key_get_public (ring), ring_pk))
    {
      san_untrusted (error, "ring: opens to another key than its public one");
      return NULL;
    }
  return g_steal_pointer (&ring);
}

SanBoxKey *
san_ring_pair_open (const SanRingPair *self, const SanBoxKey *mine, const SanId32 *ring_pk,
                    GError **error)
{
  g_autoptr (SanSecret) secret
      = san_unseal (SEAL_DOMAIN, self->sealed, sizeof self->sealed, mine, error);

  return secret != NULL ? check_ring (secret, ring_pk, error) : NULL;
}

const SanRingPair *
san_new_ring_find_pair (const SanNewRing *self, const SanId32 *grantee)
{
  for (guint i = 0; i < self->n_pairs; i++)
    if (san_id32_equal (&self->pairs[i].grantee, grantee))
      return &self->pairs[i];
  return NULL;
}

/* new public key, id of the ring before */
static void
link_context (const SanNewRing *self, guint8 out[64])
{
  memcpy (out, self->ring_pk.b, 32);
  memcpy (out + 32, self->previous.b, 32);
}

static void
seal_link (SanNewRing *self, const SanBoxKey *ring, const SanBoxKey *old)
{
  g_autoptr(SanSecret) key = san_derive (san_box_key_get_secret (ring), LINK_DOMAIN, NULL, 0);
  SanSecret *secret = san_box_key_get_secret (old);
  guint8 context[64];

  link_context (self, context);
  san_random (self->nonce, sizeof self->nonce);
  san_aead_seal (key, self->nonce, context, sizeof context,
                 san_secret_get_data (secret), san_secret_get_size (secret), self->link);
}

SanBoxKey *
san_new_ring_open_link (const SanNewRing *self, const SanBoxKey *ring, const SanId32 *previous_pk,
                        GError **error)
{
  g_autoptr(SanSecret) key = NULL;
  g_autoptr(SanSecret) secret = NULL;
  guint8 context[64];

  if (san_id32_is_zero (&self->previous))
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_NOT_FOUND,
                           "ring: the first of its compartment");
      return NULL;
    }
  key = san_derive (san_box_key_get_secret (ring), LINK_DOMAIN, NULL, 0);
  secret = san_secret_new (sizeof self->link - SAN_AEAD_TAG_SIZE);
  link_context (self, context);
  if (!san_aead_open (key, self->nonce, context, sizeof context, self->link, sizeof self->link,
                      san_secret_get_mutable (secret)))
    {
      san_untrusted (error, "ring: the link to the ring before does not open");
      return NULL;
    }
  return check_ring (secret, previous_pk, error);
}

static int
compare_grantees (const void *a, const void *b)
{
  return san_id32_compare (&((const SanGrantee *) a)->grantee, &((const SanGrantee *) b)->grantee);
}

static gboolean
seal_pairs (SanNewRing *self, const SanBoxKey *ring, const SanGrantee *recovery,
            const SanGrantee *seats, guint n_seats, GError **error)
{
  g_autofree SanGrantee *sorted = g_memdup2 (seats, n_seats * sizeof *seats);

  if (n_seats >= SAN_GRANTEES_LIMIT)
    return san_refused (error, "new ring: %u seats, limit is %u", n_seats, SAN_GRANTEES_LIMIT - 1);
  if (n_seats > 1)
    qsort (sorted, n_seats, sizeof *sorted, compare_grantees);
  self->pairs = g_new (SanRingPair, n_seats + 1);
  if (!san_ring_pair_seal (&self->pairs[0], recovery, ring, error))
    return FALSE;
  self->n_pairs = 1;
  for (guint i = 0; i < n_seats; i++)
    {
      if (i > 0 && compare_grantees (&sorted[i - 1], &sorted[i]) == 0)
        continue;
      if (!san_ring_pair_seal (&self->pairs[self->n_pairs], &sorted[i], ring, error))
        return FALSE;
      self->n_pairs++;
    }
  return TRUE;
}

SanAuthorityBody *
san_new_ring_make (guint8 compartment, const SanBoxKey *ring, const SanId32 *previous,
                   const SanBoxKey *old, const SanGrantee *recovery, const SanGrantee *seats,
                   guint n_seats, GError **error)
{
  g_autoptr(SanAuthorityBody) body = san_authority_body_new (SAN_OP_NEW_RING);
  SanNewRing *self = &body->u.new_ring;

  if (compartment >= SAN_N_COMPARTMENTS || (previous == NULL) != (old == NULL))
    {
      san_invalid (error, "new ring: compartment %u, or a predecessor without its key",
                   compartment);
      return NULL;
    }
  self->compartment = compartment;
  self->ring_pk = *san_box_key_get_public (ring);
  if (previous != NULL)
    {
      self->previous = *previous;
      seal_link (self, ring, old);
    }
  if (!seal_pairs (self, ring, recovery, seats, n_seats, error))
    return NULL;
  return g_steal_pointer (&body);
}

SanAuthorityBody *
san_ring_grant_make (const SanId32 *ring_id, const SanBoxKey *ring, const SanGrantee *to,
                     GError **error)
{
  g_autoptr(SanAuthorityBody) body = san_authority_body_new (SAN_OP_RING_GRANT);

  body->u.ring_grant.ring = *ring_id;
  if (!san_ring_pair_seal (&body->u.ring_grant.pair, to, ring, error))
    return NULL;
  return g_steal_pointer (&body);
}

SanAuthorityBody *
san_new_recovery_make (const SanSignKey *sign, const SanId32 *box_pk, const SanId32 *author)
{
  SanAuthorityBody *body = san_authority_body_new (SAN_OP_NEW_RECOVERY);
  SanNewRecovery *self = &body->u.new_recovery;

  self->sign_pk = *san_sign_key_get_public (sign);
  self->box_pk = *box_pk;
  san_recovery_proof_make (sign, body->salt, author, box_pk, self->proof);
  return body;
}

/**
 * san_new_recovery_verify:
 * @self: a body of op 7
 * @author: of the entry that carries it
 */
gboolean
san_new_recovery_verify (const SanAuthorityBody *self, const SanId32 *author, GError **error)
{
  const SanNewRecovery *recovery = &self->u.new_recovery;

  g_return_val_if_fail (self->op == SAN_OP_NEW_RECOVERY, FALSE);
  return san_recovery_proof_verify (&recovery->sign_pk, self->salt, author, &recovery->box_pk,
                                    recovery->proof, error);
}
