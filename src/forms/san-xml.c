/* san-xml.c - definition files: bytes to a checked document
 *
 * Files may come from anybody (a state's own form, `form check`), so: a size limit before
 * parsing, no network, no document type and with it no entities, libxml2's own limits on depth.
 * Every message names the file, the line and the reason. */
#include "san-xml.h"
#include "san-label-private.h"

#include "san-file.h"
#include "san-grammar-explain.h"

#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <string.h>

#define MAX_MISTAKES 100u
#define PARSE_FLAGS                                                                                \
  (XML_PARSE_NONET | XML_PARSE_NOWARNING | XML_PARSE_NOERROR | XML_PARSE_NOCDATA |                 \
   XML_PARSE_BIG_LINES)

struct _SanGrammar
{
  xmlRelaxNG *schema;
  xmlDoc     *doc;         /* the grammar itself, to explain refusals with */
};

typedef struct
{
  GPtrArray    *mistakes;
  const xmlDoc *rng;       /* NULL: the grammar is what is being read */
} Collector;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlParserCtxt, xmlFreeParserCtxt)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlRelaxNGParserCtxt, xmlRelaxNGFreeParserCtxt)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlRelaxNGValidCtxt, xmlRelaxNGFreeValidCtxt)

static void
init_parser (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      xmlInitParser ();
      g_once_init_leave (&once, 1);
    }
}

/* ---- messages ---- */

static char *
tidy_message (const char *message)
{
  char *text = g_strstrip (g_strdup (message != NULL ? message : "not readable"));

  g_strdelimit (text, "\n", ' ');
  return text;
}

/* The validator may stand at a child when it finds its parent wrong: ask both. */
static char *
explain (const Collector *collector, const xmlError *problem, long *line)
{
  const xmlNode *node = problem->node;

  for (int up = 0;
       collector->rng != NULL && up < 2 && node != NULL && node->type == XML_ELEMENT_NODE; up++)
    {
      char *reason = san_grammar_explain (collector->rng, node);

      *line = san_xml_get_line (node);
      if (reason != NULL)
        return reason;
      node = node->parent;
    }
  *line = problem->line;
  return tidy_message (problem->message);
}

static void
add_mistake (GPtrArray *mistakes, long line, const char *reason)
{
  g_autofree char *mistake = g_strdup_printf ("line %ld: %s", line, reason);

  if (mistakes->len < MAX_MISTAKES
      && !g_ptr_array_find_with_equal_func (mistakes, mistake, g_str_equal, NULL))
    g_ptr_array_add (mistakes, g_steal_pointer (&mistake));
}

/* Of a wrong attribute the validator sometimes says neither node nor line: then each element is
 * asked. */
static void
explain_all (const xmlDoc *rng, const xmlNode *node, GPtrArray *mistakes)
{
  for (; node != NULL; node = node->next)
    if (node->type == XML_ELEMENT_NODE)
      {
        g_autofree char *reason = san_grammar_explain (rng, node);

        if (reason != NULL)
          add_mistake (mistakes, san_xml_get_line (node), reason);
        explain_all (rng, node->children, mistakes);
      }
}

static void
collect (void *data, xmlError *problem)
{
  Collector *collector = data;
  long line = problem->line;
  g_autofree char *reason = explain (collector, problem, &line);

  if (line > 0)
    add_mistake (collector->mistakes, line, reason);
}

/* ---- parsing ---- */

static xmlDoc *
parse (GBytes *bytes, const char *name, GError **error)
{
  g_autoptr(xmlParserCtxt) context = NULL;
  g_autoptr(xmlDoc) doc = NULL;
  gsize n;
  const char *data = g_bytes_get_data (bytes, &n);

  if (n > SAN_XML_MAX_SIZE)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED,
                   "%s: has %" G_GSIZE_FORMAT " bytes, limit is %u", name, n, SAN_XML_MAX_SIZE);
      return NULL;
    }
  init_parser ();
  context = xmlNewParserCtxt ();
  doc = xmlCtxtReadMemory (context, data, (int) n, NULL, NULL, PARSE_FLAGS);
  if (doc == NULL)
    {
      const xmlError *problem = xmlCtxtGetLastError (context);
      g_autofree char *reason = tidy_message (problem != NULL ? problem->message : NULL);

      g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED, "%s: line %d: %s", name,
                   problem != NULL ? problem->line : 1, reason);
      return NULL;
    }
  if (doc->intSubset != NULL || doc->extSubset != NULL)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED,
                   "%s: line 1: a document type is not allowed", name);
      return NULL;
    }
  return g_steal_pointer (&doc);
}

