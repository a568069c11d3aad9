/* san-staff-form.c - who comes new to the centre: her short name, what she does, her language
 *
 * A card that stands above the list of people while somebody is added, and is away else. */
#include "san-staff-form.h"
#include "san-column.h"
#include "san-drop-down.h"
#include "san-i18n.h"
#include "san-language.h"
#include "san-line.h"
#include "san-lines.h"
#include "san-sentences.h"
#include "san-wrap.h"

#define LANGUAGES_LIMIT 8

struct _SanStaffForm
{
  GtkWidget parent_instance;

  GtkWidget   *root;
  GtkEntry    *name;
  GtkDropDown *role, *language;
  GtkLabel    *said;
};

enum { ADD, CANCEL, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SanStaffForm, san_staff_form, GTK_TYPE_WIDGET)

static const char *const roles[] = { "counsellor", "case-worker",    "nurse", "legal",
                                     "house",      "superintendent", NULL };

char *
san_staff_form_dup_name (SanStaffForm *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
}

const char *
san_staff_form_get_role (SanStaffForm *self)
{
  return roles[gtk_drop_down_get_selected (self->role)];
}

const char *
san_staff_form_get_language (SanStaffForm *self)
{
  guint n;

  return san_language_list (&n)[gtk_drop_down_get_selected (self->language)].code;
}

void
san_staff_form_say (SanStaffForm *self, const char *sentence)
{
  gtk_label_set_label (self->said, sentence);
}

void
san_staff_form_begin (SanStaffForm *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
}

/* A person without a name is not added: the cursor says what is missing. */
static void
add_cb (SanStaffForm *self)
{
  g_autofree char *name = san_staff_form_dup_name (self);

  if (*name == '\0')
    gtk_widget_grab_focus (GTK_WIDGET (self->name));
  else
    g_signal_emit (self, signals[ADD], 0);
}

static void
cancel_cb (SanStaffForm *self)
{
  g_signal_emit (self, signals[CANCEL], 0);
}

static GtkDropDown *
add_drop_down (GtkWidget *box, const char *heading, const char *const *words)
{
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *drop = gtk_drop_down_new_from_strings (words);

  san_column_add_heading (GTK_BOX (group), heading);
  san_drop_down_name (GTK_DROP_DOWN (drop), heading);
  gtk_box_append (GTK_BOX (group), drop);
  gtk_box_append (GTK_BOX (box), group);
  return GTK_DROP_DOWN (drop);
}

static void
add_choices (SanStaffForm *self, GtkWidget *lines)
{
  GtkWidget *row = san_wrap_box_new (24);
  const char *role_words[G_N_ELEMENTS (roles)] = { NULL };
  const char *language_words[LANGUAGES_LIMIT + 1] = { NULL };
  const SanLanguage *languages;
  guint n, mine = 0;

  for (guint i = 0; roles[i] != NULL; i++)
    role_words[i] = san_role_word (roles[i]);
  languages = san_language_list (&n);
  for (guint i = 0; i < MIN (n, LANGUAGES_LIMIT); i++)
    {
      language_words[i] = languages[i].name;
      if (g_str_equal (languages[i].code, san_language_get ()))
        mine = i;
    }
  self->role = add_drop_down (row, _("What she does here"), role_words);
  self->language = add_drop_down (row, _("Her language"), language_words);
  gtk_drop_down_set_selected (self->language, mine);
  gtk_box_append (GTK_BOX (lines), row);
}

static void
add_buttons (SanStaffForm *self, GtkWidget *lines)
{
  GtkWidget *buttons = san_line_new (12);
  GtkWidget *cancel = san_line_button (_("Cancel"), NULL);
  GtkWidget *add = san_line_button (_("Add and make a slip"), NULL);

  gtk_widget_add_css_class (add, "suggested-action");
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (cancel_cb), self);
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (add_cb), self);
  gtk_box_append (GTK_BOX (buttons), cancel);
  gtk_box_append (GTK_BOX (buttons), add);
  gtk_box_append (GTK_BOX (lines), buttons);
}

static void
san_staff_form_dispose (GObject *object)
{
  g_clear_pointer (&SAN_STAFF_FORM (object)->root, gtk_widget_unparent);
  G_OBJECT_CLASS (san_staff_form_parent_class)->dispose (object);
}

static void
san_staff_form_class_init (SanStaffFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = san_staff_form_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  signals[ADD] = g_signal_new ("add", SAN_TYPE_STAFF_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
  signals[CANCEL] = g_signal_new ("cancel", SAN_TYPE_STAFF_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
}

static void
san_staff_form_init (SanStaffForm *self)
{
  GtkWidget *lines;

  self->root = san_line_card (_("Add a person"), &lines);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
  self->name = san_column_add_entry (GTK_BOX (lines), _("Short name"),
                                     _("This is how others on this laptop will find her."));
  g_signal_connect_swapped (self->name, "activate", G_CALLBACK (add_cb), self);
  add_choices (self, lines);
  self->said = san_column_add_said (GTK_BOX (lines));
  add_buttons (self, lines);
}

GtkWidget *
san_staff_form_new (void)
{
  return g_object_new (SAN_TYPE_STAFF_FORM, NULL);
}
