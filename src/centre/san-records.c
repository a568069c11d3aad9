/* san-records.c - records: new, set, finish, amend, withdraw */
#include "san-records.h"
#include "san-record-view.h"
#include "san-record-write.h"

/**
 * san_record_match:
 * @text: the beginning of a record's id, six letters or more
 *
 * Returns: FALSE with INVALID if that is too short or fits several, NOT_FOUND if none
 */
gboolean
san_record_match (SanCentre *self, const char *text, SanId16 *out, GError **error)
{
  g_autoptr(GPtrArray) found = NULL;
  const SanStoredRecord *first;

  if (strlen (text) < 6)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_INVALID,
                           "give at least the first six letters of a record's id");
      return FALSE;
    }
  found = san_store_match_records (self->store, text, error);
  if (found == NULL)
    return FALSE;
  if (found->len == 0)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "no record begins with \"%s\"", text);
      return FALSE;
    }
  first = g_ptr_array_index (found, 0);
  for (guint i = 1; i < found->len; i++)
    if (!san_id16_equal (&((const SanStoredRecord *) g_ptr_array_index (found, i))->record,
                         &first->record))
      {
        g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID, "several records begin with \"%s\"",
                     text);
        return FALSE;
      }
  *out = first->record;
  return TRUE;
}

/* Dossier, form and state of a record whose whole id is known. */
SanStoredRecord *
san_record_locate (SanCentre *self, const SanId16 *record, GError **error)
{
  g_autofree char *hex = san_id16_to_text (record);
  g_autoptr(GPtrArray) found = san_store_match_records (self->store, hex, error);

  if (found == NULL)
    return NULL;
  if (found->len == 0)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_NOT_FOUND,
                           "there is no such record, or this login cannot read it");
      return NULL;
    }
  return g_ptr_array_steal_index (found, 0);
}

/**
 * san_record_new:
 * @child: (nullable): NULL: about the house
 * @typed: (element-type SanTyped)
 * @record: (out)
 *
 * Writes a record of that form and what the form takes from earlier answers. Forms that begin a
 * stay are refused here: see san_child_admit() and san_child_return().
 *
 * Returns: FALSE with NOT_FOUND (no such form), INVALID (an answer does not fit), REFUSED (not
 * this role's form), LOCKED (a field of a compartment that this login does not hold), or an error
 * of the store; then nothing was written
 */
gboolean
san_record_new (SanCentre *self, const char *form_id, const SanId32 *child, GPtrArray *typed,
                SanId16 *record, GError **error)
{
  const SanForm *form = san_record_need_form (
      self, form_id, child != NULL ? SAN_DOSSIER_CASE : SAN_DOSSIER_HOUSE, error);
  const SanId32 *dossier = child != NULL ? child : &self->house;
  g_autoptr(SanChanges) changes = NULL;
  SanId16 id;

  if (form == NULL)
    return FALSE;
  if (form->starts_stay)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_REFUSED,
                           "a child is welcomed with \"child admit\" or \"child return\"");
      return FALSE;
    }
  if (form->act != NULL)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_REFUSED,
                   "the form \"%s\" is filled in with what it speaks of: use \"%s\"", form_id,
                   form->act);
      return FALSE;
    }
  changes = san_changes_new (self, dossier);
  san_changes_begin (changes, &id);
  if (!san_record_add_typed (self, changes, dossier, form, &id, typed, error) ||
      !san_record_add_offers (self, changes, dossier, form, &id, typed, error) ||
      !san_record_add_opened (self, changes, dossier, form, &id, error) ||
      !san_record_save (self, dossier, changes, error))
    return FALSE;
  *record = id;
  return TRUE;
}

static gboolean
need_open (const SanStoredRecord *stored, GError **error)
{
  if (stored->withdrawn)
    g_set_error_literal (error, SAN_ERROR, SAN_ERROR_REFUSED,
                         "the record was withdrawn: write a new one");
  else if (stored->finished)
    g_set_error_literal (error, SAN_ERROR, SAN_ERROR_REFUSED,
                         "the record is finished: add to it with \"record amend\"");
  else
    return TRUE;
  return FALSE;
}

/**
 * san_record_set:
 * @typed: (element-type SanTyped)
 *
 * Changes some answers of a record that is still open. Errors: as of san_record_new(); REFUSED
 * also once it is finished or withdrawn.
 */
gboolean
san_record_set (SanCentre *self, const SanId16 *record, GPtrArray *typed, GError **error)
{
  g_autoptr(SanStoredRecord) stored = san_record_locate (self, record, error);
  g_autoptr(SanChanges) changes = NULL;
  const SanForm *form;

  if (stored == NULL || !need_open (stored, error))
    return FALSE;
  form = san_catalogue_find_form (self->catalogue, stored->form);
  form = san_record_need_form (self, stored->form, form != NULL ? form->dossier : SAN_DOSSIER_CASE,
                               error);
  if (form == NULL)
    return FALSE;
  changes = san_changes_new (self, &stored->dossier);
  return san_record_add_typed (self, changes, &stored->dossier, form, record, typed, error) &&
         san_record_add_opened (self, changes, &stored->dossier, form, record, error) &&
         san_record_save (self, &stored->dossier, changes, error);
}

