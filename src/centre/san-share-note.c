/* san-share-note.c - why a child is shared: a signed note in the press of the order
 *
 * To whom and what is written from the order itself, so that the note cannot say another thing.
 * Why, what in law allows it, and what the child said is typed, and asked for. */
#include "san-share-note.h"
#include "san-partner-cards.h"
#include "san-record-write.h"
#include <string.h>

GPtrArray *
san_share_why_new (const char *reason, const char *basis, const char *told, const char *said)
{
  const struct { const char *field, *text; } answers[] = {
    { SAN_SHARE_REASON, reason }, { SAN_SHARE_BASIS, basis },
    { SAN_SHARE_TOLD, told },     { SAN_SHARE_SAID, said },
  };
  GPtrArray *typed = san_typed_list_new ();

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (answers[i].text != NULL)
      san_typed_list_add (typed, answers[i].field, answers[i].text);
  return typed;
}

gboolean
san_share_is_open (const SanField *field, const SanValue *answer)
{
  g_autofree char *text = answer != NULL ? san_value_dup_text (answer) : NULL;
  SanNoAnswer no_answer;

  if (field->required != SAN_REQUIRED_SIGN)
    return FALSE;
  if (answer == NULL || san_value_get_type (answer) == SAN_VALUE_CLEARED ||
      (text != NULL && *g_strstrip (text) == '\0'))
    return TRUE;
  return san_value_get_no_answer (answer, &no_answer) &&
         !(no_answer == SAN_NO_ANSWER_REFUSED && g_str_equal (field->id, SAN_SHARE_SAID));
}

static gboolean
is_of_order (const char *field)
{
  static const char *const names[] = { SAN_SHARE_WITH, SAN_SHARE_PARTS, SAN_SHARE_BEFORE,
                                       SAN_SHARE_READS, NULL };

  return g_strv_contains (names, field);
}

static SanValue *
parts_of (guint compartments, GError **error)
{
  const char *codes[SAN_N_COMPARTMENTS + 1] = { NULL };
  guint n = 0;

  for (guint c = 0; c < SAN_N_COMPARTMENTS; c++)
    if (compartments & (1u << c))
      codes[n++] = san_compartment_get_name (c);
  return san_value_new_codes (codes, error);
}

/* All answers: those typed, and those that the order gives. (transfer full) (nullable) */
static GPtrArray *
list_answers (SanCentre *self, const SanId32 *to, const SanShareOrder *order, GError **error)
{
  g_autofree char *label = san_centre_dup_partner_label (self, to);
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  g_autoptr(SanValue) with = san_value_new_text (label, error);
  g_autoptr(SanValue) parts = with != NULL ? parts_of (order->compartments, error) : NULL;
  g_autoptr(SanValue) before = san_value_new_bool (order->history);
  g_autoptr(SanValue) only_read = san_value_new_bool (order->read_only);

  if (parts == NULL)
    return NULL;
  for (guint i = 0; order->why != NULL && i < order->why->len; i++)
    {
      const SanTyped *one = g_ptr_array_index (order->why, i);

      if (is_of_order (one->field))
        continue;
      if (one->value != NULL)
        san_typed_list_add_value (typed, one->field, one->value);
      else
        san_typed_list_add (typed, one->field, one->text);
    }
  san_typed_list_add_value (typed, SAN_SHARE_WITH, with);
  san_typed_list_add_value (typed, SAN_SHARE_PARTS, parts);
  san_typed_list_add_value (typed, SAN_SHARE_BEFORE, before);
  san_typed_list_add_value (typed, SAN_SHARE_READS, only_read);
  return g_steal_pointer (&typed);
}

static gboolean
has_all (SanChanges *changes, const SanForm *form, const SanId16 *record, GError **error)
{
  for (guint i = 0; i < form->n_fields; i++)
    {
      const SanField *field = form->fields[i];

      if (!san_share_is_open (field, san_changes_peek (changes, record, field->id)))
        continue;
      g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID, "%s: a share is signed with an answer here",
                   field->id);
      return FALSE;
    }
  return TRUE;
}

static gboolean
close_note (SanCentre *self, SanPress *press, const SanId32 *child, const SanForm *form,
            const SanId16 *record, const SanId32 *written, GError **error)
{
  g_autoptr(SanChanges) changes = san_changes_new (self, child);

  for (guint c = 0; c < SAN_N_COMPARTMENTS; c++)
    if ((form->compartments & (1u << c)) &&
        !san_changes_close (changes, c, record, form->id, written, error))
      return FALSE;
  return san_press_add_changes (press, child, changes, NULL, error);
}

gboolean
san_share_note_add (SanCentre *self, SanPress *press, const SanId32 *child, const SanId32 *to,
                    const SanShareOrder *order, SanId16 *record, GError **error)
{
  const SanForm *form = san_record_need_form (self, SAN_SHARE_FORM, SAN_DOSSIER_CASE, error);
  g_autoptr(GPtrArray) typed = form != NULL ? list_answers (self, to, order, error) : NULL;
  g_autoptr(SanChanges) changes = NULL;
  SanId32 written;
  SanId16 id;

  if (typed == NULL)
    return FALSE;
  changes = san_changes_new (self, child);
  san_changes_begin (changes, &id);
  if (!san_record_add_typed (self, changes, child, form, &id, typed, error) ||
      !san_record_add_offers (self, changes, child, form, &id, typed, error) ||
      !has_all (changes, form, &id, error) ||
      !san_press_add_changes (press, child, changes, &written, error) ||
      !close_note (self, press, child, form, &id, &written, error))
    return FALSE;
  *record = id;
  return TRUE;
}
