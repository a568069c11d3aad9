/* san-admit-page.c - welcome a child
 *
 * What is proposed is there before anybody types; what is typed is kept as a draft within two
 * seconds; Ctrl+S saves and opens her page. While an alias or a name is typed it looks whether she
 * may have been here before. */
#include "san-admit-page.h"
#include "san-admit-fields.h"
#include "san-child-tag.h"
#include "san-column.h"
#include "san-day-words.h"
#include "san-draft-keeper.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-make-space.h"
#include "san-spoken.h"
#include "san-undo.h"

#define FORM        "welcome"
#define BACK "back" /* in a draft: the child who comes back, no question of the form */
#define KEEP_MS     1900
#define LOOK_MS     300

struct _SanAdmitPage
{
  SanPage parent_instance;

  GtkWidget      *root;
  SanAdmitFields *fields;
  GtkLabel       *title;
  GtkWidget      *before;            /* box: might she have been here before? */
  GtkWidget      *save;
  /* (nullable) held from the start: a lock takes the centre before the page leaves */
  SanDraftKeeper *keeper;
  SanId16         draft;             /* zero: none kept yet */
  SanId32         back;              /* zero: a child who is new here */
  guint           keep_timer, look_timer;
  guint           serial;            /* of the look */
  gboolean        saving, saved;
};

G_DEFINE_FINAL_TYPE (SanAdmitPage, san_admit_page, SAN_TYPE_PAGE)

static SanDesk *
desk_of (SanAdmitPage *self)
{
  return san_page_get_desk (SAN_PAGE (self));
}

/* Drafts */

static void changed_cb (SanAdmitPage *self);

static SanDraftKeeper *
dup_keeper (SanAdmitPage *self)
{
  return self->keeper != NULL ? san_draft_keeper_ref (self->keeper) : NULL;
}

static void
keep (SanAdmitPage *self)
{
  g_autoptr(SanDraftKeeper) keeper = NULL;
  g_autoptr(SanUnfinished) draft = NULL;
  g_autofree char *clock = NULL;
  g_autofree char *sentence = NULL;

  g_clear_handle_id (&self->keep_timer, g_source_remove);
  if (self->saved || !san_admit_fields_is_touched (self->fields))
    return;
  keeper = dup_keeper (self);
  if (keeper == NULL)
    return;
  draft = san_unfinished_new (FORM, NULL, NULL);
  if (!san_id16_is_zero (&self->draft))
    draft->id = self->draft;
  g_clear_pointer (&draft->typed, g_ptr_array_unref);
  draft->typed = san_admit_fields_dup_typed (self->fields);
  if (!san_id32_is_zero (&self->back))
    {
      g_autofree char *back = san_id32_to_text (&self->back);

      san_typed_list_add (draft->typed, BACK, back);
    }
  self->draft = draft->id;              /* what could not be written waits under it */
  if (!san_draft_keeper_keep (keeper, draft, NULL))
    {
      san_page_set_kept (SAN_PAGE (self),
                         _("Not kept on the disk yet; it is in memory and on screen"));
      changed_cb (self);                /* tried again, whether she types on or not */
      return;
    }
  clock = san_words_clock (san_clock_now ());
  sentence = san_words_print (_("Draft kept %s"), clock);
  san_page_set_kept (SAN_PAGE (self), sentence);
}

