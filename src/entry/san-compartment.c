/* san-compartment.c - names of the compartments, what their readers read besides, and the roles
 *
 * The second column follows from the roles of the format: everybody reads house; who reads
 * clinical or legal reads case; who reads medical need not read case (the nurse does not). So
 * a text may be copied from X into Y exactly if bit X stands in reads_with (Y): nobody can then
 * read in Y what she could not read in X.
 */
#include "san-compartment.h"

#include <string.h>

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

/* Roles. */

#define SLIP_PREFIX "slip."

static const struct
{
  const char *name;
  guint       reads;
} roles[] = {
  { "superintendent", 1u << 0 | 1u << 1 | 1u << 3 | 1u << 4 | 1u << 5 },
  { "counsellor",     1u << 0 | 1u << 1 | 1u << 2 },
  { "case-worker",    1u << 0 | 1u << 1 },
  { "nurse",          1u << 0 | 1u << 3 },
  { "legal",          1u << 0 | 1u << 1 | 1u << 4 },
  { "house",          1u << 0 },
  { "coordinator",    0 },
};

static int
find_role (const char *name, gsize n)
{
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if (strlen (roles[i].name) == n && memcmp (roles[i].name, name, n) == 0)
      return (int) i;
  return -1;
}

/* One known role, or two different ones joined by '+'. A joint with an unknown half is unknown as
 * a whole: half a role would mean one thing here and another in the version that wrote it. */
static gboolean
split_role (const char *role, int out[2])
{
  const char *plus = strchr (role, '+');

  if (plus == NULL)
    {
      out[0] = out[1] = find_role (role, strlen (role));
      return out[0] >= 0;
    }
  out[0] = find_role (role, (gsize) (plus - role));
  out[1] = find_role (plus + 1, strlen (plus + 1));
  return out[0] >= 0 && out[1] >= 0 && out[0] != out[1];
}

gboolean
san_role_is_well_formed (const char *role, gsize n)
{
  if (n == 0 || n > SAN_ROLE_LIMIT)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (!g_ascii_islower (role[i]) && !g_ascii_isdigit (role[i]) &&
        role[i] != '.' && role[i] != '+' && role[i] != '-')
      return FALSE;
  return TRUE;
}

gboolean
san_role_is_slip (const char *role)
{
  return g_str_has_prefix (role, SLIP_PREFIX);
}

const char *
san_role_get_slip_of (const char *role)
{
  return san_role_is_slip (role) ? role + strlen (SLIP_PREFIX) : NULL;
}

gboolean
san_role_is_known (const char *role)
{
  int parts[2];

  return split_role (san_role_is_slip (role) ? san_role_get_slip_of (role) : role, parts);
}

/**
 * san_role_get_reads:
 *
 * Returns: bit c for each compartment c that the role reads; 0 for an unknown role. A slip reads
 * what its role reads, except clinical: that ring is given face to face only.
 */
guint
san_role_get_reads (const char *role)
{
  int parts[2];

  if (!split_role (san_role_is_slip (role) ? san_role_get_slip_of (role) : role, parts))
    return 0;
  return (roles[parts[0]].reads | roles[parts[1]].reads) &
         (san_role_is_slip (role) ? ~(1u << SAN_COMPARTMENT_CLINICAL) : ~0u);
}

guint
san_role_get_writes (const char *role)
{
  return san_role_is_slip (role) ? 0 : san_role_get_reads (role);
}

gboolean
san_role_reads (const char *role, guint compartment)
{
  return compartment < SAN_N_COMPARTMENTS && (san_role_get_reads (role) >> compartment & 1) != 0;
}

gboolean
san_role_has (const char *role, const char *single)
{
  int parts[2];

  if (san_role_is_slip (role) || !split_role (role, parts))
    return FALSE;
  return g_str_equal (roles[parts[0]].name, single) || g_str_equal (roles[parts[1]].name, single);
}

gboolean
san_role_is_superintendent (const char *role)
{
  return san_role_has (role, "superintendent");
}
