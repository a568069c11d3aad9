/* san-partner-cards.c - the card of a paired centre, as the house dossier keeps it */
#include "san-partner-cards.h"
#include "san-peers.h"
#include "san-system-forms.h"

SanCard *
san_partner_card_load (SanCentre *self, const SanId32 *centre, GError **error)
{
  SanId16 record;
  g_autofree char *text = NULL;
  g_autoptr(SanCard) card = NULL;

  san_partner_record (centre, &record);
  if (!san_centre_read_house_text (self, &record, SAN_FORM_PARTNER, SAN_PARTNER_CARD, &text, error))
    return NULL;
  if (text == NULL)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "that centre is not paired");
      return NULL;
    }
  card = san_card_from_text (text, NULL, error);
  if (card != NULL && !san_id32_equal (san_card_get_centre (card), centre))
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_DAMAGED,
                           "the card kept for that centre is another one's");
      return NULL;
    }
  return g_steal_pointer (&card);
}

static gboolean
collect (const SanStoredRecord *record, gpointer data)
{
  if (!record->withdrawn)
    g_ptr_array_add (data, san_id16_copy (&record->record));
  return TRUE;
}

GPtrArray *
san_partner_list (SanCentre *self, GError **error)
{
  g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) cards = g_ptr_array_new_with_free_func ((GDestroyNotify) san_card_free);

  if (!san_store_each_of_form (self->store, SAN_FORM_PARTNER, 1u << SAN_COMPARTMENT_HOUSE, collect,
                               records, error))
    return NULL;
  for (guint i = 0; i < records->len; i++)
    {
      g_autofree char *text = NULL;
      SanCard *card;

      if (!san_centre_read_house_text (self, g_ptr_array_index (records, i), SAN_FORM_PARTNER,
                                       SAN_PARTNER_CARD, &text, error))
        return NULL;
      card = text != NULL ? san_card_from_text (text, NULL, NULL) : NULL;
      if (card != NULL)
        g_ptr_array_add (cards, card);
    }
  return g_steal_pointer (&cards);
}

/* --- as a face lists them --- */

void
san_partner_row_free (SanPartnerRow *self)
{
  g_free (self->label);
  g_free (self);
}

/* Ids are random: people look for a name. */
static int
compare_labels (gconstpointer a, gconstpointer b)
{
  const SanPartnerRow *one = *(const SanPartnerRow *const *) a;
  const SanPartnerRow *two = *(const SanPartnerRow *const *) b;
  int by_label = g_utf8_collate (one->label, two->label);

  return by_label != 0 ? by_label : san_id32_compare (&one->id, &two->id);
}

GPtrArray *
san_centre_list_partners (SanCentre *self, GError **error)
{
  g_autoptr(GPtrArray) cards = san_partner_list (self, error);
  g_autoptr(GPtrArray) rows =
      g_ptr_array_new_with_free_func ((GDestroyNotify) san_partner_row_free);

  if (cards == NULL)
    return NULL;
  for (guint i = 0; i < cards->len; i++)
    {
      const SanCard *card = g_ptr_array_index (cards, i);
      SanPartnerRow *row;
      char *label;

      if (!san_centre_read_partner_label (self, san_card_get_centre (card), &label, error))
        return NULL;
      row = g_new0 (SanPartnerRow, 1);
      row->id = *san_card_get_centre (card);
      row->label = label;
      row->state =
          san_peers_has_heard_from (self->store, &row->id, &row->last_news_ms) ? "live" : "paired";
      g_ptr_array_add (rows, row);
    }
  g_ptr_array_sort (rows, compare_labels);
  return g_steal_pointer (&rows);
}
