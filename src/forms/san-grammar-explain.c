/* san-grammar-explain.c - libxml2 says of an element only that its attributes or its content
 * failed; here the grammar is asked again, for that element alone, what is missing, unknown or
 * wrong.
 *
 * This never decides whether a file is good; it only finds words once the validator has refused
 * one. It understands what our grammars use of RELAX NG: ref and define, optional, choice of
 * values, data with a pattern. */
#include "san-grammar-explain.h"

#include "san-xml.h"

#include <libxml/xmlregexp.h>
#include <string.h>

#define MAX_DEPTH 16

typedef struct
{
  const xmlNode *grammar;
  GHashTable    *known;    /* name -> xmlNode of the attribute's definition */
  GPtrArray     *required; /* names */
} Explainer;

static gboolean
is_rng (const xmlNode *node, const char *name)
{
  return node->type == XML_ELEMENT_NODE && strcmp ((const char *) node->name, name) == 0;
}

static const xmlNode *
find_define (const xmlNode *grammar, const char *name)
{
  for (const xmlNode *node = grammar->children; node != NULL; node = node->next)
    if (is_rng (node, "define"))
      {
        g_autofree char *own = san_xml_dup_attribute (node, "name");

        if (g_strcmp0 (own, name) == 0)
          return node;
      }
  return NULL;
}

