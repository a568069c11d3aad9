/* test-help.c - F1 finds a topic on every page, and every topic is in the list of all
 *
 * That each of their words stands in each language is validate-translations.sh's. */
#include "san-help-page.h"
#include "san-pages.h"
#include "san-topic.h"
#include <string.h>

static const char *
help_of (const SanPageKind *kind)
{
  GTypeClass *klass = g_type_class_ref (kind->get_type ());
  const char *help = ((SanPageClass *) klass)->help;

  g_type_class_unref (klass);
  return help;
}

static void
read_topic (const char *name)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanTopic) topic = san_topic_read (g_getenv ("SAN_DATA_DIR"), name, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (topic->paragraphs->len, >, 0);
  g_assert_cmpint (*topic->title, !=, 0);
}

static void
test_pages (void)
{
  guint n;
  const SanPageKind *kinds = san_pages_list (&n);

  for (guint i = 0; i < n; i++)
    {
      const char *help;

      if (g_str_equal (kinds[i].name, "help"))
        continue;
      help = san_help_has (kinds[i].name) ? kinds[i].name : help_of (&kinds[i]);
      g_test_message ("%s: %s", kinds[i].name, help != NULL ? help : "none");
      g_assert_nonnull (help);
      g_assert_true (san_help_has (help));
      read_topic (help);
    }
}

static void
test_list (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("SAN_DATA_DIR"), "help", NULL);
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *file;

  g_assert_nonnull (dir);
  while ((file = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (file, ".page"))
      {
        g_autofree char *name = g_strndup (file, strlen (file) - strlen (".page"));

        read_topic (name);
        g_test_message ("%s", name);
        g_assert_true (g_str_equal (name, "index") || san_help_has (name));
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/help/every-page-has-its-topic", test_pages);
  g_test_add_func ("/app/help/every-topic-is-listed", test_list);
  return g_test_run ();
}
