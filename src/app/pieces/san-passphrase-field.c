/* san-passphrase-field.c - a field for secrets that GTK never sees
 *
 * Bytes live in one SanSecret of fixed size. Dots are drawn from the count; letters are drawn from
 * a layout that is made for one frame, and only while the eye is open. */
#include "san-passphrase-field.h"
#include "san-i18n.h"
#include "san-latin-key.h"
#include <string.h>

#define LIMIT 512                   /* bytes; longer ones are refused by the core anyhow */
#define DOT   "●"

struct _SanPassphraseField
{
  GtkWidget parent_instance;

  SanSecret *buffer;
  gsize      n;                     /* bytes */
  gboolean   shown;
};

enum { CHANGED, ENTERED, OTHER, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SanPassphraseField, san_passphrase_field, GTK_TYPE_WIDGET)

static char *
bytes (SanPassphraseField *self)
{
  return (char *) san_secret_get_mutable (self->buffer);
}

static void
changed (SanPassphraseField *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
append (SanPassphraseField *self, gunichar letter)
{
  char utf8[6];
  int n = g_unichar_to_utf8 (letter, utf8);

  if (self->n + (gsize) n <= LIMIT)
    {
      memcpy (bytes (self) + self->n, utf8, (gsize) n);
      self->n += (gsize) n;
    }
  san_wipe (utf8, sizeof utf8);
  changed (self);
}

static void
remove_last (SanPassphraseField *self)
{
  while (self->n > 0)
    {
      guint8 last = (guint8) bytes (self)[--self->n];

      bytes (self)[self->n] = 0;
      if ((last & 0xC0) != 0x80)
        break;
    }
  changed (self);
}

void
san_passphrase_field_clear (SanPassphraseField *self)
{
  san_wipe (bytes (self), LIMIT);
  self->n = 0;
  changed (self);
}

/* The letter that the key gives; where that is of another script, what a US keyboard has there. */
static gunichar
letter_of (GtkEventController *controller, guint keyval, guint keycode, GdkModifierType state)
{
  GdkDisplay *display = gtk_widget_get_display (gtk_event_controller_get_widget (controller));
  gunichar letter = gdk_keyval_to_unicode (san_latin_key (display, keyval, keycode, state));

  return g_unichar_isprint (letter) ? letter : 0;
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state,
        SanPassphraseField *self)
{
  gunichar letter;

  if (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter)
    {
      g_signal_emit (self, signals[ENTERED], 0);
      return TRUE;
    }
  if (keyval == GDK_KEY_Up || keyval == GDK_KEY_Down)
    {
      g_signal_emit (self, signals[OTHER], 0, keyval == GDK_KEY_Up ? -1 : 1);
      return TRUE;
    }
  if ((state & GDK_CONTROL_MASK) != 0 && (keyval == GDK_KEY_u || keyval == GDK_KEY_BackSpace))
    {
      san_passphrase_field_clear (self);
      return TRUE;
    }
  if (keyval == GDK_KEY_BackSpace || keyval == GDK_KEY_Delete)
    {
      remove_last (self);
      return TRUE;
    }
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return FALSE;
  letter = letter_of (GTK_EVENT_CONTROLLER (controller), keyval, keycode, state);
  if (letter == 0)
    return FALSE;
  append (self, letter);
  return TRUE;
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, SanPassphraseField *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

guint
san_passphrase_field_get_length (SanPassphraseField *self)
{
  return self->n == 0 ? 0 : (guint) g_utf8_strlen (bytes (self), (gssize) self->n);
}

SanSecret *
san_passphrase_field_dup (SanPassphraseField *self)
{
  return self->n == 0 ? NULL : san_secret_new_copy (bytes (self), self->n);
}

void
san_passphrase_field_set (SanPassphraseField *self, const SanSecret *words)
{
  gsize n = MIN (san_secret_get_size (words), LIMIT);

  san_wipe (bytes (self), LIMIT);
  memcpy (bytes (self), san_secret_get_data (words), n);
  self->n = n;
  changed (self);
}

SanSecret *
san_passphrase_field_take (SanPassphraseField *self)
{
  SanSecret *secret = san_passphrase_field_dup (self);

  san_passphrase_field_clear (self);
  return secret;
}

void
san_passphrase_field_set_shown (SanPassphraseField *self, gboolean shown)
{
  self->shown = shown;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
san_passphrase_field_set_plain (SanPassphraseField *self, gboolean plain)
{
  san_passphrase_field_set_shown (self, plain);
}

static PangoLayout *
make_layout (SanPassphraseField *self)
{
  PangoLayout *layout;
  g_autoptr(GString) dots = NULL;

  if (self->shown && self->n > 0)
    {
      layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
      pango_layout_set_text (layout, bytes (self), (int) self->n);
      return layout;
    }
  dots = g_string_new (NULL);
  for (guint i = san_passphrase_field_get_length (self); i > 0; i--)
    g_string_append (dots, DOT);
  return gtk_widget_create_pango_layout (GTK_WIDGET (self), dots->str);
}

static void
san_passphrase_field_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SanPassphraseField *self = SAN_PASSPHRASE_FIELD (widget);
  g_autoptr(PangoLayout) layout = make_layout (self);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  int text_width, text_height, shift;

  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  shift = MAX (0, text_width + 2 - width);
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  gtk_snapshot_render_layout (snapshot, style, -shift, (height - text_height) / 2.0, layout);
  if (gtk_widget_has_focus (widget))
    gtk_snapshot_render_insertion_cursor (snapshot, style, -shift, (height - text_height) / 2.0,
                                          layout,
                                          self->shown
                                            ? (int) self->n
                                            : (int) (san_passphrase_field_get_length (self) *
                                                     strlen (DOT)),
                                          PANGO_DIRECTION_LTR);
  gtk_snapshot_pop (snapshot);
  /* the shaped letters stay in the layout's memory: overwrite what can be reached */
  pango_layout_set_text (layout, "", 0);
}

static void
san_passphrase_field_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                              int *minimum, int *natural, int *minimum_baseline,
                              int *natural_baseline)
{
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (widget, "Ag");
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 180 : height + 4;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 320 : height + 4;
}

static void
san_passphrase_field_finalize (GObject *object)
{
  san_secret_unref (SAN_PASSPHRASE_FIELD (object)->buffer);
  G_OBJECT_CLASS (san_passphrase_field_parent_class)->finalize (object);
}

static void
san_passphrase_field_class_init (SanPassphraseFieldClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = san_passphrase_field_finalize;
  widget_class->snapshot = san_passphrase_field_snapshot;
  widget_class->measure = san_passphrase_field_measure;
  gtk_widget_class_set_css_name (widget_class, "entry");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TEXT_BOX);
  signals[CHANGED] = g_signal_new ("changed", SAN_TYPE_PASSPHRASE_FIELD, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[ENTERED] = g_signal_new ("entered", SAN_TYPE_PASSPHRASE_FIELD, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[OTHER] = g_signal_new ("other", SAN_TYPE_PASSPHRASE_FIELD, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
san_passphrase_field_init (SanPassphraseField *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->buffer = san_secret_new (LIMIT);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "san-secret");
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "text");
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

void
san_passphrase_field_set_label (SanPassphraseField *self, const char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

GtkWidget *
san_passphrase_field_new (const char *label)
{
  GtkWidget *self = g_object_new (SAN_TYPE_PASSPHRASE_FIELD, NULL);

  san_passphrase_field_set_label (SAN_PASSPHRASE_FIELD (self), label);
  return self;
}
