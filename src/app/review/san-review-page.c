/* san-review-page.c - what was written without seeing each other, one card at a time
 *
 * 1 and 2 keep what stands there, the next digit writes another, S looks at the next one. Whatever
 * is chosen, all stay in the history. */
#include "san-review-page.h"
#include "san-child-file.h"
#include "san-child-tag.h"
#include "san-day-words.h"
#include "san-i18n.h"
#include "san-latin-key.h"
#include "san-line.h"
#include "san-lines.h"
#include "san-review-more.h"
#include "san-told.h"
#include <adwaita.h>

struct _SanReviewPage
{
  SanPage parent_instance;

  GtkWidget *root, *place, *more;
  GPtrArray *cards;                 /* SanReviewCard */
  guint      at;
  gboolean   shown;                 /* the names of this card */
};

G_DEFINE_FINAL_TYPE (SanReviewPage, san_review_page, SAN_TYPE_PAGE)

typedef struct { GPtrArray *cards, *pending, *held, *told; } Facts;
typedef struct { SanId16 record; char *field; guint which; char *text; } Decision;

static void show_card (SanReviewPage *self);

static void
facts_free (Facts *facts)
{
  g_clear_pointer (&facts->cards, g_ptr_array_unref);
  g_clear_pointer (&facts->pending, g_ptr_array_unref);
  g_clear_pointer (&facts->held, g_ptr_array_unref);
  g_clear_pointer (&facts->told, g_ptr_array_unref);
  g_free (facts);
}

static void
decision_free (Decision *decision)
{
  g_free (decision->field);
  g_free (decision->text);
  g_free (decision);
}

static const SanReviewCard *
current (SanReviewPage *self)
{
  return self->cards != NULL && self->at < self->cards->len
           ? g_ptr_array_index (self->cards, self->at)
           : NULL;
}

/* --- deciding --- */

static gpointer
decide (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  const Decision *decision = input;
  g_autoptr(GPtrArray) typed = NULL;

  if (decision->text == NULL)
    return san_review_pick (centre, &decision->record, decision->field, decision->which, error)
             ? g_strdup ("")
             : NULL;
  typed = san_typed_list_new ();
  san_typed_list_add (typed, decision->field, decision->text);
  return san_record_set (centre, &decision->record, typed, error) ? g_strdup ("") : NULL;
}

static void
decided_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanReviewPage *self = SAN_REVIEW_PAGE (source);
  SanDesk *desk = san_page_get_desk (SAN_PAGE (self));
  g_autoptr(GError) error = NULL;
  g_autofree char *ok = san_worker_run_finish (result, &error);

  if (ok == NULL)
    {
      san_desk_complain (desk, error);
      return;
    }
  san_desk_toast (desk, _("Decided. All stay in the history."));
  san_desk_changed (desk);
}

static void
send (SanReviewPage *self, guint which, const char *text)
{
  const SanReviewCard *card = current (self);
  Decision *decision = g_new0 (Decision, 1);

  decision->record = card->record;
  decision->field = g_strdup (card->name);
  decision->which = which;
  decision->text = g_strdup (text);
  san_desk_ask (san_page_get_desk (SAN_PAGE (self)), GTK_WIDGET (self), decide, decision,
                (GDestroyNotify) decision_free, g_free, decided_cb, NULL);
}

static void
keep (SanReviewPage *self, guint i)
{
  const SanReviewCard *card = current (self);
  const SanReviewVersion *version = card != NULL && i < card->versions->len
                                      ? g_ptr_array_index (card->versions, i)
                                      : NULL;

  if (version != NULL && version->which > 0)
    send (self, version->which, NULL);
}

static void
keep_cb (GtkWidget *button, SanReviewPage *self)
{
  keep (self, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "i")));
}

static void
later (SanReviewPage *self)
{
  if (self->cards == NULL || self->cards->len == 0)
    return;
  self->at = (self->at + 1) % self->cards->len;
  self->shown = FALSE;
  show_card (self);
}

/* What can be typed in a line is; for the rest its form has the right field. */
static gboolean
is_typed (const SanField *field)
{
  return field != NULL && (field->type == SAN_FIELD_TEXT || field->type == SAN_FIELD_LONG ||
                           field->type == SAN_FIELD_WHOLE || field->type == SAN_FIELD_DECIMAL ||
                           field->type == SAN_FIELD_DATE);
}

