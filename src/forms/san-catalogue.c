/* san-catalogue.c - a data folder read whole: checked file by file, then against itself
 *
 * Order: facts, lists, roles, forms; then the cross checks, since a form may name any of the
 * others and forms name each other. The first mistake refuses the folder. */
#include "san-catalogue-private.h"
#include "san-form-reader.h"

#include "san-file.h"

#include <string.h>

#define MAX_FILES 2000u

typedef struct
{
  SanCatalogue *self;
  const char   *dir;
  GChecksum    *checksum;
  GPtrArray    *mistakes;  /* of the file that is being read */
} Loading;

/* ---- one file ---- */

/* Name and length stand before the bytes, so that nothing can move from one file to the next. */
static void
digest_file (Loading *loading, const char *name, GBytes *bytes)
{
  gsize n;
  const guint8 *data = g_bytes_get_data (bytes, &n);
  g_autofree char *head = g_strdup_printf ("%s\n%" G_GSIZE_FORMAT "\n", name, n);

  g_checksum_update (loading->checksum, (const guint8 *) head, -1);
  g_checksum_update (loading->checksum, data, (gssize) n);
}

static gboolean
refuse_mistakes (GPtrArray *mistakes, const char *name, GError **error)
{
  if (mistakes->len == 0)
    return TRUE;
  g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID, "%s: %s", name, (char *) mistakes->pdata[0]);
  g_ptr_array_set_size (mistakes, 0);
  return FALSE;
}

/* @name: relative to the data folder */
static xmlDoc *
read_file (Loading *loading, const char *name, const SanGrammar *grammar, GError **error)
{
  g_autofree char *path = g_build_filename (loading->dir, name, NULL);
  g_autoptr(GBytes) bytes = san_file_read (path, SAN_XML_MAX_SIZE, error);

  if (bytes == NULL)
    return NULL;
  digest_file (loading, name, bytes);
  return san_xml_read_bytes (bytes, name, grammar, error);
}

static SanGrammar *
read_grammar (Loading *loading, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (loading->dir, name, NULL);

  return san_grammar_read (path, error);
}

static GPtrArray *
list_files (Loading *loading, const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (loading->dir, folder, NULL);
  g_autoptr(GPtrArray) paths = san_xml_list_files (path, error);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  if (paths == NULL)
    return NULL;
  if (paths->len > MAX_FILES)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED, "%s: has %u files, limit is %u", folder,
                   paths->len, MAX_FILES);
      return NULL;
    }
  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree char *base = g_path_get_basename (paths->pdata[i]);

      g_ptr_array_add (names, g_build_filename (folder, base, NULL));
    }
  return g_steal_pointer (&names);
}

static char *
id_of_file (const char *name)
{
  char *base = g_path_get_basename (name);

  base[strlen (base) - strlen (".xml")] = '\0';
  return base;
}

/* ---- the parts of a folder ---- */

static gboolean
load_facts (Loading *loading, GError **error)
{
  g_autoptr(SanGrammar) grammar = read_grammar (loading, "facts.rng", error);
  g_autoptr(xmlDoc) doc = grammar != NULL ? read_file (loading, "facts.xml", grammar, error) : NULL;

  if (doc == NULL)
    return FALSE;
  san_catalogue_take_facts (loading->self, xmlDocGetRootElement (doc), loading->mistakes);
  return refuse_mistakes (loading->mistakes, "facts.xml", error);
}

