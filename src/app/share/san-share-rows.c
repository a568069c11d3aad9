/* san-share-rows.c - the questions answered before a child is shared, as a form asks them
 *
 * Rows of the form of the note that is signed with the order; to whom and what it goes is chosen
 * on the page itself. */
#include "san-share-rows.h"
#include "san-form-head.h"
#include "san-i18n.h"
#include "san-lines.h"
#include "san-partners.h"

struct _SanShareRows
{
  GtkWidget parent_instance;

  GtkWidget  *box;
  GPtrArray  *rows;                 /* SanFormRow, borrowed */
  SanFormRow *last;                 /* where the focus was last; borrowed */
};

enum { ANSWERED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SanShareRows, san_share_rows, GTK_TYPE_WIDGET)

static const struct { const char *field, *still; } asked[] = {
  { SAN_SHARE_REASON, N_("Still to write: why it is shared.") },
  { SAN_SHARE_BASIS, N_("Still to choose: what in law allows it.") },
  { SAN_SHARE_TOLD, N_("Still to say: has the child been told?") },
  { SAN_SHARE_SAID, N_("Still to write: what the child said, or why the child was not told.") },
  { SAN_SHARE_TOLD_ON, NULL },
};

SanFormRow *
san_share_rows_find (SanShareRows *self, const char *field)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (g_str_equal (san_form_row_get_name (self->rows->pdata[i]), field))
      return self->rows->pdata[i];
  return NULL;
}

SanFormRow *
san_share_rows_get_focused (SanShareRows *self)
{
  return self->last;
}

gboolean
san_share_rows_say_open (SanAnswers *answers, GtkWidget *box)
{
  const SanForm *form = san_answers_get_sheet (answers)->form;
  gboolean is_ready = TRUE;

  san_lines_clear (box);
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      const SanField *field = san_form_find_field (form, asked[i].field);

      if (field == NULL || asked[i].still == NULL ||
          !san_share_is_open (field, san_answers_get_value (answers, asked[i].field)))
        continue;
      gtk_box_append (GTK_BOX (box), san_line_row ("dialog-question-symbolic", _(asked[i].still),
                                                   NULL, "san-quiet"));
      is_ready = FALSE;
    }
  return is_ready;
}

/* ---- rows ---- */

static void
answered_cb (SanShareRows *self)
{
  g_signal_emit (self, signals[ANSWERED], 0);
}

static void
move_on_cb (SanFormRow *row, SanShareRows *self)
{
  guint at;

  if (!g_ptr_array_find (self->rows, row, &at))
    return;
  for (guint i = at + 1; i < self->rows->len; i++)
    if (san_form_row_focus (self->rows->pdata[i], -1))
      return;
}

static void
focus_in_cb (GtkEventControllerFocus *focus, SanShareRows *self)
{
  self->last = SAN_FORM_ROW (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (focus)));
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state,
        SanShareRows *self)
{
  if (keyval != GDK_KEY_F2 || self->last == NULL)
    return FALSE;
  san_form_row_open_menu (self->last);
  return TRUE;
}

static void
add_row (SanShareRows *self, SanAnswers *answers, const SanField *field)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkWidget *row = san_form_row_new (answers, field, field->id);

  g_ptr_array_add (self->rows, row);
  g_signal_connect_swapped (row, "answered", G_CALLBACK (answered_cb), self);
  g_signal_connect (row, "move-on", G_CALLBACK (move_on_cb), self);
  g_signal_connect (focus, "enter", G_CALLBACK (focus_in_cb), self);
  gtk_widget_add_controller (row, focus);
  gtk_box_append (GTK_BOX (self->box), row);
}

GtkWidget *
san_share_rows_new (SanAnswers *answers)
{
  SanShareRows *self = g_object_new (SAN_TYPE_SHARE_ROWS, NULL);
  const SanSheet *sheet = san_answers_get_sheet (answers);
  g_autofree char *readers = san_form_head_dup_readers (sheet);

  if (readers != NULL)
    gtk_box_append (GTK_BOX (self->box), san_line_label (readers, "san-quiet"));
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      const SanField *field = san_form_find_field (sheet->form, asked[i].field);

      if (field != NULL)
        add_row (self, answers, field);
    }
  return GTK_WIDGET (self);
}

static void
san_share_rows_dispose (GObject *object)
{
  SanShareRows *self = SAN_SHARE_ROWS (object);

  g_ptr_array_set_size (self->rows, 0);
  self->last = NULL;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (san_share_rows_parent_class)->dispose (object);
}

static void
san_share_rows_finalize (GObject *object)
{
  g_ptr_array_unref (SAN_SHARE_ROWS (object)->rows);
  G_OBJECT_CLASS (san_share_rows_parent_class)->finalize (object);
}

static void
san_share_rows_class_init (SanShareRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_share_rows_dispose;
  G_OBJECT_CLASS (klass)->finalize = san_share_rows_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[ANSWERED] = g_signal_new ("answered", SAN_TYPE_SHARE_ROWS, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
}

static void
san_share_rows_init (SanShareRows *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->rows = g_ptr_array_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
