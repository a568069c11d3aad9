/* san-dues.c - what needs someone, overdue first, computed for this login
 *
 * Rows are kept by the views and only judged here. For another day than today they are worked out
 * anew from the values, since time itself changes them. */
#include "san-dues.h"
#include "san-derive.h"
#include "san-founding.h"
#include "san-due.h"
#include "san-store-derived.h"

typedef struct
{
  char *text;                /* GRefString */
  guint rank;                /* among all aliases of the list; equal if the texts are */
} Alias;

/* An item and what decides its place. */
typedef struct
{
  guint8       state;
  gint64       at;
  const Alias *alias;
  SanDueItem  *item;
} Placed;

typedef struct
{
  SanCentre  *centre;
  gint64      now;
  gint16      zone;
  const char *role;
  GHashTable *aliases;       /* SanId32 -> Alias */
  GArray     *placed;        /* Placed */
} Listing;

void
san_due_item_free (SanDueItem *self)
{
  g_ref_string_release ((char *) self->alias);
  g_free (self);
}

static void
alias_free (gpointer data)
{
  Alias *alias = data;

  g_ref_string_release (alias->text);
  g_free (alias);
}

static const Alias *
add_alias (Listing *self, const SanId32 *child, const guint8 *summary, gsize n)
{
  Alias *alias = g_new0 (Alias, 1);
  const char *text = "";
  g_autoptr(GVariant) variant = NULL;

  if (n > 0)
    {
      variant = g_variant_ref_sink (g_variant_new_from_data (G_VARIANT_TYPE (SAN_SUMMARY_TYPE), summary, n, FALSE, NULL, NULL));
      g_variant_get_child (variant, 0, "&s", &text);
    }
  alias->text = g_ref_string_new (text);
  g_hash_table_insert (self->aliases, san_id32_copy (child), alias);
  return alias;
}

static gboolean
add_alias_cb (const SanId32 *dossier, guint status, const guint8 *data, gsize n, gpointer listing)
{
  add_alias (listing, dossier, data, n);
  return TRUE;
}

static const Alias *
alias_of (Listing *self, const SanId32 *child)
{
  const Alias *alias = g_hash_table_lookup (self->aliases, child);
  g_autoptr(SanSummaryRow) summary = NULL;
  const guint8 *data = NULL;
  gsize n = 0;

  if (alias != NULL)
    return alias;
  if (!san_id32_is_zero (child))
    summary = san_store_dup_summary (self->centre->store, SAN_COMPARTMENT_HOUSE, child, NULL);
  if (summary != NULL && summary->data != NULL)
    data = g_bytes_get_data (summary->data, &n);
  return add_alias (self, child, data, n);
}

static gboolean
role_fits (const char *wanted, const char *role)
{
  g_auto(GStrv) roles = NULL;

  if (wanted == NULL || g_str_equal (role, "any"))
    return TRUE;
  roles = g_strsplit (wanted, "+", -1);
  return g_strv_contains ((const char *const *) roles, role);
}

static void
add_item (Listing *self, const SanMilestone *milestone, const SanId32 *child, const SanId16 *record, gint64 at,
          gboolean exact, gint64 notice, guint flags, guint missed, guint8 precision)
{
  Placed placed = { 0, at, NULL, NULL };
  SanDueItem *item;
  SanDueState state;

  if (milestone == NULL || !role_fits (self->role, milestone->role))
    return;
  if (self->centre->clock_doubtful)
    flags |= SAN_DUE_CLOCK_DOUBTFUL;
  state = san_due_judge (at, notice, flags, self->now, self->zone);
  placed.state = state == SAN_DUE_NOT_JUDGED ? SAN_DUE_TODAY : state;   /* shown with today's */
  placed.alias = alias_of (self, child);
  placed.item = item = g_new (SanDueItem, 1);
  *item = (SanDueItem) {
    .child = *child, .alias = g_ref_string_acquire (placed.alias->text), .milestone = milestone->id,
    .label = san_label_get (milestone->label, self->centre->language), .role = milestone->role, .source = milestone->source,
    .mark = san_mark_get_name (milestone->mark), .record = *record, .at = { at, san_clock_zone (at) }, .exact = exact,
    .precision = precision, .state = san_due_state_name (state), .missed = (int) missed,
  };
  g_array_append_val (self->placed, placed);
}

/* What derive_dues() packed: fixed places, as GVariant lays out SAN_DUE_DATA_TYPE. */
static gboolean
add_kept (const SanDueRow *row, const guint8 *data, gsize n, gpointer listing)
{
  Listing *self = listing;
  struct { guint32 flags, missed, step; guint8 precision; guint8 zero[3]; } more = { 0 };

  if (n == sizeof more)
    memcpy (&more, data, sizeof more);
  add_item (self, san_programme_find_milestone (self->centre->programme, row->milestone), &row->child, &row->record,
            row->at, row->exact, row->notice, more.flags, more.missed, more.precision);
  return TRUE;
}

static gboolean
list_kept (Listing *self, const SanId32 *child, GError **error)
{
  SanStore *store = self->centre->store;

  return san_store_turn (store, self->now, error) &&
         (child != NULL || san_store_each_summary (store, SAN_COMPARTMENT_HOUSE, add_alias_cb, self, error)) &&
         san_store_each_due (store, san_store_get_open_mask (store), child, G_MAXINT64, add_kept, self, error);
}

