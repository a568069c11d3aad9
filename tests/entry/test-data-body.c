/* test-data-body.c - parts: sealed for one place, padded, under a key that they name */
#include "samples.h"

#include "san-writer.h"

#include <string.h>

typedef struct
{
  Person    *author;
  SanSecret *case_key, *clinical_key;
  SanEntry  *entry;
  SanDataBody *body;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->author = person_new (0x11);
  f->case_key = seed_secret (0x42);
  f->clinical_key = seed_secret (0x43);
  f->entry = data_entry (f->author, 7, f->case_key, f->clinical_key);
  f->body = san_data_body_parse (san_entry_get_body (f->entry), NULL);
  g_assert_nonnull (f->body);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  person_free (f->author);
  san_secret_unref (f->case_key);
  san_secret_unref (f->clinical_key);
  san_entry_unref (f->entry);
  san_data_body_unref (f->body);
}

static void
test_open (Fixture *f, gconstpointer data)
{
  const SanHeader *header = san_entry_get_header (f->entry);
  g_autoptr(SanChangeList) rich = rich_list ();
  g_autoptr (SanChangeList) list
      = san_data_body_open_part (f->body, header, SAN_COMPARTMENT_CASE, f->case_key, NULL);
  g_autoptr (SanChangeList) clinical
      = san_data_body_open_part (f->body, header, SAN_COMPARTMENT_CLINICAL, f->clinical_key, NULL);

  g_assert_cmpuint (san_data_body_get_n_parts (f->body), ==, 3);
  g_assert_cmpuint (san_data_body_get_part (f->body, 0)->compartment, ==, 0);
  g_assert_true (san_id32_is_zero (&san_data_body_get_part (f->body, 0)->key_id));
  g_assert_cmpuint (san_data_body_get_part (f->body, 2)->compartment, ==, 2);
  g_assert_nonnull (san_data_body_find_part (f->body, SAN_COMPARTMENT_CASE));
  g_assert_null (san_data_body_find_part (f->body, SAN_COMPARTMENT_LEGAL));
  g_assert_nonnull (san_data_body_get_house (f->body));
  g_assert_cmpuint (san_change_list_get_size (list), ==, san_change_list_get_size (rich));
  g_assert_cmpuint (g_bytes_get_size (san_change_list_get_bytes (list)), ==,
                    g_bytes_get_size (san_change_list_get_bytes (rich)));
  g_assert_cmpuint (san_change_list_get_size (clinical), ==, 1);
}

static void
assert_not_opened (Fixture *f, const SanHeader *header, guint8 compartment, const SanSecret *key,
                   int code)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (san_data_body_open_part (f->body, header, compartment, key, &error));
  g_assert_error (error, SAN_ERROR, code);
}

static void
test_wrong_key (Fixture *f, gconstpointer data)
{
  const SanHeader *header = san_entry_get_header (f->entry);

  assert_not_opened (f, header, SAN_COMPARTMENT_CASE, f->clinical_key, SAN_ERROR_LOCKED);
  assert_not_opened (f, header, SAN_COMPARTMENT_LEGAL, f->case_key, SAN_ERROR_NOT_FOUND);
  assert_not_opened (f, header, SAN_COMPARTMENT_HOUSE, f->case_key, SAN_ERROR_NOT_FOUND);
}

/* The same bytes under another header: a copied ciphertext must not open there. */
static void
test_moved (Fixture *f, gconstpointer data)
{
  SanHeader moved[6];

  for (guint i = 0; i < G_N_ELEMENTS (moved); i++)
    moved[i] = *san_entry_get_header (f->entry);
  moved[0].dossier.b[0] ^= 1;
  moved[1].journal.b[15] ^= 1;
  moved[2].number++;
  moved[3].previous.b[31] ^= 1;
  moved[4].author.b[5] ^= 1;
  moved[5].wall++;
  for (guint i = 0; i < G_N_ELEMENTS (moved); i++)
    assert_not_opened (f, &moved[i], SAN_COMPARTMENT_CASE, f->case_key, SAN_ERROR_UNTRUSTED);
}

/* Where the sealed part of the case compartment begins: after salt, count and the house part. */
static gsize
case_part_offset (Fixture *f)
{
  return 16 + 1 + 5
         + g_bytes_get_size (san_change_list_get_bytes (san_data_body_get_house (f->body)));
}

static SanDataBody *
parse_changed (Fixture *f, gsize at, guint8 change)
{
  GBytes *body = san_entry_get_body (f->entry);
  gsize size = g_bytes_get_size (body);
  guint8 *copy = g_memdup2 (g_bytes_get_data (body, NULL), size);
  g_autoptr(GBytes) changed = NULL;

  copy[at] ^= change;
  changed = g_bytes_new_take (copy, size);
  return san_data_body_parse (changed, NULL);
}

