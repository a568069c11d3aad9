/* san-about-view.c - what this centre is, and what this programme is made of */
#include "san-about-view.h"
#include "san-column.h"
#include <glib/gi18n.h>

struct _SanAboutView
{
  GtkWidget parent_instance;

  GtkWidget *root;
  SanDesk   *desk;
};

G_DEFINE_FINAL_TYPE (SanAboutView, san_about_view, GTK_TYPE_WIDGET)

typedef struct { char *name, *place; } About;

static void
about_free (About *self)
{
  g_free (self->name);
  g_free (self->place);
  g_free (self);
}

static gpointer
read_about (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  About *about = g_new0 (About, 1);

  about->name = san_centre_dup_name (centre);
  about->place = san_centre_dup_place (centre);
  return about;
}

static void
add_fact (GtkBox *box, const char *heading, const char *words)
{
  san_column_add_heading (box, heading);
  gtk_label_set_selectable (san_column_add_text (box, words), FALSE);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanAboutView *self = SAN_ABOUT_VIEW (source);
  About *about = san_worker_run_finish (result, NULL);
  GtkBox *box = GTK_BOX (self->root);
  g_autofree char *id = san_id32_to_text (san_centre_get_id (san_desk_get_centre (self->desk)));
  g_autofree char *short_id = g_strndup (id, 16);

  if (about == NULL)
    return;
  add_fact (box, _("Name of the centre"), about->name != NULL ? about->name : "");
  if (about->place != NULL && *about->place != '\0')
    add_fact (box, _("Town or district"), about->place);
  add_fact (box, _("Number of the centre"), short_id);
  add_fact (box, _("Where it lies on this laptop"), san_desk_get_where (self->desk)->store);
  add_fact (box, _("Version of Sanrakshan"), SAN_VERSION);
  add_fact (box, _("It stands on"), san_centre_describe_libraries ());
  san_column_add_heading (box, _("What protects it"));
  san_column_add_text (box, _("Everything on the disk is encrypted. Counselling, case, health and court notes have keys of their "
                              "own, which a login without that role never holds. A pen drive shows nothing but a size."));
  about_free (about);
}

static void
san_about_view_dispose (GObject *object)
{
  SanAboutView *self = SAN_ABOUT_VIEW (object);

  g_clear_pointer (&self->root, gtk_widget_unparent);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (san_about_view_parent_class)->dispose (object);
}

static void
san_about_view_class_init (SanAboutViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_about_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
san_about_view_init (SanAboutView *self)
{
}

GtkWidget *
san_about_view_new (SanDesk *desk)
{
  SanAboutView *self = g_object_new (SAN_TYPE_ABOUT_VIEW, NULL);

  self->desk = g_object_ref (desk);
  self->root = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
  san_desk_ask (desk, GTK_WIDGET (self), read_about, NULL, NULL, (GDestroyNotify) about_free, read_cb, NULL);
  return GTK_WIDGET (self);
}
