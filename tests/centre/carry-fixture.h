/* carry-fixture.h - laptops in temporary folders, and places between them */
#pragma once
#include "san-carry.h"
#include "san-centre-private.h"
#include "san-partners.h"
#include "san-records.h"
#include "san-review.h"
#include "san-setup.h"
#include "san-staff.h"
G_BEGIN_DECLS

#define CARRY_WORDS "river lamp seven mango"

typedef struct
{
  char           *dir;              /* of all that belongs to it */
  char           *store, *state;
  SanPlaceOnDisk  where;
  SanCentre      *centre;
  SanSecret      *code;             /* text of the recovery code, if it was made here */
} Laptop;

char     *carry_begin         (void);                      /* a folder for everything of one test */
void      carry_end           (char *dir);                     /* removes it; frees the name */
SanSecret *carry_words        (void);
char     *carry_make_place    (const char *dir, const char *name);
Laptop   *laptop_new          (const char *dir, const char *name);
void      laptop_free         (Laptop *self);
/* a new centre; superintendent "sunanda" */
void      laptop_found        (Laptop *self, const char *name);
void      laptop_unlock       (Laptop *self, const char *staff);
void      laptop_lock         (Laptop *self);
/* leaves her unlocked */
void      laptop_add_person   (Laptop *self, const char *name, const char *role);
/* cards, number, exchanges */
void      laptop_join         (Laptop *self, Laptop *first, const char *place);
void      laptop_pair         (Laptop *a, Laptop *b);
void      laptop_copy         (Laptop *from, Laptop *to);         /* locked folders, byte by byte */

/* Exchange that must work; the caller frees. */
SanExchangeResult *laptop_exchange (Laptop *self, const char *place);
void      laptop_exchange_quietly (Laptop *self, const char *place);
guint     laptop_read_only_new (Laptop *self, const char *place);  /* exchanges; entries received */
SanId32   laptop_admit        (Laptop *self, const char *alias);
/* form contacts, field gate */
SanId16   laptop_note         (Laptop *self, const SanId32 *child, const char *text);
/* what its login reads, with history; the note that says why */
SanId16   laptop_share        (Laptop *self, const SanId32 *child, const char *to);
void      laptop_set          (Laptop *self, const SanId16 *record, const char *field,
                               const char *text);
/* a new record; @answers: field, text, …, NULL */
SanId16   laptop_write        (Laptop *self, const char *form, const SanId32 *child,
                               const char *const *answers);
/* 2: a conflict */
guint     laptop_count_values (Laptop *self, const SanId16 *record, const char *field);
char     *laptop_dup_value    (Laptop *self, const SanId16 *record, const char *field);
SanId32   laptop_heads        (Laptop *self);                          /* digest */
SanId32   laptop_house_view   (Laptop *self);                          /* digest */
void      assert_same         (Laptop *a, Laptop *b);                  /* heads and views */

G_END_DECLS
