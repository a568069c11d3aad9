/* whole.c - a whole centre on the simulated disk */
#include "whole.h"
#include "san-authority-body.h"
#include "san-carry.h"
#include "san-derive.h"
#include "san-slots.h"
#include "san-founding.h"
#include "san-store-entries.h"
#include "san-store-rights.h"
#include "san-vfs.h"
#include <glib/gstdio.h>
#include <string.h>

#define BEGINNING G_GINT64_CONSTANT (1767225600000)   /* 2026-01-01 */
#define ALL_STANDINGS 31u

guint64
whole_environment (const char *name, guint64 otherwise)
{
  const char *value = g_getenv (name);

  return value != NULL ? g_ascii_strtoull (value, NULL, 10) : otherwise;
}

SanSecret *
whole_words (void)
{
  return san_secret_new_copy (WHOLE_WORDS, strlen (WHOLE_WORDS));
}

guint
whole_draw (Whole *self, guint n)
{
  return (guint) g_rand_int_range (self->rand, 0, (gint32) n);
}

/* A folder on both disks. */
static char *
make_folder (Whole *self, const char *name)
{
  char *path = g_build_filename (self->root, name, NULL);

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  san_sim_disk_make_dir (self->disk, path);
  return path;
}

Whole *
whole_new (const char *what, guint64 seed)
{
  g_autoptr(GError) error = NULL;
  Whole *self = g_new0 (Whole, 1);
  const char *data = g_getenv ("SAN_DATA_DIR");

  self->seed = whole_environment ("SAN_SEED", seed);
  g_test_message ("%s: SAN_SEED=%" G_GUINT64_FORMAT, what, self->seed);
  self->rand = g_rand_new_with_seed ((guint32) self->seed);
  self->catalogue = san_catalogue_load (data, &error);
  g_assert_no_error (error);
  self->programme = san_programme_load (data, self->catalogue, &error);
  g_assert_no_error (error);
  self->root = g_dir_make_tmp ("san-fault-XXXXXX", &error);
  g_assert_no_error (error);
  self->disk = san_sim_disk_new (self->seed);
  g_assert_true (san_vfs_register (SAN_SIM_DISK_VFS, &error));
  self->store = make_folder (self, "store");
  self->state = make_folder (self, "state");
  self->stick = make_folder (self, "stick");
  self->where.store = self->store;
  self->where.state = self->state;
  self->where.data = data;
  self->other_store = make_folder (self, "other-store");
  self->other_state = make_folder (self, "other-state");
  self->other.store = self->other_store;
  self->other.state = self->other_state;
  self->other.data = data;
  san_clock_set (BEGINNING);
  return self;
}

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static void
forget_keys (Whole *self)
{
  san_slot_keys_clear (&self->keys);
  g_clear_pointer (&self->code, san_secret_unref);
}

void
whole_free (Whole *self)
{
  whole_close (self);
  forget_keys (self);
  san_sim_disk_free (self->disk);
  g_assert_true (san_vfs_register (NULL, NULL));
  san_catalogue_unref (self->catalogue);
  san_programme_unref (self->programme);
  g_rand_free (self->rand);
  remove_tree (self->root);
  g_free (self->root);
  g_free (self->store);
  g_free (self->state);
  g_free (self->stick);
  g_free (self->other_store);
  g_free (self->other_state);
  g_free (self);
  san_clock_set (0);
}

void
whole_close (Whole *self)
{
  if (self->centre != NULL)
    san_centre_lock (self->centre);
  g_clear_object (&self->centre);
}

/* --- in and out --- */

gboolean
whole_set_up (Whole *self, GError **error)
{
  g_autoptr(SanSecret) words = whole_words ();
  SanSetup setup = { "Asha Ghar", "Sundarpur", "sunanda", "en", words, 1, FALSE };
  SanSecret *code = NULL;

  self->centre = san_setup_create (&self->where, &setup, &code, error);
  if (self->centre == NULL)
    return FALSE;
  g_clear_pointer (&self->code, san_secret_unref);
  self->code = code;
  return TRUE;
}

void
whole_keep_keys (Whole *self)
{
  san_slot_keys_clear (&self->keys);
  self->keys.sign = san_sign_key_ref (self->centre->seat_key);
  self->keys.box = san_box_key_ref (self->centre->seat_box);
  self->keys.store_key = san_secret_ref (self->centre->store_key);
  self->staff = self->centre->staff;
}

