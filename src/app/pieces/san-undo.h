/* san-undo.h - a saved act, taken back while its toast shows: a withdrawal, nothing vanishes */
#pragma once
#include "san-desk.h"
G_BEGIN_DECLS
void san_undo_offer (SanDesk *desk, const char *sentence, const SanId16 *record);   /* toast with Undo: withdraws @record */
G_END_DECLS
