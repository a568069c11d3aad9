/* san-question.c - one question before an act that cannot be taken back
 *
 * A small modal window of our own: AdwMessageDialog is deprecated from libadwaita 1.6 on. The safe
 * answer has the focus and is the default, so that Enter pressed by habit changes nothing. */
#include "san-question.h"
#include "san-column.h"

#define WIDTH      460
#define BODY_LIMIT 320              /* pixels before the text scrolls */

struct _SanQuestion
{
  GtkWindow parent_instance;

  GtkWidget      *over;             /* weak */
  gulong          gone;
  GtkLabel       *heading, *body;
  GtkButton      *safe, *act;
  SanQuestionYes  yes;
  gpointer        data;
  GDestroyNotify  free_data;
};

G_DEFINE_FINAL_TYPE (SanQuestion, san_question, GTK_TYPE_WINDOW)

/* The window goes first: what follows may lock, leave the page or ask again. */
static void
act_cb (SanQuestion *self)
{
  SanQuestionYes yes = self->yes;
  GtkWidget *over = self->over != NULL ? g_object_ref (self->over) : NULL;
  gpointer data = g_steal_pointer (&self->data);
  GDestroyNotify free_data = self->free_data;

  gtk_window_destroy (GTK_WINDOW (self));
  if (yes != NULL && over != NULL)
    yes (over, data);
  if (free_data != NULL && data != NULL)
    free_data (data);
  g_clear_object (&over);
}

static void
over_gone_cb (GtkWidget *over, SanQuestion *self)
{
  gtk_window_destroy (GTK_WINDOW (self));
}

static GtkLabel *
make_label (const char *css)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "xalign", 0.0, "max-width-chars",
                                   50, NULL);

  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  return GTK_LABEL (label);
}

static GtkButton *
make_button (void)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "justify", GTK_JUSTIFY_CENTER,
                                   NULL);

  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_set_hexpand (button, TRUE);
  return GTK_BUTTON (button);
}

static void
name_button (GtkButton *button, const char *words)
{
  gtk_label_set_label (GTK_LABEL (gtk_button_get_child (button)), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
}

static void
fill (SanQuestion *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *scroll = san_scroll_new ();
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroll), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroll), BODY_LIMIT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), GTK_WIDGET (self->body));
  gtk_box_append (GTK_BOX (buttons), GTK_WIDGET (self->safe));
  gtk_box_append (GTK_BOX (buttons), GTK_WIDGET (self->act));
  gtk_box_set_homogeneous (GTK_BOX (buttons), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->heading));
  gtk_box_append (GTK_BOX (box), scroll);
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_widget_set_margin_top (box, 24);
  gtk_widget_set_margin_bottom (box, 24);
  gtk_widget_set_margin_start (box, 24);
  gtk_widget_set_margin_end (box, 24);
  gtk_window_set_child (GTK_WINDOW (self), box);
}

static void
san_question_dispose (GObject *object)
{
  SanQuestion *self = SAN_QUESTION (object);

  if (self->over != NULL)
    g_clear_signal_handler (&self->gone, self->over);
  g_clear_weak_pointer (&self->over);
  if (self->free_data != NULL && self->data != NULL)
    self->free_data (self->data);
  self->data = NULL;
  G_OBJECT_CLASS (san_question_parent_class)->dispose (object);
}

static void
san_question_class_init (SanQuestionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = san_question_dispose;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT_DIALOG);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
san_question_init (SanQuestion *self)
{
  self->heading = make_label ("title-3");
  self->body = make_label (NULL);
  self->safe = make_button ();
  self->act = make_button ();
  fill (self);
  g_signal_connect_swapped (self->safe, "clicked", G_CALLBACK (gtk_window_close), self);
  g_signal_connect_swapped (self->act, "clicked", G_CALLBACK (act_cb), self);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_resizable (GTK_WINDOW (self), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (self), WIDTH, -1);
  gtk_window_set_titlebar (GTK_WINDOW (self), g_object_new (GTK_TYPE_BOX, "visible", FALSE, NULL));
  gtk_window_set_title (GTK_WINDOW (self), "Sanrakshan");
}

SanQuestion *
san_question_ask (GtkWidget *over, const char *heading, const char *body, const char *safe,
                  const char *act, SanQuestionYes yes, gpointer data, GDestroyNotify free_data)
{
  SanQuestion *self = g_object_new (SAN_TYPE_QUESTION, NULL);
  GtkRoot *root = gtk_widget_get_root (over);

  g_set_weak_pointer (&self->over, over);
  self->gone = g_signal_connect (over, "destroy", G_CALLBACK (over_gone_cb), self);
  self->yes = yes;
  self->data = data;
  self->free_data = free_data;
  gtk_label_set_label (self->heading, heading);
  gtk_label_set_label (self->body, body);
  name_button (self->safe, safe);
  name_button (self->act, act);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, heading,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, body, -1);
  if (GTK_IS_WINDOW (root) && gtk_widget_has_css_class (GTK_WIDGET (root), "san-larger"))
    gtk_widget_add_css_class (GTK_WIDGET (self), "san-larger");
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
  gtk_window_set_default_widget (GTK_WINDOW (self), GTK_WIDGET (self->safe));
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->safe));
  gtk_window_present (GTK_WINDOW (self));
  return self;
}
