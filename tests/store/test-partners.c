/* test-partners.c - other centres: offers, shares; and cases that are erased */
#include "store-fixture.h"

typedef struct
{
  Centre *here, *there;
  Laptop *one, *two; /* one of ours, one of theirs */
  Person *head, *theirs;
  SanId32 child;
  SanId16 record;
} World;

static void
set_up (World *self)
{
  self->here = centre_new ();
  self->there = centre_new ();
  self->one = laptop_new (self->here);
  self->two = laptop_new (self->there);
  self->head = person_new (self->one, "superintendent", NULL);
  self->theirs = person_new (self->two, "superintendent", NULL);
  centre_found (self->here, self->head);
  centre_found (self->there, self->theirs);
  admit (self->head, &self->child);
  record_new (&self->record);
}

static void
tear_down (World *self)
{
  assert_sound (self->one);
  assert_sound (self->two);
  person_free (self->theirs);
  person_free (self->head);
  laptop_free (self->two);
  laptop_free (self->one);
  centre_free (self->there);
  centre_free (self->here);
}

/* Entries of all authority dossiers, and of one other dossier. */
static void
send_dossier (Laptop *from, Laptop *to, const SanId32 *dossier, SanApplySummary *summary)
{
  g_autoptr(GPtrArray) all = entries_of (from);
  g_autoptr(GPtrArray) some = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    {
      g_autoptr(SanEntry) entry = san_entry_new_from_bytes (all->pdata[i], NULL);
      g_autoptr(GError) error = NULL;
      SanDossier of;

      san_store_find_dossier (from->store, san_entry_get_dossier (entry), &of, &error);
      g_assert_no_error (error);
      if (of.type <= SAN_FOUNDING_PROGRAMME || san_id32_equal (&of.id, dossier))
        g_ptr_array_add (some, all->pdata[i]);
    }
  apply_list (to, some, summary);
}

static void
answer (Person *person, const SanId32 *dossier, const char *code)
{
  Save *save = save_new (person, &person->laptop->centre->house);
  SanId16 record;

  memcpy (record.b, dossier->b, sizeof record.b);
  save_set (save, 0, &record, SAN_OFFER_FORM, SAN_OFFER_ANSWER, san_value_new_code (code));
  save_end (save, NULL);
}

static guint
count_shown (Laptop *laptop)
{
  g_autoptr(GPtrArray) list
      = san_store_list_dossiers (laptop->store, SAN_FOUNDING_CASE, NULL, SAN_STANDING_SHOWN, NULL);

  return list->len;
}

static SanStanding
standing_of (Laptop *laptop, const SanId32 *dossier)
{
  g_autoptr(GError) error = NULL;
  SanDossier found;

  san_store_find_dossier (laptop->store, dossier, &found, &error);
  g_assert_no_error (error);
  return found.standing;
}

static void
share_with_key (World *self, guint compartments)
{
  SanId32 ring;

  share (self->head, &self->child, self->there, TRUE, compartments);
  /* paired: their card's rings are known here, and ours there */
  send_dossier (self->two, self->one, &self->there->id, NULL);
  unlock (self->theirs);
  for (guint8 c = 1; c < SAN_N_COMPARTMENTS; c++)
    if (c != SAN_COMPARTMENT_CLINICAL && (compartments & (1u << c)))
      {
        san_store_get_my_ring (self->two->store, c, &ring);
        know_by (self->there, c, &ring);
        san_store_get_my_ring (self->one->store, c, &ring);
        know_by (self->here, c, &ring);
      }
}

