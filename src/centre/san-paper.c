/* san-paper.c - a file attached to a record, opened to be looked at or copied out
 *
 * Both are written in the child's access log, before anything is handed out. */
#include "san-paper.h"
#include "san-attachment.h"
#include "san-centre-private.h"
#include "san-file.h"
#include "san-pieces.h"
#include "san-record-view.h"
#include <string.h>

#define COPY_MODE 0600

void
san_paper_free (SanPaper *self)
{
  g_clear_pointer (&self->content, g_bytes_unref);
  g_free (self->media_type);
  g_free (self);
}

static const char *
extension_of (const char *media_type)
{
  static const struct { const char *media_type, *extension;
  } known[] = {
    { "image/jpeg", ".jpg" },
    { "image/png", ".png" },
    { "application/pdf", ".pdf" },
    { "text/plain", ".txt" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].media_type, media_type))
      return known[i].extension;
  return "";
}

static SanAttachment *
find (SanCentre *self, const SanStoredRecord *stored, const char *field, GError **error)
{
  g_autoptr(GPtrArray) values =
      san_store_list_values (self->store, &stored->dossier, &stored->record, stored->form, field,
                             san_store_get_open_mask (self->store), error);

  if (values == NULL)
    return NULL;
  if (values->len > 0)
    return san_attachment_from_value (
        ((const SanStoredWrite *) g_ptr_array_index (values, 0))->value, error);
  g_set_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "nothing is attached at \"%s\"", field);
  return NULL;
}

static SanPaper *
take_out (SanCentre *self, const SanId16 *record, const char *field, const char *what,
          GError **error)
{
  g_autoptr(SanStoredRecord) stored = san_record_locate (self, record, error);
  g_autoptr(SanAttachment) attachment = stored != NULL ? find (self, stored, field, error) : NULL;
  g_autoptr(SanPieces) pieces = attachment != NULL ? san_pieces_open (self->dir, error) : NULL;
  g_autoptr(GBytes) content =
      pieces != NULL ? san_pieces_get_bytes (pieces, attachment, error) : NULL;
  SanPaper *paper;

  if (content == NULL || !san_store_add_access (self->store, &stored->dossier,
                                                san_sign_key_get_public (self->seat_key), what,
                                                san_clock_now (), error))
    return NULL;
  paper = g_new0 (SanPaper, 1);
  paper->content = g_steal_pointer (&content);
  paper->media_type = g_strdup (san_attachment_get_media_type (attachment));
  paper->extension = extension_of (paper->media_type);
  return paper;
}

/**
 * san_paper_open:
 * @field: concrete name of the answer, as in san_record_read_attachment()
 *
 * Reads the file for a look inside our own window. Written in her access log as "paper". Errors:
 * NOT_FOUND: nothing is attached there, or its pieces have not arrived yet; DAMAGED, UNTRUSTED.
 *
 * Returns: (transfer full)
 */
SanPaper *
san_paper_open (SanCentre *self, const SanId16 *record, const char *field, GError **error)
{
  return take_out (self, record, field, "paper", error);
}

/**
 * san_paper_copy:
 * @path: chosen by a person; replaced if it is there
 *
 * The one way in which an attached file leaves the store readable. Written in her access log as
 * "copy" before it is written out, so that no copy is without its line. Errors: of
 * san_paper_open(), NO_SPACE, READ_ONLY, IO.
 */
gboolean
san_paper_copy (SanCentre *self, const SanId16 *record, const char *field, const char *path,
                GError **error)
{
  g_autoptr(SanPaper) paper = take_out (self, record, field, "copy", error);

  return paper != NULL && san_file_replace (path, paper->content, COPY_MODE, error);
}
