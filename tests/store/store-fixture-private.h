/* store-fixture-private.h - what the two files of the fixture share */
#pragma once
#include "store-fixture.h"
G_BEGIN_DECLS

struct _Press
{
  Person     *person;
  SanWriteTx *tx;
};

void       know_nobody (void);
void       fill_header (Press *self, const SanId32 *dossier, guint8 kind, SanHeader *header);
gboolean   add_signed  (Press *self, const SanHeader *header, GBytes *body, SanId32 *id,
                        GError **error);
GPtrArray *rings_of    (Laptop *laptop, int compartment);
void       rotate      (Person *by, guint8 compartment, const SanId32 *old, const GArray *others);

G_END_DECLS
