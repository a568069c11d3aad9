/* san-review.h - values written without seeing each other, and late notes of a removed person */
#pragma once
#include "san-form.h"
#include "san-records.h"
G_BEGIN_DECLS

typedef struct
{
  SanId32 child;
  SanId16 record;
  char *form;
  char *field;
  GPtrArray *values; /* SanFieldVersion */
} SanReviewRow;

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
  gboolean of_laptop;               /* not she was removed: the laptop that she wrote on */
} SanHeldNotes;

/**
 * SanReviewVersion:
 * @text: as people read it, her alias where her names stand
 * @laptop: (nullable): of our centre, by its id; NULL: another centre's, or not known
 * @which: for san_review_pick(); 0: only proposed, it cannot be picked
 */
typedef struct
{
  char *text;
  char *author;
  char *laptop;
  gboolean this_laptop;
  gint64 at_ms;
  gboolean doubtful;
  guint which;
} SanReviewVersion;
/**
 * SanReviewCard:
 * @form, @field: (nullable): unknown to this version
 * @alias: (nullable): %NULL about the house
 * @is_name: the answer is a name: @text of the versions is it, and nothing may show it unasked
 * @child: zero about the house
 *
 * One thing to decide, ready to be shown; only those that this login may decide.
 */
typedef struct
{
  SanId32         child;
  SanId16         record;
  const SanForm  *form;
  const SanField *field;
  char           *name;             /* of the field */
  char           *alias, *sign, *bed;
  gboolean        is_name;
  GPtrArray      *versions;         /* SanReviewVersion, the shown one first */
} SanReviewCard;
void       san_review_card_free (SanReviewCard *self);
GPtrArray *san_review_list_cards (SanCentre *self, GError **error);        /* SanReviewCard */

void       san_review_row_free (SanReviewRow *self);
void       san_held_notes_free   (SanHeldNotes *self);
/* SanReviewRow: of the house first, then child by child by alias, the oldest note first */
GPtrArray *san_review_list     (SanCentre *self, GError **error);
/* SanHeldNotes by name, of one person the oldest first */
GPtrArray *san_review_list_held (SanCentre *self, GError **error);
gboolean   san_review_pick     (SanCentre *self, const SanId16 *record, const char *field,
                                guint which /* from 1 */, GError **error);
gboolean   san_review_accept   (SanCentre *self, const char *id_prefix, guint64 to /* 0: all */,
                                guint *n_accepted, GError **error);

G_END_DECLS
