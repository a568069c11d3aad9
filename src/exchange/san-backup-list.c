/* san-backup-list.c - which of our volumes lie in a folder */
#include "san-backup-list.h"
#include "san-hash.h"
#include "san-store.h"

#define STATE_BACKUP "backup."            /* PLACE: ROWS_TYPE, oldest first */
#define ROWS_TYPE    "a(sayay)"           /* file, backup id, piece ids one after the other */

typedef struct
{
  char    *name;
  SanId16  backup;
  GArray  *pieces;                        /* SanId32; empty: a volume of entries */
} Volume;

struct _SanBackupList
{
  SanStore   *store;
  SanPlace   *place;
  char       *state;
  GPtrArray  *volumes;
  GHashTable *pieces;                     /* SanId32*, owned by the volumes */
};

static void
volume_free (Volume *self)
{
  g_free (self->name);
  g_array_unref (self->pieces);
  g_free (self);
}

static char *
state_name (SanPlace *place)
{
  g_autofree char *uri = g_file_get_uri (san_place_get_folder (place));
  g_autofree char *hex = NULL;
  SanId32 hash;

  san_hash ("san1.place", uri, strlen (uri), &hash);
  hex = san_bytes_to_hex (hash.b, 8);
  return g_strconcat (STATE_BACKUP, hex, NULL);
}

void
san_backup_list_add (SanBackupList *self, const char *name, const SanId16 *backup, GArray *pieces)
{
  Volume *volume = g_new0 (Volume, 1);

  volume->name = g_strdup (name);
  volume->backup = *backup;
  volume->pieces = g_array_ref (pieces);
  g_ptr_array_add (self->volumes, volume);
  for (guint i = 0; i < pieces->len; i++)
    g_hash_table_add (self->pieces, &g_array_index (pieces, SanId32, i));
}

static GArray *
copy_pieces (GVariant *row)
{
  g_autoptr(GVariant) bytes = g_variant_get_child_value (row, 2);
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (SanId32));

  if (g_variant_get_size (bytes) > 0)
    g_array_append_vals (pieces, g_variant_get_data (bytes),
                         g_variant_get_size (bytes) / sizeof (SanId32));
  return pieces;
}

static void
load_row (SanBackupList *self, GVariant *row)
{
  g_autoptr(GVariant) id = g_variant_get_child_value (row, 1);
  g_autoptr(GArray) pieces = copy_pieces (row);
  SanId16 backup;
  const char *name;

  g_variant_get_child (row, 0, "&s", &name);
  if (g_variant_get_size (id) != sizeof backup || !san_place_has (self->place, name))
    return;
  memcpy (backup.b, g_variant_get_data (id), sizeof backup);
  san_backup_list_add (self, name, &backup, pieces);
}

SanBackupList *
san_backup_list_load (SanStore *store, SanPlace *place, GError **error)
{
  g_autoptr(SanBackupList) self = g_new0 (SanBackupList, 1);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GVariant) rows = NULL;

  self->store = store;
  self->place = place;
  self->state = state_name (place);
  self->volumes = g_ptr_array_new_with_free_func ((GDestroyNotify) volume_free);
  self->pieces = g_hash_table_new (san_id32_hash, san_id32_equal);
  if (!san_store_look_state (store, self->state, &bytes, error))
    return NULL;
  if (bytes == NULL)
    return g_steal_pointer (&self);
  rows = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (ROWS_TYPE), bytes, FALSE));
  for (gsize i = 0; i < g_variant_n_children (rows); i++)
    {
      g_autoptr(GVariant) row = g_variant_get_child_value (rows, i);

      load_row (self, row);
    }
  return g_steal_pointer (&self);
}

gboolean
san_backup_list_has (const SanBackupList *self, const SanId32 *piece)
{
  return g_hash_table_contains (self->pieces, piece);
}

/* The backup before: of the newest entry volume that is not of this one. */
static const SanId16 *
find_previous (const SanBackupList *self, const SanId16 *backup)
{
  for (guint i = self->volumes->len; i > 0; i--)
    {
      const Volume *volume = g_ptr_array_index (self->volumes, i - 1);

      if (volume->pieces->len == 0 && !san_id16_equal (&volume->backup, backup))
        return &volume->backup;
    }
  return NULL;
}

static void
put_row (GVariantBuilder *builder, const Volume *volume)
{
  g_variant_builder_add (
      builder, "(s@ay@ay)", volume->name,
      g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, volume->backup.b, sizeof volume->backup.b, 1),
      g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, volume->pieces->data,
                                 volume->pieces->len * sizeof (SanId32), 1));
}

gboolean
san_backup_list_save (SanBackupList *self, const SanId16 *backup, GError **error)
{
  const SanId16 *previous = find_previous (self, backup);
  g_autoptr(GVariant) sunk = NULL;
  g_autoptr(GBytes) bytes = NULL;
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (ROWS_TYPE));
  for (guint i = 0; i < self->volumes->len; i++)
    {
      const Volume *volume = g_ptr_array_index (self->volumes, i);

      if (volume->pieces->len > 0 || san_id16_equal (&volume->backup, backup) ||
          (previous != NULL && san_id16_equal (&volume->backup, previous)))
        put_row (&builder, volume);
      else
        san_place_remove (self->place, volume->name, NULL, NULL);
    }
  sunk = g_variant_ref_sink (g_variant_builder_end (&builder));
  bytes = g_variant_get_data_as_bytes (sunk);
  return san_store_put_state (self->store, self->state, bytes, error);
}

void
san_backup_list_free (SanBackupList *self)
{
  g_hash_table_unref (self->pieces);
  g_ptr_array_unref (self->volumes);
  g_free (self->state);
  g_free (self);
}
