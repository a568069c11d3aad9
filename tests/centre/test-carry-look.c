/* test-carry-look.c - what an exchange would do, and when things were last done */
#include "carry-fixture.h"
#include "san-checks.h"
#include "san-pieces.h"
#include <string.h>

#define DAY_MS ((gint64) 24 * 60 * 60 * 1000)

static const SanWaitingRow *
only_row (GPtrArray *rows)
{
  g_assert_cmpuint (rows->len, ==, 1);
  return g_ptr_array_index (rows, 0);
}

static GPtrArray *
list (Laptop *self)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *rows = san_carry_list_waiting (self->centre, &error);

  g_assert_no_error (error);
  return rows;
}

static SanPlaceLook *
look (Laptop *self, const char *place)
{
  g_autoptr(GError) error = NULL;
  SanPlaceLook *found = san_carry_look (self->centre, place, NULL, &error);

  g_assert_no_error (error);
  return found;
}

static void
test_waiting (void)
{
  char *dir = carry_begin ();
  g_autofree char *stick = carry_make_place (dir, "stick");
  Laptop *a = laptop_new (dir, "a");
  Laptop *b = laptop_new (dir, "b");
  g_autoptr(GPtrArray) before = NULL;
  g_autoptr(GPtrArray) sent = NULL;
  g_autoptr(GPtrArray) after = NULL;
  g_autoptr(SanPlaceLook) there = NULL;
  g_autoptr(SanPlaceLook) read = NULL;

  laptop_found (a, "Asha Griha");
  laptop_join (b, a, stick);
  for (guint i = 0; i < 3; i++) /* until neither has anything new to say */
    {
      laptop_exchange_quietly (a, stick);
      laptop_exchange_quietly (b, stick);
    }
  laptop_admit (a, "Kadam");
  before = list (a);
  g_assert_null (only_row (before)->label);
  g_assert_cmpuint (only_row (before)->children, ==, 1);
  g_assert_cmpuint (only_row (before)->notes, >, 1);
  g_assert_cmpint (only_row (before)->they_have_ms, >, 0);

  laptop_exchange_quietly (a, stick);
  there = look (b, stick);
  g_assert_cmpuint (there->for_us, ==, 1);
  g_assert_cmpuint (there->bytes, >, 600);
  g_assert_cmpuint (there->not_for_us, ==, 0);
  g_assert_cmpint (there->used_ms, >, 0);
  sent = list (a);                                              /* written is not had */
  g_assert_cmpuint (only_row (sent)->notes, ==, only_row (before)->notes);

  laptop_exchange_quietly (b, stick);
  read = look (b, stick);
  g_assert_cmpuint (read->for_us, ==, 0);
  laptop_exchange_quietly (a, stick);
  after = list (a);
  g_assert_cmpuint (only_row (after)->notes, ==, 0);
  g_assert_cmpuint (only_row (after)->children, ==, 0);
  g_assert_cmpint (only_row (after)->they_have_ms, ==, only_row (after)->news_ms);
  laptop_free (a);
  laptop_free (b);
  carry_end (dir);
}

static void
test_partner (void)
{
  char *dir = carry_begin ();
  g_autofree char *stick = carry_make_place (dir, "stick");
  Laptop *a = laptop_new (dir, "a");
  Laptop *b = laptop_new (dir, "b");
  Laptop *c = laptop_new (dir, "c");
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(SanPlaceLook) stranger = NULL;
  g_autoptr(SanPlaceLook) partner = NULL;

  laptop_found (a, "Asha Griha");
  laptop_found (b, "Gulmohar");
  laptop_found (c, "Third");
  laptop_pair (a, b);
  rows = list (a);
  g_assert_cmpstr (only_row (rows)->label, ==, "Gulmohar");
  g_assert_cmpint (only_row (rows)->they_have_ms, ==, 0);
  g_assert_cmpint (only_row (rows)->news_ms, ==, 0);
  laptop_exchange_quietly (a, stick);
  partner = look (b, stick);
  stranger = look (c, stick);
  g_assert_cmpuint (partner->for_us, ==, 1);
  g_assert_cmpuint (stranger->for_us, ==, 0);
  g_assert_cmpuint (stranger->not_for_us, ==, 1);
  g_assert_cmpint (stranger->used_ms, ==, 0);
  laptop_free (a);
  laptop_free (b);
  laptop_free (c);
  carry_end (dir);
}

