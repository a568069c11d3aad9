/* whole-acts.c - the acts, and the disks they begin on */
#include "whole-acts-private.h"
#include "san-carry.h"
#include "san-partners.h"
#include "san-pieces.h"
#include "san-recovery-code.h"

#define PERSON  "mitali"
#define SUNANDA "sunanda"

SanSecret *whole_the_code;

static SanSecret *the_slip;
static GBytes *the_card;
static char *the_bundle;           /* its path */
static SanSecret *the_next_code;   /* what recovering leaves */

/* --- acts --- */

static gboolean
act_set_up (Whole *whole, GError **error)
{
  return whole_set_up (whole, error);
}

static gboolean
act_unlock (Whole *whole, GError **error)
{
  return whole_unlock (whole, "sunanda", error);
}

static gboolean
act_slip (Whole *whole, GError **error)
{
  g_autoptr(SanSecret) words = whole_words ();

  whole->centre = san_centre_unlock_slip (&whole->where, PERSON, the_slip, words, error);
  return whole->centre != NULL;
}

static gboolean
act_recover (Whole *whole, GError **error)
{
  g_autoptr(SanSecret) words = whole_words ();

  whole->centre =
      san_staff_recover (&whole->where, "sunanda", whole_the_code, words, the_next_code, error);
  return whole->centre != NULL;
}

static gboolean
code_opens (Whole *whole, const SanSecret *code, const char *when)
{
  g_autoptr(SanSecret) words = whole_words ();
  g_autoptr(GError) error = NULL;
  g_autoptr(SanSecret) fresh =
      san_staff_begin_recovery (&whole->where, "sunanda", code, words, NULL, &error);

  if (fresh == NULL && error->code != SAN_ERROR_LOCKED)
    g_error ("%s: a recovery code: %s", when, error->message);
  return fresh != NULL;
}

/* One code, and only one, wherever the power went: the old one before, the new one after. */
static void
check_recover (Whole *whole, gboolean done, const char *when)
{
  if (code_opens (whole, whole_the_code, when) == done ||
      code_opens (whole, the_next_code, when) != done)
    g_error ("%s: %s the change, the wrong recovery code opens", when, done ? "after" : "before");
}

static gboolean
act_add_person (Whole *whole, GError **error)
{
  return whole_add_person (whole, NULL, NULL, error);
}

static gboolean
act_passphrase (Whole *whole, GError **error)
{
  g_autoptr(SanSecret) words = whole_words ();

  return san_staff_set_passphrase (whole->centre, words, words, error);
}

static gboolean
act_attach (Whole *whole, GError **error)
{
  static guint8 bytes[70000];
  g_autoptr(SanPieces) pieces = san_pieces_open (whole->store, error);
  g_autoptr(GBytes) plain = g_bytes_new_static (bytes, sizeof bytes);
  g_autoptr(SanValue) value = NULL;

  if (pieces == NULL)
    return FALSE;
  value = san_pieces_add_bytes (pieces, plain, "image/png", "drawing.png", error);
  return value != NULL;
}

static gboolean
act_close (Whole *whole, GError **error)
{
  gboolean ok = san_store_close (whole->centre->store, error);

  whole_close (whole);
  return ok;
}

static gboolean
is_whole (SanExchangeResult *result, GError **error)
{
  if (result->unsettled != NULL)
    san_error_take_done (error, g_steal_pointer (&result->unsettled), "what came is in");
  else if (result->unwritten != NULL)
    g_propagate_error (error, g_steal_pointer (&result->unwritten));
  else
    return TRUE;
  return FALSE;
}

static gboolean
act_apply (Whole *whole, GError **error)
{
  g_autoptr(SanExchangeResult) result = NULL;

  return san_carry_apply (whole->centre, the_bundle, &result, error) && is_whole (result, error);
}

static gboolean
act_exchange (Whole *whole, GError **error)
{
  g_autoptr(SanExchangeResult) result =
      san_carry_exchange (whole->centre, whole->stick, NULL, NULL, NULL, error);

  return result != NULL && is_whole (result, error);
}

static gboolean
act_backup (Whole *whole, GError **error)
{
  guint n_entries, n_pieces;

  return san_carry_backup (whole->centre, whole->stick, NULL, NULL, &n_entries, &n_pieces, NULL,
                           error);
}

