/* san-cut.h - cut rows: what the remover had of a journal, without naming dossier or journal */
#pragma once
#include "san-hash.h"
G_BEGIN_DECLS

#define SAN_CUT_ROW_SIZE   40
#define SAN_CUT_ROWS_LIMIT 25000
#define SAN_CUT_TAG_SIZE   16

/* tag 16 || u64 number of the journal's head || first 16 bytes of that head. Ordered by memcmp. */
typedef struct { guint8 b[SAN_CUT_ROW_SIZE]; } SanCutRow;

void     san_cut_tag             (const guint8 salt[16], const SanId32 *dossier,
                                  const SanId16 *journal,
                                  guint8 out[SAN_CUT_TAG_SIZE]);
void     san_cut_row_make        (SanCutRow *out, const guint8 salt[16], const SanId32 *dossier,
                                  const SanId16 *journal, guint64 number, const SanId32 *head);
guint64  san_cut_row_get_number  (const SanCutRow *self);
/* this entry is the row's head */
gboolean san_cut_row_names       (const SanCutRow *self, guint64 number, const SanId32 *entry);
/* in place, repeats dropped; returns how many are left */
guint    san_cut_rows_sort       (SanCutRow *rows, guint n);
/* The rows of one journal: returns how many, the first at *first. Rows are ascending. */
guint    san_cut_rows_find       (const SanCutRow *rows, guint n,
                                  const guint8 tag[SAN_CUT_TAG_SIZE], guint *first);

G_END_DECLS
