/* fit.h - whether what a page shows has the room that it needs, read off the widgets themselves */
#pragma once
#include <gtk/gtk.h>
G_BEGIN_DECLS

#define FIT_WIDTH  1366              /* the screen */
#define FIT_HEIGHT 768

typedef struct
{
  guint       labels;               /* looked at */
  guint       ellipsised;           /* "…" in place of words */
  guint       clipped;              /* text or a widget beyond what is drawn of it */
  guint       overlaps;             /* two neighbours on the same spot */
  guint       sideways;             /* places that scroll to the side */
  GHashTable *told;                 /* faults that were printed already */
} Fit;

/* Looks at everything that is mapped in @window; faults are printed with @where before them. */
void fit_look    (Fit *self, GtkWindow *window, const char *where);
/* Makes every label 40 % longer, word by word, as a language with longer words would. */
void fit_lengthen (GtkWidget *widget);
guint fit_count  (const Fit *self);

G_END_DECLS
