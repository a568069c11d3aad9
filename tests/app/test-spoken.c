/* test-spoken.c - what a screen reader is told where GTK would tell it something else, and not the
 * same in every version */
#include "san-choice-buttons.h"
#include "san-drop-down.h"
#include "san-menu.h"
#include "san-spoken.h"
#include <adwaita.h>

#define IS_CALLED(widget, words)                                                                   \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gtk_test_accessible_assert_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,   \
                                         words);                                                   \
    g_assert_false (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget),                     \
                                                      GTK_ACCESSIBLE_RELATION_LABELLED_BY));       \
  }                                                                                                \
  G_STMT_END

static void
test_other_words (void)
{
  GtkWidget *button = g_object_ref_sink (gtk_toggle_button_new_with_label ("Week"));

  san_spoken_set (button, "Show what is due in seven days");
  IS_CALLED (button, "Show what is due in seven days");
  g_object_unref (button);
}

static void
test_access_key (void)
{
  GtkWidget *button = g_object_ref_sink (gtk_button_new_with_mnemonic ("_Forgotten?"));

  san_menu_name_key (GTK_BUTTON (button));
  IS_CALLED (button, "Forgotten?");
  g_object_unref (button);
}

static GtkWidget *
find_line (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)) ==
      GTK_ACCESSIBLE_ROLE_MENU_ITEM)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_line (child);
  return found;
}

static void
test_menu (void)
{
  GtkWidget *button = g_object_ref_sink (gtk_menu_button_new ());
  GMenu *menu = g_menu_new ();
  GtkWidget *line;

  g_menu_append (menu, "Family and home", "child.write");
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), "_Write");
  gtk_menu_button_set_use_underline (GTK_MENU_BUTTON (button), TRUE);
  san_menu_set (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu), "Write");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Write");
  line = find_line (GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button))));
  g_assert_nonnull (line);
  IS_CALLED (line, "Family and home");
  g_object_unref (menu);
  g_object_unref (button);
}

static GtkWidget *
nth_button (GtkWidget *buttons, guint nth)
{
  GtkWidget *button = gtk_widget_get_first_child (gtk_widget_get_first_child (buttons));

  while (nth-- > 0)
    button = gtk_widget_get_next_sibling (button);
  return button;
}

static void
is_checked (GtkWidget *button, GtkAccessibleTristate checked)
{
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_CHECKED, checked);
}

static void
test_one_of_several (void)
{
  GtkWidget *buttons = g_object_ref_sink (san_choice_buttons_new ("Who lives here?"));
  GtkWidget *girls, *both;

  san_choice_buttons_add (SAN_CHOICE_BUTTONS (buttons), "girls", "Girls");
  san_choice_buttons_add (SAN_CHOICE_BUTTONS (buttons), "both", "Girls and boys");
  girls = nth_button (buttons, 0);
  both = nth_button (buttons, 1);
  is_checked (girls, GTK_ACCESSIBLE_TRISTATE_FALSE);
  san_choice_buttons_set (SAN_CHOICE_BUTTONS (buttons), "girls");
  is_checked (girls, GTK_ACCESSIBLE_TRISTATE_TRUE);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (both), TRUE);
  is_checked (girls, GTK_ACCESSIBLE_TRISTATE_FALSE);
  is_checked (both, GTK_ACCESSIBLE_TRISTATE_TRUE);
  san_choice_buttons_set (SAN_CHOICE_BUTTONS (buttons), NULL);
  is_checked (both, GTK_ACCESSIBLE_TRISTATE_FALSE);
  g_object_unref (buttons);
}

static void
test_drop_down (void)
{
  const char *const words[] = { "Any age", "Under 7 years", NULL };
  GtkWidget *drop = g_object_ref_sink (gtk_drop_down_new_from_strings (words));
  GtkWidget *button = gtk_widget_get_first_child (drop);

  san_drop_down_name (GTK_DROP_DOWN (drop), "Age");
  for (guint i = 0; i < 2; i++)
    {
      gtk_drop_down_set_selected (GTK_DROP_DOWN (drop), i);
      IS_CALLED (drop, "Age");
      IS_CALLED (button, "Age");
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (button),
                                           GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words[i]);
    }
  g_object_unref (drop);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("GTK_A11Y", "test", TRUE);
  adw_init ();
  g_test_add_func ("/app/spoken/a-button-is-called-by-other-words-than-its-own", test_other_words);
  g_test_add_func ("/app/spoken/an-access-key-is-not-spoken", test_access_key);
  g_test_add_func ("/app/spoken/a-menu-and-its-lines-are-said-once", test_menu);
  g_test_add_func ("/app/spoken/one-of-several-is-checked", test_one_of_several);
  g_test_add_func ("/app/spoken/a-list-is-its-question-and-its-answer", test_drop_down);
  return g_test_run ();
}
