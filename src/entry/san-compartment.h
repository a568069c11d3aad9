/* san-compartment.h - who may read: the numbers and names of the compartments (format) */
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

#define SAN_N_COMPARTMENTS 6u

const char *san_compartment_get_name   (guint compartment);                    /* "house", "case" …; NULL: no such one */
int         san_compartment_from_name  (const char *name);                     /* -1: no such one */
guint       san_compartment_reads_with (guint compartment);                    /* bit mask: what every reader of it reads too, itself included */

G_END_DECLS
