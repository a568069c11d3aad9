/* store-fixture.c - centres, laptops and people for the tests of the store */
#include "store-fixture-private.h"
#include "san-file.h"
#include <glib/gstdio.h>

#define START_WALL 1700000000000

/* Centres, laptops, people */

Centre *
centre_new (void)
{
  Centre *self = g_new0 (Centre, 1);

  san_crypto_init (NULL);
  self->recovery_sign = san_sign_key_new_random ();
  self->recovery_box = san_box_key_new_random ();
  return self;
}

void
centre_free (Centre *self)
{
  san_sign_key_unref (self->recovery_sign);
  san_box_key_unref (self->recovery_box);
  g_free (self);
  know_nobody ();
}

void
laptop_new_journal (Laptop *self)
{
  g_autoptr(GError) error = NULL;

  san_journal_new (san_sign_key_get_public (self->sign), &self->journal);
  san_store_set_journal (self->store, &self->journal, &error);
  g_assert_no_error (error);
}

/* In memory where that is possible: hundreds of small commits each wait for the disk else.
 * SAN_TEST_DIR: elsewhere. */
static char *
make_folder (void)
{
  const char *where = g_getenv ("SAN_TEST_DIR");
  g_autofree char *memory = g_build_filename (where ? where : "/dev/shm", "san-store-XXXXXX", NULL);
  g_autoptr(GError) error = NULL;
  char *folder;

  if (g_mkdtemp (memory))
    return g_steal_pointer (&memory);
  folder = g_dir_make_tmp ("san-store-XXXXXX", &error);
  g_assert_no_error (error);
  return folder;
}

Laptop *
laptop_new (Centre *centre)
{
  Laptop *self = g_new0 (Laptop, 1);
  g_autoptr(GError) error = NULL;

  san_crypto_init (NULL);
  self->centre = centre;
  self->dir = make_folder ();
  self->store_key = san_secret_new_random (32);
  self->sign = san_sign_key_new_random ();
  self->box = san_box_key_new_random ();
  san_random (self->device.b, sizeof self->device.b);
  self->wall = START_WALL;
  self->store = san_store_create (self->dir, self->store_key, &error);
  g_assert_no_error (error);
  laptop_new_journal (self);
  if (!san_id32_is_zero (&centre->id))
    san_store_set_centre (self->store, &centre->id, &error);
  g_assert_no_error (error);
  return self;
}

static void
remove_folder (const char *path)
{
  GDir *dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      if (g_file_test (file, G_FILE_TEST_IS_DIR))
        remove_folder (file);
      else
        g_unlink (file);
    }
  if (dir)
    g_dir_close (dir);
  g_rmdir (path);
}

void
laptop_close (Laptop *self)
{
  g_autoptr(GError) error = NULL;

  san_store_close (self->store, &error);
  g_assert_no_error (error);
  g_clear_pointer (&self->store, san_store_free);
}

void
laptop_open (Laptop *self)
{
  g_autoptr(GError) error = NULL;

  self->store = san_store_open (self->dir, self->store_key, &error);
  g_assert_no_error (error);
}

void
laptop_free (Laptop *self)
{
  san_store_free (self->store);
  remove_folder (self->dir);
  san_secret_unref (self->store_key);
  san_sign_key_unref (self->sign);
  san_box_key_unref (self->box);
  g_free (self->dir);
  g_free (self);
}

Person *
person_new (Laptop *laptop, const char *role, const Person *same_staff)
{
  Person *self = g_new0 (Person, 1);

  self->laptop = laptop;
  self->sign = san_sign_key_new_random ();
  self->box = san_box_key_new_random ();
  g_strlcpy (self->role, role, sizeof self->role);
  if (same_staff)
    self->staff = same_staff->staff;
  else
    san_random (self->staff.b, sizeof self->staff.b);
  return self;
}

void
person_free (Person *self)
{
  san_sign_key_unref (self->sign);
  san_box_key_unref (self->box);
  g_free (self);
}

const SanId32 *
person_pk (const Person *self)
{
  return san_sign_key_get_public (self->sign);
}

static const SanAuthority *
authority_of (Laptop *laptop)
{
  g_autoptr(GError) error = NULL;
  const SanAuthority *authority
      = san_store_get_authority (laptop->store, &laptop->centre->id, &error);

  g_assert_no_error (error);
  return authority;
}

