/* store-fixture.h - centres, laptops and people for the tests of the store
 *
 * Everything here must work, else the test fails: errors are asserted, except where a function
 * takes one. Time stands still but for the laptop's own clock, which each press moves on. */
#pragma once
#include "san-store.h"
#include "san-store-write.h"
#include "san-store-apply.h"
#include "san-store-keys.h"
#include "san-store-entries.h"
#include "san-store-rights.h"
#include "san-store-values.h"
#include "san-store-derived.h"
#include "san-store-check.h"
#include "san-data-body.h"
#include "san-founding.h"
#include "san-key-choice.h"
#include "san-removal.h"
#include "san-ring.h"
G_BEGIN_DECLS

#define ALL 0x3fu                             /* all compartments */

typedef struct
{
  SanId32     id;
  SanId32     house;
  SanSignKey *recovery_sign;
  SanBoxKey  *recovery_box;
} Centre;

typedef struct
{
  Centre     *centre;
  char       *dir;
  SanSecret  *store_key;
  SanStore   *store;
  SanId16     device;
  SanSignKey *sign;
  SanBoxKey  *box;
  SanId16     journal;
  guint64     wall;                            /* its clock; moves on by a second each entry */
  gboolean    doubtful;
} Laptop;

typedef struct
{
  Laptop     *laptop;
  SanId16     staff;
  SanSignKey *sign;
  SanBoxKey  *box;
  char        role[33];
} Person;                                      /* one seat */

Centre  *centre_new         (void);
void     centre_free        (Centre *self);
Laptop  *laptop_new         (Centre *centre);
void     laptop_free        (Laptop *self);                             /* removes its folder */
void     laptop_close       (Laptop *self);
void     laptop_open        (Laptop *self);
void     laptop_new_journal (Laptop *self);
Person  *person_new         (Laptop *laptop, const char *role,
                             const Person *same_staff /* nullable */);
void     person_free        (Person *self);
const SanId32 *person_pk    (const Person *self);
void     unlock             (Person *self);
gboolean is_removed         (Person *self);                             /* as her laptop knows it */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Centre, centre_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Laptop, laptop_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Person, person_free)

/* A press: one transaction of entries by one person. */
typedef struct _Press Press;
Press   *press_new          (Person *person);
void     press_authority    (Press *self, const SanId32 *dossier,
                             SanAuthorityBody *body /* (transfer full) */, SanId32 *id);
void     press_found        (Press *self, SanFoundingType type, SanId32 *id);
void     press_grant        (Press *self, const SanId32 *dossier,
                             SanKeyGrant *grant /* (transfer full) */);
/* of the next kind 0 */
void     press_header       (Press *self, const SanId32 *dossier, SanHeader *out);
void     press_entry        (Press *self, const SanId32 *dossier, guint8 kind, GBytes *body,
                             SanId32 *id);
gboolean press_try_entry    (Press *self, const SanId32 *dossier, guint8 kind, GBytes *body,
                             SanId32 *id, GError **error);
gboolean press_try          (Press *self, GError **error);              /* commits; frees */
void     press_end          (Press *self);                              /* commits, must work */

/* Setting up */
/* type 1, rings 0 1 3 4 5, type 3; unlocked after */
void     centre_found       (Centre *self, Person *superintendent);
/* device, seat, the rings of the role that @by holds */
void     appoint            (Person *by, Person *who);
void     make_ring          (Person *by, guint8 compartment, SanId32 *id);   /* a first one */
void     rotate_ring        (Person *by, guint8 compartment);           /* following my leaf */
void     give_ring          (Person *by, guint8 compartment, Person *to);
/* her staff id, cut from own heads */
void     dismiss            (Person *by, Person *who, SanId32 *removal);
void     admit              (Person *by, SanId32 *dossier);             /* a case dossier */
void     share              (Person *by, const SanId32 *dossier, Centre *with, gboolean writes,
                             guint compartments);

/* Writing: one entry with changes of any compartments */
typedef struct _Save Save;
Save    *save_new           (Person *person, const SanId32 *dossier);
/* (transfer full) value; replaces what this login sees */
void     save_set           (Save *self, guint8 compartment, const SanId16 *record,
                             const char *form, const char *field, SanValue *value);
void     save_text          (Save *self, guint8 compartment, const SanId16 *record,
                             const char *form, const char *field, const char *text);
void     save_blind         (Save *self, guint8 compartment, const SanId16 *record,
                             const char *form, const char *field, const char *text,
                             const SanWriteId *supersedes, guint n);
/* closes what this login sees */
void     save_finish        (Save *self, guint8 compartment, const SanId16 *record,
                             const char *form);
gboolean save_try           (Save *self, SanId32 *id, GError **error);  /* frees */
void     save_end           (Save *self, SanId32 *id /* nullable */);
void     save_one           (Person *person, const SanId32 *dossier, guint8 compartment,
                             const SanId16 *record, const char *form, const char *field,
                             const char *text);
void     record_new         (SanId16 *out);

/* Entries made by hand, outside of any store */
GBytes  *house_body         (const SanId16 *record, const char *form, const char *field,
                             const char *text);
GBytes  *hand_made          (Person *author, const SanId32 *dossier, const SanId16 *journal,
                             guint64 number, const SanId32 *previous,
                             /* (transfer full); body is not taken */
                             guint8 kind, GBytes *body, SanId32 *id);
/* The same, with a house part; @link is the entry before and becomes this one. */
GBytes  *next_by_hand       (Person *author, const SanId32 *dossier, const SanId16 *journal,
                             guint64 *number, SanId32 *link, const char *text);
void     head_of            (Laptop *laptop, const SanId32 *dossier, const SanId16 *journal,
                             guint64 *number, SanId32 *id);

/* By which ring another centre is known: said once, for all laptops of the test. */
void     know_by            (Centre *centre, guint8 compartment, const SanId32 *ring);

/* Exchange: everything that one has, authority first. NULL summary: not asked for. */
GPtrArray *entries_of       (Laptop *laptop);                        /* GBytes*, in sending order */
void     send_all           (Laptop *from, Laptop *to, SanApplySummary *summary);
void     apply_list         (Laptop *to, GPtrArray *entries, SanApplySummary *summary);
SanApplyOutcome apply_one   (Laptop *to, GBytes *entry);              /* a transaction of its own */
/* Applies in random order and in pieces, again and again until nothing is new. */
void     apply_shuffled     (Laptop *to, GPtrArray *entries, GRand *random);

/* Looking */
/* the current ones in the order shown, joined with "|" */
char    *text_of            (Laptop *laptop, const SanId32 *dossier, const SanId16 *record,
                             const char *field);
#define assert_text(laptop, dossier, record, field, want)                                          \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *is_ = text_of (laptop, dossier, record, field);                               \
    g_assert_cmpstr (is_, ==, want);                                                               \
  }                                                                                                \
  G_STMT_END
/* both unlocked: equal digests and heads */
void     assert_same_views  (Laptop *a, Laptop *b, guint mask);
void     assert_sound       (Laptop *laptop);      /* verify finds nothing, views equal a rebuild */
/* any file of its folder, as bytes */
gboolean file_holds         (Laptop *laptop, const char *text);
guint    count_held         (Laptop *laptop);
G_END_DECLS
