/* san-world.h - centres, their laptops, the sticks between them, and the number that draws it all
 */
#pragma once
#include "san-laptop.h"
G_BEGIN_DECLS

#define WORLD_CENTRES  3u
#define WORLD_STICKS   3u
#define WORLD_LAPTOPS  12u            /* with copies */

/* What the world knows of a child: shared by all, whatever a laptop knows yet. */
typedef struct
{
  SanId32 id;
  guint   centre_no;
  GArray *records;                  /* WorldRecord */
} WorldChild;

typedef struct
{
  SanId16     id;
  const char *form;
  guint       compartment;
} WorldRecord;

typedef struct
{
  SanId32    id;
  SanSecret *code;              /* text of the recovery code in force, as far as it was used here */
  guint      n_people;              /* names given so far */
  char      *head;                  /* name of the first superintendent */
} WorldCentre;

typedef struct
{
  guint32     seed;
  GRand      *random;
  char       *dir;
  gint64      now;                  /* ms: the right time */
  WorldCentre centres[WORLD_CENTRES];
  guint       n_centres;
  GPtrArray  *laptops;              /* Laptop */
  GPtrArray  *children;             /* WorldChild */
  char       *sticks[WORLD_STICKS];
  GPtrArray  *archive;              /* char*: paths of all bundles that were ever seen on a stick */
  GHashTable *archived;             /* names of these */
  guint       n_files;              /* for the times of files */
  GString    *story;                /* what happened, a line each */
  gboolean    loud;                 /* and told at once */
} World;

/* set up: centres, laptops, pairs */
World   *world_new    (const char *dir, guint32 seed, gboolean loud);
void     world_free   (World *self);

/* Chance. */
guint    pick         (World *self, guint n);             /* below n */
gboolean chance       (World *self, guint percent);
Laptop  *pick_laptop  (World *self);
void     tell         (World *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* TRUE: it went well. FALSE: it was refused in a way that a person can meet; others end the test.
 */
gboolean went_well    (World *self, const char *what, GError *error);

/* Sits down at a laptop: its clock is the world's, as wrong as it is. */
void     at_laptop    (World *self, Laptop *laptop);
/* Somebody at random, or whoever is there; FALSE: nobody can open it. */
gboolean login        (World *self, Laptop *laptop);
gboolean login_as     (World *self, Laptop *laptop, const char *name);
gboolean login_superintendent (World *self, Laptop *laptop);
void     laptop_exchange (World *self, Laptop *laptop, const char *place);
void     time_passes  (World *self);
Laptop  *add_laptop   (World *self, guint centre_no);
void     keep_files   (World *self, const char *place);   /* archive what is new there, set times */

/* san-acts.c, san-people-acts.c, san-mishaps.c */
void     act_once     (World *self);
void     act_on_people (World *self, Laptop *laptop);
void     act_use_code (World *self, Laptop *laptop);
void     act_erase    (World *self, Laptop *laptop, const SanId32 *child);
void     mishap       (World *self);

/* san-settle.c: exchange until nothing is new; then all must say the same. */
void     world_settle (World *self);
void     world_judge  (World *self);

G_END_DECLS
