/* san-session-page.c - a counselling session, written up in two minutes
 *
 * The form's own questions, two beside each other, so that all stand on one small screen: what is
 * picked first, her words before ours.
 * A worry for her safety opens the panel for today at once; its reason stays here. */
#include "san-session-page.h"
#include "san-i18n.h"
#include "san-safety-panel.h"

#define FIELD_WORRIED "worried"
#define FIELD_DID     "did"
#define FIELD_MINUTES "minutes"
#define FIELD_WITH    "with"
#define MINUTES       45            /* until somebody says otherwise */
#define WITH_CHILD    "child"

struct _SanSessionPage
{
  SanFormPage parent_instance;

  gboolean was_worried;             /* the panel was opened for this answer */
};

G_DEFINE_FINAL_TYPE (SanSessionPage, san_session_page, SAN_TYPE_FORM_PAGE)

static const SanFormLine lines[] = {
  { "with", "kind" },    { "words", FIELD_DID }, { "left", FIELD_WORRIED },
  { "next", "next-at" }, { "team", "refer" },    { "at", FIELD_MINUTES },
};

/* The answer of the session before this one. */
static SanValue *
find_last (const SanSheet *sheet, const char *field, SanValueType type)
{
  g_autoptr(GPtrArray) sessions = san_fact_set_list_records (sheet->facts, sheet->form->id, NULL);

  for (guint i = sessions->len; i > 0; i--)
    {
      const SanFactRecord *session = sessions->pdata[i - 1];
      const SanValue *value = san_fact_set_get_value (sheet->facts, &session->record, field);

      if (!san_id16_equal (&session->record, &sheet->record) && value != NULL &&
          san_value_get_type (value) == type)
        return (SanValue *) value;
    }
  return NULL;
}

static void
as_last_time_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SanFormPage *self = SAN_FORM_PAGE (widget);
  SanAnswers *answers = san_form_work_get_answers (san_form_page_get_work (self));
  SanValue *value = answers != NULL && !san_answers_is_closed (answers)
                      ? find_last (san_answers_get_sheet (answers), FIELD_DID, SAN_VALUE_TEXT)
                      : NULL;
  SanFormRow *row = value != NULL ? san_form_body_find (san_form_page_get_body (self), FIELD_DID)
                                  : NULL;

  if (row == NULL)
    return;
  san_form_row_take_value (row, value);
  san_form_row_focus (row, 0);
}

static void
panel_over_cb (SanSafetyPanel *panel, SanFormPage *self)
{
  SanFormBody *body = san_form_page_get_body (self);
  SanFormRow *row = san_form_body_get_focused (body);

  san_form_page_set_aside (self, NULL);
  if (row == NULL || !san_form_row_focus (row, -1))
    san_form_body_focus_first (body);
}

static gboolean
is_worried (SanAnswers *answers)
{
  SanValue *value = san_answers_get_value (answers, FIELD_WORRIED);
  gboolean yes = FALSE;

  return value != NULL && san_value_get_bool (value, &yes) && yes;
}

static void
open_panel (SanFormPage *self, SanAnswers *answers)
{
  GtkWidget *panel = san_safety_panel_new (san_page_get_desk (SAN_PAGE (self)),
                                           san_answers_get_sheet (answers),
                                           san_form_work_get_child (san_form_page_get_work (self)),
                                           _("You are worried for her safety today."));

  g_signal_connect (panel, "over", G_CALLBACK (panel_over_cb), self);
  san_form_page_set_aside (self, panel);
}

static void
answered (SanFormPage *page)
{
  SanSessionPage *self = SAN_SESSION_PAGE (page);
  SanAnswers *answers = san_form_work_get_answers (san_form_page_get_work (page));
  gboolean worried = is_worried (answers);

  if (worried && !self->was_worried)
    open_panel (page, answers);
  self->was_worried = worried;
}

static void
propose (SanAnswers *answers, const char *field, SanValue *value)
{
  if (san_answers_is_new (answers) && !san_answers_is_dirty (answers) &&
      san_answers_get_value (answers, field) == NULL)
    san_answers_propose (answers, field, value);
}

/* A session that is written without a booking took 45 minutes, with whom it was the last time,
 * until she says otherwise; the first one is with the child alone. */
static void
propose_usual (SanAnswers *answers)
{
  g_autoptr(SanValue) minutes = san_value_new_int (MINUTES);
  g_autoptr(SanValue) alone = san_value_new_code (WITH_CHILD);
  SanValue *last = find_last (san_answers_get_sheet (answers), FIELD_WITH, SAN_VALUE_CODES);

  propose (answers, FIELD_MINUTES, minutes);
  propose (answers, FIELD_WITH, last != NULL ? last : alone);
}

static GtkWidget *
make_body (SanFormPage *page, SanAnswers *answers)
{
  SanSessionPage *self = SAN_SESSION_PAGE (page);

  propose_usual (answers);
  self->was_worried = is_worried (answers);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "session.as-last-time",
                                 !san_answers_is_closed (answers) &&
                                   find_last (san_answers_get_sheet (answers), FIELD_DID,
                                              SAN_VALUE_TEXT) != NULL);
  return san_form_body_new_arranged (answers, lines, G_N_ELEMENTS (lines));
}

static void
san_session_page_class_init (SanSessionPageClass *klass)
{
  SanFormPageClass *page_class = SAN_FORM_PAGE_CLASS (klass);

  page_class->make_body = make_body;
  page_class->answered = answered;
  page_class->first = "kind";
  page_class->extra_label = N_("As last time");
  page_class->extra_action = "session.as-last-time";
  SAN_PAGE_CLASS (klass)->help = "session";
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "session.as-last-time", NULL,
                                   as_last_time_cb);
}

static void
san_session_page_init (SanSessionPage *self)
{
}
