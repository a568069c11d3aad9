/* san-passphrase-field.h - a field for secrets that GTK never sees
 *
 * A GtkPasswordEntry sends every letter over the accessibility bus even when hidden, and keeps the
 * text in ordinary memory. This one takes keys itself into locked memory; nobody can paste into it
 * or read it back. A key of another script counts as the US letter of the same key, so that one
 * passphrase opens under every keyboard layout. */
#pragma once
#include <gtk/gtk.h>
#include "san-secret.h"
G_BEGIN_DECLS

#define SAN_TYPE_PASSPHRASE_FIELD (san_passphrase_field_get_type ())
G_DECLARE_FINAL_TYPE (SanPassphraseField, san_passphrase_field, SAN, PASSPHRASE_FIELD, GtkWidget)

/* Signals: "changed", "entered" (Enter was pressed), "other" (int: -1 Up, 1 Down was pressed). */
GtkWidget *san_passphrase_field_new     (const char *label);               /* its accessible name */
void       san_passphrase_field_set_label (SanPassphraseField *self, const char *label);
/* (transfer full) (nullable): what was typed; the field is empty after */
SanSecret *san_passphrase_field_take    (SanPassphraseField *self);
/* (transfer full) (nullable): the same, kept in the field */
SanSecret *san_passphrase_field_dup     (SanPassphraseField *self);
/* proposed words; cut at its limit */
void       san_passphrase_field_set     (SanPassphraseField *self, const SanSecret *words);
void       san_passphrase_field_clear   (SanPassphraseField *self);
guint      san_passphrase_field_get_length (SanPassphraseField *self);          /* letters */
/* the letters themselves instead of dots */
void       san_passphrase_field_set_shown (SanPassphraseField *self, gboolean shown);
/* slips, recovery codes: shown from the start, capitals folded by the reader */
void       san_passphrase_field_set_plain (SanPassphraseField *self, gboolean plain);

G_END_DECLS
