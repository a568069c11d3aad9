/* san-output.h - what g_print() and g_printerr() put on the terminal */
#pragma once
#include <glib.h>
G_BEGIN_DECLS
void     san_output_begin     (void);  /* from here on all that is printed is safe for a terminal */
gboolean san_output_end       (void);                 /* FALSE: not all of it could be written */
/* no control letters but line end and tab, valid UTF-8 */
char    *san_output_make_safe (const char *text);
G_END_DECLS
