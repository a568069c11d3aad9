/* san-scale-page.c - the numbers of a paper sheet, and what they say
 *
 * The questionnaire stays on paper. No running total; the result is words behind a button, since
 * she may sit beside. An answer about harm to herself opens the panel for today at once, whatever
 * the total. After a result a next step is chosen. */
#include "san-scale-page.h"
#include "san-column.h"
#include "san-form-head.h"
#include "san-form-row.h"
#include "san-form-work.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-menu.h"
#include "san-safety-panel.h"
#include "san-scale-items.h"
#include "san-scale-words.h"
#include <adwaita.h>
#include <string.h>

#define FIELD_NEXT_STEP "next-step"
#define RESULT_SCALE    1.25

struct _SanScalePage
{
  SanPage parent_instance;

  GtkWidget           *root, *save, *show, *result, *done;
  GtkLabel            *heading, *readers, *kept, *age, *words, *said;
  AdwBin              *aside, *items, *next, *sheet;
  SanFormWork         *work;
  const SanInstrument *instrument;  /* NULL until loaded */
  GPtrArray           *rows;        /* SanFormRow, borrowed */
  gboolean             was_alert, closing;
  guint                at;          /* item to find again */
};

G_DEFINE_FINAL_TYPE (SanScalePage, san_scale_page, SAN_TYPE_PAGE)

static SanAnswers *
get_answers (SanScalePage *self)
{
  return san_form_work_get_answers (self->work);
}

static void
kept (SanPage *page, const char *sentence)
{
  gtk_label_set_label (SAN_SCALE_PAGE (page)->kept, sentence != NULL ? sentence : "");
  san_page_set_kept (page, sentence);
}

/* ---- the score ---- */

static SanScore *
score_now (SanScalePage *self)
{
  g_autoptr(GHashTable) answers = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->instrument->n_items; i++)
    {
      g_autofree char *name = g_strconcat (SAN_ITEM_FIELD_PREFIX, self->instrument->items[i].key,
                                           NULL);
      SanValue *value = san_answers_get_value (get_answers (self), name);

      if (value != NULL)
        g_hash_table_insert (answers, (gpointer) self->instrument->items[i].key, value);
    }
  return san_instrument_score (self->instrument, answers);
}

/* The last sheet with a total, other than this one. */
static SanScore *
score_before (SanScalePage *self, gint64 *at)
{
  const SanSheet *sheet = san_answers_get_sheet (get_answers (self));
  g_autoptr(GPtrArray) sheets = san_fact_set_list_records (sheet->facts, self->instrument->form,
                                                           NULL);
  g_autoptr(SanScore) before = NULL;

  for (guint i = 0; i < sheets->len; i++)
    {
      const SanFactRecord *one = sheets->pdata[i];
      g_autoptr(SanScore) score = NULL;
      SanMoment moment;

      if (san_id16_equal (&one->record, &sheet->record))
        break;
      score = san_instrument_score_record (self->instrument, sheet->facts, &one->record);
      if (!score->has_total)
        continue;
      *at = san_fact_set_get_moment (sheet->facts, &one->record, &moment)
              ? moment.first : one->written.ms;
      g_clear_pointer (&before, san_score_free);
      before = g_steal_pointer (&score);
    }
  return g_steal_pointer (&before);
}

/* The first line is the result, the others say how to read it. */
static void
set_words (GtkLabel *label, const char *words)
{
  g_autoptr(PangoAttrList) list = pango_attr_list_new ();
  const char *end = strchr (words, '\n');
  PangoAttribute *attributes[] = { pango_attr_weight_new (PANGO_WEIGHT_BOLD),
                                   pango_attr_scale_new (RESULT_SCALE) };

  for (guint i = 0; i < G_N_ELEMENTS (attributes); i++)
    {
      attributes[i]->end_index = end != NULL ? (guint) (end - words) : G_MAXUINT;
      pango_attr_list_insert (list, attributes[i]);
    }
  gtk_label_set_attributes (label, list);
  gtk_label_set_label (label, words);
}

