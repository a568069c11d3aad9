/* san-today.c - one person's day
 *
 * "Mine" is the work of my role, but not of a child for whom another of the same role is
 * responsible, and whatever is for everybody. What concerns a child's safety stands apart and is
 * shown to everybody who can read it. */
#include "san-today.h"
#include "san-carry.h"
#include "san-centre-private.h"
#include "san-derive.h"
#include "san-partners.h"
#include "san-review.h"
#include "san-system-forms.h"

#define FORM_NOT_NEEDED "not-needed"
#define ANYBODY         "any"

typedef struct
{
  SanCentre  *centre;
  GHashTable *cards;                 /* SanId32 -> SanHouseCard */
  GHashTable *roles;                 /* SanId16 -> roles of a person, joined */
  gboolean    mine;                  /* only her own work is wanted */
} Day;

void
san_today_row_free (SanTodayRow *self)
{
  if (self == NULL)
    return;
  san_due_item_free (self->due);
  g_free (self->sign);
  g_free (self->bed);
  g_free (self->who);
  g_free (self);
}

void
san_today_free (SanToday *self)
{
  g_clear_pointer (&self->safety, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->next, san_today_row_free);
  g_clear_pointer (&self->unfinished, g_ptr_array_unref);
  g_clear_pointer (&self->cards, g_ptr_array_unref);
  g_clear_pointer (&self->partners, g_ptr_array_unref);
  g_free (self);
}

gboolean
san_today_begins_with_all (SanCentre *self)
{
  return san_role_is_superintendent (self->role);
}

/* What everybody knows of her; beyond the limit a list goes on without it. */
static const SanHouseCard *
card_of (Day *self, const SanId32 *child)
{
  SanHouseCard *card = g_hash_table_lookup (self->cards, child);

  if (card != NULL || san_id32_is_zero (child) ||
      g_hash_table_size (self->cards) >= SAN_HOUSE_CARDS_LIMIT)
    return card;
  card = san_house_card_get (self->centre, child, NULL);
  if (card != NULL)
    g_hash_table_insert (self->cards, &card->child, card);
  return card;
}

static const char *
roles_of (Day *self, const SanId16 *staff)
{
  const char *known = g_hash_table_lookup (self->roles, staff);
  g_autoptr(GPtrArray) values = NULL;
  g_auto(GStrv) codes = NULL;
  char *joined;

  if (known != NULL || san_id32_is_zero (&self->centre->house))
    return known;
  values = san_store_list_values (self->centre->store, &self->centre->house, staff, SAN_FORM_STAFF,
                                  SAN_STAFF_ROLE, 1u << SAN_COMPARTMENT_HOUSE, NULL);
  if (values != NULL && values->len > 0)
    codes = san_value_dup_codes (((const SanStoredWrite *) g_ptr_array_index (values, 0))->value);
  joined = codes != NULL ? g_strjoinv ("+", codes) : g_strdup ("");
  g_hash_table_insert (self->roles, san_id16_copy (staff), joined);
  return joined;
}

/* Is the person who is responsible for her the one whose work this is? */
static gboolean
is_of_responsible (Day *self, const char *role, const SanHouseCard *card)
{
  return card != NULL && !san_id16_is_zero (&card->responsible_id) &&
         san_role_has (roles_of (self, &card->responsible_id), role);
}

