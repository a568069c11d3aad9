/* san-change.c - reads a change list, canonical or not at all
 *
 * A list exists only as what this reader accepted; the builder writes bytes and reads them back.
 * So every list in the programme keeps the order and limits of the format. */
#include "san-change-private.h"

#include "san-canonical-private.h"
#include "san-reader.h"

#include <string.h>

#define SMALLEST_CHANGE  26 /* record, two names of one letter, type, length, no targets */
#define TARGET_SIZE      4

struct _SanChangeList
{
  GBytes       *bytes;
  SanId32      *refs;
  guint         n_refs;
  GArray       *changes;               /* SanChange */
  GArray       *targets;               /* SanTarget, of all changes in turn */
  GStringChunk *names;
};

static gboolean
is_name (const char *name, gsize n)
{
  if (n == 0 || n > SAN_NAME_LIMIT)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (!g_ascii_islower (name[i]) && !g_ascii_isdigit (name[i]) &&
        name[i] != '.' && name[i] != '_' && name[i] != '-')
      return FALSE;
  return TRUE;
}

gboolean
san_name_is_well_formed (const char *name, gsize n)
{
  return is_name (name, n);
}

gboolean
san_field_is_reserved (const char *field)
{
  return field[0] == '$';
}

static gboolean
equals (const char *name, gsize n, const char *word)
{
  return strlen (word) == n && memcmp (name, word, n) == 0;
}

gboolean
san_field_is_well_formed (const char *field, gsize n)
{
  const gsize from = strlen (SAN_FIELD_FROM);

  if (n == 0 || n > SAN_NAME_LIMIT)
    return FALSE;
  if (field[0] != '$')
    return is_name (field, n);
  if (n > from && memcmp (field, SAN_FIELD_FROM, from) == 0)
    return is_name (field + from, n - from);
  return equals (field, n, SAN_FIELD_WITHDRAW) || equals (field, n, SAN_FIELD_FINISH) ||
         equals (field, n, SAN_FIELD_AMEND) || equals (field, n, SAN_FIELD_LINK);
}

const char *
san_field_refuses (const char *field, const SanValue *value, guint n_targets)
{
  guint8 type = san_value_get_type (value);
  gboolean yes = FALSE;
  SanId16 record;

  if (g_str_equal (field, SAN_FIELD_WITHDRAW) && type != SAN_VALUE_TEXT)
    return "the reason of a withdrawal is a text";
  if (g_str_equal (field, SAN_FIELD_FINISH) && !(san_value_get_bool (value, &yes) && yes))
    return "a record is finished by true";
  if (g_str_equal (field, SAN_FIELD_AMEND) && type != SAN_VALUE_TEXT)
    return "an amendment is a text";
  if (g_str_equal (field, SAN_FIELD_AMEND) && n_targets > 0)
    return "an amendment supersedes nothing";
  if (g_str_has_prefix (field, SAN_FIELD_FROM) && !san_value_get_record (value, &record))
    return "where a value came from is a record";
  return NULL;
}

int
san_change_compare (const SanId16 *record_a, const char *form_a, const char *field_a,
                    const SanId16 *record_b, const char *form_b, const char *field_b)
{
  int order = san_id16_compare (record_a, record_b);

  if (order == 0)
    order = strcmp (form_a, form_b);
  return order != 0 ? order : strcmp (field_a, field_b);
}

int
san_target_compare (const SanTarget *a, const SanTarget *b)
{
  return a->ref != b->ref ? (a->ref > b->ref) - (a->ref < b->ref)
                          : (a->number > b->number) - (a->number < b->number);
}

static gboolean
take_refs (SanChangeList *self, SanReader *reader, GError **error)
{
  guint16 n;

  if (!san_reader_take_u16 (reader, &n, error) ||
      !san_check_count (reader, n, SAN_REFS_LIMIT, sizeof (SanId32), "refs", error))
    return FALSE;
  self->refs = g_new (SanId32, n);
  self->n_refs = n;
  return san_take_ids (reader, self->refs, n, "refs", error);
}

