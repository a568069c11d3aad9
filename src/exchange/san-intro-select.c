/* san-intro-select.c - choose the chain of entries that leads to a device
 *
 * Backwards from the device: its op 1, that one's author, hers, and so on to the founding entry.
 * Whoever reads it knows each author before what she wrote. A recovery key may have written
 * something without having seen that it was put in force (a laptop restored from an older backup),
 * so causal order alone is not enough. */
#include "san-intro.h"
#include "san-authority-body.h"
#include "san-entry.h"
#include "san-founding.h"
#include "san-store.h"
#include "san-store-entries.h"
#include "san-store-rights.h"
#include "san-writer.h"

typedef struct
{
  SanEntry *entry;                 /* NULL: nothing for a chain */
  SanId32 seat;                    /* that it names, with its device; else zero */
  SanId16 device;
  SanId32 recovery;                /* key that it puts in force */
  gboolean names_device;
  gboolean names_recovery;
  gboolean wanted;
  gboolean placed;
} Link;

typedef struct
{
  Link *links;
  guint n;
  GHashTable *devices;             /* SanId16 -> index + 1 of the first that names it */
  GHashTable *seats;               /* SanId32 -> the same */
} Chooser;

static gboolean
read_founding_link (Link *link, GError **error)
{
  SanFounding founding;

  if (!san_founding_parse (san_entry_get_body (link->entry), &founding, error))
    return FALSE;
  link->seat = founding.seat.sign_pk;
  link->device = founding.device.device;
  link->names_device = TRUE;
  link->recovery = founding.recovery_sign;
  link->names_recovery = TRUE;
  return TRUE;
}

static gboolean
read_operation_link (Link *link, GError **error)
{
  g_autoptr(SanAuthorityBody) body
      = san_authority_body_parse (san_entry_get_body (link->entry), error);

  if (body == NULL)
    return FALSE;
  switch (body->op)
    {
    case SAN_OP_DEVICE:
      link->device = body->u.device.device;
      link->names_device = TRUE;
      break;
    case SAN_OP_SEAT:
      link->device = body->u.seat.device;
      link->seat = body->u.seat.sign_pk;
      break;
    case SAN_OP_NEW_RECOVERY:
      link->recovery = body->u.new_recovery.sign_pk;
      link->names_recovery = TRUE;
      link->wanted = TRUE;
      break;
    default:
      g_clear_pointer (&link->entry, san_entry_unref);
    }
  return TRUE;
}

static gboolean
read_link (Chooser *self, guint i, GBytes *bytes, GError **error)
{
  Link *link = &self->links[i];

  link->entry = san_entry_new_from_bytes (bytes, error);
  if (link->entry == NULL)
    return FALSE;
  if (!(i == 0 ? read_founding_link (link, error) : read_operation_link (link, error)))
    return FALSE;
  if (link->entry == NULL)
    return TRUE;
  if (link->names_device && !g_hash_table_contains (self->devices, &link->device))
    g_hash_table_insert (self->devices, &link->device, GUINT_TO_POINTER (i + 1));
  if (!san_id32_is_zero (&link->seat) && !g_hash_table_contains (self->seats, &link->seat))
    g_hash_table_insert (self->seats, &link->seat, GUINT_TO_POINTER (i + 1));
  return TRUE;
}

static gboolean
want_device (Chooser *self, const SanId16 *device)
{
  guint i = GPOINTER_TO_UINT (g_hash_table_lookup (self->devices, device));

  if (i > 0)
    self->links[i - 1].wanted = TRUE;
  return i > 0;
}

/* Somebody without a seat is a recovery key, and all of those are in the chain anyway. */
static gboolean
want_author (Chooser *self, guint of)
{
  const SanHeader *header = san_entry_get_header (self->links[of].entry);
  guint i = GPOINTER_TO_UINT (g_hash_table_lookup (self->seats, &header->author));

  if (of == 0 || i == 0)
    return TRUE;
  if (i > of)
    return FALSE;                    /* not causal order: a chain would never end */
  self->links[i - 1].wanted = TRUE;
  return want_device (self, &self->links[i - 1].device);
}

/* Backwards: authors stand before what they wrote, so one pass is enough. */
static gboolean
mark (Chooser *self, const SanId16 *device)
{
  if (self->n == 0 || !want_device (self, device))
    return FALSE;
  self->links[0].wanted = TRUE;
  for (guint i = self->n; i > 0; i--)
    if (self->links[i - 1].wanted && !want_author (self, i - 1))
      return FALSE;
  return TRUE;
}

/* What stands in the chain so far. */
typedef struct
{
  GHashTable *seats;               /* SanId32* -> SanId16*, its device */
  GHashTable *devices;             /* SanId16* */
  GHashTable *recoveries;          /* SanId32* */
  const SanId32 *in_force;
} Placed;

