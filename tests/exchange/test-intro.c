/* test-intro.c - chains that hold, and chains that only look so */
#include "san-intro.h"
#include "san-secret.h"
#include "san-store.h"
#include "san-store-apply.h"
#include "san-test-centre.h"

#include <string.h>

typedef struct
{
  TestCentre *centre;
  TestDevice second;             /* a laptop with a superintendent */
  TestDevice third;              /* let in by the second one's superintendent */
  TestDevice helper;             /* a case-worker's seat */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->centre = test_centre_new ("ours");
  test_device_init (&self->second, "second");
  test_device_init (&self->third, "third");
  test_device_init (&self->helper, "helper");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  test_centre_free (self->centre);
  test_device_clear (&self->second);
  test_device_clear (&self->third);
  test_device_clear (&self->helper);
}

static void
add_device_by (Fixture *self, const TestDevice *on, const SanSignKey *author,
               const TestDevice *device)
{
  SanAuthorityBody *body = san_authority_body_new (SAN_OP_DEVICE);

  san_device_record_make (&body->u.device, &device->id, device->sign,
                          san_box_key_get_public (device->box), &self->centre->centre);
  test_centre_add (self->centre, on, author, body);
}

static void
add_seat_by (Fixture *self, const TestDevice *on, const SanSignKey *author,
             const TestDevice *device, const SanId16 *staff, const char *role)
{
  SanAuthorityBody *body = san_authority_body_new (SAN_OP_SEAT);

  g_assert_true (san_seat_record_make (&body->u.seat, staff, &device->id, device->seat,
                                       san_box_key_get_public (device->seat_box), role,
                                       &self->centre->centre, NULL));
  test_centre_add (self->centre, on, author, body);
}

static GBytes *
joined (Fixture *self)
{
  GByteArray *all = g_byte_array_new ();

  for (guint i = 0; i < self->centre->entries->len; i++)
    {
      GBytes *entry = g_ptr_array_index (self->centre->entries, i);

      g_byte_array_append (all, g_bytes_get_data (entry, NULL), (guint) g_bytes_get_size (entry));
    }
  return g_byte_array_free_to_bytes (all);
}

static SanIntro *
parse_good (GBytes *bytes)
{
  g_autoptr(GError) error = NULL;
  SanIntro *intro = san_intro_parse (bytes, &error);

  g_assert_no_error (error);
  return intro;
}

static void
parse_bad (Fixture *self, SanErrorCode code)
{
  g_autoptr(GBytes) bytes = joined (self);
  g_autoptr(GError) error = NULL;

  g_assert_null (san_intro_parse (bytes, &error));
  g_assert_error (error, SAN_ERROR, (int) code);
  g_test_message ("%s", error->message);
}

static void
test_founding (Fixture *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) chain =
      san_intro_select (self->centre->entries, &self->centre->first.id, &error);
  g_autoptr(SanIntro) intro = parse_good (chain);
  SanId32 sign_pk, box_pk;

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (chain, g_ptr_array_index (self->centre->entries, 0)));
  g_assert_true (san_id32_equal (san_intro_get_centre (intro), &self->centre->centre));
  g_assert_true (san_intro_find_device (intro, &self->centre->first.id, &sign_pk, &box_pk));
  g_assert_true (san_id32_equal (&sign_pk, san_sign_key_get_public (self->centre->first.sign)));
  g_assert_true (san_id32_equal (&box_pk, san_box_key_get_public (self->centre->first.box)));
  g_assert_false (san_intro_find_device (intro, &self->second.id, NULL, NULL));
  g_assert_true (san_id32_equal (san_intro_get_recovery_pk (intro),
                                 san_sign_key_get_public (self->centre->recovery)));
}