static gboolean
take_name (SanChangeList *self, SanReader *reader, gboolean field, const char **out, GError **error)
{
  guint8 n;
  const char *name;

  if (!san_reader_take_u8 (reader, &n, error))
    return FALSE;
  name = (const char *) san_reader_take (reader, n, error);
  if (name == NULL)
    return FALSE;
  if (field ? !san_field_is_well_formed (name, n) : !is_name (name, n))
    return san_damaged (error, "change list: malformed name of a %s, %u bytes",
                        field ? "field" : "form", n);
  /* the chunk copies n bytes; a name has no NUL inside */
  *out = g_string_chunk_insert_len (self->names, name, n);
  return TRUE;
}

static gboolean
take_value (SanReader *reader, SanValue **out, GError **error)
{
  guint8 type;
  guint32 n;
  const guint8 *data;

  if (!san_reader_take_u8 (reader, &type, error) || !san_reader_take_u32 (reader, &n, error))
    return FALSE;
  if (n > SAN_VALUE_LIMIT)
    return san_damaged (error, "change list: value of %u bytes, limit is %u", n, SAN_VALUE_LIMIT);
  data = san_reader_take (reader, n, error);
  if (data == NULL)
    return FALSE;
  *out = san_value_new_raw (type, data, n, error);
  return *out != NULL;
}

static gboolean
take_target (SanChangeList *self, SanReader *reader, guint first, gboolean used[], GError **error)
{
  SanTarget target;

  if (!san_reader_take_u16 (reader, &target.ref, error) ||
      !san_reader_take_u16 (reader, &target.number, error))
    return FALSE;
  if (target.ref >= self->n_refs || target.number >= SAN_CHANGES_LIMIT)
    return san_damaged (error, "change list: supersedes change %u of ref %u, there are %u refs",
                        target.number, target.ref, self->n_refs);
  if (self->targets->len > first
      && san_target_compare (&g_array_index (self->targets, SanTarget, self->targets->len - 1),
                             &target)
             >= 0)
    return san_damaged (error, "change list: supersedes does not ascend");
  used[target.ref] = TRUE;
  g_array_append_val (self->targets, target);
  return TRUE;
}

