/* san-carry-private.h - what exchange, bundles by hand, backup and restore share */
#pragma once
#include "san-carry.h"
#include "san-centre-private.h"
#include "san-incoming.h"
#include "san-outgoing.h"
G_BEGIN_DECLS

/* A folder inside the store for files that are on their way; removed with all that is in it. */
char      *san_carry_temp_begin     (const char *store_dir, GError **error);
void       san_carry_temp_end       (const char *folder);

/* san-carry-read.c */
typedef struct
{
  SanCentre  *centre;
  SanIncoming incoming;
  guint       n_applied;
  guint       n_new;
  guint       n_pieces;
  gboolean    behind;               /* a new journal is needed before anything is written */
} SanCarryReader;

gboolean   san_carry_reader_begin   (SanCarryReader *self, SanCentre *centre, GError **error);
void       san_carry_reader_clear   (SanCarryReader *self);
/* One local file. Errors: see san_incoming_apply(). */
gboolean   san_carry_reader_take    (SanCarryReader *self, const char *path, gboolean *already,
                                     guint *n_new,
                                     GCancellable *cancellable, GError **error);
/* After the last file: what came may bring rings, end the joining, ask for a new journal. */
gboolean   san_carry_reader_settle  (SanCarryReader *self, GCancellable *cancellable,
                                     GError **error);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SanCarryReader, san_carry_reader_clear)

/* san-carry-write.c */
typedef struct
{
  SanCentre   *centre;
  SanAudience *audience;
  GArray      *recipients;          /* SanId32: rings first; without my own */
  GArray      *leaves;              /* SanId32: a partner's rings among them */
  SanOutgoing  outgoing;
} SanCarryWriter;

/* For my other laptops (@partner NULL; *any FALSE: there are none), or for a partner. */
gboolean   san_carry_writer_begin   (SanCarryWriter *self, SanCentre *centre,
                                     const SanId32 *partner, const char *temp_dir,
                                     gboolean *any, GError **error);
void       san_carry_writer_clear   (SanCarryWriter *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SanCarryWriter, san_carry_writer_clear)

/* Is this laptop let in? Whoever sits there, and whether her seat counts, does not matter: a bundle
 * is the laptop's word. */
gboolean   san_carry_may_write      (SanCentre *self, gboolean *may, GError **error);
/* After a restore, until everybody has answered: what they have heard of us is void. */
gboolean   san_carry_set_reset      (SanCentre *self, GError **error);

/* san-carry-times.c: kept for what a person is shown; a failure to keep it is no failure. */
void       san_carry_note_exchange  (SanCentre *self, const char *uri);
void       san_carry_note_backup    (SanCentre *self, const char *uri, guint n_entries);
void       san_carry_note_check     (SanCentre *self, guint64 n_entries, guint n_problems);
gint64     san_carry_when_used      (SanCentre *self, const char *uri);      /* 0: never */

/* Counts of what waits for a person's decision. */
gboolean   san_carry_count_review   (SanCentre *self, guint *out, GError **error);

G_END_DECLS
