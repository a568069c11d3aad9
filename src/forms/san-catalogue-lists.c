/* san-catalogue-lists.c - option lists, facts and roles from their documents */
#include "san-catalogue-private.h"
#include "san-form-reader.h"

#include <string.h>

/* ---- lists ---- */

static void
read_options (SanCatalogue *self, SanList *list, const xmlNode *root, GPtrArray *mistakes)
{
  GArray *options = g_array_new (FALSE, TRUE, sizeof (SanOption));

  for (xmlNode *node = san_xml_first (root, "option"); node != NULL;
       node = san_xml_next (node, "option"))
    {
      SanOption option = { NULL, NULL, NULL };

      option.code = san_pool_take_string (self->pool, san_xml_dup_attribute (node, "code"));
      option.label = san_pool_take_label (self->pool, san_xml_read_label (node, "label"));
      option.retired_on =
          san_pool_take_string (self->pool, san_xml_dup_attribute (node, "retired-on"));
      for (guint i = 0; i < options->len; i++)
        if (strcmp (g_array_index (options, SanOption, i).code, option.code) == 0)
          san_form_add_mistake (mistakes, san_xml_get_line (node), "%s: two options have this code",
                                option.code);
      g_array_append_val (options, option);
    }
  list->n_options = options->len;
  list->options = san_pool_steal_array (self->pool, options);
}

void
san_catalogue_take_list (SanCatalogue *self, const xmlNode *root, const char *file_id,
                         GPtrArray *mistakes)
{
  SanList *list = san_pool_alloc0 (self->pool, sizeof (SanList));

  list->id = san_pool_take_string (self->pool, san_xml_dup_attribute (root, "id"));
  list->label = san_pool_take_label (self->pool, san_xml_read_label (root, "label"));
  read_options (self, list, root, mistakes);
  if (strcmp (list->id, file_id) != 0)
    san_form_add_mistake (mistakes, san_xml_get_line (root),
                          "the list “%s” stands in a file of another name", list->id);
  g_hash_table_insert (self->lists, (gpointer) list->id, list);
}

/* ---- facts ---- */

static SanMeaning
read_meaning (const xmlNode *node)
{
  static const char * const names[] = { "", "arrival", "leaving", "stay", "birth", "age" };
  g_autofree char *text = san_xml_dup_attribute (node, "meaning");

  for (guint i = 1; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (text, names[i]) == 0)
      return (SanMeaning) i;
  return SAN_MEANING_NONE;
}

static gboolean
meaning_fits (const SanFact *fact)
{
  guint8 type = san_field_type_get_value_type (fact->type);

  switch (fact->meaning)
    {
    case SAN_MEANING_ARRIVAL:
    case SAN_MEANING_LEAVING:
      return type == SAN_VALUE_INSTANT || type == SAN_VALUE_DATE;
    case SAN_MEANING_STAY:
      return type == SAN_VALUE_ID;
    case SAN_MEANING_BIRTH:
      return type == SAN_VALUE_DATE;
    case SAN_MEANING_AGE:
      return type == SAN_VALUE_INT;
    case SAN_MEANING_NONE:
    default:
      return TRUE;
    }
}

static void
take_meaning (SanCatalogue *self, const SanFact *fact, long line, GPtrArray *mistakes)
{
  if (fact->meaning == SAN_MEANING_NONE)
    return;
  if (self->meanings[fact->meaning] != NULL)
    san_form_add_mistake (mistakes, line, "%s: another fact has the same meaning", fact->name);
  else if (!meaning_fits (fact))
    san_form_add_mistake (mistakes, line, "%s: a %s cannot have this meaning", fact->name,
                          san_field_type_get_name (fact->type));
  else
    self->meanings[fact->meaning] = fact;
}

static SanFact *
read_fact (SanCatalogue *self, const xmlNode *node)
{
  SanFact *fact = san_pool_alloc0 (self->pool, sizeof (SanFact));
  g_autofree char *type = san_xml_dup_attribute (node, "type");
  g_autofree char *compartment = san_xml_dup_attribute (node, "compartment");
  g_autofree char *keep = san_xml_dup_attribute (node, "keep");
  g_autofree char *by = san_xml_dup_attribute (node, "newest-by");

  fact->name = san_pool_take_string (self->pool, san_xml_dup_attribute (node, "name"));
  fact->type = (SanFieldType) san_field_type_from_name (type);
  fact->compartment = (guint) san_compartment_from_name (compartment);
  fact->keep = g_strcmp0 (keep, "all") == 0 ? SAN_KEEP_ALL : SAN_KEEP_NEWEST;
  fact->by_date = g_strcmp0 (by, "date") == 0;
  fact->is_offered = san_xml_get_yes (node, "offer");
  fact->meaning = read_meaning (node);
  fact->label = san_pool_take_label (self->pool, san_xml_read_label (node, "label"));
  return fact;
}

static int
compare_facts (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const SanFact * const *) a)->name, (*(const SanFact * const *) b)->name);
}

void
san_catalogue_take_facts (SanCatalogue *self, const xmlNode *root, GPtrArray *mistakes)
{
  for (xmlNode *node = san_xml_first (root, "fact"); node != NULL;
       node = san_xml_next (node, "fact"))
    {
      SanFact *fact = read_fact (self, node);

      if (!g_hash_table_insert (self->facts, (gpointer) fact->name, fact))
        san_form_add_mistake (mistakes, san_xml_get_line (node), "%s: two facts are called so",
                              fact->name);
      else
        g_ptr_array_add (self->fact_order, fact);
      take_meaning (self, fact, san_xml_get_line (node), mistakes);
    }
  g_ptr_array_sort (self->fact_order, compare_facts);
}

/* ---- roles ---- */

static const char * const *
read_ids (SanCatalogue *self, const xmlNode *parent, const char *element, guint *n)
{
  GArray *ids = g_array_new (TRUE, TRUE, sizeof (const char *));

  for (xmlNode *node = san_xml_first (parent, element); node != NULL;
       node = san_xml_next (node, element))
    {
      const char *id = san_pool_take_string (self->pool, san_xml_dup_attribute (node, "id"));

      g_array_append_val (ids, id);
    }
  *n = ids->len;
  return san_pool_steal_array (self->pool, ids);
}

/* Forms come later; san-catalogue.c asks then whether those that a role is offered exist. */
void
san_catalogue_take_roles (SanCatalogue *self, const xmlNode *root, GPtrArray *mistakes)
{
  for (xmlNode *node = san_xml_first (root, "role"); node != NULL;
       node = san_xml_next (node, "role"))
    {
      SanRole *role = san_pool_alloc0 (self->pool, sizeof (SanRole));

      role->id = san_pool_take_string (self->pool, san_xml_dup_attribute (node, "id"));
      role->label = san_pool_take_label (self->pool, san_xml_read_label (node, "label"));
      role->pages = read_ids (self, node, "page", &role->n_pages);
      role->forms = read_ids (self, node, "form", &role->n_forms);
      if (san_catalogue_find_role (self, role->id) != NULL)
        san_form_add_mistake (mistakes, san_xml_get_line (node), "%s: two roles are called so",
                              role->id);
      g_ptr_array_add (self->role_order, role);
    }
}