static gboolean
keep_cb (gpointer data)
{
  SanAdmitPage *self = data;

  self->keep_timer = 0;
  keep (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (SanAdmitPage *self)
{
  if (self->keep_timer == 0)
    self->keep_timer = g_timeout_add (KEEP_MS, keep_cb, self);
}

static void
let_go (SanAdmitPage *self)
{
  g_autoptr(SanDraftKeeper) keeper = dup_keeper (self);

  if (keeper != NULL && !san_id16_is_zero (&self->draft))
    san_draft_keeper_let_go (keeper, &self->draft, &san_id32_zero, NULL);
}

static void
say_back (SanAdmitPage *self, const char *alias)
{
  g_autofree char *title = san_words_print (_("Welcome back, %s"), alias);

  gtk_label_set_label (self->title, title);
}

/* Whose draft it was: she stays one who comes back. */
static void
find_back (SanAdmitPage *self, GPtrArray *typed)
{
  const char *alias = NULL;

  for (guint i = 0; i < typed->len; i++)
    {
      const SanTyped *one = g_ptr_array_index (typed, i);

      if (g_str_equal (one->field, BACK) && one->text != NULL)
        san_id32_from_text (one->text, &self->back, NULL);
      else if (g_str_equal (one->field, "alias"))
        alias = one->text;
    }
  if (!san_id32_is_zero (&self->back) && alias != NULL)
    say_back (self, alias);
}

static void
find_draft (SanAdmitPage *self)
{
  g_autoptr(SanDraftKeeper) keeper = dup_keeper (self);
  g_autoptr(SanUnfinished) draft = keeper != NULL
                                     ? san_draft_keeper_find (keeper, FORM, &san_id32_zero,
                                                              &san_id16_zero, NULL)
                                     : NULL;

  if (draft == NULL)
    return;
  self->draft = draft->id;
  san_admit_fields_fill (self->fields, draft->typed);
  find_back (self, draft->typed);
}

/* What is proposed */

static gpointer
get_offer (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  return san_welcome_offer (centre, input, error);
}

static void
offered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanAdmitPage *self = SAN_ADMIT_PAGE (source);
  g_autoptr(GError) error = NULL;
  g_autoptr(SanWelcomeOffer) offer = san_worker_run_finish (result, &error);

  if (offer == NULL)
    san_desk_complain (desk_of (self), error);
  else
    san_admit_fields_offer (self->fields, offer);
}

static void
ask_offer (SanAdmitPage *self)
{
  san_desk_ask (desk_of (self), GTK_WIDGET (self), get_offer,
                san_id32_is_zero (&self->back) ? NULL : san_id32_copy (&self->back), g_free,
                (GDestroyNotify) san_welcome_offer_free, offered_cb, NULL);
}

/* Might she have been here before? */

static void
clear_before (SanAdmitPage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->before)) != NULL)
    gtk_box_remove (GTK_BOX (self->before), child);
  gtk_widget_set_visible (self->before, FALSE);
}

static void
set_back (SanAdmitPage *self, const SanId32 *child, const char *alias)
{
  self->back = *child;
  say_back (self, alias);
  clear_before (self);
  ask_offer (self);
  gtk_widget_grab_focus (san_admit_fields_get_first (self->fields));
}

static void
back_cb (GtkButton *button, SanAdmitPage *self)
{
  const SanId32 *child = g_object_get_data (G_OBJECT (button), "child");
  g_autofree char *alias = g_strdup (g_object_get_data (G_OBJECT (button), "alias"));
  SanId32 id = *child;

  set_back (self, &id, alias);
}

static void
add_before (SanAdmitPage *self, const SanChildRow *row)
{
  GtkWidget *line = san_line_new (12);
  GtkWidget *tag = san_child_tag_new ();
  GtkWidget *button = gtk_button_new_with_label (_("Yes, welcome her back"));
  g_autofree char *spoken = san_words_print (_("Yes, welcome %s back"), row->alias);

  san_child_tag_show (SAN_CHILD_TAG (tag), desk_of (self), row->alias, row->sign, NULL);
  gtk_widget_set_hexpand (tag, TRUE);
  g_object_set_data_full (G_OBJECT (button), "child", san_id32_copy (&row->id), g_free);
  g_object_set_data_full (G_OBJECT (button), "alias", g_strdup (row->alias), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (back_cb), self);
  san_spoken_set (button, spoken);
  gtk_box_append (GTK_BOX (line), tag);
  gtk_box_append (GTK_BOX (line), button);
  gtk_box_append (GTK_BOX (self->before), line);
}

static void
show_before (SanAdmitPage *self, GPtrArray *rows)
{
  g_autofree char *text = NULL;

  clear_before (self);
  if (rows->len == 0 || !san_id32_is_zero (&self->back))
    return;
  text = san_words_print (ngettext ("Might she have been here before? %u possible",
                                    "Might she have been here before? %u possible", rows->len),
                          rows->len);
  gtk_box_append (GTK_BOX (self->before),
                  g_object_new (GTK_TYPE_LABEL, "label", text, "wrap", TRUE, "xalign", 0.0, NULL));
  for (guint i = 0; i < rows->len; i++)
    add_before (self, g_ptr_array_index (rows, i));
  gtk_widget_set_visible (self->before, TRUE);
}

