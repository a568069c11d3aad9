/* san-catalogue.h - all definitions of a data folder, read once: forms, lists, facts, roles
 *
 * forms/ID.xml, lists/ID.xml, facts.xml and roles.xml are checked against the grammars beside
 * them (form.rng …) and against each other; one mistake refuses the folder, with file, line and
 * reason. A catalogue never changes. */
#pragma once
#include "san-error.h"
#include "san-form.h"
G_BEGIN_DECLS

typedef struct _SanCatalogue SanCatalogue;  /* immutable, reference counted */

typedef struct
{
  const char     *code;                     /* stable for ever */
  const SanLabel *label;
  const char     *retired_on;               /* (nullable) still shown, no longer offered */
} SanOption;

typedef struct
{
  const char      *id;
  const SanLabel  *label;
  guint            n_options;
  const SanOption *options;
} SanList;

typedef enum { SAN_KEEP_NEWEST, SAN_KEEP_ALL } SanKeep;

/* Facts that the core itself asks for, whatever a state's forms call them. At most one fact each.
 */
typedef enum
{
  SAN_MEANING_NONE,
  SAN_MEANING_ARRIVAL,                      /* an answer, even a blank one, begins a stay */
  SAN_MEANING_LEAVING,                      /* ends one */
  SAN_MEANING_STAY,                         /* the exit's: record that began the stay it ends */
  SAN_MEANING_BIRTH,
  SAN_MEANING_AGE,                          /* whole years as said on the day of the record */
} SanMeaning;

typedef struct
{
  const char     *name;
  SanFieldType    type;
  guint           compartment;
  SanKeep         keep;
  SanMeaning      meaning;
  /* newest = of the record that speaks of the later day; else written later */
  gboolean        by_date;
  /* prefill proposes it; FALSE for facts that say when something happened */
  gboolean        is_offered;
  const SanLabel *label;
} SanFact;

typedef struct
{
  const char         *id;                   /* as in the format: `case-worker` */
  const SanLabel     *label;
  guint               n_pages;
  const char * const *pages;                /* first one opens */
  guint               n_forms;
  const char * const *forms;                /* forms that she is offered, in order */
} SanRole;

SanCatalogue    *san_catalogue_load        (const char          *data_dir,
                                            GError             **error);
SanCatalogue    *san_catalogue_ref         (SanCatalogue        *self);
void             san_catalogue_unref       (SanCatalogue        *self);
const SanForm   *san_catalogue_find_form   (const SanCatalogue  *self,
                                            const char          *id);     /* own or official id */
const SanList   *san_catalogue_find_list   (const SanCatalogue  *self,
                                            const char          *id);
const SanFact   *san_catalogue_find_fact   (const SanCatalogue  *self,
                                            const char          *name);
const SanRole   *san_catalogue_find_role   (const SanCatalogue  *self,
                                            const char          *id);
guint            san_catalogue_get_n_forms (const SanCatalogue  *self);
const SanForm   *san_catalogue_get_form    (const SanCatalogue  *self,
                                            guint                i);      /* by id */
guint            san_catalogue_get_n_facts (const SanCatalogue  *self);
const SanFact   *san_catalogue_get_fact    (const SanCatalogue  *self,
                                            guint                i);      /* by name */
const SanFact   *san_catalogue_find_meaning (const SanCatalogue *self,
                                            SanMeaning           meaning);  /* (nullable) */
guint            san_catalogue_get_n_roles (const SanCatalogue  *self);
const SanRole   *san_catalogue_get_role    (const SanCatalogue  *self,
                                            guint                i);      /* in the file's order */
const SanOption *san_list_find_option      (const SanList       *self,
                                            const char          *code);
/* SHA-256 over names and bytes of every file read, 64 hex letters: changes when a definition does.
 */
const char      *san_catalogue_get_digest  (const SanCatalogue  *self);
/* One file of one's own against the grammar and the catalogue (form check FILE): all mistakes
 * found, as "line N: reason"; an empty array: none. */
GPtrArray       *san_catalogue_check_form  (const SanCatalogue  *self,
                                            const char          *path,
                                            /* (transfer full) (element-type utf8) */
                                            GError             **error);
GPtrArray       *san_catalogue_check_bytes (const SanCatalogue  *self,
                                            GBytes              *bytes,
                                            const char          *name,
                                            GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanCatalogue, san_catalogue_unref)

G_END_DECLS
