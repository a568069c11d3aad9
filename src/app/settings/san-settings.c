/* san-settings.c - how people like it on this laptop */
#include "san-settings.h"
#include <gio/gio.h>
#include <string.h>

#define COLOURS_LIMIT 4u            /* the last AdwColorScheme */
#define PEOPLE_LIMIT 200            /* people remembered; the dictionary begins anew above it */

static GSettings *settings;         /* NULL: no schema here */
static GHashTable *memory;          /* key -> GVariant, where there is no schema */

static GSettingsSchema *
find_schema (const char *data_dir)
{
  GSettingsSchemaSource *installed = g_settings_schema_source_get_default ();
  g_autoptr(GSettingsSchemaSource) built = NULL;
  GSettingsSchema *schema = NULL;

  if (data_dir != NULL)
    built = g_settings_schema_source_new_from_directory (data_dir, installed, TRUE, NULL);
  if (built != NULL)
    schema = g_settings_schema_source_lookup (built, SAN_APPLICATION_ID, FALSE);
  if (schema == NULL && installed != NULL)
    schema = g_settings_schema_source_lookup (installed, SAN_APPLICATION_ID, TRUE);
  return schema;
}

void
san_settings_begin (const char *data_dir)
{
  g_autoptr(GSettingsSchema) schema = find_schema (data_dir);

  if (schema != NULL)
    settings = g_settings_new_full (schema, NULL, NULL);
  else
    memory = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                    (GDestroyNotify) g_variant_unref);
}

/* (transfer full) (nullable) */
static GVariant *
get (const char *key)
{
  GVariant *value;

  if (settings != NULL)
    return g_settings_get_value (settings, key);
  value = memory != NULL ? g_hash_table_lookup (memory, key) : NULL;
  return value != NULL ? g_variant_ref (value) : NULL;
}

static void
set (const char *key, GVariant *value)
{
  if (settings != NULL)
    g_settings_set_value (settings, key, value);
  else if (memory != NULL)
    g_hash_table_insert (memory, (gpointer) key, g_variant_ref_sink (value));
  else
    g_variant_unref (g_variant_ref_sink (value));
}

guint
san_settings_get_lock_minutes (void)
{
  g_autoptr(GVariant) value = get ("lock-minutes");

  return value != NULL
           ? CLAMP (g_variant_get_uint32 (value), SAN_LOCK_MINUTES_MIN, SAN_LOCK_MINUTES_MAX)
           : 5;
}

void
san_settings_set_lock_minutes (guint minutes)
{
  set ("lock-minutes",
       g_variant_new_uint32 (CLAMP (minutes, SAN_LOCK_MINUTES_MIN, SAN_LOCK_MINUTES_MAX)));
}

gboolean
san_settings_get_cover_away (void)
{
  g_autoptr(GVariant) value = get ("cover-away");

  return value != NULL && g_variant_get_boolean (value);
}

void
san_settings_set_cover_away (gboolean cover)
{
  set ("cover-away", g_variant_new_boolean (cover));
}

/* What is known of her under @name, e.g. "language". (transfer full) (nullable) */
static GVariant *
get_of (const SanId16 *staff, const char *name, const GVariantType *type)
{
  g_autoptr(GVariant) people = get ("people");
  g_autofree char *id = san_id16_to_text (staff);
  g_autoptr(GVariant) person = people != NULL
                                 ? g_variant_lookup_value (people, id, G_VARIANT_TYPE_VARDICT)
                                 : NULL;

  return person != NULL ? g_variant_lookup_value (person, name, type) : NULL;
}

