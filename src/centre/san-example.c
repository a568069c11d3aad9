/* san-example.c - two example centres: everyday lives, plainly invented
 *
 * Every example child is called "Udaharan" or "Namuna", example or sample, with a number word.
 * Dates count back from today, so that what is due always makes sense. Fields about what was done
 * to a child are "not asked" throughout. */
#include "san-example-private.h"
#include "san-setup.h"
#include "san-staff.h"
#include <glib/gstdio.h>

#define HOUR_MS ((gint64) 60 * 60 * 1000)

typedef struct
{
  const char *alias;
  int         days;              /* since she came */
  int         age;
  int         scores[2];         /* of each WHO-5 item, first and last; -1: none */
  gboolean    plan;
} Child;

static const Child children_a[] = {
  { "Kadam", 1, 14, { -1, -1 }, FALSE }, { "Shiuli", 4, 15, { 1, -1 }, FALSE }, { "Tagar", 12, 13, { 2, -1 }, FALSE },
  { "Bakul", 30, 15, { 1, 3 }, TRUE }, { "Champa", 41, 16, { 1, 2 }, TRUE }, { "Malati", 55, 14, { 2, 3 }, TRUE },
  { "Jui", 63, 17, { 2, 2 }, TRUE }, { "Bela", 84, 15, { 1, 2 }, TRUE }, { "Palash", 120, 17, { 2, 4 }, TRUE },
  { "Kamini", 140, 16, { 2, 1 }, TRUE }, { "Aparajita", 150, 14, { -1, -1 }, TRUE }, { "Jarul", 170, 15, { -1, -1 }, TRUE },
  { "Shimul", 190, 16, { -1, -1 }, TRUE }, { "Chhatim", 210, 15, { -1, -1 }, TRUE }, { "Tamal", 240, 14, { -1, -1 }, TRUE },
  { "Ashok", 270, 17, { -1, -1 }, TRUE }, { "Arjun", 300, 16, { -1, -1 }, TRUE }, { "Amlaki", 330, 15, { -1, -1 }, TRUE },
  { "Mahua", 350, 16, { -1, -1 }, TRUE }, { "Parijat", 420, 17, { 2, 3 }, TRUE }, { "Hijal", 500, 17, { -1, -1 }, TRUE },
  { "Mallika", 620, 17, { 2, 3 }, TRUE },
};

static const char *const aliases_b[] = {
  "Godavari", "Maina", "Kabini", "Tungabhadra", "Indrayani", "Koyal", "Mula", "Bhima", "Neera", "Pavana", "Girna", "Purna",
  "Savitri", "Vashishti", "Narmada", "Tapi", "Wardha", "Manjira", "Shalmali", "Hansa", "Morni", "Bulbul", "Chakora",
  "Sarika", "Papiha", "Neelkanth", "Titli", "Jugnu", "Kosi", "Ganga", "Yamuna", "Betwa", "Ken", "Son", "Sharavati",
  "Netravati", "Varada", "Hemavati", "Kaveri", "Krishna",
};

static const char *const number_words[] = {
  "ek", "dui", "tin", "char", "panch", "chhoy", "sat", "at", "noy", "dosh", "egaro", "baro", "tero", "choddo", "ponero",
  "sholo", "shotero", "atharo", "unish", "bish", "ekush", "baish",
};

void
san_example_clear (SanExample *self)
{
  g_free (self->store);
  g_free (self->state);
  if (self->readme != NULL)
    g_string_free (self->readme, TRUE);
}

gboolean
san_example_begin (SanExample *self, const SanPlaceOnDisk *where, const char *dir, const char *name, GError **error)
{
  self->store = g_build_filename (dir, name, NULL);
  self->state = g_build_filename (dir, "state", NULL);
  self->readme = g_string_new (NULL);
  self->where = *where;
  self->where.store = self->store;
  self->where.state = self->state;
  if (g_mkdir_with_parents (self->state, 0700) != 0)
    return san_error_set_errno (error, errno, self->state);
  return TRUE;
}

static SanSecret *
passphrase (void)
{
  return san_secret_new_copy (SAN_EXAMPLE_PASSPHRASE, strlen (SAN_EXAMPLE_PASSPHRASE));
}

SanCentre *
san_example_found (SanExample *self, const char *name, const char *place, GError **error)
{
  g_autoptr(SanSecret) secret = passphrase ();
  g_autoptr(SanSecret) code = NULL;
  SanSetup setup = { name, place, "Sunanda", "en", secret, 1, FALSE };
  SanCentre *centre = san_setup_create (&self->where, &setup, &code, error);

  if (centre != NULL)
    g_string_append_printf (self->readme, "%s\n  folder: %s\n  recovery code: %s\n  Sunanda (superintendent): %s\n", name,
                            self->store, (const char *) san_secret_get_data (code), SAN_EXAMPLE_PASSPHRASE);
  return centre;
}

