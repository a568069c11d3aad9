/* san-backup-page.c - last backup, last check, last exchange, and doing the first two now
 *
 * Both go on while another page is shown; their row at the foot can cancel them, and so does a
 * lock. */
#include "san-backup-page.h"
#include "san-arrivals.h"
#include "san-carry.h"
#include "san-checks.h"
#include "san-choose.h"
#include "san-day-words.h"
#include "san-found.h"
#include "san-i18n.h"
#include "san-lines.h"
#include "san-new-code-card.h"
#include "san-sentences.h"
#include <adwaita.h>

#define FOLDER    "sanrakshan-backup"     /* on a pen drive */

struct _SanBackupPage
{
  SanPage parent_instance;

  GtkWidget *root, *place;
  GtkWidget *backup, *check, *exchange;   /* boxes of lines */
  SanDrives *drives;                /* borrowed from the desk */
};

G_DEFINE_FINAL_TYPE (SanBackupPage, san_backup_page, SAN_TYPE_PAGE)

/* What the worker holds; the row at the foot ends on the main thread when it is let go. */
typedef struct
{
  char         *folder;             /* path or URI; NULL: a check */
  gboolean      make;               /* the folder may be missing */
  gboolean      again;              /* the pages are made again before the check */
  GCancellable *cancellable;
  SanJob       *job;
} Work;

typedef struct { guint entries; guint pieces; SanVerifyResult *checked; } Done;

static gboolean
end_work_cb (gpointer data)
{
  Work *work = data;

  san_job_end (work->job);
  g_object_unref (work->cancellable);
  g_free (work->folder);
  g_free (work);
  return G_SOURCE_REMOVE;
}

static void
let_go (gpointer data)
{
  g_idle_add (end_work_cb, data);
}

static void
done_free (Done *done)
{
  g_clear_pointer (&done->checked, san_verify_result_free);
  g_free (done);
}

static void
told (const char *what, guint64 done, guint64 of, gpointer data)
{
  san_job_progress (((Work *) data)->job, done, of);
}

static void
pass_on_cb (GCancellable *cancellable, GCancellable *other)
{
  g_cancellable_cancel (other);
}

static gboolean
do_work (SanCentre *centre, Work *work, Done *done, GError **error)
{
  g_autoptr(GFile) folder = NULL;

  if (work->again && !san_checks_rebuild (centre, work->cancellable, error))
    return FALSE;
  if (work->folder == NULL)
    {
      done->checked = san_checks_verify (centre, TRUE, told, work, work->cancellable, error);
      return done->checked != NULL;
    }
  folder = g_file_new_for_commandline_arg (work->folder);
  if (work->make)
    g_file_make_directory (folder, NULL, NULL);      /* there already, or the backup says why not */
  return san_carry_backup (centre, work->folder, told, work, &done->entries, &done->pieces,
                           work->cancellable, error);
}

static gpointer
work_func (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  Work *work = input;
  gulong lock = g_cancellable_connect (cancellable, G_CALLBACK (pass_on_cb), work->cancellable,
                                       NULL);
  Done *done = g_new0 (Done, 1);
  gboolean ok = do_work (centre, work, done, error);

  g_cancellable_disconnect (cancellable, lock);
  if (ok)
    return done;
  done_free (done);
  return NULL;
}

static void
say_checked (SanDesk *desk, const SanVerifyResult *checked)
{
  g_autofree char *sentence = NULL;

  san_found_keep (desk, checked->problems);
  if (checked->problems->len == 0)
    {
      san_desk_strip_away (desk, "check");
      san_desk_toast (desk, _("Everything is in order."));
      return;
    }
  sentence = san_words_print (ngettext ("%u thing is not in order. Do not delete anything. Make a "
                                        "backup on a new pen drive now, and call your coordinator.",
                                        "%u things are not in order. Do not delete anything. Make "
                                        "a backup on a new pen drive now, and call your "
                                        "coordinator.",
                                        checked->problems->len),
                              checked->problems->len);
  san_desk_strip (desk, "check", "dialog-warning-symbolic", sentence, _("See what"),
                  "win.go::backup");
}

