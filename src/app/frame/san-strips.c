/* san-strips.c - conditions that stay at the page's foot until they are over
 *
 * A strip never takes the focus: somebody may be typing; who goes to its button by Tab is back
 * where she was when it is gone. At the foot, so that what comes by itself
 * moves nothing that somebody is about to press. */
#include "san-strips.h"
#include "san-focus.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-wrap.h"
#include <string.h>

#define GO "win.go::"

struct _SanStrips
{
  GtkWidget parent_instance;
  GHashTable *rows;                 /* key -> GtkWidget, borrowed */
  const char *page;                 /* static: that is shown */
};

G_DEFINE_FINAL_TYPE (SanStrips, san_strips, GTK_TYPE_WIDGET)

void
san_strips_remove (SanStrips *self, const char *key)
{
  GtkWidget *row = g_hash_table_lookup (self->rows, key);

  if (row == NULL)
    return;
  g_hash_table_remove (self->rows, key);
  san_focus_give_back (GTK_WIDGET (self), row);
  gtk_widget_unparent (row);
}

static void
close_cb (GtkButton *button, SanStrips *self)
{
  san_strips_remove (self, g_object_get_data (G_OBJECT (button), "key"));
}

static GtkWidget *
make_label (const char *sentence)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT,
                                   NULL);

  gtk_label_set_label (GTK_LABEL (label), sentence);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  return label;
}

/* What asks for an act is put off by a word, what only tells is closed. */
static GtkWidget *
make_close (SanStrips *self, const SanStrip *strip)
{
  GtkWidget *close = strip->button != NULL
                       ? gtk_button_new_with_label (_("Not now"))
                       : gtk_button_new_from_icon_name ("window-close-symbolic");

  gtk_widget_add_css_class (close, "flat");
  gtk_widget_set_focus_on_click (close, FALSE);
  if (strip->button == NULL)
    {
      gtk_widget_set_tooltip_text (close, _("Close"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (close), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _("Close"), -1);
    }
  g_object_set_data_full (G_OBJECT (close), "key", g_strdup (strip->key), g_free);
  g_signal_connect (close, "clicked", G_CALLBACK (close_cb), self);
  return close;
}

static gboolean
leads_to (const char *action, const char *page)
{
  return action != NULL && page != NULL && g_str_has_prefix (action, GO) &&
         g_str_equal (action + strlen (GO), page);
}

/* Where it leads to the page itself tells it; if it is not over when she leaves, it is back. */
static void
show (SanStrips *self, GtkWidget *row)
{
  gtk_widget_set_visible (row,
                          !leads_to (g_object_get_data (G_OBJECT (row), "action"), self->page));
}

void
san_strips_set_page (SanStrips *self, const char *page)
{
  GHashTableIter iter;
  gpointer row;

  self->page = page;
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    show (self, row);
}

void
san_strips_set (SanStrips *self, const SanStrip *strip)
{
  GtkWidget *row;

  san_strips_remove (self, strip->key);
  row = san_line_new (12);
  g_object_set_data_full (G_OBJECT (row), "action", g_strdup (strip->action), g_free);
  gtk_widget_add_css_class (row, "san-strip");
  if (strip->icon != NULL)
    gtk_box_append (GTK_BOX (row),
                    san_without_baseline (gtk_image_new_from_icon_name (strip->icon)));
  gtk_box_append (GTK_BOX (row), make_label (strip->sentence));
  if (strip->button != NULL)
    {
      GtkWidget *button = gtk_button_new_with_label (strip->button);

      gtk_widget_set_focus_on_click (button, FALSE);
      gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), strip->action);
      gtk_box_append (GTK_BOX (row), san_without_baseline (button));
    }
  gtk_box_append (GTK_BOX (row), san_without_baseline (make_close (self, strip)));
  show (self, row);
  gtk_widget_set_parent (row, GTK_WIDGET (self));
  g_hash_table_insert (self->rows, g_strdup (strip->key), row);
}

static void
san_strips_dispose (GObject *object)
{
  SanStrips *self = SAN_STRIPS (object);
  GtkWidget *child;

  g_clear_pointer (&self->rows, g_hash_table_unref);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (san_strips_parent_class)->dispose (object);
}

static void
san_strips_class_init (SanStripsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_strips_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
san_strips_init (SanStrips *self)
{
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  san_focus_watch (GTK_WIDGET (self));
  gtk_orientable_set_orientation (
    GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
}