/* The definition of the element called so; names of elements are unique in our grammars. */
static const xmlNode *
find_element (const xmlNode *node, const char *name)
{
  for (const xmlNode *child = node->children; child != NULL; child = child->next)
    {
      const xmlNode *found;

      if (is_rng (child, "element"))
        {
          g_autofree char *own = san_xml_dup_attribute (child, "name");

          if (g_strcmp0 (own, name) == 0)
            return child;
        }
      found = find_element (child, name);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
gather_attributes (Explainer *explainer, const xmlNode *node, gboolean is_optional, int depth)
{
  for (const xmlNode *child = node->children; child != NULL && depth < MAX_DEPTH;
       child = child->next)
    {
      g_autofree char *name =
          child->type == XML_ELEMENT_NODE ? san_xml_dup_attribute (child, "name") : NULL;

      if (child->type != XML_ELEMENT_NODE || is_rng (child, "element"))
        continue;
      if (is_rng (child, "attribute"))
        {
          if (!is_optional)
            g_ptr_array_add (explainer->required, g_strdup (name));
          g_hash_table_insert (explainer->known, g_steal_pointer (&name), (gpointer) child);
        }
      else if (is_rng (child, "ref"))
        {
          const xmlNode *define = find_define (explainer->grammar, name);

          if (define != NULL)
            gather_attributes (explainer, define, is_optional, depth + 1);
        }
      else
        gather_attributes (explainer, child,
                           is_optional || is_rng (child, "optional") || is_rng (child, "choice"),
                           depth + 1);
    }
}

/* ---- values ---- */

/* Values named by the definition; @is_open if it also allows others. */
static void
gather_values (const Explainer *explainer, const xmlNode *node, GPtrArray *values,
               GPtrArray *patterns, gboolean *is_open, int depth)
{
  for (const xmlNode *child = node->children; child != NULL && depth < MAX_DEPTH;
       child = child->next)
    {
      g_autofree char *name =
          child->type == XML_ELEMENT_NODE ? san_xml_dup_attribute (child, "name") : NULL;

      if (child->type != XML_ELEMENT_NODE)
        continue;
      if (is_rng (child, "value"))
        g_ptr_array_add (values, san_xml_dup_text (child));
      else if (is_rng (child, "param") && g_strcmp0 (name, "pattern") == 0)
        g_ptr_array_add (patterns, san_xml_dup_text (child));
      else if (is_rng (child, "ref") && find_define (explainer->grammar, name) != NULL)
        gather_values (explainer, find_define (explainer->grammar, name), values, patterns, is_open,
                       depth + 1);
      else
        {
          *is_open |= !is_rng (child, "choice");
          gather_values (explainer, child, values, patterns, is_open, depth + 1);
        }
    }
}

static gboolean
matches (const char *pattern, const char *text)
{
  xmlRegexp *regexp = xmlRegexpCompile ((const xmlChar *) pattern);
  gboolean is_match = regexp == NULL || xmlRegexpExec (regexp, (const xmlChar *) text) == 1;

  if (regexp != NULL)
    xmlRegFreeRegexp (regexp);
  return is_match;
}

static char *
explain_value (const Explainer *explainer, const char *name, const char *text,
               const xmlNode *definition)
{
  g_autoptr(GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) patterns = g_ptr_array_new_with_free_func (g_free);
  gboolean is_open = FALSE;

  gather_values (explainer, definition, values, patterns, &is_open, 0);
  if (!is_open && values->len > 0 &&
      !g_ptr_array_find_with_equal_func (values, text, g_str_equal, NULL))
    {
      g_autofree char *all = NULL;

      g_ptr_array_add (values, NULL);
      all = g_strjoinv (", ", (char **) values->pdata);
      return g_strdup_printf ("%s “%s” is none of %s", name, text, all);
    }
  for (guint i = 0; i < patterns->len; i++)
    if (!matches (patterns->pdata[i], text))
      return g_strdup_printf ("%s “%s” is not of the form %s", name, text,
                              (char *) patterns->pdata[i]);
  return NULL;
}

/* ---- children ---- */

/* Names of the elements that stand directly below @node, behind references and groups too. */
static void
gather_elements (const Explainer *explainer, const xmlNode *node, GPtrArray *names, int depth)
{
  for (const xmlNode *child = node->children; child != NULL && depth < MAX_DEPTH;
       child = child->next)
    {
      g_autofree char *name =
          child->type == XML_ELEMENT_NODE ? san_xml_dup_attribute (child, "name") : NULL;

      if (child->type != XML_ELEMENT_NODE || is_rng (child, "attribute"))
        continue;
      if (is_rng (child, "element"))
        g_ptr_array_add (names, g_steal_pointer (&name));
      else if (!is_rng (child, "ref"))
        gather_elements (explainer, child, names, depth + 1);
      else if (find_define (explainer->grammar, name) != NULL)
        gather_elements (explainer, find_define (explainer->grammar, name), names, depth + 1);
    }
}

static gboolean
has_one_of (const xmlNode *element, GPtrArray *names)
{
  for (guint i = 0; i < names->len; i++)
    if (san_xml_first (element, names->pdata[i]) != NULL)
      return TRUE;
  return names->len == 0;
}

static char *
explain_missing (GPtrArray *names)
{
  g_autofree char *all = NULL;

  g_ptr_array_add (names, NULL);
  all = g_strjoinv (" or ", (char **) names->pdata);
  return g_strdup_printf ("it needs a %s", all);
}

static char *
explain_children (const Explainer *explainer, const xmlNode *definition, const xmlNode *element,
                  int depth)
{
  for (const xmlNode *child = definition->children; child != NULL && depth < MAX_DEPTH;
       child = child->next)
    {
      g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
      g_autofree char *name =
          child->type == XML_ELEMENT_NODE ? san_xml_dup_attribute (child, "name") : NULL;
      char *reason = NULL;

      if (child->type != XML_ELEMENT_NODE || is_rng (child, "attribute") ||
          is_rng (child, "optional") || is_rng (child, "zeroOrMore"))
        continue;
      if (is_rng (child, "element"))
        g_ptr_array_add (names, g_steal_pointer (&name));
      else if (is_rng (child, "choice"))
        gather_elements (explainer, child, names, depth + 1);
      else if (!is_rng (child, "ref"))
        reason = explain_children (explainer, child, element, depth + 1);
      else if (find_define (explainer->grammar, name) != NULL)
        reason = explain_children (explainer, find_define (explainer->grammar, name), element,
                                   depth + 1);
      if (reason == NULL && !has_one_of (element, names))
        reason = explain_missing (names);
      if (reason != NULL)
        return reason;
    }
  return NULL;
}

/* ---- the element ---- */

static char *
explain_attributes (const Explainer *explainer, const xmlNode *element)
{
  for (guint i = 0; i < explainer->required->len; i++)
    if (xmlHasProp ((xmlNode *) element, explainer->required->pdata[i]) == NULL)
      return g_strdup_printf ("%s is missing", (char *) explainer->required->pdata[i]);
  for (const xmlAttr *attribute = element->properties; attribute != NULL;
       attribute = attribute->next)
    {
      const char *name = (const char *) attribute->name;
      const xmlNode *definition = g_hash_table_lookup (explainer->known, name);
      g_autofree char *text = NULL;
      char *reason;

      if (attribute->ns != NULL)
        continue;
      if (definition == NULL)
        return g_strdup_printf ("%s is not known here", name);
      text = san_xml_dup_attribute (element, name);
      reason = explain_value (explainer, name, text, definition);
      if (reason != NULL)
        return reason;
    }
  return NULL;
}

char *
san_grammar_explain (const xmlDoc *rng, const xmlNode *element)
{
  Explainer explainer = { xmlDocGetRootElement (rng), NULL, NULL };
  const xmlNode *definition = find_element (explainer.grammar, (const char *) element->name);
  g_autofree char *id = san_xml_dup_attribute (element, "id");
  g_autofree char *reason = NULL;

  if (definition == NULL)
    return g_strdup_printf ("%s is not known here", (const char *) element->name);
  explainer.known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  explainer.required = g_ptr_array_new_with_free_func (g_free);
  gather_attributes (&explainer, definition, FALSE, 0);
  reason = explain_attributes (&explainer, element);
  if (reason == NULL)
    reason = explain_children (&explainer, definition, element, 0);
  g_hash_table_unref (explainer.known);
  g_ptr_array_unref (explainer.required);
  if (reason == NULL)
    return NULL;
  return g_strdup_printf ("%s%s%s: %s", (const char *) element->name, id != NULL ? " " : "",
                          id != NULL ? id : "", reason);
}
