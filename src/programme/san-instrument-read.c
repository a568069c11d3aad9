/* san-instrument-read.c - one scoring sheet read from its element and checked
 *
 * Beyond the grammar: items and subscales that exist once, totals that are what the items add up
 * to, bands that cover the whole range without gap or overlap, and a form that has a field for
 * every item (P7). */
#include "san-programme-read.h"

#include <string.h>

static gboolean
take_yes_no (const SanReading *reading, SanItemDef *item)
{
  static const int both[] = { 0, 1 };

  item->yes_no = TRUE;
  item->allowed = both;
  item->n_allowed = G_N_ELEMENTS (both);
  return TRUE;
}

static gboolean
take_allowed (const SanReading *reading, const xmlNode *node, SanItemDef *item, GError **error)
{
  g_autofree char *text = san_xml_dup_attribute (node, "allowed");
  g_auto(GStrv) words = NULL;
  g_autoptr(GArray) allowed = g_array_new (FALSE, FALSE, sizeof (int));

  if ((text != NULL) == san_xml_get_yes (node, "yes-no"))
    return san_reading_refuse (reading, node, error, "“%s” needs either allowed or yes-no",
                               item->key);
  if (text == NULL)
    return take_yes_no (reading, item);
  words = g_strsplit_set (g_strstrip (text), " \t\r\n", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      gint64 v;
      int number;

      if (words[i][0] == '\0')
        continue;
      if (!g_ascii_string_to_signed (words[i], 10, 0, 1000, &v, NULL)
          || (allowed->len > 0 && v <= g_array_index (allowed, int, allowed->len - 1)))
        return san_reading_refuse (reading, node, error,
                                   "allowed: whole numbers that rise, not “%s”", words[i]);
      number = (int) v;
      g_array_append_val (allowed, number);
    }
  item->n_allowed = allowed->len;
  item->allowed = san_pool_steal_array (reading->pool, g_steal_pointer (&allowed));
  return TRUE;
}

static gboolean
take_alert (const SanReading *reading, const xmlNode *node, SanItemDef *item, GError **error)
{
  item->alert_from = -1;
  if (!san_reading_take_int (reading, node, "alert-from", &item->alert_from, error))
    return FALSE;
  item->has_alert = item->alert_from >= 0;
  if (item->has_alert && item->alert_from > item->allowed[item->n_allowed - 1])
    return san_reading_refuse (reading, node, error, "alert-from %d can never be answered",
                               item->alert_from);
  return TRUE;
}

static gboolean
read_item (const SanReading *reading, const xmlNode *node, SanItemDef *item, GError **error)
{
  g_autofree char *counted = san_xml_dup_attribute (node, "counted");

  item->key = san_reading_attribute (reading, node, "key");
  item->number = san_reading_attribute (reading, node, "number");
  item->label = san_reading_label (reading, node, "label");
  item->is_counted = g_strcmp0 (counted, "no") != 0;
  item->is_reversed = san_xml_get_yes (node, "reversed");
  return take_allowed (reading, node, item, error) && take_alert (reading, node, item, error);
}

static gboolean
read_items (const SanReading *reading, const xmlNode *node, SanInstrument *self, GError **error)
{
  g_autoptr(GArray) items = g_array_new (FALSE, TRUE, sizeof (SanItemDef));

  for (const xmlNode *child = san_xml_first (node, "item"); child != NULL;
       child = san_xml_next (child, "item"))
    {
      SanItemDef item = { NULL };

      if (items->len == SAN_INSTRUMENT_MAX_ITEMS)
        return san_reading_refuse (reading, child, error, "more than %u items",
                                   SAN_INSTRUMENT_MAX_ITEMS);
      if (!read_item (reading, child, &item, error))
        return FALSE;
      for (guint i = 0; i < items->len; i++)
        if (strcmp (g_array_index (items, SanItemDef, i).key, item.key) == 0)
          return san_reading_refuse (reading, child, error, "“%s” stands here twice", item.key);
      g_array_append_val (items, item);
    }
  self->n_items = items->len;
  self->items = san_pool_steal_array (reading->pool, g_steal_pointer (&items));
  return TRUE;
}

