/* whole-acts-private.h - what the two files of acts share */
#pragma once
#include "whole-acts.h"
G_BEGIN_DECLS

enum
{
  WHOLE_EMPTY,                     /* nothing */
  WHOLE_ALONE,                     /* one laptop: two children, two people */
  WHOLE_SLIP,                      /* and a slip that was not used yet */
  WHOLE_TWO,                       /* and a second laptop's news on the stick */
  WHOLE_DEAD,                      /* nothing but the stick with a backup */
  WHOLE_CARD,                      /* nothing but a card of the centre */
  WHOLE_KNOCKING,          /* alone; another laptop's joining card is in, and a number was agreed */
  /* alone, and a counsellor with her own login; a finished record and one that is not */
  WHOLE_PEOPLE,
  WHOLE_CARDS,                     /* and another centre's card is in, and a number was agreed */
  WHOLE_PAIRED,                    /* and it is a partner, which offers us a child */
  WHOLE_PENDING,                   /* and we share one, which the counsellor has to confirm */
  WHOLE_UNSEEN,     /* two laptops wrote one field unseen; a removed person's late notes are held */
  WHOLE_N_IMAGES,
};

extern SanSecret *whole_the_code;  /* recovery code, of every image but EMPTY */

/* closes, and keeps the disk as it is */
void       whole_keep_image      (WholeDisks *self, guint image);
SanSecret *whole_copy_text       (const SanSecret *text);
SanCentre *whole_join            (const SanPlaceOnDisk *where, GBytes *card, GBytes **joining,
                                  GError **error);
/* The number of the one is read out to the other. @both: each takes the other's card. */
char      *whole_agree           (SanCentre *first, GBytes *of_first, SanCentre *second,
                                  GBytes *of_second);
void       whole_exchange        (Whole *whole, SanCentre *centre);

void       whole_remember_knocking (GBytes *joining, const char *number);
void       whole_make_together   (WholeDisks *self);  /* images PEOPLE to PENDING; ALONE is there */
void       whole_make_unseen     (WholeDisks *self);          /* on from TWO, which was just made */
void       whole_forget_together (void);

/* Acts on those. */
gboolean   whole_do_let_in       (Whole *whole, GError **error);
gboolean   whole_do_set          (Whole *whole, GError **error);
gboolean   whole_do_finish       (Whole *whole, GError **error);
gboolean   whole_do_amend        (Whole *whole, GError **error);
gboolean   whole_do_withdraw     (Whole *whole, GError **error);
gboolean   whole_do_draft        (Whole *whole, GError **error);
gboolean   whole_do_place        (Whole *whole, GError **error);
gboolean   whole_do_card         (Whole *whole, GError **error);
gboolean   whole_do_slip_again   (Whole *whole, GError **error);
gboolean   whole_do_grant        (Whole *whole, GError **error);
gboolean   whole_do_accept_card  (Whole *whole, GError **error);
gboolean   whole_do_share        (Whole *whole, GError **error);
gboolean   whole_do_confirm      (Whole *whole, GError **error);
gboolean   whole_do_accept_offer (Whole *whole, GError **error);
gboolean   whole_do_decide       (Whole *whole, GError **error);
gboolean   whole_do_accept_held  (Whole *whole, GError **error);

G_END_DECLS
