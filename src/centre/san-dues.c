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
  SanCentre  *centre;
  gint64      now;
  gint16      zone;
  const char *role;
  GHashTable *aliases;       /* SanId32 -> alias */
  GPtrArray  *items;
} Listing;

void
san_due_item_free (SanDueItem *self)
{
  g_free (self->alias);
  g_free (self->milestone);
  g_free (self->label);
  g_free (self->role);
  g_free (self->source);
  g_free (self->mark);
  g_free (self);
}

static const char *
alias_of (Listing *self, const SanId32 *child)
{
  char *alias = g_hash_table_lookup (self->aliases, child);
  g_autoptr(SanSummaryRow) summary = NULL;

  if (alias != NULL || san_id32_is_zero (child))
    return alias != NULL ? alias : "";
  summary = san_store_dup_summary (self->centre->store, SAN_COMPARTMENT_HOUSE, child, NULL);
  if (summary != NULL && summary->data != NULL)
    {
      g_autoptr(GVariant) variant = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (SAN_SUMMARY_TYPE),
                                                                                  summary->data, FALSE));
      g_variant_get_child (variant, 0, "s", &alias);
    }
  else
    alias = g_strdup ("");
  g_hash_table_insert (self->aliases, san_id32_copy (child), alias);
  return alias;
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
  SanDueItem *item;

  if (milestone == NULL || !role_fits (self->role, milestone->role))
    return;
  item = g_new0 (SanDueItem, 1);
  item->child = *child;
  item->alias = g_strdup (alias_of (self, child));
  item->milestone = g_strdup (milestone->id);
  item->label = g_strdup (san_label_get (milestone->label, NULL));
  item->role = g_strdup (milestone->role);
  item->source = g_strdup (milestone->source);
  item->mark = g_strdup (san_mark_get_name (milestone->mark));
  item->record = *record;
  item->at.ms = at;
  item->at.zone = san_clock_zone (at);
  item->exact = exact;
  item->precision = precision;
  item->missed = (int) missed;
  if (self->centre->clock_doubtful)
    flags |= SAN_DUE_CLOCK_DOUBTFUL;
  item->state = san_due_state_name (san_due_judge (at, notice, flags, self->now, self->zone));
  g_ptr_array_add (self->items, item);
}

static gboolean
list_kept (Listing *self, const SanId32 *child, GError **error)
{
  guint mask = san_store_get_open_mask (self->centre->store);
  g_autoptr(GPtrArray) rows = NULL;

  if (!san_store_turn (self->centre->store, self->now, error))
    return FALSE;
  rows = san_store_list_due (self->centre->store, mask, child, G_MAXINT64, error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const SanDueRow *row = g_ptr_array_index (rows, i);
      guint32 flags = 0, missed = 0, step = 0;
      guint8 precision = 0;

      if (row->data != NULL)
        {
          g_autoptr(GVariant) variant = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (SAN_DUE_DATA_TYPE),
                                                                                      row->data, FALSE));
          g_variant_get (variant, SAN_DUE_DATA_TYPE, &flags, &missed, &step, &precision);
        }
      add_item (self, san_programme_find_milestone (self->centre->programme, row->milestone), &row->child, &row->record,
                row->at, row->exact, row->notice, flags, missed, precision);
    }
  return TRUE;
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

static guint
state_order (const char *state)
{
  static const char *const order[] = { "overdue", "today", "soon", "later" };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (g_str_equal (state, order[i]))
      return i;
  return 1;                   /* not judged: shown with today's */
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const SanDueItem *one = *(SanDueItem *const *) a;
  const SanDueItem *two = *(SanDueItem *const *) b;
  guint order_one = state_order (one->state);
  guint order_two = state_order (two->state);

  if (order_one != order_two)
    return order_one < order_two ? -1 : 1;
  if (one->at.ms != two->at.ms)
    return one->at.ms < two->at.ms ? -1 : 1;
  if (g_strcmp0 (one->alias, two->alias) != 0)
    return g_strcmp0 (one->alias, two->alias);
  return g_strcmp0 (one->milestone, two->milestone);
}

GPtrArray *
san_dues_list (SanCentre *self, gint64 now_ms, const SanId32 *child, const char *role, GError **error)
{
  g_autoptr(GHashTable) aliases = g_hash_table_new_full (san_id32_hash, san_id32_equal, g_free, g_free);
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) san_due_item_free);
  gint64 now = now_ms != 0 ? now_ms : san_clock_now ();
  Listing listing = { self, now, san_clock_zone (now), role, aliases, items };

  if (role != NULL && !san_role_is_known (role))
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID, "there is no role \"%s\"", role);
      return NULL;
    }
  if (now_ms != 0 ? !list_computed (&listing, child, error) : !list_kept (&listing, child, error))
    return NULL;
  g_ptr_array_sort (items, compare_items);
  return g_steal_pointer (&items);
}
