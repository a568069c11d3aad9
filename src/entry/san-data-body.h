/* san-data-body.h - body of kind 0: parts, one per compartment; house in clear, others sealed
 *
 * A sealed part is valid in one place only: its ad binds dossier, journal, number, previous,
 * author, clock, compartment and salt. */
#pragma once
#include "san-entry.h"
#include "san-change.h"
#include "san-compartment.h"
G_BEGIN_DECLS

typedef struct _SanDataBody SanDataBody;       /* immutable, reference counted (atomic) */

typedef struct
{
  guint8       compartment;
  SanId32      key_id;                         /* zero for house */
} SanPartInfo;

/* What to write into one compartment; @key (32 bytes) is NULL for house and only for house. */
typedef struct
{
  guint8         compartment;
  SanChangeList *changes;
  SanSecret     *key;
} SanPartDraft;

/* the house list is parsed too; sealed parts by their shape */
SanDataBody       *san_data_body_parse    (GBytes *body, GError **error);
SanDataBody       *san_data_body_ref      (SanDataBody *self);
void               san_data_body_unref    (SanDataBody *self);
guint              san_data_body_get_n_parts (const SanDataBody *self);
/* ascending by compartment */
const SanPartInfo *san_data_body_get_part (const SanDataBody *self, guint i);
/* (nullable) */
const SanPartInfo *san_data_body_find_part (const SanDataBody *self, guint8 compartment);
/* (transfer none) (nullable) */
SanChangeList     *san_data_body_get_house (const SanDataBody *self);

/**
 * san_data_body_open_part:
 * @header: the header of the entry that carries this body
 * @key: a dossier key, 32 bytes
 *
 * Returns: (transfer full): the change list. NOT_FOUND: no such part; LOCKED: @key is not the key
 * that the part names; UNTRUSTED: the part was not sealed for this place; DAMAGED: its text is
 * not canonical.
 */
SanChangeList     *san_data_body_open_part (const SanDataBody *self, const SanHeader *header,
                                            guint8 compartment, const SanSecret *key,
                                            GError **error);

/**
 * san_data_body_make:
 * @header: draft with dossier, journal, number, previous, author and wall clock final
 * @salt: (nullable): 16 bytes; random when %NULL
 *
 * Returns: (transfer full): the body, for san_entry_sign(). Parts may come in any order.
 */
GBytes            *san_data_body_make     (const SanHeader *header, const SanPartDraft *parts,
                                           guint n_parts,
                                           const guint8 *salt, GError **error);
/* H("san1.key.id", key) */
void               san_key_get_id         (const SanSecret *key, SanId32 *out);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanDataBody, san_data_body_unref)

G_END_DECLS
