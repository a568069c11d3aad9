/* test-exchange.c - laptops and centres that carry bundles to each other */
#include "carry-fixture.h"
#include "san-pieces.h"

static void
test_join (void)                          /* cards, a number, one bundle in each direction */
{
  char *dir = carry_begin ();
  g_autofree char *stick = carry_make_place (dir, "stick");
  Laptop *a = laptop_new (dir, "a");
  Laptop *b = laptop_new (dir, "b");
  SanId32 child;
  SanId16 note;
  g_autofree char *text = NULL;

  laptop_found (a, "Asha Griha");
  child = laptop_admit (a, "Kadam");
  note = laptop_note (a, &child, "aunt may visit");
  laptop_join (b, a, stick);
  assert_same (a, b);
  text = laptop_dup_value (b, &note, "gate");
  g_assert_cmpstr (text, ==, "aunt may visit");

  laptop_set (b, &note, "gate", "aunt and uncle");
  laptop_exchange_quietly (b, stick);
  laptop_exchange_quietly (a, stick);
  assert_same (a, b);
  laptop_unlock (b, "sunanda");
  g_assert_false (b->centre->joining);
  assert_same (a, b);
  laptop_free (a);
  laptop_free (b);
  carry_end (dir);
}

static const SanOfferRow *
only_offer (GPtrArray *rows)
{
  g_assert_cmpuint (rows->len, ==, 1);
  return g_ptr_array_index (rows, 0);
}

static void
accept_offer (Laptop *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = san_offer_list (self->centre, &error);
  g_autofree char *id = NULL;

  g_assert_no_error (error);
  id = san_id32_to_text (&only_offer (rows)->id);
  san_offer_answer (self->centre, id, TRUE, NULL, &error);
  g_assert_no_error (error);
}

static void
test_share (void) /* two centres write one field unseen: both keep both values */
{
  char *dir = carry_begin ();
  g_autofree char *stick = carry_make_place (dir, "stick");
  Laptop *a = laptop_new (dir, "a");
  Laptop *b = laptop_new (dir, "b");
  SanId32 child;
  SanId32 other;
  SanId16 note;
  g_autofree char *at_a = NULL;
  g_autofree char *at_b = NULL;
  g_autoptr(GPtrArray) children = NULL;
  g_autoptr(SanExchangeResult) last = NULL;

  laptop_found (a, "Asha Griha");
  laptop_found (b, "Maitri Bhavan");
  child = laptop_admit (a, "Kadam");
  other = laptop_admit (a, "Bakul");
  note = laptop_note (a, &child, "aunt may visit");
  laptop_pair (a, b);
  laptop_share (a, &child, "Maitri Bhavan");
  laptop_exchange_quietly (a, stick);
  laptop_exchange_quietly (b, stick);
  children = san_child_list (b->centre, NULL, NULL, NULL);
  g_assert_cmpuint (children->len, ==, 0);             /* not before somebody accepts */
  accept_offer (b);
  g_assert_false (san_store_has_entry (b->centre->store, &other));
  at_b = laptop_dup_value (b, &note, "gate");
  g_assert_cmpstr (at_b, ==, "aunt may visit");

  laptop_set (a, &note, "gate", "aunt and uncle");
  laptop_set (b, &note, "gate", "nobody");
  for (guint i = 0; i < 2; i++)
    {
      laptop_exchange_quietly (b, stick);
      laptop_exchange_quietly (a, stick);
    }
  laptop_exchange_quietly (b, stick);
  g_assert_cmpuint (laptop_count_values (a, &note, "gate"), ==, 2);
  g_assert_cmpuint (laptop_count_values (b, &note, "gate"), ==, 2);
  at_a = laptop_dup_value (a, &note, "gate");
  g_free (at_b);
  at_b = laptop_dup_value (b, &note, "gate");
  g_assert_cmpstr (at_a, ==, at_b);
  last = laptop_exchange (a, stick);
  g_assert_cmpuint (last->review, ==, 1);

  laptop_free (a);
  laptop_free (b);
  carry_end (dir);
}