gboolean
is_removed (Person *self)
{
  const SanSeat *seat = san_authority_find_seat (authority_of (self->laptop), person_pk (self));

  return !seat || seat->removed || seat->suspended;
}

void
unlock (Person *self)
{
  g_autoptr(GError) error = NULL;

  san_store_unlock (self->laptop->store, person_pk (self), self->box, NULL, &error);
  g_assert_no_error (error);
}

/* Presses */

Press *
press_new (Person *person)
{
  Press *self = g_new0 (Press, 1);
  g_autoptr(GError) error = NULL;

  self->person = person;
  self->tx = san_write_begin (person->laptop->store, &error);
  g_assert_no_error (error);
  return self;
}

void
fill_header (Press *self, const SanId32 *dossier, guint8 kind, SanHeader *header)
{
  g_autoptr(GError) error = NULL;
  SanSlot slot;

  memset (header, 0, sizeof *header);
  san_write_next (self->tx, kind == SAN_KIND_FOUNDING ? NULL : dossier, &slot, &error);
  g_assert_no_error (error);
  header->kind = kind;
  header->flags = self->person->laptop->doubtful ? SAN_FLAG_CLOCK_DOUBTFUL : 0;
  if (kind != SAN_KIND_FOUNDING)
    header->dossier = *dossier;
  header->journal = slot.journal;
  header->number = slot.number;
  header->previous = slot.previous;
  header->author = *person_pk (self->person);
  header->wall = self->person->laptop->wall += 1000;
}

gboolean
add_signed (Press *self, const SanHeader *header, GBytes *body, SanId32 *id, GError **error)
{
  g_autoptr(SanEntry) entry = san_entry_sign (header, body, self->person->sign, error);

  g_assert_nonnull (entry);
  if (id)
    *id = *san_entry_get_id (entry);
  return san_write_add (self->tx, entry, error);
}

void
press_header (Press *self, const SanId32 *dossier, SanHeader *out)
{
  fill_header (self, dossier, SAN_KIND_CHANGES, out);
}

gboolean
press_try_entry (Press *self, const SanId32 *dossier, guint8 kind, GBytes *body, SanId32 *id,
                 GError **error)
{
  SanHeader header;

  fill_header (self, dossier, kind, &header);
  return add_signed (self, &header, body, id, error);
}

void
press_entry (Press *self, const SanId32 *dossier, guint8 kind, GBytes *body, SanId32 *id)
{
  g_autoptr(GError) error = NULL;

  press_try_entry (self, dossier, kind, body, id, &error);
  g_assert_no_error (error);
}

void
press_authority (Press *self, const SanId32 *dossier, SanAuthorityBody *body, SanId32 *id)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) heads
      = san_store_list_authority_heads (self->person->laptop->store, dossier, &error);
  g_autoptr(GBytes) bytes = NULL;

  g_assert_no_error (error);
  body->n_heads = heads->len;
  for (guint i = 0; i < heads->len; i++)
    body->heads[i] = *(SanId32 *)heads->pdata[i];
  bytes = san_authority_body_encode (body, &error);
  g_assert_no_error (error);
  press_entry (self, dossier, SAN_KIND_AUTHORITY, bytes, id);
  san_authority_body_free (body);
}

void
press_found (Press *self, SanFoundingType type, SanId32 *id)
{
  g_autoptr(GBytes) body = NULL;
  SanFounding founding;

  san_founding_make_dossier (&founding, type, NULL, &self->person->laptop->centre->id);
  body = san_founding_encode (&founding);
  press_entry (self, NULL, SAN_KIND_FOUNDING, body, id);
}

void
press_grant (Press *self, const SanId32 *dossier, SanKeyGrant *grant)
{
  g_autoptr(GBytes) body = san_key_grant_encode (grant);

  press_entry (self, dossier, SAN_KIND_KEY_GRANT, body, NULL);
  san_key_grant_free (grant);
}

gboolean
press_try (Press *self, GError **error)
{
  gboolean ok = san_write_commit (self->tx, error);

  san_write_free (self->tx);
  g_free (self);
  return ok;
}

void
press_end (Press *self)
{
  g_autoptr(GError) error = NULL;

  press_try (self, &error);
  g_assert_no_error (error);
}

