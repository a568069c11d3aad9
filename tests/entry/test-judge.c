/* test-judge.c - which notes count: roles, removals with their cuts, acceptances, shares */
#include "town.h"

#define HOUSE (1u << SAN_COMPARTMENT_HOUSE)
#define CASE (1u << SAN_COMPARTMENT_CASE)
#define CLINICAL (1u << SAN_COMPARTMENT_CLINICAL)
#define MEDICAL (1u << SAN_COMPARTMENT_MEDICAL)
#define STAFF (1u << SAN_COMPARTMENT_STAFF)

static void
assert_judged (Town *town, guint entry, guint parts, guint visible, SanHeldReason reason)
{
  g_autoptr(SanDossierRights) rights = town_rights (town);
  SanJudgement judged = town_judge (town, rights, entry, parts);

  g_assert_cmpuint (judged.visible, ==, visible);
  g_assert_cmpstr (san_held_reason_get_name (judged.reason), ==, san_held_reason_get_name (reason));
}

/* A role writes what it reads; what it does not is held, the rest of the entry counts. */
static void
test_roles (void)
{
  g_autoptr(Town) town = town_new (SAN_FOUNDING_CASE, MOTHER_OF (0), 0);
  guint by_mother = town_note (town, MOTHER_OF (0));
  guint by_counsellor = town_note (town, COUNSELLOR_OF (0));
  guint by_head = town_note (town, HEAD_OF (0));
  guint by_nurse = town_note (town, NURSE_OF (0));

  assert_judged (town, 0, 0, 1, SAN_HELD_NOT);
  assert_judged (town, by_mother, HOUSE, HOUSE, SAN_HELD_NOT);
  assert_judged (town, by_mother, HOUSE | CLINICAL, HOUSE, SAN_HELD_NO_RIGHT);
  assert_judged (town, by_mother, CASE, 0, SAN_HELD_NO_RIGHT);
  assert_judged (town, by_counsellor, HOUSE | CASE | CLINICAL, HOUSE | CASE | CLINICAL,
                 SAN_HELD_NOT);
  assert_judged (town, by_head, CASE | MEDICAL | STAFF, CASE | MEDICAL | STAFF, SAN_HELD_NOT);
  assert_judged (town, by_head, CASE | CLINICAL, CASE, SAN_HELD_NO_RIGHT);
  assert_judged (town, by_nurse, MEDICAL | CASE, MEDICAL, SAN_HELD_NO_RIGHT);
}

/* Somebody's removal hits what she wrote outside the cut, whatever clock or order; the same on a
 * device that had applied it before. One press accepts nine, the tenth stays held. */
static void
test_late_notes (void)
{
  g_autoptr(Town) town = town_new (SAN_FOUNDING_CASE, HEAD_OF (0), 0);
  World *centre = town->centre[0];
  SanAuthorityBody *body = op_remove (centre, SAN_REMOVE_STAFF, COUNSELLOR_OF (0));
  guint known = town_note (town, COUNSELLOR_OF (0));
  guint late[11];
  guint removal;

  op_add_head_row (body, g_ptr_array_index (town->dossier->entries, known));
  for (guint i = 1; i <= 10; i++)
    late[i] = town_note (town, COUNSELLOR_OF (0));
  assert_judged (town, late[10], CLINICAL, CLINICAL, SAN_HELD_NOT);
  removal = world_write (centre, HEAD_OF (0), 0, body);
  town_update (town);
  assert_judged (town, known, CLINICAL, CLINICAL, SAN_HELD_NOT);
  for (guint i = 1; i <= 10; i++)
    assert_judged (town, late[i], CLINICAL, 0, SAN_HELD_REMOVED);
  body = op_accept (centre, removal);
  op_add_head_row (body, g_ptr_array_index (town->dossier->entries, late[9]));
  world_write (centre, HEAD_OF (0), 0, body);
  town_update (town);
  for (guint i = 1; i <= 9; i++)
    assert_judged (town, late[i], CLINICAL, CLINICAL, SAN_HELD_NOT);
  assert_judged (town, late[10], CLINICAL, 0, SAN_HELD_REMOVED);
}

