/* whole-together.c - a centre with people, another laptop and another centre, and what is done then
 */
#include "whole-acts-private.h"
#include "san-carry.h"
#include "san-draft-keeper.h"
#include "san-founding.h"
#include "san-partners.h"
#include "san-review.h"
#include <glib/gstdio.h>

#define COUNSELLOR "mitali"
#define LATE       "rina"

static SanId32 the_child;
static SanId16 the_open_record, the_finished_record;
static SanId16 the_disputed_record;
static char *the_seat_number;      /* of the counsellor */
static GBytes *the_joining_card;
static char *the_joining_number;
static GBytes *the_far_card;
static char *the_far_number;

static void
tick (void)
{
  san_clock_set (san_clock_now () + 1000);
}

/* --- acts about records --- */

static gboolean
set_one (SanCentre *centre, const SanId16 *record, const char *field, const char *text,
         GError **error)
{
  g_autoptr(GPtrArray) typed = san_typed_list_new ();

  tick ();
  san_typed_list_add (typed, field, text);
  return san_record_set (centre, record, typed, error);
}

gboolean
whole_do_set (Whole *whole, GError **error)
{
  return set_one (whole->centre, &the_open_record, "threat", "Somebody telephones at night.",
                  error);
}

gboolean
whole_do_finish (Whole *whole, GError **error)
{
  tick ();
  return san_record_finish (whole->centre, &the_open_record, error);
}

gboolean
whole_do_amend (Whole *whole, GError **error)
{
  tick ();
  return san_record_amend (whole->centre, &the_finished_record, "She said it otherwise.", error);
}

gboolean
whole_do_withdraw (Whole *whole, GError **error)
{
  tick ();
  return san_record_withdraw (whole->centre, &the_finished_record, "written for another child",
                              error);
}

gboolean
whole_do_draft (Whole *whole, GError **error)
{
  g_autoptr(SanDraftKeeper) keeper = san_centre_dup_drafts (whole->centre);
  g_autoptr(SanUnfinished) draft = san_unfinished_new ("flags", &the_child, NULL);

  tick ();
  san_typed_list_add (draft->typed, "help-1", "half a sen");
  return san_draft_keeper_keep (keeper, draft, error);
}

/* --- acts about people, cards and places --- */

gboolean
whole_do_place (Whole *whole, GError **error)
{
  return san_carry_add_place (whole->centre, "Red pen drive", whole->stick, error);
}

gboolean
whole_do_card (Whole *whole, GError **error)
{
  g_autoptr(GBytes) card = san_card_make (whole->centre, error);

  return card != NULL;
}

gboolean
whole_do_slip_again (Whole *whole, GError **error)
{
  g_autoptr(SanSecret) slip = NULL;

  tick ();
  slip = san_staff_slip (whole->centre, COUNSELLOR, error);
  return slip != NULL;
}

gboolean
whole_do_grant (Whole *whole, GError **error)
{
  tick ();
  return san_staff_grant (whole->centre, COUNSELLOR, SAN_COMPARTMENT_CLINICAL, the_seat_number,
                          whole_the_code, error);
}

gboolean
whole_do_let_in (Whole *whole, GError **error)
{
  tick ();
  return san_card_accept (whole->centre, the_joining_card, the_joining_number, error);
}

gboolean
whole_do_accept_card (Whole *whole, GError **error)
{
  tick ();
  return san_card_accept (whole->centre, the_far_card, the_far_number, error);
}

/* --- acts with another centre or laptop --- */

static gboolean
share (SanCentre *centre, const SanId32 *child, const char *to, GError **error)
{
  g_autoptr(GPtrArray) why = san_share_why_new ("her school is near them", "order", "yes", "Good.");
  const SanShareOrder order
      = { to, 1u << SAN_COMPARTMENT_CASE | 1u << SAN_COMPARTMENT_CLINICAL, FALSE, TRUE, why };
  SanId32 id;
  guint pending;

  tick ();
  return san_share (centre, child, &order, &id, NULL, &pending, error);
}

/* What the act is about is there: fewer, and reading failed without a word. */
static gboolean
is_one (GPtrArray *rows, GError **error)
{
  if (rows->len == 1)
    return TRUE;
  g_set_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "%u of one are listed", rows->len);
  return FALSE;
}

gboolean
whole_do_share (Whole *whole, GError **error)
{
  return share (whole->centre, &the_child, "Maitri Bhavan", error);
}

gboolean
whole_do_confirm (Whole *whole, GError **error)
{
  g_autoptr(GPtrArray) rows = san_share_list_pending (whole->centre, error);
  g_autofree char *id = NULL;

  if (rows == NULL)
    return FALSE;
  if (!is_one (rows, error))
    return FALSE;
  id = san_id32_to_text (&((const SanPendingShare *) g_ptr_array_index (rows, 0))->id);
  tick ();
  return san_share_confirm (whole->centre, id, error);
}

