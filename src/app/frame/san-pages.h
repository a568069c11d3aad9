/* san-pages.h - the table of all pages */
#pragma once
#include "san-page.h"
G_BEGIN_DECLS

/**
 * SanPageKind:
 * @name: as in #SanStop and, for pages of the sidebar, in data/roles.xml
 * @label: (nullable): word in the sidebar, untranslated; %NULL: not in the sidebar
 * @below_line: under the line of the sidebar
 * @outside: shown while nobody is logged in
 */
typedef struct
{
  const char *name;
  const char *label;
  const char *icon;
  gboolean    below_line;
  gboolean    outside;
  GType     (*get_type) (void);
} SanPageKind;

const SanPageKind *san_pages_find (const char *name);
const SanPageKind *san_pages_list (guint *n);

G_END_DECLS
