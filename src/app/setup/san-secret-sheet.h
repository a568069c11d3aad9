/* san-secret-sheet.h - how a recovery code or a slip stands on paper */
#pragma once
#include "san-secret.h"
#include <cairo.h>
G_BEGIN_DECLS

/**
 * SanSecretSheet:
 * @heading: what it is, "Recovery code of Shefali Bari"
 * @day: when it was made
 * @secret: groups or words, with hyphens or blanks between them
 * @text: what to do with the sheet
 */
typedef struct
{
  const char      *heading, *day, *text;
  const SanSecret *secret;
} SanSecretSheet;

/**
 * san_secret_sheet_draw:
 * @cr: in points
 * @width: of the paper between its margins
 *
 * Each group in its own place, numbered in the order in which it is typed: none is broken.
 *
 * Returns: how far down it reaches
 */
double san_secret_sheet_draw (cairo_t *cr, const SanSecretSheet *sheet, double width);

G_END_DECLS
