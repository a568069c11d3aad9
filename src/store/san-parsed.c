/* san-parsed.c - an entry with its body taken apart, as far as every version can read it */
#include "san-parsed-private.h"

static gboolean
parse_data (SanParsed *self, GBytes *body, GError **error)
{
  self->data = san_data_body_parse (body, error);
  if (!self->data)
    return FALSE;
  for (guint i = 0; i < san_data_body_get_n_parts (self->data); i++)
    self->parts |= 1u << san_data_body_get_part (self->data, i)->compartment;
  return TRUE;
}

static gboolean
parse_founding (SanParsed *self, GBytes *body, GError **error)
{
  self->founding = g_new0 (SanFounding, 1);
  return san_founding_parse (body, self->founding, error);
}

static gboolean
parse_body (SanParsed *self, GBytes *body, GError **error)
{
  switch (self->header->kind)
    {
    case SAN_KIND_CHANGES:
      return parse_data (self, body, error);
    case SAN_KIND_FOUNDING:
      return parse_founding (self, body, error);
    case SAN_KIND_AUTHORITY:
      self->authority = san_authority_body_parse (body, error);
      return self->authority != NULL;
    case SAN_KIND_KEY_GRANT:
      self->grant = san_key_grant_parse (body, error);
      if (self->grant)
        self->parts = 1u << self->grant->compartment;
      return self->grant != NULL;
    default:
      return TRUE; /* kept and passed on */
    }
}

SanParsed *
san_parsed_new (SanEntry *entry, GError **error)
{
  g_autoptr(SanParsed) self = g_new0 (SanParsed, 1);
  GBytes *body = san_entry_get_body (entry);

  self->entry = san_entry_ref (entry);
  self->header = san_entry_get_header (entry);
  if (body && !parse_body (self, body, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
san_parsed_free (SanParsed *self)
{
  if (!self)
    return;
  if (self->data)
    san_data_body_unref (self->data);
  if (self->authority)
    san_authority_body_free (self->authority);
  if (self->grant)
    san_key_grant_free (self->grant);
  g_free (self->founding);
  san_entry_unref (self->entry);
  g_free (self);
}

gboolean
san_parsed_founds_authority (const SanParsed *self)
{
  return self->founding && san_founding_is_authority (self->founding);
}
