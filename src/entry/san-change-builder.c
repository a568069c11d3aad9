/* san-change-builder.c - collects changes in any order and writes them in the format's
 *
 * Entries that are superseded become refs, ascending; the bytes are read back by the same reader
 * that reads other people's, so nothing leaves here that would be refused there. */
#include "san-change-private.h"

#include "san-canonical-private.h"
#include "san-writer.h"

#include <string.h>

typedef struct
{
  SanId16     record;
  char       *form;
  char       *field;
  SanValue   *value;
  GArray     *supersedes;              /* SanWriteId */
} Draft;

struct _SanChangeBuilder
{
  GPtrArray *drafts;                   /* Draft */
  GArray    *refs;                     /* SanId32, ascending */
};

static void
free_draft (gpointer draft)
{
  Draft *self = draft;

  g_free (self->form);
  g_free (self->field);
  g_clear_pointer (&self->value, san_value_unref);
  g_clear_pointer (&self->supersedes, g_array_unref);
  g_free (self);
}

SanChangeBuilder *
san_change_builder_new (void)
{
  SanChangeBuilder *self = g_new0 (SanChangeBuilder, 1);

  self->drafts = g_ptr_array_new_with_free_func (free_draft);
  self->refs = g_array_new (FALSE, FALSE, sizeof (SanId32));
  return self;
}

void
san_change_builder_free (SanChangeBuilder *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->drafts);
  g_array_unref (self->refs);
  g_free (self);
}

guint
san_change_builder_get_size (const SanChangeBuilder *self)
{
  return self->drafts->len;
}

/* Where @entry stands among the refs, or would stand. */
static gboolean
find_ref (const GArray *refs, const SanId32 *entry, guint *at)
{
  guint low = 0, high = refs->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      int order = san_id32_compare (&g_array_index (refs, SanId32, middle), entry);

      if (order == 0)
        {
          *at = middle;
          return TRUE;
        }
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  *at = low;
  return FALSE;
}

static void
add_ref (GArray *refs, const SanId32 *entry)
{
  guint at;

  if (!find_ref (refs, entry, &at))
    g_array_insert_val (refs, at, *entry);
}

static int
compare_write_ids (gconstpointer a, gconstpointer b)
{
  const SanWriteId *one = a, *other = b;
  int order = san_id32_compare (&one->entry, &other->entry);

  return order != 0 ? order : (one->number > other->number) - (one->number < other->number);
}

/* Sorted by (entry, number), which is (ref, number) once the refs are; repeats dropped. */
static GArray *
sort_targets (const SanWriteId *supersedes, guint n)
{
  GArray *sorted = g_array_sized_new (FALSE, FALSE, sizeof (SanWriteId), n);
  guint kept = 0;

  if (n > 0)
    g_array_append_vals (sorted, supersedes, n);
  g_array_sort (sorted, compare_write_ids);
  for (guint i = 0; i < sorted->len; i++)
    {
      SanWriteId *here = &g_array_index (sorted, SanWriteId, i);

      if (kept == 0 || compare_write_ids (&g_array_index (sorted, SanWriteId, kept - 1), here) != 0)
        g_array_index (sorted, SanWriteId, kept++) = *here;
    }
  g_array_set_size (sorted, kept);
  return sorted;
}

static gboolean
check_names (const SanChangeBuilder *self, const SanId16 *record, const char *form,
             const char *field, GError **error)
{
  if (!san_name_is_well_formed (form, strlen (form)))
    return san_invalid (error, "\"%s\" is not a form's name", form);
  if (!san_field_is_well_formed (field, strlen (field)))
    return san_invalid (error, "\"%s\" is not a field's name", field);
  for (guint i = 0; i < self->drafts->len; i++)
    {
      const Draft *draft = g_ptr_array_index (self->drafts, i);

      if (san_change_compare (&draft->record, draft->form, draft->field, record, form, field) == 0)
        return san_invalid (error, "field \"%s\" is set twice in one record", field);
    }
  if (self->drafts->len >= SAN_CHANGES_LIMIT)
    return san_refused (error, "more than %u changes in one list", SAN_CHANGES_LIMIT);
  return TRUE;
}

static gboolean
check_targets (const GArray *targets, GError **error)
{
  if (targets->len > SAN_TARGETS_LIMIT)
    return san_refused (error, "supersedes %u writes, limit is %u", targets->len,
                        SAN_TARGETS_LIMIT);
  for (guint i = 0; i < targets->len; i++)
    if (g_array_index (targets, SanWriteId, i).number >= SAN_CHANGES_LIMIT)
      return san_invalid (error, "supersedes a change number of %u or more", SAN_CHANGES_LIMIT);
  return TRUE;
}

