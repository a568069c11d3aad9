/* san-shell.c - the frame around the pages of one login
 *
 * One page is in the window at a time. The way that led to it is a list of stops; going back makes
 * the page before anew, with the view that it left behind. */
#include "san-shell.h"
#include "san-focus.h"
#include "san-headbar.h"
#include "san-jobs.h"
#include "san-line.h"
#include "san-pages.h"
#include "san-probe.h"
#include "san-sidebar.h"
#include "san-strips.h"
#include "san-toasts.h"
#include <adwaita.h>

#define WAY_LIMIT 40

struct _SanShell
{
  GtkWidget parent_instance;

  GtkWidget   *root;
  SanHeadbar  *headbar;
  GtkRevealer *side;
  SanSidebar  *sidebar;
  SanStrips   *strips;
  AdwBin      *place;
  SanToasts   *toasts;
  SanJobs     *jobs;

  SanDesk     *desk;
  SanId16      staff;
  SanPage     *page;                /* borrowed from @place */
  GPtrArray   *way;                 /* SanStop; the last one is shown */
  /* (nullable) key of the strip whose sentence the sidebar says */
  char        *said;
};

G_DEFINE_FINAL_TYPE (SanShell, san_shell, GTK_TYPE_WIDGET)

static void
title_cb (SanPage *page, SanShell *self)
{
  san_headbar_set_title (self->headbar, san_page_get_title (page));
}

static void
kept_cb (SanPage *page, const char *sentence, SanShell *self)
{
  san_sidebar_set_kept (self->sidebar, sentence);
}

static void
show_last (SanShell *self)
{
  const SanStop *stop = g_ptr_array_index (self->way, self->way->len - 1);
  const SanPageKind *kind = san_pages_find (stop->page);

  san_probe_page (kind->name);
  self->page = san_page_new (kind->get_type (), self->desk, stop);
  g_signal_connect (self->page, "title-changed", G_CALLBACK (title_cb), self);
  g_signal_connect (self->page, "kept", G_CALLBACK (kept_cb), self);
  san_sidebar_set_kept (self->sidebar, NULL);
  adw_bin_set_child (self->place, GTK_WIDGET (self->page));
  san_headbar_set_page (self->headbar, kind, self->way->len > 1);
  san_sidebar_select (self->sidebar, stop->page);
  san_strips_set_page (self->strips, kind->name);
  san_page_start (self->page);
  san_headbar_set_found (self->headbar, self->page);
  san_headbar_set_title (self->headbar, san_page_get_title (self->page));
  san_page_grab_first_focus (self->page);
  if (!SAN_PAGE_GET_CLASS (self->page)->finds_focus)
    san_focus_find_place (GTK_WIDGET (self->page), self->desk, stop->focus);
}

/* What the page wants to find again goes into its stop; what is unfinished is kept. */
static void
leave_page (SanShell *self)
{
  GVariant *focus;

  if (self->page == NULL)
    return;
  focus = san_focus_dup_place (GTK_WIDGET (self->page));
  san_headbar_set_found (self->headbar, NULL);
  san_page_leave (self->page);
  san_stop_free (self->way->pdata[self->way->len - 1]);
  self->way->pdata[self->way->len - 1] = san_page_dup_stop (self->page);
  san_stop_set_focus (self->way->pdata[self->way->len - 1], focus);
  self->page = NULL;
}

void
san_shell_go (SanShell *self, const SanStop *stop)
{
  const SanPageKind *kind = san_pages_find (stop->page);

  g_return_if_fail (kind != NULL);
  leave_page (self);
  if (kind->label != NULL)              /* a page of the sidebar begins a new way */
    g_ptr_array_set_size (self->way, 0);
  if (self->way->len >= WAY_LIMIT)
    g_ptr_array_remove_index (self->way, 0);
  g_ptr_array_add (self->way, san_stop_copy (stop));
  show_last (self);
}

/* The counts of the sidebar come after what the page asks: in a large centre both take their
 * time. */
void
san_shell_begin (SanShell *self)
{
  const char *first = san_sidebar_get_nth (self->sidebar, 1);
  g_autoptr(SanStop) stop = NULL;

  if (first == NULL)
    return;
  stop = san_stop_new (first);
  san_shell_go (self, stop);
  san_sidebar_refresh (self->sidebar);
}

void
san_shell_take_way (SanShell *self, GPtrArray *way)
{
  leave_page (self);
  g_ptr_array_unref (self->way);
  self->way = way;
  if (way->len == 0)
    {
      san_shell_begin (self);
      return;
    }
  show_last (self);
  san_sidebar_refresh (self->sidebar);
}

GPtrArray *
san_shell_dup_way (SanShell *self)
{
  GPtrArray *way = g_ptr_array_new_with_free_func ((GDestroyNotify) san_stop_free);

  leave_page (self);
  for (guint i = 0; i < self->way->len; i++)
    g_ptr_array_add (way, san_stop_copy (self->way->pdata[i]));
  return way;
}

const SanId16 *
san_shell_get_staff (SanShell *self)
{
  return &self->staff;
}

SanPage *
san_shell_get_page (SanShell *self)
{
  return self->page;
}

gboolean
san_shell_may_go (SanShell *self, const char *page)
{
  return san_sidebar_has (self->sidebar, page);
}

void
san_shell_go_nth (SanShell *self, guint n)
{
  const char *page = san_sidebar_get_nth (self->sidebar, n);

  if (page != NULL)
    san_desk_go_page (self->desk, page);
}

