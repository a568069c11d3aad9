/* test-lists.c - what a list page asks for: pages of children, a search, what is due today */
#include "carry-fixture.h"
#include "san-dues.h"
#include "san-staff.h"

#define DAY_MS ((gint64) 24 * 60 * 60 * 1000)
#define THEN   ((gint64) 1795600000000)          /* November 2026 */

static char   *dir;
static Laptop *laptop;

static void
set_up (void)
{
  dir = carry_begin ();
  laptop = laptop_new (dir, "office");
  san_clock_set (THEN);
  laptop_found (laptop, "Shefali Bari");
}

static void
tear_down (void)
{
  laptop_free (laptop);
  carry_end (dir);
  san_clock_set (0);
}

static void
admit (const char *alias, const char *bed, const char *name)
{
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  g_autoptr(SanChildRow) row = NULL;
  g_autoptr(GError) error = NULL;
  SanId16 record;

  san_typed_list_add (typed, "alias", alias);
  san_typed_list_add (typed, "bed", bed);
  san_typed_list_add (typed, "name", name);
  san_typed_list_add (typed, "age", "15");
  san_typed_list_add (typed, "sex", "f");
  san_typed_list_add (typed, "brought-by", "helpline");
  row = san_child_admit (laptop->centre, typed, &record, &error);
  g_assert_no_error (error);
}

static void
admit_some (void)
{
  admit ("Kadam", "12", "Udaharan Tin");
  admit ("Bakul", "7", "Udaharan Ek");
  admit ("Tagar", "3", "रूपकथा उदाहरण");
  admit ("Champa", "21", "Rupa Namuna");
  admit ("Palash", "5", "Kadambari Namuna");
}

/* Aliases of a page, with blanks between. */
static char *
page (const char *search, const char *status, guint offset, guint limit, guint *n_all)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows =
      san_child_list_slice (laptop->centre, search, status, offset, limit, n_all, &error);
  g_autoptr(GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      const SanChildRow *row = g_ptr_array_index (rows, i);

      g_assert_cmpint (row->found_by != NULL, ==, search != NULL);
      g_assert_cmpint (row->day, ==, 1);
      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", row->alias);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_page (const char *search, const char *status, guint offset, guint limit, const char *aliases,
             guint n_all)
{
  guint n = G_MAXUINT;
  g_autofree char *counted = page (search, status, offset, limit, &n);
  g_autofree char *alone = page (search, status, offset, limit, NULL);

  g_assert_cmpstr (counted, ==, aliases);
  g_assert_cmpstr (alone, ==, aliases);
  g_assert_cmpuint (n, ==, n_all);
}

