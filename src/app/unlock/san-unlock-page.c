/* san-unlock-page.c - who are you, and your passphrase: one field and Enter
 *
 * How long to wait after wrong tries outlives the page: it is made anew when the language or the
 * centre changes. */
#include "san-unlock-page.h"
#include "san-busy-button.h"
#include "san-caps-line.h"
#include "san-column.h"
#include "san-compartment.h"
#include "san-day-words.h"
#include "san-enter.h"
#include "san-example.h"
#include "san-i18n.h"
#include "san-language-buttons.h"
#include "san-menu.h"
#include "san-passphrase-field.h"
#include "san-people-room.h"
#include "san-person-tile.h"
#include "san-sentences.h"
#include "san-settings.h"
#include "san-show-it.h"
#include "san-tries.h"
#include <adwaita.h>
#include <string.h>

static SanTries tries;              /* of the whole process, whichever store is looked at */

struct _SanUnlockPage
{
  SanPage parent_instance;

  GtkWidget          *root, *example, *people_room, *ask_name;
  GtkLabel           *day, *said, *help_text;
  GtkFlowBox         *people;
  GtkEntry           *name;
  GtkStack           *ways;
  SanPassphraseField *field;
  GtkToggleButton    *eye, *forgotten;
  SanBusyButton      *open, *delete_example;
  GtkButton          *use_slip, *have_slip, *another, *recover;
  GtkRevealer        *help;
  SanLanguageButtons *languages;
  SanShowIt          *show_it;

  /* SanLoginName, in the order of the children; NULL: none could be read */
  GPtrArray *logins;
  gboolean   names_asked;
  guint      wait;                  /* timer while a try would be too early */
};

G_DEFINE_FINAL_TYPE (SanUnlockPage, san_unlock_page, SAN_TYPE_PAGE)

typedef struct { SanDesk *desk; char *name; SanSecret *passphrase; } Try;

static void
try_free (Try *try)
{
  g_object_unref (try->desk);
  g_free (try->name);
  san_secret_unref (try->passphrase);
  g_free (try);
}

static gpointer
unlock (SanCentre *none, gpointer input, GCancellable *cancellable, GError **error)
{
  Try *try = input;

  return san_centre_unlock (san_desk_get_where (try->desk), try->name, try->passphrase, cancellable,
                            error);
}

/* The person who is chosen; NULL: none, or names are asked for. */
static const SanLoginName *
get_chosen (SanUnlockPage *self)
{
  g_autoptr(GList) chosen = gtk_flow_box_get_selected_children (self->people);

  if (chosen == NULL || self->logins == NULL || self->names_asked)
    return NULL;
  return self->logins->pdata[gtk_flow_box_child_get_index (chosen->data)];
}

static const char *
get_name (SanUnlockPage *self)
{
  const SanLoginName *login = get_chosen (self);

  if (self->names_asked)
    return gtk_editable_get_text (GTK_EDITABLE (self->name));
  return login != NULL ? login->name : NULL;
}

static void
say (SanUnlockPage *self, const char *sentence)
{
  san_show_it_hide (self->show_it);
  gtk_label_set_label (self->said, sentence);
  if (*sentence != '\0')
    san_scroll_to (GTK_WIDGET (self->said));
}

/* TRUE while a try would be too early; says how long. */
static gboolean
say_wait (SanUnlockPage *self)
{
  guint seconds = san_tries_seconds_left (&tries, g_get_monotonic_time ());
  g_autofree char *sentence = NULL;

  if (seconds == 0)
    return FALSE;
  sentence = san_words_print (ngettext ("That did not open it. Wait %u second, then try again. "
                                        "Your notes are safe.",
                                        "That did not open it. Wait %u seconds, then try again. "
                                        "Your notes are safe.",
                                        seconds),
                              seconds);
  say (self, sentence);
  return TRUE;
}

static gboolean
wait_cb (gpointer data)
{
  SanUnlockPage *self = data;

  if (say_wait (self))
    return G_SOURCE_CONTINUE;
  self->wait = 0;
  say (self, _("Try again now. Your notes are safe."));
  gtk_widget_set_sensitive (GTK_WIDGET (self->open), TRUE);
  return G_SOURCE_REMOVE;
}

