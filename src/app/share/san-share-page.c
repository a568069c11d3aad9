/* san-share-page.c - sharing one child with one other centre: to whom, what, how it looks, sign
 *
 * One page, read from top to bottom; the last card says in sentences what they will read, and only
 * then comes the button. What she does not read herself waits for somebody who does. */
#include "san-share-page.h"
#include "san-child-tag.h"
#include "san-drop-down.h"
#include "san-i18n.h"
#include "san-lines.h"
#include "san-partners.h"
#include <adwaita.h>

#define N_PARTS 5u                  /* compartments of a child: all but the staff's */

struct _SanSharePage
{
  SanPage parent_instance;

  GtkWidget *root, *place;
  GtkWidget *who, *to, *preview, *sign, *told;
  GtkWidget *parts[N_PARTS];
  GtkWidget *only_read, *history;
  GPtrArray *children;              /* SanChildRow, where a child has to be chosen */
  GPtrArray *partners;              /* SanPartnerRow */
  SanId32    child;                 /* zero: not chosen yet */
  int        partner;               /* -1: not chosen yet */
};

G_DEFINE_FINAL_TYPE (SanSharePage, san_share_page, SAN_TYPE_PAGE)

static const struct { const char *what, *readers, *holder; } parts[N_PARTS] = {
  { N_("Alias, sign and bed, and what everybody in the house reads"),
    N_("Everybody who works there will read it. It always goes along."), NULL },
  { N_("Name, family, orders and plan"),
    N_("Their superintendent, counsellors, case workers and legal officers will read it."),
    N_("It waits until somebody here who reads it confirms.") },
  { N_("Counselling notes and scores"), N_("Their counsellors will read them."),
    N_("It waits until one of our counsellors confirms.") },
  { N_("Health notes"), N_("Their nurses and those who read health notes there will read them."),
    N_("It waits until our nurse confirms.") },
  { N_("Court notes"),
    N_("Their legal officers and those who read court notes there will read them."),
    N_("It waits until our legal officer confirms.") },
};

typedef struct { GPtrArray *children, *partners; } Facts;
typedef struct { SanId32 child; char *to; guint mask; gboolean read_only, history; } Order;

static void
facts_free (Facts *facts)
{
  g_clear_pointer (&facts->children, g_ptr_array_unref);
  g_clear_pointer (&facts->partners, g_ptr_array_unref);
  g_free (facts);
}

static void
order_free (Order *order)
{
  g_free (order->to);
  g_free (order);
}

static SanDesk *
desk (SanSharePage *self)
{
  return san_page_get_desk (SAN_PAGE (self));
}

static guint
get_mask (SanSharePage *self)
{
  guint mask = 1u << SAN_COMPARTMENT_HOUSE;

  for (guint c = 1; c < N_PARTS; c++)
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (self->parts[c])))
      mask |= 1u << c;
  return mask;
}

/* --- signing --- */

static gpointer
share (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  const Order *order = input;
  SanId32 id;
  guint pending = 0;

  if (!san_share (centre, &order->child, order->to, order->mask, order->read_only, order->history,
                  &id, &pending, error))
    return NULL;
  return g_memdup2 (&pending, sizeof pending);
}

static void
shared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanSharePage *self = SAN_SHARE_PAGE (source);
  g_autoptr(SanDesk) held = g_object_ref (desk (self));
  g_autoptr(GError) error = NULL;
  g_autofree guint *pending = san_worker_run_finish (result, &error);
  g_autofree char *waits = NULL;

  if (pending == NULL)
    {
      san_desk_complain (held, error);
      return;
    }
  waits =
    *pending > 0
      ? san_words_print (
          ngettext (
            "Signed. It goes with the next exchange; %u part waits for somebody who reads it.",
            "Signed. It goes with the next exchange; %u parts wait for somebody who reads them.",
            *pending),
          *pending)
      : g_strdup (_("Signed. It goes with the next exchange."));
  san_desk_toast (held, waits);
  san_desk_changed (held);
  san_desk_back (held);
}

