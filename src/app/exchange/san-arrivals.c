/* san-arrivals.c - what comes from outside: a pen drive, a file opened on the desktop
 *
 * Cards have 1,024 bytes at most, bundles more; which of the two a small file
 * is, its own page finds out. Such a file may come from anybody logged in here: it is a place to
 * look at, no more, and looking never holds up the window. */
#include "san-arrivals.h"
#include "san-exchange-run.h"
#include "san-i18n.h"
#include <string.h>

#define KEY        "san-arrivals"
#define STRIP      "drive"
#define NOT_HERE   "file"
#define CARD_LIMIT 1280                   /* bytes; no bundle is that small */
#define URI_LIMIT  16384                  /* letters: the longest path there is, each in three */

typedef struct
{
  SanDesk   *desk;                  /* borrowed: it owns us */
  SanDrives *drives;
  GFile     *opened;                /* (nullable): waits for the unlock */
} Arrivals;

static void
arrivals_free (Arrivals *self)
{
  g_signal_handlers_disconnect_by_data (self->drives, self);
  g_object_unref (self->drives);
  g_clear_object (&self->opened);
  g_free (self);
}

static gboolean
has_exchange_page (SanDesk *desk)
{
  SanCentre *centre = san_desk_get_centre (desk);
  g_auto(GStrv) roles = centre != NULL ? g_strsplit (san_centre_get_role (centre), "+", -1) : NULL;

  for (guint r = 0; roles != NULL && roles[r] != NULL; r++)
    {
      const SanRole *role = san_catalogue_find_role (san_centre_get_catalogue (centre), roles[r]);

      for (guint i = 0; role != NULL && i < role->n_pages; i++)
        if (g_str_equal (role->pages[i], "exchange"))
          return TRUE;
    }
  return FALSE;
}

static void
offer (Arrivals *self, const SanDrive *drive)
{
  g_autofree char *sentence = NULL;

  if (!has_exchange_page (self->desk))
    return;
  sentence = san_words_print (_("Pen drive found: %s."), drive->name);
  san_desk_strip (self->desk, STRIP, "drive-removable-media-symbolic", sentence, _("Exchange"),
                  "win.go::exchange");
}

static void
found_cb (SanDrives *drives, const SanDrive *drive, Arrivals *self)
{
  offer (self, drive);
}

static void
gone_cb (SanDrives *drives, const SanDrive *drive, Arrivals *self)
{
  san_desk_strip_away (self->desk, STRIP);
}

static void
measured_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(SanDesk) desk = data;
  Arrivals *self = g_object_get_data (G_OBJECT (desk), KEY);
  GFile *file = G_FILE (source);
  g_autoptr(GFileInfo) info = g_file_query_info_finish (file, result, NULL);
  gboolean small = info != NULL && g_file_info_get_size (info) <= CARD_LIMIT;
  SanStop *stop;

  if (self->opened != file)         /* a later one was opened meanwhile */
    return;
  if (!san_desk_is_open (desk))     /* locked meanwhile: it waits again */
    return;
  stop = san_stop_new (small ? "pair" : "exchange");
  stop->part = g_file_get_uri (file);
  g_clear_object (&self->opened);
  san_desk_go (desk, stop);
}

static void
say_not_here (Arrivals *self, const char *sentence)
{
  g_clear_object (&self->opened);
  san_desk_strip (self->desk, NOT_HERE, "dialog-information-symbolic", sentence, NULL, NULL);
}

static void
show_file (Arrivals *self)
{
  g_autofree char *path = g_file_get_path (self->opened);

  if (!has_exchange_page (self->desk))
    say_not_here (self, _("You opened a file that is for the Exchange page. Ask somebody who has "
                          "that page. The file was left as it is."));
  else if (path == NULL)
    say_not_here (self, _("That file cannot be read where it is. Copy it to this laptop or to a "
                          "pen drive, then open it there."));
  else
    g_file_query_info_async (self->opened, G_FILE_ATTRIBUTE_STANDARD_SIZE, 0, G_PRIORITY_DEFAULT,
                             NULL, measured_cb, g_object_ref (self->desk));
}

static void
shown_cb (SanDesk *desk, Arrivals *self)
{
  g_autoptr(GPtrArray) drives = san_drives_list (self->drives);

  if (drives->len > 0)
    offer (self, g_ptr_array_index (drives, 0));
  if (self->opened != NULL && san_desk_is_open (desk))
    show_file (self);
}

static void
run_cb (SanExchangeRun *run, Arrivals *self)
{
  san_desk_strip_away (self->desk, STRIP);
}

static Arrivals *
get (SanDesk *desk)
{
  Arrivals *self = g_object_get_data (G_OBJECT (desk), KEY);

  if (self != NULL)
    return self;
  self = g_new0 (Arrivals, 1);
  self->desk = desk;
  self->drives = san_drives_new ();
  g_signal_connect (self->drives, "found", G_CALLBACK (found_cb), self);
  g_signal_connect (self->drives, "gone", G_CALLBACK (gone_cb), self);
  g_object_set_data_full (G_OBJECT (desk), KEY, self, (GDestroyNotify) arrivals_free);
  return self;
}

void
san_arrivals_begin (SanDesk *desk)
{
  Arrivals *self = get (desk);

  g_signal_connect (desk, "opened", G_CALLBACK (shown_cb), self);
  g_signal_connect (desk, "language-changed", G_CALLBACK (shown_cb), self);
  g_signal_connect (san_exchange_run_of (desk), "changed", G_CALLBACK (run_cb), self);
}

void
san_arrivals_open (SanDesk *desk, GFile *file)
{
  Arrivals *self = get (desk);
  g_autofree char *uri = g_file_get_uri (file);

  if (strlen (uri) > URI_LIMIT)
    return;
  g_set_object (&self->opened, file);
  if (san_desk_is_open (desk))
    show_file (self);
}

GFile *
san_arrivals_get_opened (SanDesk *desk)
{
  return get (desk)->opened;
}

SanDrives *
san_arrivals_get_drives (SanDesk *desk)
{
  return get (desk)->drives;
}
