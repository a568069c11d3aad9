/* san-laptop.h - one laptop of the world: its folders, its people, its clock */
#pragma once
#include "san-carry.h"
#include "san-centre-private.h"
#include "san-partners.h"
#include "san-records.h"
#include "san-review.h"
#include "san-setup.h"
#include "san-staff.h"
G_BEGIN_DECLS

typedef struct
{
  guint           no;               /* in the world */
  guint           centre_no;
  guint           twin_of;          /* no of the laptop that it is a copy of; its own no else */
  char           *dir;              /* of all that belongs to it */
  char           *store, *state;
  SanPlaceOnDisk  where;
  SanCentre      *centre;           /* NULL: locked */
  char           *login;            /* who is at the keyboard */
  GHashTable     *slips;            /* name -> words of a slip that was not used yet */
  gint64          clock_off;        /* ms; how wrong its clock is */
  char           *kept;             /* (nullable) folder of an older copy */
} Laptop;

Laptop    *laptop_new     (const char *dir, guint no, guint centre_no);
void       laptop_free    (Laptop *self);
void       laptop_lock    (Laptop *self);
GPtrArray *laptop_list_names (Laptop *self, gboolean slips);     /* char*: who has a slot here */
/* FALSE with an error that a person could get: no longer a slot, a slip … */
gboolean   laptop_unlock  (Laptop *self, const char *name, GError **error);
SanSecret *laptop_words   (void);                                /* everybody's passphrase */
void       laptop_replace (Laptop *self, const char *from);     /* its folders by a copy of those */
void       tree_copy      (const char *from, const char *to);
void       tree_remove    (const char *path);

G_END_DECLS
