/* san-page.c - what every page is */
#include "san-page.h"
#include "san-probe.h"

typedef struct
{
  SanDesk *desk;                    /* the window owns it and outlives its pages */
  SanStop *stop;
  char    *title;
} SanPagePrivate;

enum { TITLE_CHANGED, KEPT, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (SanPage, san_page, GTK_TYPE_WIDGET)

static SanPagePrivate *
get_private (SanPage *self)
{
  return san_page_get_instance_private (self);
}

static void
san_page_finalize (GObject *object)
{
  SanPagePrivate *priv = get_private (SAN_PAGE (object));

  g_clear_object (&priv->desk);
  g_clear_pointer (&priv->stop, san_stop_free);
  g_clear_pointer (&priv->title, g_free);
  san_probe_pages (-1);
  G_OBJECT_CLASS (san_page_parent_class)->finalize (object);
}

static void
san_page_class_init (SanPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = san_page_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  signals[TITLE_CHANGED] = g_signal_new ("title-changed", SAN_TYPE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
  signals[KEPT] = g_signal_new ("kept", SAN_TYPE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
san_page_init (SanPage *self)
{
  san_probe_pages (1);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
}

SanPage *
san_page_new (GType type, SanDesk *desk, const SanStop *stop)
{
  SanPage *self = g_object_new (type, NULL);
  SanPagePrivate *priv = get_private (self);

  priv->desk = g_object_ref (desk);
  priv->stop = san_stop_copy (stop);
  return self;
}

SanDesk *
san_page_get_desk (SanPage *self)
{
  return get_private (self)->desk;
}

const SanStop *
san_page_get_stop (SanPage *self)
{
  return get_private (self)->stop;
}

SanCentre *
san_page_get_centre (SanPage *self)
{
  return san_desk_get_centre (get_private (self)->desk);
}

void
san_page_set_title (SanPage *self, const char *title)
{
  SanPagePrivate *priv = get_private (self);

  if (g_strcmp0 (priv->title, title) == 0)
    return;
  g_free (priv->title);
  priv->title = g_strdup (title);
  g_signal_emit (self, signals[TITLE_CHANGED], 0);
}

const char *
san_page_get_title (SanPage *self)
{
  SanPagePrivate *priv = get_private (self);

  return priv->title != NULL ? priv->title : "";
}

void
san_page_set_kept (SanPage *self, const char *sentence)
{
  g_signal_emit (self, signals[KEPT], 0, sentence);
}

void
san_page_start (SanPage *self)
{
  SanPageClass *klass = SAN_PAGE_GET_CLASS (self);

  if (klass->start != NULL)
    klass->start (self);
}

void
san_page_refresh (SanPage *self)
{
  SanPageClass *klass = SAN_PAGE_GET_CLASS (self);

  if (klass->refresh != NULL)
    klass->refresh (self);
}

void
san_page_leave (SanPage *self)
{
  SanPageClass *klass = SAN_PAGE_GET_CLASS (self);

  if (klass->leave != NULL)
    klass->leave (self);
}

gboolean
san_page_act (SanPage *self, const char *act)
{
  SanPageClass *klass = SAN_PAGE_GET_CLASS (self);
  const struct { const char *name; void (*func) (SanPage *); } acts[] = {
    { "save", klass->save }, { "finish", klass->finish }, { "next", klass->next },
    { "previous", klass->previous }, { "reveal", klass->reveal }, { "access", klass->access },
  };

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (acts[i].name, act) && acts[i].func != NULL)
      {
        acts[i].func (self);
        return TRUE;
      }
  return FALSE;
}

void
san_page_grab_first_focus (SanPage *self)
{
  SanPageClass *klass = SAN_PAGE_GET_CLASS (self);
  GtkWidget *first = klass->first_focus != NULL ? klass->first_focus (self) : NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (first != NULL && focus != NULL && (focus == first || gtk_widget_is_ancestor (focus, first)))
    return;                         /* the page has set it, cursor and all */
  if (first != NULL)
    gtk_widget_grab_focus (first);
  else
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

SanStop *
san_page_dup_stop (SanPage *self)
{
  SanPageClass *klass = SAN_PAGE_GET_CLASS (self);
  SanStop *stop = san_stop_copy (get_private (self)->stop);

  if (klass->dup_view != NULL)
    san_stop_set_view (stop, klass->dup_view (self));
  return stop;
}
