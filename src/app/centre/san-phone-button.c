/* san-phone-button.c - one number, in a small field behind a button */
#include "san-phone-button.h"
#include "san-column.h"
#include "san-i18n.h"

typedef struct { GtkWidget *owner; SanId16 staff; GtkEntry *entry; SanPhoneChosen chosen; } Phone;

static void
save_cb (GtkWidget *widget, Phone *phone)
{
  GtkWidget *popover = gtk_widget_get_ancestor (widget, GTK_TYPE_POPOVER);
  g_autofree char
    *number = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (phone->entry))));

  if (popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (popover));
  phone->chosen (phone->owner, &phone->staff, number);
}

GtkWidget *
san_phone_button_new (GtkWidget *owner, const SanStaffRow *row, SanPhoneChosen chosen)
{
  GtkWidget *button = g_object_new (GTK_TYPE_MENU_BUTTON, "label", _("Phone…"), "valign",
                                    GTK_ALIGN_CENTER, "has-frame", FALSE, NULL);
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *save = g_object_new (GTK_TYPE_BUTTON, "label", _("Save"), "halign", GTK_ALIGN_END,
                                  NULL);
  Phone *phone = g_new0 (Phone, 1);
  /* Translators: %s is a person's short name */
  g_autofree char *heading = san_words_print (_("Telephone number of %s"), row->name);

  *phone = (Phone) { owner, row->id, san_column_add_entry (GTK_BOX (box), heading, NULL), chosen };
  g_object_set_data_full (G_OBJECT (box), "phone", phone, g_free);
  gtk_entry_set_input_purpose (phone->entry, GTK_INPUT_PURPOSE_PHONE);
  gtk_editable_set_text (GTK_EDITABLE (phone->entry), row->phone != NULL ? row->phone : "");
  gtk_box_append (GTK_BOX (box), save);
  g_signal_connect (phone->entry, "activate", G_CALLBACK (save_cb), phone);
  g_signal_connect (save, "clicked", G_CALLBACK (save_cb), phone);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  return button;
}
