/* san-sight.h - all that a laptop says, as lines of text under names, free of inner numbers */
#pragma once
#include "san-world.h"
G_BEGIN_DECLS

/* Names: "heads DOSSIER", "dossier DOSSIER", "rights DOSSIER", "held DOSSIER", "forks DOSSIER",
 * "house DOSSIER" (what stands written in clear), "authority CENTRE", "lacks", and for each login
 * "view COMPARTMENT RING" with the digest. */
typedef struct
{
  Laptop     *laptop;
  GHashTable *lines;                /* name -> text */
} Sight;

Sight      *sight_new      (Laptop *laptop);              /* of the login that is there */
void        sight_add_views (Sight *self);
void        sight_free     (Sight *self);
/* NULL: nothing */
const char *sight_get      (const Sight *self, const char *what, const SanId32 *id);
/* NULL: the same; else what differs, to be told. @names may be NULL: all. */
char       *sight_compare  (const Sight *a, const Sight *b, const char *name);
char       *sight_difference (const char *name, const char *a, const char *b);
char       *sight_dup_derived (SanStore *store, guint8 compartment);    /* due rows and summaries */
/* records and writes of all cases shown */
char       *sight_dup_records (SanStore *store, guint8 compartment);
/* is the other none of the centre's laptops, as this one says? */
gboolean    sight_leaves_out (const Sight *self, const Laptop *other);

G_END_DECLS
