/* san-sharing.c - sharing one child with one centre; offers from others
 *
 * The order to share is an entry that everybody sees; what makes the notes readable over there
 * are keys sealed to the partner's rings, compartment by compartment, by somebody who holds them.
 * Nothing is ever sealed by itself: a puppet centre would get clinical notes. */
#include "san-partners.h"
#include "san-case-keys.h"
#include "san-derive.h"
#include "san-dossier-rights.h"
#include "san-hash.h"
#include "san-partner-cards.h"
#include "san-record-write.h"
#include "san-ring-care.h"
#include "san-share-note.h"
#include "san-staff-private.h"
#include "san-store-rights.h"
#include "san-system-forms.h"

#define SHAREABLE (SAN_COMPARTMENT_MASK & ~(1u << SAN_COMPARTMENT_STAFF))

void
san_pending_share_free (SanPendingShare *self)
{
  g_free (self->to_label);
  g_free (self->alias);
  g_free (self);
}

void
san_offer_row_free (SanOfferRow *self)
{
  g_free (self->from_label);
  g_free (self->alias);
  g_free (self->answer);
  g_free (self);
}

/* One id for "this compartment of this child to that centre": what `share confirm` is given. */
static void
pending_id (const SanId32 *child, guint compartment, const SanId32 *to, SanId32 *out)
{
  g_autoptr(SanHasher) hasher = san_hasher_new ("san1.share.pend");
  guint8 c = (guint8) compartment;

  san_hasher_update (hasher, child->b, sizeof child->b);
  san_hasher_update (hasher, &c, 1);
  san_hasher_update (hasher, to->b, sizeof to->b);
  san_hasher_finish (hasher, out);
}

/* The partner's ring of that compartment: leaves that descend from its card's, as far as its
 * authority is here; else the card's own. */
static gboolean
list_partner_targets (SanCentre *self, const SanId32 *to, guint compartment, GArray *targets,
                      GError **error)
{
  g_autoptr(SanCard) card = san_partner_card_load (self, to, error);
  g_autoptr(GError) local = NULL;
  const SanAuthority *authority;
  const SanCardRing *rings;
  guint n = 0;

  if (card == NULL)
    return FALSE;
  authority = san_store_get_authority (self->store, to, &local);
  if (san_error_is_failure (local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  rings = san_card_get_rings (card, &n);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GArray) leaves = NULL;
      SanKeyTarget target = { rings[i].id, rings[i].pk };

      if (rings[i].compartment != compartment)
        continue;
      if (authority != NULL)
        leaves = san_authority_list_leaves (authority, &rings[i].id, 1);
      for (guint l = 0; leaves != NULL && l < leaves->len; l++)
        {
          const SanRing *ring =
              san_authority_find_ring (authority, &g_array_index (leaves, SanId32, l));
          SanKeyTarget leaf = { ring->id, ring->pk };

          g_array_append_val (targets, leaf);
        }
      if (leaves == NULL || leaves->len == 0)
        g_array_append_val (targets, target);
    }
  if (targets->len > 0)
    return TRUE;
  g_set_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "that centre has no ring for %s on its card",
               san_compartment_get_name (compartment));
  return FALSE;
}

/* With history: every key that no other one leads to. Without: a new key, linked to nothing. */
static gboolean
seal_to_partner (SanCentre *self, SanPress *press, const SanId32 *child, guint compartment,
                 const SanId32 *to, gboolean history, GError **error)
{
  g_autoptr(GArray) targets = g_array_new (FALSE, FALSE, sizeof (SanKeyTarget));
  g_autoptr(SanKeyChoice) choice = NULL;
  g_autoptr(SanSecret) made = NULL;
  guint sealed = 0;

  if (!list_partner_targets (self, to, compartment, targets, error))
    return FALSE;
  choice = san_case_key_ask (self, child, compartment, error);
  if (choice == NULL)
    return FALSE;
  for (guint i = 0; history && choice->unlinked != NULL && i < choice->unlinked->len; i++)
    {
      g_autoptr(GError) local = NULL;
      g_autoptr(SanSecret) key = san_store_dup_dossier_key (
          self->store, (guint8) compartment, &g_array_index (choice->unlinked, SanId32, i), &local);

      if (san_error_is_failure (local))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (key == NULL)
        continue;
      if (!san_case_key_grant (press, child, compartment, key, NULL,
                               (const SanKeyTarget *) targets->data, targets->len, error))
        return FALSE;
      sealed++;
    }
  /* a key that this press made: the store does not open it yet */
  made = history ? san_press_find_key (press, child, compartment) : NULL;
  if (made != NULL)
    {
      if (!san_case_key_grant (press, child, compartment, made, NULL,
                               (const SanKeyTarget *) targets->data, targets->len, error))
        return FALSE;
      sealed++;
    }
  if (sealed == 0)
    {
      g_autoptr(SanSecret) fresh = san_secret_new_random (SAN_KEY_SIZE);

      for (guint i = 0; choice->targets != NULL && i < choice->targets->len; i++)
        g_array_append_val (targets, g_array_index (choice->targets, SanKeyTarget, i));
      return san_case_key_grant (press, child, compartment, fresh, NULL,
                                 (const SanKeyTarget *) targets->data, targets->len, error);
    }
  return TRUE;
}