/* san_centre_new() with definitions that are read once. */
static SanCentre *
new_centre (Whole *self, SanStore *store, SanKeyring *keyring, GError **error)
{
  g_autoptr(SanCentre) centre = g_object_new (SAN_TYPE_CENTRE, NULL);

  centre->dir = g_strdup (self->store);
  centre->state_dir = g_strdup (self->state);
  centre->store = store;
  centre->keyring = keyring;
  centre->store_key = san_secret_ref (self->keys.store_key);
  centre->catalogue = san_catalogue_ref (self->catalogue);
  centre->programme = san_programme_ref (self->programme);
  san_store_get_centre (store, &centre->id);
  return san_derive_install (store, self->catalogue, self->programme, error) &&
                 san_slots_redo (centre, error)
             ? g_steal_pointer (&centre)
             : NULL;
}

gboolean
whole_open (Whole *self, GError **error)
{
  g_autoptr(SanKeyring) keyring = san_keyring_load (self->store, error);
  g_autoptr(SanStore) store =
      keyring != NULL ? san_store_open (self->store, self->keys.store_key, error) : NULL;
  g_autoptr(SanCentre) centre = NULL;

  g_assert_null (self->centre);
  if (store == NULL)
    return FALSE;
  centre = new_centre (self, g_steal_pointer (&store), g_steal_pointer (&keyring), error);
  if (centre == NULL || !san_centre_take_seat (centre, self->keys.sign, self->keys.box,
                                               &self->staff, "superintendent", NULL, error))
    return FALSE;
  self->centre = g_steal_pointer (&centre);
  return TRUE;
}

gboolean
whole_unlock (Whole *self, const char *who, GError **error)
{
  g_autoptr(SanSecret) words = whole_words ();

  g_assert_null (self->centre);
  self->centre = san_centre_unlock (&self->where, who, words, NULL, error);
  return self->centre != NULL;
}

/* --- looking --- */

static gboolean
count_entry (SanEntry *entry, gpointer data)
{
  WholeState *state = data;
  g_autoptr(SanAuthorityBody) body = NULL;

  if (san_entry_get_header (entry)->kind == SAN_KIND_AUTHORITY)
    body = san_authority_body_parse (san_entry_get_body (entry), NULL);
  if (body != NULL && body->op == SAN_OP_JOURNAL_NOTICE)
    state->n_notices++;
  else
    state->n_entries++;
  return TRUE;
}

/* The card counts until a number is agreed: after that it is let go with the other one's. The
 * drafts' folder itself does not: without room for it one enters all the same. */
static guint
count_kept (Whole *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) places = san_carry_list_places (self->centre, &error);
  g_auto(GStrv) cards = san_store_list_state (self->centre->store, "pair.", &error);
  g_auto(GStrv) paths = san_sim_disk_list (self->disk);
  g_autofree char *drafts = g_strconcat (self->store, "/drafts/", NULL);
  guint n;

  g_assert_no_error (error);
  n = places->len + (g_strv_contains ((const char *const *) cards, "pair.card") &&
                     !g_strv_contains ((const char *const *) cards, "pair.pending"));
  for (guint i = 0; paths[i] != NULL; i++)
    n += g_str_has_prefix (paths[i], drafts) && !g_str_has_suffix (paths[i], ".tmp");
  return n;
}

void
whole_look (Whole *self, WholeState *out)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) dossiers =
      san_store_list_dossiers (self->centre->store, 0, NULL, ALL_STANDINGS, &error);
  const SanAuthority *authority = san_centre_get_authority (self->centre, &error);

  g_assert_no_error (error);
  memset (out, 0, sizeof *out);
  for (guint i = 0; i < dossiers->len; i++)
    {
      const SanDossier *dossier = g_ptr_array_index (dossiers, i);

      san_store_each_of_dossier (self->centre->store, &dossier->id, count_entry, out, &error);
      g_assert_no_error (error);
      out->n_children += dossier->type == SAN_FOUNDING_CASE;
    }
  out->n_staff = san_authority_get_n_seats (authority);
  out->n_slots = san_keyring_get_n_slots (self->centre->keyring);
  for (guint i = 0; i < out->n_slots; i++)
    out->n_slips += san_keyring_get_slot (self->centre->keyring, i)->kind == SAN_SLOT_SLIP;
  out->n_kept = count_kept (self);
}

