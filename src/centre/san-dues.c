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
  const SanMilestone *milestone;
  const Alias *alias;
  SanDueItem  *item;
} Placed;

/* What is known of one before it is placed. */
typedef struct
{
  const SanId32 *child;
  const SanId16 *record;
  gint64         at;
  gint64         notice;
  gboolean       exact;
  SanKeptDue     more;
  SanDueState    state;
} Row;

#define N_STATES (SAN_DUE_LATER + 1)      /* that have a place in the order */

typedef struct
{
  SanCentre  *centre;
  gint64      now;
  gint16      zone;
  GStrv       roles;         /* NULL: any */
  GHashTable *aliases;       /* SanId32 -> Alias */
  GArray     *placed;        /* Placed; with a limit, in order, states one after the other */
  guint limit; /* of each state but later, of which one is kept; 0: everything is listed */
  gint64      until;         /* only what is due before it and not overdue, as one state; 0: all */
  SanDuePartFunc part;       /* (nullable) */
  gpointer    user;
  GArray     *apart;         /* Placed */
  guint       n[N_STATES];   /* all of a state; counted with a limit */
  guint       n_kept[N_STATES];
} Listing;

void
san_due_item_free (SanDueItem *self)
{
  g_ref_string_release ((char *) self->alias);
  g_free (self);
}

void
san_dues_today_clear (SanDuesToday *self)
{
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->apart, g_ptr_array_unref);
  g_clear_pointer (&self->next, san_due_item_free);
}

static void
alias_free (gpointer data)
{
  Alias *alias = data;

  g_ref_string_release (alias->text);
  g_free (alias);
}

/* @limit: of each state, 0 for all that there are; @part: (nullable) */
static void
listing_init (Listing *self, SanCentre *centre, guint limit, SanDuePartFunc part, gpointer user)
{
  self->centre = centre;
  self->limit = limit;
  self->part = part;
  self->user = user;
  self->aliases = g_hash_table_new_full (san_id32_hash, san_id32_equal, g_free, alias_free);
  self->placed = g_array_new (FALSE, FALSE, sizeof (Placed));
  self->apart = g_array_new (FALSE, FALSE, sizeof (Placed));
}

static void
free_items (GArray *placed)
{
  for (guint i = 0; i < placed->len; i++)
    san_due_item_free (g_array_index (placed, Placed, i).item);
  g_array_unref (placed);
}

/* With the items that in_order() did not take. */
static void
listing_clear (Listing *self)
{
  g_clear_pointer (&self->placed, free_items);
  g_clear_pointer (&self->apart, free_items);
  g_clear_pointer (&self->aliases, g_hash_table_unref);
  g_clear_pointer (&self->roles, g_strfreev);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Listing, listing_clear)

