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

/* What is selected or copied keeps the whole text alive in GTK 4.8, after the page went too. */
static void
forget_text (gpointer data)
{
  g_autoptr(GtkTextBuffer) buffer = data;

  g_signal_handlers_disconnect_matched (buffer, G_SIGNAL_MATCH_FUNC, 0, 0, NULL,
                                        G_CALLBACK (buffer_changed_cb), NULL);
  gtk_text_buffer_set_enable_undo (buffer, FALSE);
  gtk_text_buffer_set_text (buffer, "", 0);
}

/* As plain words, which go when a lock empties the clipboard: GTK 4.8 would copy (and paste) by way
 * of another text, and never give that back. */
static void
copy (GtkTextView *view, const char *signal, gboolean cut)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  g_signal_stop_emission_by_name (view, signal);
  if (!gtk_text_buffer_get_selection_bounds (buffer, &start, &end))
    return;
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (view)), text);
  if (cut)
    gtk_text_buffer_delete_selection (buffer, TRUE, gtk_text_view_get_editable (view));
}

static void
copy_cb (GtkTextView *view, gpointer data)
{
  copy (view, "copy-clipboard", FALSE);
}

static void
cut_cb (GtkTextView *view, gpointer data)
{
  copy (view, "cut-clipboard", TRUE);
}

static void
pasted_cb (GObject *clipboard, GAsyncResult *result, gpointer data)
{
  g_autoptr(GtkTextView) view = data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);
  GtkTextBuffer *buffer;
  gboolean editable;

  if (text == NULL || gtk_widget_get_root (GTK_WIDGET (view)) == NULL)
    return;
  buffer = gtk_text_view_get_buffer (view);
  editable = gtk_text_view_get_editable (view);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete_selection (buffer, TRUE, editable);
  gtk_text_buffer_insert_interactive_at_cursor (buffer, text, -1, editable);
  gtk_text_buffer_end_user_action (buffer);
  gtk_text_view_scroll_mark_onscreen (view, gtk_text_buffer_get_insert (buffer));
}

static void
paste_cb (GtkTextView *view, gpointer data)
{
  g_signal_stop_emission_by_name (view, "paste-clipboard");
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (view)), NULL, pasted_cb,
                                 g_object_ref (view));
}

static GtkWidget *
make_long (SanFormRow *row)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));

  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_input_hints (GTK_TEXT_VIEW (view), HINTS | GTK_INPUT_HINT_SPELLCHECK);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 6);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 6);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 9);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 9);
  gtk_widget_set_size_request (view, -1, 66);
  gtk_widget_add_css_class (view, "san-long");
  g_signal_connect (view, "copy-clipboard", G_CALLBACK (copy_cb), NULL);
  g_signal_connect (view, "cut-clipboard", G_CALLBACK (cut_cb), NULL);
  g_signal_connect (view, "paste-clipboard", G_CALLBACK (paste_cb), NULL);
  g_signal_connect (buffer, "changed", G_CALLBACK (buffer_changed_cb), row);
  g_object_set_data_full (G_OBJECT (view), "san-text", g_object_ref (buffer), forget_text);
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
