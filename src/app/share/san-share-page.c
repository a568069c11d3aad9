/* san-share-page.c - sharing one child with one other centre: to whom, what, why, sign
 *
 * One page, read from top to bottom; the last card says in sentences what they will read, and only
 * then comes the button. What she does not read herself waits for somebody who does. All that she
 * chooses and writes here is a draft of the note that is signed with the order. */
#include "san-share-page.h"
#include "san-child-tag.h"
#include "san-drop-down.h"
#include "san-form-work.h"
#include "san-i18n.h"
#include "san-lines.h"
#include "san-partners.h"
#include "san-share-rows.h"
#include "san-share-sign.h"
#include "san-share-what.h"
#include <adwaita.h>

struct _SanSharePage
{
  SanPage parent_instance;

  GtkWidget *root, *place;
  GtkWidget *who, *to, *why, *preview, *open, *sign;
  SanShareWhat *what;
  GPtrArray *children;              /* SanChildRow, where a child has to be chosen */
  GPtrArray *partners;              /* SanPartnerRow */
  SanId32    child;                 /* zero: not chosen yet */
  int        partner;               /* -1: not chosen yet */
  SanFormWork *work;                /* (nullable): no child is chosen yet */
  GPtrArray *past;                  /* SanFormWork of children chosen before: they may be at work */
  SanShareRows *rows;               /* (nullable) */
  gboolean   showing;               /* what changes now is not hers */
  gboolean   signing;               /* the draft is kept as it is signed */
};

G_DEFINE_FINAL_TYPE (SanSharePage, san_share_page, SAN_TYPE_PAGE)

typedef struct { GPtrArray *children, *partners; } Facts;

static void
facts_free (Facts *facts)
{
  g_clear_pointer (&facts->children, g_ptr_array_unref);
  g_clear_pointer (&facts->partners, g_ptr_array_unref);
  g_free (facts);
}

static SanDesk *
desk (SanSharePage *self)
{
  return san_page_get_desk (SAN_PAGE (self));
}

/* --- signing --- */

static void
shared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanSharePage *self = SAN_SHARE_PAGE (source);
  g_autoptr(SanDesk) held = g_object_ref (desk (self));
  g_autoptr(GError) error = NULL;
  g_autofree guint *pending = san_worker_run_finish (result, &error);
  g_autofree char *waits = NULL;

  if (pending == NULL)
    {
      self->signing = FALSE;
      gtk_widget_set_sensitive (self->place, TRUE);
      gtk_widget_grab_focus (self->sign);
      san_desk_complain (held, error);
      return;
    }
  san_form_work_let_go (self->work);
  waits =
    *pending > 0
      ? san_words_print (
          ngettext (
            "Signed. It goes with the next exchange; %u part waits for somebody who reads it.",
            "Signed. It goes with the next exchange; %u parts wait for somebody who reads them.",
            *pending),
          *pending)
      : g_strdup (_("Signed. It goes with the next exchange."));
  san_desk_toast (held, waits);
  san_desk_changed (held);
  san_desk_back (held);
}

/* TRUE: all that has to be answered is, and understood. */
static gboolean
is_ready (SanSharePage *self)
{
  SanAnswers *answers = self->work != NULL ? san_form_work_get_answers (self->work) : NULL;
  const char *bad = answers != NULL ? san_answers_find_bad (answers) : NULL;

  if (bad != NULL && self->rows != NULL && san_share_rows_find (self->rows, bad) != NULL)
    {
      san_form_row_mark (san_share_rows_find (self->rows, bad));
      san_form_row_focus (san_share_rows_find (self->rows, bad), -1);
    }
  return answers != NULL && bad == NULL && self->partner >= 0 &&
         san_share_rows_say_open (answers, self->open);
}

