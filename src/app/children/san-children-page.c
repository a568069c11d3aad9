/* san-children-page.c - all children
 *
 * The chips above choose whom it shows, the filter below them whom of those in care; both stay as
 * they were left until she locks. The search of the header filters in place, in any script and
 * spelling, and finds real names while they stay hidden. */
#include "san-children-page.h"
#include "san-children-filter.h"
#include "san-children-model.h"
#include "san-children-row.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-pages.h"
#include "san-wrap.h"
#include <adwaita.h>

struct _SanChildrenPage
{
  SanPage parent_instance;

  GtkWidget         *root;
  GtkBox            *top;
  GtkLabel          *match, *empty_words;
  GtkWidget         *empty, *empty_welcome, *empty_all;
  GtkWidget         *welcome;       /* (nullable) */
  SanChildrenFilter *filter;
  GtkScrolledWindow *scrolled;
  GtkListView       *list;

  SanChildrenModel  *model;
  GtkWidget         *chips[3];       /* borrowed: in care, follow-up, closed */
  char              *search;
  SanRollChoice      choice;
  gboolean           focused, opens_first, moved;
  guint              first;          /* row that had the focus before; to be found again */
  guint              unfolding;      /* tick callback; 0: none */
};

G_DEFINE_FINAL_TYPE (SanChildrenPage, san_children_page, SAN_TYPE_PAGE)

static const SanRollKind chip_kinds[] = { SAN_ROLL_IN_CARE, SAN_ROLL_FOLLOW_UP, SAN_ROLL_CLOSED };
#define KEPT "san-children-view"         /* on the open centre: how she left this page */

/* Rows: the first ones are made at once, those in sight and a page around them a few at a time. */

#define AT_ONCE 5u
#define A_FEW   3u

static GtkWidget *
row_of (GtkWidget *cell)
{
  GtkWidget *row = gtk_widget_get_first_child (cell);

  return row != NULL && SAN_IS_CHILDREN_ROW (row) ? row : NULL;
}

/* @around: how many heights of the list beyond its edges still count. */
static gboolean
is_near (SanChildrenPage *self, GtkWidget *cell, float around)
{
  float height = (float) gtk_widget_get_height (GTK_WIDGET (self->list));
  graphene_rect_t place;

  return gtk_widget_compute_bounds (cell, GTK_WIDGET (self->list), &place) &&
         place.origin.y < (1 + around) * height &&
         place.origin.y + place.size.height > -around * height;
}

static guint
unfold_few (SanChildrenPage *self, float around)
{
  guint n = 0;

  for (GtkWidget *cell = gtk_widget_get_first_child (GTK_WIDGET (self->list));
       cell != NULL && n < A_FEW; cell = gtk_widget_get_next_sibling (cell))
    {
      GtkWidget *row = row_of (cell);

      if (row == NULL || !san_children_row_is_folded (SAN_CHILDREN_ROW (row)) ||
          !is_near (self, cell, around))
        continue;
      san_children_row_unfold (SAN_CHILDREN_ROW (row));
      n++;
    }
  return n;
}

/* Once a frame, so that none of them takes long. */
static gboolean
unfold_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  SanChildrenPage *self = SAN_CHILDREN_PAGE (widget);

  if (unfold_few (self, 0) > 0 || unfold_few (self, 1) > 0)
    return G_SOURCE_CONTINUE;
  self->unfolding = 0;
  return G_SOURCE_REMOVE;
}

static void
unfold_soon (SanChildrenPage *self)
{
  if (self->unfolding == 0)
    self->unfolding = gtk_widget_add_tick_callback (GTK_WIDGET (self), unfold_cb, NULL, NULL);
}

