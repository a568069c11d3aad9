/* san-name.h - names that people type of centres, persons and places: how long, which letters
 *
 * Counted in letters (Unicode characters), so that a name in Devanagari or Bengali may be as long
 * as one in Latin; the bytes are bounded by it. */
#pragma once
#include <glib.h>
G_BEGIN_DECLS

#define SAN_NAME_LETTERS 60u
#define SAN_NAME_BYTES   240u                /* of 60 letters in UTF-8, each at most 4 */

gboolean san_name_is_short (const char *name, gsize n);
gboolean san_name_is_plain (const char *name, gsize n);

G_END_DECLS
