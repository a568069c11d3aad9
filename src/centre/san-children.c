/* san-children.c - children: welcomed, listed, found, welcomed back */
#include "san-records.h"
#include "san-derive.h"
#include "san-dossier-rights.h"
#include "san-press.h"
#include "san-proposals.h"
#include "san-record-view.h"
#include "san-record-write.h"
#include "san-search-key.h"
#include "san-store-rights.h"

#define FORM_WELCOME "welcome"
#define FORM_RETURN  "return"
#define SEARCH_LIMIT 500

void
san_child_row_free (SanChildRow *self)
{
  g_free (self->alias);
  g_free (self->sign);
  g_free (self->bed);
  g_free (self->name);
  g_free (self->status);
  g_free (self->found_by);
  g_free (self->shared_with);
  g_free (self);
}

static int
day_of_stay (gint64 arrived, int zone)
{
  SanInstant from = { arrived, (gint16) zone };
  SanInstant now = { san_clock_now (), san_clock_zone (san_clock_now ()) };

  return san_date_from_instant (&now).days - san_date_from_instant (&from).days + 1;
}

static char *
dup_name (SanCentre *self, const SanId32 *dossier)
{
  g_autoptr(SanSummaryRow) summary = NULL;
  g_autoptr(GVariant) variant = NULL;
  const char *name;

  if (!san_centre_can_read (self, SAN_COMPARTMENT_CASE))
    return NULL;
  summary = san_store_dup_summary (self->store, SAN_COMPARTMENT_CASE, dossier, NULL);
  if (summary == NULL || summary->data == NULL)
    return NULL;
  variant = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE_STRING, summary->data, FALSE));
  name = g_variant_get_string (variant, NULL);
  return *name != '\0' ? g_strdup (name) : NULL;
}

/* The first other centre that has to do with this child. */
static char *
dup_shared_with (SanCentre *self, const SanId32 *dossier)
{
  SanDossierRights *rights = san_store_get_rights (self->store, dossier, NULL);
  g_autoptr(GArray) readers = rights != NULL ? san_dossier_rights_list_readers (rights, SAN_COMPARTMENT_HOUSE) : NULL;

  for (guint i = 0; readers != NULL && i < readers->len; i++)
    if (!san_id32_equal (&g_array_index (readers, SanId32, i), &self->id))
      return san_centre_dup_partner_label (self, &g_array_index (readers, SanId32, i));
  return NULL;
}

static SanChildRow *
row_from_summary (SanCentre *self, const SanSummaryRow *summary)
{
  SanChildRow *row = g_new0 (SanChildRow, 1);
  gboolean has_stay = FALSE;
  gint32 zone = 0;
  guint32 stays = 0;
  gint64 from = 0;

  row->id = summary->dossier;
  row->status = g_strdup (san_child_status_name (summary->status));
  if (summary->data != NULL)
    {
      g_autoptr(GVariant) variant = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (SAN_SUMMARY_TYPE),
                                                                                  summary->data, FALSE));
      g_variant_get (variant, SAN_SUMMARY_TYPE, &row->alias, &row->sign, &row->bed, &from, &has_stay, &zone, &stays);
    }
  row->admitted.ms = from;
  row->admitted.zone = (gint16) zone;
  row->stay = (int) stays;
  row->day = has_stay ? day_of_stay (from, zone) : 0;
  return row;
}

static int
status_from_name (const char *status, GError **error)
{
  if (status == NULL)
    return -1;
  for (guint i = 0; i <= SAN_STATUS_CLOSED; i++)
    if (g_str_equal (san_child_status_name (i), status))
      return (int) i;
  g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID, "\"%s\" is no status: in-care, follow-up, closed", status);
  return -2;
}

typedef struct
{
  SanChildRow *row;
  guint        rank;
} Found;

static int
compare_found (gconstpointer a, gconstpointer b)
{
  const Found *one = a;
  const Found *two = b;

  if (one->rank != two->rank)
    return one->rank < two->rank ? -1 : 1;
  return g_strcmp0 (one->row->alias, two->row->alias);
}

static Found *
find_found (GArray *found, const SanId32 *id)
{
  for (guint i = 0; i < found->len; i++)
    if (san_id32_equal (&g_array_index (found, Found, i).row->id, id))
      return &g_array_index (found, Found, i);
  return NULL;
}

