/* san-form-reader.h - one form from a document that fits form.rng, then checked against the rest */
#pragma once
#include "san-catalogue.h"
#include "san-pool.h"
#include "san-xml.h"
G_BEGIN_DECLS

/* Both append "line N: reason" to @mistakes and go on. */
SanForm *san_form_read  (const xmlNode *root, SanPool *pool, GPtrArray *mistakes);
void     san_form_check (const SanForm *self, const SanCatalogue *catalogue, GPtrArray *mistakes);
void     san_form_add_mistake (GPtrArray *mistakes, long line, const char *format,
                               ...) G_GNUC_PRINTF (3, 4);

G_END_DECLS