static void
sign_cb (SanSharePage *self)
{
  Order *order;

  if (self->partner < 0 || san_id32_is_zero (&self->child) ||
      !gtk_check_button_get_active (GTK_CHECK_BUTTON (self->told)))
    return;
  order = g_new0 (Order, 1);
  order->child = self->child;
  order->to =
    san_id32_to_text (&((const SanPartnerRow *) self->partners->pdata[self->partner])->id);
  order->mask = get_mask (self);
  order->read_only = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->only_read));
  order->history = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->history));
  gtk_widget_set_sensitive (self->sign, FALSE);
  san_desk_ask (desk (self), GTK_WIDGET (self), share, order, (GDestroyNotify) order_free, g_free,
                shared_cb, NULL);
}

/* --- what they will see --- */

static void
add_sentence (SanSharePage *self, const char *icon, const char *css, const char *first,
              const char *second)
{
  gtk_box_append (GTK_BOX (self->preview), san_line_row (icon, first, second, css));
}

static void
show_preview (SanSharePage *self)
{
  guint mask = get_mask (self);
  const SanPartnerRow *partner =
    self->partner >= 0 ? g_ptr_array_index (self->partners, (guint) self->partner) : NULL;
  g_autofree char *writes = NULL;

  san_lines_clear (self->preview);
  gtk_widget_set_sensitive (self->sign,
                            partner != NULL && !san_id32_is_zero (&self->child) &&
                              gtk_check_button_get_active (GTK_CHECK_BUTTON (self->told)));
  if (partner == NULL || san_id32_is_zero (&self->child))
    {
      add_sentence (self, "dialog-question-symbolic", "san-quiet",
                    _("Choose the child and the centre first."), NULL);
      return;
    }
  writes = g_strdup_printf (gtk_check_button_get_active (GTK_CHECK_BUTTON (self->only_read))
                              ? _("%s will read it and cannot write. The child stays yours.")
                              : _("%s will read it and write too. The child stays yours."),
                            partner->label);
  add_sentence (self, "emblem-shared-symbolic", "san-due", writes,
                gtk_check_button_get_active (GTK_CHECK_BUTTON (self->history))
                  ? _("What was written before goes along.")
                  : _("Only what is written from now on."));
  for (guint c = 0; c < N_PARTS; c++)
    if (mask & (1u << c))
      add_sentence (self, "emblem-ok-symbolic", "san-done", _(parts[c].what), _(parts[c].readers));
  for (guint c = 1; c < N_PARTS; c++)
    if (!(mask & (1u << c)))
      add_sentence (self, "changes-prevent-symbolic", "san-quiet", _(parts[c].what),
                    _("Stays here."));
  add_sentence (
    self, "dialog-warning-symbolic", "san-overdue",
    _("What they have read they keep. It can be stopped for later notes, not taken back."), NULL);
}

/* --- choosing --- */

static void
child_cb (GtkDropDown *drop, GParamSpec *pspec, SanSharePage *self)
{
  guint at = gtk_drop_down_get_selected (drop);

  self->child = at > 0 && at <= self->children->len
                  ? ((const SanChildRow *) self->children->pdata[at - 1])->id
                  : san_id32_zero;
  show_preview (self);
}

static void
show_chosen (SanSharePage *self, const SanChildRow *row)
{
  GtkWidget *tag = san_child_tag_new ();

  san_child_tag_show (SAN_CHILD_TAG (tag), desk (self), row->alias, row->sign, row->bed);
  gtk_box_append (GTK_BOX (self->who), tag);
}

static void
show_who (SanSharePage *self)
{
  g_autoptr(GtkStringList) words = gtk_string_list_new (NULL);
  GtkWidget *drop;

  san_lines_clear (self->who);
  for (guint i = 0; i < self->children->len; i++)
    if (san_id32_equal (&((const SanChildRow *) self->children->pdata[i])->id, &self->child))
      {
        show_chosen (self, self->children->pdata[i]);
        return;
      }
  gtk_string_list_append (words, _("Choose a child"));
  for (guint i = 0; i < self->children->len; i++)
    {
      const SanChildRow *row = g_ptr_array_index (self->children, i);
      g_autofree char *tag = san_child_tag_dup_words (row->alias, row->bed);

      gtk_string_list_append (words, tag);
    }
  drop = gtk_drop_down_new (G_LIST_MODEL (g_object_ref (words)), NULL);
  gtk_widget_set_halign (drop, GTK_ALIGN_START);
  san_drop_down_name (GTK_DROP_DOWN (drop), _("Which child"));
  g_signal_connect (drop, "notify::selected", G_CALLBACK (child_cb), self);
  gtk_box_append (GTK_BOX (self->who), drop);
}