/* Has nobody else this role here? Who has only a slip for it is not there yet. */
static gboolean
is_only_one (Day *self, const char *role)
{
  const SanAuthority *authority = san_centre_get_authority (self->centre, NULL);

  if (authority == NULL || !san_role_has (self->centre->role, role))
    return FALSE;
  for (guint i = 0; i < san_authority_get_n_seats (authority); i++)
    {
      const SanSeat *seat = san_authority_get_seat (authority, i);

      if (!seat->removed && !seat->spent && !san_role_is_slip (seat->role) &&
          san_role_has (seat->role, role) && !san_id16_equal (&seat->staff, &self->centre->staff))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_mine (Day *self, const char *role, const SanId32 *child)
{
  const SanHouseCard *card;

  if (g_str_equal (role, ANYBODY))
    return TRUE;
  if (!san_role_has (self->centre->role, role))
    return FALSE;
  card = card_of (self, child);
  return !is_of_responsible (self, role, card) ||
         san_id16_equal (&card->responsible_id, &self->centre->staff);
}

static gboolean
is_safety (const SanMilestone *milestone)
{
  return g_str_has_prefix (milestone->anchor, "safe.") || g_str_equal (milestone->id, "not-found");
}

static gboolean
form_states (const SanForm *form, const char *fact)
{
  for (guint i = 0; form != NULL && fact != NULL && i < form->n_fields; i++)
    if (g_strcmp0 (form->fields[i]->fact, fact) == 0)
      return TRUE;
  return FALSE;
}

/* Which note answers it: the one that asked for it if it has a place for the answer, the one that
 * began her stay if that is where it is asked, else a new one. */
static void
find_answer (Day *self, SanTodayRow *row, const SanMilestone *milestone, const SanHouseCard *card)
{
  const SanForm *form = milestone->form != NULL
                            ? san_catalogue_find_form (self->centre->catalogue, milestone->form)
                            : NULL;

  if (form == NULL)
    return;
  if (milestone->per == SAN_PER_RECORD && form_states (form, milestone->anchor))
    row->record = row->due->record;
  else if (form->starts_stay && card != NULL && card->stay_form != NULL)
    {
      form = san_catalogue_find_form (self->centre->catalogue, card->stay_form);
      row->record = card->stay_start;
    }
  if (form != NULL && san_form_may_write (form, self->centre->role))
    row->form = form->id;
}

static SanTodayRow *
make_row (Day *self, SanDueItem *due)
{
  const SanMilestone *milestone =
      san_programme_find_milestone (self->centre->programme, due->milestone);
  const SanHouseCard *card = card_of (self, &due->child);
  SanTodayRow *row = g_new0 (SanTodayRow, 1);

  row->due = due;
  row->sign = g_strdup (card != NULL ? card->sign : "");
  row->bed = g_strdup (card != NULL ? card->bed : "");
  row->day = card != NULL && card->in_care ? card->day : 0;
  if (is_of_responsible (self, due->role, card))
    {
      row->who = g_strdup (card->responsible);
      row->is_me = san_id16_equal (&card->responsible_id, &self->centre->staff);
    }
  else
    row->is_me = is_only_one (self, due->role);
  if (card != NULL && card->see_today && san_id16_equal (&card->see_record, &due->record))
    {
      row->who = g_strdup (card->see_responsible != NULL ? card->see_responsible : card->see_who);
      row->is_me = g_strcmp0 (row->who, self->centre->staff_name) == 0;
    }
  find_answer (self, row, milestone, card);
  row->may_be_unneeded =
      milestone->dossier == SAN_DOSSIER_CASE && !is_safety (milestone) &&
      (san_role_get_writes (self->centre->role) & (1u << milestone->answer_compartment));
  return row;
}

/* Listing */

static void
day_clear (Day *self)
{
  g_hash_table_unref (self->cards);
  g_hash_table_unref (self->roles);
}

static void
day_init (Day *self, SanCentre *centre)
{
  self->centre = centre;
  self->mine = FALSE;
  self->cards = g_hash_table_new_full (san_id32_hash, san_id32_equal, NULL,
                                       (GDestroyNotify) san_house_card_free);
  self->roles = g_hash_table_new_full (san_id16_hash, san_id16_equal, g_free, g_free);
}

static SanDuePart
part_of (const SanMilestone *milestone, const SanId32 *child, gpointer user)
{
  Day *self = user;

  if (is_safety (milestone))
    return SAN_DUE_APART;
  return self->mine && !is_mine (self, milestone->role, child) ? SAN_DUE_LEFT_OUT : SAN_DUE_COUNTED;
}

static void
make_rows (Day *self, GPtrArray *dues, guint limit, GPtrArray *rows)
{
  g_ptr_array_set_free_func (dues, NULL);
  for (guint i = 0; i < dues->len; i++)
    if (i < limit)
      g_ptr_array_add (rows, make_row (self, g_ptr_array_index (dues, i)));
    else
      san_due_item_free (g_ptr_array_index (dues, i));
  g_ptr_array_set_size (dues, 0);
}

static gboolean
list_dues (Day *day, SanToday *self, guint limit, GError **error)
{
  g_auto(SanDuesToday) dues = { 0 };

  if (!san_dues_today (day->centre, limit, part_of, day, &dues, error))
    return FALSE;
  self->n_overdue = dues.n_overdue;
  self->n_today = dues.n_today;
  self->n_soon = dues.n_soon;
  make_rows (day, dues.apart, G_MAXUINT, self->safety);
  make_rows (day, dues.items, limit, self->rows);
  if (dues.next != NULL)
    self->next = make_row (day, g_steal_pointer (&dues.next));
  return TRUE;
}

static guint
count_review (SanCentre *self)
{
  g_autoptr(GPtrArray) rows = san_review_list (self, NULL);

  return rows != NULL ? rows->len : 0;
}

/**
 * san_today_get:
 * @mine: only her own work; what is of a child's safety is always there
 * @limit: rows that are made, at least 1; all are counted
 *
 * Returns: (transfer full): NULL with an error of the store
 */
SanToday *
san_today_get (SanCentre *self, gboolean mine, guint limit, GError **error)
{
  g_autoptr(SanToday) today = g_new0 (SanToday, 1);
  Day day;
  gboolean ok;

  today->safety = g_ptr_array_new_with_free_func ((GDestroyNotify) san_today_row_free);
  today->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) san_today_row_free);
  day_init (&day, self);
  day.mine = mine;
  ok = list_dues (&day, today, limit, error);
  day_clear (&day);
  if (!ok)
    return NULL;
  today->cards = san_house_card_list (self, SAN_HOUSE_CARDS_LIMIT, &today->n_in_care, error);
  if (today->cards == NULL)
    return NULL;
  today->unfinished = san_unfinished_list (self, error);
  if (today->unfinished == NULL)
    return NULL;
  today->partners = san_centre_list_partners (self, error);
  if (today->partners == NULL)
    return NULL;
  today->n_review = count_review (self);
  return g_steal_pointer (&today);
}