static void
test_pages (void)
{
  g_autoptr(GError) error = NULL;

  set_up ();
  assert_page (NULL, NULL, 0, 50, "", 0);
  admit_some ();
  assert_page (NULL, NULL, 0, 2, "Tagar Palash", 5);                 /* by bed */
  assert_page (NULL, NULL, 2, 2, "Bakul Kadam", 5);
  assert_page (NULL, NULL, 4, 2, "Champa", 5);
  assert_page (NULL, NULL, 5, 2, "", 5);
  assert_page (NULL, NULL, 1000, 2, "", 5);
  assert_page (NULL, "in-care", 1, 3, "Palash Bakul Kadam", 5);
  assert_page (NULL, "closed", 0, 50, "", 0);
  g_assert_null (san_child_list_slice (laptop->centre, NULL, "asleep", 0, 50, NULL, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
  tear_down ();
}

static void
test_search (void)
{
  set_up ();
  admit_some ();
  assert_page ("kadam", NULL, 0, 50, "Kadam Palash", 2);             /* the finished word first */
  assert_page ("kadam", NULL, 1, 50, "Palash", 2);
  assert_page ("kadam", NULL, 0, 1, "Kadam", 2);
  assert_page ("kadam", NULL, 2, 50, "", 2);
  assert_page ("kadam", "in-care", 1, 1, "Palash", 2);
  assert_page ("kadam", "closed", 0, 50, "", 0);
  assert_page ("rupkatha", NULL, 0, 50, "Tagar", 1);
  assert_page ("রূপকথা", NULL, 0, 50, "Tagar", 1);
  assert_page ("कदम", NULL, 0, 50, "Kadam Palash", 2); /* ranked by letters whatever the script */
  assert_page ("zzz", NULL, 0, 50, "", 0);
  assert_page ("", NULL, 0, 50, "", 0);
  assert_page ("-", "in-care", 0, 50, "", 0);
  tear_down ();
}

static void
test_once (void)                                  /* found by both of her words: one row */
{
  set_up ();
  admit ("Rupa", "1", "Rupkatha Udaharan");
  assert_page ("rup", NULL, 0, 50, "Rupa", 1);
  tear_down ();
}

static gboolean
is_of_today (const SanDueItem *item)
{
  return !g_str_equal (item->state, "later");
}

static guint
count (GPtrArray *all, const char *one, const char *other)
{
  guint n = 0;

  for (guint i = 0; i < all->len; i++)
    {
      const SanDueItem *item = g_ptr_array_index (all, i);

      n += g_str_equal (item->state, one) || g_str_equal (item->state, other);
    }
  return n;
}

static void
assert_next (GPtrArray *all, const SanDueItem *next)
{
  for (guint i = 0; i < all->len; i++)
    {
      const SanDueItem *item = g_ptr_array_index (all, i);

      if (is_of_today (item))
        continue;
      g_assert_cmpstr (next->alias, ==, item->alias);
      g_assert_cmpstr (next->milestone, ==, item->milestone);
      g_assert_cmpstr (next->state, ==, "later");
      return;
    }
  g_assert_null (next);
}

static SanDuePart
only (const SanMilestone *milestone, const SanId32 *child, gpointer role)
{
  return role == NULL || g_str_equal (milestone->role, "any") || g_str_equal (milestone->role, role)
             ? SAN_DUE_COUNTED
             : SAN_DUE_LEFT_OUT;
}

static SanDuePart
apart (const SanMilestone *milestone, const SanId32 *child, gpointer user)
{
  return g_str_equal (milestone->role, user) ? SAN_DUE_APART : SAN_DUE_COUNTED;
}

/* Of each state the first ones of the whole list, in its order; and how many there are. */
static void
assert_today (const char *role, guint limit)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) all = san_dues_list (laptop->centre, 0, NULL, role, &error);
  g_auto(SanDuesToday) today = { 0 };
  const char *state = "";
  guint of_state = 0, next = 0;

  g_assert_no_error (error);
  g_assert_true (san_dues_today (laptop->centre, limit, only, (gpointer) role, &today, &error));
  for (guint i = 0; i < all->len; i++)
    {
      const SanDueItem *want = g_ptr_array_index (all, i);
      const char *group = g_str_equal (want->state, "unsure") ? "today" : want->state;
      const SanDueItem *item;

      of_state = g_str_equal (group, state) ? of_state + 1 : 1;
      state = group;
      if (!is_of_today (want) || of_state > limit)
        continue;
      g_assert_cmpuint (next, <, today.items->len);
      item = g_ptr_array_index (today.items, next++);
      g_assert_cmpstr (item->alias, ==, want->alias);
      g_assert_cmpstr (item->milestone, ==, want->milestone);
      g_assert_cmpstr (item->state, ==, want->state);
      g_assert_cmpint (item->at.ms, ==, want->at.ms);
    }
  g_assert_cmpuint (next, ==, today.items->len);
  assert_next (all, today.next);
  g_assert_cmpuint (today.n_overdue, ==, count (all, "overdue", "overdue"));
  g_assert_cmpuint (today.n_today, ==, count (all, "today", "unsure"));
  g_assert_cmpuint (today.n_soon, ==, count (all, "soon", "soon"));
}