SanCentre *
san_example_enter (SanExample *self, const char *name, GError **error)
{
  g_autoptr(SanSecret) secret = passphrase ();

  return san_centre_unlock (&self->where, name, secret, NULL, error);
}

gboolean
san_example_add_person (SanExample *self, const char *name, const char *role, const char *language, GError **error)
{
  g_autoptr(SanSecret) secret = passphrase ();
  g_autoptr(SanSecret) slip = NULL;
  g_autoptr(SanSecret) words = NULL;
  g_autoptr(SanCentre) superintendent = san_example_enter (self, "Sunanda", error);
  g_autoptr(SanCentre) person = NULL;
  SanId16 staff;

  if (superintendent == NULL)
    return FALSE;
  slip = san_staff_add (superintendent, name, role, language, &staff, error);
  if (slip == NULL)
    return FALSE;
  san_centre_lock (superintendent);
  words = san_secret_new_copy (san_secret_get_data (slip), strlen ((const char *) san_secret_get_data (slip)));
  person = san_centre_unlock_slip (&self->where, name, words, secret, error);
  g_string_append_printf (self->readme, "  %s (%s): %s\n", name, role, SAN_EXAMPLE_PASSPHRASE);
  return person != NULL;
}

static void set (GPtrArray *typed, const char *field, const char *format, ...) G_GNUC_PRINTF (3, 4);

static void
set (GPtrArray *typed, const char *field, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  san_typed_list_add (typed, field, text);
}

/* The clock as it stood that many days ago at that hour, the latest just now. */
static void
go_back (gint64 now, int days, int hour)
{
  SanInstant today = { now, san_clock_zone (now) };
  SanInstant then = san_instant_at_day (san_date_from_instant (&today).days - days, hour * 60, today.zone);

  san_clock_set (MIN (then.ms, now - HOUR_MS));
}

static char *
day_text (gint64 now, int days_ago)
{
  SanInstant today = { now, san_clock_zone (now) };
  SanDate day = { san_date_from_instant (&today).days - days_ago, SAN_PRECISION_DAY };

  return san_date_to_text (&day);
}

static gboolean
welcome (SanCentre *centre, gint64 now, const Child *child, guint i, const char *family_name, SanId32 *id, GError **error)
{
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  g_autoptr(SanChildRow) row = NULL;
  g_autofree char *produced = day_text (now, child->days - 1);
  SanId16 record;

  go_back (now, child->days, 20);
  set (typed, "alias", "%s", child->alias);
  set (typed, "age", "%d", child->age);
  set (typed, "age-kind", "stated");
  set (typed, "sex", "f");
  set (typed, "brought-by", i % 3 == 0 ? "police" : "helpline");
  set (typed, "name", "%s %s", family_name, i < G_N_ELEMENTS (number_words) ? number_words[i] : "onek");
  set (typed, "ill-now", i % 7 == 1 ? "yes" : "no");
  set (typed, "afraid", "?not-asked");
  set (typed, "tonight", "A light in the corridor.");
  if (child->days > 5)
    set (typed, "produced-at", "%sT11:00", produced);
  row = san_child_admit (centre, typed, &record, error);
  if (row == NULL)
    return FALSE;
  *id = row->id;
  return TRUE;
}

static gboolean
write_record (SanCentre *centre, const char *form, const SanId32 *child, GPtrArray *typed, gboolean finish, GError **error)
{
  SanId16 record;

  return san_record_new (centre, form, child, typed, &record, error) &&
         (!finish || san_record_finish (centre, &record, error));
}

