/* test-sharing.c - a child is shared together with why, on what basis in law, and what she said */
#include "carry-fixture.h"
#include "san-press.h"

#define TO "Maitri Bhavan"

typedef struct { char *dir, *stick; Laptop *a, *b; SanId32 child; } World;

static void
set_up (World *self)
{
  self->dir = carry_begin ();
  self->stick = carry_make_place (self->dir, "stick");
  self->a = laptop_new (self->dir, "a");
  self->b = laptop_new (self->dir, "b");
  laptop_found (self->a, "Asha Griha");
  laptop_found (self->b, TO);
  laptop_pair (self->a, self->b);
  self->child = laptop_admit (self->a, "Kadam");
}

static void
take_down (World *self)
{
  laptop_free (self->a);
  laptop_free (self->b);
  g_free (self->stick);
  carry_end (self->dir);
}

static void
hand_over (World *self)
{
  for (guint i = 0; i < 2; i++)
    {
      laptop_exchange_quietly (self->a, self->stick);
      laptop_exchange_quietly (self->b, self->stick);
    }
}

/* An answer as words: codes with commas. */
static char *
words_of (const SanValue *value)
{
  g_auto(GStrv) codes = san_value_dup_codes (value);
  gboolean yes;

  if (san_value_get_bool (value, &yes))
    return g_strdup (yes ? "yes" : "no");
  return codes != NULL ? g_strjoinv (",", codes) : san_value_dup_text (value);
}

static void
assert_text (Laptop *laptop, const SanId16 *record, const char *field, const char *expected)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanRecordView) view = san_record_get (laptop->centre, record, FALSE, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < view->fields->len; i++)
    {
      const SanFieldRow *row = view->fields->pdata[i];

      if (g_str_equal (row->field, field))
        text = words_of (((const SanFieldVersion *) row->versions->pdata[0])->value);
    }
  g_assert_cmpstr (text, ==, expected);
}

/* @history FALSE: what is written from now on. */
static SanId16
share (World *self, guint compartments, gboolean history)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) why = san_share_why_new ("school", "order", "yes", "I want to go");
  const SanShareOrder order = { TO, compartments, FALSE, history, why };
  guint pending;
  SanId32 id;
  SanId16 note;

  g_assert_true (san_share (self->a->centre, &self->child, &order, &id, &note, &pending, &error));
  g_assert_no_error (error);
  return note;
}

static void
test_note (void) /* it says what was ordered, whatever was typed of that, and is signed */
{
  World world;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) why = san_share_why_new ("school", "permission", "no", "asleep");
  const guint parts = 1u << SAN_COMPARTMENT_CASE | 1u << SAN_COMPARTMENT_MEDICAL;
  const SanShareOrder order = { TO, parts, TRUE, TRUE, why };
  g_autoptr(SanRecordView) view = NULL;
  guint pending;
  SanId32 id;
  SanId16 note;

  set_up (&world);
  san_typed_list_add (why, SAN_SHARE_WITH, "somebody else");
  san_typed_list_add (why, SAN_SHARE_READS, "no");
  g_assert_true (san_share (world.a->centre, &world.child, &order, &id, &note, &pending, &error));
  g_assert_no_error (error);
  assert_text (world.a, &note, SAN_SHARE_WITH, TO);
  assert_text (world.a, &note, SAN_SHARE_PARTS, "case,house,medical");
  assert_text (world.a, &note, SAN_SHARE_READS, "yes");
  assert_text (world.a, &note, SAN_SHARE_BEFORE, "yes");
  assert_text (world.a, &note, SAN_SHARE_REASON, "school");
  assert_text (world.a, &note, SAN_SHARE_BASIS, "permission");
  assert_text (world.a, &note, SAN_SHARE_TOLD, "no");
  assert_text (world.a, &note, SAN_SHARE_SAID, "asleep");
  view = san_record_get (world.a->centre, &note, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (view->form, ==, SAN_SHARE_FORM);
  g_assert_true (view->finished);
  take_down (&world);
}

