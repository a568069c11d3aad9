/* san-intro.c - follow a chain of authority entries from a centre's founding to one device
 *
 * Each link's author must stand further up in the chain with the right to add the link. A chain
 * says "this device was let in by that centre once": not that it still is. */
#include "san-intro.h"

#include "san-authority-body.h"
#include "san-entry.h"
#include "san-founding.h"
#include "san-reader.h"

#include <string.h>

#define OFFSET_BODY_SIZE 136u

struct _SanIntro
{
  SanId32 centre;
  GArray *devices;                 /* SanDeviceRecord */
  GArray *seats;                   /* SanSeatRecord */
  GArray *recoveries;              /* SanId32: sign pks, the newest last */
  SanId32 recovery_box;
  GHashTable *seen;                /* set of entry ids */
};

static gboolean
untrusted (GError **error, const char *what)
{
  g_set_error (error, SAN_ERROR, SAN_ERROR_UNTRUSTED, "intro: %s", what);
  return FALSE;
}

static gboolean
damaged (GError **error, const char *what)
{
  g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED, "intro: %s", what);
  return FALSE;
}

static const SanDeviceRecord *
find_device (const SanIntro *self, const SanId16 *device)
{
  for (guint i = 0; i < self->devices->len; i++)
    {
      const SanDeviceRecord *record = &g_array_index (self->devices, SanDeviceRecord, i);

      if (san_id16_equal (&record->device, device))
        return record;
    }
  return NULL;
}

static const SanSeatRecord *
find_seat (const SanIntro *self, const SanId32 *pk)
{
  for (guint i = 0; i < self->seats->len; i++)
    {
      const SanSeatRecord *record = &g_array_index (self->seats, SanSeatRecord, i);

      if (san_id32_equal (&record->sign_pk, pk))
        return record;
    }
  return NULL;
}

static gboolean
is_recovery (const SanIntro *self, const SanId32 *pk)
{
  for (guint i = 0; i < self->recoveries->len; i++)
    if (san_id32_equal (&g_array_index (self->recoveries, SanId32, i), pk))
      return TRUE;
  return FALSE;
}

/* --- one link --- */

static gboolean
add_founding (SanIntro *self, SanEntry *entry, GError **error)
{
  SanFounding founding;

  if (!san_founding_parse (san_entry_get_body (entry), &founding, error))
    return FALSE;
  if (!san_founding_is_authority (&founding))
    return damaged (error, "begins with a dossier that is no centre's");
  if (!san_founding_verify (&founding, san_entry_get_header (entry), error))
    return FALSE;
  self->centre = *san_entry_get_id (entry);
  self->recovery_box = founding.recovery_box;
  g_array_append_val (self->recoveries, founding.recovery_sign);
  g_array_append_val (self->devices, founding.device);
  g_array_append_val (self->seats, founding.seat);
  return TRUE;
}

/* The author's seat if it has one (NULL: a recovery key), on a device whose journal this is. */
static gboolean
find_author (const SanIntro *self, const SanHeader *header, const SanSeatRecord **seat,
             GError **error)
{
  const SanDeviceRecord *device;

  *seat = NULL;
  if (is_recovery (self, &header->author))
    return TRUE;
  *seat = find_seat (self, &header->author);
  if (*seat == NULL)
    return untrusted (error, "a link is by somebody whom none before it names");
  device = find_device (self, &(*seat)->device);
  if (device == NULL)
    return untrusted (error, "a link's author sits on a device that none before it names");
  if (!san_journal_fits (&header->journal, &device->sign_pk))
    return untrusted (error, "a link stands in a journal of another device");
  return TRUE;
}

static gboolean
add_device (SanIntro *self, const SanDeviceRecord *record, const SanSeatRecord *author,
            GError **error)
{
  if (author != NULL && !san_role_is_superintendent (author->role))
    return untrusted (error, "a device was let in by somebody who may not");
  if (!san_device_record_verify (record, &self->centre, error))
    return FALSE;
  if (find_device (self, &record->device) != NULL)
    return damaged (error, "names a device twice");
  g_array_append_vals (self->devices, record, 1);
  return TRUE;
}

/* A slip makes the real seat of its own person on its own device, and nothing else. */
static gboolean
may_seat (const SanSeatRecord *author, const SanSeatRecord *record)
{
  if (author == NULL || san_role_is_superintendent (author->role))
    return TRUE;
  return san_role_is_slip (author->role)
         && g_strcmp0 (san_role_get_slip_of (author->role), record->role) == 0
         && san_id16_equal (&author->staff, &record->staff)
         && san_id16_equal (&author->device, &record->device);
}

static gboolean
add_seat (SanIntro *self, const SanSeatRecord *record, const SanSeatRecord *author, GError **error)
{
  if (!may_seat (author, record))
    return untrusted (error, "a seat was made by somebody who may not");
  if (!san_seat_record_verify (record, &self->centre, error))
    return FALSE;
  if (find_seat (self, &record->sign_pk) != NULL)
    return damaged (error, "names a seat twice");
  g_array_append_vals (self->seats, record, 1);
  return TRUE;
}