static void
test_today (void)
{
  static const guint days[] = { 0, 1, 3, 8, 20, 29, 31 };
  static const guint limits[] = { 1, 2, 3, 8, 10000 };
  static const char *const roles[] = { NULL, "nurse", "house", "case-worker" };

  set_up ();
  admit_some ();
  for (guint d = 0; d < G_N_ELEMENTS (days); d++)
    {
      san_clock_set (THEN + days[d] * DAY_MS);
      for (guint l = 0; l < G_N_ELEMENTS (limits); l++)
        for (guint r = 0; r < G_N_ELEMENTS (roles); r++)
          assert_today (roles[r], limits[l]);
    }
  tear_down ();
}

static void
test_apart (void)                                 /* each of them, in order, and counted nowhere */
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) all = NULL;
  g_auto(SanDuesToday) today = { 0 };
  guint next = 0;

  set_up ();
  admit_some ();
  san_clock_set (THEN + 20 * DAY_MS);
  all = san_dues_list (laptop->centre, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (san_dues_today (laptop->centre, 1, apart, (gpointer) "nurse", &today, &error));
  for (guint i = 0; i < all->len; i++)
    {
      const SanDueItem *want = g_ptr_array_index (all, i);
      const SanDueItem *item;

      if (!g_str_equal (want->role, "nurse") || !is_of_today (want))
        continue;
      g_assert_cmpuint (next, <, today.apart->len);
      item = g_ptr_array_index (today.apart, next++);
      g_assert_cmpstr (item->alias, ==, want->alias);
      g_assert_cmpstr (item->milestone, ==, want->milestone);
    }
  g_assert_cmpuint (next, >, 1);
  g_assert_cmpuint (next, ==, today.apart->len);
  g_assert_cmpuint (today.n_overdue + today.n_today + today.n_soon + next, ==,
                    count (all, "overdue", "today") + count (all, "soon", "unsure"));
  tear_down ();
}

static void
test_today_in_doubt (void) /* a clock that is not believed: nothing is overdue */
{
  g_auto(SanDuesToday) today = { 0 };

  set_up ();
  admit_some ();
  laptop_lock (laptop);
  san_clock_set (THEN - 300 * DAY_MS);
  laptop_unlock (laptop, "sunanda");
  assert_today (NULL, 4);
  g_assert_true (san_dues_today (laptop->centre, 4, NULL, NULL, &today, NULL));
  g_assert_cmpuint (today.n_overdue, ==, 0);
  g_assert_cmpuint (today.items->len, ==, 4);
  tear_down ();
}

/* Their keys are drawn anew each time: with seven people an order by key would hardly pass. */
static void
test_staff_by_name (void)
{
  static const char *const names[] = { "Rokeya", "Anjali", "Mitali", "Sima", "Lata", "Bula" };
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(GString) text = g_string_new (NULL);

  set_up ();
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(SanSecret) slip = NULL;
      SanId16 staff;

      slip = san_staff_add (laptop->centre, names[i], "house", "en", &staff, &error);
      g_assert_no_error (error);
    }
  rows = san_staff_list (laptop->centre, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (text, "%s ", ((const SanStaffRow *) rows->pdata[i])->name);
  g_assert_cmpstr (text->str, ==, "Anjali Bula Lata Mitali Rokeya Sima sunanda ");
  tear_down ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  g_test_add_func ("/centre/lists/children-come-page-by-page", test_pages);
  g_test_add_func ("/centre/lists/a-search-comes-page-by-page-nearest-first", test_search);
  g_test_add_func ("/centre/lists/a-child-is-found-once", test_once);
  g_test_add_func ("/centre/lists/today-is-the-beginning-of-the-whole-list", test_today);
  g_test_add_func ("/centre/lists/what-stands-apart-is-not-counted", test_apart);
  g_test_add_func ("/centre/lists/today-under-a-doubtful-clock", test_today_in_doubt);
  g_test_add_func ("/centre/lists/people-stand-by-name", test_staff_by_name);
  return g_test_run ();
}
