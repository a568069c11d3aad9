/* san-focus.c - where the focus was, and how it comes back there
 *
 * A page is made anew when one comes back to it, so its widgets are others: a place is the way to
 * it from the page, child by child, with the kind of what stood there. A list that has become
 * shorter meanwhile gives its last row. Lists that make their rows as they are scrolled find their
 * own (#SanPageClass.finds_focus). */
#include "san-focus.h"

#define DEPTH_LIMIT   40
#define PATIENCE      (5 * G_USEC_PER_SEC)
#define PLACE_TYPE    "(aus)"
#define BEFORE        "san-focus-before"

/* Places */

static guint
index_of (GtkWidget *widget)
{
  guint n = 0;

  while ((widget = gtk_widget_get_prev_sibling (widget)) != NULL)
    n++;
  return n;
}

/* What opened a menu stands for the menu. */
static GtkWidget *
outside_menus (GtkWidget *focus, GtkWidget *page)
{
  GtkWidget *found = focus;

  for (GtkWidget *w = focus; w != NULL && w != page; w = gtk_widget_get_parent (w))
    if (GTK_IS_POPOVER (w))
      found = gtk_widget_get_parent (w);
  return found;
}

GVariant *
san_focus_dup_place (GtkWidget *page)
{
  GtkRoot *root = gtk_widget_get_root (page);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  guint32 way[DEPTH_LIMIT];
  guint n = 0;
  GVariant *indexes;

  if (focus == NULL || focus == page || !gtk_widget_is_ancestor (focus, page))
    return NULL;
  focus = outside_menus (focus, page);
  for (GtkWidget *w = focus; w != page && n < DEPTH_LIMIT; w = gtk_widget_get_parent (w))
    way[n++] = index_of (w);
  if (n == DEPTH_LIMIT)
    return NULL;
  indexes = g_variant_new_fixed_array (G_VARIANT_TYPE_UINT32, way, n, sizeof *way);
  return g_variant_new ("(@aus)", indexes, G_OBJECT_TYPE_NAME (focus));
}

static GtkWidget *
nth_child (GtkWidget *parent, guint n)
{
  GtkWidget *child = gtk_widget_get_first_child (parent);

  for (; n > 0 && child != NULL && gtk_widget_get_next_sibling (child) != NULL; n--)
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static GtkWidget *
follow (GtkWidget *page, GVariant *place)
{
  g_autoptr(GVariant) indexes = g_variant_get_child_value (place, 0);
  g_autoptr(GVariant) kind = g_variant_get_child_value (place, 1);
  gsize n;
  const guint32 *way = g_variant_get_fixed_array (indexes, &n, sizeof *way);
  GtkWidget *widget = page;

  while (n > 0 && widget != NULL)
    widget = nth_child (widget, way[--n]);
  if (widget == NULL || !g_str_equal (G_OBJECT_TYPE_NAME (widget),
                                      g_variant_get_string (kind, NULL)))
    return NULL;
  return widget;
}

typedef struct
{
  SanDesk            *desk;
  GVariant           *place;
  GtkEventController *keys;
  gint64              until;
  gboolean            moved;        /* somebody did */
} Search;

static void
search_free (Search *search)
{
  g_object_unref (search->desk);
  g_variant_unref (search->place);
  g_free (search);
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint keyval, guint code, GdkModifierType state,
        Search *search)
{
  search->moved = TRUE;
  return GDK_EVENT_PROPAGATE;
}

static gboolean
went_elsewhere (GtkWidget *page)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (page));

  return focus != NULL && focus != page && !gtk_widget_is_ancestor (focus, page);
}

static gboolean
tick_cb (GtkWidget *page, GdkFrameClock *clock, gpointer data)
{
  Search *search = data;
  GtkWidget *widget;

  if (!search->moved && san_desk_is_asking (search->desk) &&
      g_get_monotonic_time () < search->until)
    return G_SOURCE_CONTINUE;
  if (!search->moved && !went_elsewhere (page))
    {
      widget = follow (page, search->place);
      if (widget != NULL && gtk_widget_get_mapped (widget))
        gtk_widget_grab_focus (widget);
    }
  gtk_widget_remove_controller (page, search->keys);
  return G_SOURCE_REMOVE;
}

void
san_focus_find_place (GtkWidget *page, SanDesk *desk, GVariant *place)
{
  Search *search;

  if (place == NULL || !g_variant_is_of_type (place, G_VARIANT_TYPE (PLACE_TYPE)))
    return;
  search = g_new0 (Search, 1);
  search->desk = g_object_ref (desk);
  search->place = g_variant_ref (place);
  search->until = g_get_monotonic_time () + PATIENCE;
  search->keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (search->keys, GTK_PHASE_CAPTURE);
  g_signal_connect (search->keys, "key-pressed", G_CALLBACK (key_cb), search);
  gtk_widget_add_controller (page, search->keys);
  gtk_widget_add_tick_callback (page, tick_cb, search, (GDestroyNotify) search_free);
}

/* Bars */

static void
forget (gpointer data)
{
  GtkWidget **before = data;

  g_clear_weak_pointer (before);
  g_free (before);
}

static void
focus_cb (GtkRoot *root, GParamSpec *pspec, GtkWidget *bar)
{
  GtkWidget **before = g_object_get_data (G_OBJECT (bar), BEFORE);
  GtkWidget *focus = gtk_root_get_focus (root);

  if (focus != NULL && !gtk_widget_is_ancestor (focus, bar))
    g_set_weak_pointer (before, focus);
}

static void
root_cb (GtkWidget *bar, GParamSpec *pspec, gpointer data)
{
  GtkRoot *root = gtk_widget_get_root (bar);

  if (root == NULL)
    return;
  g_signal_connect_object (root, "notify::focus-widget", G_CALLBACK (focus_cb), bar, 0);
  focus_cb (root, NULL, bar);
}

void
san_focus_watch (GtkWidget *bar)
{
  g_object_set_data_full (G_OBJECT (bar), BEFORE, g_new0 (GtkWidget *, 1), forget);
  g_signal_connect (bar, "notify::root", G_CALLBACK (root_cb), NULL);
}

void
san_focus_give_back (GtkWidget *bar, GtkWidget *part)
{
  GtkWidget **before = g_object_get_data (G_OBJECT (bar), BEFORE);
  GtkRoot *root = gtk_widget_get_root (bar);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || (focus != part && !gtk_widget_is_ancestor (focus, part)))
    return;
  if (*before != NULL && gtk_widget_get_mapped (*before))
    gtk_widget_grab_focus (*before);
}
