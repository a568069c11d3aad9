/* san-carry-hand.c - bundles by hand: one file written, looked into, applied */
#include "san-carry-run.h"
#include "san-bundle-reader.h"
#include "san-partner-cards.h"

/**
 * san_carry_write:
 * @to: "devices", a partner's label or id
 * @n_entries: (out): how many are in it
 *
 * One bundle into one file, for whoever carries it by hand.
 *
 * Returns: FALSE with REFUSED on a laptop that has not joined, with NOT_FOUND if there is nobody to
 * write to, or with an error of the disk
 */
gboolean
san_carry_write (SanCentre *self, const char *to, const char *path, guint *n_entries,
                 GError **error)
{
  g_auto(SanCarryWriter) writer = { 0 };
  g_auto(SanCarryRun) run = { 0 };
  SanOutgoingResult out = { 0 };
  gboolean devices = g_str_equal (to, "devices");
  gboolean any = FALSE, may = FALSE;
  SanId32 partner;

  if (!san_carry_may_write (self, &may, error))
    return FALSE;
  if (!may)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_REFUSED,
                           "this laptop has not joined yet: exchange first");
      return FALSE;
    }
  if ((!devices && !san_centre_find_partner (self, to, &partner, error)) ||
      !san_carry_run_begin (&run, self, error) ||
      !san_carry_writer_begin (&writer, self, devices ? NULL : &partner, run.temp, &any, error))
    return FALSE;
  if (!any)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_NOT_FOUND,
                           "this centre has no other laptop");
      return FALSE;
    }
  if (!san_outgoing_write_file (&writer.outgoing, writer.audience, path, &out, NULL, error))
    return FALSE;
  *n_entries = out.n_entries;
  return TRUE;
}

void
san_bundle_info_free (SanBundleInfo *self)
{
  g_free (self->from_label);
  g_free (self);
}

/**
 * san_carry_inspect:
 * Reads a bundle through to its end, and applies nothing.
 *
 * Returns: (transfer full): what it says of itself; NULL with the errors of
 * san_incoming_inspect()
 */
SanBundleInfo *
san_carry_inspect (SanCentre *self, const char *path, GError **error)
{
  g_auto(SanCarryReader) reader = { 0 };
  SanSource *source;
  SanManifest manifest;
  gboolean complete = FALSE;
  SanBundleInfo *info;

  if (!san_carry_reader_begin (&reader, self, error))
    return NULL;
  source = san_source_open_path (path, error);
  if (source == NULL ||
      !san_incoming_inspect (&reader.incoming, source, &manifest, &complete, NULL, error))
    return NULL;
  info = g_new0 (SanBundleInfo, 1);
  info->from = manifest.centre;
  info->from_label = san_centre_dup_partner_label (self, &manifest.centre);
  info->number = manifest.number;
  info->wall_ms = (gint64) manifest.wall;
  info->entries = manifest.n_entries;
  info->pieces = manifest.n_pieces;
  info->complete = complete;
  info->backup = (manifest.flags & SAN_BUNDLE_BACKUP) != 0;
  return info;
}

/**
 * san_carry_apply:
 * @result_out: (out) (transfer full): with one place, the file
 *
 * Applies one bundle. ALREADY if it was applied before; else the errors of san_incoming_apply(), of
 * which, unlike in an exchange, none is passed over.
 */
gboolean
san_carry_apply (SanCentre *self, const char *path, SanExchangeResult **result_out, GError **error)
{
  g_autoptr(SanExchangeResult) result = san_exchange_result_new ();
  g_autofree char *name = g_path_get_basename (path);
  SanPlaceResult *place = san_place_result_new (name);
  g_autoptr(GError) local = NULL;
  g_auto(SanCarryRun) run = { 0 };
  gboolean already = FALSE;

  g_ptr_array_add (result->places, place);
  if (!san_carry_run_begin (&run, self, error) ||
      !san_carry_reader_take (&run.reader, path, &already, &place->received, NULL, error))
    return FALSE;
  if (already)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_ALREADY, "%s: already applied, nothing changed",
                   name);
      return FALSE;
    }
  place->read = 1;
  place->pieces_received = run.reader.n_pieces;
  if ((!san_carry_reader_settle (&run.reader, NULL, &local) ||
       !san_carry_run_ask_for_files (&run, result, &local) ||
       !san_carry_count_review (self, &result->review, &local)) &&
      !san_carry_run_take_failure (&run, result, g_steal_pointer (&local), error))
    return FALSE;
  *result_out = san_exchange_result_sum_up (g_steal_pointer (&result));
  return TRUE;
}
