/* two-laptops.c - a centre, two laptops with a superintendent each, a child, a record to write */
#include "two-laptops.h"

void
two_begin (Two *self)
{
  self->centre = centre_new ();
  self->one = laptop_new (self->centre);
  self->ana = person_new (self->one, "superintendent", NULL);
  centre_found (self->centre, self->ana);
  self->two = laptop_new (self->centre);
  self->bea = person_new (self->two, "superintendent", NULL);
  appoint (self->ana, self->bea);
  admit (self->ana, &self->child);
  record_new (&self->record);
  send_all (self->one, self->two, NULL);
  unlock (self->bea);
}

void
two_meet (Two *self)
{
  send_all (self->one, self->two, NULL);
  send_all (self->two, self->one, NULL);
}

void
two_end (Two *self)
{
  assert_sound (self->one);
  person_free (self->bea);
  person_free (self->ana);
  laptop_free (self->two);
  laptop_free (self->one);
  centre_free (self->centre);
}
