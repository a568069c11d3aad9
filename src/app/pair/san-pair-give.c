/* san-pair-give.c - a button a pen drive, one for a folder, and where the card was put
 *
 * A card holds no secret. The last one that was given counts, so that it may be given again. */
#include "san-pair-give.h"
#include "san-choose.h"
#include "san-i18n.h"
#include "san-lines.h"
#include "san-pair-cards.h"

#define SAID "said"                          /* names the row that says where it is */

static SanDesk *
desk_of (GtkWidget *lines)
{
  return g_object_get_data (G_OBJECT (lines), "desk");
}

static void
say_given (GtkWidget *lines, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *sentence = san_words_print (_("Your card is there: %s. It holds no secret: it "
                                                 "may travel any way you like. "
                                                 "The last one that you gave counts."),
                                               name);
  GtkWidget *last = gtk_widget_get_last_child (lines);
  GtkWidget *row = san_line_row ("emblem-ok-symbolic", sentence, NULL, "san-done");

  if (last != NULL && g_object_get_data (G_OBJECT (last), SAID) != NULL)
    gtk_box_remove (GTK_BOX (lines), last);
  g_object_set_data (G_OBJECT (row), SAID, row);
  gtk_box_append (GTK_BOX (lines), row);
}

static void
given_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GtkWidget *lines = GTK_WIDGET (source);
  g_autoptr(GError) error = NULL;
  g_autofree char *path = san_worker_run_finish (result, &error);

  if (path == NULL)
    san_desk_complain (desk_of (lines), error);
  else
    say_given (lines, path);
}

static void
give_to (GtkWidget *lines, const char *folder)
{
  san_desk_ask (desk_of (lines), lines, san_pair_give, g_strdup (folder), g_free, g_free, given_cb,
                NULL);
}

static void
folder_chosen_cb (GtkWidget *lines, GFile *folder, gpointer data)
{
  g_autofree char *path = g_file_get_path (folder);

  if (path != NULL)
    give_to (lines, path);
}

static void
choose_folder_cb (GtkWidget *lines)
{
  san_choose_folder (lines, _("Where shall your card go?"), _("Put it here"), NULL,
                     folder_chosen_cb, NULL);
}

static void
give_clicked_cb (GtkWidget *button, GtkWidget *lines)
{
  give_to (lines, g_object_get_data (G_OBJECT (button), "path"));
}

static GtkWidget *
add_button (GtkWidget *lines, const char *words)
{
  GtkWidget *button = san_line_button (words, NULL);

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (lines), button);
  return button;
}

void
san_pair_give_fill (GtkWidget *lines, SanDesk *desk, SanDrives *drives)
{
  g_autoptr(GPtrArray) list = san_drives_list (drives);

  g_object_set_data_full (G_OBJECT (lines), "desk", g_object_ref (desk), g_object_unref);
  san_lines_clear (lines);
  gtk_box_append (GTK_BOX (lines), san_line_label (_("Your card tells them who you are. Carry it "
                                                     "on a pen drive, or send it in any way."),
                                                   NULL));
  for (guint i = 0; i < list->len; i++)
    {
      const SanDrive *drive = g_ptr_array_index (list, i);
      g_autoptr(GFile) root = g_file_new_for_uri (drive->uri);
      g_autofree char *words = san_words_print (_("Put it on %s"), drive->name);
      GtkWidget *button = add_button (lines, words);

      g_object_set_data_full (G_OBJECT (button), "path", g_file_get_path (root), g_free);
      g_signal_connect (button, "clicked", G_CALLBACK (give_clicked_cb), lines);
    }
  g_signal_connect_swapped (add_button (lines, _("Put it in a folder…")), "clicked",
                            G_CALLBACK (choose_folder_cb), lines);
}