/* Nothing new on either side: after a few looks no file is written any more. */
static void
test_settles (void)
{
  char *dir = carry_begin ();
  g_autofree char *stick = carry_make_place (dir, "stick");
  Laptop *a = laptop_new (dir, "a");
  Laptop *b = laptop_new (dir, "b");
  guint files = 1;

  laptop_found (a, "Asha Griha");
  laptop_join (b, a, stick);
  for (guint i = 0; i < 6 && files > 0; i++)
    {
      g_autoptr(SanExchangeResult) one = laptop_exchange (b, stick);
      g_autoptr(SanExchangeResult) two = laptop_exchange (a, stick);

      files = ((SanPlaceResult *) g_ptr_array_index (one->places, 0))->files +
              ((SanPlaceResult *) g_ptr_array_index (two->places, 0))->files;
    }
  g_assert_cmpuint (files, ==, 0);
  assert_same (a, b);
  laptop_free (a);
  laptop_free (b);
  carry_end (dir);
}

static char *
bundle_for_devices (Laptop *self, const char *dir, guint number)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *name = g_strdup_printf ("hand-%u.dat", number);
  char *path = g_build_filename (dir, name, NULL);
  guint n = 0;

  san_carry_write (self->centre, "devices", path, &n, &error);
  g_assert_no_error (error);
  return path;
}

static void
apply (Laptop *self, const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanExchangeResult) result = NULL;

  if (!san_carry_apply (self->centre, path, &result, &error))
    g_assert_error (error, SAN_ERROR, SAN_ERROR_ALREADY);
}

static void
test_again (void)                         /* the same bundle a hundred times: "already applied" */
{
  char *dir = carry_begin ();
  g_autofree char *stick = carry_make_place (dir, "stick");
  Laptop *a = laptop_new (dir, "a");
  Laptop *b = laptop_new (dir, "b");
  SanId32 child;
  SanId32 heads;
  g_autofree char *path = NULL;

  laptop_found (a, "Asha Griha");
  laptop_join (b, a, stick);
  child = laptop_admit (a, "Kadam");
  laptop_note (a, &child, "aunt may visit");
  path = bundle_for_devices (a, dir, 0);
  apply (b, path);
  heads = laptop_heads (b);
  for (guint i = 0; i < 100; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(SanExchangeResult) result = NULL;
      SanId32 now;

      g_assert_false (san_carry_apply (b->centre, path, &result, &error));
      g_assert_error (error, SAN_ERROR, SAN_ERROR_ALREADY);
      now = laptop_heads (b);
      g_assert_cmpmem (heads.b, sizeof heads.b, now.b, sizeof now.b);
    }
  assert_same (a, b);
  laptop_free (a);
  laptop_free (b);
  carry_end (dir);
}

#define N_BUNDLES 8

/* Bundles lost, repeated and in any order, with an old stick among them: the end is the same. */
static void
test_any_order (void)
{
  char *dir = carry_begin ();
  g_autofree char *stick = carry_make_place (dir, "stick");
  Laptop *a = laptop_new (dir, "a");
  Laptop *b = laptop_new (dir, "b");
  char *paths[N_BUNDLES];
  SanId32 child;

  laptop_found (a, "Asha Griha");
  laptop_join (b, a, stick);
  child = laptop_admit (a, "Kadam");
  for (guint i = 0; i < N_BUNDLES; i++)
    {
      g_autofree char *text = g_strdup_printf ("word %u", i);

      laptop_note (a, &child, text);
      paths[i] = bundle_for_devices (a, dir, i);
    }
  for (guint i = 0; i < 220; i++)
    {
      guint which = (guint) g_test_rand_int_range (0, N_BUNDLES);

      if (which != 3 && which != N_BUNDLES - 1)          /* lost; the last one comes last */
        apply (b, paths[which]);
    }
  apply (b, paths[N_BUNDLES - 1]);
  apply (b, paths[0]);                                   /* the old stick */
  assert_same (a, b);
  laptop_exchange_quietly (b, stick);
  laptop_exchange_quietly (a, stick);
  for (guint i = 0; i < N_BUNDLES; i++)
    g_free (paths[i]);
  laptop_free (a);
  laptop_free (b);
  carry_end (dir);
}

