/* test-exchange-words.c - what an exchange did, in sentences; six digits as typed */
#include "san-exchange-words.h"
#include "san-pair-cards.h"
#include "san-sentences.h"
#include <string.h>

#define DAY_MS ((gint64) 24 * 60 * 60 * 1000)

static gboolean
has (GPtrArray *sentences, const char *sentence)
{
  for (guint i = 0; i < sentences->len; i++)
    if (g_str_equal (sentences->pdata[i], sentence))
      return TRUE;
  return FALSE;
}

static GPtrArray *
say (SanPlaceResult *place, GError *unwritten, gboolean drive)
{
  SanExchangeResult result = { .received = place->received,
                               .sent = place->sent,
                               .pieces_received = place->pieces_received,
                               .pieces_sent = place->pieces_sent,
                               .places = g_ptr_array_new (),
                               .unwritten = unwritten };
  GPtrArray *sentences;

  place->problems = g_ptr_array_new ();
  g_ptr_array_add (result.places, place);
  sentences = san_exchange_words_result (&result, drive);
  g_ptr_array_unref (place->problems);
  g_ptr_array_unref (result.places);
  return sentences;
}

static void
test_moved (void)
{
  SanPlaceResult one = { .read = 1, .received = 1, .sent = 2 };
  SanPlaceResult none = { .not_for_us = 3 };
  g_autoptr(GPtrArray) both = say (&one, NULL, TRUE);
  g_autoptr(GPtrArray) nothing = say (&none, NULL, FALSE);

  g_assert_true (has (both, "Received 1 note."));
  g_assert_true (has (both, "Sent 2 notes."));
  g_assert_true (has (both, "You can remove the pen drive."));
  g_assert_true (has (nothing, "Nothing new for us."));
  g_assert_true (has (nothing, "There are bundles for other centres. They are left as they are."));
  g_assert_false (has (nothing, "You can remove the pen drive."));
}

/* Papers come when they were asked for, so without notes: whoever carries them must know of it. */
static void
test_pieces_alone (void)
{
  SanPlaceResult written = { .files = 1, .pieces_sent = 10 };
  SanPlaceResult came = { .read = 1, .pieces_received = 10 };
  g_autoptr(GPtrArray) out = say (&written, NULL, FALSE);
  g_autoptr(GPtrArray) in = say (&came, NULL, FALSE);

  g_assert_true (has (out, "Nothing new for us."));
  g_assert_true (has (out, "Attached files were sent."));
  g_assert_false (has (out, "Nothing new to send."));
  g_assert_true (has (in, "Attached files arrived."));
  g_assert_false (has (in, "Nothing new for us."));
  g_assert_true (has (in, "Nothing new to send."));
}

/* Whoever has just got the notes is told that papers of theirs are still to come. */
static void
test_files_follow (void)
{
  g_autoptr(GPtrArray) places = g_ptr_array_new ();
  SanExchangeResult one = { .received = 3, .files_to_come = 1, .places = places };
  SanExchangeResult closed = { .received = 3, .more_files_to_come = TRUE, .places = places };
  g_autoptr(GPtrArray) first = san_exchange_words_result (&one, FALSE);
  g_autoptr(GPtrArray) second = san_exchange_words_result (&closed, FALSE);

  g_assert_true (has (first, "1 attached file follows: we have asked for it now, and it comes with "
                             "the next exchange."));
  g_assert_true (has (second, "Attached files of notes that you do not read follow with the next "
                              "exchange."));
}

/* All notes are there, papers are not: that is not "all exchanged". */
static void
test_files_on_their_way (void)
{
  gint64 now = 100 * DAY_MS;
  SanWaitingRow ours = { .news_ms = now, .they_have_ms = now, .files = 2 };
  SanWaitingRow theirs = { .news_ms = now, .they_have_ms = now, .files_of_theirs = 1 };
  SanWaitingRow closed = { .news_ms = now, .they_have_ms = now, .more_files_of_theirs = TRUE };
  SanWaitingRow both = { .news_ms = now, .notes = 3, .files = 1 };
  g_autofree char *going = san_exchange_words_waiting (&ours);
  g_autofree char *more = san_exchange_words_waiting (&both);
  g_autofree char *none = san_exchange_words_awaited (&ours);
  g_autofree char *coming = san_exchange_words_awaited (&theirs);
  g_autofree char *unread = san_exchange_words_awaited (&closed);
  const SanWaitingRow *const rows[] = { &ours, &theirs, &closed };

  g_assert_cmpstr (going, ==, "2 attached files");
  g_assert_cmpstr (more, ==, "3 notes, 1 attached file");
  g_assert_null (none);
  g_assert_cmpstr (coming, ==, "We wait for 1 attached file of theirs.");
  g_assert_cmpstr (unread, ==, "We have asked for attached files of notes that you do not read.");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *word = NULL;
      const char *icon, *css;

      g_assert_cmpstr (san_exchange_words_state (rows[i], now, &icon, &css, &word), ==,
                       "attached files are on their way");
      g_assert_cmpstr (css, ==, "san-due");
    }
}

/* Whom to ask for a new copy, where the signed beginning says it, and only if it is so of all. */
static void
test_hurt (void)
{
  g_autoptr(GPtrArray) from = g_ptr_array_new ();
  SanPlaceResult known = { .incomplete = 1, .hurt_from = from };
  SanPlaceResult unsure = { .incomplete = 1, .damaged = 1, .hurt_from = from };
  g_autoptr(GPtrArray) first = NULL;
  g_autoptr(GPtrArray) second = NULL;

  g_ptr_array_add (from, (gpointer) "Gulmohar");
  first = say (&known, NULL, FALSE);
  second = say (&unsure, NULL, FALSE);
  g_assert_true (has (first, "It was written by Gulmohar: ask them for a new pen drive copy."));
  g_assert_false (has (second, "It was written by Gulmohar: ask them for a new pen drive copy."));
}

