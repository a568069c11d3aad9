/* san-sheet.c - all that a page needs to show one form, filled in or new */
#include "san-sheet.h"
#include "san-centre-private.h"
#include "san-derive.h"
#include "san-prefill.h"
#include "san-record-view.h"
#include "san-record-write.h"
#include "san-staff.h"
#include "san-system-forms.h"
#include <string.h>

static void
person_free (SanSheetPerson *person)
{
  g_free (person->name);
  g_free (person->role);
  g_free (person->phone);
  g_free (person);
}

static void
offer_free (SanOffer *offer)
{
  san_value_unref (offer->value);
  g_free (offer->author);
  g_free (offer);
}

void
san_sheet_free (SanSheet *self)
{
  if (self == NULL)
    return;
  g_free (self->alias);
  g_free (self->sign);
  g_free (self->bed);
  g_clear_pointer (&self->view, san_record_view_free);
  g_clear_pointer (&self->draft, san_unfinished_free);
  g_clear_pointer (&self->facts, san_fact_set_unref);
  g_clear_pointer (&self->offers, g_ptr_array_unref);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_free (self);
}

/* A person may have a seat on each laptop: one row for all of them. */
static GPtrArray *
list_people (SanCentre *self, GError **error)
{
  g_autoptr(GPtrArray) seats = san_staff_list (self, error);
  g_autoptr(GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify) person_free);

  if (seats == NULL)
    return NULL;
  for (guint i = 0; i < seats->len; i++)
    {
      const SanStaffRow *seat = g_ptr_array_index (seats, i);
      SanSheetPerson *person = NULL;

      if (g_str_equal (seat->state, "removed") || seat->name == NULL || seat->name[0] == '\0')
        continue;
      for (guint p = 0; p < people->len && person == NULL; p++)
        if (san_id16_equal (&((SanSheetPerson *) people->pdata[p])->id, &seat->id))
          person = people->pdata[p];
      if (person == NULL)
        {
          person = g_new0 (SanSheetPerson, 1);
          person->id = seat->id;
          person->name = g_strdup (seat->name);
          person->role = g_strdup (san_role_is_slip (seat->role) ? san_role_get_slip_of (seat->role)
                                                                 : seat->role);
          person->phone =
              san_centre_dup_house_text (self, &seat->id, SAN_FORM_STAFF, SAN_STAFF_PHONE);
          g_ptr_array_add (people, person);
        }
      person->rings |= seat->rings;
    }
  return g_steal_pointer (&people);
}

static gboolean
asks_for_child (const SanForm *form)
{
  for (guint i = 0; i < form->n_fields; i++)
    if (form->fields[i]->type == SAN_FIELD_CHILD)
      return TRUE;
  for (guint t = 0; t < form->n_tables; t++)
    for (guint c = 0; c < form->tables[t]->n_columns; c++)
      if (form->tables[t]->columns[c]->type == SAN_FIELD_CHILD)
        return TRUE;
  return FALSE;
}

static SanOffer *
offer_new (SanCentre *self, SanFactSet *facts, const SanProposal *proposal)
{
  SanOffer *offer = g_new0 (SanOffer, 1);
  const SanFactRecord *record =
      san_id16_is_zero (&proposal->from) ? NULL : san_fact_set_find_record (facts, &proposal->from);
  g_autoptr(SanStoredRecord) stored =
      record != NULL ? san_record_locate (self, &proposal->from, NULL) : NULL;
  SanMoment moment;

  offer->field = proposal->field;
  offer->value = san_value_ref (proposal->value);
  offer->from = proposal->from;
  if (record == NULL)
    return offer;
  offer->form = san_catalogue_find_form (self->catalogue, record->form);
  offer->at =
      san_fact_set_get_moment (facts, &proposal->from, &moment) ? moment.first : record->written.ms;
  offer->author = stored != NULL ? san_centre_dup_author (self, &stored->author) : NULL;
  return offer;
}

static void
add_offers (SanCentre *self, SanSheet *sheet)
{
  SanInstant now = { san_clock_now (), san_clock_zone (san_clock_now ()) };
  g_autoptr(GPtrArray) proposals = san_prefill_propose (sheet->form, sheet->facts, sheet->writes,
                                                        self->clock_doubtful ? NULL : &now);

  for (guint i = 0; i < proposals->len; i++)
    g_ptr_array_add (sheet->offers,
                     offer_new (self, sheet->facts, g_ptr_array_index (proposals, i)));
}

static gboolean
is_hers (SanCentre *self, const SanStoredRecord *stored)
{
  SanKnownSeat known;

  return san_id32_equal (&stored->author, san_sign_key_get_public (self->seat_key)) ||
         (san_store_find_seat (self->store, &stored->author, &known, NULL) &&
          san_id16_equal (&known.staff, &self->staff));
}

static gboolean
open_record (SanCentre *self, SanSheet *sheet, const SanId16 *record, GError **error)
{
  g_autoptr(SanStoredRecord) stored = san_record_locate (self, record, error);

  if (stored == NULL)
    return FALSE;
  sheet->record = *record;
  sheet->child = san_id32_equal (&stored->dossier, &self->house) ? san_id32_zero : stored->dossier;
  sheet->view = san_record_get (self, record, FALSE, error);
  sheet->form = san_catalogue_find_form (self->catalogue, stored->form);
  sheet->may_finish = is_hers (self, stored);
  return sheet->view != NULL;
}

