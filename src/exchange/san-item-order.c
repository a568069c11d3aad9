/* san-item-order.c - items in rising type; entries by dossier, journal and number
 *
 * The order lets a receiver take authority before what it decides, and each journal without
 * gaps. Only raw header fields are looked at: a bad entry is its author's matter, a bad order
 * the sender's. */
#include "san-item-order.h"

#include "san-hash.h"

#include <string.h>

#define OFFSET_KIND    4
#define OFFSET_DOSSIER 8
#define OFFSET_JOURNAL 40
#define OFFSET_NUMBER  56

void
san_item_order_init (SanItemOrder *self, guint16 flags)
{
  memset (self, 0, sizeof *self);
  self->flags = flags;
}

static gboolean
refuse (GError **error, const char *what, guint8 type)
{
  g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED, "payload: item of type %u %s", type, what);
  return FALSE;
}

guint32
san_item_order_entries (const SanItemOrder *self)
{
  return self->n_of_type[SAN_ITEM_AUTHORITY] + self->n_of_type[SAN_ITEM_ENTRY]
         + self->n_of_type[SAN_ITEM_HEADER];
}

guint32
san_item_order_pieces (const SanItemOrder *self)
{
  return self->n_of_type[SAN_ITEM_PIECE];
}

/* A founding entry names its dossier by its own id. */
static void
get_dossier (const guint8 *header, SanId32 *out)
{
  if (header[OFFSET_KIND] == SAN_KIND_FOUNDING)
    san_hash ("san1.entry.id", header, SAN_SIGNED_SIZE, out);
  else
    memcpy (out->b, header + OFFSET_DOSSIER, 32);
}

static guint64
get_number (const guint8 *header)
{
  guint64 number;

  memcpy (&number, header + OFFSET_NUMBER, sizeof number);
  return GUINT64_FROM_LE (number);
}

static int
compare_headers (const SanId32 *dossier_a, const guint8 *a, const SanId32 *dossier_b,
                 const guint8 *b)
{
  int order = san_id32_compare (dossier_a, dossier_b);

  if (order == 0)
    order = (b[OFFSET_KIND] == SAN_KIND_FOUNDING) - (a[OFFSET_KIND] == SAN_KIND_FOUNDING);
  if (order == 0)
    order = memcmp (a + OFFSET_JOURNAL, b + OFFSET_JOURNAL, 16);
  if (order == 0)
    order = get_number (a) < get_number (b) ? -1 : get_number (a) > get_number (b);
  return order;
}

/* Equal keys are the two branches of a fork; the same entry twice is not. */
static gboolean
check_entry_order (const SanItemOrder *self, guint8 type, const guint8 *data, GError **error)
{
  SanId32 dossier;
  int order;

  if (!self->has_key || type != self->last_type)
    return TRUE;
  get_dossier (data, &dossier);
  order = compare_headers (&self->dossier, self->header, &dossier, data);
  if (order > 0)
    return refuse (error, "comes after one that it belongs before", type);
  if (order == 0 && memcmp (self->header, data, SAN_SIGNED_SIZE) == 0)
    return refuse (error, "comes twice", type);
  return TRUE;
}

static gboolean
check_count (const SanItemOrder *self, guint8 type, GError **error)
{
  guint32 n = self->n_of_type[type];

  switch (type)
    {
    case SAN_ITEM_HAVE:
      return n < 1 || refuse (error, "comes twice", type);
    case SAN_ITEM_WANT:
      return n < SAN_WANTS_LIMIT || refuse (error, "comes more often than its limit", type);
    case SAN_ITEM_AUTHORITY:
    case SAN_ITEM_ENTRY:
    case SAN_ITEM_HEADER:
      return san_item_order_entries (self) < SAN_BUNDLE_ENTRIES_LIMIT
             || refuse (error, "comes more often than its limit", type);
    case SAN_ITEM_PIECE:
      if (san_item_order_entries (self) > 0)
        return refuse (error, "comes beside entries", type);
      return n < SAN_BUNDLE_PIECES_LIMIT || refuse (error, "comes more often than its limit", type);
    default:
      if (!(self->flags & SAN_BUNDLE_BACKUP))
        return refuse (error, "comes outside a backup", type);
      return n < 1 || refuse (error, "comes twice", type);
    }
}

gboolean
san_item_order_check (const SanItemOrder *self, guint8 type, const guint8 *data, gsize n,
                      GError **error)
{
  if (!san_item_check_size (type, n, error))
    return FALSE;
  if (type < self->last_type)
    return refuse (error, "comes after one of a later type", type);
  if (!check_count (self, type, error))
    return FALSE;
  if (type == SAN_ITEM_ENTRY || type == SAN_ITEM_HEADER)
    return check_entry_order (self, type, data, error);
  if (type == SAN_ITEM_PIECE && san_padme (n - SAN_AEAD_TAG_SIZE) != n - SAN_AEAD_TAG_SIZE)
    return refuse (error, "has a size that no padding gives", type);
  return TRUE;
}

void
san_item_order_follow (SanItemOrder *self, guint8 type, const guint8 *data, gsize n)
{
  self->last_type = type;
  self->n_of_type[type]++;
  self->has_key = type == SAN_ITEM_ENTRY || type == SAN_ITEM_HEADER;
  if (!self->has_key)
    return;
  get_dossier (data, &self->dossier);
  memcpy (self->header, data, SAN_SIGNED_SIZE);
}
