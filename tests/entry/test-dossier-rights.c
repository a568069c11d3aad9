/* test-dossier-rights.c - shares, unshares, transfers, disputes, erasures of a case dossier */
#include "town.h"

#define HOUSE (1u << SAN_COMPARTMENT_HOUSE)
#define CASE (1u << SAN_COMPARTMENT_CASE)
#define CLINICAL (1u << SAN_COMPARTMENT_CLINICAL)
#define ALL SAN_COMPARTMENT_MASK

#define assert_reason(town, rights, entry, wanted)                                                 \
  g_assert_cmpstr (san_held_reason_get_name (town_reason (town, rights, entry)), ==,               \
                   san_held_reason_get_name (wanted))

static guint
visible (Town *town, const SanDossierRights *rights, guint entry, guint parts)
{
  return town_judge (town, rights, entry, parts).visible;
}

static void
test_share (void)
{
  g_autoptr(Town) town = town_new (SAN_FOUNDING_CASE, MOTHER_OF (0), 0);
  guint good = town_op (town, HEAD_OF (0), op_share (town, 1, TRUE, HOUSE | CASE));
  guint more = town_op (town, SECOND_OF (0), op_share (town, 1, FALSE, CLINICAL));
  guint by_mother = town_op (town, MOTHER_OF (0), op_share (town, 2, TRUE, HOUSE));
  guint by_partner = town_op (town, HEAD_OF (1), op_share (town, 2, TRUE, HOUSE));
  guint misplaced = town_op (town, HEAD_OF (0), op_void (town->dossier, good));
  g_autoptr(SanDossierRights) rights = town_rights (town);
  g_autoptr(GArray) readers = san_dossier_rights_list_readers (rights, SAN_COMPARTMENT_CLINICAL);
  SanId32 heads[SAN_HEADS_LIMIT];

  assert_reason (town, rights, good, SAN_HELD_NOT);
  assert_reason (town, rights, more, SAN_HELD_NOT);
  assert_reason (town, rights, by_mother, SAN_HELD_NO_RIGHT);
  assert_reason (town, rights, by_partner, SAN_HELD_NO_RIGHT);
  assert_reason (town, rights, misplaced, SAN_HELD_MISPLACED);
  g_assert_true (san_id32_equal (san_dossier_rights_get_owner (rights), town_id (town, 0)));
  g_assert_cmpuint (san_dossier_rights_get_reads (rights, town_id (town, 0)), ==, ALL);
  g_assert_cmpuint (san_dossier_rights_get_reads (rights, town_id (town, 1)), ==,
                    HOUSE | CASE | CLINICAL);
  g_assert_cmpuint (san_dossier_rights_get_writes (rights, town_id (town, 1)), ==, HOUSE | CASE);
  g_assert_cmpuint (san_dossier_rights_get_reads (rights, town_id (town, 2)), ==, 0);
  g_assert_cmpuint (readers->len, ==, 2);
  g_assert_cmpuint (san_dossier_rights_get_heads (rights, heads), ==, 2);
}

/* Unshare stops new entries and unsays nothing; who is shared with anew is free. */
static void
test_unshare (void)
{
  g_autoptr(Town) town = town_new (SAN_FOUNDING_CASE, HEAD_OF (0), 0);
  SanAuthorityBody *body;
  guint inside;
  guint outside;
  guint concurrent;

  town_op (town, HEAD_OF (0), op_share (town, 1, TRUE, CASE));
  town_meet (town);
  inside = town_note (town, WORKER_OF (1));
  outside = town_note (town, WORKER_OF (1));
  body = op_unshare (town, 1);
  op_add_head_row (body, g_ptr_array_index (town->dossier->entries, inside));
  town_op (town, HEAD_OF (0), body);
  concurrent
      = world_write_back_dated (town->dossier, SECOND_OF (0), 1, op_share (town, 1, TRUE, CASE), 1);
  {
    g_autoptr(SanDossierRights) rights = town_rights (town);

    assert_reason (town, rights, concurrent, SAN_HELD_NOT);
    g_assert_cmpuint (san_dossier_rights_get_reads (rights, town_id (town, 1)), ==, 0);
    g_assert_cmpuint (san_dossier_rights_get_writes (rights, town_id (town, 1)), ==, 0);
    g_assert_cmpuint (visible (town, rights, inside, CASE), ==, CASE);
    g_assert_cmpuint (visible (town, rights, outside, CASE), ==, 0);
  }
  town_meet (town);
  town_op (town, HEAD_OF (0), op_share (town, 1, TRUE, CASE));
  {
    g_autoptr(SanDossierRights) rights = town_rights (town);

    g_assert_cmpuint (visible (town, rights, outside, CASE), ==, CASE);
  }
}

