/* house-fixture.c - one laptop of a new centre, its superintendent at work, and one child, Bakul */
#include "house-fixture.h"

House
house_begin (void)
{
  House self = { carry_begin (), NULL, { { 0 } } };

  self.laptop = laptop_new (self.dir, "office");
  laptop_found (self.laptop, "Shefali Bari");
  self.child = laptop_admit (self.laptop, "Bakul");
  return self;
}

void
house_end (House *self)
{
  laptop_free (self->laptop);
  carry_end (self->dir);
}
