/* test-search-key.c - names in three scripts and many spellings */
#include "san-search-key.h"

#include <string.h>

static void
assert_key (const char *word, const char *expected)
{
  g_autofree char *key = san_search_key (word);

  g_assert_cmpstr (key, ==, expected);
}

static void
assert_latin (const char *text, const char *expected)
{
  g_autofree char *latin = san_search_latin (text);

  g_assert_cmpstr (latin, ==, expected);
}

static void
test_latin (void)
{
  assert_latin ("Khemka", "khemka");
  assert_latin ("खेमका", "khemaka");
  assert_latin ("খেমকা", "khemaka");
  assert_latin ("Sunita", "sunita");
  assert_latin ("सुनीता", "sunita");
  assert_latin ("সুনীতা", "sunita");
  assert_latin ("Fatima", "fatima");
  assert_latin ("फातिमा", "phatima");
  assert_latin ("ফাতেমা", "phatema");
  assert_latin ("विवेक", "viveka");
  assert_latin ("বিবেক", "bibeka");
  assert_latin ("রায়", "raya");
  assert_latin ("रॉय", "roya");
  assert_latin ("মোহাম্মদ", "mohammada");
  assert_latin ("ভট্টাচার্য", "bhattacarya");
}

/* Without other letters no rule of ICU is read; with one, all are, and it comes to the same. */
static void
test_plain_letters (void)
{
  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr(GString) plain = g_string_new (NULL);
      g_autoptr(GString) other = g_string_new (NULL);
      g_autofree char *latin = NULL;

      for (guint n = g_test_rand_int_range (0, 12); n > 0; n--)
        g_string_append_c (plain, g_test_rand_int_range (1, 128));
      g_string_printf (other, "%s é", plain->str);
      g_string_append (plain, " e");
      latin = san_search_latin (other->str);
      assert_latin (plain->str, latin);
    }
}