static void
test_transfer (void)
{
  g_autoptr(Town) town = town_new (SAN_FOUNDING_CASE, HEAD_OF (0), 0);
  guint offer = town_op (town, HEAD_OF (0), op_offer (town, 1));
  guint by_third;
  guint by_nurse;
  guint accept;
  guint unheard;
  guint knowing;
  guint by_new;

  town_meet (town);
  {
    g_autoptr(SanDossierRights) rights = town_rights (town);

    g_assert_cmpint (san_dossier_rights_get_transfer (rights), ==, SAN_TRANSFER_OFFERED);
    g_assert_cmpuint (san_dossier_rights_get_n_offers (rights), ==, 1);
    g_assert_true (
        san_id32_equal (&san_dossier_rights_get_offer (rights, 0)->to, town_id (town, 1)));
    g_assert_true (san_id32_is_zero (&san_dossier_rights_get_offer (rights, 0)->accepted));
    g_assert_cmpuint (san_dossier_rights_get_writes (rights, town_id (town, 1)) & CLINICAL, ==,
                      CLINICAL);
    g_assert_true (san_id32_equal (san_dossier_rights_get_owner (rights), town_id (town, 0)));
  }
  by_third = town_op (town, HEAD_OF (2), op_ref (town, SAN_OP_TRANSFER_ACCEPT, offer));
  by_nurse = town_op (town, NURSE_OF (1), op_ref (town, SAN_OP_TRANSFER_ACCEPT, offer));
  accept = town_op (town, HEAD_OF (1), op_ref (town, SAN_OP_TRANSFER_ACCEPT, offer));
  unheard = town_op (town, HEAD_OF (0), op_share (town, 2, TRUE, HOUSE));
  town_meet (town);
  knowing = town_op (town, HEAD_OF (0), op_share (town, 2, TRUE, CASE));
  by_new = town_op (town, HEAD_OF (1), op_share (town, 2, TRUE, CLINICAL));
  {
    g_autoptr(SanDossierRights) rights = town_rights (town);
    guint late = town_note (town, HEAD_OF (0));

    assert_reason (town, rights, by_third, SAN_HELD_NO_RIGHT);
    assert_reason (town, rights, by_nurse, SAN_HELD_NO_RIGHT);
    assert_reason (town, rights, accept, SAN_HELD_NOT);
    assert_reason (town, rights, unheard, SAN_HELD_NOT);
    assert_reason (town, rights, knowing, SAN_HELD_NO_RIGHT);
    assert_reason (town, rights, by_new, SAN_HELD_NOT);
    g_assert_cmpint (san_dossier_rights_get_transfer (rights), ==, SAN_TRANSFER_NONE);
    g_assert_cmpuint (san_dossier_rights_get_n_transfers (rights), ==, 1);
    g_assert_true (san_id32_equal (san_dossier_rights_get_owner (rights), town_id (town, 1)));
    g_assert_true (san_id32_equal (san_dossier_rights_get_founder (rights), town_id (town, 0)));
    g_assert_cmpuint (san_dossier_rights_get_reads (rights, town_id (town, 0)), ==, 0);
    g_assert_cmpuint (san_dossier_rights_get_reads (rights, town_id (town, 2)), ==,
                      HOUSE | CLINICAL);
    g_assert_cmpuint (visible (town, rights, late, CASE), ==, CASE);
  }
}

