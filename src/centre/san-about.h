/* san-about.h - what the centre says of itself: its name, where it lies, how many beds */
#pragma once
#include "san-centre.h"
G_BEGIN_DECLS

#define SAN_BEDS_LIMIT 2000u

/**
 * SanAbout:
 * @name: at most 60 letters
 * @place: town or district; "" where nobody said
 * @state: state of India; "" where nobody said
 * @beds: 0: nobody said
 */
typedef struct
{
  char *name, *place, *state;
  guint beds;
} SanAbout;

void      san_about_free (SanAbout *self);
SanAbout *san_about_get  (SanCentre *self, GError **error);
/**
 * san_about_set:
 * @about: what is to stand; what stands already is not written again
 *
 * An entry as all else, for superintendents: it travels to the centre's other laptops, and the old
 * name stays in the history.
 *
 * Returns: FALSE with LOCKED for anybody else, INVALID for a name or a number that cannot be
 */
gboolean  san_about_set  (SanCentre *self, const SanAbout *about, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanAbout, san_about_free)

G_END_DECLS