static void
show_result (SanScalePage *self)
{
  g_autoptr(SanScore) score = score_now (self);
  gint64 at = 0;
  g_autoptr(SanScore) before = score_before (self, &at);
  g_autofree char *words = san_scale_words (self->instrument, score, before, at,
                                            san_answers_get_language (get_answers (self)));

  set_words (self->words, words);
  gtk_widget_set_visible (self->result, TRUE);
  san_scroll_to (self->result);
  gtk_widget_set_visible (self->show, FALSE);
  if (self->rows->len > 0)
    san_form_row_focus (self->rows->pdata[0], -1);
}

static void
hide_result (SanScalePage *self)
{
  gtk_widget_set_visible (self->result, FALSE);
  gtk_widget_set_visible (self->show, TRUE);
}

/* ---- today, for her ---- */

static void
panel_over_cb (SanSafetyPanel *panel, SanScalePage *self)
{
  adw_bin_set_child (self->aside, NULL);
  gtk_widget_grab_focus (adw_bin_get_child (self->items));
}

static void
look_for_alert (SanScalePage *self)
{
  g_autoptr(SanScore) score = score_now (self);
  gboolean is_alert = score->alerts->len > 0;
  GtkWidget *panel;

  if (is_alert && !self->was_alert)
    {
      panel = san_safety_panel_new (san_page_get_desk (SAN_PAGE (self)),
                                    san_answers_get_sheet (get_answers (self)),
                                    san_form_work_get_child (self->work),
                                    _("She answered that she has thought of harming herself."));
      g_signal_connect (panel, "over", G_CALLBACK (panel_over_cb), self);
      adw_bin_set_child (self->aside, panel);
    }
  self->was_alert = is_alert;
}

/* ---- what is shown ---- */

static void
answered_cb (SanScalePage *self)
{
  san_form_work_touched (self->work);
  hide_result (self);
  look_for_alert (self);
}

static void
row_answered_cb (SanScalePage *self)
{
  san_form_work_touched (self->work);
  gtk_label_set_label (self->said, "");
}

static void
through_cb (SanScalePage *self)
{
  gtk_widget_grab_focus (gtk_widget_get_visible (self->show) ? self->show : self->done);
}

static GtkWidget *
make_rows (SanScalePage *self, const SanSection *section)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  for (guint i = 0; i < section->n_items; i++)
    if (section->items[i].field != NULL)
      {
        GtkWidget *row = san_form_row_new (get_answers (self), section->items[i].field,
                                           section->items[i].field->id);

        g_signal_connect_swapped (row, "answered", G_CALLBACK (row_answered_cb), self);
        g_ptr_array_add (self->rows, row);
        gtk_box_append (GTK_BOX (box), row);
      }
  return box;
}

/* Which section holds the items is told by their names; what follows is the next step. */
static void
make_parts (SanScalePage *self, const SanForm *form)
{
  gboolean seen_items = FALSE;

  g_ptr_array_set_size (self->rows, 0);
  adw_bin_set_child (self->next, NULL);
  adw_bin_set_child (self->sheet, NULL);
  for (guint i = 0; i < form->n_sections; i++)
    {
      const SanSection *section = form->sections[i];
      gboolean is_items = section->n_items > 0 && section->items[0].field != NULL &&
                          g_str_has_prefix (section->items[0].field->id, SAN_ITEM_FIELD_PREFIX);

      if (is_items)
        seen_items = TRUE;
      else if (seen_items)
        adw_bin_set_child (self->next, make_rows (self, section));
    }
  for (guint i = 0; i < form->n_sections; i++)
    {
      const SanSection *section = form->sections[i];

      if (section->n_items > 0 && section->items[0].field != NULL &&
          g_str_has_prefix (section->items[0].field->id, SAN_ITEM_FIELD_PREFIX))
        break;
      adw_bin_set_child (self->sheet, make_rows (self, section));
    }
}

