/* san-sign-button.c - the sign that she picks */
#include "san-sign-button.h"
#include "san-child-tag.h"
#include "san-i18n.h"

#define PICTURE  32
#define A_LINE   8

struct _SanSignButton
{
  GtkWidget parent_instance;

  GtkMenuButton *button;
  GtkPopover    *popover;           /* borrowed from @button */
  SanDesk       *desk;
  char          *code;
};

G_DEFINE_FINAL_TYPE (SanSignButton, san_sign_button, GTK_TYPE_WIDGET)

static guint changed_signal;

static const SanList *
signs_of (SanSignButton *self)
{
  SanCentre *centre = san_desk_get_centre (self->desk);

  return centre != NULL ? san_catalogue_find_list (san_centre_get_catalogue (centre), "signs")
                        : NULL;
}

const char *
san_sign_button_get (SanSignButton *self)
{
  return self->code;
}

void
san_sign_button_set (SanSignButton *self, const char *code)
{
  const SanList *list = signs_of (self);
  const SanOption *option = list != NULL && code != NULL ? san_list_find_option (list, code) : NULL;
  const char *name = option != NULL
                       ? san_label_get (option->label, san_desk_get_language (self->desk))
                       : "";
  g_autofree char *label = san_words_print (_("Sign: %s"), name);

  g_free (self->code);
  self->code = g_strdup (code);
  gtk_menu_button_set_child (self->button, san_sign_disc_new (code, name, PICTURE));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

static void
picked_cb (GtkButton *button, SanSignButton *self)
{
  const char *code = g_object_get_data (G_OBJECT (button), "code");

  san_sign_button_set (self, code);
  gtk_popover_popdown (self->popover);
  g_signal_emit (self, changed_signal, 0);
}

static void
add_sign (SanSignButton *self, GtkGrid *grid, const SanOption *option, guint at)
{
  const char *name = san_label_get (option->label, san_desk_get_language (self->desk));
  GtkWidget *button = gtk_button_new ();

  gtk_button_set_child (GTK_BUTTON (button), san_sign_disc_new (option->code, name, PICTURE));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (button), "code", (gpointer) option->code);
  g_signal_connect (button, "clicked", G_CALLBACK (picked_cb), self);
  gtk_grid_attach (grid, button, (int) (at % A_LINE), (int) (at / A_LINE), 1, 1);
}

/* Made when it is opened: fifty drawings are not needed to welcome a child. */
static void
show_cb (SanSignButton *self)
{
  const SanList *list = signs_of (self);
  GtkWidget *grid;

  if (gtk_popover_get_child (self->popover) != NULL || list == NULL)
    return;
  grid = gtk_grid_new ();
  for (guint i = 0; i < list->n_options; i++)
    add_sign (self, GTK_GRID (grid), &list->options[i], i);
  gtk_popover_set_child (self->popover, grid);
}

static void
san_sign_button_dispose (GObject *object)
{
  SanSignButton *self = SAN_SIGN_BUTTON (object);

  if (self->button != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->button));
  self->button = NULL;
  g_clear_object (&self->desk);
  g_clear_pointer (&self->code, g_free);
  G_OBJECT_CLASS (san_sign_button_parent_class)->dispose (object);
}

static void
san_sign_button_class_init (SanSignButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_sign_button_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  changed_signal = g_signal_new ("changed", SAN_TYPE_SIGN_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
san_sign_button_init (SanSignButton *self)
{
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  self->popover = GTK_POPOVER (gtk_popover_new ());
  gtk_menu_button_set_popover (self->button, GTK_WIDGET (self->popover));
  g_signal_connect_swapped (self->popover, "show", G_CALLBACK (show_cb), self);
  gtk_widget_set_parent (GTK_WIDGET (self->button), GTK_WIDGET (self));
}

GtkWidget *
san_sign_button_new (SanDesk *desk)
{
  SanSignButton *self = g_object_new (SAN_TYPE_SIGN_BUTTON, NULL);

  self->desk = g_object_ref (desk);
  return GTK_WIDGET (self);
}
