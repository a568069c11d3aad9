/* san-key-grant.c - dossier keys sealed to rings
 *
 * A key's id is a hash of the key, checked whenever one is opened, so that nobody can hand two
 * people different keys under one name. Each key carries the one before, under itself. */
#include "san-key-grant.h"

#include "san-canonical-private.h"
#include "san-data-body.h"
#include "san-reader.h"
#include "san-writer.h"

#include <stdlib.h>
#include <string.h>

#define SEAL_DOMAIN  "san1.key.seal"
#define LINK_DOMAIN  "san1.key.link"

void
san_key_grant_free (SanKeyGrant *self)
{
  if (self == NULL)
    return;
  g_free (self->pairs);
  g_free (self);
}

static gboolean
take_pairs (SanKeyGrant *self, SanReader *reader, GError **error)
{
  guint16 n;

  if (!san_reader_take_u16 (reader, &n, error) ||
      !san_check_count (reader, n, SAN_KEY_RINGS_LIMIT, sizeof (SanKeyPair), "rings", error))
    return FALSE;
  if (n == 0)
    return san_damaged (error, "key grant: to no ring");
  self->pairs = g_new (SanKeyPair, n);
  self->n_pairs = n;
  for (guint i = 0; i < n; i++)
    {
      if (!san_reader_take_id32 (reader, &self->pairs[i].ring, error) ||
          !san_reader_take_copy (reader, self->pairs[i].sealed, SAN_SEALED_KEY_SIZE, error))
        return FALSE;
      if (i > 0 && san_id32_compare (&self->pairs[i - 1].ring, &self->pairs[i].ring) >= 0)
        return san_damaged (error, "key grant: rings do not ascend");
    }
  return TRUE;
}

static gboolean
check_fields (const SanKeyGrant *self, GError **error)
{
  if (self->compartment == SAN_COMPARTMENT_HOUSE || self->compartment >= SAN_N_COMPARTMENTS)
    return san_damaged (error, "key grant: compartment %u has no key", self->compartment);
  if (san_id32_is_zero (&self->previous_id)
      && !(san_all_zero (self->nonce, sizeof self->nonce)
           && san_all_zero (self->link, sizeof self->link)))
    return san_damaged (error, "key grant: a link without a key before");
  return TRUE;
}