static const char *
verdict_words (SanAliasVerdict verdict)
{
  switch (verdict)
    {
    case SAN_ALIAS_CLOSE:
      return _("This is close to her real name. Choose another.");
    case SAN_ALIAS_TAKEN:
      return _("Somebody in the house is called that. Choose another.");
    case SAN_ALIAS_FREE:
    default:
      return NULL;
    }
}

typedef struct { char *alias, *name; } Look;

static void
look_free (Look *look)
{
  g_free (look->alias);
  g_free (look->name);
  g_free (look);
}

static gpointer
look_up (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  const Look *look = input;

  return san_welcome_look (centre, look->alias, look->name, error);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanAdmitPage *self = SAN_ADMIT_PAGE (source);
  g_autoptr(SanWelcomeLook) look = san_worker_run_finish (result, NULL);

  if (look == NULL || GPOINTER_TO_UINT (data) != self->serial)
    return;
  san_admit_fields_say_alias (self->fields, verdict_words (look->verdict));
  show_before (self, look->before);
}

static gboolean
look_cb (gpointer data)
{
  SanAdmitPage *self = data;
  Look *look = g_new0 (Look, 1);

  self->look_timer = 0;
  look->alias = g_strdup (san_admit_fields_get_alias (self->fields));
  look->name = g_strdup (san_admit_fields_get_name (self->fields));
  san_desk_ask (desk_of (self), GTK_WIDGET (self), look_up, look, (GDestroyNotify) look_free,
                (GDestroyNotify) san_welcome_look_free, looked_cb,
                GUINT_TO_POINTER (++self->serial));
  return G_SOURCE_REMOVE;
}

static void
name_cb (SanAdmitPage *self)
{
  g_clear_handle_id (&self->look_timer, g_source_remove);
  self->look_timer = g_timeout_add (LOOK_MS, look_cb, self);
}

/* Saving */

typedef struct { GPtrArray *typed; SanId32 back; } Door;

static void
door_free (Door *door)
{
  g_ptr_array_unref (door->typed);
  g_free (door);
}

static gpointer
welcome (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  Door *door = input;

  return san_welcome (centre, san_id32_is_zero (&door->back) ? NULL : &door->back, door->typed,
                      error);
}

static char *
dup_welcome_words (const SanWelcomed *welcomed)
{
  g_autofree char *by = welcomed->n_due > 0 ? san_words_moment (welcomed->by, san_clock_now ())
                                            : NULL;

  if (by == NULL)
    return san_words_print (_("Welcome, %s."), welcomed->alias);
  /* Translators: alias, how many things, until when: "Welcome, Kadam. 7 things are due by tomorrow,
   * 8:40 in the evening." */
  return san_words_print (ngettext ("Welcome, %1$s. %2$u thing is due by %3$s.",
                                    "Welcome, %1$s. %2$u things are due by %3$s.", welcomed->n_due),
                          welcomed->alias, welcomed->n_due, by);
}

static void
welcomed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanAdmitPage *self = SAN_ADMIT_PAGE (source);
  g_autoptr(SanDesk) desk = g_object_ref (desk_of (self));
  g_autoptr(GError) error = NULL;
  g_autoptr(SanWelcomed) welcomed = san_worker_run_finish (result, &error);
  g_autofree char *sentence = NULL;

  self->saving = FALSE;
  gtk_widget_set_sensitive (self->save, TRUE);
  if (welcomed == NULL)
    {
      san_make_space_complain (desk, error);
      return;
    }
  san_desk_strip_away (desk, "error");
  if (welcomed->verdict != SAN_ALIAS_FREE)
    {
      san_admit_fields_say_alias (self->fields, verdict_words (welcomed->verdict));
      san_admit_fields_focus_alias (self->fields);
      return;
    }
  self->saved = TRUE;
  let_go (self);
  sentence = dup_welcome_words (welcomed);
  san_desk_back (desk);                 /* her page stands in the place of this one */
  san_desk_go_child (desk, &welcomed->child, NULL);
  san_undo_offer (desk, sentence, &welcomed->record);
  san_desk_changed (desk);
}

