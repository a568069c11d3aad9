/* san-form-page.c - one form, filled in or new: any form of the catalogue
 *
 * Saving never depends on a complete form. Finishing says inline what is missing and asks once;
 * a finished form is paper: only corrections can be added. */
#include "san-form-page.h"
#include "san-form-correction.h"
#include "san-form-head.h"
#include "san-form-history.h"
#include "san-form-withdraw.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-menu.h"
#include "san-paper-page.h"
#include "san-sentences.h"
#include "san-wrap.h"
#include <adwaita.h>

typedef struct
{
  GtkWidget   *root;
  GtkLabel    *heading, *readers, *kept, *panel_words;
  GtkWidget   *readers_line, *extra, *save, *finish, *correct, *take_back, *panel_first;
  GtkWidget   *withdraw;            /* (nullable) borrowed of @content */
  GtkButton   *panel_finish;
  GtkRevealer *panel, *correction;
  GtkTextView *correction_text;
  AdwBin      *aside, *content;
  SanFormWork *work;
  SanFormBody *body;                /* (nullable) borrowed of @content */
  guint        scroll;              /* to be found again */
  guint        scrolling;           /* timer; it must not keep a page that was left */
} SanFormPagePrivate;

G_DEFINE_TYPE_WITH_PRIVATE (SanFormPage, san_form_page, SAN_TYPE_PAGE)

static SanFormPagePrivate *
get_private (SanFormPage *self)
{
  return san_form_page_get_instance_private (self);
}

/* Folded means gone: else a screen reader still finds what is in it. */
static void
fold (GtkRevealer *part, gboolean open)
{
  gtk_widget_set_visible (GTK_WIDGET (part), open);
  gtk_revealer_set_reveal_child (part, open);
}

/* ---- what is shown ---- */

/* A closed record goes on saying how it was closed; the sidebar says that a correction is kept. */
static void
kept (SanPage *page, const char *sentence)
{
  SanFormPagePrivate *self = get_private (SAN_FORM_PAGE (page));
  SanAnswers *answers = san_form_work_get_answers (self->work);

  if (answers == NULL || !san_answers_is_closed (answers))
    gtk_label_set_label (self->kept, sentence != NULL ? sentence : "");
  san_page_set_kept (page, sentence);
}

static void
set_readers (SanFormPage *self, const SanSheet *sheet)
{
  g_autofree char *words = san_form_head_dup_readers (sheet);

  gtk_widget_set_visible (get_private (self)->readers_line, words != NULL);
  if (words != NULL)
    gtk_label_set_label (get_private (self)->readers, words);
}

static void
set_heading (SanFormPage *self, const SanSheet *sheet)
{
  const char *language = san_desk_get_language (san_page_get_desk (SAN_PAGE (self)));
  g_autofree char *words = san_form_head_dup_heading (sheet, language);

  gtk_label_set_label (get_private (self)->heading, words);
  san_page_set_title (SAN_PAGE (self), sheet->form != NULL
                                         ? san_label_get (sheet->form->label, language)
                                         : sheet->view->form);
}

/* Notes that are closed by their author, and forms with an official number. */
static gboolean
is_finished_once (const SanForm *form)
{
  return form->is_long_note || form->number != NULL;
}

static void
set_buttons (SanFormPage *self, const SanSheet *sheet)
{
  SanAnswers *answers = san_form_work_get_answers (get_private (self)->work);
  gboolean closed = san_answers_is_closed (answers);
  gboolean finished = sheet->view != NULL && sheet->view->finished && !sheet->view->withdrawn;

  gtk_widget_set_visible (get_private (self)->save, !closed);
  gtk_widget_set_visible (get_private (self)->extra,
                          !closed && SAN_FORM_PAGE_GET_CLASS (self)->extra_label != NULL);
  gtk_widget_set_visible (get_private (self)->finish,
                          !closed && sheet->may_finish && is_finished_once (sheet->form));
  (gtk_widget_get_visible (get_private (self)->finish)
     ? gtk_widget_remove_css_class
     : gtk_widget_add_css_class) (get_private (self)->save, "suggested-action");
  gtk_widget_set_visible (get_private (self)->correct, finished && sheet->may_write);
  gtk_widget_set_visible (get_private (self)->take_back,
                          sheet->view != NULL && !sheet->view->withdrawn && sheet->may_write &&
                            !sheet->form->starts_stay && sheet->form->act == NULL);
  fold (get_private (self)->panel, FALSE);
}

