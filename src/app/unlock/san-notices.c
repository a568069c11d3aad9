/* san-notices.c - what happened at unlock that a person should know, as strips */
#include "san-notices.h"
#include "san-day-words.h"
#include <glib/gi18n.h>

static char *
clock_sentence (SanCentre *centre)
{
  gint64 last_known = 0;
  SanInstant now = { san_clock_now (), san_clock_zone (san_clock_now ()) };
  SanInstant then;
  SanDate today, last;
  g_autofree char *says = NULL;
  g_autofree char *noted = NULL;

  if (!san_centre_get_clock_doubtful (centre, &last_known))
    return NULL;
  then = (SanInstant) { last_known, san_clock_zone (last_known) };
  today = san_date_from_instant (&now);
  last = san_date_from_instant (&then);
  says = san_words_date (&today);
  noted = san_words_date (&last);
  return g_strdup_printf (_("This laptop says %1$s, the last note says %2$s. Set the date, or go on: "
                            "notes stay in order either way."), says, noted);
}

static char *
dup_sentence (SanCentre *centre, const char *code)
{
  static const struct { const char *code, *sentence; } sentences[] = {
    { "disk-full", N_("There is no space left on this laptop. Everything can be read; nothing can be saved.") },
    { "new-journal", N_("This store was restored, copied or turned back. It goes on under a new number. Nothing needs to be done.") },
    { "sudden-stop", N_("The laptop stopped suddenly. Everything saved is here.") },
    { "damaged", N_("The laptop stopped suddenly and something is damaged. What can be read is here. Call your coordinator, and make a backup now.") },
  };

  if (g_str_equal (code, "clock-doubtful"))
    return clock_sentence (centre);
  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (g_str_equal (code, sentences[i].code))
      return g_strdup (_(sentences[i].sentence));
  return NULL;
}

void
san_notices_show (SanDesk *desk)
{
  SanCentre *centre = san_desk_get_centre (desk);
  g_autoptr(GPtrArray) notices = san_centre_take_notices (centre);

  for (guint i = 0; i < notices->len; i++)
    {
      const char *code = g_ptr_array_index (notices, i);
      g_autofree char *sentence = dup_sentence (centre, code);

      if (sentence != NULL)
        san_desk_strip (desk, code, "dialog-information-symbolic", sentence, NULL, NULL);
    }
  if (!san_secret_is_locked ())
    san_desk_strip (desk, "memory", "security-medium-symbolic",
                    _("Memory could not be locked on this laptop: keys may reach its swap space."), NULL, NULL);
}
