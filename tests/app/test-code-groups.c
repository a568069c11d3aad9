/* test-code-groups.c - a recovery code as people type it back */
#include "san-code-groups.h"
#include <string.h>

#define CODE "CMSJM-P7PCN-BACHV-XX0GG-AJQF1-CXFME"

static SanSecret *
secret (const char *text)
{
  return *text != '\0' ? san_secret_new_copy (text, strlen (text)) : NULL;
}

static void
test_groups (void)
{
  static const struct { const char *typed; guint mask; gboolean whole; } tries[] = {
    { "", 0, FALSE },
    { "cmsj", 0, FALSE },
    { "cmsjm", 1, FALSE },
    { "cmsjmp7pcn bachx", 3, FALSE },
    { "cmsjm p7pcx bachv", 5, FALSE },
    { CODE, 63, TRUE },
    { "cmsjm p7pcn bachv xxOgg ajqfl cxfme ", 63, TRUE },
    { "CMSJMP7PCNBACHVXX0GGAJQFICXFME", 63, TRUE },
    { CODE "X", 63, FALSE },
    { CODE "-XXXXX-XXXXX-XXXXX", 63, FALSE },
  };
  g_autoptr(SanSecret) code = secret (CODE);

  for (guint i = 0; i < G_N_ELEMENTS (tries); i++)
    {
      g_autoptr(SanSecret) typed = secret (tries[i].typed);
      gboolean whole;

      g_assert_cmpuint (san_code_groups_match (code, typed, &whole), ==, tries[i].mask);
      g_assert_true (whole == tries[i].whole);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  g_test_add_func ("/app/code-groups/tick-as-they-are-typed", test_groups);
  return g_test_run ();
}
