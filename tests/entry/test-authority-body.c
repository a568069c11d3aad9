/* test-authority-body.c - operations: what each reader refuses, second signatures, cut rows */
#include "samples.h"

#include <string.h>

static Person *self;

static GBytes *
good_bytes (guint16 op)
{
  g_autoptr(SanAuthorityBody) body = sample_op (op, self);
  g_autoptr(GError) error = NULL;
  GBytes *bytes = san_authority_body_encode (body, &error);

  g_assert_no_error (error);
  return bytes;
}

/* Offset of the arguments: salt, number and two heads, op, length. */
#define ARGS  (16 + 2 + 64 + 2 + 4)

static void
assert_arg_refused (guint16 op, gsize at, guint8 value)
{
  g_autoptr(GBytes) bytes = good_bytes (op);
  gsize n = g_bytes_get_size (bytes);
  guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), n);
  g_autoptr(GBytes) changed = g_bytes_new_take (copy, n);
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (copy[ARGS + at], !=, value);
  copy[ARGS + at] = value;
  g_assert_null (san_authority_body_parse (changed, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_DAMAGED);
}

static void
test_every_op (void)
{
  for (guint16 op = 1; op <= 22; op++)
    {
      g_autoptr(GBytes) bytes = good_bytes (op);
      g_autoptr(SanAuthorityBody) body = san_authority_body_parse (bytes, NULL);

      g_assert_nonnull (body);
      g_assert_cmpuint (body->op, ==, op);
      g_assert_cmpint (san_op_is_known (op), ==, op <= 10 || op >= 16);
      g_assert_cmpint (san_op_is_of_case (op), ==, op >= 16);
      g_assert_cmpuint (body->n_heads, ==, 2);
      g_assert_cmpuint (body->heads[0].b[0], ==, 2);
    }
}

/* An operation that this version does not know is kept byte-identical. */
static void
test_unknown_op (void)
{
  static const guint16 ops[] = { 0, 11, 15, 23, 0xffff };

  for (guint i = 0; i < G_N_ELEMENTS (ops); i++)
    {
      g_autoptr(GBytes) bytes = good_bytes (ops[i]);
      g_autoptr(SanAuthorityBody) body = san_authority_body_parse (bytes, NULL);
      g_autoptr(GBytes) again = san_authority_body_encode (body, NULL);

      g_assert_false (san_op_is_known (ops[i]));
      g_assert_nonnull (body->args);
      assert_same_bytes (bytes, again);
    }
}

static void
test_fields (void)
{
  assert_arg_refused (SAN_OP_REMOVE, 0, 0);            /* of what */
  assert_arg_refused (SAN_OP_REMOVE, 0, 4);
  assert_arg_refused (SAN_OP_REMOVE, 1 + 16, 1);       /* a staff id is zero-filled */
  assert_arg_refused (SAN_OP_REMOVE, 33, 0);           /* reason */
  assert_arg_refused (SAN_OP_REMOVE, 33, 6);
  assert_arg_refused (SAN_OP_REMOVE, 34 + 16 + 3, 0xff);   /* 2^32-1 rows */
  assert_arg_refused (SAN_OP_REMOVE, 34 + 16, 4);      /* rows fewer than bytes */
  assert_arg_refused (SAN_OP_NEW_RING, 0, 6);          /* compartment */
  assert_arg_refused (SAN_OP_JOURNAL_NOTICE, 0, 0);
  assert_arg_refused (SAN_OP_JOURNAL_NOTICE, 0, 4);
  assert_arg_refused (SAN_OP_VOID, 0, 0);
  assert_arg_refused (SAN_OP_VOID, 1, 0x63);           /* removals do not ascend */
  assert_arg_refused (SAN_OP_SHARE, 32, 2);
  assert_arg_refused (SAN_OP_SHARE, 33, 0);            /* nothing shared */
  assert_arg_refused (SAN_OP_SHARE, 33, 0x4b);         /* compartment 6 */
  assert_arg_refused (SAN_OP_SHARE, 34, 1);            /* compartment 8 */
}

