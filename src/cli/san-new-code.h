/* san-new-code.h - a recovery code on its way to paper: to a file, or shown and typed back */
#pragma once
#include "san-cli.h"
G_BEGIN_DECLS

/* FALSE (REFUSED) if something is there already; @path nullable. */
gboolean san_new_code_path_is_free (const char *path, GError **error);
/* A new file of mode 0600, without the code ever being an ordinary string. */
gboolean san_new_code_write        (const char *path, const SanSecret *code, GError **error);
/**
 * san_new_code_hand_over:
 * @file: (nullable): where it goes; else it is shown on the terminal and typed back
 *
 * Before the code is made good: whoever calls this commits only after %TRUE. Where there is neither
 * a file nor a terminal it goes to standard output, as `centre create` does it.
 */
gboolean san_new_code_hand_over    (SanCli *cli, const SanSecret *code, const char *file,
                                    GError **error);

G_END_DECLS
