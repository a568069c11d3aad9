/* san-awaited.h - attached files that are still on their way to an audience, or from it
 *
 * Notes come first and name their files; the pieces follow when they were asked for. So both sides
 * may have all notes, and papers be missing all the same. */
#pragma once
#include "san-audience.h"
G_BEGIN_DECLS

/* Files as far as whoever sits here reads the notes that name them; of the others it is only said
 * that there are some. */
typedef struct
{
  guint    to_them;                 /* they asked for pieces of these, and we have them */
  guint    from_them;               /* of their notes, with pieces that are not here */
  gboolean more_to_them;            /* pieces of files whose notes are closed */
  gboolean more_from_them;
} SanAwaited;

/* What was written in a place is not had: it counts until they say that they have it. */
gboolean   san_awaited_count       (const SanAudience *audience, const SanId32 *own,
                                    SanStore *store, SanAwaited *out, GError **error);
/* Files that miss a piece here and of which none was asked for in @before, a list of
 * san_wanted_list(): those that the last exchange named first. @closed: pieces of closed notes. */
gboolean   san_awaited_count_since (SanStore *store, const GArray *before, guint *files,
                                    gboolean *closed, GError **error);

G_END_DECLS
