/* san-about-view.c - what this centre is, and what this programme is made of
 *
 * A superintendent changes what the centre is called and how many beds it has; the others read it. */
#include "san-about-view.h"
#include "san-about.h"
#include "san-column.h"
#include <glib/gi18n.h>

struct _SanAboutView
{
  GtkWidget parent_instance;

  GtkWidget     *root;
  SanDesk       *desk;
  GtkEntry      *name, *place, *state;  /* of a superintendent's view; the others read it */
  GtkSpinButton *beds;
  GtkWidget     *save;
};

G_DEFINE_FINAL_TYPE (SanAboutView, san_about_view, GTK_TYPE_WIDGET)

static gpointer
read_about (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  return san_about_get (centre, error);
}

static gpointer
write_about (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  return GINT_TO_POINTER (san_about_set (centre, input, error));
}

static void
add_fact (GtkBox *box, const char *heading, const char *words)
{
  if (*words == '\0')
    return;
  san_column_add_heading (box, heading);
  gtk_label_set_selectable (san_column_add_text (box, words), FALSE);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanAboutView *self = SAN_ABOUT_VIEW (source);
  g_autoptr(GError) error = NULL;

  gtk_widget_set_sensitive (self->save, TRUE);
  if (!GPOINTER_TO_INT (san_worker_run_finish (result, &error)))
    {
      san_desk_complain (self->desk, error);
      return;
    }
  san_desk_toast (self->desk, _("Saved."));
  san_desk_changed (self->desk);
}

static void
save_cb (SanAboutView *self)
{
  SanAbout *about = g_new0 (SanAbout, 1);

  about->name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  about->place = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->place))));
  about->state = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->state))));
  about->beds = (guint) gtk_spin_button_get_value_as_int (self->beds);
  gtk_widget_set_sensitive (self->save, FALSE);
  san_desk_ask (self->desk, GTK_WIDGET (self), write_about, about, (GDestroyNotify) san_about_free, NULL, written_cb, NULL);
}

static GtkEntry *
add_entry (SanAboutView *self, const char *heading, const char *text)
{
  GtkEntry *entry = san_column_add_entry (GTK_BOX (self->root), heading, NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (save_cb), self);
  return entry;
}

static void
add_entries (SanAboutView *self, const SanAbout *about)
{
  self->name = add_entry (self, _("Name of the centre"), about->name);
  self->place = add_entry (self, _("Town or district"), about->place);
  self->state = add_entry (self, _("State"), about->state);
  self->beds = san_column_add_number (GTK_BOX (self->root), _("Number of beds"), about->beds, SAN_BEDS_LIMIT);
  self->save = gtk_button_new_with_label (_("Save"));
  gtk_widget_set_halign (self->save, GTK_ALIGN_START);
  g_signal_connect_swapped (self->save, "clicked", G_CALLBACK (save_cb), self);
  gtk_box_append (GTK_BOX (self->root), self->save);
}

static void
add_labels (GtkBox *box, const SanAbout *about)
{
  g_autofree char *beds = about->beds > 0 ? g_strdup_printf ("%u", about->beds) : g_strdup ("");

  add_fact (box, _("Name of the centre"), about->name);
  add_fact (box, _("Town or district"), about->place);
  add_fact (box, _("State"), about->state);
  add_fact (box, _("Number of beds"), beds);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanAboutView *self = SAN_ABOUT_VIEW (source);
  g_autoptr(GError) error = NULL;
  g_autoptr(SanAbout) about = san_worker_run_finish (result, &error);
  GtkBox *box = GTK_BOX (self->root);
  SanCentre *centre = san_desk_get_centre (self->desk);
  g_autofree char *id = san_id32_to_text (san_centre_get_id (centre));
  g_autofree char *short_id = g_strndup (id, 16);

  if (about == NULL)
    {
      san_desk_complain (self->desk, error);
      return;
    }
  if (san_role_is_superintendent (san_centre_get_role (centre)))
    add_entries (self, about);
  else
    add_labels (box, about);
  add_fact (box, _("Number of the centre"), short_id);
  add_fact (box, _("Where it lies on this laptop"), san_desk_get_where (self->desk)->store);
  add_fact (box, _("Version of Sanrakshan"), SAN_VERSION);
  add_fact (box, _("It stands on"), san_centre_describe_libraries ());
  san_column_add_heading (box, _("What protects it"));
  san_column_add_text (box, _("Everything on the disk is encrypted. Counselling, case, health and court notes have keys of their "
                              "own, which a login without that role never holds. A pen drive shows nothing but a size."));
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
  san_desk_ask (desk, GTK_WIDGET (self), read_about, NULL, NULL, (GDestroyNotify) san_about_free, read_cb, NULL);
  return GTK_WIDGET (self);
}