static void
filled_cb (SanChildrenItem *item, SanChildrenRow *row)
{
  SanChildrenPage *self =
    SAN_CHILDREN_PAGE (gtk_widget_get_ancestor (GTK_WIDGET (row), SAN_TYPE_CHILDREN_PAGE));

  san_children_row_set (row, san_children_item_get_row (item));
  if (self != NULL)
    unfold_soon (self);
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *cell, SanChildrenPage *self)
{
  gtk_list_item_set_child (cell, san_children_row_new ());
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *cell, SanChildrenPage *self)
{
  SanChildrenItem *item = gtk_list_item_get_item (cell);
  SanChildrenRow *row = SAN_CHILDREN_ROW (gtk_list_item_get_child (cell));
  guint from = self->search == NULL ? self->first : 0;

  san_children_row_set (row, san_children_item_get_row (item));
  if (gtk_list_item_get_position (cell) - from < AT_ONCE)
    san_children_row_unfold (row);
  else
    unfold_soon (self);
  g_signal_connect_object (item, "filled", G_CALLBACK (filled_cb), row, 0);
}

static void
unbind_cb (GtkListItemFactory *factory, GtkListItem *cell, SanChildrenPage *self)
{
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (cell),
                                        gtk_list_item_get_child (cell));
  san_children_row_forget (SAN_CHILDREN_ROW (gtk_list_item_get_child (cell)));
}

static void
open_nth (SanChildrenPage *self, guint position)
{
  g_autoptr(SanChildrenItem) item = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  const SanRollRow *row = item != NULL ? san_children_item_get_row (item) : NULL;
  SanId32 child;

  if (row == NULL)
    return;
  child = row->card->child;
  self->first = position;
  san_desk_go_child (san_page_get_desk (SAN_PAGE (self)), &child, NULL);
}

static void
activate_cb (GtkListView *list, guint position, SanChildrenPage *self)
{
  open_nth (self, position);
}

/* What stands above and instead of the list */

static void
set_chip (GtkWidget *chip, const char *word, guint n)
{
  /* Translators: a filter and how many it has, "In care 22" */
  g_autofree char *label = san_words_print (_("%1$s %2$u"), word, n);

  gtk_button_set_label (GTK_BUTTON (chip), label);
}

static char *
dup_empty_words (SanChildrenPage *self, const SanRoll *counts)
{
  if (self->search != NULL && *self->search != '\0')
    return san_words_print (
      _("No child fits “%s”. Try fewer letters; spelling and script do not matter."),
      self->search);
  if (counts->n_in_care + counts->n_follow_up + counts->n_closed == 0)
    return g_strdup (_(
      "No children yet. When the first child arrives, welcome her here. Two minutes are enough."));
  return g_strdup (san_roll_choice_is_narrow (&self->choice)
                     ? _("Nobody in care fits what is chosen above.")
                     : _("Nobody stands in this list now."));
}

static void
show_match (SanChildrenPage *self, const SanRoll *counts)
{
  gboolean searched = self->search != NULL && *self->search != '\0';
  guint all =
    searched ? counts->n_in_care + counts->n_follow_up + counts->n_closed : counts->n_in_care;
  g_autofree char *text = san_words_print (
    ngettext ("%1$u of %2$u matches", "%1$u of %2$u match", counts->n_match), counts->n_match, all);

  gtk_label_set_label (self->match, text);
  gtk_widget_set_visible (
    GTK_WIDGET (self->match),
    counts->n_match > 0 && (searched || san_roll_choice_is_narrow (&self->choice)));
}

static GtkWidget *
find_cell (SanChildrenPage *self, guint position)
{
  g_autoptr(SanChildrenItem) item = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  const SanRollRow *wanted = item != NULL ? san_children_item_get_row (item) : NULL;

  for (GtkWidget *cell = gtk_widget_get_first_child (GTK_WIDGET (self->list));
       cell != NULL && wanted != NULL; cell = gtk_widget_get_next_sibling (cell))
    {
      GtkWidget *row = row_of (cell);

      if (row != NULL && san_children_row_is_about (SAN_CHILDREN_ROW (row), wanted))
        return cell;
    }
  return NULL;
}

/* The list moves only to what it has given a place, after its first layout; the row that it moved
 * to takes the focus when it has been read, unless she went elsewhere meanwhile. */