static void
partner_cb (GtkCheckButton *button, SanSharePage *self)
{
  int i = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "i"));

  if (gtk_check_button_get_active (button))
    self->partner = i;
  else if (self->partner == i)
    self->partner = -1;
  show_preview (self);
}

static void
pair_cb (SanSharePage *self)
{
  san_desk_go_page (desk (self), "pair");
}

static void
show_partners (SanSharePage *self)
{
  GtkWidget *first = NULL;

  san_lines_clear (self->to);
  for (guint i = 0; i < self->partners->len; i++)
    {
      const SanPartnerRow *row = g_ptr_array_index (self->partners, i);
      GtkWidget *check = san_line_check (row->label, NULL);

      g_object_set_data (G_OBJECT (check), "i", GINT_TO_POINTER ((int) i));
      if (first != NULL)
        gtk_check_button_set_group (GTK_CHECK_BUTTON (check), GTK_CHECK_BUTTON (first));
      else
        first = check;
      g_signal_connect (check, "toggled", G_CALLBACK (partner_cb), self);
      gtk_box_append (GTK_BOX (self->to), check);
    }
  if (first != NULL)
    {
      gtk_check_button_set_active (GTK_CHECK_BUTTON (first), self->partners->len == 1);
      return;
    }
  gtk_box_append (
    GTK_BOX (self->to),
    san_line_label (_("No other centre yet. Pairing takes 4 minutes and one phone call."),
                    "san-quiet"));
  first = san_line_button (_("Pair with a centre"), NULL);
  gtk_widget_set_halign (first, GTK_ALIGN_START);
  g_signal_connect_swapped (first, "clicked", G_CALLBACK (pair_cb), self);
  gtk_box_append (GTK_BOX (self->to), first);
}

/* --- the page --- */

static gpointer
list (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  Facts *facts = g_new0 (Facts, 1);

  facts->children = san_child_list (centre, NULL, NULL, error);
  facts->partners = facts->children != NULL ? san_centre_list_partners (centre, error) : NULL;
  if (facts->partners != NULL)
    return facts;
  facts_free (facts);
  return NULL;
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanSharePage *self = SAN_SHARE_PAGE (source);
  g_autoptr(GError) error = NULL;
  Facts *facts = san_worker_run_finish (result, &error);

  if (facts == NULL)
    {
      san_desk_complain (desk (self), error);
      return;
    }
  self->children = g_steal_pointer (&facts->children);
  self->partners = g_steal_pointer (&facts->partners);
  facts_free (facts);
  show_who (self);
  show_partners (self);
  show_preview (self);
  san_page_grab_first_focus (SAN_PAGE (self));
}

/* What is asked first: who, and if that is told already, with whom. */
static GtkWidget *
first_focus (SanPage *page)
{
  SanSharePage *self = SAN_SHARE_PAGE (page);

  if (self->children == NULL)
    return NULL;
  if (san_id32_is_zero (&self->child))
    return gtk_widget_get_first_child (self->who);
  return self->partners->len > 0 ? gtk_widget_get_first_child (self->to)
                                 : gtk_widget_get_last_child (self->to);
}

