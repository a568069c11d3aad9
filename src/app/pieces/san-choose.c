/* san-choose.c - the desktop's chooser of files and folders, behind one door */
#include "san-choose.h"

typedef struct
{
  GtkWidget            *asker;      /* weak */
  gulong                gone;
  GtkFileChooserNative *native;     /* owned */
  SanChosen             chosen;
  gpointer              data;
} Choice;

static void
end (Choice *choice)
{
  if (choice->asker != NULL)
    g_clear_signal_handler (&choice->gone, choice->asker);
  g_clear_weak_pointer (&choice->asker);
  gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (choice->native));
  g_object_unref (choice->native);
  g_free (choice);
}

static void
asker_gone_cb (GtkWidget *asker, Choice *choice)
{
  end (choice);
}

static void
response_cb (GtkNativeDialog *native, int response, Choice *choice)
{
  GtkWidget *asker = choice->asker;
  SanChosen chosen = choice->chosen;
  gpointer data = choice->data;
  g_autoptr(GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (native));
  end (choice);
  if (file != NULL && asker != NULL)
    chosen (asker, file, data);
}

static void
choose (GtkWidget *asker, GtkFileChooserAction action, const char *title, const char *verb,
        GFile *begin_at, const char *pattern, const char *name, SanChosen chosen, gpointer data)
{
  Choice *choice = g_new0 (Choice, 1);
  GtkRoot *root = gtk_widget_get_root (asker);

  g_set_weak_pointer (&choice->asker, asker);
  choice->gone = g_signal_connect (asker, "destroy", G_CALLBACK (asker_gone_cb), choice);
  choice->chosen = chosen;
  choice->data = data;
  choice->native = gtk_file_chooser_native_new (title,
                                                GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                                action, verb, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (choice->native), TRUE);
  if (begin_at != NULL)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (choice->native), begin_at, NULL);
  if (name != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (choice->native), name);
  if (pattern != NULL)
    {
      g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

      gtk_file_filter_set_name (filter, pattern);
      gtk_file_filter_add_pattern (filter, pattern);
      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (choice->native), filter);
    }
  g_signal_connect (choice->native, "response", G_CALLBACK (response_cb), choice);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (choice->native));
}

void
san_choose_folder (GtkWidget *asker, const char *title, const char *verb, GFile *begin_at,
                   SanChosen chosen, gpointer data)
{
  choose (asker, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, title, verb, begin_at, NULL, NULL, chosen,
          data);
}

void
san_choose_file (GtkWidget *asker, const char *title, const char *verb, GFile *begin_at,
                 const char *pattern, SanChosen chosen, gpointer data)
{
  choose (asker, GTK_FILE_CHOOSER_ACTION_OPEN, title, verb, begin_at, pattern, NULL, chosen, data);
}

void
san_choose_save (GtkWidget *asker, const char *title, const char *verb, GFile *begin_at,
                 const char *name, SanChosen chosen, gpointer data)
{
  choose (asker, GTK_FILE_CHOOSER_ACTION_SAVE, title, verb, begin_at, NULL, name, chosen, data);
}