/* Setting up */

static void
found_authority (Press *press, Centre *centre)
{
  Person *person = press->person;
  Laptop *laptop = person->laptop;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = NULL;
  SanFounding founding;

  san_founding_make_authority (&founding, SAN_FOUNDING_CENTRE, NULL, centre->recovery_sign,
                               san_box_key_get_public (centre->recovery_box), &laptop->device,
                               laptop->sign, san_box_key_get_public (laptop->box), &person->staff,
                               person->sign, san_box_key_get_public (person->box), person->role,
                               &error);
  g_assert_no_error (error);
  body = san_founding_encode (&founding);
  press_entry (press, NULL, SAN_KIND_FOUNDING, body, &centre->id);
  san_store_set_centre (laptop->store, &centre->id, &error);
  g_assert_no_error (error);
}

static void
press_first_ring (Press *press, guint8 compartment, SanId32 *id)
{
  Person *person = press->person;
  Centre *centre = person->laptop->centre;
  g_autoptr(SanBoxKey) ring = san_box_key_new_random ();
  g_autoptr(GError) error = NULL;
  SanGrantee recovery = { *san_sign_key_get_public (centre->recovery_sign),
                          *san_box_key_get_public (centre->recovery_box) };
  SanGrantee me = { *person_pk (person), *san_box_key_get_public (person->box) };
  SanAuthorityBody *body
      = san_new_ring_make (compartment, ring, NULL, NULL, &recovery, &me, 1, &error);

  g_assert_no_error (error);
  press_authority (press, &centre->id, body, id);
}

void
centre_found (Centre *self, Person *superintendent)
{
  static const guint8 compartments[] = { 0, 1, 3, 4, 5 };
  Press *press = press_new (superintendent);

  found_authority (press, self);
  for (guint i = 0; i < G_N_ELEMENTS (compartments); i++)
    press_first_ring (press, compartments[i], NULL);
  press_found (press, SAN_FOUNDING_HOUSE, &self->house);
  press_end (press);
  unlock (superintendent);
}

void
make_ring (Person *by, guint8 compartment, SanId32 *id)
{
  Press *press = press_new (by);

  press_first_ring (press, compartment, id);
  press_end (press);
}

GPtrArray *
rings_of (Laptop *laptop, int compartment)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *rings = san_store_list_rings (laptop->store, compartment, &error);

  g_assert_no_error (error);
  return rings;
}

static void
press_give (Press *press, const SanHeldRing *ring, Person *to)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanBoxKey) key = san_store_dup_ring (press->person->laptop->store, &ring->id, &error);
  SanGrantee grantee = { *person_pk (to), *san_box_key_get_public (to->box) };

  g_assert_no_error (error);
  press_authority (press, &press->person->laptop->centre->id,
                   san_ring_grant_make (&ring->id, key, &grantee, NULL), NULL);
}

void
give_ring (Person *by, guint8 compartment, Person *to)
{
  g_autoptr(GPtrArray) rings = rings_of (by->laptop, compartment);
  Press *press = press_new (by);

  g_assert_true (((SanHeldRing *)rings->pdata[0])->mine);
  press_give (press, rings->pdata[0], to);
  press_end (press);
}

/* A ring that follows @old; @others are handed to it. */
void
rotate (Person *by, guint8 compartment, const SanId32 *old, const GArray *others)
{
  Laptop *laptop = by->laptop;
  const SanAuthority *authority = authority_of (laptop);
  g_autoptr(GArray) heirs = san_authority_list_heirs (authority, old);
  g_autoptr(GArray) seats = g_array_new (FALSE, FALSE, sizeof (SanGrantee));
  g_autoptr(SanBoxKey) ring = san_box_key_new_random ();
  g_autoptr(SanBoxKey) old_key = san_store_dup_ring (laptop->store, old, NULL);
  g_autoptr(GError) error = NULL;
  SanGrantee recovery = { *san_sign_key_get_public (laptop->centre->recovery_sign),
                          *san_box_key_get_public (laptop->centre->recovery_box) };
  SanAuthorityBody *body;
  SanGrantee self;
  Press *press;

  for (guint i = 0; i < heirs->len; i++)
    {
      const SanSeat *seat = san_authority_find_seat (authority, &g_array_index (heirs, SanId32, i));
      SanGrantee grantee = { seat->seat, seat->box_pk };

      g_array_append_val (seats, grantee);
    }
  body = san_new_ring_make (compartment, ring, old, old_key, &recovery,
                            (SanGrantee *)(gpointer)seats->data, seats->len, &error);
  g_assert_no_error (error);
  press = press_new (by);
  press_authority (press, &laptop->centre->id, body, &self.grantee);
  self.box_pk = *san_box_key_get_public (ring);
  for (guint i = 0; others && i < others->len; i++)
    {
      const SanId32 *other = &g_array_index (others, SanId32, i);
      g_autoptr(SanBoxKey) key = san_store_dup_ring (laptop->store, other, &error);

      g_assert_no_error (error);
      press_authority (press, &laptop->centre->id, san_ring_grant_make (other, key, &self, NULL),
                       NULL);
    }
  press_end (press);
}