static void
save (SanPage *page)
{
  SanAdmitPage *self = SAN_ADMIT_PAGE (page);
  Door *door;

  if (self->saving || self->saved)
    return;
  self->saving = TRUE;
  gtk_widget_set_sensitive (self->save, FALSE);
  door = g_new0 (Door, 1);
  door->typed = san_admit_fields_dup_typed (self->fields);
  door->back = self->back;
  san_desk_ask (desk_of (self), GTK_WIDGET (self), welcome, door, (GDestroyNotify) door_free,
                (GDestroyNotify) san_welcomed_free, welcomed_cb, NULL);
}

static void
save_cb (SanAdmitPage *self)
{
  save (SAN_PAGE (self));
}

/* As a page */

static void
fill (SanAdmitPage *self)
{
  GtkBox *box;

  self->root = san_column_new (&box, FALSE);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
  self->title = san_column_add_title (box, _("Welcome a child"));
  self->before = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (self->before, "card");
  gtk_widget_add_css_class (self->before, "san-card");
  gtk_widget_set_visible (self->before, FALSE);
  self->fields = SAN_ADMIT_FIELDS (san_admit_fields_new (desk_of (self)));
  self->save = gtk_button_new_with_label (_("Save"));
  gtk_widget_add_css_class (self->save, "suggested-action");
  gtk_widget_set_halign (self->save, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (self->save, "Ctrl+S");
  gtk_box_append (box, self->before);
  gtk_box_append (box, GTK_WIDGET (self->fields));
  gtk_box_append (box, self->save);
  g_signal_connect_swapped (self->save, "clicked", G_CALLBACK (save_cb), self);
}

static void
start (SanPage *page)
{
  SanAdmitPage *self = SAN_ADMIT_PAGE (page);

  san_page_set_title (page, _("Welcome a child"));
  fill (self);
  self->keeper = san_centre_dup_drafts (san_page_get_centre (page));
  find_draft (self);
  g_signal_connect_swapped (self->fields, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->fields, "name-changed", G_CALLBACK (name_cb), self);
  ask_offer (self);
}

static void
leave (SanPage *page)
{
  keep (SAN_ADMIT_PAGE (page));
}

static GVariant *
dup_view (SanPage *page)
{
  int cursor, place = san_admit_fields_get_place (SAN_ADMIT_PAGE (page)->fields, &cursor);

  return g_variant_new ("(ii)", place, cursor);
}

/* Where she was, when she comes back after a lock. */
static GtkWidget *
first_focus (SanPage *page)
{
  const SanStop *stop = san_page_get_stop (page);
  int place = -1, cursor = -1;

  if (stop->view != NULL && g_variant_is_of_type (stop->view, G_VARIANT_TYPE ("(ii)")))
    g_variant_get (stop->view, "(ii)", &place, &cursor);
  return san_admit_fields_take_place (SAN_ADMIT_PAGE (page)->fields, place, cursor);
}

static void
san_admit_page_dispose (GObject *object)
{
  SanAdmitPage *self = SAN_ADMIT_PAGE (object);

  g_clear_handle_id (&self->keep_timer, g_source_remove);
  g_clear_handle_id (&self->look_timer, g_source_remove);
  g_clear_pointer (&self->keeper, san_draft_keeper_unref);
  g_clear_pointer (&self->root, gtk_widget_unparent);
  G_OBJECT_CLASS (san_admit_page_parent_class)->dispose (object);
}

static void
san_admit_page_class_init (SanAdmitPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_admit_page_dispose;
  SAN_PAGE_CLASS (klass)->start = start;
  SAN_PAGE_CLASS (klass)->leave = leave;
  SAN_PAGE_CLASS (klass)->save = save;
  SAN_PAGE_CLASS (klass)->dup_view = dup_view;
  SAN_PAGE_CLASS (klass)->finds_focus = TRUE;
  SAN_PAGE_CLASS (klass)->first_focus = first_focus;
  SAN_PAGE_CLASS (klass)->help = "admit";
}

static void
san_admit_page_init (SanAdmitPage *self)
{
}
