/* san-child-header.h - who she is here: tag, walk of ninety days, what everyone should know */
#pragma once
#include "san-child-file.h"
#include "san-desk.h"
G_BEGIN_DECLS

#define SAN_TYPE_CHILD_HEADER (san_child_header_get_type ())
G_DECLARE_FINAL_TYPE (SanChildHeader, san_child_header, SAN, CHILD_HEADER, GtkWidget)

void san_child_header_set_desk (SanChildHeader *self, SanDesk *desk, const SanId32 *child);
void san_child_header_show     (SanChildHeader *self, const SanChildFile *file);
/* Shows the real name for 60 s, or hides it at once; each showing is written in the access log. */
void san_child_header_reveal   (SanChildHeader *self);

G_END_DECLS
