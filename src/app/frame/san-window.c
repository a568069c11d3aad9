/* san-window.c - the one window: the door (outside), the pages (inside), the cover
 *
 * Outside: welcome and unlock pages, one at a time, with a way of their own. Inside: the shell,
 * made at unlock and thrown away at lock, so that nothing of a page outlives it. What the person
 * was at is kept as stops (no words in them) and found again when the same person comes back. */
#include "san-window.h"
#include "san-cover.h"
#include "san-focus.h"
#include "san-guard.h"
#include "san-help-page.h"
#include "san-key-retry.h"
#include "san-no-drag.h"
#include "san-arrivals.h"
#include "san-pages.h"
#include "san-probe.h"
#include "san-settings.h"
#include "san-shell.h"
#include "san-told.h"

#define LARGE_PERCENT 150

struct _SanWindow
{
  AdwApplicationWindow parent_instance;

  GtkStack  *rooms;
  AdwBin    *outside;
  AdwBin    *inside;
  AdwBin    *cover;
  SanGuard  *guard;
  SanDesk   *desk;
  SanShell  *shell;                 /* NULL while locked; borrowed from @inside */
  GPtrArray *outer_way;             /* SanStop, the last one is shown */
  GPtrArray *kept_way;              /* (nullable) the way of whoever was here before the lock */
  SanId16    kept_staff;
};

G_DEFINE_FINAL_TYPE (SanWindow, san_window, ADW_TYPE_APPLICATION_WINDOW)

static void
show_outside (SanWindow *self)
{
  const SanStop *stop = g_ptr_array_index (self->outer_way, self->outer_way->len - 1);
  const SanPageKind *kind = san_pages_find (stop->page);
  SanPage *page;

  if (kind == NULL)
    return;
  san_probe_page (kind->name);
  page = san_page_new (kind->get_type (), self->desk, stop);
  adw_bin_set_child (self->outside, GTK_WIDGET (page));
  gtk_stack_set_visible_child_name (self->rooms, "outside");
  san_page_start (page);
  san_page_grab_first_focus (page);
}

/* Where the focus is goes into the stop that is left, for the way back. */
static void
leave_outside (SanWindow *self)
{
  GtkWidget *page = adw_bin_get_child (self->outside);

  if (page != NULL && self->outer_way->len > 0)
    san_stop_set_focus (self->outer_way->pdata[self->outer_way->len - 1],
                        san_focus_dup_place (page));
}

static void
back_outside (SanWindow *self)
{
  const SanStop *stop;
  GtkWidget *page;

  g_ptr_array_remove_index (self->outer_way, self->outer_way->len - 1);
  show_outside (self);
  stop = g_ptr_array_index (self->outer_way, self->outer_way->len - 1);
  page = adw_bin_get_child (self->outside);
  if (!SAN_PAGE_GET_CLASS (page)->finds_focus)
    san_focus_find_place (page, self->desk, stop->focus);
}

/* Where a person who is nobody yet begins. */
static void
begin_outside (SanWindow *self)
{
  g_ptr_array_set_size (self->outer_way, 0);
  g_ptr_array_add (self->outer_way,
                   san_stop_new (san_desk_has_store (self->desk) ? "unlock" : "welcome"));
  show_outside (self);
}

/* The page stays as it is under the cover, cursor and all. */
static void
covered_cb (SanGuard *guard, gboolean covered, SanWindow *self)
{
  adw_bin_set_child (self->cover, covered ? san_cover_new () : NULL);
  san_probe_mark (covered ? SAN_PROBE_COVERED : SAN_PROBE_UNCOVERED);
  gtk_stack_set_visible_child_name (self->rooms, covered               ? "cover"
                                                 : self->shell != NULL ? "inside"
                                                                       : "outside");
}

void
san_window_cover (SanWindow *self)
{
  san_guard_cover (self->guard);
}

