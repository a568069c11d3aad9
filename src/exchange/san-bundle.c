/* san-bundle.c - sizes and names of bundle files
 *
 * A file is header, frames of 65,536 plain bytes with 17 bytes more each, nothing else; its size
 * is one of the few that Padmé allows, so it tells little of what is in it. */
#include "san-bundle.h"

#include "san-hash.h"
#include "san-stream.h"

#include <string.h>

#define SEALED_FRAME (SAN_BUNDLE_FRAME_SIZE + SAN_STREAM_OVERHEAD)

static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";

/**
 * san_bundle_name_new:
 *
 * Returns: (transfer full): a name that says nothing and that nobody else has
 */
char *
san_bundle_name_new (void)
{
  guint8 dice[SAN_BUNDLE_NAME_LETTERS];
  char *name = g_malloc (SAN_BUNDLE_NAME_LETTERS + sizeof SAN_BUNDLE_NAME_END);

  san_random (dice, sizeof dice);
  for (guint i = 0; i < SAN_BUNDLE_NAME_LETTERS; i++)
    name[i] = letters[dice[i] & 31];
  memcpy (name + SAN_BUNDLE_NAME_LETTERS, SAN_BUNDLE_NAME_END, sizeof SAN_BUNDLE_NAME_END);
  return name;
}

/**
 * san_bundle_name_is_ours:
 *
 * FAT may hand names back in capitals, so case does not count.
 */
gboolean
san_bundle_name_is_ours (const char *name)
{
  if (strlen (name) != SAN_BUNDLE_NAME_LETTERS + strlen (SAN_BUNDLE_NAME_END))
    return FALSE;
  for (guint i = 0; i < SAN_BUNDLE_NAME_LETTERS; i++)
    if (strchr (letters, g_ascii_tolower (name[i])) == NULL)
      return FALSE;
  return g_ascii_strcasecmp (name + SAN_BUNDLE_NAME_LETTERS, SAN_BUNDLE_NAME_END) == 0;
}

static guint64
size_without_zeros (guint64 plain)
{
  guint64 frames = (plain + SAN_BUNDLE_FRAME_SIZE - 1) / SAN_BUNDLE_FRAME_SIZE;

  return SAN_BUNDLE_HEADER_SIZE + plain + frames * SAN_STREAM_OVERHEAD;
}

/**
 * san_bundle_plain_for:
 *
 * A last frame has at least one plain byte, so some sizes belong to no stream.
 */
guint64
san_bundle_plain_for (guint64 size)
{
  guint64 rest;
  guint64 frames;

  if (size <= SAN_BUNDLE_HEADER_SIZE + SAN_STREAM_OVERHEAD)
    return 0;
  rest = size - SAN_BUNDLE_HEADER_SIZE;
  frames = (rest - 1) / SEALED_FRAME;
  rest -= frames * SEALED_FRAME;
  return rest <= SAN_STREAM_OVERHEAD ? 0
                                     : frames * SAN_BUNDLE_FRAME_SIZE + rest - SAN_STREAM_OVERHEAD;
}

guint64
san_bundle_size_for (guint64 plain)
{
  guint64 size = san_padme (MAX (SAN_BUNDLE_FILE_MIN, size_without_zeros (plain)));

  while (san_bundle_plain_for (size) == 0)
    size = san_padme (size + 1);
  return size;
}

gboolean
san_bundle_size_is_allowed (guint64 size)
{
  return size >= SAN_BUNDLE_FILE_MIN && size <= SAN_BUNDLE_FILE_LIMIT
         && san_padme (size) == size && san_bundle_plain_for (size) != 0;
}