/* Grants the case key to the partner's leaf, as the press of sharing does. */
static void
confirm (World *self, guint8 compartment)
{
  g_autoptr(GPtrArray) keys
      = san_store_list_dossier_keys (self->one->store, &self->child, compartment, NULL);
  SanKeyTarget targets[2];
  g_autoptr(GPtrArray) mine = san_store_list_rings (self->one->store, compartment, NULL);
  const SanAuthority *authority
      = san_store_get_authority (self->one->store, &self->there->id, NULL);
  SanId32 ring;
  Press *press;

  g_assert_cmpuint (keys->len, >, 0);
  san_store_get_my_ring (self->two->store, compartment, &ring);
  targets[0].ring = ring;
  targets[0].pk = san_authority_find_ring (authority, &ring)->pk;
  targets[1].ring = ((SanHeldRing *)mine->pdata[0])->id;
  targets[1].pk = ((SanHeldRing *)mine->pdata[0])->pk;
  press = press_new (self->head);
  press_grant (press, &self->child,
               san_key_grant_make (compartment, keys->pdata[0], NULL, targets, 2, NULL));
  press_end (press);
}

/* Founding entries of other centres are offers: no list, search or count shows them before a
 * person accepts. */
static void
test_offer (void)
{
  World world;
  g_auto(SanApplySummary) summary = { { 0 } };

  set_up (&world);
  save_one (world.head, &world.child, 0, &world.record, "welcome", "alias", "Asha");
  share_with_key (&world, 0x03);
  save_one (world.head, &world.child, 1, &world.record, "welcome", "name", "Parveen");
  confirm (&world, 1);
  send_dossier (world.one, world.two, &world.child, &summary);
  g_assert_cmpuint (summary.offers->len, ==, 1);
  g_assert_cmpuint (summary.n_held, ==, 0);
  g_assert_cmpuint (standing_of (world.two, &world.child), ==, SAN_STANDING_OFFERED);
  g_assert_cmpuint (count_shown (world.two), ==, 0);
  assert_text (world.two, &world.child, &world.record, "alias", "");

  answer (world.theirs, &world.child, SAN_OFFER_ACCEPT);
  g_assert_cmpuint (standing_of (world.two, &world.child), ==, SAN_STANDING_ACCEPTED);
  g_assert_cmpuint (count_shown (world.two), ==, 1);
  assert_text (world.two, &world.child, &world.record, "alias", "Asha");
  assert_text (world.two, &world.child, &world.record, "name", "Parveen");

  /* an answer, under a key that both read */
  save_one (world.theirs, &world.child, 1, &world.record, "welcome", "name", "Parveen Khatun");
  send_dossier (world.two, world.one, &world.child, NULL);
  assert_text (world.one, &world.child, &world.record, "name", "Parveen Khatun");
  g_assert_cmpuint (count_held (world.one), ==, 0);
  tear_down (&world);
}

/* Grant without history → older parts stay closed, shown as "not shared". */
static void
test_without_history (void)
{
  World world;
  g_autoptr(SanSecret) key = san_secret_new_random (32);
  g_autoptr(GPtrArray) mine = NULL;
  SanKeyTarget targets[2];
  SanId16 record;
  Press *press;

  set_up (&world);
  save_one (world.head, &world.child, 1, &world.record, "family", "school", "older");
  share_with_key (&world, 0x03);
  mine = san_store_list_rings (world.one->store, 1, NULL);
  san_store_get_my_ring (world.two->store, 1, &targets[0].ring);
  targets[0].pk
      = san_authority_find_ring (san_store_get_authority (world.one->store, &world.there->id, NULL),
                                 &targets[0].ring)
            ->pk;
  targets[1].ring = ((SanHeldRing *)mine->pdata[0])->id;
  targets[1].pk = ((SanHeldRing *)mine->pdata[0])->pk;
  press = press_new (world.head);
  press_grant (press, &world.child, san_key_grant_make (1, key, NULL, targets, 2, NULL));
  press_end (press);
  record_new (&record);
  save_one (world.head, &world.child, 1, &record, "family", "school", "from now on");
  send_dossier (world.one, world.two, &world.child, NULL);
  answer (world.theirs, &world.child, SAN_OFFER_ACCEPT);
  assert_text (world.two, &world.child, &record, "school", "from now on");
  assert_text (world.two, &world.child, &world.record, "school", "");
  g_assert_cmpuint (san_store_count_closed (world.two->store, &world.child, 1, NULL), ==, 1);
  assert_text (world.one, &world.child, &world.record, "school", "older");
  tear_down (&world);
}

