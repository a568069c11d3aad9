/* san-undo.c - a saved act, taken back while its toast shows
 *
 * By then the page that saved it may be gone: the desk asks. */
#include "san-undo.h"
#include "san-i18n.h"
#include "san-records.h"

static gpointer
withdraw (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  return GINT_TO_POINTER (san_record_withdraw (centre, input, "undone", error));
}

static void
withdrawn_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GError) error = NULL;

  if (GPOINTER_TO_INT (san_worker_run_finish (result, &error)))
    san_desk_changed (data);
  else
    san_desk_complain (data, error);
}

static void
undo_cb (SanDesk *desk, gpointer record)
{
  san_desk_ask (desk, NULL, withdraw, san_id16_copy (record), g_free, NULL, withdrawn_cb, desk);
}

void
san_undo_offer (SanDesk *desk, const char *sentence, const SanId16 *record)
{
  san_desk_toast_undo (desk, sentence, _("Undo"), undo_cb, san_id16_copy (record), g_free);
}