/* Others go on writing in the same laptop's journal. */
static void
test_same_journal (void)
{
  g_autoptr(Town) town = town_new (SAN_FOUNDING_CASE, HEAD_OF (0), 0);
  guint hers = town_note (town, COUNSELLOR_OF (0));
  guint nurse = town_note (town, NURSE_OF (0));
  guint later = town_note (town, COUNSELLOR_OF (0));
  SanAuthorityBody *body = op_remove (town->centre[0], SAN_REMOVE_STAFF, COUNSELLOR_OF (0));

  op_add_head_row (body, g_ptr_array_index (town->dossier->entries, nurse));
  world_write (town->centre[0], HEAD_OF (0), 0, body);
  town_update (town);
  assert_judged (town, hers, CASE, CASE, SAN_HELD_NOT);
  assert_judged (town, nurse, MEDICAL, MEDICAL, SAN_HELD_NOT);
  assert_judged (town, later, CASE, 0, SAN_HELD_REMOVED);
  assert_judged (town, town_note (town, NURSE_OF (0)), MEDICAL, MEDICAL, SAN_HELD_NOT);
}

/* A laptop that exists twice: a cut names a branch, two rows accept both. */
static void
test_fork (void)
{
  g_autoptr(Town) town = town_new (SAN_FOUNDING_CASE, HEAD_OF (0), 0);
  World *dossier = town->dossier;
  g_autoptr(GBytes) text = g_bytes_new_static ("one of two", 10);
  guint shared = town_note (town, COUNSELLOR_OF (0));
  guint one = town_note (town, COUNSELLOR_OF (0));
  guint other = world_fork_data (dossier, COUNSELLOR_OF (0), 0, shared, SAN_KIND_CHANGES, text);
  SanAuthorityBody *body = op_remove (town->centre[0], SAN_REMOVE_SEAT, COUNSELLOR_OF (0));

  op_add_head_row (body, g_ptr_array_index (dossier->entries, other));
  world_write (town->centre[0], HEAD_OF (0), 0, body);
  town_update (town);
  assert_judged (town, shared, CASE, CASE, SAN_HELD_NOT);
  assert_judged (town, other, CASE, CASE, SAN_HELD_NOT);
  assert_judged (town, one, CASE, 0, SAN_HELD_REMOVED);
  body = op_remove (town->centre[0], SAN_REMOVE_SEAT, COUNSELLOR_OF (0));
  op_add_head_row (body, g_ptr_array_index (dossier->entries, one));
  op_add_head_row (body, g_ptr_array_index (dossier->entries, other));
  world_write (town->centre[0], HEAD_OF (0), 0,
               op_void (town->centre[0], town->centre[0]->entries->len - 1));
  world_write (town->centre[0], HEAD_OF (0), 0, body);
  town_update (town);
  assert_judged (town, one, CASE, CASE, SAN_HELD_NOT);
  assert_judged (town, other, CASE, CASE, SAN_HELD_NOT);
}

/* Who is suspended goes on with notes; keys and shares of hers are held. */
static void
test_suspended (void)
{
  g_autoptr(Town) town = town_new (SAN_FOUNDING_CASE, HEAD_OF (0), 0);
  World *centre = town->centre[0];
  g_autoptr(GBytes) body = g_bytes_new_static ("a key", 5);
  guint note;
  guint key;
  guint share;

  world_write (centre, HEAD_OF (0), 0, op_remove (centre, SAN_REMOVE_STAFF, SECOND_OF (0)));
  world_write (centre, SECOND_OF (0), 1, op_remove (centre, SAN_REMOVE_STAFF, HEAD_OF (0)));
  town_update (town);
  note = town_note (town, HEAD_OF (0));
  key = world_write_data (town->dossier, HEAD_OF (0), 0, SAN_KIND_KEY_GRANT, body);
  share = town_op (town, HEAD_OF (0), op_share (town, 1, TRUE, CASE));
  assert_judged (town, note, CASE, CASE, SAN_HELD_NOT);
  assert_judged (town, key, CASE, 0, SAN_HELD_SUSPENDED);
  assert_judged (town, share, 0, 0, SAN_HELD_SUSPENDED);
  assert_judged (town, 0, 0, 1, SAN_HELD_NOT);
}