static gboolean
restore (Whole *whole, gboolean dead, GError **error)
{
  g_autoptr(SanSecret) words = whole_words ();
  g_autoptr(GError) local = NULL;
  SanRestoreResult result = { 0 };

  whole->centre = san_carry_restore (&whole->where, whole->stick, whole_the_code, dead,
                                     dead ? NULL : "sunanda", dead ? NULL : words, &result, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
act_restore_dead (Whole *whole, GError **error)
{
  return restore (whole, TRUE, error);
}

static gboolean
act_restore_lost (Whole *whole, GError **error)
{
  return restore (whole, FALSE, error);
}

SanCentre *
whole_join (const SanPlaceOnDisk *where, GBytes *card, GBytes **joining, GError **error)
{
  g_autoptr(SanSecret) words = whole_words ();
  SanSetup setup = { NULL, NULL, "sunanda", "en", words, 1, FALSE };

  return san_setup_join (where, &setup, card, joining, error);
}

static gboolean
act_join (Whole *whole, GError **error)
{
  g_autoptr(GBytes) joining = NULL;

  whole->centre = whole_join (&whole->where, the_card, &joining, error);
  return whole->centre != NULL;
}

const WholeAct whole_acts[] = {
  { "set-up", WHOLE_EMPTY, NULL, SUNANDA, 20, act_set_up },
  { "unlock", WHOLE_ALONE, NULL, SUNANDA, 1, act_unlock },
  { "admit", WHOLE_ALONE, SUNANDA, SUNANDA, 1, whole_admit },
  { "write", WHOLE_ALONE, SUNANDA, SUNANDA, 3, whole_write },
  { "set", WHOLE_PEOPLE, SUNANDA, SUNANDA, 4, whole_do_set },
  { "finish", WHOLE_PEOPLE, SUNANDA, SUNANDA, 6, whole_do_finish },
  { "amend", WHOLE_PEOPLE, SUNANDA, SUNANDA, 6, whole_do_amend },
  { "withdraw", WHOLE_PEOPLE, SUNANDA, SUNANDA, 6, whole_do_withdraw },
  { "attach", WHOLE_ALONE, SUNANDA, SUNANDA, 1, act_attach },
  { "draft", WHOLE_PEOPLE, SUNANDA, SUNANDA, 1, whole_do_draft },
  { "rebuild", WHOLE_ALONE, SUNANDA, SUNANDA, 5, whole_rebuild },
  { "close", WHOLE_ALONE, SUNANDA, SUNANDA, 1, act_close },
  { "add-person", WHOLE_ALONE, SUNANDA, SUNANDA, 5, act_add_person },
  { "slip-again", WHOLE_PEOPLE, SUNANDA, SUNANDA, 8, whole_do_slip_again },
  { "remove-person", WHOLE_ALONE, SUNANDA, SUNANDA, 12, whole_remove_person },
  { "grant", WHOLE_PEOPLE, SUNANDA, SUNANDA, 8, whole_do_grant },
  { "passphrase", WHOLE_ALONE, SUNANDA, SUNANDA, 1, act_passphrase },
  { "recover", WHOLE_ALONE, NULL, SUNANDA, 60, act_recover, check_recover },
  { "slip", WHOLE_SLIP, NULL, PERSON, 8, act_slip },
  { "place-add", WHOLE_PEOPLE, SUNANDA, SUNANDA, 4, whole_do_place },
  { "card-make", WHOLE_PEOPLE, SUNANDA, SUNANDA, 4, whole_do_card },
  { "card-accept", WHOLE_CARDS, SUNANDA, SUNANDA, 8, whole_do_accept_card },
  { "laptop-accept", WHOLE_KNOCKING, SUNANDA, SUNANDA, 8, whole_do_let_in },
  { "share", WHOLE_PAIRED, SUNANDA, SUNANDA, 8, whole_do_share },
  { "share-confirm", WHOLE_PENDING, PERSON, SUNANDA, 8, whole_do_confirm },
  { "offer-accept", WHOLE_PAIRED, SUNANDA, SUNANDA, 8, whole_do_accept_offer },
  { "review-pick", WHOLE_UNSEEN, SUNANDA, SUNANDA, 8, whole_do_decide },
  { "review-accept", WHOLE_UNSEEN, SUNANDA, SUNANDA, 12, whole_do_accept_held },
  { "apply", WHOLE_TWO, SUNANDA, SUNANDA, 2, act_apply },
  { "exchange", WHOLE_TWO, SUNANDA, SUNANDA, 14, act_exchange },
  { "backup", WHOLE_TWO, SUNANDA, SUNANDA, 1, act_backup },
  { "restore-dead", WHOLE_DEAD, NULL, SUNANDA, 2, act_restore_dead },
  { "restore-lost", WHOLE_DEAD, NULL, SUNANDA, 80, act_restore_lost },
  { "join", WHOLE_CARD, NULL, SUNANDA, 2, act_join },
};

guint
whole_count_acts (void)
{
  return G_N_ELEMENTS (whole_acts);
}

/* --- disks --- */

SanSecret *
whole_copy_text (const SanSecret *text)
{
  return san_secret_new_copy (san_secret_get_data (text),
                              strlen ((const char *) san_secret_get_data (text)));
}

void
whole_keep_image (WholeDisks *self, guint image)
{
  whole_close (self->whole);
  self->images[image] = san_sim_disk_snapshot (self->whole->disk);
}

/* The same in each run. */
static void
make_next_code (void)
{
  static const guint8 bytes[16] = "the next code is";
  g_autoptr(SanSecret) code = san_secret_new_copy (bytes, sizeof bytes);

  the_next_code = san_recovery_code_to_text (code);
}

static void
make_alone (WholeDisks *self)
{
  g_autoptr(GError) error = NULL;
  Whole *whole = self->whole;

  whole_set_up (whole, &error);
  g_assert_no_error (error);
  whole_keep_keys (whole);
  make_next_code ();
  whole_the_code = whole_copy_text (whole->code);
  whole_admit (whole, &error);
  whole_admit (whole, &error);
  whole_write (whole, &error);
  act_attach (whole, &error);
  whole_add_person (whole, NULL, NULL, &error);
  whole_add_person (whole, NULL, NULL, &error);
  g_assert_no_error (error);
  whole_keep_image (self, WHOLE_ALONE);
}

static void
make_slip (WholeDisks *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanSecret) words = NULL;
  SanId16 staff;

  whole_unlock (self->whole, "sunanda", &error);
  words = san_staff_add (self->whole->centre, PERSON, "case-worker", "bn", &staff, &error);
  g_assert_no_error (error);
  the_slip = whole_copy_text (words);
  whole_keep_image (self, WHOLE_SLIP);
}

char *
whole_agree (SanCentre *first, GBytes *of_first, SanCentre *second, GBytes *of_second)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *digits = NULL;
  g_autofree char *typed = NULL;
  g_autofree char *number = NULL;
  g_autofree char *other = NULL;

  san_card_number (first, of_second, NULL, &digits, &number, &error);
  g_assert_no_error (error);
  san_card_number (second, of_first, digits, &typed, &other, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (number, ==, other);
  return g_steal_pointer (&number);
}

void
whole_exchange (Whole *whole, SanCentre *centre)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanExchangeResult) result =
      san_carry_exchange (centre, whole->stick, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (result);
}

