/* san-keyring-file.c - the keyring's bytes, read canonically and replaced as a whole
 *
 * SANK, u16 version, u16 n, store id 16, recovery slot 160, then the slots by seat. Costs are
 * capped here, before a passphrase is asked for. */
#include "san-keyring-private.h"

#include "san-compartment.h"
#include "san-file.h"
#include "san-reader.h"

#include <string.h>

#define VERSION 1u

gboolean
san_keyring_name_is_fine (const char *name, gsize n)
{
  if (!san_name_is_short (name, n))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if ((guchar) name[i] < ' ' || name[i] == 0x7f)
      return FALSE;
  return TRUE;
}

gboolean
san_keyring_language_is_fine (const char *language, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!g_ascii_isalnum (language[i]) && language[i] != '-' && language[i] != '_')
      return FALSE;
  return n < sizeof ((SanSlotInfo *) NULL)->language;
}

/* ---- writing ---- */

static void
put_short (SanWriter *writer, const char *text)
{
  san_writer_put_u8 (writer, (guint8) strlen (text));
  san_writer_put (writer, text, strlen (text));
}

void
san_keyring_put_shown (const Slot *slot, SanWriter *writer)
{
  const SanSlotInfo *info = &slot->info;

  san_writer_put_id32 (writer, &info->seat);
  san_writer_put_id16 (writer, &info->staff);
  san_writer_put_u8 (writer, (guint8) info->kind);
  put_short (writer, info->name);
  san_writer_put_u8 (writer, info->tag);
  put_short (writer, info->role);
  put_short (writer, info->language);
  san_writer_put (writer, slot->salt, sizeof slot->salt);
  san_writer_put_u64 (writer, info->cost.ops);
  san_writer_put_u64 (writer, info->cost.mem);
}

/**
 * san_keyring_encode:
 *
 * Returns: (transfer full): the file's bytes
 */
GBytes *
san_keyring_encode (const SanKeyring *self)
{
  g_auto(SanWriter) writer = { NULL };

  san_writer_init (&writer);
  san_writer_put_magic (&writer, "SANK");
  san_writer_put_u16 (&writer, VERSION);
  san_writer_put_u16 (&writer, (guint16) self->slots->len);
  san_writer_put_id16 (&writer, &self->store);
  san_writer_put (&writer, self->recovery, RECOVERY_SIZE);
  for (guint i = 0; i < self->slots->len; i++)
    {
      const Slot *slot = g_ptr_array_index (self->slots, i);

      san_keyring_put_shown (slot, &writer);
      san_writer_put (&writer, slot->nonce, sizeof slot->nonce);
      san_writer_put (&writer, slot->sealed, SLOT_SEALED_SIZE);
    }
  return san_writer_end (&writer);
}

/* ---- reading ---- */

static gboolean
damaged (GError **error, const char *why)
{
  g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED, "keyring: %s", why);
  return FALSE;
}

/* A text with a length byte, into @out with its NUL. */
static gboolean
take_short (SanReader *reader, char *out, gsize room, GError **error)
{
  guint8 n;
  const guint8 *bytes;

  if (!san_reader_take_u8 (reader, &n, error))
    return FALSE;
  if (n >= room)
    return damaged (error, "a text is too long");
  bytes = san_reader_take (reader, n, error);
  if (bytes == NULL)
    return FALSE;
  if (memchr (bytes, 0, n) != NULL)
    return damaged (error, "a text holds a NUL");
  memcpy (out, bytes, n);
  out[n] = '\0';
  return TRUE;
}

static gboolean
check_info (const SanSlotInfo *info, guint8 kind, const SanId16 *store, GError **error)
{
  if (kind != SAN_SLOT_SEAT && kind != SAN_SLOT_SLIP)
    return damaged (error, "a slot is neither seat nor slip");
  if (!san_keyring_name_is_fine (info->name, strlen (info->name))
      || !san_role_is_well_formed (info->role, strlen (info->role))
      || !san_keyring_language_is_fine (info->language, strlen (info->language)))
    return damaged (error, "a name, role or language is not one");
  if (info->name[0] != '\0' && info->tag != san_keyring_name_tag (store, info->name))
    return damaged (error, "a name does not fit its tag");
  return san_passphrase_cost_check (&info->cost, error);
}

