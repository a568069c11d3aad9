/* san-mutate.c - seeded damage for bytes of any kind */
#include "san-mutate.h"

#include <stdlib.h>
#include <string.h>

#define MAX_EDITS   4
#define MAX_INSERT  64
#define MAX_GROWTH  (2u << 20)         /* a mutant never grows past this */

struct _SanMutator
{
  GRand *rand;
  guint  n;                            /* mutants made, or counted by hand */
};

typedef void (*Edit) (SanMutator *self, GByteArray *bytes, GBytes *other);

SanMutator *
san_mutator_new (guint32 seed)
{
  SanMutator *self = g_new0 (SanMutator, 1);

  self->rand = g_rand_new_with_seed (seed);
  return self;
}

void
san_mutator_free (SanMutator *self)
{
  g_test_message ("%u mutants", self->n);
  g_rand_free (self->rand);
  g_free (self);
}

void
san_mutator_count (SanMutator *self)
{
  self->n++;
}

guint32
san_mutator_below (SanMutator *self, guint32 limit)
{
  return limit == 0 ? 0 : g_rand_int (self->rand) % limit;
}

static void
flip_bit (SanMutator *self, GByteArray *bytes, GBytes *other)
{
  if (bytes->len > 0)
    bytes->data[san_mutator_below (self, bytes->len)]
        ^= (guint8)(1u << san_mutator_below (self, 8));
}

static void
set_byte (SanMutator *self, GByteArray *bytes, GBytes *other)
{
  static const guint8 extremes[] = { 0, 1, 0x7f, 0x80, 0xfe, 0xff };

  if (bytes->len > 0)
    bytes->data[san_mutator_below (self, bytes->len)] = san_mutator_below (self, 2) == 0
      ? extremes[san_mutator_below (self, G_N_ELEMENTS (extremes))]
      : (guint8) san_mutator_below (self, 256);
}

/* An integer of 2, 4 or 8 bytes, either way round, becomes an extreme one or moves by a little. */
static void
set_integer (SanMutator *self, GByteArray *bytes, GBytes *other)
{
  static const guint64 extremes[] = {
    0,      1,       0x7f,       0x80,        0xff,        0x100,      0x7fff,      0x8000,
    0xffff, 0x10000, 0x7fffffff, 0x80000000u, 0xffffffffu, G_MAXINT64, G_MAXUINT64, G_MAXUINT64 - 1,
  };
  guint size = 2u << san_mutator_below (self, 3);
  guint64 value = 0;
  guint8 *at;

  if (bytes->len < size)
    return;
  at = bytes->data + san_mutator_below (self, bytes->len - size + 1);
  for (guint i = size; i > 0; i--)
    value = value << 8 | at[i - 1];
  if (san_mutator_below (self, 2) == 0)
    value = extremes[san_mutator_below (self, G_N_ELEMENTS (extremes))];
  else
    value += san_mutator_below (self, 9) - 4u;
  for (guint i = 0; i < size; i++)
    at[i] = (guint8) (value >> (8 * i));
}

static void
pick_range (SanMutator *self, guint len, guint *start, guint *n)
{
  *start = san_mutator_below (self, len);
  *n = 1
       + san_mutator_below (self, MIN (len - *start, san_mutator_below (self, 4) == 0 ? len : 40));
  *n = MIN (*n, len - *start);
}

static void
cut_range (SanMutator *self, GByteArray *bytes, GBytes *other)
{
  guint start, n;

  if (bytes->len == 0)
    return;
  pick_range (self, bytes->len, &start, &n);
  g_byte_array_remove_range (bytes, start, n);
}

static void
insert (GByteArray *bytes, guint at, const guint8 *data, guint n)
{
  guint tail = bytes->len - at;

  if (n == 0 || bytes->len + n > MAX_GROWTH)
    return;
  g_byte_array_set_size (bytes, bytes->len + n);
  memmove (bytes->data + at + n, bytes->data + at, tail);
  memcpy (bytes->data + at, data, n);
}

static void
repeat_range (SanMutator *self, GByteArray *bytes, GBytes *other)
{
  g_autofree guint8 *copy = NULL;
  guint start, n;

  if (bytes->len == 0)
    return;
  pick_range (self, bytes->len, &start, &n);
  copy = g_memdup2 (bytes->data + start, n);
  insert (bytes,
          san_mutator_below (self, 2) == 0 ? start + n : san_mutator_below (self, bytes->len + 1),
          copy, n);
}

