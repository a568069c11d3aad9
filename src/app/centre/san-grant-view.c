/* san-grant-view.c - who waits to read what you can read: compare her number, then let her
 *
 * A seat waits for a compartment when its role reads it, it does not hold the ring, and this login
 * does. Her number stands on her own page ("My page"); it is typed here, not compared by eye. */
#include "san-grant-view.h"
#include "san-column.h"
#include "san-i18n.h"
#include "san-sentences.h"
#include "san-staff.h"

#define STRIP "grant"

struct _SanGrantView
{
  GtkWidget parent_instance;

  GtkWidget *root;
  GtkBox    *rows;
  GtkLabel  *said;
  SanDesk   *desk;
};

struct _SanGrantPage
{
  SanPage parent_instance;

  GtkWidget    *root;
  SanGrantView *view;
};

G_DEFINE_FINAL_TYPE (SanGrantView, san_grant_view, GTK_TYPE_WIDGET)
G_DEFINE_FINAL_TYPE (SanGrantPage, san_grant_page, SAN_TYPE_PAGE)

typedef struct { char *name; SanCompartment compartment; char *number; } Grant;

static void
grant_free (Grant *self)
{
  g_free (self->name);
  g_free (self->number);
  g_free (self);
}

const char *
san_grant_word (SanCompartment compartment)
{
  static const char *const words[SAN_N_COMPARTMENTS] = {
    N_("the house"),   N_("names, family and orders"),
    N_("counselling"), N_("health"),
    N_("court"),       N_("staff records"),
  };

  return _(words[compartment]);
}

/* (element-type Grant), numbers unset */
static gpointer
list_waiting (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  g_autoptr(GPtrArray) rows = san_staff_list (centre, error);
  GPtrArray *waiting;

  if (rows == NULL)
    return NULL;
  waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) grant_free);
  for (guint i = 0; i < rows->len; i++)
    {
      const SanStaffRow *row = rows->pdata[i];

      for (guint c = 0; c < SAN_N_COMPARTMENTS && g_str_equal (row->state, "active"); c++)
        if (san_role_reads (row->role, c) && (row->rings & (1u << c)) == 0 &&
            san_centre_can_read (centre, c) &&
            !san_id16_equal (&row->id, san_centre_get_staff (centre)))
          {
            Grant *grant = g_new0 (Grant, 1);

            grant->name = g_strdup (row->name);
            grant->compartment = c;
            g_ptr_array_add (waiting, grant);
          }
    }
  return waiting;
}

static gpointer
give (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  Grant *grant = input;

  return GINT_TO_POINTER (san_staff_grant (centre, grant->name, grant->compartment, grant->number,
                                           NULL, error));
}

static void
given_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanGrantView *self = SAN_GRANT_VIEW (source);
  g_autoptr(GError) error = NULL;

  if (san_worker_run_finish (result, &error) == NULL)
    {
      g_autofree char *sentence = g_error_matches (error, SAN_ERROR, SAN_ERROR_REFUSED)
                                    ? g_strdup (_("That is not her number. Nothing was changed. "
                                                  "Look at it on her screen, under My page, and "
                                                  "type it again."))
                                    : san_sentence_for_error (error);

      gtk_label_set_label (self->said, sentence);
      return;
    }
  gtk_label_set_label (self->said, "");
  san_desk_strip_away (self->desk, STRIP);
  san_grant_look (self->desk);          /* another one may wait */
  san_desk_toast (self->desk, _("From now on she can read it."));
  san_desk_changed (self->desk);
}

static void
give_cb (GtkWidget *button, SanGrantView *self)
{
  GtkEditable *entry = g_object_get_data (G_OBJECT (button), "entry");
  Grant *grant = g_new0 (Grant, 1);

  grant->name = g_strdup (g_object_get_data (G_OBJECT (button), "name"));
  grant->compartment = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "compartment"));
  grant->number = g_strdup (gtk_editable_get_text (entry));
  san_desk_ask (self->desk, GTK_WIDGET (self), give, grant, (GDestroyNotify) grant_free, NULL,
                given_cb, NULL);
}

static void
add_row (SanGrantView *self, const Grant *grant)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *button = g_object_new (GTK_TYPE_BUTTON, "label", _("Let her read"), "halign",
                                    GTK_ALIGN_END, NULL);
  /* Translators: a person's short name, and what she waits to read: counselling, health … */
  g_autofree char *heading = san_words_print (_("%1$s waits to read: %2$s"), grant->name,
                                              san_grant_word (grant->compartment));
  GtkEntry *entry;

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "san-card");
  san_column_add_heading (GTK_BOX (card), heading);
  san_column_add_text (GTK_BOX (card),
                       _("Sit beside her. Her number stands on her screen, under My page."));
  entry = san_column_add_entry (GTK_BOX (card), _("The number on her screen"), NULL);
  g_object_set_data (G_OBJECT (button), "entry", entry);
  g_object_set_data_full (G_OBJECT (button), "name", g_strdup (grant->name), g_free);
  g_object_set_data (G_OBJECT (button), "compartment", GUINT_TO_POINTER (grant->compartment));
  g_signal_connect (button, "clicked", G_CALLBACK (give_cb), self);
  gtk_box_append (GTK_BOX (card), button);
  gtk_box_append (self->rows, card);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanGrantView *self = SAN_GRANT_VIEW (source);
  g_autoptr(GPtrArray) waiting = san_worker_run_finish (result, NULL);
  GtkWidget *old;

  while ((old = gtk_widget_get_first_child (GTK_WIDGET (self->rows))) != NULL)
    gtk_box_remove (self->rows, old);
  for (guint i = 0; waiting != NULL && i < waiting->len; i++)
    add_row (self, waiting->pdata[i]);
  gtk_widget_set_visible (GTK_WIDGET (self), waiting != NULL && waiting->len > 0);
}