char *
whole_describe (const WholeState *state)
{
  return g_strdup_printf (
      "%u entries, %u notices, %u children, %u seats, %u slots, %u of them slips, %u kept",
      state->n_entries, state->n_notices, state->n_children, state->n_staff, state->n_slots,
      state->n_slips, state->n_kept);
}

gboolean
whole_same (const WholeState *a, const WholeState *b)
{
  return a->n_entries == b->n_entries && a->n_children == b->n_children &&
         a->n_staff == b->n_staff && a->n_slots == b->n_slots && a->n_slips == b->n_slips &&
         a->n_kept == b->n_kept;
}

GPtrArray *
whole_heads (Whole *self)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *heads = san_store_list_heads (self->centre->store, NULL, &error);

  g_assert_no_error (error);
  return heads;
}

void
whole_assert_has (Whole *self, GPtrArray *heads, const char *when)
{
  for (guint i = 0; i < heads->len; i++)
    {
      const SanHead *head = g_ptr_array_index (heads, i);

      if (!san_store_has_entry (self->centre->store, &head->id))
        g_error ("%s: an acknowledged entry is gone, number %" G_GUINT64_FORMAT, when,
                 head->number);
    }
}

/* A case (but one that is only offered) without its first record, or a seat whose person has no
 * name, is an act in halves. */
static void
assert_nothing_halved (Whole *self, const char *when)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) cases = san_store_list_dossiers (
      self->centre->store, SAN_FOUNDING_CASE, NULL, ALL_STANDINGS & ~SAN_STANDING_OFFERED, &error);
  g_autoptr(GPtrArray) staff = san_staff_list (self->centre, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < cases->len; i++)
    {
      const SanDossier *dossier = g_ptr_array_index (cases, i);
      g_autoptr(GPtrArray) records =
          san_store_list_records (self->centre->store, &dossier->id, 1u, &error);

      g_assert_no_error (error);
      if (records->len == 0)
        g_error ("%s: a child without a record", when);
    }
  for (guint i = 0; i < staff->len; i++)
    if (g_str_equal (((const SanStaffRow *) g_ptr_array_index (staff, i))->name, "?"))
      g_error ("%s: a seat without a name", when);
}

void
whole_assert_sound (Whole *self, const char *when)
{
  g_autoptr(GError) error = NULL;
  g_auto(SanVerifyReport) report = { 0 };

  san_store_verify (self->centre->store, SAN_VERIFY_ALL, 0, NULL, NULL, NULL, &report, &error);
  if (error != NULL)
    g_error ("%s: verify: %s", when, error->message);
  for (guint i = 0; i < report.problems->len; i++)
    g_printerr ("%s: %s\n", when, (const char *) g_ptr_array_index (report.problems, i));
  g_assert_cmpuint (report.problems->len, ==, 0);
  g_assert_cmpuint (san_store_get_behind_mask (self->centre->store), ==, 0);
  assert_nothing_halved (self, when);
}

void
whole_assert_clear (const GError *error, const char *when)
{
  if (error == NULL)
    g_error ("%s: failed without a word", when);
  if (error->domain != SAN_ERROR)
    g_error ("%s: not one of our errors: %s", when, error->message);
  if (error->code == SAN_ERROR_DONE)
    return;
  if (error->code != SAN_ERROR_IO && error->code != SAN_ERROR_NO_SPACE &&
      error->code != SAN_ERROR_READ_ONLY)
    g_error ("%s: code %d for a failure of the disk: %s", when, error->code, error->message);
}

/* --- acts --- */

static void
tick (void)
{
  san_clock_set (san_clock_now () + 1000);
}

static void
set (GPtrArray *typed, const char *field, const char *text)
{
  san_typed_list_add (typed, field, text);
}

gboolean
whole_admit (Whole *self, GError **error)
{
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  g_autoptr(SanChildRow) row = NULL;
  SanId16 record;

  tick ();
  set (typed, "age", "15");
  set (typed, "age-kind", "stated");
  set (typed, "sex", "f");
  set (typed, "brought-by", "police");
  set (typed, "ill-now", "no");
  set (typed, "tonight", "A light in the corridor.");
  row = san_child_admit (self->centre, typed, &record, error);
  return row != NULL;
}

