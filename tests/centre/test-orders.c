/* test-orders.c - lists come in an order that means something to people, not in that of random ids
 *
 * Ids and keys are drawn anew in each run: each list here is long enough that their order would
 * hardly ever be the right one. */
#include "carry-fixture.h"
#include "san-child-file.h"
#include "san-plan.h"

#define MANY 5u

static char *dir;
static Laptop *laptop;

static void
set_up (void)
{
  dir = carry_begin ();
  laptop = laptop_new (dir, "office");
  laptop_found (laptop, "Shefali Bari");
}

static void
tear_down (void)
{
  laptop_free (laptop);
  carry_end (dir);
}

/* Two of the same millisecond would have no order but that of their ids. */
static void
wait_for_clock (void)
{
  gint64 before = san_clock_now ();

  while (san_clock_now () == before)
    g_thread_yield ();
}

static SanId16
write_record (const SanId32 *child, const char *form, const char *const *answers)
{
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  g_autoptr(GError) error = NULL;
  SanId16 record;

  for (guint i = 0; answers[i] != NULL; i += 2)
    san_typed_list_add (typed, answers[i], answers[i + 1]);
  san_record_new (laptop->centre, form, child, typed, &record, &error);
  g_assert_no_error (error);
  wait_for_clock ();
  return record;
}

static void
test_one_day (void) /* five notes of one day: the one that was written last comes first */
{
  g_autoptr(SanChildFile) file = NULL;
  g_autoptr(GError) error = NULL;
  SanId16 written[MANY];
  SanId32 child;
  guint found = 0;

  set_up ();
  child = laptop_admit (laptop, "Bakul");
  for (guint i = 0; i < MANY; i++)
    written[i] = write_record (&child, "contacts",
                               (const char *const[]) { "on", "2026-11-24", "gate", "x", NULL });
  file = san_child_file_get (laptop->centre, &child, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < file->rows->len; i++)
    {
      const SanFileRow *row = file->rows->pdata[i];

      if (!g_str_equal (row->form->id, "contacts"))
        continue;
      g_assert_true (san_id16_equal (&row->record, &written[MANY - 1 - found]));
      found++;
    }
  g_assert_cmpuint (found, ==, MANY);
  tear_down ();
}

/* Keys of rows are random; the places that they were given are not. */
static const char *const plan[] = {
  "c1.zzzzzzzz", "1", "c1.zzzzzzzz.words", "first", "c1.aaaaaaaa", "3", "c1.aaaaaaaa.words",
  "third", "c1.mmmmmmmm", "2", "c1.mmmmmmmm.words", "second", NULL
};