void
san_grant_view_refresh (SanGrantView *self)
{
  san_desk_ask (self->desk, GTK_WIDGET (self), list_waiting, NULL, NULL,
                (GDestroyNotify) g_ptr_array_unref, listed_cb, NULL);
}

static void
look (SanDesk *desk, GAsyncReadyCallback looked)
{
  san_worker_run_async (san_desk_get_centre (desk), list_waiting, NULL, NULL,
                        (GDestroyNotify) g_ptr_array_unref, NULL, looked, g_object_ref (desk));
}

static void
looked_again_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(SanDesk) desk = data;
  g_autoptr(GPtrArray) waiting = san_worker_run_finish (result, NULL);

  if (waiting != NULL && waiting->len == 0 && san_desk_is_open (desk))
    san_desk_strip_away (desk, STRIP);
}

/* It may be over; a strip that she closed does not come back. */
static void
changed_cb (SanDesk *desk)
{
  if (san_desk_is_open (desk))
    look (desk, looked_again_cb);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(SanDesk) desk = data;
  g_autoptr(GPtrArray) waiting = san_worker_run_finish (result, NULL);
  const Grant *first;
  g_autofree char *sentence = NULL;

  if (waiting == NULL || !san_desk_is_open (desk))
    return;
  g_signal_handlers_disconnect_by_func (desk, changed_cb, NULL);
  if (waiting->len == 0)
    {
      san_desk_strip_away (desk, STRIP);
      return;
    }
  g_signal_connect (desk, "changed", G_CALLBACK (changed_cb), NULL);
  first = waiting->pdata[0];
  /* Translators: a person's short name, and what she waits to read: counselling, health … */
  sentence = san_words_print (_("%1$s waits to read: %2$s. Compare the number with her."),
                              first->name, san_grant_word (first->compartment));
  san_desk_strip (desk, STRIP, "changes-prevent-symbolic", sentence, _("Compare"),
                  "win.go::grant");
}

void
san_grant_look (SanDesk *desk)
{
  look (desk, looked_cb);
}

static void
san_grant_view_dispose (GObject *object)
{
  SanGrantView *self = SAN_GRANT_VIEW (object);

  g_clear_pointer (&self->root, gtk_widget_unparent);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (san_grant_view_parent_class)->dispose (object);
}

static void
san_grant_view_class_init (SanGrantViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_grant_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
san_grant_view_init (SanGrantView *self)
{
}

GtkWidget *
san_grant_view_new (SanDesk *desk)
{
  SanGrantView *self = g_object_new (SAN_TYPE_GRANT_VIEW, NULL);

  self->desk = g_object_ref (desk);
  self->root = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
  self->rows = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  gtk_box_append (GTK_BOX (self->root), GTK_WIDGET (self->rows));
  self->said = san_column_add_said (GTK_BOX (self->root));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  san_grant_view_refresh (self);
  return GTK_WIDGET (self);
}

static void
grant_page_start (SanPage *page)
{
  SanGrantPage *self = SAN_GRANT_PAGE (page);
  GtkBox *box;

  san_page_set_title (page, _("Who may read"));
  self->root = san_column_new (&box, FALSE);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
  san_column_add_text (box, _("What somebody may read, only those who read it now can give. "
                              "Nobody waits where nothing stands below."));
  self->view = SAN_GRANT_VIEW (san_grant_view_new (san_page_get_desk (page)));
  gtk_box_append (box, GTK_WIDGET (self->view));
}

static void
grant_page_refresh (SanPage *page)
{
  san_grant_view_refresh (SAN_GRANT_PAGE (page)->view);
}

static void
san_grant_page_dispose (GObject *object)
{
  g_clear_pointer (&SAN_GRANT_PAGE (object)->root, gtk_widget_unparent);
  G_OBJECT_CLASS (san_grant_page_parent_class)->dispose (object);
}

static void
san_grant_page_class_init (SanGrantPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_grant_page_dispose;
  SAN_PAGE_CLASS (klass)->start = grant_page_start;
  SAN_PAGE_CLASS (klass)->refresh = grant_page_refresh;
  SAN_PAGE_CLASS (klass)->help = "grant";
}

static void
san_grant_page_init (SanGrantPage *self)
{
}