/* What she wrote of one is there again; what came in meanwhile does not fold it. */
static void
set_correction (SanFormPage *self)
{
  SanFormPagePrivate *my = get_private (self);

  if (!san_form_correction_show (my->correction_text, my->work))
    fold (my->correction, FALSE);
  else if (my->body == NULL)
    fold (my->correction, TRUE);
}

static void
say_closed (SanFormPage *self, const SanSheet *sheet)
{
  g_autofree char *words = san_form_head_dup_closed (sheet);

  if (words == NULL)
    return;
  gtk_label_set_label (get_private (self)->kept, words);
  san_page_set_kept (SAN_PAGE (self), words);
}

/* ---- rows ask ---- */

static void
history_came (SanPage *page, const char *field, GPtrArray *versions)
{
  SanFormBody *body = get_private (SAN_FORM_PAGE (page))->body;
  SanFormRow *row = body != NULL ? san_form_body_find (body, field) : NULL;

  if (row != NULL)
    san_form_row_show_history (row, versions);
}

static void
history_cb (SanFormBody *body, SanFormRow *row, SanFormPage *self)
{
  san_form_history_ask (SAN_PAGE (self), get_private (self)->work, san_form_row_get_name (row),
                        history_came);
}

static void
pick_cb (SanFormBody *body, SanFormRow *row, guint which, SanFormPage *self)
{
  san_form_work_pick (get_private (self)->work, san_form_row_get_name (row), which);
}

static void
answered_cb (SanFormBody *body, SanFormPage *self)
{
  san_form_work_touched (get_private (self)->work);
  if (SAN_FORM_PAGE_GET_CLASS (self)->answered != NULL)
    SAN_FORM_PAGE_GET_CLASS (self)->answered (self);
}

/* ---- the work calls ---- */

static gboolean
restore_scroll_cb (gpointer data)
{
  SanFormPage *self = data;

  get_private (self)->scrolling = 0;
  if (get_private (self)->body != NULL)
    san_form_body_set_scroll (get_private (self)->body, get_private (self)->scroll);
  return G_SOURCE_REMOVE;
}

/* A report on another form's lines begins with her own words; its dates are there already. */
static const char *
first_field (SanFormPage *self)
{
  const SanForm *form =
    san_answers_get_sheet (san_form_work_get_answers (get_private (self)->work))->form;

  for (guint i = 0;
       form != NULL && SAN_FORM_PAGE_GET_CLASS (self)->first == NULL && i < form->n_tables; i++)
    if (form->tables[i]->rows_form != NULL)
      return form->hers;
  return SAN_FORM_PAGE_GET_CLASS (self)->first;
}

static void
restore_place (SanFormPage *self, const char *focus, guint cursor, double scroll)
{
  const char *begin = focus != NULL ? focus : first_field (self);
  SanFormRow *row = begin != NULL ? san_form_body_find (get_private (self)->body, begin) : NULL;

  if (g_strcmp0 (focus, SAN_FORM_WORK_CORRECTION) == 0 &&
      gtk_revealer_get_reveal_child (get_private (self)->correction))
    san_form_correction_focus (get_private (self)->correction_text, cursor);
  else if (g_strcmp0 (focus, SAN_FORM_WORK_REASON) == 0 &&
           san_form_withdraw_focus (get_private (self)->withdraw, cursor))
    return;                         /* above what scrolls */
  else if (row == NULL || !san_form_row_focus (row, (int) cursor))
    san_form_body_focus_first (get_private (self)->body);
  if (scroll <= 0)
    return;
  get_private (self)->scroll = (guint) scroll;
  g_clear_handle_id (&get_private (self)->scrolling, g_source_remove);
  get_private (self)->scrolling =
    g_timeout_add_full (G_PRIORITY_LOW, 50, restore_scroll_cb, self, NULL);
}

static GtkWidget *
make_body (SanFormPage *self)
{
  SanAnswers *answers = san_form_work_get_answers (get_private (self)->work);
  SanFormPageClass *klass = SAN_FORM_PAGE_GET_CLASS (self);

  return klass->make_body != NULL && san_answers_get_sheet (answers)->form != NULL
           ? klass->make_body (self, answers)
           : san_form_body_new (answers);
}