/* The same child to two centres at once: disputed, both write; the giver's decision ends it. */
static void
test_disputed (void)
{
  g_autoptr(Town) town = town_new (SAN_FOUNDING_CASE, HEAD_OF (0), 0);
  guint to_one = town_op (town, HEAD_OF (0), op_offer (town, 1));
  guint to_two = world_write_back_dated (town->dossier, SECOND_OF (0), 0, op_offer (town, 2), 0);
  guint accept_one;
  guint accept_two;
  guint by_loser;
  guint note;
  guint first;
  guint last;

  town_meet (town);
  accept_one = town_op (town, HEAD_OF (1), op_ref (town, SAN_OP_TRANSFER_ACCEPT, to_one));
  accept_two = town_op (town, HEAD_OF (2), op_ref (town, SAN_OP_TRANSFER_ACCEPT, to_two));
  by_loser = town_op (town, HEAD_OF (2), op_share (town, 0, TRUE, HOUSE));
  town_meet (town);
  note = town_note (town, WORKER_OF (2));
  {
    g_autoptr(SanDossierRights) rights = town_rights (town);

    g_assert_cmpint (san_dossier_rights_get_transfer (rights), ==, SAN_TRANSFER_DISPUTED);
    g_assert_true (san_id32_equal (san_dossier_rights_get_owner (rights), town_id (town, 0)));
    assert_reason (town, rights, accept_one, SAN_HELD_NOT);
    assert_reason (town, rights, accept_two, SAN_HELD_NOT);
    assert_reason (town, rights, by_loser, SAN_HELD_NO_RIGHT);
    g_assert_cmpuint (visible (town, rights, note, CASE), ==, CASE);
    g_assert_true (san_id32_equal (
        &san_dossier_rights_get_offer (rights, 0)->accepted,
        world_id (town->dossier, san_id32_equal (&san_dossier_rights_get_offer (rights, 0)->entry,
                                                 world_id (town->dossier, to_one))
                                     ? accept_one
                                     : accept_two)));
  }
  first = town_op (town, HEAD_OF (0), op_ref (town, SAN_OP_TRANSFER_DECIDE, accept_two));
  {
    g_autoptr(SanDossierRights) rights = town_rights (town);

    assert_reason (town, rights, first, SAN_HELD_NOT);
    g_assert_true (san_id32_equal (san_dossier_rights_get_owner (rights), town_id (town, 2)));
    assert_reason (town, rights, by_loser, SAN_HELD_NOT);
  }
  last = town_op (town, HEAD_OF (0), op_ref (town, SAN_OP_TRANSFER_DECIDE, accept_one));
  {
    g_autoptr(SanDossierRights) rights = town_rights (town);

    assert_reason (town, rights, last, SAN_HELD_NOT);
    g_assert_true (san_id32_equal (san_dossier_rights_get_owner (rights), town_id (town, 1)));
    g_assert_cmpuint (san_dossier_rights_get_reads (rights, town_id (town, 2)), ==, 0);
    g_assert_cmpuint (visible (town, rights, note, CASE), ==, CASE);
  }
}

/* A giver cannot take back what was accepted by a second offer, nor accept for others. */
static void
test_no_way_back (void)
{
  g_autoptr(Town) town = town_new (SAN_FOUNDING_CASE, HEAD_OF (0), 0);
  guint offer = town_op (town, HEAD_OF (0), op_offer (town, 1));
  guint again;
  guint accept;

  town_meet (town);
  town_op (town, HEAD_OF (1), op_ref (town, SAN_OP_TRANSFER_ACCEPT, offer));
  town_meet (town);
  again = town_op (town, HEAD_OF (0), op_offer (town, 2));
  town_meet (town);
  accept = town_op (town, HEAD_OF (2), op_ref (town, SAN_OP_TRANSFER_ACCEPT, again));
  {
    g_autoptr(SanDossierRights) rights = town_rights (town);

    assert_reason (town, rights, again, SAN_HELD_NO_RIGHT);
    assert_reason (town, rights, accept, SAN_HELD_NO_RIGHT);
    g_assert_true (san_id32_equal (san_dossier_rights_get_owner (rights), town_id (town, 1)));
  }
}

