/* damaged-files.h - seeded damage of a database file and its log, by header, page and frame
 *
 * From outside: units exchanged, repeated, blanked, cut off, put back as they were earlier, taken
 * from another file, and bits turned in them. From inside: a page opened with the key, damaged in
 * its text and sealed again, as failing memory would have it before it is sealed. */
#pragma once
#include "san-mutate.h"
#include "san-secret.h"
G_BEGIN_DECLS

typedef struct
{
  GBytes *db;                /* NAME.db */
  GBytes *wal;               /* NAME.db-wal; NULL: none */
} Files;

void   files_read   (Files *self, const char *dir);
void   files_write  (const Files *self, const char *dir);    /* no log: removes one that is there */
void   files_clear  (Files *self);

/* Damaged copies of @sample; @earlier and @stranger lend units. */
void   damage_units (SanMutator *mutator, const Files *sample, const Files *earlier,
                     const Files *stranger, Files *out);
void   damage_texts (SanMutator *mutator, const Files *sample, const SanSecret *key, Files *out);

G_END_DECLS