static void
worked_cb (GObject *none, GAsyncResult *result, gpointer data)
{
  SanDesk *desk = data;
  g_autoptr(GError) error = NULL;
  Done *done = san_worker_run_finish (result, &error);

  if (done == NULL)
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        san_desk_toast (desk, _("Stopped. Nothing was changed."));
      else if (g_error_matches (error, SAN_ERROR, SAN_ERROR_NO_SPACE))
        san_desk_strip (desk, "error", "dialog-warning-symbolic",
                        _("There is no space left for the backup. It does not count; nothing on "
                          "this laptop was changed. "
                          "Use another pen drive, or free some space, then back up again."),
                        NULL, NULL);
      else
        san_desk_complain (desk, error);
      san_desk_changed (desk);
      return;
    }
  if (done->checked != NULL)
    say_checked (desk, done->checked);
  else
    san_desk_toast (desk, _("Backed up, read back, and it matched. Put the pen drive where the "
                            "laptop is not."));
  done_free (done);
  san_desk_changed (desk);
}

static void
begin (SanBackupPage *self, const char *folder, gboolean make, gboolean again, const char *what)
{
  SanDesk *desk = san_page_get_desk (SAN_PAGE (self));
  Work *work = g_new0 (Work, 1);

  work->folder = g_strdup (folder);
  work->make = make;
  work->again = again;
  work->cancellable = g_cancellable_new ();
  work->job = san_desk_begin_job (desk, what, work->cancellable);
  gtk_widget_set_sensitive (self->place, FALSE);         /* until the page asks anew */
  san_desk_ask (desk, NULL, work_func, work, let_go, (GDestroyNotify) done_free, worked_cb, desk);
}

/* --- backup --- */

static void
back_up_cb (GtkWidget *button, SanBackupPage *self)
{
  begin (self, g_object_get_data (G_OBJECT (button), "folder"), TRUE, FALSE, _("Backing up"));
}

static void
folder_chosen_cb (GtkWidget *asker, GFile *folder, gpointer data)
{
  g_autofree char *uri = g_file_get_uri (folder);

  begin (SAN_BACKUP_PAGE (asker), uri, FALSE, FALSE, _("Backing up"));
}

static void
choose_cb (SanBackupPage *self)
{
  san_choose_folder (GTK_WIDGET (self), _("Where shall the backup go?"), _("Back up here"), NULL,
                     folder_chosen_cb, NULL);
}

static GtkWidget *
add_back_up (SanBackupPage *self, const char *word, const char *folder)
{
  GtkWidget *button = san_line_button (word, NULL);

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_object_set_data_full (G_OBJECT (button), "folder", g_strdup (folder), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (back_up_cb), self);
  gtk_box_append (GTK_BOX (self->backup), button);
  return button;
}

/* The drive of the last backup first, as one press; then the others that are here. */
static void
add_back_up_buttons (SanBackupPage *self, const SanCarryTimes *times)
{
  g_autoptr(GPtrArray) drives = san_drives_list (self->drives);
  GtkWidget *first = NULL, *choose;
  g_autoptr(GFile) last = times->backup_folder != NULL
                            ? g_file_new_for_uri (times->backup_folder) : NULL;

  if (last != NULL && g_file_is_native (last) && g_file_query_exists (last, NULL))
    first = add_back_up (self, _("Back up now"), times->backup_folder);
  for (guint i = 0; i < drives->len; i++)
    {
      const SanDrive *drive = g_ptr_array_index (drives, i);
      g_autoptr(GFile) root = g_file_new_for_uri (drive->uri);
      g_autoptr(GFile) folder = g_file_get_child (root, FOLDER);
      g_autofree char *uri = g_file_get_uri (folder);
      g_autofree char *word = san_words_print (_("Back up to %s"), drive->name);
      GtkWidget *button;

      if (g_strcmp0 (uri, times->backup_folder) == 0 && first != NULL)
        continue;
      button = add_back_up (self, word, uri);
      if (first == NULL)
        first = button;
    }
  choose = san_line_button (_("Back up to a folder…"), NULL);
  gtk_widget_set_halign (choose, GTK_ALIGN_START);
  g_signal_connect_swapped (choose, "clicked", G_CALLBACK (choose_cb), self);
  gtk_box_append (GTK_BOX (self->backup), choose);
  gtk_widget_add_css_class (first != NULL ? first : choose, "suggested-action");
}

