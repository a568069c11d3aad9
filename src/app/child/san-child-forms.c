/* san-child-forms.c - which forms she may write for a child, all or those of one section */
#include "san-child-forms.h"

static gboolean
is_for_her (const SanForm *form, const char *shelf, const char *role)
{
  return form->dossier == SAN_DOSSIER_CASE && !form->starts_stay && !form->compartment_varies &&
         form->act == NULL && san_form_may_write (form, role) &&
         (shelf == NULL || g_strcmp0 (form->shelf, shelf) == 0);
}

GPtrArray *
san_child_forms_list (SanDesk *desk, const char *shelf)
{
  SanCentre *centre = san_desk_get_centre (desk);
  SanCatalogue *catalogue = san_centre_get_catalogue (centre);
  g_auto(GStrv) roles = g_strsplit (san_centre_get_role (centre), "+", -1);
  GPtrArray *forms = g_ptr_array_new ();

  for (guint r = 0; roles[r] != NULL; r++)
    {
      const SanRole *role = san_catalogue_find_role (catalogue, roles[r]);

      for (guint i = 0; role != NULL && i < role->n_forms; i++)
        {
          const SanForm *form = san_catalogue_find_form (catalogue, role->forms[i]);

          if (form != NULL && is_for_her (form, shelf, san_centre_get_role (centre)) &&
              !g_ptr_array_find (forms, form, NULL))
            g_ptr_array_add (forms, (gpointer) form);
        }
    }
  return forms;
}