static void
set_head (SanScalePage *self, const SanSheet *sheet)
{
  const char *language = san_answers_get_language (get_answers (self));
  g_autofree char *readers = san_form_head_dup_readers (sheet);
  g_autofree char *heading = san_form_head_dup_heading (sheet, language);
  int youngest, oldest;
  SanInstant now = { san_clock_now (), san_clock_zone (san_clock_now ()) };
  gboolean fits = !san_fact_set_get_age (sheet->facts, san_date_from_instant (&now).days, &youngest,
                                         &oldest) ||
                  san_instrument_fits_age (self->instrument, youngest, oldest);

  gtk_label_set_label (self->heading, heading);
  gtk_label_set_label (self->readers, readers != NULL ? readers : "");
  gtk_label_set_label (self->age, _("This sheet was made for another age. Read it with care."));
  gtk_widget_set_visible (GTK_WIDGET (self->age), !fits);
  san_page_set_title (SAN_PAGE (self), san_label_get (sheet->form->label, language));
}

static void
loaded (SanPage *page, const char *focus, guint cursor)
{
  SanScalePage *self = SAN_SCALE_PAGE (page);
  SanAnswers *answers = get_answers (self);
  const SanSheet *sheet = san_answers_get_sheet (answers);
  GtkWidget *old = adw_bin_get_child (self->items);
  guint at = old != NULL ? san_scale_items_get_current (SAN_SCALE_ITEMS (old)) : cursor;
  GtkWidget *items;

  self->instrument =
    sheet->form != NULL && sheet->form->instrument != NULL
      ? san_programme_find_instrument (san_centre_get_programme (san_page_get_centre (page)),
                                       sheet->form->instrument)
      : NULL;
  if (self->instrument == NULL)
    return;
  set_head (self, sheet);
  items = san_scale_items_new (answers, self->instrument);
  g_signal_connect_swapped (items, "answered", G_CALLBACK (answered_cb), self);
  g_signal_connect_swapped (items, "through", G_CALLBACK (through_cb), self);
  adw_bin_set_child (self->items, items);
  san_scale_items_set_current (SAN_SCALE_ITEMS (items), at);
  make_parts (self, sheet->form);
  gtk_widget_set_visible (self->save, !san_answers_is_closed (answers));
  if (old == NULL)
    {
      self->was_alert = sheet->view != NULL;         /* a sheet that is saved had its day */
      look_for_alert (self);
    }
  if (adw_bin_get_child (self->aside) == NULL)
    gtk_widget_grab_focus (items);
}

static const char *
where (SanPage *page, guint *cursor)
{
  GtkWidget *items = adw_bin_get_child (SAN_SCALE_PAGE (page)->items);

  *cursor = items != NULL ? san_scale_items_get_current (SAN_SCALE_ITEMS (items)) : 0;
  return NULL;
}

static void
saved (SanPage *page, gboolean made, gboolean finished)
{
  SanScalePage *self = SAN_SCALE_PAGE (page);

  if (made)
    san_form_work_offer_undo (self->work, _("Saved."));
  if (self->closing)
    san_desk_back (san_page_get_desk (page));
}

static void
refused (SanPage *page, const char *field)
{
  SAN_SCALE_PAGE (page)->closing = FALSE;
  if (field != NULL)
    san_form_head_say_refused (san_page_get_desk (page));
}

/* ---- acts ---- */

static gboolean
may_save (SanScalePage *self)
{
  gboolean good = self->instrument != NULL && !san_answers_is_closed (get_answers (self));

  for (guint i = 0; good && i < self->rows->len; i++)
    {
      san_form_row_mark (self->rows->pdata[i]);
      good = san_answers_get_text (get_answers (self),
                                   san_form_row_get_name (self->rows->pdata[i])) == NULL;
      if (!good)
        refused (SAN_PAGE (self), san_form_row_get_name (self->rows->pdata[i]));
    }
  return good;
}

static void
save_act (SanPage *page)
{
  SanScalePage *self = SAN_SCALE_PAGE (page);

  if (may_save (self))
    san_form_work_save_if_needed (self->work);
}

