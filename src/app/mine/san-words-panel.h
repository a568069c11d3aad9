/* san-words-panel.h - changing one's passphrase: the present one, then a new one twice
 *
 * The present one is asked although the centre is open: somebody else may sit at the laptop. */
#pragma once
#include "san-desk.h"
G_BEGIN_DECLS

#define SAN_TYPE_WORDS_PANEL (san_words_panel_get_type ())
G_DECLARE_FINAL_TYPE (SanWordsPanel, san_words_panel, SAN, WORDS_PANEL, GtkWidget)

GtkWidget *san_words_panel_new (SanDesk *desk);

G_END_DECLS
