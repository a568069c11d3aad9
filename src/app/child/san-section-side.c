/* san-section-side.c - beside a section of a child's page: what is next there, what can be written
 */
#include "san-section-side.h"
#include "san-child-forms.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-lines.h"
#include "san-next-list.h"
#include "san-today.h"

#define NEXT_IN_SECTION 4

/* Those that a form of this section answers. */
static GPtrArray *
pick_dues (SanDesk *desk, const char *section, GPtrArray *dues)
{
  SanCatalogue *catalogue = san_centre_get_catalogue (san_desk_get_centre (desk));
  GPtrArray *here = g_ptr_array_new ();

  for (guint i = 0; i < dues->len; i++)
    {
      const SanTodayRow *row = dues->pdata[i];
      const SanForm *form = row->form != NULL ? san_catalogue_find_form (catalogue, row->form)
                                              : NULL;

      if (form != NULL && g_strcmp0 (form->shelf, section) == 0)
        g_ptr_array_add (here, (gpointer) row);
    }
  return here;
}

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, gpointer data)
{
  gtk_widget_activate_action (GTK_WIDGET (list), "child.write", "s",
                              (const char *) g_object_get_data (G_OBJECT (row), "form"));
}

static GtkWidget *
make_picture (const char *icon)
{
  return g_object_new (GTK_TYPE_IMAGE, "icon-name", icon, "accessible-role",
                       GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
}

static GtkWidget *
make_form_row (const SanForm *form, const char *language)
{
  const char *words = san_label_get (form->label, language);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = san_line_new (12);
  GtkWidget *label = san_line_label (words, NULL);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), make_picture ("document-edit-symbolic"));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), make_picture ("go-next-symbolic"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "form", g_strdup (form->id), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  return row;
}

static GtkWidget *
make_form_list (SanDesk *desk, GPtrArray *forms)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Write here"), -1);
  for (guint i = 0; i < forms->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (list),
                         make_form_row (forms->pdata[i], san_desk_get_language (desk)));
  g_signal_connect (list, "row-activated", G_CALLBACK (activated_cb), NULL);
  return list;
}

static void
add_group (GtkWidget *side, const char *heading, GtkWidget *list)
{
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_box_append (GTK_BOX (group), san_line_label (heading, "heading"));
  gtk_box_append (GTK_BOX (group), list);
  gtk_box_append (GTK_BOX (side), group);
}

GtkWidget *
san_section_side_new (SanDesk *desk, const char *section, GPtrArray *dues)
{
  g_autoptr(GPtrArray) here = pick_dues (desk, section, dues);
  g_autoptr(GPtrArray) forms = san_child_forms_list (desk, section);
  GtkWidget *side;

  if (here->len == 0 && forms->len == 0)
    return NULL;
  side = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_set_valign (side, GTK_ALIGN_START);
  if (here->len > 0)
    {
      GtkWidget *next = san_next_list_new (desk);

      san_next_list_show (SAN_NEXT_LIST (next), here, NEXT_IN_SECTION);
      add_group (side, _("Next for her"), next);
    }
  if (forms->len > 0)
    add_group (side, _("Write here"), make_form_list (desk, forms));
  return side;
}