/* Shown first, then a next step chosen, then closed. */
static void
done_act (SanPage *page)
{
  SanScalePage *self = SAN_SCALE_PAGE (page);

  if (!may_save (self))
    return;
  if (!gtk_widget_get_visible (self->result))
    {
      show_result (self);
      return;
    }
  if (san_answers_get_value (get_answers (self), FIELD_NEXT_STEP) == NULL)
    {
      gtk_label_set_label (self->said, _("What is the next step? Choose one."));
      san_form_row_focus (self->rows->pdata[0], -1);
      return;
    }
  self->closing = TRUE;
  if (san_answers_is_new (get_answers (self)) || san_answers_is_dirty (get_answers (self)))
    san_form_work_save (self->work, FALSE);
  else
    san_desk_back (san_page_get_desk (page));
}

static void
act_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SanScalePage *self = SAN_SCALE_PAGE (widget);

  if (g_str_equal (action, "scale.save"))
    save_act (SAN_PAGE (self));
  else if (g_str_equal (action, "scale.done"))
    done_act (SAN_PAGE (self));
  else if (self->instrument != NULL)
    show_result (self);
}

/* ---- the page ---- */

static const SanFormWorkPage calls = { loaded, where, kept, saved, refused };

static void
start (SanPage *page)
{
  SanScalePage *self = SAN_SCALE_PAGE (page);

  self->work = san_form_work_new (page, &calls);
  san_form_work_start (self->work);
}

static void
refresh (SanPage *page)
{
  san_form_work_refresh (SAN_SCALE_PAGE (page)->work);
}

static void
leave (SanPage *page)
{
  san_form_work_leave (SAN_SCALE_PAGE (page)->work);
}

static GVariant *
dup_view (SanPage *page)
{
  return san_form_work_dup_view (SAN_SCALE_PAGE (page)->work, 0);
}

static void
san_scale_page_dispose (GObject *object)
{
  SanScalePage *self = SAN_SCALE_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), SAN_TYPE_SCALE_PAGE);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->work, san_form_work_free);
  G_OBJECT_CLASS (san_scale_page_parent_class)->dispose (object);
}

static void
san_scale_page_class_init (SanScalePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  SanPageClass *page_class = SAN_PAGE_CLASS (klass);
  static const char *const acts[] = { "scale.save", "scale.done", "scale.show-result" };

  G_OBJECT_CLASS (klass)->dispose = san_scale_page_dispose;
  page_class->start = start;
  page_class->refresh = refresh;
  page_class->leave = leave;
  page_class->dup_view = dup_view;
  page_class->finds_focus = TRUE;
  page_class->save = save_act;
  page_class->finish = done_act;
  page_class->help = "scale";
  g_type_ensure (SAN_TYPE_LINE);
  gtk_widget_class_set_template_from_resource (widget_class, SAN_RESOURCE_UI "san-scale-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SanScalePage, root);
  gtk_widget_class_bind_template_child (widget_class, SanScalePage, heading);
  gtk_widget_class_bind_template_child (widget_class, SanScalePage, readers);
  gtk_widget_class_bind_template_child (widget_class, SanScalePage, kept);
  gtk_widget_class_bind_template_child (widget_class, SanScalePage, save);
  gtk_widget_class_bind_template_child (widget_class, SanScalePage, aside);
  gtk_widget_class_bind_template_child (widget_class, SanScalePage, age);
  gtk_widget_class_bind_template_child (widget_class, SanScalePage, items);
  gtk_widget_class_bind_template_child (widget_class, SanScalePage, show);
  gtk_widget_class_bind_template_child (widget_class, SanScalePage, result);
  gtk_widget_class_bind_template_child (widget_class, SanScalePage, words);
  gtk_widget_class_bind_template_child (widget_class, SanScalePage, next);
  gtk_widget_class_bind_template_child (widget_class, SanScalePage, said);
  gtk_widget_class_bind_template_child (widget_class, SanScalePage, done);
  gtk_widget_class_bind_template_child (widget_class, SanScalePage, sheet);
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    gtk_widget_class_install_action (widget_class, acts[i], NULL, act_cb);
}

static void
san_scale_page_init (SanScalePage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  san_menu_name_key (GTK_BUTTON (self->save));
  san_menu_name_key (GTK_BUTTON (self->show));
}
