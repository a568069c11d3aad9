/* san-centre.h - the open centre: one login on one store. The one door for faces. */
#pragma once
#include "san-error.h"
#include "san-compartment.h"
#include "san-secret.h"
#include "san-catalogue.h"
#include "san-programme.h"
G_BEGIN_DECLS

#define SAN_TYPE_CENTRE (san_centre_get_type ())
G_DECLARE_FINAL_TYPE (SanCentre, san_centre, SAN, CENTRE, GObject)

/**
 * SanPlaceOnDisk:
 * @store: the store's folder
 * @state: the folder of the witness (NULL: the user's state folder)
 * @data: the folder of forms and programme (NULL: the installed one)
 *
 * Where an installation keeps its things. Borrowed strings.
 */
typedef struct
{
  const char *store;
  const char *state;
  const char *data;
} SanPlaceOnDisk;

/**
 * SanLoginName:
 *
 * A person as the unlock page shows her, read from the keyring before anything is open.
 */
typedef struct
{
  char    *name;          /* "" with ask-name */
  char    *role;
  char    *language;
  gboolean is_slip;
} SanLoginName;

void       san_login_name_free     (SanLoginName *self);
GPtrArray *san_centre_list_logins  (const SanPlaceOnDisk *where, GError **error); /* SanLoginName */

/* FALSE also for one that is not made to the end */
gboolean   san_centre_has_store    (const SanPlaceOnDisk *where);

const char *san_centre_data_dir    (const SanPlaceOnDisk *where);       /* (transfer none) */
const char *san_centre_describe_libraries (void);

SanCentre *san_centre_unlock       (const SanPlaceOnDisk *where,
                                    const char           *staff,        /* NULL: the only one */
                                    const SanSecret      *passphrase,
                                    GCancellable         *cancellable,
                                    GError              **error);
/* first unlock: makes her own seat */
SanCentre *san_centre_unlock_slip  (const SanPlaceOnDisk *where,
                                    const char           *staff,
                                    const SanSecret      *slip,
                                    const SanSecret      *own_passphrase,
                                    GError              **error);
/* wipes keys, closes; also done by the last unref */
void       san_centre_lock         (SanCentre *self);

/* The language of labels ("hi", "bn_IN", "hi@child" …); NULL: English. Kept as long as the centre
 * is open. */
void            san_centre_set_language  (SanCentre *self, const char *language);
const char     *san_centre_get_language  (SanCentre *self);
/* Who lives here (san-about.h), as it was when she came in; "" where nobody said. */
const char     *san_centre_get_children  (SanCentre *self);
const SanId32  *san_centre_get_id        (SanCentre *self);
char           *san_centre_dup_name      (SanCentre *self);
char           *san_centre_dup_place     (SanCentre *self);
const char     *san_centre_get_staff_name (SanCentre *self);
const SanId16  *san_centre_get_staff     (SanCentre *self);
const char     *san_centre_get_role      (SanCentre *self);
/* what only a superintendent does: people, laptops, pairing, sharing, offers, notes held back */
gboolean        san_centre_is_superintendent (SanCentre *self);
gboolean        san_centre_can_read      (SanCentre *self, SanCompartment compartment);
SanCatalogue   *san_centre_get_catalogue (SanCentre *self);
SanProgramme   *san_centre_get_programme (SanCentre *self);
gboolean        san_centre_get_clock_doubtful (SanCentre *self, gint64 *last_known_ms);
/* a person says that the date is right: no doubt from here on */
gboolean        san_centre_confirm_clock (SanCentre *self, GError **error);
/* (element-type utf8) codes of what happened at unlock: "new-journal", "clock-doubtful", "disk-
 * full", "ring-made", … */
GPtrArray      *san_centre_take_notices  (SanCentre *self);

/* What a face shows of the centre itself. */
/* "held", "not held", "rotation pending", "none yet" */
typedef struct { SanCompartment compartment; const char *state; } SanRingState;
typedef struct
{
  SanId32 id;
  char *label;
  const char *state;
  gint64 last_news_ms;
  guint64 ours_had;
  guint64 ours;
  guint64 theirs_had;
} SanPartnerRow;
void       san_partner_row_free       (SanPartnerRow *self);
GArray    *san_centre_list_rings      (SanCentre *self);                 /* SanRingState */
/* SanPartnerRow, by name */
GPtrArray *san_centre_list_partners   (SanCentre *self, GError **error);

G_END_DECLS
