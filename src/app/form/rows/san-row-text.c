/* san-row-text.c - a line, or as many lines as it takes */
#include "san-row-kinds.h"

#define HINTS (GTK_INPUT_HINT_PRIVATE | GTK_INPUT_HINT_NO_EMOJI)

static void
entry_changed_cb (GtkEditable *entry, SanFormRow *row)
{
  san_form_row_take_text (row, gtk_editable_get_text (entry));
}

static void
activate_cb (GtkEntry *entry, SanFormRow *row)
{
  san_form_row_mark (row);
  san_form_row_move_on (row);
}

GtkWidget *
san_row_make_entry (SanFormRow *row)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_input_hints (GTK_ENTRY (entry), HINTS);
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_widget_add_css_class (entry, "san-entry");
  g_signal_connect (entry, "changed", G_CALLBACK (entry_changed_cb), row);
  g_signal_connect (entry, "activate", G_CALLBACK (activate_cb), row);
  return entry;
}

static void
show_line (SanFormRow *row, GtkWidget *input)
{
  g_autofree char *text = san_form_row_dup_plain (row);

  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (input)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (input), text);
}

const SanRowKind san_row_text = { san_row_make_entry, show_line };

static void
buffer_changed_cb (GtkTextBuffer *buffer, SanFormRow *row)
{
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  san_form_row_take_text (row, text);
}

static GtkWidget *
make_long (SanFormRow *row)
{
  GtkWidget *view = gtk_text_view_new ();

  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_input_hints (GTK_TEXT_VIEW (view), HINTS | GTK_INPUT_HINT_SPELLCHECK);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 6);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 6);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 9);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 9);
  gtk_widget_set_size_request (view, -1, 66);
  gtk_widget_add_css_class (view, "san-long");
  g_signal_connect (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "changed",
                    G_CALLBACK (buffer_changed_cb), row);
  return view;
}

static void
show_long (SanFormRow *row, GtkWidget *input)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (input));
  g_autofree char *text = san_form_row_dup_plain (row);

  gtk_text_buffer_set_text (buffer, text, -1);
}

const SanRowKind san_row_long = { make_long, show_long };