SanKeyGrant *
san_key_grant_parse (GBytes *body, GError **error)
{
  g_autoptr(SanKeyGrant) self = g_new0 (SanKeyGrant, 1);
  SanReader reader;

  san_reader_init_bytes (&reader, body, "key grant");
  if (!san_reader_take_copy (&reader, self->salt, sizeof self->salt, error) ||
      !san_reader_take_u8 (&reader, &self->compartment, error) ||
      !san_reader_take_id32 (&reader, &self->key_id, error) ||
      !san_reader_take_id32 (&reader, &self->previous_id, error) ||
      !san_reader_take_copy (&reader, self->nonce, sizeof self->nonce, error) ||
      !san_reader_take_copy (&reader, self->link, sizeof self->link, error) ||
      !check_fields (self, error) ||
      !take_pairs (self, &reader, error) ||
      !san_reader_take_end (&reader, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* Returns: (transfer full): the body. */
GBytes *
san_key_grant_encode (const SanKeyGrant *self)
{
  g_auto(SanWriter) writer = { 0 };

  san_writer_init (&writer);
  san_writer_put (&writer, self->salt, sizeof self->salt);
  san_writer_put_u8 (&writer, self->compartment);
  san_writer_put_id32 (&writer, &self->key_id);
  san_writer_put_id32 (&writer, &self->previous_id);
  san_writer_put (&writer, self->nonce, sizeof self->nonce);
  san_writer_put (&writer, self->link, sizeof self->link);
  san_writer_put_u16 (&writer, (guint16) self->n_pairs);
  for (guint i = 0; i < self->n_pairs; i++)
    {
      san_writer_put_id32 (&writer, &self->pairs[i].ring);
      san_writer_put (&writer, self->pairs[i].sealed, SAN_SEALED_KEY_SIZE);
    }
  return san_writer_end (&writer);
}

const SanKeyPair *
san_key_grant_find (const SanKeyGrant *self, const SanId32 *ring)
{
  for (guint i = 0; i < self->n_pairs; i++)
    if (san_id32_equal (&self->pairs[i].ring, ring))
      return &self->pairs[i];
  return NULL;
}

/* new key id, previous key id */
static void
link_context (const SanKeyGrant *self, guint8 out[64])
{
  memcpy (out, self->key_id.b, 32);
  memcpy (out + 32, self->previous_id.b, 32);
}

static void
seal_link (SanKeyGrant *self, const SanSecret *key, const SanSecret *previous)
{
  g_autoptr(SanSecret) link_key = san_derive (key, LINK_DOMAIN, NULL, 0);
  guint8 context[64];

  san_key_get_id (previous, &self->previous_id);
  link_context (self, context);
  san_random (self->nonce, sizeof self->nonce);
  san_aead_seal (link_key, self->nonce, context, sizeof context,
                 san_secret_get_data (previous), SAN_KEY_SIZE, self->link);
}

static int
compare_targets (const void *a, const void *b)
{
  return san_id32_compare (&((const SanKeyTarget *) a)->ring, &((const SanKeyTarget *) b)->ring);
}

static gboolean
seal_pairs (SanKeyGrant *self, const SanSecret *key, const SanKeyTarget *rings, guint n,
            GError **error)
{
  g_autofree SanKeyTarget *sorted = g_memdup2 (rings, n * sizeof *rings);

  qsort (sorted, n, sizeof *sorted, compare_targets);
  self->pairs = g_new (SanKeyPair, n);
  for (guint i = 0; i < n; i++)
    {
      SanKeyPair *pair = &self->pairs[self->n_pairs];

      if (i > 0 && compare_targets (&sorted[i - 1], &sorted[i]) == 0)
        continue;
      pair->ring = sorted[i].ring;
      if (!san_seal (SEAL_DOMAIN, san_secret_get_data (key), SAN_KEY_SIZE, &sorted[i].pk,
                     pair->sealed, error))
        return FALSE;
      self->n_pairs++;
    }
  return TRUE;
}

SanKeyGrant *
san_key_grant_make (guint8 compartment, const SanSecret *key, const SanSecret *previous,
                    const SanKeyTarget *rings, guint n_rings, GError **error)
{
  g_autoptr(SanKeyGrant) self = g_new0 (SanKeyGrant, 1);

  self->compartment = compartment;
  if (compartment == SAN_COMPARTMENT_HOUSE || compartment >= SAN_N_COMPARTMENTS ||
      san_secret_get_size (key) != SAN_KEY_SIZE ||
      (previous != NULL && san_secret_get_size (previous) != SAN_KEY_SIZE))
    {
      san_invalid (error, "key grant: compartment %u, or a key that is not of 32 bytes",
                   compartment);
      return NULL;
    }
  if (n_rings == 0 || n_rings > SAN_KEY_RINGS_LIMIT)
    {
      san_refused (error, "key grant: to %u rings, limit is %u", n_rings, SAN_KEY_RINGS_LIMIT);
      return NULL;
    }
  san_random (self->salt, sizeof self->salt);
  san_key_get_id (key, &self->key_id);
  if (previous != NULL)
    seal_link (self, key, previous);
  if (!seal_pairs (self, key, rings, n_rings, error))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
check_key (const SanSecret *key, const SanId32 *expected, const char *what, GError **error)
{
  SanId32 id;

  san_key_get_id (key, &id);
  if (!san_id32_equal (&id, expected))
    return san_untrusted (error, "key grant: %s does not fit its key id", what);
  return TRUE;
}

SanSecret *
san_key_grant_open (const SanKeyGrant *self, const SanId32 *ring, const SanBoxKey *ring_key,
                    GError **error)
{
  const SanKeyPair *pair = san_key_grant_find (self, ring);
  g_autoptr(SanSecret) key = NULL;

  if (pair == NULL)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_NOT_FOUND,
                           "key grant: not sealed to that ring");
      return NULL;
    }
  key = san_unseal (SEAL_DOMAIN, pair->sealed, sizeof pair->sealed, ring_key, error);
  if (key == NULL || !check_key (key, &self->key_id, "the key", error))
    return NULL;
  return g_steal_pointer (&key);
}

SanSecret *
san_key_grant_open_link (const SanKeyGrant *self, const SanSecret *key, GError **error)
{
  g_autoptr(SanSecret) link_key = NULL;
  g_autoptr(SanSecret) previous = NULL;
  guint8 context[64];

  if (san_id32_is_zero (&self->previous_id))
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_NOT_FOUND,
                           "key grant: no key before this one");
      return NULL;
    }
  link_key = san_derive (key, LINK_DOMAIN, NULL, 0);
  previous = san_secret_new (SAN_KEY_SIZE);
  link_context (self, context);
  if (!san_aead_open (link_key, self->nonce, context, sizeof context, self->link, sizeof self->link,
                      san_secret_get_mutable (previous)))
    {
      san_untrusted (error, "key grant: the link to the key before does not open");
      return NULL;
    }
  if (!check_key (previous, &self->previous_id, "the key before", error))
    return NULL;
  return g_steal_pointer (&previous);
}