void
san_shell_back (SanShell *self)
{
  if (self->way->len < 2)
    return;
  leave_page (self);
  g_ptr_array_remove_index (self->way, self->way->len - 1);
  show_last (self);
}

/* The page, the strips where there are some, the sidebar, and round again. */
static void
go_to_next_pane (SanShell *self)
{
  GtkWidget *panes[] = { GTK_WIDGET (self->place), GTK_WIDGET (self->strips),
                         GTK_WIDGET (self->sidebar) };
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  guint at = G_N_ELEMENTS (panes) - 1;

  for (guint i = 0; i < G_N_ELEMENTS (panes); i++)
    if (focus != NULL && gtk_widget_is_ancestor (focus, panes[i]))
      at = i;
  for (guint i = 1; i <= G_N_ELEMENTS (panes); i++)
    if (gtk_widget_child_focus (panes[(at + i) % G_N_ELEMENTS (panes)], GTK_DIR_TAB_FORWARD))
      return;
}

void
san_shell_act (SanShell *self, const char *act)
{
  if (g_str_equal (act, "find"))
    san_headbar_find (self->headbar);
  else if (g_str_equal (act, "side"))
    san_headbar_toggle_side (self->headbar);
  else if (g_str_equal (act, "next-pane"))
    go_to_next_pane (self);
  else if (self->page != NULL)
    san_page_act (self->page, act);
}

static void
changed_cb (SanDesk *desk, SanShell *self)
{
  if (self->page != NULL)
    san_page_refresh (self->page);
  san_sidebar_refresh (self->sidebar);
}

static void
toast_cb (SanDesk *desk, SanToast *toast, SanShell *self)
{
  g_clear_pointer (&self->said, g_free);
  san_sidebar_say (self->sidebar, toast->sentence);
  san_toasts_add (self->toasts, desk, toast);
}

static void
strip_cb (SanDesk *desk, const SanStrip *strip, SanShell *self)
{
  san_strips_set (self->strips, strip);
  g_free (self->said);
  self->said = g_strdup (strip->key);
  san_sidebar_say (self->sidebar, strip->sentence);
}

static void
strip_away_cb (SanDesk *desk, const char *key, SanShell *self)
{
  san_strips_remove (self->strips, key);
  if (g_strcmp0 (self->said, key) != 0)
    return;
  g_clear_pointer (&self->said, g_free);        /* what is over is not said any more */
  san_sidebar_say (self->sidebar, NULL);
}

static void
jobs_cb (SanDesk *desk, SanShell *self)
{
  san_jobs_show (self->jobs, san_desk_get_jobs (desk));
}

static void
san_shell_dispose (GObject *object)
{
  SanShell *self = SAN_SHELL (object);

  if (self->desk != NULL)
    g_signal_handlers_disconnect_by_data (self->desk, self);
  self->page = NULL;
  g_clear_object (&self->desk);
  g_clear_pointer (&self->way, g_ptr_array_unref);
  g_clear_pointer (&self->said, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), SAN_TYPE_SHELL);
  G_OBJECT_CLASS (san_shell_parent_class)->dispose (object);
}

/* In the bubble phase: a text that can take something back does so first. */
static gboolean
undo_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  return san_toasts_undo (SAN_SHELL (widget)->toasts);
}

static void
undo_act_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  san_toasts_undo (SAN_SHELL (widget)->toasts);
}

static void
san_shell_class_init (SanShellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = san_shell_dispose;
  g_type_ensure (SAN_TYPE_HEADBAR);
  g_type_ensure (SAN_TYPE_SIDEBAR);
  g_type_ensure (SAN_TYPE_STRIPS);
  g_type_ensure (SAN_TYPE_TOASTS);
  g_type_ensure (SAN_TYPE_JOBS);
  g_type_ensure (SAN_TYPE_LINE);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, SAN_RESOURCE_UI "san-shell.ui");
  gtk_widget_class_bind_template_child (widget_class, SanShell, root);
  gtk_widget_class_bind_template_child (widget_class, SanShell, headbar);
  gtk_widget_class_bind_template_child (widget_class, SanShell, side);
  gtk_widget_class_bind_template_child (widget_class, SanShell, sidebar);
  gtk_widget_class_bind_template_child (widget_class, SanShell, strips);
  gtk_widget_class_bind_template_child (widget_class, SanShell, place);
  gtk_widget_class_bind_template_child (widget_class, SanShell, toasts);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, undo_cb, NULL);
  gtk_widget_class_install_action (widget_class, "shell.undo", NULL, undo_act_cb);
  gtk_widget_class_bind_template_child (widget_class, SanShell, jobs);
}

static void
san_shell_init (SanShell *self)
{
  self->way = g_ptr_array_new_with_free_func ((GDestroyNotify) san_stop_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
san_shell_new (SanDesk *desk)
{
  SanShell *self = g_object_new (SAN_TYPE_SHELL, NULL);

  self->desk = g_object_ref (desk);
  self->staff = *san_centre_get_staff (san_desk_get_centre (desk));
  san_headbar_set_desk (self->headbar, desk, self->side);
  san_sidebar_set_desk (self->sidebar, desk);
  g_signal_connect (desk, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect (desk, "toast", G_CALLBACK (toast_cb), self);
  g_signal_connect (desk, "strip", G_CALLBACK (strip_cb), self);
  g_signal_connect (desk, "strip-away", G_CALLBACK (strip_away_cb), self);
  g_signal_connect (desk, "jobs", G_CALLBACK (jobs_cb), self);
  return GTK_WIDGET (self);
}
