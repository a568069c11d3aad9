/* san-witness.h - what this laptop last wrote, kept outside the store
 *
 * A store that knows less than its witness was restored or cloned: it must not go on with numbers
 * that others have seen with other contents. */
#pragma once
#include "san-secret.h"
G_BEGIN_DECLS

typedef struct
{
  SanId16 store;
  SanId16 machine;        /* san_machine_hash() */
  SanId16 journal;
  guint64 n_entries;      /* of this journal, in all dossiers */
  SanId32 last;           /* the newest of them; zero: none */
  SanId32 page_sum;       /* zero: not kept */
} SanWitness;

typedef enum
{
  /* the same, or the store is ahead (cut off before the witness was written) */
  SAN_WITNESS_FITS,
  SAN_WITNESS_MISSING,         /* none, or not ours: new journal */
  SAN_WITNESS_OTHER_MACHINE,   /* a copy of the disk: new journal */
  SAN_WITNESS_ROLLED_BACK,     /* the store is older: new journal */
} SanWitnessVerdict;

char             *san_witness_dup_path (const SanId16 *store);      /* in the user's state folder */
gboolean          san_witness_save     (const char *path, const SanWitness *self,
                                        const SanSecret *store_key, GError **error);
/* NOT_FOUND: none; DAMAGED, TOO_NEW, UNTRUSTED: not written with this store key. */
gboolean          san_witness_load     (const char *path, const SanId16 *store,
                                        const SanSecret *store_key, SanWitness *out,
                                        GError **error);
SanWitnessVerdict san_witness_judge    (const SanWitness *self /* NULL: none could be loaded */,
                                        const SanWitness *now);
void              san_machine_hash     (SanId16 *out);

G_END_DECLS