static GtkWidget *
make_content (SanFormPage *self, const SanSheet *sheet)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *amendments = san_form_head_new_amendments (sheet);

  get_private (self)->withdraw =
    san_form_withdraw_new (GTK_WIDGET (self), get_private (self)->work);
  gtk_box_append (GTK_BOX (box), get_private (self)->withdraw);
  if (amendments != NULL)
    gtk_box_append (GTK_BOX (box), amendments);
  get_private (self)->body = SAN_FORM_BODY (make_body (self));
  gtk_widget_set_vexpand (GTK_WIDGET (get_private (self)->body), TRUE);
  g_signal_connect (get_private (self)->body, "answered", G_CALLBACK (answered_cb), self);
  g_signal_connect (get_private (self)->body, "history", G_CALLBACK (history_cb), self);
  g_signal_connect (get_private (self)->body, "pick", G_CALLBACK (pick_cb), self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (get_private (self)->body));
  return box;
}

static void
loaded (SanPage *page, const char *focus, guint cursor)
{
  SanFormPage *self = SAN_FORM_PAGE (page);
  const SanSheet *sheet =
    san_answers_get_sheet (san_form_work_get_answers (get_private (self)->work));
  double scroll = get_private (self)->body != NULL
                    ? san_form_body_get_scroll (get_private (self)->body)
                    : san_form_work_get_scroll (get_private (self)->work);

  set_heading (self, sheet);
  set_readers (self, sheet);
  set_buttons (self, sheet);
  set_correction (self);
  say_closed (self, sheet);
  adw_bin_set_child (get_private (self)->content, make_content (self, sheet));
  restore_place (self, focus, cursor, scroll);
}

static const char *
where (SanPage *page, guint *cursor)
{
  SanFormPage *self = SAN_FORM_PAGE (page);
  SanFormRow *row =
    get_private (self)->body != NULL ? san_form_body_get_focused (get_private (self)->body) : NULL;

  if (san_form_correction_is_focused (get_private (self)->correction_text, cursor))
    return SAN_FORM_WORK_CORRECTION;
  if (get_private (self)->withdraw != NULL &&
      san_form_withdraw_is_focused (get_private (self)->withdraw, cursor))
    return SAN_FORM_WORK_REASON;
  *cursor = row != NULL ? san_form_row_get_cursor (row) : 0;
  return row != NULL ? san_form_row_get_name (row) : NULL;
}

static void
saved (SanPage *page, gboolean made, gboolean finished)
{
  SanFormPage *self = SAN_FORM_PAGE (page);

  if (finished)
    san_desk_toast (san_page_get_desk (page), _("Finished and signed. Corrections can be added."));
  else if (made)
    san_form_work_offer_undo (get_private (self)->work, _("Saved."));
}

static void
refused (SanPage *page, const char *field)
{
  SanFormPage *self = SAN_FORM_PAGE (page);
  SanFormRow *row = field != NULL && get_private (self)->body != NULL
                      ? san_form_body_find (get_private (self)->body, field)
                      : NULL;

  if (row == NULL)
    return;
  san_form_row_focus (row, -1);
  san_form_head_say_refused (san_page_get_desk (page));
}

/* ---- acts ---- */

static gboolean
may_save (SanFormPage *self)
{
  SanAnswers *answers = san_form_work_get_answers (get_private (self)->work);

  if (answers == NULL || san_answers_is_closed (answers))
    return FALSE;
  if (san_form_body_check (get_private (self)->body))
    return TRUE;
  refused (SAN_PAGE (self), san_answers_find_bad (answers));
  return FALSE;
}

static void
save_act (SanPage *page)
{
  SanFormPage *self = SAN_FORM_PAGE (page);

  if (may_save (self))
    san_form_work_save_if_needed (get_private (self)->work);
}

static void
show_panel (SanFormPage *self)
{
  SanAnswers *answers = san_form_work_get_answers (get_private (self)->work);
  SanCentre *centre = san_page_get_centre (SAN_PAGE (self));
  const SanForm *form = san_answers_get_sheet (answers)->form;
  g_autoptr(GPtrArray) open = san_answers_list_open (answers, SAN_REQUIRED_SIGN);
  const char *label = san_label_get (form->label, san_answers_get_language (answers));
  g_autofree char *words = NULL;

  if (open->len > 0)
    /* Translators: how many, and the form */
    words = san_words_print (ngettext ("%1$u thing that “%2$s” needs is open.",
                                       "%1$u things that “%2$s” needs are open.", open->len),
                             open->len, label);
  else
    words = san_words_print (
      /* Translators: her name, her role */
      _("Finish and sign as %1$s, %2$s? After that only corrections can be added."),
      san_centre_get_staff_name (centre), san_role_word (san_centre_get_role (centre)));
  gtk_label_set_label (get_private (self)->panel_words, words);
  gtk_widget_set_visible (get_private (self)->panel_first, open->len > 0);
  gtk_button_set_label (get_private (self)->panel_finish,
                        open->len > 0 ? _("Finish anyway") : _("Finish and sign"));
  fold (get_private (self)->panel, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (get_private (self)->panel_finish));
}

