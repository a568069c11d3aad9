/* san-row-signature.c - a line that is signed on paper; nothing is answered here */
#include "san-row-kinds.h"
#include "san-i18n.h"

static GtkWidget *
make (SanFormRow *row)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", _("Signed on the printed sheet."),
                                   "wrap", TRUE, "xalign", 0.0, NULL);

  gtk_widget_add_css_class (label, "san-quiet");
  return label;
}

static void
show (SanFormRow *row, GtkWidget *input)
{
}

const SanRowKind san_row_signature = { make, show };