static gboolean
find_again_cb (GtkWidget *list, GdkFrameClock *clock, gpointer data)
{
  SanChildrenPage *self = data;
  GtkWidget *cell;

  if (gtk_widget_get_height (list) <= 0)
    return G_SOURCE_CONTINUE;
  if (!self->moved)
    {
      self->moved = TRUE;
      return gtk_widget_activate_action (list, "list.scroll-to-item", "u", self->first);
    }
  if (self->search != NULL || gtk_widget_get_focus_child (list) != NULL)
    return G_SOURCE_REMOVE;
  cell = find_cell (self, self->first);
  return cell == NULL || !gtk_widget_grab_focus (cell);
}

static void
settle (SanChildrenPage *self, const SanRoll *counts)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  gboolean elsewhere = focus != NULL && GTK_IS_TEXT (focus);

  if (self->opens_first && counts->n_match > 0)
    {
      self->opens_first = FALSE;
      open_nth (self, 0);
      return;
    }
  self->opens_first = FALSE;
  if (!self->focused && !elsewhere && counts->n_match > 0)
    {
      self->first = MIN (self->first, counts->n_match - 1);
      if (self->first == 0)
        gtk_widget_grab_focus (GTK_WIDGET (self->list));
      else
        gtk_widget_add_tick_callback (GTK_WIDGET (self->list), find_again_cb, self, NULL);
    }
  self->focused = TRUE;
}

static void
counted_cb (SanChildrenModel *model, SanChildrenPage *self)
{
  const SanRoll *counts = san_children_model_get_counts (model);
  g_autofree char *words = dup_empty_words (self, counts);

  set_chip (self->chips[0], _("In care"), counts->n_in_care);
  set_chip (self->chips[1], _("Follow-up"), counts->n_follow_up);
  set_chip (self->chips[2], _("Closed"), counts->n_closed);
  gtk_label_set_label (self->empty_words, words);
  gtk_widget_set_visible (self->empty, counts->n_match == 0);
  gtk_widget_set_visible (self->empty_all,
                          self->search == NULL && san_roll_choice_is_narrow (&self->choice));
  gtk_widget_set_visible (self->empty_welcome, self->search == NULL && counts->n_in_care == 0 &&
                                                 san_pages_find ("admit") != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->filter), counts->n_in_care + counts->n_match > 0);
  if (self->welcome != NULL)
    gtk_widget_set_visible (self->welcome,
                            counts->n_match > 0 || !gtk_widget_get_visible (self->empty_welcome));
  if (counts->n_match == 0 && self->search == NULL && gtk_widget_get_visible (self->empty_welcome))
    gtk_widget_grab_focus (self->empty_welcome);      /* the list that had it is gone */
  gtk_widget_set_visible (GTK_WIDGET (self->scrolled), counts->n_match > 0);
  show_match (self, counts);
  settle (self, counts);
}

/* Choosing */

/* Which list, which row, and the answers of the filter: only numbers. */
static GVariant *
dup_view (SanPage *page)
{
  SanChildrenPage *self = SAN_CHILDREN_PAGE (page);

  return g_variant_new ("(uuuuuu)", (guint) self->choice.kind,
                        self->search == NULL ? self->first : 0, (guint) self->choice.age,
                        (guint) self->choice.alert, (guint) self->choice.due,
                        (guint) self->choice.sort);
}

static void
ask (SanChildrenPage *self)
{
  SanCentre *centre = san_page_get_centre (SAN_PAGE (self));

  if (self->model == NULL)
    return;
  if (centre != NULL)
    g_object_set_data_full (G_OBJECT (centre), KEPT,
                            g_variant_ref_sink (dup_view (SAN_PAGE (self))),
                            (GDestroyNotify) g_variant_unref);
  san_children_model_ask (self->model, self->search, &self->choice);
}

static gboolean
is_of_care (SanRollKind kind)
{
  return kind != SAN_ROLL_FOLLOW_UP && kind != SAN_ROLL_CLOSED;
}

static void
chip_cb (GtkToggleButton *chip, SanChildrenPage *self)
{
  if (!gtk_toggle_button_get_active (chip))
    return;
  san_children_filter_get (self->filter, &self->choice);
  for (guint i = 1; i < G_N_ELEMENTS (chip_kinds); i++)
    if (self->chips[i] == GTK_WIDGET (chip))
      self->choice.kind = chip_kinds[i];
  gtk_widget_set_visible (GTK_WIDGET (self->filter), is_of_care (self->choice.kind));
  self->first = 0;
  ask (self);
}

