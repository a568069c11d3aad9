/* san-draft.c - unfinished answers, sealed under a key that only their author's seat has
 *
 * The key comes from the seat's box secret, not from its public half: a sealed box anybody could
 * make would let somebody slip words into her form. A file's name tells neither the person nor
 * the case, but whoever holds the store key can find all drafts of one case, to erase them. */
#include "san-draft.h"

#include "san-file.h"
#include "san-reader.h"
#include "san-writer.h"

#include <errno.h>
#include <string.h>

#define VERSION      1u
#define TAG_SIZE     16u
#define CASE_SIZE    8u
#define HEAD_SIZE    (4u + 2 + 2 + TAG_SIZE + SAN_AEAD_NONCE_SIZE)
#define PADDED_MIN   1024u
#define PLAIN_HEAD   (8u + 32 + 4)
#define FILE_LIMIT   (HEAD_SIZE + 2 * SAN_DRAFT_LIMIT)
#define NAME_SIZE    (2 * CASE_SIZE + 1 + 32)         /* case, hyphen, id, in hex */

struct _SanDrafts
{
  char      *dir;
  SanSecret *store_key;
};

void
san_draft_free (SanDraft *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->content, g_bytes_unref);
  g_free (self);
}

SanDrafts *
san_drafts_open (const char *dir, const SanSecret *store_key)
{
  SanDrafts *self = g_new0 (SanDrafts, 1);

  self->dir = g_build_filename (dir, "drafts", NULL);
  self->store_key = san_secret_ref ((SanSecret *) store_key);
  san_file_make_dir (self->dir, NULL);
  return self;
}

void
san_drafts_free (SanDrafts *self)
{
  if (self == NULL)
    return;
  g_free (self->dir);
  g_clear_pointer (&self->store_key, san_secret_unref);
  g_free (self);
}

/* ---- names ---- */

static void
case_of (const SanDrafts *self, const SanId32 *dossier, guint8 out[CASE_SIZE])
{
  SanId32 digest;

  san_keyed_hash (san_secret_get_data (self->store_key), san_secret_get_size (self->store_key),
                  "san1.draft.case", dossier->b, sizeof dossier->b, &digest);
  memcpy (out, digest.b, CASE_SIZE);
}

char *
san_drafts_dup_path (const SanDrafts *self, const SanId16 *id, const SanId32 *dossier)
{
  guint8 of_case[CASE_SIZE];
  g_autofree char *id_text = san_id16_to_text (id);
  g_autofree char *case_text = NULL;
  g_autofree char *name = NULL;

  case_of (self, dossier, of_case);
  case_text = san_bytes_to_hex (of_case, CASE_SIZE);
  name = g_strconcat (case_text, "-", id_text, NULL);
  return g_build_filename (self->dir, name, NULL);
}

/* Files of this folder whose names are a draft's and begin with @prefix; leftovers are removed. */
static GPtrArray *
list_names (const SanDrafts *self, const char *prefix, GError **error)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_auto(GStrv) all = NULL;
  SanFileKind kind = SAN_FILE_NONE;

  if (!san_file_look (self->dir, &kind, NULL, error))
    return NULL;
  if (kind == SAN_FILE_NONE)
    return g_steal_pointer (&names);     /* it could not be made yet */
  all = san_file_list (self->dir, error);
  if (all == NULL)
    return NULL;
  for (guint i = 0; all[i] != NULL; i++)
    {
      const char *name = all[i];
      g_autofree char *path = g_build_filename (self->dir, name, NULL);

      if (!g_str_has_prefix (name, prefix))
        continue;
      if (g_str_has_suffix (name, ".tmp"))
        san_file_get_ops ()->unlink (path);
      else if (strlen (name) == NAME_SIZE && name[2 * CASE_SIZE] == '-')
        g_ptr_array_add (names, g_steal_pointer (&path));
    }
  return g_steal_pointer (&names);
}

/* ---- sealing ---- */

static SanSecret *
draft_key (const SanBoxKey *seat)
{
  return san_derive (san_box_key_get_secret (seat), "san1.draft", NULL, 0);
}

/* A mark by which the author alone knows her own, also when it is damaged. */
static void
author_tag (const SanSecret *key, const SanId16 *id, guint8 out[TAG_SIZE])
{
  SanId32 digest;

  san_keyed_hash (san_secret_get_data (key), san_secret_get_size (key), "san1.draft.tag", id->b,
                  sizeof id->b, &digest);
  memcpy (out, digest.b, TAG_SIZE);
}

