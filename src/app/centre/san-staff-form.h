/* san-staff-form.h - who comes new to the centre: her short name, what she does, her language */
#pragma once
#include <gtk/gtk.h>
G_BEGIN_DECLS
#define SAN_TYPE_STAFF_FORM (san_staff_form_get_type ())
G_DECLARE_FINAL_TYPE (SanStaffForm, san_staff_form, SAN, STAFF_FORM, GtkWidget)
/* Signals "add" (there is a name) and "cancel". */
GtkWidget  *san_staff_form_new          (void);
void        san_staff_form_begin        (SanStaffForm *self);      /* the cursor in the name */
char       *san_staff_form_dup_name     (SanStaffForm *self);
const char *san_staff_form_get_role     (SanStaffForm *self);
const char *san_staff_form_get_language (SanStaffForm *self);
void        san_staff_form_say          (SanStaffForm *self, const char *sentence);
G_END_DECLS