static void
attach (Laptop *self, const SanId32 *child, const char *name)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanPieces) pieces = san_pieces_open (self->store, &error);
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  g_autofree char *text = g_strnfill (2u << 20, *name);
  g_autoptr(GBytes) plain = g_bytes_new (text, 2u << 20);
  g_autoptr(SanValue) value = NULL;
  SanId16 record;

  g_assert_no_error (error);
  value = san_pieces_add_bytes (pieces, plain, "image/png", name, &error);
  g_assert_no_error (error);
  san_typed_list_add_value (typed, "paper", value);
  san_record_new (self->centre, "order", child, typed, &record, &error);
  g_assert_no_error (error);
}

static void
assert_files (Laptop *self, guint notes, guint ours, guint theirs)
{
  g_autoptr(GPtrArray) rows = list (self);
  const SanWaitingRow *row = only_row (rows);

  g_assert_cmpuint (row->notes, ==, notes);
  g_assert_cmpuint (row->files, ==, ours);
  g_assert_cmpuint (row->files_of_theirs, ==, theirs);
  g_assert_false (row->more_files || row->more_files_of_theirs);
}

static void
assert_follows (Laptop *self, const char *stick, guint files)
{
  g_autoptr(SanExchangeResult) result = laptop_exchange (self, stick);

  g_assert_cmpuint (result->files_to_come, ==, files);
  g_assert_false (result->more_files_to_come);
}

static void
share_with (Laptop *a, Laptop *b, const SanId32 *child, const char *to, const char *stick)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) offers = NULL;
  g_autofree char *offer = NULL;

  laptop_share (a, child, to);
  for (guint i = 0; i < 2; i++)
    {
      laptop_exchange_quietly (a, stick);
      laptop_exchange_quietly (b, stick);
    }
  offers = san_offer_list (b->centre, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (offers->len, ==, 1);
  offer = san_id32_to_text (&((const SanOfferRow *) offers->pdata[0])->id);
  san_offer_answer (b->centre, offer, TRUE, NULL, &error);
  g_assert_no_error (error);
}

/* All notes may be on both sides while papers are not: each side says what it waits for, and for
 * what the other does, until it has heard that it came. */
static void
test_files_on_their_way (void)
{
  char *dir = carry_begin ();
  g_autofree char *stick = carry_make_place (dir, "stick");
  Laptop *a = laptop_new (dir, "a");
  Laptop *b = laptop_new (dir, "b");
  SanId32 child;

  laptop_found (a, "Asha Griha");
  laptop_found (b, "Gulmohar");
  laptop_pair (a, b);
  child = laptop_admit (a, "Kadam");
  share_with (a, b, &child, "Gulmohar", stick);
  for (guint i = 0; i < 2; i++)
    {
      laptop_exchange_quietly (b, stick);
      laptop_exchange_quietly (a, stick);
    }
  assert_files (a, 0, 0, 0);
  attach (a, &child, "order.png");
  attach (a, &child, "birth.png");
  laptop_exchange_quietly (a, stick);
  assert_follows (b, stick, 2);                 /* told with the notes, once */
  assert_files (b, 0, 0, 2);
  laptop_exchange_quietly (a, stick);           /* hears what is asked for, and writes it */
  assert_files (a, 0, 2, 0);                    /* written is not had */
  assert_follows (b, stick, 0);
  assert_files (b, 0, 0, 0);
  laptop_exchange_quietly (a, stick);
  assert_files (a, 0, 0, 0);

  attach (b, &child, "school.png");             /* and the other way */
  laptop_exchange_quietly (b, stick);
  assert_follows (a, stick, 1);
  assert_files (a, 0, 0, 1);
  laptop_exchange_quietly (b, stick);
  assert_files (b, 0, 1, 0);
  laptop_free (a);
  laptop_free (b);
  carry_end (dir);
}

static SanCardInfo *
read_card (Laptop *self, GBytes *card)
{
  g_autoptr(GError) error = NULL;
  SanCardInfo *info = san_card_read (self->centre, card, &error);

  g_assert_no_error (error);
  return info;
}

