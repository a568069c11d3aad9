/* san-form-outline.c - the sections of a form beside its questions */
#include "san-form-outline.h"
#include "san-column.h"
#include "san-field-menu.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-lines.h"

#define WIDTH      216
#define OPEN_CHARS 20

typedef struct { const SanSection *section; GtkWidget *line, *dot, *count; } Line;

struct _SanFormOutline
{
  GtkWidget parent_instance;

  SanAnswers *answers;
  GtkWidget  *box, *list, *open;
  GtkWidget  *menu;                 /* (nullable): of the line @asked */
  const Line *asked;
  GArray     *lines;
};

enum { SECTION, NEXT_OPEN, MARK, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SanFormOutline, san_form_outline, GTK_TYPE_WIDGET)

/* ---- live ---- */

void
san_form_outline_show (SanFormOutline *self, const SanSection *section, gboolean is_shown)
{
  SanAnswerCount count = san_answers_count (self->answers, section);
  /* Translators: answered questions of those that are asked */
  g_autofree char *words = san_words_print (_("%1$u of %2$u"), count.answered, count.asked);
  /* the column is narrow */
  g_autofree char *brief = san_words_print ("%u/%u", count.answered, count.asked);

  for (guint i = 0; i < self->lines->len; i++)
    {
      const Line *line = &g_array_index (self->lines, Line, i);

      if (line->section != section)
        continue;
      gtk_widget_set_visible (line->line, is_shown);
      gtk_label_set_label (GTK_LABEL (line->count), count.asked > 0 ? brief : "");
      gtk_accessible_update_property (GTK_ACCESSIBLE (line->line),
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      count.asked > 0 ? words : "", -1);
      gtk_widget_set_visible (line->dot, count.open > 0 && !san_answers_is_closed (self->answers));
    }
}

void
san_form_outline_show_open (SanFormOutline *self)
{
  g_autoptr(GPtrArray) open = san_answers_list_open (self->answers, SAN_REQUIRED_PRINT);
  g_autofree char *words = san_words_print (
    ngettext ("%u more is needed to print", "%u more are needed to print", open->len), open->len);

  san_line_button_set_word (self->open, words);
  gtk_widget_set_visible (self->open, open->len > 0 && !san_answers_is_closed (self->answers));
}

static void
line_cb (GtkListBox *list, GtkListBoxRow *row, SanFormOutline *self)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      const Line *line = &g_array_index (self->lines, Line, i);

      if (line->line == GTK_WIDGET (row))
        g_signal_emit (self, signals[SECTION], 0, line->section);
    }
}

static void
open_cb (GtkButton *button, SanFormOutline *self)
{
  g_signal_emit (self, signals[NEXT_OPEN], 0);
}

/* ---- a run of questions at once ---- */

static void
act (gpointer data, char letter)
{
  SanFormOutline *self = data;

  gtk_popover_popdown (GTK_POPOVER (self->menu));
  g_signal_emit (self, signals[MARK], 0, self->asked->section, letter);
}

static void
menu_closed_cb (GtkPopover *menu, SanFormOutline *self)
{
  if (gtk_widget_get_visible (self->asked->line))
    gtk_widget_grab_focus (self->asked->line);
}

static void
open_menu (SanFormOutline *self, const Line *line)
{
  graphene_rect_t bounds;
  GdkRectangle place;

  if (san_answers_is_closed (self->answers) ||
      !gtk_widget_compute_bounds (line->line, GTK_WIDGET (self), &bounds))
    return;
  place.x = (int) bounds.origin.x;
  place.y = (int) bounds.origin.y;
  place.width = (int) bounds.size.width;
  place.height = (int) bounds.size.height;
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  self->asked = line;
  self->menu = san_field_menu_new (_("For all questions of this section that are still blank"),
                                   "urac", act, self);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  gtk_popover_set_position (GTK_POPOVER (self->menu), GTK_POS_RIGHT);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &place);
  g_signal_connect (self->menu, "closed", G_CALLBACK (menu_closed_cb), self);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