static void
insert_noise (SanMutator *self, GByteArray *bytes, GBytes *other)
{
  guint8 noise[MAX_INSERT];
  guint n = 1 + san_mutator_below (self, MAX_INSERT);
  gboolean zeros = san_mutator_below (self, 3) == 0;

  for (guint i = 0; i < n; i++)
    noise[i] = zeros ? 0 : (guint8) san_mutator_below (self, 256);
  insert (bytes, san_mutator_below (self, bytes->len + 1), noise, n);
}

static void
cut_end (SanMutator *self, GByteArray *bytes, GBytes *other)
{
  if (bytes->len > 0)
    g_byte_array_set_size (bytes, san_mutator_below (self, bytes->len));
}

static void
swap_ranges (SanMutator *self, GByteArray *bytes, GBytes *other)
{
  guint n = 1 + san_mutator_below (self, 40);
  guint a, b;

  if (bytes->len < 2 * n)
    return;
  a = san_mutator_below (self, bytes->len - 2 * n + 1);
  b = a + n + san_mutator_below (self, bytes->len - n - (a + n) + 1);
  for (guint i = 0; i < n; i++)
    {
      guint8 byte = bytes->data[a + i];

      bytes->data[a + i] = bytes->data[b + i];
      bytes->data[b + i] = byte;
    }
}

static void
fill_range (SanMutator *self, GByteArray *bytes, GBytes *other)
{
  guint start, n;

  if (bytes->len == 0)
    return;
  pick_range (self, bytes->len, &start, &n);
  memset (bytes->data + start, san_mutator_below (self, 2) == 0 ? 0 : 0xff, n);
}

/* A range of another sample, over the same place or in between. */
static void
splice (SanMutator *self, GByteArray *bytes, GBytes *other)
{
  guint start, n, room;
  gsize size;
  const guint8 *data = other != NULL ? g_bytes_get_data (other, &size) : NULL;

  if (data == NULL || size == 0)
    return;
  pick_range (self, (guint) size, &start, &n);
  if (san_mutator_below (self, 2) == 0)
    insert (bytes, san_mutator_below (self, bytes->len + 1), data + start, n);
  else if (start < bytes->len)
    {
      room = bytes->len - start;
      memcpy (bytes->data + start, data + start, MIN (n, room));
    }
}

GBytes *
san_mutator_next (SanMutator *self, GBytes *sample, GBytes *other)
{
  static const Edit edits[] = {
    flip_bit,    flip_bit,    flip_bit,  set_byte,     set_byte,     set_integer,
    set_integer, set_integer, cut_range, repeat_range, insert_noise, cut_end,
    swap_ranges, fill_range,  splice,    splice,
  };
  GByteArray *bytes = g_byte_array_new ();
  guint n = 1 + san_mutator_below (self, MAX_EDITS);

  self->n++;
  g_byte_array_append (bytes, g_bytes_get_data (sample, NULL), (guint) g_bytes_get_size (sample));
  for (guint i = 0; i < n; i++)
    edits[san_mutator_below (self, G_N_ELEMENTS (edits))] (self, bytes, other);
  return g_byte_array_free_to_bytes (bytes);
}

guint32
san_mutate_seed (guint32 fallback)
{
  const char *text = g_getenv ("SAN_FUZZ_SEED");
  guint32 seed = text != NULL ? (guint32) strtoul (text, NULL, 0) : fallback;

  g_test_message ("seed %u", seed);
  return seed;
}

guint
san_mutate_rounds (guint n)
{
  const char *text = g_getenv ("SAN_FUZZ_ROUNDS");
  unsigned long times = text != NULL ? strtoul (text, NULL, 0) : 1;

  return n * (guint) CLAMP (times, 1, 10000);
}

void
san_mutate_show (const char *what, GBytes *bytes)
{
  gsize n;
  const guint8 *data = g_bytes_get_data (bytes, &n);
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < n; i++)
    g_string_append_printf (text, "%02x", data[i]);
  g_printerr ("%s: %" G_GSIZE_FORMAT " bytes %s\n", what, n, text->str);
  g_string_free (text, TRUE);
}
