/* san-remove-button.c - Remove…, and why: nothing is asked of the centre before a reason was
 * chosen */
#include "san-remove-button.h"
#include "san-i18n.h"

typedef struct { GtkWidget *owner; char *what; SanRemoveChosen chosen; } Removal;

static void
removal_free (Removal *self)
{
  g_free (self->what);
  g_free (self);
}

static void
reason_cb (GtkButton *button, Removal *removal)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_POPOVER);

  if (popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (popover));
  removal->chosen (removal->owner, removal->what, g_object_get_data (G_OBJECT (button), "reason"));
}

GtkWidget *
san_remove_button_new (GtkWidget *owner, const char *what, const SanRemoveReason *reasons,
                       SanRemoveChosen chosen)
{
  GtkWidget *button = g_object_new (GTK_TYPE_MENU_BUTTON, "label", _("Remove…"), "valign",
                                    GTK_ALIGN_CENTER, "has-frame", FALSE, NULL);
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  Removal *removal = g_new0 (Removal, 1);

  removal->owner = owner;
  removal->what = g_strdup (what);
  removal->chosen = chosen;
  g_object_set_data_full (G_OBJECT (box), "removal", removal, (GDestroyNotify) removal_free);
  for (; reasons->reason != NULL; reasons++)
    {
      GtkWidget *reason = gtk_button_new_with_label (_(reasons->words));

      gtk_widget_add_css_class (reason, "flat");
      g_object_set_data (G_OBJECT (reason), "reason", (gpointer) reasons->reason);
      g_signal_connect (reason, "clicked", G_CALLBACK (reason_cb), removal);
      gtk_box_append (GTK_BOX (box), reason);
    }
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  return button;
}