static void
put_ad (guint8 ad[SAN_DOMAIN_SIZE + sizeof (SanId16)], const SanId16 *id)
{
  san_domain_put ("san1.draft", ad);
  memcpy (ad + SAN_DOMAIN_SIZE, id->b, sizeof id->b);
}

/* at, dossier, length, content, zeros up to a Padmé length */
static SanSecret *
plain_of (const SanDraft *draft)
{
  gsize n = g_bytes_get_size (draft->content);
  SanSecret *plain = san_secret_new (san_padme (MAX (PADDED_MIN, PLAIN_HEAD + n)));
  guint8 *at = san_secret_get_mutable (plain);
  guint64 wall = GUINT64_TO_LE ((guint64) draft->at);
  guint32 length = GUINT32_TO_LE ((guint32) n);

  memcpy (at, &wall, 8);
  memcpy (at + 8, draft->dossier.b, 32);
  memcpy (at + 40, &length, 4);
  if (n > 0)
    memcpy (at + PLAIN_HEAD, g_bytes_get_data (draft->content, NULL), n);
  return plain;
}

GBytes *
san_drafts_seal (const SanDrafts *self, const SanDraft *draft, const SanBoxKey *seat,
                 GError **error)
{
  g_autoptr(SanSecret) key = draft_key (seat);
  g_autoptr(SanSecret) plain = NULL;
  g_auto(SanWriter) writer = { NULL };
  guint8 tag[TAG_SIZE], nonce[SAN_AEAD_NONCE_SIZE], ad[SAN_DOMAIN_SIZE + sizeof (SanId16)];
  gsize n;

  if (g_bytes_get_size (draft->content) > SAN_DRAFT_LIMIT)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_REFUSED, "draft of %" G_GSIZE_FORMAT
                   " bytes, limit is %u", g_bytes_get_size (draft->content), SAN_DRAFT_LIMIT);
      return NULL;
    }
  plain = plain_of (draft);
  n = san_secret_get_size (plain);
  author_tag (key, &draft->id, tag);
  san_random (nonce, sizeof nonce);
  put_ad (ad, &draft->id);
  san_writer_init (&writer);
  san_writer_put_magic (&writer, "SAND");
  san_writer_put_u16 (&writer, VERSION);
  san_writer_put_zeros (&writer, 2);
  san_writer_put (&writer, tag, sizeof tag);
  san_writer_put (&writer, nonce, sizeof nonce);
  san_writer_put_zeros (&writer, n + SAN_AEAD_TAG_SIZE);
  san_aead_seal (key, nonce, ad, sizeof ad, san_secret_get_data (plain), n,
                 writer.bytes->data + HEAD_SIZE);
  return san_writer_end (&writer);
}

gboolean
san_draft_write (const char *path, GBytes *sealed, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *store = g_path_get_dirname (folder);
  SanFileKind kind = SAN_FILE_NONE;

  if (!san_file_look (store, &kind, NULL, error) ||
      (kind == SAN_FILE_FOLDER && !san_file_make_dir (folder, error)))
    return FALSE;
  return san_file_replace (path, sealed, 0600, error);
}

gboolean
san_drafts_put_sealed (const SanDrafts *self, const SanId16 *id, const SanId32 *dossier,
                       GBytes *sealed, GError **error)
{
  g_autofree char *path = san_drafts_dup_path (self, id, dossier);

  return san_draft_write (path, sealed, error);
}

gboolean
san_drafts_put (const SanDrafts *self, const SanDraft *draft, const SanBoxKey *seat,
                GError **error)
{
  g_autoptr(GBytes) sealed = san_drafts_seal (self, draft, seat, error);

  return sealed != NULL
         && san_drafts_put_sealed (self, &draft->id, &draft->dossier, sealed, error);
}

/* ---- opening ---- */

static gboolean
take_plain (const SanSecret *plain, SanDraft *draft, GError **error)
{
  SanReader reader;
  guint32 n;
  const guint8 *content;

  san_reader_init (&reader, san_secret_get_data (plain), san_secret_get_size (plain), "draft");
  if (!san_reader_take_i64 (&reader, &draft->at, error)
      || !san_reader_take_id32 (&reader, &draft->dossier, error)
      || !san_reader_take_u32 (&reader, &n, error)
      || (content = san_reader_take (&reader, n, error)) == NULL
      || !san_reader_take_zeros (&reader, san_reader_get_left (&reader), error))
    return FALSE;
  draft->content = g_bytes_new (content, n);
  return TRUE;
}

