/* san-peers.c - what this laptop remembers about other devices */
#include "san-peers.h"
#include "san-secret.h"
#include "san-store.h"
#include "san-time.h"

#define STATE_PEER "peer." /* place: PEER_TYPE: number, news, heard, turns, repeats, have */
#define STATE_WANTS   "wants."           /* place: aay */
#define STATE_APPLIED "applied."         /* commitment */
#define WANTS_KEPT    4096u
#define STATE_NUMBER  "bundle.number"
#define PEER_TYPE     "(txxuuay)"
#define REPEATS_HEARD 3u
#define WRITER_STEP   65536u            /* two copies go on apart from each other */

/* Device ids are chosen by whoever makes them: only with its centre does one name a device, or a
 * partner could speak for a laptop of ours. */
typedef struct
{
  SanId32 centre;
  SanId16 device;
  guint8  writer[4];
} Place;

G_STATIC_ASSERT (sizeof (Place) == 52);

static Place
make_place (const SanId32 *centre, const SanId16 *device, guint32 writer)
{
  const guint32 big = GUINT32_TO_BE (writer);
  Place place = { *centre, *device, { 0 } };

  memcpy (place.writer, &big, sizeof big);
  return place;
}

static guint32
place_writer (const Place *place)
{
  guint32 big;

  memcpy (&big, place->writer, sizeof big);
  return GUINT32_FROM_BE (big);
}

static guint32
writer_of (guint64 number)
{
  return (guint32) (number >> SAN_WRITER_BITS);
}

static GBytes *
pack (GVariant *variant)
{
  g_autoptr(GVariant) sunk = g_variant_ref_sink (variant);

  return g_variant_get_data_as_bytes (sunk);
}

static GVariant *
unpack (GBytes *bytes, const char *type)
{
  return g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (type), bytes, FALSE));
}

static char *
state_name (const char *prefix, const void *id, gsize n)
{
  g_autofree char *hex = san_bytes_to_hex (id, n);

  return g_strconcat (prefix, hex, NULL);
}

void
san_peer_free (SanPeer *self)
{
  g_clear_pointer (&self->have, san_have_free);
  g_free (self);
}

static char *
place_name (const char *prefix, const Place *place)
{
  return state_name (prefix, place, sizeof *place);
}

static gboolean
place_from_name (const char *name, Place *out)
{
  g_autoptr(GBytes) bytes = san_bytes_from_hex (name + strlen (STATE_PEER), NULL);

  if (bytes == NULL || g_bytes_get_size (bytes) != sizeof *out)
    return FALSE;
  memcpy (out, g_bytes_get_data (bytes, NULL), sizeof *out);
  return TRUE;
}

static SanPeer *
peer_from_state (const Place *place, GBytes *state)
{
  g_autoptr(GVariant) variant = unpack (state, PEER_TYPE);
  g_autoptr(GVariant) have = g_variant_get_child_value (variant, 5);
  g_autoptr(GBytes) have_bytes = g_variant_get_data_as_bytes (have);
  SanPeer *peer = g_new0 (SanPeer, 1);

  peer->device = place->device;
  peer->centre = place->centre;
  peer->writer = place_writer (place);
  g_variant_get_child (variant, 0, "t", &peer->number);
  g_variant_get_child (variant, 1, "x", &peer->news_ms);
  g_variant_get_child (variant, 2, "x", &peer->heard_ms);
  g_variant_get_child (variant, 3, "u", &peer->turns);
  g_variant_get_child (variant, 4, "u", &peer->repeats);
  if (g_bytes_get_size (have_bytes) > 0)
    peer->have = san_have_parse (have_bytes, NULL);
  return peer;
}

static SanPeer *
load_place (SanStore *store, const Place *place, GError **error)
{
  g_autofree char *name = place_name (STATE_PEER, place);
  g_autoptr(GBytes) state = san_store_get_state (store, name, error);

  return state != NULL ? peer_from_state (place, state) : NULL;
}

