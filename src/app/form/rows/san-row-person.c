/* san-row-person.c - somebody of the staff, or any other name */
#include "san-row-kinds.h"
#include "san-i18n.h"

static void
picked_cb (SanFormRow *row, const char *code)
{
  SanValue *value = san_answers_get_value (san_form_row_get_answers (row),
                                           san_form_row_get_name (row));
  g_autoptr(SanValue) fresh = NULL;
  SanId16 id, now;

  if (!san_id16_from_text (code, &id, NULL))
    return;
  fresh = san_value_new_record (&id);
  san_form_row_take_value (row, value != NULL && san_value_get_record (value, &now) &&
                                    san_id16_equal (&now, &id)
                                  ? NULL
                                  : fresh);
}

static GtkWidget *
make (SanFormRow *row)
{
  const SanSheet *sheet = san_answers_get_sheet (san_form_row_get_answers (row));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *buttons = san_row_make_buttons (row, TRUE, picked_cb);
  GtkWidget *entry = san_row_make_entry (row);

  for (guint i = 0; i < sheet->people->len; i++)
    {
      const SanSheetPerson *person = sheet->people->pdata[i];
      g_autofree char *id = san_id16_to_text (&person->id);

      san_row_add_button (buttons, id, person->name);
    }
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _("or another name"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("or another name"), -1);
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_box_append (GTK_BOX (box), entry);
  return box;
}

/* A name of the staff stands on its button, any other one in the field. */
static void
show (SanFormRow *row, GtkWidget *input)
{
  GtkWidget *buttons = gtk_widget_get_first_child (input);
  GtkWidget *entry = gtk_widget_get_last_child (input);
  SanAnswers *answers = san_form_row_get_answers (row);
  SanValue *value = san_answers_get_value (answers, san_form_row_get_name (row));
  g_autofree char *words = NULL;
  g_autofree char *id_text = NULL;
  const char *codes[] = { NULL, NULL };
  SanId16 id;

  if (value != NULL && san_value_get_record (value, &id))
    {
      codes[0] = id_text = san_id16_to_text (&id);
      if (!san_row_has_button (buttons, id_text))
        words = san_answers_dup_display (answers, san_form_row_get_field (row), value);
    }
  else
    words = san_form_row_dup_plain (row);
  san_row_press_buttons (buttons, codes);
  if (!gtk_widget_has_focus (gtk_widget_get_first_child (entry)) || words == NULL)
    gtk_editable_set_text (GTK_EDITABLE (entry), words != NULL ? words : "");
}

const SanRowKind san_row_person = { make, show };
