/* san-example-private.h - what the two kinds of example share */
#pragma once
#include "san-centre-private.h"
#include "san-example.h"
#include "san-records.h"
G_BEGIN_DECLS

#define SAN_EXAMPLE_PASSPHRASE "example words only here"

typedef struct
{
  SanPlaceOnDisk where;
  char          *store;
  char          *state;
  GString       *readme;
  GCancellable  *cancellable;       /* (nullable) borrowed */
} SanExample;

void       san_example_clear      (SanExample *self);
/* @self->cancellable is set before, or not at all */
gboolean   san_example_begin      (SanExample *self, const SanPlaceOnDisk *where, const char *dir,
                                   const char *name, GError **error);
/* as Sunanda */
SanCentre *san_example_found      (SanExample *self, const char *name, const char *place,
                                   GError **error);
gboolean   san_example_add_person (SanExample *self, const char *name, const char *role,
                                   const char *language, GError **error);
SanCentre *san_example_enter      (SanExample *self, const char *name, GError **error);
gboolean   san_example_bulk       (SanExample *self, guint children, GError **error);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SanExample, san_example_clear)

G_END_DECLS
