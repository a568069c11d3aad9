/* san-form-body.c - all questions of a form under each other, with its outline beside it
 *
 * What is asked follows the answers at once: sections and questions come and go, the outline
 * counts answered of asked, and a dot says that something is still needed for print. */
#include "san-form-body.h"
#include "san-column.h"
#include "san-form-blank.h"
#include "san-form-head.h"
#include "san-form-mark.h"
#include "san-form-outline.h"
#include "san-form-table.h"
#include "san-line.h"
#include <adwaita.h>
#include <string.h>

#define COLUMN_WIDTH 680
#define PAIR_WIDTH   1100 /* two questions beside each other, each narrower than a column */

typedef struct
{
  const SanSection *section;
  GtkWidget        *box;            /* of its questions */
} Part;

struct _SanFormBody
{
  GtkWidget parent_instance;

  SanAnswers *answers;
  GtkWidget  *box, *scroll;
  SanFormOutline *outline;          /* (nullable): arranged in lines */
  SanFormBlank *blank;              /* (nullable): only where the sheet is closed */
  GArray     *parts;
  /* SanFormRow, borrowed, in the form's order; of tables as they come */
  GPtrArray  *rows;
  SanFormRow *last;                 /* where the focus was last; borrowed */
  guint       later;                /* source that looks at all again */
};

enum { ANSWERED, HISTORY, PICK, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SanFormBody, san_form_body, GTK_TYPE_WIDGET)

/* ---- live ---- */

static gboolean
leaves_blank_out (SanFormBody *self)
{
  return self->blank != NULL && !san_form_blank_are_shown (self->blank);
}

static void
show_part (SanFormBody *self, const Part *part)
{
  gboolean is_shown = san_answers_section_is_shown (self->answers, part->section);

  for (GtkWidget *item = gtk_widget_get_first_child (part->box);
       self->blank != NULL && item != NULL;
       item = gtk_widget_get_next_sibling (item))
    if (SAN_IS_FORM_TABLE (item))
      san_form_table_leave_out (SAN_FORM_TABLE (item), leaves_blank_out (self));
  if (leaves_blank_out (self))
    is_shown = is_shown && san_form_blank_has_others (part->box);
  gtk_widget_set_visible (part->box, is_shown);
  san_form_outline_show (self->outline, part->section, is_shown);
}

static void
show_rows (SanFormBody *self)
{
  guint n_blank = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      SanFormRow *row = self->rows->pdata[i];
      const SanField *field = san_form_row_get_field (row);
      gboolean is_asked = field->table != NULL || san_answers_is_shown (self->answers, field);
      gboolean is_blank = self->blank != NULL && san_form_blank_is (row);

      n_blank += is_asked && is_blank;
      gtk_widget_set_visible (GTK_WIDGET (row), is_asked && !(is_blank && leaves_blank_out (self)));
    }
  if (self->blank != NULL)
    san_form_blank_set_count (self->blank, n_blank);
}

/* Where two stand beside each other: a line of which both are left out. */
static void
show_lines (SanFormBody *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *line = gtk_widget_get_parent (self->rows->pdata[i]);

      gtk_widget_set_visible (line, san_form_blank_has_others (line));
    }
}

static void
show_all (SanFormBody *self)
{
  show_rows (self);
  for (guint i = 0; i < self->parts->len; i++)
    show_part (self, &g_array_index (self->parts, Part, i));
  if (self->outline != NULL)
    san_form_outline_show_open (self->outline);
  else
    show_lines (self);
}

static gboolean
later_cb (gpointer data)
{
  SanFormBody *self = data;

  self->later = 0;
  show_all (self);
  return G_SOURCE_REMOVE;
}

static void
look_again (SanFormBody *self)
{
  if (self->later == 0)
    self->later = g_idle_add (later_cb, self);
  g_signal_emit (self, signals[ANSWERED], 0);
}

/* ---- rows ---- */

static void
history_cb (SanFormRow *row, SanFormBody *self)
{
  g_signal_emit (self, signals[HISTORY], 0, row);
}

static void
pick_cb (SanFormRow *row, guint which, SanFormBody *self)
{
  g_signal_emit (self, signals[PICK], 0, row, which);
}

static gboolean
can_take_focus (SanFormRow *row)
{
  return gtk_widget_get_mapped (GTK_WIDGET (row)) && gtk_widget_is_sensitive (GTK_WIDGET (row));
}

/* Her own words answer the first of the lines that another form lends: from them the next one
 * follows. Tab still goes to it. */
