/* san-case-keys.c - the key under which a compartment of a dossier is written now
 *
 * Which key is a pure function of what stands in the dossier (entry/san-key-choice.h); here it is
 * asked, and where nobody has made a fitting key yet, the writer makes one. */
#include "san-case-keys.h"
#include "san-error.h"
#include "san-partner-cards.h"
#include "san-store-rights.h"

typedef struct
{
  SanCentre *centre;
  GError    *error;    /* the first card that could not be read, though it may be there */
} Cards;

/* A card that cannot be read is not one that is not there: the key would be for others. */
static SanCard *
load_card (Cards *self, const SanId32 *centre)
{
  g_autoptr(GError) local = NULL;
  SanCard *card = san_partner_card_load (self->centre, centre, &local);

  if (card == NULL && self->error == NULL && san_error_is_failure (local))
    self->error = g_steal_pointer (&local);
  return card;
}

/* SanKeyTarget: the rings of that compartment on the centre's card. */
static void
add_card_rings (gpointer data, const SanId32 *centre, guint8 compartment, GArray *out)
{
  g_autoptr(SanCard) card = load_card (data, centre);
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

static void
add_anchors (gpointer data, const SanId32 *centre, guint8 compartment, GArray *out)
{
  g_autoptr(GArray) rings = g_array_new (FALSE, FALSE, sizeof (SanKeyTarget));

  add_card_rings (data, centre, compartment, rings);
  for (guint i = 0; i < rings->len; i++)
    g_array_append_val (out, g_array_index (rings, SanKeyTarget, i).ring);
}

/* The rings that this login holds: (transfer full). */
static SanId32 *
list_held (SanCentre *centre, guint compartment, guint *n, GError **error)
{
  g_autoptr(GPtrArray) rings = san_store_list_rings (centre->store, (int) compartment, error);
  SanId32 *held;

  if (rings == NULL)
    return NULL;
  held = g_new (SanId32, rings->len + 1);
  for (guint i = 0; i < rings->len; i++)
    held[i] = ((const SanHeldRing *) g_ptr_array_index (rings, i))->id;
  *n = rings->len;
  return held;
}

/**
 * san_case_key_ask:
 *
 * Asks the rule which key is to be written under, with all that this laptop knows of the centres
 * that take part.
 *
 * Returns: (transfer full): NULL with the errors of san_key_choose() or of the store, or if a card
 * that may be there could not be read
 */
SanKeyChoice *
san_case_key_ask (SanCentre *centre, const SanId32 *dossier, guint compartment, GError **error)
{
  SanDossierRights *rights = san_store_get_rights (centre->store, dossier, error);
  g_autoptr(GPtrArray) grants = NULL;
  g_autofree SanId32 *held = NULL;
  SanId32 my_ring;
  SanKeyQuestion question = { 0 };
  Cards cards = { centre, NULL };
  g_autoptr(SanKeyChoice) choice = NULL;
  g_autoptr(GError) local = NULL;

  if (rights == NULL)
    return NULL;
  grants = san_store_list_key_grants (centre->store, dossier, (guint8) compartment, error);
  if (grants == NULL)
    return NULL;
  held = list_held (centre, compartment, &question.n_held, error);
  if (held == NULL)
    return NULL;
  question.rights = rights;
  question.centres = san_store_get_centre_lookup (centre->store);
  question.grants = grants;
  question.centre = centre->id;
  question.compartment = (guint8) compartment;
  if (san_store_get_my_ring (centre->store, (guint8) compartment, &my_ring))
    question.my_ring = &my_ring;
  question.held = held;
  question.anchors = add_anchors;
  question.card_rings = add_card_rings;
  question.data = &cards;
  choice = san_key_choose (&question, &local);
  if (cards.error != NULL)
    {
      g_propagate_error (error, cards.error);
      return NULL;
    }
  if (!san_store_check_lookup (centre->store, error))
    return NULL;
  if (choice == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return g_steal_pointer (&choice);
}

gboolean
san_case_key_grant (SanPress *press, const SanId32 *dossier, guint compartment,
                    const SanSecret *key, const SanSecret *previous, const SanKeyTarget *targets,
                    guint n_targets, GError **error)
{
  g_autoptr(SanKeyGrant) grant =
      san_key_grant_make ((guint8) compartment, key, previous, targets, n_targets, error);
  g_autoptr(GBytes) body = NULL;

  if (grant == NULL)
    return FALSE;
  body = san_key_grant_encode (grant);
  return san_press_add_body (press, dossier, SAN_KIND_KEY_GRANT, body, NULL, error);
}

/* The newest key that no other one leads back to: the link of a new key makes it reachable. */
static gboolean
find_predecessor (SanCentre *centre, guint compartment, const SanKeyChoice *choice, SanSecret **out,
                  GError **error)
{
  *out = NULL;
  for (guint i = 0; choice->unlinked != NULL && i < choice->unlinked->len; i++)
    {
      g_autoptr(GError) local = NULL;

      *out = san_store_dup_dossier_key (centre->store, (guint8) compartment,
                                        &g_array_index (choice->unlinked, SanId32, i), &local);
      if (*out != NULL)
        return TRUE;
      if (san_error_is_failure (local))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
  return TRUE;
}

static SanSecret *
make_key (SanCentre *centre, SanPress *press, const SanId32 *dossier, guint compartment,
          const SanKeyChoice *choice, GError **error)
{
  g_autoptr(SanSecret) key = san_secret_new_random (SAN_KEY_SIZE);
  g_autoptr(SanSecret) previous = NULL;

  if (!find_predecessor (centre, compartment, choice, &previous, error) ||
      !san_case_key_grant (press, dossier, compartment, key, previous,
                           (const SanKeyTarget *) choice->targets->data, choice->targets->len,
                           error))
    return NULL;
  return g_steal_pointer (&key);
}

SanSecret *
san_case_key_for_writing (SanCentre *centre, SanPress *press, const SanId32 *dossier,
                          guint compartment, GError **error)
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
      return san_store_dup_dossier_key (centre->store, (guint8) compartment, &choice->key_id,
                                        error);
    case SAN_KEY_MAKE:
      made = make_key (centre, press, dossier, compartment, choice, error);
      if (made != NULL)
        san_press_remember_key (press, dossier, compartment, made);
      return made;
    case SAN_KEY_ROTATE:
      g_set_error (error, SAN_ERROR, SAN_ERROR_REFUSED,
                   "the %s ring is to be renewed first: lock and unlock",
                   san_compartment_get_name (compartment));
      return NULL;
    case SAN_KEY_NO_RING:
    default:
      g_set_error (error, SAN_ERROR, SAN_ERROR_LOCKED, "this login holds no key for %s notes",
                   san_compartment_get_name (compartment));
      return NULL;
    }
}
