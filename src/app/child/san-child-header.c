/* san-child-header.c - who she is here: tag, walk of ninety days, what everyone should know
 *
 * The name is asked of the centre each time it is shown, stands in one label for at most 60 s, and
 * is gone with the page. */
#include "san-child-header.h"
#include "san-child-forms.h"
#include "san-child-tag.h"
#include "san-day-words.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-menu.h"
#include "san-wrap.h"
#include <adwaita.h>

#define NAME_SECONDS 60
#define ALERTS       3

struct _SanChildHeader
{
  GtkWidget parent_instance;

  GtkWidget     *root, *eye, *name_box;
  AdwBin        *tag;
  GtkLabel      *name, *stay, *facts;
  GtkProgressBar *walk;
  GtkLevelBar   *ring;
  GtkBox        *alerts;            /* laid out by SanWrap */
  GtkMenuButton *write, *more;
  SanDesk       *desk;
  SanId32        child;
  guint          timer;
  int            left;              /* seconds */
  GPtrArray     *told;              /* (nullable) SanChildAlert, of the file that is shown */
  char          *day, *long_facts, *short_facts;
};

G_DEFINE_FINAL_TYPE (SanChildHeader, san_child_header, GTK_TYPE_WIDGET)

/* The name */

static void
hide_name (SanChildHeader *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  gtk_label_set_label (self->name, "");
  gtk_widget_set_visible (self->name_box, FALSE);
  gtk_button_set_icon_name (GTK_BUTTON (self->eye), "view-conceal-symbolic");
  gtk_widget_set_tooltip_text (self->eye, _("Show name"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->eye), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Show name"), -1);
}

static gboolean
second_cb (gpointer data)
{
  SanChildHeader *self = data;

  if (--self->left > 0)
    {
      gtk_level_bar_set_value (self->ring, self->left / (double) NAME_SECONDS);
      return G_SOURCE_CONTINUE;
    }
  self->timer = 0;
  hide_name (self);
  return G_SOURCE_REMOVE;
}

static void
show_name (SanChildHeader *self, const char *name)
{
  gtk_label_set_label (self->name, name);
  gtk_widget_set_visible (self->name_box, TRUE);
  gtk_button_set_icon_name (GTK_BUTTON (self->eye), "view-reveal-symbolic");
  gtk_widget_set_tooltip_text (self->eye, _("Hide name"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->eye), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Hide name"), -1);
  self->left = NAME_SECONDS;
  gtk_level_bar_set_value (self->ring, 1);
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add_seconds (1, second_cb, self);
}

static gpointer
ask_name (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  return san_child_show_name (centre, input, error);
}

static void
name_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanChildHeader *self = SAN_CHILD_HEADER (source);
  g_autoptr(GError) error = NULL;
  char *name = san_worker_run_finish (result, &error);

  if (name != NULL)
    {
      show_name (self, name);
      memset (name, 0, strlen (name));
      g_free (name);
    }
  else if (g_error_matches (error, SAN_ERROR, SAN_ERROR_LOCKED))
    san_desk_toast (self->desk, _("Her name is kept by the superintendent and the case worker."));
  else if (g_error_matches (error, SAN_ERROR, SAN_ERROR_NOT_FOUND))
    san_desk_toast (self->desk, _("No name is written down yet."));
  else
    san_desk_complain (self->desk, error);
}

void
san_child_header_reveal (SanChildHeader *self)
{
  if (gtk_widget_get_visible (self->name_box))
    hide_name (self);
  else
    san_desk_ask (self->desk, GTK_WIDGET (self), ask_name, san_id32_copy (&self->child), g_free,
                  g_free, name_cb, NULL);
}

/* What everyone should know */

static const char *
alert_icon (const char *kind)
{
  return g_str_equal (kind, "order") ? "x-office-document-symbolic" :
         g_str_equal (kind, "allergy") ? "dialog-warning-symbolic" :
         g_str_equal (kind, "diet") ? "emblem-important-symbolic" : "emblem-favorite-symbolic";
}

static char *
alert_words (const SanChildAlert *alert)
{
  if (g_str_equal (alert->kind, "allergy"))
    return san_words_print (_("Allergy: %s"), alert->text);
  if (g_str_equal (alert->kind, "diet"))
    return san_words_print (_("Food: %s"), alert->text);
  if (g_str_equal (alert->kind, "order"))
    {
      g_autofree char *day = san_words_day (alert->at, san_clock_now ());

      return san_words_print (_("Order until %s"), day);
    }
  return g_strdup (alert->text);
}

static void
add_alert (SanChildHeader *self, const char *icon, const char *words)
{
  GtkWidget *box = san_line_new (6);

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (box),
                  g_object_new (GTK_TYPE_LABEL, "label", words, "wrap", TRUE, "xalign", 0.0,
                                "natural-wrap-mode", GTK_NATURAL_WRAP_NONE, NULL));
  gtk_widget_set_margin_end (box, 12);
  gtk_box_append (self->alerts, box);
}

