/* san-language.c - the language of the window
 *
 * gettext takes LANGUAGE only under a locale that is not called C (nor C.UTF-8, from glibc 2.39
 * on), and keeps what it found until its counter moves. Day and month names come from our own
 * catalogues: the system's locale may be missing.
 *
 * LANGUAGE is a list, and gettext goes through it sentence by sentence. The catalogues hi@child and
 * so on hold only those sentences that speak of a child as "she", written again about "the child";
 * whatever is not in them comes from the plain one, or is English. */
#include "san-language.h"
#include "san-i18n.h"
#include <locale.h>
#include <string.h>

#define OF_CHILD "@child"

static const SanLanguage languages[] = {
  { "en", "English" }, { "hi", "हिन्दी" }, { "bn", "বাংলা" }, { "mr", "मराठी" },
};
static const char *current = "en";
static const char *of_labels = "en" OF_CHILD;
static gboolean says_she;

const SanLanguage *
san_language_list (guint *n)
{
  *n = G_N_ELEMENTS (languages);
  return languages;
}

static const char *
known (const char *code)
{
  for (guint i = 0; code != NULL && i < G_N_ELEMENTS (languages); i++)
    if (strncmp (code, languages[i].code, 2) == 0 &&
        (code[2] == '\0' || strchr ("_.@", code[2]) != NULL))
      return languages[i].code;
  return NULL;
}

/* A locale that is not called C, so that LANGUAGE counts. Where no language is installed that is
 * C.UTF-8 by another name: what glibc does not find for a country, it looks for without one. */
static void
leave_c_locale (void)
{
  static const char *const tries[] = { "hi_IN.UTF-8", "en_IN.UTF-8", "en_US.UTF-8", "en_GB.UTF-8",
                                       "C_IN.UTF-8", "C.UTF-8" };
  const char *now = setlocale (LC_MESSAGES, NULL);

  if (now != NULL && !g_str_equal (now, "C") && !g_str_equal (now, "POSIX") &&
      !g_str_has_prefix (now, "C."))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (tries); i++)
    if (setlocale (LC_MESSAGES, tries[i]) != NULL)
      break;
}

static void
tell_gettext (void)
{
  g_autofree char *of_child = g_strconcat (current, OF_CHILD, NULL);
  g_autofree char *list = g_strconcat (of_child, ":", current, NULL);

  of_labels = says_she ? current : g_intern_string (of_child);
  g_setenv ("LANGUAGE", says_she ? current : list, TRUE);
#ifdef __GLIBC__
  {
    extern int _nl_msg_cat_cntr;

    _nl_msg_cat_cntr++;
  }
#endif
}

void
san_language_set (const char *code)
{
  const char *language = known (code);

  current = language != NULL ? language : "en";
  tell_gettext ();
}

gboolean
san_language_set_says_she (gboolean she)
{
  if (she == says_she)
    return FALSE;
  says_she = she;
  tell_gettext ();
  return TRUE;
}

const char *
san_language_of_labels (void)
{
  return of_labels;
}

void
san_language_begin (const char *locale_dir)
{
  const char *const *wanted;

  setlocale (LC_ALL, "");
  if (!g_get_charset (NULL))
    setlocale (LC_CTYPE, "C.UTF-8");
  leave_c_locale ();
  bindtextdomain (GETTEXT_PACKAGE, locale_dir);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  wanted = g_get_language_names ();
  for (guint i = 0; wanted[i] != NULL; i++)
    if (known (wanted[i]) != NULL)
      {
        san_language_set (wanted[i]);
        return;
      }
  san_language_set ("en");
}

const char *
san_language_get (void)
{
  return current;
}

const char *
san_language_name (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (g_str_equal (languages[i].code, code))
      return languages[i].name;
  return languages[0].name;
}
