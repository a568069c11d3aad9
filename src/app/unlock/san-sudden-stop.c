/* san-sudden-stop.c - after a power cut: what was saved is here, and which draft of hers is kept */
#include "san-sudden-stop.h"
#include "san-draft-row.h"
#include "san-i18n.h"
#include "san-today.h"

#define STRIP "sudden-stop"

static gpointer
list_drafts (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  return san_unfinished_list (centre, error);
}

static char *
dup_sentence (SanDesk *desk, const GPtrArray *drafts)
{
  const SanUnfinishedRow *row
      = drafts != NULL && drafts->len > 0 ? g_ptr_array_index (drafts, 0) : NULL;
  g_autofree char *form = NULL;

  if (row == NULL)
    return g_strdup (_("The laptop stopped suddenly. Everything saved is here."));
  if (drafts->len > 1)
    /* Translators: how many drafts */
    return san_words_print (
        ngettext (
            "The laptop stopped suddenly. Everything saved is here; %u draft of yours is kept.",
            "The laptop stopped suddenly. Everything saved is here; %u drafts of yours are kept.",
            drafts->len),
        drafts->len);
  form = san_draft_dup_form_label (desk, row->form);
  if (row->alias == NULL)
    /* Translators: the form that was begun */
    return san_words_print (_("The laptop stopped suddenly. Everything saved is here; one draft "
                               "of yours is kept (%s)."),
                            form);
  /* Translators: a child's alias, the form that was begun */
  return san_words_print (_("The laptop stopped suddenly. Everything saved is here; one draft of "
                             "yours is kept (%1$s, %2$s)."),
                          row->alias, form);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanDesk *desk = data;
  g_autoptr(GPtrArray) drafts = san_worker_run_finish (result, NULL);
  g_autofree char *sentence = dup_sentence (desk, drafts);
  gboolean any = drafts != NULL && drafts->len > 0;

  san_desk_strip (desk, STRIP, "dialog-information-symbolic", sentence,
                  any ? _("Open draft") : NULL, any ? "app.open-draft" : NULL);
}

void
san_sudden_stop_tell (SanDesk *desk)
{
  san_desk_ask (desk, NULL, list_drafts, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, listed_cb,
                desk);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanDesk *desk = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) drafts = san_worker_run_finish (result, &error);

  if (drafts == NULL)
    {
      san_desk_complain (desk, error);
      return;
    }
  san_desk_strip_away (desk, STRIP);
  if (drafts->len > 0)
    san_draft_open (desk, g_ptr_array_index (drafts, 0));
}

void
san_sudden_stop_open (SanDesk *desk)
{
  san_desk_ask (desk, NULL, list_drafts, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, found_cb,
                desk);
}
