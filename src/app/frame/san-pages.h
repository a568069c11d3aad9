/* san-pages.h - the table of all pages */
#pragma once
#include "san-page.h"
G_BEGIN_DECLS

#define SAN_PAGE_EVERYWHERE 2

/**
 * SanPageKind:
 * @name: as in #SanStop and, for pages of the sidebar, in data/roles.xml
 * @label: (nullable): word in the sidebar, untranslated; %NULL: not in the sidebar
 * @below_line: under the line of the sidebar
 * @outside: FALSE: only while somebody is logged in; TRUE: only while nobody is; or
 * %SAN_PAGE_EVERYWHERE
 */
typedef struct
{
  const char *name;
  const char *label;
  const char *icon;
  gboolean    below_line;
  int         outside;
  GType     (*get_type) (void);
} SanPageKind;

const SanPageKind *san_pages_find (const char *name);
const SanPageKind *san_pages_list (guint *n);

G_END_DECLS
