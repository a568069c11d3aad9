/* san-place-put.c - put a file into a place, and read it back before anybody says that it is safe
 */
#include "san-place-private.h"

static gboolean
compare_back (SanPlace *self, const char *name, const SanId32 *expected, GCancellable *cancellable,
              GError **error)
{
  g_autoptr(GError) problem = NULL;
  g_autoptr(SanSource) source = NULL;
  SanId32 hash;

  if (self->path != NULL)
    {
      g_autofree char *path = g_build_filename (self->path, name, NULL);

      if (!san_disk_forget (path, error))
        return FALSE;
    }
  source = san_place_open (self, name, cancellable, error);
  if (source == NULL)
    return FALSE;
  if (!san_place_copy (source, NULL, &hash, cancellable, &problem)
      && !g_error_matches (problem, SAN_ERROR, SAN_ERROR_INCOMPLETE))
    {
      g_propagate_prefixed_error (error, g_steal_pointer (&problem), "reading back: ");
      return FALSE;
    }
  if (problem == NULL && san_id32_equal (&hash, expected))
    return TRUE;
  g_set_error (error, SAN_ERROR, SAN_ERROR_IO, "reading back: other bytes came than were written");
  return FALSE;
}

static gboolean
put_local (SanPlace *self, SanSource *source, const char *name, GCancellable *cancellable,
           GError **error)
{
  g_autoptr(SanPartFile) file = san_part_file_new (self->path, name, error);
  SanId32 hash;

  if (file == NULL || !san_place_copy (source, file, &hash, cancellable, error)
      || !san_part_file_commit (file, TRUE, error))
    return FALSE;
  if (compare_back (self, name, &hash, cancellable, error))
    return TRUE;
  san_part_file_undo (file);
  return FALSE;
}

/* GIO has no sync; closing and moving are what a server promises. */
static gboolean
upload (SanSource *source, GFile *part, SanId32 *hash, GCancellable *cancellable, GError **error)
{
  GError *problem = NULL;
  g_autoptr(SanHasher) hasher = san_hasher_new ("san1.file");
  g_autoptr(GFileOutputStream) out = g_file_replace (
      part, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, cancellable, &problem);
  g_autofree guint8 *buffer = g_malloc (SAN_PLACE_STEP);
  gsize got = 1;

  if (out == NULL)
    return san_error_take_gio (error, problem, "making file in place");
  while (got > 0)
    {
      if (!san_source_read (source, buffer, SAN_PLACE_STEP, &got, error))
        return FALSE;
      san_hasher_update (hasher, buffer, got);
      if (!g_output_stream_write_all (G_OUTPUT_STREAM (out), buffer, got, NULL, cancellable,
                                      &problem))
        return san_error_take_gio (error, problem, "writing into place");
    }
  if (!g_output_stream_close (G_OUTPUT_STREAM (out), cancellable, &problem))
    return san_error_take_gio (error, problem, "closing file in place");
  san_hasher_finish (hasher, hash);
  return TRUE;
}

static gboolean
move_up (GFile *part, GFile *final, GCancellable *cancellable, GError **error)
{
  GError *problem = NULL;

  if (g_file_move (part, final, G_FILE_COPY_OVERWRITE | G_FILE_COPY_NO_FALLBACK_FOR_MOVE,
                   cancellable, NULL, NULL, &problem))
    return TRUE;
  return san_error_take_gio (error, problem, "naming file in place");
}

static gboolean
put_remote (SanPlace *self, SanSource *source, const char *name, GCancellable *cancellable,
            GError **error)
{
  g_autofree char *part_name = g_strconcat (name, SAN_BUNDLE_PART_END, NULL);
  g_autoptr(GFile) part = g_file_get_child (self->folder, part_name);
  g_autoptr(GFile) final = g_file_get_child (self->folder, name);
  SanId32 hash;

  if (!upload (source, part, &hash, cancellable, error)
      || !move_up (part, final, cancellable, error))
    {
      g_file_delete (part, NULL, NULL);
      return FALSE;
    }
  if (compare_back (self, name, &hash, cancellable, error))
    return TRUE;
  g_file_delete (final, NULL, NULL);
  return FALSE;
}

static gboolean
check_put (SanPlace *self, const char *name, GError **error)
{
  g_autofree char *path = self->path != NULL ? g_build_filename (self->path, name, NULL) : NULL;

  if (san_place_check_medium (self, error))
    return TRUE;
  san_file_remove (path, NULL);
  return FALSE;
}

/**
 * san_place_put:
 * @name: one of ours, or `erased.dat`
 *
 * On failure no `.part` and no file is left, if the place still lets us remove it.
 */
gboolean
san_place_put (SanPlace *self, const char *from_path, const char *name, GCancellable *cancellable,
               GError **error)
{
  g_autoptr(SanSource) source = NULL;
  g_autoptr(GFile) child = san_place_get_child (self, name, error);

  if (child == NULL)
    return FALSE;
  source = san_source_open_path (from_path, error);
  if (source == NULL || !san_place_check_medium (self, error)
      || !san_disk_check_room (self->folder, san_source_get_size (source), cancellable, error))
    return FALSE;
  return (self->path != NULL ? put_local (self, source, name, cancellable, error)
                             : put_remote (self, source, name, cancellable, error))
         && check_put (self, name, error);
}

static gboolean
finish_elsewhere (SanPlace *self, SanBundleWriter *writer, const char *temp_dir,
                  SanBundleResult *result, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = NULL;
  gboolean ok;

  if (!san_bundle_writer_finish (writer, temp_dir, result, cancellable, error))
    return FALSE;
  path = g_build_filename (temp_dir, result->name, NULL);
  ok = san_place_put (self, path, result->name, cancellable, error);
  san_file_remove (path, NULL);
  return ok;
}

gboolean
san_place_finish (SanPlace *self, SanBundleWriter *writer, const char *temp_dir,
                  SanBundleResult *out, GCancellable *cancellable, GError **error)
{
  g_auto(SanBundleResult) result = { 0 };

  if (!san_place_check_medium (self, error))
    return FALSE;
  if (!(self->path != NULL
            ? san_bundle_writer_finish (writer, self->path, &result, cancellable, error)
                  && check_put (self, result.name, error)
            : finish_elsewhere (self, writer, temp_dir, &result, cancellable, error)))
    return FALSE;
  *out = result;
  result.name = NULL;
  return TRUE;
}
