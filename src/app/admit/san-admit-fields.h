/* san-admit-fields.h - what is asked at the door: five fields, three quiet questions, what may wait
 */
#pragma once
#include "san-desk.h"
#include "san-welcome.h"
G_BEGIN_DECLS
#define SAN_TYPE_ADMIT_FIELDS (san_admit_fields_get_type ())
G_DECLARE_FINAL_TYPE (SanAdmitFields, san_admit_fields, SAN, ADMIT_FIELDS, GtkWidget)

/* Signals: "changed": any answer; "name-changed": alias or name. */
GtkWidget  *san_admit_fields_new       (SanDesk *desk);
/* where she chose nothing yet */
void        san_admit_fields_offer     (SanAdmitFields *self, const SanWelcomeOffer *offer);
GPtrArray  *san_admit_fields_dup_typed (SanAdmitFields *self);                        /* SanTyped */
void        san_admit_fields_fill      (SanAdmitFields *self, GPtrArray *typed);       /* a draft */
const char *san_admit_fields_get_alias (SanAdmitFields *self);
/* "" where it is not hers to write */
const char *san_admit_fields_get_name  (SanAdmitFields *self);
gboolean    san_admit_fields_is_touched (SanAdmitFields *self);    /* somebody answered something */
void        san_admit_fields_say_alias (SanAdmitFields *self, const char *sentence /* nullable */);
void        san_admit_fields_focus_alias (SanAdmitFields *self);
GtkWidget  *san_admit_fields_get_first (SanAdmitFields *self);                             /* age */
/* where the focus is; -1: nowhere here */
int         san_admit_fields_get_place (SanAdmitFields *self, int *cursor);
/* what takes the focus; the first for -1 */
GtkWidget  *san_admit_fields_take_place (SanAdmitFields *self, int place, int cursor);

G_END_DECLS
