/* authority-world.h - a centre played through: devices that know and do not know of each other's
 * entries, people and puppets, for the tests of authority */
#pragma once
#include "san-authority-body.h"
#include "san-entry.h"
#include "san-founding.h"
#include "san-ring.h"
G_BEGIN_DECLS

#define WORLD_LIMIT   512u             /* entries */
#define WORLD_DEVICES 6u
/* authors: a seat's number, or RECOVERY + a recovery key's */
#define RECOVERY      1000u

/* One dossier and what each laptop has of it; its entries may stand in any kind of dossier.
 * Numbers stand for seats, staff, devices and entries. Keys come from fixed seeds, salts from the
 * world's own dice, so that a seed gives the same history again. */
typedef struct
{
  GRand     *dice;
  GPtrArray *entries;                  /* SanEntry; [0] is the founding entry */
  guint8     known[WORLD_DEVICES][WORLD_LIMIT];   /* by device: what it has */
  GArray    *parents[WORLD_LIMIT];     /* guint */
  SanId16    journal[WORLD_DEVICES];
  guint      last[WORLD_DEVICES];      /* newest of the device's journal + 1; 0: none */
  guint64    wall;
  guint8     data_flags;               /* of what world_write_data() writes */
} World;

/* the first centre's authority: by seat 0 of staff 0 on device 0 */
World            *world_new            (guint32 seed);
/* 0 to 2: by seat and staff 20 × centre on device 2 × centre */
World            *world_new_centre     (guint32 seed, guint centre);
World            *world_new_dossier    (guint32 seed, guint author, guint device,
                                        SanFoundingType type, const SanId32 *owner);
void              world_free           (World *self);
SanSignKey       *world_key            (guint author);                 /* (transfer none) */
const SanId32    *world_pk             (guint author);
SanId16           world_staff          (guint staff);
SanId16           world_device         (guint device);
SanSignKey       *world_device_key     (guint device);
const SanId32    *world_id             (const World *self, guint entry);
SanId32           world_random_id      (World *self);

/* Takes the body. Heads and previous: all that the device knows. Returns the entry's number. */
guint             world_write          (World *self, guint author, guint device,
                                        SanAuthorityBody *body);
guint             world_write_flagged  (World *self, guint author, guint device,
                                        SanAuthorityBody *body, guint8 flags);
/* Written as if only the past of @as_of and itself were known (WORLD_LIMIT: nothing): in a journal
 * of its own, so that no number gives the lie away. */
guint             world_write_back_dated (World *self, guint author, guint device,
                                          SanAuthorityBody *body, guint as_of);
/* The next entry of the device's journal, of any kind; heads are not its business. */
guint             world_write_data     (World *self, guint author, guint device, guint8 kind,
                                        GBytes *body);
/* The same, but after @previous: a fork if the journal has gone on. */
guint             world_fork_data      (World *self, guint author, guint device, guint previous,
                                        guint8 kind, GBytes *body);
/* SanChainLookup over the entries of a world. */
gboolean          world_reaches        (gpointer world, const SanEntry *entry, guint64 number,
                                        const guint8 *head);
/* Signs any draft. */
SanEntry         *world_entry          (World *self, guint author, const SanHeader *draft,
                                        GBytes *body);
void              world_sync           (World *self, guint from, guint to);
void              world_sync_all       (World *self);
/* in its past */
gboolean          world_knows          (const World *self, guint later, guint earlier);

SanAuthorityBody *op_device            (World *self, guint device);
SanAuthorityBody *op_seat              (World *self, guint seat, guint staff, guint device,
                                        const char *role);
/* no rows */
SanAuthorityBody *op_remove            (World *self, SanRemoveWhat what, guint number);
/* an entry of this dossier as head */
void              op_add_row           (World *self, SanAuthorityBody *body, guint entry);
/* of any dossier */
void              op_add_head_row      (SanAuthorityBody *body, const SanEntry *head);
SanAuthorityBody *op_accept            (World *self, guint removal);
SanAuthorityBody *op_void              (World *self, guint removal);
SanAuthorityBody *op_ring              (World *self, guint compartment, guint previous /* entry,
                                        or WORLD_LIMIT */, guint recovery);
void              op_ring_give         (World *self, SanAuthorityBody *body, guint seat);
SanAuthorityBody *op_grant             (World *self, guint ring,
                                        guint to /* seat or RECOVERY + n */);
SanAuthorityBody *op_hand              (World *self, guint ring, guint to_ring);
SanAuthorityBody *op_recovery          (World *self, guint author, guint recovery);
SanAuthorityBody *op_unknown           (World *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

G_END_DECLS
