/* san-exchange-words.c - what an exchange will do and did, in sentences
 *
 * The core's messages name files and numbers; only counts and kinds of problem reach a person. */
#include "san-exchange-words.h"
#include "san-day-words.h"
#include "san-i18n.h"
#include "san-sentences.h"

static void
add (GPtrArray *sentences, char *sentence)
{
  g_ptr_array_add (sentences, sentence);
}

typedef struct { guint read, not_for_us, incomplete, damaged, later, absent; } Sums;

/* The first words of a problem are the file's, or, of a place that was not there, its own name. */
static void
sum_up (const SanExchangeResult *result, Sums *sums)
{
  for (guint i = 0; i < result->places->len; i++)
    {
      const SanPlaceResult *place = g_ptr_array_index (result->places, i);

      sums->read += place->read;
      sums->not_for_us += place->not_for_us;
      sums->incomplete += place->incomplete;
      sums->damaged += place->damaged;
      sums->later += place->not_looked_at;
      sums->absent += place->problems->len > place->damaged ? place->problems->len - place->damaged
                                                            : 0;
    }
}

static void
add_to_come (GPtrArray *sentences, const SanExchangeResult *result)
{
  if (result->files_to_come > 0)
    add (sentences,
         san_words_print (ngettext ("%u attached file follows: we have asked for it now, and it "
                                    "comes with the next exchange.",
                                    "%u attached files follow: we have asked for them now, and "
                                    "they come with the next exchange.",
                                    result->files_to_come),
                          result->files_to_come));
  if (result->more_files_to_come)
    add (sentences, g_strdup (_("Attached files of notes that you do not read follow with the next "
                                "exchange.")));
}

/* Attached files come after the notes that name them, often alone: they are no "nothing". */
static void
add_moved (GPtrArray *sentences, const SanExchangeResult *result)
{
  if (result->received > 0)
    add (sentences, san_words_print (ngettext ("Received %u note.",
                                             "Received %u notes.",
                                             result->received), result->received));
  if (result->pieces_received > 0)
    add (sentences, g_strdup (_("Attached files arrived.")));
  if (result->received == 0 && result->pieces_received == 0)
    add (sentences, g_strdup (_("Nothing new for us.")));
  add_to_come (sentences, result);
  if (result->sent > 0)
    add (sentences, san_words_print (ngettext ("Sent %u note.",
                                             "Sent %u notes.",
                                             result->sent), result->sent));
  if (result->pieces_sent > 0)
    add (sentences, g_strdup (_("Attached files were sent.")));
  if (result->sent == 0 && result->pieces_sent == 0 && result->unwritten == NULL &&
      result->unsettled == NULL)
    add (sentences, g_strdup (_("Nothing new to send.")));
}

static void
add_troubles (GPtrArray *sentences, const SanExchangeResult *result, const Sums *sums)
{
  if (sums->damaged > 0)
    add (sentences,
         san_words_print (ngettext ("%u bundle is damaged (it may have been cut short). Nothing "
                                    "from it was used; what you had is safe. Ask for a new copy.",
                                    "%u bundles are damaged (they may have been cut short). "
                                    "Nothing from them was used; what you had is safe. Ask for new "
                                    "copies.",
                                    sums->damaged),
                          sums->damaged));
  if (sums->incomplete > 0)
    add (sentences,
         san_words_print (ngettext ("%u bundle is not complete (it may have been cut short). "
                                    "Nothing from it was used; what you had is safe. It is looked "
                                    "at again next time; if it stays so, ask for a new copy.",
                                    "%u bundles are not complete (they may have been cut short). "
                                    "Nothing from them was used; what you had is safe. They are "
                                    "looked at again next time; if they stay so, ask for new "
                                    "copies.",
                                    sums->incomplete),
                          sums->incomplete));
  if (sums->read == 0 && sums->not_for_us > 0 && result->received == 0)
    add (sentences,
         g_strdup (_("There are bundles for other centres. They are left as they are.")));
  if (sums->later > 0)
    add (sentences,
         g_strdup (_("There are very many files. The rest will be looked at next time.")));
  if (sums->absent > 0)
    add (sentences,
         san_words_print (ngettext ("%u place was not there. It will be its turn next time.",
                                    "%u places were not there. It will be their turn next time.",
                                    sums->absent),
                          sums->absent));
}