/* An old bundle of hers never lowers what she is known to have. */
static void
test_old_stick (void)
{
  char *dir = carry_begin ();
  g_autofree char *stick = carry_make_place (dir, "stick");
  Laptop *a = laptop_new (dir, "a");
  Laptop *b = laptop_new (dir, "b");
  g_autofree char *old = NULL;
  g_autofree char *path = NULL;
  g_autoptr(SanBundleInfo) before = NULL;
  g_autoptr(SanBundleInfo) after = NULL;
  SanId32 child;

  laptop_found (a, "Asha Griha");
  laptop_join (b, a, stick);
  old = bundle_for_devices (b, dir, 100);
  child = laptop_admit (a, "Kadam");
  laptop_note (a, &child, "aunt may visit");
  for (guint i = 0; i < 3; i++)
    {
      laptop_exchange_quietly (a, stick);
      laptop_exchange_quietly (b, stick);
    }
  laptop_exchange_quietly (a, stick);
  g_free (bundle_for_devices (a, dir, 1));
  path = bundle_for_devices (a, dir, 1);
  before = san_carry_inspect (a->centre, path, NULL);
  g_assert_cmpuint (before->entries, ==, 0);
  apply (a, old);
  g_free (path);
  path = bundle_for_devices (a, dir, 2);
  after = san_carry_inspect (a->centre, path, NULL);
  g_assert_cmpuint (after->entries, ==, 0);
  laptop_free (a);
  laptop_free (b);
  carry_end (dir);
}

/* Cut, damaged, strange: counted, named where somebody can act, and nothing else stops. */
static void
test_bad_files (void)
{
  char *dir = carry_begin ();
  g_autofree char *stick = carry_make_place (dir, "stick");
  g_autofree char *place = carry_make_place (dir, "place");
  Laptop *a = laptop_new (dir, "a");
  Laptop *b = laptop_new (dir, "b");
  g_autofree char *path = NULL;
  g_autofree char *cut = g_build_filename (place, "cutcutcutcutcutcutcutcutcu.dat", NULL);
  g_autofree char *bad = g_build_filename (place, "badbadbadbadbadbadbadbadba.dat", NULL);
  g_autofree char *alien = g_build_filename (place, "alienalienalienalienaliena.dat", NULL);
  g_autofree char *data = NULL;
  g_autofree guint8 *noise = g_malloc (65536);
  g_autoptr(SanExchangeResult) first = NULL;
  g_autoptr(SanExchangeResult) second = NULL;
  SanPlaceResult *row;
  SanId32 child;
  gsize n;

  laptop_found (a, "Asha Griha");
  laptop_join (b, a, stick);
  child = laptop_admit (a, "Kadam");
  laptop_note (a, &child, "aunt may visit");
  path = bundle_for_devices (a, dir, 0);
  g_assert_true (g_file_get_contents (path, &data, &n, NULL));
  g_assert_true (g_file_set_contents (cut, data, (gssize) n - 1, NULL));
  data[560] ^= 1; /* the commitment: the one frame could be cut short */
  g_assert_true (g_file_set_contents (bad, data, (gssize) n, NULL));
  for (gsize i = 0; i < 65536; i++)
    noise[i] = (guint8) g_test_rand_int ();
  g_assert_true (g_file_set_contents (alien, (char *) noise, 65536, NULL));
  first = laptop_exchange (b, place);
  row = g_ptr_array_index (first->places, 0);
  g_assert_cmpuint (row->incomplete, ==, 1);
  g_assert_cmpuint (row->damaged, ==, 1);
  g_assert_cmpuint (row->not_for_us, ==, 1);
  g_assert_cmpuint (row->problems->len, ==, 1);
  g_assert_true (g_str_has_prefix (g_ptr_array_index (row->problems, 0), "badbad"));
  g_assert_cmpuint (row->hurt_from->len, ==, 0);         /* one frame: nothing of them is sure */
  g_assert_cmpuint (row->received, ==, 0);
  second = laptop_exchange (b, place);
  row = g_ptr_array_index (second->places, 0);
  g_assert_cmpuint (row->not_for_us, ==, 0);             /* remembered */
  laptop_free (a);
  laptop_free (b);
  carry_end (dir);
}