SanPeer *
san_peers_load (SanStore *store, const SanId32 *centre, const SanId16 *device, guint32 writer,
                GError **error)
{
  const Place place = make_place (centre, device, writer);

  return load_place (store, &place, error);
}

GPtrArray *
san_peers_list (SanStore *store, const SanId32 *centre, GError **error)
{
  g_auto(GStrv) names = san_store_list_state (store, STATE_PEER, error);
  g_autoptr(GPtrArray) peers = g_ptr_array_new_with_free_func ((GDestroyNotify) san_peer_free);

  if (names == NULL)
    return NULL;
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr(SanPeer) peer = NULL;
      Place place;

      if (!place_from_name (names[i], &place) ||
          (centre != NULL && !san_id32_equal (&place.centre, centre)))
        continue;
      peer = load_place (store, &place, NULL);
      if (peer != NULL)
        g_ptr_array_add (peers, g_steal_pointer (&peer));
    }
  return g_steal_pointer (&peers);
}

static GPtrArray *
list_wants (SanStore *store, const Place *place, GError **error)
{
  g_autofree char *name = place_name (STATE_WANTS, place);
  g_autoptr(GBytes) state = NULL;
  GPtrArray *wants;

  if (!san_store_look_state (store, name, &state, error))
    return NULL;
  wants = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  if (state != NULL)
    {
      g_autoptr(GVariant) variant = unpack (state, "aay");

      for (gsize i = 0; i < g_variant_n_children (variant); i++)
        {
          g_autoptr(GVariant) child = g_variant_get_child_value (variant, i);

          g_ptr_array_add (wants, g_variant_get_data_as_bytes (child));
        }
    }
  return wants;
}

GPtrArray *
san_peers_list_wants (SanStore *store, const SanPeer *peer, GError **error)
{
  const Place place = make_place (&peer->centre, &peer->device, peer->writer);

  return list_wants (store, &place, error);
}

GArray *
san_peers_list_writers (SanStore *store, const SanId32 *centre, const SanId16 *device,
                        GError **error)
{
  g_auto(GStrv) names = san_store_list_state (store, STATE_PEER, error);
  GArray *writers;

  if (names == NULL)
    return NULL;
  writers = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint i = 0; names[i] != NULL; i++)
    {
      Place place;
      guint32 writer;

      if (!place_from_name (names[i], &place) || !san_id32_equal (&place.centre, centre) ||
          !san_id16_equal (&place.device, device))
        continue;
      writer = place_writer (&place);
      g_array_append_val (writers, writer);
    }
  return writers;
}

static gboolean
put_wants (SanStore *store, const Place *place, GPtrArray *wants, GError **error)
{
  g_autofree char *name = place_name (STATE_WANTS, place);
  g_autoptr(GBytes) state = NULL;
  GVariantBuilder builder;

  if (wants == NULL || wants->len == 0)
    return san_store_put_state (store, name, NULL, error);
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aay"));
  for (guint i = 0; i < wants->len; i++)
    g_variant_builder_add_value (
        &builder,
        g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, g_ptr_array_index (wants, i), TRUE));
  state = pack (g_variant_builder_end (&builder));
  return san_store_put_state (store, name, state, error);
}

static gboolean
has_want (GPtrArray *wants, GBytes *want)
{
  for (guint i = 0; i < wants->len; i++)
    if (g_bytes_equal (g_ptr_array_index (wants, i), want))
      return TRUE;
  return FALSE;
}

/* Of two copies of a laptop one is always late; what it asks for it still lacks. */
static gboolean
add_wants (SanStore *store, const Place *place, const SanSaid *said, GError **error)
{
  const GPtrArray *wants = said->wants;
  g_autoptr(GPtrArray) all = NULL;
  guint before;

  if (wants->len == 0)
    return TRUE;
  all = list_wants (store, place, error);
  if (all == NULL)
    return FALSE;
  before = all->len;
  for (guint i = 0; i < wants->len && all->len < WANTS_KEPT; i++)
    if (!has_want (all, g_ptr_array_index (wants, i)))
      g_ptr_array_add (all, g_bytes_ref (g_ptr_array_index (wants, i)));
  return all->len == before || put_wants (store, place, all, error);
}