static void
write_another (SanReviewPage *self)
{
  const SanReviewCard *card = current (self);
  GtkWidget *panel = g_object_get_data (G_OBJECT (self->place), "panel");

  if (card == NULL)
    return;
  if (is_typed (card->field) && panel != NULL)
    {
      gtk_widget_set_visible (panel, TRUE);
      gtk_widget_child_focus (panel, GTK_DIR_TAB_FORWARD);
    }
  else if (card->form != NULL)
    san_desk_go_form (san_page_get_desk (SAN_PAGE (self)), card->form->id, &card->child,
                      &card->record);
}

static void
typed_cb (GtkWidget *widget, SanReviewPage *self)
{
  GtkEditable *entry = g_object_get_data (G_OBJECT (widget), "entry");
  const char *text = gtk_editable_get_text (entry);

  if (*text != '\0' && current (self) != NULL)
    send (self, 0, text);
}

/* --- the card --- */

/* A laptop goes by the first digits of its id, as under Centre. */
static char *
say_who (const SanReviewVersion *version)
{
  if (version->this_laptop)
    return san_words_print (_("%s, on this laptop"), version->author);
  if (version->laptop != NULL)
    return san_words_print (_("%1$s, on laptop %2$.8s"), version->author, version->laptop);
  return g_strdup (version->author);
}

static char *
say_when (const SanReviewVersion *version)
{
  g_autofree char *who = say_who (version);
  g_autofree char *moment = san_words_moment (version->at_ms, san_clock_now ());

  if (!version->doubtful)
    return san_words_print (_("%1$s, %2$s"), who, moment);
  return san_words_print (_("%1$s, perhaps %2$s (the laptop's clock was not sure)"), who, moment);
}

/* On which days, where it was two and their clocks were sure. */
static char *
say_unseen (const SanReviewCard *card)
{
  const SanReviewVersion *one = g_ptr_array_index (card->versions, 0);
  const SanReviewVersion *two =
    card->versions->len == 2 ? g_ptr_array_index (card->versions, 1) : NULL;
  gint64 now = san_clock_now ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  if (two == NULL || one->doubtful || two->doubtful)
    return g_strdup (_("Written without seeing each other. Which one shall stand? All stay in the "
                       "history."));
  first = san_words_day (MIN (one->at_ms, two->at_ms), now);
  second = san_words_day (MAX (one->at_ms, two->at_ms), now);
  if (g_str_equal (first, second))
    return san_words_print (_("Written without seeing each other, both %s. Which one shall stand? "
                              "All stay in the history."),
                            first);
  return san_words_print (_("Written without seeing each other, %1$s and %2$s. Which one shall "
                            "stand? All stay in the history."),
                          first, second);
}

static GtkWidget *
make_version (SanReviewPage *self, const SanReviewCard *card, guint i)
{
  const SanReviewVersion *version = g_ptr_array_index (card->versions, i);
  gboolean hidden = card->is_name && !self->shown;
  g_autofree char *when = say_when (version);
  g_autofree char *word = san_words_print (_("%u  Keep this"), i + 1);
  g_autofree char *spoken = san_words_print (_("Keep this: %1$s. %2$s"),
                                             hidden ? _("hidden name") : version->text, when);
  GtkWidget *lines;
  GtkWidget *box = san_line_card (NULL, &lines);
  GtkWidget *button = san_line_button (word, spoken);

  gtk_box_append (GTK_BOX (lines), san_line_label (hidden                   ? "• • •"
                                                   : *version->text != '\0' ? version->text
                                                                            : _("(nothing)"),
                                                   "title-4"));
  gtk_box_append (GTK_BOX (lines), san_line_label (when, "san-quiet"));
  if (version->which == 0)
    {
      gtk_box_append (GTK_BOX (lines), san_line_label (_("Proposed after it was finished. To take "
                                                         "it over, write it."),
                                                       "san-quiet"));
      return box;
    }
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_vexpand (button, TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_END);
  g_object_set_data (G_OBJECT (button), "i", GUINT_TO_POINTER (i));
  g_signal_connect (button, "clicked", G_CALLBACK (keep_cb), self);
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

static GtkWidget *
make_panel (SanReviewPage *self)
{
  GtkWidget *panel = san_line_new (12);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *save = san_line_button (_("Save"), NULL);

  gtk_widget_set_hexpand (entry, TRUE);
  gtk_entry_set_input_hints (GTK_ENTRY (entry), GTK_INPUT_HINT_PRIVATE | GTK_INPUT_HINT_NO_EMOJI);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("What shall stand there"), -1);
  g_object_set_data (G_OBJECT (save), "entry", entry);
  g_object_set_data (G_OBJECT (entry), "entry", entry);
  g_signal_connect (entry, "activate", G_CALLBACK (typed_cb), self);
  g_signal_connect (save, "clicked", G_CALLBACK (typed_cb), self);
  gtk_box_append (GTK_BOX (panel), entry);
  gtk_box_append (GTK_BOX (panel), save);
  gtk_widget_set_visible (panel, FALSE);
  return panel;
}

