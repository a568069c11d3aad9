/* test-form-refused.c - broken definitions are refused, with file, line and reason */
#include "forms-common.h"

#include "san-file.h"
#include "san-xml.h"

#include <glib/gstdio.h>
#include <string.h>

#define HEAD                                                                                       \
  "<form id=\"t\" format=\"1\" version=\"1\" dossier=\"case\" compartment=\"case\" "               \
  "writers=\"any\" mark=\"o\">\n"                                                                  \
  "<label>T</label>\n"
#define OPEN HEAD "<section id=\"s\"><label>S</label>\n"
#define SHUT "</section></form>\n"
#define FIELD(attributes)                                                                          \
  OPEN "<field id=\"a\" mark=\"o\" " attributes "><label>A</label></field>\n" SHUT

static char *folder;

static GPtrArray *
check_text (const char *text, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "t.xml", NULL);
  g_autoptr(GError) problem = NULL;

  g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &problem);
  g_assert_no_error (problem);
  return san_catalogue_check_form (common_catalogue (), path, error);
}

static void
test_good (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) mistakes = check_text (FIELD ("type=\"text\""), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (mistakes->len, ==, 0);
}

static const struct
{
  const char *text;
  const char *line;
  const char *reason;      /* part of it */
} broken[] = {
  { FIELD ("type=\"colour\""), "line 4: ", "colour" },
  { FIELD ("type=\"choice\""), "line 4: ", "a: a choice needs a list" },
  { FIELD ("type=\"choice\" list=\"colours\""), "line 4: ", "there is no list “colours”" },
  { FIELD ("type=\"text\" list=\"sexes\""), "line 4: ", "a text has no list" },
  { FIELD ("type=\"text\" fact=\"child.shoe\""), "line 4: ", "there is no fact “child.shoe”" },
  { FIELD ("type=\"date\" fact=\"child.name\""),
    "line 4: ", "is a date, but the fact “child.name” is a text" },
  { FIELD ("type=\"text\" fact=\"child.alias\""), "line 4: ", "belongs to the compartment house" },
  { FIELD ("type=\"text\" show-if=\"b\""), "line 4: ", "neither a field nor a fact is called “b”" },
  { FIELD ("type=\"text\" show-if=\"a =\""), "line 4: ", "column 4: expected" },
  { FIELD ("type=\"text\" show-if=\"child.sex = 'x'\""), "",
    "" }, /* a fact's list is not known: let through */
  { FIELD ("type=\"yes-no\" show-if=\"a = 'x'\""), "line 4: ", "a yes-no is compared with a text" },
  { FIELD ("type=\"choice\" list=\"sexes\" show-if=\"a = 'x'\""),
    "line 4: ", "the list “sexes” has no “x”" },
  { FIELD ("type=\"text\" show-if=\"a\""), "line 4: ", "a text is compared with a bool" },
  { FIELD ("type=\"whole\" min=\"9\" max=\"1\""), "line 4: ", "max is below min" },
  { FIELD ("type=\"text\" min=\"9\""), "line 4: ", "min, max and unit are for numbers" },
  { FIELD ("type=\"whole\" unit=\"miles\""), "line 4: ", "the list “units” has no “miles”" },
  { FIELD ("type=\"decimal\" values=\"1 2\""), "line 4: ", "values are for whole numbers" },
  { FIELD ("type=\"text\" age=\"yes\""), "line 4: ", "age is for dates" },
  { FIELD ("type=\"text\" starts-now=\"yes\""),
    "line 4: ", "starts-now is for dates and instants" },
  { FIELD ("type=\"child\""), "line 4: ", "only in forms of the house dossier" },
  { FIELD ("type=\"record\""), "line 4: ", "a record says which forms it names" },
  { FIELD ("type=\"record\" names=\"novel\""), "line 4: ", "there is no form “novel”" },
  { FIELD ("type=\"text\" mood=\"good\""), "line 4: ", "mood" },
  { OPEN "<field id=\"A b\" mark=\"o\" type=\"text\"><label>A</label></field>\n" SHUT,
    "line 4: ", "A b" },
  { OPEN "<field id=\"a\" type=\"text\"><label>A</label></field>\n" SHUT,
    "line 4: ", "mark is missing" },
  { OPEN "<field id=\"a\" mark=\"o\" type=\"text\"/>\n" SHUT, "line 4: ", "it needs a label" },
  { OPEN "<field id=\"a\" mark=\"o\" type=\"text\"><label>A</label></field>\n"
         "<field id=\"a\" mark=\"o\" type=\"text\"><label>B</label></field>\n" SHUT,
    "line 5: ", "used twice" },
  { OPEN "<table id=\"x\" mark=\"o\"><label>X</label>\n"
         "<field id=\"c\" mark=\"o\" type=\"text\"><label>C</label></field>\n"
         "<field id=\"c\" mark=\"o\" type=\"text\"><label>C</label></field></table>\n" SHUT,
    "line 6: ", "two columns" },
  { OPEN "<table id=\"x\" mark=\"o\" rows-from=\"icp-a/c11\"><label>X</label>\n"
         "<field id=\"c\" mark=\"o\" type=\"text\"><label>C</label></field></table>\n" SHUT,
    "line 4: ", "the form “icp-a” has no table “c11”" },
  { OPEN "<table id=\"x\" mark=\"o\"><label>X</label>\n"
         "<field id=\"c\" mark=\"o\" type=\"text\"><label>C</label></field></table>\n"
         "<field id=\"x.abcdefgh\" mark=\"o\" type=\"text\"><label>B</label></field>\n" SHUT,
    "line 6: ", "could be a row of the table “x”" },
  { OPEN "<table id=\"a-table-with-a-name-of-many-letters\" mark=\"o\"><label>X</label>\n"
         "<field id=\"a-column-of-many\" mark=\"o\" "
         "type=\"text\"><label>C</label></field></table>\n" SHUT,
    "line 5: ", "has more than 58 letters" },
  { OPEN SHUT, "line 3: ", "it needs a field or table" },
  { "<form id=\"t\" format=\"1\" version=\"1\" dossier=\"case\" compartment=\"case\" "
    "writers=\"clown\" mark=\"o\">\n"
    "<label>T</label><section id=\"s\"><label>S</label>\n"
    "<field id=\"a\" mark=\"o\" type=\"text\"><label>A</label></field>" SHUT,
    "line 1: ", "there is no role “clown”" },
  { "<form id=\"t\" format=\"1\" version=\"1\" dossier=\"case\" compartment=\"case\" "
    "writers=\"any\" mark=\"o\" dated-by=\"a\">\n"
    "<label>T</label><section id=\"s\"><label>S</label>\n"
    "<field id=\"a\" mark=\"o\" type=\"text\"><label>A</label></field>" SHUT,
    "line 1: ", "no date or instant is called “a”" },
  { "<form id=\"t\" format=\"1\" version=\"1\" dossier=\"case\" compartment=\"secret\" "
    "writers=\"any\" mark=\"o\">\n"
    "<label>T</label><section id=\"s\"><label>S</label>\n"
    "<field id=\"a\" mark=\"o\" type=\"text\"><label>A</label></field>" SHUT,
    "line 1: ", "compartment “secret” is none of" },
};

