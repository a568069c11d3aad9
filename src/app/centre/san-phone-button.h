/* san-phone-button.h - Phone…: how somebody of the staff is reached, written down or changed */
#pragma once
#include "san-staff.h"
#include <gtk/gtk.h>
G_BEGIN_DECLS

typedef void (*SanPhoneChosen) (GtkWidget *owner, const SanId16 *staff, const char *number);

/* @owner outlives it. */
GtkWidget *san_phone_button_new (GtkWidget *owner, const SanStaffRow *row, SanPhoneChosen chosen);

G_END_DECLS
