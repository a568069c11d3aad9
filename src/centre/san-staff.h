/* san-staff.h - people of the centre: added by slips, granted rings face to face, removed with a
 * cut */
#pragma once
#include "san-centre.h"
G_BEGIN_DECLS

typedef struct
{
  SanId16   id;                     /* staff */
  char     *name;
  char     *role;
  char     *phone;                  /* (nullable): nobody wrote it down */
  SanId16   device;
  char     *number;                 /* seat number: 16 symbols, compared face to face */
  guint     rings;                  /* bit c: holds the leaf ring of compartment c */
  const char *state;                /* "active", "slip", "removed", "suspended" */
  SanId32   seat;
  gint64    since;                  /* ms: when she was first added here, on whatever laptop */
  /* another login in office was made with the same slip: a copy of the laptop */
  gboolean  same_slip;
} SanStaffRow;

typedef struct
{
  SanId16 id;
  const char *state;
  gint64 since;                     /* ms: when it became one of this centre's */
  gboolean is_mine;
  guint n_seats, n_people;
  gboolean exists_twice;
} SanDeviceRow;

void       san_staff_row_free        (SanStaffRow *self);
SanSecret *san_staff_add             (SanCentre *self, const char *name, const char *role,
                                      const char *language,
                                      /* the slip's words, locked, NUL-ended */
                                      SanId16 *staff, GError **error);
/* forgot, or on this laptop for the first time */
SanSecret *san_staff_slip            (SanCentre *self, const char *name, GError **error);
/* SanStaffRow, a row a seat; by name, and of one name the oldest first */
GPtrArray *san_staff_list            (SanCentre *self, GError **error);
gboolean   san_staff_grant           (SanCentre *self, const char *name, SanCompartment compartment,
                                      const char *number,
                                      const SanSecret *recovery_code /* nullable */,
                                      GError **error);
/**
 * san_staff_set_phone:
 * @phone: as it is dialled, at most 60 letters; "": it is not known any more
 *
 * An entry of the house, for superintendents; what stands already is not written again. Everybody
 * here reads it: it stands beside whoever is responsible for a child's safety.
 *
 * Returns: FALSE with REFUSED for anybody else, NOT_FOUND, INVALID
 */
gboolean   san_staff_set_phone       (SanCentre *self, const SanId16 *staff, const char *phone,
                                      GError **error);
/* left, role, lost, stolen, other */
gboolean   san_staff_remove          (SanCentre *self, const char *name, const char *reason,
                                      GError **error);
/* @present: asked again, so that an open laptop is not enough; LOCKED: wrong. REFUSED: @passphrase
 * is weak. */
gboolean   san_staff_set_passphrase  (SanCentre *self, const SanSecret *present,
                                      const SanSecret *passphrase, GError **error);

/**
 * san_staff_begin_recovery:
 * @name: whoever comes in by the code; she will be a superintendent
 * @centre_name: (out) (optional) (nullable): for the sheet that is printed
 *
 * Asks all that can be asked, and changes nothing. LOCKED: not the code of this laptop. ALREADY: it
 * was replaced, and what that had left to do here is done now.
 *
 * Returns: (transfer full): the code that will replace it, NUL-ended in locked memory: it is shown
 * and typed back, then handed to san_staff_recover()
 */
SanSecret *san_staff_begin_recovery  (const SanPlaceOnDisk *where, const char *name,
                                      const SanSecret *recovery_code,
                                      const SanSecret *passphrase, char **centre_name,
                                      GError **error);
/**
 * san_staff_recover:
 * @fresh_code: as san_staff_begin_recovery() made it; somebody has it on paper by now
 *
 * In one press, by the old code: every ring to the new one, her new seat with the rings of a
 * superintendent, the removal of her old one here, and the new code in force. All of it or nothing.
 * DONE: all of it, but it could not be opened.
 */
SanCentre *san_staff_recover         (const SanPlaceOnDisk *where, const char *name,
                                      const SanSecret *recovery_code,
                                      const SanSecret *passphrase, const SanSecret *fresh_code,
                                      GError **error);
/* Whether that is the code, as people type it. */
gboolean   san_staff_code_fits       (const SanSecret *code, const SanSecret *typed);
/* SanDeviceRow, g_free; the first laptop of the centre first */
GPtrArray *san_device_list           (SanCentre *self, GError **error);
gboolean   san_device_revoke         (SanCentre *self, const char *id_prefix, const char *reason,
                                      GError **error);

G_END_DECLS