/* There and back again: each owner in its own time. */
static void
test_back_again (void)
{
  g_autoptr(Town) town = town_new (SAN_FOUNDING_CASE, HEAD_OF (0), 0);
  guint offer = town_op (town, HEAD_OF (0), op_offer (town, 1));
  guint back;
  guint share;

  town_meet (town);
  town_op (town, HEAD_OF (1), op_ref (town, SAN_OP_TRANSFER_ACCEPT, offer));
  town_op (town, HEAD_OF (1), op_unshare (town, 0));
  back = town_op (town, HEAD_OF (1), op_offer (town, 0));
  town_meet (town);
  town_op (town, HEAD_OF (0), op_ref (town, SAN_OP_TRANSFER_ACCEPT, back));
  share = town_op (town, HEAD_OF (0), op_share (town, 2, TRUE, CASE));
  {
    g_autoptr(SanDossierRights) rights = town_rights (town);

    g_assert_true (san_id32_equal (san_dossier_rights_get_owner (rights), town_id (town, 0)));
    g_assert_cmpuint (san_dossier_rights_get_n_transfers (rights), ==, 2);
    assert_reason (town, rights, share, SAN_HELD_NOT);
    g_assert_cmpuint (san_dossier_rights_get_writes (rights, town_id (town, 1)), ==, ALL);
  }
}

/* Who knows that an offer was taken back does not accept it. */
static void
test_withdrawn_offer (void)
{
  g_autoptr(Town) town = town_new (SAN_FOUNDING_CASE, HEAD_OF (0), 0);
  guint offer = town_op (town, HEAD_OF (0), op_offer (town, 1));
  guint accept;

  town_op (town, HEAD_OF (0), op_unshare (town, 1));
  town_meet (town);
  accept = town_op (town, HEAD_OF (1), op_ref (town, SAN_OP_TRANSFER_ACCEPT, offer));
  {
    g_autoptr(SanDossierRights) rights = town_rights (town);

    assert_reason (town, rights, accept, SAN_HELD_NO_RIGHT);
    g_assert_true (san_id32_equal (san_dossier_rights_get_owner (rights), town_id (town, 0)));
    g_assert_cmpuint (san_dossier_rights_get_reads (rights, town_id (town, 1)), ==, 0);
    g_assert_cmpint (san_dossier_rights_get_transfer (rights), ==, SAN_TRANSFER_NONE);
    g_assert_cmpuint (san_dossier_rights_get_n_offers (rights), ==, 0);
  }
}

static void
sign_too (Town *town, SanAuthorityBody *body, guint author, guint other)
{
  g_assert_true (san_authority_body_cosign (body, town_id (town, 0), world_pk (author),
                                            world_key (other), NULL));
}

