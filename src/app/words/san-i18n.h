/* san-i18n.h - translated words for the window: glib/gi18n.h, with the digits that she chose */
#pragma once
#include "san-digits.h"
#include <glib/gi18n.h>

#undef _
#undef ngettext
#define _(words)                   san_digits_of_words (gettext (words))
#define ngettext(one, many, n)     san_digits_of_words (dngettext (GETTEXT_PACKAGE, one, many, n))
