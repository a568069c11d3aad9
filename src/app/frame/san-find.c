/* san-find.c - the search of the header
 *
 * Real names are found while they stay hidden: the row then says "found by name". Who does not
 * read names finds by alias alone; the core sees to that. */
#include "san-find.h"
#include "san-child-tag.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-pages.h"
#include "san-records.h"

#define HITS  8u

struct _SanFind
{
  GtkWidget parent_instance;

  GtkWidget   *entry;
  GtkPopover  *popover;
  GtkLabel    *words;               /* what it is for, or that nothing fits */
  GtkListBox  *hits;
  SanDesk     *desk;
  SanPage     *page;                /* borrowed (nullable) */
  guint        serial;
  guint        asked, found;        /* hash of the text asked for; of that which the hits are of */
  gboolean     opens_first;         /* Enter was pressed before the hits came */
};

G_DEFINE_FINAL_TYPE (SanFind, san_find, GTK_TYPE_WIDGET)


static gboolean
filters_in_place (SanFind *self)
{
  return self->page != NULL && SAN_PAGE_GET_CLASS (self->page)->find != NULL;
}

static const char *
get_text (SanFind *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

static void
clear_hits (SanFind *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->hits, 0)) != NULL)
    gtk_list_box_remove (self->hits, GTK_WIDGET (row));
}

static void
close_hits (SanFind *self)
{
  self->serial++;
  self->opens_first = FALSE;
  gtk_popover_popdown (self->popover);
  clear_hits (self);
}

static void
clear (SanFind *self)
{
  close_hits (self);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
}

/* Hits */

static GtkWidget *
add_hit (SanFind *self, GtkWidget *picture, const char *words, const char *how)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = san_line_new (9);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", words, "wrap", TRUE, "xalign", 0.0,
                                   "hexpand", TRUE, NULL);
  GtkWidget *quiet = g_object_new (GTK_TYPE_LABEL, "label", how, "wrap", TRUE, "xalign", 1.0,
                                   "natural-wrap-mode", GTK_NATURAL_WRAP_NONE, NULL);
  g_autofree char *spoken = san_words_print (_("%1$s. %2$s."), words, how);

  gtk_widget_add_css_class (quiet, "san-quiet");
  gtk_widget_add_css_class (row, "san-row");
  gtk_box_append (GTK_BOX (line), picture);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), quiet);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_list_box_append (self->hits, row);
  return row;
}

static const char *
how_found (const SanChildRow *row)
{
  if (row->found_by != NULL && g_str_equal (row->found_by, "name"))
    return _("found by name");
  return _("found by alias");
}

static void
add_children (SanFind *self, GPtrArray *rows)
{
  for (guint i = 0; i < MIN (rows->len, HITS); i++)
    {
      const SanChildRow *found = g_ptr_array_index (rows, i);
      g_autofree char *tag = san_child_tag_dup_words (found->alias, found->bed);
      GtkWidget *row = add_hit (self, san_sign_disc_new (found->sign, found->alias, 20), tag,
                                how_found (found));

      g_object_set_data_full (G_OBJECT (row), "child", san_id32_copy (&found->id), g_free);
    }
}

static gboolean
role_has_page (SanFind *self, const char *page)
{
  SanCentre *centre = san_desk_get_centre (self->desk);
  g_auto(GStrv) roles = g_strsplit (san_centre_get_role (centre), "+", -1);

  for (guint r = 0; roles[r] != NULL; r++)
    {
      const SanRole *role = san_catalogue_find_role (san_centre_get_catalogue (centre), roles[r]);

      for (guint i = 0; role != NULL && i < role->n_pages; i++)
        if (g_str_equal (role->pages[i], page))
          return TRUE;
    }
  return FALSE;
}

static void
add_page (SanFind *self, const char *page, const char *icon, const char *words, const char *text)
{
  GtkWidget *row;

  if (!g_str_match_string (text, words, TRUE))
    return;
  row = add_hit (self, gtk_image_new_from_icon_name (icon), words, _("page"));
  g_object_set_data (G_OBJECT (row), "page", (gpointer) page);
}