/* The case worker: what helps, and the plan with its fortnightly progress. */
static gboolean
write_case (SanCentre *centre, gint64 now, const Child *child, const SanId32 *id, GError **error)
{
  g_autoptr(GPtrArray) flags = san_typed_list_new ();
  g_autoptr(GPtrArray) plan = san_typed_list_new ();
  g_autofree char *came = day_text (now, child->days - 1);
  g_autofree char *planned = day_text (now, MAX (child->days - 24, 0));

  if (child->days > 2)
    {
      go_back (now, child->days - 1, 11);
      set (flags, "on", "%s", came);
      set (flags, "help-1", "Speak softly; leave the door ajar.");
      set (flags, "diet", "Vegetarian on Tuesdays.");
      if (!write_record (centre, "flags", id, flags, FALSE, error))
        return FALSE;
    }
  if (!child->plan || child->days < 25)
    return TRUE;
  go_back (now, child->days - 24, 15);
  set (plan, "on", "%s", planned);
  set (plan, "c1.aaaaaaaa.words", "I want to finish class 8.");
  set (plan, "c1.aaaaaaaa.concern", "Two years out of school.");
  set (plan, "c1.aaaaaaaa.step", "Bridge class from Monday.");
  set (plan, "c5.bbbbbbbb.words", "I like to draw.");
  set (plan, "c5.bbbbbbbb.step", "Drawing on Saturdays.");
  if (!write_record (centre, "icp-a", id, plan, FALSE, error))
    return FALSE;
  for (int day = child->days - 24 - 14; day > 14; day -= 14)
    {
      g_autoptr(GPtrArray) progress = san_typed_list_new ();
      g_autofree char *from = day_text (now, day + 14);
      g_autofree char *to = day_text (now, day);

      go_back (now, day, 16);
      set (progress, "from", "%s", from);
      set (progress, "to", "%s", to);
      set (progress, "c1.aaaaaaaa.moved", "some");
      set (progress, "c1.words", "The class is good.");
      if (!write_record (centre, "icp-b", id, progress, TRUE, error))
        return FALSE;
      if (child->days - day > 120)
        break;
    }
  return TRUE;
}

static gboolean
write_who5 (SanCentre *centre, gint64 now, int days_ago, int answer, const SanId32 *id, GError **error)
{
  static const char *const items[] = { "cheerful", "calm", "active", "rested", "interest" };
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  g_autofree char *on = day_text (now, days_ago);

  go_back (now, days_ago, 12);
  set (typed, "on", "%s", on);
  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autofree char *field = g_strconcat ("i.", items[i], NULL);

      set (typed, field, "%d", answer);
    }
  set (typed, "next-step", "talk");
  return write_record (centre, "score.who5", id, typed, FALSE, error);
}

/* The counsellor: sessions and the two scores. */
static gboolean
write_clinical (SanCentre *centre, gint64 now, const Child *child, const SanId32 *id, GError **error)
{
  static const char *const did[] = { "Drew the river.", "Slept until six. Talked about the garden.", "Wants to learn tailoring." };

  if (child->days < 3)
    return TRUE;
  for (int day = child->days - 2, n = 0; day > 5 && n < 4; day -= 9, n++)
    {
      g_autoptr(GPtrArray) typed = san_typed_list_new ();

      go_back (now, day, 10);
      set (typed, "kind", "stress");
      set (typed, "minutes", "45");
      set (typed, "did", "%s", did[n % 3]);
      set (typed, "left", "easier");
      set (typed, "worried", "no");
      if (!write_record (centre, "session", id, typed, TRUE, error))
        return FALSE;
    }
  return (child->scores[0] < 0 || write_who5 (centre, now, child->days - 2, child->scores[0], id, error)) &&
         (child->scores[1] < 0 || write_who5 (centre, now, MAX (child->days - 30, 1), child->scores[1], id, error));
}

static gboolean
write_medical (SanCentre *centre, gint64 now, const Child *child, const SanId32 *id, GError **error)
{
  g_autoptr(GPtrArray) typed = san_typed_list_new ();

  if (child->days < 2)
    return TRUE;
  go_back (now, child->days - 1, 9);
  set (typed, "kind", "arrival");
  set (typed, "height", "%d", 140 + child->age);
  set (typed, "weight", "%d", 30 + child->age);
  set (typed, "house-does", "Iron tablet after breakfast.");
  return write_record (centre, "exam", id, typed, FALSE, error);
}

typedef gboolean (*WriteFunc) (SanCentre *centre, gint64 now, const Child *child, const SanId32 *id, GError **error);

static gboolean
write_as (SanExample *self, const char *person, WriteFunc write_func, gint64 now, const Child *children, const SanId32 *ids,
          guint n, GError **error)
{
  g_autoptr(SanCentre) centre = san_example_enter (self, person, error);
  gboolean ok = centre != NULL;

  for (guint i = 0; ok && i < n; i++)
    ok = write_func (centre, now, &children[i], &ids[i], error);
  san_clock_set (0);
  return ok;
}