static GHashTable *
list_stick (Whole *whole)
{
  g_auto(GStrv) paths = san_sim_disk_list (whole->disk);
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; paths[i] != NULL; i++)
    if (g_str_has_prefix (paths[i], whole->stick) && g_str_has_suffix (paths[i], ".dat"))
      g_hash_table_add (names, g_strdup (paths[i]));
  return names;
}

/* What the second laptop writes last is the news. */
static void
write_news (Whole *whole, SanCentre *second)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GHashTable) before = list_stick (whole);
  g_autoptr(GHashTable) after = NULL;
  SanCentre *first = whole->centre;
  GHashTableIter iter;
  gpointer path;

  whole->centre = second;
  whole_admit (whole, &error);
  whole_write (whole, &error);
  whole_note (whole, &error);
  whole->centre = first;
  g_assert_no_error (error);
  whole_exchange (whole, second);
  after = list_stick (whole);
  g_hash_table_iter_init (&iter, after);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    if (!g_hash_table_contains (before, path))
      the_bundle = g_strdup (path);
  g_assert_nonnull (the_bundle);
}

static void
make_two (WholeDisks *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) joining = NULL;
  g_autoptr(SanCentre) second = NULL;
  g_autofree char *number = NULL;
  Whole *whole = self->whole;

  whole_unlock (whole, "sunanda", &error);
  the_card = san_card_make (whole->centre, &error);
  g_assert_no_error (error);
  second = whole_join (&whole->other, the_card, &joining, &error);
  g_assert_no_error (error);
  number = whole_agree (whole->centre, the_card, second, joining);
  whole_remember_knocking (joining, number);
  whole_keep_image (self, WHOLE_KNOCKING);
  whole_unlock (whole, "sunanda", &error);
  whole_do_let_in (whole, &error);
  g_assert_no_error (error);
  whole_exchange (whole, whole->centre);
  whole_exchange (whole, second);
  whole_exchange (whole, whole->centre);
  write_news (whole, second);
  san_centre_lock (second);
  whole_keep_image (self, WHOLE_TWO);
}