/* One superintendent alone asks; with another person of the centre she erases. */
static void
test_erase (void)
{
  static const struct
  {
    guint other;
    SanHeldReason reason;
  } cases[] = {
    { HEAD_OF (0), SAN_HELD_NEEDS_COSIGN }, /* herself */
    { HEAD_OF (1), SAN_HELD_NEEDS_COSIGN }, /* another centre */
    { 19, SAN_HELD_NEEDS_COSIGN },          /* nobody */
    { MOTHER_OF (0), SAN_HELD_NOT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(Town) town = town_new (SAN_FOUNDING_CASE, HEAD_OF (0), 0);
      guint alone = town_op (town, HEAD_OF (0), san_authority_body_new (SAN_OP_ERASE));
      SanAuthorityBody *body = san_authority_body_new (SAN_OP_ERASE);
      g_autoptr(SanDossierRights) before = town_rights (town);
      g_autoptr(SanDossierRights) after = NULL;
      SanId32 erasure;
      guint both;

      assert_reason (town, before, alone, SAN_HELD_NEEDS_COSIGN);
      g_assert_false (san_dossier_rights_is_erased (before, NULL));
      /* the second signature covers the heads, so these must be what will be written */
      g_assert_true (san_authority_body_set_heads (body, world_id (town->dossier, alone), 1, NULL));
      g_assert_true (san_authority_body_cosign (body, world_id (town->dossier, 0),
                                                world_pk (HEAD_OF (0)), world_key (cases[i].other),
                                                NULL));
      both = town_op (town, HEAD_OF (0), body);
      after = town_rights (town);
      assert_reason (town, after, both, cases[i].reason);
      g_assert_cmpint (san_dossier_rights_is_erased (after, &erasure), ==,
                       cases[i].reason == SAN_HELD_NOT);
      g_assert_cmpint (san_dossier_rights_equal (before, after), ==,
                       cases[i].reason != SAN_HELD_NOT);
    }
}

/* A second signature for another dossier is none. */
static void
test_erase_elsewhere (void)
{
  g_autoptr(Town) town = town_new (SAN_FOUNDING_CASE, HEAD_OF (0), 0);
  SanAuthorityBody *body = san_authority_body_new (SAN_OP_ERASE);
  g_autoptr(SanDossierRights) rights = NULL;
  guint erase;

  g_assert_true (san_authority_body_set_heads (body, world_id (town->dossier, 0), 1, NULL));
  sign_too (town, body, HEAD_OF (0), MOTHER_OF (0));
  erase = town_op (town, HEAD_OF (0), body);
  rights = town_rights (town);
  assert_reason (town, rights, erase, SAN_HELD_NEEDS_COSIGN);
}

/* A removed superintendent's late shares are held; an acceptance lets them count. */
static void
test_late_share (void)
{
  g_autoptr(Town) town = town_new (SAN_FOUNDING_CASE, HEAD_OF (0), 0);
  World *centre = town->centre[0];
  guint share = town_op (town, SECOND_OF (0), op_share (town, 1, TRUE, CASE));
  SanAuthorityBody *body;
  guint removal
      = world_write (centre, HEAD_OF (0), 0, op_remove (centre, SAN_REMOVE_STAFF, SECOND_OF (0)));

  town_update (town);
  {
    g_autoptr(SanDossierRights) rights = town_rights (town);

    assert_reason (town, rights, share, SAN_HELD_REMOVED);
    g_assert_cmpuint (san_dossier_rights_get_writes (rights, town_id (town, 1)), ==, 0);
  }
  body = op_accept (centre, removal);
  op_add_head_row (body, g_ptr_array_index (town->dossier->entries, share));
  world_write (centre, HEAD_OF (0), 0, body);
  town_update (town);
  {
    g_autoptr(SanDossierRights) rights = town_rights (town);

    assert_reason (town, rights, share, SAN_HELD_NOT);
  }
}

/* What must be understood freezes shares, from the owner only; notes go on. */
static void
test_unknown (void)
{
  g_autoptr(Town) town = town_new (SAN_FOUNDING_CASE, HEAD_OF (0), 0);
  guint by_other = world_write_flagged (town->dossier, HEAD_OF (1), 2, op_unknown (town->dossier),
                                        SAN_FLAG_MUST_UNDERSTAND);
  guint share;
  guint note;

  town_meet (town);
  town_op (town, HEAD_OF (0), op_share (town, 1, TRUE, CASE));
  {
    g_autoptr(SanDossierRights) rights = town_rights (town);

    assert_reason (town, rights, by_other, SAN_HELD_UNKNOWN);
    g_assert_false (san_dossier_rights_is_frozen (rights));
  }
  world_write_flagged (town->dossier, HEAD_OF (0), 0, op_unknown (town->dossier),
                       SAN_FLAG_MUST_UNDERSTAND);
  share = town_op (town, HEAD_OF (0), op_share (town, 2, TRUE, CASE));
  note = town_note (town, WORKER_OF (1));
  {
    g_autoptr(SanDossierRights) rights = town_rights (town);

    g_assert_true (san_dossier_rights_is_frozen (rights));
    assert_reason (town, rights, share, SAN_HELD_FROZEN);
    g_assert_cmpuint (visible (town, rights, note, CASE), ==, CASE);
  }
}

/* House dossiers are nobody else's; links are kept. */
static void
test_others (void)
{
  g_autoptr(Town) house = town_new (SAN_FOUNDING_HOUSE, HEAD_OF (0), 0);
  g_autoptr(Town) town = town_new (SAN_FOUNDING_CASE, HEAD_OF (0), 0);
  guint share = town_op (house, HEAD_OF (0), op_share (house, 1, TRUE, HOUSE));
  guint offer = town_op (house, HEAD_OF (0), op_offer (house, 1));
  SanAuthorityBody *body = san_authority_body_new (SAN_OP_LINK);
  SanId32 other = world_random_id (town->dossier);
  SanId32 link;

  san_case_link (world_id (town->dossier, 0), &other, &link);
  body->u.link = link;
  town_op (town, HEAD_OF (0), body);
  {
    g_autoptr(SanDossierRights) rights = town_rights (house);
    g_autoptr(SanDossierRights) linked = town_rights (town);

    assert_reason (house, rights, share, SAN_HELD_MISPLACED);
    assert_reason (house, rights, offer, SAN_HELD_MISPLACED);
    g_assert_cmpuint (san_dossier_rights_get_writes (rights, town_id (house, 1)), ==, 0);
    g_assert_cmpint (san_dossier_rights_get_transfer (rights), ==, SAN_TRANSFER_NONE);
    g_assert_cmpuint (san_dossier_rights_get_n_links (linked), ==, 1);
    g_assert_true (san_id32_equal (san_dossier_rights_get_link (linked, 0), &link));
  }
}

/* The code of the centre may do what its superintendents may. */
static void
test_code (void)
{
  g_autoptr(Town) town = town_new (SAN_FOUNDING_CASE, HEAD_OF (0), 0);
  guint share = town_op (town, HEAD_OF (0), op_share (town, 1, TRUE, CASE));
  guint by_code = world_write (town->dossier, RECOVERY, 0, op_share (town, 2, TRUE, CASE));
  guint by_other = world_write (town->dossier, RECOVERY + 6, 2, op_share (town, 2, TRUE, CLINICAL));
  g_autoptr(SanDossierRights) rights = town_rights (town);

  assert_reason (town, rights, share, SAN_HELD_NOT);
  assert_reason (town, rights, by_code, SAN_HELD_NOT);
  assert_reason (town, rights, by_other, SAN_HELD_NOT_APPOINTED);
}

/* Mostly one of operation @op, if there is any. */
static guint
some_entry (Town *town, GRand *rand, SanOp op)
{
  g_autoptr(GArray) found = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 1; i < town->dossier->entries->len; i++)
    {
      SanEntry *entry = g_ptr_array_index (town->dossier->entries, i);
      g_autoptr(SanAuthorityBody) body = NULL;

      if (san_entry_get_header (entry)->kind == SAN_KIND_AUTHORITY)
        body = san_authority_body_parse (san_entry_get_body (entry), NULL);
      if (body != NULL && body->op == op)
        g_array_append_val (found, i);
    }
  if (found->len == 0 || g_rand_int_range (rand, 0, 8) == 0)
    return (guint)g_rand_int_range (rand, 0, (gint32)town->dossier->entries->len);
  return g_array_index (found, guint, g_rand_int_range (rand, 0, (gint32)found->len));
}

