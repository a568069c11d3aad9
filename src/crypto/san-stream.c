/* san-stream.c - secretstream in frames, and the stanzas that hand its key to recipients
 *
 * Only two tags exist: a frame, and the last frame. A stream that says anything else, goes on
 * after its last frame, or failed once, gives nothing more. */
#include "san-stream.h"

#include <sodium.h>
#include <string.h>

#define TAG_SIZE 16u
#define KEY_SIZE 32u

typedef crypto_secretstream_xchacha20poly1305_state State;

G_STATIC_ASSERT (SAN_STREAM_HEADER_SIZE == crypto_secretstream_xchacha20poly1305_HEADERBYTES);
G_STATIC_ASSERT (SAN_STREAM_OVERHEAD == crypto_secretstream_xchacha20poly1305_ABYTES);
G_STATIC_ASSERT (SAN_STANZA_SIZE == TAG_SIZE + KEY_SIZE + SAN_AEAD_TAG_SIZE);
G_STATIC_ASSERT (_Alignof (State) == 1);     /* so it may lie anywhere in locked memory */

struct _SanStreamPush
{
  SanSecret *state;
  gboolean   ended;
};

struct _SanStreamPull
{
  SanSecret *state;
  gboolean   ended;            /* by its last frame, or by a failure */
};

static State *
state_of (SanSecret *locked)
{
  return (State *) san_secret_get_mutable (locked);
}

/**
 * san_stream_push_new:
 * @key: 32 bytes, used for this one stream
 * @header: (out): travels before the frames
 */
SanStreamPush *
san_stream_push_new (const SanSecret *key, guint8 header[SAN_STREAM_HEADER_SIZE])
{
  SanStreamPush *self = g_new0 (SanStreamPush, 1);

  g_assert (san_secret_get_size (key) == KEY_SIZE);
  self->state = san_secret_new (sizeof (State));
  crypto_secretstream_xchacha20poly1305_init_push (state_of (self->state), header,
                                                   san_secret_get_data (key));
  return self;
}

/**
 * san_stream_push:
 * @final: the last frame; nothing may follow
 * @out: @n + 17 bytes
 */
void
san_stream_push (SanStreamPush *self, const guint8 *plain, gsize n, gboolean final, guint8 *out)
{
  guint8 tag = final ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                     : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;

  g_assert (!self->ended);
  self->ended = final;
  crypto_secretstream_xchacha20poly1305_push (state_of (self->state), out, NULL, plain, n, NULL, 0,
                                              tag);
}

void
san_stream_push_free (SanStreamPush *self)
{
  if (self == NULL)
    return;
  san_secret_unref (self->state);
  g_free (self);
}

SanStreamPull *
san_stream_pull_new (const SanSecret *key, const guint8 header[SAN_STREAM_HEADER_SIZE])
{
  SanStreamPull *self = g_new0 (SanStreamPull, 1);

  g_assert (san_secret_get_size (key) == KEY_SIZE);
  self->state = san_secret_new (sizeof (State));
  crypto_secretstream_xchacha20poly1305_init_pull (state_of (self->state), header,
                                                   san_secret_get_data (key));
  return self;
}

/**
 * san_stream_pull:
 * @n: one whole frame with its 17 bytes
 * @final: (out): whether it was the last
 * @out: @n - 17 bytes; undefined on failure
 *
 * Returns: %FALSE if the frame is not the one that comes next; the stream is over then
 */
gboolean
san_stream_pull (SanStreamPull *self, const guint8 *sealed, gsize n, gboolean *final, guint8 *out)
{
  guint8 tag;

  if (self->ended)
    return FALSE;
  if (n < SAN_STREAM_OVERHEAD
      || crypto_secretstream_xchacha20poly1305_pull (state_of (self->state), out, NULL, &tag,
                                                     sealed, n, NULL, 0) != 0
      || (tag != crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
          && tag != crypto_secretstream_xchacha20poly1305_TAG_FINAL))
    {
      self->ended = TRUE;
      return FALSE;
    }
  self->ended = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
  *final = self->ended;
  return TRUE;
}

