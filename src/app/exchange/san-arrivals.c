/* san-arrivals.c - what comes from outside: a pen drive, a file opened on the desktop
 *
 * Cards have 1,024 bytes at most, bundles more; which of the two a small file
 * is, its own page finds out. */
#include "san-arrivals.h"
#include "san-exchange-run.h"
#include "san-i18n.h"

#define KEY        "san-arrivals"
#define STRIP      "drive"
#define CARD_LIMIT 1280                   /* bytes; no bundle is that small */

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
show_file (Arrivals *self)
{
  g_autoptr(GFile) file = g_steal_pointer (&self->opened);
  g_autoptr(GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, 0, NULL,
                                                 NULL);
  SanStop *stop = san_stop_new (info != NULL && g_file_info_get_size (info) <= CARD_LIMIT
                                  ? "pair"
                                  : "exchange");

  stop->part = g_file_get_uri (file);
  san_desk_go (self->desk, stop);
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

  g_set_object (&self->opened, file);
  if (san_desk_is_open (desk))
    show_file (self);
}

SanDrives *
san_arrivals_get_drives (SanDesk *desk)
{
  return get (desk)->drives;
}
