/* san-staff-phone.c - how a person of the centre is reached: in the house dossier, for everybody
 * here */
#include "san-staff.h"
#include "san-centre-private.h"
#include "san-name.h"
#include "san-press.h"
#include "san-staff-private.h"
#include "san-system-forms.h"

static gboolean
check (SanCentre *self, const SanId16 *staff, const char *phone, GError **error)
{
  g_autofree char *name = NULL;

  if (!san_staff_need_superintendent (self, error) ||
      !san_centre_read_staff_name (self, staff, &name, error))
    return FALSE;
  if (name == NULL)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "nobody here has that id");
      return FALSE;
    }
  if (san_name_is_plain (phone, strlen (phone)))
    return TRUE;
  g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID,
               "a telephone number has at most %u letters, in one line", SAN_NAME_LETTERS);
  return FALSE;
}

gboolean
san_staff_set_phone (SanCentre *self, const SanId16 *staff, const char *phone, GError **error)
{
  g_autofree char *old = NULL;
  g_autoptr(SanChanges) changes = NULL;
  g_autoptr(SanPress) press = NULL;

  if (!check (self, staff, phone, error) ||
      !san_centre_read_house_text (self, staff, SAN_FORM_STAFF, SAN_STAFF_PHONE, &old, error))
    return FALSE;
  if (g_str_equal (phone, old != NULL ? old : ""))
    return TRUE;
  changes = san_changes_new (self, &self->house);
  if (!san_changes_set_text (changes, SAN_COMPARTMENT_HOUSE, staff, SAN_FORM_STAFF, SAN_STAFF_PHONE,
                             phone, error))
    return FALSE;
  press = san_press_begin (self, error);
  return press != NULL && san_press_add_changes (press, &self->house, changes, NULL, error) &&
         san_press_commit (press, error);
}
