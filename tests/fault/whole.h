/* whole.h - a whole centre on the simulated disk: set up, worked in, cut, opened again, judged
 *
 * One at a time. The clock stands where whole_new() put it and moves on a second with each act,
 * so that no run depends on the day. Real folders of the same names stand beside the simulated
 * ones: flock() and statvfs() are asked of them. */
#pragma once
#include "san-sim-disk.h"
#include "san-centre-private.h"
#include "san-records.h"
#include "san-setup.h"
#include "san-staff.h"
#include "san-store-check.h"
G_BEGIN_DECLS

#define WHOLE_WORDS "four grey herons wade"

typedef struct
{
  char          *root;
  char          *store, *state, *stick;
  SanPlaceOnDisk where;
  char          *other_store, *other_state;
  SanPlaceOnDisk other;            /* a second laptop */
  SanSimDisk    *disk;
  GRand         *rand;
  guint64        seed;
  SanCatalogue  *catalogue;
  SanProgramme  *programme;
  SanSecret     *code;             /* recovery code, as text */
  SanSlotKeys    keys;             /* of the superintendent, kept by whole_keep_keys() */
  SanId16        staff;
  SanCentre     *centre;           /* NULL: closed */
} Whole;

Whole     *whole_new        (const char *what, guint64 seed);
void       whole_free       (Whole *self);
guint      whole_draw       (Whole *self, guint n);                 /* 0 … n-1 */
guint64    whole_environment (const char *name, guint64 otherwise);
SanSecret *whole_words      (void);

/* Set-up of a new centre; the open centre is in self->centre. */
gboolean   whole_set_up     (Whole *self, GError **error);
void       whole_keep_keys  (Whole *self);            /* so that whole_open() needs no passphrase */
gboolean   whole_open       (Whole *self, GError **error); /* all of an unlock but the passphrase */
gboolean   whole_unlock     (Whole *self, const char *who, GError **error);   /* all of it */
void       whole_close      (Whole *self);                          /* also when the power is off */

/* What stands in the store, to be compared before and after. */
typedef struct
{
  guint   n_entries;              /* but notices of a new journal, which doubt alone may bring */
  guint   n_notices;
  guint   n_children;
  guint   n_staff;                /* seats */
  guint   n_slots;
  guint   n_slips;
  guint   n_kept;                 /* places; drafts; a card that waits for its number */
} WholeState;
void       whole_look       (Whole *self, WholeState *out);
char      *whole_describe   (const WholeState *state);
gboolean   whole_same       (const WholeState *a, const WholeState *b);

/* Heads of all journals, and whether all of them are still here. */
GPtrArray *whole_heads      (Whole *self);                          /* SanHead* */
void       whole_assert_has (Whole *self, GPtrArray *heads, const char *when);
/* Entries, chains, databases, verdicts, views against a rebuild, no child or person in halves. */
void       whole_assert_sound (Whole *self, const char *when);
/* a SAN_ERROR, and not damage */
void       whole_assert_clear (const GError *error, const char *when);

/* Acts. Each is one press of a person. */
gboolean   whole_admit      (Whole *self, GError **error);
/* a record of a child: house and case, or medical */
gboolean   whole_write      (Whole *self, GError **error);
gboolean   whole_note       (Whole *self, GError **error);           /* a record of the house */
/* finishes and amends, or withdraws, a record */
gboolean   whole_finish     (Whole *self, GError **error);
gboolean   whole_add_person (Whole *self, SanSecret **slip, char **name, GError **error);
gboolean   whole_remove_person (Whole *self, GError **error);        /* TRUE if there is none */
gboolean   whole_rebuild    (Whole *self, GError **error);

G_END_DECLS