static void
test_damaged_part (Fixture *f, gconstpointer data)
{
  gsize start = case_part_offset (f);
  gsize size = 256;

  for (gsize at = start + 5; at < start + size; at += 3)
    {
      g_autoptr(SanDataBody) body = parse_changed (f, at, 0x10);

      g_assert_nonnull (body);
      g_assert_null (san_data_body_open_part (body, san_entry_get_header (f->entry),
                                              SAN_COMPARTMENT_CASE, f->case_key, NULL));
    }
}

static void
test_salt_and_compartment_are_bound (Fixture *f, gconstpointer data)
{
  g_autoptr(SanDataBody) salted = parse_changed (f, 3, 1);
  g_autoptr(SanDataBody) body = NULL;
  SanHeader header = *san_entry_get_header (f->entry);
  g_autoptr(SanChangeList) list = small_list ("x");
  SanPartDraft part = { SAN_COMPARTMENT_MEDICAL, list, f->case_key };
  g_autoptr(GBytes) bytes = san_data_body_make (&header, &part, 1, NULL, NULL);
  guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autoptr(GBytes) changed = g_bytes_new_take (copy, g_bytes_get_size (bytes));

  g_assert_null (
      san_data_body_open_part (salted, &header, SAN_COMPARTMENT_CASE, f->case_key, NULL));
  copy[17] = SAN_COMPARTMENT_LEGAL;
  body = san_data_body_parse (changed, NULL);
  g_assert_nonnull (body);
  g_assert_null (san_data_body_open_part (body, &header, SAN_COMPARTMENT_LEGAL, f->case_key, NULL));
}

/* Lengths say little: everything up to 252 bytes looks alike. */
static void
test_padding (Fixture *f, gconstpointer data)
{
  SanHeader header = draft_header (f->author, SAN_KIND_CHANGES, 1);
  gsize expected = 16 + 1 + 5 + 32 + 24 + 256 + 16;

  for (guint n = 1; n < 200; n += 17)
    {
      g_autofree char *text = g_strnfill (n, 'x');
      g_autoptr(SanChangeList) list = small_list (text);
      SanPartDraft part = { SAN_COMPARTMENT_CASE, list, f->case_key };
      g_autoptr(GBytes) bytes = san_data_body_make (&header, &part, 1, NULL, NULL);

      g_assert_cmpuint (g_bytes_get_size (bytes), ==, expected);
    }
}

/* A body with one sealed part whose plain text is @plain: what a writer with the key could do. */
static GBytes *
seal_plain (Fixture *f, const SanHeader *header, const guint8 *plain, gsize n)
{
  g_auto(SanWriter) writer = { 0 };
  g_autoptr(SanSecret) part_key = san_derive (f->case_key, "san1.part", NULL, 0);
  g_autoptr(GBytes) place = san_entry_part_context (header);
  g_autofree guint8 *sealed = g_malloc (n + 16);
  guint8 context[16 + 128 + 1 + 16] = { 0 };
  guint8 nonce[24] = { 0 };
  SanId32 key_id;

  san_domain_put ("san1.part", context);
  memcpy (context + 16, g_bytes_get_data (place, NULL), 128);
  context[144] = SAN_COMPARTMENT_CASE;
  san_aead_seal (part_key, nonce, context, sizeof context, plain, n, sealed);
  san_key_get_id (f->case_key, &key_id);
  san_writer_init (&writer);
  san_writer_put_zeros (&writer, 16);
  san_writer_put_u8 (&writer, 1);
  san_writer_put_u8 (&writer, SAN_COMPARTMENT_CASE);
  san_writer_put_u32 (&writer, (guint32) (32 + 24 + n + 16));
  san_writer_put_id32 (&writer, &key_id);
  san_writer_put (&writer, nonce, sizeof nonce);
  san_writer_put (&writer, sealed, n + 16);
  return san_writer_end (&writer);
}

static gboolean
opens (Fixture *f, const guint8 *plain, gsize n)
{
  SanHeader header = draft_header (f->author, SAN_KIND_CHANGES, 1);
  g_autoptr(GBytes) bytes = seal_plain (f, &header, plain, n);
  g_autoptr(SanDataBody) body = san_data_body_parse (bytes, NULL);
  g_autoptr(SanChangeList) list = NULL;
  g_autoptr(GError) error = NULL;

  if (body == NULL)
    return FALSE;
  list = san_data_body_open_part (body, &header, SAN_COMPARTMENT_CASE, f->case_key, &error);
  g_assert_true (list != NULL || g_error_matches (error, SAN_ERROR, SAN_ERROR_DAMAGED));
  return list != NULL;
}