/* The week */

void
san_week_free (SanWeek *self)
{
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self);
}

/* The midnight after the last of its days, where the clock is now. */
static gint64
week_end (void)
{
  gint64 now = san_clock_now ();
  SanInstant moment = { now, san_clock_zone (now) };

  gint32 today = san_date_from_instant (&moment).days;

  return san_instant_at_day (today + SAN_WEEK_DAYS, 0, moment.zone).ms;
}

gboolean
san_week_has (gint64 ms)
{
  return ms < week_end ();
}

/**
 * san_week_get:
 * @mine: only her own work
 * @limit: rows that are made, at least 1
 *
 * What is due today and in the six days after it, by time; what is overdue or of a child's safety
 * stands on Today. Asked only when somebody wants to see it: Today does not wait for it.
 *
 * Returns: (transfer full) (nullable): the week; %NULL with @error set if reading failed
 */
SanWeek *
san_week_get (SanCentre *self, gboolean mine, guint limit, GError **error)
{
  g_autoptr(SanWeek) week = g_new0 (SanWeek, 1);
  g_autoptr(GPtrArray) dues = NULL;
  Day day;

  week->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) san_today_row_free);
  day_init (&day, self);
  day.mine = mine;
  dues = san_dues_until (self, week_end (), limit, part_of, &day, &week->n, error);
  if (dues != NULL)
    make_rows (&day, dues, limit, week->rows);
  day_clear (&day);
  return dues != NULL ? g_steal_pointer (&week) : NULL;
}

