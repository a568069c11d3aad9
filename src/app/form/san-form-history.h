/* san-form-history.h - what stood in a field before, asked when somebody wants to see it */
#pragma once
#include "san-form-work.h"
G_BEGIN_DECLS

/* @versions: SanFieldVersion, newest first; (nullable): only what stands there now. */
typedef void (*SanFormHistoryCame) (SanPage *page, const char *field, GPtrArray *versions);

void san_form_history_ask (SanPage *page, SanFormWork *work, const char *field,
                           SanFormHistoryCame came);

G_END_DECLS