static gboolean
read_subscale (const SanReading *reading, const xmlNode *node, const SanInstrument *self,
               SanSubscale *out, GError **error)
{
  g_autofree char *text = san_xml_dup_attribute (node, "items");
  g_auto(GStrv) words = g_strsplit_set (text, " \t\r\n", -1);
  g_autoptr(GArray) items = g_array_new (FALSE, FALSE, sizeof (char *));

  out->id = san_reading_attribute (reading, node, "id");
  out->label = san_reading_label (reading, node, "label");
  for (guint i = 0; words[i] != NULL; i++)
    {
      const SanItemDef *item;

      if (words[i][0] == '\0')
        continue;
      item = san_instrument_find_item (self, words[i]);
      if (item == NULL || !item->is_counted)
        return san_reading_refuse (reading, node, error, "no such counted item: “%s”", words[i]);
      g_array_append_val (items, item->key);
    }
  out->n_items = items->len;
  out->items = san_pool_steal_array (reading->pool, g_steal_pointer (&items));
  return TRUE;
}

static gboolean
read_subscales (const SanReading *reading, const xmlNode *node, SanInstrument *self,
                GError **error)
{
  g_autoptr(GArray) scales = g_array_new (FALSE, TRUE, sizeof (SanSubscale));

  for (const xmlNode *child = san_xml_first (node, "subscale"); child != NULL;
       child = san_xml_next (child, "subscale"))
    {
      SanSubscale scale = { NULL };

      if (!read_subscale (reading, child, self, &scale, error))
        return FALSE;
      g_array_append_val (scales, scale);
    }
  self->n_subscales = scales->len;
  self->subscales = san_pool_steal_array (reading->pool, g_steal_pointer (&scales));
  return TRUE;
}

/* The declared range must be what the counted items can add up to. */
static gboolean
read_total (const SanReading *reading, const xmlNode *node, SanInstrument *self, GError **error)
{
  const xmlNode *total = san_xml_first (node, "total");
  int max_missing = 0, low = 0, high = 0;
  guint counted = 0;

  self->multiply = 1;
  if (!san_reading_take_int (reading, total, "multiply", &self->multiply, error)
      || !san_reading_take_int (reading, total, "min", &self->min_total, error)
      || !san_reading_take_int (reading, total, "max", &self->max_total, error)
      || !san_reading_take_int (reading, total, "max-missing", &max_missing, error))
    return FALSE;
  for (guint i = 0; i < self->n_items; i++)
    if (self->items[i].is_counted)
      {
        low += self->items[i].allowed[0];
        high += self->items[i].allowed[self->items[i].n_allowed - 1];
        counted++;
      }
  if (low * self->multiply != self->min_total || high * self->multiply != self->max_total)
    return san_reading_refuse (reading, total, error, "the items add up to %d … %d, not %d … %d",
                               low * self->multiply, high * self->multiply, self->min_total,
                               self->max_total);
  if (max_missing < 0 || (guint) max_missing >= counted)
    return san_reading_refuse (reading, total, error, "max-missing leaves nothing to add up");
  self->max_missing = (guint) max_missing;
  return TRUE;
}

static gboolean
read_bands (const SanReading *reading, const xmlNode *node, SanInstrument *self, GError **error)
{
  g_autoptr(GArray) bands = g_array_new (FALSE, TRUE, sizeof (SanBand));
  const xmlNode *last = node;
  int next = self->min_total;

  for (const xmlNode *child = san_xml_first (node, "band"); child != NULL;
       child = san_xml_next (child, "band"))
    {
      SanBand band = { NULL };

      band.code = san_reading_attribute (reading, child, "code");
      band.label = san_reading_label (reading, child, "label");
      if (!san_reading_take_int (reading, child, "from", &band.from, error)
          || !san_reading_take_int (reading, child, "to", &band.to, error)
          || !san_reading_take_mark (reading, child, &band.source, &band.mark, error))
        return FALSE;
      if (band.from != next || band.to < band.from)
        return san_reading_refuse (reading, child, error, "this band must begin at %d", next);
      next = band.to + 1;
      last = child;
      g_array_append_val (bands, band);
    }
  if (next != self->max_total + 1)
    return san_reading_refuse (reading, last, error, "the bands end at %d, the total at %d",
                               next - 1, self->max_total);
  self->n_bands = bands->len;
  self->bands = san_pool_steal_array (reading->pool, g_steal_pointer (&bands));
  return TRUE;
}