/* Those of the sidebar, and those that stand behind one of them. */
static void
add_pages (SanFind *self, const char *text)
{
  static const struct { const char *page, *icon, *words, *of; gboolean superintendent;
  } further[] = {
    { "admit", "list-add-symbolic", N_("Welcome a child"), "today", FALSE },
    { "my-page", "user-info-symbolic", N_("My page"), NULL, FALSE },
    { "pair", "call-start-symbolic", N_("Pair with a centre or laptop"), "exchange", TRUE },
    { "preferences", "emblem-system-symbolic", N_("Preferences"), NULL, FALSE },
    { "share", "emblem-shared-symbolic", N_("Share a child"), "exchange", TRUE },
    { "shortcuts", "input-keyboard-symbolic", N_("Keys"), NULL, FALSE },
  };
  gboolean superintendent = san_centre_is_superintendent (san_desk_get_centre (self->desk));
  guint n;
  const SanPageKind *kinds = san_pages_list (&n);

  for (guint i = 0; i < n; i++)
    if (kinds[i].label != NULL && role_has_page (self, kinds[i].name))
      add_page (self, kinds[i].name, kinds[i].icon, _(kinds[i].label), text);
  for (guint i = 0; i < G_N_ELEMENTS (further); i++)
    if ((superintendent || !further[i].superintendent) &&
        (further[i].of == NULL || role_has_page (self, further[i].of)))
      add_page (self, further[i].page, further[i].icon, _(further[i].words), text);
}

/* What is written about the house is offered to most roles, and has large buttons on one role's
 * Today only. */
static void
add_forms (SanFind *self, const char *text)
{
  static const char *const forms[] = { "day-note", "incident" };
  SanCentre *centre = san_desk_get_centre (self->desk);

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      const SanForm *form = san_catalogue_find_form (san_centre_get_catalogue (centre), forms[i]);
      const char *words = form != NULL
                            ? san_label_get (form->label, san_desk_get_language (self->desk))
                            : NULL;
      GtkWidget *row;

      if (words == NULL || !role_has_page (self, "today") ||
          !san_form_may_write (form, san_centre_get_role (centre)) ||
          !g_str_match_string (text, words, TRUE))
        continue;
      row = add_hit (self, gtk_image_new_from_icon_name ("document-edit-symbolic"), words,
                     _("page"));
      g_object_set_data (G_OBJECT (row), "form", (gpointer) forms[i]);
    }
}

/* A page is called by its letters; a child who only sounds like them must not stand before it. */
static void
add_hits (SanFind *self, GPtrArray *children)
{
  const SanChildRow *nearest = children->len > 0 ? children->pdata[0] : NULL;
  gboolean children_first = nearest != NULL && nearest->found_far <= 1;

  if (children_first)
    add_children (self, children);
  add_pages (self, get_text (self));
  add_forms (self, get_text (self));
  if (!children_first)
    add_children (self, children);
}

static void
open_row (SanFind *self, GtkListBoxRow *row)
{
  const char *page = g_object_get_data (G_OBJECT (row), "page");
  const char *form = g_object_get_data (G_OBJECT (row), "form");
  const SanId32 *found = g_object_get_data (G_OBJECT (row), "child");
  g_autofree SanId32 *child = found != NULL ? san_id32_copy (found) : NULL;

  clear (self);
  if (page != NULL)
    san_desk_go_page (self->desk, page);
  else if (form != NULL)
    san_desk_go_form (self->desk, form, NULL, NULL);
  else if (child != NULL)
    san_desk_go_child (self->desk, child, NULL);
}

static void
row_cb (GtkListBox *list, GtkListBoxRow *row, SanFind *self)
{
  open_row (self, row);
}

static void
say (SanFind *self, const char *words)
{
  gtk_label_set_label (self->words, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->words), words != NULL);
}

