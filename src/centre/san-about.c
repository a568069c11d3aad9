/* san-about.c - what the centre says of itself */
#include "san-about.h"
#include "san-press.h"
#include "san-setup-private.h"
#include "san-staff-private.h"
#include "san-system-forms.h"

void
san_about_free (SanAbout *self)
{
  g_free (self->name);
  g_free (self->place);
  g_free (self->state);
  g_free (self->children);
  g_free (self);
}

static gboolean
read_text (SanCentre *self, const char *field, char **out, GError **error)
{
  if (!san_centre_read_house_text (self, &san_record_centre, SAN_FORM_CENTRE, field, out, error))
    return FALSE;
  if (*out == NULL)
    *out = g_strdup ("");
  return TRUE;
}

SanAbout *
san_about_get (SanCentre *self, GError **error)
{
  g_autoptr(SanAbout) about = g_new0 (SanAbout, 1);
  g_autofree char *beds = NULL;
  guint64 n = 0;

  if (!read_text (self, SAN_CENTRE_NAME, &about->name, error) ||
      !read_text (self, SAN_CENTRE_PLACE, &about->place, error) ||
      !read_text (self, SAN_CENTRE_STATE, &about->state, error) ||
      !read_text (self, SAN_CENTRE_CHILDREN, &about->children, error) ||
      !read_text (self, SAN_CENTRE_BEDS, &beds, error))
    return NULL;
  if (g_ascii_string_to_unsigned (beds, 10, 1, SAN_BEDS_LIMIT, &n, NULL))
    about->beds = (guint) n;
  return g_steal_pointer (&about);
}

char *
san_about_dup_children (SanCentre *self, GError **error)
{
  char *children = NULL;

  return read_text (self, SAN_CENTRE_CHILDREN, &children, error) ? children : NULL;
}

/* "" is written only over something. */
static gboolean
add_text (SanChanges *changes, const char *field, const char *old, const char *text, gboolean *any,
          GError **error)
{
  if (g_strcmp0 (old, text) == 0)
    return TRUE;
  *any = TRUE;
  return san_changes_set_text (changes, SAN_COMPARTMENT_HOUSE, &san_record_centre, SAN_FORM_CENTRE,
                               field, text, error);
}

gboolean
san_about_says_she (const char *children)
{
  return children == NULL || *children == '\0' || g_str_equal (children, "girls");
}

gboolean
san_about_check_children (const char *children, GError **error)
{
  static const char *const known[] = { "", "girls", "boys", "both", NULL };

  if (children == NULL || g_strv_contains (known, children))
    return TRUE;
  g_set_error_literal (error, SAN_ERROR, SAN_ERROR_INVALID,
                       "in a centre live girls, boys or both");
  return FALSE;
}

static gboolean
check (SanCentre *self, const SanAbout *about, GError **error)
{
  if (!san_staff_need_superintendent (self, error) || !san_setup_check_name (about->name, error) ||
      (*about->place != '\0' && !san_setup_check_name (about->place, error)) ||
      (*about->state != '\0' && !san_setup_check_name (about->state, error)))
    return FALSE;
  if (about->beds <= SAN_BEDS_LIMIT)
    return TRUE;
  g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID, "a centre has at most %u beds", SAN_BEDS_LIMIT);
  return FALSE;
}

gboolean
san_about_set (SanCentre *self, const SanAbout *about, GError **error)
{
  g_autoptr(SanAbout) old = NULL;
  g_autoptr(SanChanges) changes = NULL;
  g_autoptr(SanPress) press = NULL;
  g_autofree char *had = NULL;
  g_autofree char *beds = NULL;
  gboolean any = FALSE;

  if (!check (self, about, error) || (old = san_about_get (self, error)) == NULL)
    return FALSE;
  if (g_strcmp0 (about->children, old->children) != 0 &&
      !san_about_check_children (about->children, error))
    return FALSE;
  had = old->beds > 0 ? g_strdup_printf ("%u", old->beds) : g_strdup ("");
  beds = about->beds > 0 ? g_strdup_printf ("%u", about->beds) : g_strdup ("");
  changes = san_changes_new (self, &self->house);
  if (!add_text (changes, SAN_CENTRE_NAME, old->name, about->name, &any, error) ||
      !add_text (changes, SAN_CENTRE_PLACE, old->place, about->place, &any, error) ||
      !add_text (changes, SAN_CENTRE_STATE, old->state, about->state, &any, error) ||
      !add_text (changes, SAN_CENTRE_BEDS, had, beds, &any, error) ||
      !add_text (changes, SAN_CENTRE_CHILDREN, old->children,
                 about->children != NULL ? about->children : old->children, &any, error))
    return FALSE;
  if (!any)
    return TRUE;
  press = san_press_begin (self, error);
  return press != NULL && san_press_add_changes (press, &self->house, changes, NULL, error) &&
         san_press_commit (press, error);
}