void
rotate_ring (Person *by, guint8 compartment)
{
  g_autoptr(GPtrArray) rings = rings_of (by->laptop, compartment);

  rotate (by, compartment, &((SanHeldRing *)rings->pdata[0])->id, NULL);
}

static void
press_device (Press *press, Laptop *laptop)
{
  SanAuthorityBody *body = san_authority_body_new (SAN_OP_DEVICE);

  san_device_record_make (&body->u.device, &laptop->device, laptop->sign,
                          san_box_key_get_public (laptop->box), &laptop->centre->id);
  press_authority (press, &laptop->centre->id, body, NULL);
}

void
appoint (Person *by, Person *who)
{
  Centre *centre = by->laptop->centre;
  SanAuthorityBody *body = san_authority_body_new (SAN_OP_SEAT);
  g_autoptr(GPtrArray) rings = rings_of (by->laptop, -1);
  g_autoptr(GError) error = NULL;
  Press *press = press_new (by);

  if (!san_authority_find_device (authority_of (by->laptop), &who->laptop->device))
    press_device (press, who->laptop);
  san_seat_record_make (&body->u.seat, &who->staff, &who->laptop->device, who->sign,
                        san_box_key_get_public (who->box), who->role, &centre->id, &error);
  g_assert_no_error (error);
  press_authority (press, &centre->id, body, NULL);
  for (guint i = 0; i < rings->len; i++)
    {
      const SanHeldRing *ring = rings->pdata[i];

      if (ring->mine && ring->compartment != SAN_COMPARTMENT_CLINICAL
          && san_role_reads (who->role, ring->compartment))
        press_give (press, ring, who);
    }
  press_end (press);
}

void
dismiss (Person *by, Person *who, SanId32 *removal)
{
  Laptop *laptop = by->laptop;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) heads = san_store_list_heads (laptop->store, NULL, &error);
  g_autoptr(GArray) rows = g_array_new (FALSE, TRUE, sizeof (SanJournalHead));
  g_autoptr(GPtrArray) bodies = NULL;
  SanId32 target;
  Press *press;

  for (guint i = 0; i < heads->len; i++)
    {
      const SanHead *head = heads->pdata[i];
      SanJournalHead row = { head->dossier, head->journal, head->number, head->id };

      g_array_append_val (rows, row);
    }
  san_removal_target_from_id16 (&who->staff, &target);
  bodies = san_removal_make (authority_of (laptop), SAN_REMOVE_STAFF, &target, SAN_REASON_LEFT,
                             (SanJournalHead *)(gpointer)rows->data, rows->len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (bodies->len, ==, 1);
  g_ptr_array_set_free_func (bodies, NULL);
  press = press_new (by);
  press_authority (press, &laptop->centre->id, bodies->pdata[0], removal);
  press_end (press);
}

void
admit (Person *by, SanId32 *dossier)
{
  Press *press = press_new (by);

  press_found (press, SAN_FOUNDING_CASE, dossier);
  press_end (press);
}

void
share (Person *by, const SanId32 *dossier, Centre *with, gboolean writes, guint compartments)
{
  SanAuthorityBody *body = san_authority_body_new (SAN_OP_SHARE);
  Press *press = press_new (by);

  body->u.share.centre = with->id;
  body->u.share.write = writes;
  body->u.share.compartments = compartments;
  press_authority (press, dossier, body, NULL);
  press_end (press);
}
