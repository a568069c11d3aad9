/* san-restore-page.c - a store made anew from a backup, by the recovery code
 *
 * First where the old laptop is: if it is only broken, everybody comes back with her own
 * passphrase; if somebody may have it, one superintendent begins anew and all keys are changed. */
#include "san-restore-page.h"
#include "san-arrivals.h"
#include "san-busy-button.h"
#include "san-carry.h"
#include "san-choose.h"
#include "san-code-step.h"
#include "san-enter.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-lines.h"
#include "san-new-passphrase.h"
#include "san-passphrase-field.h"
#include "san-question.h"
#include "san-sentences.h"
#include <adwaita.h>

#define FOLDER "sanrakshan-backup"        /* on a pen drive */

struct _SanRestorePage
{
  SanPage parent_instance;

  GtkWidget          *root, *place;
  GtkWidget          *lost, *where, *anew;
  GtkEntry           *name;
  SanPassphraseField *code;
  SanNewPassphrase   *fresh;
  SanBusyButton      *restore;
  GtkLabel           *said;
  char               *folder;       /* (nullable): URI */
  char               *who;          /* (nullable): who begins anew */
  SanCentre          *centre;       /* (nullable): of a lost laptop, until the new code is kept */
};

G_DEFINE_FINAL_TYPE (SanRestorePage, san_restore_page, SAN_TYPE_PAGE)

typedef struct
{
  SanDesk *desk;
  char *folder, *name;
  SanSecret *code, *passphrase;
  gboolean dead;
} Work;
typedef struct { SanCentre *centre; char *name; SanRestoreResult result; } Done;

static void
work_free (Work *work)
{
  g_object_unref (work->desk);
  g_free (work->folder);
  g_free (work->name);
  g_clear_pointer (&work->code, san_secret_unref);
  g_clear_pointer (&work->passphrase, san_secret_unref);
  g_free (work);
}

static void
done_free (Done *done)
{
  g_clear_object (&done->centre);
  g_free (done->name);
  g_clear_pointer (&done->result.code, san_secret_unref);
  g_free (done);
}

static gpointer
restore (SanCentre *none, gpointer input, GCancellable *cancellable, GError **error)
{
  const Work *work = input;
  g_autoptr(GError) failure = NULL;
  Done *done = g_new0 (Done, 1);

  done->centre = san_carry_restore (san_desk_get_where (work->desk), work->folder, work->code,
                                    work->dead, work->name, work->passphrase, &done->result,
                                    &failure);
  if (done->centre != NULL)
    done->name = san_centre_dup_name (done->centre);
  if (failure == NULL)
    return done;
  g_propagate_error (error, g_steal_pointer (&failure));
  done_free (done);
  return NULL;
}

/* --- after --- */

static void
enter (SanRestorePage *self)
{
  g_autoptr(SanDesk) desk = g_object_ref (san_page_get_desk (SAN_PAGE (self)));
  g_autofree char *name = g_strdup (self->who);

  san_enter (desk, g_steal_pointer (&self->centre), name);
}

/* Of a lost laptop the new store is open already. */
static void
open_cb (SanRestorePage *self)
{
  SanDesk *desk = san_page_get_desk (SAN_PAGE (self));
  g_autofree char *store = g_strdup (san_desk_get_where (desk)->store);

  if (self->centre != NULL)
    {
      enter (self);
      return;
    }
  san_desk_set_store (desk, store);           /* its unlock page now */
}

