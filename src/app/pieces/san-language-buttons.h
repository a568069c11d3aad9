/* san-language-buttons.h - the languages, each in its own script; pressing one changes the window
 */
#pragma once
#include "san-desk.h"
G_BEGIN_DECLS
#define SAN_TYPE_LANGUAGE_BUTTONS (san_language_buttons_get_type ())
G_DECLARE_FINAL_TYPE (SanLanguageButtons, san_language_buttons, SAN, LANGUAGE_BUTTONS, GtkWidget)

/* Signal "chosen" (const char *code): before the window changes. */
void san_language_buttons_set_desk (SanLanguageButtons *self, SanDesk *desk);
G_END_DECLS
