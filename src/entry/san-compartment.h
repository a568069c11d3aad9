/* san-compartment.h - who may read: the six compartments, and the roles that open them
 *
 * Roles are part of the format, not data, so that every version draws the same line. */
#pragma once
#include <glib.h>
G_BEGIN_DECLS

typedef enum
{
  SAN_COMPARTMENT_HOUSE = 0,
  SAN_COMPARTMENT_CASE = 1,
  SAN_COMPARTMENT_CLINICAL = 2,
  SAN_COMPARTMENT_MEDICAL = 3,
  SAN_COMPARTMENT_LEGAL = 4,
  SAN_COMPARTMENT_STAFF = 5,
} SanCompartment;

#define SAN_N_COMPARTMENTS    6u
#define SAN_COMPARTMENT_MASK  0x3fu    /* bit c = compartment c */
#define SAN_ROLE_LIMIT        32       /* bytes of a role's name */

/* "house", "case" …; NULL: no such one */
const char *san_compartment_get_name   (guint compartment);
int         san_compartment_from_name  (const char *name);            /* -1: no such one */
/* bit mask: what every reader of it reads too, itself included */
guint       san_compartment_reads_with (guint compartment);

gboolean    san_role_is_well_formed    (const char *role, gsize n);   /* 1-32 of a-z 0-9 . + - */
/* also `a+b` and `slip.a` of known ones */
gboolean    san_role_is_known          (const char *role);
guint       san_role_get_reads         (const char *role);            /* bit c; unknown roles: 0 */
guint       san_role_get_writes        (const char *role); /* the same, but a slip writes nothing */
gboolean    san_role_reads             (const char *role, guint compartment);
gboolean    san_role_is_superintendent (const char *role);            /* FALSE for a slip */
gboolean    san_role_is_slip           (const char *role);
/* borrowed tail: ROLE of slip.ROLE; NULL if it is no slip */
const char *san_role_get_slip_of       (const char *role);
/* one of the joined names; FALSE for a slip */
gboolean    san_role_has               (const char *role, const char *single);

G_END_DECLS
