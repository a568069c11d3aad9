/* two-laptops.h - a centre, two laptops with a superintendent each, a child, a record to write */
#pragma once
#include "store-fixture.h"
G_BEGIN_DECLS

typedef struct
{
  Centre *centre;
  Laptop *one, *two;
  Person *ana, *bea;                  /* on laptops one and two */
  SanId32 child;
  SanId16 record;                     /* of the child; nothing stands in it */
} Two;

void     two_begin          (Two *self);
void     two_meet           (Two *self);              /* each gets what the other has */
void     two_end            (Two *self);

G_END_DECLS
