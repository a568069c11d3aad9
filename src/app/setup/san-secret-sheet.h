/* san-secret-sheet.h - how a recovery code or a slip stands on paper */
#pragma once
#include "san-secret.h"
#include <cairo.h>
G_BEGIN_DECLS

/**
 * SanSecretSheet:
 * @heading: what it is, "Recovery code of Shefali Bari"
 * @day: when it was made
 * @steps: what to do with the sheet, in this order; NULL at the end
 * @why: (nullable): below the steps
 * @label: (nullable): what stands on the envelope; NULL: nothing to glue on
 * @cut: (nullable): beside the line where the label is cut off
 * @seal: (nullable): before the line where somebody signs the label
 * @secret: groups or words, with hyphens or blanks between them
 */
typedef struct
{
  const char        *heading, *day;
  const char *const *steps;
  const char        *why, *label, *cut, *seal;
  const SanSecret   *secret;
} SanSecretSheet;

/**
 * san_secret_sheet_draw:
 * @cr: in points
 * @width: of the paper between its margins
 * @height: the same
 *
 * Each group in its own place, numbered in the order in which it is typed: none is broken. The
 * label is below a line to cut along, and has nothing secret. What is too long for the paper, as a
 * long name in a large font may make it, is drawn smaller as a whole.
 *
 * Returns: how far down it reaches
 */
double san_secret_sheet_draw (cairo_t *cr, const SanSecretSheet *sheet, double width,
                              double height);

G_END_DECLS