static gboolean
open_new (SanCentre *self, SanSheet *sheet, const char *form, const SanId32 *child, GError **error)
{
  sheet->form = san_catalogue_find_form (self->catalogue, form);
  if (sheet->form == NULL)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "there is no form \"%s\"", form);
      return FALSE;
    }
  if (child != NULL && sheet->form->dossier == SAN_DOSSIER_CASE)
    sheet->child = *child;
  sheet->may_finish = TRUE;
  return TRUE;
}

/* Her own draft of just this; there may be none, and no room to keep any. */
static void
add_draft (SanCentre *self, SanSheet *sheet, const char *form)
{
  g_autoptr(SanDraftKeeper) drafts = san_centre_dup_drafts (self);

  if (drafts != NULL)
    sheet->draft = san_draft_keeper_find (drafts, form, &sheet->child, &sheet->record, NULL);
}

SanSheet *
san_sheet_open (SanCentre *self, const char *form, const SanId32 *child, const SanId16 *record,
                GError **error)
{
  g_autoptr(SanSheet) sheet = g_new0 (SanSheet, 1);
  gboolean is_new = record == NULL || san_id16_is_zero (record);
  const SanId32 *dossier;

  sheet->offers = g_ptr_array_new_with_free_func ((GDestroyNotify) offer_free);
  sheet->reads = san_store_get_open_mask (self->store) & self->reads;
  sheet->writes = san_role_get_writes (self->role) & sheet->reads;
  if (!(is_new ? open_new (self, sheet, form, child, error)
               : open_record (self, sheet, record, error)))
    return NULL;
  sheet->may_write = sheet->form != NULL && san_form_may_write (sheet->form, self->role);
  dossier = san_id32_is_zero (&sheet->child) ? &self->house : &sheet->child;
  sheet->facts =
      !is_new || sheet->form->dossier == SAN_DOSSIER_HOUSE || !san_id32_is_zero (&sheet->child)
          ? san_derive_facts (self->store, self->catalogue, dossier, sheet->reads, error)
          : san_fact_set_new (self->catalogue);
  sheet->people = sheet->facts != NULL ? list_people (self, error) : NULL;
  if (sheet->people == NULL)
    return NULL;
  if (sheet->form != NULL && asks_for_child (sheet->form) &&
      (sheet->children = san_child_list (self, NULL, NULL, error)) == NULL)
    return NULL;
  if (is_new)
    add_offers (self, sheet);
  if (!san_id32_is_zero (&sheet->child))
    san_child_dup_tag (self, &sheet->child, &sheet->alias, &sheet->sign, &sheet->bed);
  add_draft (self, sheet, sheet->form != NULL ? sheet->form->id : form);
  return g_steal_pointer (&sheet);
}

char *
san_sheet_dup_readers (const SanSheet *self, guint compartment)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < self->people->len; i++)
    {
      const SanSheetPerson *person = g_ptr_array_index (self->people, i);

      if (person->rings & (1u << compartment))
        g_ptr_array_add (names, person->name);
    }
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **) names->pdata);
}

const SanSheetPerson *
san_sheet_find_person (const SanSheet *self, const SanId16 *id)
{
  for (guint i = 0; i < self->people->len; i++)
    if (san_id16_equal (&((const SanSheetPerson *) g_ptr_array_index (self->people, i))->id, id))
      return g_ptr_array_index (self->people, i);
  return NULL;
}

static gboolean
save_new (SanCentre *self, const SanForm *form, const SanId32 *child, SanId16 *record,
          SanId32 *child_out, GPtrArray *typed, GError **error)
{
  gboolean has_child = child != NULL && !san_id32_is_zero (child);
  g_autoptr(SanChildRow) row = NULL;

  if (!form->starts_stay)
    {
      if (child_out != NULL && has_child)
        *child_out = *child;
      return san_record_new (self, form->id,
                             has_child && form->dossier == SAN_DOSSIER_CASE ? child : NULL, typed,
                             record, error);
    }
  row = has_child ? san_child_return (self, child, typed, record, error)
                  : san_child_admit (self, typed, record, error);
  if (row == NULL)
    return FALSE;
  if (child_out != NULL)
    *child_out = row->id;
  return TRUE;
}

gboolean
san_sheet_save (SanCentre *self, const char *form_id, const SanId32 *child, SanId16 *record,
                SanId32 *child_out, GPtrArray *typed, gboolean finish, GError **error)
{
  const SanForm *form = san_catalogue_find_form (self->catalogue, form_id);

  if (san_id16_is_zero (record))
    {
      if (form == NULL)
        {
          g_set_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "there is no form \"%s\"", form_id);
          return FALSE;
        }
      if (!save_new (self, form, child, record, child_out, typed, error))
        return FALSE;
    }
  else if (typed->len > 0 && !san_record_set (self, record, typed, error))
    return FALSE;
  return !finish || san_record_finish (self, record, error);
}