/* The highest number, or the latest clock: numbers begin again where a store was turned back, and
 * two copies of a laptop count on their own. */
static gboolean
is_news (const SanPeer *before, const SanSaid *said)
{
  return before == NULL || said->reset || said->number > before->number ||
         said->wall_ms > before->news_ms;
}

/* The same haves and wants as before? */
static gboolean
says_the_same (GBytes *state, GPtrArray *wants, const SanSaid *said)
{
  g_autoptr(GVariant) variant = state != NULL ? unpack (state, PEER_TYPE) : NULL;
  g_autoptr(GVariant) have = variant != NULL ? g_variant_get_child_value (variant, 5) : NULL;
  g_autoptr(GBytes) bytes = have != NULL ? g_variant_get_data_as_bytes (have) : NULL;

  if (bytes == NULL || wants->len != said->wants->len || !g_bytes_equal (bytes, said->have))
    return FALSE;
  for (guint i = 0; i < wants->len; i++)
    if (!g_bytes_equal (g_ptr_array_index (wants, i), g_ptr_array_index (said->wants, i)))
      return FALSE;
  return TRUE;
}

/* A writer that is new to us may be the fourth copy, or a ghost: those heard last are kept. */
static gboolean
make_room (SanStore *store, const SanSaid *said, GError **error)
{
  g_autoptr(GPtrArray) peers = san_peers_list (store, &said->centre, error);
  const SanPeer *oldest = NULL;
  g_autofree char *name = NULL;
  guint n = 0;
  Place place;

  for (guint i = 0; peers != NULL && i < peers->len; i++)
    {
      const SanPeer *peer = g_ptr_array_index (peers, i);

      if (!san_id16_equal (&peer->device, &said->device))
        continue;
      n++;
      if (oldest == NULL || peer->heard_ms < oldest->heard_ms)
        oldest = peer;
    }
  if (peers == NULL || n < SAN_WRITERS_KEPT)
    return peers != NULL;
  place = make_place (&oldest->centre, &oldest->device, oldest->writer);
  name = place_name (STATE_PEER, &place);
  return san_store_put_state (store, name, NULL, error) && put_wants (store, &place, NULL, error);
}

gboolean
san_peers_hear (SanStore *store, const SanSaid *said, GError **error)
{
  const Place place = make_place (&said->centre, &said->device, writer_of (said->number));
  g_autofree char *name = place_name (STATE_PEER, &place);
  g_autoptr(GBytes) known = NULL;
  g_autoptr(GPtrArray) wants = NULL;
  g_autoptr(SanPeer) before = NULL;
  g_autoptr(GBytes) state = NULL;
  guint turns, repeats = 0;
  gint64 news;

  if (said->have == NULL)
    return TRUE;
  /* what cannot be read is not nothing: an old bundle would count as news */
  if (!san_store_look_state (store, name, &known, error))
    return FALSE;
  before = known != NULL ? peer_from_state (&place, known) : NULL;
  if (!is_news (before, said))
    return add_wants (store, &place, said, error);
  wants = list_wants (store, &place, error);
  if (wants == NULL || (before == NULL && !make_room (store, said, error)))
    return FALSE;
  turns = before != NULL ? before->turns : 0;
  news = before != NULL ? MAX (before->news_ms, said->wall_ms) : said->wall_ms;
  if (before != NULL && says_the_same (known, wants, said))
    repeats = MIN (before->repeats + 1, REPEATS_HEARD);
  if (repeats < REPEATS_HEARD)
    turns++;
  state =
      pack (g_variant_new ("(txxuu@ay)", said->number, news, san_clock_now (), turns, repeats,
                           g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, said->have, TRUE)));
  return san_store_put_state (store, name, state, error) &&
         put_wants (store, &place, said->wants, error);
}

