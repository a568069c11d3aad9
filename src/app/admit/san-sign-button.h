/* san-sign-button.h - the sign that she picks: a button with the drawing, all drawings behind it */
#pragma once
#include "san-desk.h"
G_BEGIN_DECLS
#define SAN_TYPE_SIGN_BUTTON (san_sign_button_get_type ())
G_DECLARE_FINAL_TYPE (SanSignButton, san_sign_button, SAN, SIGN_BUTTON, GtkWidget)
GtkWidget  *san_sign_button_new (SanDesk *desk);               /* signal "changed" */
const char *san_sign_button_get (SanSignButton *self);         /* (nullable) code */
void        san_sign_button_set (SanSignButton *self, const char *code);
G_END_DECLS
