/* san-children-choice.h - who lives in this centre, asked for and said */
#pragma once
#include "san-choice-buttons.h"
G_BEGIN_DECLS

/* Heading, what follows from it, and three buttons; @now: of a SanAbout. */
SanChoiceButtons *san_children_choice_add (GtkBox *box, const char *now);
/* for a SanAbout: "" where nothing is chosen */
char             *san_children_choice_dup (SanChoiceButtons *self);
/* "" where nobody said, or a newer version did */
const char       *san_children_word       (const char *children);

G_END_DECLS