static void
opened_cb (SanDesk *desk, SanWindow *self)
{
  const SanId16 *staff = san_centre_get_staff (san_desk_get_centre (desk));

  san_window_set_larger (self, san_settings_get_larger (staff));
  self->shell = SAN_SHELL (san_shell_new (desk));
  adw_bin_set_child (self->inside, GTK_WIDGET (self->shell));
  adw_bin_set_child (self->outside, NULL);
  gtk_stack_set_visible_child_name (self->rooms, "inside");
  if (self->kept_way != NULL && san_id16_equal (staff, &self->kept_staff))
    san_shell_take_way (self->shell, g_steal_pointer (&self->kept_way));
  else
    san_shell_begin (self->shell);
  g_clear_pointer (&self->kept_way, g_ptr_array_unref);
}

static void
locked_cb (SanDesk *desk, SanWindow *self)
{
  if (self->shell != NULL)
    {
      g_clear_pointer (&self->kept_way, g_ptr_array_unref);
      self->kept_staff = *san_shell_get_staff (self->shell);
      self->kept_way = san_shell_dup_way (self->shell);
      self->shell = NULL;
      adw_bin_set_child (self->inside, NULL);
    }
  begin_outside (self);
}

static void
go_cb (SanDesk *desk, const SanStop *stop, SanWindow *self)
{
  const SanPageKind *kind = san_pages_find (stop->page);

  if (kind == NULL || (kind->outside == TRUE && self->shell != NULL))
    return;
  if (self->shell != NULL)
    {
      san_shell_go (self->shell, stop);
      return;
    }
  if (!kind->outside)
    return;
  leave_outside (self);
  g_ptr_array_add (self->outer_way, san_stop_copy (stop));
  show_outside (self);
}

static void
back_cb (SanDesk *desk, SanWindow *self)
{
  if (self->shell != NULL)
    {
      san_shell_back (self->shell);
      return;
    }
  if (self->outer_way->len > 1)
    back_outside (self);
}

static void
store_changed_cb (SanDesk *desk, SanWindow *self)
{
  g_clear_pointer (&self->kept_way, g_ptr_array_unref);
  begin_outside (self);
}

/* Content is made anew: its words came from the old language. */
static void
language_changed_cb (SanDesk *desk, SanWindow *self)
{
  g_autoptr(GPtrArray) way = NULL;

  if (self->shell == NULL)
    {
      show_outside (self);
      return;
    }
  way = san_shell_dup_way (self->shell);
  self->shell = SAN_SHELL (san_shell_new (desk));
  adw_bin_set_child (self->inside, GTK_WIDGET (self->shell));
  san_shell_take_way (self->shell, g_steal_pointer (&way));
}

/* The help of the page that is shown: its own topic, or the one that its kind names; a help page
 * itself goes away again. */
static void
show_help (SanWindow *self)
{
  SanPage *page = self->shell != NULL ? san_shell_get_page (self->shell)
                                      : SAN_PAGE (adw_bin_get_child (self->outside));
  g_autoptr(SanStop) stop = NULL;
  const char *name;

  if (page == NULL)
    return;
  name = san_page_get_stop (page)->page;
  if (g_str_equal (name, "help"))
    {
      san_desk_back (self->desk);
      return;
    }
  stop = san_stop_new ("help");
  stop->part = g_strdup (san_help_has (name) ? name : SAN_PAGE_GET_CLASS (page)->help);
  san_desk_go (self->desk, g_steal_pointer (&stop));
}

static void
act_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SanWindow *self = SAN_WINDOW (widget);

  if (g_str_equal (action, "win.back"))
    san_desk_back (self->desk);
  else if (g_str_equal (action, "win.help"))
    show_help (self);
  else if (g_str_equal (action, "win.seen"))
    san_told_seen (self->desk);
  else if (self->shell != NULL)
    san_shell_act (self->shell, action + strlen ("win."));
}

static void
go_page_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SanWindow *self = SAN_WINDOW (widget);

  if (g_str_equal (action, "win.go-nth"))
    {
      if (self->shell != NULL)
        san_shell_go_nth (self->shell, (guint) g_variant_get_int32 (parameter));
      return;
    }
  if (self->shell == NULL || san_shell_may_go (self->shell, g_variant_get_string (parameter, NULL)))
    san_desk_go_page (self->desk, g_variant_get_string (parameter, NULL));
}