/* @any FALSE: there is none. */
static gboolean
pick_child (Whole *self, SanId32 *out, gboolean *any, GError **error)
{
  g_autoptr(GPtrArray) cases = san_store_list_dossiers (self->centre->store, SAN_FOUNDING_CASE,
                                                         NULL, SAN_STANDING_SHOWN, error);

  if (cases == NULL)
    return FALSE;
  *any = cases->len > 0;
  if (!*any)
    return TRUE;
  *out = ((const SanDossier *) g_ptr_array_index (cases, whole_draw (self, cases->len)))->id;
  return TRUE;
}

gboolean
whole_write (Whole *self, GError **error)
{
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  SanId32 child;
  SanId16 record;
  gboolean any;

  if (!pick_child (self, &child, &any, error))
    return FALSE;
  if (!any)
    return whole_admit (self, error);
  tick ();
  if (whole_draw (self, 2))
    {
      set (typed, "kind", "arrival");
      set (typed, "height", "151");
      set (typed, "house-does", "Iron tablet after breakfast.");
      return san_record_new (self->centre, "exam", &child, typed, &record, error);
    }
  set (typed, "help-1", "Speak softly; leave the door ajar.");
  set (typed, "threat", "A man who asks for her at the gate.");
  return san_record_new (self->centre, "flags", &child, typed, &record, error);
}

gboolean
whole_note (Whole *self, GError **error)
{
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  SanId16 record;

  tick ();
  set (typed, "note", "The pump was mended.");
  return san_record_new (self->centre, "day-note", NULL, typed, &record, error);
}

gboolean
whole_finish (Whole *self, GError **error)
{
  g_autoptr(GPtrArray) records = NULL;
  const SanStoredRecord *record;
  SanId32 child;
  gboolean any;

  if (!pick_child (self, &child, &any, error))
    return FALSE;
  if (!any)
    return whole_admit (self, error);
  records = san_store_list_records (self->centre->store, &child, 0x3f, error);
  if (records == NULL)
    return FALSE;
  tick ();
  record = g_ptr_array_index (records, whole_draw (self, records->len));
  if (record->withdrawn)
    return whole_note (self, error);
  if (record->finished)
    return whole_draw (self, 2)
               ? san_record_amend (self->centre, &record->record, "She said it otherwise.", error)
               : san_record_withdraw (self->centre, &record->record, "written for another child",
                                      error);
  return san_record_finish (self->centre, &record->record, error);
}

gboolean
whole_add_person (Whole *self, SanSecret **slip, char **name, GError **error)
{
  static const char *const roles[] = { "counsellor", "case-worker", "nurse", "legal", "house" };
  g_autofree char *who = g_strdup_printf ("person %08x", g_rand_int (self->rand));
  SanSecret *words;
  SanId16 staff;

  tick ();
  words = san_staff_add (self->centre, who, roles[whole_draw (self, G_N_ELEMENTS (roles))], "hi",
                         &staff, error);
  if (words == NULL)
    return FALSE;
  if (slip != NULL)
    *slip = san_secret_new_copy (san_secret_get_data (words),
                                 strlen ((const char *) san_secret_get_data (words)));
  if (name != NULL)
    *name = g_steal_pointer (&who);
  san_secret_unref (words);
  return TRUE;
}

gboolean
whole_remove_person (Whole *self, GError **error)
{
  g_autoptr(GPtrArray) staff = san_staff_list (self->centre, error);

  if (staff == NULL)
    return FALSE;
  tick ();
  for (guint i = 0; i < staff->len; i++)
    {
      const SanStaffRow *row = g_ptr_array_index (staff, i);

      if (!san_id16_equal (&row->id, &self->staff) && !g_str_equal (row->state, "removed"))
        return san_staff_remove (self->centre, row->name, "left", error);
    }
  return TRUE;
}

gboolean
whole_rebuild (Whole *self, GError **error)
{
  return san_store_rebuild (self->centre->store, san_store_get_open_mask (self->centre->store),
                            NULL, NULL, NULL, error);
}