static void
add_heading (SanReviewPage *self, const SanReviewCard *card)
{
  const char *language = san_desk_get_language (san_page_get_desk (SAN_PAGE (self)));
  g_autofree char *what = san_words_print (_("%1$s: %2$s"),
                                           card->form != NULL
                                             ? san_label_get (card->form->label, language)
                                             : _("A newer form"),
                                           card->field != NULL
                                             ? san_label_get (card->field->label, language)
                                             : card->name);
  g_autofree char *count = san_words_print (_("%1$u of %2$u"), self->at + 1, self->cards->len);
  g_autofree char *unseen = say_unseen (card);
  GtkWidget *row = san_line_new (12);
  GtkWidget *right = san_line_label (count, "san-quiet");

  if (card->alias != NULL)
    {
      GtkWidget *tag = san_child_tag_new ();

      san_child_tag_show (SAN_CHILD_TAG (tag), san_page_get_desk (SAN_PAGE (self)), card->alias,
                          card->sign, card->bed);
      gtk_box_append (GTK_BOX (row), tag);
    }
  gtk_widget_set_hexpand (right, TRUE);
  gtk_label_set_xalign (GTK_LABEL (right), 1);
  gtk_box_append (GTK_BOX (row), right);
  gtk_box_append (GTK_BOX (self->place), row);
  gtk_box_append (GTK_BOX (self->place), san_line_label (what, "heading"));
  gtk_box_append (GTK_BOX (self->place), san_line_label (unseen, NULL));
}

static void
add_buttons (SanReviewPage *self, const SanReviewCard *card)
{
  GtkWidget *row = san_line_new (12);
  g_autofree char *word = san_words_print (_("%u  Write another"), card->versions->len + 1);
  GtkWidget *another = san_line_button (word, NULL);
  GtkWidget *next = san_line_button (_("S  Later"), NULL);

  g_signal_connect_swapped (another, "clicked", G_CALLBACK (write_another), self);
  g_signal_connect_swapped (next, "clicked", G_CALLBACK (later), self);
  gtk_box_append (GTK_BOX (row), another);
  gtk_box_append (GTK_BOX (row), next);
  if (card->is_name && !self->shown)
    {
      GtkWidget *show = san_line_button (_("Show the names (Ctrl+H)"), NULL);

      gtk_actionable_set_action_name (GTK_ACTIONABLE (show), "win.reveal");
      gtk_box_append (GTK_BOX (row), show);
    }
  gtk_box_append (GTK_BOX (self->place), row);
}

