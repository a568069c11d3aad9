/* san-unlock-page.c - who are you, and your passphrase: one field and Enter */
#include "san-unlock-page.h"
#include "san-day-words.h"
#include "san-passphrase-field.h"
#include "san-sentences.h"
#include <adwaita.h>
#include <glib/gi18n.h>

struct _SanUnlockPage
{
  SanPage parent_instance;

  GtkWidget          *root;
  GtkLabel           *day, *said;
  GtkFlowBox         *people;
  SanPassphraseField *field;
  GtkButton          *open;
  GPtrArray          *logins;       /* SanLoginName, in the order of the children */
};

G_DEFINE_FINAL_TYPE (SanUnlockPage, san_unlock_page, SAN_TYPE_PAGE)

typedef struct { SanDesk *desk; char *name; SanSecret *passphrase; } Try;

static void
try_free (Try *try)
{
  g_object_unref (try->desk);
  g_free (try->name);
  san_secret_unref (try->passphrase);
  g_free (try);
}

static gpointer
unlock (SanCentre *none, gpointer input, GCancellable *cancellable, GError **error)
{
  Try *try = input;

  return san_centre_unlock (san_desk_get_where (try->desk), try->name, try->passphrase, cancellable, error);
}

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanUnlockPage *self = SAN_UNLOCK_PAGE (source);
  g_autoptr(GError) error = NULL;
  SanCentre *centre = san_worker_run_finish (result, &error);

  gtk_widget_set_sensitive (GTK_WIDGET (self->open), TRUE);
  if (centre != NULL)
    {
      san_desk_open (san_page_get_desk (SAN_PAGE (self)), centre);
      return;
    }
  {
    g_autofree char *sentence = san_sentence_for_error (error);

    gtk_label_set_label (self->said, sentence);
    gtk_widget_grab_focus (GTK_WIDGET (self->field));
  }
}

static void
entered_cb (SanUnlockPage *self)
{
  g_autoptr(GList) chosen = gtk_flow_box_get_selected_children (self->people);
  Try *try;

  if (san_passphrase_field_get_length (self->field) == 0 || chosen == NULL || self->logins == NULL)
    return;
  try = g_new0 (Try, 1);
  try->desk = g_object_ref (san_page_get_desk (SAN_PAGE (self)));
  try->name = g_strdup (((SanLoginName *) self->logins->pdata[gtk_flow_box_child_get_index (chosen->data)])->name);
  try->passphrase = san_passphrase_field_take (self->field);
  gtk_label_set_label (self->said, "");
  gtk_widget_set_sensitive (GTK_WIDGET (self->open), FALSE);
  san_desk_ask_outside (san_page_get_desk (SAN_PAGE (self)), GTK_WIDGET (self), unlock, try,
                        (GDestroyNotify) try_free, g_object_unref, unlocked_cb, NULL);
}

static void
other_cb (SanPassphraseField *field, int step, SanUnlockPage *self)
{
  g_autoptr(GList) chosen = gtk_flow_box_get_selected_children (self->people);
  int at = chosen != NULL ? gtk_flow_box_child_get_index (chosen->data) : 0;
  GtkFlowBoxChild *next = gtk_flow_box_get_child_at_index (self->people, at + step);

  if (next != NULL)
    gtk_flow_box_select_child (self->people, next);
}

static GtkWidget *
make_person (const SanLoginName *login)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *name = g_object_new (GTK_TYPE_LABEL, "label", login->name, "wrap", TRUE, NULL);
  GtkWidget *role = g_object_new (GTK_TYPE_LABEL, "label", san_role_word (login->role), "wrap", TRUE, NULL);

  gtk_widget_add_css_class (name, "heading");
  gtk_widget_add_css_class (role, "san-quiet");
  gtk_widget_add_css_class (box, "san-card");
  gtk_widget_add_css_class (box, "card");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), role);
  return box;
}

static void
start (SanPage *page)
{
  SanUnlockPage *self = SAN_UNLOCK_PAGE (page);
  g_autoptr(GError) error = NULL;
  g_autofree char *day = san_words_long_day (san_clock_now ());

  gtk_label_set_label (self->day, day);
  self->logins = san_centre_list_logins (san_desk_get_where (san_page_get_desk (page)), &error);
  if (self->logins == NULL)
    {
      g_autofree char *sentence = san_sentence_for_error (error);

      gtk_label_set_label (self->said, sentence);
      return;
    }
  for (guint i = 0; i < self->logins->len; i++)
    gtk_flow_box_append (self->people, make_person (self->logins->pdata[i]));
  gtk_flow_box_select_child (self->people, gtk_flow_box_get_child_at_index (self->people, 0));
}

static GtkWidget *
first_focus (SanPage *page)
{
  return GTK_WIDGET (SAN_UNLOCK_PAGE (page)->field);
}

static void
san_unlock_page_dispose (GObject *object)
{
  SanUnlockPage *self = SAN_UNLOCK_PAGE (object);

  g_clear_pointer (&self->logins, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), SAN_TYPE_UNLOCK_PAGE);
  G_OBJECT_CLASS (san_unlock_page_parent_class)->dispose (object);
}

static void
san_unlock_page_class_init (SanUnlockPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = san_unlock_page_dispose;
  SAN_PAGE_CLASS (klass)->start = start;
  SAN_PAGE_CLASS (klass)->first_focus = first_focus;
  SAN_PAGE_CLASS (klass)->help = "unlock";
  g_type_ensure (SAN_TYPE_PASSPHRASE_FIELD);
  gtk_widget_class_set_template_from_resource (widget_class, SAN_RESOURCE_UI "san-unlock-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SanUnlockPage, root);
  gtk_widget_class_bind_template_child (widget_class, SanUnlockPage, day);
  gtk_widget_class_bind_template_child (widget_class, SanUnlockPage, said);
  gtk_widget_class_bind_template_child (widget_class, SanUnlockPage, people);
  gtk_widget_class_bind_template_child (widget_class, SanUnlockPage, field);
  gtk_widget_class_bind_template_child (widget_class, SanUnlockPage, open);
}

static void
san_unlock_page_init (SanUnlockPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  san_passphrase_field_set_label (self->field, _("Passphrase"));
  g_signal_connect_swapped (self->field, "entered", G_CALLBACK (entered_cb), self);
  g_signal_connect (self->field, "other", G_CALLBACK (other_cb), self);
  g_signal_connect_swapped (self->open, "clicked", G_CALLBACK (entered_cb), self);
}