static void
test_decline (void)
{
  World world;

  set_up (&world);
  save_one (world.head, &world.child, 0, &world.record, "welcome", "alias", "Asha");
  share_with_key (&world, 0x01);
  answer (world.theirs, &world.child, SAN_OFFER_ACCEPT); /* before it came */
  send_dossier (world.one, world.two, &world.child, NULL);
  assert_text (world.two, &world.child, &world.record, "alias", "Asha");
  answer (world.theirs, &world.child, SAN_OFFER_DECLINE);
  g_assert_cmpuint (standing_of (world.two, &world.child), ==, SAN_STANDING_DECLINED);
  assert_text (world.two, &world.child, &world.record, "alias", "");
  answer (world.theirs, &world.child, SAN_OFFER_ACCEPT);
  assert_text (world.two, &world.child, &world.record, "alias", "Asha");
  tear_down (&world);
}

/* In the forms partner and offer writes by others than superintendents count for nothing. */
static void
test_offer_answered_by_house_mother (void)
{
  World world;
  g_autoptr(Person) mother = NULL;
  g_autoptr(GError) error = NULL;
  Save *save;
  SanId16 record;

  set_up (&world);
  mother = person_new (world.two, "house", NULL);
  appoint (world.theirs, mother);
  share_with_key (&world, 0x01);
  send_dossier (world.one, world.two, &world.child, NULL);
  unlock (mother);
  memcpy (record.b, world.child.b, sizeof record.b);
  save = save_new (mother, &world.there->house);
  save_set (save, 0, &record, SAN_OFFER_FORM, SAN_OFFER_ANSWER,
            san_value_new_code (SAN_OFFER_ACCEPT));
  save_try (save, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (standing_of (world.two, &world.child), ==, SAN_STANDING_OFFERED);
  unlock (world.theirs);
  answer (world.theirs, &world.child, SAN_OFFER_ACCEPT);
  g_assert_cmpuint (standing_of (world.two, &world.child), ==, SAN_STANDING_ACCEPTED);
  tear_down (&world);
}

/* 10,000 unsolicited dossiers of a known partner → offers to accept or decline, ≤ 64 MiB, nothing
 * in lists or search. */
static void
test_unsolicited (void)
{
  World world;
  g_autoptr(GPtrArray) flood = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_auto(SanApplySummary) summary = { { 0 } };
  g_autofree char *text = g_strnfill (200000, 'x');
  g_autoptr(GPtrArray) offered = NULL;
  guint64 bytes = 0;
  SanId16 record;

  set_up (&world);
  send_dossier (world.two, world.one, &world.there->id, NULL);
  record_new (&record);
  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr(GBytes) body = NULL;
      g_autoptr(GBytes) more = NULL;
      SanFounding founding;
      SanId32 dossier;

      san_founding_make_dossier (&founding, SAN_FOUNDING_CASE, NULL, &world.there->id);
      body = san_founding_encode (&founding);
      g_ptr_array_add (flood, hand_made (world.theirs, NULL, &world.two->journal, 1, NULL,
                                         SAN_KIND_FOUNDING, body, &dossier));
      if (i % 4)
        continue;
      more = house_body (&record, "welcome", "note", text);
      g_ptr_array_add (flood, hand_made (world.theirs, &dossier, &world.two->journal, 2, &dossier,
                                         SAN_KIND_CHANGES, more, NULL));
    }
  apply_list (world.one, flood, &summary);
  g_assert_cmpuint (summary.n[SAN_APPLY_NO_ROOM], >, 0);
  offered = san_store_list_dossiers (world.one->store, 0, NULL, SAN_STANDING_OFFERED, NULL);
  for (guint i = 0; i < offered->len; i++)
    bytes += ((SanDossier *)offered->pdata[i])->bytes;
  g_assert_cmpuint (bytes, <=, SAN_OFFERS_BYTES_LIMIT);
  g_assert_cmpuint (bytes, >, SAN_OFFERS_BYTES_LIMIT - 300000);
  g_assert_cmpuint (count_shown (world.one), ==, 1);
  assert_text (world.one, &world.child, &record, "note", "");
  tear_down (&world);
}