/* (nullable): the sender of all those @n that are hurt, if it is one and known. */
static const char *
find_hurt_sender (const SanExchangeResult *result, guint n)
{
  const char *sender = NULL;
  guint known = 0;

  for (guint i = 0; i < result->places->len; i++)
    {
      const SanPlaceResult *place = g_ptr_array_index (result->places, i);

      for (guint s = 0; place->hurt_from != NULL && s < place->hurt_from->len; s++, known++)
        {
          const char *one = g_ptr_array_index (place->hurt_from, s);

          if (sender != NULL && !g_str_equal (one, sender))
            return NULL;
          sender = one;
        }
    }
  return known == n ? sender : NULL;
}

static void
add_hurt_sender (GPtrArray *sentences, const SanExchangeResult *result, const Sums *sums)
{
  guint n = sums->damaged + sums->incomplete;
  const char *sender = n > 0 ? find_hurt_sender (result, n) : NULL;

  if (sender == NULL)
    return;
  if (*sender == '\0')
    add (sentences, g_strdup (_("It was written by another laptop of ours: exchange there once "
                                "more.")));
  else
    add (sentences,
         san_words_print (_("It was written by %s: ask them for a new pen drive copy."), sender));
}

/* Something came, so none of these may say that nothing was changed. */
static char *
dup_unsettled (const GError *error, gboolean drive)
{
  if (drive || !g_error_matches (error, SAN_ERROR, SAN_ERROR_NOT_FOUND))
    return san_exchange_words_failure (error, drive, FALSE);
  return g_strdup (_("That is done and safe. Only what comes after it failed. Open Sanrakshan "
                     "again to go on."));
}

GPtrArray *
san_exchange_words_result (const SanExchangeResult *result, gboolean drive)
{
  GPtrArray *sentences = g_ptr_array_new_with_free_func (g_free);
  Sums sums = { 0 };

  sum_up (result, &sums);
  add_moved (sentences, result);
  add_troubles (sentences, result, &sums);
  add_hurt_sender (sentences, result, &sums);
  if (result->unsettled != NULL)
    add (sentences, dup_unsettled (result->unsettled, drive));
  else if (result->unwritten != NULL)
    {
      add (sentences, g_strdup (_("What was for us is kept. Ours could not be written:")));
      add (sentences, san_exchange_words_failure (result->unwritten, drive, FALSE));
    }
  else if (drive)
    add (sentences, g_strdup (_("You can remove the pen drive.")));
  return sentences;
}

char *
san_exchange_words_failure (const GError *error, gboolean drive, gboolean gone)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_strdup (_("Stopped. What had arrived whole is kept, the rest will come next time. "
                       "Nothing is lost."));
  if (drive && (gone || g_error_matches (error, SAN_ERROR, SAN_ERROR_NOT_FOUND)))
    return g_strdup (_("The pen drive was removed. What had arrived whole is kept, the rest will "
                       "come next time. Nothing is lost."));
  if (g_error_matches (error, SAN_ERROR, SAN_ERROR_NOT_FOUND))
    return g_strdup (_("That place is not there now. Nothing was changed. Look whether the folder "
                       "or the connection is there, then try again."));
  if (g_error_matches (error, SAN_ERROR, SAN_ERROR_NO_SPACE))
    return g_strdup (_("There is no space left. What had arrived whole is kept. Free some space, "
                       "then exchange again."));
  if (g_error_matches (error, SAN_ERROR, SAN_ERROR_READ_ONLY))
    return g_strdup (drive ? _("This pen drive cannot be written to. What was on it for us is "
                               "kept. Use another one, or move its little switch.")
                           : _("This place cannot be written to. What was there for us is kept. "
                               "Use another one."));
  return san_sentence_for_error (error);
}

static char *
dup_notes_waiting (const SanWaitingRow *row)
{
  g_autofree char *notes = NULL;
  g_autofree char *children = NULL;

  notes = san_words_print (ngettext ("%u note", "%u notes", row->notes), row->notes);
  if (row->children == 0)
    return g_steal_pointer (&notes);
  children = san_words_print (ngettext ("%u child", "%u children", row->children), row->children);
  /* Translators: "2 children, 31 notes" */
  return san_words_print (_("%1$s, %2$s"), children, notes);
}

