/* san-due-row.c - one thing that waits, with the button that does it */
#include "san-due-row.h"
#include "san-child-tag.h"
#include "san-day-words.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-menu.h"
#include "san-sentences.h"
#include "san-spoken.h"
#include "san-state-words.h"
#include "san-undo.h"
#include "san-wrap.h"

#define REASON_LIMIT 500

struct _SanDueRow
{
  GtkListBoxRow parent_instance;

  SanDesk     *desk;
  SanDueItem   due;                 /* its strings belong to the open centre; no alias */
  const char  *form;
  SanId16      record;
  gboolean     with_tag;
  const char  *state;
  GtkWidget   *body, *line;         /* the row's child; its first line */
  GtkWidget   *why;                 /* what its state is */
  GtkWidget   *reason;              /* box of "not needed, because", made when asked for */
  GtkEditable *reason_text;
};

G_DEFINE_FINAL_TYPE (SanDueRow, san_due_row, GTK_TYPE_LIST_BOX_ROW)

void
san_due_row_open (SanDueRow *self)
{
  const SanId32 *child = san_id32_is_zero (&self->due.child) ? NULL : &self->due.child;

  if (self->form != NULL)
    san_desk_go_form (self->desk, self->form, child,
                      san_id16_is_zero (&self->record) ? NULL : &self->record);
  else if (child != NULL && self->with_tag)
    san_desk_go_child (self->desk, child, NULL);
}

static void
open_child (SanDueRow *self)
{
  san_desk_go_child (self->desk, &self->due.child, NULL);
}

/* Not needed, because … */

typedef struct { SanDueItem due; char *reason; SanId16 record; } NotNeeded;

static void
not_needed_free (NotNeeded *self)
{
  g_free (self->reason);
  g_free (self);
}

static gpointer
write_not_needed (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  NotNeeded *asked = input;
  SanId16 record;

  return san_due_not_needed (centre, &asked->due, asked->reason, &record, error)
           ? san_id16_copy (&record)
           : NULL;
}

static void
not_needed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanDueRow *self = SAN_DUE_ROW (source);
  g_autoptr(GError) error = NULL;
  g_autofree SanId16 *record = san_worker_run_finish (result, &error);
  g_autoptr(SanDesk) desk = g_object_ref (self->desk);

  gtk_widget_set_sensitive (self->reason, TRUE);
  if (record == NULL)
    {
      san_desk_complain (desk, error);
      return;
    }
  san_undo_offer (desk, _("Written down: not needed."), record);
  san_desk_changed (desk);
}

static void
save_reason (SanDueRow *self)
{
  g_autofree char *reason = g_strstrip (g_strdup (gtk_editable_get_text (self->reason_text)));
  NotNeeded *asked;

  if (*reason == '\0')
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->reason_text));
      return;
    }
  asked = g_new0 (NotNeeded, 1);
  asked->due = self->due;
  asked->reason = g_steal_pointer (&reason);
  gtk_widget_set_sensitive (self->reason, FALSE);
  san_desk_ask (self->desk, GTK_WIDGET (self), write_not_needed, asked,
                (GDestroyNotify) not_needed_free, g_free, not_needed_cb, NULL);
}

static void
close_reason (SanDueRow *self)
{
  if (self->reason == NULL)
    return;
  gtk_box_remove (GTK_BOX (self->body), self->reason);
  self->reason = NULL;
  self->reason_text = NULL;
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static gboolean
reason_key_cb (GtkEventControllerKey *keys, guint keyval, guint code, GdkModifierType state,
               SanDueRow *self)
{
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  close_reason (self);
  return GDK_EVENT_STOP;
}

static GtkWidget *
make_button (SanDueRow *self, const char *word, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_label (word);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", clicked, self);
  return button;
}

static void
ask_reason (SanDueRow *self)
{
  GtkWidget *label, *entry, *line;
  GtkEventController *keys;

  if (self->reason != NULL)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->reason_text));
      return;
    }
  self->reason = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  label = g_object_new (GTK_TYPE_LABEL, "label", _("Not needed, because…"), "wrap", TRUE, "xalign",
                        0.0, NULL);
  entry = g_object_new (GTK_TYPE_ENTRY, "hexpand", TRUE, "max-length", REASON_LIMIT, "input-hints",
                        GTK_INPUT_HINT_PRIVATE | GTK_INPUT_HINT_NO_EMOJI, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Not needed, because…"), -1);
  self->reason_text = GTK_EDITABLE (entry);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (save_reason), self);
  line = san_line_new (6);
  gtk_box_append (GTK_BOX (line), entry);
  gtk_box_append (GTK_BOX (line), make_button (self, _("Save"), G_CALLBACK (save_reason)));
  gtk_box_append (GTK_BOX (line), make_button (self, _("Cancel"), G_CALLBACK (close_reason)));
  gtk_box_append (GTK_BOX (self->reason), label);
  gtk_box_append (GTK_BOX (self->reason), line);
  keys = gtk_event_controller_key_new ();
  g_signal_connect (keys, "key-pressed", G_CALLBACK (reason_key_cb), self);
  gtk_widget_add_controller (self->reason, keys);
  gtk_box_append (GTK_BOX (self->body), self->reason);
  gtk_widget_grab_focus (entry);
}