/* Refused, with that field named, and not one entry more. */
static void
assert_refused (World *self, GPtrArray *why, const char *field)
{
  g_autoptr(GError) error = NULL;
  const SanShareOrder order = { TO, 0, FALSE, TRUE, why };
  const SanId32 before = laptop_heads (self->a);
  const SanId32 after_is = before;
  guint pending = 77;
  SanId32 id = san_id32_zero;
  SanId32 after;

  g_assert_false (san_share (self->a->centre, &self->child, &order, &id, NULL, &pending, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
  g_assert_true (g_str_has_prefix (error->message, field));
  after = laptop_heads (self->a);
  g_assert_true (san_id32_equal (&after, &after_is));
  g_assert_cmpuint (pending, ==, 77);
  g_assert_true (san_id32_is_zero (&id));
}

static void
test_refused (void) /* no order without a note, no note without an order */
{
  static const struct { const char *reason, *basis, *told, *said, *field; } cases[] = {
    { NULL, "order", "yes", "good", "reason" },     { "school", NULL, "yes", "good", "basis" },
    { "school", "order", NULL, "good", "told" },    { "school", "order", "no", NULL, "said" },
    { "?unknown", "order", "yes", "good", "reason" },
    { "school", "?unknown", "yes", "good", "basis" },
    { "school", "order", "?not-asked", "good", "told" },
    { "school", "order", "yes", "?unknown", "said" },
    { "school", "because", "yes", "good", "basis" }, { "school", "order", "yes", "", "said" },
    { " \n", "order", "yes", "good", "reason" },
  };
  World world;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) typed = san_share_why_new ("school", "order", "yes", "good");
  SanId16 record;

  set_up (&world);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) why = san_share_why_new (cases[i].reason, cases[i].basis, cases[i].told,
                                                    cases[i].said);

      g_test_message ("case %u", i);
      assert_refused (&world, why, cases[i].field);
    }
  g_assert_false (san_record_new (world.a->centre, SAN_SHARE_FORM, &world.child, typed, &record,
                                  &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
  take_down (&world);
}

static void
test_silence (void) /* "did not want to say" is what she said */
{
  World world;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) why = san_share_why_new ("school", "duty", "yes", "?refused");
  const SanShareOrder order = { TO, 0, FALSE, TRUE, why };
  guint pending;
  SanId32 id;

  set_up (&world);
  g_assert_true (san_share (world.a->centre, &world.child, &order, &id, NULL, &pending, &error));
  g_assert_no_error (error);
  take_down (&world);
}

static void
test_stands (void) /* what was signed with the order is corrected beside it, never taken back */
{
  World world;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  SanId16 note;

  set_up (&world);
  note = share (&world, 0, TRUE);
  g_assert_false (san_record_withdraw (world.a->centre, &note, "a mistake", &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
  g_clear_error (&error);
  san_typed_list_add (typed, SAN_SHARE_REASON, "another");
  g_assert_false (san_record_set (world.a->centre, &note, typed, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (san_record_amend (world.a->centre, &note, "she asked again", &error));
  g_assert_no_error (error);
  take_down (&world);
}

static gboolean
accept_and_read (World *self, const SanId16 *note)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) offers = san_offer_list (self->b->centre, &error);
  g_autofree char *id = NULL;
  g_autoptr(SanRecordView) view = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (offers->len, ==, 1);
  id = san_id32_to_text (&((const SanOfferRow *) g_ptr_array_index (offers, 0))->id);
  g_assert_true (san_offer_answer (self->b->centre, id, TRUE, NULL, &error));
  view = san_record_get (self->b->centre, note, FALSE, &error);
  if (view == NULL)
    {
      g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
      return FALSE;
    }
  g_assert_true (view->finished);
  assert_text (self->b, note, SAN_SHARE_REASON, "school");
  return TRUE;
}

static void
test_read_there (void) /* with history, also under a key that this press made */
{
  World world;
  SanId16 note;

  set_up (&world);
  note = share (&world, 1u << SAN_COMPARTMENT_CASE, TRUE);
  hand_over (&world);
  g_assert_true (accept_and_read (&world, &note));
  take_down (&world);
}

static void
test_read_there_later (void) /* with history, under keys that were there before */
{
  World world;
  SanId16 note, before;

  set_up (&world);
  before = laptop_note (world.a, &world.child, "aunt may visit");
  note = share (&world, 1u << SAN_COMPARTMENT_CASE, TRUE);
  hand_over (&world);
  g_assert_true (accept_and_read (&world, &note));
  assert_text (world.b, &before, "gate", "aunt may visit");
  take_down (&world);
}

static void
test_stays_here (void) /* without history, or where the part is not shared */
{
  for (guint i = 0; i < 2; i++)
    {
      World world;
      SanId16 note;

      set_up (&world);
      laptop_note (world.a, &world.child, "aunt may visit");
      note = share (&world, 1u << (i == 0 ? SAN_COMPARTMENT_CASE : SAN_COMPARTMENT_HOUSE), i != 0);
      hand_over (&world);
      g_assert_false (accept_and_read (&world, &note));
      take_down (&world);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/centre/share/says-what-was-ordered-and-why", test_note);
  g_test_add_func ("/centre/share/not-without-its-note", test_refused);
  g_test_add_func ("/centre/share/silence-is-an-answer", test_silence);
  g_test_add_func ("/centre/share/its-note-stands", test_stands);
  g_test_add_func ("/centre/share/note-is-read-there", test_read_there);
  g_test_add_func ("/centre/share/note-is-read-there-with-what-was-before", test_read_there_later);
  g_test_add_func ("/centre/share/note-stays-here", test_stays_here);
  return g_test_run ();
}
