/* san-staff-view.c - the people of the centre: who, which role, slips, removal
 *
 * One row a person: her seats on several laptops are one. What may be done with her is asked of
 * the centre, which refuses what this login may not do. */
#include "san-staff-view.h"
#include "san-column.h"
#include "san-day-words.h"
#include "san-grant-view.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-lines.h"
#include "san-phone-button.h"
#include "san-question.h"
#include "san-remove-button.h"
#include "san-sentences.h"
#include "san-slip-panel.h"
#include "san-staff.h"
#include "san-staff-form.h"
#include "san-state-words.h"
#include "san-wrap.h"

struct _SanStaffView
{
  GtkWidget parent_instance;

  GtkWidget    *root;
  SanDesk      *desk;
  GtkBox       *slip_place;
  GtkWidget    *begin;              /* Add a person: away while she is asked for */
  GtkWidget    *form_place;
  SanStaffForm *form;               /* NULL: nobody is added now */
  GtkListBox   *list;
  GtkLabel     *said;
  char         *slip_name;          /* whose slip is on its way */
  gboolean      asking;             /* for one: nobody is added twice by a second press */
};

G_DEFINE_FINAL_TYPE (SanStaffView, san_staff_view, GTK_TYPE_WIDGET)

typedef struct { char *name; const char *role, *language, *reason; } Act;

static void
act_free (Act *act)
{
  g_free (act->name);
  g_free (act);
}

static Act *
act_new (const char *name)
{
  Act *act = g_new0 (Act, 1);

  act->name = g_strdup (name);
  return act;
}

static gpointer
list_staff (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  return san_staff_list (centre, error);
}

static gpointer
add_person (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  Act *act = input;
  SanId16 staff;

  return san_staff_add (centre, act->name, act->role, act->language, &staff, error);
}

static gpointer
new_slip (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  return san_staff_slip (centre, ((Act *) input)->name, error);
}

static gpointer
remove_person (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  Act *act = input;

  return GINT_TO_POINTER (san_staff_remove (centre, act->name, act->reason, error));
}

static void
complain (SanStaffView *self, const GError *error)
{
  g_autofree char *sentence = g_error_matches (error, SAN_ERROR, SAN_ERROR_ALREADY)
                                ? g_strdup (_("Somebody here has that name already. Choose "
                                              "another short name."))
                                : san_sentence_for_error (error);

  if (self->form != NULL)
    san_staff_form_say (self->form, sentence);      /* beside what she typed */
  else
    gtk_label_set_label (self->said, sentence);
}

/* The cursor leaves a field before the field goes: GTK 4.8 complains else. */
static void
hide_form (SanStaffView *self)
{
  if (self->form == NULL)
    return;
  gtk_widget_set_visible (self->begin, TRUE);
  gtk_widget_grab_focus (self->begin);
  gtk_box_remove (GTK_BOX (self->form_place), GTK_WIDGET (self->form));
  self->form = NULL;
}

static void
slip_done_cb (SanStaffView *self)
{
  GtkWidget *panel = gtk_widget_get_first_child (GTK_WIDGET (self->slip_place));

  if (panel != NULL)
    gtk_box_remove (self->slip_place, panel);
  gtk_widget_set_visible (GTK_WIDGET (self->slip_place), FALSE);
}

static void
slip_hidden_cb (SanStaffView *self)
{
  slip_done_cb (self);
  gtk_widget_grab_focus (self->begin);
}

static void
slip_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanStaffView *self = SAN_STAFF_VIEW (source);
  g_autoptr(GError) error = NULL;
  g_autoptr(SanSecret) words = san_worker_run_finish (result, &error);
  GtkWidget *panel;

  self->asking = FALSE;
  if (words == NULL)
    {
      complain (self, error);
      return;
    }
  gtk_label_set_label (self->said, "");
  hide_form (self);
  slip_done_cb (self);
  panel = san_slip_panel_new (words, self->slip_name);
  g_signal_connect_swapped (panel, "done", G_CALLBACK (slip_hidden_cb), self);
  gtk_box_append (self->slip_place, panel);
  gtk_widget_set_visible (GTK_WIDGET (self->slip_place), TRUE);
  gtk_widget_child_focus (panel, GTK_DIR_TAB_FORWARD);
  san_scroll_to (panel);
  san_desk_changed (self->desk);
}

