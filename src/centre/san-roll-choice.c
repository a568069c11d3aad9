/* san-roll-choice.c - whom of those in care a choice shows, and in which order */
#include "san-roll-private.h"
#include "san-dues.h"

#define EIGHTEEN_DAYS 183
#define NEW_DAYS      14

/* What waits for each child. */
typedef struct { guint n_overdue, n_due; } Waits;
typedef struct
{
  SanCentre *centre;
  const SanRollChoice *choice;
  GHashTable *waits; /* SanId32 -> Waits */
  gint32 today;
} Choosing;

gboolean
san_roll_choice_is_narrow (const SanRollChoice *self)
{
  if (self->kind == SAN_ROLL_FOLLOW_UP || self->kind == SAN_ROLL_CLOSED)
    return FALSE;
  return self->kind != SAN_ROLL_IN_CARE || self->age != SAN_ROLL_ANY_AGE ||
         self->alert != SAN_ROLL_ANY_ALERT || self->due != SAN_ROLL_ANY_DUE;
}

static gboolean
fits_kind (const Choosing *it, const SanHouseCard *card)
{
  switch (it->choice->kind)
    {
    case SAN_ROLL_EIGHTEEN:
      return card->has_eighteen && card->eighteen.days >= it->today &&
             card->eighteen.days - it->today <= EIGHTEEN_DAYS;
    case SAN_ROLL_NEW:
      return card->day > 0 && card->day <= NEW_DAYS;
    case SAN_ROLL_MINE:
      return san_id16_equal (&card->responsible_id, &it->centre->staff);
    case SAN_ROLL_IN_CARE:
    case SAN_ROLL_FOLLOW_UP:
    case SAN_ROLL_CLOSED:
    default:
      return TRUE;
    }
}

static gboolean
fits_age (SanRollAge age, const SanHouseCard *card)
{
  static const struct { int from, to; } bands[SAN_ROLL_N_AGES] = {
    [SAN_ROLL_UNDER_7] = { 0, 6 }, [SAN_ROLL_7_TO_11] = { 7, 11 }, [SAN_ROLL_12_TO_15] = { 12, 15 },
    [SAN_ROLL_16_AND_17] = { 16, 17 }, [SAN_ROLL_GROWN] = { 18, G_MAXINT },
  };

  if (age == SAN_ROLL_ANY_AGE || age >= SAN_ROLL_N_AGES)
    return TRUE;
  return card->oldest >= 0 && card->youngest <= bands[age].to && card->oldest >= bands[age].from;
}

static gboolean
fits_alert (SanRollAlert alert, const SanHouseCard *card)
{
  switch (alert)
    {
    case SAN_ROLL_ALLERGY:
      return card->allergy->len > 0;
    case SAN_ROLL_HELP:
      return card->help->len > 0;
    case SAN_ROLL_DIET:
      return card->diet->len > 0;
    case SAN_ROLL_SEE_TODAY:
      return card->see_today;
    case SAN_ROLL_ANY_ALERT:
    case SAN_ROLL_N_ALERTS:
    default:
      return TRUE;
    }
}

static Waits
waits_of (const Choosing *it, const SanHouseCard *card)
{
  const Waits *waits = it->waits != NULL ? g_hash_table_lookup (it->waits, &card->child) : NULL;

  return waits != NULL ? *waits : (Waits) { 0, 0 };
}

static gboolean
fits (const Choosing *it, const SanHouseCard *card)
{
  Waits waits = waits_of (it, card);

  return fits_kind (it, card) && fits_age (it->choice->age, card) &&
         fits_alert (it->choice->alert, card) &&
         (it->choice->due != SAN_ROLL_OVERDUE || waits.n_overdue > 0) &&
         (it->choice->due != SAN_ROLL_DUE || waits.n_due > 0);
}

/* What is due for everybody, once. */
static gboolean
count_waits (Choosing *it, GError **error)
{
  g_autoptr(GPtrArray) dues = NULL;

  if (it->choice->due == SAN_ROLL_ANY_DUE && it->choice->sort != SAN_ROLL_MOST_OVERDUE)
    return TRUE;
  dues = san_dues_list (it->centre, 0, NULL, NULL, error);
  if (dues == NULL)
    return FALSE;
  it->waits = g_hash_table_new_full (san_id32_hash, san_id32_equal, g_free, g_free);
  for (guint i = 0; i < dues->len; i++)
    {
      const SanDueItem *due = dues->pdata[i];
      Waits *waits = g_hash_table_lookup (it->waits, &due->child);
      gboolean overdue = g_str_equal (due->state, "overdue");

      if (waits == NULL)
        {
          waits = g_new0 (Waits, 1);
          g_hash_table_insert (it->waits, san_id32_copy (&due->child), waits);
        }
      waits->n_overdue += overdue;
      waits->n_due +=
          overdue || g_str_equal (due->state, "today") || g_str_equal (due->state, "unsure");
    }
  return TRUE;
}

static int
compare_waits (const Waits *one, const Waits *two)
{
  if (one->n_overdue != two->n_overdue)
    return one->n_overdue > two->n_overdue ? -1 : 1;
  return (one->n_due < two->n_due) - (one->n_due > two->n_due);
}

/* Who stands equal stays in the order of beds. */
static int
compare (gconstpointer a, gconstpointer b, gpointer user)
{
  const SanHouseCard *one = *(SanHouseCard *const *) a;
  const SanHouseCard *two = *(SanHouseCard *const *) b;
  const Choosing *it = user;
  Waits waits[] = { waits_of (it, one), waits_of (it, two) };

  switch (it->choice->sort)
    {
    case SAN_ROLL_BY_ALIAS:
      return g_utf8_collate (one->alias, two->alias);
    case SAN_ROLL_YOUNGEST:             /* nobody knows: last */
      return (one->youngest < 0) != (two->youngest < 0) ? (one->youngest < 0 ? 1 : -1)
             : (one->youngest > two->youngest) - (one->youngest < two->youngest);
    case SAN_ROLL_NEWEST:
      return (one->day > two->day) - (one->day < two->day);
    case SAN_ROLL_MOST_OVERDUE:
      return compare_waits (&waits[0], &waits[1]);
    case SAN_ROLL_BY_BED:
    case SAN_ROLL_N_SORTS:
    default:
      return 0;
    }
}

gboolean
san_roll_choose (SanCentre *self, const SanRollChoice *choice, GPtrArray *cards, GError **error)
{
  SanInstant now = { san_clock_now (), san_clock_zone (san_clock_now ()) };
  Choosing it = { self, choice, NULL, san_date_from_instant (&now).days };

  if (!count_waits (&it, error))
    return FALSE;
  for (guint i = cards->len; i > 0; i--)
    if (!fits (&it, cards->pdata[i - 1]))
      g_ptr_array_remove_index (cards, i - 1);
  g_ptr_array_sort_with_data (cards, compare, &it);
  g_clear_pointer (&it.waits, g_hash_table_unref);
  return TRUE;
}