static void
begin_wait (SanUnlockPage *self)
{
  if (!say_wait (self))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->open), FALSE);
  if (self->wait == 0)
    self->wait = g_timeout_add (500, wait_cb, self);
}

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanUnlockPage *self = SAN_UNLOCK_PAGE (source);
  g_autoptr(SanDesk) desk = g_object_ref (san_page_get_desk (SAN_PAGE (self)));
  g_autoptr(GError) error = NULL;
  g_autofree char *name = g_strdup (get_name (self));
  SanCentre *centre = san_worker_run_finish (result, &error);

  san_busy_button_set_busy (self->open, FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->people), TRUE);
  gtk_widget_set_sensitive (self->ask_name, TRUE);
  if (centre != NULL)
    {
      san_tries_clear (&tries);
      san_enter (desk, centre, name);
      return;
    }
  if (san_error_is_wrong_secret (error))
    {
      san_tries_add_wrong (&tries, g_get_monotonic_time ());
      say (self, _("That did not open it. Your notes are safe. Try again."));
      begin_wait (self);
    }
  else
    {
      g_autofree char *sentence = san_sentence_for_error (error);

      say (self, sentence);
      san_show_it_look (self->show_it, desk, self->said, error);
    }
  gtk_widget_grab_focus (GTK_WIDGET (self->field));
}

static void
entered_cb (SanUnlockPage *self)
{
  const char *name = get_name (self);
  Try *try;

  if (name == NULL || *name == '\0' || san_passphrase_field_get_length (self->field) == 0 ||
      san_busy_button_is_busy (self->open) || say_wait (self))
    return;
  try = g_new0 (Try, 1);
  try->desk = g_object_ref (san_page_get_desk (SAN_PAGE (self)));
  try->name = g_strdup (name);
  try->passphrase = san_passphrase_field_take (self->field);
  gtk_toggle_button_set_active (self->eye, FALSE);
  say (self, "");
  san_busy_button_set_busy (self->open, TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->people), FALSE);
  gtk_widget_set_sensitive (self->ask_name, FALSE);
  san_desk_ask_outside (san_page_get_desk (SAN_PAGE (self)), GTK_WIDGET (self), unlock, try,
                        (GDestroyNotify) try_free, g_object_unref, unlocked_cb, NULL);
}

/* With a slip: the role that she will have by it. */
static const char *
role_of (const SanLoginName *login)
{
  return san_role_is_slip (login->role) ? san_role_get_slip_of (login->role) : login->role;
}

/* Who may do what about a forgotten passphrase depends on her role. */
static void
show_help (SanUnlockPage *self)
{
  const SanLoginName *login = get_chosen (self);
  gboolean is_superintendent = login == NULL || san_role_is_superintendent (login->role);
  const char *sentence;

  if (login == NULL)
    sentence = _("Ask your superintendent: Centre, Staff, your name, New slip. A superintendent "
                 "can use the recovery code.");
  else if (is_superintendent)
    sentence = _("The recovery code lies in the sealed envelope. With it you choose a new "
                 "passphrase. "
                 "Everybody will see that it was used.");
  else if (san_role_has (role_of (login), "counsellor"))
    sentence = _("Ask your superintendent: Centre, Staff, your name, New slip. If nobody else "
                 "reads counselling here, "
                 "a new slip does not bring the counselling notes back; the recovery code does.");
  else
    sentence = _("Ask your superintendent: Centre, Staff, your name, New slip.");
  gtk_label_set_label (self->help_text, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->recover), is_superintendent);
  gtk_revealer_set_reveal_child (self->help, gtk_toggle_button_get_active (self->forgotten));
  gtk_widget_set_visible (GTK_WIDGET (self->help), gtk_toggle_button_get_active (self->forgotten));
}

/* She goes on to what helps her. */
static void
forgotten_cb (SanUnlockPage *self)
{
  show_help (self);
  if (gtk_toggle_button_get_active (self->forgotten) &&
      gtk_widget_get_visible (GTK_WIDGET (self->recover)))
    gtk_widget_grab_focus (GTK_WIDGET (self->recover));
}