static void
show_done (SanRestorePage *self, const SanRestoreResult *result, const char *centre)
{
  g_autofree char *notes = san_words_print (ngettext ("Restored %u note.", "Restored %u notes.",
                                                      result->entries),
                                            result->entries);
  g_autofree char *missing = result->missing == 0
                               ? NULL
                               : san_words_print (ngettext ("%u part of the backup is missing. Put "
                                                            "it into the folder and restore again.",
                                                            "%u parts of the backup are missing. "
                                                            "Put them into the folder and restore "
                                                            "again.",
                                                            result->missing),
                                                  result->missing);
  GtkWidget *lines;

  san_lines_clear (self->place);
  gtk_box_append (GTK_BOX (self->place), san_line_card (_("Restored"), &lines));
  gtk_box_append (GTK_BOX (lines),
                  san_line_row (missing == NULL ? "emblem-ok-symbolic" : "dialog-warning-symbolic",
                                notes, missing, missing == NULL ? "san-done" : "san-overdue"));
  gtk_box_append (GTK_BOX (lines), san_line_label (_("Before anybody writes, exchange once with "
                                                     "every place that you have: what is newer "
                                                     "than the backup comes back that way."),
                                                   NULL));
  if (result->code != NULL)
    {
      GtkWidget *step = san_code_step_new (result->code, centre);

      gtk_box_append (GTK_BOX (lines), san_line_label (_("The old recovery code no longer opens "
                                                         "anything new. This is the new one."),
                                                       NULL));
      g_signal_connect_swapped (step, "kept", G_CALLBACK (enter), self);
      gtk_box_append (GTK_BOX (self->place), step);
    }
  else
    {
      GtkWidget *open = san_line_button (self->centre != NULL ? _("Open") : _("Go on to unlock"),
                                         NULL);

      gtk_widget_add_css_class (open, "suggested-action");
      gtk_widget_set_halign (open, GTK_ALIGN_START);
      g_signal_connect_swapped (open, "clicked", G_CALLBACK (open_cb), self);
      gtk_box_append (GTK_BOX (lines), open);
      gtk_widget_grab_focus (open);
    }
}

static char *
say_error (const GError *error)
{
  if (san_error_is_wrong_secret (error) || g_error_matches (error, SAN_ERROR, SAN_ERROR_LOCKED))
    return g_strdup (_("That is not the recovery code of this backup, or a symbol is wrong. "
                       "Nothing was changed."));
  if (g_error_matches (error, SAN_ERROR, SAN_ERROR_NOT_FOUND) ||
      g_error_matches (error, SAN_ERROR, SAN_ERROR_NOT_FOR_US))
    return g_strdup (_("There is no backup in that folder that this code opens. Nothing was "
                       "changed. Look at the folder and the code again."));
  return san_sentence_for_error (error);
}

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanRestorePage *self = SAN_RESTORE_PAGE (source);
  g_autoptr(GError) error = NULL;
  Done *done = san_worker_run_finish (result, &error);

  san_busy_button_set_busy (self->restore, FALSE);
  if (done == NULL)
    {
      g_autofree char *sentence = say_error (error);

      gtk_label_set_label (self->said, sentence);
      gtk_widget_grab_focus (GTK_WIDGET (self->code));
      return;
    }
  self->centre = g_steal_pointer (&done->centre);
  show_done (self, &done->result, done->name);
  done_free (done);
}

/* --- before --- */

static gboolean
is_lost (SanRestorePage *self)
{
  return gtk_check_button_get_active (GTK_CHECK_BUTTON (self->lost));
}

static void
changed_cb (SanRestorePage *self)
{
  gboolean ready = self->folder != NULL && san_passphrase_field_get_length (self->code) > 0;

  if (is_lost (self))
    ready = ready && *gtk_editable_get_text (GTK_EDITABLE (self->name)) != '\0' &&
            san_new_passphrase_is_ready (self->fresh);
  gtk_widget_set_visible (self->anew, is_lost (self));
  gtk_widget_set_sensitive (GTK_WIDGET (self->restore),
                            ready && !san_busy_button_is_busy (self->restore));
}

static void
yes_cb (GtkWidget *over, gpointer data)
{
  SanRestorePage *self = SAN_RESTORE_PAGE (over);
  Work *work = g_new0 (Work, 1);

  work->desk = g_object_ref (san_page_get_desk (SAN_PAGE (self)));
  work->folder = g_strdup (self->folder);
  work->code = san_passphrase_field_dup (self->code);
  work->dead = !is_lost (self);
  if (!work->dead)
    {
      work->name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name)));
      g_free (self->who);
      self->who = g_strdup (work->name);
      work->passphrase = san_new_passphrase_take (self->fresh);
    }
  gtk_label_set_label (self->said, "");
  san_busy_button_set_busy (self->restore, TRUE);
  san_desk_ask_outside (work->desk, GTK_WIDGET (self), restore, work, (GDestroyNotify) work_free,
                        (GDestroyNotify) done_free, restored_cb, NULL);
}

