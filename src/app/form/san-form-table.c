/* san-form-table.c - a table of a form: rows that come and go, each a few questions
 *
 * Shown as cards, one under the other, since cells of a real table are too narrow for Indian
 * scripts. Rows that another form lends say what they are about and cannot be taken away here. */
#include "san-form-table.h"
#include "san-form-blank.h"
#include "san-i18n.h"

struct _SanFormTable
{
  GtkWidget parent_instance;

  SanAnswers     *answers;
  const SanTable *table;
  SanFormRowMade  made;
  gpointer        data;
  GtkWidget      *box, *rows, *empty;
};

enum { ANSWERED, GONE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SanFormTable, san_form_table, GTK_TYPE_WIDGET)

static void
show_empty (SanFormTable *self)
{
  gtk_widget_set_visible (self->empty, gtk_widget_get_first_child (self->rows) == NULL);
}

void
san_form_table_leave_out (SanFormTable *self, gboolean leave_out)
{
  gboolean any = FALSE;

  for (GtkWidget *card = gtk_widget_get_first_child (self->rows); card != NULL;
       card = gtk_widget_get_next_sibling (card))
    {
      gboolean is_shown = !leave_out ||
                          san_form_blank_has_others (gtk_frame_get_child (GTK_FRAME (card)));

      gtk_widget_set_visible (card, is_shown);
      any = any || is_shown;
    }
  gtk_widget_set_visible (GTK_WIDGET (self), any || !leave_out);
}

static void
take_away_cb (GtkButton *button, SanFormTable *self)
{
  GtkWidget *card = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_FRAME);

  for (GtkWidget *child = gtk_widget_get_first_child (gtk_frame_get_child (GTK_FRAME (card)));
       child != NULL; child = gtk_widget_get_next_sibling (child))
    if (SAN_IS_FORM_ROW (child))
      g_signal_emit (self, signals[GONE], 0, child);
  san_answers_remove_row (self->answers, self->table, g_object_get_data (G_OBJECT (card), "row"));
  gtk_box_remove (GTK_BOX (self->rows), card);
  show_empty (self);
  g_signal_emit (self, signals[ANSWERED], 0);
}

static GtkWidget *
make_head (SanFormTable *self, const char *row)
{
  g_autofree char *words = san_answers_dup_row_words (self->answers, self->table, row);
  GtkWidget *label, *button;

  if (words != NULL)
    {
      label = g_object_new (GTK_TYPE_LABEL, "label", words, "wrap", TRUE, "xalign", 0.0, NULL);
      gtk_widget_add_css_class (label, "heading");
      return label;
    }
  if (!san_answers_may_write (self->answers, self->table->row))
    return NULL;
  button = gtk_button_new_with_label (_("Take this line away"));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  g_signal_connect (button, "clicked", G_CALLBACK (take_away_cb), self);
  return button;
}

/* A line that another form lends: Enter leaves its choice as it is, nothing new, and goes on to the
 * next line. What is picked with a digit asks for its words first. */
static gboolean
lent_key_cb (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state,
             SanFormTable *self)
{
  GtkWidget *box = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (keys));
  GtkWidget *row = gtk_widget_get_focus_child (box);

  if ((keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter) ||
      (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 || !SAN_IS_FORM_ROW (row) ||
      san_form_row_get_field (SAN_FORM_ROW (row))->type != SAN_FIELD_CHOICE)
    return FALSE;
  san_form_row_move_on (SAN_FORM_ROW (gtk_widget_get_last_child (box)));
  return TRUE;
}

static void
add_lent_keys (SanFormTable *self, GtkWidget *box)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (lent_key_cb), self);
  gtk_widget_add_controller (box, keys);
}

