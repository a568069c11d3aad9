/* san-people.c - names of staff and partners, from the house dossier
 *
 * A staff member's record there has her staff id as record id; a partner's has the first half of
 * its centre id. Their forms are written by superintendents only, for everybody to read. */
#include "san-centre-private.h"
#include "san-system-forms.h"

const SanId16 san_record_centre = { { 0x63, 0x65, 0x6e, 0x74, 0x72, 0x65 } };

gboolean
san_centre_read_house_text (SanCentre *self, const SanId16 *record, const char *form,
                            const char *field, char **out, GError **error)
{
  g_autoptr(GPtrArray) values = NULL;
  char *text = NULL;

  if (!san_id32_is_zero (&self->house))
    {
      values = san_store_list_values (self->store, &self->house, record, form, field,
                                      1u << SAN_COMPARTMENT_HOUSE, error);
      if (values == NULL)
        return FALSE;
    }
  for (guint i = 0; values != NULL && text == NULL && i < values->len; i++)
    {
      const SanStoredWrite *write = g_ptr_array_index (values, i);

      text = write->rank == 1 ? san_value_dup_text (write->value) : NULL;
    }
  *out = text;
  return TRUE;
}

/* The shown text of one field of a house record; NULL: none. */
char *
san_centre_dup_house_text (SanCentre *self, const SanId16 *record, const char *form,
                           const char *field)
{
  char *text = NULL;

  return san_centre_read_house_text (self, record, form, field, &text, NULL) ? text : NULL;
}

gboolean
san_centre_read_staff_name (SanCentre *self, const SanId16 *staff, char **out, GError **error)
{
  if (!san_id16_equal (staff, &self->staff) || self->staff_name == NULL)
    return san_centre_read_house_text (self, staff, SAN_FORM_STAFF, SAN_STAFF_NAME, out, error);
  *out = g_strdup (self->staff_name);
  return TRUE;
}

char *
san_centre_dup_staff_name (SanCentre *self, const SanId16 *staff)
{
  char *name = NULL;

  return san_centre_read_staff_name (self, staff, &name, NULL) ? name : NULL;
}

char *
san_centre_dup_name (SanCentre *self)
{
  g_return_val_if_fail (SAN_IS_CENTRE (self), NULL);
  return san_centre_dup_house_text (self, &san_record_centre, SAN_FORM_CENTRE, SAN_CENTRE_NAME);
}

char *
san_centre_dup_place (SanCentre *self)
{
  g_return_val_if_fail (SAN_IS_CENTRE (self), NULL);
  return san_centre_dup_house_text (self, &san_record_centre, SAN_FORM_CENTRE, SAN_CENTRE_PLACE);
}

void
san_partner_record (const SanId32 *centre, SanId16 *out)
{
  memcpy (out->b, centre->b, sizeof out->b);
}

gboolean
san_centre_read_partner_label (SanCentre *self, const SanId32 *centre, char **out, GError **error)
{
  gboolean mine = san_id32_equal (centre, &self->id);
  g_autofree char *hex = NULL;
  SanId16 record;

  *out = NULL;
  if (mine && !san_centre_read_house_text (self, &san_record_centre, SAN_FORM_CENTRE,
                                           SAN_CENTRE_NAME, out, error))
    return FALSE;
  if (*out != NULL)
    return TRUE;
  san_partner_record (centre, &record);
  if (!san_centre_read_house_text (self, &record, SAN_FORM_PARTNER, SAN_PARTNER_LABEL, out, error))
    return FALSE;
  if (*out != NULL)
    return TRUE;
  hex = san_id32_to_text (centre);
  *out = g_strndup (hex, 12);
  return TRUE;
}

char *
san_centre_dup_partner_label (SanCentre *self, const SanId32 *centre)
{
  char *label = NULL;
  g_autofree char *hex = NULL;

  if (san_centre_read_partner_label (self, centre, &label, NULL))
    return label;
  hex = san_id32_to_text (centre);
  return g_strndup (hex, 12);
}

gboolean
san_centre_knows_partner (SanCentre *self, const SanId32 *centre)
{
  SanId16 record;
  g_autofree char *card = NULL;

  san_partner_record (centre, &record);
  card = san_centre_dup_house_text (self, &record, SAN_FORM_PARTNER, SAN_PARTNER_CARD);
  return card != NULL;
}

char *
san_centre_dup_author (SanCentre *self, const SanId32 *seat)
{
  SanKnownSeat known;
  char *name = NULL;

  if (!san_store_find_seat (self->store, seat, &known, NULL))
    return g_strdup ("recovery code");
  if (san_id32_equal (&known.centre, &self->id))
    name = san_centre_dup_staff_name (self, &known.staff);
  else
    name = san_centre_dup_partner_label (self, &known.centre);
  if (name == NULL)
    {
      g_autofree char *hex = san_id16_to_text (&known.staff);

      name = g_strndup (hex, 8);
    }
  return name;
}

static gboolean
collect_record (const SanStoredRecord *record, gpointer data)
{
  g_ptr_array_add (data, san_id16_copy (&record->record));
  return TRUE;
}

gboolean
san_centre_find_staff (SanCentre *self, const char *name, SanId16 *out, GError **error)
{
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  if (!san_store_each_of_form (self->store, SAN_FORM_STAFF, 1u << SAN_COMPARTMENT_HOUSE,
                               collect_record, ids, error))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      g_autofree char *known = NULL;

      if (!san_centre_read_staff_name (self, g_ptr_array_index (ids, i), &known, error))
        return FALSE;
      if (g_strcmp0 (known, name) == 0)
        {
          *out = *(const SanId16 *) g_ptr_array_index (ids, i);
          return TRUE;
        }
    }
  g_set_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "nobody here is called \"%s\"", name);
  return FALSE;
}

gboolean
san_centre_find_partner (SanCentre *self, const char *text, SanId32 *out, GError **error)
{
  g_autoptr(GPtrArray) partners = san_centre_list_partners (self, error);
  guint n = 0;

  if (partners == NULL)
    return FALSE;
  for (guint i = 0; i < partners->len; i++)
    {
      const SanPartnerRow *row = g_ptr_array_index (partners, i);
      g_autofree char *hex = san_id32_to_text (&row->id);

      if (g_strcmp0 (row->label, text) == 0 || (strlen (text) >= 6 && g_str_has_prefix (hex, text)))
        {
          *out = row->id;
          n++;
        }
    }
  if (n == 1)
    return TRUE;
  g_set_error (error, SAN_ERROR, n == 0 ? SAN_ERROR_NOT_FOUND : SAN_ERROR_INVALID,
               n == 0 ? "no paired centre is called \"%s\"" : "several centres fit \"%s\"", text);
  return FALSE;
}