/* Three links deep, among entries that do not belong to the chain. */
static void
test_deep (Fixture *self, gconstpointer data)
{
  TestCentre *centre = self->centre;
  g_autoptr(GBytes) chain = NULL;
  g_autoptr(SanIntro) intro = NULL;
  g_autoptr(GError) error = NULL;

  add_device_by (self, &centre->first, centre->first.seat, &self->helper);
  add_device_by (self, &centre->first, centre->first.seat, &self->second);
  add_seat_by (self, &centre->first, centre->first.seat, &self->helper, &self->helper.staff,
               "case-worker");
  add_seat_by (self, &centre->first, centre->first.seat, &self->second, &self->second.staff,
               "superintendent+nurse");
  add_device_by (self, &self->second, self->second.seat, &self->third);
  chain = san_intro_select (centre->entries, &self->third.id, &error);
  g_assert_no_error (error);
  intro = parse_good (chain);
  g_assert_true (san_intro_find_device (intro, &self->third.id, NULL, NULL));
  g_assert_true (san_intro_find_device (intro, &self->second.id, NULL, NULL));
  g_assert_false (san_intro_find_device (intro, &self->helper.id, NULL, NULL));
  {
    g_autoptr(GBytes) all = joined (self);

    g_assert_cmpuint (g_bytes_get_size (chain), <, g_bytes_get_size (all));
    san_intro_free (parse_good (all));
  }
}

