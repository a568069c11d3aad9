/* san-milestone.h - one thing that the programme expects by a day, as the data files define it
 *
 * Everything here is read only and belongs to the programme that it came from. Strings are never
 * NULL unless it says so. What each word means: README.md, and data/programme/programme.rng. */
#pragma once
#include "san-catalogue.h"
#include "san-condition.h"
#include "san-time.h"
G_BEGIN_DECLS

typedef enum
{
  SAN_PER_STAY,           /* one for each stay */
  SAN_PER_RECORD,         /* one for each record that states the anchor */
  SAN_PER_LAST,           /* counted from the newest answer in the stay, else from the anchor */
  SAN_PER_CHILD,          /* one for the child, however many stays; open while she stays */
} SanPer;

typedef enum
{
  SAN_PICK_NEWEST,        /* the answer that the fact set shows first */
  SAN_PICK_FIRST,         /* the one that speaks of the earliest day */
  SAN_PICK_LAST,          /* the one that speaks of the latest day */
} SanPick;

typedef enum
{
  SAN_ENDS_EXIT,          /* when the child leaves */
  SAN_ENDS_NEXT_STAY,     /* when she comes back */
  SAN_ENDS_NEVER,         /* only by its answer */
} SanEnds;

typedef enum
{
  SAN_FROM_DEFAULT,       /* with a rhythm half a period before; due before its anchor: any */
  SAN_FROM_ANY,           /* any answer of the stay or record */
  SAN_FROM_DURATION,      /* counted from the anchor */
} SanFrom;

/* One way to answer a milestone. */
typedef struct
{
  const char   *form;     /* (nullable) NULL: any form that states the fact */
  const char   *fact;     /* (nullable) its value is the day that counts; NULL: the day of finish */
  SanCondition *only_if;  /* (nullable) asked of the answering record */
  gboolean      finished; /* counts only once the record is finished */
  gboolean      later;    /* per record: another record that speaks of a later time */
} SanFulfilment;

typedef struct
{
  const char     *id;
  const SanLabel *label;
  const SanLabel *meaning;              /* what it means, in plain words */
  const char     *role;                 /* whose work it is; "any": everyone on duty */
  const char     *source;
  SanMark         mark;
  SanDossierKind  dossier;              /* house: shown at each child that is named */

  guint           compartment;          /* strictest of all that it needs: its view */
  guint           needs;                /* mask: who cannot read all of these does not have it */
  guint           answer_compartment;   /* where "not needed, because…" is written */

  SanPer          per;
  const char     *anchor;               /* fact */
  SanPick         pick;                 /* which answer, of several in one stay */
  SanDuration     due;                  /* not meaningful with a rhythm */
  gboolean        due_exact;            /* PT24H, PT0S: from the minute; else whole days */
  const char     *plus_hours;           /* (nullable) fact whose whole number of hours is added */
  gboolean        has_rhythm;
  SanDuration     every;                /* … for `during`, then every `then` */
  gboolean        has_during;
  SanDuration     during;
  gboolean        has_then;             /* FALSE with during: it stops there */
  SanDuration     then;
  SanFrom         from_kind;
  SanDuration     from;
  gboolean        precision_first;      /* of an imprecise date the first day counts */
  SanDuration     notice;               /* how long before it is due `later` becomes `soon` */
  gboolean        has_lapse;
  SanDuration     lapse;                /* unanswered so long after its due it is missed */
  gboolean        has_late;
  SanDuration     late;                 /* due before she came: so long after arrival */
  SanEnds         ends;
  const char     *until;                /* (nullable) fact that ends it as well */
  SanCondition   *applies_if;           /* (nullable) age() is her age on the day it is due */
  guint           n_fulfilments;        /* 0: it goes when its anchor moves */
  const SanFulfilment *fulfilments;
  const char     *form;                 /* (nullable) opens to answer it */
} SanMilestone;

/* TRUE if a login that reads @readable (bit c: compartment c) has this milestone at all. */
gboolean san_milestone_is_readable (const SanMilestone *self, guint readable);

G_END_DECLS
