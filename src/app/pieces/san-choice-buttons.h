/* san-choice-buttons.h - one answer of a few, as buttons; a digit picks and moves on */
#pragma once
#include <gtk/gtk.h>
G_BEGIN_DECLS
#define SAN_TYPE_CHOICE_BUTTONS (san_choice_buttons_get_type ())
G_DECLARE_FINAL_TYPE (SanChoiceButtons, san_choice_buttons, SAN, CHOICE_BUTTONS, GtkWidget)
/* Signal "changed". @question: its accessible name. Pressing the chosen one again takes it back. */
GtkWidget  *san_choice_buttons_new (const char *question);
void        san_choice_buttons_add (SanChoiceButtons *self, const char *code, const char *word);
const char *san_choice_buttons_get (SanChoiceButtons *self);                   /* (nullable) code */
void        san_choice_buttons_set (SanChoiceButtons *self, const char *code /* nullable */);
G_END_DECLS