/* Since when, where the lock says it. */
static void
test_in_use (void)
{
  g_autoptr(GError) known =
      g_error_new_literal (SAN_ERROR, SAN_ERROR_IN_USE,
                           "the store is open in process 7 since 2026-11-25T20:40:05+05:30");
  g_autoptr(GError) unknown =
      g_error_new_literal (SAN_ERROR, SAN_ERROR_IN_USE, "the store is open in another process");
  g_autofree char *since = san_sentence_for_error (known);
  g_autofree char *not_known = san_sentence_for_error (unknown);

  g_assert_true (g_str_has_prefix (since, "Sanrakshan is already open on this laptop (since "));
  g_assert_true (
      g_str_has_suffix (since, "). Nothing was changed. Go to that window, or close it first."));
  g_assert_cmpstr (not_known, ==,
                   "Sanrakshan is already open on this laptop. Nothing was changed. Go to that "
                   "window, or close it first.");
}

/* Whoever could not write must not be told to pull the drive as if all were done. */
static void
test_unwritten (void)
{
  SanPlaceResult place = { .read = 1, .received = 4 };
  g_autoptr(GError) full = g_error_new_literal (SAN_ERROR, SAN_ERROR_NO_SPACE, "x");
  g_autoptr(GPtrArray) sentences = say (&place, full, TRUE);

  g_assert_true (has (sentences, "Received 4 notes."));
  g_assert_true (has (sentences, "What was for us is kept. Ours could not be written:"));
  g_assert_false (has (sentences, "You can remove the pen drive."));
  g_assert_false (has (sentences, "Nothing new to send."));
}

static void
test_failures (void)
{
  g_autoptr(GError) gone = g_error_new_literal (SAN_ERROR, SAN_ERROR_NOT_FOUND, "/media/secret");
  g_autoptr(GError) io = g_error_new_literal (SAN_ERROR, SAN_ERROR_IO, "/media/secret");
  g_autofree char *pulled = san_exchange_words_failure (gone, TRUE, TRUE);
  g_autofree char *half = san_exchange_words_failure (io, TRUE, TRUE);
  g_autofree char *folder = san_exchange_words_failure (gone, FALSE, FALSE);

  g_assert_true (g_str_has_prefix (pulled, "The pen drive was removed."));
  g_assert_cmpstr (half, ==, pulled);
  g_assert_true (g_str_has_prefix (folder, "That place is not there now."));
  g_assert_null (strstr (folder, "secret"));
}

static void
test_sides (void)
{
  gint64 now = 100 * DAY_MS;
  SanWaitingRow never = { .notes = 5 };
  SanWaitingRow even = { .news_ms = now, .they_have_ms = now };
  SanWaitingRow silent = { .news_ms = now - 12 * DAY_MS,
                           .they_have_ms = now - 12 * DAY_MS,
                           .notes = 1 };
  g_autofree char *first = san_exchange_words_sides (&never, now);
  g_autofree char *second = san_exchange_words_sides (&even, now);
  g_autofree char *word = NULL;
  const char *icon, *css;

  g_assert_true (g_str_has_prefix (first, "Nothing has come from there yet"));
  g_assert_cmpstr (second, ==, "They have ours up to today. We have theirs up to today.");
  g_assert_cmpstr (san_exchange_words_state (&even, now, &icon, &css, &word), ==, "all exchanged");
  g_assert_cmpstr (css, ==, "san-done");
  g_assert_null (word);
  g_assert_cmpstr (san_exchange_words_state (&silent, now, &icon, &css, &word), ==,
                   "not heard for 12 days");
  g_assert_cmpstr (css, ==, "san-overdue");
}

static void
test_six (void)                           /* as people write it, in any script's digits */
{
  static const char *const good[] = { "566884", "566 884", " 566-884 ", "५६६८८४", "৫৬৬ ৮৮৪" };
  static const char *const bad[] = { "", "56688", "5668844", "56688a" };
  g_autofree char *spaced = san_pair_spaced ("566884");

  g_assert_cmpstr (spaced, ==, "566 884");
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *six = san_pair_six (good[i]);

      g_assert_cmpstr (six, ==, "566884");
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_null (san_pair_six (bad[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/sentences/in-use-says-since-when", test_in_use);
  g_test_add_func ("/app/exchange-words/received-sent-and-pull-it-out", test_moved);
  g_test_add_func ("/app/exchange-words/attached-files-alone-are-told", test_pieces_alone);
  g_test_add_func ("/app/exchange-words/a-hurt-bundle-says-whom-to-ask", test_hurt);
  g_test_add_func ("/app/exchange-words/files-that-follow-are-told", test_files_follow);
  g_test_add_func ("/app/exchange-words/files-on-their-way-are-not-all-exchanged",
                   test_files_on_their_way);
  g_test_add_func ("/app/exchange-words/unwritten-is-not-done", test_unwritten);
  g_test_add_func ("/app/exchange-words/pulled-too-early-and-no-paths", test_failures);
  g_test_add_func ("/app/exchange-words/both-directions", test_sides);
  g_test_add_func ("/app/exchange-words/six-digits-of-any-script", test_six);
  return g_test_run ();
}
