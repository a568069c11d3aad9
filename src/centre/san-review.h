/* san-review.h - values written without seeing each other, and late notes of a removed person */
#pragma once
#include "san-records.h"
G_BEGIN_DECLS

typedef struct { SanId32 child; SanId16 record; char *form; char *field; GPtrArray *values; /* SanFieldVersion */ } SanReviewRow;

/* @id: the removal that holds them; zero: nobody removed wrote them, and they cannot be accepted */
typedef struct
{
  SanId32  id;
  SanId16  staff;
  char    *name;
  SanId16  device;
  SanId32  dossier;
  SanId16  journal;
  guint64  from, to;
  gboolean made_late;               /* her login there was made while she was removed elsewhere */
} SanHeldNotes;

void       san_review_row_free (SanReviewRow *self);
void       san_held_notes_free   (SanHeldNotes *self);
GPtrArray *san_review_list     (SanCentre *self, GError **error);          /* SanReviewRow */
GPtrArray *san_review_list_held (SanCentre *self, GError **error);         /* SanHeldNotes */
gboolean   san_review_pick     (SanCentre *self, const SanId16 *record, const char *field, guint which /* from 1 */, GError **error);
gboolean   san_review_accept   (SanCentre *self, const char *id_prefix, guint64 to /* 0: all */, guint *n_accepted, GError **error);

G_END_DECLS