/* Asks once, inline; Enter answers. A form that is not finished is just saved. */
static void
finish_act (SanPage *page)
{
  SanFormPage *self = SAN_FORM_PAGE (page);

  if (!may_save (self))
    return;
  if (!gtk_widget_get_visible (get_private (self)->finish))
    save_act (page);
  else if (gtk_revealer_get_reveal_child (get_private (self)->panel))
    gtk_widget_activate_action (GTK_WIDGET (self), "form.finish-now", NULL);
  else
    show_panel (self);
}

static void
act_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SanFormPage *self = SAN_FORM_PAGE (widget);

  if (g_str_equal (action, "form.save"))
    save_act (SAN_PAGE (self));
  else if (g_str_equal (action, "form.finish"))
    finish_act (SAN_PAGE (self));
  else if (g_str_equal (action, "form.finish-now") && may_save (self))
    san_form_work_save (get_private (self)->work, TRUE);
  else if (g_str_equal (action, "form.first"))
    {
      fold (get_private (self)->panel, FALSE);
      san_form_body_focus_next_open (get_private (self)->body, SAN_REQUIRED_SIGN);
    }
  else if (g_str_equal (action, "form.not-yet"))
    {
      fold (get_private (self)->panel, FALSE);
      fold (get_private (self)->correction, FALSE);     /* what she wrote there stays */
      san_form_body_focus_first (get_private (self)->body);
    }
}

static void
correct_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SanFormPage *self = SAN_FORM_PAGE (widget);

  if (g_str_equal (action, "form.add-correction"))
    {
      san_form_work_amend (get_private (self)->work);
      return;
    }
  fold (get_private (self)->correction, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (get_private (self)->correction_text));
}

static void
correction_cb (SanFormPage *self)
{
  if (get_private (self)->work != NULL)
    san_form_correction_take (get_private (self)->correction_text, get_private (self)->work);
}

static void
beside_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SanFormWork *work = get_private (SAN_FORM_PAGE (widget))->work;
  SanDesk *desk = san_page_get_desk (SAN_PAGE (widget));

  if (g_str_equal (action, "form.take-back"))
    san_form_withdraw_open (get_private (SAN_FORM_PAGE (widget))->withdraw);
  else if (g_str_equal (action, "form.paper"))
    san_paper_page_go (desk, san_answers_get_sheet (san_form_work_get_answers (work))->view->form,
                       san_form_work_get_child (work), san_form_work_get_record (work),
                       g_variant_get_string (parameter, NULL));
  else
    san_desk_toast (desk,
                    _("That place cannot be used. Choose one on this laptop or on a pen drive."));
}

/* ---- the page ---- */

static const SanFormWorkPage calls = { loaded, where, kept, saved, refused };

static void
start (SanPage *page)
{
  SanFormPage *self = SAN_FORM_PAGE (page);

  if (SAN_FORM_PAGE_GET_CLASS (self)->extra_label != NULL)
    {
      gtk_button_set_label (GTK_BUTTON (get_private (self)->extra),
                            _(SAN_FORM_PAGE_GET_CLASS (self)->extra_label));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (get_private (self)->extra),
                                      SAN_FORM_PAGE_GET_CLASS (self)->extra_action);
    }
  get_private (self)->work = san_form_work_new (page, &calls);
  san_form_work_start (get_private (self)->work);
}

static void
refresh (SanPage *page)
{
  san_form_work_refresh (get_private (SAN_FORM_PAGE (page))->work);
}

static void
leave (SanPage *page)
{
  san_form_work_leave (get_private (SAN_FORM_PAGE (page))->work);
}

static GVariant *
dup_view (SanPage *page)
{
  SanFormPage *self = SAN_FORM_PAGE (page);

  return san_form_work_dup_view (
    get_private (self)->work,
    get_private (self)->body != NULL ? san_form_body_get_scroll (get_private (self)->body) : 0);
}

static void
next (SanPage *page)
{
  if (get_private (SAN_FORM_PAGE (page))->body != NULL)
    san_form_body_step_section (get_private (SAN_FORM_PAGE (page))->body, 1);
}

static void
previous (SanPage *page)
{
  if (get_private (SAN_FORM_PAGE (page))->body != NULL)
    san_form_body_step_section (get_private (SAN_FORM_PAGE (page))->body, -1);
}