/* A centre with which a compartment is not shared cannot write there: held. */
static void
test_not_shared_compartment (void)
{
  World world;
  g_autoptr(GError) error = NULL;
  SanId16 record;
  Save *save;

  set_up (&world);
  save_one (world.head, &world.child, 0, &world.record, "welcome", "alias", "Asha");
  share_with_key (&world, 0x01);
  send_dossier (world.one, world.two, &world.child, NULL);
  answer (world.theirs, &world.child, SAN_OFFER_ACCEPT);
  record_new (&record);
  save = save_new (world.theirs, &world.child);
  save_text (save, 3, &record, "exam", "height", "140");
  g_assert_false (save_try (save, NULL, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
  save_one (world.theirs, &world.child, 0, &record, "welcome", "note", "she is well");
  send_dossier (world.two, world.one, &world.child, NULL);
  assert_text (world.one, &world.child, &record, "note", "she is well");
  tear_down (&world);
}

/* Erasing */

static void
press_erase (World *self, Person *cosigner)
{
  SanAuthorityBody *body = san_authority_body_new (SAN_OP_ERASE);
  g_autoptr(GPtrArray) heads
      = san_store_list_authority_heads (self->one->store, &self->child, NULL);
  Press *press = press_new (self->head);

  for (guint i = 0; i < heads->len; i++)
    body->heads[body->n_heads++] = *(SanId32 *)heads->pdata[i];
  if (cosigner)
    g_assert_true (san_authority_body_cosign (body, &self->child, person_pk (self->head),
                                              cosigner->sign, NULL));
  press_authority (press, &self->child, body, NULL);
  press_end (press);
}

/* The row in the centre's own authority dossier, by which whoever comes fresh believes headers
 * without bodies: the op 21 itself lies behind them in its journal. */
static void
press_erased_row (Person *person, const SanId32 *dossier)
{
  SanAuthorityBody *body = san_authority_body_new (SAN_OP_ERASED);
  SanDossierRights *rights = san_store_get_rights (person->laptop->store, dossier, NULL);
  Press *press;

  body->u.erased.dossier = *dossier;
  g_assert_true (san_dossier_rights_is_erased (rights, &body->u.erased.erasure));
  press = press_new (person);
  press_authority (press, &person->laptop->centre->id, body, NULL);
  press_end (press);
}

static gboolean
add_to_apply (SanEntry *entry, gpointer apply)
{
  g_autoptr(GBytes) bytes = san_entry_to_bytes (entry);
  g_autoptr(GError) error = NULL;

  if (bytes)
    san_apply_add (apply, bytes, NULL, &error);
  else
    san_apply_add_header (apply, san_entry_get_raw_header (entry), SAN_HEADER_SIZE, NULL, &error);
  g_assert_no_error (error);
  return TRUE;
}

/* As a bundle does, headers where bodies are gone. */
static void
send_with_headers (Laptop *from, Laptop *to)
{
  SanId16 peer = { { 9 } };
  g_autoptr(SanApply) apply = san_apply_begin (to->store, &peer, NULL);
  g_autoptr(GPtrArray) authority = san_store_list_authority (from->store, &from->centre->id, NULL);
  g_autoptr(GPtrArray) others
      = san_store_list_dossiers (from->store, 0, NULL, SAN_STANDING_SHOWN, NULL);

  for (guint i = 0; i < authority->len; i++)
    add_to_apply (authority->pdata[i], apply);
  for (guint i = 0; i < others->len; i++)
    if (((SanDossier *)others->pdata[i])->type > SAN_FOUNDING_PROGRAMME)
      san_store_each_of_dossier (from->store, &((SanDossier *)others->pdata[i])->id, add_to_apply,
                                 apply, NULL);
  g_assert_true (san_apply_commit (apply, NULL, NULL, NULL));
}

/* One superintendent alone erases → not effective, shown as request. With a second person: bodies
 * go, headers stay; old bundles bring headers only; no word of it in the database. */
static void
test_erase (void)
{
  World world;
  g_autoptr(Person) other = NULL;
  g_autoptr(GPtrArray) old = NULL;
  g_auto(SanApplySummary) summary = { { 0 } };
  g_autoptr(Laptop) fresh = NULL;
  SanDossier dossier;

  set_up (&world);
  other = person_new (world.one, "case-worker", NULL);
  appoint (world.head, other);
  save_one (world.head, &world.child, 0, &world.record, "welcome", "alias", "planted-alias");
  save_one (world.head, &world.child, 1, &world.record, "welcome", "name", "planted-name");
  old = entries_of (world.one);
  press_erase (&world, NULL);
  san_store_find_dossier (world.one->store, &world.child, &dossier, NULL);
  g_assert_false (dossier.erased);
  assert_text (world.one, &world.child, &world.record, "alias", "planted-alias");
  press_erase (&world, other);
  san_store_find_dossier (world.one->store, &world.child, &dossier, NULL);
  g_assert_true (dossier.erased);
  assert_text (world.one, &world.child, &world.record, "alias", "");
  assert_text (world.one, &world.child, &world.record, "name", "");
  assert_sound (world.one);

  /* old bundles */
  apply_list (world.one, old, &summary);
  g_assert_cmpuint (summary.n[SAN_APPLY_HAD], ==, old->len);
  fresh = laptop_new (world.here);
  press_erased_row (world.head, &world.child);
  send_with_headers (world.one, fresh);
  san_apply_summary_clear (&summary);
  apply_list (fresh, old, &summary);
  g_assert_cmpuint (summary.n[SAN_APPLY_HAD], ==, old->len);
  san_store_unlock (fresh->store, person_pk (world.head), world.head->box, NULL, NULL);
  assert_text (fresh, &world.child, &world.record, "alias", "");
  assert_same_views (world.one, fresh, 0x3b);
  assert_sound (fresh);
  /* what says nothing any more is not held, whichever came first */
  g_assert_cmpuint (count_held (world.one), ==, 1); /* the request of one alone */
  g_assert_cmpuint (count_held (fresh), ==, 1);
  {
    /* the row came, the case has not: old bodies are stripped as they come */
    g_autoptr(Laptop) late = laptop_new (world.here);
    g_autoptr(GPtrArray) authority
        = san_store_list_authority (world.one->store, &world.here->id, NULL);
    SanId16 peer = { { 9 } };
    g_autoptr(SanApply) apply = san_apply_begin (late->store, &peer, NULL);

    for (guint i = 0; i < authority->len; i++)
      add_to_apply (authority->pdata[i], apply);
    g_assert_true (san_apply_commit (apply, NULL, NULL, NULL));
    san_apply_summary_clear (&summary);
    apply_list (late, old, &summary);
    g_assert_cmpuint (summary.n[SAN_APPLY_ERASED], ==, 3);
    assert_text (late, &world.child, &world.record, "alias", "");
    assert_sound (late);
  }
  tear_down (&world);
}

/* The other order: bodies first, the erasure then. */
static void
test_erase_after (void)
{
  World world;
  g_autoptr(Person) other = NULL;
  g_autoptr(Laptop) fresh = NULL;
  g_auto(SanApplySummary) summary = { { 0 } };

  set_up (&world);
  other = person_new (world.one, "case-worker", NULL);
  appoint (world.head, other);
  save_one (world.head, &world.child, 0, &world.record, "welcome", "alias", "planted-alias");
  fresh = laptop_new (world.here);
  send_all (world.one, fresh, NULL);
  assert_text (fresh, &world.child, &world.record, "alias", "planted-alias");
  press_erase (&world, other);
  send_all (world.one, fresh, &summary);
  g_assert_cmpuint (summary.erased->len, ==, 1);
  assert_text (fresh, &world.child, &world.record, "alias", "");
  assert_sound (fresh);
  tear_down (&world);
}

static guint
count_wants (Laptop *laptop)
{
  g_autoptr(GPtrArray) wants = san_store_list_wants (laptop->store, NULL);

  return wants->len;
}

/* Whoever ordered it had been removed, and nobody here knew: the case comes back, and its bodies
 * from wherever they still are. One that gets the headers alone asks for bodies too. */
static void
test_erase_undone (void)
{
  World world;
  g_autoptr(Person) other = NULL;
  g_autoptr(Laptop) third = NULL;
  g_autoptr(Laptop) fresh = NULL;
  g_autoptr(Person) boss = NULL;
  SanDossier dossier;

  set_up (&world);
  third = laptop_new (world.here);
  boss = person_new (third, "superintendent", NULL);
  other = person_new (world.one, "case-worker", NULL);
  appoint (world.head, other);
  appoint (world.head, boss);
  save_one (world.head, &world.child, 0, &world.record, "welcome", "alias", "Asha");
  save_one (world.head, &world.child, 1, &world.record, "welcome", "name", "Asha Rao");
  send_all (world.one, third, NULL);
  unlock (boss);
  press_erase (&world, other);
  press_erased_row (world.head, &world.child);
  san_store_find_dossier (world.one->store, &world.child, &dossier, NULL);
  g_assert_true (dossier.erased);
  g_assert_cmpuint (count_wants (world.one), ==, 0);
  assert_sound (world.one);

  dismiss (boss, world.head, NULL);
  send_all (third, world.one, NULL);
  san_store_find_dossier (world.one->store, &world.child, &dossier, NULL);
  g_assert_false (dossier.erased);
  g_assert_cmpuint (count_wants (world.one), ==, 1);
  assert_text (world.one, &world.child, &world.record, "alias", "");
  assert_sound (world.one);
  fresh = laptop_new (world.here);
  send_with_headers (world.one, fresh);
  g_assert_cmpuint (count_wants (fresh), ==, 1);

  send_all (third, world.one, NULL);
  send_all (third, fresh, NULL);
  g_assert_cmpuint (count_wants (world.one), ==, 0);
  g_assert_cmpuint (count_wants (fresh), ==, 0);
  assert_text (world.one, &world.child, &world.record, "alias", "Asha");
  assert_text (fresh, &world.child, &world.record, "alias", "Asha");
  send_all (world.one, third, NULL);
  send_all (third, fresh, NULL);
  assert_sound (fresh);
  unlock (boss);
  san_store_unlock (fresh->store, person_pk (boss), boss->box, NULL, NULL);
  assert_same_views (third, fresh, 0x3b);
  tear_down (&world);
}

/* Header-only items without an erasure are asked for again. */
static void
test_headers_only (void)
{
  World world;
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(Laptop) fresh = NULL;
  SanId16 peer = { { 3 } };
  g_autoptr(SanApply) apply = NULL;

  set_up (&world);
  save_one (world.head, &world.child, 0, &world.record, "welcome", "alias", "Asha");
  all = entries_of (world.one);
  fresh = laptop_new (world.here);
  apply = san_apply_begin (fresh->store, &peer, NULL);
  for (guint i = 0; i < all->len; i++)
    {
      gsize n;
      const guint8 *data = g_bytes_get_data (all->pdata[i], &n);
      SanApplyOutcome outcome;

      if (data[4] != SAN_KIND_CHANGES)
        g_assert_true (san_apply_add (apply, all->pdata[i], &outcome, NULL));
      else
        {
          g_assert_true (san_apply_add_header (apply, data, SAN_HEADER_SIZE, &outcome, NULL));
          g_assert_cmpint (outcome, ==, SAN_APPLY_UNKNOWN_SEAT);
        }
    }
  g_assert_true (san_apply_commit (apply, NULL, NULL, NULL));
  assert_text (fresh, &world.child, &world.record, "alias", "");
  apply_list (fresh, all, NULL);
  assert_text (fresh, &world.child, &world.record, "alias", "Asha");
  tear_down (&world);
}

/* Partner centre's copy is untouched without its own confirmation. */
static void
test_erase_at_partner (void)
{
  World world;
  g_autoptr(Person) other = NULL;
  SanDossier dossier;

  set_up (&world);
  other = person_new (world.one, "case-worker", NULL);
  appoint (world.head, other);
  save_one (world.head, &world.child, 0, &world.record, "welcome", "alias", "Asha");
  share_with_key (&world, 0x01);
  send_dossier (world.one, world.two, &world.child, NULL);
  answer (world.theirs, &world.child, SAN_OFFER_ACCEPT);
  press_erase (&world, other);
  press_erased_row (world.head, &world.child);
  send_dossier (world.one, world.two, &world.child, NULL);
  assert_text (world.two, &world.child, &world.record, "alias", "Asha");
  press_erased_row (world.theirs, &world.child);
  san_store_find_dossier (world.two->store, &world.child, &dossier, NULL);
  g_assert_true (dossier.erased);
  assert_text (world.two, &world.child, &world.record, "alias", "");
  tear_down (&world);
}

/* A partner who never had the bodies goes on behind them: the owner's list says why they are gone.
 */
static void
test_headers_at_partner (void)
{
  World world;
  g_autoptr(Person) other = NULL;
  g_autoptr(Laptop) third = NULL;
  g_autoptr(GPtrArray) here = NULL;
  g_autoptr(GPtrArray) there = NULL;

  set_up (&world);
  other = person_new (world.one, "case-worker", NULL);
  appoint (world.head, other);
  save_one (world.head, &world.child, 0, &world.record, "welcome", "alias", "Asha");
  press_erase (&world, other);
  press_erased_row (world.head, &world.child);
  third = laptop_new (world.there);
  send_with_headers (world.one, third);
  send_with_headers (world.one, third);
  here = san_store_list_heads (world.one->store, &world.child, NULL);
  there = san_store_list_heads (third->store, &world.child, NULL);
  g_assert_cmpuint (there->len, ==, here->len);
  g_assert_cmpuint (((SanHead *)there->pdata[0])->number, ==, ((SanHead *)here->pdata[0])->number);
  g_assert_cmpuint (count_wants (third), >, 0);
  assert_sound (third);
  tear_down (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/partners/offer-counts-when-accepted", test_offer);
  g_test_add_func ("/store/partners/without-history", test_without_history);
  g_test_add_func ("/store/partners/declined-and-changed-mind", test_decline);
  g_test_add_func ("/store/partners/only-a-superintendent-answers",
                   test_offer_answered_by_house_mother);
  g_test_add_func ("/store/partners/unsolicited-dossiers-are-bounded", test_unsolicited);
  g_test_add_func ("/store/partners/not-shared-is-held", test_not_shared_compartment);
  g_test_add_func ("/store/partners/erased-by-two", test_erase);
  g_test_add_func ("/store/partners/erasure-comes-after", test_erase_after);
  g_test_add_func ("/store/partners/erasure-that-counts-no-more", test_erase_undone);
  g_test_add_func ("/store/partners/headers-only-are-not-had", test_headers_only);
  g_test_add_func ("/store/partners/headers-by-the-owners-word", test_headers_at_partner);
  g_test_add_func ("/store/partners/erased-there-when-they-say-so", test_erase_at_partner);
  return g_test_run ();
}