static void
ask_slip (SanStaffView *self, SanWorkFunc func, Act *act)
{
  g_free (self->slip_name);
  self->slip_name = g_strdup (act->name);
  gtk_label_set_label (self->said, "");
  self->asking = TRUE;
  san_desk_ask (self->desk, GTK_WIDGET (self), func, act, (GDestroyNotify) act_free,
                (GDestroyNotify) san_secret_unref, slip_cb, NULL);
}

static void
cancel_cb (SanStaffView *self)
{
  hide_form (self);
}

static void
add_cb (SanStaffView *self)
{
  g_autofree char *name = san_staff_form_dup_name (self->form);
  Act *act;

  if (self->asking)
    return;
  act = act_new (name);
  act->role = san_staff_form_get_role (self->form);
  act->language = san_staff_form_get_language (self->form);
  ask_slip (self, add_person, act);
}

static void
begin_cb (SanStaffView *self)
{
  gtk_label_set_label (self->said, "");
  slip_done_cb (self);
  self->form = SAN_STAFF_FORM (san_staff_form_new ());
  g_signal_connect_swapped (self->form, "add", G_CALLBACK (add_cb), self);
  g_signal_connect_swapped (self->form, "cancel", G_CALLBACK (cancel_cb), self);
  gtk_box_append (GTK_BOX (self->form_place), GTK_WIDGET (self->form));
  san_staff_form_begin (self->form);
  gtk_widget_set_visible (self->begin, FALSE);
  san_scroll_to (GTK_WIDGET (self->form));
}

static void
new_slip_cb (GtkButton *button, SanStaffView *self)
{
  if (self->asking)
    return;
  hide_form (self);
  ask_slip (self, new_slip, act_new (g_object_get_data (G_OBJECT (button), "name")));
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanStaffView *self = SAN_STAFF_VIEW (source);
  g_autoptr(GError) error = NULL;

  if (san_worker_run_finish (result, &error) == NULL)
    {
      complain (self, error);
      return;
    }
  san_desk_toast (self->desk, _("She is removed. From here on this centre does not open for her."));
  san_desk_changed (self->desk);
}

static void
remove_yes (GtkWidget *over, gpointer data)
{
  SanStaffView *self = SAN_STAFF_VIEW (over);
  Act *asked = data;
  Act *act = act_new (asked->name);

  act->reason = asked->reason;
  san_desk_ask (self->desk, GTK_WIDGET (self), remove_person, act, (GDestroyNotify) act_free, NULL,
                removed_cb, NULL);
}

static void
ask_remove (GtkWidget *owner, const char *name, const char *reason)
{
  Act *act = act_new (name);
  g_autofree char *heading = san_words_print (_("Remove %s?"), name);

  act->reason = reason;
  san_question_ask (owner, heading,
                    _("She keeps in memory what she has read; from now on this laptop will not "
                      "open for her. Keys are "
                      "changed. What she wrote stays."),
                    _("Keep her"), _("Remove"), remove_yes, act, (GDestroyNotify) act_free);
}

typedef struct { SanId16 staff; char *number; } Phone;

static void
phone_free (Phone *phone)
{
  g_free (phone->number);
  g_free (phone);
}

static gpointer
write_phone (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  Phone *phone = input;

  return GINT_TO_POINTER (san_staff_set_phone (centre, &phone->staff, phone->number, error));
}

static void
phone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanStaffView *self = SAN_STAFF_VIEW (source);
  g_autoptr(GError) error = NULL;

  if (san_worker_run_finish (result, &error) == NULL)
    {
      complain (self, error);
      return;
    }
  gtk_label_set_label (self->said, "");
  san_desk_toast (self->desk, _("The telephone number is kept."));
  san_desk_changed (self->desk);
}

static void
ask_phone (GtkWidget *owner, const SanId16 *staff, const char *number)
{
  Phone *phone = g_new0 (Phone, 1);

  phone->staff = *staff;
  phone->number = g_strdup (number);
  san_desk_ask (SAN_STAFF_VIEW (owner)->desk, owner, write_phone, phone,
                (GDestroyNotify) phone_free, NULL, phone_cb, NULL);
}