static void
test_heads (void)
{
  g_autoptr(SanAuthorityBody) body = san_authority_body_new (SAN_OP_ERASE);
  g_autofree SanId32 *many = g_new0 (SanId32, SAN_HEADS_LIMIT + 1);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i <= SAN_HEADS_LIMIT; i++)
    many[i].b[0] = (guint8) (i + 1);
  g_assert_true (san_authority_body_set_heads (body, many, SAN_HEADS_LIMIT, NULL));
  bytes = san_authority_body_encode (body, &error);
  g_assert_no_error (error);
  g_assert_false (san_authority_body_set_heads (body, many, SAN_HEADS_LIMIT + 1, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
  g_clear_error (&error);
  body->heads[0] = body->heads[1];                     /* a repeat by hand is not written */
  g_assert_null (san_authority_body_encode (body, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
}

static void
test_first_ring_has_no_link (void)
{
  g_autoptr(SanBoxKey) ring = seed_box_key (0x31);
  SanGrantee recovery = grantee (self);
  g_autoptr (SanAuthorityBody) body
      = san_new_ring_make (1, ring, NULL, NULL, &recovery, NULL, 0, NULL);
  g_autoptr(GBytes) good = san_authority_body_encode (body, NULL);

  g_assert_nonnull (good);
  body->u.new_ring.nonce[3] = 1;
  g_assert_null (san_authority_body_encode (body, NULL));
  body->u.new_ring.nonce[3] = 0;
  body->u.new_ring.link[3] = 1;
  g_assert_null (san_authority_body_encode (body, NULL));
  body->u.new_ring.link[3] = 0;
  body->u.new_ring.n_pairs = 0;
  g_assert_null (san_authority_body_encode (body, NULL));
}

static void
test_grantees (void)
{
  g_autoptr(SanAuthorityBody) body = sample_op (SAN_OP_NEW_RING, self);
  SanRingPair *pairs = body->u.new_ring.pairs;
  SanRingPair kept = pairs[1];

  g_assert_cmpuint (body->u.new_ring.n_pairs, ==, 3);
  pairs[1] = pairs[2];                                 /* a seat twice */
  g_assert_null (san_authority_body_encode (body, NULL));
  pairs[2] = kept;                                     /* seats descend */
  g_assert_null (san_authority_body_encode (body, NULL));
  pairs[1] = kept;
  pairs[2].grantee = pairs[0].grantee;                 /* the recovery key among the seats */
  g_assert_null (san_authority_body_encode (body, NULL));
}

static void
test_rows (void)
{
  g_autoptr(SanAuthorityBody) body = sample_op (SAN_OP_REMOVE, self);
  SanCutRow row = body->rows[0];

  body->rows[0] = body->rows[1];
  body->rows[1] = row;
  g_assert_null (san_authority_body_encode (body, NULL));
  body->rows[0] = row;
  g_assert_null (san_authority_body_encode (body, NULL));
}

static SanCutRow *
many_rows (guint n)
{
  SanCutRow *rows = g_new0 (SanCutRow, n);

  for (guint i = 0; i < n; i++)
    {
      guint32 be = GUINT32_TO_BE (n - i);

      memcpy (rows[i].b, &be, sizeof be);
    }
  return rows;
}

/* The largest removal fits an entry; one more row does not. */
static void
test_rows_limit (void)
{
  g_autoptr(SanAuthorityBody) body = sample_op (SAN_OP_REMOVE, self);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;
  SanHeader draft = draft_header (self, SAN_KIND_AUTHORITY, 2);
  g_autoptr(SanEntry) entry = NULL;

  san_authority_body_take_rows (body, many_rows (SAN_CUT_ROWS_LIMIT), SAN_CUT_ROWS_LIMIT);
  bytes = san_authority_body_encode (body, &error);
  g_assert_no_error (error);
  entry = san_entry_sign (&draft, bytes, self->seat_key, &error);
  g_assert_no_error (error);
  san_authority_body_take_rows (body, many_rows (SAN_CUT_ROWS_LIMIT + 1), SAN_CUT_ROWS_LIMIT + 1);
  g_assert_null (san_authority_body_encode (body, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
}

static void
test_cut (void)
{
  guint8 salt[16] = { 7 };
  SanId32 dossier = seed_id32 (1), other = seed_id32 (2), head = seed_id32 (0xaa),
          clone = seed_id32 (0xbb);
  SanId16 journal = seed_id16 (3);
  SanCutRow rows[4];
  guint8 tag[SAN_CUT_TAG_SIZE];
  guint n, first;

  san_cut_row_make (&rows[0], salt, &dossier, &journal, 60, &head);
  san_cut_row_make (&rows[1], salt, &other, &journal, 5, &head);
  san_cut_row_make (&rows[2], salt, &dossier, &journal, 61, &clone);
  rows[3] = rows[0];
  n = san_cut_rows_sort (rows, 4);
  g_assert_cmpuint (n, ==, 3);
  san_cut_tag (salt, &dossier, &journal, tag);
  g_assert_cmpuint (san_cut_rows_find (rows, n, tag, &first), ==, 2);
  g_assert_true (san_cut_row_names (&rows[first], 60, &head));
  g_assert_true (san_cut_row_names (&rows[first + 1], 61, &clone));
  g_assert_false (san_cut_row_names (&rows[first], 61, &head));
  g_assert_false (san_cut_row_names (&rows[first], 60, &clone));
  salt[0]++;
  san_cut_tag (salt, &dossier, &journal, tag);
  g_assert_cmpuint (san_cut_rows_find (rows, n, tag, &first), ==, 0);
  g_assert_cmpuint (san_cut_rows_find (rows, 0, tag, &first), ==, 0);
}

static void
test_cosign (void)
{
  g_autoptr(Person) second = person_new (0x21);
  g_autoptr(Person) third = person_new (0x31);
  g_autoptr(Person) fourth = person_new (0x41);
  g_autoptr(SanAuthorityBody) body = sample_op (SAN_OP_ERASE, self);
  SanId32 dossier = seed_id32 (1), other = seed_id32 (2);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(SanAuthorityBody) read = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (san_authority_body_cosign (body, &dossier, seat_pk (self), third->seat_key, NULL));
  g_assert_false (
      san_authority_body_cosign (body, &dossier, seat_pk (self), third->seat_key, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (
      san_authority_body_cosign (body, &dossier, seat_pk (self), second->seat_key, NULL));
  g_assert_false (
      san_authority_body_cosign (body, &dossier, seat_pk (self), fourth->seat_key, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
  g_clear_error (&error);
  bytes = san_authority_body_encode (body, NULL);
  read = san_authority_body_parse (bytes, NULL);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (san_authority_body_check_cosign (read, i, &dossier, seat_pk (self), NULL));
      g_assert_false (san_authority_body_check_cosign (read, i, &other, seat_pk (self), NULL));
      g_assert_false (
          san_authority_body_check_cosign (read, i, &dossier, seat_pk (fourth), &error));
      g_assert_error (error, SAN_ERROR, SAN_ERROR_UNTRUSTED);
      g_clear_error (&error);
    }
  read->salt[0] ^= 1;
  g_assert_false (san_authority_body_check_cosign (read, 0, &dossier, seat_pk (self), NULL));
}

static void
test_link (void)
{
  SanId32 a = seed_id32 (1), b = seed_id32 (2), one, two;

  san_case_link (&a, &b, &one);
  san_case_link (&b, &a, &two);
  g_assert_true (san_id32_equal (&one, &two));
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  self = person_new (0x11);
  g_test_add_func ("/entry/authority/every-op-is-read", test_every_op);
  g_test_add_func ("/entry/authority/unknown-op-is-kept-byte-identical", test_unknown_op);
  g_test_add_func ("/entry/authority/fields-out-of-range-are-refused", test_fields);
  g_test_add_func ("/entry/authority/heads-ascend-and-have-a-limit", test_heads);
  g_test_add_func ("/entry/authority/first-ring-has-no-link", test_first_ring_has_no_link);
  g_test_add_func ("/entry/authority/grantees-ascend-after-the-recovery-key", test_grantees);
  g_test_add_func ("/entry/authority/cut-rows-ascend", test_rows);
  g_test_add_func ("/entry/authority/largest-removal-fits-an-entry", test_rows_limit);
  g_test_add_func ("/entry/authority/second-signatures-bind-dossier-author-and-body", test_cosign);
  g_test_add_func ("/entry/authority/link-is-the-same-from-both-sides", test_link);
  g_test_add_func ("/entry/cut/rows-of-a-journal-are-found", test_cut);
  status = g_test_run ();
  person_free (self);
  return status;
}
