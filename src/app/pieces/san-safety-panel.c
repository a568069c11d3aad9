/* san-safety-panel.c - today, for her: what to do, who is responsible, by when
 *
 * The record that everybody sees holds no reason. It is made when the panel opens, not when it is
 * filled in: closing the panel, a lock or a power cut leave it on everybody's Today. */
#include "san-safety-panel.h"
#include "san-column.h"
#include "san-date-keys.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-lines.h"
#include "san-safety.h"
#include "san-wrap.h"
#include <adwaita.h>

#define LEAST_HEIGHT   160
#define TEXT_WIDTH     720
#define TEXT_EM        50            /* the same in letters: large text needs the width */
#define CLOCK_CHARS    6

struct _SanSafetyPanel
{
  GtkWidget parent_instance;

  SanDesk   *desk;
  SanId32    child;
  SanId16    record;                /* zero: not made yet */
  char      *chosen;                /* (nullable): id of the person, as text */
  GtkWidget *scroll, *clamp, *box, *people, *phone, *by, *said;
  guint      arriving;              /* source that takes the focus */
  char      *told;                  /* (nullable): who is told in the second step */
};

enum { OVER, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SanSafetyPanel, san_safety_panel, GTK_TYPE_WIDGET)

typedef struct { SanId32 child; SanId16 record; char *responsible, *by; } Ask;

static void
ask_free (Ask *ask)
{
  g_free (ask->responsible);
  g_free (ask->by);
  g_free (ask);
}

static gpointer
open_it (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  SanId16 record;

  return san_safety_open (centre, &((Ask *) input)->child, &record, error)
           ? san_id16_copy (&record) : NULL;
}

static gpointer
assign_it (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  const Ask *ask = input;
  SanId16 record = ask->record;

  if (san_id16_is_zero (&record) && !san_safety_open (centre, &ask->child, &record, error))
    return NULL;
  return san_safety_assign (centre, &record, ask->responsible, ask->by, error)
           ? g_strdup ("") : NULL;
}

static void
say (SanSafetyPanel *self, const char *words)
{
  gtk_label_set_label (GTK_LABEL (self->said), words);
  gtk_widget_set_visible (self->said, *words != '\0');
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanSafetyPanel *self = SAN_SAFETY_PANEL (source);
  g_autoptr(GError) error = NULL;
  g_autofree SanId16 *record = san_worker_run_finish (result, &error);

  if (record == NULL)
    {
      say (self, _("This could not be written down yet. Tell the others yourself, now, then press "
                   "again."));
      san_desk_complain (self->desk, error);
      return;
    }
  self->record = *record;
}

static void
assigned_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanSafetyPanel *self = SAN_SAFETY_PANEL (source);
  g_autoptr(GError) error = NULL;
  g_autofree char *done = san_worker_run_finish (result, &error);

  if (done == NULL)
    {
      if (g_error_matches (error, SAN_ERROR, SAN_ERROR_INVALID))
        say (self, _("By when? Write a time today, such as 18:30."));
      else
        san_desk_complain (self->desk, error);
      return;
    }
  san_desk_toast (self->desk, _("Agreed. It stands on everybody's Today, without the reason, "
                                "until it is done."));
  g_signal_emit (self, signals[OVER], 0);
}

static Ask *
ask_new (SanSafetyPanel *self)
{
  Ask *ask = g_new0 (Ask, 1);

  ask->child = self->child;
  ask->record = self->record;
  ask->responsible = g_strdup (self->chosen);
  ask->by = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->by)));
  return ask;
}

static void
agreed_cb (GtkWidget *widget, SanSafetyPanel *self)
{
  if (self->chosen == NULL)
    {
      say (self, _("Who is responsible for her today? Choose a person."));
      gtk_widget_child_focus (self->people, GTK_DIR_TAB_FORWARD);
    }
  else if (*gtk_editable_get_text (GTK_EDITABLE (self->by)) == '\0')
    {
      say (self, _("By when? Write a time today, such as 18:30."));
      gtk_widget_grab_focus (self->by);
    }
  else
    san_desk_ask (self->desk, GTK_WIDGET (self), assign_it, ask_new (self),
                  (GDestroyNotify) ask_free, g_free, assigned_cb, NULL);
}

static void
close_cb (GtkButton *button, SanSafetyPanel *self)
{
  san_desk_toast (self->desk, _("Nobody is named yet: “See her today” stands on everybody's "
                                "Today, without the reason."));
  g_signal_emit (self, signals[OVER], 0);
}

/* Her number, where her own page of staff has one; of whom the steps name it stands there. */
static void
show_phone (SanSafetyPanel *self, const char *name, const char *phone)
{
  g_autofree char *words = phone != NULL && *phone != '\0' && g_strcmp0 (name, self->told) != 0
                             /* Translators: a member of staff and her telephone number */
                             ? san_words_print (_("Call %1$s: %2$s"), name, phone)
                             : NULL;

  gtk_label_set_label (GTK_LABEL (self->phone), words != NULL ? words : "");
  gtk_widget_set_visible (self->phone, words != NULL);
}

