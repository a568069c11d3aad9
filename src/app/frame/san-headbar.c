/* san-headbar.c - the bar above the pages: back, search, heading, names, lock, menu
 *
 * Words on the right need about 1000 px in English and more in other languages or larger text:
 * where they do not fit, the icon stays with the word as its accessible name. */
#include "san-headbar.h"
#include "san-day-words.h"
#include "san-find.h"
#include "san-i18n.h"
#include "san-menu.h"
#include <adwaita.h>

#define FOLD_BELOW  900
#define WORDS_ABOVE 1060

struct _SanHeadbar
{
  GtkWidget parent_instance;

  GtkWidget     *bar;
  GtkLabel      *title, *day, *names_word;
  GtkWidget     *heading, *back, *side_button, *names, *lock;
  GtkImage      *names_icon;
  AdwBin        *find;
  GtkMenuButton *menu;
  GtkRevealer   *side;              /* borrowed: the shell's */
  SanDesk       *desk;
  guint          fit;               /* idle that fits words to the width */
};

G_DEFINE_FINAL_TYPE (SanHeadbar, san_headbar, GTK_TYPE_WIDGET)

static GMenuModel *
make_menu (void)
{
  GMenu *menu = g_menu_new ();
  GMenu *size = g_menu_new ();
  GMenu *rest = g_menu_new ();

  g_menu_append (size, _("Larger text"), "app.text-size(1)");
  g_menu_append (size, _("Smaller text"), "app.text-size(-1)");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (size));
  if (san_pages_find ("preferences") != NULL)
    g_menu_append (rest, _("Preferences"), "win.go::preferences");
  if (san_pages_find ("shortcuts") != NULL)
    g_menu_append (rest, _("Keys"), "win.go::shortcuts");
  g_menu_append (rest, _("Help"), "win.help");
  g_menu_append (rest, _("Cover the screen"), "app.cover");
  g_menu_append (rest, _("Quit"), "app.quit");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (rest));
  g_object_unref (size);
  g_object_unref (rest);
  return G_MENU_MODEL (menu);
}

static void
set_word_visible (GtkWidget *button, gboolean visible)
{
  GtkWidget *box = gtk_button_get_child (GTK_BUTTON (button));

  gtk_widget_set_visible (gtk_widget_get_last_child (box), visible);
}

static void
set_side (SanHeadbar *self, gboolean shown)
{
  gtk_revealer_set_reveal_child (self->side, shown);
  /* a folded child leaves the accessibility tree too */
  gtk_widget_set_visible (gtk_revealer_get_child (self->side), shown);
}

static gboolean
fit_cb (gpointer data)
{
  SanHeadbar *self = data;
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int font_share = pango_font_description_get_size (
      pango_context_get_font_description (gtk_widget_get_pango_context (GTK_WIDGET (self))));
  gboolean words = width * 11 * PANGO_SCALE > WORDS_ABOVE * MAX (font_share, 11 * PANGO_SCALE);
  gboolean folded = width > 0 && width < FOLD_BELOW;

  self->fit = 0;
  set_word_visible (self->names, words);
  set_word_visible (self->lock, words);
  gtk_widget_set_visible (GTK_WIDGET (self->day), words);
  if (adw_bin_get_child (self->find) != NULL)
    san_find_set_narrow (SAN_FIND (adw_bin_get_child (self->find)), !words);
  if (self->side != NULL && folded != gtk_widget_get_visible (self->side_button))
    {
      gtk_widget_set_visible (self->side_button, folded);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->side_button), FALSE);
      set_side (self, !folded);
    }
  return G_SOURCE_REMOVE;
}

static void
side_toggled_cb (GtkToggleButton *button, SanHeadbar *self)
{
  if (self->side != NULL && gtk_widget_get_visible (self->side_button))
    set_side (self, gtk_toggle_button_get_active (button));
}

void
san_headbar_toggle_side (SanHeadbar *self)
{
  if (gtk_widget_get_visible (self->side_button))
    gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (self->side_button),
      !gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->side_button)));
  else if (self->side != NULL)
    set_side (self, !gtk_revealer_get_reveal_child (self->side));
}

