/* san-written.c - which of our own files lie in a place, for whom, and what they say */
#include "san-written.h"
#include "san-hash.h"
#include "san-store.h"

#define STATE_WRITTEN "written."        /* PLACE.AUDIENCE.WHAT: WRITTEN_TYPE, newest first */
#define WRITTEN_TYPE  "a(say)"
#define KEEP_RUNS     2u

struct _SanWritten
{
  SanStore *store;
  SanPlace *place;
  char     *name;
  GVariant *rows;                       /* (nullable) */
};

static char *
place_prefix (SanPlace *place)
{
  g_autofree char *uri = g_file_get_uri (san_place_get_folder (place));
  g_autofree char *hex = NULL;
  SanId32 hash;

  san_hash ("san1.place", uri, strlen (uri), &hash);
  hex = san_bytes_to_hex (hash.b, 8);
  return g_strconcat (STATE_WRITTEN, hex, ".", NULL);
}

/* %NULL in @rows: none are kept. */
static gboolean
load_rows (SanStore *store, const char *name, GVariant **rows, GError **error)
{
  g_autoptr(GBytes) state = NULL;

  if (!san_store_look_state (store, name, &state, error))
    return FALSE;
  *rows = state == NULL ? NULL
                        : g_variant_ref_sink (g_variant_new_from_bytes (
                              G_VARIANT_TYPE (WRITTEN_TYPE), state, FALSE));
  return TRUE;
}

SanWritten *
san_written_load (SanStore *store, SanPlace *place, const char *what, const SanId32 *audience,
                  GError **error)
{
  g_autoptr(SanWritten) self = g_new0 (SanWritten, 1);
  g_autofree char *prefix = place_prefix (place);
  g_autofree char *hex = san_id32_to_text (audience);

  self->store = store;
  self->place = place;
  self->name = g_strconcat (prefix, hex, ".", what, NULL);
  if (!load_rows (store, self->name, &self->rows, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
san_written_free (SanWritten *self)
{
  g_clear_pointer (&self->rows, g_variant_unref);
  g_free (self->name);
  g_free (self);
}

static const char *
get_row (GVariant *rows, gsize i, SanId32 *digest)
{
  g_autoptr(GVariant) row = g_variant_get_child_value (rows, i);
  g_autoptr(GVariant) bytes = g_variant_get_child_value (row, 1);
  const char *name;

  g_variant_get_child (row, 0, "&s", &name);
  *digest = san_id32_zero;
  if (g_variant_get_size (bytes) == sizeof *digest)
    memcpy (digest->b, g_variant_get_data (bytes), sizeof *digest);
  return name;
}

gboolean
san_written_says (const SanWritten *self, const SanId32 *digest)
{
  gsize n = self->rows != NULL ? g_variant_n_children (self->rows) : 0;
  gboolean found = FALSE;

  for (gsize i = 0; i < n; i++)
    {
      SanId32 said;
      const char *name = get_row (self->rows, i, &said);

      if (!san_id32_equal (&said, digest))
        continue;
      if (!san_place_has (self->place, name))
        return FALSE;
      found = TRUE;
    }
  return found;
}

static void
add_row (GVariantBuilder *builder, const char *name, const SanId32 *digest)
{
  g_variant_builder_add (
      builder, "(s@ay)", name,
      g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, digest->b, sizeof digest->b, 1));
}

gboolean
san_written_add (SanWritten *self, GPtrArray *names, const SanId32 *digest, GError **error)
{
  GVariantBuilder builder;
  g_autoptr(GVariant) sunk = NULL;
  g_autoptr(GBytes) state = NULL;
  gsize n = self->rows != NULL ? g_variant_n_children (self->rows) : 0;
  SanId32 last = *digest;
  guint runs = 1;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (WRITTEN_TYPE));
  for (guint i = 0; i < names->len; i++)
    add_row (&builder, g_ptr_array_index (names, i), digest);
  for (gsize i = 0; i < n; i++)
    {
      SanId32 said;
      const char *name = get_row (self->rows, i, &said);

      runs += i == 0 || !san_id32_equal (&said, &last);
      last = said;
      if (runs <= KEEP_RUNS)
        add_row (&builder, name, &said);
      else
        san_place_remove (self->place, name, NULL, NULL);
    }
  sunk = g_variant_ref_sink (g_variant_builder_end (&builder));
  state = g_variant_get_data_as_bytes (sunk);
  return san_store_put_state (self->store, self->name, state, error);
}

GHashTable *
san_written_list (SanStore *store, SanPlace *place)
{
  g_autofree char *prefix = place_prefix (place);
  g_auto(GStrv) states = san_store_list_state (store, prefix, NULL);
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; states != NULL && states[i] != NULL; i++)
    {
      g_autoptr(GVariant) rows = NULL;
      gsize n = load_rows (store, states[i], &rows, NULL) && rows != NULL
                    ? g_variant_n_children (rows)
                    : 0;

      for (gsize row = 0; row < n; row++)
        {
          SanId32 said;

          g_hash_table_add (names, g_ascii_strdown (get_row (rows, row, &said), -1));
        }
    }
  return names;
}
