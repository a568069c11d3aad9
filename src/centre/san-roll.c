/* san-roll.c - the list of children, a page at a time
 *
 * What a row says is worked out for the rows of the asked page alone, so that the first page costs
 * the same with twenty children and with twenty thousand. What is narrower or in another order
 * looks through as many of those in care as a house can have. */
#include "san-roll-private.h"
#include "san-derive.h"
#include "san-dues.h"
#include "san-records.h"

typedef struct { SanId32 id; const char *status, *found_by; } Hit;

void
san_roll_row_free (SanRollRow *self)
{
  san_house_card_free (self->card);
  g_free (self);
}

void
san_roll_free (SanRoll *self)
{
  g_ptr_array_unref (self->rows);
  g_free (self);
}

static guint
store_status (SanRollKind kind)
{
  return kind == SAN_ROLL_FOLLOW_UP ? SAN_STATUS_FOLLOW_UP
         : kind == SAN_ROLL_CLOSED  ? SAN_STATUS_CLOSED
                                    : SAN_STATUS_IN_CARE;
}

static void
add_hit (GArray *hits, const SanId32 *id, const char *status, const char *found_by)
{
  Hit hit = { *id, g_intern_string (status), found_by != NULL ? g_intern_string (found_by) : NULL };

  g_array_append_val (hits, hit);
}

/* The children of one status: only those of the page. */
static gboolean
list_status (SanCentre *self, SanRoll *roll, SanRollKind kind, guint limit, GArray *hits,
             GError **error)
{
  guint status = store_status (kind);
  g_autoptr(GPtrArray) rows = san_store_list_summaries (self->store, SAN_COMPARTMENT_HOUSE,
                                                         (int) status, roll->offset, limit, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    add_hit (hits, &((const SanSummaryRow *) g_ptr_array_index (rows, i))->dossier,
             san_child_status_name (status), NULL);
  roll->n_match = kind == SAN_ROLL_FOLLOW_UP ? roll->n_follow_up
                  : kind == SAN_ROLL_CLOSED  ? roll->n_closed
                                             : roll->n_in_care;
  return TRUE;
}

static void
take_page (SanRoll *roll, const GArray *all, guint limit, GArray *hits)
{
  roll->n_match = all->len;
  for (guint i = roll->offset; i < all->len && i - roll->offset < limit; i++)
    g_array_append_val (hits, g_array_index (all, Hit, i));
}

static gboolean
list_chosen (SanCentre *self, SanRoll *roll, const SanRollChoice *choice, guint limit, GArray *hits,
             GError **error)
{
  g_autoptr(GPtrArray) cards = san_house_card_list (self, SAN_HOUSE_CARDS_LIMIT, NULL, error);
  g_autoptr(GArray) all = g_array_new (FALSE, FALSE, sizeof (Hit));

  if (cards == NULL || !san_roll_choose (self, choice, cards, error))
    return FALSE;
  for (guint i = 0; i < cards->len; i++)
    add_hit (all, &((const SanHouseCard *) cards->pdata[i])->child,
             san_child_status_name (SAN_STATUS_IN_CARE), NULL);
  take_page (roll, all, limit, hits);
  return TRUE;
}

static gboolean
list_found (SanCentre *self, SanRoll *roll, const char *search, guint limit, GArray *hits,
            GError **error)
{
  g_autoptr(GPtrArray) rows = san_child_list (self, search, NULL, error);
  g_autoptr(GArray) all = g_array_new (FALSE, FALSE, sizeof (Hit));

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < MIN (rows->len, SAN_ROLL_FOUND_LIMIT); i++)
    {
      const SanChildRow *row = g_ptr_array_index (rows, i);

      add_hit (all, &row->id, row->status, row->found_by);
    }
  take_page (roll, all, limit, hits);
  return TRUE;
}

static gboolean
add_row (SanCentre *self, SanRoll *roll, const Hit *hit, GError **error)
{
  SanHouseCard *card = san_house_card_get (self, &hit->id, error);
  g_autoptr(GPtrArray) dues = card != NULL ? san_dues_list (self, 0, &hit->id, NULL, NULL) : NULL;
  SanRollRow *row;

  if (card == NULL)
    return FALSE;
  row = g_new0 (SanRollRow, 1);
  row->card = card;
  row->status = hit->status;
  row->found_by = hit->found_by;
  for (guint i = 0; dues != NULL && i < dues->len; i++)
    {
      const char *state = ((const SanDueItem *) g_ptr_array_index (dues, i))->state;

      row->n_overdue += g_str_equal (state, "overdue");
      row->n_due += g_str_equal (state, "overdue") || g_str_equal (state, "today") ||
                    g_str_equal (state, "unsure");
    }
  g_ptr_array_add (roll->rows, row);
  return TRUE;
}

SanRoll *
san_roll_get (SanCentre *self, const char *search, const SanRollChoice *choice, guint offset,
              guint limit, GError **error)
{
  g_autoptr(SanRoll) roll = g_new0 (SanRoll, 1);
  g_autoptr(GArray) hits = g_array_new (FALSE, FALSE, sizeof (Hit));
  gboolean ok;

  roll->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) san_roll_row_free);
  roll->offset = offset;
  roll->n_in_care =
      san_store_count_summaries (self->store, SAN_COMPARTMENT_HOUSE, SAN_STATUS_IN_CARE, NULL);
  roll->n_follow_up =
      san_store_count_summaries (self->store, SAN_COMPARTMENT_HOUSE, SAN_STATUS_FOLLOW_UP, NULL);
  roll->n_closed =
      san_store_count_summaries (self->store, SAN_COMPARTMENT_HOUSE, SAN_STATUS_CLOSED, NULL);
  if (search != NULL && *search != '\0')
    ok = list_found (self, roll, search, limit, hits, error);
  else if (san_roll_choice_is_narrow (choice) ||
           (choice->kind == SAN_ROLL_IN_CARE && choice->sort != SAN_ROLL_BY_BED))
    ok = list_chosen (self, roll, choice, limit, hits, error);
  else
    ok = list_status (self, roll, choice->kind, limit, hits, error);
  for (guint i = 0; ok && i < hits->len; i++)
    ok = add_row (self, roll, &g_array_index (hits, Hit, i), error);
  return ok ? g_steal_pointer (&roll) : NULL;
}
