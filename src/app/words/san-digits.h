/* san-digits.h - numbers in the digits of the person's own script, where she chose them
 *
 * The translations are written with 0-9; here alone they become other digits. What people typed
 * is shown as they typed it, so a sentence changes its own numbers and never its texts. */
#pragma once
#include <glib.h>
G_BEGIN_DECLS

/* whether it has digits of its own: hi bn mr */
gboolean    san_digits_exist    (const char *language);
/* of the language of the window; counts from the next text on */
void        san_digits_set_own  (gboolean own);
gboolean    san_digits_get_own  (void);

char       *san_digits_dup_own   (const char *language, const char *text);  /* whatever she chose */
/* a number, date or bed without words of somebody */
char       *san_digits_show     (const char *text);
/* a translated sentence or format; never freed */
const char *san_digits_of_words (const char *words) G_GNUC_FORMAT (1);
/* As g_strdup_printf(); what stands for %s is left alone. */
char       *san_words_print    (const char *format, ...) G_GNUC_PRINTF (1, 2);

G_END_DECLS
