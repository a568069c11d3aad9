/* san-press.c - one press of Save: entries made, signed, chained and durable together */
#include "san-press.h"
#include "san-case-keys.h"
#include "san-data-body.h"

typedef struct
{
  SanId32    dossier;
  guint      compartment;
  SanSecret *key;
} MadeKey;

struct _SanPress
{
  SanCentre  *centre;
  SanWriteTx *tx;
  SanSignKey *key;
  GArray     *made;               /* MadeKey */
};

static void
made_key_clear (MadeKey *made)
{
  g_clear_pointer (&made->key, san_secret_unref);
}

SanPress *
san_press_begin (SanCentre *centre, GError **error)
{
  g_autoptr(SanWriteTx) tx = san_write_begin (centre->store, error);
  SanPress *self;

  if (tx == NULL)
    return NULL;
  self = g_new0 (SanPress, 1);
  self->centre = centre;
  self->tx = g_steal_pointer (&tx);
  self->key = centre->seat_key != NULL ? san_sign_key_ref (centre->seat_key) : NULL;
  self->made = g_array_new (FALSE, FALSE, sizeof (MadeKey));
  g_array_set_clear_func (self->made, (GDestroyNotify) made_key_clear);
  return self;
}

void
san_press_free (SanPress *self)
{
  g_clear_pointer (&self->tx, san_write_free);
  g_clear_pointer (&self->key, san_sign_key_unref);
  g_array_unref (self->made);
  g_free (self);
}

void
san_press_remember_key (SanPress *self, const SanId32 *dossier, guint compartment, SanSecret *key)
{
  MadeKey made = { *dossier, compartment, san_secret_ref (key) };

  g_array_append_val (self->made, made);
}

SanSecret *
san_press_find_key (SanPress *self, const SanId32 *dossier, guint compartment)
{
  for (guint i = 0; i < self->made->len; i++)
    {
      const MadeKey *made = &g_array_index (self->made, MadeKey, i);

      if (made->compartment == compartment && san_id32_equal (&made->dossier, dossier))
        return san_secret_ref (made->key);
    }
  return NULL;
}

void
san_press_sign_as (SanPress *self, SanSignKey *key)
{
  san_sign_key_ref (key);
  g_clear_pointer (&self->key, san_sign_key_unref);
  self->key = key;
}

/* Everything of the header that is known before the body is. */
static gboolean
begin_header (SanPress *self, const SanId32 *dossier, SanKind kind, SanHeader *out, GError **error)
{
  SanSlot slot;
  SanHeader header = { 0 };

  if (!san_write_next (self->tx, dossier, &slot, error))
    return FALSE;
  header.kind = (guint8) kind;
  header.flags = self->centre->clock_doubtful ? SAN_FLAG_CLOCK_DOUBTFUL : 0;
  if (dossier != NULL)
    header.dossier = *dossier;
  header.journal = slot.journal;
  header.number = slot.number;
  header.previous = slot.previous;
  header.author = *san_sign_key_get_public (self->key);
  header.wall = (guint64) MAX (san_clock_now (), 0);
  *out = header;
  return TRUE;
}

static gboolean
add_signed (SanPress *self, const SanHeader *header, GBytes *body, SanId32 *id, GError **error)
{
  g_autoptr(SanEntry) entry = san_entry_sign (header, body, self->key, error);

  if (entry == NULL || !san_write_add (self->tx, entry, error))
    return FALSE;
  if (id != NULL)
    *id = *san_entry_get_id (entry);
  return TRUE;
}

gboolean
san_press_add_body (SanPress *self, const SanId32 *dossier, SanKind kind, GBytes *body,
                    SanId32 *id, GError **error)
{
  SanHeader header;

  return begin_header (self, dossier, kind, &header, error) &&
         add_signed (self, &header, body, id, error);
}

gboolean
san_press_found (SanPress *self, SanFoundingType type, SanId32 *dossier, GError **error)
{
  SanFounding founding;
  g_autoptr(GBytes) body = NULL;

  san_founding_make_dossier (&founding, type, NULL, &self->centre->id);
  body = san_founding_encode (&founding);
  return san_press_add_body (self, NULL, SAN_KIND_FOUNDING, body, dossier, error);
}

gboolean
san_press_add_authority (SanPress *self, const SanId32 *dossier, SanAuthorityBody *body,
                         SanId32 *id, GError **error)
{
  g_autoptr(GPtrArray) heads = san_store_list_authority_heads (self->centre->store, dossier, error);
  g_autofree SanId32 *ids = NULL;
  g_autoptr(GBytes) bytes = NULL;
  guint n;

  if (heads == NULL)
    return FALSE;
  n = MIN (heads->len, SAN_HEADS_LIMIT);
  ids = g_new (SanId32, n + 1);
  for (guint i = 0; i < n; i++)
    ids[i] = *(const SanId32 *) g_ptr_array_index (heads, i);
  if (!san_authority_body_set_heads (body, ids, n, error))
    return FALSE;
  bytes = san_authority_body_encode (body, error);
  return bytes != NULL && san_press_add_body (self, dossier, SAN_KIND_AUTHORITY, bytes, id, error);
}

static void
clear_part (SanPartDraft *part)
{
  g_clear_pointer (&part->changes, san_change_list_unref);
  g_clear_pointer (&part->key, san_secret_unref);
}

/* The part of one compartment: its change list, and the key to write under (made if need be). */
static gboolean
prepare_part (SanPress *self, const SanId32 *dossier, SanChanges *changes, guint compartment,
              SanPartDraft *out, GError **error)
{
  g_autoptr(SanChangeList) list =
      san_change_builder_end (san_changes_get (changes, compartment), error);
  g_autoptr(SanSecret) key = NULL;

  if (list == NULL)
    return FALSE;
  if (compartment != SAN_COMPARTMENT_HOUSE)
    {
      key = san_case_key_for_writing (self->centre, self, dossier, compartment, error);
      if (key == NULL)
        return FALSE;
    }
  out->compartment = (guint8) compartment;
  out->changes = g_steal_pointer (&list);
  out->key = g_steal_pointer (&key);
  return TRUE;
}

gboolean
san_press_add_changes (SanPress *self, const SanId32 *dossier, SanChanges *changes,
                       SanId32 *id, GError **error)
{
  g_autoptr(GArray) parts = g_array_new (FALSE, TRUE, sizeof (SanPartDraft));
  g_autoptr(GBytes) body = NULL;
  SanHeader header;

  g_array_set_clear_func (parts, (GDestroyNotify) clear_part);
  if (san_id32_is_zero (dossier))
    {
      /* a laptop that joined: what the house began with may come later than its people */
      g_set_error_literal (
          error, SAN_ERROR, SAN_ERROR_NOT_FOUND,
          "what the house itself has written has not come to this laptop yet: exchange first");
      return FALSE;
    }
  for (guint c = 0; c < SAN_N_COMPARTMENTS; c++)
    {
      SanPartDraft part = { 0 };

      if (san_changes_get (changes, c) == NULL)
        continue;
      if (!prepare_part (self, dossier, changes, c, &part, error))
        return FALSE;
      g_array_append_val (parts, part);
    }
  if (!begin_header (self, dossier, SAN_KIND_CHANGES, &header, error))
    return FALSE;
  body = san_data_body_make (&header, (const SanPartDraft *) parts->data, parts->len, NULL, error);
  return body != NULL && add_signed (self, &header, body, id, error);
}

gboolean
san_press_commit (SanPress *self, GError **error)
{
  if (!san_write_commit (self->tx, error))
    return FALSE;
  san_centre_after_write (self->centre);
  return TRUE;
}
