/* san-payload.h - the items that a bundle carries, and their own bytes */
#pragma once
#include "san-bundle.h"
#include "san-entry.h"
G_BEGIN_DECLS

/* In a payload types never fall; within 4 and within 5: by dossier (its founding entry first),
 * journal, number. */
typedef enum
{
  SAN_ITEM_END = 0,                 /* not in the bytes: said by the reader after its last checks */
  SAN_ITEM_HAVE = 1,                    /* at most one */
  SAN_ITEM_WANT = 2,
  SAN_ITEM_AUTHORITY = 3,               /* an entry of an authority dossier, in causal order */
  SAN_ITEM_ENTRY = 4,                   /* any other entry */
  SAN_ITEM_HEADER = 5,         /* an entry without its body: counts only if its dossier is erased */
  SAN_ITEM_PIECE = 6,                   /* never beside 3 to 5 */
  SAN_ITEM_KEYRING = 7,                 /* at most one, backup only */
  SAN_ITEM_VOLUME = 9,                  /* at most one, backup only */
} SanItemType;

#define SAN_ITEM_HEAD_SIZE      8u      /* type, 3 zeros, length */
#define SAN_HAVE_ROWS_LIMIT     65536u
#define SAN_HAVE_ROW_SIZE       72u
#define SAN_WANTS_LIMIT         65536u
#define SAN_ENTRY_BYTES_LIMIT   (SAN_HEADER_SIZE + SAN_BODY_LIMIT)
#define SAN_PIECE_MIN           (4096u + 16u)
#define SAN_PIECE_LIMIT         (1048576u + 16u)
#define SAN_KEYRING_LIMIT       65536u
#define SAN_VOLUME_SIZE         20u

/* One head of a journal in a dossier: up to here the sender has it, without a gap. */
typedef struct
{
  SanId32 dossier;
  SanId16 journal;
  guint64 number;
  guint8  head[16];                     /* the first bytes of the entry id at that number */
} SanHaveRow;

typedef struct
{
  gboolean complete;                    /* all that the sender has for this audience */
  SanId32  rest;                        /* H("san1.have.rest", rows left out) if not complete */
  GArray  *rows;                        /* of SanHaveRow, ascending */
} SanHave;

typedef struct
{
  gboolean is_piece;
  SanId32  piece;                       /* if is_piece; else: */
  SanId32  dossier;
  SanId16  journal;
  guint64  from;
  guint64  to;                          /* both included; SAN_NUMBER_LIMIT - 1: all that follow */
} SanWant;

typedef struct { SanId16 backup; guint16 index; guint16 n; } SanVolume;   /* index from 0 */

/**
 * san_item_check_size:
 *
 * Whether an item of @type may be @n bytes long: asked by writer and reader before a byte of it
 * is taken. Returns: %FALSE with %SAN_ERROR_DAMAGED, also for types that are not in this version
 */
gboolean  san_item_check_size   (guint8 type, guint64 n, GError **error);

/* order of the bytes of two SanHaveRow */
int       san_have_row_compare  (gconstpointer a, gconstpointer b);
/* rows: all that there are, sorted here; of more than the limit those stay for which keep is set
 * (or the first ones, keep NULL) */
SanHave  *san_have_new          (GArray *rows, const GHashTable *keep_dossiers);
GBytes   *san_have_encode       (const SanHave *self, GError **error);
SanHave  *san_have_parse        (GBytes *bytes, GError **error);
void      san_have_hash_rest    (GArray *rows_left_out, SanId32 *out);     /* ascending */
void      san_have_free         (SanHave *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanHave, san_have_free)

GBytes   *san_want_encode       (const SanWant *self);
gboolean  san_want_parse        (GBytes *bytes, SanWant *out, GError **error);
GBytes   *san_volume_encode     (const SanVolume *self);
gboolean  san_volume_parse      (GBytes *bytes, SanVolume *out, GError **error);

/* seal("san1.keyring", keyring file, recovery box pk) */
GBytes   *san_keyring_item_seal (GBytes *keyring, const SanId32 *recovery_box_pk, GError **error);

G_END_DECLS
