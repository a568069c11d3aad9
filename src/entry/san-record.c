/* san-record.c - device and seat records and their proofs of possession
 *
 * A proof names the centre, so that another centre cannot certify the same key as its own. */
#include "san-record.h"

#include "san-canonical-private.h"
#include "san-recovery-code.h"

#include <string.h>

static GBytes *
device_claim (const SanDeviceRecord *self, const SanId32 *context)
{
  g_auto(SanWriter) writer = { 0 };

  san_writer_init (&writer);
  san_writer_put_id32 (&writer, context);
  san_writer_put_id16 (&writer, &self->device);
  san_writer_put_id32 (&writer, &self->sign_pk);
  san_writer_put_id32 (&writer, &self->box_pk);
  return san_writer_end (&writer);
}

static GBytes *
seat_claim (const SanSeatRecord *self, const SanId32 *context)
{
  g_auto(SanWriter) writer = { 0 };

  san_writer_init (&writer);
  san_writer_put_id32 (&writer, context);
  san_writer_put_id16 (&writer, &self->staff);
  san_writer_put_id16 (&writer, &self->device);
  san_writer_put_id32 (&writer, &self->sign_pk);
  san_writer_put_id32 (&writer, &self->box_pk);
  return san_writer_end (&writer);
}

static gboolean
verify_claim (const SanId32 *pk, const char *domain, GBytes *claim, const guint8 *proof)
{
  gsize n;
  const guint8 *data = g_bytes_get_data (claim, &n);

  return san_verify (pk, domain, data, n, proof);
}

void
san_device_record_make (SanDeviceRecord *out, const SanId16 *device, const SanSignKey *key,
                        const SanId32 *box_pk, const SanId32 *context)
{
  g_autoptr(GBytes) claim = NULL;
  gsize n;
  const guint8 *data;

  memset (out, 0, sizeof *out);
  out->device = *device;
  out->sign_pk = *san_sign_key_get_public (key);
  out->box_pk = *box_pk;
  claim = device_claim (out, context);
  data = g_bytes_get_data (claim, &n);
  san_sign (key, "san1.device", data, n, out->proof);
}

gboolean
san_device_record_take (SanReader *reader, SanDeviceRecord *out, GError **error)
{
  SanReader cursor = *reader;
  SanDeviceRecord self = { 0 };

  if (!san_reader_take_id16 (&cursor, &self.device, error) ||
      !san_reader_take_id32 (&cursor, &self.sign_pk, error) ||
      !san_reader_take_id32 (&cursor, &self.box_pk, error) ||
      !san_reader_take_copy (&cursor, self.proof, sizeof self.proof, error))
    return FALSE;
  *reader = cursor;
  *out = self;
  return TRUE;
}

void
san_device_record_put (const SanDeviceRecord *self, SanWriter *writer)
{
  san_writer_put_id16 (writer, &self->device);
  san_writer_put_id32 (writer, &self->sign_pk);
  san_writer_put_id32 (writer, &self->box_pk);
  san_writer_put (writer, self->proof, sizeof self->proof);
}

gboolean
san_device_record_verify (const SanDeviceRecord *self, const SanId32 *context, GError **error)
{
  g_autoptr(GBytes) claim = device_claim (self, context);

  if (!verify_claim (&self->sign_pk, "san1.device", claim, self->proof))
    return san_untrusted (error, "device record: bad proof");
  return TRUE;
}

gboolean
san_seat_record_make (SanSeatRecord *out, const SanId16 *staff, const SanId16 *device,
                      const SanSignKey *key, const SanId32 *box_pk, const char *role,
                      const SanId32 *context, GError **error)
{
  g_autoptr(GBytes) claim = NULL;
  gsize n;
  const guint8 *data;

  if (!san_role_is_well_formed (role, strlen (role)))
    return san_invalid (error, "\"%s\" is not a role's name", role);
  memset (out, 0, sizeof *out);
  out->staff = *staff;
  out->device = *device;
  out->sign_pk = *san_sign_key_get_public (key);
  out->box_pk = *box_pk;
  memcpy (out->role, role, strlen (role));
  claim = seat_claim (out, context);
  data = g_bytes_get_data (claim, &n);
  san_sign (key, "san1.seat", data, n, out->proof);
  return TRUE;
}

gboolean
san_seat_record_take (SanReader *reader, SanSeatRecord *out, GError **error)
{
  SanReader cursor = *reader;
  SanSeatRecord self = { 0 };
  guint8 n;

  if (!san_reader_take_id16 (&cursor, &self.staff, error) ||
      !san_reader_take_id16 (&cursor, &self.device, error) ||
      !san_reader_take_id32 (&cursor, &self.sign_pk, error) ||
      !san_reader_take_id32 (&cursor, &self.box_pk, error) ||
      !san_reader_take_u8 (&cursor, &n, error))
    return FALSE;
  if (n > SAN_ROLE_LIMIT)
    return san_damaged (error, "seat record: role of %u bytes, limit is %u", n, SAN_ROLE_LIMIT);
  if (!san_reader_take_copy (&cursor, self.role, n, error))
    return FALSE;
  if (!san_role_is_well_formed (self.role, n))
    return san_damaged (error, "seat record: malformed role of %u bytes", n);
  if (!san_reader_take_copy (&cursor, self.proof, sizeof self.proof, error))
    return FALSE;
  *reader = cursor;
  *out = self;
  return TRUE;
}

void
san_seat_record_put (const SanSeatRecord *self, SanWriter *writer)
{
  san_writer_put_id16 (writer, &self->staff);
  san_writer_put_id16 (writer, &self->device);
  san_writer_put_id32 (writer, &self->sign_pk);
  san_writer_put_id32 (writer, &self->box_pk);
  san_writer_put_u8 (writer, (guint8) strlen (self->role));
  san_writer_put (writer, self->role, strlen (self->role));
  san_writer_put (writer, self->proof, sizeof self->proof);
}

gboolean
san_seat_record_verify (const SanSeatRecord *self, const SanId32 *context, GError **error)
{
  g_autoptr(GBytes) claim = seat_claim (self, context);

  if (!verify_claim (&self->sign_pk, "san1.seat", claim, self->proof))
    return san_untrusted (error, "seat record: bad proof");
  return TRUE;
}

/**
 * san_seat_record_dup_number:
 *
 * Returns: (transfer full): what two people compare before a clinical ring is granted
 */
char *
san_seat_record_dup_number (const SanSeatRecord *self)
{
  guint8 keys[64];
  SanId32 hash;

  memcpy (keys, self->sign_pk.b, 32);
  memcpy (keys + 32, self->box_pk.b, 32);
  san_hash ("san1.seat.no", keys, sizeof keys, &hash);
  return san_crockford_encode (hash.b, 80);
}