/* What the presser reads is sealed now; how many parts wait for others. */
static gboolean
seal_parts (SanCentre *self, SanPress *press, const SanId32 *child, guint compartments,
            const SanId32 *to, gboolean history, guint *pending, GError **error)
{
  guint mine = self->reads & san_store_get_open_mask (self->store);

  *pending = 0;
  for (guint c = 1; c < SAN_N_COMPARTMENTS; c++)
    {
      if (!(compartments & (1u << c)))
        continue;
      if (!(mine & (1u << c)))
        (*pending)++;
      else if (!seal_to_partner (self, press, child, c, to, history, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
san_share (SanCentre *self, const SanId32 *child, const SanShareOrder *order, SanId32 *id,
           SanId16 *note, guint *pending, GError **error)
{
  g_autoptr(SanAuthorityBody) body = san_authority_body_new (SAN_OP_SHARE);
  g_autoptr(SanPress) press = NULL;
  SanShareOrder whole = *order;
  SanId32 centre, entry;
  SanId16 record;
  guint n_pending = 0;

  if (!san_staff_need_superintendent (self, error) ||
      !san_centre_find_partner (self, order->to, &centre, error))
    return FALSE;
  if (whole.compartments == 0)
    whole.compartments = self->reads & san_store_get_open_mask (self->store);
  whole.compartments = (whole.compartments & SHAREABLE) | (1u << SAN_COMPARTMENT_HOUSE);
  body->u.share.centre = centre;
  body->u.share.write = !whole.read_only;
  body->u.share.compartments = (guint16) whole.compartments;
  press = san_press_begin (self, error);
  /* the note first: under the key as it was, so that it goes along with history and not without */
  if (press == NULL ||
      !san_share_note_add (self, press, child, &centre, &whole, &record, error) ||
      !san_press_add_authority (press, child, body, &entry, error) ||
      !seal_parts (self, press, child, whole.compartments, &centre, whole.history, &n_pending,
                   error) ||
      !san_press_commit (press, error))
    return FALSE;
  *id = entry;
  if (note != NULL)
    *note = record;
  *pending = n_pending;
  return TRUE;
}

/* --- what a holder still has to confirm --- */

static char *
dup_alias (SanCentre *self, const SanId32 *child)
{
  g_autoptr(SanSummaryRow) summary =
      san_store_dup_summary (self->store, SAN_COMPARTMENT_HOUSE, child, NULL);
  SanKeptSummary kept;

  san_kept_summary_read_bytes (&kept, summary != NULL ? summary->data : NULL);
  return g_strdup (kept.alias);
}

static int
compare_labels (gconstpointer a, gconstpointer b)
{
  const SanPendingShare *one = *(const SanPendingShare *const *) a;
  const SanPendingShare *two = *(const SanPendingShare *const *) b;
  int order = g_utf8_collate (one->to_label, two->to_label);

  return order != 0 ? order : san_id32_compare (&one->to, &two->to);
}

/* Partners by name; the children come in the order in which they were welcomed. */
static void
add_pending (SanCentre *self, const SanId32 *child, guint compartment, const SanKeyChoice *choice,
             GPtrArray *rows)
{
  g_autoptr(GPtrArray) partners = g_ptr_array_new ();

  for (guint i = 0; choice->unconfirmed != NULL && i < choice->unconfirmed->len; i++)
    {
      SanPendingShare *row = g_new0 (SanPendingShare, 1);

      row->child = *child;
      row->compartment = (SanCompartment) compartment;
      row->to = g_array_index (choice->unconfirmed, SanId32, i);
      row->to_label = san_centre_dup_partner_label (self, &row->to);
      row->alias = dup_alias (self, child);
      pending_id (child, compartment, &row->to, &row->id);
      g_ptr_array_add (partners, row);
    }
  g_ptr_array_sort (partners, compare_labels);
  for (guint i = 0; i < partners->len; i++)
    g_ptr_array_add (rows, partners->pdata[i]);
}

GPtrArray *
san_share_list_pending (SanCentre *self, GError **error)
{
  g_autoptr(GPtrArray) dossiers =
      san_store_list_dossiers (self->store, SAN_FOUNDING_CASE, &self->id, SAN_STANDING_OWN, error);
  g_autoptr(GPtrArray) rows =
      g_ptr_array_new_with_free_func ((GDestroyNotify) san_pending_share_free);
  guint mine = self->reads & san_store_get_open_mask (self->store);

  if (dossiers == NULL)
    return NULL;
  for (guint i = 0; i < dossiers->len; i++)
    {
      const SanDossier *dossier = g_ptr_array_index (dossiers, i);
      SanDossierRights *rights = san_store_get_rights (self->store, &dossier->id, error);

      if (rights == NULL)
        return NULL;
      for (guint c = 1; c < SAN_N_COMPARTMENTS; c++)
        {
          g_autoptr(GArray) readers = NULL;
          g_autoptr(SanKeyChoice) choice = NULL;

          if (!(mine & (1u << c)))
            continue;
          readers = san_dossier_rights_list_readers (rights, (guint8) c);
          if (readers->len < 2)
            continue;
          choice = san_case_key_ask (self, &dossier->id, c, error);
          if (choice == NULL)
            return NULL;
          add_pending (self, &dossier->id, c, choice, rows);
        }
    }
  return g_steal_pointer (&rows);
}

gboolean
san_share_confirm (SanCentre *self, const char *id_prefix, GError **error)
{
  g_autoptr(GPtrArray) rows = san_share_list_pending (self, error);
  const SanPendingShare *found = NULL;
  g_autoptr(SanPress) press = NULL;

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const SanPendingShare *row = g_ptr_array_index (rows, i);
      g_autofree char *hex = san_id32_to_text (&row->id);

      if (strlen (id_prefix) >= 6 && g_str_has_prefix (hex, id_prefix))
        found = row;
    }
  if (found == NULL)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND,
                   "nothing waits for this login under \"%s\"", id_prefix);
      return FALSE;
    }
  press = san_press_begin (self, error);
  return press != NULL &&
         seal_to_partner (self, press, &found->child, found->compartment, &found->to, TRUE,
                          error) &&
         san_press_commit (press, error);
}

/* --- offers --- */

static void
offer_record (const SanId32 *dossier, SanId16 *out)
{
  memcpy (out->b, dossier->b, sizeof out->b);
}

static gboolean
add_offer (SanCentre *self, const SanDossier *dossier, GPtrArray *rows, GError **error)
{
  SanOfferRow *row;
  SanId16 record;
  char *answer = NULL;

  offer_record (&dossier->id, &record);
  if (!san_centre_read_house_text (self, &record, SAN_OFFER_FORM, SAN_OFFER_ANSWER, &answer, error))
    return FALSE;
  row = g_new0 (SanOfferRow, 1);
  row->id = dossier->id;
  row->from = dossier->owner;
  row->from_label = san_centre_dup_partner_label (self, &dossier->owner);
  row->kind = "share";
  row->answer = answer;
  row->answered = answer != NULL;
  g_ptr_array_add (rows, row);
  return TRUE;
}

GPtrArray *
san_offer_list (SanCentre *self, GError **error)
{
  g_autoptr(GPtrArray) dossiers =
      san_store_list_dossiers (self->store, SAN_FOUNDING_CASE, NULL, SAN_STANDING_OFFERED, error);
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) san_offer_row_free);

  if (dossiers == NULL)
    return NULL;
  for (guint i = 0; i < dossiers->len; i++)
    {
      const SanDossier *dossier = g_ptr_array_index (dossiers, i);
      g_autoptr(GError) local = NULL;
      SanDossierRights *rights = san_store_get_rights (self->store, &dossier->id, &local);

      if (san_error_is_failure (local))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      /* only what is really shared with us is an offer; the rest waits unseen */
      if (rights != NULL && san_dossier_rights_get_reads (rights, &self->id) != 0 &&
          !add_offer (self, dossier, rows, error))
        return NULL;
    }
  return g_steal_pointer (&rows);
}

