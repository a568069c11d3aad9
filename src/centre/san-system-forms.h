/* san-system-forms.h - records that the programme itself keeps in the house dossier
 *
 * They are written by superintendents' acts, not typed into a form page: what the centre is
 * called, who works here, which centres are paired, which offers were answered. */
#pragma once
#include "san-centre-private.h"
#include "san-store-apply.h"
G_BEGIN_DECLS

#define SAN_FORM_CENTRE    "centre"
#define SAN_CENTRE_NAME    "name"
#define SAN_CENTRE_PLACE   "place"
#define SAN_CENTRE_STATE   "state"
#define SAN_CENTRE_BEDS    "beds"
#define SAN_CENTRE_CHILDREN "children"   /* who lives here: girls boys both */
#define SAN_FORM_STAFF     "staff"       /* record = staff id */
#define SAN_STAFF_NAME     "name"
#define SAN_STAFF_ROLE     "role"
#define SAN_STAFF_SINCE    "since"
#define SAN_STAFF_LANGUAGE "language"
#define SAN_STAFF_PHONE    "phone"
#define SAN_FORM_PARTNER   "partner"     /* record = first half of the centre id */
#define SAN_PARTNER_CARD   "card"
#define SAN_PARTNER_LABEL  "label"
#define SAN_OFFER_REASON   "reason"

extern const SanId16 san_record_centre;  /* the one record of the form `centre` */

void  san_partner_record        (const SanId32 *id, SanId16 *out);
/* FALSE: it could not be read. No such text is TRUE and NULL. */
gboolean san_centre_read_house_text (SanCentre *self, const SanId16 *record, const char *form,
                                     const char *field,
                                     char **out, GError **error);
char *san_centre_dup_house_text (SanCentre *self, const SanId16 *record, const char *form,
                                 const char *field);

G_END_DECLS