static void
san_form_page_dispose (GObject *object)
{
  SanFormPage *self = SAN_FORM_PAGE (object);

  g_clear_handle_id (&get_private (self)->scrolling, g_source_remove);
  get_private (self)->body = NULL;
  get_private (self)->withdraw = NULL;
  /* not gtk_widget_dispose_template(): that looks for the template in the class that derives */
  g_clear_pointer (&get_private (self)->root, gtk_widget_unparent);
  g_clear_pointer (&get_private (self)->work, san_form_work_free);
  G_OBJECT_CLASS (san_form_page_parent_class)->dispose (object);
}

static void
san_form_page_class_init (SanFormPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  SanPageClass *page_class = SAN_PAGE_CLASS (klass);
  static const char *const acts[] = { "form.save", "form.finish", "form.finish-now", "form.first",
                                      "form.not-yet" };

  G_OBJECT_CLASS (klass)->dispose = san_form_page_dispose;
  page_class->start = start;
  page_class->refresh = refresh;
  page_class->leave = leave;
  page_class->dup_view = dup_view;
  page_class->finds_focus = TRUE;
  page_class->save = save_act;
  page_class->finish = finish_act;
  page_class->next = next;
  page_class->previous = previous;
  page_class->help = "form";
  g_type_ensure (SAN_TYPE_LINE);
  g_type_ensure (SAN_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget_class, SAN_RESOURCE_UI "san-form-page.ui");
  gtk_widget_class_bind_template_child_private (widget_class, SanFormPage, root);
  gtk_widget_class_bind_template_child_private (widget_class, SanFormPage, heading);
  gtk_widget_class_bind_template_child_private (widget_class, SanFormPage, readers_line);
  gtk_widget_class_bind_template_child_private (widget_class, SanFormPage, readers);
  gtk_widget_class_bind_template_child_private (widget_class, SanFormPage, kept);
  gtk_widget_class_bind_template_child_private (widget_class, SanFormPage, extra);
  gtk_widget_class_bind_template_child_private (widget_class, SanFormPage, save);
  gtk_widget_class_bind_template_child_private (widget_class, SanFormPage, finish);
  gtk_widget_class_bind_template_child_private (widget_class, SanFormPage, correct);
  gtk_widget_class_bind_template_child_private (widget_class, SanFormPage, take_back);
  gtk_widget_class_bind_template_child_private (widget_class, SanFormPage, panel);
  gtk_widget_class_bind_template_child_private (widget_class, SanFormPage, panel_words);
  gtk_widget_class_bind_template_child_private (widget_class, SanFormPage, panel_first);
  gtk_widget_class_bind_template_child_private (widget_class, SanFormPage, panel_finish);
  gtk_widget_class_bind_template_child_private (widget_class, SanFormPage, correction);
  gtk_widget_class_bind_template_child_private (widget_class, SanFormPage, correction_text);
  gtk_widget_class_bind_template_child_private (widget_class, SanFormPage, aside);
  gtk_widget_class_bind_template_child_private (widget_class, SanFormPage, content);
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    gtk_widget_class_install_action (widget_class, acts[i], NULL, act_cb);
  gtk_widget_class_install_action (widget_class, "form.correct", NULL, correct_cb);
  gtk_widget_class_install_action (widget_class, "form.add-correction", NULL, correct_cb);
  gtk_widget_class_install_action (widget_class, "form.paper", "s", beside_cb);
  gtk_widget_class_install_action (widget_class, "form.no-path", NULL, beside_cb);
  gtk_widget_class_install_action (widget_class, "form.take-back", NULL, beside_cb);
}

SanFormWork *
san_form_page_get_work (SanFormPage *self)
{
  return get_private (self)->work;
}

SanFormBody *
san_form_page_get_body (SanFormPage *self)
{
  return get_private (self)->body;
}

void
san_form_page_set_aside (SanFormPage *self, GtkWidget *aside)
{
  adw_bin_set_child (get_private (self)->aside, aside);
}

GtkWidget *
san_form_page_get_aside (SanFormPage *self)
{
  return adw_bin_get_child (get_private (self)->aside);
}

static void
san_form_page_init (SanFormPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  san_menu_name_key (GTK_BUTTON (get_private (self)->save));
  san_menu_name_key (GTK_BUTTON (get_private (self)->finish));
  san_menu_name_key (GTK_BUTTON (get_private (self)->correct));
  san_menu_name_key (GTK_BUTTON (get_private (self)->take_back));
  san_form_correction_set_up (get_private (self)->correction_text, G_CALLBACK (correction_cb),
                              self);
}
