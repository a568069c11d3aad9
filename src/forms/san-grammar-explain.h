/* san-grammar-explain.h - what is wrong with one element, in words */
#pragma once
#include <glib.h>
#include <libxml/tree.h>
G_BEGIN_DECLS

/* (transfer full) (nullable): NULL: nothing that it understands */
char *san_grammar_explain (const xmlDoc *rng, const xmlNode *element);

G_END_DECLS