static void
act_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SanDueRow *self = SAN_DUE_ROW (widget);

  if (g_str_equal (action, "due.open"))
    san_due_row_open (self);
  else if (g_str_equal (action, "due.child"))
    open_child (self);
  else
    ask_reason (self);
}

/* Making */

/* The word of the act: a scale or a talk is started, the rest is written. */
static const char *
act_word (SanDueRow *self)
{
  if (self->form == NULL)
    return _("Look");
  if (g_str_has_prefix (self->form, "score.") || g_str_equal (self->form, "session"))
    return _("Start");
  return _("Write");
}

static char *
dup_why (const SanDueItem *due)
{
  SanDate day = san_date_from_instant (&due->at);
  g_autofree char *text = NULL;

  if (due->precision == SAN_PRECISION_DAY || g_str_equal (due->state, "overdue"))
    return san_words_due (due->state, due->at.ms, due->exact, san_clock_now ());
  day.precision = due->precision;
  text = san_words_date (&day);
  /* Translators: a month or a year: "by May 2027" */
  return san_words_print (_("by %s"), text);
}

static char *
dup_who (const SanTodayRow *row)
{
  if (row->is_me)
    return g_strdup (_("you"));
  if (row->who != NULL)
    return g_strdup (row->who);
  return g_strdup (g_str_equal (row->due->role, "any") ? _("everyone on duty")
                                                       : san_role_word (row->due->role));
}

static char *
dup_more (const SanTodayRow *row, const char *who, gboolean with_tag)
{
  g_autofree char *day = with_tag && row->day > 0 ? san_words_stay_day (row->day) : NULL;

  /* Translators: day of her stay and who does it: "day 30 of 90 · Anjali" */
  return day != NULL ? san_words_print (_("%1$s · %2$s"), day, who) : g_strdup (who);
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "wrap", TRUE, "wrap-mode",
                                   PANGO_WRAP_WORD_CHAR, "natural-wrap-mode", GTK_NATURAL_WRAP_NONE,
                                   "xalign", 0.0, NULL);

  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_words (SanDueRow *self, const SanTodayRow *row, gboolean with_tag, const char *why,
            const char *more)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *below = san_wrap_box_new (12);
  GtkWidget *what = make_label (row->due->label, NULL);

  if (with_tag && !san_id32_is_zero (&row->due->child))
    {
      g_autofree char *tag = san_child_tag_dup_words (row->due->alias, row->bed);
      GtkWidget *above = san_wrap_box_new (9);
      GtkWidget *name = make_label (tag, "heading");

      gtk_label_set_width_chars (GTK_LABEL (name), 12);
      gtk_label_set_wrap (GTK_LABEL (name), FALSE);
      gtk_widget_set_valign (name, GTK_ALIGN_BASELINE);
      gtk_widget_set_valign (what, GTK_ALIGN_BASELINE);
      gtk_box_append (GTK_BOX (above), name);
      gtk_box_append (GTK_BOX (above), what);
      gtk_box_append (GTK_BOX (words), above);
    }
  else
    gtk_box_append (GTK_BOX (words), what);
  self->why = san_state_words_new (self->state, why);
  gtk_box_append (GTK_BOX (below), self->why);
  gtk_box_append (GTK_BOX (below), make_label (more, "san-quiet"));
  gtk_widget_add_css_class (below, "san-small");
  gtk_box_append (GTK_BOX (words), below);
  gtk_widget_set_hexpand (words, TRUE);
  return words;
}

static GtkWidget *
make_menu (SanDueRow *self, const SanTodayRow *row, const char *spoken)
{
  g_autoptr(GMenu) menu = g_menu_new ();
  GtkWidget *button = g_object_new (GTK_TYPE_MENU_BUTTON, "icon-name", "view-more-symbolic",
                                    "valign", GTK_ALIGN_CENTER, "has-frame", FALSE, NULL);
  /* Translators: the menu of a row, then what the row says */
  g_autofree char *label = san_words_print (_("More: %s"), spoken);

  if (row->may_be_unneeded)
    g_menu_append (menu, _("Not needed, because…"), "due.not-needed");
  if (self->with_tag && !san_id32_is_zero (&row->due->child))
    g_menu_append (menu, _("Open her page"), "due.child");
  san_menu_set (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_widget_set_visible (button, g_menu_model_get_n_items (G_MENU_MODEL (menu)) > 0);
  return button;
}

static gboolean
menu_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  GtkWidget *button = gtk_widget_get_last_child (SAN_DUE_ROW (widget)->line);

  if (gtk_widget_get_visible (button))
    gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  return TRUE;
}

