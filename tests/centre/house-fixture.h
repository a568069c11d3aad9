/* house-fixture.h - one laptop of a new centre, its superintendent at work, and one child, Bakul */
#pragma once
#include "carry-fixture.h"
G_BEGIN_DECLS

typedef struct { char *dir; Laptop *laptop; SanId32 child; } House;

House     house_begin         (void);
void      house_end           (House *self);

G_END_DECLS
