/* san-found.c - what the last check found wrong, in words, until somebody locks
 *
 * One row a kind: what it is, what is safe, what to do. The core's own lines name ids only; they
 * stand behind "Details", to be read out or copied for the coordinator. */
#include "san-found.h"
#include "san-checks.h"
#include "san-i18n.h"
#include "san-lines.h"

#define KEY         "san-found"
#define LINES_LIMIT 50u

static void
forget_cb (SanDesk *desk)
{
  g_object_set_data (G_OBJECT (desk), KEY, NULL);
}

void
san_found_keep (SanDesk *desk, GPtrArray *problems)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < problems->len; i++)
    g_ptr_array_add (copy, g_strdup (g_ptr_array_index (problems, i)));
  g_signal_handlers_disconnect_by_func (desk, forget_cb, NULL);
  g_signal_connect (desk, "locked", G_CALLBACK (forget_cb), NULL);
  g_object_set_data_full (G_OBJECT (desk), KEY, copy, (GDestroyNotify) g_ptr_array_unref);
}

static char *
dup_sentence (SanProblemKind kind, guint n, const char **next)
{
  switch (kind)
    {
    case SAN_PROBLEM_NOTE:
      *next = _("All other notes are safe. A laptop or centre that has a whole copy gives it back "
                "with the next exchange; else the last backup has it.");
      return san_words_print (ngettext ("%u note is damaged or not in its place.",
                                        "%u notes are damaged or not in their place.", n),
                              n);
    case SAN_PROBLEM_PIECE:
      *next = _("The notes are safe. Attach the paper again if it is in the house, or exchange "
                "with a laptop that has it.");
      return san_words_print (ngettext ("%u part of an attached file is damaged.",
                                        "%u parts of attached files are damaged.", n),
                              n);
    case SAN_PROBLEM_PAGES:
      *next = _("Nothing is lost: the notes themselves are whole. The pages can be made again "
                "from them.");
      return g_strdup (_("Some pages do not say what their notes say."));
    case SAN_PROBLEM_FILE:
    default:
      *next = _("What can be read is shown as before. The disk may be failing: back up on a new "
                "pen drive now, and go on with another laptop.");
      return g_strdup (_("A file of the records on this laptop is damaged."));
    }
}

static void
copy_cb (GtkButton *button, SanDesk *desk)
{
  GPtrArray *problems = g_object_get_data (G_OBJECT (desk), KEY);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; problems != NULL && i < problems->len; i++)
    g_string_append_printf (text, "%s\n", (const char *) problems->pdata[i]);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)), text->str);
  san_desk_toast (desk, _("Copied, until this laptop is locked."));
}

static GtkWidget *
make_details (SanDesk *desk, GPtrArray *problems)
{
  GtkWidget *details = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *toggle = gtk_toggle_button_new_with_label (_("Details for your coordinator"));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *copy = san_line_button (_("Copy"), _("Copy the details"));

  for (guint i = 0; i < MIN (problems->len, LINES_LIMIT); i++)
    gtk_box_append (GTK_BOX (box), san_line_label (problems->pdata[i], "san-quiet"));
  gtk_widget_set_halign (copy, GTK_ALIGN_START);
  g_signal_connect_object (copy, "clicked", G_CALLBACK (copy_cb), desk, 0);
  gtk_box_append (GTK_BOX (box), copy);
  gtk_widget_set_halign (toggle, GTK_ALIGN_START);
  gtk_widget_set_visible (box, FALSE);
  g_object_bind_property (toggle, "active", box, "visible", G_BINDING_DEFAULT);
  gtk_box_append (GTK_BOX (details), toggle);
  gtk_box_append (GTK_BOX (details), box);
  return details;
}

typedef struct { SanFoundAgain again; gpointer data; } Again;

static void
again_cb (GtkButton *button, Again *self)
{
  self->again (self->data);
}

static GtkWidget *
make_again (SanFoundAgain again, gpointer data)
{
  GtkWidget *button = san_line_button (_("Make the pages again"), NULL);
  Again *self = g_new (Again, 1);

  *self = (Again) { again, data };
  g_object_set_data_full (G_OBJECT (button), "again", self, g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (again_cb), self);
  return button;
}

void
san_found_show (SanDesk *desk, GtkWidget *lines, SanFoundAgain again, gpointer data)
{
  GPtrArray *problems = g_object_get_data (G_OBJECT (desk), KEY);
  guint n[SAN_N_PROBLEM_KINDS] = { 0 };

  if (problems == NULL || problems->len == 0)
    return;
  for (guint i = 0; i < problems->len; i++)
    n[san_checks_get_kind (problems->pdata[i])]++;
  for (guint kind = 0; kind < SAN_N_PROBLEM_KINDS; kind++)
    {
      const char *next;
      g_autofree char *sentence = n[kind] > 0 ? dup_sentence (kind, n[kind], &next) : NULL;
      GtkWidget *row = sentence != NULL
                         ? san_line_row ("dialog-warning-symbolic", sentence, next, "san-overdue")
                         : NULL;

      if (row != NULL && kind == SAN_PROBLEM_PAGES)
        gtk_box_append (GTK_BOX (row), make_again (again, data));
      if (row != NULL)
        gtk_box_append (GTK_BOX (lines), row);
    }
  gtk_box_append (GTK_BOX (lines), make_details (desk, problems));
}