static char *
dup_folder_name (const char *uri)
{
  g_autoptr(GFile) folder = g_file_new_for_uri (uri);
  g_autofree char *base = g_file_get_basename (folder);
  g_autoptr(GFile) parent = g_file_get_parent (folder);

  return g_strcmp0 (base, FOLDER) == 0 && parent != NULL
           ? g_file_get_basename (parent) : g_steal_pointer (&base);
}

static void
show_backup (SanBackupPage *self, const SanCarryTimes *times)
{
  gint64 now = san_clock_now ();
  gboolean old = san_carry_is_long_ago (times->backup_ms, now);
  g_autofree char *ago = san_words_ago (times->backup_ms, now);
  g_autofree char *name = times->backup_folder != NULL
                            ? dup_folder_name (times->backup_folder) : NULL;
  g_autofree char *first = times->backup_ms == 0
                             ? g_strdup (_("There is no backup yet."))
                             : san_words_print (_("Last backup: %1$s, to %2$s."), ago,
                                                name != NULL ? name : "?");
  g_autofree char *second = times->backup_ms == 0
                              ? g_strdup (_("Without one, a lost laptop is a lost centre. Only "
                                            "the recovery code opens a backup."))
                              : san_words_print (ngettext ("%" G_GUINT64_FORMAT
                                                           " note, read back and matched.",
                                                           "%" G_GUINT64_FORMAT
                                                           " notes, read back and matched.",
                                                           (gulong) times->backup_entries),
                                                 times->backup_entries);

  san_lines_clear (self->backup);
  gtk_box_append (GTK_BOX (self->backup),
                  san_line_row (old ? "task-past-due-symbolic" : "emblem-ok-symbolic", first,
                                second, old ? "san-overdue" : "san-done"));
  add_back_up_buttons (self, times);
}

/* --- check --- */

static void
check_cb (SanBackupPage *self)
{
  begin (self, NULL, FALSE, FALSE, _("Checking everything"));
}

static void
again_cb (gpointer data)
{
  begin (data, NULL, FALSE, TRUE, _("Making the pages again, and checking"));
}

static void
show_check (SanBackupPage *self, const SanCarryTimes *times)
{
  g_autofree char *ago = san_words_ago (times->check_ms, san_clock_now ());
  g_autofree char *first = times->check_ms == 0
                             ? g_strdup (_("Nothing was checked on this laptop yet."))
                             : san_words_print (_("Last check: %s."), ago);
  g_autofree char *second = NULL;
  gboolean bad = times->check_problems > 0;
  GtkWidget *button = san_line_button (_("Check everything"), NULL);

  if (bad)
    second = san_words_print (ngettext ("%u thing was not in order.",
                                        "%u things were not in order.", times->check_problems),
                              times->check_problems);
  else if (times->check_ms != 0)
    second = san_words_print (ngettext ("%" G_GUINT64_FORMAT " note, every link in order.",
                                        "%" G_GUINT64_FORMAT " notes, every link in order.",
                                        (gulong) times->check_entries),
                              times->check_entries);
  else
    second = g_strdup (_("A check reads every note and sees whether anything was changed or "
                         "lost."));
  san_lines_clear (self->check);
  gtk_box_append (GTK_BOX (self->check),
                  san_line_row (bad                    ? "dialog-warning-symbolic"
                                : times->check_ms == 0 ? "edit-find-symbolic"
                                                       : "emblem-ok-symbolic",
                                first, second,
                                bad                    ? "san-overdue"
                                : times->check_ms == 0 ? "san-quiet"
                                                       : "san-done"));
  san_found_show (san_page_get_desk (SAN_PAGE (self)), self->check, again_cb, self);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (check_cb), self);
  gtk_box_append (GTK_BOX (self->check), button);
}

