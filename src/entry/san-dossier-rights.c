/* san-dossier-rights.c - asking whose a dossier is, and what each centre may read and write in it
 */
#include "san-dossier-rights-private.h"

SanDossierRights *
san_dossier_rights_ref (SanDossierRights *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
san_dossier_rights_unref (SanDossierRights *self)
{
  if (self == NULL || !g_atomic_int_dec_and_test (&self->ref_count))
    return;
  g_array_unref (self->offers);
  g_array_unref (self->links);
  g_array_unref (self->grants);
  g_array_unref (self->unshares);
  g_hash_table_unref (self->reasons);
  g_array_unref (self->heads);
  g_ptr_array_unref (self->bodies);
  g_free (self);
}

const SanId32 *
san_dossier_rights_get_dossier (const SanDossierRights *self)
{
  return &self->dossier;
}

guint8
san_dossier_rights_get_type (const SanDossierRights *self)
{
  return self->type;
}

const SanId32 *
san_dossier_rights_get_founder (const SanDossierRights *self)
{
  return &self->founder;
}

const SanId32 *
san_dossier_rights_get_owner (const SanDossierRights *self)
{
  return &self->owner;
}

gboolean
san_dossier_rights_is_founded (const SanDossierRights *self, SanHeldReason *reason)
{
  if (reason != NULL)
    *reason = self->founded;
  return self->founded == SAN_HELD_NOT;
}

gboolean
san_dossier_rights_is_frozen (const SanDossierRights *self)
{
  return self->frozen;
}

guint
san_dossier_rights_get_reads (const SanDossierRights *self, const SanId32 *centre)
{
  guint mask = 0;

  if (san_id32_equal (centre, &self->owner))
    return SAN_COMPARTMENT_MASK;
  for (guint i = 0; i < self->grants->len; i++)
    {
      const SanRightsGrant *grant = &g_array_index (self->grants, SanRightsGrant, i);

      if (grant->reads && grant->taken->len == 0 && san_id32_equal (&grant->centre, centre))
        mask |= grant->mask;
    }
  return mask;
}

guint
san_dossier_rights_get_writes (const SanDossierRights *self, const SanId32 *centre)
{
  guint mask = 0;

  if (san_id32_equal (centre, &self->owner))
    return SAN_COMPARTMENT_MASK;
  for (guint i = 0; i < self->grants->len; i++)
    {
      const SanRightsGrant *grant = &g_array_index (self->grants, SanRightsGrant, i);

      if (grant->writes && grant->taken->len == 0 && san_id32_equal (&grant->centre, centre))
        mask |= grant->mask;
    }
  return mask;
}

GArray *
san_dossier_rights_list_readers (const SanDossierRights *self, guint8 compartment)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (san_id32_hash, san_id32_equal);
  GArray *readers = g_array_new (FALSE, FALSE, sizeof (SanId32));

  g_hash_table_add (seen, (gpointer)&self->owner);
  g_array_append_val (readers, self->owner);
  for (guint i = 0; i < self->grants->len; i++)
    {
      const SanRightsGrant *grant = &g_array_index (self->grants, SanRightsGrant, i);

      if (grant->reads && grant->taken->len == 0 && (grant->mask >> compartment & 1) != 0
          && g_hash_table_add (seen, (gpointer)&grant->centre))
        g_array_append_val (readers, grant->centre);
    }
  g_array_sort (readers, san_id32_compare);
  return readers;
}

static gboolean
is_inside_all (const SanDossierRights *self, const SanRightsGrant *grant, const SanEntry *entry,
               const SanChainLookup *chain)
{
  for (guint i = 0; i < grant->taken->len; i++)
    if (!san_cut_is_inside (&g_array_index (self->unshares, SanRightsUnshare,
                                            g_array_index (grant->taken, guint, i))
                                 .cut,
                            entry, chain))
      return FALSE;
  return TRUE;
}

guint
san_dossier_rights_may_write (const SanDossierRights *self, const SanId32 *centre, guint mask,
                              const SanEntry *entry, const SanChainLookup *chain)
{
  guint may = 0;

  if (san_id32_equal (centre, &self->owner))
    return mask & SAN_COMPARTMENT_MASK;
  for (guint i = 0; i < self->grants->len && (mask & ~may) != 0; i++)
    {
      const SanRightsGrant *grant = &g_array_index (self->grants, SanRightsGrant, i);

      if (grant->writes && (grant->mask & mask & ~may) != 0
          && san_id32_equal (&grant->centre, centre) && is_inside_all (self, grant, entry, chain))
        may |= grant->mask;
    }
  return may & mask;
}

SanTransferState
san_dossier_rights_get_transfer (const SanDossierRights *self)
{
  return self->transfer;
}

guint
san_dossier_rights_get_n_transfers (const SanDossierRights *self)
{
  return self->n_transfers;
}

guint
san_dossier_rights_get_n_offers (const SanDossierRights *self)
{
  return self->offers->len;
}

const SanOffer *
san_dossier_rights_get_offer (const SanDossierRights *self, guint i)
{
  return &g_array_index (self->offers, SanOffer, i);
}

gboolean
san_dossier_rights_is_erased (const SanDossierRights *self, SanId32 *erasure)
{
  if (self->erased && erasure != NULL)
    *erasure = self->erasure;
  return self->erased;
}

guint
san_dossier_rights_get_n_links (const SanDossierRights *self)
{
  return self->links->len;
}

const SanId32 *
san_dossier_rights_get_link (const SanDossierRights *self, guint i)
{
  return &g_array_index (self->links, SanId32, i);
}

gboolean
san_dossier_rights_find_entry (const SanDossierRights *self, const SanId32 *entry,
                               SanHeldReason *reason)
{
  gpointer found = g_hash_table_lookup (self->reasons, entry);

  if (found == NULL)
    return FALSE;
  if (reason != NULL)
    *reason = GPOINTER_TO_INT (found) - 1;
  return TRUE;
}

guint
san_dossier_rights_get_heads (const SanDossierRights *self, SanId32 out[SAN_HEADS_LIMIT])
{
  for (guint i = 0; i < self->heads->len; i++)
    out[i] = g_array_index (self->heads, SanId32, i);
  return self->heads->len;
}

gboolean
san_dossier_rights_equal (const SanDossierRights *a, const SanDossierRights *b)
{
  return san_id32_equal (&a->dossier, &b->dossier) && san_id32_equal (&a->digest, &b->digest);
}