gboolean
san_peers_has_heard_from (SanStore *store, const SanId32 *centre, gint64 *last_news_ms)
{
  g_autoptr(GPtrArray) peers = san_peers_list (store, centre, NULL);

  if (peers == NULL || peers->len == 0)
    return FALSE;
  *last_news_ms = 0;
  for (guint i = 0; i < peers->len; i++)
    *last_news_ms = MAX (*last_news_ms, ((const SanPeer *) g_ptr_array_index (peers, i))->news_ms);
  return TRUE;
}

gboolean
san_peers_is_applied (SanStore *store, const SanId32 *commitment)
{
  g_autofree char *name = state_name (STATE_APPLIED, commitment->b, sizeof commitment->b);
  g_autoptr(GBytes) state = san_store_get_state (store, name, NULL);

  return state != NULL;
}

gboolean
san_peers_add_applied (SanStore *store, const SanId32 *commitment, GError **error)
{
  g_autofree char *name = state_name (STATE_APPLIED, commitment->b, sizeof commitment->b);
  g_autoptr(GBytes) state = g_bytes_new_static ("1", 1);

  return san_store_put_state (store, name, state, error);
}

gboolean
san_peers_drop_applied (SanStore *store, const SanId32 *commitment, GError **error)
{
  g_autofree char *name = state_name (STATE_APPLIED, commitment->b, sizeof commitment->b);

  return san_store_put_state (store, name, NULL, error);
}

/* 0: none yet. */
static gboolean
last_number (SanStore *store, guint64 *out, GError **error)
{
  g_autoptr(GBytes) state = NULL;

  *out = 0;
  if (!san_store_look_state (store, STATE_NUMBER, &state, error))
    return FALSE;
  if (state != NULL && g_bytes_get_size (state) == sizeof *out)
    memcpy (out, g_bytes_get_data (state, NULL), sizeof *out);
  return TRUE;
}

static gboolean
put_number (SanStore *store, guint64 number, GError **error)
{
  g_autoptr(GBytes) state = g_bytes_new (&number, sizeof number);

  return san_store_put_state (store, STATE_NUMBER, state, error);
}

gboolean
san_peers_next_number (SanStore *store, guint64 *out, GError **error)
{
  guint64 last;

  if (!last_number (store, &last, error) || !put_number (store, last + 1, error))
    return FALSE;
  *out = last + 1;
  return TRUE;
}

gboolean
san_peers_keep_number (SanStore *store, guint64 number, GError **error)
{
  guint64 last;

  return last_number (store, &last, error) && (last >= number || put_number (store, number, error));
}

gboolean
san_peers_begin_writer (SanStore *store, GError **error)
{
  guint32 writer;
  guint64 last;

  if (!last_number (store, &last, error))
    return FALSE;
  writer = writer_of (last) + 1 + san_random_below (WRITER_STEP);
  if (writer >= 1u << SAN_WRITER_BITS)
    writer = san_random_below (WRITER_STEP); /* after some five hundred: rather low than none */
  return put_number (store, (guint64) writer << SAN_WRITER_BITS, error);
}

/* With my own writer, and further on than I: I was turned back, or one of two copies, and go on
 * apart. */
gboolean
san_peers_meet_own (SanStore *store, guint64 number, gboolean *twin, GError **error)
{
  guint64 last;

  if (!last_number (store, &last, error))
    return FALSE;
  *twin = writer_of (number) != writer_of (last) || number > last;
  return writer_of (number) != writer_of (last) || number <= last ||
         san_peers_begin_writer (store, error);
}

gboolean
san_peers_get_own_writer (SanStore *store, guint32 *out, GError **error)
{
  guint64 last;

  if (!last_number (store, &last, error))
    return FALSE;
  *out = writer_of (last);
  return TRUE;
}
