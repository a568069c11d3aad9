/* test-templates.c - every template of ui/ becomes a widget, and every page can be made and thrown
 * away before it was ever shown, with criticals fatal */
#include "san-child-header.h"
#include "san-headbar.h"
#include "san-language.h"
#include "san-pages.h"
#include "san-shell.h"
#include "san-sidebar.h"
#include "san-window.h"
#include <string.h>

/* "SanTodayPage" of <template class="SanTodayPage" …>. */
static char *
class_of (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) file = g_resources_lookup_data (path, 0, &error);
  g_autoptr(GRegex) regex = g_regex_new ("<template class=\"(\\w+)\"", 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;

  g_assert_no_error (error);
  if (!g_regex_match_full (regex, g_bytes_get_data (file, NULL), (gssize) g_bytes_get_size (file),
                           0, 0, &match, NULL))
    g_error ("%s has no template", path);
  return g_match_info_fetch (match, 1);
}

static void
make (GType type)
{
  GtkWidget *widget = g_object_new (type, NULL);

  g_assert_true (GTK_IS_WIDGET (widget));
  if (GTK_IS_WINDOW (widget))
    {
      gtk_window_destroy (GTK_WINDOW (widget));
      return;
    }
  g_object_ref_sink (widget);
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  g_assert_finalize_object (widget);
}

static void
test_every_template (void)
{
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) names = g_resources_enumerate_children (SAN_RESOURCE_UI, 0, &error);
  guint n = 0;

  g_assert_no_error (error);
  for (char **name = names; *name != NULL; name++)
    {
      g_autofree char *path = g_strconcat (SAN_RESOURCE_UI, *name, NULL);
      g_autofree char *class = NULL;

      if (!g_str_has_suffix (*name, ".ui"))
        continue;
      class = class_of (path);
      g_print ("# %s\n", class);
      if (g_type_from_name (class) == 0)
        g_error ("this test does not know %s: name its type in main()", class);
      make (g_type_from_name (class));
      n++;
    }
  g_assert_cmpuint (n, >, 10);
}

static void
test_every_page (void)
{
  guint n;
  const SanPageKind *kinds = san_pages_list (&n);

  for (guint i = 0; i < n; i++)
    {
      g_print ("# %s\n", kinds[i].name);
      make (kinds[i].get_type ());
    }
}

int
main (int argc, char **argv)
{
  guint n;
  const SanPageKind *kinds = san_pages_list (&n);

  g_test_init (&argc, &argv, NULL);
  san_language_begin (SAN_LOCALE_DIR);
  adw_init ();
  for (guint i = 0; i < n; i++)
    g_type_ensure (kinds[i].get_type ());
  g_type_ensure (SAN_TYPE_CHILD_HEADER);
  g_type_ensure (SAN_TYPE_HEADBAR);
  g_type_ensure (SAN_TYPE_SHELL);
  g_type_ensure (SAN_TYPE_SIDEBAR);
  g_type_ensure (SAN_TYPE_WINDOW);
  g_log_set_always_fatal (G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
  g_test_add_func ("/app/templates/each-becomes-a-widget", test_every_template);
  g_test_add_func ("/app/templates/a-page-may-go-before-it-is-shown", test_every_page);
  return g_test_run ();
}