/* An answer to an offer, mostly from the centre that was asked, as soon as it knows. */
static SanAuthorityBody *
some_answer (Town *town, GRand *rand, guint *centre)
{
  guint offer = some_entry (town, rand, SAN_OP_TRANSFER_OFFER);
  SanEntry *entry = g_ptr_array_index (town->dossier->entries, offer);
  g_autoptr(SanAuthorityBody) body = NULL;

  if (san_entry_get_header (entry)->kind == SAN_KIND_AUTHORITY)
    body = san_authority_body_parse (san_entry_get_body (entry), NULL);
  for (guint c = 0; body != NULL && c < N_CENTRES; c++)
    if (san_id32_equal (&body->u.centre, town_id (town, c)) && g_rand_int_range (rand, 0, 4))
      {
        *centre = c;
        for (guint d = 0; d < WORLD_DEVICES; d += 2)
          if (town->dossier->known[d][offer])
            {
              world_sync (town->dossier, d, 2 * c);
              break;
            }
      }
  return op_ref (town, SAN_OP_TRANSFER_ACCEPT, offer);
}

static SanAuthorityBody *
some_op (Town *town, GRand *rand, guint *centre)
{
  guint other = (guint)g_rand_int_range (rand, 0, N_CENTRES);
  guint entry = (guint)g_rand_int_range (rand, 0, (gint32)town->dossier->entries->len);
  SanAuthorityBody *body;

  switch (g_rand_int_range (rand, 0, 8))
    {
    case 0:
      return op_share (town, other, g_rand_boolean (rand), 1u << g_rand_int_range (rand, 0, 6));
    case 1:
      body = op_unshare (town, other);
      op_add_head_row (body, g_ptr_array_index (town->dossier->entries, entry));
      return body;
    case 2:
    case 3:
      return op_offer (town, other);
    case 4:
    case 5:
      return some_answer (town, rand, centre);
    case 6:
      return op_ref (town, SAN_OP_TRANSFER_DECIDE, some_entry (town, rand, SAN_OP_TRANSFER_ACCEPT));
    default:
      return op_unknown (town->dossier);
    }
}