static void
test_broken (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) mistakes = check_text (broken[i].text, &error);
      gboolean found = broken[i].line[0] == '\0';

      g_assert_no_error (error);
      if (found)
        g_assert_cmpuint (mistakes->len, ==, 0);
      for (guint j = 0; j < mistakes->len; j++)
        {
          g_test_message ("%u: %s", i, (char *) mistakes->pdata[j]);
          found |= g_str_has_prefix (mistakes->pdata[j], broken[i].line)
                   && strstr (mistakes->pdata[j], broken[i].reason) != NULL;
        }
      if (!found)
        g_test_message ("%u was not refused with %s%s", i, broken[i].line, broken[i].reason);
      g_assert_true (found);
    }
}

static void
test_not_xml (void)
{
  static const char * const texts[] = {
    "", "plain words", "<form>", HEAD, "<form><form>", "\xff\xfe\x00",
    "<!DOCTYPE form [<!ENTITY a \"aaaaaaaaaa\">]>\n" FIELD ("type=\"text\""),
    "<!DOCTYPE form SYSTEM \"file:///etc/passwd\">\n" FIELD ("type=\"text\""),
    OPEN "&undefined;" SHUT };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) mistakes = check_text (texts[i], &error);

      g_assert_error (error, SAN_ERROR, SAN_ERROR_DAMAGED);
      g_assert_null (mistakes);
      g_assert_true (g_str_has_prefix (error->message, "t.xml: line "));
    }
}