static void
san_headbar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SanHeadbar *self = SAN_HEADBAR (widget);

  gtk_widget_allocate (self->bar, width, height, baseline, NULL);
  if (self->fit == 0)
    self->fit = g_idle_add (fit_cb, self);
}

static void
san_headbar_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                     int *natural, int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (SAN_HEADBAR (widget)->bar, orientation, for_size, minimum, natural, NULL,
                      NULL);
}

void
san_headbar_set_title (SanHeadbar *self, const char *title)
{
  gtk_label_set_label (self->title, title);
}

void
san_headbar_set_page (SanHeadbar *self, const SanPageKind *kind, gboolean has_way_back)
{
  g_autofree char *day = san_words_long_day (san_clock_now ());

  gtk_label_set_label (self->title, kind->label != NULL ? _(kind->label) : "");
  gtk_label_set_label (self->day, day);
  gtk_widget_set_visible (self->back, has_way_back);
  san_headbar_set_names (self, FALSE);
}

void
san_headbar_set_names (SanHeadbar *self, gboolean shown)
{
  const char *word = shown ? _("A name is shown") : _("Names hidden");

  gtk_label_set_label (self->names_word, word);
  gtk_image_set_from_icon_name (self->names_icon,
                                shown ? "view-reveal-symbolic" : "view-conceal-symbolic");
  gtk_widget_set_tooltip_text (self->names, word);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->names), GTK_ACCESSIBLE_PROPERTY_LABEL, word,
                                  -1);
}

void
san_headbar_find (SanHeadbar *self)
{
  san_find_focus (SAN_FIND (adw_bin_get_child (self->find)));
}

void
san_headbar_set_found (SanHeadbar *self, SanPage *page)
{
  san_find_set_page (SAN_FIND (adw_bin_get_child (self->find)), page);
}

void
san_headbar_set_desk (SanHeadbar *self, SanDesk *desk, GtkRevealer *side)
{
  g_autoptr(GMenuModel) menu = make_menu ();

  g_set_object (&self->desk, desk);
  adw_bin_set_child (self->find, san_find_new (desk));
  self->side = side;
  san_menu_set (self->menu, menu, _("Menu"));
}

static void
san_headbar_dispose (GObject *object)
{
  SanHeadbar *self = SAN_HEADBAR (object);

  g_clear_handle_id (&self->fit, g_source_remove);
  g_clear_object (&self->desk);
  self->side = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), SAN_TYPE_HEADBAR);
  G_OBJECT_CLASS (san_headbar_parent_class)->dispose (object);
}

static void
san_headbar_class_init (SanHeadbarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = san_headbar_dispose;
  widget_class->measure = san_headbar_measure;
  widget_class->size_allocate = san_headbar_size_allocate;
  gtk_widget_class_set_template_from_resource (widget_class, SAN_RESOURCE_UI "san-headbar.ui");
  gtk_widget_class_bind_template_child (widget_class, SanHeadbar, bar);
  gtk_widget_class_bind_template_child (widget_class, SanHeadbar, heading);
  gtk_widget_class_bind_template_child (widget_class, SanHeadbar, title);
  gtk_widget_class_bind_template_child (widget_class, SanHeadbar, day);
  gtk_widget_class_bind_template_child (widget_class, SanHeadbar, side_button);
  gtk_widget_class_bind_template_child (widget_class, SanHeadbar, back);
  gtk_widget_class_bind_template_child (widget_class, SanHeadbar, find);
  gtk_widget_class_bind_template_child (widget_class, SanHeadbar, names);
  gtk_widget_class_bind_template_child (widget_class, SanHeadbar, names_icon);
  gtk_widget_class_bind_template_child (widget_class, SanHeadbar, names_word);
  gtk_widget_class_bind_template_child (widget_class, SanHeadbar, lock);
  gtk_widget_class_bind_template_child (widget_class, SanHeadbar, menu);
}

static void
san_headbar_init (SanHeadbar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_tooltip_text (self->lock, _("Lock"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->lock), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Lock"), -1);
  g_signal_connect (self->side_button, "toggled", G_CALLBACK (side_toggled_cb), self);
}