static void
test_blocking_keys (void)
{
  static const struct { const char *forms[5]; const char *key; } names[] = {
    { { "Khemka", "खेमका", "খেমকা" }, "kmk" },
    { { "Sunita", "सुनीता", "সুনীতা", "SUNITHA" }, "snt" },
    { { "Priya", "प्रिया", "প্রিয়া", "Preeya" }, "pr" },
    { { "Fatima", "फातिमा", "ফাতেমা", "Phatima" }, "ptm" },
    { { "Vivek", "विवेक", "বিবেক", "Bibek" }, "bk" },
    { { "Roy", "रॉय", "রায়", "Ray", "Rai" }, "r" },
    { { "Mohammad", "मोहम्मद", "মোহাম্মদ", "Mohammed" }, "mhmd" },
    { { "Bhattacharya", "भट्टाचार्य", "ভট্টাচার্য", "Battacharia" }, "btsr" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint f = 0; f < 5 && names[i].forms[f] != NULL; f++)
      assert_key (names[i].forms[f], names[i].key);
}

static void
test_folding (void)
{
  assert_key ("Asha", "as");
  assert_key ("Usha", "as");
  assert_key ("Zoya", "j");
  assert_key ("Jacki", "jk");
  assert_key ("Qamar", "kmr");
  assert_key ("Chhaya", "s");
  assert_key ("Wahida", "bhd");
  assert_key ("D'Souza", "dsj");
  assert_key ("Meena", "mn");
  assert_key ("", "");
  assert_key ("…", "");
  assert_key ("7", "7");
  assert_key ("77", "77");
  assert_key ("५५", "55");
}

static void
test_words (void)
{
  g_auto(GStrv) keys = san_search_keys ("  Sunita-Devi  Roy (खेमका), 12/B ");
  g_autofree char *joined = g_strjoinv (" ", keys);
  g_autofree char *same = san_search_joined ("Sunita Devi Roy खेमका 12 B");
  g_auto(GStrv) none = san_search_keys (" – ");

  g_assert_cmpstr (joined, ==, "snt db r kmk 12 b");
  g_assert_cmpstr (joined, ==, same);
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

/* What is typed so far must find what begins with it: at each letter, in each script. */
static void
test_begun_words (void)
{
  static const char *const names[] = {
    "Khemka", "Sunita", "Priya", "Fatima", "Bhattacharya", "Mohammad", "सुनीता", "खेमका",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *whole = san_search_key (names[i]);
      glong n = g_utf8_strlen (names[i], -1);

      for (glong letters = 1; letters <= n; letters++)
        {
          g_autofree char *typed = g_utf8_substring (names[i], 0, letters);
          g_autofree char *key = san_search_key (typed);

          g_assert_true (g_str_has_prefix (whole, key));
        }
    }
}

static void
test_distance (void)
{
  g_assert_cmpuint (san_search_distance ("", ""), ==, 0);
  g_assert_cmpuint (san_search_distance ("abc", ""), ==, 3);
  g_assert_cmpuint (san_search_distance ("khemka", "khemaka"), ==, 1);
  g_assert_cmpuint (san_search_distance ("fatima", "phatima"), ==, 2);
  g_assert_cmpuint (san_search_distance ("fatima", "phatema"), ==, 3);
  g_assert_cmpuint (san_search_distance ("kitten", "sitting"), ==, 3);
}

static void
test_distance_long (void)
{
  g_autofree char *a = g_strnfill (100000, 'a');
  g_autofree char *b = g_strnfill (100000, 'b');

  g_assert_cmpuint (san_search_distance (a, b), ==, 256);
}

static void
test_rank (void)
{
  g_assert_cmpuint (san_search_rank ("roy", "mina roy"), ==, 0);
  g_assert_cmpuint (san_search_rank ("mina roy", "roy mina"), ==, 0);
  g_assert_cmpuint (san_search_rank ("roy", "roy"), <, san_search_rank ("roy", "roya"));
  g_assert_cmpuint (san_search_rank ("roy", "roya"), <, san_search_rank ("roy", "ray"));
  g_assert_cmpuint (san_search_rank ("sun", "sunita"), <, san_search_rank ("sun", "sana"));
  g_assert_cmpuint (san_search_rank ("sun", ""), >, san_search_rank ("sun", "sana"));
  g_assert_cmpuint (san_search_rank ("", "anything"), ==, 0);
}

static void
test_odd_bytes (void)
{
  g_autofree char *novel = g_strnfill (1 << 20, 'a');
  g_autofree char *key = san_search_key (novel);
  g_autoptr(GString) han = g_string_new (NULL);

  assert_latin ("\xff\xfe", "");
  assert_latin ("\xe0\xa4", "");
  g_assert_cmpstr (key, ==, "a");
  while (han->len < 6000)
    g_string_append (han, "एक");
  {
    g_autofree char *latin = san_search_latin (han->str);

    g_assert_cmpuint (strlen (latin), >, 1000);
  }
}

static gpointer
make_keys (gpointer data)
{
  for (guint i = 0; i < 2000; i++)
    {
      assert_key ("ভট্টাচার্য", "btsr");
      assert_key ("फातिमा", "ptm");
    }
  return NULL;
}

static void
test_threads (void)
{
  GThread *threads[4];

  for (guint i = 0; i < 4; i++)
    threads[i] = g_thread_new ("keys", make_keys, NULL);
  for (guint i = 0; i < 4; i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/search-key/latin", test_latin);
  g_test_add_func ("/store/search-key/plain-letters", test_plain_letters);
  g_test_add_func ("/store/search-key/three-scripts-one-key", test_blocking_keys);
  g_test_add_func ("/store/search-key/folding", test_folding);
  g_test_add_func ("/store/search-key/words", test_words);
  g_test_add_func ("/store/search-key/begun-words-find-whole-ones", test_begun_words);
  g_test_add_func ("/store/search-key/distance", test_distance);
  g_test_add_func ("/store/search-key/distance-of-long-texts", test_distance_long);
  g_test_add_func ("/store/search-key/rank", test_rank);
  g_test_add_func ("/store/search-key/odd-bytes", test_odd_bytes);
  g_test_add_func ("/store/search-key/threads", test_threads);
  return g_test_run ();
}
