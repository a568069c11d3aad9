/* san-excerpt.h - a line of a record to be seen in passing: short, and without her names */
#pragma once
#include "san-fact-set.h"
G_BEGIN_DECLS

/* Words of the names that are written down for this child; (transfer full) strings. */
GPtrArray *san_excerpt_list_names (SanFactSet *facts);
/* Adds the words of one name to such a list. */
void       san_excerpt_add_name   (GPtrArray *names, const char *text);
/* @text on one line, her alias where one of @names stands as a word, at most some 140 letters. */
char      *san_excerpt_make       (const char *text, GPtrArray *names, const char *alias);
/* The same, however long. */
char      *san_excerpt_hide       (const char *text, GPtrArray *names, const char *alias);

G_END_DECLS
