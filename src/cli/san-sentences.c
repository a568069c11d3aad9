/* san-sentences.c - an error's code as a sentence
 *
 * The core's messages name the thing and the numbers that disagree; they are for a helper on the
 * phone and stand in brackets behind the sentence. The sentence says what happened, what is safe
 * and what to do next, in the person's language. */
#include "san-sentences.h"
#include <glib/gi18n.h>

#define SENTENCE_LIMIT 400

typedef struct
{
  SanErrorCode code;
  SanExit      exit;
  const char  *sentence;
} Sentence;

static const Sentence sentences[] = {
  { SAN_ERROR_DAMAGED, SAN_EXIT_DAMAGED,
    N_("Something here is damaged. Nothing from it was used; what you had is safe. "
        "Ask for a new copy, or run \"verify\" if it is your own store.") },
  { SAN_ERROR_INCOMPLETE, SAN_EXIT_REFUSED,
    N_("This file is not complete or damaged. Nothing from it was used. "
        "Try again when the whole of it has arrived.") },
  { SAN_ERROR_UNTRUSTED, SAN_EXIT_REFUSED,
    N_("This comes from somebody we do not know, or was changed on the way. Nothing from it was "
        "used. "
        "Pair with that centre first, or ask for a new copy.") },
  { SAN_ERROR_NOT_FOR_US, SAN_EXIT_REFUSED,
    N_("This is not for this centre. Leave it as it is: it may be for another one.") },
  { SAN_ERROR_LOCKED, SAN_EXIT_REFUSED,
    N_("This login does not hold the key for that. Nothing was changed. "
        "Ask somebody who can read it.") },
  { SAN_ERROR_TOO_NEW, SAN_EXIT_REFUSED,
    N_("This was written by a newer version. It is kept as it is. Update this laptop to read "
        "it.") },
  { SAN_ERROR_REFUSED, SAN_EXIT_REFUSED, N_("That is not possible. Nothing was changed.") },
  { SAN_ERROR_INVALID, SAN_EXIT_REFUSED,
    N_("That was not understood. Nothing was changed. Please write it again.") },
  { SAN_ERROR_NOT_FOUND, SAN_EXIT_REFUSED,
    N_("There is no such thing here. Nothing was changed.") },
  { SAN_ERROR_IN_USE, SAN_EXIT_IN_USE,
    N_("Sanrakshan is already open on this laptop. Nothing was changed. Close it there first.") },
  { SAN_ERROR_NO_SPACE, SAN_EXIT_REFUSED,
    N_("There is no space left. Nothing was saved, and what was saved before is safe. "
        "Free some space, then try again.") },
  { SAN_ERROR_READ_ONLY, SAN_EXIT_REFUSED,
    N_("This place cannot be written to. Nothing was changed. Use another one, or unlock it.") },
  { SAN_ERROR_IO, SAN_EXIT_REFUSED,
    N_("Reading or writing failed. What was saved before is safe. "
        "Check the disk or the pen drive, then try again.") },
  { SAN_ERROR_ALREADY, SAN_EXIT_REFUSED, N_("That was done before. Nothing was changed.") },
  { SAN_ERROR_PICTURE, SAN_EXIT_REFUSED,
    N_("This photo may tell where it was taken, and that cannot be taken out of it here. Nothing "
        "was changed. "
        "Save it as a JPEG or PNG picture, then attach that.") },
  { SAN_ERROR_DONE, SAN_EXIT_REFUSED,
    N_("That is done and safe. Only what comes after it failed. Open Sanrakshan again to go "
        "on.") },
};

/* Wrong passphrase and wrong code share one constant sentence, so that it tells nothing. */
#define WRONG_SECRET N_("That did not open it. Your notes are safe. Try again.")

static gboolean
is_wrong_secret (const GError *error)
{
  return g_error_matches (error, SAN_ERROR, SAN_ERROR_LOCKED) &&
         g_str_has_prefix (error->message, "wrong ");
}

/* A sentence that quotes what was typed must not fill the screen with it. */
char *
san_sentence_shorten (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *head = NULL;

  if (g_utf8_strlen (valid, -1) <= SENTENCE_LIMIT)
    return g_steal_pointer (&valid);
  head = g_utf8_substring (valid, 0, SENTENCE_LIMIT);
  return g_strconcat (head, "…", NULL);
}

char *
san_sentence_for_error (const GError *error)
{
  g_autofree char *reason = san_sentence_shorten (error->message);

  if (is_wrong_secret (error))
    return g_strdup (_(WRONG_SECRET));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_strdup (_("Stopped. Nothing was changed."));
  if (error->domain == SAN_ERROR)
    for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
      if (sentences[i].code == (SanErrorCode) error->code)
        return g_strdup_printf ("%s (%s)", _(sentences[i].sentence), reason);
  return g_strdup_printf (_("That failed. What was saved before is safe. (%s)"), reason);
}

SanExit
san_exit_for_error (const GError *error)
{
  if (is_wrong_secret (error))
    return SAN_EXIT_PASSPHRASE;
  if (error->domain == SAN_ERROR)
    for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
      if (sentences[i].code == (SanErrorCode) error->code)
        return sentences[i].exit;
  return SAN_EXIT_REFUSED;
}
