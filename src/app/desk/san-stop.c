/* san-stop.c - one stop on a person's way through the window */
#include "san-stop.h"

SanStop *
san_stop_new (const char *page)
{
  SanStop *self = g_new0 (SanStop, 1);

  self->page = g_intern_string (page);
  return self;
}

SanStop *
san_stop_copy (const SanStop *self)
{
  SanStop *copy = g_new (SanStop, 1);

  *copy = *self;
  copy->form = g_strdup (self->form);
  copy->part = g_strdup (self->part);
  copy->view = self->view != NULL ? g_variant_ref (self->view) : NULL;
  copy->focus = self->focus != NULL ? g_variant_ref (self->focus) : NULL;
  return copy;
}

void
san_stop_free (SanStop *self)
{
  if (self == NULL)
    return;
  g_free (self->form);
  g_free (self->part);
  g_clear_pointer (&self->view, g_variant_unref);
  g_clear_pointer (&self->focus, g_variant_unref);
  g_free (self);
}

static void
set (GVariant **place, GVariant *value)
{
  if (value != NULL)
    g_variant_ref_sink (value);
  g_clear_pointer (place, g_variant_unref);
  *place = value;
}

void
san_stop_set_view (SanStop *self, GVariant *view)
{
  set (&self->view, view);
}

void
san_stop_set_focus (SanStop *self, GVariant *focus)
{
  set (&self->focus, focus);
}
