/* town.c - three centres and one case dossier between them */
#include "town.h"

#include <string.h>

static const SanAuthority *
find_by_seat (gpointer data, const SanId32 *seat)
{
  Town *self = data;

  for (guint c = 0; c < N_CENTRES; c++)
    if (self->authority[c] != NULL && san_authority_find_seat (self->authority[c], seat) != NULL)
      return self->authority[c];
  return NULL;
}

static const SanAuthority *
find_by_centre (gpointer data, const SanId32 *centre)
{
  Town *self = data;

  for (guint c = 0; c < N_CENTRES; c++)
    if (self->authority[c] != NULL
        && san_id32_equal (san_authority_get_centre (self->authority[c]), centre))
      return self->authority[c];
  return NULL;
}

static guint
laptop_of (guint seat)
{
  return 2 * (seat / 20) + (seat % 20 == 6 ? 1 : 0);
}

static World *
centre_new (guint c)
{
  static const char *const roles[]
      = { NULL, "superintendent", "counsellor", "nurse", "house", "case-worker", "counsellor" };
  World *world = world_new_centre (c, c);

  world_write (world, HEAD_OF (c), 2 * c, op_device (world, 2 * c + 1));
  for (guint i = 1; i < G_N_ELEMENTS (roles); i++)
    world_write (world, HEAD_OF (c), 2 * c,
                 op_seat (world, 20 * c + i, 20 * c + i, laptop_of (20 * c + i), roles[i]));
  world_sync_all (world);
  return world;
}

Town *
town_new (SanFoundingType type, guint founder, guint owner)
{
  Town *self = g_new0 (Town, 1);

  for (guint c = 0; c < N_CENTRES; c++)
    self->centre[c] = centre_new (c);
  self->dossier = world_new_dossier (17, founder, laptop_of (founder), type,
                                     world_id (self->centre[owner], 0));
  self->centres = (SanCentreLookup){ find_by_seat, find_by_centre, self };
  self->chain = (SanChainLookup){ world_reaches, self->dossier };
  town_update (self);
  return self;
}

void
town_free (Town *self)
{
  for (guint c = 0; c < N_CENTRES; c++)
    {
      world_free (self->centre[c]);
      g_clear_pointer (&self->authority[c], san_authority_unref);
    }
  world_free (self->dossier);
  g_free (self);
}

const SanId32 *
town_id (const Town *self, guint centre)
{
  return world_id (self->centre[centre], 0);
}

void
town_update (Town *self)
{
  for (guint c = 0; c < N_CENTRES; c++)
    {
      g_autoptr(SanAuthority) before = g_steal_pointer (&self->authority[c]);

      self->authority[c] = san_authority_evaluate (self->centre[c]->entries, before, NULL);
      g_assert_nonnull (self->authority[c]);
    }
}

void
town_forget (Town *self, guint centre)
{
  g_clear_pointer (&self->authority[centre], san_authority_unref);
}

SanDossierRights *
town_rights (Town *self)
{
  SanDossierRights *first = NULL;

  for (guint order = 0; order < 8; order++)
    {
      g_autoptr(GPtrArray) arrived = g_ptr_array_new ();
      g_autoptr(GError) error = NULL;
      g_autoptr(SanDossierRights) rights = NULL;

      for (guint i = 0; i < self->dossier->entries->len; i++)
        g_ptr_array_insert (arrived, g_rand_int_range (self->dossier->dice, 0, (gint32)i + 1),
                            g_ptr_array_index (self->dossier->entries, i));
      rights = san_dossier_rights_evaluate (arrived, &self->centres, &self->chain, &error);
      g_assert_no_error (error);
      if (first == NULL)
        first = g_steal_pointer (&rights);
      else
        g_assert_true (san_dossier_rights_equal (first, rights));
    }
  return first;
}

SanJudgement
town_judge (Town *self, const SanDossierRights *rights, guint entry, guint parts)
{
  const SanEntry *asked = g_ptr_array_index (self->dossier->entries, entry);
  SanJudgement judgement;

  san_authority_judge (find_by_seat (self, &san_entry_get_header (asked)->author), asked, parts,
                       rights, &self->chain, &judgement);
  return judgement;
}

SanHeldReason
town_reason (Town *self, const SanDossierRights *rights, guint entry)
{
  SanHeldReason reason = SAN_HELD_NOT;

  g_assert_true (san_dossier_rights_find_entry (rights, world_id (self->dossier, entry), &reason));
  return reason;
}

guint
town_note (Town *self, guint seat)
{
  g_autoptr(GBytes) body = g_bytes_new_static ("not looked at", 13);

  return world_write_data (self->dossier, seat, laptop_of (seat), SAN_KIND_CHANGES, body);
}

guint
town_op (Town *self, guint seat, SanAuthorityBody *body)
{
  return world_write (self->dossier, seat, laptop_of (seat), body);
}

void
town_meet (Town *self)
{
  world_sync_all (self->dossier);
}

static SanAuthorityBody *
op_new (Town *self, guint16 op)
{
  SanAuthorityBody *body = san_authority_body_new (op);
  SanId32 salt = world_random_id (self->dossier);

  memcpy (body->salt, salt.b, sizeof body->salt);
  memcpy (body->cut_salt, salt.b + 16, sizeof body->cut_salt);
  return body;
}

SanAuthorityBody *
op_share (Town *self, guint centre, gboolean write, guint compartments)
{
  SanAuthorityBody *body = op_new (self, SAN_OP_SHARE);

  body->u.share.centre = *town_id (self, centre);
  body->u.share.write = write ? 1 : 0;
  body->u.share.compartments = (guint16)compartments;
  return body;
}

SanAuthorityBody *
op_unshare (Town *self, guint centre)
{
  SanAuthorityBody *body = op_new (self, SAN_OP_UNSHARE);

  body->u.centre = *town_id (self, centre);
  return body;
}

SanAuthorityBody *
op_offer (Town *self, guint centre)
{
  SanAuthorityBody *body = op_new (self, SAN_OP_TRANSFER_OFFER);

  body->u.centre = *town_id (self, centre);
  return body;
}

SanAuthorityBody *
op_ref (Town *self, SanOp op, guint entry)
{
  SanAuthorityBody *body = op_new (self, (guint16)op);

  body->u.ref = *world_id (self->dossier, entry);
  return body;
}
