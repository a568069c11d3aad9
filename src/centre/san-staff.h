/* san-staff.h - people of the centre: added by slips, granted rings face to face, removed with a cut */
#pragma once
#include "san-centre.h"
G_BEGIN_DECLS

typedef struct
{
  SanId16   id;                     /* staff */
  char     *name;
  char     *role;
  SanId16   device;
  char     *number;                 /* seat number: 16 symbols, compared face to face */
  guint     rings;                  /* bit c: holds the leaf ring of compartment c */
  const char *state;                /* "active", "slip", "removed", "suspended" */
  SanId32   seat;
} SanStaffRow;

typedef struct { SanId16 id; const char *state; gboolean is_mine; guint n_seats; gboolean exists_twice; } SanDeviceRow;

void       san_staff_row_free        (SanStaffRow *self);
SanSecret *san_staff_add             (SanCentre *self, const char *name, const char *role, const char *language,
                                      SanId16 *staff, GError **error);                 /* the slip's words, locked, NUL-ended */
SanSecret *san_staff_slip            (SanCentre *self, const char *name, GError **error);  /* forgot, or on this laptop for the first time */
GPtrArray *san_staff_list            (SanCentre *self, GError **error);                /* SanStaffRow, a row a seat */
gboolean   san_staff_grant           (SanCentre *self, const char *name, SanCompartment compartment,
                                      const char *number, const SanSecret *recovery_code /* nullable */, GError **error);
gboolean   san_staff_remove          (SanCentre *self, const char *name, const char *reason, GError **error);  /* left, role, lost, stolen, other */
gboolean   san_staff_set_passphrase  (SanCentre *self, const SanSecret *passphrase, GError **error);
SanCentre *san_staff_recover         (const SanPlaceOnDisk *where, const char *name, const SanSecret *recovery_code,
                                      const SanSecret *passphrase, GError **error);    /* a superintendent who forgot */
GPtrArray *san_device_list           (SanCentre *self, GError **error);                /* SanDeviceRow, g_free */
gboolean   san_device_revoke         (SanCentre *self, const char *id_prefix, const char *reason, GError **error);

G_END_DECLS
