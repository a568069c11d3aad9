/* test-stream.c - frames in order and to the end, stanzas for their recipients */
#include "san-stream.h"

#include <string.h>

#define FRAME 100
#define N     5

typedef struct
{
  SanSecret *key;
  guint8     header[SAN_STREAM_HEADER_SIZE];
  guint8     frames[N][FRAME + SAN_STREAM_OVERHEAD];
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr(SanStreamPush) push = NULL;

  f->key = san_secret_new_random (32);
  push = san_stream_push_new (f->key, f->header);
  for (guint i = 0; i < N; i++)
    {
      guint8 plain[FRAME];

      memset (plain, (int) i, FRAME);
      san_stream_push (push, plain, FRAME, i == N - 1, f->frames[i]);
    }
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  san_secret_unref (f->key);
}

static gboolean
pull (SanStreamPull *stream, const guint8 *frame, guint8 *plain, gboolean *final)
{
  return san_stream_pull (stream, frame, FRAME + SAN_STREAM_OVERHEAD, final, plain);
}

static void
test_round_trip (Fixture *f, gconstpointer data)
{
  g_autoptr(SanStreamPull) stream = san_stream_pull_new (f->key, f->header);
  guint8 plain[FRAME];
  gboolean final = TRUE;

  for (guint i = 0; i < N; i++)
    {
      g_assert_true (pull (stream, f->frames[i], plain, &final));
      g_assert_cmpint (final, ==, i == N - 1);
      g_assert_cmpuint (plain[0], ==, i);
    }
  g_assert_false (pull (stream, f->frames[N - 1], plain, &final));
}

static void
test_order (Fixture *f, gconstpointer data)
{
  guint8 plain[FRAME];
  gboolean final;

  for (guint i = 0; i < N; i++)
    for (guint j = 0; j < N; j++)
      {
        g_autoptr(SanStreamPull) stream = san_stream_pull_new (f->key, f->header);

        for (guint k = 0; k < i; k++)
          g_assert_true (pull (stream, f->frames[k], plain, &final));
        g_assert_cmpint (pull (stream, f->frames[j], plain, &final), ==, i == j);
        if (i != j)                        /* and it stays refused, also for the right one */
          g_assert_false (pull (stream, f->frames[i], plain, &final));
      }
}

static void
test_damage (Fixture *f, gconstpointer data)
{
  guint8 plain[FRAME];
  gboolean final;
  g_autoptr(SanSecret) other = san_secret_new_random (32);

  for (guint i = 0; i < FRAME + SAN_STREAM_OVERHEAD; i++)
    {
      g_autoptr(SanStreamPull) stream = san_stream_pull_new (f->key, f->header);
      g_autoptr(SanStreamPull) shorter = san_stream_pull_new (f->key, f->header);

      f->frames[0][i] ^= 1;
      g_assert_false (pull (stream, f->frames[0], plain, &final));
      f->frames[0][i] ^= 1;
      g_assert_false (san_stream_pull (shorter, f->frames[0], i, &final, plain));
    }
  {
    g_autoptr(SanStreamPull) stream = san_stream_pull_new (other, f->header);

    g_assert_false (pull (stream, f->frames[0], plain, &final));
  }
  f->header[0] ^= 1;
  {
    g_autoptr(SanStreamPull) stream = san_stream_pull_new (f->key, f->header);

    g_assert_false (pull (stream, f->frames[0], plain, &final));
  }
}

static void
test_stanzas (void)
{
  enum { SLOTS = 8 };
  g_autoptr(SanBoxKey) ephemeral = san_box_key_new_random ();
  g_autoptr(SanBoxKey) stranger = san_box_key_new_random ();
  g_autoptr(SanSecret) file_key = san_secret_new_random (32);
  g_autoptr(GError) error = NULL;
  SanBoxKey *recipients[SLOTS];
  guint8 stanzas[SLOTS * SAN_STANZA_SIZE];

  for (guint i = 0; i < SLOTS; i++)
    {
      recipients[i] = san_box_key_new_random ();
      g_assert_true (san_stanza_make (ephemeral, san_box_key_get_public (recipients[i]), file_key,
                                      stanzas + i * SAN_STANZA_SIZE, NULL));
    }
  for (guint i = 0; i < SLOTS; i++)
    {
      g_autoptr(SanSecret) found = san_stanza_find (san_box_key_get_public (ephemeral),
                                                    recipients[i], stanzas, SLOTS, NULL);

      g_assert_true (san_secret_equal (found, file_key));
    }
  g_assert_null (san_stanza_find (san_box_key_get_public (ephemeral), stranger, stanzas, SLOTS,
                                  &error));
  g_assert_no_error (error);
  g_assert_null (san_stanza_find (san_box_key_get_public (ephemeral), recipients[0], stanzas, 0,
                                  &error));
  g_assert_no_error (error);
  stanzas[20] ^= 1;                        /* ours is there, and damaged */
  g_assert_null (san_stanza_find (san_box_key_get_public (ephemeral), recipients[0], stanzas,
                                  SLOTS, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_null (san_stanza_find (&san_id32_zero, recipients[0], stanzas, SLOTS, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_UNTRUSTED);
  g_clear_error (&error);
  g_assert_false (san_stanza_make (ephemeral, &san_id32_zero, file_key, stanzas, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_UNTRUSTED);
  for (guint i = 0; i < SLOTS; i++)
    san_box_key_unref (recipients[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
#define ADD(name, func) g_test_add ("/crypto/stream/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("round-trip", test_round_trip);
  ADD ("order-is-bound", test_order);
  ADD ("damage-ends-it", test_damage);
#undef ADD
  g_test_add_func ("/crypto/stream/stanzas", test_stanzas);
  return g_test_run ();
}
