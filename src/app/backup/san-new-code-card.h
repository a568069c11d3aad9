/* san-new-code-card.h - the wish for a new recovery code: what it needs, and the way there */
#pragma once
#include "san-desk.h"
G_BEGIN_DECLS

GtkWidget *san_new_code_card_new (SanDesk *desk);

G_END_DECLS
