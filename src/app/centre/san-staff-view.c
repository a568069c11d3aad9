/* san-staff-view.c - the people of the centre: who, which role, slips, removal
 *
 * One row a person: her seats on several laptops are one. What may be done with her is asked of
 * the centre, which refuses what this login may not do. */
#include "san-staff-view.h"
#include "san-column.h"
#include "san-drop-down.h"
#include "san-i18n.h"
#include "san-language.h"
#include "san-line.h"
#include "san-phone-button.h"
#include "san-question.h"
#include "san-remove-button.h"
#include "san-sentences.h"
#include "san-slip-panel.h"
#include "san-staff.h"

struct _SanStaffView
{
  GtkWidget parent_instance;

  GtkWidget   *root;
  SanDesk     *desk;
  GtkBox      *slip_place;
  GtkListBox  *list;
  GtkEntry    *name;
  GtkDropDown *role, *language;
  GtkWidget   *add;
  GtkLabel    *said;
  char        *slip_name;           /* whose slip is on its way */
};

G_DEFINE_FINAL_TYPE (SanStaffView, san_staff_view, GTK_TYPE_WIDGET)

static const char *const roles[] = { "counsellor", "case-worker",    "nurse", "legal",
                                     "house",      "superintendent", NULL };

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

  gtk_label_set_label (self->said, sentence);
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
slip_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanStaffView *self = SAN_STAFF_VIEW (source);
  g_autoptr(GError) error = NULL;
  g_autoptr(SanSecret) words = san_worker_run_finish (result, &error);
  GtkWidget *panel;

  gtk_widget_set_sensitive (self->add, TRUE);
  if (words == NULL)
    {
      complain (self, error);
      return;
    }
  gtk_label_set_label (self->said, "");
  gtk_editable_set_text (GTK_EDITABLE (self->name), "");
  slip_done_cb (self);
  panel = san_slip_panel_new (words, self->slip_name);
  g_signal_connect_swapped (panel, "done", G_CALLBACK (slip_done_cb), self);
  gtk_box_append (self->slip_place, panel);
  gtk_widget_set_visible (GTK_WIDGET (self->slip_place), TRUE);
  gtk_widget_child_focus (panel, GTK_DIR_TAB_FORWARD);
  san_desk_changed (self->desk);
}

static void
ask_slip (SanStaffView *self, SanWorkFunc func, Act *act)
{
  g_free (self->slip_name);
  self->slip_name = g_strdup (act->name);
  gtk_label_set_label (self->said, "");
  gtk_widget_set_sensitive (self->add, FALSE);
  san_desk_ask (self->desk, GTK_WIDGET (self), func, act, (GDestroyNotify) act_free,
                (GDestroyNotify) san_secret_unref, slip_cb, NULL);
}

static void
add_cb (SanStaffView *self)
{
  guint n;
  const SanLanguage *languages = san_language_list (&n);
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  Act *act;

  if (*name == '\0')
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->name));
      return;
    }
  act = act_new (name);
  act->role = roles[gtk_drop_down_get_selected (self->role)];
  act->language = languages[gtk_drop_down_get_selected (self->language)].code;
  ask_slip (self, add_person, act);
}

static void
new_slip_cb (GtkButton *button, SanStaffView *self)
{
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

/* Role, state, telephone number: what there is of them. */
static char *
dup_more (const SanStaffRow *row, gboolean me)
{
  const char *state = me ? _("you") : state_words (row);
  g_autofree char *more = *state == '\0' ? g_strdup (san_role_word (row->role))
                          /* Translators: a person's role, and her state */
                          : san_words_print (_("%1$s · %2$s"), san_role_word (row->role), state);

  if (row->phone == NULL || *row->phone == '\0')
    return g_steal_pointer (&more);
  /* Translators: a person's role, and her telephone number */
  return san_words_print (_("%1$s · %2$s"), more, row->phone);
}

static GtkWidget *
make_row (SanStaffView *self, const SanStaffRow *row)
{
  static const SanRemoveReason reasons[] = {
    { "left", N_("She has left") },
    { "role", N_("Her work has changed") },
    { "other", N_("Another reason") },
    { NULL, NULL },
  };
  GtkBox *line;
  gboolean removed = g_str_equal (row->state, "removed");
  gboolean me = san_id16_equal (&row->id, san_centre_get_staff (san_desk_get_centre (self->desk)));
  g_autofree char *more = dup_more (row, me);
  g_autofree char *spoken = san_words_print (_("%1$s, %2$s"), row->name, more);
  GtkWidget *made = san_column_list_row (row->name, more, spoken, NULL, &line);

  if (!removed && !me)
    {
      GtkWidget *slip = g_object_new (GTK_TYPE_BUTTON, "label", _("New slip"), "valign",
                                      GTK_ALIGN_CENTER, "has-frame", FALSE, NULL);

      g_object_set_data_full (G_OBJECT (slip), "name", g_strdup (row->name), g_free);
      g_signal_connect (slip, "clicked", G_CALLBACK (new_slip_cb), self);
      gtk_box_append (line, slip);
      gtk_box_append (line,
                      san_remove_button_new (GTK_WIDGET (self), row->name, reasons, ask_remove));
    }
  if (!removed)                         /* last, so that everybody's stands in one column */
    gtk_box_append (line, san_phone_button_new (GTK_WIDGET (self), row, ask_phone));
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

static GtkDropDown *
add_drop_down (GtkBox *box, const char *heading, const char *const *words)
{
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *drop = gtk_drop_down_new_from_strings (words);

  san_column_add_heading (GTK_BOX (group), heading);
  san_drop_down_name (GTK_DROP_DOWN (drop), heading);
  gtk_box_append (GTK_BOX (group), drop);
  gtk_box_append (box, group);
  return GTK_DROP_DOWN (drop);
}

static void
add_form (SanStaffView *self, GtkBox *box)
{
  GtkWidget *row = san_line_new (24);
  const char *role_words[G_N_ELEMENTS (roles)] = { NULL };
  const char *language_words[8] = { NULL };
  const SanLanguage *languages;
  guint n, mine = 0;

  for (guint i = 0; roles[i] != NULL; i++)
    role_words[i] = san_role_word (roles[i]);
  languages = san_language_list (&n);
  for (guint i = 0; i < n && i + 1 < G_N_ELEMENTS (language_words); i++)
    {
      language_words[i] = languages[i].name;
      if (g_str_equal (languages[i].code, san_language_get ()))
        mine = i;
    }
  san_column_add_title (box, _("Add somebody"));
  self->name = san_column_add_entry (box, _("Short name"),
                                     _("This is how others on this laptop will find her."));
  gtk_box_append (box, row);
  self->role = add_drop_down (GTK_BOX (row), _("What she does here"), role_words);
  self->language = add_drop_down (GTK_BOX (row), _("Her language"), language_words);
  gtk_drop_down_set_selected (self->language, mine);
  self->add = g_object_new (GTK_TYPE_BUTTON, "label", _("Add and make a slip"), "halign",
                            GTK_ALIGN_END, NULL);
  gtk_widget_add_css_class (self->add, "suggested-action");
  gtk_box_append (box, self->add);
  g_signal_connect_swapped (self->name, "activate", G_CALLBACK (add_cb), self);
  g_signal_connect_swapped (self->add, "clicked", G_CALLBACK (add_cb), self);
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
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->slip_place));
  self->said = san_column_add_said (GTK_BOX (box));
  self->list = san_column_add_list (GTK_BOX (box), _("People"));
  add_form (self, GTK_BOX (box));
  san_staff_view_refresh (self);
  return GTK_WIDGET (self);
}
