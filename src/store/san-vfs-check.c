/* san-vfs-check.c - the header block of a database file, and its empty first page
 *
 * The block is written once and never again. Its key check is what lets a wrong key be refused
 * before SQLite looks at anything: SQLite, left alone with pages that it cannot read, deletes a
 * WAL full of acknowledged commits. */
#include "san-vfs-private.h"
#include "san-hash.h"
#include "san-reader.h"
#include "san-writer.h"

#define MAGIC "SANSTOR1"
#define FORMAT_VERSION 1
#define CHECK_OFFSET 32

static void
key_check (const SanSecret *key, const guint8 *block, SanId32 *out)
{
  g_autoptr(SanSecret) header_key = san_derive_subkey (key, 3, "san1.vfs");

  san_keyed_hash (san_secret_get_data (header_key), san_secret_get_size (header_key),
                  "san1.vfs.check", block, CHECK_OFFSET, out);
}

static gboolean
is_same (const guint8 *a, const guint8 *b, gsize n)     /* in constant time */
{
  guint8 difference = 0;

  for (gsize i = 0; i < n; i++)
    difference |= a[i] ^ b[i];
  return difference == 0;
}

/* The head of every database of ours as SQLite sees it: WAL, 40 bytes kept free on each page.
 * With zeros behind it, it is all of an empty database's first page. */
static const guint8 first_page_head[] = {
  'S', 'Q', 'L', 'i', 't', 'e', ' ', 'f', 'o', 'r', 'm', 'a', 't', ' ', '3', 0,
  SAN_VFS_PAGE >> 8, SAN_VFS_PAGE & 0xff, 2, 2, SAN_PAGE_OVERHEAD, 64, 32, 32,
  0, 0, 0, 0, 0, 0, 0, 1,
};

/* An empty table leaf behind the 100 bytes: no cell, content starts at the usable end */
static const guint8 first_page_leaf[]
    = { 0x0d, 0, 0, 0, 0, SAN_VFS_TEXT >> 8, SAN_VFS_TEXT & 0xff, 0 };

void
san_vfs_put_first_page (guint8 *page)
{
  memset (page, 0, SAN_VFS_PAGE);
  memcpy (page, first_page_head, sizeof first_page_head);
  memcpy (page + 100, first_page_leaf, sizeof first_page_leaf);
}

static void
put_header (const SanSecret *key, const SanId16 *file_id, guint8 *block)
{
  g_auto(SanWriter) writer;
  SanId32 check;

  san_writer_init (&writer);
  san_writer_put_magic (&writer, MAGIC);
  san_writer_put_u16 (&writer, FORMAT_VERSION);
  san_writer_put_u16 (&writer, 0);
  san_writer_put_u32 (&writer, SAN_VFS_PAGE);
  san_writer_put_id16 (&writer, file_id);
  memcpy (block, writer.bytes->data, CHECK_OFFSET);
  key_check (key, block, &check);
  memcpy (block + CHECK_OFFSET, &check, sizeof check);
}

/* (transfer full): the header block of a new file with a random file id, and with @with_page a
 * sealed empty first page behind it, which makes it a whole empty database. */
GBytes *
san_vfs_header_new (const SanSecret *key, gboolean with_page)
{
  guint8 block[SAN_VFS_HEADER + SAN_VFS_PAGE] = { 0 };
  SanVfsNode node = { 0 };

  san_random (&node.file_id, sizeof node.file_id);
  put_header (key, &node.file_id, block);
  if (with_page)
    {
      g_autoptr(SanSecret) page_key = san_derive_subkey (key, 1, "san1.vfs");
      guint8 page[SAN_VFS_PAGE];

      san_vfs_put_first_page (page);
      node.pages = san_page_cipher_new (page_key);
      san_vfs_main_seal (&node, 1, page, block + SAN_VFS_HEADER);
      san_page_cipher_free (node.pages);
    }
  return g_bytes_new (block, with_page ? sizeof block : SAN_VFS_HEADER);
}

/* Whether @block (4096 bytes) opens a file of ours and @key fits it. TOO_NEW for a later format,
 * LOCKED for another key, DAMAGED for anything else that we would not have written. */
gboolean
san_vfs_header_check (const guint8 *block, const SanSecret *key, SanId16 *file_id, GError **error)
{
  SanReader reader;
  SanId32 check;
  SanId16 id;
  guint16 version, flags;
  guint32 page_size;

  if (memcmp (block, MAGIC, 7) == 0 && block[7] > MAGIC[7] && block[7] <= '9')
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_TOO_NEW, "database format %c, we know %c",
                   block[7], MAGIC[7]);
      return FALSE;
    }
  san_reader_init (&reader, block, SAN_VFS_HEADER, "database header");
  if (!san_reader_take_magic (&reader, MAGIC, error) ||
      !san_reader_take_u16 (&reader, &version, error) ||
      !san_reader_take_u16 (&reader, &flags, error) ||
      !san_reader_take_u32 (&reader, &page_size, error) ||
      !san_reader_take_id16 (&reader, &id, error))
    return FALSE;

  key_check (key, block, &check);
  if (!is_same (check.b, block + CHECK_OFFSET, sizeof check))
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_LOCKED, "the key does not fit the database");
      return FALSE;
    }
  if (version > FORMAT_VERSION || flags != 0)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_TOO_NEW,
                   "database format %u with flags %#x, we know %d without", version, flags,
                   FORMAT_VERSION);
      return FALSE;
    }
  if (version == 0 || page_size != SAN_VFS_PAGE)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED,
                   "database format %u with pages of %u, we write %d with %d", version, page_size,
                   FORMAT_VERSION, SAN_VFS_PAGE);
      return FALSE;
    }
  if (san_reader_take (&reader, sizeof check, error) == NULL ||
      !san_reader_take_zeros (&reader, san_reader_get_left (&reader), error))
    return FALSE;

  *file_id = id;
  return TRUE;
}
