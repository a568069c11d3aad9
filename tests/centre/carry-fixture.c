/* carry-fixture.c - laptops in temporary folders, and places between them */
#include "carry-fixture.h"
#include "san-store-check.h"
#include <glib/gstdio.h>

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) names = g_dir_open (path, 0, NULL);
  const char *name;

  while (names != NULL && (name = g_dir_read_name (names)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

char *
carry_begin (void)
{
  g_autoptr(GError) error = NULL;
  char *dir = g_dir_make_tmp ("san-carry-XXXXXX", &error);

  g_assert_no_error (error);
  return dir;
}

void
carry_end (char *dir)
{
  remove_tree (dir);
  g_free (dir);
}

SanSecret *
carry_words (void)
{
  return san_secret_new_copy (CARRY_WORDS, strlen (CARRY_WORDS));
}

char *
carry_make_place (const char *dir, const char *name)
{
  char *path = g_build_filename (dir, name, NULL);

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  return path;
}

Laptop *
laptop_new (const char *dir, const char *name)
{
  Laptop *self = g_new0 (Laptop, 1);

  self->dir = g_build_filename (dir, name, NULL);
  self->store = g_build_filename (self->dir, "store", NULL);
  self->state = g_build_filename (self->dir, "state", NULL);
  g_assert_cmpint (g_mkdir_with_parents (self->state, 0700), ==, 0);
  self->where.store = self->store;
  self->where.state = self->state;
  self->where.data = g_getenv ("SAN_DATA_DIR");
  return self;
}

void
laptop_lock (Laptop *self)
{
  if (self->centre != NULL)
    san_centre_lock (self->centre);
  g_clear_object (&self->centre);
}

void
laptop_free (Laptop *self)
{
  laptop_lock (self);
  g_clear_pointer (&self->code, san_secret_unref);
  g_free (self->dir);
  g_free (self->store);
  g_free (self->state);
  g_free (self);
}

void
laptop_found (Laptop *self, const char *name)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanSecret) words = carry_words ();
  SanSetup setup = { name, "Sundarpur", "sunanda", "en", words, 1, FALSE };

  self->centre = san_setup_create (&self->where, &setup, &self->code, &error);
  g_assert_no_error (error);
  g_assert_nonnull (self->centre);
}

void
laptop_unlock (Laptop *self, const char *staff)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanSecret) words = carry_words ();

  laptop_lock (self);
  self->centre = san_centre_unlock (&self->where, staff, words, NULL, &error);
  g_assert_no_error (error);
}

void
laptop_add_person (Laptop *self, const char *name, const char *role)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanSecret) words = carry_words ();
  g_autoptr(SanSecret) slip = NULL;
  g_autoptr(SanSecret) typed = NULL;
  SanId16 staff;

  slip = san_staff_add (self->centre, name, role, "en", &staff, &error);
  g_assert_no_error (error);
  typed = san_secret_new_copy (san_secret_get_data (slip),
                               strlen ((const char *) san_secret_get_data (slip)));
  laptop_lock (self);
  self->centre = san_centre_unlock_slip (&self->where, name, typed, words, &error);
  g_assert_no_error (error);
}

SanExchangeResult *
laptop_exchange (Laptop *self, const char *place)
{
  g_autoptr(GError) error = NULL;
  SanExchangeResult *result = san_carry_exchange (self->centre, place, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_no_error (result->unwritten);
  for (guint i = 0; i < result->places->len; i++)
    {
      const SanPlaceResult *row = g_ptr_array_index (result->places, i);

      for (guint p = 0; p < row->problems->len; p++)
        g_test_message ("%s", (const char *) g_ptr_array_index (row->problems, p));
    }
  return result;
}

void
laptop_exchange_quietly (Laptop *self, const char *place)
{
  g_autoptr(SanExchangeResult) result = laptop_exchange (self, place);

  g_assert_cmpuint (((const SanPlaceResult *) g_ptr_array_index (result->places, 0))->problems->len,
                    ==, 0);
}

guint
laptop_read_only_new (Laptop *self, const char *place)
{
  g_autoptr(SanExchangeResult) result = laptop_exchange (self, place);

  return result->received;
}

/* Both sides: the number of the one is read out to the other. */
static void
agree (Laptop *a, GBytes *card_of_a, Laptop *b, GBytes *card_of_b, gboolean b_accepts)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *digits = NULL;
  g_autofree char *typed = NULL;
  g_autofree char *number_a = NULL;
  g_autofree char *number_b = NULL;

  san_card_number (a->centre, card_of_b, NULL, &digits, &number_a, &error);
  g_assert_no_error (error);
  san_card_number (b->centre, card_of_a, digits, &typed, &number_b, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (number_a, ==, number_b);
  san_card_accept (a->centre, card_of_b, number_b, &error);
  g_assert_no_error (error);
  if (b_accepts)
    san_card_accept (b->centre, card_of_a, number_a, &error);
  g_assert_no_error (error);
}

void
laptop_join (Laptop *self, Laptop *first, const char *place)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanSecret) words = carry_words ();
  g_autoptr(GBytes) card = san_card_make (first->centre, &error);
  g_autoptr(GBytes) joining = NULL;
  SanSetup setup = { NULL, NULL, "sunanda", "en", words, 1, FALSE };

  g_assert_no_error (error);
  self->centre = san_setup_join (&self->where, &setup, card, &joining, &error);
  g_assert_no_error (error);
  g_assert_true (self->centre->joining);
  agree (first, card, self, joining, FALSE);
  laptop_exchange_quietly (first, place);
  laptop_exchange_quietly (self, place);
  g_assert_false (self->centre->joining);
  laptop_exchange_quietly (first, place);
}

