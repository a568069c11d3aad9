/* bench-apply.c - a bundle of 10,000 entries arrives at a second laptop of the same centre
 *
 * 1,000 children, ten entries each: founded, a case key given out, eight records of six answers in
 * the house and case compartments. Ours: file opened, signature of the bundle, unpacked, each entry
 * checked, judged, stored; five views brought up, due lists and search keys made; durable. Floor:
 * one Ed25519 verification an entry, and the same rows into plain copies of the same databases. */
#include "san-bench.h"
#include "san-bench-centre.h"
#include "carry-fixture.h"
#include "san-press.h"
#include "san-record-write.h"
#include "san-rows.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHILDREN  1000u
#define RECORDS   8u                     /* of a child */
#define A_PRESS   100u
#define LIMIT_MIB 64.0

typedef struct
{
  char       *dir;
  Laptop     *first;
  Laptop     *second;
  Laptop     *kept;                      /* the second, as it was before the bundle */
  char       *bundle;
  guint       n_entries;
  SanRows    *rows;
  SanPlain   *plain;
  SanSignKey *key;
  guint8      message[176];
  guint8      signature[SAN_SIGNATURE_SIZE];
} Work;

/* What there is to carry */

static void
add_record (Work *self, SanPress *press, const SanId32 *child, guint n)
{
  SanCentre *centre = self->first->centre;
  g_autoptr(SanChanges) changes = san_changes_new (centre, child);
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  g_autofree char *on = g_strdup_printf ("2026-03-%02u", 1 + n);
  g_autoptr(GError) error = NULL;
  SanId16 record;

  san_typed_list_add (typed, "on", on);
  san_typed_list_add (typed, "help-1", "A light in the corridor.");
  san_typed_list_add (typed, "help-2", "Speak softly; leave the door ajar.");
  san_typed_list_add (typed, "diet", "Vegetarian on Tuesdays.");
  san_typed_list_add (typed, "sleeps", "Wakes at four.");
  san_typed_list_add (typed, "leaving-risk", "no");
  san_random (record.b, sizeof record.b);
  san_record_add_typed (centre, changes, child,
                        san_catalogue_find_form (centre->catalogue, "flags"), &record, typed,
                        &error);
  g_assert_no_error (error);
  san_press_add_changes (press, child, changes, NULL, &error);
  g_assert_no_error (error);
}

static void
add_welcome (Work *self, SanPress *press, guint i, SanId32 *child)
{
  SanCentre *centre = self->first->centre;
  g_autoptr(SanChanges) changes = san_changes_new (centre, NULL);
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  g_autofree char *alias = g_strdup_printf ("Kadam %u", i);
  g_autofree char *name = g_strdup_printf ("Udaharan %u", i);
  g_autoptr(GError) error = NULL;
  SanId16 record;

  san_typed_list_add (typed, "alias", alias);
  san_typed_list_add (typed, "name", name);
  san_typed_list_add (typed, "arrived", "2026-02-20T20:00");
  san_typed_list_add (typed, "age", "15");
  san_typed_list_add (typed, "sex", "f");
  san_typed_list_add (typed, "brought-by", "helpline");
  san_random (record.b, sizeof record.b);
  san_record_add_typed (centre, changes, NULL,
                        san_catalogue_find_form (centre->catalogue, "welcome"), &record, typed,
                        &error);
  g_assert_no_error (error);
  san_press_found (press, SAN_FOUNDING_CASE, child, &error);
  san_press_add_changes (press, child, changes, NULL, &error);
  g_assert_no_error (error);
}

static void
write_entries (Work *self)
{
  g_autofree SanId32 *children = g_new (SanId32, CHILDREN);

  for (guint round = 0; round < RECORDS; round++)
    for (guint first = 0; first < CHILDREN; first += A_PRESS)
      {
        g_autoptr(SanPress) press = san_press_begin (self->first->centre, NULL);

        for (guint i = first; i < first + A_PRESS; i++)
          if (round == 0)
            add_welcome (self, press, i, &children[i]);
          else
            add_record (self, press, &children[i], round);
        g_assert_true (san_press_commit (press, NULL));
      }
}

static void
set_up (Work *self)
{
  g_autofree char *stick = NULL;
  g_autoptr(GError) error = NULL;

  self->dir = carry_begin ();
  stick = carry_make_place (self->dir, "stick");
  self->first = laptop_new (self->dir, "first");
  self->second = laptop_new (self->dir, "second");
  self->kept = laptop_new (self->dir, "kept");
  laptop_found (self->first, "Example Bari");
  laptop_join (self->second, self->first, stick);
  laptop_lock (self->second);
  laptop_copy (self->second, self->kept);
  write_entries (self);
  self->bundle = g_build_filename (self->dir, "bundle.dat", NULL);
  san_carry_write (self->first->centre, "devices", self->bundle, &self->n_entries, &error);
  g_assert_no_error (error);
  laptop_lock (self->first);
  self->key = san_sign_key_new_random ();
  san_sign (self->key, "san1.entry", self->message, sizeof self->message, self->signature);
}

