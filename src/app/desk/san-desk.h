/* san-desk.h - what every page is given: the open centre, the worker, ways to other pages, toasts
 *
 * One desk a window. It belongs to nobody while locked: then it has no centre, and every page that
 * showed something of it is gone. All of it is for the main thread. */
#pragma once
#include <gtk/gtk.h>
#include "san-centre.h"
#include "san-stop.h"
#include "san-worker.h"
G_BEGIN_DECLS

#define SAN_TYPE_DESK (san_desk_get_type ())
G_DECLARE_FINAL_TYPE (SanDesk, san_desk, SAN, DESK, GObject)

SanDesk              *san_desk_new           (const SanPlaceOnDisk *where);

/* Where: the store that is looked at; changing it is for the welcome page, while locked. NULL: the
 * one that the window began with. */
const SanPlaceOnDisk *san_desk_get_where     (SanDesk *self);
void                  san_desk_set_store     (SanDesk *self, const char *store /* (nullable) */);
gboolean              san_desk_has_store     (SanDesk *self);
/* where the window began, whatever is looked at */
gboolean              san_desk_has_standard_store (SanDesk *self);
/* the store lies in the folder of examples */
gboolean              san_desk_is_example    (SanDesk *self);
char                 *san_desk_dup_example_dir (SanDesk *self);

/* Who: opening and locking. After ::opened the frame shows the pages of her role. */
void                  san_desk_open          (SanDesk *self,
                                              SanCentre *centre /* (transfer full) */);
void                  san_desk_lock          (SanDesk *self);  /* keys wiped, pages gone; at once */
gboolean              san_desk_is_open       (SanDesk *self);
SanCentre            *san_desk_get_centre    (SanDesk *self);       /* (transfer none) (nullable) */
/* of labels: "hi", "hi@child" */
const char           *san_desk_get_language  (SanDesk *self);
/* content is made anew */
void                  san_desk_set_language  (SanDesk *self, const char *language);
/* likewise, where the words differ: who lives here was changed just now (san-about.h) */
void                  san_desk_set_children  (SanDesk *self, const char *children);
/* likewise, where the language has some */
void                  san_desk_set_own_digits (SanDesk *self, gboolean own);

/**
 * san_desk_ask:
 * @asker: (nullable): the page or row that asks; @done is not called once it is gone from the
 *   window or the desk is locked, and the work is cancelled then
 * @func: runs on the worker with the open centre
 * @input: (transfer full) (nullable)
 * @done: source object is the asker; takes the result by san_worker_run_finish()
 *
 * How a page asks the centre. One at a time, in order.
 */
void                  san_desk_ask           (SanDesk             *self,
                                              GtkWidget           *asker,
                                              SanWorkFunc          func,
                                              gpointer             input,
                                              GDestroyNotify       input_free,
                                              GDestroyNotify       result_free,
                                              GAsyncReadyCallback  done,
                                              gpointer             user_data);
/* The same for work that opens a centre (unlock, set-up, restore): it gets no centre. */
void                  san_desk_ask_outside   (SanDesk             *self,
                                              GtkWidget           *asker,
                                              SanWorkFunc          func,
                                              gpointer             input,
                                              GDestroyNotify       input_free,
                                              GDestroyNotify       result_free,
                                              GAsyncReadyCallback  done,
                                              gpointer             user_data);
/* Something was saved or came in: every page that is shown asks anew (::changed). */
void                  san_desk_changed       (SanDesk *self);

/* Ways. */
void                  san_desk_go            (SanDesk *self, SanStop *stop /* (transfer full) */);
/* a page about nobody */
void                  san_desk_go_page       (SanDesk *self, const char *page);
void                  san_desk_go_child      (SanDesk *self, const SanId32 *child,
                                              const char *part /* (nullable) */);
/* The page that writes this form: session, scale, share or the general form page. @record NULL: a
 * new one. */
void                  san_desk_go_form       (SanDesk *self, const char *form, const SanId32 *child,
                                              const SanId16 *record);
void                  san_desk_back          (SanDesk *self);

/* Words at the foot. A toast says that something was done; @undo (nullable) gives it a button for
 * 10 s. */
typedef void (*SanDeskUndo) (SanDesk *self, gpointer data);
void                  san_desk_toast         (SanDesk *self, const char *sentence);
void                  san_desk_toast_undo    (SanDesk *self, const char *sentence,
                                              const char *label, SanDeskUndo undo, gpointer data,
                                              GDestroyNotify free_data);
/* An error as a sentence of her language (words/san-sentences.h), as a strip that stays until
 * closed. */
void                  san_desk_complain      (SanDesk *self, const GError *error);
/* A condition that stays: @key names it, so that it can be replaced and taken away. @action
 * (nullable) is a detailed action name for its button. */
void                  san_desk_strip         (SanDesk *self, const char *key, const char *icon,
                                              const char *sentence, const char *button,
                                              const char *action);
void                  san_desk_strip_away    (SanDesk *self, const char *key);

/* Work that may take longer than half a second: a row at the foot with what, how far and Cancel. */
typedef struct _SanJob SanJob;
/* @cancellable (nullable): no Cancel */
SanJob               *san_desk_begin_job     (SanDesk *self, const char *what,
                                              GCancellable *cancellable);
/* any thread; of 0: unknown */
void                  san_job_progress       (SanJob *job, guint64 done, guint64 of);
void                  san_job_end            (SanJob *job);              /* main thread; frees it */

G_END_DECLS