static void
restore_cb (SanRestorePage *self)
{
  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->restore)))
    return;
  san_question_ask (GTK_WIDGET (self), _("Restore this backup here?"),
                    is_lost (self) ? _("The old laptop is shut out from now on, and all keys are "
                                       "changed. Nothing else on any other laptop is touched.")
                                   : _("This laptop takes the place of the old one. Do not use "
                                       "the old one any more, should it wake up again. Nothing on "
                                       "any other laptop is touched."),
                    _("Not now"), _("Restore"), yes_cb, NULL, NULL);
}

static void
set_folder (SanRestorePage *self, GFile *folder)
{
  g_autofree char *name = g_file_get_parse_name (folder);

  g_free (self->folder);
  self->folder = g_file_get_uri (folder);
  san_lines_clear (self->where);
  gtk_box_append (GTK_BOX (self->where),
                  san_line_row ("drive-removable-media-symbolic", name, NULL, NULL));
  changed_cb (self);
}

static void
chosen_cb (GtkWidget *asker, GFile *folder, gpointer data)
{
  set_folder (SAN_RESTORE_PAGE (asker), folder);
}

static void
choose_cb (SanRestorePage *self)
{
  san_choose_folder (GTK_WIDGET (self), _("Where is the backup?"), _("Use this folder"), NULL,
                     chosen_cb, NULL);
}

/* A backup on a pen drive is found without being looked for. */
static void
look_cb (SanRestorePage *self)
{
  g_autoptr(GPtrArray)
    drives = san_drives_list (san_arrivals_get_drives (san_page_get_desk (SAN_PAGE (self))));

  for (guint i = 0; i < drives->len && self->folder == NULL; i++)
    {
      g_autoptr(GFile) root = g_file_new_for_uri (((const SanDrive *) drives->pdata[i])->uri);
      g_autoptr(GFile) folder = g_file_get_child (root, FOLDER);

      if (g_file_query_exists (folder, NULL))
        set_folder (self, folder);
    }
}

static void
add_laptop (SanRestorePage *self)
{
  GtkWidget *lines;
  GtkWidget *broken = san_line_check (_("It is broken"),
                                      _("We still have it. Everybody opens with her own "
                                        "passphrase as before."));

  gtk_box_append (GTK_BOX (self->place), san_line_card (_("1 Where is the old laptop?"), &lines));
  self->lost = san_line_check (_("It is lost or stolen"),
                               _("Somebody may have it. It is shut out, all keys are "
                                 "changed, and everybody else gets a new slip."));
  gtk_check_button_set_group (GTK_CHECK_BUTTON (self->lost), GTK_CHECK_BUTTON (broken));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (broken), TRUE);
  gtk_box_append (GTK_BOX (lines), broken);
  gtk_box_append (GTK_BOX (lines), self->lost);
}

static void
add_proof (SanRestorePage *self)
{
  GtkWidget *lines;
  GtkWidget *choose = san_line_button (_("Choose a folder…"), NULL);

  gtk_box_append (GTK_BOX (self->place), san_line_card (_("2 Where is the backup?"), &self->where));
  gtk_box_append (GTK_BOX (self->where),
                  san_line_label (_("Plug in its pen drive, or choose its folder."), "san-quiet"));
  gtk_widget_set_halign (choose, GTK_ALIGN_START);
  g_signal_connect_swapped (choose, "clicked", G_CALLBACK (choose_cb), self);
  gtk_box_append (GTK_BOX (gtk_widget_get_parent (self->where)), choose);
  gtk_box_append (GTK_BOX (self->place), san_line_card (_("3 Recovery code"), &lines));
  gtk_box_append (GTK_BOX (lines), san_line_label (_("From the sealed envelope. Small letters, "
                                                     "blanks and hyphens do not matter."),
                                                   "san-quiet"));
  self->code = SAN_PASSPHRASE_FIELD (san_passphrase_field_new (_("Recovery code")));
  san_passphrase_field_set_plain (self->code, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->code), "san-code");
  gtk_box_append (GTK_BOX (lines), GTK_WIDGET (self->code));
}