/* --- exchange --- */

static void
exchange_cb (SanBackupPage *self)
{
  san_desk_go_page (san_page_get_desk (SAN_PAGE (self)), "exchange");
}

static void
show_exchange (SanBackupPage *self, const SanCarryTimes *times)
{
  gint64 now = san_clock_now ();
  gboolean old = san_carry_is_long_ago (times->exchange_ms, now);
  g_autofree char *ago = san_words_ago (times->exchange_ms, now);
  g_autofree char *words = times->exchange_ms == 0
                             ? g_strdup (_("This laptop has not exchanged yet."))
                             : san_words_print (_("Last exchange: %s."), ago);
  GtkWidget *row = san_line_row (old ? "task-past-due-symbolic" : "emblem-ok-symbolic", words, NULL,
                                 old ? "san-overdue" : "san-done");
  GtkWidget *button = san_line_button (_("Go to Exchange"), NULL);

  san_lines_clear (self->exchange);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (exchange_cb), self);
  gtk_box_append (GTK_BOX (row), button);
  gtk_box_append (GTK_BOX (self->exchange), row);
}

/* --- the page --- */

static gpointer
get_times (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  return san_carry_get_times (centre);
}

static void
times_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanBackupPage *self = SAN_BACKUP_PAGE (source);
  g_autoptr(SanCarryTimes) times = san_worker_run_finish (result, NULL);
  gboolean focused;

  if (times == NULL)
    return;
  gtk_widget_set_sensitive (self->place, TRUE);
  focused = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self))) == NULL ||
            gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;
  show_backup (self, times);
  show_check (self, times);
  show_exchange (self, times);
  if (focused)
    gtk_widget_child_focus (self->backup, GTK_DIR_TAB_FORWARD);
}

static void
refresh (SanPage *page)
{
  san_desk_ask (san_page_get_desk (page), GTK_WIDGET (page), get_times, NULL, NULL,
                (GDestroyNotify) san_carry_times_free, times_cb, NULL);
}

static void
plugged_cb (SanBackupPage *self)
{
  refresh (SAN_PAGE (self));
}

static void
start (SanPage *page)
{
  SanBackupPage *self = SAN_BACKUP_PAGE (page);
  GtkWidget *lines;

  san_page_set_title (page, _("Backup and check"));
  self->drives = san_arrivals_get_drives (san_page_get_desk (page));
  g_signal_connect_object (self->drives, "found", G_CALLBACK (plugged_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->drives, "gone", G_CALLBACK (plugged_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->place), san_line_card (_("Backup"), &self->backup));
  gtk_box_append (GTK_BOX (self->place), san_line_card (_("Check"), &self->check));
  gtk_box_append (GTK_BOX (self->place), san_line_card (_("Exchange"), &self->exchange));
  gtk_box_append (GTK_BOX (self->place), san_new_code_card_new (san_page_get_desk (page)));
  gtk_box_append (GTK_BOX (self->place),
                  san_line_card (_("If this laptop breaks or is lost"), &lines));
  gtk_box_append (GTK_BOX (lines),
                  san_line_label (_("Take another laptop and install Sanrakshan. On its first "
                                    "page choose “Restore a backup”. You need the backup and the "
                                    "recovery code from the sealed envelope. Nothing on any other "
                                    "laptop is touched."),
                                  NULL));
  refresh (page);
}

static void
san_backup_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SAN_TYPE_BACKUP_PAGE);
  G_OBJECT_CLASS (san_backup_page_parent_class)->dispose (object);
}

static void
san_backup_page_class_init (SanBackupPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = san_backup_page_dispose;
  SAN_PAGE_CLASS (klass)->start = start;
  SAN_PAGE_CLASS (klass)->refresh = refresh;
  SAN_PAGE_CLASS (klass)->help = "backup";
  gtk_widget_class_set_template_from_resource (widget_class, SAN_RESOURCE_UI "san-backup-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SanBackupPage, root);
  gtk_widget_class_bind_template_child (widget_class, SanBackupPage, place);
}

static void
san_backup_page_init (SanBackupPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