static void
keep_stick_only (WholeDisks *self, guint image, gboolean stick)
{
  g_auto(GStrv) paths = san_sim_disk_list (self->whole->disk);

  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autoptr(GBytes) file = san_sim_disk_get_file (self->whole->disk, paths[i]);

      if (file != NULL && !(stick && g_str_has_prefix (paths[i], self->whole->stick)))
        san_sim_disk_put_file (self->whole->disk, paths[i], NULL);
    }
  whole_keep_image (self, image);
}

static void
make_dead (WholeDisks *self)
{
  g_autoptr(GError) error = NULL;

  san_sim_disk_restore (self->whole->disk, self->images[WHOLE_ALONE]);
  whole_unlock (self->whole, "sunanda", &error);
  act_backup (self->whole, &error);
  whole_admit (self->whole, &error);
  act_backup (self->whole, &error);
  g_assert_no_error (error);
  whole_close (self->whole);
  keep_stick_only (self, WHOLE_DEAD, TRUE);
  keep_stick_only (self, WHOLE_CARD, FALSE);
}

void
whole_disks_make (WholeDisks *self, const char *what, guint64 seed)
{
  memset (self, 0, sizeof *self);
  self->whole = whole_new (what, seed);
  whole_keep_image (self, WHOLE_EMPTY);
  make_alone (self);
  make_slip (self);
  san_sim_disk_restore (self->whole->disk, self->images[WHOLE_ALONE]);
  make_two (self);
  whole_make_unseen (self);
  make_dead (self);
  whole_make_together (self);
}

void
whole_disks_clear (WholeDisks *self)
{
  for (guint i = 0; i < WHOLE_N_IMAGES; i++)
    san_sim_image_free (self->images[i]);
  whole_free (self->whole);
  whole_forget_together ();
  g_clear_pointer (&the_slip, san_secret_unref);
  g_clear_pointer (&whole_the_code, san_secret_unref);
  g_clear_pointer (&the_card, g_bytes_unref);
  g_clear_pointer (&the_bundle, g_free);
}

/* --- before and after --- */

void
whole_act_begin (WholeDisks *self, const WholeAct *act)
{
  g_autoptr(GError) error = NULL;

  whole_close (self->whole);
  san_sim_disk_restore (self->whole->disk, self->images[act->image]);
  if (act->who != NULL)
    whole_unlock (self->whole, act->who, &error);
  g_assert_no_error (error);
}

gboolean
whole_act_run (Whole *whole, const WholeAct *act, GError **error)
{
  g_rand_set_seed (whole->rand, 1);
  return act->run (whole, error);
}

gboolean
whole_act_look_again (Whole *whole, const WholeAct *act, gboolean lightly, WholeState *state,
                      const char *when)
{
  g_autoptr(GError) error = NULL;

  whole_close (whole);
  memset (state, 0, sizeof *state);
  if (whole_unlock (whole, "sunanda", &error))
    {
      if (!whole->centre->joining)
        {
          whole_look (whole, state);
          if (!lightly)
            whole_assert_sound (whole, when);
        }
      else
        state->n_slots = san_keyring_get_n_slots (whole->centre->keyring);
      whole_close (whole);
      return TRUE;
    }
  if (!g_error_matches (error, SAN_ERROR, SAN_ERROR_NOT_FOUND))
    g_error ("%s: does not open: %s", when, error->message);
  return FALSE;
}

void
whole_act_check (Whole *whole, const WholeAct *act, gboolean done, const char *when)
{
  whole_close (whole);
  if (act->check != NULL)
    act->check (whole, done, when);
}

void
whole_act_enter (Whole *whole, const WholeAct *act, const char *when)
{
  g_autoptr(GError) error = NULL;

  if (!whole_unlock (whole, act->enters, &error))
    g_error ("%s: %s cannot enter: %s", when, act->enters, error->message);
  whole_close (whole);
}

void
whole_act_measure (WholeDisks *self, const WholeAct *act, WholeState *before, WholeState *after,
                   guint *n_changes)
{
  g_autoptr(GError) error = NULL;
  guint64 from;

  san_sim_disk_restore (self->whole->disk, self->images[act->image]);
  whole_act_look_again (self->whole, act, FALSE, before, act->name);
  whole_act_begin (self, act);
  from = san_sim_disk_get_n_changes (self->whole->disk);
  if (!whole_act_run (self->whole, act, &error))
    g_error ("%s: %s", act->name, error->message);
  *n_changes = (guint) (san_sim_disk_get_n_changes (self->whole->disk) - from);
  whole_act_look_again (self->whole, act, FALSE, after, act->name);
}
