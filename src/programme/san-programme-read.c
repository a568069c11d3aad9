/* san-programme-read.c - the small steps that every definition file of this room is read with */
#include "san-programme-read.h"

#include <stdarg.h>

gboolean
san_reading_refuse (const SanReading *self, const xmlNode *node, GError **error,
                    const char *format, ...)
{
  g_autofree char *reason = NULL;
  va_list args;

  va_start (args, format);
  reason = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID, "%s: line %ld: %s", self->name,
               san_xml_get_line (node), reason);
  return FALSE;
}

const char *
san_reading_attribute (const SanReading *self, const xmlNode *node, const char *name)
{
  return san_pool_take_string (self->pool, san_xml_dup_attribute (node, name));
}

gboolean
san_reading_take_int (const SanReading *self, const xmlNode *node, const char *name, int *out,
                      GError **error)
{
  g_autofree char *text = san_xml_dup_attribute (node, name);
  gint64 v;

  if (text == NULL)
    return TRUE;
  if (!g_ascii_string_to_signed (g_strstrip (text), 10, -100000, 100000, &v, NULL))
    return san_reading_refuse (self, node, error, "%s is no whole number: “%s”", name, text);
  *out = (int) v;
  return TRUE;
}

gboolean
san_reading_take_mark (const SanReading *self, const xmlNode *node, const char **source,
                       SanMark *mark, GError **error)
{
  g_autofree char *text = san_xml_dup_attribute (node, "mark");

  for (int m = SAN_MARK_VERIFIED; m <= SAN_MARK_OURS; m++)
    if (g_strcmp0 (text, san_mark_get_name ((SanMark) m)) == 0)
      {
        *mark = (SanMark) m;
        *source = san_reading_attribute (self, node, "source");
        return TRUE;
      }
  return san_reading_refuse (self, node, error, "no such mark: “%s”", text != NULL ? text : "");
}

const SanLabel *
san_reading_label (const SanReading *self, const xmlNode *node, const char *element)
{
  return san_pool_take_label (self->pool, san_xml_read_label (node, element));
}
