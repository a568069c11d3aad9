/* san-journal-care.c - a new journal at the slightest doubt that this store was turned back
 *
 * The witness lies outside the store. If it knows more than the store, or another machine wrote
 * it, or it is gone, this store may be an old copy whose next numbers others have seen with other
 * contents. A new journal costs nothing and needs no pairing, so doubt is enough. */
#include "san-journal-care.h"
#include "san-carry-private.h"
#include "san-peers.h"
#include "san-press.h"
#include "san-store-entries.h"
#include "san-store-apply.h"
#include "san-witness.h"

static char *
witness_path (SanCentre *self)
{
  const SanId16 *store = san_keyring_get_store (self->keyring);
  g_autofree char *hex = NULL;
  g_autofree char *name = NULL;

  if (self->state_dir == NULL)
    return san_witness_dup_path (store);
  hex = san_id16_to_text (store);
  name = g_strconcat (hex, ".witness", NULL);
  return g_build_filename (self->state_dir, name, NULL);
}

static gboolean
witness_now (SanCentre *self, SanWitness *out, GError **error)
{
  memset (out, 0, sizeof *out);
  out->store = *san_keyring_get_store (self->keyring);
  san_machine_hash (&out->machine);
  san_store_get_journal (self->store, &out->journal);
  return san_store_get_journal_state (self->store, &out->n_entries, &out->last, error);
}

/* Best effort: a witness that lags behind says nothing wrong. */
void
san_centre_after_write (SanCentre *self)
{
  g_autofree char *path = witness_path (self);
  SanWitness now;

  if (witness_now (self, &now, NULL))
    san_witness_save (path, &now, self->store_key, NULL);
}

/* What others believe that this laptop has may be what it had before it was turned back, or what a
 * copy of it has. */
static gboolean
put_journal (SanCentre *self, const SanId16 *fresh, GError **error)
{
  return san_store_set_journal (self->store, fresh, error) &&
         san_peers_begin_writer (self->store, error) && san_carry_set_reset (self, error) &&
         san_store_put_state (self->store, SAN_STATE_BEHIND, NULL, error);
}

static gboolean
put_with_notice (SanCentre *self, const SanId16 *fresh, SanAuthorityBody *body, SanSignKey *sign_as,
                 GError **error)
{
  g_autoptr(SanPress) press = san_press_begin (self, error);

  if (press == NULL)
    return FALSE;
  if (sign_as != NULL)
    san_press_sign_as (press, sign_as);
  return put_journal (self, fresh, error) &&
         san_press_add_authority (press, &self->id, body, NULL, error) &&
         san_press_commit (press, error);
}

/* The notice only informs: whoever has no say at present, because others removed her and she them,
 * goes on without it. */
gboolean
san_journal_begin_new (SanCentre *self, SanJournalNotice why, SanSignKey *sign_as, GError **error)
{
  SanId16 fresh;
  g_autoptr(SanAuthorityBody) body = san_authority_body_new (SAN_OP_JOURNAL_NOTICE);
  g_autoptr(GError) local = NULL;

  body->u.notice.why = (guint8) why;
  san_store_get_journal (self->store, &body->u.notice.old_journal);
  san_journal_new (san_sign_key_get_public (self->device_key), &fresh);
  body->u.notice.new_journal = fresh;
  if (!put_with_notice (self, &fresh, body, sign_as, &local))
    {
      if (sign_as != NULL || !g_error_matches (local, SAN_ERROR, SAN_ERROR_REFUSED))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (!put_journal (self, &fresh, error))
        return FALSE;
      san_centre_after_write (self);
    }
  san_centre_notice (self, "new-journal");
  return TRUE;
}

/* A bundle showed more of our journal than is here, and no new one was begun yet. */
static gboolean
was_seen_behind (SanCentre *self, gboolean *yes, GError **error)
{
  g_autoptr(GError) local = NULL;
  g_autoptr(GBytes) state = san_store_get_state (self->store, SAN_STATE_BEHIND, &local);

  *yes = state != NULL;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
fork_is_mine (const SanFork *fork, const SanId16 *journal)
{
  return san_id16_equal (&fork->journal, journal);
}

gboolean
san_journal_care (SanCentre *self, GError **error)
{
  g_autofree char *path = witness_path (self);
  g_autoptr(GPtrArray) forks = NULL;
  SanWitness kept;
  SanWitness now;
  gboolean has_kept =
      san_witness_load (path, san_keyring_get_store (self->keyring), self->store_key, &kept, NULL);
  gboolean behind;

  if (!witness_now (self, &now, error) || !was_seen_behind (self, &behind, error))
    return FALSE;
  if (behind)
    return san_journal_begin_new (self, SAN_NOTICE_ROLL_BACK, NULL, error);
  switch (san_witness_judge (has_kept ? &kept : NULL, &now))
    {
    case SAN_WITNESS_FITS:
      break;
    case SAN_WITNESS_OTHER_MACHINE:
      return san_journal_begin_new (self, SAN_NOTICE_CLONE, NULL, error);
    case SAN_WITNESS_MISSING:
    case SAN_WITNESS_ROLLED_BACK:
    default:
      return san_journal_begin_new (self, SAN_NOTICE_ROLL_BACK, NULL, error);
    }
  forks = san_store_list_forks (self->store, error);
  if (forks == NULL)
    return FALSE;
  for (guint i = 0; i < forks->len; i++)
    if (fork_is_mine (g_ptr_array_index (forks, i), &now.journal))
      return san_journal_begin_new (self, SAN_NOTICE_CLONE, NULL, error);
  return TRUE;
}