/* It lies below the edge where the text is large. */
static void
help_revealed_cb (GtkRevealer *help)
{
  if (gtk_revealer_get_child_revealed (help))
    san_scroll_to (GTK_WIDGET (help));
}

static void
go_with_name (SanUnlockPage *self, const char *page)
{
  SanStop *stop = san_stop_new (page);

  stop->part = g_strdup (get_name (self));
  san_desk_go (san_page_get_desk (SAN_PAGE (self)), stop);
}

static void
recover_cb (SanUnlockPage *self)
{
  go_with_name (self, "recovery");
}

static void
slip_cb (SanUnlockPage *self)
{
  go_with_name (self, "slip");
}

static void
another_cb (SanUnlockPage *self)
{
  san_desk_go_page (san_page_get_desk (SAN_PAGE (self)), "welcome");
}

static void
chosen_cb (SanUnlockPage *self)
{
  const SanLoginName *login = get_chosen (self);

  gtk_stack_set_visible_child_name (self->ways,
                                    login != NULL && login->is_slip ? "slip" : "passphrase");
  show_help (self);
}

/* Up and Down in the passphrase field change the person. */
static void
other_cb (SanPassphraseField *field, int step, SanUnlockPage *self)
{
  g_autoptr(GList) chosen = gtk_flow_box_get_selected_children (self->people);
  int at = chosen != NULL ? gtk_flow_box_child_get_index (chosen->data) : 0;
  GtkFlowBoxChild *next = gtk_flow_box_get_child_at_index (self->people, at + step);

  if (next == NULL)
    return;
  gtk_flow_box_select_child (self->people, next);
  san_scroll_to (GTK_WIDGET (next));
  if (((SanLoginName *) self->logins->pdata[at + step])->is_slip)
    /* the field is hidden: the way goes on from here */
    gtk_widget_grab_focus (GTK_WIDGET (next));
}

static void
person_activated_cb (GtkFlowBox *people, GtkFlowBoxChild *child, SanUnlockPage *self)
{
  const SanLoginName *login = self->logins->pdata[gtk_flow_box_child_get_index (child)];

  gtk_widget_grab_focus (login->is_slip ? GTK_WIDGET (self->use_slip) : GTK_WIDGET (self->field));
}

