/* san-sentences.c - an error's code as a sentence of the person's language
 *
 * The core's own messages name files and numbers, are English and may quote what was typed; they
 * never reach the window. */
#include "san-sentences.h"
#include "san-day-words.h"
#include "san-i18n.h"
#include <string.h>

#define TODAY_MS (12 * 60 * 60 * G_GINT64_CONSTANT (1000))

static const struct { SanErrorCode code; const char *sentence; } sentences[] = {
  { SAN_ERROR_DAMAGED,
    N_("This is damaged. Nothing from it was used; what you had is safe. Ask for a new copy.") },
  { SAN_ERROR_INCOMPLETE,
    N_("This is not complete (it may have been cut short). Nothing from it was used; what you had "
       "is safe. Try again when all of it is there.") },
  { SAN_ERROR_UNTRUSTED,
    N_("This comes from somebody we do not know, or was changed on the way. Nothing from it was "
       "used. Pair with that centre first, or ask for a new copy.") },
  { SAN_ERROR_NOT_FOR_US,
    N_("This holds nothing for this centre. It may be for another one. Leave it as it is.") },
  { SAN_ERROR_LOCKED,
    N_("You do not hold the key for that. Nothing was changed. Ask somebody who can read it.") },
  { SAN_ERROR_TOO_NEW, N_("This was written by a newer version. It is kept as it is. Update this "
                          "laptop to read it.") },
  { SAN_ERROR_REFUSED, N_("That is not possible. Nothing was changed.") },
  { SAN_ERROR_INVALID,
    N_("That was not understood. What you typed is still here. Please look at it again.") },
  { SAN_ERROR_NOT_FOUND, N_("There is no such thing here. Nothing was changed.") },
  { SAN_ERROR_IN_USE, N_("Sanrakshan is already open on this laptop. Nothing was changed. Go to "
                         "that window, or close it first.") },
  { SAN_ERROR_NO_SPACE, N_("There is no space left. What was saved before is safe. Free some "
                           "space, then try again.") },
  { SAN_ERROR_READ_ONLY,
    N_("This place cannot be written to. Nothing was changed. Use another one, or unlock it.") },
  { SAN_ERROR_IO, N_("Reading or writing failed. What was saved before is safe. Check the pen "
                     "drive or the disk, then try again.") },
  { SAN_ERROR_ALREADY, N_("That was done before. Nothing was changed.") },
  { SAN_ERROR_PICTURE, N_("This picture cannot be used: it may say where it was taken. Nothing "
                          "was changed. Take a photo as JPEG, or scan it as PNG or PDF.") },
  { SAN_ERROR_DONE, N_("That is done and safe. Only what comes after it failed. Open Sanrakshan "
                       "again to go on.") },
};

gboolean
san_error_is_wrong_secret (const GError *error)
{
  return g_error_matches (error, SAN_ERROR, SAN_ERROR_LOCKED) &&
         g_str_has_prefix (error->message, "wrong ");
}

/* Damage of our own store, not of something that came from elsewhere. */
static gboolean
is_own_damage (const GError *error)
{
  return g_error_matches (error, SAN_ERROR, SAN_ERROR_DAMAGED) &&
         (strstr (error->message, "database") != NULL ||
          strstr (error->message, "keyring") != NULL);
}

gint64
san_error_get_holder (const GError *error)
{
  const char *process = g_error_matches (error, SAN_ERROR, SAN_ERROR_IN_USE)
                          ? strstr (error->message, " process ")
                          : NULL;

  return process != NULL ? g_ascii_strtoll (process + strlen (" process "), NULL, 10) : 0;
}

/* The lock says since when, at its end; NULL: it does not. */
static char *
dup_since (const GError *error)
{
  const char *since = g_error_matches (error, SAN_ERROR, SAN_ERROR_IN_USE)
                        ? strstr (error->message, " since ")
                        : NULL;
  gint64 now = san_clock_now ();
  SanInstant at;

  if (since == NULL || !san_instant_from_text (since + strlen (" since "), 0, &at, NULL))
    return NULL;
  return ABS (now - at.ms) < TODAY_MS ? san_words_clock (at.ms) : san_words_moment (at.ms, now);
}

static char *
dup_in_use (const GError *error)
{
  g_autofree char *when = dup_since (error);

  if (when == NULL)
    return NULL;
  /* Translators: an hour, or a day and an hour */
  return san_words_print (_("Sanrakshan is already open on this laptop (since %s). Nothing was "
                            "changed. Go to that window, "
                            "or close it first."),
                          when);
}

char *
san_sentence_in_use_elsewhere (const GError *error)
{
  g_autofree char *when = dup_since (error);

  if (when == NULL)
    return g_strdup (_("The records are open elsewhere on this laptop: in a terminal, or where "
                       "somebody else is logged in. Nothing was changed. Close them there first."));
  /* Translators: an hour, or a day and an hour */
  return san_words_print (_("The records are open elsewhere on this laptop (since %s): in a "
                            "terminal, or where somebody else is logged in. Nothing was changed. "
                            "Close them there first."),
                          when);
}

char *
san_sentence_for_error (const GError *error)
{
  char *in_use = dup_in_use (error);

  if (in_use != NULL)
    return in_use;
  if (is_own_damage (error))
    return g_strdup (_("The records on this laptop are damaged. Nothing was changed; do not "
                       "delete anything. Back up on a new pen drive, "
                       "call your coordinator, and restore the last backup on another laptop."));
  if (san_error_is_wrong_secret (error))
    return g_strdup (_("That did not open it. Your notes are safe. Try again."));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_strdup (_("Stopped. Nothing was changed."));
  if (error->domain == SAN_ERROR)
    for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
      if (sentences[i].code == (SanErrorCode) error->code)
        return g_strdup (_(sentences[i].sentence));
  return g_strdup (_("That failed. What was saved before is safe. Try again."));
}

const char *
san_role_word (const char *role)
{
  static const struct { const char *id, *word; } words[] = {
    { "superintendent", N_("superintendent") }, { "counsellor", N_("counsellor") },
    { "case-worker", N_("case worker") }, { "nurse", N_("nurse") },
    { "legal", N_("legal officer") }, { "house", N_("house mother") },
    { "coordinator", N_("coordinator") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize n = strlen (words[i].id);

      if (strncmp (role, words[i].id, n) == 0 && (role[n] == '\0' || role[n] == '+'))
        return _(words[i].word);
    }
  return role;
}