static gboolean
add (SanChangeBuilder *self, const SanId16 *record, const char *form, const char *field,
     SanValue *value, const SanId32 *entries, guint n_entries, const SanWriteId *supersedes,
     guint n_supersedes, GError **error)
{
  g_autoptr(GArray) targets = sort_targets (supersedes, n_supersedes);
  g_autoptr(GArray) refs = g_array_copy (self->refs);
  const char *why = san_field_refuses (field, value, targets->len);
  Draft *draft;

  if (!check_names (self, record, form, field, error) || !check_targets (targets, error))
    return FALSE;
  if (why != NULL)
    return san_invalid (error, "%s", why);
  for (guint i = 0; i < targets->len; i++)
    add_ref (refs, &g_array_index (targets, SanWriteId, i).entry);
  for (guint i = 0; i < n_entries; i++)
    add_ref (refs, &entries[i]);
  if (refs->len > SAN_REFS_LIMIT)
    return san_refused (error, "names %u entries, limit is %u", refs->len, SAN_REFS_LIMIT);

  draft = g_new0 (Draft, 1);
  draft->record = *record;
  draft->form = g_strdup (form);
  draft->field = g_strdup (field);
  draft->value = san_value_ref (value);
  draft->supersedes = g_steal_pointer (&targets);
  g_ptr_array_add (self->drafts, draft);
  g_array_unref (self->refs);
  self->refs = g_steal_pointer (&refs);
  return TRUE;
}

gboolean
san_change_builder_add (SanChangeBuilder *self, const SanId16 *record, const char *form,
                        const char *field, SanValue *value,
                        const SanWriteId *supersedes, guint n_supersedes, GError **error)
{
  return add (self, record, form, field, value, NULL, 0, supersedes, n_supersedes, error);
}

gboolean
san_change_builder_finish (SanChangeBuilder *self, const SanId16 *record, const char *form,
                           const SanId32 *entries, guint n_entries,
                           const SanWriteId *supersedes, guint n_supersedes, GError **error)
{
  g_autoptr(SanValue) yes = san_value_new_bool (TRUE);

  return add (self, record, form, SAN_FIELD_FINISH, yes, entries, n_entries,
              supersedes, n_supersedes, error);
}

static int
compare_drafts (gconstpointer a, gconstpointer b)
{
  const Draft *one = *(Draft *const *) a, *other = *(Draft *const *) b;

  return san_change_compare (&one->record, one->form, one->field,
                             &other->record, other->form, other->field);
}

static void
put_name (SanWriter *writer, const char *name)
{
  san_writer_put_u8 (writer, (guint8) strlen (name));
  san_writer_put (writer, name, strlen (name));
}

static void
put_draft (const SanChangeBuilder *self, const Draft *draft, SanWriter *writer)
{
  gsize n;
  const guint8 *data = san_value_get_data (draft->value, &n);
  guint at = 0;

  san_writer_put_id16 (writer, &draft->record);
  put_name (writer, draft->form);
  put_name (writer, draft->field);
  san_writer_put_u8 (writer, san_value_get_type (draft->value));
  san_writer_put_u32 (writer, (guint32) n);
  san_writer_put (writer, data, n);
  san_writer_put_u8 (writer, (guint8) draft->supersedes->len);
  for (guint i = 0; i < draft->supersedes->len; i++)
    {
      const SanWriteId *target = &g_array_index (draft->supersedes, SanWriteId, i);

      find_ref (self->refs, &target->entry, &at);
      san_writer_put_u16 (writer, (guint16) at);
      san_writer_put_u16 (writer, target->number);
    }
}

/**
 * san_change_builder_end:
 *
 * Returns: (transfer full): the list; INVALID if nothing was added. The builder may be added to
 * and ended again.
 */
SanChangeList *
san_change_builder_end (SanChangeBuilder *self, GError **error)
{
  g_auto(SanWriter) writer = { 0 };

  if (self->drafts->len == 0)
    {
      san_invalid (error, "a change list without a change");
      return NULL;
    }
  g_ptr_array_sort (self->drafts, compare_drafts);
  san_writer_init (&writer);
  san_writer_put_u16 (&writer, (guint16) self->refs->len);
  for (guint i = 0; i < self->refs->len; i++)
    san_writer_put_id32 (&writer, &g_array_index (self->refs, SanId32, i));
  san_writer_put_u16 (&writer, (guint16) self->drafts->len);
  for (guint i = 0; i < self->drafts->len; i++)
    put_draft (self, g_ptr_array_index (self->drafts, i), &writer);
  return san_change_list_parse (writer.bytes->data, writer.bytes->len, error);
}