static void
add_parts (SanSharePage *self)
{
  GtkWidget *lines;

  gtk_box_append (GTK_BOX (self->place), san_line_card (_("3 What may they read?"), &lines));
  for (guint c = 0; c < N_PARTS; c++)
    {
      gboolean mine = san_centre_can_read (san_page_get_centre (SAN_PAGE (self)), c);
      g_autofree char *more =
        mine || parts[c].holder == NULL
          ? g_strdup (_(parts[c].readers))
          : g_strdup_printf ("%s %s", _(parts[c].readers), _(parts[c].holder));

      if (c == SAN_COMPARTMENT_HOUSE)   /* nothing to choose */
        {
          gtk_box_append (GTK_BOX (lines),
                          san_line_row ("emblem-ok-symbolic", _(parts[c].what), more, "san-done"));
          gtk_widget_add_css_class (gtk_widget_get_last_child (lines), "san-as-check");
          continue;
        }
      self->parts[c] = san_line_check (_(parts[c].what), more);
      gtk_check_button_set_active (GTK_CHECK_BUTTON (self->parts[c]), c <= SAN_COMPARTMENT_CASE);
      g_signal_connect_swapped (self->parts[c], "toggled", G_CALLBACK (show_preview), self);
      gtk_box_append (GTK_BOX (lines), self->parts[c]);
    }
  self->history = san_line_check (_("What was written before, too"),
                              _("Without it they see only what is written from now on."));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->history), TRUE);
  self->only_read = san_line_check (
    _("They only read"), _("Without it both centres write. The child stays yours either way."));
  g_signal_connect_swapped (self->history, "toggled", G_CALLBACK (show_preview), self);
  g_signal_connect_swapped (self->only_read, "toggled", G_CALLBACK (show_preview), self);
  gtk_box_append (GTK_BOX (lines), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (lines), self->history);
  gtk_box_append (GTK_BOX (lines), self->only_read);
}

static void
add_end (SanSharePage *self)
{
  GtkWidget *lines;

  gtk_box_append (GTK_BOX (self->place), san_line_card (_("4 Has the child been told?"), &lines));
  self->told =
    san_line_check (_("Yes, and what the child said is written in the notes"),
                _("Say what goes there and why, before it goes. The child may say no."));
  g_signal_connect_swapped (self->told, "toggled", G_CALLBACK (show_preview), self);
  gtk_box_append (GTK_BOX (lines), self->told);
  gtk_box_append (GTK_BOX (self->place),
                  san_line_card (_("5 This is what they will see"), &self->preview));
  self->sign = san_line_button (_("Share and sign"), NULL);
  gtk_widget_add_css_class (self->sign, "suggested-action");
  gtk_widget_set_halign (self->sign, GTK_ALIGN_END);
  g_signal_connect_swapped (self->sign, "clicked", G_CALLBACK (sign_cb), self);
  gtk_box_append (GTK_BOX (self->place), self->sign);
}

static void
start (SanPage *page)
{
  SanSharePage *self = SAN_SHARE_PAGE (page);

  san_page_set_title (page, _("Share a child"));
  if (!san_centre_is_superintendent (san_page_get_centre (page)))
    {
      gtk_box_append (
        GTK_BOX (self->place),
        san_line_label (_("Only the superintendent shares a child with another centre."), NULL));
      return;
    }
  self->child = san_page_get_stop (page)->child;
  self->partner = -1;
  gtk_box_append (GTK_BOX (self->place), san_line_card (_("1 Who"), &self->who));
  gtk_box_append (GTK_BOX (self->place), san_line_card (_("2 With which centre?"), &self->to));
  add_parts (self);
  add_end (self);
  gtk_widget_set_sensitive (self->sign, FALSE);
  san_desk_ask (desk (self), GTK_WIDGET (self), list, NULL, NULL, (GDestroyNotify) facts_free,
                listed_cb, NULL);
}

static void
finish (SanPage *page)
{
  SanSharePage *self = SAN_SHARE_PAGE (page);

  if (self->sign != NULL && gtk_widget_get_sensitive (self->sign))
    sign_cb (self);
}

static void
san_share_page_dispose (GObject *object)
{
  SanSharePage *self = SAN_SHARE_PAGE (object);

  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_clear_pointer (&self->partners, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), SAN_TYPE_SHARE_PAGE);
  G_OBJECT_CLASS (san_share_page_parent_class)->dispose (object);
}

static void
san_share_page_class_init (SanSharePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = san_share_page_dispose;
  SAN_PAGE_CLASS (klass)->start = start;
  SAN_PAGE_CLASS (klass)->first_focus = first_focus;
  SAN_PAGE_CLASS (klass)->finish = finish;
  SAN_PAGE_CLASS (klass)->help = "share";
  gtk_widget_class_set_template_from_resource (widget_class, SAN_RESOURCE_UI "san-share-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SanSharePage, root);
  gtk_widget_class_bind_template_child (widget_class, SanSharePage, place);
}

static void
san_share_page_init (SanSharePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