gboolean
san_form_outline_open_menu (SanFormOutline *self)
{
  GtkWidget *focus = gtk_widget_get_focus_child (self->list);

  for (guint i = 0; focus != NULL && i < self->lines->len; i++)
    if (g_array_index (self->lines, Line, i).line == focus &&
        gtk_widget_has_focus (focus))
      {
        open_menu (self, &g_array_index (self->lines, Line, i));
        return TRUE;
      }
  return FALSE;
}

static void
right_cb (GtkGestureClick *click, int n_press, double x, double y, SanFormOutline *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_y (GTK_LIST_BOX (self->list), (int) y);

  for (guint i = 0; row != NULL && i < self->lines->len; i++)
    if (g_array_index (self->lines, Line, i).line == GTK_WIDGET (row))
      open_menu (self, &g_array_index (self->lines, Line, i));
}

static void
add_right_click (SanFormOutline *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (right_cb), self);
  gtk_widget_add_controller (self->list, GTK_EVENT_CONTROLLER (click));
}

/* ---- making it ---- */

void
san_form_outline_add (SanFormOutline *self, const SanSection *section)
{
  const char *words = san_label_get (section->label, san_answers_get_language (self->answers));
  GtkWidget *box = san_line_new (6);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", words, "wrap", TRUE, "xalign", 0.0,
                                   "valign", GTK_ALIGN_CENTER, "hexpand", TRUE, NULL);
  Line line = { section, NULL, gtk_image_new_from_icon_name ("document-edit-symbolic"),
                gtk_label_new ("") };

  gtk_widget_set_tooltip_text (line.dot, _("Something here is needed to print"));
  gtk_widget_add_css_class (line.dot, "san-due");
  gtk_widget_set_valign (line.count, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (line.count, "numeric");
  gtk_widget_add_css_class (line.count, "san-quiet");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), line.dot);
  gtk_box_append (GTK_BOX (box), line.count);
  gtk_list_box_append (GTK_LIST_BOX (self->list), box);
  line.line = gtk_widget_get_parent (box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (line.line), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  g_array_append_val (self->lines, line);
}

static void
san_form_outline_dispose (GObject *object)
{
  SanFormOutline *self = SAN_FORM_OUTLINE (object);

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  self->asked = NULL;
  g_clear_pointer (&self->lines, g_array_unref);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (san_form_outline_parent_class)->dispose (object);
}

static void
san_form_outline_class_init (SanFormOutlineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_form_outline_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SECTION] = g_signal_new ("section", SAN_TYPE_FORM_OUTLINE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[NEXT_OPEN] = g_signal_new ("next-open", SAN_TYPE_FORM_OUTLINE, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MARK] = g_signal_new ("mark", SAN_TYPE_FORM_OUTLINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_CHAR);
}

static void
san_form_outline_init (SanFormOutline *self)
{
  GtkWidget *scroll = san_scroll_new ();

  self->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->list = gtk_list_box_new ();
  self->open = san_line_button ("", NULL);
  g_object_set (gtk_button_get_child (GTK_BUTTON (self->open)), "max-width-chars", OPEN_CHARS,
                NULL);
  gtk_widget_set_halign (self->open, GTK_ALIGN_START);
  gtk_widget_set_margin_bottom (self->open, 12);
  gtk_widget_set_margin_start (self->open, 12);
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Sections"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), self->list);
  gtk_widget_set_vexpand (scroll, TRUE);
  gtk_widget_set_size_request (self->box, WIDTH, -1);
  gtk_box_append (GTK_BOX (self->box), scroll);
  gtk_box_append (GTK_BOX (self->box), self->open);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect (self->list, "row-activated", G_CALLBACK (line_cb), self);
  g_signal_connect (self->open, "clicked", G_CALLBACK (open_cb), self);
  add_right_click (self);
}

GtkWidget *
san_form_outline_new (SanAnswers *answers)
{
  SanFormOutline *self = g_object_new (SAN_TYPE_FORM_OUTLINE, NULL);

  self->answers = answers;
  return GTK_WIDGET (self);
}
