/* test-unread.c - what could not be read is told: it is never taken for "there is none"
 *
 * Another thread takes the store over; from then on no read of it gets an answer here. */
#include "carry-fixture.h"
#include "san-audience.h"
#include "san-backup-list.h"
#include "san-carry-private.h"
#include "san-case-keys.h"
#include "san-pairing-private.h"
#include "san-partner-cards.h"
#include "san-record-write.h"
#include "san-store-rights.h"
#include "san-wanted.h"
#include "san-written.h"

typedef struct
{
  char    *dir, *place;
  Laptop  *a, *b;
  SanId32  child;
} World;

static gpointer
take_over (gpointer store)
{
  g_assert_true (san_store_take_over (store, NULL));
  return NULL;
}

/* Two centres that know each other and share a child; then nothing of the first can be read. */
static void
set_up (World *self)
{
  self->dir = carry_begin ();
  self->a = laptop_new (self->dir, "a");
  self->b = laptop_new (self->dir, "b");
  self->place = carry_make_place (self->dir, "stick");
  laptop_found (self->a, "Shefali Bari");
  laptop_found (self->b, "Kadam House");
  laptop_pair (self->a, self->b);
  self->child = laptop_admit (self->a, "Bakul");
  laptop_share (self->a, &self->child, "Kadam House");
  laptop_exchange_quietly (self->a, self->place);
  laptop_exchange_quietly (self->b, self->place);
  laptop_exchange_quietly (self->a, self->place);
}

static void
take_away (World *self)
{
  g_thread_join (g_thread_new ("taker", take_over, self->a->centre->store));
}

static void
tear_down (World *self)
{
  laptop_free (self->a);
  laptop_free (self->b);
  g_free (self->place);
  carry_end (self->dir);
}

static void
assert_told (gboolean answered, GError **error)
{
  g_assert_false (answered);
  g_assert_error (*error, SAN_ERROR, SAN_ERROR_IN_USE);
  g_clear_error (error);
}

/* For whom a bundle is sealed, what it holds, and whether it is written at all. */
static void
test_sending (void)
{
  World world;
  SanCentre *centre;
  gboolean yes = FALSE;
  SanPeer peer = { 0 };
  g_autoptr(SanPlace) place = NULL;
  GError *error = NULL;

  set_up (&world);
  centre = world.a->centre;
  peer.centre = world.b->centre->id;
  peer.device = world.b->centre->device;
  place = san_place_new_uri (world.place);
  take_away (&world);
  assert_told (san_audience_has_twin (centre->store, &centre->id, &centre->device, &yes, &error),
               &error);
  assert_told (san_audience_peer_lacks_own (&peer, centre->store, &yes, &error), &error);
  assert_told (san_audience_new (centre->store, &centre->id, &peer.centre, NULL, &error) != NULL,
               &error);
  assert_told (san_written_load (centre->store, place, "entries", &peer.centre, &error) != NULL,
               &error);
  assert_told (san_wanted_list (centre->store, &error) != NULL, &error);
  assert_told (san_wanted_refresh (centre->store, &error), &error);
  assert_told (san_backup_list_load (centre->store, place, &error) != NULL, &error);
  assert_told (san_carry_exchange (centre, world.place, NULL, NULL, NULL, &error) != NULL, &error);
  tear_down (&world);
}

/* Cards, offers, held notes, the names of partners. */
static void
test_partners (void)
{
  World world;
  SanCentre *centre;
  char *label = NULL;
  GError *error = NULL;

  set_up (&world);
  centre = world.a->centre;
  take_away (&world);
  assert_told (san_card_make (centre, &error) != NULL, &error);
  assert_told (san_partner_card_load (centre, &world.b->centre->id, &error) != NULL, &error);
  assert_told (san_partner_list (centre, &error) != NULL, &error);
  assert_told (san_centre_read_partner_label (centre, &world.b->centre->id, &label, &error),
               &error);
  assert_told (san_centre_list_partners (centre, &error) != NULL, &error);
  assert_told (san_offer_list (centre, &error) != NULL, &error);
  assert_told (san_share_list_pending (centre, &error) != NULL, &error);
  assert_told (san_review_list_held (centre, &error) != NULL, &error);
  tear_down (&world);
}

/* Under which key a note is written, and whether an entry is here. */
static void
test_keys (void)
{
  World world;
  SanCentre *centre;
  SanKeyChoice *choice;
  SanId32 nobody;
  gboolean here = FALSE;
  GError *error = NULL;

  set_up (&world);
  centre = world.a->centre;
  memset (&nobody, 0x5a, sizeof nobody);
  choice = san_case_key_ask (centre, &world.child, SAN_COMPARTMENT_CASE, &error);
  g_assert_no_error (error);
  g_clear_pointer (&choice, san_key_choice_free);
  take_away (&world);
  assert_told (san_case_key_ask (centre, &world.child, SAN_COMPARTMENT_CASE, &error) != NULL,
               &error);
  assert_told (san_store_look_entry (centre->store, &nobody, &here, &error), &error);
  tear_down (&world);
}

/* A name that could not be looked up is no other text: it would be kept as one for ever. */
static void
test_typed_names (void)
{
  World world;
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  g_autoptr(SanChanges) changes = NULL;
  const SanForm *form;
  SanCentre *centre;
  GError *error = NULL;
  SanId16 record;

  set_up (&world);
  centre = world.a->centre;
  form = san_catalogue_find_form (san_centre_get_catalogue (centre), "safety-today");
  changes = san_changes_new (centre, &world.child);
  san_changes_begin (changes, &record);
  san_typed_list_add (typed, "responsible", "sunanda");
  g_assert_true (san_record_add_typed (centre, changes, &world.child, form, &record, typed, NULL));
  take_away (&world);
  assert_told (san_record_add_typed (centre, changes, &world.child, form, &record, typed, &error),
               &error);
  tear_down (&world);
}

/* What was answered decides whether somebody must see her today. */
static void
test_opened_forms (void)
{
  World world;
  g_autoptr(SanChanges) changes = NULL;
  const SanForm *form;
  SanCentre *centre;
  GError *error = NULL;
  SanId16 record;

  set_up (&world);
  centre = world.a->centre;
  form = san_catalogue_find_form (san_centre_get_catalogue (centre), "follow-up");
  changes = san_changes_new (centre, &world.child);
  memset (&record, 0x5a, sizeof record);
  take_away (&world);
  assert_told (san_record_add_opened (centre, changes, &world.child, form, &record, &error),
               &error);
  tear_down (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/centre/unread/sending-is-told", test_sending);
  g_test_add_func ("/centre/unread/partners-are-told", test_partners);
  g_test_add_func ("/centre/unread/keys-are-told", test_keys);
  g_test_add_func ("/centre/unread/typed-names-are-told", test_typed_names);
  g_test_add_func ("/centre/unread/opened-forms-are-told", test_opened_forms);
  return g_test_run ();
}
