/* san-places.c - the places of this laptop: a name that people say, and where it is */
#include "san-carry.h"
#include "san-centre-private.h"
#include "san-name.h"

#define STATE_PLACE      "place."
#define PLACES_LIMIT     64u

void
san_place_row_free (SanPlaceRow *self)
{
  g_free (self->name);
  g_free (self->uri);
  g_free (self);
}

static gboolean
check_name (const char *name, GError **error)
{
  if (*name != '\0' && san_name_is_short (name, strlen (name)) &&
      strchr (name, '/') == NULL)
    return TRUE;
  g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID,
               "the name of a place has 1 to %u letters and no \"/\"", SAN_NAME_LETTERS);
  return FALSE;
}

gboolean
san_carry_add_place (SanCentre *self, const char *name, const char *uri, GError **error)
{
  g_autofree char *state = g_strconcat (STATE_PLACE, name, NULL);
  g_autoptr(GFile) folder = NULL;
  g_autofree char *whole = NULL;
  g_autoptr(GPtrArray) known = NULL;
  g_autoptr(GBytes) value = NULL;

  if (!check_name (name, error))
    return FALSE;
  known = san_carry_list_places (self, error);
  if (known == NULL)
    return FALSE;
  if (known->len >= PLACES_LIMIT)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_REFUSED, "there are %u places already", known->len);
      return FALSE;
    }
  folder = g_file_new_for_commandline_arg (uri);
  whole = g_file_get_uri (folder);
  value = g_bytes_new (whole, strlen (whole));
  return san_store_put_state (self->store, state, value, error);
}

gboolean
san_carry_forget_place (SanCentre *self, const char *name, GError **error)
{
  g_autofree char *state = g_strconcat (STATE_PLACE, name, NULL);
  g_autoptr(GBytes) value = NULL;

  if (!check_name (name, error) || !san_store_look_state (self->store, state, &value, error))
    return FALSE;
  if (value == NULL)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "there is no place \"%s\"", name);
      return FALSE;
    }
  return san_store_put_state (self->store, state, NULL, error);
}

GPtrArray *
san_carry_list_places (SanCentre *self, GError **error)
{
  g_auto(GStrv) names = san_store_list_state (self->store, STATE_PLACE, error);
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) san_place_row_free);

  if (names == NULL)
    return NULL;
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr(GBytes) value = san_store_get_state (self->store, names[i], error);
      SanPlaceRow *row;
      gsize n;
      const char *data;

      if (value == NULL)
        return NULL;
      data = g_bytes_get_data (value, &n);
      row = g_new0 (SanPlaceRow, 1);
      row->name = g_strdup (names[i] + strlen (STATE_PLACE));
      row->uri = g_strndup (data, n);
      g_ptr_array_add (rows, row);
    }
  return g_steal_pointer (&rows);
}