static const char *
state_words (const SanStaffRow *row)
{
  if (g_str_equal (row->state, "slip"))
    return _("has a slip, not used yet");
  if (g_str_equal (row->state, "suspended"))
    return _("stopped for now");
  if (row->same_slip)
    return _("made with a slip that was used twice");
  return g_str_equal (row->state, "removed") ? _("removed") : "";
}

/* Role, state or since when, telephone number: what there is of them. */
static char *
dup_more (const SanStaffRow *row, gboolean me)
{
  const char *state = me ? _("you") : state_words (row);
  g_autofree char *day = san_words_day (row->since, san_clock_now ());
  /* Translators: since when somebody works here: "since 26 Oct", "since yesterday" */
  g_autofree char *since = *state == '\0' ? san_words_print (_("since %s"), day)
                                          : g_strdup (state);
  /* Translators: a person's role, and her state or since when she is here */
  g_autofree char *more = san_words_print (_("%1$s · %2$s"), san_role_word (row->role), since);

  if (row->phone == NULL || *row->phone == '\0')
    return g_steal_pointer (&more);
  /* Translators: a person's role, and her telephone number */
  return san_words_print (_("%1$s · %2$s"), more, row->phone);
}

/* What she holds a key for, or, @waits, would read by her role and cannot yet; NULL: nothing. */
static char *
dup_read (const SanStaffRow *row, gboolean waits)
{
  g_autoptr(GString) list = g_string_new (NULL);

  for (guint c = 0; c < SAN_N_COMPARTMENTS && g_str_equal (row->state, "active"); c++)
    {
      gboolean holds = (row->rings & (1u << c)) != 0;

      if (waits ? !holds && san_role_reads (row->role, c) : holds)
        g_string_append_printf (list, "%s%s", list->len > 0 ? "; " : "", san_grant_word (c));
    }
  if (list->len == 0)
    return NULL;
  return waits
           /* Translators: %s is a list of what she cannot read yet: counselling, health … */
           ? san_words_print (_("Waits to read: %s"), list->str)
           /* Translators: %s is a list of what she reads: the house, health, court … */
           : san_words_print (_("Reads: %s"), list->str);
}

static void
add_reads (GtkWidget *made, GtkBox *lines, const SanStaffRow *row)
{
  g_autofree char *reads = dup_read (row, FALSE);
  g_autofree char *waits = dup_read (row, TRUE);

  if (reads != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (san_column_add_text (lines, reads)), "san-quiet");
  if (waits != NULL)
    gtk_box_append (lines, san_state_words_new ("protected", waits));
  if (reads != NULL || waits != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (made), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    waits != NULL ? waits : reads, -1);
}

/* A screen reader hears whose button it is. */
static void
describe (GtkWidget *button, const SanStaffRow *row)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  row->name, -1);
}

static void
add_buttons (SanStaffView *self, GtkBox *across, const SanStaffRow *row, gboolean me)
{
  static const SanRemoveReason reasons[] = {
    { "left", N_("She has left") },
    { "role", N_("Her work has changed") },
    { "other", N_("Another reason") },
    { NULL, NULL },
  };
  GtkWidget *buttons = san_line_new (6);
  GtkWidget *phone = san_phone_button_new (GTK_WIDGET (self), row, ask_phone);

  if (!me)
    {
      GtkWidget *slip = g_object_new (GTK_TYPE_BUTTON, "label", _("New slip"), "valign",
                                      GTK_ALIGN_CENTER, "has-frame", FALSE, NULL);
      GtkWidget *remove = san_remove_button_new (GTK_WIDGET (self), row->name, reasons,
                                                 ask_remove);

      g_object_set_data_full (G_OBJECT (slip), "name", g_strdup (row->name), g_free);
      g_signal_connect (slip, "clicked", G_CALLBACK (new_slip_cb), self);
      describe (slip, row);
      describe (remove, row);
      gtk_box_append (GTK_BOX (buttons), slip);
      gtk_box_append (GTK_BOX (buttons), remove);
    }
  describe (phone, row);
  gtk_box_append (GTK_BOX (buttons), phone);        /* last: everybody's stands in one column */
  gtk_box_append (across, buttons);
}

