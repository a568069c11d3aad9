/* test-sheet.c - what a page is given to show a form, and one press of Save through it */
#include "house-fixture.h"
#include "san-sheet.h"

static SanSheet *
open_sheet (House *house, const char *form, const SanId16 *record)
{
  g_autoptr(GError) error = NULL;
  SanSheet *sheet = san_sheet_open (house->laptop->centre, form, &house->child, record, &error);

  g_assert_no_error (error);
  return sheet;
}

static const SanOffer *
find_offer (const SanSheet *sheet, const char *field)
{
  for (guint i = 0; i < sheet->offers->len; i++)
    if (g_str_equal (((SanOffer *) sheet->offers->pdata[i])->field->id, field))
      return sheet->offers->pdata[i];
  return NULL;
}

static void
test_every_form_opens (void)
{
  House house = house_begin ();
  SanCatalogue *catalogue = san_centre_get_catalogue (house.laptop->centre);

  for (guint i = 0; i < san_catalogue_get_n_forms (catalogue); i++)
    {
      const SanForm *form = san_catalogue_get_form (catalogue, i);
      g_autoptr(SanSheet) sheet = open_sheet (&house, form->id, NULL);

      g_assert_true (sheet->form == form);
      g_assert_null (sheet->view);
      g_assert_cmpuint (sheet->people->len, ==, 1);
      g_assert_cmpint (san_id32_is_zero (&sheet->child), ==, form->dossier == SAN_DOSSIER_HOUSE);
    }
  house_end (&house);
}

/* A copy says from which form, whose and when; the clock's own proposals come from nowhere. */
static void
test_offers_say_where_from (void)
{
  House house = house_begin ();
  SanId16 first = san_id16_zero;
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  g_autoptr(GError) error = NULL;
  const SanOffer *offer;

  san_typed_list_add (typed, "gate", "Leave your number.");
  g_assert_true (san_sheet_save (house.laptop->centre, "contacts", &house.child, &first, NULL,
                                 typed, FALSE, &error));
  {
    g_autoptr(SanSheet) sheet = open_sheet (&house, "contacts", NULL);

    offer = find_offer (sheet, "gate");
    g_assert_nonnull (offer);
    g_assert_true (san_id16_equal (&offer->from, &first));
    g_assert_cmpstr (offer->form->id, ==, "contacts");
    g_assert_cmpstr (offer->author, ==, "sunanda");
    g_assert_true (san_id16_is_zero (&find_offer (sheet, "on")->from));
    g_assert_cmpstr (sheet->alias, ==, "Bakul");
  }
  {
    g_autoptr(SanSheet) sheet = open_sheet (&house, "contacts", &first);

    g_assert_nonnull (sheet->view);
    g_assert_cmpuint (sheet->offers->len, ==, 0);
    g_assert_true (sheet->may_finish);
  }
  house_end (&house);
}

static void
test_save_and_finish (void)
{
  House house = house_begin ();
  SanId16 record = san_id16_zero;
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  g_autoptr(GPtrArray) more = san_typed_list_new ();
  g_autoptr(GError) error = NULL;

  san_typed_list_add (typed, "kind", "first");
  san_typed_list_add (typed, "on", "not a day");
  g_assert_false (san_sheet_save (house.laptop->centre, "icp-b", &house.child, &record, NULL, typed,
                                  TRUE, &error));
  g_assert_true (san_id16_is_zero (&record));
  g_clear_error (&error);
  g_ptr_array_set_size (typed, 0);
  san_typed_list_add (typed, "conduct", "She draws.");
  g_assert_true (san_sheet_save (house.laptop->centre, "icp-b", &house.child, &record, NULL, typed,
                                 FALSE, &error));
  g_assert_no_error (error);
  g_assert_true (san_sheet_save (house.laptop->centre, "icp-b", &house.child, &record, NULL, more,
                                 TRUE, &error));
  g_assert_no_error (error);
  {
    g_autoptr(SanSheet) sheet = open_sheet (&house, "icp-b", &record);

    g_assert_true (sheet->view->finished);
  }
  g_assert_false (san_sheet_save (house.laptop->centre, "icp-b", &house.child, &record, NULL, typed,
                                  FALSE, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
  house_end (&house);
}

/* Who reads what: before she types, and for a login without the key. */
static void
test_readers (void)
{
  House house = house_begin ();

  laptop_add_person (house.laptop, "mitali", "counsellor");
  {
    g_autoptr(SanSheet) sheet = open_sheet (&house, "session", NULL);
    g_autofree char *clinical = san_sheet_dup_readers (sheet, SAN_COMPARTMENT_CLINICAL);
    g_autofree char *of_case = san_sheet_dup_readers (sheet, SAN_COMPARTMENT_CASE);

    g_assert_cmpstr (clinical, ==, "mitali");
    g_assert_nonnull (strstr (of_case, "sunanda"));
    g_assert_true (sheet->writes & (1u << SAN_COMPARTMENT_CLINICAL));
    g_assert_true (sheet->may_write);
  }
  laptop_lock (house.laptop);
  laptop_unlock (house.laptop, "sunanda");
  {
    g_autoptr(SanSheet) sheet = open_sheet (&house, "session", NULL);

    g_assert_false (sheet->writes & (1u << SAN_COMPARTMENT_CLINICAL));
    g_assert_false (sheet->may_write);
  }
  house_end (&house);
}

/* Who is to be called in an hour of need: her number stands beside her name. */
static void
test_phone (void)
{
  House house = house_begin ();
  const SanId16 *staff = san_centre_get_staff (house.laptop->centre);
  g_autoptr(SanSheet) before = open_sheet (&house, "session", NULL);
  g_autoptr(SanSheet) after = NULL;

  g_assert_null (((SanSheetPerson *) before->people->pdata[0])->phone);
  laptop_set (house.laptop, staff, "phone", "98000 00000");
  after = open_sheet (&house, "session", NULL);
  g_assert_cmpstr (((SanSheetPerson *) after->people->pdata[0])->phone, ==, "98000 00000");
  house_end (&house);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/centre/sheet/a-person-with-her-number", test_phone);
  g_test_add_func ("/centre/sheet/every-form-opens", test_every_form_opens);
  g_test_add_func ("/centre/sheet/offers-say-where-from", test_offers_say_where_from);
  g_test_add_func ("/centre/sheet/one-press-saves-and-finishes", test_save_and_finish);
  g_test_add_func ("/centre/sheet/says-who-reads", test_readers);
  return g_test_run ();
}