static const Alias *
add_alias (Listing *self, const SanId32 *child, const guint8 *summary, gsize n)
{
  Alias *alias = g_new0 (Alias, 1);
  SanKeptSummary kept;

  san_kept_summary_read (&kept, summary, n);
  alias->text = g_ref_string_new (kept.alias);
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
role_fits (const Listing *self, const char *role)
{
  return self->roles == NULL || g_str_equal (role, "any") ||
         g_strv_contains ((const char *const *) self->roles, role);
}

/* Order: names by rank where all are known (equal ranks before), else by their letters. */
static int
compare_placed (gconstpointer a, gconstpointer b)
{
  const Placed *one = a;
  const Placed *two = b;
  int order;

  if (one->state != two->state)
    return one->state < two->state ? -1 : 1;
  if (one->at != two->at)
    return one->at < two->at ? -1 : 1;
  if (one->alias->rank != two->alias->rank)
    return one->alias->rank < two->alias->rank ? -1 : 1;
  order = one->alias->rank != 0 || one->alias == two->alias
              ? 0
              : strcmp (one->alias->text, two->alias->text);
  return order != 0 ? order : strcmp (one->milestone->id, two->milestone->id);
}

static guint
limit_of (const Listing *self, guint8 state)
{
  return state == SAN_DUE_LATER ? 1 : self->limit;
}

/* Where @placed belongs among the first ones of its state; TRUE if it is one of them. Only then is
 * a name looked up for it. */
static gboolean
find_place (Listing *self, Placed *placed, const SanId32 *child, guint *at)
{
  guint first = 0, end;

  for (guint state = 0; state < placed->state; state++)
    first += self->n_kept[state];
  end = first + self->n_kept[placed->state];
  if (end - first == limit_of (self, placed->state) &&
      placed->at > g_array_index (self->placed, Placed, end - 1).at)
    return FALSE;
  placed->alias = alias_of (self, child);
  for (*at = end;
       *at > first && compare_placed (placed, &g_array_index (self->placed, Placed, *at - 1)) < 0;)
    --*at;
  return *at - first < limit_of (self, placed->state);
}

static void
keep (Listing *self, const Placed *placed, guint at)
{
  guint last = 0;

  g_array_insert_val (self->placed, at, *placed);
  if (self->n_kept[placed->state]++ < limit_of (self, placed->state))
    return;
  for (guint state = 0; state <= placed->state; state++)
    last += self->n_kept[state];
  san_due_item_free (g_array_index (self->placed, Placed, last - 1).item);
  g_array_remove_index (self->placed, last - 1);
  self->n_kept[placed->state]--;
}

static SanDueItem *
make_item (const Listing *self, const Placed *placed, const Row *row)
{
  const SanMilestone *milestone = placed->milestone;
  SanDueItem *item = g_new (SanDueItem, 1);

  *item = (SanDueItem){
    .child = *row->child,
    .alias = g_ref_string_acquire (placed->alias->text),
    .milestone = milestone->id,
    .label = san_label_get (milestone->label, self->centre->language),
    .role = milestone->role,
    .source = milestone->source,
    .mark = san_mark_get_name (milestone->mark),
    .record = *row->record,
    .at = { row->at, san_clock_zone (row->at) },
    .exact = row->exact,
    .precision = row->more.precision,
    .state = san_due_state_name (row->state),
    .missed = (int) row->more.missed,
  };
  return item;
}

static void
add_to_today (Listing *self, Placed *placed, const Row *row)
{
  SanDuePart part =
      self->part != NULL ? self->part (placed->milestone, row->child, self->user) : SAN_DUE_COUNTED;
  guint at;

  if (part == SAN_DUE_LEFT_OUT || (part == SAN_DUE_APART && placed->state == SAN_DUE_LATER))
    return;
  if (part == SAN_DUE_APART)
    {
      placed->alias = alias_of (self, row->child);
      placed->item = make_item (self, placed, row);
      g_array_append_val (self->apart, *placed);
      return;
    }
  self->n[placed->state]++;
  if (!find_place (self, placed, row->child, &at))
    return;
  placed->item = make_item (self, placed, row);
  keep (self, placed, at);
}

static void
add_item (Listing *self, const SanMilestone *milestone, Row *row)
{
  Placed placed = { 0, row->at, milestone, NULL, NULL };

  if (milestone == NULL || !role_fits (self, milestone->role))
    return;
  if (self->centre->clock_doubtful)
    row->more.flags |= SAN_DUE_CLOCK_DOUBTFUL;
  row->state = san_due_judge (row->at, row->notice, row->more.flags, self->now, self->zone);
  placed.state =
      row->state == SAN_DUE_NOT_JUDGED ? SAN_DUE_TODAY : row->state; /* shown with today's */
  if (self->until != 0)
    {
      if (row->at >= self->until || row->state == SAN_DUE_OVERDUE)
        return;
      placed.state = SAN_DUE_TODAY;
    }
  if (self->limit > 0)
    {
      add_to_today (self, &placed, row);
      return;
    }
  placed.alias = alias_of (self, row->child);
  placed.item = make_item (self, &placed, row);
  g_array_append_val (self->placed, placed);
}

static gboolean
add_kept (const SanDueRow *row, const guint8 *data, gsize n, gpointer listing)
{
  Listing *self = listing;
  Row one = { &row->child, &row->record, row->at, row->notice, row->exact, { 0 }, 0 };

  san_kept_due_read (&one.more, data, n);
  add_item (self, san_programme_find_milestone (self->centre->programme, row->milestone), &one);
  return TRUE;
}

static gboolean
list_kept (Listing *self, const SanId32 *child, GError **error)
{
  SanStore *store = self->centre->store;

  return san_store_turn (store, self->now, error) &&
         (child != NULL || self->limit > 0 ||
          san_store_each_summary (store, SAN_COMPARTMENT_HOUSE, add_alias_cb, self, error)) &&
         san_store_each_due (store, san_store_get_open_mask (store), child, G_MAXINT64, add_kept,
                             self, error);
}

static gboolean
compute_dossier (Listing *self, const SanDossier *dossier, const SanId32 *child, GError **error)
{
  guint mask = san_store_get_open_mask (self->centre->store);
  gboolean house = dossier->type == SAN_FOUNDING_HOUSE;
  g_autoptr(SanFactSet) facts =
      san_derive_facts (self->centre->store, self->centre->catalogue, &dossier->id, mask, error);
  SanDueQuery query = { self->centre->programme,
                        facts,
                        house ? SAN_DOSSIER_HOUSE : SAN_DOSSIER_CASE,
                        mask,
                        SAN_DUE_EVERY_COMPARTMENT,
                        self->now,
                        self->zone,
                        self->centre->clock_doubtful };
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
          const SanId32 *of = !house  ? &dossier->id
                              : n > 0 ? &g_array_index (due->children, SanId32, c)
                                      : &san_id32_zero;

          Row row = { of,         &due->record,
                      due->at,    due->notice,
                      due->exact, { due->flags, due->missed, 0, due->precision },
                      0 };

          if (child == NULL || san_id32_equal (child, of))
            add_item (self, due->milestone, &row);
        }
    }
  return TRUE;
}

