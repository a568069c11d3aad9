/* bench-save.c - one press of Save, and what follows it, against plain SQLite writing the same rows
 *
 * Ours: a record of six answers through the door of the faces: answers checked and offers filled
 * in, signed, encrypted, chained, all views brought up, durable, witness outside. Floor: the same
 * rows into plain copies of the same databases, in the same transactions (WAL, synchronous=FULL),
 * and one Ed25519 signature. */
#include "san-bench.h"
#include "san-bench-centre.h"
#include "san-records.h"
#include "san-rows.h"
#include <string.h>

#define N_SAVES  200
#define CHILDREN 500u

typedef struct
{
  SanCentre  *centre;
  SanSignKey *key;
  GPtrArray  *children;              /* SanChildRow */
  guint       next;
  SanPlain   *plain;
  GPtrArray  *rows;                  /* SanRows of each recorded save */
  guint       next_rows;
} Work;

static const SanId32 *
next_child (Work *self)
{
  const SanChildRow *row =
      g_ptr_array_index (self->children, self->next++ * 7919 % self->children->len);

  return &row->id;
}

static void
save (gpointer data)
{
  Work *self = data;
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  g_autoptr(GError) error = NULL;
  SanId16 record;

  san_typed_list_add (typed, "on", "2026-03-14");
  san_typed_list_add (typed, "help-1", "A light in the corridor.");
  san_typed_list_add (typed, "help-2", "Speak softly; leave the door ajar.");
  san_typed_list_add (typed, "diet", "Vegetarian on Tuesdays.");
  san_typed_list_add (typed, "sleeps", "Wakes at four.");
  san_typed_list_add (typed, "leaving-risk", "no");
  san_record_new (self->centre, "flags", next_child (self), typed, &record, &error);
  g_assert_no_error (error);
}

static void
write_rows (gpointer data)
{
  Work *self = data;
  guint8 header[176] = { 0 };
  guint8 signature[64];

  san_sign (self->key, "san1.entry", header, sizeof header, signature);
  san_plain_write (self->plain, g_ptr_array_index (self->rows, self->next_rows++));
}

static void
record_saves (Work *self, guint n)
{
  guint commits = 0;

  for (guint i = 0; i < n; i++)
    {
      SanRows *rows;

      san_rows_begin ();
      save (self);
      rows = san_rows_end ();
      commits += san_rows_get_n_commits (rows);
      san_plain_load (self->plain, rows);
      g_ptr_array_add (self->rows, rows);
    }
  g_print ("# a save writes %u rows into %u databases; %.2f commits a save\n",
           san_rows_get_size (g_ptr_array_index (self->rows, n / 2)),
           san_rows_get_n_databases (g_ptr_array_index (self->rows, n / 2)), commits / (double) n);
}

static void
bench (Work *self, const char *name, SanBenchStore *store)
{
  g_autofree char *plain = san_bench_store_path (store, "plain");
  g_autoptr(GError) error = NULL;

  self->centre = san_bench_store_unlock (store);
  self->children = san_child_list (self->centre, NULL, NULL, &error);
  g_assert_no_error (error);
  save (self);
  san_store_settle (self->centre->store);
  self->plain = san_plain_copy (plain);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) san_rows_free);
  record_saves (self, N_SAVES);
  san_bench_ratio (name, 1.5, MIN (N_SAVES, 101), NULL, save, self, NULL, write_rows, self);
}

int
main (void)
{
  Work self = { 0 };
  g_autoptr(SanBenchStore) store = NULL;

  g_assert_true (san_crypto_init (NULL));
  san_rows_watch ();
  store = san_bench_store_new (CHILDREN);
  self.key = san_sign_key_new_random ();
  san_bench_header ("saving (floor: plain SQLite writing the same rows, one signature)");
  bench (&self, "save of one record, 6 answers", store);
  san_plain_free (self.plain);
  g_ptr_array_unref (self.rows);
  g_ptr_array_unref (self.children);
  g_object_unref (self.centre);
  san_sign_key_unref (self.key);
  return 0;
}