/* Each compartment that has writes of the record and that this login can write. */
static gboolean
each_compartment (SanCentre *self, const SanStoredRecord *stored, guint *mask, GError **error)
{
  *mask = stored->mask & san_role_get_writes (self->role);
  if (*mask != 0)
    return TRUE;
  g_set_error_literal (error, SAN_ERROR, SAN_ERROR_LOCKED,
                       "this login cannot write into that record");
  return FALSE;
}

/**
 * san_record_finish:
 *
 * From here on it can only be amended. By whoever began it, on whatever laptop; else REFUSED.
 */
gboolean
san_record_finish (SanCentre *self, const SanId16 *record, GError **error)
{
  g_autoptr(SanStoredRecord) stored = san_record_locate (self, record, error);
  g_autoptr(SanChanges) changes = NULL;
  guint mask;

  if (stored == NULL || !need_open (stored, error) ||
      !each_compartment (self, stored, &mask, error))
    return FALSE;
  if (!san_id32_equal (&stored->author, san_sign_key_get_public (self->seat_key)))
    {
      SanKnownSeat known;

      if (!san_store_find_seat (self->store, &stored->author, &known, NULL) ||
          !san_id16_equal (&known.staff, &self->staff))
        {
          g_set_error_literal (error, SAN_ERROR, SAN_ERROR_REFUSED,
                               "a note is finished by whoever began it");
          return FALSE;
        }
    }
  changes = san_changes_new (self, &stored->dossier);
  for (guint c = 0; c < SAN_N_COMPARTMENTS; c++)
    if ((mask & (1u << c)) && !san_changes_finish (changes, c, record, stored->form, error))
      return FALSE;
  return san_record_save (self, &stored->dossier, changes, error);
}

/* Where a word about the whole record belongs: the form's own compartment if it can be written. */
static guint
main_compartment (SanCentre *self, const SanStoredRecord *stored, guint mask)
{
  const SanForm *form = san_catalogue_find_form (self->catalogue, stored->form);

  if (form != NULL && !form->compartment_varies && (mask & (1u << form->compartment)))
    return form->compartment;
  for (guint c = SAN_N_COMPARTMENTS; c > 0; c--)
    if (mask & (1u << (c - 1)))
      return c - 1;
  return 0;
}

/**
 * san_record_amend:
 *
 * Adds a sentence to a finished record, in the form's own compartment if this login writes there.
 * REFUSED while it is open: then it is simply changed.
 */
gboolean
san_record_amend (SanCentre *self, const SanId16 *record, const char *text, GError **error)
{
  g_autoptr(SanStoredRecord) stored = san_record_locate (self, record, error);
  g_autoptr(SanChanges) changes = NULL;
  guint mask;

  if (stored == NULL || !each_compartment (self, stored, &mask, error))
    return FALSE;
  if (!stored->finished)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_REFUSED,
                           "the record is not finished: change it with \"record set\"");
      return FALSE;
    }
  changes = san_changes_new (self, &stored->dossier);
  return san_changes_amend (changes, main_compartment (self, stored, mask), record, stored->form,
                            text, error) &&
         san_record_save (self, &stored->dossier, changes, error);
}

static gboolean
is_of_act (SanCentre *self, const char *form_id)
{
  const SanForm *form = san_catalogue_find_form (self->catalogue, form_id);

  return form != NULL && form->act != NULL;
}

/**
 * san_record_withdraw:
 *
 * Takes a record back; what stood in it stays in its history. LOCKED if a part of it lies in a
 * compartment that this login does not write, ALREADY if it was taken back before.
 */
gboolean
san_record_withdraw (SanCentre *self, const SanId16 *record, const char *reason, GError **error)
{
  g_autoptr(SanStoredRecord) stored = san_record_locate (self, record, error);
  g_autoptr(SanChanges) changes = NULL;
  guint mask;

  if (stored == NULL || !each_compartment (self, stored, &mask, error))
    return FALSE;
  if (stored->withdrawn)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_ALREADY, "the record was withdrawn before");
      return FALSE;
    }
  if (is_of_act (self, stored->form))
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_REFUSED,
                           "it was signed with what was done, and that stands: add to it with "
                           "\"record amend\"");
      return FALSE;
    }
  if (stored->mask != mask)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_LOCKED,
                           "part of that record is not this login's to withdraw");
      return FALSE;
    }
  changes = san_changes_new (self, &stored->dossier);
  for (guint c = 0; c < SAN_N_COMPARTMENTS; c++)
    if ((mask & (1u << c)) &&
        !san_changes_set_text (changes, c, record, stored->form, SAN_FIELD_WITHDRAW, reason, error))
      return FALSE;
  return san_record_save (self, &stored->dossier, changes, error);
}
