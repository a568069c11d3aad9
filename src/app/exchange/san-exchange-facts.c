/* san-exchange-facts.c - what the exchange page asks the centre */
#include "san-exchange-facts.h"
#include "san-drives.h"

SanTarget *
san_target_new (const char *name, const char *uri, gboolean drive)
{
  SanTarget *self = g_new0 (SanTarget, 1);

  self->name = g_strdup (name);
  self->uri = g_strdup (uri);
  self->drive = drive;
  return self;
}

void
san_target_free (SanTarget *self)
{
  g_free (self->name);
  g_free (self->uri);
  g_clear_pointer (&self->look, san_place_look_free);
  g_free (self);
}

void
san_exchange_question_free (SanExchangeQuestion *self)
{
  g_clear_pointer (&self->drives, g_ptr_array_unref);
  g_free (self->bundle);
  g_free (self);
}

void
san_exchange_facts_free (SanExchangeFacts *self)
{
  g_clear_pointer (&self->targets, g_ptr_array_unref);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_pointer (&self->offers, g_ptr_array_unref);
  g_clear_pointer (&self->bundle, san_bundle_info_free);
  g_clear_error (&self->bundle_error);
  g_free (self);
}

static gboolean
is_drive (GPtrArray *drives, const char *uri)
{
  for (guint i = 0; i < drives->len; i++)
    if (g_str_equal (((const SanDrive *) g_ptr_array_index (drives, i))->uri, uri))
      return TRUE;
  return FALSE;
}

/* A folder of this laptop that is not there now (a stick at home) is not offered; of another
 * machine's nothing is known before it is tried, and looking could take long. */
static void
add_places (SanExchangeFacts *facts, GPtrArray *drives)
{
  for (guint i = 0; i < facts->places->len; i++)
    {
      const SanPlaceRow *row = g_ptr_array_index (facts->places, i);
      g_autoptr(GFile) folder = g_file_new_for_uri (row->uri);

      if (!is_drive (drives, row->uri) &&
          (!g_file_is_native (folder) || g_file_query_exists (folder, NULL)))
        g_ptr_array_add (facts->targets, san_target_new (row->name, row->uri, FALSE));
    }
}

static void
look (SanCentre *centre, SanExchangeFacts *facts, GCancellable *cancellable)
{
  for (guint i = 0; i < facts->targets->len; i++)
    {
      SanTarget *target = g_ptr_array_index (facts->targets, i);
      g_autoptr(GFile) folder = g_file_new_for_uri (target->uri);

      if (g_file_is_native (folder))
        target->look = san_carry_look (centre, target->uri, cancellable, NULL);
    }
}

gpointer
san_exchange_facts_ask (SanCentre *centre, gpointer input, GCancellable *cancellable,
                        GError **error)
{
  const SanExchangeQuestion *question = input;
  g_autoptr(SanExchangeFacts) facts = g_new0 (SanExchangeFacts, 1);

  facts->targets = g_ptr_array_new_with_free_func ((GDestroyNotify) san_target_free);
  for (guint i = 0; i < question->drives->len; i++)
    {
      const SanDrive *drive = g_ptr_array_index (question->drives, i);

      g_ptr_array_add (facts->targets, san_target_new (drive->name, drive->uri, TRUE));
    }
  facts->places = san_carry_list_places (centre, error);
  facts->waiting = facts->places != NULL ? san_carry_list_waiting (centre, error) : NULL;
  facts->offers = facts->waiting != NULL ? san_offer_list (centre, error) : NULL;
  if (facts->offers == NULL)
    return NULL;
  add_places (facts, question->drives);
  look (centre, facts, cancellable);
  if (question->bundle != NULL)
    facts->bundle = san_carry_inspect (centre, question->bundle, &facts->bundle_error);
  return g_steal_pointer (&facts);
}