/* Rounds */

static void
prepare (gpointer data)
{
  Work *self = data;

  laptop_lock (self->second);
  laptop_copy (self->kept, self->second);
  laptop_unlock (self->second, "sunanda");
}

static void
apply (gpointer data)
{
  Work *self = data;
  g_autoptr(SanExchangeResult) result = NULL;
  g_autoptr(GError) error = NULL;

  san_carry_apply (self->second->centre, self->bundle, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->received, ==, self->n_entries);
}

static void
prepare_plain (gpointer data)
{
  Work *self = data;
  g_autofree char *dir = g_build_filename (self->dir, "plain", NULL);

  prepare (self);
  g_clear_pointer (&self->plain, san_plain_free);
  self->plain = san_plain_copy (dir);
  if (self->rows != NULL)
    san_plain_load (self->plain, self->rows);
}

static void
verify_and_write (gpointer data)
{
  Work *self = data;
  const SanId32 *pk = san_sign_key_get_public (self->key);

  for (guint i = 0; i < self->n_entries; i++)
    g_assert_true (
        san_verify (pk, "san1.entry", self->message, sizeof self->message, self->signature));
  san_plain_write (self->plain, self->rows);
}

static void
record_rows (Work *self)
{
  prepare (self);
  san_rows_begin ();
  apply (self);
  self->rows = san_rows_end ();
  g_print ("# %u entries come to %u rows in %u databases, %u commits\n", self->n_entries,
           san_rows_get_size (self->rows), san_rows_get_n_databases (self->rows),
           san_rows_get_n_commits (self->rows));
}

/* Memory, of a process of its own that has just unlocked */

static double
read_status_mib (const char *field)
{
  g_autofree char *status = NULL;
  const char *line;

  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  line = strstr (status, field);
  return line != NULL ? atof (line + strlen (field) + 1) / 1024 : 0;
}

/* The most so far is what there is now: Argon2id took more. */
static void
forget_peak (void)
{
  FILE *file = fopen ("/proc/self/clear_refs", "w");

  g_assert (file != NULL && fputs ("5", file) >= 0 && fclose (file) == 0);
}

static int
report_memory (const char *dir, const char *n_entries)
{
  Work self = { .n_entries = (guint) atoi (n_entries) };
  double idle, most;
  gboolean ok;

  self.second = laptop_new (dir, "second");
  self.kept = laptop_new (dir, "kept");
  self.bundle = g_build_filename (dir, "bundle.dat", NULL);
  prepare (&self);
  forget_peak ();
  idle = read_status_mib ("VmRSS");
  apply (&self);
  most = read_status_mib ("VmHWM");
  ok = san_bench_limit ("memory while applying, above that of being unlocked", most - idle,
                        LIMIT_MIB, "MiB");
  laptop_free (self.second);
  laptop_free (self.kept);
  g_free (self.bundle);
  return ok ? 0 : 1;
}

static gboolean
bench_memory (Work *self, const char *program)
{
  g_autofree char *n = g_strdup_printf ("%u", self->n_entries);
  const char *argv[] = { program, "--memory", self->dir, n, NULL };

  laptop_lock (self->second);
  return san_bench_child (argv);
}

int
main (int argc, char **argv)
{
  Work self = { 0 };
  gboolean ok;

  g_assert_true (san_crypto_init (NULL));
  if (argc == 4 && strcmp (argv[1], "--memory") == 0)
    return report_memory (argv[2], argv[3]);
  san_rows_watch ();
  set_up (&self);
  san_bench_header ("a bundle arrives (floor: verify each, plain SQLite writing the same rows)");
  record_rows (&self);
  san_bench_ratio ("apply 10,000 entries", 2.0, 5, prepare, apply, &self, prepare_plain,
                   verify_and_write, &self);
  ok = bench_memory (&self, argv[0]);
  g_clear_pointer (&self.plain, san_plain_free);
  g_clear_pointer (&self.rows, san_rows_free);
  laptop_free (self.first);
  laptop_free (self.second);
  laptop_free (self.kept);
  san_sign_key_unref (self.key);
  g_free (self.bundle);
  carry_end (self.dir);
  return ok ? 0 : 1;
}
