/* damaged-files.c - seeded damage of a database file and its log, by header, page and frame */
#include "damaged-files.h"

#include "san-hash.h"
#include "san-page-cipher.h"

#include <glib/gstdio.h>
#include <string.h>

#define BLOCK 4096u          /* header block, page, header block of the log */
#define FRAME 4120u

static GBytes *
read_file (const char *dir, const char *name)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  char *data;
  gsize n;

  return g_file_get_contents (path, &data, &n, NULL) ? g_bytes_new_take (data, n) : NULL;
}

void
files_read (Files *self, const char *dir)
{
  self->db = read_file (dir, "store.db");
  self->wal = read_file (dir, "store.db-wal");
  g_assert_nonnull (self->db);
}

static void
write_file (GBytes *bytes, const char *dir, const char *name)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);

  g_unlink (path);
  if (bytes != NULL)
    g_assert_true (g_file_set_contents_full (path, g_bytes_get_data (bytes, NULL),
                                             (gssize) g_bytes_get_size (bytes),
                                             G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

void
files_write (const Files *self, const char *dir)
{
  write_file (self->db, dir, "store.db");
  write_file (self->wal, dir, "store.db-wal");
}

void
files_clear (Files *self)
{
  g_clear_pointer (&self->db, g_bytes_unref);
  g_clear_pointer (&self->wal, g_bytes_unref);
}

/* ---- units ---- */

/* Unit 0 is the header block; then pages, or frames. */
static gsize
unit_at (guint unit, gboolean is_wal)
{
  return unit == 0 ? 0 : BLOCK + (gsize) (unit - 1) * (is_wal ? FRAME : BLOCK);
}

static guint
n_units (gsize size, gboolean is_wal)
{
  return size <= BLOCK ? 1 : 1 + (guint) ((size - BLOCK) / (is_wal ? FRAME : BLOCK));
}

static gsize
unit_size (guint unit, gboolean is_wal)
{
  return unit > 0 && is_wal ? FRAME : BLOCK;
}

static void
put_unit (GByteArray *bytes, guint unit, gboolean is_wal, GBytes *from, guint from_unit)
{
  gsize at = unit_at (unit, is_wal);
  gsize there = unit_at (from_unit, is_wal);
  gsize size = MIN (unit_size (unit, is_wal), unit_size (from_unit, is_wal));

  if (from != NULL && at + size <= bytes->len && there + size <= g_bytes_get_size (from))
    memcpy (bytes->data + at, (const guint8 *) g_bytes_get_data (from, NULL) + there, size);
}

static void
turn_bit (SanMutator *mutator, GByteArray *bytes, gsize at, gsize size)
{
  if (at + size <= bytes->len)
    bytes->data[at + san_mutator_below (mutator, (guint32) size)] ^=
        (guint8) (1u << san_mutator_below (mutator, 8));
}

/* At the end of a unit, or a little beside it. */
static void
cut_off (SanMutator *mutator, GByteArray *bytes, gsize at)
{
  gint64 end =
      (gint64) at +
      (san_mutator_below (mutator, 2) == 0 ? 0 : (gint64) san_mutator_below (mutator, 200) - 100);

  g_byte_array_set_size (bytes, (guint) CLAMP (end, 0, (gint64) bytes->len));
}

static void
damage_one (SanMutator *mutator, GByteArray *bytes, gboolean is_wal, GBytes *sample,
            GBytes *earlier, GBytes *stranger)
{
  guint n = n_units (bytes->len, is_wal);
  guint unit = san_mutator_below (mutator, n);
  guint other = san_mutator_below (mutator, n);
  gsize at = unit_at (unit, is_wal);
  gsize size = unit_size (unit, is_wal);

  switch (san_mutator_below (mutator, 11))
    {
    case 0: turn_bit (mutator, bytes, at, size); break;
    case 1: turn_bit (mutator, bytes, at + (size - 40), 40); break;           /* nonce and tag */
    case 2:
      turn_bit (mutator, bytes, 0, MIN (bytes->len, 100));
      break; /* of the header block */
    case 3:
      put_unit (bytes, unit, is_wal, sample, other);
      put_unit (bytes, other, is_wal, sample, unit);
      break;
    case 4: put_unit (bytes, unit, is_wal, sample, other); break;
    case 5: if (at + size <= bytes->len) memset (bytes->data + at, 0, size); break;
    case 6: cut_off (mutator, bytes, at); break;
    case 7:
      if (at + size <= bytes->len && unit > 0)
        g_byte_array_remove_range (bytes, (guint) at, (guint) size);
      break;
    case 8: put_unit (bytes, unit, is_wal, stranger, unit); break;
    default: put_unit (bytes, unit, is_wal, earlier, unit); break;
    }
}

static GBytes *
damage_file (SanMutator *mutator, gboolean is_wal, GBytes *sample, GBytes *earlier,
             GBytes *stranger)
{
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, g_bytes_get_data (sample, NULL), (guint) g_bytes_get_size (sample));
  for (guint i = 1 + san_mutator_below (mutator, 3); i > 0; i--)
    damage_one (mutator, bytes, is_wal, sample, earlier, stranger);
  return g_byte_array_free_to_bytes (bytes);
}

void
damage_units (SanMutator *mutator, const Files *sample, const Files *earlier, const Files *stranger,
              Files *out)
{
  guint where = san_mutator_below (mutator, 8);

  san_mutator_count (mutator);
  out->db = g_bytes_ref (sample->db);
  out->wal = sample->wal != NULL ? g_bytes_ref (sample->wal) : NULL;
  if (where < 4 || sample->wal == NULL)
    {
      g_bytes_unref (out->db);
      out->db = damage_file (mutator, FALSE, sample->db, earlier->db, stranger->db);
    }
  if (where < 3 || sample->wal == NULL)
    return;
  g_clear_pointer (&out->wal, g_bytes_unref);
  if (where == 7 && san_mutator_below (mutator, 3) == 0)
    out->wal =
        stranger->wal != NULL ? g_bytes_ref (stranger->wal) : NULL; /* another's log, or none */
  else
    out->wal = damage_file (mutator, TRUE, sample->wal, earlier->wal, stranger->wal);
}

/* ---- texts ---- */

static void
fill_ad (const guint8 *header, guint page, guint8 ad[32])
{
  memset (ad, 0, 32);
  ad[0] = 'P';
  ad[1] = 1;
  for (guint i = 0; i < 4; i++)
    ad[8 + i] = (guint8) (page >> (8 * i));
  memcpy (ad + 16, header + 16, 16);
}

/* The b-tree page's own header and cell pointers are where it hurts most. */
static void
damage_text (SanMutator *mutator, guint8 *text, gsize n, guint page)
{
  gsize head = page == 1 ? 100 : 0;
  guint8 *at = text + head;

  switch (san_mutator_below (mutator, 6))
    {
    case 0: at[san_mutator_below (mutator, 12)] = (guint8) san_mutator_below (mutator, 256); break;
    case 1:
      at[8 + san_mutator_below (mutator, 60)] = (guint8) san_mutator_below (mutator, 256);
      break;
    case 2:
      text[san_mutator_below (mutator, page == 1 ? 100 : (guint32) n)] ^=
          (guint8) (1u << san_mutator_below (mutator, 8));
      break;
    case 3: memset (at + san_mutator_below (mutator, 3000), 0, 40); break;
    case 4:
      memmove (at + san_mutator_below (mutator, 1500), at + san_mutator_below (mutator, 3000), 900);
      break;
    default:
      text[head + san_mutator_below (mutator, (guint32) (n - head))] =
          (guint8) san_mutator_below (mutator, 256);
      break;
    }
}

void
damage_texts (SanMutator *mutator, const Files *sample, const SanSecret *key, Files *out)
{
  g_autoptr(SanSecret) subkey = san_derive_subkey (key, 1, "san1.vfs");
  g_autoptr(SanPageCipher) cipher = san_page_cipher_new (subkey);
  gsize size = g_bytes_get_size (sample->db);
  guint8 *bytes = g_memdup2 (g_bytes_get_data (sample->db, NULL), size);
  guint8 text[BLOCK - SAN_PAGE_OVERHEAD];

  san_mutator_count (mutator);
  for (guint i = 1 + san_mutator_below (mutator, 2); i > 0; i--)
    {
      guint page = 1 + san_mutator_below (mutator, n_units (size, FALSE) - 1);
      guint8 *at = bytes + unit_at (page, FALSE);
      guint8 ad[32];

      fill_ad (bytes, page, ad);
      g_assert_true (san_page_cipher_open (cipher, ad, sizeof ad, at, BLOCK, text));
      damage_text (mutator, text, sizeof text, page);
      san_page_cipher_seal (cipher, ad, sizeof ad, text, sizeof text, at);
    }
  out->db = g_bytes_new_take (bytes, size);
  out->wal = NULL;
}
