/* san-children-choice.c - who lives in this centre, asked for and said */
#include "san-children-choice.h"
#include "san-column.h"
#include "san-i18n.h"

static const struct { const char *code, *word; } choices[] = {
  { "girls", N_("Girls") },
  { "boys", N_("Boys") },
  { "both", N_("Girls and boys") },
};

SanChoiceButtons *
san_children_choice_add (GtkBox *box, const char *now)
{
  GtkWidget *buttons = san_choice_buttons_new (_("Who lives here?"));

  san_column_add_heading (box, _("Who lives here?"));
  gtk_widget_add_css_class (
      GTK_WIDGET (san_column_add_text (box, _("In a home for girls the pages say “she”, in any "
                                              "other “the child”."))),
      "san-quiet");
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    san_choice_buttons_add (SAN_CHOICE_BUTTONS (buttons), choices[i].code, _(choices[i].word));
  san_choice_buttons_set (SAN_CHOICE_BUTTONS (buttons), *now != '\0' ? now : NULL);
  gtk_box_append (box, buttons);
  return SAN_CHOICE_BUTTONS (buttons);
}

char *
san_children_choice_dup (SanChoiceButtons *self)
{
  const char *code = san_choice_buttons_get (self);

  return g_strdup (code != NULL ? code : "");
}

const char *
san_children_word (const char *children)
{
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    if (g_str_equal (choices[i].code, children))
      return _(choices[i].word);
  return "";
}
