/* san-review-cards.c - what is to be decided, as a person sees it: words, alias, who and when */
#include "san-review.h"
#include "san-answer.h"
#include "san-centre-private.h"
#include "san-derive.h"
#include "san-excerpt.h"

static void
version_free (SanReviewVersion *version)
{
  g_free (version->text);
  g_free (version->author);
  g_free (version->laptop);
  g_free (version);
}

void
san_review_card_free (SanReviewCard *self)
{
  g_free (self->name);
  g_free (self->alias);
  g_free (self->sign);
  g_free (self->bed);
  g_ptr_array_unref (self->versions);
  g_free (self);
}

static const SanChildRow *
find_child (GPtrArray *children, const SanId32 *id)
{
  for (guint i = 0; i < children->len; i++)
    if (san_id32_equal (&((const SanChildRow *) children->pdata[i])->id, id))
      return children->pdata[i];
  return NULL;
}

/* Names by which a person is meant, from the ids that answers keep. */
static char *
name_person (const SanId16 *id, gpointer data)
{
  return san_centre_dup_staff_name (data, id);
}

static void
find_laptop (SanCentre *self, const SanId32 *seat, SanReviewVersion *version)
{
  SanKnownSeat known;

  if (!san_store_find_seat (self->store, seat, &known, NULL) ||
      !san_id32_equal (&known.centre, &self->id))
    return;
  version->laptop = san_id16_to_text (&known.device);
  version->this_laptop = san_id16_equal (&known.device, &self->device);
}

static SanReviewVersion *
make_version (SanCentre *self, const SanReviewCard *card, const SanFieldVersion *from, guint which,
              GPtrArray *names)
{
  SanAnswerContext context = { .name_person = name_person, .data = self };
  SanReviewVersion *version = g_new0 (SanReviewVersion, 1);
  g_autofree char *text =
      san_answer_to_display (self->catalogue, card->field, from->value, self->language, &context);

  version->text = card->is_name || names == NULL || card->alias == NULL
                      ? g_strdup (text)
                      : san_excerpt_hide (text, names, card->alias);
  version->author = g_strdup (from->author);
  find_laptop (self, &from->seat, version);
  version->at_ms = from->at_ms;
  version->doubtful = from->doubtful;
  version->which = g_str_equal (from->standing, "current") ? which : 0;
  return version;
}

static GPtrArray *
list_names (SanCentre *self, const SanId32 *child, GError **error)
{
  g_autoptr(SanFactSet) facts = san_derive_facts (self->store, self->catalogue, child,
                                                   san_store_get_open_mask (self->store), error);

  return facts != NULL ? san_excerpt_list_names (facts) : NULL;
}

static gboolean
fill (SanCentre *self, SanReviewCard *card, const SanReviewRow *row, GPtrArray *children,
      GError **error)
{
  const SanChildRow *child = find_child (children, &row->child);
  g_autoptr(GPtrArray) names = NULL;

  card->record = row->record;
  card->name = g_strdup (row->field);
  card->field = card->form != NULL ? san_form_find_field (card->form, row->field) : NULL;
  card->is_name = card->field != NULL && card->field->is_name;
  card->versions = g_ptr_array_new_with_free_func ((GDestroyNotify) version_free);
  if (child != NULL)
    {
      card->child = child->id;
      card->alias = g_strdup (child->alias);
      card->sign = g_strdup (child->sign);
      card->bed = g_strdup (child->bed);
      names = list_names (self, &child->id, error);
      if (names == NULL)
        return FALSE;
    }
  for (guint i = 0; i < row->values->len; i++)
    g_ptr_array_add (card->versions,
                     make_version (self, card, row->values->pdata[i], i + 1, names));
  return TRUE;
}

static gboolean
may_decide (SanCentre *self, const SanForm *form)
{
  return san_role_is_superintendent (self->role) ||
         (form != NULL && san_form_may_write (form, self->role));
}

GPtrArray *
san_review_list_cards (SanCentre *self, GError **error)
{
  g_autoptr(GPtrArray) rows = san_review_list (self, error);
  g_autoptr(GPtrArray) children = rows != NULL ? san_child_list (self, NULL, NULL, error) : NULL;
  g_autoptr(GPtrArray) cards =
      g_ptr_array_new_with_free_func ((GDestroyNotify) san_review_card_free);

  if (children == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      const SanReviewRow *row = g_ptr_array_index (rows, i);
      const SanForm *form = san_catalogue_find_form (self->catalogue, row->form);
      SanReviewCard *card;

      if (!may_decide (self, form))
        continue;
      card = g_new0 (SanReviewCard, 1);
      card->form = form;
      g_ptr_array_add (cards, card);
      if (!fill (self, card, row, children, error))
        return NULL;
    }
  return g_steal_pointer (&cards);
}
