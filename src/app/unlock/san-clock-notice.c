/* san-clock-notice.c - the laptop's date does not fit the notes
 *
 * While there is a doubt every note says so of its time. A person who looked at the date ends it
 * with one press; nobody has to. */
#include "san-clock-notice.h"
#include "san-day-words.h"
#include "san-i18n.h"

#define STRIP "clock-doubtful"

static char *
dup_day (gint64 ms)
{
  SanInstant at = { ms, san_clock_zone (ms) };
  SanDate day = san_date_from_instant (&at);

  return san_words_date (&day);
}

void
san_clock_notice_look (SanDesk *desk)
{
  gint64 last_known = 0;
  g_autofree char *says = NULL;
  g_autofree char *noted = NULL;
  g_autofree char *sentence = NULL;

  if (!san_centre_get_clock_doubtful (san_desk_get_centre (desk), &last_known))
    return;
  says = dup_day (san_clock_now ());
  noted = dup_day (last_known);
  sentence = san_words_print (_("This laptop says %1$s, the last note says %2$s. Set the date, or "
                                "go on: "
                                "notes stay in order either way."),
                              says, noted);
  san_desk_strip (desk, STRIP, "dialog-information-symbolic", sentence, _("The date is right"),
                  "app.clock-right");
}

static gpointer
confirm (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  return GINT_TO_POINTER (san_centre_confirm_clock (centre, error));
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanDesk *desk = data;
  g_autoptr(GError) error = NULL;

  if (GPOINTER_TO_INT (san_worker_run_finish (result, &error)))
    {
      san_desk_strip_away (desk, STRIP);
      san_desk_toast (desk, _("Good. From now on the date of this laptop counts."));
    }
  else
    san_desk_complain (desk, error);
}

void
san_clock_notice_right (SanDesk *desk)
{
  if (san_desk_is_open (desk))
    san_desk_ask (desk, NULL, confirm, NULL, NULL, NULL, confirmed_cb, desk);
}
