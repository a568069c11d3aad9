/* san-pair-cards.h - what the pairing page asks the worker: cards as files, the number, the end */
#pragma once
#include "san-partners.h"
G_BEGIN_DECLS

/* A card that was found or opened. */
typedef struct
{
  char        *path;
  GBytes      *bytes;
  SanCardInfo *info;
} SanFoundCard;

void          san_found_card_free (SanFoundCard *self);

/* Each is a #SanWorkFunc. */
/* char*: where it was put */
gpointer san_pair_give   (SanCentre *centre, gpointer folder /* path */, GCancellable *cancellable,
                          GError **error);
/* GPtrArray of SanFoundCard, not our own */
gpointer san_pair_find   (SanCentre *centre, gpointer folders /* char** */,
                          GCancellable *cancellable, GError **error);
/* SanFoundCard */
gpointer san_pair_open   (SanCentre *centre, gpointer path, GCancellable *cancellable,
                          GError **error);

typedef struct { GBytes *card; char *digits; /* (nullable): make fresh ones */ } SanPairDigits;
typedef struct { char *digits; char *number; } SanPairNumber;
typedef struct { GBytes *card; char *typed; } SanPairTyped;
void     san_pair_digits_free (SanPairDigits *self);
void     san_pair_number_free (SanPairNumber *self);
void     san_pair_typed_free  (SanPairTyped *self);
/* SanPairNumber */
gpointer san_pair_number_ask  (SanCentre *centre, gpointer digits, GCancellable *cancellable,
                               GError **error);
/* not NULL: accepted */
gpointer san_pair_accept      (SanCentre *centre, gpointer typed, GCancellable *cancellable,
                               GError **error);

/* "123 456"; and the six digits of what was typed, or NULL. Digits of any script count. */
char    *san_pair_spaced      (const char *digits);
char    *san_pair_six         (const char *typed);

G_END_DECLS
