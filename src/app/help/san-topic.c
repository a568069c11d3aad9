/* san-topic.c - one topic of the help
 *
 * Shown inside the window and not by a help viewer: an old laptop has no room for one, and the
 * reader keeps her place. */
#include "san-topic.h"
#include "san-i18n.h"

#define TOPIC_LIMIT (64u * 1024)

typedef struct { SanTopic *topic; GString *text; } Reader;

void
san_topic_free (SanTopic *self)
{
  g_free (self->title);
  g_ptr_array_unref (self->paragraphs);
  g_free (self);
}

static gboolean
is_read (const char *element)
{
  return g_str_equal (element, "title") || g_str_equal (element, "p");
}

static void
begin_cb (GMarkupParseContext *context, const char *element, const char **names,
          const char **values, gpointer data, GError **error)
{
  if (is_read (element))
    g_string_truncate (((Reader *) data)->text, 0);
}

/* As translators saw it: one blank between words. */
static char *
join_words (const char *text)
{
  g_auto(GStrv) words = g_strsplit_set (text, " \n\t", -1);
  GString *joined = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_string_append_printf (joined, "%s%s", joined->len > 0 ? " " : "", words[i]);
  return g_string_free (joined, FALSE);
}

static void
end_cb (GMarkupParseContext *context, const char *element, gpointer data, GError **error)
{
  Reader *reader = data;
  g_autofree char *text = NULL;

  if (!is_read (element))
    return;
  text = join_words (reader->text->str);
  if (*text == '\0')
    return;
  if (g_str_equal (element, "p"))
    g_ptr_array_add (reader->topic->paragraphs, g_strdup (san_digits_of_words (gettext (text))));
  else if (reader->topic->title == NULL)
    reader->topic->title = g_strdup (san_digits_of_words (gettext (text)));
}

static void
text_cb (GMarkupParseContext *context, const char *text, gsize n, gpointer data, GError **error)
{
  g_string_append_len (((Reader *) data)->text, text, (gssize) n);
}

SanTopic *
san_topic_read (const char *dir, const char *name, GError **error)
{
  static const GMarkupParser parser = { begin_cb, end_cb, text_cb, NULL, NULL };
  g_autofree char *file = g_strconcat (name, ".page", NULL);
  g_autofree char *path = g_build_filename (dir, "help", file, NULL);
  g_autofree char *content = NULL;
  g_autoptr(SanTopic) topic = g_new0 (SanTopic, 1);
  g_autoptr(GString) text = g_string_new (NULL);
  Reader reader = { topic, text };
  g_autoptr(GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &reader, NULL);
  gsize n = 0;

  topic->paragraphs = g_ptr_array_new_with_free_func (g_free);
  if (strchr (name, '/') != NULL || !g_file_get_contents (path, &content, &n, NULL))
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "there is no help about \"%s\"", name);
      return NULL;
    }
  if (n > TOPIC_LIMIT || !g_markup_parse_context_parse (context, content, (gssize) n, NULL) ||
      !g_markup_parse_context_end_parse (context, NULL) || topic->title == NULL)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED, "the help about \"%s\" cannot be read",
                   name);
      return NULL;
    }
  return g_steal_pointer (&topic);
}