/* ---- grammars ---- */

/**
 * san_grammar_read:
 * @rng_path: a RELAX NG grammar in XML syntax, one of ours
 *
 * Returns: (transfer full): free with san_grammar_free(); %NULL with NOT_FOUND, IO or DAMAGED
 */
SanGrammar *
san_grammar_read (const char *rng_path, GError **error)
{
  g_autoptr(GBytes) bytes = san_file_read (rng_path, SAN_XML_MAX_SIZE, error);
  g_autoptr(xmlRelaxNGParserCtxt) context = NULL;
  g_autoptr(GPtrArray) mistakes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(xmlDoc) doc = NULL;
  Collector collector = { mistakes, NULL };
  SanGrammar *self;
  xmlRelaxNG *schema;

  if (bytes == NULL)
    return NULL;
  doc = parse (bytes, rng_path, error);
  if (doc == NULL)
    return NULL;
  context = xmlRelaxNGNewDocParserCtxt (doc);
  xmlRelaxNGSetParserStructuredErrors (context, collect, &collector);
  schema = xmlRelaxNGParse (context);
  if (schema == NULL)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED, "%s: no grammar: %s", rng_path,
                   mistakes->len > 0 ? (char *) mistakes->pdata[0] : "not readable");
      return NULL;
    }
  self = g_new0 (SanGrammar, 1);
  self->schema = schema;
  self->doc = g_steal_pointer (&doc);
  return self;
}

void
san_grammar_free (SanGrammar *self)
{
  xmlRelaxNGFree (self->schema);
  xmlFreeDoc (self->doc);
  g_free (self);
}

static void
list_grammar_mistakes (xmlDoc *doc, const SanGrammar *grammar, GPtrArray *mistakes)
{
  g_autoptr(xmlRelaxNGValidCtxt) context = xmlRelaxNGNewValidCtxt (grammar->schema);
  Collector collector = { mistakes, grammar->doc };
  guint before = mistakes->len;

  xmlRelaxNGSetValidStructuredErrors (context, collect, &collector);
  if (xmlRelaxNGValidateDoc (context, doc) == 0 || mistakes->len > before)
    return;
  explain_all (grammar->doc, xmlDocGetRootElement (doc), mistakes);
  if (mistakes->len == before)
    g_ptr_array_add (mistakes, g_strdup ("line 1: does not fit the grammar"));
}

/* ---- documents ---- */

static gboolean
check_format (xmlDoc *doc, const char *name, GError **error)
{
  g_autofree char *format = san_xml_dup_attribute (xmlDocGetRootElement (doc), "format");
  guint64 number = 0;

  if (format == NULL || !g_ascii_string_to_unsigned (format, 10, 1, G_MAXUINT32, &number, NULL))
    return TRUE;                            /* the grammar says what is wrong with it */
  if (number <= SAN_XML_FORMAT)
    return TRUE;
  g_set_error (error, SAN_ERROR, SAN_ERROR_TOO_NEW, "%s: is of format %s, this version reads %d",
               name, format, SAN_XML_FORMAT);
  return FALSE;
}

/**
 * san_xml_read_listing:
 * @name: what messages call the file
 * @grammar: (nullable): what it must fit
 * @mistakes: (element-type utf8): gets "line N: reason" for each place that does not fit
 *
 * Returns: (transfer full): the document even if it has mistakes; %NULL with DAMAGED or TOO_NEW
 */
xmlDoc *
san_xml_read_listing (GBytes *bytes, const char *name, const SanGrammar *grammar,
                      GPtrArray *mistakes, GError **error)
{
  g_autoptr(xmlDoc) doc = parse (bytes, name, error);

  if (doc == NULL || !check_format (doc, name, error))
    return NULL;
  if (grammar != NULL)
    list_grammar_mistakes (doc, grammar, mistakes);
  return g_steal_pointer (&doc);
}

/**
 * san_xml_read_bytes:
 *
 * Returns: (transfer full): xmlFreeDoc() it; %NULL with DAMAGED, TOO_NEW or INVALID
 */
