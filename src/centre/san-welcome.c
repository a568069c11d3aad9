/* san-welcome.c - a child at the door
 *
 * What the page of welcoming asks: proposals before anything is typed, a look at what is typed, and
 * the welcome itself with what it makes due. */
#include "san-welcome.h"
#include "san-dues.h"
#include "san-proposals.h"

#define FORM_WELCOME "welcome"
#define FORM_RETURN  "return"
#define LETTERS      3                   /* that a look needs */
#define DAY_MS       ((gint64) 24 * 60 * 60 * 1000)

void
san_welcome_offer_free (SanWelcomeOffer *self)
{
  g_free (self->alias);
  g_free (self->sign);
  g_free (self->bed);
  g_free (self);
}

void
san_welcome_look_free (SanWelcomeLook *self)
{
  g_ptr_array_unref (self->before);
  g_free (self);
}

void
san_welcomed_free (SanWelcomed *self)
{
  g_free (self->alias);
  g_free (self);
}

static const char *
find_typed (GPtrArray *typed, const char *field)
{
  for (guint i = 0; i < typed->len; i++)
    {
      const SanTyped *one = g_ptr_array_index (typed, i);

      if (g_str_equal (one->field, field))
        return one->text;
    }
  return NULL;
}

/* What she had, where nobody has it now, stands before what is proposed. */
static gboolean
add_hers (SanCentre *self, SanProposals *proposals, const SanId32 *back, GPtrArray *typed,
          GError **error)
{
  g_autofree char *alias = NULL;
  g_autofree char *sign = NULL;
  g_autofree char *bed = NULL;

  if (!san_child_dup_tag (self, back, &alias, &sign, &bed))
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "there is no such child here");
      return FALSE;
    }
  if (*alias != '\0' && san_proposals_judge (proposals, alias, NULL) == SAN_ALIAS_FREE)
    san_typed_list_add (typed, "alias", alias);
  if (*sign != '\0' && !san_proposals_has_sign (proposals, sign))
    san_typed_list_add (typed, "sign", sign);
  if (*bed != '\0' && !san_proposals_has_bed (proposals, bed))
    san_typed_list_add (typed, "bed", bed);
  return TRUE;
}

SanWelcomeOffer *
san_welcome_offer (SanCentre *self, const SanId32 *back, GError **error)
{
  g_autoptr(SanProposals) proposals = san_proposals_new (self, error);
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  SanWelcomeOffer *offer;

  if (proposals == NULL || (back != NULL && !add_hers (self, proposals, back, typed, error)) ||
      !san_proposals_complete (proposals, typed, error))
    return NULL;
  offer = g_new0 (SanWelcomeOffer, 1);
  offer->alias = g_strdup (find_typed (typed, "alias"));
  offer->sign = g_strdup (find_typed (typed, "sign"));
  offer->bed = g_strdup (find_typed (typed, "bed"));
  return offer;
}

static gboolean
has_row (GPtrArray *rows, const SanId32 *child)
{
  for (guint i = 0; i < rows->len; i++)
    if (san_id32_equal (&((const SanChildRow *) g_ptr_array_index (rows, i))->id, child))
      return TRUE;
  return FALSE;
}

/* Who is in care is not at the door. */
static gboolean
add_before (SanCentre *self, const char *text, GPtrArray *before, GError **error)
{
  g_autoptr(GPtrArray) rows = NULL;

  if (text == NULL || g_utf8_strlen (text, -1) < LETTERS)
    return TRUE;
  rows = san_child_list (self, text, NULL, error);
  if (rows == NULL)
    return FALSE;
  g_ptr_array_set_free_func (rows, NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      SanChildRow *row = g_ptr_array_index (rows, i);

      if (before->len < SAN_WELCOME_BEFORE_LIMIT && !g_str_equal (row->status, "in-care") &&
          !has_row (before, &row->id))
        g_ptr_array_add (before, row);
      else
        san_child_row_free (row);
    }
  return TRUE;
}

SanWelcomeLook *
san_welcome_look (SanCentre *self, const char *alias, const char *name, GError **error)
{
  g_autoptr(SanProposals) proposals = san_proposals_new (self, error);
  g_autoptr(GPtrArray) before =
      g_ptr_array_new_with_free_func ((GDestroyNotify) san_child_row_free);
  SanWelcomeLook *look;

  if (proposals == NULL || !add_before (self, name, before, error) ||
      !add_before (self, alias, before, error))
    return NULL;
  look = g_new0 (SanWelcomeLook, 1);
  look->verdict = alias != NULL && *alias != '\0' ? san_proposals_judge (proposals, alias, name)
                                                  : SAN_ALIAS_FREE;
  look->before = g_steal_pointer (&before);
  return look;
}

/* The form of a return asks less: what was said at her first welcome stands there. */
static GPtrArray *
keep_known (SanCentre *self, const char *form_id, GPtrArray *typed)
{
  const SanForm *form = san_catalogue_find_form (self->catalogue, form_id);
  GPtrArray *kept = san_typed_list_new ();

  for (guint i = 0; i < typed->len; i++)
    {
      const SanTyped *one = g_ptr_array_index (typed, i);

      if (form != NULL && san_form_find_field (form, one->field) != NULL)
        san_typed_list_add (kept, one->field, one->text);
    }
  return kept;
}

static gboolean
count_dues (SanCentre *self, SanWelcomed *welcomed, GError **error)
{
  g_autoptr(GPtrArray) dues = san_dues_list (self, 0, &welcomed->child, NULL, error);
  gint64 now = san_clock_now ();

  if (dues == NULL)
    return FALSE;
  for (guint i = 0; i < dues->len; i++)
    {
      const SanDueItem *due = g_ptr_array_index (dues, i);

      if (due->at.ms > now + DAY_MS)
        continue;
      welcomed->n_due++;
      welcomed->by = MAX (welcomed->by, due->at.ms);
    }
  return TRUE;
}

SanWelcomed *
san_welcome (SanCentre *self, const SanId32 *back, GPtrArray *typed, GError **error)
{
  g_autoptr(SanProposals) proposals = san_proposals_new (self, error);
  g_autoptr(GPtrArray) known = NULL;
  g_autoptr(SanChildRow) row = NULL;
  g_autoptr(SanWelcomed) welcomed = g_new0 (SanWelcomed, 1);
  const char *alias = find_typed (typed, "alias");

  if (proposals == NULL)
    return NULL;
  welcomed->verdict = alias != NULL
                          ? san_proposals_judge (proposals, alias, find_typed (typed, "name"))
                          : SAN_ALIAS_FREE;
  if (welcomed->verdict != SAN_ALIAS_FREE)
    return g_steal_pointer (&welcomed);
  known = keep_known (self, back != NULL ? FORM_RETURN : FORM_WELCOME, typed);
  row = back != NULL ? san_child_return (self, back, known, &welcomed->record, error)
                     : san_child_admit (self, known, &welcomed->record, error);
  if (row == NULL)
    return NULL;
  welcomed->child = row->id;
  welcomed->alias = g_strdup (row->alias);
  /* She is welcomed, whatever counting says. */
  count_dues (self, welcomed, NULL);
  return g_steal_pointer (&welcomed);
}
