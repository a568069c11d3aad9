/* san-latin-key.c - what a key would give on a US keyboard, whatever layout is in use */
#include "san-latin-key.h"

/* Rows of a PC keyboard, by X11 keycode (also GDK's on Wayland). */
static const struct { guint first; const char *plain, *shifted; } rows[] = {
  { 10, "1234567890-=", "!@#$%^&*()_+" },
  { 24, "qwertyuiop[]", "QWERTYUIOP{}" },
  { 38, "asdfghjkl;'`", "ASDFGHJKL:\"~" },
  { 51, "\\zxcvbnm,./", "|ZXCVBNM<>?" },
  { 65, " ", " " },
};

static guint
by_place (guint keycode, gboolean shifted)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (keycode >= rows[i].first && keycode < rows[i].first + strlen (rows[i].plain))
      return (guint) (shifted ? rows[i].shifted : rows[i].plain)[keycode - rows[i].first];
  return 0;
}

static gboolean
is_ascii (guint keyval)
{
  gunichar letter = gdk_keyval_to_unicode (keyval);

  return letter >= 0x20 && letter < 0x7F;
}

guint
san_latin_key (GdkDisplay *display, guint keyval, guint keycode, GdkModifierType state)
{
  gboolean shifted = (state & GDK_SHIFT_MASK) != 0;
  g_autofree GdkKeymapKey *keys = NULL;
  g_autofree guint *keyvals = NULL;
  int n = 0;
  guint other;

  if (is_ascii (keyval) || gdk_keyval_to_unicode (keyval) < 0x80)
    return keyval;
  if (gdk_display_map_keycode (display, keycode, &keys, &keyvals, &n))
    for (int i = 0; i < n; i++)
      if (keys[i].level == (int) shifted && is_ascii (keyvals[i]) &&
          !g_ascii_ispunct ((char) gdk_keyval_to_unicode (keyvals[i])))
        return keyvals[i];
  other = by_place (keycode, shifted);
  return other != 0 ? gdk_unicode_to_keyval (other) : keyval;
}