xmlDoc *
san_xml_read_bytes (GBytes *bytes, const char *name, const SanGrammar *grammar, GError **error)
{
  g_autoptr(GPtrArray) mistakes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(xmlDoc) doc = san_xml_read_listing (bytes, name, grammar, mistakes, error);

  if (doc == NULL)
    return NULL;
  if (mistakes->len > 0)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID, "%s: %s", name,
                   (char *) mistakes->pdata[0]);
      return NULL;
    }
  return g_steal_pointer (&doc);
}

/**
 * san_xml_read:
 *
 * san_xml_read_bytes() of a file; messages call it by its base name.
 */
xmlDoc *
san_xml_read (const char *path, const SanGrammar *grammar, GError **error)
{
  g_autoptr(GBytes) bytes = san_file_read (path, SAN_XML_MAX_SIZE, error);
  g_autofree char *name = g_path_get_basename (path);

  return bytes != NULL ? san_xml_read_bytes (bytes, name, grammar, error) : NULL;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/**
 * san_xml_list_files:
 *
 * Returns: (transfer full) (element-type utf8): the paths of all `*.xml` of @dir, by name; hidden
 *   files and editors' backups are no definitions
 */
GPtrArray *
san_xml_list_files (const char *dir, GError **error)
{
  g_autoptr(GError) problem = NULL;
  g_autoptr(GDir) folder = g_dir_open (dir, 0, &problem);
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (folder == NULL)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "%s", problem->message);
      return NULL;
    }
  while ((name = g_dir_read_name (folder)) != NULL)
    if (name[0] != '.' && g_str_has_suffix (name, ".xml"))
      g_ptr_array_add (paths, g_build_filename (dir, name, NULL));
  g_ptr_array_sort (paths, compare_names);
  return g_steal_pointer (&paths);
}

/* ---- walking ---- */

gboolean
san_xml_is (const xmlNode *node, const char *element)
{
  return node->type == XML_ELEMENT_NODE && node->ns == NULL
         && (element == NULL || strcmp ((const char *) node->name, element) == 0);
}

static xmlNode *
find_from (xmlNode *node, const char *element)
{
  while (node != NULL && !san_xml_is (node, element))
    node = node->next;
  return node;
}

xmlNode *
san_xml_first (const xmlNode *parent, const char *element)
{
  return find_from (parent->children, element);
}

xmlNode *
san_xml_next (const xmlNode *node, const char *element)
{
  return find_from (node->next, element);
}

char *
san_xml_dup_attribute (const xmlNode *node, const char *name)
{
  xmlChar *text = xmlGetNoNsProp ((xmlNode *) node, (const xmlChar *) name);
  char *copy = g_strdup ((const char *) text);

  xmlFree (text);
  return copy;
}

gboolean
san_xml_get_yes (const xmlNode *node, const char *name)
{
  g_autofree char *text = san_xml_dup_attribute (node, name);

  return g_strcmp0 (text, "yes") == 0;
}

/* Blanks and line ends of any number become one blank, so that files may be wrapped. */
char *
san_xml_dup_text (const xmlNode *node)
{
  xmlChar *content = xmlNodeGetContent ((xmlNode *) node);
  GString *text = g_string_new (NULL);
  gboolean blank = FALSE;

  for (const char *p = (const char *) content; p != NULL && *p != '\0'; p++)
    {
      if (g_ascii_isspace (*p))
        {
          blank = text->len > 0;
          continue;
        }
      if (blank)
        g_string_append_c (text, ' ');
      blank = FALSE;
      g_string_append_c (text, *p);
    }
  xmlFree (content);
  return g_string_free (text, FALSE);
}

/**
 * san_xml_read_label:
 *
 * Gathers the children of @parent called @element: the one without xml:lang is the English text.
 *
 * Returns: (transfer full) (nullable): %NULL if there is none
 */
SanLabel *
san_xml_read_label (const xmlNode *parent, const char *element)
{
  SanLabel *label = NULL;

  for (xmlNode *node = san_xml_first (parent, element); node != NULL;
       node = san_xml_next (node, element))
    {
      xmlChar *language = xmlGetNsProp (node, (const xmlChar *) "lang", XML_XML_NAMESPACE);
      g_autofree char *text = san_xml_dup_text (node);

      if (label == NULL)
        label = san_label_new ();
      san_label_add (label, (const char *) language, text);
      xmlFree (language);
    }
  return label;
}

long
san_xml_get_line (const xmlNode *node)
{
  return xmlGetLineNo ((xmlNode *) node);
}