static void
test_cut_short (void)
{
  const char *whole = FIELD ("type=\"text\"");

  for (gsize n = 0; n < strlen (whole) - 2; n++)
    {
      g_autofree char *part = g_strndup (whole, n);
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) mistakes = check_text (part, &error);

      g_assert_error (error, SAN_ERROR, SAN_ERROR_DAMAGED);
      g_assert_null (mistakes);
    }
}

static void
test_deep_and_large (void)
{
  GString *deep = g_string_new (NULL);
  g_autofree char *large = g_strnfill (SAN_XML_MAX_SIZE + 1, ' ');
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 5000; i++)
    g_string_append (deep, "<a>");
  g_assert_null (check_text (deep->str, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_null (check_text (large, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_DAMAGED);
  g_string_free (deep, TRUE);
}

static void
test_newer (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (check_text ("<form id=\"t\" format=\"2\" moods=\"many\"/>", &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_TOO_NEW);
}

static void
test_missing (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (san_catalogue_check_form (common_catalogue (), "/nowhere/t.xml", &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (san_catalogue_load ("/nowhere", &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
}

/* ---- a whole folder with one file changed ---- */

static void
copy_data (const char *to, const char *sub)
{
  g_autofree char *from = g_build_filename (g_getenv ("SAN_DATA_DIR"), sub, NULL);
  g_autofree char *target = g_build_filename (to, sub, NULL);
  g_autoptr(GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  g_mkdir_with_parents (target, 0700);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *a = g_build_filename (from, name, NULL);
      g_autofree char *b = g_build_filename (target, name, NULL);
      g_autofree char *text = NULL;
      gsize n;

      if (g_file_test (a, G_FILE_TEST_IS_REGULAR) && g_file_get_contents (a, &text, &n, NULL))
        g_assert_true (g_file_set_contents_full (b, text, (gssize) n,
                                                 G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL));
    }
}

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static void
replace_in (const char *dir, const char *file, const char *old, const char *new)
{
  g_autofree char *path = g_build_filename (dir, file, NULL);
  g_autofree char *text = NULL;
  g_autofree char *changed = NULL;
  const char *at;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  at = strstr (text, old);
  g_assert_nonnull (at);
  changed = g_strdup_printf ("%.*s%s%s", (int) (at - text), text, new, at + strlen (old));
  g_assert_true (
      g_file_set_contents_full (path, changed, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL));
}

static char *
make_folder (void)
{
  char *dir = g_dir_make_tmp ("san-forms-XXXXXX", NULL);

  copy_data (dir, "");
  copy_data (dir, "forms");
  copy_data (dir, "lists");
  return dir;
}

static const struct
{
  const char *file, *old, *new, *message;
} folders[] = {
  { "lists/sexes.xml", "code=\"m\"", "code=\"f\"",
    "lists/sexes.xml: line 5: f: two options have this code" },
  { "lists/sexes.xml", "id=\"sexes\"", "id=\"genders\"", "stands in a file of another name" },
  { "forms/order.xml", "id=\"order\"", "id=\"orders\"", "stands in a file of another name" },
  { "forms/icp-b.xml", "form7.b", "form7.a", "another form has this official id" },
  { "facts.xml", "name=\"child.sign\"", "name=\"child.alias\"", "two facts are called so" },
  { "facts.xml", "name=\"child.bed\"", "name=\"child.bed\" meaning=\"birth\"", "facts.xml: line " },
  { "roles.xml", "<form id=\"session\"/>", "<form id=\"seance\"/>",
    "roles.xml: counsellor: there is no form “seance”" },
  { "roles.xml", "<form id=\"day-note\"/>", "<form id=\"session\"/>",
    "its writers leave the role out of “session”" },
  { "roles.xml", "<page id=\"today\"/>", "<page id=\"kitchen\"/>", "roles.xml: line " },
  { "forms/welcome.xml", "list=\"signs\"", "list=\"pictures\"", ": sign: there is no list" },
};

static void
test_folders (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *dir = make_folder ();
      g_autoptr(GError) error = NULL;

      replace_in (dir, folders[i].file, folders[i].old, folders[i].new);
      g_assert_null (san_catalogue_load (dir, &error));
      g_test_message ("%s", error->message);
      g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, folders[i].message));
      remove_tree (dir);
    }
}

/* The digest tells views that a definition changed, even if only one letter of a label did. */
static void
test_digest (void)
{
  g_autofree char *dir = make_folder ();
  g_autoptr(GError) error = NULL;
  g_autoptr(SanCatalogue) same = san_catalogue_load (dir, &error);
  g_autoptr(SanCatalogue) other = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (san_catalogue_get_digest (same), ==,
                   san_catalogue_get_digest (common_catalogue ()));
  replace_in (dir, "forms/order.xml", "<label>Kind</label>", "<label>Sort</label>");
  other = san_catalogue_load (dir, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (san_catalogue_get_digest (other), !=, san_catalogue_get_digest (same));
  remove_tree (dir);
}

/* Labels of another language stand beside the English ones, as the build merges them. */
static void
test_languages (void)
{
  g_autofree char *dir = make_folder ();
  g_autoptr(GError) error = NULL;
  g_autoptr(SanCatalogue) catalogue = NULL;
  const SanLabel *label;

  replace_in (dir, "forms/order.xml", "<label>Kind</label>",
              "<label>Kind</label><label xml:lang=\"hi\">प्रकार</label><label "
              "xml:lang=\"bn-IN\">ধরন</label>");
  catalogue = san_catalogue_load (dir, &error);
  g_assert_no_error (error);
  label = san_form_find_field (san_catalogue_find_form (catalogue, "order"), "kind")->label;
  g_assert_cmpstr (san_label_get (label, NULL), ==, "Kind");
  g_assert_cmpstr (san_label_get (label, "en"), ==, "Kind");
  g_assert_cmpstr (san_label_get (label, "hi"), ==, "प्रकार");
  g_assert_cmpstr (san_label_get (label, "hi_IN.UTF-8"), ==, "प्रकार");
  g_assert_cmpstr (san_label_get (label, "bn-IN"), ==, "ধরন");
  g_assert_cmpstr (san_label_get (label, "mr"), ==, "Kind");
  g_assert_cmpstr (san_label_get (NULL, "mr"), ==, "");
  remove_tree (dir);
}

int
main (int argc, char **argv)
{
  int failed;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("san-forms-XXXXXX", NULL);
  g_test_add_func ("/forms/refused/a-good-one-is-not", test_good);
  g_test_add_func ("/forms/refused/with-line-and-reason", test_broken);
  g_test_add_func ("/forms/refused/what-is-not-xml", test_not_xml);
  g_test_add_func ("/forms/refused/every-truncation", test_cut_short);
  g_test_add_func ("/forms/refused/deep-and-large", test_deep_and_large);
  g_test_add_func ("/forms/refused/newer-format-by-name", test_newer);
  g_test_add_func ("/forms/refused/missing", test_missing);
  g_test_add_func ("/forms/refused/folder-that-contradicts-itself", test_folders);
  g_test_add_func ("/forms/catalogue/digest-sees-every-change", test_digest);
  g_test_add_func ("/forms/catalogue/speaks-languages", test_languages);
  failed = g_test_run ();
  remove_tree (folder);
  g_free (folder);
  common_free ();
  return failed;
}
