/* san-code-uses.h - when the recovery code was used: everybody is told, until she has seen it */
#pragma once
#include "san-centre.h"
G_BEGIN_DECLS

/**
 * SanCodeUse:
 * @id: the last entry of it
 * @name: (nullable): who came in by it; %NULL: nobody did (a laptop restored, a ring given, a
 * removal undone)
 * @counts: %FALSE: another laptop used the same code without seeing this, and its use stands
 */
typedef struct
{
  SanId32 id;
  char *name;
  gint64 at_ms;
  gboolean doubtful;
  gboolean counts;
} SanCodeUse;

void       san_code_use_free  (SanCodeUse *self);
/* (transfer full): SanCodeUse, newest first. Those from before she came are none of hers. */
GPtrArray *san_code_uses_list (SanCentre *self, gboolean unseen_only, GError **error);
/* all of them, by this login on this laptop */
gboolean   san_code_uses_seen (SanCentre *self, GError **error);

G_END_DECLS