static gboolean
add_recovery (SanIntro *self, const SanAuthorityBody *body, const SanId32 *author, GError **error)
{
  const SanNewRecovery *next = &body->u.new_recovery;
  const SanId32 *in_force = &g_array_index (self->recoveries, SanId32, self->recoveries->len - 1);

  if (!san_id32_equal (author, in_force))
    return untrusted (error, "a recovery key was replaced by another than the one in force");
  if (!san_recovery_proof_verify (&next->sign_pk, body->salt, author, &next->box_pk, next->proof,
                                  error))
    return FALSE;
  if (is_recovery (self, &next->sign_pk))
    return damaged (error, "names a recovery key twice");
  g_array_append_val (self->recoveries, next->sign_pk);
  self->recovery_box = next->box_pk;
  return TRUE;
}

static gboolean
add_operation (SanIntro *self, SanEntry *entry, GError **error)
{
  const SanHeader *header = san_entry_get_header (entry);
  g_autoptr(SanAuthorityBody) body = NULL;
  const SanSeatRecord *author;
  SanSeatRecord kept;

  if (header->kind != SAN_KIND_AUTHORITY || !san_id32_equal (&header->dossier, &self->centre))
    return damaged (error, "holds an entry that is not of its chain");
  if (!find_author (self, header, &author, error))
    return FALSE;
  body = san_authority_body_parse (san_entry_get_body (entry), error);
  if (body == NULL)
    return FALSE;
  if (author != NULL)
    {
      kept = *author;                /* the array may move under it */
      author = &kept;
    }
  switch (body->op)
    {
    case SAN_OP_DEVICE:
      return add_device (self, &body->u.device, author, error);
    case SAN_OP_SEAT:
      return add_seat (self, &body->u.seat, author, error);
    case SAN_OP_NEW_RECOVERY:
      return add_recovery (self, body, &header->author, error);
    default:
      return damaged (error, "holds an operation that is not of its chain");
    }
}

static gboolean
add_link (SanIntro *self, SanEntry *entry, GError **error)
{
  gboolean first = g_hash_table_size (self->seen) == 0;

  if (!san_entry_check_signature (entry, error) || !san_entry_check_body_hash (entry, error))
    return FALSE;
  if (!g_hash_table_add (self->seen, san_id32_copy (san_entry_get_id (entry))))
    return damaged (error, "holds an entry twice");
  if (!first)
    return add_operation (self, entry, error);
  if (san_entry_get_header (entry)->kind != SAN_KIND_FOUNDING)
    return damaged (error, "does not begin with a founding entry");
  return add_founding (self, entry, error);
}

/* Entries lie one behind the other; each header says how long its body is. */
static SanEntry *
take_entry (SanReader *reader, GBytes *whole, GError **error)
{
  gsize start = reader->offset;
  const guint8 *header = san_reader_take (reader, SAN_HEADER_SIZE, error);
  g_autoptr(GBytes) body = NULL;
  guint32 n;

  if (header == NULL)
    return NULL;
  memcpy (&n, header + OFFSET_BODY_SIZE, sizeof n);
  n = GUINT32_FROM_LE (n);
  if (san_reader_take (reader, n, error) == NULL)
    return NULL;
  body = g_bytes_new_from_bytes (whole, start + SAN_HEADER_SIZE, n);
  return san_entry_new (header, SAN_HEADER_SIZE, body, error);
}

static SanIntro *
intro_new (void)
{
  SanIntro *self = g_new0 (SanIntro, 1);

  self->devices = g_array_new (FALSE, FALSE, sizeof (SanDeviceRecord));
  self->seats = g_array_new (FALSE, FALSE, sizeof (SanSeatRecord));
  self->recoveries = g_array_new (FALSE, FALSE, sizeof (SanId32));
  self->seen = g_hash_table_new_full (san_id32_hash, san_id32_equal, g_free, NULL);
  return self;
}

SanIntro *
san_intro_parse (GBytes *bytes, GError **error)
{
  g_autoptr(SanIntro) self = intro_new ();
  SanReader reader;

  if (g_bytes_get_size (bytes) > SAN_BUNDLE_INTRO_LIMIT)
    {
      damaged (error, "longer than its limit");
      return NULL;
    }
  san_reader_init_bytes (&reader, bytes, "intro");
  do
    {
      g_autoptr(SanEntry) entry = take_entry (&reader, bytes, error);

      if (entry == NULL || !add_link (self, entry, error))
        return NULL;
    }
  while (san_reader_get_left (&reader) > 0);
  return g_steal_pointer (&self);
}

const SanId32 *
san_intro_get_centre (const SanIntro *self)
{
  return &self->centre;
}

gboolean
san_intro_find_device (const SanIntro *self, const SanId16 *device, SanId32 *sign_pk,
                       SanId32 *box_pk)
{
  const SanDeviceRecord *record = find_device (self, device);

  if (record == NULL)
    return FALSE;
  if (sign_pk != NULL)
    *sign_pk = record->sign_pk;
  if (box_pk != NULL)
    *box_pk = record->box_pk;
  return TRUE;
}

/**
 * san_intro_get_recovery_pk:
 *
 * When a backup is read into an empty store, the code that was typed must be this one: there is
 * nothing else to trust then.
 */
const SanId32 *
san_intro_get_recovery_pk (const SanIntro *self)
{
  return &g_array_index (self->recoveries, SanId32, self->recoveries->len - 1);
}

const SanId32 *
san_intro_get_recovery_box_pk (const SanIntro *self)
{
  return &self->recovery_box;
}

void
san_intro_free (SanIntro *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->devices);
  g_array_unref (self->seats);
  g_array_unref (self->recoveries);
  g_hash_table_unref (self->seen);
  g_free (self);
}