/* A letter goes to the next person whose name begins with it. */
static gboolean
people_key_cb (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state,
               SanUnlockPage *self)
{
  gunichar letter = g_unichar_tolower (gdk_keyval_to_unicode (keyval));
  g_autoptr(GList) chosen = gtk_flow_box_get_selected_children (self->people);
  guint at = chosen != NULL ? (guint) gtk_flow_box_child_get_index (chosen->data) : 0;

  if (letter == 0 || !g_unichar_isalpha (letter) || self->logins == NULL ||
      (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  for (guint i = 1; i <= self->logins->len; i++)
    {
      guint n = (at + i) % self->logins->len;
      const SanLoginName *login = self->logins->pdata[n];
      GtkFlowBoxChild *child = gtk_flow_box_get_child_at_index (self->people, (int) n);

      if (g_unichar_tolower (g_utf8_get_char (login->name)) != letter)
        continue;
      gtk_flow_box_select_child (self->people, child);
      gtk_widget_grab_focus (GTK_WIDGET (child));
      return TRUE;
    }
  return FALSE;
}

static guint
rank (const SanLoginName *login)
{
  static const char *const roles[] = { "superintendent", "counsellor", "nurse",
                                       "house",          "legal",      "case-worker" };
  const char *role = role_of (login);
  guint i;

  for (i = 0; i < G_N_ELEMENTS (roles); i++)
    if (g_str_has_prefix (role, roles[i]))
      break;
  return i;
}

/* The same order every day, whatever happens to the slots. */
static int
compare (gconstpointer a, gconstpointer b)
{
  const SanLoginName *first = *(SanLoginName *const *) a;
  const SanLoginName *second = *(SanLoginName *const *) b;

  return rank (first) != rank (second) ? (int) rank (first) - (int) rank (second)
                                       : g_utf8_collate (first->name, second->name);
}

/* Who was here last comes first. */
static void
put_last_first (GPtrArray *logins, const char *store)
{
  for (guint i = 1; i < logins->len; i++)
    if (san_settings_is_last_login (store, ((SanLoginName *) logins->pdata[i])->name))
      {
        g_ptr_array_insert (logins, 0, g_ptr_array_steal_index (logins, i));
        return;
      }
}

static void
show_people (SanUnlockPage *self)
{
  SanDesk *desk = san_page_get_desk (SAN_PAGE (self));

  for (guint i = 0; i < self->logins->len; i++)
    self->names_asked |= ((SanLoginName *) self->logins->pdata[i])->name[0] == '\0';
  gtk_widget_set_visible (self->people_room, !self->names_asked);
  gtk_widget_set_visible (self->ask_name, self->names_asked);
  gtk_widget_set_visible (GTK_WIDGET (self->have_slip), self->names_asked);
  if (self->names_asked || self->logins->len == 0)
    return;
  g_ptr_array_sort (self->logins, compare);
  put_last_first (self->logins, san_desk_get_where (desk)->store);
  for (guint i = 0; i < self->logins->len; i++)
    gtk_flow_box_append (self->people,
                         san_person_tile_new (self->logins->pdata[i], san_desk_is_example (desk)));
  gtk_flow_box_select_child (self->people, gtk_flow_box_get_child_at_index (self->people, 0));
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanUnlockPage *self = SAN_UNLOCK_PAGE (source);
  g_autoptr(GError) error = NULL;

  san_busy_button_set_busy (self->delete_example, FALSE);
  if (san_worker_run_finish (result, &error) != NULL)
    {
      /* this page is gone after it */
      san_desk_set_store (san_page_get_desk (SAN_PAGE (self)), NULL);
      return;
    }
  {
    g_autofree char *sentence = san_sentence_for_error (error);

    say (self, sentence);
  }
}

static gpointer
delete_example (SanCentre *none, gpointer input, GCancellable *cancellable, GError **error)
{
  return GINT_TO_POINTER (san_example_delete (input, error));
}

static void
delete_example_cb (SanUnlockPage *self)
{
  SanDesk *desk = san_page_get_desk (SAN_PAGE (self));

  san_busy_button_set_busy (self->delete_example, TRUE);
  san_desk_ask_outside (desk, GTK_WIDGET (self), delete_example, san_desk_dup_example_dir (desk),
                        g_free, NULL, deleted_cb, NULL);
}

static void
show_day (SanUnlockPage *self)
{
  g_autofree char *day = san_words_long_day (san_clock_now ());
  g_autofree char *clock = san_words_clock (san_clock_now ());
  /* Translators: day and hour, "Tuesday 24 November, 10:41 in the morning" */
  g_autofree char *both = san_words_print (_("%1$s, %2$s"), day, clock);

  gtk_label_set_label (self->day, both);
}

static void
start (SanPage *page)
{
  SanUnlockPage *self = SAN_UNLOCK_PAGE (page);
  SanDesk *desk = san_page_get_desk (page);
  g_autoptr(GError) error = NULL;

  show_day (self);
  san_language_buttons_set_desk (self->languages, desk);
  gtk_widget_set_visible (self->example, san_desk_is_example (desk));
  self->logins = san_centre_list_logins (san_desk_get_where (desk), &error);
  if (self->logins != NULL)
    show_people (self);
  else
    {
      g_autofree char *sentence = san_sentence_for_error (error);

      say (self, sentence);
    }
  chosen_cb (self);
  begin_wait (self);
}

static GtkWidget *
first_focus (SanPage *page)
{
  SanUnlockPage *self = SAN_UNLOCK_PAGE (page);
  const SanLoginName *login = get_chosen (self);

  if (self->names_asked)
    return GTK_WIDGET (self->name);
  return login != NULL && login->is_slip ? GTK_WIDGET (self->use_slip) : GTK_WIDGET (self->field);
}

static void
san_unlock_page_dispose (GObject *object)
{
  SanUnlockPage *self = SAN_UNLOCK_PAGE (object);

  g_clear_handle_id (&self->wait, g_source_remove);
  g_clear_pointer (&self->logins, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), SAN_TYPE_UNLOCK_PAGE);
  G_OBJECT_CLASS (san_unlock_page_parent_class)->dispose (object);
}

static void
san_unlock_page_class_init (SanUnlockPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = san_unlock_page_dispose;
  SAN_PAGE_CLASS (klass)->start = start;
  SAN_PAGE_CLASS (klass)->first_focus = first_focus;
  SAN_PAGE_CLASS (klass)->finds_focus = TRUE;         /* whoever comes back opens */
  SAN_PAGE_CLASS (klass)->help = "unlock";
  g_type_ensure (SAN_TYPE_BUSY_BUTTON);
  g_type_ensure (SAN_TYPE_CAPS_LINE);
  g_type_ensure (SAN_TYPE_LANGUAGE_BUTTONS);
  g_type_ensure (SAN_TYPE_PASSPHRASE_FIELD);
  g_type_ensure (SAN_TYPE_SHOW_IT);
  gtk_widget_class_set_template_from_resource (widget_class, SAN_RESOURCE_UI "san-unlock-page.ui");
#define BIND(child) gtk_widget_class_bind_template_child (widget_class, SanUnlockPage, child)
  BIND (root);
  BIND (example);
  BIND (delete_example);
  BIND (day);
  BIND (people_room);
  BIND (people);
  BIND (ask_name);
  BIND (name);
  BIND (ways);
  BIND (field);
  BIND (eye);
  BIND (open);
  BIND (use_slip);
  BIND (said);
  BIND (show_it);
  BIND (forgotten);
  BIND (have_slip);
  BIND (another);
  BIND (help);
  BIND (help_text);
  BIND (recover);
  BIND (languages);
#undef BIND
}

static void
eye_cb (GtkToggleButton *eye, SanUnlockPage *self)
{
  san_passphrase_field_set_shown (self->field, gtk_toggle_button_get_active (eye));
}

static void
name_entered_cb (SanUnlockPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->field));
}