static void
test_not_there (Fixture *self, gconstpointer data)
{
  g_autoptr(GPtrArray) none = g_ptr_array_new ();
  g_autoptr(GError) error = NULL;

  g_assert_null (san_intro_select (self->centre->entries, &self->second.id, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (san_intro_select (none, &self->second.id, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
}

static void
replace_recovery (Fixture *self, const SanSignKey *author, const char *name)
{
  SanAuthorityBody *body = san_authority_body_new (SAN_OP_NEW_RECOVERY);
  g_autoptr(SanSecret) seed = test_seed (name);
  g_autoptr(SanSignKey) sign = san_sign_key_new_from_seed (seed);
  g_autoptr(SanBoxKey) box = san_box_key_new_from_seed (seed);

  body->u.new_recovery.sign_pk = *san_sign_key_get_public (sign);
  body->u.new_recovery.box_pk = *san_box_key_get_public (box);
  san_recovery_proof_make (sign, body->salt, san_sign_key_get_public (author),
                           san_box_key_get_public (box), body->u.new_recovery.proof);
  test_centre_add (self->centre, &self->centre->first, author, body);
}

static void
test_recovery (Fixture *self, gconstpointer data)
{
  TestCentre *centre = self->centre;
  g_autoptr(SanSecret) seed = test_seed ("new code");
  g_autoptr(SanSignKey) fresh = san_sign_key_new_from_seed (seed);
  g_autoptr(GBytes) chain = NULL;
  g_autoptr(SanIntro) intro = NULL;
  g_autoptr(GError) error = NULL;

  replace_recovery (self, centre->recovery, "new code");
  add_device_by (self, &self->second, fresh,
                 &self->second); /* by the new code, in no journal of ours */
  add_seat_by (self, &self->second, fresh, &self->second, &self->second.staff, "superintendent");
  add_device_by (self, &self->second, self->second.seat, &self->third);
  chain = san_intro_select (centre->entries, &self->third.id, &error);
  g_assert_no_error (error);
  intro = parse_good (chain);
  g_assert_true (
      san_id32_equal (san_intro_get_recovery_pk (intro), san_sign_key_get_public (fresh)));
  g_assert_true (san_intro_find_device (intro, &self->third.id, NULL, NULL));
  {
    g_autoptr(GBytes) first = san_intro_select (centre->entries, &centre->first.id, &error);
    g_autoptr(SanIntro) with_op7 = parse_good (first);

    g_assert_true (
        san_id32_equal (san_intro_get_recovery_pk (with_op7), san_sign_key_get_public (fresh)));
  }
}

/* A laptop that was restored from an older backup wrote by a key that it never saw put in force. */
static void
test_recovery_unseen (Fixture *self, gconstpointer data)
{
  TestCentre *centre = self->centre;
  g_autoptr(SanSecret) seed = test_seed ("new code");
  g_autoptr(SanSignKey) fresh = san_sign_key_new_from_seed (seed);
  g_autoptr(GBytes) chain = NULL;
  g_autoptr(GError) error = NULL;
  gpointer op7;

  replace_recovery (self, centre->recovery, "new code");
  replace_recovery (self, fresh, "newest code");
  add_device_by (self, &self->second, fresh, &self->second);
  op7 = g_ptr_array_index (centre->entries, 1);
  centre->entries->pdata[1] = centre->entries->pdata[3];
  centre->entries->pdata[3] = op7;
  chain = san_intro_select (centre->entries, &self->second.id, &error);
  g_assert_no_error (error);
  san_intro_free (parse_good (chain));
}

/* The code was used on two laptops apart: one of both op 7s counts. */
static void
test_recovery_twice (Fixture *self, gconstpointer data)
{
  static const char *const names[] = { "one code", "another code" };
  TestCentre *centre = self->centre;
  g_autofree char *dir = test_dir_new ();
  g_autoptr(SanSecret) key = san_secret_new_random (32);
  g_autoptr(GError) error = NULL;
  g_autoptr(SanStore) store = san_store_create (dir, key, &error);
  g_autoptr(SanApply) apply = NULL;
  g_auto(SanApplySummary) summary = { 0 };
  g_autoptr(GBytes) chain = NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    replace_recovery (self, centre->recovery, names[i]);
  apply = san_apply_begin (store, &centre->first.id, &error);
  for (guint i = 0; i < centre->entries->len; i++)
    san_apply_add (apply, g_ptr_array_index (centre->entries, i), NULL, &error);
  san_apply_commit (apply, NULL, &summary, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (summary.n[SAN_APPLY_NEW], ==, 3);
  chain = san_intro_select_own (store, &centre->centre, &centre->first.id, &error);
  g_assert_no_error (error);
  san_intro_free (parse_good (chain));
  g_clear_pointer (&apply, san_apply_free);
  g_clear_pointer (&store, san_store_free);
  test_dir_remove (g_steal_pointer (&dir));
}

static void
test_recovery_by_others (Fixture *self, gconstpointer data)
{
  replace_recovery (self, self->centre->first.seat,
                    "new code"); /* a superintendent is not the code */
  parse_bad (self, SAN_ERROR_UNTRUSTED);
}

static void
test_recovery_old (Fixture *self, gconstpointer data)
{
  replace_recovery (self, self->centre->recovery, "new code");
  replace_recovery (self, self->centre->recovery, "newer code");     /* by the old one again */
  parse_bad (self, SAN_ERROR_UNTRUSTED);
}

static void
test_role (Fixture *self, gconstpointer data)
{
  TestCentre *centre = self->centre;

  add_device_by (self, &centre->first, centre->first.seat, &self->helper);
  add_seat_by (self, &centre->first, centre->first.seat, &self->helper, &self->helper.staff,
               "counsellor");
  add_device_by (self, &self->helper, self->helper.seat, &self->third);
  parse_bad (self, SAN_ERROR_UNTRUSTED);
}

static void
test_stranger (Fixture *self, gconstpointer data)
{
  add_device_by (self, &self->centre->first, self->second.seat, &self->third);
  parse_bad (self, SAN_ERROR_UNTRUSTED);
}

/* The author's seat is there, its laptop is not; or the entry stands in another laptop's journal.
 */
static void
test_journal (Fixture *self, gconstpointer data)
{
  TestCentre *centre = self->centre;

  add_seat_by (self, &centre->first, centre->first.seat, &self->second, &self->second.staff,
               "superintendent");
  add_device_by (self, &self->second, self->second.seat, &self->third);
  parse_bad (self, SAN_ERROR_UNTRUSTED);
}

static void
test_other_journal (Fixture *self, gconstpointer data)
{
  add_device_by (self, &self->second, self->centre->first.seat, &self->third);
  parse_bad (self, SAN_ERROR_UNTRUSTED);
}

/* A slip makes the seat of its own person with its own role, and no other. */
static void
test_slip (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *slip;
    const char *role;
    gboolean same_staff;
    gboolean good;
  } cases[] = {
    { "slip.counsellor", "counsellor", TRUE, TRUE },
    { "slip.superintendent", "superintendent", TRUE, TRUE },
    { "slip.counsellor", "superintendent", TRUE, FALSE },
    { "slip.counsellor", "counsellor", FALSE, FALSE },
    { "counsellor", "counsellor", TRUE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      TestDevice slip = self->second;
      TestDevice own = self->third;
      g_autoptr(GBytes) bytes = NULL;
      g_autoptr(SanIntro) intro = NULL;
      g_autoptr(GError) error = NULL;

      tear_down (self, NULL);
      set_up (self, NULL);
      slip = self->second;
      own = self->third;
      slip.id = own.id = self->centre->first.id;
      slip.journal = self->centre->first.journal;
      add_seat_by (self, &self->centre->first, self->centre->first.seat, &slip, &slip.staff,
                   cases[i].slip);
      add_seat_by (self, &slip, slip.seat, &own, cases[i].same_staff ? &slip.staff : &own.staff,
                   cases[i].role);
      bytes = joined (self);
      intro = san_intro_parse (bytes, &error);
      if (cases[i].good)
        g_assert_no_error (error);
      else
        g_assert_error (error, SAN_ERROR, SAN_ERROR_UNTRUSTED);
    }
}

static void
test_twice (Fixture *self, gconstpointer data)
{
  add_device_by (self, &self->centre->first, self->centre->first.seat, &self->second);
  add_device_by (self, &self->centre->first, self->centre->first.seat, &self->second);
  parse_bad (self, SAN_ERROR_DAMAGED);
}

static void
test_proofs (Fixture *self, gconstpointer data)
{
  TestCentre *centre = self->centre;
  SanAuthorityBody *body = san_authority_body_new (SAN_OP_DEVICE);
  SanId32 other = { { 1 } };

  san_device_record_make (&body->u.device, &self->second.id, self->second.sign,
                          san_box_key_get_public (self->second.box),
                          &other); /* a proof for another centre */
  test_centre_add (centre, &centre->first, centre->first.seat, body);
  parse_bad (self, SAN_ERROR_UNTRUSTED);
}

static void
test_other_operation (Fixture *self, gconstpointer data)
{
  SanAuthorityBody *body = san_authority_body_new (SAN_OP_JOURNAL_NOTICE);

  body->u.notice.why = SAN_NOTICE_RESTORE;
  body->u.notice.old_journal.b[0] = 1;
  body->u.notice.new_journal.b[0] = 2;
  test_centre_add (self->centre, &self->centre->first, self->centre->first.seat, body);
  parse_bad (self, SAN_ERROR_DAMAGED);
}

/* Every bit of a chain counts, every cut shows. */
static void
test_bits (Fixture *self, gconstpointer data)
{
  g_autoptr(GBytes) bytes = NULL;
  gsize n;
  guint8 *copy;

  add_device_by (self, &self->centre->first, self->centre->first.seat, &self->second);
  bytes = joined (self);
  n = g_bytes_get_size (bytes);
  copy = g_memdup2 (g_bytes_get_data (bytes, NULL), n);
  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr(GBytes) changed = NULL;
      gsize at = (gsize) g_test_rand_int_range (0, (gint32) n);
      guint8 bit = (guint8) (1 << g_test_rand_int_range (0, 8));

      copy[at] ^= bit;
      changed = g_bytes_new_static (copy, n);
      g_assert_null (san_intro_parse (changed, NULL));
      copy[at] ^= bit;
    }
  for (gsize cut = 0; cut < n; cut += 3)
    {
      g_autoptr(GBytes) part = g_bytes_new_from_bytes (bytes, 0, cut);
      g_autoptr(SanIntro) intro = san_intro_parse (part, NULL);

      g_assert_true ((intro != NULL) ==
                     (cut == g_bytes_get_size (g_ptr_array_index (self->centre->entries, 0))));
    }
  g_free (copy);
}

#define ADD(path, func) g_test_add ("/exchange/intro/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  ADD ("founding-device-needs-one-entry", test_founding);
  ADD ("chain-leaves-out-what-it-does-not-need", test_deep);
  ADD ("no-chain-no-intro", test_not_there);
  ADD ("recovery-key-carries-the-chain", test_recovery);
  ADD ("recovery-key-that-its-writer-never-saw-in-force", test_recovery_unseen);
  ADD ("recovery-key-replaced-twice-leaves-one-chain", test_recovery_twice);
  ADD ("recovery-key-replaced-by-others-refused", test_recovery_by_others);
  ADD ("recovery-key-replaced-by-an-old-one-refused", test_recovery_old);
  ADD ("device-let-in-by-a-counsellor-refused", test_role);
  ADD ("author-not-in-the-chain-refused", test_stranger);
  ADD ("author-without-a-device-refused", test_journal);
  ADD ("entry-in-another-journal-refused", test_other_journal);
  ADD ("slip-makes-only-its-own-seat", test_slip);
  ADD ("device-twice-refused", test_twice);
  ADD ("proof-for-another-centre-refused", test_proofs);
  ADD ("other-operations-refused", test_other_operation);
  ADD ("every-bit-counts", test_bits);
  return g_test_run ();
}