static gboolean
make_centre (SanExample *self, const char *name, const char *family_name, const Child *children, guint n, GError **error)
{
  static const struct { const char *name; const char *role; const char *language; } people[] = {
    { "Mitali", "counsellor", "bn" }, { "Anjali", "case-worker", "en" }, { "Sima", "nurse", "hi" },
    { "Lata", "legal", "en" }, { "Rokeya", "house", "bn" },
  };
  g_autofree SanId32 *ids = g_new0 (SanId32, n);
  g_autoptr(SanCentre) centre = san_example_found (self, name, "Example Nagar", error);
  gint64 now = san_clock_now ();
  gboolean ok = centre != NULL;

  for (guint i = 0; ok && i < n; i++)
    ok = welcome (centre, now, &children[i], i, family_name, &ids[i], error);
  san_clock_set (0);
  if (!ok)
    return FALSE;
  san_centre_lock (centre);
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    if (!san_example_add_person (self, people[i].name, people[i].role, people[i].language, error))
      return FALSE;
  return write_as (self, "Anjali", write_case, now, children, ids, n, error) &&
         write_as (self, "Mitali", write_clinical, now, children, ids, n, error) &&
         write_as (self, "Sima", write_medical, now, children, ids, n, error);
}

static gboolean
make_a (const SanPlaceOnDisk *where, const char *dir, GString *readme, GError **error)
{
  g_auto(SanExample) example = { 0 };

  if (!san_example_begin (&example, where, dir, "shefali-bari", error) ||
      !make_centre (&example, "Shefali Bari (example)", "Udaharan", children_a, G_N_ELEMENTS (children_a), error))
    return FALSE;
  g_string_append (readme, example.readme->str);
  return TRUE;
}

static gboolean
make_b (const SanPlaceOnDisk *where, const char *dir, GString *readme, GError **error)
{
  g_auto(SanExample) example = { 0 };
  Child children[G_N_ELEMENTS (aliases_b)];

  for (guint i = 0; i < G_N_ELEMENTS (aliases_b); i++)
    {
      Child child = { aliases_b[i], (int) (3 + i * 11), (int) (8 + i % 10), { i % 5 == 0 ? 1 : -1, i % 5 == 0 ? 3 : -1 }, i % 2 == 0 };

      children[i] = child;
    }
  if (!san_example_begin (&example, where, dir, "gulmohar-ghar", error) ||
      !make_centre (&example, "Gulmohar Ghar (example)", "Namuna", children, G_N_ELEMENTS (children), error))
    return FALSE;
  g_string_append (readme, example.readme->str);
  return TRUE;
}

static gboolean
make_bulk (const SanPlaceOnDisk *where, const char *dir, guint children, GString *readme, GError **error)
{
  g_auto(SanExample) example = { 0 };

  if (!san_example_begin (&example, where, dir, "many", error) || !san_example_bulk (&example, children, error))
    return FALSE;
  g_string_append (readme, example.readme->str);
  return TRUE;
}

gboolean
san_example_make (const SanPlaceOnDisk *where, const char *dir, guint children, GError **error)
{
  g_autoptr(GString) readme = g_string_new ("Example centres. Nothing here is real: no person, no place.\n\n");
  g_autofree char *path = g_build_filename (dir, "README.txt", NULL);
  gboolean ok;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_ALREADY, "%s holds an example already", dir);
      return FALSE;
    }
  ok = children > 0 ? make_bulk (where, dir, children, readme, error)
                    : make_a (where, dir, readme, error) && make_b (where, dir, readme, error);
  san_clock_set (0);
  return ok && g_file_set_contents (path, readme->str, -1, error);
}

const char *
san_example_get_passphrase (void)
{
  return SAN_EXAMPLE_PASSPHRASE;
}

/* Links are removed, not followed. */
static gboolean
remove_tree (GFile *file, GError **error)
{
  g_autoptr(GFileEnumerator) children = NULL;
  g_autoptr(GError) local = NULL;

  children = g_file_enumerate_children (file, G_FILE_ATTRIBUTE_STANDARD_NAME, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL,
                                        &local);
  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;
  while (children != NULL)
    {
      GFile *child;

      if (!g_file_enumerator_iterate (children, NULL, &child, NULL, error))
        return FALSE;
      if (child == NULL)
        break;
      if (!remove_tree (child, error))
        return FALSE;
    }
  return g_file_delete (file, NULL, error);
}

gboolean
san_example_delete (const char *dir, GError **error)
{
  static const char *const names[] = { "shefali-bari", "gulmohar-ghar", "many", "state", "README.txt" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (dir, names[i], NULL);
      g_autoptr(GFile) file = g_file_new_for_path (path);
      g_autoptr(GError) local = NULL;

      if (!remove_tree (file, &local))
        {
          g_set_error (error, SAN_ERROR, SAN_ERROR_IO, "%s: %s", names[i], local->message);
          return FALSE;
        }
    }
  g_rmdir (dir);                    /* stays if somebody put something of her own into it */
  return TRUE;
}