static guint
next_after (SanFormBody *self, guint at)
{
  const SanForm *form = san_answers_get_sheet (self->answers)->form;
  const char *name = san_form_row_get_name (self->rows->pdata[at]);
  guint next = at + 1;
  const SanField *field =
    next < self->rows->len ? san_form_row_get_field (self->rows->pdata[next]) : NULL;
  g_autofree char *line = NULL;

  if (field == NULL || field->table == NULL || field->table->rows_form == NULL ||
      g_strcmp0 (form->hers, name) != 0 || san_answers_get_value (self->answers, name) == NULL)
    return next;
  line = g_strdup (san_form_row_get_name (self->rows->pdata[next]));
  strrchr (line, '.')[1] = '\0';                 /* "c1.aaaaaaaa." of "c1.aaaaaaaa.moved" */
  while (next < self->rows->len &&
         g_str_has_prefix (san_form_row_get_name (self->rows->pdata[next]), line))
    next++;
  return next;
}

static void
move_on_cb (SanFormRow *row, SanFormBody *self)
{
  guint at = 0;

  g_clear_handle_id (&self->later, g_source_remove);
  show_all (self);                        /* what this answer opens comes first */
  if (!g_ptr_array_find (self->rows, row, &at))
    return;
  for (guint i = next_after (self, at); i < self->rows->len; i++)
    if (can_take_focus (self->rows->pdata[i]) && san_form_row_focus (self->rows->pdata[i], -1))
      return;
}

static void
focus_in_cb (GtkEventControllerFocus *focus, SanFormBody *self)
{
  self->last = SAN_FORM_ROW (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (focus)));
}

static void
row_made (SanFormRow *row, gpointer data)
{
  SanFormBody *self = data;
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_ptr_array_add (self->rows, row);
  g_signal_connect_swapped (row, "answered", G_CALLBACK (look_again), self);
  g_signal_connect (row, "history", G_CALLBACK (history_cb), self);
  g_signal_connect (row, "pick", G_CALLBACK (pick_cb), self);
  g_signal_connect (row, "move-on", G_CALLBACK (move_on_cb), self);
  g_signal_connect (focus, "enter", G_CALLBACK (focus_in_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (row), focus);
}

static void
row_gone_cb (SanFormTable *table, SanFormRow *row, SanFormBody *self)
{
  g_ptr_array_remove (self->rows, row);
  if (self->last == row)
    self->last = NULL;
}

/* ---- sections ---- */

static GtkWidget *
make_questions (SanFormBody *self, const SanSection *section)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *heading =
    g_object_new (GTK_TYPE_LABEL, "label",
                  san_label_get (section->label, san_answers_get_language (self->answers)), "wrap",
                  TRUE, "xalign", 0.0, "valign", GTK_ALIGN_CENTER, NULL);

  gtk_widget_add_css_class (heading, "title-4");
  gtk_box_append (GTK_BOX (box), heading);
  for (guint i = 0; i < section->n_items; i++)
    {
      GtkWidget *item;

      if (section->items[i].field != NULL)
        {
          item =
            san_form_row_new (self->answers, section->items[i].field, section->items[i].field->id);
          row_made (SAN_FORM_ROW (item), self);
        }
      else
        {
          item = san_form_table_new (self->answers, section->items[i].table, row_made, self);
          g_signal_connect_swapped (item, "answered", G_CALLBACK (look_again), self);
          g_signal_connect (item, "gone", G_CALLBACK (row_gone_cb), self);
        }
      gtk_box_append (GTK_BOX (box), item);
    }
  return box;
}

static gboolean
focus_part (SanFormBody *self, const Part *part)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (gtk_widget_is_ancestor (self->rows->pdata[i], part->box) &&
        can_take_focus (self->rows->pdata[i]) && san_form_row_focus (self->rows->pdata[i], -1))
      return TRUE;
  return gtk_widget_child_focus (part->box, GTK_DIR_TAB_FORWARD);
}

static void
scroll_to (SanFormBody *self, GtkWidget *widget)
{
  GtkWidget *content =
    gtk_widget_get_first_child (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (self->scroll)));
  graphene_point_t from = GRAPHENE_POINT_INIT (0, 0), to;

  if (gtk_widget_compute_point (widget, content, &from, &to))
    gtk_adjustment_set_value (
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroll)), MAX (0, to.y - 6));
}

static void
section_cb (SanFormOutline *outline, const SanSection *section, SanFormBody *self)
{
  for (guint i = 0; i < self->parts->len; i++)
    {
      const Part *part = &g_array_index (self->parts, Part, i);

      if (part->section != section)
        continue;
      focus_part (self, part);
      scroll_to (self, part->box);
    }
}

