/* san-view-key.c - a view's key, sealed under the secret of a ring
 *
 * Symmetric under the secret: a sealed box to the ring's public key anybody could replace. */
#include "san-view-key-private.h"
#include "san-reader.h"
#include "san-writer.h"

#define VIEW_KEY_DOMAIN "san1.view.key"
#define SEALED_SIZE (SAN_VIEW_KEY_SIZE + SAN_AEAD_TAG_SIZE)
#define CONTEXT_SIZE (SAN_DOMAIN_SIZE + 1 + sizeof (SanId16))

static void
fill_context (guint8 compartment, const SanId16 *file_id, guint8 out[CONTEXT_SIZE])
{
  san_domain_put (VIEW_KEY_DOMAIN, out);
  out[SAN_DOMAIN_SIZE] = compartment;
  memcpy (out + SAN_DOMAIN_SIZE + 1, file_id->b, sizeof file_id->b);
}

GBytes *
san_view_key_wrap (const SanSecret *key, guint8 compartment, const SanId32 *ring,
                   const SanBoxKey *ring_key, const SanId16 *file_id, const guint8 *nonce)
{
  g_autoptr(SanSecret) wrap
      = san_derive (san_box_key_get_secret (ring_key), VIEW_KEY_DOMAIN, "", 0);
  guint8 context[CONTEXT_SIZE], fresh[SAN_AEAD_NONCE_SIZE], sealed[SEALED_SIZE];
  SanWriter writer;

  g_return_val_if_fail (san_secret_get_size (key) == SAN_VIEW_KEY_SIZE, NULL);
  if (!nonce)
    san_random (fresh, sizeof fresh);
  fill_context (compartment, file_id, context);
  san_aead_seal (wrap, nonce ? nonce : fresh, context, sizeof context, san_secret_get_data (key),
                 SAN_VIEW_KEY_SIZE, sealed);
  san_writer_init (&writer);
  san_writer_put_u8 (&writer, compartment);
  san_writer_put_id32 (&writer, ring);
  san_writer_put (&writer, nonce ? nonce : fresh, sizeof fresh);
  san_writer_put (&writer, sealed, sizeof sealed);
  return san_writer_end (&writer);
}

SanSecret *
san_view_key_unwrap (GBytes *row, guint8 compartment, const SanId32 *ring,
                     const SanBoxKey *ring_key, const SanId16 *file_id, GError **error)
{
  g_autoptr(SanSecret) wrap
      = san_derive (san_box_key_get_secret (ring_key), VIEW_KEY_DOMAIN, "", 0);
  g_autoptr(SanSecret) key = san_secret_new (SAN_VIEW_KEY_SIZE);
  guint8 context[CONTEXT_SIZE], nonce[SAN_AEAD_NONCE_SIZE];
  const guint8 *sealed = NULL;
  SanReader reader;
  SanId32 of_ring;
  guint8 c;

  san_reader_init_bytes (&reader, row, "view key");
  if (san_reader_take_u8 (&reader, &c, NULL) && san_reader_take_id32 (&reader, &of_ring, NULL)
      && san_reader_take_copy (&reader, nonce, sizeof nonce, NULL) && c == compartment
      && san_id32_equal (&of_ring, ring))
    sealed = san_reader_take (&reader, SEALED_SIZE, NULL);
  fill_context (compartment, file_id, context);
  if (sealed && san_reader_take_end (&reader, NULL)
      && san_aead_open (wrap, nonce, context, sizeof context, sealed, SEALED_SIZE,
                        san_secret_get_mutable (key)))
    return g_steal_pointer (&key);
  g_set_error (error, SAN_ERROR, SAN_ERROR_LOCKED, "the view key does not open with this ring");
  return NULL;
}
