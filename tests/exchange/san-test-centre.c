/* san-test-centre.c - keys from names, so that every run and every example has the same bytes */
#include "san-test-centre.h"

#include <glib/gstdio.h>
#include <string.h>

#define WALL G_GUINT64_CONSTANT (1764000000000)

SanSecret *
test_seed (const char *name)
{
  SanSecret *seed = san_secret_new (32);
  SanId32 hash;

  san_hash ("test.seed", name, strlen (name), &hash);
  memcpy (san_secret_get_mutable (seed), hash.b, 32);
  return seed;
}

static SanSignKey *
sign_key (const char *name, const char *what)
{
  g_autofree char *full = g_strconcat (name, " ", what, NULL);
  g_autoptr(SanSecret) seed = test_seed (full);

  return san_sign_key_new_from_seed (seed);
}

static SanBoxKey *
box_key (const char *name, const char *what)
{
  g_autofree char *full = g_strconcat (name, " ", what, NULL);
  g_autoptr(SanSecret) seed = test_seed (full);

  return san_box_key_new_from_seed (seed);
}

static SanId16
short_id (const char *name, const char *what)
{
  g_autofree char *full = g_strconcat (name, " ", what, NULL);
  g_autoptr(SanSecret) seed = test_seed (full);
  SanId16 id;

  memcpy (id.b, san_secret_get_data (seed), 16);
  return id;
}

void
test_device_init (TestDevice *self, const char *name)
{
  self->id = short_id (name, "device");
  self->sign = sign_key (name, "device");
  self->box = box_key (name, "device");
  self->staff = short_id (name, "staff");
  self->seat = sign_key (name, "seat");
  self->seat_box = box_key (name, "seat");
  san_journal_derive (san_sign_key_get_public (self->sign), self->id.b, &self->journal);
}

void
test_device_clear (TestDevice *self)
{
  san_sign_key_unref (self->sign);
  san_box_key_unref (self->box);
  san_sign_key_unref (self->seat);
  san_box_key_unref (self->seat_box);
}

static void
add_entry (TestCentre *self, SanHeader *header, GBytes *body, const SanSignKey *author, SanId32 *id)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanEntry) entry = NULL;

  header->author = *san_sign_key_get_public (author);
  header->wall = WALL + self->number;
  entry = san_entry_sign (header, body, author, &error);
  g_assert_no_error (error);
  g_ptr_array_add (self->entries, san_entry_to_bytes (entry));
  *id = *san_entry_get_id (entry);
}

TestCentre *
test_centre_new (const char *name)
{
  TestCentre *self = g_new0 (TestCentre, 1);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = NULL;
  const guint8 salt[SAN_SALT_SIZE] = { 1, 2, 3 };
  SanFounding founding;
  SanHeader header = { .kind = SAN_KIND_FOUNDING };

  self->recovery = sign_key (name, "recovery");
  self->recovery_box = box_key (name, "recovery");
  test_device_init (&self->first, name);
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  san_founding_make_authority (
      &founding, SAN_FOUNDING_CENTRE, salt, self->recovery,
      san_box_key_get_public (self->recovery_box), &self->first.id, self->first.sign,
      san_box_key_get_public (self->first.box), &self->first.staff, self->first.seat,
      san_box_key_get_public (self->first.seat_box), "superintendent", &error);
  g_assert_no_error (error);
  body = san_founding_encode (&founding);
  header.journal = self->first.journal;
  header.number = ++self->number;
  add_entry (self, &header, body, self->first.seat, &self->centre);
  self->last = self->centre;
  return self;
}

void
test_centre_free (TestCentre *self)
{
  san_sign_key_unref (self->recovery);
  san_box_key_unref (self->recovery_box);
  test_device_clear (&self->first);
  g_ptr_array_unref (self->entries);
  g_free (self);
}

/* Numbers and heads of other journals do not matter to what is tested here. */
SanId32
test_centre_add (TestCentre *self, const TestDevice *on, const SanSignKey *author,
                 SanAuthorityBody *body)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = NULL;
  SanHeader header = { .kind = SAN_KIND_AUTHORITY,
                       .dossier = self->centre,
                       .journal = on->journal };
  SanId32 id;

  header.number = ++self->number;
  header.previous = self->last;
  bytes = san_authority_body_encode (body, &error);
  g_assert_no_error (error);
  add_entry (self, &header, bytes, author != NULL ? author : self->recovery, &id);
  san_authority_body_free (body);
  self->last = id;
  return id;
}

void
test_centre_add_device (TestCentre *self, const TestDevice *device)
{
  SanAuthorityBody *body = san_authority_body_new (SAN_OP_DEVICE);

  san_device_record_make (&body->u.device, &device->id, device->sign,
                          san_box_key_get_public (device->box), &self->centre);
  test_centre_add (self, &self->first, self->first.seat, body);
}

void
test_centre_add_seat (TestCentre *self, const TestDevice *device, const char *role)
{
  SanAuthorityBody *body = san_authority_body_new (SAN_OP_SEAT);
  g_autoptr(GError) error = NULL;

  san_seat_record_make (&body->u.seat, &device->staff, &device->id, device->seat,
                        san_box_key_get_public (device->seat_box), role, &self->centre, &error);
  g_assert_no_error (error);
  test_centre_add (self, &self->first, self->first.seat, body);
}

SanBundleSpec
test_centre_spec (TestCentre *self, SanId32 *recipients, guint n, const char *temp_dir)
{
  SanBundleSpec spec = {
    .centre = self->centre,
    .device = self->first.id,
    .number = 7,
    .wall = WALL,
    .flags = SAN_BUNDLE_ZSTD,
    .recipients = recipients,
    .n_recipients = n,
    .sign_key = self->first.sign,
    .own_key = self->first.box,
    .temp_dir = temp_dir,
  };

  return spec;
}

GBytes *
test_entry (TestCentre *self, const SanId32 *dossier, const SanId16 *journal, guint64 number,
            gsize size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanEntry) entry = NULL;
  g_autoptr(GBytes) body = NULL;
  guint8 *data = g_malloc0 (size);
  SanHeader header = {
    .kind = SAN_KIND_CHANGES, .dossier = *dossier, .journal = *journal, .number = number
  };

  for (gsize i = 0; i < size; i++)
    data[i] = (guint8) (i * 7 + number);
  body = g_bytes_new_take (data, size);
  if (number > 1)
    memset (header.previous.b, 1 + (int) (number % 200), 32);
  header.author = *san_sign_key_get_public (self->first.seat);
  header.wall = WALL + number;
  entry = san_entry_sign (&header, body, self->first.seat, &error);
  g_assert_no_error (error);
  return san_entry_to_bytes (entry);
}

char *
test_dir_new (void)
{
  g_autoptr(GError) error = NULL;
  char *path = g_dir_make_tmp ("san-test-XXXXXX", &error);

  g_assert_no_error (error);
  return path;
}

void
test_dir_remove (char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  g_chmod (path, 0700);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_remove (child) < 0)
        test_dir_remove (g_strdup (child));
    }
  g_rmdir (path);
  g_free (path);
}

guint
test_dir_count (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}
