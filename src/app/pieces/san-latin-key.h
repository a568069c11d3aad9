/* san-latin-key.h - what a key would give on a US keyboard, whatever layout is in use */
#pragma once
#include <gtk/gtk.h>
G_BEGIN_DECLS

/**
 * san_latin_key:
 *
 * Under a Devanagari or Bengali layout keys give letters of that script. The Latin group is asked
 * first; where the only layout is Indic, the place of the key on a PC keyboard decides.
 *
 * Returns: @keyval where it is ASCII or no letter at all; else the key value of the US keyboard
 */
guint san_latin_key (GdkDisplay *display, guint keyval, guint keycode, GdkModifierType state);

G_END_DECLS
