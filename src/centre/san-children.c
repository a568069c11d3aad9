/* san-children.c - children: welcomed, looked at, found by id or alias, welcomed back */
#include "san-records.h"
#include "san-child-list.h"
#include "san-derive.h"
#include "san-kept.h"
#include "san-search-key.h"
#include "san-dossier-rights.h"
#include "san-press.h"
#include "san-proposals.h"
#include "san-record-view.h"
#include "san-record-write.h"
#include "san-store-rights.h"

#define FORM_WELCOME "welcome"
#define FORM_RETURN  "return"
#define ALIAS_CANDIDATES 400u         /* hits of the lossy key that are looked at one by one */

static char *
dup_name (SanCentre *self, const SanId32 *dossier)
{
  g_autoptr(SanSummaryRow) summary = NULL;
  const char *name;
  gsize n;

  if (!san_centre_can_read (self, SAN_COMPARTMENT_CASE))
    return NULL;
  summary = san_store_dup_summary (self->store, SAN_COMPARTMENT_CASE, dossier, NULL);
  if (summary == NULL || summary->data == NULL)
    return NULL;
  name = g_bytes_get_data (summary->data, &n);
  return n > 0 ? g_strndup (name, n) : NULL;
}

/* Of the other centres that have to do with this child the first by name. */
static char *
dup_shared_with (SanCentre *self, const SanId32 *dossier)
{
  SanDossierRights *rights = san_store_get_rights (self->store, dossier, NULL);
  g_autoptr(GArray) readers =
      rights != NULL ? san_dossier_rights_list_readers (rights, SAN_COMPARTMENT_HOUSE) : NULL;

  char *first = NULL;

  for (guint i = 0; readers != NULL && i < readers->len; i++)
    {
      g_autofree char *label = NULL;

      if (san_id32_equal (&g_array_index (readers, SanId32, i), &self->id))
        continue;
      label = san_centre_dup_partner_label (self, &g_array_index (readers, SanId32, i));
      if (first != NULL && g_utf8_collate (first, label) <= 0)
        continue;
      g_free (first);
      first = g_steal_pointer (&label);
    }
  return first;
}

/**
 * san_child_get:
 *
 * Reading it is written in her access log; that it could not be written there does not hide her.
 *
 * Returns: (transfer full): NULL with NOT_FOUND, or an error of the store
 */
SanChildRow *
san_child_get (SanCentre *self, const SanId32 *child, GError **error)
{
  g_autoptr(SanSummaryRow) summary =
      san_store_dup_summary (self->store, SAN_COMPARTMENT_HOUSE, child, error);
  SanKeptSummary kept;
  SanChildRow *row;

  if (summary == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "there is no such child here");
      return NULL;
    }
  san_kept_summary_read_bytes (&kept, summary->data);
  row = san_child_row_new (child, summary->status, &kept);
  row->name = dup_name (self, child);
  row->shared_with = dup_shared_with (self, child);
  san_store_add_access (self->store, child, san_sign_key_get_public (self->seat_key), "opened",
                        san_clock_now (), NULL);
  return row;
}

gboolean
san_child_dup_tag (SanCentre *self, const SanId32 *child, char **alias, char **sign, char **bed)
{
  g_autoptr(SanSummaryRow) summary =
      san_store_dup_summary (self->store, SAN_COMPARTMENT_HOUSE, child, NULL);
  SanKeptSummary kept;

  san_kept_summary_read_bytes (&kept, summary != NULL ? summary->data : NULL);
  *alias = g_strdup (kept.alias);
  *sign = g_strdup (kept.sign);
  *bed = g_strdup (kept.bed);
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
  g_autoptr(GPtrArray) stored =
      san_store_list_records (self->store, child, san_store_get_open_mask (self->store), error);
  g_autoptr(GPtrArray) views =
      g_ptr_array_new_with_free_func ((GDestroyNotify) san_record_view_free);

  if (stored == NULL)
    return NULL;
  for (guint i = 0; i < stored->len; i++)
    g_ptr_array_add (views, san_record_view_new (self, g_ptr_array_index (stored, i)));
  g_ptr_array_sort (views, compare_views);
  return g_steal_pointer (&views);
}