static void
san_window_dispose (GObject *object)
{
  SanWindow *self = SAN_WINDOW (object);

  if (self->desk != NULL)
    g_signal_handlers_disconnect_by_data (self->desk, self);
  g_clear_object (&self->guard);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->outer_way, g_ptr_array_unref);
  g_clear_pointer (&self->kept_way, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), SAN_TYPE_WINDOW);
  G_OBJECT_CLASS (san_window_parent_class)->dispose (object);
}

static void
san_window_class_init (SanWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const char *const acts[] = {
    "win.back", "win.help",   "win.find", "win.next-pane", "win.hide-names", "win.reveal",
    "win.save", "win.finish", "win.next", "win.previous",  "win.side",       "win.seen",
    "win.access",
  };

  G_OBJECT_CLASS (klass)->dispose = san_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, SAN_RESOURCE_UI "san-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SanWindow, rooms);
  gtk_widget_class_bind_template_child (widget_class, SanWindow, outside);
  gtk_widget_class_bind_template_child (widget_class, SanWindow, inside);
  gtk_widget_class_bind_template_child (widget_class, SanWindow, cover);
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    gtk_widget_class_install_action (widget_class, acts[i], NULL, act_cb);
  gtk_widget_class_install_action (widget_class, "win.go", "s", go_page_cb);
  gtk_widget_class_install_action (widget_class, "win.go-nth", "i", go_page_cb);
}

/* Pictures grow with the text in two steps, at sizes for which they are drawn. */
static void
text_size_cb (GtkSettings *settings, GParamSpec *pspec, GtkWidget *window)
{
  int dpi;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  if (dpi >= LARGE_PERCENT * 96 * 1024 / 100)
    gtk_widget_add_css_class (window, "san-large");
  else
    gtk_widget_remove_css_class (window, "san-large");
}

static void
san_window_init (SanWindow *self)
{
  GtkSettings *settings = gtk_settings_get_default ();

  g_signal_connect_object (settings, "notify::gtk-xft-dpi", G_CALLBACK (text_size_cb), self, 0);
  text_size_cb (settings, NULL, GTK_WIDGET (self));
  if (!gdk_display_is_composited (gtk_widget_get_display (GTK_WIDGET (self))))
    gtk_widget_add_css_class (GTK_WIDGET (self), "san-opaque");
  self->outer_way = g_ptr_array_new_with_free_func ((GDestroyNotify) san_stop_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

SanWindow *
san_window_new (GtkApplication *app, SanDesk *desk)
{
  SanWindow *self = g_object_new (SAN_TYPE_WINDOW, "application", app, NULL);

  self->desk = g_object_ref (desk);
  san_probe_window (GTK_WIDGET (self));
  g_signal_connect (desk, "opened", G_CALLBACK (opened_cb), self);
  g_signal_connect (desk, "locked", G_CALLBACK (locked_cb), self);
  g_signal_connect (desk, "go", G_CALLBACK (go_cb), self);
  g_signal_connect (desk, "back", G_CALLBACK (back_cb), self);
  g_signal_connect (desk, "store-changed", G_CALLBACK (store_changed_cb), self);
  g_signal_connect (desk, "language-changed", G_CALLBACK (language_changed_cb), self);
  san_arrivals_begin (desk);            /* after the shell: its strips are there then */
  san_key_retry_install (GTK_APPLICATION_WINDOW (self));
  san_no_drag_install (GTK_WIDGET (self));
  self->guard = san_guard_new (GTK_WINDOW (self), desk);
  g_signal_connect (self->guard, "covered", G_CALLBACK (covered_cb), self);
  begin_outside (self);
  return self;
}

SanDesk *
san_window_get_desk (SanWindow *self)
{
  return self->desk;
}

void
san_window_set_larger (SanWindow *self, gboolean larger)
{
  if (larger)
    gtk_widget_add_css_class (GTK_WIDGET (self), "san-larger");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "san-larger");
}
