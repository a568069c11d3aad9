/* san-compartment.c - names of the compartments, and what their readers read besides
 *
 * The second table follows from the roles of the format: everybody reads house; who reads
 * clinical or legal reads case; who reads medical need not read case (the nurse does not). So
 * a text may be copied from X into Y exactly if bit X stands in reads_with (Y): nobody can then
 * read in Y what she could not read in X.
 */
#include "san-compartment.h"

static const struct
{
  const char *name;
  guint       reads_with;
} compartments[SAN_N_COMPARTMENTS] = {
  { "house",    1u << 0 },
  { "case",     1u << 0 | 1u << 1 },
  { "clinical", 1u << 0 | 1u << 1 | 1u << 2 },
  { "medical",  1u << 0 | 1u << 3 },
  { "legal",    1u << 0 | 1u << 1 | 1u << 4 },
  { "staff",    1u << 0 | 1u << 5 },
};

const char *
san_compartment_get_name (guint compartment)
{
  return compartment < SAN_N_COMPARTMENTS ? compartments[compartment].name : NULL;
}

int
san_compartment_from_name (const char *name)
{
  for (guint i = 0; i < SAN_N_COMPARTMENTS; i++)
    if (g_strcmp0 (name, compartments[i].name) == 0)
      return (int) i;
  return -1;
}

guint
san_compartment_reads_with (guint compartment)
{
  return compartment < SAN_N_COMPARTMENTS ? compartments[compartment].reads_with : 0;
}