static gboolean
list_computed (Listing *self, const SanId32 *child, GError **error)
{
  g_autoptr(GPtrArray) dossiers =
      san_store_list_dossiers (self->centre->store, 0, NULL, SAN_STANDING_SHOWN, error);

  if (dossiers == NULL)
    return FALSE;
  for (guint i = 0; i < dossiers->len; i++)
    {
      const SanDossier *dossier = g_ptr_array_index (dossiers, i);
      gboolean wanted = dossier->type == SAN_FOUNDING_HOUSE ||
                        (dossier->type == SAN_FOUNDING_CASE &&
                         (child == NULL || san_id32_equal (child, &dossier->id)));

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

static GPtrArray *
in_order (GArray *placed)
{
  GPtrArray *items = g_ptr_array_new_full (placed->len, (GDestroyNotify) san_due_item_free);

  g_array_sort (placed, compare_placed);
  for (guint i = 0; i < placed->len; i++)
    g_ptr_array_add (items, g_array_index (placed, Placed, i).item);
  g_array_set_size (placed, 0);
  return items;
}

static gboolean
check_role (const char *role, GError **error)
{
  if (role == NULL || san_role_is_known (role))
    return TRUE;
  g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID, "there is no role \"%s\"", role);
  return FALSE;
}

/* Fills the places of @self: what was found there is taken by in_order(). */
static gboolean
fill (Listing *self, gint64 at, const SanId32 *child, GError **error)
{
  self->now = at != 0 ? at : san_clock_now ();
  self->zone = san_clock_zone (self->now);
  return at != 0 ? list_computed (self, child, error) : list_kept (self, child, error);
}

/**
 * san_dues_list:
 * @now_ms: when it is asked; 0: now, from the rows that are kept
 * @child: (nullable): of her alone
 * @role: (nullable): of these roles alone, joined by "+"
 *
 * All that needs someone, overdue first, as this login may see it.
 *
 * Returns: (transfer full) (element-type SanDueItem): NULL with INVALID for a role that there is
 * not, or an error of the store
 */
GPtrArray *
san_dues_list (SanCentre *self, gint64 now_ms, const SanId32 *child, const char *role,
               GError **error)
{
  g_auto(Listing) listing = { 0 };

  listing_init (&listing, self, 0, NULL, NULL);
  listing.roles = role != NULL ? g_strsplit (role, "+", -1) : NULL;
  if (!check_role (role, error) || !fill (&listing, now_ms, child, error))
    return NULL;
  rank_aliases (&listing);
  return in_order (listing.placed);
}

/**
 * san_dues_today:
 * @limit: rows of each state, at least 1
 * @part: (nullable) (scope call): asked about each row; it may read
 *
 * What a page of today shows: all rows are judged and counted, but only the first of each state are
 * made, so that a house of very many children costs no more than reading what is kept of them.
 *
 * Returns: FALSE with an error of the store; then @out is untouched
 */
gboolean
san_dues_today (SanCentre *self, guint limit, SanDuePartFunc part, gpointer user, SanDuesToday *out,
                GError **error)
{
  g_auto(Listing) listing = { 0 };

  listing_init (&listing, self, MAX (limit, 1), part, user);
  if (!fill (&listing, 0, NULL, error))
    return FALSE;
  *out = (SanDuesToday) { in_order (listing.placed), listing.n[SAN_DUE_OVERDUE],
                          listing.n[SAN_DUE_TODAY], listing.n[SAN_DUE_SOON], NULL,
                          in_order (listing.apart) };
  if (listing.n_kept[SAN_DUE_LATER] > 0)
    out->next = g_ptr_array_steal_index (out->items, out->items->len - 1);
  return TRUE;
}

/**
 * san_dues_until:
 * @limit: rows that are made, at least 1
 * @part: (nullable) (scope call): asked about each row; what stands apart is left out
 * @n_all: (out): how many there are
 *
 * What comes in the days before @until, whether or not its notice has begun. Overdue things are
 * Today's: here they would hide what can still be done in time.
 *
 * Returns: (transfer full) (element-type SanDueItem) (nullable): in the order of their time
 */
GPtrArray *
san_dues_until (SanCentre *self, gint64 until, guint limit, SanDuePartFunc part, gpointer user,
                guint *n_all, GError **error)
{
  g_auto(Listing) listing = { 0 };

  listing_init (&listing, self, MAX (limit, 1), part, user);
  listing.until = until;
  if (!fill (&listing, 0, NULL, error))
    return NULL;
  *n_all = listing.n[SAN_DUE_TODAY];
  return in_order (listing.placed);
}