static void
sign_cb (SanSharePage *self)
{
  SanShareSign *order;

  if (self->signing || !is_ready (self))
    return;
  order = g_new0 (SanShareSign, 1);
  order->child = self->child;
  order->to =
    san_id32_to_text (&((const SanPartnerRow *) self->partners->pdata[self->partner])->id);
  order->order.to = order->to;
  order->order.compartments = san_share_what_get_mask (self->what);
  order->order.read_only = san_share_what_is_read_only (self->what);
  order->order.history = san_share_what_has_history (self->what);
  order->order.why = san_answers_dup_typed (san_form_work_get_answers (self->work));
  order->keeper = san_form_work_keep (self->work, &order->draft);
  self->signing = TRUE;
  gtk_widget_set_sensitive (self->place, FALSE);     /* what is signed now is what stands here */
  san_desk_ask (desk (self), GTK_WIDGET (self), san_share_sign_run, order,
                (GDestroyNotify) san_share_sign_free, g_free, shared_cb, NULL);
}

/* --- what they will see --- */

static void
show_preview (SanSharePage *self)
{
  const SanPartnerRow *partner =
    self->partner >= 0 ? g_ptr_array_index (self->partners, (guint) self->partner) : NULL;
  SanAnswers *answers = self->work != NULL ? san_form_work_get_answers (self->work) : NULL;
  gboolean is_ready = partner != NULL && answers != NULL;

  san_lines_clear (self->preview);
  san_lines_clear (self->open);
  if (partner == NULL || san_id32_is_zero (&self->child))
    gtk_box_append (GTK_BOX (self->preview),
                    san_line_row ("dialog-question-symbolic",
                                  _("Choose the child and the centre first."), NULL, "san-quiet"));
  else
    san_share_what_say (self->what, partner->label, self->preview);
  if (is_ready)
    is_ready = san_share_rows_say_open (answers, self->open);
  gtk_widget_set_sensitive (self->sign, is_ready);
}

/* --- the note --- */

/* A choice of hers goes into the draft; what stood there by itself is only proposed. */
static void
take (SanSharePage *self, const char *field, SanValue *value)
{
  SanAnswers *answers = self->work != NULL ? san_form_work_get_answers (self->work) : NULL;

  if (answers == NULL || value == NULL)
    return;
  if (self->showing)
    {
      if (san_answers_get_value (answers, field) == NULL)
        san_answers_propose (answers, field, value);
      return;
    }
  san_answers_take_value (answers, field, value);
  san_form_work_touched (self->work);
}

static void
take_choices (SanSharePage *self)
{
  const char *label = self->partner >= 0
                        ? ((const SanPartnerRow *) self->partners->pdata[self->partner])->label
                        : NULL;
  g_autoptr(SanValue) with = label != NULL ? san_value_new_text (label, NULL) : NULL;
  g_autoptr(SanValue) parts = san_share_what_dup_parts (self->what);
  g_autoptr(SanValue) before = san_value_new_bool (san_share_what_has_history (self->what));
  g_autoptr(SanValue) reads = san_value_new_bool (san_share_what_is_read_only (self->what));

  take (self, SAN_SHARE_WITH, with);
  take (self, SAN_SHARE_PARTS, parts);
  take (self, SAN_SHARE_BEFORE, before);
  take (self, SAN_SHARE_READS, reads);
}

static void
chosen_cb (SanSharePage *self)
{
  if (self->showing)
    return;
  take_choices (self);
  show_preview (self);
}

/* Of two centres that are called the same she says again which one. */
static void
show_partner (SanSharePage *self, SanAnswers *answers)
{
  SanValue *value = san_answers_get_value (answers, SAN_SHARE_WITH);
  g_autofree char *label = value != NULL ? san_value_dup_text (value) : NULL;
  GtkWidget *check = gtk_widget_get_first_child (self->to), *found = NULL;
  guint n = 0;

  for (guint i = 0; label != NULL && i < self->partners->len; i++)
    {
      if (g_str_equal (((const SanPartnerRow *) self->partners->pdata[i])->label, label))
        {
          found = check;
          n++;
        }
      check = gtk_widget_get_next_sibling (check);
    }
  if (n == 1)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (found), TRUE);
}

/* The draft of that child, if she began one, else what stands on the page. */
static void
show_choices (SanSharePage *self, SanAnswers *answers)
{
  self->showing = TRUE;
  show_partner (self, answers);
  san_share_what_show (self->what, answers);
  take_choices (self);
  self->showing = FALSE;
}

