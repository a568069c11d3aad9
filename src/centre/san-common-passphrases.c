/* san-common-passphrases.c - what a thief tries first */
#include "san-setup-private.h"

/* Beginnings and whole words, lower case, as they lead published lists of guessed passwords; and
 * what somebody here would think of first. Digits and signs at the end do not help. */
static const char *const common[] = {
  "password",    "passw0rd",       "p@ssword",      "p@ssw0rd",   "passwort",
  "pass",        "letmein",        "welcome",       "admin",      "administrator",
  "qwerty",      "qwertyuiop",     "qwertyui",      "qwertz",     "asdfghjkl",
  "asdfghjk",    "asdfgh",         "zxcvbnm",       "zxcvbn",     "qazwsx",
  "qazwsxedc",   "qwaszx",         "abc",           "abcd",       "abcde",
  "abcdef",      "abcdefg",        "abcdefgh",      "iloveyou",   "ilove",
  "loveyou",     "sunshine",       "princess",      "football",   "baseball",
  "basketball",  "superman",       "batman",        "trustno",    "dragon",
  "monkey",      "master",         "shadow",        "michael",    "jennifer",
  "jordan",      "hunter",         "charlie",       "computer",   "internet",
  "starwars",    "whatever",       "secret",        "changeme",   "default",
  "temp",        "test",           "testtest",      "guest",      "login",
  "hello",       "hellohello",     "freedom",       "blessed",    "jesus",
  "jesuschrist", "krishna",        "ganesh",        "ganesha",    "shivshiv",
  "saibaba",     "omnamahshivaya", "jaishriram",    "jaimatadi",  "waheguru",
  "bismillah",   "allahuakbar",    "india",         "bharat",     "indian",
  "hindustan",   "kolkata",        "calcutta",      "mumbai",     "bombay",
  "delhi",       "newdelhi",       "bangalore",     "chennai",    "mahima",
  "shelter",     "shelterhome",    "childrenshome", "sanrakshan", "superintendent",
  "counsellor",  "housemother",    "laptop",        "centre",     "center",
};

/* Letters only, lower case; digits and signs at either end are left out. */
static gsize
strip (const SanSecret *passphrase, guint8 *out)
{
  const guint8 *at = san_secret_get_data (passphrase);
  gsize begin = 0;
  gsize end = san_secret_get_size (passphrase);
  gsize n = 0;

  while (end > begin && !g_ascii_isalpha (at[end - 1]) && at[end - 1] < 0x80)
    end--;
  while (begin < end && !g_ascii_isalpha (at[begin]) && at[begin] < 0x80)
    begin++;
  for (gsize i = begin; i < end; i++)
    out[n++] = (guint8) g_ascii_tolower ((char) at[i]);
  return n;
}

/* "12345678", "98765432", "20262026": digits alone are no passphrase at this length. */
static gboolean
is_digits (const SanSecret *passphrase)
{
  const guint8 *at = san_secret_get_data (passphrase);

  for (gsize i = 0; i < san_secret_get_size (passphrase); i++)
    if (!g_ascii_isdigit (at[i]) && at[i] != ' ' && at[i] != '-')
      return FALSE;
  return san_secret_get_size (passphrase) < 20;
}

gboolean
san_setup_is_common (const SanSecret *passphrase)
{
  g_autoptr(SanSecret) stripped = san_secret_new (san_secret_get_size (passphrase) + 1);
  guint8 *letters = san_secret_get_mutable (stripped);
  gsize n = strip (passphrase, letters);

  if (is_digits (passphrase))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (common); i++)
    if (strlen (common[i]) == n && memcmp (common[i], letters, n) == 0)
      return TRUE;
  return FALSE;
}