static GtkWidget *
make_folded (SanChildHeader *self, GPtrArray *words)
{
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *button = gtk_menu_button_new ();
  g_autofree char *label = san_words_print ("+%u", words->len);

  for (guint i = 0; i < words->len; i++)
    gtk_box_append (GTK_BOX (list),
                    g_object_new (GTK_TYPE_LABEL, "label", words->pdata[i], "wrap", TRUE, "xalign",
                                  0.0, NULL));
  gtk_popover_set_child (GTK_POPOVER (popover), list);
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), label);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("More that everyone should know"), -1);
  return button;
}

static gboolean
is_large (SanChildHeader *self)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));

  return window != NULL && gtk_widget_has_css_class (window, "san-large");
}

/* Which one stands alone where there is room for one: what could harm her. */
static guint
find_first (GPtrArray *alerts)
{
  for (guint i = 0; i < alerts->len; i++)
    if (g_str_equal (((const SanChildAlert *) alerts->pdata[i])->kind, "allergy"))
      return i;
  return 0;
}

/* At most three are shown, one beside large text; the others wait behind "+2". */
static void
show_alerts (SanChildHeader *self)
{
  g_autoptr(GPtrArray) folded = g_ptr_array_new_with_free_func (g_free);
  gboolean large = is_large (self);
  guint only = self->told != NULL ? find_first (self->told) : 0;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->alerts))) != NULL)
    gtk_box_remove (self->alerts, child);
  for (guint i = 0; self->told != NULL && i < self->told->len; i++)
    {
      const SanChildAlert *alert = self->told->pdata[i];
      g_autofree char *words = alert_words (alert);

      if (large ? i == only : i < ALERTS)
        add_alert (self, alert_icon (alert->kind), words);
      else
        g_ptr_array_add (folded, g_steal_pointer (&words));
    }
  if (folded->len > 0)
    gtk_box_append (self->alerts, make_folded (self, folded));
  gtk_widget_set_visible (GTK_WIDGET (self->alerts), self->told != NULL && self->told->len > 0);
}

/* Beside large text the walk goes, and her day stands among the facts: below it are her notes. */
static void
lay_out (SanChildHeader *self)
{
  gboolean large = is_large (self);

  gtk_label_set_label (self->stay, large ? "" : self->day);
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (self->stay)), !large);
  gtk_label_set_label (self->facts, large ? self->short_facts : self->long_facts);
  show_alerts (self);
}

static void
text_size_cb (SanChildHeader *self)
{
  if (self->day != NULL)
    lay_out (self);
}

static GMenuModel *
make_write_menu (SanChildHeader *self)
{
  g_autoptr(GPtrArray) forms = san_child_forms_list (self->desk, NULL);
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < forms->len; i++)
    {
      const SanForm *form = forms->pdata[i];
      g_autofree char *action = g_strdup_printf ("child.write::%s", form->id);

      g_menu_append (menu, san_label_get (form->label, san_desk_get_language (self->desk)), action);
    }
  return G_MENU_MODEL (menu);
}

static GMenuModel *
make_more_menu (SanChildHeader *self)
{
  GMenu *menu = g_menu_new ();

  if (san_centre_is_superintendent (san_desk_get_centre (self->desk)))
    g_menu_append (menu, _("Share her file with another centre"), "child.share");
  g_menu_append (menu, _("Who opened it"), "child.access");
  return G_MENU_MODEL (menu);
}

static char *
age_words (const SanChildFile *file)
{
  if (file->youngest < 0)
    return g_strdup (_("age not known"));
  if (file->youngest == file->oldest)
    return san_words_print (ngettext ("%d year", "%d years", (gulong) file->youngest),
                            file->youngest);
  return san_words_print (_("%1$d to %2$d years"), file->youngest, file->oldest);
}

static char *
status_words (const SanChildRow *row)
{
  g_autofree char *day = NULL;

  if (g_str_equal (row->status, "closed"))
    return g_strdup (_("closed"));
  if (g_str_equal (row->status, "follow-up"))
    return g_strdup (_("in follow-up"));
  day = san_words_day (row->admitted.ms, san_clock_now ());
  return san_words_print (_("in care since %s"), day);
}