gboolean
whole_do_accept_offer (Whole *whole, GError **error)
{
  g_autoptr(GPtrArray) rows = san_offer_list (whole->centre, error);
  g_autofree char *id = NULL;

  if (rows == NULL)
    return FALSE;
  if (!is_one (rows, error))
    return FALSE;
  id = san_id32_to_text (&((const SanOfferRow *) g_ptr_array_index (rows, 0))->id);
  tick ();
  return san_offer_answer (whole->centre, id, TRUE, "She is known here.", error);
}

gboolean
whole_do_decide (Whole *whole, GError **error)
{
  tick ();
  return san_review_pick (whole->centre, &the_disputed_record, "help-1", 2, error);
}

gboolean
whole_do_accept_held (Whole *whole, GError **error)
{
  g_autoptr(GPtrArray) rows = san_review_list_held (whole->centre, error);
  g_autofree char *id = NULL;
  guint n = 0;

  if (rows == NULL)
    return FALSE;
  if (!is_one (rows, error))
    return FALSE;
  id = san_id32_to_text (&((const SanHeldNotes *) g_ptr_array_index (rows, 0))->id);
  tick ();
  return san_review_accept (whole->centre, id, 0, &n, error);
}

/* --- disks --- */

static SanId32
first_child (SanCentre *centre)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) cases =
      san_store_list_dossiers (centre->store, SAN_FOUNDING_CASE, NULL, SAN_STANDING_SHOWN, &error);

  g_assert_no_error (error);
  return ((const SanDossier *) g_ptr_array_index (cases, 0))->id;
}

static SanId16
new_flags (SanCentre *centre, const SanId32 *child)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  SanId16 record;

  tick ();
  san_typed_list_add (typed, "help-1", "Speak softly; leave the door ajar.");
  san_record_new (centre, "flags", child, typed, &record, &error);
  g_assert_no_error (error);
  return record;
}

/* Adds her, and enters as her with the slip. */
static SanCentre *
enter_new_person (SanCentre *centre, const SanPlaceOnDisk *where, const char *name,
                  const char *role)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanSecret) slip = NULL;
  g_autoptr(SanSecret) typed = NULL;
  g_autoptr(SanSecret) words = whole_words ();
  SanCentre *entered;
  SanId16 staff;

  tick ();
  slip = san_staff_add (centre, name, role, "bn", &staff, &error);
  g_assert_no_error (error);
  typed = whole_copy_text (slip);
  san_centre_lock (centre);
  entered = san_centre_unlock_slip (where, name, typed, words, &error);
  g_assert_no_error (error);
  return entered;
}

static void
find_seat_number (SanCentre *centre)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) staff = san_staff_list (centre, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < staff->len; i++)
    {
      const SanStaffRow *row = g_ptr_array_index (staff, i);

      if (g_str_equal (row->name, COUNSELLOR) && g_str_equal (row->state, "active"))
        the_seat_number = g_strdup (row->number);
    }
  g_assert_nonnull (the_seat_number);
}

static void
unlock (Whole *whole, const char *who)
{
  g_autoptr(GError) error = NULL;

  whole_close (whole);
  whole_unlock (whole, who, &error);
  g_assert_no_error (error);
}

static void
make_people (WholeDisks *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanCentre) hers = NULL;
  Whole *whole = self->whole;

  unlock (whole, "sunanda");
  the_child = first_child (whole->centre);
  the_open_record = new_flags (whole->centre, &the_child);
  the_finished_record = new_flags (whole->centre, &the_child);
  san_record_finish (whole->centre, &the_finished_record, &error);
  g_assert_no_error (error);
  hers = enter_new_person (whole->centre, &whole->where, COUNSELLOR, "counsellor");
  san_centre_lock (hers);
  unlock (whole, "sunanda");
  find_seat_number (whole->centre);
  whole_keep_image (self, WHOLE_PEOPLE);
}

/* What only she can read. */
static void
write_session (Whole *whole)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  SanId16 record;

  unlock (whole, COUNSELLOR);
  tick ();
  san_typed_list_add (typed, "did", "drew the river");
  san_record_new (whole->centre, "session", &the_child, typed, &record, &error);
  g_assert_no_error (error);
}

static SanCentre *
found_far (Whole *whole)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanSecret) words = whole_words ();
  g_autoptr(SanSecret) code = NULL;
  SanSetup setup = { "Maitri Bhavan", "Nadipar", "sunanda", "en", words, 1, FALSE };
  g_autoptr(SanCentre) far = san_setup_create (&whole->other, &setup, &code, &error);
  g_autoptr(SanCentre) hers = NULL;
  SanCentre *again;

  g_assert_no_error (error);
  hers =
      enter_new_person (far, &whole->other, COUNSELLOR, "counsellor"); /* makes the clinical ring */
  san_centre_lock (hers);
  again = san_centre_unlock (&whole->other, "sunanda", words, NULL, &error);
  g_assert_no_error (error);
  return again;
}

