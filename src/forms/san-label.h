/* san-label.h - one text of a definition, in the languages that it was translated into */
#pragma once
#include <glib.h>
G_BEGIN_DECLS

/* immutable; those of forms, lists … belong to their catalogue */
typedef struct _SanLabel SanLabel;

/* never NULL: English where the language lacks it; "" for a NULL self */
const char *san_label_get (const SanLabel *self,
                           /* "hi", "bn_IN", "hi@child" …; NULL: English */
                           const char     *language);

void        san_label_free (SanLabel *self);   /* only for one of one's own: san_xml_read_label() */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanLabel, san_label_free)

G_END_DECLS