gboolean
san_offer_answer (SanCentre *self, const char *id_prefix, gboolean accept, const char *reason,
                  GError **error)
{
  g_autoptr(GPtrArray) rows = san_offer_list (self, error);
  g_autoptr(SanChanges) changes = NULL;
  g_autoptr(SanValue) answer = NULL;
  const SanOfferRow *found = NULL;
  SanId16 record;

  if (rows == NULL || !san_staff_need_superintendent (self, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const SanOfferRow *row = g_ptr_array_index (rows, i);
      g_autofree char *hex = san_id32_to_text (&row->id);

      if (strlen (id_prefix) >= 6 && g_str_has_prefix (hex, id_prefix))
        found = row;
    }
  if (found == NULL)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "there is no offer \"%s\"", id_prefix);
      return FALSE;
    }
  offer_record (&found->id, &record);
  changes = san_changes_new (self, &self->house);
  answer = san_value_new_code (accept ? SAN_OFFER_ACCEPT : SAN_OFFER_DECLINE);
  return san_changes_set (changes, SAN_COMPARTMENT_HOUSE, &record, SAN_OFFER_FORM, SAN_OFFER_ANSWER,
                          answer, error) &&
         (reason == NULL ||
          san_changes_set_text (changes, SAN_COMPARTMENT_HOUSE, &record, SAN_OFFER_FORM,
                                SAN_OFFER_REASON, reason, error)) &&
         san_record_save (self, &self->house, changes, error);
}