static void
person_cb (GtkToggleButton *button, SanSafetyPanel *self)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  g_free (self->chosen);
  self->chosen = g_strdup (g_object_get_data (G_OBJECT (button), "id"));
  show_phone (self, gtk_button_get_label (GTK_BUTTON (button)),
              g_object_get_data (G_OBJECT (button), "phone"));
  say (self, "");
}

/* As wide as text may be, in letters of its size. */
static void
set_width (SanSafetyPanel *self)
{
  const PangoFontDescription *font =
    pango_context_get_font_description (gtk_widget_get_pango_context (GTK_WIDGET (self)));
  int size = pango_font_description_get_size (font) / PANGO_SCALE;
  int em = pango_font_description_get_size_is_absolute (font) ? size : size * 4 / 3;

  adw_clamp_set_maximum_size (ADW_CLAMP (self->clamp), MAX (TEXT_WIDTH, TEXT_EM * em));
  adw_clamp_set_tightening_threshold (ADW_CLAMP (self->clamp), MAX (TEXT_WIDTH, TEXT_EM * em));
}

/* The person who is chosen: digits that are still typed for the sheet do nothing there. */
static gboolean
arrive_cb (gpointer data)
{
  SanSafetyPanel *self = data;
  GtkWidget *person = gtk_widget_get_first_child (self->people);

  self->arriving = 0;
  set_width (self);
  while (person != NULL && !gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (person)))
    person = gtk_widget_get_next_sibling (person);
  if (person == NULL || !gtk_widget_grab_focus (person))
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
  return G_SOURCE_REMOVE;
}

/* ---- making it ---- */

static void
add_people (SanSafetyPanel *self, const SanSheet *sheet)
{
  GtkWidget *first = NULL;
  gboolean any = FALSE;

  for (guint i = 0; i < sheet->people->len; i++)
    {
      const SanSheetPerson *person = sheet->people->pdata[i];
      GtkWidget *button = gtk_toggle_button_new_with_label (person->name);

      gtk_widget_add_css_class (button, "san-pick");
      g_object_set_data_full (G_OBJECT (button), "id", san_id16_to_text (&person->id), g_free);
      g_object_set_data_full (G_OBJECT (button), "phone", g_strdup (person->phone), g_free);
      if (first == NULL)
        first = button;
      else
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
      g_signal_connect (button, "toggled", G_CALLBACK (person_cb), self);
      gtk_box_append (GTK_BOX (self->people), button);
      if (!any && san_role_is_superintendent (person->role))
        {
          any = TRUE;
          gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
        }
    }
}

static void
add_step (SanSafetyPanel *self, guint number, const char *text)
{
  GtkWidget *line = san_line_new (12);
  g_autofree char *digit = san_words_print ("%u", number);
  GtkWidget *disc = gtk_label_new (digit);

  gtk_widget_add_css_class (disc, "san-step-number");
  gtk_widget_set_valign (disc, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (line), disc);
  gtk_box_append (GTK_BOX (line),
                  g_object_new (GTK_TYPE_LABEL, "label", text, "wrap", TRUE, "xalign", 0.0,
                                "valign", GTK_ALIGN_CENTER, NULL));
  gtk_box_append (GTK_BOX (self->box), line);
}

/* Whom she tells: the superintendent, with her number where it is known. */
static char *
tell_whom (SanSafetyPanel *self, const SanSheet *sheet)
{
  for (guint i = 0; i < sheet->people->len; i++)
    {
      const SanSheetPerson *person = sheet->people->pdata[i];

      if (!san_role_is_superintendent (person->role))
        continue;
      self->told = g_strdup (person->name);
      if (person->phone == NULL || *person->phone == '\0')
        /* Translators: the superintendent */
        return san_words_print (_("Tell %s, in words, not on paper."), person->name);
      /* Translators: the superintendent, her telephone number */
      return san_words_print (_("Tell %1$s, in words, not on paper: %2$s"), person->name,
                              person->phone);
    }
  return g_strdup (_("Tell the person who is responsible, in words, not on paper."));
}

static void
add_steps (SanSafetyPanel *self, const SanSheet *sheet)
{
  g_autofree char *tell = tell_whom (self, sheet);
  const char *const steps[] = {
    _("Stay with her. She is not alone now."),
    tell,
    _("Ask the four questions (ASQ)."),
    _("Make the room safe."),
    _("Write down the plan with her."),
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    add_step (self, i + 1, steps[i]);
}

static void
add_head (SanSafetyPanel *self, const char *why)
{
  GtkWidget *line = san_line_new (12);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  gtk_image_set_pixel_size (GTK_IMAGE (icon), 24);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), san_line_label (why, "title-4"));
  gtk_widget_add_css_class (line, "san-safety");
  gtk_box_append (GTK_BOX (self->box), line);
}

