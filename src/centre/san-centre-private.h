/* san-centre-private.h - what the use cases share of an open centre */
#pragma once
#include "san-centre.h"
#include "san-keys.h"
#include "san-authority.h"
#include "san-keyring.h"
#include "san-store.h"
#include "san-store-derived.h"
#include "san-store-entries.h"
#include "san-store-keys.h"
#include "san-store-values.h"
#include "san-store-write.h"
G_BEGIN_DECLS

struct _SanCentre
{
  GObject       parent_instance;
  char         *dir;
  char         *state_dir;
  SanStore     *store;
  SanKeyring   *keyring;
  gboolean      slots_owed;         /* the store holds a newer keyring than its file: san-slots.c */
  SanSecret    *store_key;
  SanSignKey   *seat_key;
  SanBoxKey    *seat_box;
  SanSignKey   *device_key;
  SanBoxKey    *device_box;
  SanId32       id;                 /* centre id = its authority dossier */
  SanId32       house;             /* house dossier; zero until it has arrived (a joining laptop) */
  SanId16       device;
  SanId16       staff;
  char         *staff_name;
  char         *role;
  char         *language;           /* of labels; NULL: English */
  char         *children;           /* who lives here; NULL: nobody said */
  guint         reads;              /* bit c */
  SanCatalogue *catalogue;
  SanProgramme *programme;
  gboolean      joining;            /* a second laptop, before the first bundle */
  gboolean      clock_doubtful;
  gint64        last_known_ms;
  GPtrArray    *notices;
  struct _SanDraftKeeper *drafts;   /* NULL: locked, or nobody has taken her seat yet */
  guint64       backup_volume_bytes; /* 0: as usual; tests make small volumes */
};

/* An open centre around a store that is just opened or made; everything handed in is taken. */
SanCentre *san_centre_new             (const SanPlaceOnDisk *where, SanStore *store,
                                       SanKeyring *keyring,
                                       const SanSecret *store_key, GError **error);
/* Who is at the keyboard: loads device and seat, unlocks rings and views, looks after witness,
 * clock, rings to be made or rotated. Takes nothing. */
gboolean   san_centre_take_seat       (SanCentre *self, SanSignKey *seat, SanBoxKey *box,
                                       const SanId16 *staff,
                                       const char *role, GCancellable *cancellable, GError **error);
/* After entries came: are we in yet, whose slots go, which rings and views are open. */
gboolean   san_centre_refresh         (SanCentre *self, GCancellable *cancellable, GError **error);
/* Keyring and slot of a person, opened; LOCKED "wrong passphrase" for a wrong name too. */
gboolean   san_centre_open_slot       (const SanPlaceOnDisk *where, const char *staff,
                                       const SanSecret *passphrase,
                                       SanSlotKind kind, SanKeyring **keyring, SanSlotInfo *info,
                                       SanSlotKeys *keys,
                                       GError **error);
/* The slot for the recovery key in force, made if it is for another one; and which one it is for.
 */
gboolean   san_centre_keep_recovery_slot (SanCentre *self, const SanAuthority *authority,
                                          GError **error);
gboolean   san_centre_note_recovery_slot (SanCentre *self, const SanId32 *box_pk, GError **error);
gboolean   san_centre_find_house      (SanCentre *self, GError **error);
void       san_centre_notice          (SanCentre *self, const char *code);
void       san_centre_after_write     (SanCentre *self);               /* the witness follows */
const SanAuthority *san_centre_get_authority (SanCentre *self, GError **error);   /* own centre's */

/* Names of people and partners. */
char      *san_centre_dup_author      (SanCentre *self, const SanId32 *seat);       /* never NULL */
char      *san_centre_dup_staff_name  (SanCentre *self, const SanId16 *staff);   /* NULL: unknown */
/* TRUE and NULL: unknown */
gboolean   san_centre_read_staff_name (SanCentre *self, const SanId16 *staff, char **out,
                                       GError **error);
/* the same; FALSE: it could not be read */
gboolean   san_centre_read_partner_label (SanCentre *self, const SanId32 *centre, char **out,
                                          GError **error);
/* never NULL: a beginning of the id if need be */
char      *san_centre_dup_partner_label (SanCentre *self, const SanId32 *centre);
/* NOT_FOUND */
gboolean   san_centre_find_staff      (SanCentre *self, const char *name, SanId16 *out,
                                       GError **error);
/* label or id beginning */
gboolean   san_centre_find_partner    (SanCentre *self, const char *text, SanId32 *out,
                                       GError **error);
gboolean   san_centre_knows_partner   (SanCentre *self, const SanId32 *centre);

G_END_DECLS