static GtkWidget *
add_card (SanFormTable *self, const char *row)
{
  GtkWidget *card = gtk_frame_new (NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *head = make_head (self, row);
  GtkWidget *first = NULL;

  if (head != NULL && GTK_IS_LABEL (head))
    gtk_box_append (GTK_BOX (box), head);
  for (guint c = 0; c < self->table->n_columns; c++)
    {
      g_autofree char *name = san_form_make_name (self->table, row, self->table->columns[c]);
      GtkWidget *question = san_form_row_new (self->answers, self->table->columns[c], name);

      self->made (SAN_FORM_ROW (question), self->data);
      gtk_box_append (GTK_BOX (box), question);
      if (first == NULL)
        first = question;
    }
  if (head != NULL && GTK_IS_BUTTON (head))
    gtk_box_append (GTK_BOX (box), head);
  if (self->table->rows_form != NULL)
    add_lent_keys (self, box);
  gtk_widget_add_css_class (box, "san-card");
  gtk_frame_set_child (GTK_FRAME (card), box);
  g_object_set_data_full (G_OBJECT (card), "row", g_strdup (row), g_free);
  gtk_box_append (GTK_BOX (self->rows), card);
  return first;
}

static void
add_cb (GtkButton *button, SanFormTable *self)
{
  g_autofree char *row = san_answers_add_row (self->answers, self->table);
  GtkWidget *first = add_card (self, row);

  show_empty (self);
  g_signal_emit (self, signals[ANSWERED], 0);
  if (first != NULL)
    san_form_row_focus (SAN_FORM_ROW (first), 0);
}

static void
san_form_table_dispose (GObject *object)
{
  g_clear_pointer (&SAN_FORM_TABLE (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (san_form_table_parent_class)->dispose (object);
}

static void
san_form_table_class_init (SanFormTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_form_table_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[ANSWERED] = g_signal_new ("answered", SAN_TYPE_FORM_TABLE, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
  signals[GONE] = g_signal_new ("gone", SAN_TYPE_FORM_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, SAN_TYPE_FORM_ROW);
}

static void
san_form_table_init (SanFormTable *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/* What a line of this table is, where every line is one child. */
static gboolean
is_of_children (const SanTable *table)
{
  return table->n_columns == 1 && table->columns[0]->type == SAN_FIELD_CHILD;
}

static void
add_heading (SanFormTable *self)
{
  const char *words = san_label_get (self->table->label, san_answers_get_language (self->answers));
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", words, "wrap", TRUE, "xalign", 0.0,
                                   NULL);

  gtk_widget_add_css_class (label, "san-question");
  gtk_box_append (GTK_BOX (self->box), label);
}

GtkWidget *
san_form_table_new (SanAnswers *answers, const SanTable *table, SanFormRowMade made, gpointer data)
{
  SanFormTable *self = g_object_new (SAN_TYPE_FORM_TABLE, NULL);
  g_autoptr(GPtrArray) rows = san_answers_list_rows (answers, table);

  self->answers = answers;
  self->table = table;
  self->made = made;
  self->data = data;
  add_heading (self);
  self->empty = g_object_new (GTK_TYPE_LABEL, "label",
                              table->rows_form != NULL ? _("The plan has no line here yet.")
                              : is_of_children (table) ? _("No child is named yet.")
                                                       : _("No line yet."),
                              "wrap", TRUE, "xalign", 0.0, NULL);
  gtk_widget_add_css_class (self->empty, "san-quiet");
  gtk_box_append (GTK_BOX (self->box), self->empty);
  gtk_box_append (GTK_BOX (self->box), self->rows);
  for (guint i = 0; i < rows->len; i++)
    add_card (self, rows->pdata[i]);
  if (table->rows_form == NULL && san_answers_may_write (answers, table->row))
    {
      GtkWidget *add = gtk_button_new_with_label (is_of_children (table) ? _("Add a child")
                                                                         : _("Add a line"));

      gtk_widget_set_halign (add, GTK_ALIGN_START);
      g_signal_connect (add, "clicked", G_CALLBACK (add_cb), self);
      gtk_box_append (GTK_BOX (self->box), add);
    }
  show_empty (self);
  return GTK_WIDGET (self);
}
