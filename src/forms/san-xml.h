/* san-xml.h - definition files: read, checked against a grammar, walked; for every room that has
 * some
 *
 * A file is refused if it is not well formed (DAMAGED), of a later format (TOO_NEW), or does not
 * fit its grammar (INVALID); always with file name, line and reason. No network, no entities, no
 * document type, at most SAN_XML_MAX_SIZE bytes. */
#pragma once
#include "san-error.h"
#include "san-label.h"
#include <libxml/tree.h>
G_BEGIN_DECLS

#define SAN_XML_MAX_SIZE (1024u * 1024u)
#define SAN_XML_FORMAT   1                  /* the root's format attribute; higher: TOO_NEW */

typedef struct _SanGrammar SanGrammar;      /* a RELAX NG grammar, read once */

SanGrammar *san_grammar_read       (const char *rng_path, GError **error);
void        san_grammar_free       (SanGrammar *self);
/* (transfer full): xmlFreeDoc() */
xmlDoc     *san_xml_read           (const char *path, const SanGrammar *grammar, GError **error);
/* name: for messages */
xmlDoc     *san_xml_read_bytes     (GBytes *bytes, const char *name, const SanGrammar *grammar,
                                    GError **error);
/* All mistakes instead of the first, appended as "line N: reason"; NULL: not even readable (error
 * set). */
xmlDoc     *san_xml_read_listing   (GBytes *bytes, const char *name, const SanGrammar *grammar,
                                    GPtrArray *mistakes, GError **error);
/* (transfer full) paths of *.xml, sorted by name */
GPtrArray  *san_xml_list_files     (const char *dir, GError **error);

/* (nullable): first child element; element NULL: any */
xmlNode    *san_xml_first          (const xmlNode *parent, const char *element);
/* (nullable): next sibling of that name */
xmlNode    *san_xml_next           (const xmlNode *node, const char *element);
gboolean    san_xml_is             (const xmlNode *node, const char *element);
/* (nullable), g_free() */
char       *san_xml_dup_attribute  (const xmlNode *node, const char *name);
gboolean    san_xml_get_yes        (const xmlNode *node, const char *name); /* attribute is "yes" */
/* content, blanks squeezed and stripped */
char       *san_xml_dup_text       (const xmlNode *node);
/* (nullable) (transfer full): its children of that name, by xml:lang */
SanLabel   *san_xml_read_label     (const xmlNode *parent, const char *element);
long        san_xml_get_line       (const xmlNode *node);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanGrammar, san_grammar_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlDoc, xmlFreeDoc)

G_END_DECLS