/* Other centres write what is shared for writing, and their own role reads. */
static void
test_shares (void)
{
  g_autoptr(Town) town = town_new (SAN_FOUNDING_CASE, HEAD_OF (0), 0);
  guint before = town_note (town, COUNSELLOR_OF (1));
  guint third;

  assert_judged (town, before, CASE, 0, SAN_HELD_NOT_SHARED);
  town_op (town, HEAD_OF (0), op_share (town, 1, TRUE, HOUSE | CASE));
  town_op (town, SECOND_OF (0), op_share (town, 1, FALSE, CLINICAL));
  assert_judged (town, before, CASE, CASE, SAN_HELD_NOT);
  assert_judged (town, before, CASE | CLINICAL, CASE, SAN_HELD_NOT_SHARED);
  assert_judged (town, town_note (town, MOTHER_OF (1)), HOUSE | CASE, HOUSE, SAN_HELD_NO_RIGHT);
  third = town_note (town, HEAD_OF (2));
  assert_judged (town, third, CASE, 0, SAN_HELD_NOT_SHARED);
}

/* Unknown authors, slips, other dossiers. */
static void
test_strangers (void)
{
  g_autoptr(Town) town = town_new (SAN_FOUNDING_HOUSE, HEAD_OF (0), 0);
  guint stranger = town_note (town, 19);
  guint slip = town_note (town, 15);
  guint mother = town_note (town, MOTHER_OF (0));
  guint partner = town_note (town, HEAD_OF (1));

  world_write (town->centre[0], HEAD_OF (0), 0, op_seat (town->centre[0], 15, 15, 0, "slip.nurse"));
  town_update (town);
  assert_judged (town, 0, 0, 1, SAN_HELD_NOT);
  assert_judged (town, stranger, HOUSE, 0, SAN_HELD_NOT_APPOINTED);
  assert_judged (town, slip, HOUSE, 0, SAN_HELD_NO_RIGHT);
  assert_judged (town, mother, HOUSE, HOUSE, SAN_HELD_NOT);
  assert_judged (town, partner, HOUSE, 0, SAN_HELD_NOT_SHARED);
}

/* Who may found what. */
static void
test_founding (void)
{
  static const struct
  {
    SanFoundingType type;
    guint founder;
    SanHeldReason reason;
  } cases[] = {
    { SAN_FOUNDING_HOUSE, HEAD_OF (0), SAN_HELD_NOT },
    { SAN_FOUNDING_HOUSE, MOTHER_OF (0), SAN_HELD_NO_RIGHT },
    { SAN_FOUNDING_CASE, MOTHER_OF (0), SAN_HELD_NOT },
    { SAN_FOUNDING_CASE, HEAD_OF (1), SAN_HELD_NO_RIGHT },
    { SAN_FOUNDING_CASE, 19, SAN_HELD_NOT_APPOINTED },
    { SAN_FOUNDING_PROGRAMME_DATA, HEAD_OF (0), SAN_HELD_NOT },
    { SAN_FOUNDING_PROGRAMME_DATA, NURSE_OF (0), SAN_HELD_NO_RIGHT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(Town) town = town_new (cases[i].type, cases[i].founder, 0);
      g_autoptr(SanDossierRights) rights = town_rights (town);
      SanHeldReason reason = SAN_HELD_NOT;

      g_assert_cmpint (san_dossier_rights_is_founded (rights, &reason), ==,
                       cases[i].reason == SAN_HELD_NOT);
      g_assert_cmpstr (san_held_reason_get_name (reason), ==,
                       san_held_reason_get_name (cases[i].reason));
      assert_judged (town, 0, 0, cases[i].reason == SAN_HELD_NOT ? 1 : 0, cases[i].reason);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  g_test_add_func ("/entry/judge/a-role-writes-what-it-reads", test_roles);
  g_test_add_func ("/entry/judge/late-notes-are-held-and-nine-accepted", test_late_notes);
  g_test_add_func ("/entry/judge/others-go-on-in-the-same-journal", test_same_journal);
  g_test_add_func ("/entry/judge/a-cut-names-a-branch", test_fork);
  g_test_add_func ("/entry/judge/who-is-suspended-goes-on-with-notes", test_suspended);
  g_test_add_func ("/entry/judge/a-partner-writes-what-is-shared", test_shares);
  g_test_add_func ("/entry/judge/strangers-and-slips-write-nothing", test_strangers);
  g_test_add_func ("/entry/judge/who-may-found-what", test_founding);
  return g_test_run ();
}