static void
answered_cb (SanSharePage *self)
{
  san_form_work_touched (self->work);
  show_preview (self);
}

static void
loaded (SanPage *page, const char *focus, guint cursor)
{
  SanSharePage *self = SAN_SHARE_PAGE (page);
  SanAnswers *answers = san_form_work_get_answers (self->work);
  SanFormRow *row;

  if (answers == NULL)                /* it came of a child chosen before */
    return;
  show_choices (self, answers);
  san_lines_clear (self->why);
  self->rows = SAN_SHARE_ROWS (san_share_rows_new (answers));
  g_signal_connect_swapped (self->rows, "answered", G_CALLBACK (answered_cb), self);
  gtk_box_append (GTK_BOX (self->why), GTK_WIDGET (self->rows));
  show_preview (self);
  row = focus != NULL ? san_share_rows_find (self->rows, focus) : NULL;
  if (row != NULL)
    san_form_row_focus (row, (int) cursor);
}

static const char *
where (SanPage *page, guint *cursor)
{
  SanSharePage *self = SAN_SHARE_PAGE (page);
  SanFormRow *row = self->rows != NULL ? san_share_rows_get_focused (self->rows) : NULL;

  *cursor = row != NULL ? san_form_row_get_cursor (row) : 0;
  return row != NULL ? san_form_row_get_name (row) : NULL;
}

static void
kept (SanPage *page, const char *sentence)
{
  san_page_set_kept (page, sentence);
}

static const SanFormWorkPage calls = { loaded, where, kept, NULL, NULL };

/* Another child has another draft; the one before is kept. */
static void
begin_note (SanSharePage *self)
{
  if (self->work != NULL)
    {
      san_form_work_leave (self->work);
      g_ptr_array_add (self->past, g_steal_pointer (&self->work));
    }
  san_lines_clear (self->why);
  self->rows = NULL;
  if (san_id32_is_zero (&self->child))
    {
      gtk_box_append (GTK_BOX (self->why),
                      san_line_label (_("Choose the child first."), "san-quiet"));
      return;
    }
  self->work = san_form_work_new (SAN_PAGE (self), &calls);
  san_form_work_start_new (self->work, SAN_SHARE_FORM, &self->child);
}

/* --- choosing --- */

static void
child_cb (GtkDropDown *drop, GParamSpec *pspec, SanSharePage *self)
{
  guint at = gtk_drop_down_get_selected (drop);

  self->child = at > 0 && at <= self->children->len
                  ? ((const SanChildRow *) self->children->pdata[at - 1])->id
                  : san_id32_zero;
  begin_note (self);
  show_preview (self);
}

static void
show_chosen (SanSharePage *self, const SanChildRow *row)
{
  GtkWidget *tag = san_child_tag_new ();

  san_child_tag_show (SAN_CHILD_TAG (tag), desk (self), row->alias, row->sign, row->bed);
  gtk_box_append (GTK_BOX (self->who), tag);
}

static void
show_who (SanSharePage *self)
{
  g_autoptr(GtkStringList) words = gtk_string_list_new (NULL);
  GtkWidget *drop;

  san_lines_clear (self->who);
  for (guint i = 0; i < self->children->len; i++)
    if (san_id32_equal (&((const SanChildRow *) self->children->pdata[i])->id, &self->child))
      {
        show_chosen (self, self->children->pdata[i]);
        return;
      }
  gtk_string_list_append (words, _("Choose a child"));
  for (guint i = 0; i < self->children->len; i++)
    {
      const SanChildRow *row = g_ptr_array_index (self->children, i);
      g_autofree char *tag = san_child_tag_dup_words (row->alias, row->bed);

      gtk_string_list_append (words, tag);
    }
  drop = gtk_drop_down_new (G_LIST_MODEL (g_object_ref (words)), NULL);
  gtk_widget_set_halign (drop, GTK_ALIGN_START);
  san_drop_down_name (GTK_DROP_DOWN (drop), _("Which child"));
  g_signal_connect (drop, "notify::selected", G_CALLBACK (child_cb), self);
  gtk_box_append (GTK_BOX (self->who), drop);
}

