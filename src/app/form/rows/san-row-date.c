/* san-row-date.c - a day or a moment: typed as it comes, said back as it was understood */
#include "san-row-kinds.h"
#include "san-date-keys.h"
#include "san-day-words.h"
#include "san-i18n.h"
#include "san-latin-key.h"
#include "san-line.h"

typedef struct { GtkWidget *entry, *understood; gboolean with_time; } Parts;

static Parts
parts_of (GtkWidget *box)
{
  Parts parts = { gtk_widget_get_first_child (box), gtk_widget_get_last_child (box),
                  g_object_get_data (G_OBJECT (box), "with-time") != NULL };

  return parts;
}

static void
say_understood (SanFormRow *row, GtkWidget *box)
{
  Parts parts = parts_of (box);
  SanValue *value = san_answers_get_value (san_form_row_get_answers (row),
                                           san_form_row_get_name (row));
  g_autofree char *words = NULL;
  SanInstant at;
  SanDate date;

  if (value != NULL && san_value_get_instant (value, &at))
    words = san_words_moment (at.ms, san_clock_now ());
  else if (value != NULL && san_value_get_date (value, &date))
    {
      SanInstant noon = san_instant_at_day (date.days, 720, san_clock_zone (san_clock_now ()));

      words = date.precision == SAN_PRECISION_DAY
                ? san_words_day (noon.ms, san_clock_now ()) : san_words_date (&date);
    }
  gtk_label_set_label (GTK_LABEL (parts.understood), words != NULL ? words : "");
}

static char *
as_typed (SanFormRow *row)
{
  SanAnswers *answers = san_form_row_get_answers (row);
  SanValue *value = san_answers_get_value (answers, san_form_row_get_name (row));
  SanInstant at;
  SanDate date;

  if (value != NULL && san_value_get_instant (value, &at))
    return san_moment_as_typed (&at);
  if (value != NULL && san_value_get_date (value, &date))
    return san_date_as_typed (&date);
  return g_strdup (san_answers_get_text (answers, san_form_row_get_name (row)));
}

static void
show (SanFormRow *row, GtkWidget *input)
{
  Parts parts = parts_of (input);
  g_autofree char *text = as_typed (row);

  gtk_editable_set_text (GTK_EDITABLE (parts.entry), text != NULL ? text : "");
  say_understood (row, input);
}

static void
changed_cb (GtkEditable *entry, SanFormRow *row)
{
  say_understood (row, gtk_widget_get_parent (GTK_WIDGET (entry)));
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state,
        GtkWidget *box)
{
  Parts parts = parts_of (box);
  SanInstant now = { san_clock_now (), san_clock_zone (san_clock_now ()) };
  guint latin = san_latin_key (gtk_widget_get_display (box), keyval, keycode, state);
  g_autofree char *text = NULL;

  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return FALSE;
  text = san_date_key (gtk_editable_get_text (GTK_EDITABLE (parts.entry)),
                       gdk_keyval_to_unicode (latin), parts.with_time, &now);
  if (text == NULL)
    return FALSE;
  gtk_editable_set_text (GTK_EDITABLE (parts.entry), text);
  gtk_editable_set_position (GTK_EDITABLE (parts.entry), -1);
  return TRUE;
}

/* Left: what was understood stands there in full, so that "3d" is not read tomorrow as 3d. */
static void
leave_cb (GtkEventControllerFocus *focus, SanFormRow *row)
{
  GtkWidget *box = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (focus));
  SanAnswers *answers = san_form_row_get_answers (row);

  if (san_answers_get_value (answers, san_form_row_get_name (row)) != NULL)
    san_form_row_show (row);
  say_understood (row, box);
}

static GtkWidget *
make_kind (SanFormRow *row, gboolean with_time)
{
  GtkWidget *box = san_line_new (12);
  GtkWidget *entry = san_row_make_entry (row);
  GtkWidget *understood = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "xalign", 0.0, "valign",
                                        GTK_ALIGN_CENTER, NULL);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_widget_set_hexpand (entry, FALSE);
  gtk_widget_set_valign (entry, GTK_ALIGN_CENTER);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), with_time ? 18 : 14);
  gtk_widget_set_tooltip_text (entry, with_time ? _("T now · Y yesterday · + and - a day on or "
                                                    "back · 25/11 20:40")
                                                : _("T today · Y yesterday · + and - a day on or "
                                                    "back · 3d in three days · 12/11"));
  gtk_widget_add_css_class (entry, "numeric");
  gtk_widget_add_css_class (understood, "san-quiet");
  if (with_time)
    g_object_set_data (G_OBJECT (box), "with-time", box);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), understood);
  g_signal_connect (entry, "changed", G_CALLBACK (changed_cb), row);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), box);
  gtk_widget_add_controller (entry, keys);
  g_signal_connect (focus, "leave", G_CALLBACK (leave_cb), row);
  gtk_widget_add_controller (box, focus);
  return box;
}

static GtkWidget *
make_date (SanFormRow *row)
{
  return make_kind (row, FALSE);
}

static GtkWidget *
make_instant (SanFormRow *row)
{
  return make_kind (row, TRUE);
}

const SanRowKind san_row_date = { make_date, show };
const SanRowKind san_row_instant = { make_instant, show };