static void
san_unlock_page_init (SanUnlockPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  san_people_room_set (self->people_room);
  san_passphrase_field_set_label (self->field, _("Passphrase"));
  san_menu_name_key (GTK_BUTTON (self->forgotten));
  san_menu_name_key (self->have_slip);
  san_menu_name_key (self->another);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (people_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->people), keys);
  g_signal_connect_swapped (self->people, "selected-children-changed", G_CALLBACK (chosen_cb),
                            self);
  g_signal_connect (self->people, "child-activated", G_CALLBACK (person_activated_cb), self);
  g_signal_connect_swapped (self->name, "activate", G_CALLBACK (name_entered_cb), self);
  g_signal_connect_swapped (self->field, "entered", G_CALLBACK (entered_cb), self);
  /* large text, many people */
  g_signal_connect_swapped (self->field, "changed", G_CALLBACK (san_scroll_to), self->field);
  g_signal_connect (self->field, "other", G_CALLBACK (other_cb), self);
  g_signal_connect (self->eye, "toggled", G_CALLBACK (eye_cb), self);
  g_signal_connect_swapped (self->open, "clicked", G_CALLBACK (entered_cb), self);
  g_signal_connect_swapped (self->use_slip, "clicked", G_CALLBACK (slip_cb), self);
  g_signal_connect_swapped (self->have_slip, "clicked", G_CALLBACK (slip_cb), self);
  g_signal_connect_swapped (self->forgotten, "toggled", G_CALLBACK (forgotten_cb), self);
  g_signal_connect (self->help, "notify::child-revealed", G_CALLBACK (help_revealed_cb), NULL);
  g_signal_connect_swapped (self->recover, "clicked", G_CALLBACK (recover_cb), self);
  g_signal_connect_swapped (self->another, "clicked", G_CALLBACK (another_cb), self);
  g_signal_connect_swapped (self->delete_example, "clicked", G_CALLBACK (delete_example_cb), self);
}
