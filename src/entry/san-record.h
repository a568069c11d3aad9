/* san-record.h - device records and seat records: public keys with a proof that names the centre
 *
 * (Not the record of a form: that is a bare SanId16.) The context c is the centre id; inside a
 * founding entry, whose id is not known yet, it is san_founding_get_context(). */
#pragma once
#include "san-keys.h"
#include "san-reader.h"
#include "san-writer.h"
#include "san-compartment.h"
G_BEGIN_DECLS

#define SAN_DEVICE_RECORD_SIZE 144

typedef struct
{
  SanId16 device;
  SanId32 sign_pk;
  SanId32 box_pk;
  guint8  proof[SAN_SIGNATURE_SIZE];
} SanDeviceRecord;

typedef struct
{
  SanId16 staff;
  SanId16 device;
  SanId32 sign_pk;
  SanId32 box_pk;
  char    role[SAN_ROLE_LIMIT + 1];
  guint8  proof[SAN_SIGNATURE_SIZE];
} SanSeatRecord;

void     san_device_record_make   (SanDeviceRecord *out, const SanId16 *device,
                                   const SanSignKey *key,
                                   const SanId32 *box_pk, const SanId32 *context);
gboolean san_device_record_take   (SanReader *reader, SanDeviceRecord *out, GError **error);
void     san_device_record_put    (const SanDeviceRecord *self, SanWriter *writer);
/* UNTRUSTED */
gboolean san_device_record_verify (const SanDeviceRecord *self, const SanId32 *context,
                                   GError **error);

gboolean san_seat_record_make     (SanSeatRecord *out, const SanId16 *staff, const SanId16 *device,
                                   const SanSignKey *key, const SanId32 *box_pk, const char *role,
                                   /* INVALID: not a role's name */
                                   const SanId32 *context, GError **error);
gboolean san_seat_record_take     (SanReader *reader, SanSeatRecord *out, GError **error);
void     san_seat_record_put      (const SanSeatRecord *self, SanWriter *writer);
/* UNTRUSTED */
gboolean san_seat_record_verify   (const SanSeatRecord *self, const SanId32 *context,
                                   GError **error);
/* 16 Crockford symbols, compared face to face */
char    *san_seat_record_dup_number (const SanSeatRecord *self);

G_END_DECLS
