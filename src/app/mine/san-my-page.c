/* san-my-page.c - what is hers: passphrase, number, language, text size */
#include "san-my-page.h"
#include "san-column.h"
#include "san-digit-buttons.h"
#include "san-digits.h"
#include "san-i18n.h"
#include "san-language.h"
#include "san-language-buttons.h"
#include "san-line.h"
#include "san-settings.h"
#include "san-staff.h"
#include "san-two-columns.h"
#include "san-words-panel.h"
#include <adwaita.h>

#define WIDTH 1100

struct _SanMyPage
{
  SanPage parent_instance;

  GtkWidget          *root;
  SanLanguageButtons *languages;
  GtkLabel           *number;
};

G_DEFINE_FINAL_TYPE (SanMyPage, san_my_page, SAN_TYPE_PAGE)

/* The number of the seat that she sits on: an active one of hers on this laptop. */
static gpointer
find_number (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  g_autoptr(GPtrArray) rows = san_staff_list (centre, error);
  g_autoptr(GPtrArray) devices = rows != NULL ? san_device_list (centre, error) : NULL;

  for (guint i = 0; devices != NULL && i < rows->len; i++)
    for (guint d = 0; d < devices->len; d++)
      {
        const SanStaffRow *row = rows->pdata[i];
        const SanDeviceRow *device = devices->pdata[d];

        if (device->is_mine && san_id16_equal (&row->device, &device->id) &&
            g_str_equal (row->state, "active") &&
            san_id16_equal (&row->id, san_centre_get_staff (centre)))
          return g_strdup (row->number);
      }
  return NULL;
}

static void
number_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree char *number = san_worker_run_finish (result, NULL);

  if (number != NULL)
    gtk_label_set_label (SAN_MY_PAGE (source)->number, number);
}

static void
language_cb (SanLanguageButtons *buttons, const char *code, SanMyPage *self)
{
  san_settings_set_language (san_centre_get_staff (san_page_get_centre (SAN_PAGE (self))), code);
}

static void
digits_chosen (GtkWidget *owner, gboolean own)
{
  SanPage *page = SAN_PAGE (owner);

  san_settings_set_own_digits (san_centre_get_staff (san_page_get_centre (page)), own);
  san_desk_set_own_digits (san_page_get_desk (page), own);            /* makes this page anew */
}

static void
add_text_size (GtkBox *box)
{
  static const struct { const char *words, *action; } sizes[] = {
    { N_("Smaller text"), "app.text-size(-1)" }, { N_("As usual"), "app.text-size(0)" },
    { N_("Larger text"), "app.text-size(1)" },
  };
  GtkWidget *row = san_line_new (6);

  san_column_add_heading (box, _("Text size"));
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      GtkWidget *button = gtk_button_new_with_label (_(sizes[i].words));

      gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), sizes[i].action);
      gtk_box_append (GTK_BOX (row), button);
    }
  gtk_box_append (box, row);
}

/* Beside each other, so that the passphrase is seen at once. */
static GtkWidget *
make_columns (SanMyPage *self)
{
  GtkWidget *columns = san_two_columns_box_new (50);
  GtkWidget *clamp = adw_clamp_new ();

  gtk_widget_add_css_class (columns, "san-page");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), columns);
  self->root = san_scroll_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->root), clamp);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
  return columns;
}

static void
start (SanPage *page)
{
  SanMyPage *self = SAN_MY_PAGE (page);
  SanDesk *desk = san_page_get_desk (page);
  GtkWidget *columns = make_columns (self);
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  GtkWidget *words = san_words_panel_new (desk);

  san_page_set_title (page, _("My page"));
  gtk_widget_set_valign (GTK_WIDGET (box), GTK_ALIGN_START);
  gtk_widget_set_valign (words, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (columns), GTK_WIDGET (box));
  gtk_box_append (GTK_BOX (columns), words);
  san_column_add_heading (box, _("Language"));
  self->languages = g_object_new (SAN_TYPE_LANGUAGE_BUTTONS, "halign", GTK_ALIGN_START, NULL);
  gtk_box_append (box, GTK_WIDGET (self->languages));
  san_language_buttons_set_desk (self->languages, desk);
  g_signal_connect (self->languages, "chosen", G_CALLBACK (language_cb), self);
  if (san_digits_exist (san_language_get ()))
    gtk_box_append (box, san_digit_buttons_new (san_language_get (), san_digits_get_own (),
                                                digits_chosen, GTK_WIDGET (self)));
  add_text_size (box);
  san_column_add_heading (box, _("Your number"));
  self->number = san_column_add_text (box, "");
  gtk_widget_add_css_class (GTK_WIDGET (self->number), "san-code");
  gtk_widget_add_css_class (GTK_WIDGET (san_column_add_text (box,
                                                             _("Somebody who lets you read what "
                                                               "she reads types it, while she "
                                                               "sits beside you."))),
                            "san-quiet");
  san_desk_ask (desk, GTK_WIDGET (self), find_number, NULL, NULL, g_free, number_cb, NULL);
}

static void
san_my_page_dispose (GObject *object)
{
  g_clear_pointer (&SAN_MY_PAGE (object)->root, gtk_widget_unparent);
  G_OBJECT_CLASS (san_my_page_parent_class)->dispose (object);
}

static void
san_my_page_class_init (SanMyPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_my_page_dispose;
  SAN_PAGE_CLASS (klass)->start = start;
  SAN_PAGE_CLASS (klass)->help = "my-page";
}

static void
san_my_page_init (SanMyPage *self)
{
}
