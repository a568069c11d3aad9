/* san-key-retry.h - shortcuts under layouts of other scripts
 *
 * A key with Ctrl or Alt that gives no Latin letter is tried again as the US key at its place. */
#pragma once
#include <gtk/gtk.h>
G_BEGIN_DECLS
void san_key_retry_install (GtkApplicationWindow *window);
G_END_DECLS