static guint
count_held (Laptop *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = san_review_list_held (self->centre, &error);
  guint n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      const SanHeldNotes *row = g_ptr_array_index (rows, i);

      n += (guint) (row->to - row->from + 1);
    }
  return n;
}

/* Written on the other laptop before she left, arriving after: held, then accepted in one press. */
static void
test_late_notes (void)
{
  char *dir = carry_begin ();
  g_autofree char *stick = carry_make_place (dir, "stick");
  Laptop *a = laptop_new (dir, "a");
  Laptop *b = laptop_new (dir, "b");
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) held = NULL;
  g_autofree char *id = NULL;
  g_autofree char *text = NULL;
  SanId32 child;
  SanId16 note;
  guint n = 0;

  laptop_found (a, "Asha Griha");
  laptop_join (b, a, stick);
  child = laptop_admit (a, "Kadam");
  laptop_exchange_quietly (a, stick);
  laptop_exchange_quietly (b, stick);
  laptop_add_person (b, "rina", "case-worker");
  note = laptop_note (b, &child, "her early note");
  laptop_exchange_quietly (b, stick);
  laptop_exchange_quietly (a, stick);
  laptop_set (b, &note, "gate", "her late note");
  san_staff_remove (a->centre, "rina", "left", &error);
  g_assert_no_error (error);
  laptop_exchange_quietly (b, stick);                      /* b has not heard of it */
  laptop_exchange_quietly (a, stick);
  g_assert_cmpuint (count_held (a), ==, 1);
  text = laptop_dup_value (a, &note, "gate");
  g_assert_cmpstr (text, ==, "her early note");
  laptop_unlock (b, "sunanda");
  laptop_exchange_quietly (b, stick);
  g_assert_cmpuint (count_held (b), ==, 1);                /* it fell back here too */
  g_free (text);
  text = laptop_dup_value (b, &note, "gate");
  g_assert_cmpstr (text, ==, "her early note");

  held = san_review_list_held (a->centre, &error);
  id = san_id32_to_text (&((const SanHeldNotes *) g_ptr_array_index (held, 0))->id);
  san_review_accept (a->centre, id, 0, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 1);
  for (guint i = 0; i < 2; i++)
    {
      laptop_exchange_quietly (a, stick);
      laptop_exchange_quietly (b, stick);
    }
  laptop_exchange_quietly (a, stick);
  g_assert_cmpuint (count_held (a), ==, 0);
  g_assert_cmpuint (count_held (b), ==, 0);
  g_free (text);
  text = laptop_dup_value (b, &note, "gate");
  g_assert_cmpstr (text, ==, "her late note");
  assert_same (a, b);
  laptop_free (a);
  laptop_free (b);
  carry_end (dir);
}

/* No note moves with them, so they are counted on their own. */
static void
assert_pieces_alone (Laptop *laptop, const char *stick, guint received, guint sent)
{
  g_autoptr(SanExchangeResult) result = laptop_exchange (laptop, stick);
  const SanPlaceResult *place = g_ptr_array_index (result->places, 0);

  g_assert_cmpuint (place->pieces_received, ==, received);
  g_assert_cmpuint (place->pieces_sent, ==, sent);
  g_assert_cmpuint (result->received + result->sent, ==, 0);
}

