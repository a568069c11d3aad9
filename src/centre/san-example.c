/* san-example.c - two example centres: everyday lives, plainly invented
 *
 * Every example child is called "Udaharan" or "Namuna", example or sample, with a number word.
 * Dates count back from today, so that what is due always makes sense. Fields about what was done
 * to a child are "not asked" throughout. */
#include "san-example-lives.h"
#include "san-example-pair.h"
#include "san-setup.h"
#include "san-staff.h"
#include <glib/gstdio.h>

/* Whole courses of those whose outcomes are shown; every fifth child is late in one thing. */
static const SanExampleChild children_a[] = {
  { "Kadam", 1, 14, { -1, -1 }, TRUE, NULL },
  { "Shiuli", 4, 15, { 1, -1 }, TRUE, NULL },
  { "Tagar", 12, 13, { 2, -1 }, TRUE, NULL },
  { "Bakul", 30, 15, { 1, 3 }, TRUE, "score" },
  { "Champa", 41, 16, { 1, 2 }, TRUE, "plan" },
  { "Malati", 55, 14, { 2, 3 }, TRUE, NULL },
  { "Jui", 63, 17, { 2, 2 }, TRUE, NULL },
  { "Bela", 84, 15, { 1, 2 }, TRUE, NULL },
  { "Palash", 120, 17, { 2, 4 }, TRUE, NULL },
  { "Kamini", 140, 16, { 2, 1 }, TRUE, "health" },
  { "Aparajita", 150, 14, { -1, -1 }, FALSE, NULL },
  { "Jarul", 170, 15, { -1, -1 }, FALSE, NULL },
  { "Shimul", 190, 16, { -1, -1 }, FALSE, "counselling" },
  { "Chhatim", 210, 15, { -1, -1 }, FALSE, NULL },
  { "Tamal", 240, 14, { -1, -1 }, FALSE, NULL },
  { "Ashok", 270, 17, { -1, -1 }, FALSE, NULL },
  { "Arjun", 300, 16, { -1, -1 }, FALSE, "plan" },
  { "Amlaki", 330, 15, { -1, -1 }, FALSE, NULL },
  { "Mahua", 350, 16, { -1, -1 }, FALSE, NULL },
  { "Parijat", 420, 17, { 2, 3 }, FALSE, NULL },
  { "Hijal", 500, 17, { -1, -1 }, FALSE, NULL },
  { "Mallika", 620, 17, { 2, 3 }, FALSE, NULL },
};

static const char *const aliases_b[] = {
  "Godavari",  "Maina",   "Kabini",   "Tungabhadra", "Indrayani", "Koyal",   "Mula",
  "Bhima",     "Neera",   "Pavana",   "Girna",       "Purna",     "Savitri", "Vashishti",
  "Narmada",   "Tapi",    "Wardha",   "Manjira",     "Shalmali",  "Hansa",   "Morni",
  "Bulbul",    "Chakora", "Sarika",   "Papiha",      "Neelkanth", "Titli",   "Jugnu",
  "Kosi",      "Ganga",   "Yamuna",   "Betwa",       "Ken",       "Son",     "Sharavati",
  "Netravati", "Varada",  "Hemavati", "Kaveri",      "Krishna",
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
san_example_begin (SanExample *self, const SanPlaceOnDisk *where, const char *dir, const char *name,
                   GError **error)
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
  SanSetup setup = { name, place, "Sunanda", "en", secret, 1, FALSE, .children = "girls" };
  SanCentre *centre = san_setup_create (&self->where, &setup, &code, error);

  if (centre != NULL)
    g_string_append_printf (
        self->readme, "%s\n  folder: %s\n  recovery code: %s\n  Sunanda (superintendent): %s\n",
        name, self->store, (const char *) san_secret_get_data (code), SAN_EXAMPLE_PASSPHRASE);
  return centre;
}

SanCentre *
san_example_enter (SanExample *self, const char *name, GError **error)
{
  g_autoptr(SanSecret) secret = passphrase ();

  return san_centre_unlock (&self->where, name, secret, self->cancellable, error);
}

gboolean
san_example_add_person (SanExample *self, const char *name, const char *role, const char *language,
                        GError **error)
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
  words = san_secret_new_copy (san_secret_get_data (slip),
                               strlen ((const char *) san_secret_get_data (slip)));
  person = san_centre_unlock_slip (&self->where, name, words, secret, error);
  g_string_append_printf (self->readme, "  %s (%s): %s\n", name, role, SAN_EXAMPLE_PASSPHRASE);
  return person != NULL;
}

typedef gboolean (*WriteFunc) (SanExampleHouse *house, GError **error);

