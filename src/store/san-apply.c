/* san-apply.c - entries that arrive: one transaction from first to last */
#include "san-intake-private.h"
#include "san-error.h"

struct _SanApply
{
  SanStore *store;
  SanTx *tx; /* NULL: committed, or failed and rolled back */
  SanId16 peer;
};

SanApply *
san_apply_begin (SanStore *store, const SanId16 *peer, GError **error)
{
  SanTx *tx = san_tx_begin (store, FALSE, error);
  SanApply *self;

  if (!tx)
    return NULL;
  self = g_new0 (SanApply, 1);
  self->store = store;
  self->tx = tx;
  self->peer = *peer;
  return self;
}

static gboolean
is_running (SanApply *self, GError **error)
{
  if (self->tx && self->store->tx == self->tx)
    return TRUE;
  g_set_error (error, SAN_ERROR, SAN_ERROR_REFUSED, "the apply is over");
  return FALSE;
}

static gboolean
take (SanApply *self, SanEntry *entry, gboolean header_only, SanApplyOutcome *outcome,
      GError **error)
{
  SanApplyOutcome what = SAN_APPLY_REFUSED;

  if (entry && !san_intake_take (self->tx, entry, &self->peer, header_only, &what, error))
    return FALSE;
  if (entry && what == SAN_APPLY_REFUSED)
    san_waiting_name_author (self->tx, &san_entry_get_header (entry)->author);
  self->tx->summary.n[what]++;
  if ((what == SAN_APPLY_NEW || what == SAN_APPLY_ERASED || what == SAN_APPLY_QUARANTINED)
      && !san_waiting_ask (self->tx, san_entry_get_id (entry), error))
    return FALSE;
  if (outcome)
    *outcome = what;
  return TRUE;
}

gboolean
san_apply_add_entry (SanApply *self, SanEntry *entry, SanApplyOutcome *outcome, GError **error)
{
  return is_running (self, error) && take (self, entry, FALSE, outcome, error);
}

gboolean
san_apply_add (SanApply *self, GBytes *bytes, SanApplyOutcome *outcome, GError **error)
{
  g_autoptr(SanEntry) entry = san_entry_new_from_bytes (bytes, NULL);

  return san_apply_add_entry (self, entry, outcome, error);
}

gboolean
san_apply_add_header (SanApply *self, const guint8 *header, gsize n, SanApplyOutcome *outcome,
                      GError **error)
{
  g_autoptr(SanEntry) entry = NULL;

  if (!is_running (self, error))
    return FALSE;
  entry = san_entry_new (header, n, NULL, NULL);
  return take (self, entry, TRUE, outcome, error);
}

gboolean
san_apply_commit (SanApply *self, GCancellable *cancellable, SanApplySummary *summary,
                  GError **error)
{
  if (!is_running (self, error))
    return FALSE;
  return san_tx_commit (g_steal_pointer (&self->tx), FALSE, cancellable, summary, error);
}

void
san_apply_free (SanApply *self)
{
  if (!self)
    return;
  if (self->tx && self->store->tx == self->tx)
    san_tx_cancel (self->store);
  g_free (self);
}
