/* san-parsed-private.h - an entry with its body taken apart, as far as every version can read it */
#pragma once
#include "san-data-body.h"
#include "san-founding.h"
#include "san-authority-body.h"
#include "san-key-grant.h"
G_BEGIN_DECLS

typedef struct
{
  SanEntry         *entry;
  const SanHeader  *header;                    /* of entry */
  SanDataBody      *data;                      /* kind 0 */
  SanFounding      *founding;                  /* kind 1 */
  SanAuthorityBody *authority;                 /* kind 2 */
  SanKeyGrant      *grant;                     /* kind 3 */
  guint8            parts;                 /* bit c: part of compartment c, or grants a key of it */
} SanParsed;

/* DAMAGED if the body is not canonical. Without a body (erased) only the header is there. */
SanParsed *san_parsed_new          (SanEntry *entry, GError **error);
void       san_parsed_free         (SanParsed *self);
gboolean   san_parsed_founds_authority (const SanParsed *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanParsed, san_parsed_free)

G_END_DECLS
