/* san-exchange-places.c - the places of this laptop, adding and forgetting one
 *
 * A folder is chosen; a place of another machine (dav, sftp, smb) is typed as its address. Its name
 * is what people say: proposed from the folder. */
#include "san-exchange-places.h"
#include "san-carry.h"
#include "san-choose.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-lines.h"
#include "san-name.h"
#include "san-sentences.h"
#include <string.h>

typedef struct { char *name; char *uri; } Added;

static void
added_free (Added *added)
{
  g_free (added->name);
  g_free (added->uri);
  g_free (added);
}

static gpointer
add_place (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  const Added *added = input;

  return san_carry_add_place (centre, added->name, added->uri, error)
           ? g_strdup (added->name) : NULL;
}

/* What the worker did with a place: said, and the page is asked anew. */
static void
told (GObject *source, GAsyncResult *result, const char *words)
{
  SanDesk *desk = san_page_get_desk (SAN_PAGE (source));
  g_autoptr(GError) error = NULL;
  g_autofree char *name = san_worker_run_finish (result, &error);

  if (name == NULL)
    {
      san_desk_complain (desk, error);
      return;
    }
  san_desk_toast (desk, words);
  san_desk_changed (desk);
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  told (source, result, _("The place is kept. Press Exchange when you want to use it."));
}

static gpointer
forget_place (SanCentre *centre, gpointer name, GCancellable *cancellable, GError **error)
{
  return san_carry_forget_place (centre, name, error) ? g_strdup (name) : NULL;
}

static void
forgotten_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  told (source, result, _("Forgotten here. What lies there was left as it is."));
}

static void
forget_cb (GtkWidget *button, SanPage *page)
{
  san_desk_ask (san_page_get_desk (page), GTK_WIDGET (page), forget_place,
                g_strdup (g_object_get_data (G_OBJECT (button), "name")), g_free, g_free,
                forgotten_cb, NULL);
}

static void
add_uri (SanPage *page, const char *uri)
{
  Added *added = g_new0 (Added, 1);
  g_autoptr(GFile) file = g_file_new_for_commandline_arg (uri);
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *clean = g_utf8_make_valid (base != NULL ? base : uri, -1);

  g_strdelimit (clean, "/", ' ');
  added->name = g_utf8_substring (clean, 0,
                                  MIN (g_utf8_strlen (clean, -1), (glong) SAN_NAME_LETTERS));
  if (*added->name == '\0' || *g_strstrip (added->name) == '\0')
    {
      g_free (added->name);
      added->name = g_strdup (_("folder"));
    }
  added->uri = g_file_get_uri (file);
  san_desk_ask (san_page_get_desk (page), GTK_WIDGET (page), add_place, added,
                (GDestroyNotify) added_free, g_free, added_cb, NULL);
}

static void
chosen_cb (GtkWidget *asker, GFile *folder, gpointer data)
{
  g_autofree char *uri = g_file_get_uri (folder);

  add_uri (SAN_PAGE (asker), uri);
}

static void
choose_cb (GtkButton *button, SanPage *page)
{
  san_choose_folder (GTK_WIDGET (page), _("Choose a shared folder"), _("Use this folder"), NULL,
                     chosen_cb, NULL);
}

static void
address_cb (GtkEntry *entry, SanPage *page)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));

  if (strstr (text, "://") != NULL || g_path_is_absolute (text))
    {
      add_uri (page, text);
      gtk_editable_set_text (GTK_EDITABLE (entry), "");
    }
}

static void
add_clicked_cb (GtkButton *button, GtkEntry *entry)
{
  g_signal_emit_by_name (entry, "activate");
}

/* For whoever looks after the computers; it stays folded up for everybody else. */
static GtkWidget *
make_address (SanPage *page)
{
  GtkWidget *expander = gtk_expander_new (_("A folder on another machine"));
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing",
                                 6, "margin-top", 6, NULL);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *add = san_line_button (_("Add"), _("Add this address"));
  GtkWidget *row = san_line_new (12);

  gtk_accessible_update_property (GTK_ACCESSIBLE (expander), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("A folder on another machine"), -1);
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_entry_set_input_hints (GTK_ENTRY (entry), GTK_INPUT_HINT_PRIVATE | GTK_INPUT_HINT_NO_EMOJI |
                                                  GTK_INPUT_HINT_NO_SPELLCHECK);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Address of the folder"), -1);
  g_signal_connect (entry, "activate", G_CALLBACK (address_cb), page);
  g_signal_connect (add, "clicked", G_CALLBACK (add_clicked_cb), entry);
  gtk_box_append (GTK_BOX (row), entry);
  gtk_box_append (GTK_BOX (row), add);
  gtk_box_append (GTK_BOX (box),
                  san_line_label (_("Its address comes from whoever looks after your computers; it "
                                    "begins with sftp://, dav:// or smb://."),
                                  "san-quiet"));
  gtk_box_append (GTK_BOX (box), row);
  gtk_expander_set_child (GTK_EXPANDER (expander), box);
  return expander;
}

static GtkWidget *
make_adding (SanPage *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *choose = san_line_button (_("Choose a folder…"), NULL);

  gtk_widget_set_halign (choose, GTK_ALIGN_START);
  g_signal_connect (choose, "clicked", G_CALLBACK (choose_cb), page);
  gtk_box_append (GTK_BOX (box), choose);
  gtk_box_append (GTK_BOX (box), make_address (page));
  return box;
}

char *
san_exchange_places_say_where (const char *uri)
{
  g_autoptr(GFile) file = g_file_new_for_uri (uri);

  return g_file_get_parse_name (file);
}

/* Has a card of its own then, with all that can be done with it. */
static gboolean
is_here (const SanExchangeFacts *facts, const char *uri)
{
  for (guint i = 0; i < facts->targets->len; i++)
    if (g_str_equal (((const SanTarget *) g_ptr_array_index (facts->targets, i))->uri, uri))
      return TRUE;
  return FALSE;
}

GtkWidget *
san_exchange_places_forget_button (SanPage *page, const char *name)
{
  g_autofree char *spoken = san_words_print (_("Forget the place %s"), name);
  GtkWidget *forget = san_line_button (_("Forget"), spoken);

  g_object_set_data_full (G_OBJECT (forget), "name", g_strdup (name), g_free);
  g_signal_connect (forget, "clicked", G_CALLBACK (forget_cb), page);
  return forget;
}

static GtkWidget *
make_place (SanPage *page, const SanPlaceRow *row)
{
  GtkWidget *line = san_line_row ("folder-remote-symbolic", row->name, _("It is not here now."),
                                  NULL);

  gtk_box_append (GTK_BOX (line), san_exchange_places_forget_button (page, row->name));
  return line;
}

void
san_exchange_places_show (GtkWidget *lines, SanPage *page, const SanExchangeFacts *facts)
{
  GtkWidget *rows = gtk_widget_get_first_child (lines);

  if (rows == NULL)
    {
      rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
      gtk_box_append (GTK_BOX (lines), rows);
      gtk_box_append (GTK_BOX (lines), make_adding (page));
    }
  san_lines_clear (rows);
  for (guint i = 0; i < facts->places->len; i++)
    {
      const SanPlaceRow *row = g_ptr_array_index (facts->places, i);

      if (!is_here (facts, row->uri))
        gtk_box_append (GTK_BOX (rows), make_place (page, row));
    }
  if (gtk_widget_get_first_child (rows) == NULL)
    gtk_box_append (GTK_BOX (rows),
                    san_line_label (_("Pen drives show themselves. Other places are added here."),
                                    "san-quiet"));
}
