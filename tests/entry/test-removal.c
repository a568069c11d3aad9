/* test-removal.c - making a removal: whom it touches, its cut, the last superintendent */
#include "town.h"
#include "san-removal.h"

#include <string.h>

static SanId32
staff_target (guint staff)
{
  SanId16 id = world_staff (staff);
  SanId32 target;

  san_removal_target_from_id16 (&id, &target);
  return target;
}

static SanJournalHead
head_of (const World *dossier, guint entry)
{
  const SanEntry *head = g_ptr_array_index (dossier->entries, entry);
  const SanHeader *header = san_entry_get_header (head);

  return (SanJournalHead){ *world_id (dossier, 0), header->journal, header->number,
                           *san_entry_get_id (head) };
}

/* From own heads to a removal that holds what came later, and an acceptance of some of it. */
static void
test_made (void)
{
  g_autoptr(Town) town = town_new (SAN_FOUNDING_CASE, HEAD_OF (0), 0);
  World *centre = town->centre[0];
  World *dossier = town->dossier;
  SanId32 target = staff_target (COUNSELLOR_OF (0));
  guint had = town_note (town, COUNSELLOR_OF (0));
  guint elsewhere = town_note (town, VISITOR_OF (0)); /* another laptop's journal */
  SanJournalHead heads[] = { head_of (dossier, had), head_of (dossier, elsewhere),
                             head_of (centre, centre->entries->len - 1) };
  g_autoptr(GPtrArray) bodies = NULL;
  g_autoptr(SanAuthorityBody) parsed = NULL;
  g_autoptr(GError) error = NULL;
  SanAuthorityBody *body;
  guint removal;
  guint late[3];

  for (guint i = 0; i < 3; i++)
    late[i] = town_note (town, COUNSELLOR_OF (0));
  bodies = san_removal_make (town->authority[0], SAN_REMOVE_STAFF, &target, SAN_REASON_LEFT, heads,
                             3, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (bodies->len, ==, 1);
  body = g_ptr_array_steal_index (bodies, 0);
  g_assert_cmpuint (body->n_rows, ==, 2); /* not the visitor's laptop */
  g_assert_cmpuint (body->n_heads, ==, 1);
  removal = world_write (centre, HEAD_OF (0), 0, body);
  town_update (town);
  {
    g_autoptr(SanDossierRights) rights = town_rights (town);

    g_assert_true (san_authority_is_effective (town->authority[0], world_id (centre, removal)));
    g_assert_cmpuint (town_judge (town, rights, had, 1).visible, ==, 1);
    g_assert_cmpuint (town_judge (town, rights, late[0], 1).visible, ==, 0);
    g_assert_cmpuint (town_judge (town, rights, elsewhere, 1).visible, ==, 1);
  }
  heads[0] = head_of (dossier, late[1]);
  body = san_removal_accept (town->authority[0], world_id (centre, removal), heads, 1, &error);
  g_assert_no_error (error);
  world_write (centre, HEAD_OF (0), 0, body);
  town_update (town);
  {
    g_autoptr(SanDossierRights) rights = town_rights (town);

    g_assert_cmpuint (town_judge (town, rights, late[1], 1).visible, ==, 1);
    g_assert_cmpuint (town_judge (town, rights, late[2], 1).visible, ==, 0);
  }
  g_assert_null (san_removal_accept (town->authority[0], world_id (centre, 0), heads, 1, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
}

/* Written once more: the same rows, what is accepted too, and the old one void. A late decision
 * that the new one has in its past counts then. */
static void
test_renewed (void)
{
  g_autoptr(Town) town = town_new (SAN_FOUNDING_CASE, HEAD_OF (0), 0);
  World *centre = town->centre[0];
  World *dossier = town->dossier;
  SanId32 target = staff_target (COUNSELLOR_OF (0));
  guint had = town_note (town, COUNSELLOR_OF (0));
  SanJournalHead heads[] = { head_of (dossier, had), head_of (centre, centre->entries->len - 1) };
  g_autoptr(GPtrArray) bodies = NULL;
  g_autoptr(GPtrArray) again = NULL;
  g_autoptr(GError) error = NULL;
  SanJournalHead known[3], accepted;
  guint removal, renewed;
  guint late[3];

  bodies = san_removal_make (town->authority[0], SAN_REMOVE_STAFF, &target, SAN_REASON_LEFT, heads,
                             2, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    late[i] = town_note (town, COUNSELLOR_OF (0));
  removal = world_write (centre, HEAD_OF (0), 0, g_ptr_array_steal_index (bodies, 0));
  town_update (town);
  known[0] = head_of (dossier, late[2]);
  known[1] = known[0];                                      /* a second branch of that journal */
  known[2] = head_of (centre, centre->entries->len - 1);
  accepted = head_of (dossier, late[1]);
  again = san_removal_renew (town->authority[0], world_id (centre, removal), known, 3, &accepted, 1,
                             &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->len, ==, 2);
  g_assert_cmpuint (((SanAuthorityBody *) g_ptr_array_index (again, 0))->n_rows, ==, 3);
  g_assert_cmpuint (((SanAuthorityBody *) g_ptr_array_index (again, 1))->op, ==, SAN_OP_VOID);
  renewed = world_write (centre, HEAD_OF (0), 0, g_ptr_array_steal_index (again, 0));
  world_write (centre, HEAD_OF (0), 0, g_ptr_array_steal_index (again, 0));
  town_update (town);
  {
    g_autoptr(SanDossierRights) rights = town_rights (town);

    g_assert_false (san_authority_is_effective (town->authority[0], world_id (centre, removal)));
    g_assert_true (san_authority_is_effective (town->authority[0], world_id (centre, renewed)));
    g_assert_cmpuint (town_judge (town, rights, had, 1).visible, ==, 1);
    g_assert_cmpuint (town_judge (town, rights, late[1], 1).visible, ==, 1);
    g_assert_cmpuint (town_judge (town, rights, late[2], 1).visible, ==, 0);
  }
  g_assert_null (san_removal_renew (town->authority[0], world_id (centre, removal), known, 3, NULL,
                                    0, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
}

/* More rows than one entry holds: op 4s in the same press; the authority's own rows come first. */
static void
test_many_rows (void)
{
  g_autoptr(Town) town = town_new (SAN_FOUNDING_CASE, HEAD_OF (0), 0);
  World *centre = town->centre[0];
  SanId32 target = staff_target (COUNSELLOR_OF (0));
  guint n = 2 * SAN_CUT_ROWS_LIMIT + 10;
  g_autofree SanJournalHead *heads = g_new0 (SanJournalHead, n);
  g_autoptr(GPtrArray) bodies = NULL;
  g_autoptr(GError) error = NULL;
  const SanAuthorityBody *first;
  SanCutRow row;
  gboolean found = FALSE;

  for (guint i = 0; i < n; i++)
    {
      heads[i] = head_of (centre, 0);
      heads[i].dossier = *world_id (town->dossier, 0);
      heads[i].number = i + 1;
      memcpy (heads[i].head.b, &i, sizeof i);
    }
  heads[n - 1] = head_of (centre, centre->entries->len - 1);
  bodies = san_removal_make (town->authority[0], SAN_REMOVE_STAFF, &target, SAN_REASON_LEFT, heads,
                             n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (bodies->len, ==, 3);
  first = g_ptr_array_index (bodies, 0);
  san_cut_row_make (&row, first->cut_salt, &heads[n - 1].dossier, &heads[n - 1].journal,
                    heads[n - 1].number, &heads[n - 1].head);
  for (guint i = 0; i < first->n_rows; i++)
    found |= memcmp (&first->rows[i], &row, sizeof row) == 0;
  g_assert_true (found);
  for (guint i = 0; i < bodies->len; i++)
    {
      const SanAuthorityBody *body = g_ptr_array_index (bodies, i);
      g_autoptr(GBytes) bytes = san_authority_body_encode (body, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (body->op, ==, i == 0 ? SAN_OP_REMOVE : SAN_OP_ACCEPT);
      g_assert_cmpuint (body->n_rows, ==, i < 2 ? SAN_CUT_ROWS_LIMIT : 10);
    }
}

static void
test_touches (void)
{
  g_autoptr(Town) town = town_new (SAN_FOUNDING_CASE, HEAD_OF (0), 0);
  const SanAuthority *authority = town->authority[0];
  const SanSeat *visitor = san_authority_find_seat (authority, world_pk (VISITOR_OF (0)));
  SanId16 laptop = world_device (1);
  SanId32 device;
  SanId32 nobody = staff_target (99);
  g_autoptr(GError) error = NULL;

  san_removal_target_from_id16 (&laptop, &device);
  g_assert_true (san_removal_would_touch (authority, SAN_REMOVE_DEVICE, &device, visitor));
  g_assert_true (
      san_removal_would_touch (authority, SAN_REMOVE_SEAT, world_pk (VISITOR_OF (0)), visitor));
  g_assert_false (
      san_removal_would_touch (authority, SAN_REMOVE_SEAT, world_pk (HEAD_OF (0)), visitor));
  g_assert_true (san_removal_needs_journal (authority, SAN_REMOVE_DEVICE, &device,
                                            &town->dossier->journal[1]));
  g_assert_false (san_removal_needs_journal (authority, SAN_REMOVE_DEVICE, &device,
                                             &town->dossier->journal[0]));
  g_assert_null (
      san_removal_make (authority, SAN_REMOVE_STAFF, &nobody, SAN_REASON_LEFT, NULL, 0, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
}

/* The last superintendent is refused at the press. */
static void
test_last (void)
{
  g_autoptr(Town) town = town_new (SAN_FOUNDING_CASE, HEAD_OF (0), 0);
  World *centre = town->centre[0];
  SanId32 head = staff_target (HEAD_OF (0));
  SanId32 second = staff_target (SECOND_OF (0));
  SanId32 nurse = staff_target (NURSE_OF (0));
  SanId16 laptop = world_device (0);
  SanId32 device;

  san_removal_target_from_id16 (&laptop, &device);
  g_assert_false (san_removal_would_leave_none (town->authority[0], SAN_REMOVE_STAFF, &head));
  g_assert_true (san_removal_would_leave_none (town->authority[0], SAN_REMOVE_DEVICE, &device));
  world_write (centre, HEAD_OF (0), 0, op_remove (centre, SAN_REMOVE_STAFF, SECOND_OF (0)));
  town_update (town);
  g_assert_true (san_removal_would_leave_none (town->authority[0], SAN_REMOVE_STAFF, &head));
  g_assert_false (san_removal_would_leave_none (town->authority[0], SAN_REMOVE_STAFF, &second));
  g_assert_false (san_removal_would_leave_none (town->authority[0], SAN_REMOVE_STAFF, &nurse));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  g_test_add_func ("/entry/removal/holds-what-comes-later-and-accepts", test_made);
  g_test_add_func ("/entry/removal/more-rows-than-one-entry-holds", test_many_rows);
  g_test_add_func ("/entry/removal/touches-whom-it-names", test_touches);
  g_test_add_func ("/entry/removal/the-last-superintendent-is-asked-for", test_last);
  g_test_add_func ("/entry/removal/renewed-with-late-decisions-inside", test_renewed);
  return g_test_run ();
}
