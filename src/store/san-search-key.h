/* san-search-key.h - one key for a name, in whatever script and spelling it was typed
 *
 * Two steps: a lossy key that finds candidates (Khemka, खेमका, খেমকা: "kmk"), and a finer one by
 * which candidates are ranked. Any thread. */
#pragma once
#include <gio/gio.h>
G_BEGIN_DECLS

/* lower-case Latin ASCII letters, digits, blanks; "khemaka" */
char  *san_search_latin     (const char *text);
/* of one word: the lossy key; "" if it has no letter or digit */
char  *san_search_key       (const char *word);
char **san_search_keys      (const char *text);      /* one a word, in order, empty ones left out */
/* the same with blanks between: for a full-text index */
char  *san_search_joined    (const char *text);
void   san_search_prepare   (void);
/* Levenshtein, in bytes: take it of two san_search_latin() */
guint  san_search_distance  (const char *a, const char *b);
/* of two san_search_latin(): 0: each word is there; smaller is nearer; begun words too */
guint  san_search_rank      (const char *query, const char *name);

G_END_DECLS
