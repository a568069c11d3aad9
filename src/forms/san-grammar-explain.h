/* san-grammar-explain.h - what is wrong with one element, in words */
#pragma once
#include <glib.h>
#include <libxml/tree.h>
G_BEGIN_DECLS

char *san_grammar_explain (const xmlDoc *rng, const xmlNode *element);   /* (transfer full) (nullable): NULL: nothing that it understands */

G_END_DECLS
