/* san-proposals.c - a free alias, sign and bed for a child who comes at night
 *
 * Aliases are trees and flowers; the first one that nobody in care has, then with a number. Signs
 * repeat when all are taken. A bed is the lowest number that nobody has. */
#include "san-proposals.h"
#include "san-search-key.h"

#define LIST_ALIASES "aliases"
#define LIST_SIGNS   "signs"
#define BEDS_LIMIT   100000

struct _SanProposals
{
  SanCentre  *centre;
  GHashTable *aliases;      /* folded key -> NULL, of those in care */
  GHashTable *signs;
  GHashTable *beds;
};

SanProposals *
san_proposals_new (SanCentre *centre, GError **error)
{
  g_autoptr(GPtrArray) rows = san_child_list (centre, NULL, "in-care", error);
  SanProposals *self;

  if (rows == NULL)
    return NULL;
  self = g_new0 (SanProposals, 1);
  self->centre = centre;
  self->aliases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->signs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->beds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      const SanChildRow *row = g_ptr_array_index (rows, i);

      g_hash_table_add (self->aliases, g_utf8_casefold (row->alias != NULL ? row->alias : "", -1));
      g_hash_table_add (self->signs, g_strdup (row->sign != NULL ? row->sign : ""));
      g_hash_table_add (self->beds, g_strdup (row->bed != NULL ? row->bed : ""));
    }
  return self;
}

void
san_proposals_free (SanProposals *self)
{
  g_hash_table_unref (self->aliases);
  g_hash_table_unref (self->signs);
  g_hash_table_unref (self->beds);
  g_free (self);
}

static gboolean
is_taken (GHashTable *set, const char *alias)
{
  g_autofree char *folded = g_utf8_casefold (alias, -1);

  return g_hash_table_contains (set, folded);
}

static const char *
find_typed (GPtrArray *typed, const char *field)
{
  for (guint i = 0; i < typed->len; i++)
    {
      const SanTyped *one = g_ptr_array_index (typed, i);

      if (g_str_equal (one->field, field))
        return one->text != NULL ? one->text : "";
    }
  return NULL;
}

static char *
propose_alias (SanProposals *self)
{
  const SanList *list = san_catalogue_find_list (self->centre->catalogue, LIST_ALIASES);
  guint start;

  if (list == NULL || list->n_options == 0)
    return g_strdup_printf ("Child %u", g_hash_table_size (self->aliases) + 1);
  start = g_random_int_range (0, (gint32) list->n_options);
  for (guint round = 1; ; round++)
    for (guint i = 0; i < list->n_options; i++)
      {
        const char *word = san_label_get (list->options[(start + i) % list->n_options].label, NULL);
        g_autofree char *alias =
            round == 1 ? g_strdup (word) : g_strdup_printf ("%s %u", word, round);

        if (!is_taken (self->aliases, alias))
          return g_steal_pointer (&alias);
      }
}

static char *
propose_sign (SanProposals *self)
{
  const SanList *list = san_catalogue_find_list (self->centre->catalogue, LIST_SIGNS);

  if (list == NULL || list->n_options == 0)
    return NULL;
  for (guint i = 0; i < list->n_options; i++)
    if (!g_hash_table_contains (self->signs, list->options[i].code))
      return g_strdup (list->options[i].code);
  return g_strdup (list->options[g_hash_table_size (self->aliases) % list->n_options].code);
}

static char *
propose_bed (SanProposals *self)
{
  for (guint i = 1; i < BEDS_LIMIT; i++)
    {
      g_autofree char *bed = g_strdup_printf ("%u", i);

      if (!g_hash_table_contains (self->beds, bed))
        return g_steal_pointer (&bed);
    }
  return g_strdup ("");
}

gboolean
san_proposals_has_sign (SanProposals *self, const char *sign)
{
  return g_hash_table_contains (self->signs, sign);
}

gboolean
san_proposals_has_bed (SanProposals *self, const char *bed)
{
  return g_hash_table_contains (self->beds, bed);
}

/* The alias stands on screens and lists: it must not give her name away. */
SanAliasVerdict
san_proposals_judge (SanProposals *self, const char *alias, const char *name)
{
  g_autofree char *one = san_search_joined (alias);
  g_autofree char *two = NULL;
  g_auto(GStrv) words = NULL;

  if (is_taken (self->aliases, alias))
    return SAN_ALIAS_TAKEN;
  if (name == NULL || *name == '\0' || *name == '?')
    return SAN_ALIAS_FREE;
  two = san_search_joined (name);
  words = g_strsplit (two, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0' && g_str_equal (words[i], one))
      return SAN_ALIAS_CLOSE;
  return SAN_ALIAS_FREE;
}

static gboolean
check_alias (SanProposals *self, const char *alias, const char *name, GError **error)
{
  switch (san_proposals_judge (self, alias, name))
    {
    case SAN_ALIAS_TAKEN:
      g_set_error (error, SAN_ERROR, SAN_ERROR_REFUSED,
                   "somebody in care is called \"%s\": choose another alias", alias);
      return FALSE;
    case SAN_ALIAS_CLOSE:
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_REFUSED,
                           "the alias is close to her real name: choose another");
      return FALSE;
    case SAN_ALIAS_FREE:
    default:
      return TRUE;
    }
}

gboolean
san_proposals_complete (SanProposals *self, GPtrArray *typed, GError **error)
{
  const char *alias = find_typed (typed, "alias");
  const char *name = find_typed (typed, "name");

  if (alias != NULL && *alias != '\0' && *alias != '?')
    {
      if (!check_alias (self, alias, name, error))
        return FALSE;
    }
  else if (alias == NULL)
    {
      g_autofree char *proposed = propose_alias (self);

      while (!check_alias (self, proposed, name, NULL))
        {
          g_hash_table_add (self->aliases, g_utf8_casefold (proposed, -1));
          g_free (proposed);
          proposed = propose_alias (self);
        }
      san_typed_list_add (typed, "alias", proposed);
    }
  if (find_typed (typed, "sign") == NULL)
    {
      g_autofree char *sign = propose_sign (self);

      if (sign != NULL)
        san_typed_list_add (typed, "sign", sign);
    }
  if (find_typed (typed, "bed") == NULL)
    {
      g_autofree char *bed = propose_bed (self);

      san_typed_list_add (typed, "bed", bed);
    }
  return TRUE;
}
