/* san-undo.h - a saved act, taken back while its toast shows: a withdrawal, nothing vanishes */
#pragma once
#include "san-desk.h"
G_BEGIN_DECLS
/* toast with Undo: withdraws @record */
void san_undo_offer (SanDesk *desk, const char *sentence, const SanId16 *record);
G_END_DECLS