/* Both cards and a number; the far centre has accepted ours. */
static void
make_cards (WholeDisks *self, SanCentre *far)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) ours = NULL;
  Whole *whole = self->whole;

  unlock (whole, "sunanda");
  ours = san_card_make (whole->centre, &error);
  g_assert_no_error (error);
  the_far_card = san_card_make (far, &error);
  g_assert_no_error (error);
  the_far_number = whole_agree (whole->centre, ours, far, the_far_card);
  san_card_accept (far, ours, the_far_number, &error);
  g_assert_no_error (error);
  whole_keep_image (self, WHOLE_CARDS);
}

/* The far centre shares a child of its own with us. */
static void
make_paired (WholeDisks *self, SanCentre *far)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanCentre) ours = NULL;
  Whole *whole = self->whole;
  SanId32 child;

  unlock (whole, "sunanda");
  whole_do_accept_card (whole, &error);
  g_assert_no_error (error);
  ours = g_steal_pointer (&whole->centre);
  whole->centre = far;
  whole_admit (whole, &error);
  whole->centre = NULL;
  g_assert_no_error (error);
  child = first_child (far);
  share (far, &child, "Asha Ghar", &error);
  g_assert_no_error (error);
  whole_exchange (whole, ours);
  whole_exchange (whole, far);
  whole_exchange (whole, ours);
  whole->centre = g_steal_pointer (&ours);
  whole_keep_image (self, WHOLE_PAIRED);
}

void
whole_make_together (WholeDisks *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanCentre) far = NULL;
  Whole *whole = self->whole;

  san_sim_disk_restore (whole->disk, self->images[WHOLE_ALONE]);
  make_people (self);
  unlock (whole, "sunanda");
  whole_do_grant (whole, &error);
  g_assert_no_error (error);
  write_session (whole);
  far = found_far (whole);
  make_cards (self, far);
  make_paired (self, far);
  san_centre_lock (far);
  unlock (whole, "sunanda");
  whole_do_share (whole, &error);
  g_assert_no_error (error);
  whole_keep_image (self, WHOLE_PENDING);
}

/* Another laptop's card is in. */
void
whole_remember_knocking (GBytes *joining, const char *number)
{
  the_joining_card = g_bytes_ref (joining);
  the_joining_number = g_strdup (number);
}

static void
meet (Whole *whole, SanCentre *second)
{
  whole_exchange (whole, whole->centre);
  whole_exchange (whole, second);
  whole_exchange (whole, whole->centre);
}

/* She writes at the second laptop, and is removed here before that arrives. */
static void
write_late (Whole *whole, SanCentre *hers, const SanId32 *child)
{
  g_autoptr(GError) error = NULL;

  new_flags (hers, child);
  whole_exchange (whole, hers);
  whole_exchange (whole, whole->centre);
  new_flags (hers, child);
  tick ();
  san_staff_remove (whole->centre, LATE, "left", &error);
  g_assert_no_error (error);
  whole_exchange (whole, hers);
  whole_exchange (whole, whole->centre);
}

void
whole_make_unseen (WholeDisks *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanSecret) words = whole_words ();
  g_autoptr(SanCentre) second = NULL;
  g_autoptr(SanCentre) hers = NULL;
  Whole *whole = self->whole;
  SanId32 child;

  unlock (whole, "sunanda");
  second = san_centre_unlock (&whole->other, "sunanda", words, NULL, &error);
  g_assert_no_error (error);
  child = first_child (whole->centre);
  the_disputed_record = new_flags (whole->centre, &child);
  meet (whole, second);
  set_one (whole->centre, &the_disputed_record, "help-1", "A light at night.", &error);
  set_one (second, &the_disputed_record, "help-1", "No light at night.", &error);
  g_assert_no_error (error);
  whole_exchange (whole, second);
  meet (whole, second);
  hers = enter_new_person (second, &whole->other, LATE, "case-worker");
  write_late (whole, hers, &child);
  san_centre_lock (hers);
  whole_keep_image (self, WHOLE_UNSEEN);
}

void
whole_forget_together (void)
{
  g_clear_pointer (&the_seat_number, g_free);
  g_clear_pointer (&the_joining_card, g_bytes_unref);
  g_clear_pointer (&the_joining_number, g_free);
  g_clear_pointer (&the_far_card, g_bytes_unref);
  g_clear_pointer (&the_far_number, g_free);
}
