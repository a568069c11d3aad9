/* whole-acts.h - acts of people from a disk before to a disk after, for whatever may befall them
 *
 * Each begins on an image of its own. However it is cut off or fails, the disk then holds the
 * state before it or the state after it. */
#pragma once
#include "whole.h"
G_BEGIN_DECLS

typedef struct
{
  const char *name;
  guint       image;               /* which disk it begins on */
  const char *who;                 /* does it; NULL: it opens or makes the store itself */
  const char *enters;              /* who can enter afterwards, with WHOLE_WORDS */
  guint       step;                /* where each call is made to fail: how many of them to take */
  gboolean  (*run) (Whole *whole, GError **error);
  /* NULL: nothing more to be asked of the disk */
  void      (*check) (Whole *whole, gboolean done, const char *when);
} WholeAct;

typedef struct
{
  Whole       *whole;
  SanSimImage *images[16];
} WholeDisks;

extern const WholeAct whole_acts[];
guint    whole_count_acts     (void);

void     whole_disks_make     (WholeDisks *self, const char *what, guint64 seed);
void     whole_disks_clear    (WholeDisks *self);
/* The act's disk; open, unless the act opens it itself. */
void     whole_act_begin      (WholeDisks *self, const WholeAct *act);
/* draws the same each time */
gboolean whole_act_run        (Whole *whole, const WholeAct *act, GError **error);
/* Closes, opens as a person would, and verifies all but if @lightly. FALSE: there is no store. */
gboolean whole_act_look_again (Whole *whole, const WholeAct *act, gboolean lightly,
                               WholeState *state, const char *when);
/* Closes, and asks what else must be true before the act, or after it. */
void     whole_act_check      (Whole *whole, const WholeAct *act, gboolean done, const char *when);
void     whole_act_enter      (Whole *whole, const WholeAct *act, const char *when);
/* States before and after, from a run that nothing befalls. */
void     whole_act_measure    (WholeDisks *self, const WholeAct *act, WholeState *before,
                               WholeState *after, guint *n_changes);

G_END_DECLS
