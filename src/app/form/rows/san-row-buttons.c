/* san-row-buttons.c - answers as buttons, and as a list where there are too many
 *
 * A digit picks and, where one answer is asked, moves on; arrows move; Tab stops once, at the
 * pressed one. Pressing a pressed button again takes the answer back. */
#include "san-row-kinds.h"
#include "san-i18n.h"
#include "san-wrap.h"
#include <string.h>

#define CODE   "san-code"
#define PICKED "san-picked"
#define ROW    "san-row"
#define CODES  "san-codes"

#define PICTURE       32
#define PICTURE_CHARS 18
#define PICTURE_WIDTH 208               /* three beside each other in a form's column */

static const char *
code_of (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), CODE);
}

/* Only one of them is a stop for Tab. */
static void
set_stop (GtkWidget *box, GtkWidget *stop)
{
  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_focusable (child, child == stop);
}

static void
clicked_cb (GtkWidget *button, GtkWidget *box)
{
  SanFormRow *row = g_object_get_data (G_OBJECT (box), ROW);
  SanRowPicked picked = (SanRowPicked) g_object_get_data (G_OBJECT (box), PICKED);

  if (!san_form_row_is_showing (row))
    picked (row, code_of (button));
}

static GtkWidget *
nth (GtkWidget *box, int n)
{
  GtkWidget *child = gtk_widget_get_first_child (box);

  while (child != NULL && n-- > 0)
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state,
        GtkWidget *box)
{
  GtkWidget *focus = gtk_widget_get_focus_child (box);
  gunichar letter = gdk_keyval_to_unicode (keyval);
  GtkWidget *next = NULL;

  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK) || focus == NULL)
    return FALSE;
  if (keyval == GDK_KEY_Right || keyval == GDK_KEY_Down)
    next = gtk_widget_get_next_sibling (focus);
  else if (keyval == GDK_KEY_Left || keyval == GDK_KEY_Up)
    next = gtk_widget_get_prev_sibling (focus);
  else if (g_unichar_isdigit (letter) && g_unichar_digit_value (letter) > 0)
    {
      SanFormRow *row = g_object_get_data (G_OBJECT (box), ROW);

      next = nth (box, g_unichar_digit_value (letter) - 1);
      if (next == NULL)
        return FALSE;
      clicked_cb (next, box);
      if (g_object_get_data (G_OBJECT (box), "one-only") != NULL)
        {
          san_form_row_move_on (row);
          return TRUE;
        }
    }
  if (next == NULL)
    return FALSE;
  set_stop (box, next);
  gtk_widget_grab_focus (next);
  return TRUE;
}

GtkWidget *
san_row_make_buttons (SanFormRow *row, gboolean one_only, SanRowPicked picked)
{
  GtkWidget *box = san_wrap_box_new_as (6, one_only ? GTK_ACCESSIBLE_ROLE_RADIO_GROUP
                                                    : GTK_ACCESSIBLE_ROLE_GROUP);
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_object_set_data (G_OBJECT (box), ROW, row);
  g_object_set_data (G_OBJECT (box), PICKED, (gpointer) picked);
  if (one_only)
    g_object_set_data (G_OBJECT (box), "one-only", box);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), box);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (box, keys);
  return box;
}

static GtkWidget *
add_button (GtkWidget *buttons, const char *code, const char *label, GtkWidget *content)
{
  GtkWidget *button = gtk_toggle_button_new ();

  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_add_css_class (button, "san-pick");
  g_object_set_data_full (G_OBJECT (button), CODE, g_strdup (code), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_widget_set_focusable (button, gtk_widget_get_first_child (buttons) == NULL);
  g_signal_connect (button, "clicked", G_CALLBACK (clicked_cb), buttons);
  gtk_box_append (GTK_BOX (buttons), button);
  return button;
}

void
san_row_add_button (GtkWidget *buttons, const char *code, const char *label)
{
  add_button (buttons, code, label,
              g_object_new (GTK_TYPE_LABEL, "label", label, "wrap", TRUE, NULL));
}

void
san_row_add_picture (GtkWidget *buttons, const char *code, const char *label, const char *icon)
{
  GtkWidget *content = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL,
                                     "spacing", 6, "valign", GTK_ALIGN_CENTER, NULL);
  GtkWidget *button;

  gtk_box_append (GTK_BOX (content),
                  g_object_new (GTK_TYPE_IMAGE, "icon-name", icon, "pixel-size", PICTURE,
                                "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_box_append (GTK_BOX (content),
                  g_object_new (GTK_TYPE_LABEL, "label", label, "wrap", TRUE, "justify",
                                GTK_JUSTIFY_CENTER, "max-width-chars", PICTURE_CHARS, NULL));
  button = add_button (buttons, code, label, content);
  gtk_widget_add_css_class (button, "san-picture");
  gtk_widget_set_size_request (button, PICTURE_WIDTH, -1);
}

void
san_row_press_buttons (GtkWidget *buttons, const char *const *codes)
{
  GtkWidget *focus = gtk_widget_get_focus_child (buttons);
  GtkWidget *stop = NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (buttons); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      gboolean on = codes != NULL && g_strv_contains (codes, code_of (child));

      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (child), on);
      if (on && stop == NULL)
        stop = child;
    }
  if (focus == NULL)
    set_stop (buttons, stop != NULL ? stop : gtk_widget_get_first_child (buttons));
}

gboolean
san_row_has_button (GtkWidget *buttons, const char *code)
{
  for (GtkWidget *child = gtk_widget_get_first_child (buttons); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (g_str_equal (code_of (child), code))
      return TRUE;
  return FALSE;
}

/* ---- a list with a search ---- */

static void
selected_cb (GtkDropDown *list, GParamSpec *spec, SanFormRow *row)
{
  SanRowPicked picked = (SanRowPicked) g_object_get_data (G_OBJECT (list), PICKED);
  char **codes = g_object_get_data (G_OBJECT (list), CODES);
  guint at = gtk_drop_down_get_selected (list);

  if (!san_form_row_is_showing (row) && at != GTK_INVALID_LIST_POSITION &&
      at < g_strv_length (codes))
    picked (row, codes[at]);
}

GtkWidget *
san_row_make_list (SanFormRow *row, GPtrArray *labels, GPtrArray *codes, SanRowPicked picked)
{
  GtkStringList *model = gtk_string_list_new (NULL);
  GtkExpression *words = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  g_autoptr(GStrvBuilder) kept = g_strv_builder_new ();
  GtkWidget *list;

  gtk_string_list_append (model, _("Not chosen yet"));
  g_strv_builder_add (kept, "");
  for (guint i = 0; i < labels->len; i++)
    {
      gtk_string_list_append (model, labels->pdata[i]);
      g_strv_builder_add (kept, codes->pdata[i]);
    }
  list = gtk_drop_down_new (G_LIST_MODEL (model), words);
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (list), TRUE);
  gtk_widget_set_halign (list, GTK_ALIGN_START);
  g_object_set_data (G_OBJECT (list), PICKED, (gpointer) picked);
  g_object_set_data_full (G_OBJECT (list), CODES, g_strv_builder_end (kept),
                          (GDestroyNotify) g_strfreev);
  g_signal_connect (list, "notify::selected", G_CALLBACK (selected_cb), row);
  return list;
}

void
san_row_set_list (GtkWidget *list, const char *code)
{
  char **codes = g_object_get_data (G_OBJECT (list), CODES);
  guint at = 0;

  for (guint i = 0; code != NULL && codes[i] != NULL; i++)
    if (g_str_equal (codes[i], code))
      at = i;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (list), at);
}