/* A child is as near as the nearest of her names. */
static void
add_hit (SanCentre *self, const SanSearchHit *hit, const char *latin, int status, GArray *found)
{
  g_autofree char *shown = san_search_latin (hit->shown);
  g_autoptr(SanSummaryRow) summary = NULL;
  Found one = { NULL, san_search_rank (latin, shown) };
  Found *before = find_found (found, &hit->dossier);

  if (before != NULL)
    {
      if (one.rank >= before->rank)
        return;
      before->rank = one.rank;
      g_free (before->row->found_by);
      before->row->found_by = g_strdup (hit->kind);
      return;
    }
  summary = san_store_dup_summary (self->store, SAN_COMPARTMENT_HOUSE, &hit->dossier, NULL);
  if (summary == NULL || (status >= 0 && (int) summary->status != status))
    return;
  one.row = row_from_summary (self, summary);
  one.row->found_by = g_strdup (hit->kind);
  g_array_append_val (found, one);
}

/* Candidates by the lossy key, ranked by the finer one. */
static GPtrArray *
search_children (SanCentre *self, const char *text, int status, GError **error)
{
  g_autofree char *keys = san_search_joined (text);
  g_autofree char *latin = san_search_latin (text);
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) san_child_row_free);
  g_autoptr(GArray) found = g_array_new (FALSE, FALSE, sizeof (Found));
  g_autoptr(GPtrArray) hits = NULL;

  if (*keys == '\0')
    return g_steal_pointer (&rows);
  hits = san_store_search (self->store, keys, san_store_get_open_mask (self->store), SEARCH_LIMIT, error);
  if (hits == NULL)
    return NULL;
  for (guint i = 0; i < hits->len; i++)
    add_hit (self, g_ptr_array_index (hits, i), latin, status, found);
  g_array_sort (found, compare_found);
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (rows, g_array_index (found, Found, i).row);
  return g_steal_pointer (&rows);
}

GPtrArray *
san_child_list (SanCentre *self, const char *search, const char *status, GError **error)
{
  int wanted = status_from_name (status, error);
  g_autoptr(GPtrArray) summaries = NULL;
  g_autoptr(GPtrArray) rows = NULL;

  if (wanted == -2)
    return NULL;
  if (search != NULL)
    return search_children (self, search, wanted, error);
  summaries = san_store_list_summaries (self->store, SAN_COMPARTMENT_HOUSE, wanted, 0, G_MAXUINT, error);
  if (summaries == NULL)
    return NULL;
  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) san_child_row_free);
  for (guint i = 0; i < summaries->len; i++)
    g_ptr_array_add (rows, row_from_summary (self, g_ptr_array_index (summaries, i)));
  return g_steal_pointer (&rows);
}

SanChildRow *
san_child_get (SanCentre *self, const SanId32 *child, GError **error)
{
  g_autoptr(SanSummaryRow) summary = san_store_dup_summary (self->store, SAN_COMPARTMENT_HOUSE, child, error);
  SanChildRow *row;

  if (summary == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "there is no such child here");
      return NULL;
    }
  row = row_from_summary (self, summary);
  row->name = dup_name (self, child);
  row->shared_with = dup_shared_with (self, child);
  san_store_add_access (self->store, child, san_sign_key_get_public (self->seat_key), "opened", san_clock_now (), NULL);
  return row;
}

gboolean
san_child_dup_tag (SanCentre *self, const SanId32 *child, char **alias, char **sign, char **bed)
{
  g_autoptr(SanSummaryRow) summary = san_store_dup_summary (self->store, SAN_COMPARTMENT_HOUSE, child, NULL);
  SanChildRow *row = summary != NULL ? row_from_summary (self, summary) : NULL;

  *alias = g_strdup (row != NULL && row->alias != NULL ? row->alias : "");
  *sign = g_strdup (row != NULL && row->sign != NULL ? row->sign : "");
  *bed = g_strdup (row != NULL && row->bed != NULL ? row->bed : "");
  g_clear_pointer (&row, san_child_row_free);
  return summary != NULL;
}

static int
compare_views (gconstpointer a, gconstpointer b)
{
  const SanRecordView *one = *(SanRecordView *const *) a;
  const SanRecordView *two = *(SanRecordView *const *) b;

  if (one->at_ms != two->at_ms)
    return one->at_ms > two->at_ms ? -1 : 1;
  return san_id16_compare (&one->id, &two->id);
}

GPtrArray *
san_child_records (SanCentre *self, const SanId32 *child, GError **error)
{
  g_autoptr(GPtrArray) stored = san_store_list_records (self->store, child, san_store_get_open_mask (self->store), error);
  g_autoptr(GPtrArray) views = g_ptr_array_new_with_free_func ((GDestroyNotify) san_record_view_free);

  if (stored == NULL)
    return NULL;
  for (guint i = 0; i < stored->len; i++)
    g_ptr_array_add (views, san_record_view_new (self, g_ptr_array_index (stored, i)));
  g_ptr_array_sort (views, compare_views);
  return g_steal_pointer (&views);
}

