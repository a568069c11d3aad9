/* san-case-keys.c - the key under which a compartment of a dossier is written now
 *
 * Which key is a pure function of what stands in the dossier (entry/san-key-choice.h); here it is
 * asked, and where nobody has made a fitting key yet, the writer makes one. */
#include "san-case-keys.h"
#include "san-partner-cards.h"
#include "san-store-rights.h"

static void
add_anchors (gpointer data, const SanId32 *centre, guint8 compartment, GArray *out)
{
  SanCentre *self = data;
  g_autoptr(SanCard) card = san_partner_card_load (self, centre, NULL);
  const SanCardRing *rings;
  guint n = 0;

  if (card == NULL)
    return;
  rings = san_card_get_rings (card, &n);
  for (guint i = 0; i < n; i++)
    if (rings[i].compartment == compartment)
      g_array_append_val (out, rings[i].id);
}

static void
add_card_rings (gpointer data, const SanId32 *centre, guint8 compartment, GArray *out)
{
  SanCentre *self = data;
  g_autoptr(SanCard) card = san_partner_card_load (self, centre, NULL);
  const SanCardRing *rings;
  guint n = 0;

  if (card == NULL)
    return;
  rings = san_card_get_rings (card, &n);
  for (guint i = 0; i < n; i++)
    if (rings[i].compartment == compartment)
      {
        SanKeyTarget target = { rings[i].id, rings[i].pk };

        g_array_append_val (out, target);
      }
}

SanKeyChoice *
san_case_key_ask (SanCentre *centre, const SanId32 *dossier, guint compartment, GError **error)
{
  SanDossierRights *rights = san_store_get_rights (centre->store, dossier, error);
  g_autoptr(GPtrArray) grants = NULL;
  g_autoptr(GPtrArray) rings = NULL;
  g_autofree SanId32 *held = NULL;
  SanId32 my_ring;
  SanKeyQuestion question = { 0 };

  if (rights == NULL)
    return NULL;
  grants = san_store_list_key_grants (centre->store, dossier, (guint8) compartment, error);
  if (grants == NULL)
    return NULL;
  rings = san_store_list_rings (centre->store, (int) compartment, error);
  if (rings == NULL)
    return NULL;
  held = g_new (SanId32, rings->len + 1);
  for (guint i = 0; i < rings->len; i++)
    held[i] = ((const SanHeldRing *) g_ptr_array_index (rings, i))->id;

  question.rights = rights;
  question.centres = san_store_get_centre_lookup (centre->store);
  question.grants = grants;
  question.centre = centre->id;
  question.compartment = (guint8) compartment;
  if (san_store_get_my_ring (centre->store, (guint8) compartment, &my_ring))
    question.my_ring = &my_ring;
  question.held = held;
  question.n_held = rings->len;
  question.anchors = add_anchors;
  question.card_rings = add_card_rings;
  question.data = centre;
  return san_key_choose (&question, error);
}

gboolean
san_case_key_grant (SanPress *press, const SanId32 *dossier, guint compartment, const SanSecret *key,
                    const SanSecret *previous, const SanKeyTarget *targets, guint n_targets, GError **error)
{
  g_autoptr(SanKeyGrant) grant = san_key_grant_make ((guint8) compartment, key, previous, targets, n_targets, error);
  g_autoptr(GBytes) body = NULL;

  if (grant == NULL)
    return FALSE;
  body = san_key_grant_encode (grant);
  return san_press_add_body (press, dossier, SAN_KIND_KEY_GRANT, body, NULL, error);
}

/* The newest key that no other one leads back to: the link of a new key makes it reachable. */
static SanSecret *
find_predecessor (SanCentre *centre, guint compartment, const SanKeyChoice *choice)
{
  for (guint i = 0; choice->unlinked != NULL && i < choice->unlinked->len; i++)
    {
      SanSecret *key = san_store_dup_dossier_key (centre->store, (guint8) compartment,
                                                  &g_array_index (choice->unlinked, SanId32, i), NULL);

      if (key != NULL)
        return key;
    }
  return NULL;
}

static SanSecret *
make_key (SanCentre *centre, SanPress *press, const SanId32 *dossier, guint compartment,
          const SanKeyChoice *choice, GError **error)
{
  g_autoptr(SanSecret) key = san_secret_new_random (SAN_KEY_SIZE);
  g_autoptr(SanSecret) previous = find_predecessor (centre, compartment, choice);

  if (!san_case_key_grant (press, dossier, compartment, key, previous,
                           (const SanKeyTarget *) choice->targets->data, choice->targets->len, error))
    return NULL;
  return g_steal_pointer (&key);
}

SanSecret *
san_case_key_for_writing (SanCentre *centre, SanPress *press, const SanId32 *dossier, guint compartment,
                          GError **error)
{
  g_autoptr(SanKeyChoice) choice = NULL;
  SanSecret *made = san_press_find_key (press, dossier, compartment);

  if (made != NULL)
    return made;
  choice = san_case_key_ask (centre, dossier, compartment, error);
  if (choice == NULL)
    return NULL;
  switch (choice->verdict)
    {
    case SAN_KEY_USE:
      return san_store_dup_dossier_key (centre->store, (guint8) compartment, &choice->key_id, error);
    case SAN_KEY_MAKE:
      made = make_key (centre, press, dossier, compartment, choice, error);
      if (made != NULL)
        san_press_remember_key (press, dossier, compartment, made);
      return made;
    case SAN_KEY_ROTATE:
      g_set_error (error, SAN_ERROR, SAN_ERROR_REFUSED, "the %s ring is to be renewed first: lock and unlock",
                   san_compartment_get_name (compartment));
      return NULL;
    case SAN_KEY_NO_RING:
    default:
      g_set_error (error, SAN_ERROR, SAN_ERROR_LOCKED, "this login holds no key for %s notes",
                   san_compartment_get_name (compartment));
      return NULL;
    }
}
