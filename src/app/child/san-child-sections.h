/* san-child-sections.h - the sections of a child's page: the shelves that forms name, in order */
#pragma once
#include <glib.h>
G_BEGIN_DECLS

/**
 * SanChildSection:
 * @label: to be translated
 * @compartment: without which it is closed; -1: none of its own
 * @empty, @will: said of an empty one, and what stands there one day (nullable); to be translated
 */
typedef struct
{
  const char *id, *label;
  int         compartment;
  const char *empty, *will;
} SanChildSection;

/* (nullable): the one in that place, from 0 on. */
const SanChildSection *san_child_section_nth  (guint i);
/* The first for any other word. */
const SanChildSection *san_child_section_find (const char *id);

G_END_DECLS