GPtrArray *
san_today_list_child (SanCentre *self, const SanId32 *child, GError **error)
{
  g_autoptr(GPtrArray) dues = san_dues_list (self, 0, child, NULL, error);
  GPtrArray *rows;
  g_autofree gpointer *items = NULL;
  gsize n;
  Day day;

  if (dues == NULL)
    return NULL;
  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) san_today_row_free);
  day_init (&day, self);
  g_ptr_array_set_free_func (dues, NULL);
  items = g_ptr_array_steal (dues, &n);
  for (gsize i = 0; i < n; i++)
    g_ptr_array_add (rows, make_row (&day, items[i]));
  day_clear (&day);
  return rows;
}

/* Of safety too: it waits like the rest. */
static SanDuePart
count_part (const SanMilestone *milestone, const SanId32 *child, gpointer user)
{
  Day *self = user;

  return self->mine && !is_mine (self, milestone->role, child) ? SAN_DUE_LEFT_OUT : SAN_DUE_COUNTED;
}

static guint
count_due (Day *day, GError **error)
{
  g_auto(SanDuesToday) dues = { 0 };

  return san_dues_today (day->centre, 1, count_part, day, &dues, error)
             ? dues.n_overdue + dues.n_today
             : 0;
}

static guint
count_offers (SanCentre *self)
{
  g_autoptr(GPtrArray) offers = san_offer_list (self, NULL);
  guint n = 0;

  for (guint i = 0; offers != NULL && i < offers->len; i++)
    n += !((const SanOfferRow *) g_ptr_array_index (offers, i))->answered;
  return n;
}

SanCounts *
san_counts_get (SanCentre *self, GError **error)
{
  g_autofree SanCounts *counts = g_new0 (SanCounts, 1);
  g_autoptr(SanCarryTimes) times = NULL;
  GError *failed = NULL;
  Day day;

  day_init (&day, self);
  day.mine = !san_today_begins_with_all (self);
  counts->due = count_due (&day, &failed);
  day_clear (&day);
  if (failed != NULL)
    {
      g_propagate_error (error, failed);
      return NULL;
    }
  counts->children =
      san_store_count_summaries (self->store, SAN_COMPARTMENT_HOUSE, SAN_STATUS_IN_CARE, NULL);
  counts->review = count_review (self);
  counts->offers = count_offers (self);
  times = san_carry_get_times (self);
  counts->exchanged_ms = times->exchange_ms;
  return g_steal_pointer (&counts);
}

/* Not needed, because … */

/**
 * san_due_not_needed:
 * @record: (out)
 *
 * Writes why something is not needed for this child; of what comes again it closes that one time.
 *
 * Returns: FALSE with INVALID without a reason, REFUSED for what is not about one child, else the
 * errors of san_record_new()
 */
gboolean
san_due_not_needed (SanCentre *self, const SanDueItem *due, const char *reason, SanId16 *record,
                    GError **error)
{
  const SanMilestone *milestone = san_programme_find_milestone (self->programme, due->milestone);
  g_autoptr(GPtrArray) typed = san_typed_list_new ();

  if (milestone == NULL || milestone->dossier != SAN_DOSSIER_CASE)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_REFUSED, "\"%s\" is not about one child",
                   due->milestone);
      return FALSE;
    }
  if (reason == NULL || *reason == '\0')
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_INVALID, "say why it is not needed");
      return FALSE;
    }
  san_typed_list_add (typed, "milestone", due->milestone);
  san_typed_list_add (typed, "reason", reason);
  if (!san_id16_is_zero (&due->record))
    {
      g_autoptr(SanValue) value = san_value_new_record (&due->record);

      san_typed_list_add_value (typed, "record", value);
    }
  if (milestone->has_rhythm)
    {
      SanDate day = san_date_from_instant (&due->at);
      g_autoptr(SanValue) value = san_value_new_date (&day);

      san_typed_list_add_value (typed, "due", value);
    }
  return san_record_new (self, FORM_NOT_NEEDED, &due->child, typed, record, error);
}
