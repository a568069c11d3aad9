/* san-programme.c - the folder of milestones and the folder of sheets, read whole or refused */
#include "san-programme.h"

#include "san-file.h"
#include "san-pool.h"
#include "san-programme-read.h"
#include "san-xml.h"

#include <string.h>

struct _SanProgramme
{
  gatomicrefcount refs;
  SanCatalogue   *catalogue;
  SanPool        *pool;
  GArray         *milestones;        /* SanMilestone */
  GArray         *instruments;       /* SanInstrument, by id */
  GHashTable     *milestone_by_id;   /* borrowed id -> index + 1 */
  char           *digest;
};

SanProgramme *
san_programme_ref (SanProgramme *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
san_programme_unref (SanProgramme *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_hash_table_unref (self->milestone_by_id);
  g_array_unref (self->milestones);
  g_array_unref (self->instruments);
  san_pool_free (self->pool);
  san_catalogue_unref (self->catalogue);
  g_free (self->digest);
  g_free (self);
}

static SanProgramme *
programme_new (SanCatalogue *catalogue)
{
  SanProgramme *self = g_new0 (SanProgramme, 1);

  g_atomic_ref_count_init (&self->refs);
  self->catalogue = san_catalogue_ref (catalogue);
  self->pool = san_pool_new ();
  self->milestones = g_array_new (FALSE, TRUE, sizeof (SanMilestone));
  self->instruments = g_array_new (FALSE, TRUE, sizeof (SanInstrument));
  self->milestone_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

/* ---- one file ---- */

static gboolean
add_milestones (SanProgramme *self, const SanReading *reading, xmlNode *root, GError **error)
{
  for (xmlNode *node = san_xml_first (root, "milestone"); node != NULL;
       node = san_xml_next (node, "milestone"))
    {
      SanMilestone milestone;

      if (self->milestones->len == SAN_PROGRAMME_MAX_MILESTONES)
        return san_reading_refuse (reading, node, error, "more than %u milestones",
                                   SAN_PROGRAMME_MAX_MILESTONES);
      if (!san_milestone_read (reading, node, &milestone, error))
        return FALSE;
      if (g_hash_table_contains (self->milestone_by_id, milestone.id))
        return san_reading_refuse (reading, node, error, "“%s” exists already", milestone.id);
      g_array_append_val (self->milestones, milestone);
      g_hash_table_insert (self->milestone_by_id, (gpointer) milestone.id,
                           GUINT_TO_POINTER (self->milestones->len));
    }
  return TRUE;
}

static gboolean
add_instrument (SanProgramme *self, const SanReading *reading, xmlNode *root, GError **error)
{
  SanInstrument instrument;

  if (self->instruments->len == SAN_PROGRAMME_MAX_INSTRUMENTS)
    return san_reading_refuse (reading, root, error, "more than %u sheets",
                               SAN_PROGRAMME_MAX_INSTRUMENTS);
  if (!san_instrument_read (reading, root, &instrument, error))
    return FALSE;
  if (san_programme_find_instrument (self, instrument.id) != NULL)
    return san_reading_refuse (reading, root, error, "“%s” exists already", instrument.id);
  g_array_append_val (self->instruments, instrument);
  return TRUE;
}

/* ---- folders ---- */

typedef gboolean (*AddFile) (SanProgramme *self, const SanReading *reading, xmlNode *root,
                             GError **error);

static gboolean
read_folder (SanProgramme *self, const char *data_dir, const char *folder, const char *grammar_name,
             AddFile add, GChecksum *digest, GError **error)
{
  g_autofree char *dir = g_build_filename (data_dir, folder, NULL);
  g_autofree char *rng_path = g_build_filename (dir, grammar_name, NULL);
  g_autoptr(SanGrammar) grammar = san_grammar_read (rng_path, error);
  g_autoptr(GPtrArray) paths = NULL;

  if (grammar == NULL || (paths = san_xml_list_files (dir, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree char *base = g_path_get_basename (paths->pdata[i]);
      g_autofree char *name = g_strconcat (folder, "/", base, NULL);
      SanReading reading = { name, self->catalogue, self->pool };
      g_autoptr(GBytes) bytes = san_file_read (paths->pdata[i], SAN_XML_MAX_SIZE, error);
      g_autoptr(xmlDoc) doc = NULL;

      if (bytes == NULL || (doc = san_xml_read_bytes (bytes, name, grammar, error)) == NULL
          || !add (self, &reading, xmlDocGetRootElement (doc), error))
        return FALSE;
      g_checksum_update (digest, (const guchar *) name, (gssize) strlen (name) + 1);
      g_checksum_update (digest, g_bytes_get_data (bytes, NULL),
                         (gssize) g_bytes_get_size (bytes));
    }
  return TRUE;
}

static int
compare_instruments (gconstpointer a, gconstpointer b)
{
  return strcmp (((const SanInstrument *) a)->id, ((const SanInstrument *) b)->id);
}

/**
 * san_programme_load:
 * @data_dir: the folder that holds `programme` and `instruments`
 * @catalogue: forms and facts that they lean on; a reference is taken
 *
 * Returns: (transfer full): %NULL with INVALID, DAMAGED, TOO_NEW (file, line, reason) or what
 *   reading a file gives
 */
SanProgramme *
san_programme_load (const char *data_dir, SanCatalogue *catalogue, GError **error)
{
  g_autoptr(SanProgramme) self = programme_new (catalogue);
  g_autoptr(GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);

  if (!read_folder (self, data_dir, "programme", "programme.rng", add_milestones, digest, error)
      || !read_folder (self, data_dir, "instruments", "instrument.rng", add_instrument, digest,
                       error))
    return NULL;
  g_array_sort (self->instruments, compare_instruments);
  self->digest = g_strdup (g_checksum_get_string (digest));
  return g_steal_pointer (&self);
}

/* ---- what was read ---- */

SanCatalogue *
san_programme_get_catalogue (const SanProgramme *self)
{
  return self->catalogue;
}

guint
san_programme_get_n_milestones (const SanProgramme *self)
{
  return self->milestones->len;
}

const SanMilestone *
san_programme_get_milestone (const SanProgramme *self, guint i)
{
  g_return_val_if_fail (i < self->milestones->len, NULL);
  return &g_array_index (self->milestones, SanMilestone, i);
}

const SanMilestone *
san_programme_find_milestone (const SanProgramme *self, const char *id)
{
  guint i = GPOINTER_TO_UINT (g_hash_table_lookup (self->milestone_by_id, id));

  return i > 0 ? &g_array_index (self->milestones, SanMilestone, i - 1) : NULL;
}

guint
san_programme_get_n_instruments (const SanProgramme *self)
{
  return self->instruments->len;
}

const SanInstrument *
san_programme_get_instrument (const SanProgramme *self, guint i)
{
  g_return_val_if_fail (i < self->instruments->len, NULL);
  return &g_array_index (self->instruments, SanInstrument, i);
}

const SanInstrument *
san_programme_find_instrument (const SanProgramme *self, const char *id)
{
  for (guint i = 0; i < self->instruments->len; i++)
    if (strcmp (g_array_index (self->instruments, SanInstrument, i).id, id) == 0)
      return &g_array_index (self->instruments, SanInstrument, i);
  return NULL;
}

const char *
san_programme_get_digest (const SanProgramme *self)
{
  return self->digest;
}
