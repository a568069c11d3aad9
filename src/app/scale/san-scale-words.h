/* san-scale-words.h - what a score says, in sentences: a screen, never a diagnosis */
#pragma once
#include "san-instrument.h"
G_BEGIN_DECLS

/**
 * san_scale_words:
 * @before: (nullable): the last sheet that has a total
 * @before_at: ms; its day
 *
 * Returns: (transfer full): sentences, one a line
 */
char *san_scale_words (const SanInstrument *instrument, const SanScore *score,
                       const SanScore *before, gint64 before_at,
                       const char *language);

G_END_DECLS