void
san_stream_pull_free (SanStreamPull *self)
{
  if (self == NULL)
    return;
  san_secret_unref (self->state);
  g_free (self);
}

/* ---- stanzas ---- */

/* Tag and KEK that only the two ends of this X25519 can compute. */
static void
stanza_keys (const SanSecret *shared, const SanId32 *ephemeral, const SanId32 *recipient,
             guint8 tag[TAG_SIZE], SanSecret **kek)
{
  crypto_generichash_state state;
  guint8 d16[SAN_DOMAIN_SIZE];
  guint8 bytes[64];

  san_domain_put ("san1.stanza", d16);
  crypto_generichash_init (&state, san_secret_get_data (shared), san_secret_get_size (shared),
                           sizeof bytes);
  crypto_generichash_update (&state, d16, sizeof d16);
  crypto_generichash_update (&state, ephemeral->b, sizeof ephemeral->b);
  crypto_generichash_update (&state, recipient->b, sizeof recipient->b);
  crypto_generichash_final (&state, bytes, sizeof bytes);
  memcpy (tag, bytes, TAG_SIZE);
  *kek = san_secret_new_copy (bytes + TAG_SIZE, KEY_SIZE);
  sodium_memzero (bytes, sizeof bytes);
  sodium_memzero (&state, sizeof state);
}

/* The KEK meets one file key only: the nonce may be zero. */
static const guint8 zero_nonce[SAN_AEAD_NONCE_SIZE] = { 0 };

/**
 * san_stanza_make:
 * @ephemeral: made for this one file
 *
 * Fails with %SAN_ERROR_UNTRUSTED if @recipient is no honest public key.
 */
gboolean
san_stanza_make (const SanBoxKey *ephemeral, const SanId32 *recipient, const SanSecret *file_key,
                 guint8 out[SAN_STANZA_SIZE], GError **error)
{
  g_autoptr(SanSecret) shared = san_box_key_agree (ephemeral, recipient, error);
  g_autoptr(SanSecret) kek = NULL;

  g_assert (san_secret_get_size (file_key) == KEY_SIZE);
  if (shared == NULL)
    return FALSE;
  stanza_keys (shared, san_box_key_get_public (ephemeral), recipient, out, &kek);
  san_aead_seal (kek, zero_nonce, NULL, 0, san_secret_get_data (file_key), KEY_SIZE,
                 out + TAG_SIZE);
  return TRUE;
}

/**
 * san_stanza_find:
 * @stanzas: @n of them, one behind the other
 *
 * Costs one X25519, however many stanzas there are.
 *
 * Returns: (transfer full) (nullable): the file key; %NULL without error if none is for
 *   @recipient; %NULL with %SAN_ERROR_DAMAGED if ours is there and does not open
 */
SanSecret *
san_stanza_find (const SanId32 *ephemeral, const SanBoxKey *recipient, const guint8 *stanzas,
                 guint n, GError **error)
{
  g_autoptr(SanSecret) shared = san_box_key_agree (recipient, ephemeral, error);
  g_autoptr(SanSecret) kek = NULL;
  g_autoptr(SanSecret) file_key = NULL;
  guint8 tag[TAG_SIZE];

  if (shared == NULL)
    return NULL;
  stanza_keys (shared, ephemeral, san_box_key_get_public (recipient), tag, &kek);
  for (guint i = 0; i < n; i++)
    {
      const guint8 *stanza = stanzas + i * SAN_STANZA_SIZE;

      if (memcmp (stanza, tag, TAG_SIZE) != 0)
        continue;
      file_key = san_secret_new (KEY_SIZE);
      if (san_aead_open (kek, zero_nonce, NULL, 0, stanza + TAG_SIZE, KEY_SIZE + SAN_AEAD_TAG_SIZE,
                         san_secret_get_mutable (file_key)))
        return g_steal_pointer (&file_key);
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_DAMAGED, "our stanza does not open");
      return NULL;
    }
  return NULL;
}
