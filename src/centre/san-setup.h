/* san-setup.h - a new store: a new centre, or a second laptop of one */
#pragma once
#include "san-centre.h"
G_BEGIN_DECLS

#define SAN_SETUP_UNLOCK_MS 700     /* what one try of a passphrase costs on this laptop */

typedef struct
{
  const char      *name;            /* of the centre, at most 60 letters */
  const char      *place;           /* (nullable) */
  const char      *staff;           /* short name of the first superintendent */
  const char      *language;        /* en hi bn mr */
  const SanSecret *passphrase;
  guint            unlock_ms;       /* 0: 700 */
  gboolean         ask_name;        /* the unlock page does not show short names */
  /* counts as none until san_setup_confirm(): the code must be seen first */
  gboolean         await_code;
  const char      *state;           /* (nullable) state of India */
  guint            beds;            /* 0: not said */
  const char      *children;        /* (nullable) who lives there: girls boys both */
} SanSetup;

SanCentre *san_setup_create (const SanPlaceOnDisk *where, const SanSetup *setup,
                             SanSecret **recovery_text, /* (out) locked memory, NUL-ended */
                             GError **error);
/* name, place unused */
SanCentre *san_setup_join   (const SanPlaceOnDisk *where, const SanSetup *setup,
                             GBytes *card, GBytes **joining_card, GError **error);
/* the recovery code is kept: from here on it is a centre */
gboolean   san_setup_confirm (SanCentre *self, GError **error);
/* before that: locks it, and nothing of it is left */
void       san_setup_abandon (SanCentre *self);
/* four random words with blanks between; locked memory */
SanSecret *san_setup_suggest_passphrase (void);
/* REFUSED: too short or among the commonest */
gboolean   san_setup_check_passphrase (const SanSecret *passphrase, GError **error);

G_END_DECLS