static void
test_card (void)                          /* whose it is, before anything is believed */
{
  char *dir = carry_begin ();
  Laptop *a = laptop_new (dir, "a");
  Laptop *b = laptop_new (dir, "b");
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) card = NULL;
  g_autoptr(SanCardInfo) own = NULL;
  g_autoptr(SanCardInfo) strange = NULL;
  g_autoptr(SanCardInfo) paired = NULL;

  laptop_found (a, "Asha Griha");
  laptop_found (b, "Gulmohar");
  card = san_card_make (b->centre, &error);
  g_assert_no_error (error);
  own = read_card (b, card);
  strange = read_card (a, card);
  g_assert_true (own->ours && own->given);
  g_assert_cmpstr (strange->label, ==, "Gulmohar");
  g_assert_false (strange->ours || strange->paired || strange->laptop || strange->given);
  laptop_pair (a, b);
  paired = read_card (a, card);
  g_assert_true (paired->paired);
  laptop_free (a);
  laptop_free (b);
  carry_end (dir);
}

static const SanReviewCard *
find_card (GPtrArray *cards, const char *field)
{
  for (guint i = 0; i < cards->len; i++)
    if (g_str_equal (((const SanReviewCard *) cards->pdata[i])->name, field))
      return cards->pdata[i];
  return NULL;
}

static void
test_review_cards (void)                  /* her alias stands where her name was written */
{
  char *dir = carry_begin ();
  g_autofree char *stick = carry_make_place (dir, "stick");
  Laptop *a = laptop_new (dir, "a");
  Laptop *b = laptop_new (dir, "b");
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) cards = NULL;
  g_autoptr(GPtrArray) records = NULL;
  const SanReviewCard *card;
  const SanReviewVersion *version;
  SanId16 welcome;
  SanId16 note;
  guint here = 0;
  SanId32 child;

  laptop_found (a, "Asha Griha");
  laptop_join (b, a, stick);
  child = laptop_admit (a, "Kadam");
  records = san_child_records (a->centre, &child, &error);
  g_assert_no_error (error);
  welcome = ((const SanRecordView *) records->pdata[0])->id;
  laptop_set (a, &welcome, "name", "Udaharan Ek");
  note = laptop_note (a, &child, "aunt");
  laptop_exchange_quietly (a, stick);
  laptop_exchange_quietly (b, stick);
  laptop_set (a, &note, "gate", "Udaharan may see her aunt");
  laptop_set (b, &note, "gate", "nobody");
  laptop_exchange_quietly (a, stick);
  laptop_exchange_quietly (b, stick);
  cards = san_review_list_cards (b->centre, &error);
  g_assert_no_error (error);
  card = find_card (cards, "gate");
  g_assert_nonnull (card);
  g_assert_cmpstr (card->alias, ==, "Kadam");
  g_assert_false (card->is_name);
  g_assert_cmpuint (card->versions->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      version = g_ptr_array_index (card->versions, i);
      g_assert_cmpuint (version->which, ==, i + 1);
      g_assert_null (strstr (version->text, "Udaharan"));
      g_assert_nonnull (version->laptop);
      here += version->this_laptop;
    }
  g_assert_cmpuint (here, ==, 1);               /* one of the two was written on the other laptop */
  laptop_free (a);
  laptop_free (b);
  carry_end (dir);
}

static void
back_up (Laptop *self, const char *folder)
{
  g_autoptr(GError) error = NULL;
  guint entries, pieces;

  san_carry_backup (self->centre, folder, NULL, NULL, &entries, &pieces, NULL, &error);
  g_assert_no_error (error);
}

