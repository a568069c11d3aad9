/* san-make-space.c - the laptop's disk is full while somebody saves
 *
 * What could go stands outside our store: films, copies, the waste basket. So the button opens her
 * folder with whatever the desktop has for it. */
#include "san-make-space.h"
#include "san-i18n.h"

void
san_make_space_complain (SanDesk *desk, const GError *error)
{
  if (!g_error_matches (error, SAN_ERROR, SAN_ERROR_NO_SPACE))
    {
      san_desk_complain (desk, error);
      return;
    }
  san_desk_strip (desk, "error", "dialog-warning-symbolic",
                  _("There is no space left on this laptop. What you typed is kept in memory and "
                     "on screen. Free some space "
                     "or plug in a pen drive, then press Save again."),
                  _("Make space"), "app.make-space");
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(SanDesk) desk = data;

  if (!g_app_info_launch_default_for_uri_finish (result, NULL))
    san_desk_toast (
        desk,
        _("No program for folders was found here. Outside Sanrakshan, delete what is not needed, "
           "or move it to a pen drive."));
}

void
san_make_space_open (SanDesk *desk)
{
  g_autofree char *folder = g_filename_to_uri (g_get_home_dir (), NULL, NULL);

  if (folder != NULL)
    g_app_info_launch_default_for_uri_async (folder, NULL, NULL, opened_cb, g_object_ref (desk));
}