static gboolean
read_cut_and_change (const SanReading *reading, const xmlNode *node, SanInstrument *self,
                     GError **error)
{
  const xmlNode *cut = san_xml_first (node, "cut");
  const xmlNode *change = san_xml_first (node, "change");

  self->has_cut = cut != NULL;
  self->has_change = change != NULL;
  if (cut != NULL
      && (!san_reading_take_int (reading, cut, "at", &self->cut, error)
          || !san_reading_take_mark (reading, cut, &self->cut_source, &self->cut_mark, error)))
    return FALSE;
  if (cut != NULL && (self->cut < self->min_total || self->cut > self->max_total))
    return san_reading_refuse (reading, cut, error, "%d is no total of this sheet", self->cut);
  return change == NULL
         || (san_reading_take_int (reading, change, "at-least", &self->change, error)
             && san_reading_take_mark (reading, change, &self->change_source, &self->change_mark,
                                       error));
}

static gboolean
read_ages (const SanReading *reading, const xmlNode *node, SanInstrument *self, GError **error)
{
  self->min_age = self->max_age = -1;
  if (!san_reading_take_int (reading, node, "min-age", &self->min_age, error)
      || !san_reading_take_int (reading, node, "max-age", &self->max_age, error))
    return FALSE;
  self->has_min_age = self->min_age >= 0;
  self->has_max_age = self->max_age >= 0;
  if (self->has_min_age && self->has_max_age && self->max_age < self->min_age)
    return san_reading_refuse (reading, node, error, "nobody is %d to %d years old",
                               self->min_age, self->max_age);
  return TRUE;
}

static gboolean
check_form (const SanReading *reading, const xmlNode *node, const SanInstrument *self,
            GError **error)
{
  const SanForm *form = san_catalogue_find_form (reading->catalogue, self->form);
  const xmlNode *item = san_xml_first (node, "item");

  if (form == NULL)
    return san_reading_refuse (reading, node, error, "no such form: “%s”", self->form);
  if (g_strcmp0 (form->instrument, self->id) != 0)
    return san_reading_refuse (reading, node, error, "“%s” is not scored by “%s”", self->form,
                               self->id);
  for (guint i = 0; i < self->n_items; i++, item = san_xml_next (item, "item"))
    {
      g_autofree char *name = g_strconcat (SAN_ITEM_FIELD_PREFIX, self->items[i].key, NULL);
      const SanField *field = san_form_find_field (form, name);
      SanFieldType wanted = self->items[i].yes_no ? SAN_FIELD_YES_NO : SAN_FIELD_WHOLE;

      if (field == NULL || field->type != wanted)
        return san_reading_refuse (reading, item, error, "“%s” has no field “%s” of its type",
                                   self->form, name);
    }
  return TRUE;
}

gboolean
san_instrument_read (const SanReading *reading, const xmlNode *node, SanInstrument *out,
                     GError **error)
{
  SanInstrument self = { NULL };
  g_autofree char *better = san_xml_dup_attribute (node, "better");
  int version = 0;

  self.id = san_reading_attribute (reading, node, "id");
  self.form = san_reading_attribute (reading, node, "form");
  self.label = san_reading_label (reading, node, "label");
  self.meaning = san_reading_label (reading, node, "meaning");
  self.licence = san_reading_label (reading, node, "licence");
  self.higher_is_better = g_strcmp0 (better, "higher") == 0;
  if (!san_reading_take_int (reading, node, "version", &version, error))
    return FALSE;
  self.version = (guint) version;
  if (!read_ages (reading, node, &self, error) || !read_items (reading, node, &self, error)
      || !read_subscales (reading, node, &self, error) || !read_total (reading, node, &self, error)
      || !read_bands (reading, node, &self, error)
      || !read_cut_and_change (reading, node, &self, error)
      || !check_form (reading, node, &self, error))
    return FALSE;
  *out = self;
  return TRUE;
}