static void
set_of (const SanId16 *staff, const char *name, GVariant *value)
{
  g_autoptr(GVariant) people = get ("people");
  g_autofree char *id = san_id16_to_text (staff);
  g_autoptr(GVariant) person = people != NULL
                                 ? g_variant_lookup_value (people, id, G_VARIANT_TYPE_VARDICT)
                                 : NULL;
  GVariantDict fresh;
  GVariantBuilder all;

  g_variant_dict_init (&fresh, person);
  g_variant_dict_insert_value (&fresh, name, value);
  g_variant_builder_init (&all, G_VARIANT_TYPE ("a{sa{sv}}"));
  if (people != NULL && g_variant_n_children (people) < PEOPLE_LIMIT)
    for (gsize i = 0; i < g_variant_n_children (people); i++)
      {
        g_autoptr(GVariant) pair = g_variant_get_child_value (people, i);
        const char *other;

        g_variant_get_child (pair, 0, "&s", &other);
        if (!g_str_equal (other, id))
          g_variant_builder_add_value (&all, pair);
      }
  g_variant_builder_add (&all, "{s@a{sv}}", id, g_variant_dict_end (&fresh));
  set ("people", g_variant_builder_end (&all));
}

char *
san_settings_dup_language (const SanId16 *staff)
{
  g_autoptr(GVariant) value = get_of (staff, "language", G_VARIANT_TYPE_STRING);

  return value != NULL ? g_variant_dup_string (value, NULL) : NULL;
}

void
san_settings_set_language (const SanId16 *staff, const char *language)
{
  set_of (staff, "language", g_variant_new_string (language));
}

gboolean
san_settings_get_own_digits (const SanId16 *staff)
{
  g_autoptr(GVariant) value = get_of (staff, "own-digits", G_VARIANT_TYPE_BOOLEAN);

  return value != NULL && g_variant_get_boolean (value);
}

void
san_settings_set_own_digits (const SanId16 *staff, gboolean own)
{
  set_of (staff, "own-digits", g_variant_new_boolean (own));
}

double
san_settings_get_text_size (const SanId16 *staff)
{
  g_autoptr(GVariant) value = get_of (staff, "text-size", G_VARIANT_TYPE_DOUBLE);

  return value != NULL ? CLAMP (g_variant_get_double (value), 0.8, 2.0) : 1.0;
}

void
san_settings_set_text_size (const SanId16 *staff, double size)
{
  set_of (staff, "text-size", g_variant_new_double (CLAMP (size, 0.8, 2.0)));
}

guint
san_settings_get_colours (const SanId16 *staff)
{
  g_autoptr(GVariant) value = get_of (staff, "colours", G_VARIANT_TYPE_UINT32);

  return value != NULL ? MIN (g_variant_get_uint32 (value), COLOURS_LIMIT) : 0;
}

void
san_settings_set_colours (const SanId16 *staff, guint colours)
{
  set_of (staff, "colours", g_variant_new_uint32 (colours));
}

gboolean
san_settings_get_larger (const SanId16 *staff)
{
  g_autoptr(GVariant) value = get_of (staff, "larger", G_VARIANT_TYPE_BOOLEAN);

  return value != NULL && g_variant_get_boolean (value);
}

void
san_settings_set_larger (const SanId16 *staff, gboolean larger)
{
  set_of (staff, "larger", g_variant_new_boolean (larger));
}

static char *
dup_hash (const char *store, const char *name)
{
  g_autofree char *both = g_strconcat (store, "\n", name, NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, both, -1);
}

gboolean
san_settings_is_last_login (const char *store, const char *name)
{
  g_autoptr(GVariant) value = get ("last-login");
  g_autofree char *key = dup_hash (store, "");
  g_autofree char *hash = dup_hash (store, name);
  const char *last = NULL;

  return value != NULL && g_variant_lookup (value, key, "&s", &last) && g_str_equal (last, hash);
}

void
san_settings_set_last_login (const char *store, const char *name)
{
  g_autoptr(GVariant) value = get ("last-login");
  g_autofree char *key = dup_hash (store, "");
  g_autofree char *hash = dup_hash (store, name);
  GVariantBuilder all;
  GVariantIter iter;
  const char *other, *of;

  g_variant_builder_init (&all, G_VARIANT_TYPE ("a{ss}"));
  if (value != NULL && g_variant_n_children (value) < PEOPLE_LIMIT)
    {
      g_variant_iter_init (&iter, value);
      while (g_variant_iter_next (&iter, "{&s&s}", &other, &of))
        if (!g_str_equal (other, key))
          g_variant_builder_add (&all, "{ss}", other, of);
    }
  g_variant_builder_add (&all, "{ss}", key, hash);
  set ("last-login", g_variant_builder_end (&all));
}
