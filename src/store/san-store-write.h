/* san-store-write.h - own new entries: one press of Save, one transaction, durable on return */
#pragma once
#include "san-store.h"
G_BEGIN_DECLS

typedef struct _SanWriteTx SanWriteTx;

/* Where the next own entry of a dossier goes. Numbers come from the database, inside the
 * transaction, never from the witness. */
typedef struct
{
  SanId16 journal;
  guint64 number;
  SanId32 previous;          /* zero if number is 1 */
} SanSlot;

/**
 * san_write_begin:
 *
 * Begins; only one write or apply at a time (REFUSED). Entries that are added are seen at once by
 * san_write_next() and by reading of entries; values follow at the commit.
 */
SanWriteTx *san_write_begin  (SanStore *store, GError **error);
/* @dossier NULL: a founding entry (number 1). After adding a founding entry its id is the dossier.
 */
gboolean    san_write_next   (SanWriteTx *self, const SanId32 *dossier, SanSlot *out,
                              GError **error);
/* Adds a signed entry; it must fit the slot (REFUSED), its body must parse. The signature is
 * not checked again: it has just been made. */
gboolean    san_write_add    (SanWriteTx *self, SanEntry *entry, GError **error);
/**
 * san_write_commit:
 *
 * Judges what was added: an own entry that would be held is REFUSED and nothing is written.
 * Otherwise everything is durable on return and the views of open compartments have followed.
 * On failure all is rolled back. Then only free.
 */
gboolean    san_write_commit (SanWriteTx *self, GError **error);
void        san_write_free   (SanWriteTx *self);     /* rolls back if not committed; NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanWriteTx, san_write_free)

G_END_DECLS