static void
partner_cb (GtkCheckButton *button, SanSharePage *self)
{
  int i = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "i"));

  if (gtk_check_button_get_active (button))
    self->partner = i;
  else if (self->partner == i)
    self->partner = -1;
  chosen_cb (self);
}

static void
pair_cb (SanSharePage *self)
{
  san_desk_go_page (desk (self), "pair");
}

static void
show_partners (SanSharePage *self)
{
  GtkWidget *first = NULL;

  san_lines_clear (self->to);
  for (guint i = 0; i < self->partners->len; i++)
    {
      const SanPartnerRow *row = g_ptr_array_index (self->partners, i);
      GtkWidget *check = san_line_check (row->label, NULL);

      g_object_set_data (G_OBJECT (check), "i", GINT_TO_POINTER ((int) i));
      if (first != NULL)
        gtk_check_button_set_group (GTK_CHECK_BUTTON (check), GTK_CHECK_BUTTON (first));
      else
        first = check;
      g_signal_connect (check, "toggled", G_CALLBACK (partner_cb), self);
      gtk_box_append (GTK_BOX (self->to), check);
    }
  if (first != NULL)
    {
      gtk_check_button_set_active (GTK_CHECK_BUTTON (first), self->partners->len == 1);
      return;
    }
  gtk_box_append (
    GTK_BOX (self->to),
    san_line_label (_("No other centre yet. Pairing takes 4 minutes and one phone call."),
                    "san-quiet"));
  first = san_line_button (_("Pair with a centre"), NULL);
  gtk_widget_set_halign (first, GTK_ALIGN_START);
  g_signal_connect_swapped (first, "clicked", G_CALLBACK (pair_cb), self);
  gtk_box_append (GTK_BOX (self->to), first);
}

/* --- the page --- */

static gpointer
list (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  Facts *facts = g_new0 (Facts, 1);

  facts->children = san_child_list (centre, NULL, NULL, error);
  facts->partners = facts->children != NULL ? san_centre_list_partners (centre, error) : NULL;
  if (facts->partners != NULL)
    return facts;
  facts_free (facts);
  return NULL;
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanSharePage *self = SAN_SHARE_PAGE (source);
  g_autoptr(GError) error = NULL;
  Facts *facts = san_worker_run_finish (result, &error);

  if (facts == NULL)
    {
      san_desk_complain (desk (self), error);
      return;
    }
  self->children = g_steal_pointer (&facts->children);
  self->partners = g_steal_pointer (&facts->partners);
  facts_free (facts);
  show_who (self);
  show_partners (self);
  begin_note (self);
  show_preview (self);
  san_page_grab_first_focus (SAN_PAGE (self));
}

/* What is asked first: who, and if that is told already, with whom. */
static GtkWidget *
first_focus (SanPage *page)
{
  SanSharePage *self = SAN_SHARE_PAGE (page);

  if (self->children == NULL)
    return NULL;
  if (san_id32_is_zero (&self->child))
    return gtk_widget_get_first_child (self->who);
  return self->partners->len > 0 ? gtk_widget_get_first_child (self->to)
                                 : gtk_widget_get_last_child (self->to);
}

static void
add_parts (SanSharePage *self)
{
  GtkWidget *lines;
  guint reads = 0;

  for (guint c = 0; c < SAN_N_COMPARTMENTS; c++)
    if (san_centre_can_read (san_page_get_centre (SAN_PAGE (self)), c))
      reads |= 1u << c;
  gtk_box_append (GTK_BOX (self->place), san_line_card (_("3 What may they read?"), &lines));
  self->what = SAN_SHARE_WHAT (san_share_what_new (reads));
  g_signal_connect_swapped (self->what, "chosen", G_CALLBACK (chosen_cb), self);
  gtk_box_append (GTK_BOX (lines), GTK_WIDGET (self->what));
}

