/* test-settings.c - how each person likes it, known by her random id */
#include "san-settings.h"
#include <gio/gio.h>

static const SanId16 mitali = { { 1 } }, rokeya = { { 2 } };

static void
test_each_her_own (void)
{
  g_autofree char *hers = NULL;
  g_autofree char *none = NULL;

  g_assert_cmpuint (san_settings_get_colours (&mitali), ==, 0);
  san_settings_set_colours (&mitali, 4);
  san_settings_set_language (&mitali, "bn");
  san_settings_set_text_size (&rokeya, 1.5);
  hers = san_settings_dup_language (&mitali);
  none = san_settings_dup_language (&rokeya);
  g_assert_cmpuint (san_settings_get_colours (&mitali), ==, 4);
  g_assert_cmpuint (san_settings_get_colours (&rokeya), ==, 0);
  g_assert_cmpstr (hers, ==, "bn");
  g_assert_null (none);
  san_settings_set_own_digits (&mitali, TRUE);
  g_assert_true (san_settings_get_own_digits (&mitali));
  g_assert_false (san_settings_get_own_digits (&rokeya));
  g_assert_cmpfloat (san_settings_get_text_size (&mitali), ==, 1.0);
  g_assert_cmpfloat (san_settings_get_text_size (&rokeya), ==, 1.5);
  g_assert_false (san_settings_get_larger (&rokeya));
  san_settings_set_larger (&rokeya, TRUE);
  g_assert_true (san_settings_get_larger (&rokeya));
  g_assert_false (san_settings_get_larger (&mitali));
  g_assert_cmpfloat (san_settings_get_text_size (&rokeya), ==, 1.5);
  san_settings_set_larger (&rokeya, FALSE);
  g_assert_false (san_settings_get_larger (&rokeya));
  san_settings_set_colours (&mitali, 4000);
  g_assert_cmpuint (san_settings_get_colours (&mitali), ==, 4);
}

static void
test_last_login (void)
{
  san_settings_set_last_login ("/store", "Mitali");
  g_assert_true (san_settings_is_last_login ("/store", "Mitali"));
  g_assert_false (san_settings_is_last_login ("/store", "Rokeya"));
  g_assert_false (san_settings_is_last_login ("/other", "Mitali"));
}

static void
test_lock_minutes (void)
{
  g_assert_cmpuint (san_settings_get_lock_minutes (), ==, 5);
  san_settings_set_lock_minutes (99);
  g_assert_cmpuint (san_settings_get_lock_minutes (), ==, SAN_LOCK_MINUTES_MAX);
}

int
main (int argc, char **argv)
{
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  g_test_init (&argc, &argv, NULL);
  san_settings_begin (g_getenv ("SAN_DATA_DIR"));
  g_test_add_func ("/app/settings/each-person-has-her-own", test_each_her_own);
  g_test_add_func ("/app/settings/who-was-here-last-is-known-a-store", test_last_login);
  g_test_add_func ("/app/settings/minutes-stay-in-their-bounds", test_lock_minutes);
  return g_test_run ();
}
