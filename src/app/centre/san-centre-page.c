/* san-centre-page.c - the centre itself: people, laptops, what it is */
#include "san-centre-page.h"
#include "san-about-view.h"
#include "san-column.h"
#include "san-devices-view.h"
#include "san-grant-view.h"
#include "san-i18n.h"
#include "san-lines.h"
#include "san-staff-view.h"
#include "san-told.h"

struct _SanCentrePage
{
  SanPage parent_instance;

  GtkWidget      *root, *bar, *told;
  GtkStack       *stack;
  SanStaffView   *staff;
  SanGrantView   *grants;
  SanDevicesView *devices;
};

G_DEFINE_FINAL_TYPE (SanCentrePage, san_centre_page, SAN_TYPE_PAGE)

static void
tab_cb (GtkToggleButton *button, SanCentrePage *self)
{
  if (gtk_toggle_button_get_active (button))
    gtk_stack_set_visible_child_name (self->stack, g_object_get_data (G_OBJECT (button), "tab"));
}

static void
add_tab (SanCentrePage *self, const char *name, const char *words, GtkWidget *view)
{
  GtkWidget *button = g_object_new (GTK_TYPE_TOGGLE_BUTTON, "label", words, NULL);
  GtkWidget *first = gtk_widget_get_first_child (self->bar);
  const char *part = san_page_get_stop (SAN_PAGE (self))->part;

  gtk_widget_add_css_class (button, "flat");
  g_object_set_data (G_OBJECT (button), "tab", (gpointer) name);
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
  gtk_stack_add_named (self->stack, view, name);
  g_signal_connect (button, "toggled", G_CALLBACK (tab_cb), self);
  gtk_box_append (GTK_BOX (self->bar), button);
  if (part != NULL ? g_str_equal (part, name) : first == NULL)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
}

static GVariant *
dup_view (SanPage *page)
{
  int at = 0;

  for (GtkWidget *button = gtk_widget_get_first_child (SAN_CENTRE_PAGE (page)->bar); button != NULL;
       button = gtk_widget_get_next_sibling (button), at++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)))
      break;
  return g_variant_new_int32 (at);
}

/* The tab that was open when the page was left, or its words were changed. */
static void
take_view (SanCentrePage *self)
{
  GVariant *view = san_page_get_stop (SAN_PAGE (self))->view;
  GtkWidget *button = gtk_widget_get_first_child (self->bar);

  if (view == NULL || !g_variant_is_of_type (view, G_VARIANT_TYPE_INT32))
    return;
  for (int at = g_variant_get_int32 (view); at > 0 && button != NULL; at--)
    button = gtk_widget_get_next_sibling (button);
  if (button != NULL)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
}

static void
step (SanCentrePage *self, gboolean on)
{
  GtkWidget *at = gtk_widget_get_first_child (self->bar);

  while (at != NULL && !gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (at)))
    at = gtk_widget_get_next_sibling (at);
  if (at != NULL)
    at = on ? gtk_widget_get_next_sibling (at) : gtk_widget_get_prev_sibling (at);
  if (at == NULL)                       /* round */
    at = on ? gtk_widget_get_first_child (self->bar) : gtk_widget_get_last_child (self->bar);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (at), TRUE);
  gtk_widget_grab_focus (at);
}

static void
next (SanPage *page)
{
  step (SAN_CENTRE_PAGE (page), TRUE);
}

static void
previous (SanPage *page)
{
  step (SAN_CENTRE_PAGE (page), FALSE);
}

static gpointer
list_told (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  return san_told_list (centre, error);
}

static void
told_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanCentrePage *self = SAN_CENTRE_PAGE (source);
  g_autoptr(GPtrArray) told = san_worker_run_finish (result, NULL);
  GtkWidget *lines;

  san_lines_clear (self->told);
  gtk_widget_set_visible (self->told, told != NULL && told->len > 0);
  if (told == NULL || told->len == 0)
    return;
  gtk_box_append (GTK_BOX (self->told), san_line_card (_("To know"), &lines));
  san_told_add (lines, told);
}

static void
ask_told (SanCentrePage *self)
{
  san_desk_ask (san_page_get_desk (SAN_PAGE (self)), GTK_WIDGET (self), list_told, NULL, NULL,
                (GDestroyNotify) g_ptr_array_unref, told_cb, NULL);
}

static void
start (SanPage *page)
{
  SanCentrePage *self = SAN_CENTRE_PAGE (page);
  SanDesk *desk = san_page_get_desk (page);
  GtkWidget *people = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkBox *box;

  san_page_set_title (page, _("Centre"));
  self->root = san_column_new (&box, FALSE);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
  self->bar = g_object_new (GTK_TYPE_BOX, "spacing", 6, "accessible-role",
                            GTK_ACCESSIBLE_ROLE_RADIO_GROUP, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Parts of this page"), -1);
  self->stack = g_object_new (GTK_TYPE_STACK, "vhomogeneous", FALSE, "hhomogeneous", FALSE, NULL);
  gtk_box_append (box, self->bar);
  gtk_box_append (box, GTK_WIDGET (self->stack));
  self->grants = SAN_GRANT_VIEW (san_grant_view_new (desk));
  self->staff = SAN_STAFF_VIEW (san_staff_view_new (desk));
  self->devices = SAN_DEVICES_VIEW (san_devices_view_new (desk));
  self->told = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_box_append (GTK_BOX (people), self->told);
  gtk_box_append (GTK_BOX (people), GTK_WIDGET (self->grants));
  gtk_box_append (GTK_BOX (people), GTK_WIDGET (self->staff));
  add_tab (self, "staff", _("Staff"), people);
  add_tab (self, "devices", _("Laptops"), GTK_WIDGET (self->devices));
  add_tab (self, "about", _("About this centre"), san_about_view_new (desk));
  take_view (self);
  ask_told (self);
}

static void
refresh (SanPage *page)
{
  SanCentrePage *self = SAN_CENTRE_PAGE (page);

  ask_told (self);

  san_staff_view_refresh (self->staff);
  san_grant_view_refresh (self->grants);
  san_devices_view_refresh (self->devices);
}

static void
san_centre_page_dispose (GObject *object)
{
  g_clear_pointer (&SAN_CENTRE_PAGE (object)->root, gtk_widget_unparent);
  G_OBJECT_CLASS (san_centre_page_parent_class)->dispose (object);
}

static void
san_centre_page_class_init (SanCentrePageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_centre_page_dispose;
  SAN_PAGE_CLASS (klass)->start = start;
  SAN_PAGE_CLASS (klass)->refresh = refresh;
  SAN_PAGE_CLASS (klass)->dup_view = dup_view;
  SAN_PAGE_CLASS (klass)->next = next;
  SAN_PAGE_CLASS (klass)->previous = previous;
  SAN_PAGE_CLASS (klass)->help = "centre";
}

static void
san_centre_page_init (SanCentrePage *self)
{
}
