/* san-example-pair.c - two example centres that work together
 *
 * What two superintendents would do by hand: cards, a telephone call, a share, two exchanges. The
 * practice pen drive is a folder, so that everybody can try an exchange without one. */
#include "san-example-pair.h"
#include "san-carry.h"
#include "san-partners.h"
#include <glib/gstdio.h>

#define PLACE_NAME "Practice pen drive"

typedef struct { SanExample *a, *b; SanCentre *centre_a, *centre_b; const char *folder; } Pair;

static gboolean
agree (Pair *self, GError **error)
{
  g_autoptr(GBytes) card_a = san_card_make (self->centre_a, error);
  g_autoptr(GBytes) card_b = card_a != NULL ? san_card_make (self->centre_b, error) : NULL;
  g_autofree char *digits = NULL;
  g_autofree char *same = NULL;
  g_autofree char *number_a = NULL;
  g_autofree char *number_b = NULL;

  return card_b != NULL &&
         san_card_number (self->centre_a, card_b, NULL, &digits, &number_a, error) &&
         san_card_number (self->centre_b, card_a, digits, &same, &number_b, error) &&
         san_card_accept (self->centre_a, card_b, number_b, error) &&
         san_card_accept (self->centre_b, card_a, number_a, error);
}

static gboolean
exchange (Pair *self, SanCentre *centre, GError **error)
{
  g_autoptr(SanExchangeResult) result = NULL;

  if (g_cancellable_set_error_if_cancelled (self->a->cancellable, error))
    return FALSE;
  result = san_carry_exchange (centre, self->folder, NULL, NULL, NULL, error);
  return result != NULL;
}

static gboolean
accept_offers (SanCentre *centre, GError **error)
{
  g_autoptr(GPtrArray) offers = san_offer_list (centre, error);

  for (guint i = 0; offers != NULL && i < offers->len; i++)
    {
      const SanOfferRow *offer = g_ptr_array_index (offers, i);
      g_autofree char *id = san_id32_to_text (&offer->id);

      if (!offer->answered && !san_offer_answer (centre, id, TRUE, NULL, error))
        return FALSE;
    }
  return offers != NULL;
}

/* The school of that child, corrected by both before they have seen each other's. */
static gboolean
correct_school (SanCentre *centre, const SanId32 *child, const char *school, GError **error)
{
  g_autoptr(GPtrArray) records = san_child_records (centre, child, error);
  g_autoptr(GPtrArray) typed = san_typed_list_new ();

  san_typed_list_add (typed, "school", school);
  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      const SanRecordView *record = g_ptr_array_index (records, i);

      if (g_str_equal (record->form, "family"))
        return san_record_set (centre, &record->id, typed, error);
    }
  return records != NULL;
}

static gboolean
share (Pair *self, const SanId32 *child, GError **error)
{
  g_autofree char *label = san_centre_dup_name (self->centre_b);
  g_autoptr(GPtrArray) why =
      san_share_why_new ("Her school is nearer to them; they go on with the admission there.",
                         "order", "yes",
                         "They may know where I go to school. I go on living here.");
  const SanShareOrder order = { label, 0, FALSE, TRUE, why };
  guint pending = 0;
  SanId32 id;

  return san_share (self->centre_a, child, &order, &id, NULL, &pending, error);
}

static gboolean
work_together (Pair *self, const char *alias, GError **error)
{
  SanId32 child;

  return agree (self, error) &&
         san_carry_add_place (self->centre_a, PLACE_NAME, self->folder, error) &&
         san_carry_add_place (self->centre_b, PLACE_NAME, self->folder, error) &&
         san_child_find (self->centre_a, alias, &child, error) &&
         exchange (self, self->centre_a, error) && exchange (self, self->centre_b, error) &&
         share (self, &child, error) &&
         exchange (self, self->centre_a, error) && exchange (self, self->centre_b, error) &&
         accept_offers (self->centre_b, error) && exchange (self, self->centre_b, error) &&
         exchange (self, self->centre_a, error) && exchange (self, self->centre_b, error) &&
         correct_school (self->centre_a, &child, "Example Nagar Girls' High School", error) &&
         correct_school (self->centre_b, &child, "Girls' School, Example Nagar", error);
}

gboolean
san_example_pair (SanExample *a, SanExample *b, const char *folder, const char *alias,
                  GError **error)
{
  g_autoptr(SanCentre) centre_a = san_example_enter (a, "Sunanda", error);
  g_autoptr(SanCentre) centre_b = centre_a != NULL ? san_example_enter (b, "Sunanda", error) : NULL;
  Pair pair = { a, b, centre_a, centre_b, folder };
  gboolean ok;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return san_error_set_errno (error, errno, folder);
  ok = centre_b != NULL && work_together (&pair, alias, error);
  if (centre_a != NULL)
    san_centre_lock (centre_a);
  if (centre_b != NULL)
    san_centre_lock (centre_b);
  return ok;
}