static gboolean
compute_dossier (Listing *self, const SanDossier *dossier, const SanId32 *child, GError **error)
{
  guint mask = san_store_get_open_mask (self->centre->store);
  gboolean house = dossier->type == SAN_FOUNDING_HOUSE;
  g_autoptr(SanFactSet) facts = san_derive_facts (self->centre->store, self->centre->catalogue, &dossier->id, mask, error);
  SanDueQuery query = { self->centre->programme, facts, house ? SAN_DOSSIER_HOUSE : SAN_DOSSIER_CASE, mask,
                        SAN_DUE_EVERY_COMPARTMENT, self->now, self->zone, self->centre->clock_doubtful };
  g_autoptr(GPtrArray) dues = NULL;

  if (facts == NULL)
    return FALSE;
  dues = san_due_compute (&query);
  for (guint i = 0; i < dues->len; i++)
    {
      const SanDue *due = g_ptr_array_index (dues, i);
      guint n = house && due->children != NULL ? due->children->len : 0;

      for (guint c = 0; c < MAX (n, 1u); c++)
        {
          const SanId32 *of = !house ? &dossier->id : n > 0 ? &g_array_index (due->children, SanId32, c) : &san_id32_zero;

          if (child == NULL || san_id32_equal (child, of))
            add_item (self, due->milestone, of, &due->record, due->at, due->exact, due->notice, due->flags, due->missed,
                      due->precision);
        }
    }
  return TRUE;
}

static gboolean
list_computed (Listing *self, const SanId32 *child, GError **error)
{
  g_autoptr(GPtrArray) dossiers = san_store_list_dossiers (self->centre->store, 0, NULL, SAN_STANDING_SHOWN, error);

  if (dossiers == NULL)
    return FALSE;
  for (guint i = 0; i < dossiers->len; i++)
    {
      const SanDossier *dossier = g_ptr_array_index (dossiers, i);
      gboolean wanted = dossier->type == SAN_FOUNDING_HOUSE ||
                        (dossier->type == SAN_FOUNDING_CASE && (child == NULL || san_id32_equal (child, &dossier->id)));

      if (wanted && !compute_dossier (self, dossier, child, error))
        return FALSE;
    }
  return TRUE;
}

/* Order */

static int
compare_aliases (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(Alias *const *) a)->text, (*(Alias *const *) b)->text);
}

/* Names are compared once each, not once for each pair of rows. */
static void
rank_aliases (Listing *self)
{
  g_autoptr(GPtrArray) all = g_ptr_array_sized_new (g_hash_table_size (self->aliases));
  GHashTableIter iter;
  gpointer alias;

  g_hash_table_iter_init (&iter, self->aliases);
  while (g_hash_table_iter_next (&iter, NULL, &alias))
    g_ptr_array_add (all, alias);
  g_ptr_array_sort (all, compare_aliases);
  for (guint i = 1; i < all->len; i++)
    {
      const Alias *before = g_ptr_array_index (all, i - 1);
      Alias *here = g_ptr_array_index (all, i);

      here->rank = before->rank + (strcmp (before->text, here->text) != 0);
    }
}

static int
compare_placed (gconstpointer a, gconstpointer b)
{
  const Placed *one = a;
  const Placed *two = b;

  if (one->state != two->state)
    return one->state < two->state ? -1 : 1;
  if (one->at != two->at)
    return one->at < two->at ? -1 : 1;
  if (one->alias->rank != two->alias->rank)
    return one->alias->rank < two->alias->rank ? -1 : 1;
  return strcmp (one->item->milestone, two->item->milestone);
}

static GPtrArray *
in_order (Listing *self)
{
  GPtrArray *items = g_ptr_array_new_full (self->placed->len, (GDestroyNotify) san_due_item_free);

  rank_aliases (self);
  g_array_sort (self->placed, compare_placed);
  for (guint i = 0; i < self->placed->len; i++)
    g_ptr_array_add (items, g_array_index (self->placed, Placed, i).item);
  return items;
}

static void
free_items (Listing *self)
{
  for (guint i = 0; i < self->placed->len; i++)
    san_due_item_free (g_array_index (self->placed, Placed, i).item);
}

GPtrArray *
san_dues_list (SanCentre *self, gint64 now_ms, const SanId32 *child, const char *role, GError **error)
{
  g_autoptr(GHashTable) aliases = g_hash_table_new_full (san_id32_hash, san_id32_equal, g_free, alias_free);
  g_autoptr(GArray) placed = g_array_new (FALSE, FALSE, sizeof (Placed));
  gint64 now = now_ms != 0 ? now_ms : san_clock_now ();
  Listing listing = { self, now, san_clock_zone (now), role, aliases, placed };

  if (role != NULL && !san_role_is_known (role))
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID, "there is no role \"%s\"", role);
      return NULL;
    }
  if (now_ms != 0 ? list_computed (&listing, child, error) : list_kept (&listing, child, error))
    return in_order (&listing);
  free_items (&listing);
  return NULL;
}