/* Whatever three quarrelling centres write: the same in every order, and an owner among them. */
static void
test_random (void)
{
  guint transfers = 0;
  guint disputed = 0;

  for (guint history = 0; history < 300; history++)
    {
      guint32 seed = (guint32)g_test_rand_int ();
      g_autoptr(GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr(Town) town = town_new (SAN_FOUNDING_CASE, HEAD_OF (0), 0);
      g_autoptr(SanDossierRights) rights = NULL;
      gboolean known = FALSE;

      g_test_message ("history %u", seed);
      for (guint i = 0; i < 40; i++)
        {
          guint centre = (guint)g_rand_int_range (rand, 0, N_CENTRES);

          if (g_rand_int_range (rand, 0, 6) == 0)
            world_sync (town->dossier, 2 * centre,
                        2 * (guint)g_rand_int_range (rand, 0, N_CENTRES));
          else if (g_rand_int_range (rand, 0, 5) == 0)
            town_note (town, WORKER_OF (centre));
          else
            {
              SanAuthorityBody *body = some_op (town, rand, &centre);

              town_op (town, g_rand_boolean (rand) ? HEAD_OF (centre) : SECOND_OF (centre), body);
            }
        }
      rights = town_rights (town);
      for (guint c = 0; c < N_CENTRES; c++)
        known |= san_id32_equal (san_dossier_rights_get_owner (rights), town_id (town, c));
      g_assert_true (known);
      transfers += san_dossier_rights_get_n_transfers (rights);
      disputed += san_dossier_rights_get_transfer (rights) == SAN_TRANSFER_DISPUTED;
    }
  g_print ("# transfers: %u, disputed: %u\n", transfers, disputed);
  g_assert_cmpuint (transfers, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  g_test_add_func ("/entry/rights/shares-are-united", test_share);
  g_test_add_func ("/entry/rights/unshare-stops-and-unsays-nothing", test_unshare);
  g_test_add_func ("/entry/rights/a-transfer-counts-when-accepted", test_transfer);
  g_test_add_func ("/entry/rights/two-acceptances-are-disputed-until-decided", test_disputed);
  g_test_add_func ("/entry/rights/a-giver-cannot-give-twice", test_no_way_back);
  g_test_add_func ("/entry/rights/there-and-back-again", test_back_again);
  g_test_add_func ("/entry/rights/a-withdrawn-offer-is-not-accepted", test_withdrawn_offer);
  g_test_add_func ("/entry/rights/erasure-needs-another-person", test_erase);
  g_test_add_func ("/entry/rights/a-signature-for-another-dossier-is-none", test_erase_elsewhere);
  g_test_add_func ("/entry/rights/late-shares-are-held", test_late_share);
  g_test_add_func ("/entry/rights/what-must-be-understood-freezes-shares-not-notes", test_unknown);
  g_test_add_func ("/entry/rights/a-house-is-not-shared", test_others);
  g_test_add_func ("/entry/rights/the-code-may-share", test_code);
  g_test_add_func ("/entry/rights/random-quarrels-end-the-same-in-every-order", test_random);
  return g_test_run ();
}
