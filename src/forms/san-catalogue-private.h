/* san-catalogue-private.h - the inside of a catalogue, for the files that fill it */
#pragma once
#include "san-catalogue.h"
#include "san-pool.h"
#include "san-xml.h"
G_BEGIN_DECLS

struct _SanCatalogue
{
  gatomicrefcount ref_count;
  SanPool        *pool;
  SanGrammar     *form_grammar;
  GHashTable     *forms;                    /* id and official id -> SanForm */
  GHashTable     *lists;
  GHashTable     *facts;
  GPtrArray      *form_order;               /* by id */
  GPtrArray      *fact_order;               /* by name */
  GPtrArray      *role_order;               /* as in the file */
  const SanFact  *meanings[SAN_MEANING_AGE + 1];
  char           *digest;
};

/* Each takes a checked document and appends "line N: reason" for what is wrong beside others. */
void san_catalogue_take_list  (SanCatalogue *self, const xmlNode *root, const char *file_id,
                               GPtrArray *mistakes);
void san_catalogue_take_facts (SanCatalogue *self, const xmlNode *root, GPtrArray *mistakes);
void san_catalogue_take_roles (SanCatalogue *self, const xmlNode *root, GPtrArray *mistakes);

G_END_DECLS