static gboolean
load_lists (Loading *loading, GError **error)
{
  g_autoptr(SanGrammar) grammar = read_grammar (loading, "lists/list.rng", error);
  g_autoptr(GPtrArray) names = grammar != NULL ? list_files (loading, "lists", error) : NULL;

  if (names == NULL)
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = names->pdata[i];
      g_autofree char *id = id_of_file (name);
      g_autoptr(xmlDoc) doc = read_file (loading, name, grammar, error);

      if (doc == NULL)
        return FALSE;
      san_catalogue_take_list (loading->self, xmlDocGetRootElement (doc), id, loading->mistakes);
      if (!refuse_mistakes (loading->mistakes, name, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
load_roles (Loading *loading, GError **error)
{
  g_autoptr(SanGrammar) grammar = read_grammar (loading, "roles.rng", error);
  g_autoptr(xmlDoc) doc = grammar != NULL ? read_file (loading, "roles.xml", grammar, error) : NULL;

  if (doc == NULL)
    return FALSE;
  san_catalogue_take_roles (loading->self, xmlDocGetRootElement (doc), loading->mistakes);
  return refuse_mistakes (loading->mistakes, "roles.xml", error);
}

static void
mark_stays (const SanCatalogue *self, SanForm *form)
{
  const SanFact *arrival = self->meanings[SAN_MEANING_ARRIVAL];
  const SanFact *leaving = self->meanings[SAN_MEANING_LEAVING];

  for (guint i = 0; i < form->n_fields; i++)
    {
      const char *fact = form->fields[i]->fact;

      form->starts_stay |= arrival != NULL && g_strcmp0 (fact, arrival->name) == 0;
      form->ends_stay |= leaving != NULL && g_strcmp0 (fact, leaving->name) == 0;
    }
}

static void
take_form (SanCatalogue *self, const xmlNode *root, const char *file_id, GPtrArray *mistakes)
{
  SanForm *form = san_form_read (root, self->pool, mistakes);

  mark_stays (self, form);
  if (strcmp (form->id, file_id) != 0)
    san_form_add_mistake (mistakes, form->line, "the form “%s” stands in a file of another name",
                          form->id);
  if (!g_hash_table_insert (self->forms, (gpointer) form->id, form))
    san_form_add_mistake (mistakes, form->line, "%s: another form has this id", form->id);
  if (form->official_id != NULL &&
      !g_hash_table_insert (self->forms, (gpointer) form->official_id, form))
    san_form_add_mistake (mistakes, form->line, "%s: another form has this official id",
                          form->official_id);
  g_ptr_array_add (self->form_order, form);
}

static gboolean
check_forms (Loading *loading, GError **error)
{
  for (guint i = 0; i < loading->self->form_order->len; i++)
    {
      const SanForm *form = loading->self->form_order->pdata[i];
      g_autofree char *name = g_strdup_printf ("forms/%s.xml", form->id);

      san_form_check (form, loading->self, loading->mistakes);
      if (!refuse_mistakes (loading->mistakes, name, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
load_forms (Loading *loading, GError **error)
{
  SanCatalogue *self = loading->self;
  g_autoptr(GPtrArray) names = NULL;

  self->form_grammar = read_grammar (loading, "forms/form.rng", error);
  names = self->form_grammar != NULL ? list_files (loading, "forms", error) : NULL;
  if (names == NULL)
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = names->pdata[i];
      g_autofree char *id = id_of_file (name);
      g_autoptr(xmlDoc) doc = read_file (loading, name, self->form_grammar, error);

      if (doc == NULL)
        return FALSE;
      take_form (self, xmlDocGetRootElement (doc), id, loading->mistakes);
      if (!refuse_mistakes (loading->mistakes, name, error))
        return FALSE;
    }
  return check_forms (loading, error);
}

/* A role is offered what exists and what its writers name it for. */
static gboolean
check_roles (Loading *loading, GError **error)
{
  for (guint i = 0; i < loading->self->role_order->len; i++)
    {
      const SanRole *role = loading->self->role_order->pdata[i];

      for (guint j = 0; j < role->n_forms; j++)
        {
          const SanForm *form = san_catalogue_find_form (loading->self, role->forms[j]);

          if (form != NULL && san_form_may_write (form, role->id))
            continue;
          g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID, "roles.xml: %s: %s “%s”", role->id,
                       form == NULL ? "there is no form" : "its writers leave the role out of",
                       role->forms[j]);
          return FALSE;
        }
    }
  return TRUE;
}

/* ---- the whole ---- */

static SanCatalogue *
catalogue_new (void)
{
  SanCatalogue *self = g_new0 (SanCatalogue, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->pool = san_pool_new ();
  self->forms = g_hash_table_new (g_str_hash, g_str_equal);
  self->lists = g_hash_table_new (g_str_hash, g_str_equal);
  self->facts = g_hash_table_new (g_str_hash, g_str_equal);
  self->form_order = g_ptr_array_new ();
  self->fact_order = g_ptr_array_new ();
  self->role_order = g_ptr_array_new ();
  return self;
}

/**
 * san_catalogue_load:
 * @data_dir: the folder with `forms`, `lists`, `facts.xml` and `roles.xml`
 *
 * Returns: (transfer full): %NULL with DAMAGED (not well formed), INVALID (does not fit), TOO_NEW,
 *   NOT_FOUND or IO; the message names file, line and reason
 */
SanCatalogue *
san_catalogue_load (const char *data_dir, GError **error)
{
  g_autoptr(SanCatalogue) self = catalogue_new ();
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr(GPtrArray) mistakes = g_ptr_array_new_with_free_func (g_free);
  Loading loading = { self, data_dir, checksum, mistakes };

  if (!load_facts (&loading, error) || !load_lists (&loading, error) ||
      !load_roles (&loading, error) || !load_forms (&loading, error) ||
      !check_roles (&loading, error))
    return NULL;
  self->digest = g_strdup (g_checksum_get_string (checksum));
  return g_steal_pointer (&self);
}

SanCatalogue *
san_catalogue_ref (SanCatalogue *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
san_catalogue_unref (SanCatalogue *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_hash_table_unref (self->forms);
  g_hash_table_unref (self->lists);
  g_hash_table_unref (self->facts);
  g_ptr_array_unref (self->form_order);
  g_ptr_array_unref (self->fact_order);
  g_ptr_array_unref (self->role_order);
  g_clear_pointer (&self->form_grammar, san_grammar_free);
  san_pool_free (self->pool);
  g_free (self->digest);
  g_free (self);
}

/**
 * san_catalogue_check_bytes:
 * @name: what messages call it
 *
 * Returns: (transfer full) (element-type utf8): every mistake as "line N: reason", none if it is
 *   good; %NULL with DAMAGED, TOO_NEW, NOT_FOUND or IO if it cannot be read at all
 */
GPtrArray *
san_catalogue_check_bytes (const SanCatalogue *self, GBytes *bytes, const char *name,
                           GError **error)
{
  g_autoptr(GPtrArray) mistakes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(xmlDoc) doc = san_xml_read_listing (bytes, name, self->form_grammar, mistakes, error);
  g_autoptr(SanPool) pool = san_pool_new ();

  if (doc == NULL)
    return NULL;
  if (mistakes->len == 0)
    {
      SanForm *form = san_form_read (xmlDocGetRootElement (doc), pool, mistakes);

      mark_stays (self, form);
      san_form_check (form, self, mistakes);
    }
  return g_steal_pointer (&mistakes);
}

/**
 * san_catalogue_check_form:
 * @path: a form file of one's own
 *
 * san_catalogue_check_bytes() of a file.
 */
GPtrArray *
san_catalogue_check_form (const SanCatalogue *self, const char *path, GError **error)
{
  g_autoptr(GBytes) bytes = san_file_read (path, SAN_XML_MAX_SIZE, error);
  g_autofree char *name = g_path_get_basename (path);

  return bytes != NULL ? san_catalogue_check_bytes (self, bytes, name, error) : NULL;
}

/* ---- asking ---- */

const SanForm *
san_catalogue_find_form (const SanCatalogue *self, const char *id)
{
  return g_hash_table_lookup (self->forms, id);
}

const SanList *
san_catalogue_find_list (const SanCatalogue *self, const char *id)
{
  return g_hash_table_lookup (self->lists, id);
}

const SanFact *
san_catalogue_find_fact (const SanCatalogue *self, const char *name)
{
  return g_hash_table_lookup (self->facts, name);
}

const SanRole *
san_catalogue_find_role (const SanCatalogue *self, const char *id)
{
  for (guint i = 0; i < self->role_order->len; i++)
    {
      const SanRole *role = self->role_order->pdata[i];

      if (strcmp (role->id, id) == 0)
        return role;
    }
  return NULL;
}

const SanFact *
san_catalogue_find_meaning (const SanCatalogue *self, SanMeaning meaning)
{
  return (guint) meaning < G_N_ELEMENTS (self->meanings) ? self->meanings[meaning] : NULL;
}

guint
san_catalogue_get_n_forms (const SanCatalogue *self)
{
  return self->form_order->len;
}

const SanForm *
san_catalogue_get_form (const SanCatalogue *self, guint i)
{
  g_return_val_if_fail (i < self->form_order->len, NULL);
  return self->form_order->pdata[i];
}

guint
san_catalogue_get_n_facts (const SanCatalogue *self)
{
  return self->fact_order->len;
}

const SanFact *
san_catalogue_get_fact (const SanCatalogue *self, guint i)
{
  g_return_val_if_fail (i < self->fact_order->len, NULL);
  return self->fact_order->pdata[i];
}

guint
san_catalogue_get_n_roles (const SanCatalogue *self)
{
  return self->role_order->len;
}

const SanRole *
san_catalogue_get_role (const SanCatalogue *self, guint i)
{
  g_return_val_if_fail (i < self->role_order->len, NULL);
  return self->role_order->pdata[i];
}

const SanOption *
san_list_find_option (const SanList *self, const char *code)
{
  for (guint i = 0; code != NULL && i < self->n_options; i++)
    if (strcmp (self->options[i].code, code) == 0)
      return &self->options[i];
  return NULL;
}

const char *
san_catalogue_get_digest (const SanCatalogue *self)
{
  return self->digest;
}