static void
mark_cb (SanFormOutline *outline, const SanSection *section, char letter, SanFormBody *self)
{
  for (guint i = 0; i < self->parts->len; i++)
    if (g_array_index (self->parts, Part, i).section == section)
      san_form_mark_rows (self->rows, g_array_index (self->parts, Part, i).box, letter);
}

void
san_form_body_step_section (SanFormBody *self, int step)
{
  int at = 0;

  for (guint i = 0; self->last != NULL && i < self->parts->len; i++)
    if (gtk_widget_is_ancestor (GTK_WIDGET (self->last), g_array_index (self->parts, Part, i).box))
      at = (int) i;
  for (at += step; at >= 0 && at < (int) self->parts->len; at += step)
    {
      const Part *part = &g_array_index (self->parts, Part, at);

      if (!gtk_widget_get_visible (part->box))
        continue;
      focus_part (self, part);
      scroll_to (self, part->box);
      return;
    }
}

/* ---- finding ---- */

SanFormRow *
san_form_body_find (SanFormBody *self, const char *name)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (g_str_equal (san_form_row_get_name (self->rows->pdata[i]), name))
      return self->rows->pdata[i];
  return NULL;
}

SanFormRow *
san_form_body_get_focused (SanFormBody *self)
{
  return self->last;
}

gboolean
san_form_body_focus_first (SanFormBody *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (san_answers_get_value (self->answers, san_form_row_get_name (self->rows->pdata[i])) ==
          NULL &&
        can_take_focus (self->rows->pdata[i]) && san_form_row_focus (self->rows->pdata[i], -1))
      return TRUE;
  return gtk_widget_child_focus (self->scroll, GTK_DIR_TAB_FORWARD);
}

gboolean
san_form_body_focus_next_open (SanFormBody *self, SanRequired required)
{
  g_autoptr(GPtrArray) open = san_answers_list_open (self->answers, required);
  guint at = 0, start;

  start = self->last != NULL && g_ptr_array_find (self->rows, self->last, &at) ? at + 1 : 0;
  for (guint i = 0; i < self->rows->len; i++)
    {
      SanFormRow *row = self->rows->pdata[(start + i) % self->rows->len];

      if (g_ptr_array_find (open, san_form_row_get_field (row), NULL) &&
          san_form_row_get_field (row)->table == NULL)
        return san_form_row_focus (row, -1);
    }
  return FALSE;
}

gboolean
san_form_body_check (SanFormBody *self)
{
  SanFormRow *first = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      san_form_row_mark (self->rows->pdata[i]);
      if (first == NULL && san_answers_get_text (
                             self->answers, san_form_row_get_name (self->rows->pdata[i])) != NULL)
        first = self->rows->pdata[i];
    }
  if (first != NULL)
    {
      san_form_row_focus (first, -1);
      san_form_row_show_problem (first);
    }
  return first == NULL;
}

double
san_form_body_get_scroll (SanFormBody *self)
{
  return gtk_adjustment_get_value (
    gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroll)));
}

void
san_form_body_set_scroll (SanFormBody *self, double scroll)
{
  gtk_adjustment_set_value (
    gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroll)), scroll);
}

/* ---- making it ---- */

/* After the questions: what is not known here, and what was left blank. */
static void
add_rest (SanFormBody *self, GtkWidget *column)
{
  GtkWidget *unknown = san_form_head_new_unknown (san_answers_get_sheet (self->answers));

  if (unknown != NULL)
    gtk_box_append (GTK_BOX (column), unknown);
  gtk_widget_add_css_class (column, "san-page");
  if (!san_answers_is_closed (self->answers))
    return;
  gtk_widget_add_css_class (column, "san-paper");
  self->blank = SAN_FORM_BLANK (san_form_blank_new ());
  g_signal_connect_swapped (self->blank, "toggled", G_CALLBACK (show_all), self);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->blank));
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state,
        SanFormBody *self)
{
  if (keyval == GDK_KEY_F2 && self->outline != NULL && san_form_outline_open_menu (self->outline))
    return TRUE;
  if (keyval == GDK_KEY_F2 && self->last != NULL)
    {
      san_form_row_open_menu (self->last);
      return TRUE;
    }
  if ((state & GDK_CONTROL_MASK) && (keyval == GDK_KEY_Down || keyval == GDK_KEY_Up))
    {
      san_form_body_step_section (self, keyval == GDK_KEY_Down ? 1 : -1);
      return TRUE;
    }
  return FALSE;
}

static void
next_open_cb (SanFormOutline *outline, SanFormBody *self)
{
  san_form_body_focus_next_open (self, SAN_REQUIRED_PRINT);
}