static void
add_end (SanSharePage *self)
{
  GtkWidget *lines;

  gtk_box_append (GTK_BOX (self->place),
                  san_line_card (_("4 Why, and what does the child say?"), &lines));
  gtk_box_append (
    GTK_BOX (lines),
    san_line_label (_("Say what goes there and why, before it goes. The child may say no."), NULL));
  self->why = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_box_append (GTK_BOX (lines), self->why);
  gtk_box_append (GTK_BOX (self->place),
                  san_line_card (_("5 This is what they will see"), &self->preview));
  self->open = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (self->place), self->open);
  self->sign = san_line_button (_("Share and sign"), NULL);
  gtk_widget_add_css_class (self->sign, "suggested-action");
  gtk_widget_set_halign (self->sign, GTK_ALIGN_END);
  g_signal_connect_swapped (self->sign, "clicked", G_CALLBACK (sign_cb), self);
  gtk_box_append (GTK_BOX (self->place), self->sign);
}

static void
leave (SanPage *page)
{
  SanSharePage *self = SAN_SHARE_PAGE (page);

  if (self->work != NULL && !self->signing)
    san_form_work_leave (self->work);
}

/* The child, where she was chosen here. */
static GVariant *
dup_view (SanPage *page)
{
  g_autofree char *child = san_id32_to_text (&SAN_SHARE_PAGE (page)->child);

  return g_variant_new_string (child);
}

static void
read_view (SanSharePage *self, const SanStop *stop)
{
  self->child = stop->child;
  if (san_id32_is_zero (&self->child) && stop->view != NULL &&
      g_variant_is_of_type (stop->view, G_VARIANT_TYPE_STRING))
    san_id32_from_text (g_variant_get_string (stop->view, NULL), &self->child, NULL);
}

static void
start (SanPage *page)
{
  SanSharePage *self = SAN_SHARE_PAGE (page);

  san_page_set_title (page, _("Share a child"));
  if (!san_centre_is_superintendent (san_page_get_centre (page)))
    {
      gtk_box_append (
        GTK_BOX (self->place),
        san_line_label (_("Only the superintendent shares a child with another centre."), NULL));
      return;
    }
  read_view (self, san_page_get_stop (page));
  self->partner = -1;
  gtk_box_append (GTK_BOX (self->place), san_line_card (_("1 Who"), &self->who));
  gtk_box_append (GTK_BOX (self->place), san_line_card (_("2 With which centre?"), &self->to));
  add_parts (self);
  add_end (self);
  gtk_widget_set_sensitive (self->sign, FALSE);
  san_desk_ask (desk (self), GTK_WIDGET (self), list, NULL, NULL, (GDestroyNotify) facts_free,
                listed_cb, NULL);
}

static void
finish (SanPage *page)
{
  SanSharePage *self = SAN_SHARE_PAGE (page);

  if (self->sign != NULL && gtk_widget_is_sensitive (self->sign))
    sign_cb (self);
}

static void
san_share_page_dispose (GObject *object)
{
  SanSharePage *self = SAN_SHARE_PAGE (object);

  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_clear_pointer (&self->partners, g_ptr_array_unref);
  self->rows = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), SAN_TYPE_SHARE_PAGE);
  g_clear_pointer (&self->work, san_form_work_free);
  g_clear_pointer (&self->past, g_ptr_array_unref);
  G_OBJECT_CLASS (san_share_page_parent_class)->dispose (object);
}

static void
san_share_page_class_init (SanSharePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = san_share_page_dispose;
  SAN_PAGE_CLASS (klass)->start = start;
  SAN_PAGE_CLASS (klass)->first_focus = first_focus;
  SAN_PAGE_CLASS (klass)->leave = leave;
  SAN_PAGE_CLASS (klass)->dup_view = dup_view;
  SAN_PAGE_CLASS (klass)->finish = finish;
  SAN_PAGE_CLASS (klass)->help = "share";
  gtk_widget_class_set_template_from_resource (widget_class, SAN_RESOURCE_UI "san-share-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SanSharePage, root);
  gtk_widget_class_bind_template_child (widget_class, SanSharePage, place);
}

static void
san_share_page_init (SanSharePage *self)
{
  self->past = g_ptr_array_new_with_free_func ((GDestroyNotify) san_form_work_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}