static gboolean
take_slot (SanReader *reader, Slot *slot, const SanId16 *store, GError **error)
{
  SanSlotInfo *info = &slot->info;
  guint8 kind;

  if (!san_reader_take_id32 (reader, &info->seat, error)
      || !san_reader_take_id16 (reader, &info->staff, error)
      || !san_reader_take_u8 (reader, &kind, error)
      || !take_short (reader, info->name, sizeof info->name, error)
      || !san_reader_take_u8 (reader, &info->tag, error)
      || !take_short (reader, info->role, sizeof info->role, error)
      || !take_short (reader, info->language, sizeof info->language, error)
      || !san_reader_take_copy (reader, slot->salt, sizeof slot->salt, error)
      || !san_reader_take_u64 (reader, &info->cost.ops, error)
      || !san_reader_take_u64 (reader, &info->cost.mem, error)
      || !san_reader_take_copy (reader, slot->nonce, sizeof slot->nonce, error)
      || !san_reader_take_copy (reader, slot->sealed, SLOT_SEALED_SIZE, error))
    return FALSE;
  info->kind = (SanSlotKind) kind;
  return check_info (info, kind, store, error);
}

/* Seats ascend strictly; no two slots show one name. */
static gboolean
fits_after (const GPtrArray *slots, const Slot *slot, GError **error)
{
  for (guint i = 0; i < slots->len; i++)
    {
      const Slot *before = g_ptr_array_index (slots, i);

      if (san_id32_compare (&before->info.seat, &slot->info.seat) >= 0)
        return damaged (error, "slots do not ascend");
      if (slot->info.name[0] != '\0' && strcmp (before->info.name, slot->info.name) == 0)
        return damaged (error, "two slots show one name");
    }
  return TRUE;
}

static gboolean
take_head (SanReader *reader, SanKeyring *self, guint16 *n, GError **error)
{
  guint16 version;

  if (!san_reader_take_magic (reader, "SANK", error)
      || !san_reader_take_u16 (reader, &version, error))
    return FALSE;
  if (version > VERSION)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_TOO_NEW, "keyring of version %u, this reads %u",
                   version, VERSION);
      return FALSE;
    }
  if (version != VERSION)
    return damaged (error, "version 0");
  if (!san_reader_take_u16 (reader, n, error))
    return FALSE;
  if (*n > SAN_KEYRING_MAX_SLOTS)
    return damaged (error, "more than 64 slots");
  return san_reader_take_id16 (reader, &self->store, error)
         && san_reader_take_copy (reader, self->recovery, RECOVERY_SIZE, error);
}

/**
 * san_keyring_parse:
 *
 * Returns: (transfer full): the keyring, or %NULL: %SAN_ERROR_DAMAGED for anything that
 *   san_keyring_encode() would not have written
 */
SanKeyring *
san_keyring_parse (GBytes *bytes, GError **error)
{
  g_autoptr(SanKeyring) self = san_keyring_new (&san_id16_zero);
  SanReader reader;
  guint16 n;

  san_reader_init_bytes (&reader, bytes, "keyring");
  if (!take_head (&reader, self, &n, error))
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      g_autofree Slot *slot = g_new0 (Slot, 1);

      if (!take_slot (&reader, slot, &self->store, error)
          || !fits_after (self->slots, slot, error))
        return NULL;
      g_ptr_array_add (self->slots, g_steal_pointer (&slot));
    }
  if (!san_reader_take_end (&reader, error))
    return NULL;
  return g_steal_pointer (&self);
}

SanKeyring *
san_keyring_load (const char *dir, GError **error)
{
  g_autofree char *path = g_build_filename (dir, "keyring", NULL);
  g_autoptr(GBytes) bytes = san_file_read (path, SAN_KEYRING_FILE_LIMIT, error);

  return bytes != NULL ? san_keyring_parse (bytes, error) : NULL;
}

gboolean
san_keyring_save (const SanKeyring *self, const char *dir, GError **error)
{
  g_autofree char *path = g_build_filename (dir, "keyring", NULL);
  g_autoptr(GBytes) bytes = san_keyring_encode (self);

  return san_file_replace (path, bytes, 0600, error);
}