static GtkWidget *
make_column (SanFormBody *self, const SanForm *form)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 30);
  GtkWidget *clamp = adw_clamp_new ();

  for (guint i = 0; form != NULL && i < form->n_sections; i++)
    {
      Part part = { form->sections[i], NULL };

      part.box = make_questions (self, part.section);
      gtk_box_append (GTK_BOX (column), part.box);
      san_form_outline_add (self->outline, part.section);
      g_array_append_val (self->parts, part);
    }
  add_rest (self, column);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), COLUMN_WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), COLUMN_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), column);
  return clamp;
}

static void
add_outline (SanFormBody *self)
{
  self->outline = SAN_FORM_OUTLINE (san_form_outline_new (self->answers));
  g_signal_connect (self->outline, "section", G_CALLBACK (section_cb), self);
  g_signal_connect (self->outline, "next-open", G_CALLBACK (next_open_cb), self);
  g_signal_connect (self->outline, "mark", G_CALLBACK (mark_cb), self);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->outline));
  gtk_box_append (GTK_BOX (self->box), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
}

static void
san_form_body_dispose (GObject *object)
{
  SanFormBody *self = SAN_FORM_BODY (object);

  g_clear_handle_id (&self->later, g_source_remove);
  self->last = NULL;
  self->outline = NULL;
  self->blank = NULL;
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->parts, g_array_unref);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (san_form_body_parent_class)->dispose (object);
}

static void
san_form_body_class_init (SanFormBodyClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_form_body_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[ANSWERED] = g_signal_new ("answered", SAN_TYPE_FORM_BODY, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
  signals[HISTORY] = g_signal_new ("history", SAN_TYPE_FORM_BODY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, SAN_TYPE_FORM_ROW);
  signals[PICK] = g_signal_new ("pick", SAN_TYPE_FORM_BODY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 2, SAN_TYPE_FORM_ROW, G_TYPE_UINT);
}

static void
san_form_body_init (SanFormBody *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->parts = g_array_new (FALSE, FALSE, sizeof (Part));
  self->rows = g_ptr_array_new ();
  self->box = san_line_new (0);
  self->scroll = san_scroll_new ();
  gtk_widget_set_hexpand (self->scroll, TRUE);
  gtk_widget_set_vexpand (self->scroll, TRUE);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/* ---- arranged in lines ---- */

static GtkWidget *
make_row (SanFormBody *self, const SanField *field)
{
  GtkWidget *row = san_form_row_new (self->answers, field, field->id);

  gtk_widget_set_hexpand (row, TRUE);
  row_made (SAN_FORM_ROW (row), self);
  return row;
}

static void
add_arranged (SanFormBody *self, GtkWidget *column, const SanField *one, const SanField *two)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);

  gtk_box_set_homogeneous (GTK_BOX (line), TRUE);
  gtk_box_append (GTK_BOX (line), make_row (self, one));
  if (two != NULL)
    gtk_box_append (GTK_BOX (line), make_row (self, two));
  gtk_box_append (GTK_BOX (column), line);
}

static GtkWidget *
make_arranged (SanFormBody *self, const SanForm *form, const SanFormLine *lines, guint n_lines)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *clamp = adw_clamp_new ();

  for (guint i = 0; i < n_lines; i++)
    {
      const SanField *one = san_form_find_field (form, lines[i].one);

      if (one != NULL)
        add_arranged (self, column, one,
                      lines[i].two != NULL ? san_form_find_field (form, lines[i].two) : NULL);
    }
  for (guint i = 0; i < form->n_fields; i++)
    if (san_form_body_find (self, form->fields[i]->id) == NULL)
      add_arranged (self, column, form->fields[i], NULL);
  add_rest (self, column);
  gtk_widget_add_css_class (column, "san-tight");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), PAIR_WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), PAIR_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), column);
  return clamp;
}

GtkWidget *
san_form_body_new_arranged (SanAnswers *answers, const SanFormLine *lines, guint n_lines)
{
  SanFormBody *self = g_object_new (SAN_TYPE_FORM_BODY, NULL);
  const SanForm *form = san_answers_get_sheet (answers)->form;

  self->answers = answers;
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroll),
                                 make_arranged (self, form, lines, n_lines));
  gtk_box_append (GTK_BOX (self->box), self->scroll);
  show_all (self);
  return GTK_WIDGET (self);
}

GtkWidget *
san_form_body_new (SanAnswers *answers)
{
  SanFormBody *self = g_object_new (SAN_TYPE_FORM_BODY, NULL);
  const SanForm *form = san_answers_get_sheet (answers)->form;

  self->answers = answers;
  add_outline (self);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroll), make_column (self, form));
  gtk_box_append (GTK_BOX (self->box), self->scroll);
  if (form != NULL)
    show_all (self);
  return GTK_WIDGET (self);
}