static void
filter_cb (SanChildrenPage *self)
{
  if (!is_of_care (self->choice.kind))
    return;
  san_children_filter_get (self->filter, &self->choice);
  self->first = 0;
  ask (self);
}

static void
show_all_cb (SanChildrenPage *self)
{
  self->choice = (SanRollChoice) { .kind = SAN_ROLL_IN_CARE };
  san_children_filter_set (self->filter, &self->choice);
  self->focused = FALSE;
  ask (self);
}

static void
add_top (SanChildrenPage *self, GtkWidget *widget)
{
  gtk_box_append (self->top, widget);
}

static void
add_chips (SanChildrenPage *self)
{
  GtkWidget *box = san_line_new (0);

  gtk_widget_add_css_class (box, "linked");
  for (guint i = 0; i < G_N_ELEMENTS (self->chips); i++)
    {
      self->chips[i] = gtk_toggle_button_new ();
      if (i > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->chips[i]),
                                     GTK_TOGGLE_BUTTON (self->chips[0]));
      gtk_box_append (GTK_BOX (box), self->chips[i]);
    }
  set_chip (self->chips[0], _("In care"), 0);
  set_chip (self->chips[1], _("Follow-up"), 0);
  set_chip (self->chips[2], _("Closed"), 0);
  add_top (self, box);
}

static void
add_welcome (SanChildrenPage *self)
{
  GtkWidget *button = gtk_button_new_with_label (_("Welcome a child"));

  if (san_pages_find ("admit") == NULL)
    {
      g_object_ref_sink (button);
      g_object_unref (button);
      return;
    }
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.go");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", "admit");
  gtk_widget_set_tooltip_text (button, "Ctrl+N");
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_set_hexpand (button, TRUE);        /* at the end of the line */
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  self->welcome = button;
  add_top (self, button);
}

/* As a page */

/* As the way remembers it, else as she left it since she unlocked. */
static void
find_view (SanChildrenPage *self, GVariant *view)
{
  guint kind, age, alert, due, sort;

  if (view == NULL)
    view = g_object_get_data (G_OBJECT (san_page_get_centre (SAN_PAGE (self))), KEPT);
  if (view == NULL || !g_variant_is_of_type (view, G_VARIANT_TYPE ("(uuuuuu)")))
    return;
  g_variant_get (view, "(uuuuuu)", &kind, &self->first, &age, &alert, &due, &sort);
  if (kind > SAN_ROLL_MINE || age >= SAN_ROLL_N_AGES || alert >= SAN_ROLL_N_ALERTS ||
      due >= SAN_ROLL_N_DUES || sort >= SAN_ROLL_N_SORTS)
    return;
  self->choice = (SanRollChoice) { (SanRollKind) kind, (SanRollAge) age, (SanRollAlert) alert,
                                  (SanRollDue) due, (SanRollSort) sort };
}

static void
start (SanPage *page)
{
  SanChildrenPage *self = SAN_CHILDREN_PAGE (page);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSelectionModel *selection;
  const SanStop *stop = san_page_get_stop (page);
  GtkAdjustment *scroll;

  san_page_set_title (page, _("Children"));
  find_view (self, stop->view);
  for (guint i = 0; i < G_N_ELEMENTS (chip_kinds); i++)
    gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (self->chips[i]),
      chip_kinds[i] == self->choice.kind || (i == 0 && is_of_care (self->choice.kind)));
  san_children_filter_set (self->filter, &self->choice);
  gtk_widget_set_visible (GTK_WIDGET (self->filter), is_of_care (self->choice.kind));
  for (guint i = 0; i < G_N_ELEMENTS (self->chips); i++)
    g_signal_connect (self->chips[i], "toggled", G_CALLBACK (chip_cb), self);
  g_signal_connect_swapped (self->filter, "changed", G_CALLBACK (filter_cb), self);
  self->model = san_children_model_new (san_page_get_desk (page), GTK_WIDGET (self));
  g_signal_connect_object (self->model, "counted", G_CALLBACK (counted_cb), self, 0);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  selection =
    GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->model))));
  gtk_list_view_set_model (self->list, selection);
  gtk_list_view_set_factory (self->list, factory);
  g_signal_connect (self->list, "activate", G_CALLBACK (activate_cb), self);
  g_object_unref (selection);
  g_object_unref (factory);
  scroll = gtk_scrolled_window_get_vadjustment (self->scrolled);
  g_signal_connect_object (scroll, "value-changed", G_CALLBACK (unfold_soon), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (scroll, "changed", G_CALLBACK (unfold_soon), self, G_CONNECT_SWAPPED);
  ask (self);
}

