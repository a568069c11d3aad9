/* san-form-withdraw.h - taking a record back: the reason first, then the question */
#pragma once
#include <gtk/gtk.h>
G_BEGIN_DECLS

typedef void (*SanFormWithdrawn) (GtkWidget *over, const char *reason);

/* A strip that shows itself by san_form_withdraw_open(); @yes is called once the question was
 * answered so. */
GtkWidget *san_form_withdraw_new  (GtkWidget *over /* borrowed: the page */, SanFormWithdrawn yes);
void       san_form_withdraw_open (GtkWidget *strip);

G_END_DECLS