static void
fill (SanDueRow *self, const SanTodayRow *row, gboolean with_tag)
{
  const SanMilestone *milestone =
    san_programme_find_milestone (san_centre_get_programme (san_desk_get_centre (self->desk)),
                                  row->due->milestone);
  gboolean about_child = !san_id32_is_zero (&row->due->child);
  g_autofree char *tag = san_child_tag_dup_spoken (row->due->alias, row->bed);
  g_autofree char *why = dup_why (row->due);
  g_autofree char *who = dup_who (row);
  g_autofree char *more = dup_more (row, who, with_tag);
  g_autofree char *spoken = about_child && with_tag
                              /* Translators: a row read aloud: child, state, what, who: "Bakul,
                                 bed 7. 2 days overdue. Care plan: what has moved? Anjali." */
                              ? san_words_print (_("%1$s. %2$s. %3$s. %4$s."), tag, why,
                                                 row->due->label, who)
                              : san_words_print (_("%1$s. %2$s. %3$s."), why, row->due->label,
                                                 who);
  GtkWidget *button = make_button (self, act_word (self), G_CALLBACK (san_due_row_open));
  g_autofree char *act = san_words_print (_("%1$s: %2$s"), act_word (self), spoken);

  if (with_tag && about_child)
    gtk_box_append (GTK_BOX (self->line), san_sign_disc_new (row->sign, row->due->alias, 24));
  gtk_box_append (GTK_BOX (self->line), make_words (self, row, with_tag, why, more));
  san_spoken_set (button, act);
  /* on her own page there is nothing to look at */
  gtk_widget_set_visible (button, self->form != NULL || with_tag);
  gtk_box_append (GTK_BOX (self->line), button);
  gtk_box_append (GTK_BOX (self->line), make_menu (self, row, spoken));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  if (milestone != NULL)
    {
      g_autofree char *tip = g_strdup_printf ("%s\n%s",
                                              san_label_get (milestone->meaning,
                                                             san_desk_get_language (self->desk)),
                                              milestone->source);

      gtk_widget_set_tooltip_text (self->line, tip);
    }
}

const char *
san_due_row_get_state (SanDueRow *self)
{
  return self->state;
}

gint64
san_due_row_get_at (SanDueRow *self)
{
  return self->due.at.ms;
}

void
san_due_row_set_state (SanDueRow *self, const char *state)
{
  GtkWidget *first = gtk_widget_get_first_child (self->why);
  GtkWidget *image = first != NULL ? gtk_widget_get_first_child (first) : NULL;

  gtk_widget_remove_css_class (self->why, san_state_css_class (self->state));
  self->state = g_intern_string (state);
  gtk_widget_add_css_class (self->why, san_state_css_class (state));
  if (image != NULL && GTK_IS_IMAGE (image))
    gtk_image_set_from_icon_name (GTK_IMAGE (image), san_state_icon (state));
}

GtkWidget *
san_due_row_new (SanDesk *desk, const SanTodayRow *row, gboolean with_tag)
{
  SanDueRow *self = g_object_new (SAN_TYPE_DUE_ROW, NULL);

  self->desk = g_object_ref (desk);
  self->due = *row->due;
  self->due.alias = NULL;
  self->form = row->form;
  self->record = row->record;
  self->with_tag = with_tag;
  self->state = g_intern_string (row->due->state);
  fill (self, row, with_tag);
  return GTK_WIDGET (self);
}

static void
san_due_row_dispose (GObject *object)
{
  SanDueRow *self = SAN_DUE_ROW (object);

  g_clear_object (&self->desk);
  G_OBJECT_CLASS (san_due_row_parent_class)->dispose (object);
}

static void
san_due_row_class_init (SanDueRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const char *const acts[] = { "due.open", "due.child", "due.not-needed" };

  G_OBJECT_CLASS (klass)->dispose = san_due_row_dispose;
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    gtk_widget_class_install_action (widget_class, acts[i], NULL, act_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, menu_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, menu_key_cb, NULL);
}

static void
san_due_row_init (SanDueRow *self)
{
  self->body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->line = san_line_new (9);
  gtk_box_append (GTK_BOX (self->body), self->line);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), self->body);
  gtk_widget_add_css_class (GTK_WIDGET (self), "san-row");
}