/* Whether the file carries this author's mark; then @sealed is what to open. */
static gboolean
is_hers (const SanSecret *key, const SanId16 *id, GBytes *file, const guint8 **nonce,
         const guint8 **sealed, gsize *n)
{
  SanReader reader;
  guint16 version;
  guint8 tag[TAG_SIZE];
  const guint8 *found;

  author_tag (key, id, tag);
  san_reader_init_bytes (&reader, file, "draft");
  if (!san_reader_take_magic (&reader, "SAND", NULL)
      || !san_reader_take_u16 (&reader, &version, NULL) || version != VERSION
      || !san_reader_take_zeros (&reader, 2, NULL)
      || (found = san_reader_take (&reader, TAG_SIZE, NULL)) == NULL
      || (*nonce = san_reader_take (&reader, SAN_AEAD_NONCE_SIZE, NULL)) == NULL)
    return FALSE;
  *n = san_reader_get_left (&reader);
  *sealed = san_reader_take (&reader, *n, NULL);
  return memcmp (found, tag, TAG_SIZE) == 0;
}

/* NULL: not hers, or (then @damaged) hers and not to be opened. */
static SanDraft *
open_file (const SanDrafts *self, const char *path, const SanSecret *key, gboolean *damaged)
{
  g_autoptr(GBytes) file = san_file_read (path, FILE_LIMIT, NULL);
  g_autoptr(SanDraft) draft = g_new0 (SanDraft, 1);
  g_autoptr(SanSecret) plain = NULL;
  g_autofree char *expected = NULL;
  const guint8 *nonce, *sealed;
  guint8 ad[SAN_DOMAIN_SIZE + sizeof (SanId16)];
  gsize n;

  *damaged = FALSE;
  if (file == NULL || !san_id16_from_text (path + strlen (path) - 32, &draft->id, NULL)
      || !is_hers (key, &draft->id, file, &nonce, &sealed, &n))
    return NULL;
  *damaged = TRUE;
  if (n < SAN_AEAD_TAG_SIZE)
    return NULL;
  plain = san_secret_new (n - SAN_AEAD_TAG_SIZE);
  put_ad (ad, &draft->id);
  if (!san_aead_open (key, nonce, ad, sizeof ad, sealed, n, san_secret_get_mutable (plain))
      || !take_plain (plain, draft, NULL))
    return NULL;
  expected = san_drafts_dup_path (self, &draft->id, &draft->dossier);
  if (strcmp (expected, path) != 0)
    return NULL;                         /* under the name of another case */
  *damaged = FALSE;
  return g_steal_pointer (&draft);
}

static int
newest_first (gconstpointer a, gconstpointer b)
{
  const SanDraft *x = *(const SanDraft *const *) a;
  const SanDraft *y = *(const SanDraft *const *) b;

  if (x->at != y->at)
    return x->at > y->at ? -1 : 1;
  return san_id16_compare (&x->id, &y->id);
}

GPtrArray *
san_drafts_list (const SanDrafts *self, const SanBoxKey *seat, guint *n_damaged, GError **error)
{
  g_autoptr(GPtrArray) names = list_names (self, "", error);
  g_autoptr(GPtrArray) drafts = NULL;
  g_autoptr(SanSecret) key = NULL;
  guint broken = 0;

  if (names == NULL)
    return NULL;
  drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) san_draft_free);
  key = draft_key (seat);
  for (guint i = 0; i < names->len; i++)
    {
      gboolean damaged;
      SanDraft *draft = open_file (self, g_ptr_array_index (names, i), key, &damaged);

      if (draft != NULL)
        g_ptr_array_add (drafts, draft);
      broken += damaged ? 1 : 0;
    }
  g_ptr_array_sort (drafts, newest_first);
  if (n_damaged != NULL)
    *n_damaged = broken;
  return g_steal_pointer (&drafts);
}

/* ---- removing ---- */

gboolean
san_drafts_remove (const SanDrafts *self, const SanId16 *id, const SanId32 *dossier,
                   GError **error)
{
  g_autofree char *path = san_drafts_dup_path (self, id, dossier);

  return san_file_remove (path, error);
}

gboolean
san_drafts_remove_dossier (const SanDrafts *self, const SanId32 *dossier, GError **error)
{
  guint8 of_case[CASE_SIZE];
  g_autofree char *prefix = NULL;
  g_autoptr(GPtrArray) names = NULL;

  case_of (self, dossier, of_case);
  prefix = san_bytes_to_hex (of_case, CASE_SIZE);
  names = list_names (self, prefix, error);
  if (names == NULL)
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    if (!san_file_remove (g_ptr_array_index (names, i), error))
      return FALSE;
  return TRUE;
}