/* The text comes first; pieces are asked for, come in files of their own, and are sent once. */
static void
test_pieces (void)
{
  char *dir = carry_begin ();
  g_autofree char *stick = carry_make_place (dir, "stick");
  Laptop *a = laptop_new (dir, "a");
  Laptop *b = laptop_new (dir, "b");
  g_autoptr(GError) error = NULL;
  g_autoptr(SanPieces) pieces = NULL;
  g_autoptr(SanValue) value = NULL;
  g_autoptr(GBytes) plain = NULL;
  g_autoptr(GBytes) found = NULL;
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  g_autofree guint8 *data = g_malloc (3u << 20);
  SanId32 child;
  SanId16 record;

  laptop_found (a, "Asha Griha");
  laptop_join (b, a, stick);
  child = laptop_admit (a, "Kadam");
  for (guint i = 0; i < 3u << 20; i++)
    data[i] = (guint8) g_test_rand_int ();
  plain = g_bytes_new (data, 3u << 20);
  pieces = san_pieces_open (a->store, &error);
  value = san_pieces_add_bytes (pieces, plain, "image/png", "order.png", &error);
  g_assert_no_error (error);
  san_typed_list_add_value (typed, "paper", value);
  san_record_new (a->centre, "order", &child, typed, &record, &error);
  g_assert_no_error (error);
  laptop_exchange_quietly (a, stick);
  laptop_exchange_quietly (b, stick);                      /* knows of it, asks */
  g_assert_null (san_record_read_attachment (b->centre, &record, "paper", &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
  g_clear_error (&error);
  assert_pieces_alone (a, stick, 0, 3);
  assert_pieces_alone (b, stick, 3, 0);
  assert_pieces_alone (a, stick, 0, 0);
  found = san_record_read_attachment (b->centre, &record, "paper", &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (found, plain));
  laptop_free (a);
  laptop_free (b);
  carry_end (dir);
}

/* Where the beginning is whole it says who can make another: cut off, or a letter changed. */
static void
test_hurt_sender (void)
{
  char *dir = carry_begin ();
  g_autofree char *stick = carry_make_place (dir, "stick");
  g_autofree char *place = carry_make_place (dir, "place");
  g_autofree char *cut = g_build_filename (place, "cutcutcutcutcutcutcutcutcu.dat", NULL);
  g_autofree char *bad = g_build_filename (place, "badbadbadbadbadbadbadbadba.dat", NULL);
  Laptop *a = laptop_new (dir, "a");
  Laptop *b = laptop_new (dir, "b");
  g_autofree char *path = NULL;
  g_autofree char *data = NULL;
  g_autoptr(SanExchangeResult) result = NULL;
  const SanPlaceResult *row;
  SanId32 child;
  gsize n;

  laptop_found (a, "Asha Griha");
  laptop_join (b, a, stick);
  child = laptop_admit (a, "Kadam");
  for (guint i = 0; i < 220; i++)
    {
      g_autofree char *text = g_malloc0 (901);

      for (guint k = 0; k < 900; k++)
        text[k] = (char) g_test_rand_int_range ('!', '~');
      laptop_note (a, &child, text);
    }
  path = bundle_for_devices (a, dir, 0);
  g_assert_true (g_file_get_contents (path, &data, &n, NULL));
  g_assert_cmpuint (n, >, 150000);
  g_assert_true (g_file_set_contents (cut, data, 140001, NULL));
  data[n - 1000] ^= 1;
  g_assert_true (g_file_set_contents (bad, data, (gssize) n, NULL));
  result = laptop_exchange (b, place);
  row = g_ptr_array_index (result->places, 0);
  g_assert_cmpuint (row->incomplete + row->damaged, ==, 2);
  g_assert_cmpuint (row->hurt_from->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpstr (g_ptr_array_index (row->hurt_from, i), ==, "");
  laptop_free (a);
  laptop_free (b);
  carry_end (dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/centre/exchange/second-laptop-joins", test_join);
  g_test_add_func ("/centre/exchange/nothing-new-writes-nothing", test_settles);
  g_test_add_func ("/centre/exchange/two-centres-write-one-field", test_share);
  g_test_add_func ("/centre/exchange/same-bundle-a-hundred-times", test_again);
  g_test_add_func ("/centre/exchange/lost-repeated-reordered", test_any_order);
  g_test_add_func ("/centre/exchange/old-stick-lowers-nothing", test_old_stick);
  g_test_add_func ("/centre/exchange/bad-files-are-named", test_bad_files);
  g_test_add_func ("/centre/exchange/a-hurt-file-says-whose-it-is", test_hurt_sender);
  g_test_add_func ("/centre/exchange/late-notes-held-then-accepted", test_late_notes);
  g_test_add_func ("/centre/exchange/pieces-come-when-asked-for", test_pieces);
  return g_test_run ();
}