typedef struct { const char *alias; SanId32 child; guint n; } ByAlias;
typedef struct { GArray *ids; guint n_hits; } Candidates;

static gboolean
add_candidate (const SanSearchHit *hit, gpointer data)
{
  Candidates *it = data;

  it->n_hits++;
  for (guint i = 0; i < it->ids->len; i++)
    if (san_id32_equal (&g_array_index (it->ids, SanId32, i), &hit->dossier))
      return TRUE;
  g_array_append_vals (it->ids, &hit->dossier, 1);
  return TRUE;
}

static gboolean
compare_alias (const SanId32 *child, guint status, const guint8 *data, gsize n, gpointer user)
{
  ByAlias *by = user;
  SanKeptSummary kept;

  san_kept_summary_read (&kept, data, n);
  if (status != SAN_STATUS_UNDONE && kept.alias != NULL &&
      g_ascii_strcasecmp (kept.alias, by->alias) == 0)
    {
      by->child = *child;
      by->n++;
    }
  return TRUE;
}

/* The index of names gives few; an alias without a letter, or like very many others, is looked for
 * among all. */
static gboolean
look_for_alias (SanCentre *self, ByAlias *by, GError **error)
{
  g_autofree char *latin = san_search_latin (by->alias);
  g_autofree char *keys = san_search_joined (latin);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (SanId32));
  Candidates it = { ids, 0 };

  if (*keys != '\0' && !san_store_each_hit (self->store, keys, 1u << SAN_COMPARTMENT_HOUSE,
                                            ALIAS_CANDIDATES, add_candidate, &it, error))
    return FALSE;
  if (*keys == '\0' || it.n_hits >= ALIAS_CANDIDATES)
    return san_store_each_summary (self->store, SAN_COMPARTMENT_HOUSE, compare_alias, by, error);
  return san_store_each_summary_of (self->store, SAN_COMPARTMENT_HOUSE, (const SanId32 *) ids->data,
                                    ids->len, compare_alias, by, error);
}

static gboolean
find_by_alias (SanCentre *self, const char *text, SanId32 *out, GError **error)
{
  ByAlias by = { text, san_id32_zero, 0 };

  if (!look_for_alias (self, &by, error))
    return FALSE;
  if (by.n == 1)
    {
      *out = by.child;
      return TRUE;
    }
  g_set_error (error, SAN_ERROR, by.n == 0 ? SAN_ERROR_NOT_FOUND : SAN_ERROR_INVALID,
               by.n == 0 ? "no child here is called \"%s\""
                         : "several children are called \"%s\": give the id",
               text);
  return FALSE;
}

static gboolean
is_hex (const char *text)
{
  gsize n = strspn (text, "0123456789abcdef");

  return n >= 6 && text[n] == '\0';
}