/* The change's targets are remembered by index: the array may still move. */
static gboolean
take_targets (SanChangeList *self, SanReader *reader, SanChange *change, gboolean used[],
              GError **error)
{
  guint first = self->targets->len;
  guint8 n;

  if (!san_reader_take_u8 (reader, &n, error) ||
      !san_check_count (reader, n, SAN_TARGETS_LIMIT, TARGET_SIZE, "superseded writes", error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!take_target (self, reader, first, used, error))
      return FALSE;
  change->n_targets = n;
  return TRUE;
}

static gboolean
take_change (SanChangeList *self, SanReader *reader, gboolean used[], GError **error)
{
  const SanChange *before = self->changes->len > 0
    ? &g_array_index (self->changes, SanChange, self->changes->len - 1) : NULL;
  SanChange change = { 0 };
  g_autoptr(SanValue) value = NULL;
  const char *why;

  if (!san_reader_take_id16 (reader, &change.record, error) ||
      !take_name (self, reader, FALSE, &change.form, error) ||
      !take_name (self, reader, TRUE, &change.field, error) ||
      !take_value (reader, &value, error) ||
      !take_targets (self, reader, &change, used, error))
    return FALSE;
  if (before != NULL &&
      san_change_compare (&before->record, before->form, before->field,
                          &change.record, change.form, change.field) >= 0)
    return san_damaged (error, "change list: changes do not ascend");
  why = san_field_refuses (change.field, value, change.n_targets);
  if (why != NULL)
    return san_damaged (error, "change list: %s", why);
  change.value = g_steal_pointer (&value);
  g_array_append_val (self->changes, change);
  return TRUE;
}

/* A ref must be named by a target, unless a $finish stands here, which closes by refs alone. */
static gboolean
check_refs_used (const SanChangeList *self, const gboolean used[], GError **error)
{
  for (guint i = 0; i < self->changes->len; i++)
    if (g_str_equal (g_array_index (self->changes, SanChange, i).field, SAN_FIELD_FINISH))
      return TRUE;
  for (guint i = 0; i < self->n_refs; i++)
    if (!used[i])
      return san_damaged (error, "change list: ref %u of %u is not used", i, self->n_refs);
  return TRUE;
}

static gboolean
take_list (SanChangeList *self, SanReader *reader, GError **error)
{
  gboolean used[SAN_REFS_LIMIT] = { FALSE };
  guint16 n;
  guint at = 0;

  if (!take_refs (self, reader, error) ||
      !san_reader_take_u16 (reader, &n, error) ||
      !san_check_count (reader, n, SAN_CHANGES_LIMIT, SMALLEST_CHANGE, "changes", error))
    return FALSE;
  if (n == 0)
    return san_damaged (error, "change list: no change");
  for (guint i = 0; i < n; i++)
    if (!take_change (self, reader, used, error))
      return FALSE;
  if (!san_reader_take_end (reader, error) || !check_refs_used (self, used, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      SanChange *change = &g_array_index (self->changes, SanChange, i);

      if (change->n_targets > 0)
        change->targets = &g_array_index (self->targets, SanTarget, at);
      at += change->n_targets;
    }
  return TRUE;
}

static void
clear_change (gpointer change)
{
  san_value_unref (((SanChange *) change)->value);
}

static void
free_fields (gpointer list)
{
  SanChangeList *self = list;

  g_bytes_unref (self->bytes);
  g_free (self->refs);
  g_array_unref (self->changes);
  g_array_unref (self->targets);
  g_string_chunk_free (self->names);
}

/**
 * san_change_list_parse:
 *
 * Returns: (transfer full): the list, or %NULL with DAMAGED for bytes that we would not have
 * written
 */
SanChangeList *
san_change_list_parse (const guint8 *data, gsize n, GError **error)
{
  g_autoptr(SanChangeList) self = g_atomic_rc_box_new0 (SanChangeList);
  SanReader reader;

  self->changes = g_array_new (FALSE, FALSE, sizeof (SanChange));
  g_array_set_clear_func (self->changes, clear_change);
  self->targets = g_array_new (FALSE, FALSE, sizeof (SanTarget));
  self->names = g_string_chunk_new (256);
  self->bytes = g_bytes_new (data, n);
  san_reader_init_bytes (&reader, self->bytes, "change list");
  if (!take_list (self, &reader, error))
    return NULL;
  return g_steal_pointer (&self);
}

SanChangeList *
san_change_list_ref (SanChangeList *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
san_change_list_unref (SanChangeList *self)
{
  g_atomic_rc_box_release_full (self, free_fields);
}

GBytes *
san_change_list_get_bytes (const SanChangeList *self)
{
  return self->bytes;
}

guint
san_change_list_get_n_refs (const SanChangeList *self)
{
  return self->n_refs;
}

const SanId32 *
san_change_list_get_ref (const SanChangeList *self, guint i)
{
  g_return_val_if_fail (i < self->n_refs, NULL);
  return &self->refs[i];
}

guint
san_change_list_get_size (const SanChangeList *self)
{
  return self->changes->len;
}

const SanChange *
san_change_list_get (const SanChangeList *self, guint i)
{
  g_return_val_if_fail (i < self->changes->len, NULL);
  return &g_array_index (self->changes, SanChange, i);
}

/**
 * san_change_list_find:
 *
 * Returns: (transfer none) (nullable): the change of that field; its number is its place in the
 * list
 */
const SanChange *
san_change_list_find (const SanChangeList *self, const SanId16 *record, const char *form,
                      const char *field)
{
  guint low = 0, high = self->changes->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const SanChange *change = &g_array_index (self->changes, SanChange, middle);
      int order
          = san_change_compare (&change->record, change->form, change->field, record, form, field);

      if (order == 0)
        return change;
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}
