/* san-child-tag.c - a child as everybody sees her: sign, alias, bed */
#include "san-child-tag.h"
#include "san-i18n.h"
#include "san-line.h"

#define SMALL 24
#define LARGE 40

struct _SanChildTag
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *disc;                  /* (nullable) child of @box */
  GtkLabel  *words;
  char      *sign, *alias;
  int        pixels;
};

G_DEFINE_FINAL_TYPE (SanChildTag, san_child_tag, GTK_TYPE_WIDGET)

char *
san_child_tag_dup_words (const char *alias, const char *bed)
{
  g_autofree char *number = san_digits_show (bed != NULL ? bed : "");

  if (*number == '\0')
    return g_strdup (alias);
  /* Translators: the name a child is called here and her bed's number, "Bakul · 7" */
  return san_words_print (_("%1$s · %2$s"), alias, number);
}

char *
san_child_tag_dup_spoken (const char *alias, const char *bed)
{
  g_autofree char *number = san_digits_show (bed != NULL ? bed : "");

  if (*number == '\0')
    return g_strdup (alias);
  /* Translators: read aloud, "Bakul, bed 7" */
  return san_words_print (_("%1$s, bed %2$s"), alias, number);
}

GtkWidget *
san_sign_disc_new (const char *sign, const char *alias, int pixels)
{
  GdkDisplay *display = gdk_display_get_default ();
  g_autofree char *icon = g_strdup_printf ("sign-%s-symbolic", sign != NULL ? sign : "");
  GtkWidget *disc;

  if (gtk_icon_theme_has_icon (gtk_icon_theme_get_for_display (display), icon))
    disc = g_object_new (GTK_TYPE_IMAGE, "icon-name", icon, "accessible-role",
                         GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  else
    {
      char letter[8] = { 0 };

      if (alias != NULL && *alias != '\0')
        g_unichar_to_utf8 (g_utf8_get_char (alias), letter);
      disc = g_object_new (GTK_TYPE_LABEL, "label", letter, "width-request", pixels,
                           "height-request", pixels, "accessible-role",
                           GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
    }
  gtk_widget_set_valign (disc, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (disc, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (disc, "san-sign");
  if (pixels > SMALL) /* how large a picture is says the style, which knows how large text is */
    gtk_widget_add_css_class (disc, "san-sign-large");
  return disc;
}

static const char *
sign_name (SanDesk *desk, const char *sign)
{
  SanCentre *centre = desk != NULL ? san_desk_get_centre (desk) : NULL;
  const SanList *list = centre != NULL
                          ? san_catalogue_find_list (san_centre_get_catalogue (centre), "signs")
                          : NULL;
  const SanOption *option = list != NULL && sign != NULL ? san_list_find_option (list, sign) : NULL;

  return option != NULL ? san_label_get (option->label, san_desk_get_language (desk)) : "";
}

static void
put_disc (SanChildTag *self)
{
  if (self->disc != NULL)
    gtk_box_remove (GTK_BOX (self->box), self->disc);
  self->disc = san_sign_disc_new (self->sign, self->alias, self->pixels);
  gtk_box_prepend (GTK_BOX (self->box), self->disc);
}

void
san_child_tag_show (SanChildTag *self, SanDesk *desk, const char *alias, const char *sign,
                    const char *bed)
{
  g_autofree char *words = san_child_tag_dup_words (alias, bed);
  g_autofree char *spoken = san_child_tag_dup_spoken (alias, bed);
  const char *name = sign_name (desk, sign);
  g_autofree char *with_sign = *name != '\0'
                                 /* Translators: read aloud: the child, then what her sign shows */
                                 ? san_words_print (_("%1$s, sign: %2$s"), spoken, name)
                                 : g_strdup (spoken);

  g_free (self->sign);
  self->sign = g_strdup (sign);
  g_free (self->alias);
  self->alias = g_strdup (alias);
  gtk_label_set_label (self->words, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, with_sign,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _("name hidden"), -1);
  put_disc (self);
}

void
san_child_tag_set_large (SanChildTag *self, gboolean large)
{
  self->pixels = large ? LARGE : SMALL;
  if (large)
    gtk_widget_add_css_class (GTK_WIDGET (self->words), "title-2");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->words), "title-2");
  if (self->disc != NULL)
    put_disc (self);
}

void
san_child_tag_set_sign_only (SanChildTag *self, gboolean sign_only)
{
  gtk_widget_set_visible (GTK_WIDGET (self->words), !sign_only);
}

static void
san_child_tag_dispose (GObject *object)
{
  SanChildTag *self = SAN_CHILD_TAG (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->sign, g_free);
  g_clear_pointer (&self->alias, g_free);
  G_OBJECT_CLASS (san_child_tag_parent_class)->dispose (object);
}

static void
san_child_tag_class_init (SanChildTagClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = san_child_tag_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
san_child_tag_init (SanChildTag *self)
{
  self->pixels = SMALL;
  self->box = san_line_new (9);
  self->words = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "natural-wrap-mode",
                                         GTK_NATURAL_WRAP_NONE, "xalign", 0.0, "accessible-role",
                                         GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->words), "heading");
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->words));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
san_child_tag_new (void)
{
  return g_object_new (SAN_TYPE_CHILD_TAG, NULL);
}
