/* samples.h - people, keys and one good sample of each structure, for the tests of this room */
#pragma once
#include "san-attachment.h"
#include "san-authority-body.h"
#include "san-data-body.h"
#include "san-entry.h"
#include "san-founding.h"
#include "san-key-grant.h"
#include "san-ring.h"
G_BEGIN_DECLS

/* A seat on a device of a centre; every key from a fixed seed. */
typedef struct
{
  SanId16     staff, device, journal;
  SanSignKey *device_key, *seat_key;
  SanBoxKey  *device_box, *seat_box;
} Person;

Person       *person_new          (guint8 seed);                       /* her own device too */
void          person_free         (Person *self);
SanSecret    *seed_secret         (guint8 byte);                       /* 32 times @byte */
SanSignKey   *seed_sign_key       (guint8 byte);
SanBoxKey    *seed_box_key        (guint8 byte);
SanId16       seed_id16           (guint8 byte);
SanId32       seed_id32           (guint8 byte);
const SanId32 *seat_pk            (const Person *self);
SanGrantee    grantee             (const Person *self);

/* of dossier 32×d0, previous 32×ee */
SanHeader     draft_header        (const Person *self, guint8 kind, guint64 number);
GBytes       *founding_body       (const Person *self, guint8 type,
                                   SanFounding *out /* nullable */);
/* types 1 and 2; deterministic */
SanEntry     *founding_entry      (const Person *self, guint8 type);
SanChangeList *small_list         (const char *text);                  /* one text field */
SanChangeList *rich_list          (void);                 /* every type, targets, reserved fields */
SanEntry     *data_entry          (const Person *self, guint64 number, SanSecret *case_key,
                                   SanSecret *clinical_key);
/* every known op, and an unknown one */
SanAuthorityBody *sample_op       (guint16 op, const Person *self);

/* A structure by name: good bytes, and its reader, which gives back what its writer makes of what
 * was read: NULL with an error, or the same bytes. */
typedef struct
{
  char    *name;
  GBytes  *bytes;
  GBytes *(*reread) (GBytes *bytes, GError **error);
} Sample;

GPtrArray    *samples_new         (void);                              /* Sample; unref frees all */
GBytes       *reread_entry        (GBytes *bytes, GError **error);
GBytes       *reread_list         (GBytes *bytes, GError **error);
void          assert_same_bytes   (GBytes *a, GBytes *b);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Person, person_free)

G_END_DECLS
