/* san-form-history.c - one record with all its versions, of which one field is shown */
#include "san-form-history.h"

/* Shared by the worker and the answer. */
typedef struct
{
  SanId16 record;
  char *field;
  SanFormHistoryCame came;
  SanRecordView *view;
} History;

static void
history_free (History *self)
{
  g_clear_pointer (&self->view, san_record_view_free);
  g_free (self->field);
  g_free (self);
}

static gpointer
read_history (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  const History *wish = input;
  SanRecordView *view = san_record_get (centre, &wish->record, TRUE, error);
  History *read;

  if (view == NULL)
    return NULL;
  read = g_new0 (History, 1);
  *read = (History) { wish->record, g_strdup (wish->field), wish->came, view };
  return read;
}

static void
came_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanPage *page = SAN_PAGE (source);
  g_autoptr(GError) error = NULL;
  History *read = san_worker_run_finish (result, &error);
  GPtrArray *versions = NULL;

  if (read == NULL)
    {
      san_desk_complain (san_page_get_desk (page), error);
      return;
    }
  for (guint i = 0; versions == NULL && i < read->view->fields->len; i++)
    {
      SanFieldRow *row = read->view->fields->pdata[i];

      if (g_str_equal (row->field, read->field))
        versions = row->versions;
    }
  read->came (page, read->field, versions);
  history_free (read);
}

void
san_form_history_ask (SanPage *page, SanFormWork *work, const char *field, SanFormHistoryCame came)
{
  History *wish = g_new0 (History, 1);

  *wish = (History) { *san_form_work_get_record (work), g_strdup (field), came, NULL };
  san_desk_ask (san_page_get_desk (page), GTK_WIDGET (page), read_history, wish,
                (GDestroyNotify) history_free, (GDestroyNotify) history_free, came_cb, NULL);
}
