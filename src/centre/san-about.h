/* san-about.h - what the centre says of itself: its name, where it lies, who lives there */
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
 * @children: who lives there: "girls", "boys" or "both"; "" where nobody said
 */
typedef struct
{
  char *name, *place, *state;
  guint beds;
  char *children;
} SanAbout;

void      san_about_free (SanAbout *self);
SanAbout *san_about_get  (SanCentre *self, GError **error);
/* who lives there alone: "" where nobody said; NULL: it could not be read */
char     *san_about_dup_children (SanCentre *self, GError **error);
/**
 * san_about_set:
 * @about: what is to stand; what stands already is not written again; children NULL: as it is
 *
 * An entry as all else, for superintendents: it travels to the centre's other laptops, and the old
 * name stays in the history.
 *
 * Returns: FALSE with LOCKED for anybody else, INVALID for a name, a number or a word of @children
 *   that cannot be
 */
gboolean  san_about_set  (SanCentre *self, const SanAbout *about, GError **error);
/**
 * san_about_says_she:
 * @children: (nullable): of a #SanAbout, or of san_centre_get_children()
 *
 * Whether sentences about a child may say "she": in a home for girls, and where nobody said. Homes
 * of this work are homes for girls nearly all, the sentences with "she" are the warmer ones, and a
 * centre that was here before anybody could be asked keeps the words that it knows. In all others,
 * also in those that a newer version knows, sentences speak of "the child".
 */
gboolean  san_about_says_she (const char *children);
/**
 * san_about_check_children:
 * @children: (nullable): as typed; NULL and "" are nobody's word yet, and may stand
 *
 * Returns: FALSE with INVALID for a word that is none of a #SanAbout
 */
gboolean  san_about_check_children (const char *children, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanAbout, san_about_free)

G_END_DECLS
