/* contrast.h - whether words and marks stand out from what they are drawn on, read off the pixels
 */
#pragma once
#include <gtk/gtk.h>
G_BEGIN_DECLS

#define CONTRAST_WORDS 4.5
#define CONTRAST_MARKS 3.0

typedef struct
{
  guint       words, marks;         /* looked at */
  double      least_word, least_mark;      /* their least contrast; 0: none seen */
  guint       faint;                /* words below 4.5 to 1 and marks below 3 to 1 */
  guint       colour_alone;         /* states told by colour, without an icon or without a word */
  GHashTable *told;                 /* faults that were printed already */
} Contrast;

/* Draws @window and looks at every label and icon in it that is not greyed out. */
void contrast_look (Contrast *self, GtkWindow *window, const char *where);

G_END_DECLS