static gboolean
write_as (SanExample *self, const char *person, WriteFunc write_func, SanExampleHouse *house,
          GError **error)
{
  g_autoptr(SanCentre) centre = san_example_enter (self, person, error);
  gboolean ok;

  house->centre = centre;
  ok = centre != NULL && write_func (house, error);
  san_clock_set (0);
  return ok;
}

static gboolean
make_centre (SanExample *self, const char *name, const char *family_name,
             const SanExampleChild *children, guint n, GError **error)
{
  static const struct { const char *name; const char *role; const char *language; } people[] = {
    { "Mitali", "counsellor", "bn" }, { "Anjali", "case-worker", "en" }, { "Sima", "nurse", "hi" },
    { "Lata", "legal", "en" }, { "Rokeya", "house", "bn" },
  };
  g_autofree SanId32 *ids = g_new0 (SanId32, n);
  SanExampleHouse house = { NULL, san_clock_now (), family_name, children, ids, n,
                            self->cancellable };
  g_autoptr(SanCentre) centre = san_example_found (self, name, "Example Nagar", error);

  if (centre == NULL)
    return FALSE;
  san_centre_lock (centre);
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    if (!san_example_add_person (self, people[i].name, people[i].role, people[i].language, error))
      return FALSE;
  return write_as (self, "Sunanda", san_example_write_arrivals, &house, error) &&
         write_as (self, "Anjali", san_example_write_cases, &house, error) &&
         write_as (self, "Mitali", san_example_write_clinical, &house, error) &&
         write_as (self, "Sima", san_example_write_medical, &house, error) &&
         write_as (self, "Lata", san_example_write_court, &house, error);
}

static gboolean
make_a (SanExample *self, const SanPlaceOnDisk *where, const char *dir, GError **error)
{
  return san_example_begin (self, where, dir, "shefali-bari", error) &&
         make_centre (self, "Shefali Bari (example)", "Udaharan", children_a,
                      G_N_ELEMENTS (children_a), error);
}

static gboolean
make_b (SanExample *self, const SanPlaceOnDisk *where, const char *dir, GError **error)
{
  static const char *const late[] = { NULL, NULL,     "plan", NULL, NULL,
                                      NULL, "health", NULL,   NULL, NULL };
  SanExampleChild children[G_N_ELEMENTS (aliases_b)];

  for (guint i = 0; i < G_N_ELEMENTS (aliases_b); i++)
    {
      SanExampleChild child = { aliases_b[i],
                                (int) (3 + i * 11),
                                (int) (8 + i % 10),
                                { 1, -1 },
                                FALSE,
                                i > 3 ? late[i % G_N_ELEMENTS (late)] : NULL };

      children[i] = child;
    }
  return san_example_begin (self, where, dir, "gulmohar-ghar", error) &&
         make_centre (self, "Gulmohar Ghar (example)", "Namuna", children, G_N_ELEMENTS (children),
                      error);
}

/* Two centres that have worked together before. */
static gboolean
make_both (const SanPlaceOnDisk *where, const char *dir, GString *readme,
           GCancellable *cancellable, GError **error)
{
  g_auto(SanExample) a = { .cancellable = cancellable };
  g_auto(SanExample) b = { .cancellable = cancellable };
  g_autofree char *folder = g_build_filename (dir, "pen-drive", NULL);

  if (!make_a (&a, where, dir, error) || !make_b (&b, where, dir, error) ||
      !san_example_pair (&a, &b, folder, "Bakul", error))
    return FALSE;
  g_string_append (readme, a.readme->str);
  g_string_append (readme, b.readme->str);
  return TRUE;
}

static gboolean
make_bulk (const SanPlaceOnDisk *where, const char *dir, guint children, GString *readme,
           GCancellable *cancellable, GError **error)
{
  g_auto(SanExample) example = { .cancellable = cancellable };

  if (!san_example_begin (&example, where, dir, "many", error) ||
      !san_example_bulk (&example, children, error))
    return FALSE;
  g_string_append (readme, example.readme->str);
  return TRUE;
}

gboolean
san_example_make (const SanPlaceOnDisk *where, const char *dir, guint children,
                  GCancellable *cancellable, GError **error)
{
  g_autoptr(GString) readme =
      g_string_new ("Example centres. Nothing here is real: no person, no place.\n\n");
  g_autofree char *path = g_build_filename (dir, "README.txt", NULL);
  gboolean ok;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_ALREADY, "%s holds an example already", dir);
      return FALSE;
    }
  ok = children > 0 ? make_bulk (where, dir, children, readme, cancellable, error)
                    : make_both (where, dir, readme, cancellable, error);
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

  children = g_file_enumerate_children (file, G_FILE_ATTRIBUTE_STANDARD_NAME,
                                        G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, &local);
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
  static const char *const names[] = { "shefali-bari", "gulmohar-ghar", "many",
                                       "pen-drive",    "state",         "README.txt" };

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
