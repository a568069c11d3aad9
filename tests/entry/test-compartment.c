/* test-compartment.c - the six compartments and the roles that read them */
#include "san-compartment.h"

#include <string.h>

static void
test_names (void)
{
  for (guint c = 0; c < SAN_N_COMPARTMENTS; c++)
    g_assert_cmpint (san_compartment_from_name (san_compartment_get_name (c)), ==, c);
  g_assert_null (san_compartment_get_name (SAN_N_COMPARTMENTS));
  g_assert_cmpint (san_compartment_from_name ("general"), ==, -1);
}

static void
test_table (void)
{
  static const struct { const char *role; guint reads; gboolean known;
  } rows[] = {
    { "superintendent", 0x3b, TRUE },
    { "counsellor", 0x07, TRUE },
    { "case-worker", 0x03, TRUE },
    { "nurse", 0x09, TRUE },
    { "legal", 0x13, TRUE },
    { "house", 0x01, TRUE },
    { "coordinator", 0, TRUE },
    { "superintendent+counsellor", 0x3f, TRUE },
    { "nurse+legal", 0x1b, TRUE },
    { "slip.counsellor", 0x03, TRUE },
    { "slip.superintendent+counsellor", 0x3b, TRUE },
    { "", 0, FALSE },
    { "driver", 0, FALSE },
    { "Nurse", 0, FALSE },
    { "nurse+driver", 0, FALSE },
    { "driver+nurse", 0, FALSE },
    { "nurse+nurse", 0, FALSE },
    { "nurse+", 0, FALSE },
    { "+nurse", 0, FALSE },
    { "nurse+legal+house", 0, FALSE },
    { "slip.", 0, FALSE },
    { "slip.slip.nurse", 0, FALSE },
    { "nurse+slip.legal", 0, FALSE },
    { "slip.driver", 0, FALSE },
    { "nurs", 0, FALSE },
    { "nurses", 0, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpuint (san_role_get_reads (rows[i].role), ==, rows[i].reads);
      g_assert_cmpint (san_role_is_known (rows[i].role), ==, rows[i].known);
      g_assert_cmpuint (san_role_get_writes (rows[i].role), ==,
                        san_role_is_slip (rows[i].role) ? 0 : rows[i].reads);
      for (guint c = 0; c < 8; c++)
        g_assert_cmpint (san_role_reads (rows[i].role, c), ==, (rows[i].reads >> c & 1) != 0);
    }
}

static void
test_powers (void)
{
  g_assert_true (san_role_is_superintendent ("superintendent"));
  g_assert_true (san_role_is_superintendent ("nurse+superintendent"));
  g_assert_false (san_role_is_superintendent ("slip.superintendent"));
  g_assert_false (san_role_is_superintendent ("superintendent+driver"));
  g_assert_false (san_role_is_superintendent ("coordinator"));
  g_assert_true (san_role_has ("nurse+legal", "legal"));
  g_assert_false (san_role_has ("nurse+legal", "house"));
  g_assert_cmpstr (san_role_get_slip_of ("slip.nurse+legal"), ==, "nurse+legal");
  g_assert_null (san_role_get_slip_of ("nurse"));
}

static void
test_well_formed (void)
{
  g_assert_true (san_role_is_well_formed ("slip.a-b+c2", 11));
  g_assert_false (san_role_is_well_formed ("", 0));
  g_assert_false (san_role_is_well_formed ("nurse\0", 6));
  g_assert_false (san_role_is_well_formed ("nurse ", 6));
  g_assert_false (san_role_is_well_formed ("NURSE", 5));
  g_assert_true (san_role_is_well_formed ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 32));
  g_assert_false (san_role_is_well_formed ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 33));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/entry/compartment/names-and-numbers-agree", test_names);
  g_test_add_func ("/entry/role/reads-what-the-format-says", test_table);
  g_test_add_func ("/entry/role/a-slip-is-no-superintendent", test_powers);
  g_test_add_func ("/entry/role/malformed-names-are-told", test_well_formed);
  return g_test_run ();
}