/* Who, with what can be done with her behind it or, in large text, below; then what she reads. */
static GtkWidget *
make_row (SanStaffView *self, const SanStaffRow *row)
{
  gboolean me = san_id16_equal (&row->id, san_centre_get_staff (san_desk_get_centre (self->desk)));
  g_autofree char *more = dup_more (row, me);
  g_autofree char *spoken = san_words_print (_("%1$s, %2$s"), row->name, more);
  GtkWidget *made = gtk_list_box_row_new ();
  GtkWidget *down = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *across = san_wrap_box_new (12);
  GtkWidget *who = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_widget_set_hexpand (who, TRUE);
  gtk_box_append (GTK_BOX (who), san_line_label (row->name, "heading"));
  gtk_box_append (GTK_BOX (who), san_line_label (more, "san-quiet"));
  gtk_box_append (GTK_BOX (across), who);
  if (!g_str_equal (row->state, "removed"))
    add_buttons (self, GTK_BOX (across), row, me);
  gtk_box_append (GTK_BOX (down), across);
  add_reads (made, GTK_BOX (down), row);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (made), down);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (made), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (made), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return made;
}

/* Of several seats the one that works counts. */
static gboolean
is_better (const SanStaffRow *a, const SanStaffRow *b)
{
  static const char *const order[] = { "active", "slip", "suspended", "removed" };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (g_str_equal (a->state, order[i]) || g_str_equal (b->state, order[i]))
      return g_str_equal (a->state, order[i]) && !g_str_equal (b->state, order[i]);
  return FALSE;
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanStaffView *self = SAN_STAFF_VIEW (source);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = san_worker_run_finish (result, &error);
  g_autoptr(GPtrArray) people = g_ptr_array_new ();
  GtkWidget *old;

  if (rows == NULL)
    {
      complain (self, error);
      return;
    }
  while ((old = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, old);
  for (guint i = 0; i < rows->len; i++)
    {
      SanStaffRow *row = rows->pdata[i];
      guint at;

      for (at = 0; at < people->len; at++)
        if (san_id16_equal (&((SanStaffRow *) people->pdata[at])->id, &row->id))
          break;
      if (at == people->len)
        g_ptr_array_add (people, row);
      else if (is_better (row, people->pdata[at]))
        people->pdata[at] = row;
    }
  for (guint removed = 0; removed < 2; removed++)
    for (guint i = 0; i < people->len; i++)
      if (g_str_equal (((SanStaffRow *) people->pdata[i])->state, "removed") == (gboolean) removed)
        gtk_list_box_append (self->list, make_row (self, people->pdata[i]));
}

void
san_staff_view_refresh (SanStaffView *self)
{
  san_desk_ask (self->desk, GTK_WIDGET (self), list_staff, NULL, NULL,
                (GDestroyNotify) g_ptr_array_unref, listed_cb, NULL);
}

static void
san_staff_view_dispose (GObject *object)
{
  SanStaffView *self = SAN_STAFF_VIEW (object);

  g_clear_pointer (&self->root, gtk_widget_unparent);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->slip_name, g_free);
  G_OBJECT_CLASS (san_staff_view_parent_class)->dispose (object);
}

static void
san_staff_view_class_init (SanStaffViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_staff_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
san_staff_view_init (SanStaffView *self)
{
}

static GtkWidget *
begin_button_new (SanStaffView *self)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *line = san_line_new (6);

  gtk_box_append (GTK_BOX (line), gtk_image_new_from_icon_name ("list-add-symbolic"));
  gtk_box_append (GTK_BOX (line), san_line_label (_("Add a person"), NULL));
  gtk_button_set_child (GTK_BUTTON (button), line);
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Add a person"), -1);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (begin_cb), self);
  return button;
}

GtkWidget *
san_staff_view_new (SanDesk *desk)
{
  SanStaffView *self = g_object_new (SAN_TYPE_STAFF_VIEW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->desk = g_object_ref (desk);
  self->root = box;
  gtk_widget_set_parent (box, GTK_WIDGET (self));
  self->slip_place = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  gtk_widget_set_visible (GTK_WIDGET (self->slip_place), FALSE);
  self->begin = begin_button_new (self);
  self->form_place = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->form_place), self->begin);
  gtk_box_append (GTK_BOX (box), self->form_place);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->slip_place));
  self->said = san_column_add_said (GTK_BOX (box));
  self->list = san_column_add_list (GTK_BOX (box), _("People"));
  san_staff_view_refresh (self);
  return GTK_WIDGET (self);
}