static void
refresh (SanPage *page)
{
  san_children_model_reload (SAN_CHILDREN_PAGE (page)->model);
}

static void
find (SanPage *page, const char *text)
{
  SanChildrenPage *self = SAN_CHILDREN_PAGE (page);

  if (g_strcmp0 (self->search != NULL ? self->search : "", text) == 0)
    return;
  g_free (self->search);
  self->search = *text != '\0' ? g_strdup (text) : NULL;
  gtk_widget_set_sensitive (GTK_WIDGET (self->top), self->search == NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->filter), self->search == NULL);
  ask (self);
}

static void
find_enter (SanPage *page)
{
  SanChildrenPage *self = SAN_CHILDREN_PAGE (page);

  if (san_children_model_get_counts (self->model) == NULL)
    self->opens_first = TRUE;              /* as soon as the hits are there */
  else
    open_nth (self, 0);
}

static GtkWidget *
first_focus (SanPage *page)
{
  SanChildrenPage *self = SAN_CHILDREN_PAGE (page);

  return gtk_widget_get_visible (GTK_WIDGET (self->empty))
           ? GTK_WIDGET (self->empty_welcome) : GTK_WIDGET (self->list);
}

static void
san_children_page_dispose (GObject *object)
{
  SanChildrenPage *self = SAN_CHILDREN_PAGE (object);

  if (self->model != NULL)
    san_children_model_detach (self->model);
  if (self->list != NULL)
    {
      gtk_list_view_set_model (self->list, NULL);
      gtk_list_view_set_factory (self->list, NULL);
    }
  g_clear_object (&self->model);
  g_clear_pointer (&self->search, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), SAN_TYPE_CHILDREN_PAGE);
  G_OBJECT_CLASS (san_children_page_parent_class)->dispose (object);
}

static void
san_children_page_class_init (SanChildrenPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = san_children_page_dispose;
  SAN_PAGE_CLASS (klass)->start = start;
  SAN_PAGE_CLASS (klass)->refresh = refresh;
  SAN_PAGE_CLASS (klass)->dup_view = dup_view;
  SAN_PAGE_CLASS (klass)->finds_focus = TRUE;
  SAN_PAGE_CLASS (klass)->find = find;
  SAN_PAGE_CLASS (klass)->find_enter = find_enter;
  SAN_PAGE_CLASS (klass)->first_focus = first_focus;
  SAN_PAGE_CLASS (klass)->help = "children";
  g_type_ensure (SAN_TYPE_CHILDREN_FILTER);
  g_type_ensure (SAN_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAN_RESOURCE_UI "san-children-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SanChildrenPage, root);
  gtk_widget_class_bind_template_child (widget_class, SanChildrenPage, top);
  gtk_widget_class_bind_template_child (widget_class, SanChildrenPage, match);
  gtk_widget_class_bind_template_child (widget_class, SanChildrenPage, empty);
  gtk_widget_class_bind_template_child (widget_class, SanChildrenPage, empty_words);
  gtk_widget_class_bind_template_child (widget_class, SanChildrenPage, empty_welcome);
  gtk_widget_class_bind_template_child (widget_class, SanChildrenPage, empty_all);
  gtk_widget_class_bind_template_child (widget_class, SanChildrenPage, filter);
  gtk_widget_class_bind_template_callback (widget_class, show_all_cb);
  gtk_widget_class_bind_template_child (widget_class, SanChildrenPage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, SanChildrenPage, list);
}

static void
san_children_page_init (SanChildrenPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_chips (self);
  add_welcome (self);
}