static void
test_times (void)                         /* kept over a lock; a failed exchange is none */
{
  char *dir = carry_begin ();
  g_autofree char *stick = carry_make_place (dir, "stick");
  g_autofree char *folder = carry_make_place (dir, "backup");
  g_autofree char *uri = g_filename_to_uri (folder, NULL, NULL);
  g_autofree char *missing = g_build_filename (dir, "missing", NULL);
  Laptop *a = laptop_new (dir, "a");
  g_autoptr(SanCarryTimes) never = NULL;
  g_autoptr(SanCarryTimes) then = NULL;
  g_autoptr(SanVerifyResult) checked = NULL;
  g_autoptr(GError) error = NULL;

  laptop_found (a, "Asha Griha");
  g_assert_null (san_carry_exchange (a->centre, missing, NULL, NULL, NULL, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
  g_clear_error (&error);
  never = san_carry_get_times (a->centre);
  g_assert_cmpint (never->exchange_ms, ==, 0);
  g_assert_cmpint (never->backup_ms, ==, 0);
  g_assert_cmpint (never->check_ms, ==, 0);
  g_assert_null (never->backup_folder);

  laptop_exchange_quietly (a, stick);
  back_up (a, folder);
  checked = san_checks_verify (a->centre, TRUE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  laptop_lock (a);
  laptop_unlock (a, "sunanda");
  then = san_carry_get_times (a->centre);
  g_assert_cmpint (then->exchange_ms, >, 0);
  g_assert_cmpint (then->backup_ms, >=, then->exchange_ms);
  g_assert_cmpint (then->check_ms, >=, then->backup_ms);
  g_assert_cmpstr (then->backup_folder, ==, uri);
  g_assert_cmpuint (then->backup_entries, >, 0);
  g_assert_cmpuint (then->check_entries, ==, checked->entries);
  g_assert_cmpuint (then->check_problems, ==, 0);
  laptop_free (a);
  carry_end (dir);
}

static guint
count_places (Laptop *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = san_carry_list_places (self->centre, &error);

  g_assert_no_error (error);
  return rows->len;
}

static void
test_forget_place (void)                  /* here only: the folder and what is in it stay */
{
  char *dir = carry_begin ();
  g_autofree char *folder = carry_make_place (dir, "shared");
  g_autoptr(GError) error = NULL;
  Laptop *a = laptop_new (dir, "a");

  laptop_found (a, "Asha Griha");
  san_carry_add_place (a->centre, "শেয়ার", folder, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_places (a), ==, 1);
  g_assert_false (san_carry_forget_place (a->centre, "other", &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
  g_clear_error (&error);
  san_carry_forget_place (a->centre, "শেয়ার", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_places (a), ==, 0);
  g_assert_true (g_file_test (folder, G_FILE_TEST_IS_DIR));
  laptop_free (a);
  carry_end (dir);
}

static void
test_kinds_of_problems (void)
{
  g_assert_cmpint (san_checks_get_kind ("piece 0123456789ab is damaged"), ==, SAN_PROBLEM_PIECE);
  g_assert_cmpint (san_checks_get_kind ("what case shows is not what its entries say; rebuild it"),
                   ==, SAN_PROBLEM_PAGES);
  g_assert_cmpint (san_checks_get_kind ("entry 0123456789ab: its body is missing"), ==,
                   SAN_PROBLEM_NOTE);
  g_assert_cmpint (san_checks_get_kind ("2 journals have another head than noted"), ==,
                   SAN_PROBLEM_NOTE);
  g_assert_cmpint (san_checks_get_kind ("store.db: checking the database: page 27"), ==,
                   SAN_PROBLEM_FILE);
}

/* After ten days somebody should ask a centre; after a week a backup is old. */
static void
test_too_long (void)
{
  gint64 now = 100 * DAY_MS;
  SanWaitingRow never = { .news_ms = 0 };
  SanWaitingRow ten = { .news_ms = now - 10 * DAY_MS };
  SanWaitingRow more = { .news_ms = now - 10 * DAY_MS - 1 };
  SanWaitingRow most = { .news_ms = now - 12 * DAY_MS };

  g_assert_cmpuint (san_waiting_row_get_silent_days (&never, now), ==, 0);
  g_assert_cmpuint (san_waiting_row_get_silent_days (&ten, now), ==, 0);
  g_assert_cmpuint (san_waiting_row_get_silent_days (&more, now), ==, 10);
  g_assert_cmpuint (san_waiting_row_get_silent_days (&most, now), ==, 12);
  g_assert_false (san_carry_is_long_ago (now - 7 * DAY_MS, now));
  g_assert_true (san_carry_is_long_ago (now - 7 * DAY_MS - 1, now));
  g_assert_true (san_carry_is_long_ago (0, now));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/centre/look/what-waits-until-they-say-they-have-it", test_waiting);
  g_test_add_func ("/centre/look/for-us-and-for-others", test_partner);
  g_test_add_func ("/centre/look/files-are-on-their-way-until-they-are-there",
                   test_files_on_their_way);
  g_test_add_func ("/centre/look/a-card-says-whose-it-is", test_card);
  g_test_add_func ("/centre/look/review-cards-hide-her-name", test_review_cards);
  g_test_add_func ("/centre/look/times-outlive-a-lock", test_times);
  g_test_add_func ("/centre/places/one-is-forgotten-here-only", test_forget_place);
  g_test_add_func ("/centre/checks/each-problem-has-a-kind", test_kinds_of_problems);
  g_test_add_func ("/centre/carry/too-long-ago", test_too_long);
  return g_test_run ();
}