static void
show_facts (SanChildHeader *self, const SanChildFile *file)
{
  const SanChildRow *row = file->row;
  g_autofree char *age = age_words (file);
  g_autofree char *status = status_words (row);
  g_autofree char *day = row->day > 0 ? san_words_stay_day (row->day) : g_strdup ("");
  g_autofree char *which = row->stay == 2   ? g_strdup (_("second stay"))
                           : row->stay == 3 ? g_strdup (_("third stay"))
                           : row->stay > 3  ? san_words_print (_("stay %d"), row->stay)
                                            : NULL;
  g_autofree char *stay = which == NULL ? g_strdup (day)
                          : *day == '\0' ? g_strdup (which)
                                         : g_strdup_printf ("%s · %s", day, which);
  g_autofree char *in_short = *stay != '\0' && row->day > 0 ? g_strdup (stay)
                                                           : g_strdup (status);
  g_autofree char *facts = file->responsible != NULL
                             ? g_strdup_printf ("%s · %s · %s", status, age, file->responsible)
                             : g_strdup_printf ("%s · %s", status, age);
  g_autofree char *shared = row->shared_with != NULL
                              ? san_words_print (_("%1$s · shared with %2$s"), facts,
                                                 row->shared_with)
                              : NULL;

  g_free (self->day);
  g_free (self->long_facts);
  g_free (self->short_facts);
  self->day = g_steal_pointer (&stay);
  self->short_facts = file->responsible != NULL
                        ? g_strdup_printf ("%s · %s · %s", in_short, age, file->responsible)
                        : g_strdup_printf ("%s · %s", in_short, age);
  if (shared != NULL)
    {
      g_autofree char *alone = g_steal_pointer (&self->short_facts);

      self->short_facts = san_words_print (_("%1$s · shared with %2$s"), alone, row->shared_with);
    }
  self->long_facts = shared != NULL ? g_steal_pointer (&shared) : g_steal_pointer (&facts);
  gtk_widget_set_visible (GTK_WIDGET (self->walk), row->day > 0 && row->day <= SAN_WALK_DAYS);
  gtk_progress_bar_set_fraction (self->walk, CLAMP (row->day / (double) SAN_WALK_DAYS, 0, 1));
}

static GtkWidget *
make_tag (SanChildHeader *self, const SanChildRow *row)
{
  GtkWidget *tag = san_child_tag_new ();

  san_child_tag_set_large (SAN_CHILD_TAG (tag), TRUE);
  san_child_tag_show (SAN_CHILD_TAG (tag), self->desk, row->alias, row->sign, row->bed);
  return tag;
}

void
san_child_header_show (SanChildHeader *self, const SanChildFile *file)
{
  adw_bin_set_child (self->tag, make_tag (self, file->row));
  show_facts (self, file);
  g_clear_pointer (&self->told, g_ptr_array_unref);
  self->told = g_ptr_array_ref (file->alerts);
  lay_out (self);
}

void
san_child_header_set_desk (SanChildHeader *self, SanDesk *desk, const SanId32 *child)
{
  g_autoptr(GMenuModel) write = NULL;
  g_autoptr(GMenuModel) more = NULL;

  g_set_object (&self->desk, desk);
  self->child = *child;
  write = make_write_menu (self);
  more = make_more_menu (self);
  san_menu_set (self->write, write, _("Write"));
  gtk_widget_set_visible (GTK_WIDGET (self->write), g_menu_model_get_n_items (write) > 0);
  san_menu_set (self->more, more, _("More about this page"));
}

static void
san_child_header_dispose (GObject *object)
{
  SanChildHeader *self = SAN_CHILD_HEADER (object);

  if (self->name != NULL)
    hide_name (self);
  g_clear_pointer (&self->told, g_ptr_array_unref);
  g_clear_pointer (&self->day, g_free);
  g_clear_pointer (&self->long_facts, g_free);
  g_clear_pointer (&self->short_facts, g_free);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), SAN_TYPE_CHILD_HEADER);
  G_OBJECT_CLASS (san_child_header_parent_class)->dispose (object);
}

static void
san_child_header_class_init (SanChildHeaderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = san_child_header_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  g_type_ensure (SAN_TYPE_LINE);
  g_type_ensure (SAN_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget_class, SAN_RESOURCE_UI "san-child-header.ui");
  gtk_widget_class_bind_template_child (widget_class, SanChildHeader, root);
  gtk_widget_class_bind_template_child (widget_class, SanChildHeader, tag);
  gtk_widget_class_bind_template_child (widget_class, SanChildHeader, eye);
  gtk_widget_class_bind_template_child (widget_class, SanChildHeader, name_box);
  gtk_widget_class_bind_template_child (widget_class, SanChildHeader, name);
  gtk_widget_class_bind_template_child (widget_class, SanChildHeader, ring);
  gtk_widget_class_bind_template_child (widget_class, SanChildHeader, stay);
  gtk_widget_class_bind_template_child (widget_class, SanChildHeader, walk);
  gtk_widget_class_bind_template_child (widget_class, SanChildHeader, facts);
  gtk_widget_class_bind_template_child (widget_class, SanChildHeader, write);
  gtk_widget_class_bind_template_child (widget_class, SanChildHeader, more);
  gtk_widget_class_bind_template_child (widget_class, SanChildHeader, alerts);
}

static void
san_child_header_init (SanChildHeader *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_settings_get_default (), "notify::gtk-xft-dpi",
                           G_CALLBACK (text_size_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_swapped (self->eye, "clicked", G_CALLBACK (san_child_header_reveal), self);
}