static void
say_what_for (SanFind *self)
{
  clear_hits (self);
  say (self, san_centre_can_read (san_desk_get_centre (self->desk), SAN_COMPARTMENT_CASE)
               ? _("Type the beginning of a name or a page. Real names work too; they stay "
                   "hidden. Spelling and script do not matter.")
               : _("Type the beginning of the name she is called here, or a page. Spelling and "
                   "script do not matter."));
}

static gpointer
search (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  return san_child_list (centre, input, NULL, error);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanFind *self = SAN_FIND (source);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = san_worker_run_finish (result, &error);
  GtkListBoxRow *first;

  if (GPOINTER_TO_UINT (data) != self->serial)
    return;
  if (rows == NULL)
    {
      san_desk_complain (self->desk, error);
      return;
    }
  clear_hits (self);
  self->found = self->asked;
  add_hits (self, rows);
  first = gtk_list_box_get_row_at_index (self->hits, 0);
  if (first == NULL)
    {
      g_autofree char *none = san_words_print (_("No child or page fits “%s”. Try fewer letters; "
                                                 "spelling and script do not matter."),
                                               get_text (self));

      say (self, none);
      return;
    }
  say (self, NULL);
  gtk_list_box_select_row (self->hits, first);
  if (self->opens_first)
    open_row (self, first);
}

static void
changed_cb (SanFind *self)
{
  const char *text = get_text (self);

  self->serial++;
  if (!san_desk_is_open (self->desk))
    return;
  if (filters_in_place (self))
    {
      gtk_popover_popdown (self->popover);
      SAN_PAGE_GET_CLASS (self->page)->find (self->page, text);
      return;
    }
  if (*text == '\0')
    {
      say_what_for (self);
      return;
    }
  self->asked = g_str_hash (text);
  gtk_popover_popup (self->popover);
  san_desk_ask (self->desk, GTK_WIDGET (self), search, g_strdup (text), g_free,
                (GDestroyNotify) g_ptr_array_unref, found_cb, GUINT_TO_POINTER (self->serial));
}

/* Keys */

static void
activate_cb (SanFind *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->hits);

  if (filters_in_place (self))
    {
      SAN_PAGE_GET_CLASS (self->page)->find (self->page, get_text (self));
      if (*get_text (self) != '\0')
        SAN_PAGE_GET_CLASS (self->page)->find_enter (self->page);
    }
  /* hits of fewer letters are not what she means: whoever types fast waits for her own */
  else if (row != NULL && self->found == g_str_hash (get_text (self)) &&
           gtk_widget_get_visible (GTK_WIDGET (self->popover)))
    open_row (self, row);
  else if (*get_text (self) != '\0')
    {
      self->opens_first = TRUE;
      changed_cb (self);
    }
}

static void
move (SanFind *self, int step)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->hits);
  GtkListBoxRow *next = gtk_list_box_get_row_at_index (self->hits,
                                                       row != NULL
                                                         ? gtk_list_box_row_get_index (row) + step
                                                         : 0);

  if (next != NULL)
    gtk_list_box_select_row (self->hits, next);
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint keyval, guint code, GdkModifierType state, SanFind *self)
{
  if (keyval == GDK_KEY_Escape)
    {
      clear (self);
      if (filters_in_place (self))
        SAN_PAGE_GET_CLASS (self->page)->find (self->page, "");
      if (self->page != NULL)
        san_page_grab_first_focus (self->page);
      return GDK_EVENT_STOP;
    }
  if (keyval != GDK_KEY_Down && keyval != GDK_KEY_Up)
    return GDK_EVENT_PROPAGATE;
  if (filters_in_place (self) && keyval == GDK_KEY_Down)
    san_page_grab_first_focus (self->page);
  else
    move (self, keyval == GDK_KEY_Down ? 1 : -1);
  return GDK_EVENT_STOP;
}

static void
focus_cb (SanFind *self, gboolean inside)
{
  if (!inside)
    close_hits (self);
  else if (!filters_in_place (self))
    {
      if (*get_text (self) == '\0')
        say_what_for (self);
      gtk_popover_popup (self->popover);
    }
}

