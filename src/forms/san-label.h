/* san-label.h - one text of a definition, in the languages that it was translated into */
#pragma once
#include <glib.h>
G_BEGIN_DECLS

typedef struct _SanLabel SanLabel;          /* immutable; belongs to its definition */

const char *san_label_get (const SanLabel *self,       /* never NULL: English where the language lacks it; "" for a NULL self */
                           const char     *language);  /* "hi", "bn_IN" …; NULL: English */

G_END_DECLS
