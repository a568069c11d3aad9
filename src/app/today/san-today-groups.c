/* san-today-groups.c - the headings between the rows of Today: how pressing, or which day */
#include "san-today-groups.h"
#include "san-day-words.h"
#include "san-due-row.h"
#include "san-i18n.h"

static const char *
group_of (GtkListBoxRow *row)
{
  const char *state = SAN_IS_DUE_ROW (row) ? san_due_row_get_state (SAN_DUE_ROW (row))
                                           : "unfinished";

  return g_str_equal (state, "unsure") ? "today" : state;
}

static const char *
group_word (const char *group)
{
  if (g_str_equal (group, "overdue"))
    return _("Overdue");
  if (g_str_equal (group, "today"))
    return _("Due today");
  return g_str_equal (group, "soon") ? _("Soon") : _("Unfinished");
}

static gint32
day_of (gint64 ms)
{
  SanInstant at = { ms, san_clock_zone (ms) };

  return san_date_from_instant (&at).days;
}

/* What cannot be judged, or is only a day, is today's at the latest. */
static gint32
day_of_row (GtkListBoxRow *row)
{
  return MAX (day_of (san_due_row_get_at (SAN_DUE_ROW (row))), day_of (san_clock_now ()));
}

static char *
dup_heading (GtkListBoxRow *row, gboolean week)
{
  if (!week)
    return g_strdup (group_word (group_of (row)));
  return day_of_row (row) == day_of (san_clock_now ())
           ? g_strdup (_("Due today"))
           : san_words_long_day (san_due_row_get_at (SAN_DUE_ROW (row)));
}

static gboolean
is_same_group (GtkListBoxRow *a, GtkListBoxRow *b, gboolean week)
{
  return week ? day_of_row (a) == day_of_row (b) : g_str_equal (group_of (a), group_of (b));
}

static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  gboolean week = GPOINTER_TO_INT (data);
  g_autofree char *heading = NULL;
  GtkWidget *label;

  if (before != NULL && is_same_group (row, before, week))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  heading = dup_heading (row, week);
  label = g_object_new (GTK_TYPE_LABEL, "label", heading, "xalign", 0.0, "wrap", TRUE,
                        "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, NULL);
  gtk_widget_add_css_class (label, "san-group");
  gtk_list_box_row_set_header (row, label);
}

void
san_today_groups_use (GtkListBox *list, gboolean week)
{
  gtk_list_box_set_header_func (list, header_cb, GINT_TO_POINTER (week), NULL);
}