static void
add_anew (SanRestorePage *self)
{
  GtkWidget *lines;

  self->anew = san_line_card (_("4 Who begins anew?"), &lines);
  gtk_box_append (GTK_BOX (self->place), self->anew);
  gtk_box_append (GTK_BOX (lines),
                  san_line_label (_("The short name of the superintendent"), NULL));
  self->name = GTK_ENTRY (gtk_entry_new ());
  gtk_entry_set_input_hints (self->name, GTK_INPUT_HINT_PRIVATE | GTK_INPUT_HINT_NO_EMOJI);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->name), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("The short name of the superintendent"), -1);
  gtk_box_append (GTK_BOX (lines), GTK_WIDGET (self->name));
  self->fresh = g_object_new (SAN_TYPE_NEW_PASSPHRASE, NULL);
  gtk_box_append (GTK_BOX (lines), GTK_WIDGET (self->fresh));
}

static void
back_cb (SanRestorePage *self)
{
  san_desk_back (san_page_get_desk (SAN_PAGE (self)));
}

static void
add_end (SanRestorePage *self)
{
  GtkWidget *row = san_line_new (12);
  GtkWidget *back = san_line_button (_("Back"), NULL);

  self->said = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "xalign", 0.0, "accessible-role",
                             GTK_ACCESSIBLE_ROLE_ALERT, NULL);
  gtk_box_append (GTK_BOX (self->place), GTK_WIDGET (self->said));
  self->restore = g_object_new (SAN_TYPE_BUSY_BUTTON, "word", _("Restore…"), NULL);
  gtk_widget_set_halign (row, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (row), back);
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->restore));
  gtk_box_append (GTK_BOX (self->place), row);
  g_signal_connect_swapped (back, "clicked", G_CALLBACK (back_cb), self);
  g_signal_connect_swapped (self->restore, "clicked", G_CALLBACK (restore_cb), self);
}

static void
start (SanPage *page)
{
  SanRestorePage *self = SAN_RESTORE_PAGE (page);
  SanDrives *drives = san_arrivals_get_drives (san_page_get_desk (page));

  gtk_box_append (GTK_BOX (self->place), san_line_label (_("Restore a backup"), "title-2"));
  add_laptop (self);
  add_proof (self);
  add_anew (self);
  add_end (self);
  g_signal_connect_swapped (self->lost, "toggled", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->code, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->code, "entered", G_CALLBACK (restore_cb), self);
  g_signal_connect_swapped (self->name, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->fresh, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->fresh, "entered", G_CALLBACK (restore_cb), self);
  g_signal_connect_object (drives, "found", G_CALLBACK (look_cb), self, G_CONNECT_SWAPPED);
  look_cb (self);
  changed_cb (self);
}

static void
san_restore_page_dispose (GObject *object)
{
  SanRestorePage *self = SAN_RESTORE_PAGE (object);

  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->who, g_free);
  g_clear_object (&self->centre);
  gtk_widget_dispose_template (GTK_WIDGET (self), SAN_TYPE_RESTORE_PAGE);
  G_OBJECT_CLASS (san_restore_page_parent_class)->dispose (object);
}

static void
san_restore_page_class_init (SanRestorePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = san_restore_page_dispose;
  SAN_PAGE_CLASS (klass)->start = start;
  SAN_PAGE_CLASS (klass)->help = "restore";
  gtk_widget_class_set_template_from_resource (widget_class, SAN_RESOURCE_UI "san-restore-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SanRestorePage, root);
  gtk_widget_class_bind_template_child (widget_class, SanRestorePage, place);
}

static void
san_restore_page_init (SanRestorePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