static gboolean
find_by_alias (SanCentre *self, const char *text, SanId32 *out, GError **error)
{
  g_autoptr(GPtrArray) rows = san_child_list (self, NULL, NULL, error);
  guint n = 0;

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const SanChildRow *row = g_ptr_array_index (rows, i);

      if (row->alias != NULL && g_ascii_strcasecmp (row->alias, text) == 0)
        {
          *out = row->id;
          n++;
        }
    }
  if (n == 1)
    return TRUE;
  g_set_error (error, SAN_ERROR, n == 0 ? SAN_ERROR_NOT_FOUND : SAN_ERROR_INVALID,
               n == 0 ? "no child here is called \"%s\"" : "several children are called \"%s\": give the id", text);
  return FALSE;
}

static gboolean
is_hex (const char *text)
{
  gsize n = strspn (text, "0123456789abcdef");

  return n >= 6 && text[n] == '\0';
}

gboolean
san_child_find (SanCentre *self, const char *text, SanId32 *out, GError **error)
{
  g_autoptr(GPtrArray) ids = NULL;
  SanDossier dossier;

  if (!is_hex (text))
    return find_by_alias (self, text, out, error);
  ids = san_store_match_dossiers (self->store, text, SAN_STANDING_SHOWN, error);
  if (ids == NULL)
    return FALSE;
  if (ids->len > 1)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID, "several children begin with \"%s\"", text);
      return FALSE;
    }
  if (ids->len == 1 && san_store_find_dossier (self->store, g_ptr_array_index (ids, 0), &dossier, NULL) &&
      dossier.type == SAN_FOUNDING_CASE)
    {
      *out = dossier.id;
      return TRUE;
    }
  return find_by_alias (self, text, out, error);
}

/* Alias, sign and bed that nobody said: proposed, free, and not a name that she has. */
static gboolean
add_proposals (SanCentre *self, GPtrArray *typed, GError **error)
{
  g_autoptr(SanProposals) proposals = san_proposals_new (self, error);

  return proposals != NULL && san_proposals_complete (proposals, typed, error);
}

SanChildRow *
san_child_admit (SanCentre *self, GPtrArray *typed, SanId16 *record, GError **error)
{
  const SanForm *form = san_record_need_form (self, FORM_WELCOME, SAN_DOSSIER_CASE, error);
  g_autoptr(SanChanges) changes = NULL;
  g_autoptr(SanPress) press = NULL;
  SanId32 dossier;

  if (form == NULL || !add_proposals (self, typed, error))
    return NULL;
  san_random (record->b, sizeof record->b);
  changes = san_changes_new (self, NULL);
  if (!san_record_add_typed (self, changes, NULL, form, record, typed, error) ||
      !san_record_add_offers (self, changes, NULL, form, record, typed, error))
    return NULL;
  press = san_press_begin (self, error);
  if (press == NULL || !san_press_found (press, SAN_FOUNDING_CASE, &dossier, error) ||
      !san_press_add_changes (press, &dossier, changes, NULL, error) || !san_press_commit (press, error))
    return NULL;
  return san_child_get (self, &dossier, error);
}

SanChildRow *
san_child_return (SanCentre *self, const SanId32 *child, GPtrArray *typed, SanId16 *record, GError **error)
{
  const SanForm *form = san_record_need_form (self, FORM_RETURN, SAN_DOSSIER_CASE, error);
  g_autoptr(SanFactSet) facts = NULL;
  g_autoptr(SanChanges) changes = NULL;
  const SanStay *stay;

  if (form == NULL)
    return NULL;
  facts = san_derive_facts (self->store, self->catalogue, child, 1u << SAN_COMPARTMENT_HOUSE, error);
  if (facts == NULL)
    return NULL;
  stay = san_fact_set_get_last_stay (facts);
  if (stay != NULL && !stay->has_left)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_REFUSED,
                           "she is here: write the exit of her present stay first");
      return NULL;
    }
  san_random (record->b, sizeof record->b);
  changes = san_changes_new (self, child);
  if (!san_record_add_typed (self, changes, child, form, record, typed, error) ||
      !san_record_add_offers (self, changes, child, form, record, typed, error) ||
      !san_record_save (self, child, changes, error))
    return NULL;
  return san_child_get (self, child, error);
}
