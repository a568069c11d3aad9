/* san-entry.h - one signed entry: a header of 240 bytes and a body; layout: FORMAT.md */
#pragma once
#include "san-keys.h"
#include "san-error.h"
G_BEGIN_DECLS

#define SAN_HEADER_SIZE   240
#define SAN_SIGNED_SIZE   176              /* what the entry id and the signature cover */
#define SAN_BODY_LIMIT    1048576u
#define SAN_NUMBER_LIMIT  (G_GUINT64_CONSTANT (1) << 48)   /* numbers are below it */
#define SAN_SALT_SIZE     16

typedef enum
{
  SAN_KIND_CHANGES = 0,
  SAN_KIND_FOUNDING = 1,
  SAN_KIND_AUTHORITY = 2,
  SAN_KIND_KEY_GRANT = 3,
} SanKind;                                 /* higher kinds: kept and passed on */

typedef enum
{
  SAN_FLAG_MUST_UNDERSTAND = 1,
  SAN_FLAG_CLOCK_DOUBTFUL = 2,
} SanFlags;

/**
 * SanHeader:
 *
 * All fields of a header. In a draft for san_entry_sign() the last three are filled in there.
 */
typedef struct
{
  guint8  kind;
  guint8  flags;
  SanId32 dossier;                         /* zero in a founding entry */
  SanId16 journal;
  guint64 number;                          /* from 1 */
  SanId32 previous;                        /* zero if number is 1 */
  SanId32 author;                          /* Ed25519 public key of the seat */
  guint64 wall;                            /* ms since 1970 UTC */
  guint32 body_size;
  SanId32 body_hash;
  guint8  signature[SAN_SIGNATURE_SIZE];
} SanHeader;

/* Refuses with DAMAGED whatever is not exactly @n = 240 canonical bytes; @out untouched then. */
gboolean san_header_parse  (const guint8 *data, gsize n, SanHeader *out, GError **error);
void     san_header_encode (const SanHeader *self, guint8 out[SAN_HEADER_SIZE]);

/**
 * SanEntry:
 *
 * Immutable, reference counted (atomic): header, its raw bytes, the entry id, and the body, which
 * is absent where a case was erased. A SanEntry is well-formed; it is trusted only after
 * san_entry_check_signature() and san_entry_check_body_hash().
 */
typedef struct _SanEntry SanEntry;

SanEntry        *san_entry_new              (const guint8 *header, gsize n,
                                             GBytes *body /* nullable */, GError **error);
/* header and body in one */
SanEntry        *san_entry_new_from_bytes   (GBytes *bytes, GError **error);
/* author must be the key's */
SanEntry        *san_entry_sign             (const SanHeader *draft, GBytes *body,
                                             const SanSignKey *key, GError **error);
SanEntry        *san_entry_ref              (SanEntry *self);
void             san_entry_unref            (SanEntry *self);
const SanHeader *san_entry_get_header       (const SanEntry *self);
const guint8    *san_entry_get_raw_header   (const SanEntry *self);        /* 240 bytes, borrowed */
const SanId32   *san_entry_get_id           (const SanEntry *self);      /* without the signature */
/* own id for a founding entry */
const SanId32   *san_entry_get_dossier      (const SanEntry *self);
GBytes          *san_entry_get_body         (const SanEntry *self); /* (transfer none) (nullable) */
/* header and body, (transfer full); NULL when the body is absent */
GBytes          *san_entry_to_bytes         (const SanEntry *self);
SanEntry        *san_entry_without_body     (const SanEntry *self);
gboolean         san_entry_check_signature  (const SanEntry *self, GError **error);  /* UNTRUSTED */
/* DAMAGED; an absent body: INCOMPLETE */
gboolean         san_entry_check_body_hash  (const SanEntry *self, GError **error);
/* header bytes 8-135, what a part's ad binds */
GBytes          *san_entry_part_context     (const SanHeader *header);

/* Journal id: 6 random bytes and the first 10 of a hash that binds them to the device. */
void             san_journal_new            (const SanId32 *device_sign_pk, SanId16 *out);
void             san_journal_derive         (const SanId32 *device_sign_pk, const guint8 random[6],
                                             SanId16 *out);
gboolean         san_journal_fits           (const SanId16 *journal, const SanId32 *device_sign_pk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanEntry, san_entry_unref)

G_END_DECLS
