/* san-founding.c - reads, writes and proves founding entries
 *
 * A centre's id is the hash of the entry that founds it, so it cannot be squatted; the proofs
 * inside cannot name it yet and name a hash of salt and recovery key instead. */
#include "san-founding.h"

#include "san-canonical-private.h"

#include <string.h>

gboolean
san_founding_is_authority (const SanFounding *self)
{
  return self->type == SAN_FOUNDING_CENTRE || self->type == SAN_FOUNDING_PROGRAMME;
}

static gboolean
take_authority (SanFounding *self, SanReader *reader, GError **error)
{
  return san_reader_take_id32 (reader, &self->recovery_sign, error) &&
         san_reader_take_id32 (reader, &self->recovery_box, error) &&
         san_reader_take_copy (reader, self->recovery_proof, sizeof self->recovery_proof, error) &&
         san_device_record_take (reader, &self->device, error) &&
         san_seat_record_take (reader, &self->seat, error);
}

static gboolean
check_type (guint8 type, GError **error)
{
  if (type == 0)
    return san_damaged (error, "founding entry: type 0");
  if (type > SAN_FOUNDING_PROGRAMME_DATA)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_TOO_NEW,
                   "founding entry: type %u, known are 1 to %u", type,
                   (guint) SAN_FOUNDING_PROGRAMME_DATA);
      return FALSE;
    }
  return TRUE;
}

gboolean
san_founding_parse (GBytes *body, SanFounding *out, GError **error)
{
  SanFounding self = { 0 };
  SanReader reader;

  san_reader_init_bytes (&reader, body, "founding entry");
  if (!san_reader_take_copy (&reader, self.salt, sizeof self.salt, error) ||
      !san_reader_take_u8 (&reader, &self.type, error) ||
      !check_type (self.type, error) ||
      !san_reader_take_zeros (&reader, 7, error) ||
      !san_reader_take_id32 (&reader, &self.owner, error))
    return FALSE;
  if (san_founding_is_authority (&self) != san_id32_is_zero (&self.owner))
    return san_damaged (error, "founding entry: type %u %s an owner", self.type,
                        san_founding_is_authority (&self) ? "cannot have" : "must have");
  if ((san_founding_is_authority (&self) && !take_authority (&self, &reader, error)) ||
      !san_reader_take_end (&reader, error))
    return FALSE;
  *out = self;
  return TRUE;
}

/* Returns: (transfer full): the body. */
GBytes *
san_founding_encode (const SanFounding *self)
{
  g_auto(SanWriter) writer = { 0 };

  san_writer_init (&writer);
  san_writer_put (&writer, self->salt, sizeof self->salt);
  san_writer_put_u8 (&writer, self->type);
  san_writer_put_zeros (&writer, 7);
  san_writer_put_id32 (&writer, &self->owner);
  if (san_founding_is_authority (self))
    {
      san_writer_put_id32 (&writer, &self->recovery_sign);
      san_writer_put_id32 (&writer, &self->recovery_box);
      san_writer_put (&writer, self->recovery_proof, sizeof self->recovery_proof);
      san_device_record_put (&self->device, &writer);
      san_seat_record_put (&self->seat, &writer);
    }
  return san_writer_end (&writer);
}

void
san_founding_get_context (const SanFounding *self, SanId32 *out)
{
  guint8 bound[SAN_SALT_SIZE + sizeof self->recovery_sign.b];

  memcpy (bound, self->salt, SAN_SALT_SIZE);
  memcpy (bound + SAN_SALT_SIZE, self->recovery_sign.b, sizeof self->recovery_sign.b);
  san_hash ("san1.found", bound, sizeof bound, out);
}

/* salt, author, recovery box key: 80 bytes */
static void
recovery_claim (const guint8 *salt, const SanId32 *author, const SanId32 *recovery_box,
                guint8 out[80])
{
  memcpy (out, salt, SAN_SALT_SIZE);
  memcpy (out + 16, author->b, 32);
  memcpy (out + 48, recovery_box->b, 32);
}

void
san_recovery_proof_make (const SanSignKey *recovery, const guint8 salt[SAN_SALT_SIZE],
                         const SanId32 *author, const SanId32 *recovery_box,
                         guint8 out[SAN_SIGNATURE_SIZE])
{
  guint8 claim[80];

  recovery_claim (salt, author, recovery_box, claim);
  san_sign (recovery, "san1.recover", claim, sizeof claim, out);
}

gboolean
san_recovery_proof_verify (const SanId32 *recovery, const guint8 salt[SAN_SALT_SIZE],
                           const SanId32 *author, const SanId32 *recovery_box,
                           const guint8 proof[SAN_SIGNATURE_SIZE], GError **error)
{
  guint8 claim[80];

  recovery_claim (salt, author, recovery_box, claim);
  if (!san_verify (recovery, "san1.recover", claim, sizeof claim, proof))
    return san_untrusted (error, "recovery key: bad proof");
  return TRUE;
}

gboolean
san_founding_verify (const SanFounding *self, const SanHeader *header, GError **error)
{
  SanId32 context;

  if (!san_founding_is_authority (self))
    return TRUE;
  san_founding_get_context (self, &context);
  if (!san_id32_equal (&self->seat.sign_pk, &header->author))
    return san_untrusted (error, "founding entry: its author is not its own seat");
  if (!san_id16_equal (&self->seat.device, &self->device.device))
    return san_untrusted (error, "founding entry: the seat is on another device");
  if (!san_journal_fits (&header->journal, &self->device.sign_pk))
    return san_untrusted (error, "founding entry: the journal is another device's");
  return san_recovery_proof_verify (&self->recovery_sign, self->salt, &header->author,
                                    &self->recovery_box, self->recovery_proof, error) &&
         san_device_record_verify (&self->device, &context, error) &&
         san_seat_record_verify (&self->seat, &context, error);
}

static void
begin (SanFounding *self, SanFoundingType type, const guint8 *salt)
{
  memset (self, 0, sizeof *self);
  self->type = (guint8) type;
  if (salt != NULL)
    memcpy (self->salt, salt, sizeof self->salt);
  else
    san_random (self->salt, sizeof self->salt);
}

gboolean
san_founding_make_authority (SanFounding *out, SanFoundingType type, const guint8 *salt,
                             const SanSignKey *recovery_sign, const SanId32 *recovery_box,
                             const SanId16 *device, const SanSignKey *device_key,
                             const SanId32 *device_box, const SanId16 *staff,
                             const SanSignKey *seat_key, const SanId32 *seat_box, const char *role,
                             GError **error)
{
  SanFounding self;
  SanId32 context;

  begin (&self, type, salt);
  if (!san_founding_is_authority (&self))
    return san_invalid (error, "type %u founds no authority dossier", type);
  self.recovery_sign = *san_sign_key_get_public (recovery_sign);
  self.recovery_box = *recovery_box;
  san_founding_get_context (&self, &context);
  san_recovery_proof_make (recovery_sign, self.salt, san_sign_key_get_public (seat_key),
                           recovery_box, self.recovery_proof);
  san_device_record_make (&self.device, device, device_key, device_box, &context);
  if (!san_seat_record_make (&self.seat, staff, device, seat_key, seat_box, role, &context, error))
    return FALSE;
  *out = self;
  return TRUE;
}

void
san_founding_make_dossier (SanFounding *out, SanFoundingType type, const guint8 *salt,
                           const SanId32 *owner)
{
  begin (out, type, salt);
  out->owner = *owner;
}