static void
placed_clear (Placed *self)
{
  g_clear_pointer (&self->seats, g_hash_table_unref);
  g_clear_pointer (&self->devices, g_hash_table_unref);
  g_clear_pointer (&self->recoveries, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Placed, placed_clear)

static gboolean
may_follow (const Placed *self, const Link *link)
{
  const SanId32 *author = &san_entry_get_header (link->entry)->author;
  const SanId16 *device;

  if (self->in_force == NULL)
    return TRUE;                   /* the founding entry */
  if (link->names_recovery)
    return san_id32_equal (author, self->in_force);
  if (g_hash_table_contains (self->recoveries, author))
    return TRUE;
  device = g_hash_table_lookup (self->seats, author);
  return device != NULL && g_hash_table_contains (self->devices, device);
}

static void
place (Placed *self, Link *link, SanWriter *writer)
{
  g_autoptr(GBytes) bytes = san_entry_to_bytes (link->entry);

  san_writer_put_bytes (writer, bytes);
  link->placed = TRUE;
  if (link->names_device)
    g_hash_table_add (self->devices, &link->device);
  if (!san_id32_is_zero (&link->seat))
    g_hash_table_insert (self->seats, &link->seat, &link->device);
  if (!link->names_recovery)
    return;
  g_hash_table_add (self->recoveries, &link->recovery);
  self->in_force = &link->recovery;
}

/* Again and again from the front, the first that may follow; NULL: one never may. */
static GBytes *
join (const Chooser *self)
{
  g_auto(SanWriter) writer = { NULL };
  g_auto(Placed) placed = { g_hash_table_new (san_id32_hash, san_id32_equal),
                            g_hash_table_new (san_id16_hash, san_id16_equal),
                            g_hash_table_new (san_id32_hash, san_id32_equal), NULL };
  gboolean moved = TRUE, left = TRUE;

  san_writer_init (&writer);
  while (moved && left)
    {
      moved = left = FALSE;
      for (guint i = 0; i < self->n; i++)
        {
          Link *link = &self->links[i];

          if (!link->wanted || link->placed)
            continue;
          if (may_follow (&placed, link))
            {
              place (&placed, link, &writer);
              moved = TRUE;
            }
          else
            left = TRUE;
        }
    }
  return left ? NULL : san_writer_end (&writer);
}

static GBytes *
choose (Chooser *self, GPtrArray *entries, const SanId16 *device, GError **error)
{
  g_autoptr(GBytes) chain = NULL;

  for (guint i = 0; i < self->n; i++)
    if (!read_link (self, i, g_ptr_array_index (entries, i), error))
      return NULL;
  chain = mark (self, device) ? join (self) : NULL;
  if (chain == NULL)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_NOT_FOUND,
                           "no chain of entries leads to this device");
      return NULL;
    }
  if (g_bytes_get_size (chain) > SAN_BUNDLE_INTRO_LIMIT)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_REFUSED,
                   "intro of %" G_GSIZE_FORMAT " bytes, limit is %u", g_bytes_get_size (chain),
                   SAN_BUNDLE_INTRO_LIMIT);
      return NULL;
    }
  return g_steal_pointer (&chain);
}

/**
 * san_intro_select:
 *
 * Only entries that count are to be given: of two that name one device the first is taken.
 */
GBytes *
san_intro_select (GPtrArray *entries, const SanId16 *device, GError **error)
{
  Chooser self = { g_new0 (Link, entries->len), entries->len, NULL, NULL };
  GBytes *chain;

  self.devices = g_hash_table_new (san_id16_hash, san_id16_equal);
  self.seats = g_hash_table_new (san_id32_hash, san_id32_equal);
  chain = choose (&self, entries, device, error);
  for (guint i = 0; i < self.n; i++)
    g_clear_pointer (&self.links[i].entry, san_entry_unref);
  g_free (self.links);
  g_hash_table_unref (self.devices);
  g_hash_table_unref (self.seats);
  return chain;
}

/* What does not count has no place in a chain: above all the op 7 of a code that was used on two
 * laptops apart, for a chain with both leads nowhere. */
GBytes *
san_intro_select_own (SanStore *store, const SanId32 *own, const SanId16 *device, GError **error)
{
  const SanAuthority *authority = san_store_get_authority (store, own, error);
  g_autoptr(GPtrArray) entries =
      authority != NULL ? san_store_list_authority (store, own, error) : NULL;
  g_autoptr(GPtrArray) bytes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  if (entries == NULL)
    return NULL;
  for (guint i = 0; i < entries->len; i++)
    if (i == 0 ||
        san_authority_is_effective (authority, san_entry_get_id (g_ptr_array_index (entries, i))))
      g_ptr_array_add (bytes, san_entry_to_bytes (g_ptr_array_index (entries, i)));
  return san_intro_select (bytes, device, error);
}
