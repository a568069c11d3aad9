/* san-about-view.c - what this centre is, and what this programme is made of
 *
 * It is read first. A superintendent may change what the centre is called, how many beds it has and
 * who lives there; the fields come when she asks for them. */
#include "san-about-view.h"
#include "san-about.h"
#include "san-children-choice.h"
#include "san-column.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-lines.h"

struct _SanAboutView
{
  GtkWidget parent_instance;

  GtkWidget *root;
  SanDesk   *desk;
  GtkWidget *facts, *fields;        /* one of the two is shown; fields: of a superintendent */
  GtkWidget *change;
  GtkEntry  *name, *place, *state, *beds;
  SanChoiceButtons *children;
  GtkWidget *save;
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

static void ask (SanAboutView *self);

static void
add_fact (GtkBox *box, const char *heading, const char *words)
{
  GtkWidget *pair = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_box_append (GTK_BOX (pair), san_line_label (heading, "san-quiet"));
  gtk_box_append (GTK_BOX (pair), san_line_label (*words != '\0' ? words : _("not written yet"),
                                                  *words != '\0' ? NULL : "san-quiet"));
  gtk_box_append (box, pair);
}

static void
change_cb (SanAboutView *self)
{
  gtk_widget_set_visible (self->facts, FALSE);
  gtk_widget_set_visible (self->fields, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanAboutView *self = SAN_ABOUT_VIEW (source);
  g_autoptr(SanDesk) desk = g_object_ref (self->desk);
  g_autoptr(GError) error = NULL;

  gtk_widget_set_sensitive (self->save, TRUE);
  if (!GPOINTER_TO_INT (san_worker_run_finish (result, &error)))
    {
      san_desk_complain (self->desk, error);
      return;
    }
  san_desk_changed (desk);
  ask (self);
  san_desk_set_children (desk, san_choice_buttons_get (self->children));    /* may take it away */
  san_desk_toast (desk, _("Saved."));
}

static void
save_cb (SanAboutView *self)
{
  SanAbout *about = g_new0 (SanAbout, 1);

  about->name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  about->place = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->place))));
  about->state = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->state))));
  about->beds = san_column_get_number (self->beds);
  about->children = san_children_choice_dup (self->children);
  gtk_widget_set_sensitive (self->save, FALSE);
  san_desk_ask (self->desk, GTK_WIDGET (self), write_about, about, (GDestroyNotify) san_about_free,
                NULL, written_cb, NULL);
}

static GtkEntry *
add_entry (SanAboutView *self, const char *heading, const char *text)
{
  GtkEntry *entry = san_column_add_entry (GTK_BOX (self->fields), heading, NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (save_cb), self);
  return entry;
}

static void
fill_fields (SanAboutView *self, const SanAbout *about)
{
  GtkWidget *buttons = san_line_new (12);
  GtkWidget *cancel = san_line_button (_("Cancel"), NULL);

  self->name = add_entry (self, _("Name of the centre"), about->name);
  self->place = add_entry (self, _("Town or district"), about->place);
  self->state = add_entry (self, _("State"), about->state);
  self->beds = san_column_add_number (GTK_BOX (self->fields), _("Number of beds"), NULL,
                                      about->beds);
  g_signal_connect_swapped (self->beds, "activate", G_CALLBACK (save_cb), self);
  self->children = san_children_choice_add (GTK_BOX (self->fields), about->children);
  self->save = san_line_button (_("Save"), NULL);
  gtk_widget_add_css_class (self->save, "suggested-action");
  g_signal_connect_swapped (self->save, "clicked", G_CALLBACK (save_cb), self);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (ask), self);
  gtk_box_append (GTK_BOX (buttons), self->save);
  gtk_box_append (GTK_BOX (buttons), cancel);
  gtk_box_append (GTK_BOX (self->fields), buttons);
}

static void
fill_facts (SanAboutView *self, const SanAbout *about)
{
  g_autofree char *beds = about->beds > 0 ? san_words_print ("%u", about->beds) : g_strdup ("");
  GtkWidget *lines;

  gtk_box_append (GTK_BOX (self->facts), san_line_card (NULL, &lines));
  add_fact (GTK_BOX (lines), _("Name of the centre"), about->name);
  add_fact (GTK_BOX (lines), _("Town or district"), about->place);
  add_fact (GTK_BOX (lines), _("State"), about->state);
  add_fact (GTK_BOX (lines), _("Number of beds"), beds);
  add_fact (GTK_BOX (lines), _("Who lives here?"), san_children_word (about->children));
  if (!san_role_is_superintendent (san_centre_get_role (san_desk_get_centre (self->desk))))
    return;
  self->change = san_line_button (_("Change"), NULL);
  gtk_widget_set_halign (self->change, GTK_ALIGN_START);
  g_signal_connect_swapped (self->change, "clicked", G_CALLBACK (change_cb), self);
  gtk_box_append (GTK_BOX (lines), self->change);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanAboutView *self = SAN_ABOUT_VIEW (source);
  g_autoptr(GError) error = NULL;
  g_autoptr(SanAbout) about = san_worker_run_finish (result, &error);
  gboolean in_fields = gtk_widget_get_visible (self->fields);

  if (about == NULL)
    {
      san_desk_complain (self->desk, error);
      return;
    }
  san_lines_clear (self->facts);
  san_lines_clear (self->fields);
  self->change = NULL;
  fill_facts (self, about);
  fill_fields (self, about);
  gtk_widget_set_visible (self->facts, TRUE);
  gtk_widget_set_visible (self->fields, FALSE);
  if (in_fields && self->change != NULL)
    gtk_widget_grab_focus (self->change);
}

static void
ask (SanAboutView *self)
{
  san_desk_ask (self->desk, GTK_WIDGET (self), read_about, NULL, NULL,
                (GDestroyNotify) san_about_free, read_cb, NULL);
}

/* What never changes: what is asked on the telephone first, what is read once last. */
static void
add_the_rest (SanAboutView *self)
{
  g_autofree char *id = san_id32_to_text (san_centre_get_id (san_desk_get_centre (self->desk)));
  g_autofree char *short_id = g_strndup (id, 16);
  GtkWidget *lines;

  gtk_box_append (GTK_BOX (self->root),
                  san_line_card (_("For whoever helps with the laptop"), &lines));
  add_fact (GTK_BOX (lines), _("Number of the centre"), short_id);
  add_fact (GTK_BOX (lines), _("Where it lies on this laptop"),
            san_desk_get_where (self->desk)->store);
  add_fact (GTK_BOX (lines), _("Version of Sanrakshan"), SAN_VERSION);
  add_fact (GTK_BOX (lines), _("It stands on"), san_centre_describe_libraries ());
  gtk_box_append (GTK_BOX (self->root), san_line_card (_("What protects it"), &lines));
  gtk_box_append (GTK_BOX (lines),
                  san_line_label (_("Everything on the disk is encrypted. Counselling, case, "
                                    "health and court notes have keys of their "
                                    "own, which a login without that role never holds. A pen "
                                    "drive shows nothing but a size."),
                                  NULL));
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
  self->root = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->facts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->fields = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_visible (self->fields, FALSE);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
  gtk_box_append (GTK_BOX (self->root), self->facts);
  gtk_box_append (GTK_BOX (self->root), self->fields);
  add_the_rest (self);
  ask (self);
  return GTK_WIDGET (self);
}
