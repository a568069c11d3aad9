/* san-form-correction.c - where a correction of a closed record is typed */
#include "san-form-correction.h"

static char *
dup_text (GtkTextView *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (text);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

void
san_form_correction_set_up (GtkTextView *text, GCallback typed, gpointer page)
{
  gtk_text_view_set_input_hints (text, GTK_INPUT_HINT_PRIVATE | GTK_INPUT_HINT_NO_EMOJI);
  g_signal_connect_object (gtk_text_view_get_buffer (text), "changed", typed, page,
                           G_CONNECT_SWAPPED);
}

void
san_form_correction_take (GtkTextView *text, SanFormWork *work)
{
  g_autofree char *words = dup_text (text);

  san_form_work_set_correction (work, words);
}

/* What stands there already is left alone, and with it her cursor. */
gboolean
san_form_correction_show (GtkTextView *text, SanFormWork *work)
{
  g_autofree char *words = g_strdup (san_form_work_get_correction (work));
  g_autofree char *shown = dup_text (text);

  if (g_strcmp0 (shown, words != NULL ? words : "") != 0)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (text), words != NULL ? words : "", -1);
  return words != NULL;
}

gboolean
san_form_correction_is_focused (GtkTextView *text, guint *cursor)
{
  int at;

  if (!gtk_widget_is_focus (GTK_WIDGET (text)))
    return FALSE;
  g_object_get (gtk_text_view_get_buffer (text), "cursor-position", &at, NULL);
  *cursor = (guint) at;
  return TRUE;
}

void
san_form_correction_focus (GtkTextView *text, guint cursor)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (text);
  GtkTextIter at;

  gtk_text_buffer_get_iter_at_offset (buffer, &at, (int) MIN (cursor, (guint) G_MAXINT));
  gtk_text_buffer_place_cursor (buffer, &at);
  gtk_widget_grab_focus (GTK_WIDGET (text));
}