static void
test_plain_is_canonical (Fixture *f, gconstpointer data)
{
  g_autoptr(SanChangeList) list = small_list ("x");
  gsize n = g_bytes_get_size (san_change_list_get_bytes (list));
  guint8 plain[512] = { 0 };

  plain[0] = (guint8) n;
  memcpy (plain + 4, g_bytes_get_data (san_change_list_get_bytes (list), NULL), n);
  g_assert_true (opens (f, plain, 256));
  g_assert_false (opens (f, plain, 255));      /* not a padded size */
  g_assert_false (opens (f, plain, 272));      /* a padded size, but not of this list */
  plain[255] = 1;                              /* filled with something else than zeros */
  g_assert_false (opens (f, plain, 256));
  plain[255] = 0;
  plain[0]++;                                  /* one zero taken for the list's */
  g_assert_false (opens (f, plain, 256));
  plain[0] -= 2;
  g_assert_false (opens (f, plain, 256));
  memset (plain, 0xff, 4);
  g_assert_false (opens (f, plain, 256));
}

static void
test_make_refuses (Fixture *f, gconstpointer data)
{
  SanHeader header = draft_header (f->author, SAN_KIND_CHANGES, 1);
  g_autoptr(SanChangeList) list = small_list ("x");
  g_autoptr(SanSecret) short_key = san_secret_new (16);
  SanPartDraft bad[][2] = {
    { { 6, list, f->case_key } },
    { { SAN_COMPARTMENT_HOUSE, list, f->case_key } },
    { { SAN_COMPARTMENT_CASE, list, NULL } },
    { { SAN_COMPARTMENT_CASE, list, short_key } },
    { { SAN_COMPARTMENT_CASE, list, f->case_key }, { SAN_COMPARTMENT_CASE, list, f->case_key } },
  };
  g_autoptr(GError) error = NULL;

  g_assert_null (san_data_body_make (&header, NULL, 0, NULL, &error));
  g_clear_error (&error);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_null (san_data_body_make (&header, bad[i], i == 4 ? 2 : 1, NULL, &error));
      g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
      g_clear_error (&error);
    }
}

static void
test_too_large (Fixture *f, gconstpointer data)
{
  SanHeader header = draft_header (f->author, SAN_KIND_CHANGES, 1);
  g_autoptr(SanChangeBuilder) builder = san_change_builder_new ();
  g_autofree char *text = g_strnfill (SAN_VALUE_LIMIT, 'x');
  g_autoptr(SanValue) value = san_value_new_text (text, NULL);
  g_autoptr(SanChangeList) list = NULL;
  g_autoptr(GError) error = NULL;
  SanId16 record = seed_id16 (1);
  SanPartDraft part;

  for (guint i = 0; i < 4; i++)
    {
      char field[] = { (char) ('a' + i), '\0' };

      g_assert_true (san_change_builder_add (builder, &record, "f", field, value, NULL, 0, NULL));
    }
  list = san_change_builder_end (builder, NULL);
  part = (SanPartDraft) { SAN_COMPARTMENT_CASE, list, f->case_key };
  g_assert_null (san_data_body_make (&header, &part, 1, NULL, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
}

static void
test_shape (Fixture *f, gconstpointer data)
{
  g_autoptr(SanChangeList) list = small_list ("x");
  GBytes *bytes = san_change_list_get_bytes (list);
  guint8 n = (guint8) g_bytes_get_size (bytes);
  static const struct { guint8 count, first, second; gboolean good;
  } shapes[] = {
    { 1, 0, 0, TRUE },  { 0, 0, 0, FALSE },   { 2, 0, 0, FALSE },
    { 7, 0, 0, FALSE }, { 255, 0, 0, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_auto(SanWriter) writer = { 0 };
      g_autoptr(GBytes) body = NULL;
      g_autoptr(SanDataBody) parsed = NULL;

      san_writer_init (&writer);
      san_writer_put_zeros (&writer, 16);
      san_writer_put_u8 (&writer, shapes[i].count);
      for (guint p = 0; p < MIN (shapes[i].count, 2u); p++)
        {
          san_writer_put_u8 (&writer, p == 0 ? shapes[i].first : shapes[i].second);
          san_writer_put_u32 (&writer, n);
          san_writer_put_bytes (&writer, bytes);
        }
      body = san_writer_end (&writer);
      parsed = san_data_body_parse (body, NULL);
      g_assert_cmpint (parsed != NULL, ==, shapes[i].good);
    }
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  ADD ("/entry/part/opens-to-what-was-sealed", test_open);
  ADD ("/entry/part/opens-only-with-the-key-that-it-names", test_wrong_key);
  ADD ("/entry/part/does-not-open-in-another-place", test_moved);
  ADD ("/entry/part/damage-does-not-open", test_damaged_part);
  ADD ("/entry/part/salt-and-compartment-are-bound", test_salt_and_compartment_are_bound);
  ADD ("/entry/part/short-lists-have-one-length", test_padding);
  ADD ("/entry/part/plain-text-is-canonical-too", test_plain_is_canonical);
  ADD ("/entry/part/drafts-that-we-may-not-write-are-refused", test_make_refuses);
  ADD ("/entry/part/a-body-has-a-limit", test_too_large);
  ADD ("/entry/part/parts-are-one-to-six-and-ascend", test_shape);
  return g_test_run ();
}