static void
test_plan_rows (void) /* the board shows the line that was added last */
{
  g_autoptr(SanPlan) board = NULL;
  g_autoptr(GError) error = NULL;
  SanId32 child;

  set_up ();
  child = laptop_admit (laptop, "Bakul");
  write_record (&child, "icp-a", plan);
  board = san_plan_get (laptop->centre, &child, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (((const SanPlanCard *) board->cards->pdata[0])->n_rows, ==, 3);
  g_assert_cmpstr (((const SanPlanCard *) board->cards->pdata[0])->hers, ==, "third");
  tear_down ();
}

static void
test_record_rows (void)
{
  g_autoptr(SanRecordView) view = NULL;
  g_autoptr(GString) words = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  SanId32 child;
  SanId16 record;

  set_up ();
  child = laptop_admit (laptop, "Bakul");
  record = write_record (&child, "icp-a", plan);
  view = san_record_get (laptop->centre, &record, FALSE, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < view->fields->len; i++)
    {
      const SanFieldRow *row = view->fields->pdata[i];

      if (g_str_has_prefix (row->field, "c1."))
        g_string_append_printf (words, "%s ", row->field + strlen ("c1."));
    }
  g_assert_cmpstr (words->str, ==, "zzzzzzzz zzzzzzzz.words mmmmmmmm mmmmmmmm.words "
                                   "aaaaaaaa aaaaaaaa.words ");
  tear_down ();
}

static void
test_same_name (void) /* of those who are called the same who came last stands first */
{
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(GError) error = NULL;
  SanId32 children[MANY];

  set_up ();
  for (guint i = 0; i < MANY; i++)
    {
      g_autofree char *alias = g_strdup_printf ("Bakul %u", i);

      children[i] = laptop_admit (laptop, alias);
      write_record (&children[i], "family", (const char *const[]) { "name", "Rani", NULL });
    }
  rows = san_child_list (laptop->centre, "Rani", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, MANY);
  for (guint i = 0; i < MANY; i++)
    g_assert_true (
        san_id32_equal (&((const SanChildRow *) rows->pdata[i])->id, &children[MANY - 1 - i]));
  tear_down ();
}

static void
test_partners (void)
{
  static const char *const names[] = { "Tulsi", "Champa", "Nayan", "Asha" };
  static const char *const sorted[] = { "Asha", "Champa", "Nayan", "Tulsi" };
  g_autoptr(GPtrArray) partners = NULL;
  g_autoptr(GPtrArray) waiting = NULL;
  g_autoptr(GError) error = NULL;

  set_up ();
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      Laptop *other = laptop_new (dir, names[i]);

      laptop_found (other, names[i]);
      laptop_pair (laptop, other);
      laptop_free (other);
    }
  partners = san_centre_list_partners (laptop->centre, &error);
  g_assert_no_error (error);
  waiting = san_carry_list_waiting (laptop->centre, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (partners->len, ==, G_N_ELEMENTS (sorted));
  g_assert_cmpuint (waiting->len, ==, G_N_ELEMENTS (sorted));
  for (guint i = 0; i < G_N_ELEMENTS (sorted); i++)
    {
      g_assert_cmpstr (((const SanPartnerRow *) partners->pdata[i])->label, ==, sorted[i]);
      g_assert_cmpstr (((const SanWaitingRow *) waiting->pdata[i])->label, ==, sorted[i]);
    }
  tear_down ();
}

/* Each child's note is written over on both laptops, neither having seen the other. */
static void
test_laptops_and_review (void)
{
  static const char *const aliases[] = { "Tulsi", "Champa", "Nayan" };
  static const char *const sorted[] = { "Champa", "Nayan", "Tulsi" };
  g_autoptr(GPtrArray) devices = NULL;
  g_autoptr(GPtrArray) review = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *place = NULL;
  Laptop *others[2];
  SanId32 children[3];
  SanId16 notes[3][2];

  set_up ();
  place = carry_make_place (dir, "stick");
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *name = g_strdup_printf ("laptop-%u", i);

      others[i] = laptop_new (dir, name);
      wait_for_clock ();
      laptop_join (others[i], laptop, place);
    }
  devices = san_device_list (laptop->centre, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (devices->len, ==, 3);
  g_assert_true (((const SanDeviceRow *) devices->pdata[0])->is_mine);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_true (san_id16_equal (&((const SanDeviceRow *) devices->pdata[i + 1])->id,
                                   &others[i]->centre->device));
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      children[i] = laptop_admit (laptop, aliases[i]);
      for (guint n = 0; n < 2; n++)
        {
          notes[i][n] = laptop_note (laptop, &children[i], "as it was");
          wait_for_clock ();
        }
    }
  laptop_exchange_quietly (laptop, place);
  laptop_exchange_quietly (others[0], place);
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    for (guint n = 0; n < 2; n++)
      {
        laptop_set (laptop, &notes[i][n], "gate", "here");
        laptop_set (others[0], &notes[i][n], "gate", "there");
      }
  laptop_exchange_quietly (others[0], place);
  laptop_exchange_quietly (laptop, place);
  review = san_review_list (laptop->centre, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (review->len, ==, 6);
  for (guint i = 0; i < review->len; i++)
    {
      const SanReviewRow *row = review->pdata[i];
      guint c = 0;

      while (!g_str_equal (aliases[c], sorted[i / 2]))
        c++;
      g_assert_true (san_id32_equal (&row->child, &children[c]));
      g_assert_true (san_id16_equal (&row->record, &notes[c][i % 2]));
    }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    laptop_free (others[i]);
  tear_down ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/centre/orders/notes-of-one-day-by-writing", test_one_day);
  g_test_add_func ("/centre/orders/rows-of-a-plan-by-place", test_plan_rows);
  g_test_add_func ("/centre/orders/rows-of-a-record-by-place", test_record_rows);
  g_test_add_func ("/centre/orders/who-is-called-the-same", test_same_name);
  g_test_add_func ("/centre/orders/partners-by-name", test_partners);
  g_test_add_func ("/centre/orders/laptops-and-conflicts", test_laptops_and_review);
  return g_test_run ();
}
