/* san-desk-private.h - what the frame reads of the desk; pages do not include this */
#pragma once
#include "san-desk.h"
G_BEGIN_DECLS

/* Signals of a desk: "opened", "locked", "changed", "language-changed", "store-changed", "back",
 * "go" (SanStop*, borrowed), "toast" (SanToast*, (transfer full) to the one listener),
 * "strip" (SanStrip*, borrowed), "strip-away" (key), "jobs" (the list changed). */
typedef struct
{
  char          *sentence;
  char          *label;             /* (nullable) of the undo button */
  SanDeskUndo    undo;
  gpointer       data;
  GDestroyNotify free_data;
} SanToast;

typedef struct
{
  const char *key, *icon, *sentence, *button, *action;
} SanStrip;

struct _SanJob
{
  SanDesk      *desk;
  char         *what;
  GCancellable *cancellable;        /* (nullable) */
  gint64        begun;              /* monotonic us */
  gint          per_mille;          /* atomic; -1: unknown */
};

void       san_toast_free     (SanToast *self);
GPtrArray *san_desk_get_jobs  (SanDesk *self);          /* (transfer none) (element-type SanJob) */
/* Something was asked and has not been answered yet. */
gboolean   san_desk_is_asking (SanDesk *self);

/* san-desk-words.c */
void       san_desk_begin_words   (SanDesk *self);      /* somebody is in */
void       san_desk_end_words     (void);               /* nobody is in */
void       san_desk_look_at_words (SanDesk *self);      /* something came in */

G_END_DECLS
