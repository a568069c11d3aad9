/* san-share-sign.c - signs a share on the worker
 *
 * She may leave the page, or lock, before the answer comes: so the draft ends here, with the act,
 * and what is shared is never offered again to be signed. */
#include "san-share-sign.h"

void
san_share_sign_free (SanShareSign *self)
{
  g_free (self->to);
  g_clear_pointer (&self->order.why, g_ptr_array_unref);
  g_clear_pointer (&self->keeper, san_draft_keeper_unref);
  g_free (self);
}

gpointer
san_share_sign_run (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  const SanShareSign *self = input;
  SanId32 id;
  guint pending = 0;

  if (!san_share (centre, &self->child, &self->order, &id, NULL, &pending, error))
    return NULL;
  if (self->keeper != NULL)
    san_draft_keeper_let_go (self->keeper, &self->draft, &self->child, NULL);
  return g_memdup2 (&pending, sizeof pending);
}