char *
san_exchange_words_waiting (const SanWaitingRow *row)
{
  g_autofree char *notes = row->notes > 0 ? dup_notes_waiting (row) : NULL;
  g_autofree char *files = NULL;

  if (row->files > 0)
    files = san_words_print (ngettext ("%u attached file", "%u attached files", row->files),
                             row->files);
  else if (row->more_files)
    files = g_strdup (_("attached files"));
  if (notes != NULL && files != NULL)
    return san_words_print (_("%1$s, %2$s"), notes, files);
  if (notes == NULL && files == NULL)
    return g_strdup (_("nothing new"));
  return notes != NULL ? g_steal_pointer (&notes) : g_steal_pointer (&files);
}

char *
san_exchange_words_awaited (const SanWaitingRow *row)
{
  if (row->files_of_theirs > 0)
    return san_words_print (ngettext ("We wait for %u attached file of theirs.",
                                      "We wait for %u attached files of theirs.",
                                      row->files_of_theirs),
                            row->files_of_theirs);
  return row->more_files_of_theirs
           ? g_strdup (_("We have asked for attached files of notes that you do not read."))
           : NULL;
}

static gboolean
is_file_on_its_way (const SanWaitingRow *row)
{
  return row->files > 0 || row->more_files || row->files_of_theirs > 0 ||
         row->more_files_of_theirs;
}

char *
san_exchange_words_sides (const SanWaitingRow *row, gint64 now)
{
  g_autofree char *ours = NULL;
  g_autofree char *theirs = NULL;

  if (row->news_ms == 0)
    return g_strdup (_("Nothing has come from there yet, so nothing is known to have arrived."));
  theirs = san_words_day (row->news_ms, now);
  if (row->they_have_ms == 0)
    return san_words_print (_("They have nothing of ours yet. We have theirs up to %s."), theirs);
  ours = san_words_day (row->they_have_ms, now);
  return san_words_print (_("They have ours up to %1$s. We have theirs up to %2$s."), ours, theirs);
}

const char *
san_exchange_words_state (const SanWaitingRow *row, gint64 now, const char **icon, const char **css,
                          char **free_word)
{
  guint days = san_waiting_row_get_silent_days (row, now);

  *free_word = NULL;
  if (days > 0)
    {
      *icon = "task-past-due-symbolic";
      *css = "san-overdue";
      return *free_word = san_words_print (ngettext ("not heard for %u day",
                                                     "not heard for %u days", days),
                                           days);
    }
  if (row->notes > 0)
    {
      *icon = "mail-send-receive-symbolic";
      *css = "san-due";
      return _("waiting to go");
    }
  if (is_file_on_its_way (row))
    {
      *icon = "mail-send-receive-symbolic";
      *css = "san-due";
      return _("attached files are on their way");
    }
  *icon = "emblem-ok-symbolic";
  *css = "san-done";
  return _("all exchanged");
}

GPtrArray *
san_exchange_words_look (const SanPlaceLook *look)
{
  GPtrArray *sentences = g_ptr_array_new_with_free_func (g_free);

  if (look->for_us > 0)
    {
      g_autofree char *latin = g_format_size (look->bytes);
      g_autofree char *size = san_digits_show (latin);

      add (sentences,
           san_words_print (ngettext ("%1$u bundle for this centre, %2$s",
                                      "%1$u bundles for this centre, %2$s", look->for_us),
                            look->for_us, size));
    }
  if (look->not_for_us > 0)
    add (sentences, san_words_print (ngettext ("%u bundle for others: left as it is",
                                             "%u bundles for others: left as they are",
                                             look->not_for_us), look->not_for_us));
  if (look->incomplete > 0)
    add (sentences, san_words_print (ngettext ("%u bundle that is not complete yet",
                                             "%u bundles that are not complete yet",
                                             look->incomplete), look->incomplete));
  if (look->damaged > 0)
    add (sentences, san_words_print (ngettext ("%u damaged bundle: it will not be used",
                                             "%u damaged bundles: they will not be used",
                                             look->damaged), look->damaged));
  if (sentences->len == 0)
    add (sentences, g_strdup (_("Nothing for this centre")));
  return sentences;
}