/**
 * san_child_find:
 * @text: six letters or more of her id, or her alias, in large or small letters
 *
 * Returns: FALSE with NOT_FOUND, or INVALID if several fit
 */
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
  if (ids->len == 1 &&
      san_store_find_dossier (self->store, g_ptr_array_index (ids, 0), &dossier, NULL) &&
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

static char *
dup_typed (GPtrArray *typed, const char *field)
{
  for (guint i = typed->len; i > 0; i--)
    {
      const SanTyped *one = g_ptr_array_index (typed, i - 1);

      if (g_str_equal (one->field, field))
        return one->value != NULL ? san_value_dup_text (one->value) : g_strdup (one->text);
    }
  return NULL;
}

static void
set_text (char **text, char *typed)
{
  if (typed == NULL)
    return;
  g_free (*text);
  *text = typed;
}

/* She is written. If she cannot be read again now, the answer is what was known and typed. */
static SanChildRow *
get_written (SanCentre *self, const SanId32 *child, SanChildRow *known, GPtrArray *typed)
{
  SanChildRow *row = san_child_get (self, child, NULL);
  gint64 now = san_clock_now ();

  if (row != NULL)
    {
      g_clear_pointer (&known, san_child_row_free);
      return row;
    }
  row = known != NULL ? known : g_new0 (SanChildRow, 1);
  row->id = *child;
  set_text (&row->alias, dup_typed (typed, "alias"));
  set_text (&row->sign, dup_typed (typed, "sign"));
  set_text (&row->bed, dup_typed (typed, "bed"));
  set_text (&row->status, g_strdup (san_child_status_name (SAN_STATUS_IN_CARE)));
  row->admitted.ms = now;
  row->admitted.zone = (gint16) san_clock_zone (now);
  row->stay++;
  row->day = 1;
  return row;
}

/**
 * san_child_admit:
 * @typed: (inout): completed by what is proposed for alias, sign and bed
 * @record: (out): the welcome
 *
 * A dossier of her own and its welcome, in one press; it works with nothing typed at all.
 *
 * Returns: (transfer full): NULL with the errors of san_record_new(); then nothing was written
 */
SanChildRow *
san_child_admit (SanCentre *self, GPtrArray *typed, SanId16 *record, GError **error)
{
  const SanForm *form = san_record_need_form (self, FORM_WELCOME, SAN_DOSSIER_CASE, error);
  g_autoptr(SanChanges) changes = NULL;
  g_autoptr(SanPress) press = NULL;
  SanId32 dossier;

  if (form == NULL || !add_proposals (self, typed, error))
    return NULL;
  changes = san_changes_new (self, NULL);
  san_changes_begin (changes, record);
  if (!san_record_add_typed (self, changes, NULL, form, record, typed, error) ||
      !san_record_add_offers (self, changes, NULL, form, record, typed, error))
    return NULL;
  press = san_press_begin (self, error);
  if (press == NULL || !san_press_found (press, SAN_FOUNDING_CASE, &dossier, error) ||
      !san_press_add_changes (press, &dossier, changes, NULL, error) ||
      !san_press_commit (press, error))
    return NULL;
  return get_written (self, &dossier, NULL, typed);
}

/**
 * san_child_return:
 * @record: (out): of her new stay
 *
 * Returns: (transfer full): NULL with REFUSED while she is here, else the errors of
 * san_record_new()
 */
SanChildRow *
san_child_return (SanCentre *self, const SanId32 *child, GPtrArray *typed, SanId16 *record,
                  GError **error)
{
  const SanForm *form = san_record_need_form (self, FORM_RETURN, SAN_DOSSIER_CASE, error);
  g_autoptr(SanFactSet) facts = NULL;
  g_autoptr(SanChanges) changes = NULL;
  g_autoptr(SanChildRow) known = NULL;
  const SanStay *stay;

  if (form == NULL)
    return NULL;
  known = san_child_get (self, child, error);
  if (known == NULL)
    return NULL;
  facts =
      san_derive_facts (self->store, self->catalogue, child, 1u << SAN_COMPARTMENT_HOUSE, error);
  if (facts == NULL)
    return NULL;
  stay = san_fact_set_get_last_stay (facts);
  if (stay != NULL && !stay->has_left)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_REFUSED,
                           "she is here: write the exit of her present stay first");
      return NULL;
    }
  changes = san_changes_new (self, child);
  san_changes_begin (changes, record);
  if (!san_record_add_typed (self, changes, child, form, record, typed, error) ||
      !san_record_add_offers (self, changes, child, form, record, typed, error) ||
      !san_record_save (self, child, changes, error))
    return NULL;
  return get_written (self, child, g_steal_pointer (&known), typed);
}