static void
enter_cb (GtkEventControllerFocus *focus, SanFind *self)
{
  focus_cb (self, TRUE);
}

static void
leave_cb (GtkEventControllerFocus *focus, SanFind *self)
{
  focus_cb (self, FALSE);
}

void
san_find_focus (SanFind *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  if (focus != NULL && gtk_widget_is_ancestor (focus, self->entry))
    {
      gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
      return;
    }
  gtk_widget_grab_focus (self->entry);
}

void
san_find_set_page (SanFind *self, SanPage *page)
{
  self->page = NULL;
  clear (self);
  self->page = page;
}

void
san_find_set_narrow (SanFind *self, gboolean narrow)
{
  /* its hint is whole, or it says nothing */
  int letters = (int) g_utf8_strlen (_("Find a child, a page"), -1);

  g_object_set (self->entry, "width-chars", narrow ? MIN (letters, 22) : 22, "max-width-chars",
                narrow ? MIN (letters, 22) : 26, NULL);
}

static void
add_controllers (SanFind *self, GtkEditable *text)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (self->entry, keys);
  g_signal_connect (focus, "enter", G_CALLBACK (enter_cb), self);
  g_signal_connect (focus, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (self->entry, focus);
  g_object_set (text, "input-hints", GTK_INPUT_HINT_PRIVATE | GTK_INPUT_HINT_NO_EMOJI, NULL);
}

static void
make_popover (SanFind *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->popover = GTK_POPOVER (gtk_popover_new ());
  gtk_popover_set_autohide (self->popover, FALSE);
  gtk_popover_set_has_arrow (self->popover, FALSE);
  gtk_widget_set_halign (GTK_WIDGET (self->popover), GTK_ALIGN_START);
  self->words = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "xalign", 0.0,
                                         "max-width-chars", 44, "width-chars", 30, NULL));
  self->hits = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->hits, GTK_SELECTION_BROWSE);
  gtk_widget_set_focusable (GTK_WIDGET (self->hits), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->hits), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Found"), -1);
  g_signal_connect (self->hits, "row-activated", G_CALLBACK (row_cb), self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->words));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->hits));
  gtk_popover_set_child (self->popover, box);
  gtk_widget_set_parent (GTK_WIDGET (self->popover), GTK_WIDGET (self));
}

static void
san_find_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SanFind *self = SAN_FIND (widget);

  gtk_widget_allocate (self->entry, width, height, baseline, NULL);
  gtk_popover_present (self->popover);
}

static void
san_find_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                  int *natural, int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (SAN_FIND (widget)->entry, orientation, for_size, minimum, natural,
                      minimum_baseline, natural_baseline);
}

static void
san_find_dispose (GObject *object)
{
  SanFind *self = SAN_FIND (object);

  self->page = NULL;
  if (self->popover != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->popover));
  self->popover = NULL;
  g_clear_pointer (&self->entry, gtk_widget_unparent);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (san_find_parent_class)->dispose (object);
}

static void
san_find_class_init (SanFindClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = san_find_dispose;
  widget_class->measure = san_find_measure;
  widget_class->size_allocate = san_find_size_allocate;
}

static void
san_find_init (SanFind *self)
{
  self->entry = g_object_new (GTK_TYPE_SEARCH_ENTRY, "placeholder-text", _("Find a child, a page"),
                              "search-delay", 0, NULL);
  gtk_widget_set_parent (self->entry, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Find a child, a page"), -1);
  add_controllers (self, gtk_editable_get_delegate (GTK_EDITABLE (self->entry)));
  make_popover (self);
  san_find_set_narrow (self, FALSE);
  g_signal_connect_swapped (self->entry, "search-changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (activate_cb), self);
}

GtkWidget *
san_find_new (SanDesk *desk)
{
  SanFind *self = g_object_new (SAN_TYPE_FIND, NULL);

  self->desk = g_object_ref (desk);
  return GTK_WIDGET (self);
}