static void
show_card (SanReviewPage *self)
{
  const SanReviewCard *card = current (self);
  gboolean focused = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;
  GtkWidget *versions, *panel;

  g_object_set_data (G_OBJECT (self->place), "panel", NULL);
  san_lines_clear (self->place);
  if (card == NULL)
    return;
  add_heading (self, card);
  versions = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_box_set_homogeneous (GTK_BOX (versions), TRUE);
  gtk_widget_set_vexpand (versions, FALSE);
  for (guint i = 0; i < card->versions->len; i++)
    gtk_box_append (GTK_BOX (versions), make_version (self, card, i));
  gtk_box_append (GTK_BOX (self->place), versions);
  add_buttons (self, card);
  panel = make_panel (self);
  gtk_box_append (GTK_BOX (self->place), panel);
  g_object_set_data (G_OBJECT (self->place), "panel", panel);
  if (focused || gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self))) == NULL)
    gtk_widget_child_focus (versions, GTK_DIR_TAB_FORWARD);
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state,
        SanReviewPage *self)
{
  const SanReviewCard *card = current (self);
  guint latin = san_latin_key (gtk_widget_get_display (GTK_WIDGET (self)), keyval, keycode, state);
  gunichar letter = gdk_keyval_to_unicode (latin);
  int digit = g_unichar_digit_value (letter);

  if (card == NULL || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return FALSE;
  if (letter == 's' || letter == 'S')
    later (self);
  else if (digit >= 1 && (guint) digit <= card->versions->len)
    keep (self, (guint) digit - 1);
  else if (digit >= 1 && (guint) digit == card->versions->len + 1)
    write_another (self);
  else
    return FALSE;
  return TRUE;
}

/* --- names --- */

static gpointer
log_name (SanCentre *centre, gpointer child, GCancellable *cancellable, GError **error)
{
  return san_child_show_name (centre, child, error);
}

static void
reveal (SanPage *page)
{
  SanReviewPage *self = SAN_REVIEW_PAGE (page);
  const SanReviewCard *card = current (self);

  if (card == NULL || !card->is_name || self->shown)
    return;
  self->shown = TRUE;
  if (card->alias != NULL) /* written in her access log; what is shown is here already */
    san_desk_ask (san_page_get_desk (page), GTK_WIDGET (page), log_name,
                  g_memdup2 (&card->child, sizeof card->child), g_free, g_free, NULL, NULL);
  show_card (self);
}

/* --- the page --- */

static gpointer
list (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  Facts *facts = g_new0 (Facts, 1);

  facts->cards = san_review_list_cards (centre, error);
  facts->pending = facts->cards != NULL ? san_share_list_pending (centre, error) : NULL;
  facts->held = facts->pending != NULL ? san_review_list_held (centre, error) : NULL;
  facts->told = facts->held != NULL ? san_told_list (centre, error) : NULL;
  if (facts->told != NULL)
    return facts;
  facts_free (facts);
  return NULL;
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanReviewPage *self = SAN_REVIEW_PAGE (source);
  g_autoptr(GError) error = NULL;
  Facts *facts = san_worker_run_finish (result, &error);
  guint more;

  if (facts == NULL)
    {
      san_desk_complain (san_page_get_desk (SAN_PAGE (self)), error);
      return;
    }
  g_clear_pointer (&self->cards, g_ptr_array_unref);
  self->cards = g_steal_pointer (&facts->cards);
  if (self->at >= self->cards->len)
    self->at = 0;
  self->shown = FALSE;
  show_card (self);
  more = san_review_more_show (self->more, SAN_PAGE (self), facts->pending, facts->held,
                               facts->told);
  if (self->cards->len == 0 && more == 0)
    gtk_box_append (GTK_BOX (self->place),
                    san_line_calm ("view-dual-symbolic",
                                   _("Nobody has written over anybody. Nothing to review."),
                                   _("When two people write the same thing without seeing each "
                                     "other, both stand here side by "
                                     "side, and you choose. Until then this page stays empty.")));
  facts_free (facts);
}

static void
refresh (SanPage *page)
{
  san_desk_ask (san_page_get_desk (page), GTK_WIDGET (page), list, NULL, NULL,
                (GDestroyNotify) facts_free, listed_cb, NULL);
}

static void
start (SanPage *page)
{
  san_page_set_title (page, _("To review"));
  refresh (page);
}

static void
san_review_page_dispose (GObject *object)
{
  SanReviewPage *self = SAN_REVIEW_PAGE (object);

  g_clear_pointer (&self->cards, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), SAN_TYPE_REVIEW_PAGE);
  G_OBJECT_CLASS (san_review_page_parent_class)->dispose (object);
}

static void
san_review_page_class_init (SanReviewPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = san_review_page_dispose;
  SAN_PAGE_CLASS (klass)->start = start;
  SAN_PAGE_CLASS (klass)->refresh = refresh;
  SAN_PAGE_CLASS (klass)->reveal = reveal;
  SAN_PAGE_CLASS (klass)->help = "review";
  gtk_widget_class_set_template_from_resource (widget_class, SAN_RESOURCE_UI "san-review-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SanReviewPage, root);
  gtk_widget_class_bind_template_child (widget_class, SanReviewPage, place);
  gtk_widget_class_bind_template_child (widget_class, SanReviewPage, more);
}

static void
san_review_page_init (SanReviewPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