/* Not of this house: who is there day and night. */
static void
add_childline (SanSafetyPanel *self)
{
  GtkWidget *line = san_line_new (6);

  gtk_box_append (GTK_BOX (line), gtk_image_new_from_icon_name ("call-start-symbolic"));
  gtk_box_append (GTK_BOX (line), san_line_label (_("Childline, free, day and night: 1098"), NULL));
  gtk_widget_add_css_class (line, "san-quiet");
  gtk_box_append (GTK_BOX (self->box), line);
}

/* As it is typed, without the day: it is today. */
static char *
propose_by (void)
{
  SanInstant at = san_safety_propose_by (san_clock_now ());
  g_autofree char *moment = san_moment_as_typed (&at);
  const char *clock = strrchr (moment, ' ');

  return g_strdup (clock != NULL ? clock + 1 : moment);
}

static void
add_when (SanSafetyPanel *self)
{
  g_autofree char *clock = propose_by ();
  /* baselines in a GtkBox round differently */
  GtkWidget *line = san_wrap_box_new_as (6, GTK_ACCESSIBLE_ROLE_GROUP);
  GtkWidget *agreed = gtk_button_new_with_label (_("This is agreed"));
  GtkWidget *close = gtk_button_new_with_label (_("Close"));

  self->by = gtk_entry_new ();
  gtk_editable_set_text (GTK_EDITABLE (self->by), clock);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->by), CLOCK_CHARS);
  gtk_widget_add_css_class (self->by, "san-entry");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->by), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Today, by"), -1);
  gtk_widget_add_css_class (agreed, "suggested-action");
  gtk_widget_add_css_class (close, "flat");
  gtk_widget_set_margin_top (line, 6);
  g_signal_connect (self->by, "activate", G_CALLBACK (agreed_cb), self);
  g_signal_connect (agreed, "clicked", G_CALLBACK (agreed_cb), self);
  g_signal_connect (close, "clicked", G_CALLBACK (close_cb), self);
  gtk_box_append (GTK_BOX (line), san_line_label (_("Today, by"), "san-question"));
  gtk_box_append (GTK_BOX (line), self->by);
  gtk_box_append (GTK_BOX (line), agreed);
  gtk_box_append (GTK_BOX (line), close);
  gtk_box_append (GTK_BOX (self->box), line);
}

static void
san_safety_panel_dispose (GObject *object)
{
  SanSafetyPanel *self = SAN_SAFETY_PANEL (object);

  g_clear_handle_id (&self->arriving, g_source_remove);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->chosen, g_free);
  g_clear_pointer (&self->told, g_free);
  g_clear_pointer (&self->scroll, gtk_widget_unparent);
  G_OBJECT_CLASS (san_safety_panel_parent_class)->dispose (object);
}

static void
san_safety_panel_class_init (SanSafetyPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_safety_panel_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[OVER] = g_signal_new ("over", SAN_TYPE_SAFETY_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
san_safety_panel_init (SanSafetyPanel *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);     /* and what the style adds */
  gtk_widget_add_css_class (self->box, "san-steps");
  self->clamp = adw_clamp_new ();
  gtk_widget_add_css_class (self->clamp, "san-safety-panel");
  adw_clamp_set_child (ADW_CLAMP (self->clamp), self->box);
  /* large text needs more than a small screen has */
  self->scroll = san_scroll_new ();
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroll), TRUE);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (self->scroll), LEAST_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroll), self->clamp);
  gtk_widget_set_parent (self->scroll, GTK_WIDGET (self));
}

GtkWidget *
san_safety_panel_new (SanDesk *desk, const SanSheet *sheet, const SanId32 *child, const char *why)
{
  SanSafetyPanel *self = g_object_new (SAN_TYPE_SAFETY_PANEL, NULL);

  self->desk = g_object_ref (desk);
  self->child = *child;
  add_head (self, why);
  add_steps (self, sheet);
  add_childline (self);
  gtk_box_append (GTK_BOX (self->box),
                  san_line_label (_("Who is responsible for her today?"), "san-question"));
  self->people = san_wrap_box_new_as (6, GTK_ACCESSIBLE_ROLE_RADIO_GROUP);
  self->said = san_line_label ("", "san-safety");
  gtk_widget_set_visible (self->said, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->people);
  self->phone = san_line_label ("", NULL);
  gtk_box_append (GTK_BOX (self->box), self->phone);
  add_people (self, sheet);
  add_when (self);
  gtk_box_append (GTK_BOX (self->box), self->said);
  san_desk_ask (desk, GTK_WIDGET (self), open_it, ask_new (self), (GDestroyNotify) ask_free, g_free,
                opened_cb, NULL);
  self->arriving = g_idle_add (arrive_cb, self);    /* after whoever answered moved on */
  return GTK_WIDGET (self);
}