void
laptop_pair (Laptop *a, Laptop *b)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) card_of_a = san_card_make (a->centre, &error);
  g_autoptr(GBytes) card_of_b = san_card_make (b->centre, &error);

  g_assert_no_error (error);
  agree (a, card_of_a, b, card_of_b, TRUE);
}

static void
copy_tree (const char *from, const char *to)
{
  g_autoptr(GDir) names = g_dir_open (from, 0, NULL);
  const char *name;

  g_mkdir_with_parents (to, 0700);
  while ((name = g_dir_read_name (names)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);
      g_autofree char *data = NULL;
      gsize n;

      if (g_file_test (source, G_FILE_TEST_IS_DIR))
        {
          copy_tree (source, target);
          continue;
        }
      g_assert_true (g_file_get_contents (source, &data, &n, NULL));
      g_assert_true (g_file_set_contents (target, data, (gssize) n, NULL));
    }
}

void
laptop_copy (Laptop *from, Laptop *to)
{
  remove_tree (to->dir);
  copy_tree (from->dir, to->dir);
}

SanId32
laptop_admit (Laptop *self, const char *alias)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  g_autoptr(SanChildRow) row = NULL;
  SanId16 record;

  san_typed_list_add (typed, "alias", alias);
  san_typed_list_add (typed, "age", "14");
  san_typed_list_add (typed, "age-kind", "stated");
  san_typed_list_add (typed, "sex", "f");
  san_typed_list_add (typed, "brought-by", "police");
  san_typed_list_add (typed, "ill-now", "no");
  san_typed_list_add (typed, "afraid", "?not-asked");
  row = san_child_admit (self->centre, typed, &record, &error);
  g_assert_no_error (error);
  return row->id;
}

SanId16
laptop_note (Laptop *self, const SanId32 *child, const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  SanId16 record;

  san_typed_list_add (typed, "gate", text);
  san_record_new (self->centre, "contacts", child, typed, &record, &error);
  g_assert_no_error (error);
  return record;
}

SanId16
laptop_write (Laptop *self, const char *form, const SanId32 *child, const char *const *answers)
{
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  g_autoptr(GError) error = NULL;
  SanId16 record;

  for (guint i = 0; answers[i] != NULL; i += 2)
    san_typed_list_add (typed, answers[i], answers[i + 1]);
  g_assert_true (san_record_new (self->centre, form, child, typed, &record, &error));
  g_assert_no_error (error);
  return record;
}

SanId16
laptop_share (Laptop *self, const SanId32 *child, const char *to)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) why = san_share_why_new ("her school is near them", "order", "yes",
                                                "I want to go to school there");
  const SanShareOrder order = { to, 0, FALSE, TRUE, why };
  guint pending = 0;
  SanId32 id;
  SanId16 note;

  san_share (self->centre, child, &order, &id, &note, &pending, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (pending, ==, 0);
  return note;
}

void
laptop_set (Laptop *self, const SanId16 *record, const char *field, const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) typed = san_typed_list_new ();

  san_typed_list_add (typed, field, text);
  san_record_set (self->centre, record, typed, &error);
  g_assert_no_error (error);
}

static GPtrArray *
list_versions (SanRecordView *view, const char *field)
{
  for (guint i = 0; i < view->fields->len; i++)
    {
      const SanFieldRow *row = g_ptr_array_index (view->fields, i);

      if (g_str_equal (row->field, field))
        return row->versions;
    }
  return NULL;
}

guint
laptop_count_values (Laptop *self, const SanId16 *record, const char *field)
{
  g_autoptr(SanRecordView) view = san_record_get (self->centre, record, FALSE, NULL);
  GPtrArray *versions = view != NULL ? list_versions (view, field) : NULL;

  return versions != NULL ? versions->len : 0;
}

char *
laptop_dup_value (Laptop *self, const SanId16 *record, const char *field)
{
  g_autoptr(SanRecordView) view = san_record_get (self->centre, record, FALSE, NULL);
  GPtrArray *versions = view != NULL ? list_versions (view, field) : NULL;

  if (versions == NULL || versions->len == 0)
    return NULL;
  return san_value_dup_text (((const SanFieldVersion *) g_ptr_array_index (versions, 0))->value);
}

SanId32
laptop_heads (Laptop *self)
{
  g_autoptr(GError) error = NULL;
  SanId32 digest;

  san_store_head_digest (self->centre->store, &digest, &error);
  g_assert_no_error (error);
  return digest;
}

SanId32
laptop_house_view (Laptop *self)
{
  g_autoptr(GError) error = NULL;
  SanId32 digest;

  san_store_view_digest (self->centre->store, SAN_COMPARTMENT_HOUSE, FALSE, &digest, &error);
  g_assert_no_error (error);
  return digest;
}

void
assert_same (Laptop *a, Laptop *b)
{
  SanId32 one = laptop_heads (a);
  SanId32 two = laptop_heads (b);

  g_assert_cmpmem (one.b, sizeof one.b, two.b, sizeof two.b);
  one = laptop_house_view (a);
  two = laptop_house_view (b);
  g_assert_cmpmem (one.b, sizeof one.b, two.b, sizeof two.b);
}
