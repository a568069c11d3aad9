/* san-paper.h - a file attached to a record, opened to be looked at or copied out */
#pragma once
#include "san-records.h"
G_BEGIN_DECLS

/**
 * SanPaper:
 * @content: the file itself; never written anywhere by us but where a person says
 * @media_type: as noted when it was attached, "image/jpeg"
 * @extension: for the name of a copy, with its dot; "" if none is known
 */
typedef struct { GBytes *content; char *media_type; const char *extension; } SanPaper;

void      san_paper_free (SanPaper *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanPaper, san_paper_free)

SanPaper *san_paper_open (SanCentre *self, const SanId16 *record, const char *field,
                          GError **error);
gboolean  san_paper_copy (SanCentre *self, const SanId16 *record, const char *field,
                          const char *path, GError **error);

G_END_DECLS
