/* san-example-bulk.c - one store with very many children, for measuring
 *
 * A hundred children go into one press, each with what a child of some months has: welcome, what
 * helps, family, an order and a plan. */
#include "san-example-private.h"
#include "san-press.h"
#include "san-record-write.h"

#define CHILDREN_A_PRESS 100u
#define DAY_MS ((gint64) 24 * 60 * 60 * 1000)

static gboolean
add_record (SanCentre *centre, SanChanges *changes, const char *form_id, GPtrArray *typed,
            GError **error)
{
  const SanForm *form = san_catalogue_find_form (centre->catalogue, form_id);
  SanId16 record;

  san_changes_begin (changes, &record);
  return san_record_add_typed (centre, changes, NULL, form, &record, typed, error);
}

static gboolean
fill (SanCentre *centre, SanChanges *changes, guint i, GError **error)
{
  static const char *const syllables[] = { "ra", "mi", "shu", "ka", "lo", "ti",
                                           "na", "be", "du",  "go", "pa", "si" };
  g_autoptr(GPtrArray) welcome = san_typed_list_new ();
  g_autoptr(GPtrArray) flags = san_typed_list_new ();
  g_autoptr(GPtrArray) family = san_typed_list_new ();
  g_autoptr(GPtrArray) plan = san_typed_list_new ();
  g_autofree char *alias = g_strdup_printf ("%s%s%s %u", syllables[i % 12], syllables[i / 12 % 12],
                                            syllables[i / 144 % 12], i);
  g_autofree char *name =
      g_strdup_printf ("Udaharan %s%s", syllables[i / 7 % 12], syllables[i / 84 % 12]);
  g_autofree char *bed = g_strdup_printf ("%u", i + 1);
  SanInstant came = { san_clock_now () - (gint64) (i % 700) * DAY_MS, 330 };
  SanDate day = san_date_from_instant (&came);
  g_autofree char *arrived = san_instant_to_text (&came);
  g_autofree char *on = san_date_to_text (&day);

  san_typed_list_add (welcome, "alias", alias);
  san_typed_list_add (welcome, "sign", "kite");
  san_typed_list_add (welcome, "bed", bed);
  san_typed_list_add (welcome, "arrived", arrived);
  san_typed_list_add (welcome, "age", "15");
  san_typed_list_add (welcome, "sex", "f");
  san_typed_list_add (welcome, "name", name);
  san_typed_list_add (welcome, "brought-by", "helpline");
  san_typed_list_add (flags, "on", on);
  san_typed_list_add (flags, "help-1", "Speak softly.");
  san_typed_list_add (flags, "allergy", "none known");
  san_typed_list_add (family, "on", on);
  san_typed_list_add (plan, "on", on);
  san_typed_list_add (plan, "c1.aaaaaaaa.words", "I want to finish class 8.");
  san_typed_list_add (plan, "c1.aaaaaaaa.step", "Bridge class from Monday.");
  return add_record (centre, changes, "welcome", welcome, error) &&
         add_record (centre, changes, "flags", flags, error) &&
         add_record (centre, changes, "family", family, error) &&
         add_record (centre, changes, "icp-a", plan, error);
}

static gboolean
add_some (SanCentre *centre, guint first, guint end, GError **error)
{
  g_autoptr(SanPress) press = san_press_begin (centre, error);

  if (press == NULL)
    return FALSE;
  for (guint i = first; i < end; i++)
    {
      g_autoptr(SanChanges) changes = san_changes_new (centre, NULL);
      SanId32 dossier;

      if (!fill (centre, changes, i, error) ||
          !san_press_found (press, SAN_FOUNDING_CASE, &dossier, error) ||
          !san_press_add_changes (press, &dossier, changes, NULL, error))
        return FALSE;
    }
  return san_press_commit (press, error);
}

gboolean
san_example_bulk (SanExample *self, guint children, GError **error)
{
  g_autoptr(SanCentre) centre = san_example_found (self, "Example of many", "Example Nagar", error);

  if (centre == NULL)
    return FALSE;
  for (guint first = 0; first < children; first += CHILDREN_A_PRESS)
    if (g_cancellable_set_error_if_cancelled (self->cancellable, error) ||
        !add_some (centre, first, MIN (first + CHILDREN_A_PRESS, children), error))
      return FALSE;
  return TRUE;
}
